// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentences/passage_builder.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <utility>

#include "indexer/sentences/sentence_splitter.h"

namespace dateline {
namespace {

using std::size_t;

struct Unit {
  ByteSpan span;
  std::uint32_t words = 0;
  Border border = Border::kSentence;  // behind it
};

struct LineEnds {
  unsigned count = 0;
  bool indented = false;  // the next line begins with blanks
};

LineEnds line_ends_in(std::string_view gap) {
  LineEnds ends;
  ends.count = static_cast<unsigned>(std::count(gap.begin(), gap.end(), '\n'));
  ends.indented = ends.count > 0 && gap.size() - gap.rfind('\n') > 2;
  return ends;
}

// Sentences of a wrapped text have line ends inside; then a single line end is no border.
bool is_wrapped(std::string_view text, const std::vector<Sentence>& sentences) {
  const auto broken = std::count_if(sentences.begin(), sentences.end(), [text](const Sentence& sentence) {
    return text.substr(sentence.span.begin, sentence.span.size()).find('\n') != std::string_view::npos;
  });
  return static_cast<size_t>(broken) * 4 > sentences.size();
}

bool ends_like_heading(std::string_view sentence) {
  constexpr std::uint32_t kMostBytes = 100;
  const char last = sentence.back();
  return sentence.size() <= kMostBytes && last != '.' && last != '!' && last != '?' && last != '"' && last != ')' &&
         static_cast<unsigned char>(last) < 0x80;
}

// Calls on_border(index, border) for what stands behind each of `units` (which have a span) but the last.
template <typename Units, typename OnBorder>
void read_borders(std::string_view text, bool wrapped, const Units& units, const OnBorder& on_border) {
  bool paragraph_begins = true;
  for (size_t i = 0; i + 1 < units.size(); ++i) {
    const ByteSpan& span = units[i].span;
    const LineEnds ends = line_ends_in(text.substr(span.end, units[i + 1].span.begin - span.end));
    const bool paragraph = ends.count > 1 || ends.indented || (ends.count == 1 && !wrapped);
    const bool heading = paragraph && paragraph_begins && ends_like_heading(text.substr(span.begin, span.size()));
    on_border(i, heading ? Border::kHeading : paragraph ? Border::kParagraph : Border::kSentence);
    paragraph_begins = paragraph;
  }
}

class Builder {
 public:
  explicit Builder(std::string_view text) : text_(text) {}

  void add(ByteSpan span, Border border);
  // Cuts what was added since the last time.
  void flush();
  // The same, by the line ends of the text instead of the borders that were given.
  void flush_lines(bool wrapped);
  std::vector<Passage> take() { return std::move(passages_); }

 private:
  void join(size_t first, size_t end);

  std::string_view text_;
  std::vector<Unit> units_;  // since the last flush
  std::vector<Passage> passages_;
  size_t counted_ = 0;  // bytes whose line ends are in line_
  std::uint32_t line_ = 1;
};

void Builder::add(ByteSpan span, Border border) {
  const std::string_view sentence = text_.substr(span.begin, span.size());
  units_.push_back({span, std::max(count_words(sentence), 1u), border});
}

void Builder::flush_lines(bool wrapped) {
  read_borders(text_, wrapped, units_, [&](size_t i, Border border) { units_[i].border = border; });
  flush();
}

// What is wrong with a passage, to be added up over the article: too short outweighs everything else together; then
// come the border it ends at, its size and the number of its sentences. As all passages count, the last one is balanced
// with those before it. With these weights us_news gives 72 words and 3.5 sentences a passage (40 to 110 words), and 89
// of 100 passages end with a paragraph (measured 2026-11).
std::uint32_t cost_of(std::uint32_t words, std::uint32_t sentences, Border border) {
  constexpr std::uint32_t kTooShort = 1000;
  constexpr std::uint32_t kBestWords = 70;
  const std::uint32_t off = std::min(words > kBestWords ? words - kBestWords : kBestWords - words, 50u);
  const std::uint32_t off_sentences =
      std::min(sentences > kPassageSentences ? sentences - kPassageSentences : kPassageSentences - sentences, 4u);
  std::uint32_t cost = off * off / 50 + off_sentences * 6;
  if (border != Border::kParagraph) cost += 25;
  if (words < kMinPassageWords) cost += kTooShort + kMinPassageWords - words;
  return cost;
}

// The cheapest way to cut the units, found from left to right.
void Builder::flush() {
  struct Ending {
    std::uint64_t cost = std::numeric_limits<std::uint64_t>::max();
    size_t first = 0;  // unit of the passage that ends here
  };
  if (units_.empty()) return;
  units_.back().border = Border::kParagraph;
  std::vector<Ending> best(units_.size() + 1);
  best[0].cost = 0;
  for (size_t last = 0; last < units_.size(); ++last) {
    std::uint32_t words = 0;
    for (size_t first = last + 1; first-- > 0;) {
      words += units_[first].words;
      if (words > kMaxPassageWords && first < last) break;
      const auto sentences = static_cast<std::uint32_t>(last + 1 - first);
      const std::uint64_t cost = best[first].cost + cost_of(words, sentences, units_[last].border);
      if (cost < best[last + 1].cost) best[last + 1] = {cost, first};
    }
  }
  std::vector<size_t> firsts;
  for (size_t end = units_.size(); end > 0; end = best[end].first) firsts.push_back(best[end].first);
  std::reverse(firsts.begin(), firsts.end());
  for (size_t i = 0; i < firsts.size(); ++i) join(firsts[i], i + 1 < firsts.size() ? firsts[i + 1] : units_.size());
  units_.clear();
}

void Builder::join(size_t first, size_t end) {
  const ByteSpan span{units_[first].span.begin, units_[end - 1].span.end};
  const auto from = text_.begin() + static_cast<std::ptrdiff_t>(counted_);
  line_ += static_cast<std::uint32_t>(std::count(from, text_.begin() + span.begin, '\n'));
  counted_ = span.begin;
  passages_.push_back({span, line_});
}

// The bytes from `begin` to `end` without the blanks around them.
ByteSpan trimmed(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  const std::string_view part = text.substr(begin, end - begin);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(part.data());
  const auto size = static_cast<std::int32_t>(part.size());
  std::int32_t first = 0;
  std::int32_t last = size;
  UChar32 code = 0;
  for (std::int32_t next = 0; next < size; first = next) {
    U8_NEXT(bytes, next, size, code);
    if (!u_isUWhiteSpace(code)) break;
  }
  for (std::int32_t previous = last; previous > first; last = previous) {
    U8_PREV(bytes, first, previous, code);
    if (!u_isUWhiteSpace(code)) break;
  }
  return {begin + static_cast<std::uint32_t>(first), begin + static_cast<std::uint32_t>(last)};
}

// border_of(i)    the border behind the i-th sentence
// flush(builder)  is called where a passage must end
template <typename BorderOf, typename Flush>
std::vector<Passage> build(std::string_view text, const std::vector<Sentence>& sentences,
                           const std::vector<ByteSpan>& left_out, const BorderOf& border_of, const Flush& flush) {
  Builder builder(text);
  auto left = left_out.begin();
  for (size_t i = 0; i < sentences.size(); ++i) {
    std::uint32_t begin = sentences[i].span.begin;
    const std::uint32_t end = sentences[i].span.end;
    const auto add = [&](std::uint32_t from, std::uint32_t to) {
      const ByteSpan span = trimmed(text, from, to);
      if (!span.empty()) builder.add(span, border_of(i));
    };
    for (; left != left_out.end() && left->begin < end; ++left) {
      if (left->begin > begin) add(begin, left->begin);
      flush(builder);  // a passage does not reach over what is left out
      begin = std::max(begin, left->end);
      if (left->end > end) break;  // the next sentence begins in it, too
    }
    if (begin < end) add(begin, end);
  }
  flush(builder);
  return builder.take();
}

}  // namespace

Layout read_layout(std::string_view text, const std::vector<Sentence>& sentences) {
  Layout layout{sentences, std::vector<Border>(sentences.size(), Border::kParagraph)};
  read_borders(text, is_wrapped(text, sentences), sentences,
               [&](size_t i, Border border) { layout.borders[i] = border; });
  return layout;
}

std::vector<Passage> build_passages(std::string_view text, const std::vector<Sentence>& sentences,
                                    const std::vector<ByteSpan>& left_out) {
  const bool wrapped = is_wrapped(text, sentences);
  return build(
      text, sentences, left_out, [](size_t) { return Border::kSentence; },
      [wrapped](Builder& builder) { builder.flush_lines(wrapped); });
}

std::vector<Passage> build_passages(std::string_view text, const Layout& layout,
                                    const std::vector<ByteSpan>& left_out) {
  return build(
      text, layout.sentences, left_out, [&](size_t i) { return layout.borders[i]; },
      [](Builder& builder) { builder.flush(); });
}

}  // namespace dateline
