// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/training/recipe.h"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace dateline {

Result<std::vector<RecipeLine>> read_recipe(const std::filesystem::path& file, const std::filesystem::path& data) {
  std::ifstream input(file);
  if (!input) return Error{ErrorCode::kInputOutput, fmt::format("{}: cannot be read", file.string()), ""};
  std::vector<RecipeLine> lines;
  std::size_t number = 0;
  for (std::string text; std::getline(input, text);) {
    ++number;
    if (text.empty() || text.front() == '#') continue;
    std::istringstream columns(text);
    std::string role;
    std::string weight;
    RecipeLine line;
    std::getline(columns, role, '\t');
    std::getline(columns, line.name, '\t');
    std::getline(columns, weight, '\t');
    std::getline(columns, line.file, '\t');
    std::getline(columns, line.origin);
    char* end = nullptr;
    line.weight = std::strtof(weight.c_str(), &end);
    const bool known = role == "train" || role == "test" || role == "news";
    if (!known || line.file.empty() || end == weight.c_str()) {
      return Error{ErrorCode::kInputOutput,
                   fmt::format("{}:{}: must be train, test or news; name; weight; file; origin", file.string(), number),
                   "the columns are set apart by tabs"};
    }
    line.role = role == "train" ? RecipeRole::kTrain : role == "test" ? RecipeRole::kTest : RecipeRole::kNews;
    line.file = (data / line.file).string();
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string make_card(const std::vector<RecipeLine>& recipe, const ModelContent& content, const std::string& scores,
                      const std::string& date) {
  std::string card = fmt::format(
      "Names model of Dateline, version {}, made {}\n\n"
      "Finds people, organisations and places in English news; linear-chain CRF, one for cased and one for uncased\n"
      "text, {} rows of features each; {} words and {} phrases known.\n",
      kModelVersion, date, kRows, content.words.size(), content.phrases.size());
  const auto list = [&](RecipeRole role, const char* heading) {
    card += fmt::format("\n{}\n", heading);
    for (const RecipeLine& line : recipe) {
      if (line.role == role) card += fmt::format("  {:<18} {}\n", line.name, line.origin);
    }
  };
  list(RecipeRole::kTrain, "Trained on");
  list(RecipeRole::kNews, "Word statistics from");
  list(RecipeRole::kTest, "Measured on, never trained on");
  card += "\nExact-span F1 of the taggers alone\n";
  std::istringstream lines(scores);
  for (std::string line; std::getline(lines, line);) card += "  " + line + '\n';
  return card;
}

}  // namespace dateline
