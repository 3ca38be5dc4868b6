// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/finding/added_words.h"

#include <algorithm>
#include <cmath>

namespace dateline {
namespace {

constexpr std::size_t kMinStories = 2;
// "said" and "tuesday" tell nothing; measured from 0 to 0.5, flat up to here.
constexpr double kMinRarity = 0.3;

struct Counted {
  std::map<std::string_view, std::size_t> forms;
  double share = 0;
};

}  // namespace

void AddedWords::add(const PassageWords& words, std::string_view language, const StoryId& story, double say) {
  std::map<std::string_view, Counted> counts;
  for (const PassageWord& word : words.all()) {
    const std::string_view folded = words.folded(word);
    const std::string& term = words.term(word);
    if (!is_telling(folded, language) || asked_.contains(term)) continue;
    Counted& counted = counts[term];
    counted.share += 1;
    ++counted.forms[folded];
  }
  double squares = 0;
  for (auto& [term, counted] : counts) {
    counted.share = 1 + std::log(counted.share);
    squares += counted.share * counted.share;
  }
  for (const auto& [term, counted] : counts) {
    Shared& shared = words_[std::string(term)];
    shared.weight += say * counted.share / std::sqrt(squares);
    shared.stories.insert(story);
    for (const auto& [form, count] : counted.forms) shared.forms[std::string(form)] += count;
  }
}

std::vector<AddedWord> AddedWords::choose(const std::function<double(const std::string&)>& rarity) const {
  std::vector<std::pair<double, const std::string*>> order;  // the heaviest first when sorted
  for (const auto& [term, shared] : words_) {
    if (shared.stories.size() < kMinStories) continue;
    if (const double rare = rarity(term); rare >= kMinRarity) order.emplace_back(-shared.weight * rare, &term);
  }
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : *a.second < *b.second;
  });
  if (order.size() > kMaxAddedWords) order.resize(kMaxAddedWords);
  double total = 0;
  for (const auto& entry : order) total -= entry.first;
  std::vector<AddedWord> chosen;
  chosen.reserve(order.size());
  for (const auto& [weight, term] : order) {
    chosen.push_back({commonest(words_.at(*term).forms), *term, -weight / total});
  }
  return chosen;
}

}  // namespace dateline
