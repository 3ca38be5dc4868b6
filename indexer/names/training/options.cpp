// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/training/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>
#include <vector>

#include "common/options.h"
#include "common/run_tool.h"

namespace dateline {

ParsedTrainOptions parse_train_options(int argc, const char* const* argv) {
  TrainOptions options;
  CLI::App app{"Makes the names model of dateline-index from labelled text, plain news and lexicons.",
               "dateline-train-names"};
  app.add_option("RECIPE", options.recipe, "What to train on, see recipe.h")->required();
  options.data = ".";
  app.add_option("--data", options.data, "Folder of the recipe's files; default .")->type_name("DIR");
  app.add_option("--lexicons", options.lexicons, "Folder of the lexicons")->type_name("DIR")->required();
  app.add_option("--words", options.words, "Take the word statistics of this model instead of counting the news")
      ->type_name("FILE");
  app.add_option("-o,--out", options.out, "The model file to write")->type_name("FILE")->required();
  options.date = "undated";
  app.add_option("--date", options.date, "Date for the model card")->type_name("TEXT");
  app.add_option("--epochs", options.training.epochs, "Rounds over the labelled text; default 14")->type_name("N");
  app.add_option("--rate", options.training.rate, "Learning rate; default 0.01")->type_name("X");
  app.add_option("--dropout", options.training.dropout, "Share of features dropped; default 0.2")->type_name("X");
  app.add_option("--decay", options.training.decay, "Weight decay; default 1e-6")->type_name("X");
  app.add_option("--seed", options.training.seed, "Seed; the same one gives the same model")->type_name("N");
  options.threads = std::max(1U, std::thread::hardware_concurrency());
  app.add_option("-j,--threads", options.threads, "Threads of the clustering; default: all cores")->type_name("N");
  add_common_options(app, "");
  std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  std::reverse(arguments.begin(), arguments.end());
  if (const std::optional<int> done = parse_command_line(app, std::move(arguments))) return {std::nullopt, *done};
  return {std::move(options), kExitSuccess};
}

}  // namespace dateline
