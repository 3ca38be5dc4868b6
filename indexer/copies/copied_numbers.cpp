// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/copies/copied_numbers.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "common/analyzer.h"
#include "common/ascii.h"

namespace dateline {
namespace {

struct Number {
  std::string word;
  ByteSpan span;
};

std::vector<Number> read_numbers(std::string_view text) {
  std::vector<Number> numbers;
  TokenStream words(text);
  for (Token token; words.next(token);) {
    if (std::any_of(token.word.begin(), token.word.end(), is_figure))
      numbers.push_back({std::string(token.word), token.span});
  }
  return numbers;
}

}  // namespace

std::vector<RestoredNumber> copy_numbers(std::string_view source, const std::vector<Sentence>& sentences,
                                         std::string_view copy, const TextAlignment& alignment) {
  const std::vector<Number> own = read_numbers(copy);
  const auto in = [](std::string_view text, ByteSpan span) { return text.substr(span.begin, span.size()); };
  std::vector<RestoredNumber> restored;
  std::optional<TextAlignment::Gap> gap;
  bool is_same = false;                   // the gap and the numbers before
  std::multiset<std::string_view> there;  // what the copy has in the gap
  auto sentence = sentences.begin();
  for (const Number& number : read_numbers(source)) {
    while (sentence != sentences.end() && sentence->span.end <= number.span.begin) ++sentence;
    const std::optional<TextAlignment::Gap> found = alignment.find_gap(number.span);
    if (!found) continue;
    // A table has thousands of numbers in one gap.
    if (!gap || gap->from != found->from) {
      gap = found;
      is_same = own.empty() || figures_in(in(source, gap->from)) == figures_in(in(copy, gap->to));
      there.clear();
      auto next = std::lower_bound(own.begin(), own.end(), gap->to.begin,
                                   [](const Number& one, std::uint32_t at) { return one.span.begin < at; });
      for (; is_same && next != own.end() && next->span.begin < gap->to.end; ++next) there.insert(next->word);
    }
    if (!is_same) continue;
    if (const auto known = there.find(number.word); known != there.end()) {
      there.erase(known);
      continue;
    }
    const bool begins_sentence = sentence != sentences.end() && gap->from.begin <= sentence->span.begin;
    const bool is_before = gap->to.begin == 0 || (begins_sentence && gap->to.end < copy.size());
    restored.push_back({is_before ? gap->to.end : gap->to.begin - 1, number.word});
  }
  std::stable_sort(restored.begin(), restored.end(),
                   [](const RestoredNumber& a, const RestoredNumber& b) { return a.at < b.at; });
  return restored;
}

}  // namespace dateline
