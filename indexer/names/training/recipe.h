// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a model is made of: a file of lines
//   ROLE<TAB>NAME<TAB>WEIGHT<TAB>FILE<TAB>LICENCE AND ORIGIN
// ROLE is train, test (measured only) or news (plain articles for word statistics, as dateline-index reads them). The
// first train line is the kind of text the model is for: see train_crf. FILE is below the data folder. # begins a
// comment.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/error.h"
#include "indexer/names/training/model_writer.h"

namespace dateline {

enum class RecipeRole { kTrain, kTest, kNews };

struct RecipeLine {
  RecipeRole role = RecipeRole::kTrain;
  std::string name;
  float weight = 1;
  std::string file;
  std::string origin;
};

// Errors (kInputOutput): not readable; a line that is none of these, with its number.
[[nodiscard]] Result<std::vector<RecipeLine>> read_recipe(const std::filesystem::path& file,
                                                          const std::filesystem::path& data);

// The text that --model-info prints.
// scores  a line each
[[nodiscard]] std::string make_card(const std::vector<RecipeLine>& recipe, const ModelContent& content,
                                    const std::string& scores, const std::string& date);

}  // namespace dateline
