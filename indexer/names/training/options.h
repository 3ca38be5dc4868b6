// SPDX-License-Identifier: GPL-2.0-or-later
//
// The command line of dateline-train-names as a struct.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "indexer/names/training/crf_trainer.h"

namespace dateline {

struct TrainOptions {
  std::filesystem::path recipe;
  std::filesystem::path data;
  std::filesystem::path lexicons;
  std::filesystem::path words;  // a model whose word statistics are taken over; empty: counted from the recipe's news
  std::filesystem::path out;
  std::string date;
  unsigned threads = 1;
  TrainingOptions training;
};

// What the command line asks for, or the exit code with which the program is done.
struct ParsedTrainOptions {
  std::optional<TrainOptions> options;
  int exit_code = 0;
};
[[nodiscard]] ParsedTrainOptions parse_train_options(int argc, const char* const* argv);

}  // namespace dateline
