// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/boilerplate.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "common/ascii.h"
#include "common/stop_words.h"

namespace dateline {
namespace {

using std::size_t;

constexpr unsigned kCaptionWords = 4;
constexpr unsigned kHeadingWords = 4;
constexpr unsigned kWordsOfItsOwn = 5;  // fewer may be a heading or a name
constexpr unsigned kMaxItemWords = 25;
constexpr size_t kMinItems = 2;
constexpr size_t kMaxItems = 12;
constexpr unsigned kMaxBoxes = 4;  // looked at: each costs a walk through the article
// Of an item's content words, in two sentences of the article that follow one another: for every item, and on average.
// An editor puts it in other words: the seven boxes of the sample collection have 0.47 to 0.74 on average, with items
// down to 0.17; nothing in us_news is taken for a box.
constexpr double kItemShare = 0.15;
constexpr double kBoxShare = 0.45;

// How much of each item of a box stands, in other words, in the sentences below it.
class ItemCoverage {
 public:
  void add_item(std::string_view text) {
    for_each_word(text, [&](std::uint64_t word) { words_.push_back({word, items_, kNone}); });
    ++items_;
  }

  // The greatest share of each item's content words that stand in two neighbouring sentences.
  std::vector<double> measure(std::string_view text, const std::vector<Sentence>& sentences, std::uint32_t from) {
    std::sort(words_.begin(), words_.end(),
              [](const Word& a, const Word& b) { return std::pair(a.hash, a.item) < std::pair(b.hash, b.item); });
    words_.erase(std::unique(words_.begin(), words_.end(),
                             [](const Word& a, const Word& b) { return a.hash == b.hash && a.item == b.item; }),
                 words_.end());
    std::vector<double> words(items_);
    for (const Word& word : words_) ++words[word.item];
    std::vector<double> best(items_);
    std::vector<double> before(items_);  // in the last sentence
    std::vector<double> here(items_);
    std::vector<double> again(items_);  // in both
    for (size_t i = 0; i < sentences.size(); ++i) {
      const ByteSpan span = sentences[i].span;
      if (span.begin < from) continue;
      before.swap(here);
      std::fill(here.begin(), here.end(), 0.0);
      std::fill(again.begin(), again.end(), 0.0);
      for_each_word(text.substr(span.begin, span.size()), [&](std::uint64_t hash) {
        auto word = std::lower_bound(words_.begin(), words_.end(), hash,
                                     [](const Word& one, std::uint64_t wanted) { return one.hash < wanted; });
        for (; word != words_.end() && word->hash == hash; ++word) {
          if (word->sentence == i) continue;
          if (word->sentence + 1 == i) ++again[word->item];
          ++here[word->item];
          word->sentence = i;
        }
      });
      for (size_t item = 0; item < items_; ++item) {
        best[item] = std::max(best[item], before[item] + here[item] - again[item]);
      }
    }
    for (size_t item = 0; item < items_; ++item) best[item] = words[item] == 0 ? 0 : best[item] / words[item];
    return best;
  }

 private:
  static constexpr size_t kNone = static_cast<size_t>(-2);  // beside no sentence
  struct Word {
    std::uint64_t hash;
    size_t item;
    size_t sentence;  // where it was last seen
  };

  // Content words by their first five letters, which are mostly the stem.
  template <typename OnWord>
  static void for_each_word(std::string_view text, const OnWord& on_word) {
    std::string word;
    for (size_t i = 0; i <= text.size(); ++i) {
      const char c = i < text.size() ? to_lower(text[i]) : ' ';
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0) {
        word.push_back(c);
      } else if (!word.empty()) {
        if (!is_stop_word(word)) {
          std::uint64_t hash = 0;
          for (const char letter : std::string_view(word).substr(0, 5)) {
            hash = hash << 8 | static_cast<unsigned char>(letter);
          }
          on_word(hash);
        }
        word.clear();
      }
    }
  }

  size_t items_ = 0;
  std::vector<Word> words_;
};

class Finder {
 public:
  Finder(std::string_view text, const std::vector<ArticleLine>& lines, const std::vector<unsigned>& articles,
         const std::vector<Sentence>& sentences, ByteSpan title)
      : text_(text), lines_(lines), articles_(articles), sentences_(sentences), title_(title), reasons_(lines.size()) {}

  std::vector<Boilerplate> run() {
    flag_repeated();
    flag_highlights();
    flag_of_outlet();
    return spans();
  }

 private:
  using Reason = BoilerplateReason;

  [[nodiscard]] bool is_title(const ArticleLine& line) const {
    return !title_.empty() && line.span.begin < title_.end && title_.begin < line.span.end;
  }

  void flag(size_t line, Reason reason) {
    if (!is_title(lines_[line])) reasons_[line] = reason;
  }

  [[nodiscard]] bool is_time(size_t line) const { return line < lines_.size() && lines_[line].is_time; }

  void flag_repeated() {
    std::vector<size_t> order(lines_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return std::pair(lines_[a].key, a) < std::pair(lines_[b].key, b); });
    size_t story = lines_.size();  // the first paragraph that stands there once
    for (size_t i = 0; i < order.size(); ++i) {
      const ArticleLine& line = lines_[order[i]];
      const bool is_once = (i == 0 || lines_[order[i - 1]].key != line.key) &&
                           (i + 1 == order.size() || lines_[order[i + 1]].key != line.key);
      if (is_once && is_paragraph(line)) story = std::min(story, order[i]);
    }
    for (auto first = order.begin(); first != order.end();) {
      const ArticleLine& line = lines_[*first];
      const auto last = std::find_if(first, order.end(), [&](size_t i) { return lines_[i].key != line.key; });
      if (last - first > 1) flag_repeated({first, last}, story);
      first = last;
    }
  }

  // The places of one line in an article whose own first paragraph is `story`.
  void flag_repeated(const std::vector<size_t>& places, size_t story) {
    const auto is_caption = [&](size_t i) {
      const ArticleLine& line = lines_[i];
      return line.words >= kCaptionWords && line.is_bare && !line.is_quoted;
    };
    const auto is_beside_time = [&](size_t i) { return is_time(i + 1) || is_time(i - 1); };
    if (std::all_of(places.begin(), places.end(), is_caption) &&
        std::any_of(places.begin(), places.end(), is_beside_time)) {
      for (const size_t i : places) {
        flag(i, Reason::kRepeatedLine);
        for (const size_t beside : {i - 1, i + 1}) {
          if (is_time(beside)) flag(beside, Reason::kTimeCode);
        }
      }
    } else if (lines_[places.front()].words >= kLongLineWords) {
      for (size_t i = 0; i + 1 < places.size(); ++i) {
        if (places[i] < story || places[i + 1] == places[i] + 1) flag(places[i], Reason::kRepeatedLine);
      }
    }
  }

  [[nodiscard]] bool is_paragraph(const ArticleLine& line) const {
    return line.is_sentence && line.words >= kLongLineWords;
  }

  void flag_highlights() {
    const auto is_item = [&](size_t i) {
      const ArticleLine& line = lines_[i];
      return !reasons_[i] && !is_title(line) && !line.after_blank && line.is_bare && line.words > kHeadingWords &&
             line.words <= kMaxItemWords;
    };
    unsigned boxes = 0;
    for (size_t heading = 0; heading < lines_.size() && !is_paragraph(lines_[heading]); ++heading) {
      const ArticleLine& line = lines_[heading];
      if (reasons_[heading] || is_title(line) || !line.is_bare || line.words == 0 || line.words > kHeadingWords)
        continue;
      size_t end = heading + 1;
      while (end < lines_.size() && end - heading <= kMaxItems && is_item(end)) ++end;
      if (end - heading <= kMinItems) continue;
      if (++boxes > kMaxBoxes) return;
      if (!is_said_again(heading + 1, end)) continue;
      for (size_t i = heading; i < end; ++i) flag(i, Reason::kHighlights);
      return;
    }
  }

  // Whether the lines from `first` to before `end` stand, in other words, in the sentences behind them.
  [[nodiscard]] bool is_said_again(size_t first, size_t end) const {
    ItemCoverage coverage;
    for (size_t i = first; i < end; ++i) coverage.add_item(text_.substr(lines_[i].span.begin, lines_[i].span.size()));
    double sum = 0;
    for (const double share : coverage.measure(text_, sentences_, lines_[end - 1].span.end)) {
      if (share < kItemShare) return false;
      sum += share;
    }
    return sum >= kBoxShare * static_cast<double>(end - first);
  }

  void flag_of_outlet() {
    const unsigned copies = count_copies();
    std::vector<bool> at_edge(lines_.size());
    const auto walk = [&](size_t line) {
      at_edge[line] = !is_paragraph(lines_[line]) || articles_[line] >= kManyAtEdge + copies - 1;
      return at_edge[line];
    };
    for (size_t i = 0; i < lines_.size() && walk(i); ++i) {
    }
    for (size_t i = lines_.size(); i-- > 0 && !at_edge[i] && walk(i);) {
    }
    for (size_t i = 0; i < lines_.size(); ++i) {
      const ArticleLine& line = lines_[i];
      if (reasons_[i] || line.is_quoted) continue;
      unsigned many = at_edge[i] ? kManyAtEdge : kMany;
      if (line.words < kWordsOfItsOwn || (!at_edge[i] && line.is_sentence)) many = kManyShort;
      if (articles_[i] >= many + copies - 1) flag(i, Reason::kManyArticles);
    }
  }

  // In how many articles of the outlet at least half of the paragraphs stand.
  [[nodiscard]] unsigned count_copies() const {
    std::vector<unsigned> counts;
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (is_paragraph(lines_[i])) counts.push_back(articles_[i]);
    }
    if (counts.empty()) return 1;
    const auto median = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
    std::nth_element(counts.begin(), median, counts.end());
    return std::max(*median, 1U);
  }

  [[nodiscard]] std::vector<Boilerplate> spans() const {
    std::vector<Boilerplate> found;
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (!reasons_[i]) continue;
      const ByteSpan span = lines_[i].span;
      if (i > 0 && reasons_[i - 1] == reasons_[i]) {
        found.back().span.end = span.end;
      } else {
        found.push_back({span, *reasons_[i]});
      }
    }
    return found;
  }

  std::string_view text_;
  const std::vector<ArticleLine>& lines_;
  const std::vector<unsigned>& articles_;
  const std::vector<Sentence>& sentences_;
  ByteSpan title_;
  std::vector<std::optional<Reason>> reasons_;  // by line
};

}  // namespace

std::vector<Boilerplate> find_boilerplate(std::string_view text, const std::vector<ArticleLine>& lines,
                                          const std::vector<unsigned>& articles, const std::vector<Sentence>& sentences,
                                          ByteSpan title) {
  return Finder(text, lines, articles, sentences, title).run();
}

}  // namespace dateline
