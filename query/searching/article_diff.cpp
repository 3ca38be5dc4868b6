// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searching/article_diff.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "common/analyzer.h"
#include "common/ascii.h"

namespace dateline {
namespace {

constexpr std::size_t kRun = 3;
// Between two aligned stretches so many words on each side may be another wording of the same thing.
constexpr std::size_t kMostOtherWords = 8;
// Words shown before and behind what differs.
constexpr std::size_t kContextWords = 4;
// Fewer words that the other side lacks are no news.
constexpr std::size_t kLeastLacking = 4;
// A sentence is lacking as a whole if so much of it is.
constexpr double kLackingSentence = 0.6;

// Pairs of words tried between two aligned stretches.
constexpr std::size_t kMostTried = 2500;

constexpr std::size_t kUnmatched = SIZE_MAX;

struct Word {
  std::string folded;
  ByteSpan span;
  std::size_t partner = kUnmatched;  // on the other side
};
using Words = std::vector<Word>;

Words words_of(std::string_view text) {
  Words words;
  TokenStream tokens(text);
  std::uint32_t last = UINT32_MAX;
  for (Token token; tokens.next(token);) {
    if (token.position == last) continue;  // one form of a word is enough
    last = token.position;
    words.push_back({std::string(token.word), token.span});
  }
  return words;
}

// The runs of kRun words that stand once, and where they begin.
std::unordered_map<std::string, std::size_t> single_runs(const Words& words) {
  std::unordered_map<std::string, std::size_t> runs;
  for (std::size_t i = 0; i + kRun <= words.size(); ++i) {
    std::string run;
    for (std::size_t k = i; k < i + kRun; ++k) run += words[k].folded + ' ';
    const auto [known, is_new] = runs.try_emplace(std::move(run), i);
    if (!is_new) known->second = kUnmatched;
  }
  std::erase_if(runs, [](const auto& run) { return run.second == kUnmatched; });
  return runs;
}

// The longest chain of pairs that ascends on both sides (patience sorting). `pairs` ascend on the first.
std::vector<std::pair<std::size_t, std::size_t>> longest_chain(
    const std::vector<std::pair<std::size_t, std::size_t>>& pairs) {
  std::vector<std::size_t> tops;  // by length of a chain the pair that ends it lowest
  std::vector<std::size_t> before(pairs.size(), kUnmatched);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto at = std::lower_bound(tops.begin(), tops.end(), pairs[i].second,
                                     [&](std::size_t top, std::size_t second) { return pairs[top].second < second; });
    if (at != tops.begin()) before[i] = *(at - 1);
    if (at == tops.end()) {
      tops.push_back(i);
    } else {
      *at = i;
    }
  }
  std::vector<std::pair<std::size_t, std::size_t>> chain;
  for (std::size_t i = tops.empty() ? kUnmatched : tops.back(); i != kUnmatched; i = before[i]) {
    chain.push_back(pairs[i]);
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

// Half-open range of words.
struct Gap {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::size_t size() const { return end - begin; }
};

// Matches the longest common subsequence of two ranges, whose sizes it multiplies.
void align_range(Words& one, Gap a, Words& two, Gap b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::uint16_t> longest((a.size() + 1) * width);  // behind each pair of places
  const auto same = [&](std::size_t i, std::size_t k) { return one[a.begin + i].folded == two[b.begin + k].folded; };
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t k = b.size(); k-- > 0;) {
      const std::uint16_t without = std::max(longest[(i + 1) * width + k], longest[i * width + k + 1]);
      const std::size_t with = same(i, k) ? longest[(i + 1) * width + k + 1] + std::size_t{1} : 0;
      longest[i * width + k] = std::max(without, static_cast<std::uint16_t>(with));
    }
  }
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (same(i, k)) {
      one[a.begin + i].partner = b.begin + k;
      two[b.begin + k].partner = a.begin + i;
      ++i;
      ++k;
    } else if (longest[(i + 1) * width + k] >= longest[i * width + k + 1]) {
      ++i;
    } else {
      ++k;
    }
  }
}

// Matches what is the same between two words that are matched, where that is not too long to try all.
void align_between(Words& one, Words& two) {
  Gap a;
  Gap b;
  const auto try_range = [&] {
    if (a.size() > 0 && b.size() > 0 && a.size() * b.size() <= kMostTried) align_range(one, a, two, b);
  };
  for (std::size_t i = 0; i < one.size(); ++i) {
    const std::size_t partner = one[i].partner;
    if (partner == kUnmatched) continue;
    a.end = i;
    b.end = partner;
    try_range();
    a.begin = i + 1;
    b.begin = partner + 1;
  }
  a.end = one.size();
  b.end = two.size();
  try_range();
}

void align(Words& one, Words& two) {
  const auto runs_one = single_runs(one);
  const auto runs_two = single_runs(two);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& [run, at] : runs_one) {
    if (const auto other = runs_two.find(run); other != runs_two.end()) pairs.emplace_back(at, other->second);
  }
  std::sort(pairs.begin(), pairs.end());
  const auto match = [&](std::size_t a, std::size_t b) {
    one[a].partner = b;
    two[b].partner = a;
  };
  const auto chain = longest_chain(pairs);
  for (const auto& [a, b] : chain) {
    for (std::size_t k = 0; k < kRun; ++k) {
      if (one[a + k].partner == kUnmatched && two[b + k].partner == kUnmatched) match(a + k, b + k);
    }
  }
  align_between(one, two);
}

bool is_number(const std::string& word) {
  static const std::set<std::string_view> kNumbers{
      "one",     "two",    "three",  "four",     "five",   "six",      "seven",   "eight",   "nine",
      "ten",     "eleven", "twelve", "thirteen", "twenty", "thirty",   "forty",   "fifty",   "sixty",
      "seventy", "eighty", "ninety", "hundred",  "dozen",  "thousand", "million", "billion", "half"};
  return std::any_of(word.begin(), word.end(), is_figure) || kNumbers.contains(word);
}

bool is_date(const std::string& word) {
  static const std::set<std::string_view> kDates{
      "monday",   "tuesday",  "wednesday", "thursday",  "friday", "saturday", "sunday", "january",
      "february", "march",    "april",     "may",       "june",   "july",     "august", "september",
      "october",  "november", "december",  "yesterday", "today",  "tomorrow"};
  return kDates.contains(word);
}

ByteSpan span_of(const Words& words, std::size_t begin, std::size_t end) {
  return {words[begin].span.begin, words[end - 1].span.end};
}

class Comparison {
 public:
  Comparison(const DiffSide& one, const DiffSide& two)
      : sides_{&one, &two}, words_{words_of(one.article.text), words_of(two.article.text)} {
    align(words_[0], words_[1]);
  }

  ArticleDiff run() {
    ArticleDiff diff;
    const std::size_t shorter = std::min(words_[0].size(), words_[1].size());
    const auto matched = static_cast<double>(
        std::count_if(words_[0].begin(), words_[0].end(), [](const Word& word) { return word.partner != kUnmatched; }));
    diff.shared = shorter == 0 ? 0 : matched / static_cast<double>(shorter);
    find_disagreements(diff);
    for (const std::size_t side : {0, 1}) diff.lacking[side] = lacking(side);
    return diff;
  }

 private:
  void find_disagreements(ArticleDiff& diff) const {
    const Words& one = words_[0];
    for (std::size_t a = 0; a + 1 < one.size(); ++a) {
      const std::size_t b = one[a].partner;
      if (b == kUnmatched || one[a + 1].partner == b + 1) continue;
      std::size_t end = a + 1;
      while (end < one.size() && one[end].partner == kUnmatched) ++end;
      if (end == one.size()) break;
      const std::array<Gap, 2> gaps{Gap{a + 1, end}, Gap{b + 1, one[end].partner}};
      const auto size = [&](std::size_t side) { return gaps[side].end - gaps[side].begin; };
      if (size(0) == 0 || size(1) == 0 || size(0) > kMostOtherWords || size(1) > kMostOtherWords) continue;
      for (const DisagreementKind kind :
           {DisagreementKind::kDate, DisagreementKind::kNumber, DisagreementKind::kName}) {
        const auto first = facts(0, gaps[0], kind);
        const auto second = facts(1, gaps[1], kind);
        if (first.empty() || second.empty() || first == second) continue;
        Disagreement found{kind, {}, {}};
        for (const std::size_t side : {0, 1}) {
          const Words& words = words_[side];
          const Gap& gap = gaps[side];
          found.words[side] = span_of(words, gap.begin, gap.end);
          found.context[side] = span_of(words, gap.begin - std::min(gap.begin, kContextWords),
                                        std::min(words.size(), gap.end + kContextWords));
        }
        diff.disagreements.push_back(found);
        break;
      }
    }
    std::stable_sort(diff.disagreements.begin(), diff.disagreements.end(),
                     [](const Disagreement& x, const Disagreement& y) { return x.kind < y.kind; });
  }

  // The words of a kind in a gap.
  [[nodiscard]] std::set<std::string> facts(std::size_t side, const Gap& gap, DisagreementKind kind) const {
    std::set<std::string> found;
    const std::vector<ByteSpan>& names = sides_[side]->names;
    for (std::size_t i = gap.begin; i < gap.end; ++i) {
      const Word& word = words_[side][i];
      const auto name = std::partition_point(names.begin(), names.end(),
                                             [&](const ByteSpan& one) { return one.end <= word.span.begin; });
      const bool is_of_kind = kind == DisagreementKind::kNumber ? is_number(word.folded)
                              : kind == DisagreementKind::kDate ? is_date(word.folded)
                                                                : name != names.end() && name->begin < word.span.end;
      if (is_of_kind) found.insert(word.folded);
    }
    return found;
  }

  // Sentences end at a mark or a line's end: what the splitter of articles knows beyond that matters little here.
  [[nodiscard]] std::vector<Gap> sentences(std::size_t side) const {
    const Words& words = words_[side];
    const std::string_view text = sides_[side]->article.text;
    std::vector<Gap> found;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::size_t next = i + 1 < words.size() ? words[i + 1].span.begin : text.size();
      const std::string_view between = text.substr(words[i].span.end, next - words[i].span.end);
      const std::size_t mark = between.find_first_of(".?!");
      const bool ends = between.find('\n') != std::string_view::npos ||
                        (mark != std::string_view::npos && between.find(' ', mark) != std::string_view::npos);
      if (!ends && i + 1 < words.size()) continue;
      found.push_back({begin, i + 1});
      begin = i + 1;
    }
    return found;
  }

  [[nodiscard]] std::vector<ByteSpan> lacking(std::size_t side) const {
    const Words& words = words_[side];
    std::vector<ByteSpan> spans;
    for (const Gap& sentence : sentences(side)) {
      std::vector<Gap> gaps;
      std::size_t missing = 0;
      for (std::size_t i = sentence.begin; i < sentence.end; ++i) {
        if (words[i].partner != kUnmatched) continue;
        ++missing;
        if (!gaps.empty() && gaps.back().end == i) {
          gaps.back().end = i + 1;
        } else {
          gaps.push_back({i, i + 1});
        }
      }
      const auto size = static_cast<double>(sentence.end - sentence.begin);
      if (missing >= kLeastLacking && static_cast<double>(missing) >= kLackingSentence * size) {
        spans.push_back(whole(side, sentence));
        continue;
      }
      for (const Gap& gap : gaps) {
        if (gap.end - gap.begin >= kLeastLacking) spans.push_back(span_of(words, gap.begin, gap.end));
      }
    }
    return spans;
  }

  // A sentence with the marks at its end.
  [[nodiscard]] ByteSpan whole(std::size_t side, const Gap& sentence) const {
    const std::string_view text = sides_[side]->article.text;
    ByteSpan span = span_of(words_[side], sentence.begin, sentence.end);
    while (span.end < text.size() && static_cast<unsigned char>(text[span.end]) > ' ') ++span.end;
    return span;
  }

  std::array<const DiffSide*, 2> sides_;
  std::array<Words, 2> words_;
};

}  // namespace

ArticleDiff compare_articles(const DiffSide& one, const DiffSide& two) { return Comparison(one, two).run(); }

}  // namespace dateline
