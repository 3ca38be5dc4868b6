// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/similar_query.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "common/ascii.h"
#include "common/stop_words.h"
#include "query/passage_words.h"

namespace dateline {
namespace {

constexpr std::size_t kMinWordBytes = 3;
constexpr double kTitle = 2;       // occurrences in the text that one in the title is worth
constexpr double kSaturation = 2;  // so many occurrences count half of ever so many

struct Counted {
  double count = 0;
  std::map<std::string, std::size_t> forms;
};

}  // namespace

QueryNode similar_query(std::string_view title, std::string_view text, Stemmer& stemmer, std::string_view language,
                        const std::function<double(const std::string&)>& rarity) {
  std::map<std::string, Counted> counts;  // by term
  for (const auto& [part, weight] : {std::pair(title, kTitle), std::pair(text, 1.0)}) {
    const PassageWords words(part, stemmer);
    for (const PassageWord& word : words.all()) {
      const std::string folded(words.folded(word));
      if (folded.size() < kMinWordBytes || std::any_of(folded.begin(), folded.end(), is_figure) ||
          is_stop_word(folded, language))
        continue;
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
    const std::map<std::string, std::size_t>& forms = counts[term].forms;
    const auto form =
        std::max_element(forms.begin(), forms.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    QueryNode word;
    word.kind = QueryKind::kWord;
    word.text = form->first;
    query.clauses.push_back({Occurs::kShould, std::move(word)});
  }
  return query;
}

}  // namespace dateline
