// SPDX-License-Identifier: GPL-2.0-or-later
//
// Words that a query is widened by: those that its best passages share.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/reading/passage_words.h"
#include "query/reading/story_reader.h"
#include "query/reading/telling_words.h"

namespace dateline {

// Most words that are added.
inline constexpr std::size_t kMaxAddedWords = 5;
// The best passages that they are sought in, and how many of a story may speak.
inline constexpr std::size_t kSpeakingPassages = 20;
inline constexpr std::size_t kSpeakingOfStory = 3;

struct AddedWord {
  std::string shown;  // folded, as it is written most often
  std::string term;
  double weight = 0;  // all together 1
};

// Gathers passages and tells what they have in common.
class AddedWords {
 public:
  // asked  terms that are asked for already
  explicit AddedWords(std::set<std::string> asked) : asked_(std::move(asked)) {}

  // say       how much the passage's words count; the best's 1
  // language  of its article
  // Cost: linear in the words.
  void add(const PassageWords& words, std::string_view language, const StoryId& story, double say);

  // The heaviest words that passages of two stories have: one story alone may speak of anything. Empty if there are
  // none.
  // rarity  of a term in the collection, 1 nowhere, 0 everywhere
  [[nodiscard]] std::vector<AddedWord> choose(const std::function<double(const std::string&)>& rarity) const;

 private:
  struct Shared {
    double weight = 0;
    std::set<StoryId> stories;
    WordForms forms;
  };
  std::set<std::string> asked_;
  std::map<std::string, Shared> words_;  // by term
};

}  // namespace dateline
