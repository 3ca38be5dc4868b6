// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searching/similar_query.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "query/reading/passage_words.h"
#include "query/reading/telling_words.h"

namespace dateline {
namespace {

constexpr double kTitle = 2;       // occurrences in the text that one in the title is worth
constexpr double kSaturation = 2;  // so many occurrences count half of ever so many

struct Counted {
  double count = 0;
  WordForms forms;
};

}  // namespace

QueryNode similar_query(std::string_view title, std::string_view text, Stemmer& stemmer, std::string_view language,
                        const std::function<double(const std::string&)>& rarity) {
  std::map<std::string, Counted> counts;  // by term
  for (const auto& [part, weight] : {std::pair(title, kTitle), std::pair(text, 1.0)}) {
    const PassageWords words(part, stemmer);
    for (const PassageWord& word : words.all()) {
      const std::string folded(words.folded(word));
      if (!is_telling(folded, language)) continue;
      Counted& counted = counts[words.term(word)];
      counted.count += weight;
      ++counted.forms[folded];
    }
  }
  std::vector<std::pair<double, std::string>> telling;  // the most telling first when sorted
  telling.reserve(counts.size());
  for (const auto& [term, counted] : counts) {
    telling.emplace_back(-rarity(term) * counted.count / (counted.count + kSaturation), term);
  }
  std::sort(telling.begin(), telling.end());
  if (telling.size() > kSimilarWords) telling.resize(kSimilarWords);
  QueryNode query;
  for (const auto& [weight, term] : telling) {
    QueryNode word;
    word.kind = QueryKind::kWord;
    word.text = commonest(counts[term].forms);
    query.clauses.push_back({Occurs::kShould, std::move(word)});
  }
  return query;
}

}  // namespace dateline
