// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/quote_marks.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "common/char_class.h"

namespace dateline {
namespace {

constexpr std::size_t kMaxDepth = 4;

enum class Sign : std::uint8_t {
  kStraight,      // " and ''
  kBackticks,     // ``
  kHigh66,        // “
  kHigh99,        // ”
  kLow99,         // „
  kGuillemet,     // «
  kGuillemetEnd,  // »
  kStraightSingle,
  kHigh6,  // ‘
  kHigh9,  // ’
  kLow9,   // ‚
  kSmallGuillemet,
  kSmallGuillemetEnd,
  kCorner,  // 「
  kCornerEnd,
  kWhiteCorner,  // 『
  kWhiteCornerEnd,
};

bool is_single(Sign sign) { return sign >= Sign::kStraightSingle && sign <= Sign::kLow9; }

struct Mark {
  std::uint32_t token = 0;
  Sign sign = Sign::kStraight;
  bool may_open = false;
  bool may_close = false;
};

bool sign_of(std::string_view mark, Sign& sign) {
  struct Entry {
    std::string_view text;
    Sign sign;
  };
  static constexpr std::array<Entry, 19> kSigns = {{{"\"", Sign::kStraight},
                                                    {"''", Sign::kStraight},
                                                    {"``", Sign::kBackticks},
                                                    {"“", Sign::kHigh66},
                                                    {"”", Sign::kHigh99},
                                                    {"„", Sign::kLow99},
                                                    {"«", Sign::kGuillemet},
                                                    {"»", Sign::kGuillemetEnd},
                                                    {"‘‘", Sign::kHigh66},
                                                    {"’’", Sign::kHigh99},
                                                    {"'", Sign::kStraightSingle},
                                                    {"‘", Sign::kHigh6},
                                                    {"’", Sign::kHigh9},
                                                    {"‚", Sign::kLow9},
                                                    {"‹", Sign::kSmallGuillemet},
                                                    {"›", Sign::kSmallGuillemetEnd},
                                                    {"「", Sign::kCorner},
                                                    {"」", Sign::kCornerEnd},
                                                    {"『", Sign::kWhiteCorner}}};
  for (const Entry& entry : kSigns) {
    // Runs of a mark are one token: of "''" two strokes are told from one.
    const bool single = entry.text.size() == 1 && entry.text != "\"";
    if (single ? mark == entry.text : mark.starts_with(entry.text)) {
      sign = entry.sign;
      return true;
    }
  }
  if (mark.starts_with("』")) {
    sign = Sign::kWhiteCornerEnd;
    return true;
  }
  return false;
}

// Which marks close a stretch that `open` opened.
bool closes(Sign open, Sign mark) {
  switch (open) {
    case Sign::kStraight:
    case Sign::kBackticks:
    case Sign::kHigh66:
    case Sign::kHigh99:
      return mark == Sign::kStraight || mark == Sign::kHigh99 || mark == Sign::kHigh66;
    case Sign::kLow99:
      return mark == Sign::kHigh66 || mark == Sign::kHigh99 || mark == Sign::kStraight;
    case Sign::kGuillemet:
      return mark == Sign::kGuillemetEnd;
    case Sign::kGuillemetEnd:
      return mark == Sign::kGuillemet;
    case Sign::kSmallGuillemet:
      return mark == Sign::kSmallGuillemetEnd;
    case Sign::kSmallGuillemetEnd:
      return mark == Sign::kSmallGuillemet;
    case Sign::kStraightSingle:
    case Sign::kHigh6:
      return mark == Sign::kStraightSingle || mark == Sign::kHigh9;
    case Sign::kLow9:
      return mark == Sign::kHigh6 || mark == Sign::kHigh9;
    case Sign::kCorner:
      return mark == Sign::kCornerEnd;
    case Sign::kWhiteCorner:
      return mark == Sign::kWhiteCornerEnd;
    case Sign::kHigh9:
    case Sign::kCornerEnd:
    case Sign::kWhiteCornerEnd:
      break;
  }
  return false;
}

// Marks of one level: one of them while another is open is a fault, or nested.
bool is_double(Sign sign) { return sign <= Sign::kLow99; }

class MarkReader {
 public:
  MarkReader(const TokenizedText& text, std::vector<QuotedStretch>& stretches) : text_(text), stretches_(stretches) {}

  void read(TokenRange paragraph) {
    paragraph_ = paragraph;
    collect();
    if (marks_.empty()) return;
    open_.clear();
    behind_last_ = paragraph.begin;
    for (std::size_t m = 0; m < marks_.size(); ++m) take(m);
    while (!open_.empty()) {
      const bool goes_on = !is_single(open_.back().sign) || open_.back().token == paragraph_.begin;
      if (goes_on && open_.size() == 1) finish(paragraph_.end, false);
      open_.pop_back();
    }
  }

 private:
  struct Open {
    std::uint32_t token = 0;
    Sign sign = Sign::kStraight;
    std::uint32_t stretch = kNowhere;  // its place in stretches_, which it takes when it opens
  };

  [[nodiscard]] const NameToken& token(std::uint32_t i) const { return text_.tokens[i]; }

  // Whether blanks, or the paragraph's border, stand on that side of a token.
  [[nodiscard]] bool blank_before(std::uint32_t i) const {
    return i == paragraph_.begin || token(i - 1).span.end != token(i).span.begin;
  }
  [[nodiscard]] bool blank_behind(std::uint32_t i) const {
    return i + 1 == paragraph_.end || token(i).span.end != token(i + 1).span.begin;
  }
  [[nodiscard]] bool is_word(std::uint32_t i) const {
    return token(i).kind == TokenKind::kWord || token(i).kind == TokenKind::kNumber;
  }

  void collect() {
    marks_.clear();
    for (std::uint32_t i = paragraph_.begin; i < paragraph_.end; ++i) {
      if (token(i).kind != TokenKind::kMark) continue;
      Mark mark{i, Sign::kStraight, false, false};
      if (!sign_of(text_.written(token(i)), mark.sign)) continue;
      place(mark);
      if (mark.may_open || mark.may_close) marks_.push_back(mark);
    }
  }

  // Whether it may open or close, by its form and its neighbours.
  void place(Mark& mark) const {
    const std::uint32_t i = mark.token;
    const bool before = blank_before(i);
    const bool behind = blank_behind(i);
    // Behind a bracket, a dash or another mark a word may begin as behind a blank.
    const bool at_begin = before || begins_after(i - 1);
    switch (mark.sign) {
      case Sign::kStraight:
        mark.may_open = at_begin && !behind;
        mark.may_close = !before;
        if (!mark.may_open && !mark.may_close) mark.may_open = mark.may_close = true;  // blanks on both sides
        return;
      case Sign::kHigh99:  // opens in Swedish
        mark.may_close = !before || behind;
        mark.may_open = before && !behind;
        return;
      case Sign::kHigh66:  // closes in German, and where somebody took it for its fellow
        mark.may_open = before || !behind;
        mark.may_close = !before;
        return;
      case Sign::kGuillemet:
      case Sign::kGuillemetEnd:
      case Sign::kSmallGuillemet:
      case Sign::kSmallGuillemetEnd:
        // French has blanks inside: what may close does, if anything is open.
        mark.may_close = true;
        mark.may_open = mark.sign == Sign::kGuillemet || mark.sign == Sign::kSmallGuillemet || !behind;
        return;
      case Sign::kStraightSingle:
      case Sign::kHigh6:
        mark.may_open = at_begin && !behind && !is_elision(i + 1);
        mark.may_close = !before && (behind || !is_word(i + 1));
        return;
      case Sign::kHigh9:
        mark.may_close = !before && (behind || !is_word(i + 1));
        return;
      case Sign::kBackticks:
      case Sign::kLow99:
      case Sign::kLow9:
      case Sign::kCorner:
      case Sign::kWhiteCorner:
        mark.may_open = true;
        return;
      case Sign::kCornerEnd:
      case Sign::kWhiteCornerEnd:
        mark.may_close = true;
        return;
    }
  }

  [[nodiscard]] bool begins_after(std::uint32_t i) const {
    if (token(i).kind != TokenKind::kMark) return false;
    const std::string_view form = text_.form(token(i));
    return form == "(" || form == "[" || form == "--" || form == "-" || form == "\"" || form == "'";
  }

  // "'90s", "'em": an apostrophe.
  [[nodiscard]] bool is_elision(std::uint32_t i) const {
    if (i >= paragraph_.end) return true;
    const std::string_view form = text_.form(token(i));
    if (token(i).kind == TokenKind::kNumber) return form.ends_with("s");
    return form == "em" || form == "n" || form == "t" || form == "s" || form == "til" || form == "cause" ||
           form == "tis" || form == "twas";
  }

  void take(std::size_t m) {
    const Mark& mark = marks_[m];
    if (mark.may_close) {
      for (std::size_t depth = open_.size(); depth-- > 0;) {
        if (!closes(open_[depth].sign, mark.sign)) continue;
        if (is_single(mark.sign) && is_possessive(m)) return;
        if (mark.sign == Sign::kHigh66 && mark.may_open && open_[depth].sign != Sign::kLow99) continue;
        // Single marks that are still open within were apostrophes.
        open_.resize(depth + 1);
        finish(mark.token, true);
        open_.pop_back();
        behind_last_ = mark.token + 1;
        return;
      }
    }
    if (mark.may_open && !(is_single(mark.sign) && has_open_single())) {
      if (is_double(mark.sign) && !open_.empty() && is_double(open_.front().sign) && !is_nested(m)) {
        open_.resize(1);
        finish(sentence_end_before(mark.token), false);
        open_.clear();
      }
      open(mark);
    } else if (mark.may_close && open_.empty() && is_double(mark.sign)) {
      repair_opening(mark.token);
    }
  }

  [[nodiscard]] bool has_open_single() const { return !open_.empty() && is_single(open_.back().sign); }

  // "the workers' vote": another single mark follows that can close what is open.
  [[nodiscard]] bool is_possessive(std::size_t m) const {
    const std::uint32_t i = marks_[m].token;
    if (i == paragraph_.begin || i + 1 >= paragraph_.end || !is_word(i - 1) || !is_word(i + 1)) return false;
    if (!text_.form(token(i - 1)).ends_with("s")) return false;
    for (std::size_t next = m + 1; next < marks_.size() && next <= m + 2; ++next) {
      if (is_single(marks_[next].sign)) return marks_[next].may_close && !marks_[next].may_open;
    }
    return false;
  }

  // Whether the marks that follow close two stretches before another opens.
  [[nodiscard]] bool is_nested(std::size_t m) const {
    int closing = 0;
    for (std::size_t next = m + 1; next < marks_.size() && next <= m + 6; ++next) {
      if (!is_double(marks_[next].sign)) continue;
      if (marks_[next].may_open || !marks_[next].may_close) return false;
      if (++closing == 2) return true;
    }
    return false;
  }

  void open(const Mark& mark) {
    if (open_.size() >= kMaxDepth) return;
    open_.push_back({mark.token, mark.sign, static_cast<std::uint32_t>(stretches_.size())});
    // Holds the place; one that never closes is empty and goes at last.
    QuotedStretch stretch;
    stretch.tokens = {mark.token + 1, mark.token + 1};
    stretch.is_single = is_single(mark.sign);
    stretches_.push_back(stretch);
  }

  // Ends the innermost open stretch.
  void finish(std::uint32_t end, bool is_closed) {
    QuotedStretch& stretch = stretches_[open_.back().stretch];
    stretch.tokens.end = std::max(end, stretch.tokens.begin);
    stretch.is_closed = is_closed;
  }

  // Behind the last full stop before `i`; `i` if there is none since the stretch opened.
  [[nodiscard]] std::uint32_t sentence_end_before(std::uint32_t i) const {
    for (std::uint32_t at = i; at-- > open_.back().token + 1;) {
      const std::string_view form = text_.form(token(at));
      if (form == "." || form == "!" || form == "?") return at + 1;
    }
    return open_.back().token + 1;
  }

  void repair_opening(std::uint32_t i) {
    if (i <= behind_last_ || text_.form(token(i - 1)) != ",") return;
    QuotedStretch stretch;
    stretch.tokens = {behind_last_, i};
    stretch.is_opened = false;
    stretches_.push_back(stretch);
    behind_last_ = i + 1;
  }

  const TokenizedText& text_;
  std::vector<QuotedStretch>& stretches_;
  TokenRange paragraph_;
  std::vector<Mark> marks_;
  std::vector<Open> open_;
  std::uint32_t behind_last_ = 0;  // the token behind the last mark that closed
};

// Takes out the empty ones and those that cross another's end, puts the rest in order, and tells who lies in whom.
void put_in_order(std::vector<QuotedStretch>& stretches) {
  std::erase_if(stretches, [](const QuotedStretch& one) { return one.tokens.empty(); });
  std::stable_sort(stretches.begin(), stretches.end(), [](const QuotedStretch& a, const QuotedStretch& b) {
    return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin : a.tokens.end > b.tokens.end;
  });
  std::vector<std::uint32_t> around;
  std::uint32_t kept = 0;
  for (QuotedStretch one : stretches) {
    const TokenRange marked = one.marked();
    while (!around.empty() && stretches[around.back()].marked().end <= marked.begin) around.pop_back();
    if (!around.empty()) {
      const TokenRange outer = stretches[around.back()].tokens;
      if (marked.begin < outer.begin || marked.end > outer.end) continue;
    }
    one.parent = around.empty() ? kNowhere : around.back();
    around.push_back(kept);
    stretches[kept++] = one;
  }
  stretches.resize(kept);
}

}  // namespace

std::vector<QuotedStretch> find_quoted_stretches(const TokenizedText& text, const std::vector<TokenRange>& paragraphs) {
  std::vector<QuotedStretch> stretches;
  MarkReader reader(text, stretches);
  for (const TokenRange& paragraph : paragraphs) reader.read(paragraph);
  put_in_order(stretches);
  return stretches;
}

}  // namespace dateline
