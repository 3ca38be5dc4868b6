// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentences/sentence_splitter.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unicode/uchar.h>
#include <utility>

#include "indexer/sentences/characters.h"
#include "indexer/sentences/sentence_marks.h"
#include "indexer/sentences/sentence_words.h"
#include "indexer/sentences/stripped_splitter.h"
#include "indexer/sentences/text_stretches.h"
#include "indexer/sentences/wrapped_lines.h"

namespace dateline {
namespace {

using std::size_t;

enum class Case : std::uint8_t { kMixed, kLower, kUpper };

bool is_roman_number(std::string_view word) {
  constexpr size_t kMostDigits = 5;
  return !word.empty() && word.size() <= kMostDigits && word.find_first_not_of("IVXL") == std::string_view::npos;
}

bool is_all_capitals(std::string_view word) {
  const Character first = character_at(word, 0);
  const Character second = character_at(word, first.bytes);
  return is_upper(first.code) && (second.bytes == 0 || is_upper(second.code));
}

// What stands after a run.
struct Next {
  size_t at = 0;  // of the first letter or digit
  UChar32 code = 0;
  bool quote = false;  // opening mark before it
  bool bracket = false;
  bool dash = false;
  bool handle = false;  // @name or #word
};

class Splitter {
 public:
  Splitter(std::string_view text, std::string_view language)
      : text_(text),
        starters_(language),
        marks_(text, language),
        german_(language == "de"),
        columns_(wrapping_of(text)) {}

  std::vector<Sentence> split();

 private:
  size_t step(size_t at);
  size_t at_line_end(size_t at);
  size_t at_terminator(size_t at);
  size_t at_bullet(size_t at);

  bool breaks_line(size_t line_end, const Gap& gap, bool terminated);
  bool begins_item(size_t at) const;
  Case letter_case();

  Next look_ahead(size_t at) const;
  bool continues(const Next& next);
  bool ends_sentence(const MarkRun& run, const Gap& gap);
  bool ends_glued(const MarkRun& run);
  bool begins_glued(size_t at) const;
  bool ends_at_full(const MarkRun& run) const;
  bool ends_at_shout(const MarkRun& run, const Next& next);
  bool ends_at_ellipsis(const MarkRun& run, const Next& next);
  bool ends_at_stop(const MarkRun& run, const Next& next);
  bool goes_on_after_clock(const Next& next) const;
  bool begins_sentence(size_t at) const { return look_ahead(start_).at == at; }
  size_t offset_of(std::string_view word) const { return static_cast<size_t>(word.data() - text_.data()); }
  bool in_address(size_t at) const;
  Wants wants_of_number(std::string_view word) const;
  Wants wants_of(std::string_view word, size_t next);
  bool matches(const Abbreviation& abbreviation, std::string_view word, size_t next);
  std::string_view word_before(size_t at) const;
  bool is_starter(std::string_view word);
  bool is_attribution(const Next& next);

  void end_sentence(size_t end, size_t next);
  void end_paragraph(size_t end, size_t next);
  void emit(size_t begin, size_t end);
  void cut_long(size_t begin, size_t end);
  void add(size_t begin, size_t end);

  std::string_view text_;
  SentenceStarters starters_;
  MarkReader marks_;
  bool german_;
  size_t columns_;  // of wrapped text, else 0

  std::vector<Sentence> sentences_;
  size_t start_ = 0;      // of the sentence
  size_t paragraph_ = 0;  // begin of the paragraph
  bool case_known_ = false;
  Case case_ = Case::kMixed;
};

std::vector<Sentence> Splitter::split() {
  start_ = paragraph_ = gap_at(text_, 0).end;
  marks_.begin_paragraph(start_);
  for (size_t at = start_; (at = marks_.find_candidate(at)) < text_.size();) at = step(at);
  if (start_ < text_.size()) end_sentence(text_.size(), text_.size());
  return std::move(sentences_);
}

size_t Splitter::step(size_t at) {
  const Character c = character_at(text_, at);
  switch (marks_.mark_in_language(c.code)) {
    case Mark::kNone:
      return at + c.bytes;
    case Mark::kLineEnd:
      return at_line_end(at);
    case Mark::kBullet:
      return at_bullet(at);
    default:
      return at_terminator(at);
  }
}

size_t Splitter::at_line_end(size_t at) {
  const Gap gap = gap_at(text_, at);
  if (gap.end < text_.size() && breaks_line(at, gap, false)) end_paragraph(at, gap.end);
  return gap.end;
}

// A bullet between blanks begins an item of a list that lost its lines.
size_t Splitter::at_bullet(size_t at) {
  const Character c = character_at(text_, at);
  const bool set_apart = is_blank(character_before(text_, at).code) && is_blank(character_at(text_, at + c.bytes).code);
  if (at > start_ && set_apart) end_sentence(at, at);
  return at + c.bytes;
}

size_t Splitter::at_terminator(size_t at) {
  const MarkRun run = marks_.read_run(at);
  const Gap gap = gap_at(text_, run.end);
  if (gap.end == text_.size()) return gap.end;
  if (gap.line_ends > 0 && breaks_line(run.end, gap, true)) {
    end_paragraph(run.end, gap.end);
  } else if (ends_sentence(run, gap)) {
    end_sentence(run.end, gap.end);
  }
  return gap.end;
}

// Is the line end between the text before `line_end` and gap.end the border of a paragraph, a heading, an item?
bool Splitter::breaks_line(size_t line_end, const Gap& gap, bool terminated) {
  if (gap.line_ends > 1) return true;
  const bool lower = is_lower(character_at(text_, gap.end).code);
  if (columns_ == 0) return !lower || terminated || letter_case() == Case::kLower;
  if (gap.end - gap.line_begin > 1 || begins_item(gap.end)) return true;
  return (!lower || terminated) && had_room(text_, columns_, line_end, gap.end);
}

bool Splitter::begins_item(size_t at) const {
  const Character c = character_at(text_, at);
  if (is_bullet(c.code)) return true;
  return (c.code == '-' || c.code == '*') && is_blank(character_at(text_, at + 1).code);
}

// Letters of one case tell nothing about where a sentence begins. Judged on the head of the paragraph.
Case Splitter::letter_case() {
  constexpr size_t kSampleBytes = 512;
  if (case_known_) return case_;
  case_known_ = true;
  size_t lower = 0;
  size_t upper = 0;
  const size_t end = std::min(text_.size(), paragraph_ + kSampleBytes);
  for (size_t at = paragraph_; at < end;) {
    const Character c = character_at(text_, at);
    at += c.bytes;
    if (c.code == '\n' && (columns_ == 0 || character_at(text_, at).code == '\n')) break;
    lower += is_lower(c.code);
    upper += is_upper(c.code);
    if (upper > 0 && lower * 20 > kSampleBytes) break;  // mixed, whatever follows
  }
  case_ = upper == 0 ? Case::kLower : lower * 20 < upper ? Case::kUpper : Case::kMixed;
  return case_;
}

Next Splitter::look_ahead(size_t at) const {
  Next next;
  const size_t end = std::min(text_.size(), at + kLookBytes);
  while (at < end) {
    const Character c = character_at(text_, at);
    if (is_letter(c.code) || is_digit(c.code)) {
      next.at = at;
      next.code = c.code;
      return next;
    }
    const auto type = u_charType(c.code);
    next.dash = next.dash || is_dash(c.code);
    next.bracket = next.bracket || c.code == '(' || c.code == '[';
    next.handle = c.code == '@' || c.code == '#';
    next.quote = next.quote || c.code == '"' || c.code == '\'' || type == U_INITIAL_PUNCTUATION;
    at += c.bytes;
  }
  next.at = end;
  return next;
}

// A lower-case word goes on with the sentence; "iPhone" and "@name" do not tell.
bool Splitter::continues(const Next& next) {
  if (!is_lower(next.code) || next.handle || letter_case() == Case::kLower) return false;
  const size_t second = next.at + character_at(text_, next.at).bytes;
  return !is_upper(character_at(text_, second).code);
}

bool Splitter::ends_sentence(const MarkRun& run, const Gap& gap) {
  if (run.full) return ends_at_full(run);
  const bool glued = gap.end == run.end;
  if (glued && !begins_glued(run.end)) return ends_glued(run);
  if (opens(character_before(text_, run.begin).code)) return false;  // "(!)", "[…]"
  const Next next = look_ahead(gap.end);
  if (continues(next)) return false;
  if (run.shout) return ends_at_shout(run, next);
  if (run.ellipsis || run.stops > 2) return ends_at_ellipsis(run, next);
  return ends_at_stop(run, next);
}

// An opening mark needs no blank before it; a straight quotation mark that was not taken as a closing one is opening.
bool Splitter::begins_glued(size_t at) const {
  const UChar32 code = character_at(text_, at).code;
  return code == '"' || code == '#' || opens(code);
}

bool Splitter::ends_at_full(const MarkRun& run) const {
  const UChar32 before = character_before(text_, run.begin).code;
  const UChar32 after = character_at(text_, run.end).code;
  if (is_digit(before) && is_digit(after)) return false;
  const bool hiragana = after >= 0x3041 && after <= 0x309F;
  if (run.closed && hiragana) return false;  // 「…。」と述べた: the attribution
  return opens(after) || !u_ispunct(after);
}

// `"Why?” Mr. Peskov asked.` is one sentence; "Yahoo!" is a name.
bool Splitter::ends_at_shout(const MarkRun& run, const Next& next) {
  if (run.closed) return !is_attribution(next);
  const FoldedWord word(word_before(run.begin));
  if (word.view() == "yahoo" || word.view() == "jeopardy") return is_starter(word_at(text_, next.at));
  return true;
}

bool Splitter::ends_at_ellipsis(const MarkRun& run, const Next& next) {
  if (letter_case() != Case::kMixed) return is_starter(word_at(text_, next.at));
  if (run.closed || next.quote || run.stops > 3 || (run.ellipsis && run.stops > 0)) return true;
  return !run.detached || is_starter(word_at(text_, next.at));
}

bool Splitter::ends_at_stop(const MarkRun& run, const Next& next) {
  if (run.again) return true;
  const std::string_view word = word_before(run.begin);
  switch (wants_of(word, next.at)) {
    case Wants::kNothing:
      return true;
    case Wants::kMore:
      return run.closed;
    case Wants::kNumber:
      return !is_digit(next.code);
    case Wants::kClock:
      return !goes_on_after_clock(next);
    case Wants::kInitial:
      if (begins_sentence(offset_of(word))) return false;
      break;
    case Wants::kStarter:
      break;
  }
  if (next.dash || next.bracket) return false;
  return run.closed || is_starter(word_at(text_, next.at));
}

bool Splitter::goes_on_after_clock(const Next& next) const {
  if (next.dash || next.bracket || is_digit(next.code)) return true;
  const std::string_view word = word_at(text_, next.at);
  if (follows_clock(FoldedWord(word).view())) return true;
  const size_t after = next.at + word.size();
  return text_.substr(std::min(after, text_.size())).starts_with(" time");
}

// No blank after the mark: an address, a number, or a blank that was lost ("Security.The largest").
bool Splitter::ends_glued(const MarkRun& run) {
  const Character after = character_at(text_, run.end);
  if (is_ideographic(after.code))
    return is_letter(after.code) && (run.shout || is_ideographic(character_before(text_, run.begin).code));
  if (!is_upper(after.code) || letter_case() != Case::kMixed) return false;
  if (run.ellipsis || run.stops == 3) return is_starter(word_at(text_, run.end));
  const UChar32 before = character_before(text_, run.begin).code;
  if (!is_lower(before) && !is_digit(before) && before != ')' && !run.closed) return false;
  const std::string_view word = word_at(text_, run.end);
  const UChar32 behind = character_at(text_, run.end + word.size()).code;
  const bool lonely = word == "A" || word == "I";
  if (lonely ? !is_blank(behind) : !is_lower(character_at(text_, run.end + after.bytes).code)) return false;
  if (behind == '.' && is_letter(character_at(text_, run.end + word.size() + 1).code)) return false;
  if (behind == '@' || behind == '/' || behind == '_' || behind == '=') return false;
  if (is_top_level_domain(FoldedWord(word).view())) return false;
  return !in_address(run.begin) && wants_of(word_before(run.begin), run.end) == Wants::kNothing;
}

// Does the stretch without blanks that ends before `at` look like an address or a file name?
bool Splitter::in_address(size_t at) const {
  const size_t least = at - std::min(at - start_, kLookBytes);
  for (size_t begin = at; begin > least; --begin) {
    const char c = text_[begin - 1];
    if (c == ' ' || c == '\n' || c == '\t') return at - begin < 2;
    if (c == '/' || c == '@' || c == '=' || c == '_' || c == '.' || c == '#') return true;
  }
  return at - least < 2;
}

std::string_view Splitter::word_before(size_t at) const {
  constexpr size_t kMostBlanks = 2;  // "U.S ."
  for (size_t blanks = 0; blanks < kMostBlanks && at > start_; ++blanks) {
    const Character c = character_before(text_, at);
    if (!is_blank(c.code)) break;
    at -= c.bytes;
  }
  size_t begin = at;
  while (begin > start_ && at - begin < kLookBytes) {
    const Character c = character_before(text_, begin);
    const bool inside =
        is_letter(c.code) || is_digit(c.code) || c.code == '.' || c.code == '\'' || c.code == '&' || c.code == 0x2019;
    if (!inside) break;
    begin -= c.bytes;
  }
  return text_.substr(begin, at - begin);
}

// next  where the next word begins
Wants Splitter::wants_of(std::string_view word, size_t next) {
  if (word.empty() || word.size() >= kLookBytes / 2) return Wants::kNothing;
  const Character first = character_at(word, 0);
  if (is_digit(first.code)) return wants_of_number(word);
  const FoldedWord folded(word);
  if (word.find('.') != std::string_view::npos) return wants_of_dotted(folded.view());
  const Abbreviation* abbreviation = find_abbreviation(folded.view());
  if (abbreviation && matches(*abbreviation, word, next)) return abbreviation->wants;
  if (is_roman_number(word) && begins_sentence(offset_of(word))) return Wants::kMore;
  if (first.bytes < word.size()) return Wants::kNothing;
  if (is_upper(first.code) && letter_case() == Case::kMixed) return Wants::kInitial;
  const bool one_case = (is_upper(first.code) || is_lower(first.code)) && letter_case() != Case::kMixed;
  return one_case && folded.view() != "i" ? Wants::kInitial : Wants::kNothing;
}

// "SEN. REID" in a heading is a senator, "the SEC. The" an agency: capitals are trusted among capitals only.
bool Splitter::matches(const Abbreviation& abbreviation, std::string_view word, size_t next) {
  if (letter_case() != Case::kMixed) return abbreviation.spelling != Spelling::kMixed;
  if (abbreviation.spelling == Spelling::kAny) return true;
  return is_upper(character_at(word, 0).code) && (!is_all_capitals(word) || is_all_capitals(word_at(text_, next)));
}

// "1." at the head of a line is an item's number; in German any day is ("3. Oktober").
Wants Splitter::wants_of_number(std::string_view word) const {
  if (!std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c); })) return Wants::kNothing;
  if (word.size() <= 3 && begins_sentence(offset_of(word))) return Wants::kMore;
  return german_ && word.size() <= 2 ? Wants::kStarter : Wants::kNothing;
}

bool Splitter::is_starter(std::string_view word) {
  const FoldedWord folded(word);
  return letter_case() == Case::kMixed ? starters_.contain(folded.view()) : starters_.contain_surely(folded.view());
}

// `Mr. Peskov asked`: up to six names or titles, then a verb of speech.
bool Splitter::is_attribution(const Next& next) {
  constexpr int kMostNames = 7;
  const bool mixed = letter_case() == Case::kMixed;
  size_t at = next.at;
  if (next.quote || next.bracket || next.dash) return false;
  if (mixed && is_starter(word_at(text_, at)) && wants_of(word_at(text_, at), at) == Wants::kNothing) return false;
  for (int names = 0; names < kMostNames; ++names) {
    const std::string_view word = word_at(text_, at);
    if (word.empty()) return false;
    if (is_speech_verb(FoldedWord(word).view())) return names > 0 || !mixed;
    if (mixed && !is_upper(character_at(word, 0).code)) return false;
    at += word.size();
    if (at < text_.size() && text_[at] == '.') ++at;
    if (at >= text_.size() || !is_blank(character_at(text_, at).code)) return false;
    at = gap_at(text_, at).end;
  }
  return false;
}

void Splitter::end_sentence(size_t end, size_t next) {
  emit(start_, trim_end(text_, start_, end));
  start_ = next;
}

void Splitter::end_paragraph(size_t end, size_t next) {
  end_sentence(end, next);
  paragraph_ = next;
  marks_.begin_paragraph(next);
  case_known_ = false;
}

void Splitter::emit(size_t begin, size_t end) {
  const std::string_view sentence = text_.substr(begin, end - begin);
  if (!is_stripped(sentence)) return cut_long(begin, end);
  for (const std::string_view part : split_stripped(sentence, starters_))
    cut_long(offset_of(part), offset_of(part) + part.size());
}

// Cuts what is longer than kMaxSentenceBytes at its last blank within, else between characters.
void Splitter::cut_long(size_t begin, size_t end) {
  while (end - begin > kMaxSentenceBytes) {
    const size_t limit = character_border(text_, begin + kMaxSentenceBytes);
    size_t cut = limit;
    while (cut > begin && !is_blank(character_at(text_, cut).code)) cut -= character_before(text_, cut).bytes;
    if (cut == begin) cut = limit;
    add(begin, trim_end(text_, begin, cut));
    begin = gap_at(text_, cut).end;
  }
  add(begin, end);
}

void Splitter::add(size_t begin, size_t end) {
  sentences_.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
}

}  // namespace

std::vector<Sentence> split_sentences(std::string_view text, std::string_view language) {
  return Splitter(text, language).split();
}

}  // namespace dateline
