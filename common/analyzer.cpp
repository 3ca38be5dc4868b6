// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/analyzer.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <unicode/brkiter.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "common/ascii.h"
#include "common/char_class.h"
#include "common/icu_status.h"
#include "common/text.h"

namespace dateline {
namespace {

// Bounds of every look ahead and back; each is well above what news holds.
constexpr std::uint32_t kMaxAcronymLetters = 8;
constexpr std::uint32_t kMaxDigitGroups = 8;       // of three digits
constexpr std::uint32_t kMaxRawWordBytes = 512;    // what is folded of one word, before it is cut
constexpr std::uint32_t kMaxNeighbourBytes = 64;   // to each side of "US" in capitals
constexpr std::uint32_t kMaxNeighbours = 3;        // words, likewise
constexpr std::uint32_t kMaxRunCharacters = 1024;  // of CJK, Thai, ... given to ICU at once
constexpr std::uint32_t kMinJoinedDigits = 7;      // a date or a telephone number, not "5-4"

constexpr bool is_small_ascii(char c) { return c >= 'a' && c <= 'z'; }

std::uint8_t byte_at(std::string_view text, std::uint32_t at) { return static_cast<std::uint8_t>(text[at]); }

// Cuts at a character.
std::string_view prefix(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && U8_IS_TRAIL(static_cast<std::uint8_t>(text[size]))) --size;
  return text.substr(0, size);
}

// fold(), without what folding brings into a word that is none of it: the blanks of "ﷺ", the apostrophe of "ŉ", marks
// whose letter is gone.
std::string fold_word(std::string_view text) {
  std::string word = fold(text);
  std::size_t kept = 0;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    const CharClass cls = class_of(next_code_point(word, at));
    const bool is_base = begins_word(cls) || cls == CharClass::kUnspaced;
    if (!is_base && (kept == 0 || cls != CharClass::kMark)) continue;
    std::memmove(word.data() + kept, word.data() + begin, at - begin);
    kept += at - begin;
  }
  if (kept == word.size()) return word;
  word.resize(kept);
  return fold(word);  // what has become neighbours may compose
}

// The acronym that is a function word without its stops. Not so WHO and IT: unlike "us" they begin sentences, so that
// capitals do not tell them apart.
constexpr std::string_view kUs = "us";

// After these an s or t is no ending, so it may begin an acronym: "the s e c", "on t v".
bool takes_no_ending(std::string_view word) {
  constexpr std::array<std::string_view, 14> kWords = {"a",  "an", "and", "at", "by",  "for", "from",
                                                       "in", "of", "on",  "or", "the", "to",  "with"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// After these a d is a contraction: "they d".
bool takes_would(std::string_view word) {
  constexpr std::array<std::string_view, 11> kWords = {"i",  "you",  "he",   "she",   "we", "they",
                                                       "it", "that", "what", "there", "who"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

icu::BreakIterator& word_breaks() {
  thread_local std::unique_ptr<icu::BreakIterator> iterator;
  if (!iterator) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    check_icu(status);
    iterator = std::move(made);
  }
  return *iterator;
}

// Borders of the words of `run`, as offsets, the last one first; without the begin.
std::vector<std::uint32_t> find_borders(std::string_view run) {
  UErrorCode status = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, run.data(), static_cast<std::int64_t>(run.size()), &status);
  icu::BreakIterator& iterator = word_breaks();
  iterator.setText(&text, status);
  check_icu(status);
  std::vector<std::uint32_t> borders;
  iterator.first();
  for (auto border = iterator.next(); border != icu::BreakIterator::DONE; border = iterator.next()) {
    borders.push_back(static_cast<std::uint32_t>(border));
  }
  utext_close(&text);
  std::reverse(borders.begin(), borders.end());
  return borders;
}

}  // namespace

struct TokenStream::Char {
  char32_t value = 0;  // full-width forms as ASCII; 0 at the end of the text
  CharClass cls = CharClass::kSeparator;
  LetterCase letter_case = LetterCase::kNone;
  std::uint8_t size = 0;

  static Char of(UChar32 c, std::uint32_t size) {
    c = narrow(c);
    return {static_cast<char32_t>(c), class_of(c), case_of(c), static_cast<std::uint8_t>(size)};
  }
};

namespace {

// The fast path's knowledge of ASCII; the tests hold it to be ICU's.
struct AsciiTable {
  std::array<CharClass, 128> classes{};
  std::array<LetterCase, 128> cases{};
  std::array<char, 256> letters{};       // small form of a letter, else 0
  std::array<bool, 256> between{};       // neither begins, continues nor joins words, and is no currency
  std::array<bool, 256> ends_letters{};  // after two or more letters: nothing to look at

  constexpr AsciiTable() {
    for (std::size_t i = 0; i < classes.size(); ++i) {
      const char c = static_cast<char>(i);
      if (is_small_ascii(to_lower(c))) {
        classes[i] = CharClass::kLetter;
        cases[i] = is_small_ascii(c) ? LetterCase::kSmall : LetterCase::kCapital;
        letters[i] = to_lower(c);
      } else if (c >= '0' && c <= '9') {
        classes[i] = CharClass::kDigit;
      } else if (c == ' ') {
        classes[i] = CharClass::kBlank;
      } else if (c == '\'' || c == '`') {
        classes[i] = CharClass::kApostrophe;
      } else if (c == '-') {
        classes[i] = CharClass::kHyphen;
      } else if (c == '$') {
        classes[i] = CharClass::kCurrency;
      } else {
        classes[i] = CharClass::kSeparator;
      }
      between[i] = classes[i] != CharClass::kLetter && classes[i] != CharClass::kDigit;
      ends_letters[i] =
          classes[i] == CharClass::kSeparator || classes[i] == CharClass::kBlank || classes[i] == CharClass::kCurrency;
    }
  }
};
constexpr AsciiTable kAscii;

}  // namespace

void TokenStream::Word::clear() {
  size = 0;
  full = false;
}

void TokenStream::Word::append(std::string_view more) {
  if (full) return;
  const std::string_view fits = prefix(more, kMaxWordBytes - size);
  fits.copy(bytes.data() + size, fits.size());
  size += static_cast<std::uint32_t>(fits.size());
  full = fits.size() < more.size();
}

TokenStream::TokenStream(std::string_view text, AnalyzerPath path)
    : text_(text), general_(path == AnalyzerPath::kGeneral) {}

inline TokenStream::Char TokenStream::char_at(std::uint32_t at) const {
  if (at >= text_.size()) return {};
  const std::uint8_t byte = byte_at(text_, at);
  if (byte < 0x80 && !general_) return {byte, kAscii.classes[byte], kAscii.cases[byte], 1};
  std::size_t end = at;
  const UChar32 c = next_code_point(text_, end);
  return Char::of(c, static_cast<std::uint32_t>(end - at));
}

TokenStream::Char TokenStream::char_before(std::uint32_t at) const {
  if (at == 0) return {};
  std::uint32_t begin = at - 1;
  while (begin > 0 && at - begin < U8_MAX_LENGTH && U8_IS_TRAIL(byte_at(text_, begin))) --begin;
  return char_at(begin);
}

// The end of an apostrophe and `letters` at `at`, if the word ends there; else `at`.
std::uint32_t TokenStream::skip_clitic(std::uint32_t at, std::string_view letters) const {
  const Char apostrophe = char_at(at);
  if (apostrophe.cls != CharClass::kApostrophe) return at;
  std::uint32_t end = at + apostrophe.size;
  for (const char letter : letters) {
    const Char c = char_at(end);
    if (c.value >= 0x80 || to_lower(static_cast<char>(c.value)) != letter) return at;
    end += c.size;
  }
  return continues_word(char_at(end).cls) ? at : end;
}

// The same for every ending that is dropped.
std::uint32_t TokenStream::skip_ending(std::uint32_t at) const {
  for (const std::string_view letters : {"s", "ll", "re", "ve", "d", "m"}) {
    if (const std::uint32_t end = skip_clitic(at, letters); end != at) return end;
  }
  return at;
}

// True if the text at `at` is `lower_word` in any case, as a whole word from there.
bool TokenStream::stands_alone(std::uint32_t at, std::string_view lower_word) const {
  if (text_.size() - at < lower_word.size()) return false;
  for (const char c : lower_word) {
    if (to_lower(text_[at++]) != c) return false;
  }
  return !continues_word(char_at(at).cls);
}

// True if the word at `span`, in capitals, stands in a line of capitals and not at a begin, where the pronoun "us"
// never stands: see "Acronyms".
bool TokenStream::is_between_capitals(ByteSpan span) const {
  const Char blank = char_before(span.begin);
  if (blank.cls != CharClass::kBlank) return false;
  if (char_before(span.begin - blank.size).letter_case != LetterCase::kCapital) return false;

  // Feeds characters outwards from the word; false when enough of them are seen.
  bool small_seen = false;
  bool in_word = false;
  std::uint32_t words = 0;
  const auto go_on = [&](const Char& c) {
    small_seen = small_seen || c.letter_case == LetterCase::kSmall;
    if (c.cls == CharClass::kLetter) {
      in_word = true;
    } else if (in_word && (c.cls == CharClass::kBlank || c.cls == CharClass::kSeparator)) {
      in_word = false;
      ++words;
    }
    return !small_seen && words < kMaxNeighbours && c.value != '\n' && c.size != 0;
  };
  for (std::uint32_t at = span.begin; span.begin - at < kMaxNeighbourBytes;) {
    const Char c = char_before(at);
    if (!go_on(c)) break;
    at -= c.size;
  }
  in_word = false;
  words = 0;
  for (std::uint32_t at = span.end; at - span.end < kMaxNeighbourBytes;) {
    const Char c = char_at(at);
    if (!go_on(c)) break;
    at += c.size;
  }
  return !small_seen;
}

// True if the single letter at `at` is what stripping left of a possessive or contraction of the word before.
bool TokenStream::is_left_over(std::uint32_t at) const {
  const char letter = to_lower(static_cast<char>(char_at(at).value));
  if (letter != 's' && letter != 't' && letter != 'd' && letter != 'm') return false;
  const Char blank = char_before(at);
  if (blank.cls != CharClass::kBlank) return false;
  const std::uint32_t word_end = at - blank.size;
  if (char_before(word_end).cls != CharClass::kLetter) return false;

  std::array<char, 6> word{};  // the end of the word before; longer ones are in no list
  std::size_t begin = word.size();
  for (at = word_end; begin > 0;) {
    const Char c = char_before(at);
    if (c.cls != CharClass::kLetter) break;
    word[--begin] = c.value < 0x80 ? to_lower(static_cast<char>(c.value)) : '?';
    at -= c.size;
  }
  const std::string_view before(word.data() + begin, word.size() - begin);
  switch (letter) {
    case 's':
      return !takes_no_ending(before);
    case 't':
      return before.back() == 'n' && !takes_no_ending(before);  // don, isn, can, ...
    case 'd':
      return takes_would(before);
    default:
      return before == "i";
  }
}

// Reads letters, digits and marks, with the apostrophes that join them and the ending that is dropped.
//
// at  at a character that begins a word
void TokenStream::read_word(std::uint32_t at, Part& part) const {
  std::array<char, kMaxRawWordBytes> raw;
  std::uint32_t raw_size = 0;
  bool raw_full = false;
  bool ascii = !general_;
  std::uint32_t letters = 0;
  std::uint32_t capitals = 0;
  std::uint32_t digits = 0;
  CharClass previous = CharClass::kSeparator;

  part.span = {at, at};
  part.letter = 0;
  part.has_ending = false;
  for (bool more = true; more;) {
    const Char c = char_at(at);
    switch (c.cls) {
      case CharClass::kLetter:
      case CharClass::kDigit:
      case CharClass::kOtherDigit:
      case CharClass::kMark:
        if (c.cls == CharClass::kLetter) {
          ++letters;
          if (c.letter_case == LetterCase::kCapital) ++capitals;
          part.letter = c.value;
        } else if (c.cls != CharClass::kMark) {
          ++digits;
        }
        if (c.cls != CharClass::kMark) previous = c.cls;
        raw_full = raw_full || raw_size + c.size > raw.size();
        if (!raw_full) {
          text_.copy(raw.data() + raw_size, c.size, at);
          raw_size += c.size;
          ascii = ascii && c.size == 1;
        }
        part.span.end = at + c.size;
        break;
      case CharClass::kIgnorable:
        break;
      case CharClass::kApostrophe: {
        if (const std::uint32_t end = skip_ending(at); end != at) {
          at = end;
          part.has_ending = true;
          more = false;
        } else if (previous != CharClass::kLetter || char_at(at + c.size).cls != CharClass::kLetter) {
          more = false;
        }
        break;
      }
      default:
        more = false;
    }
    if (more) at += c.size;
  }
  part.next = at;

  part.word.clear();
  part.variant.clear();
  const std::string_view collected(raw.data(), raw_size);
  if (ascii) {
    for (const char c : collected.substr(0, kMaxWordBytes)) part.word.bytes[part.word.size++] = to_lower(c);
    part.word.full = raw_size > kMaxWordBytes;
  } else {
    part.word.append(fold_word(collected));
  }
  if (letters != 1 || digits != 0) part.letter = 0;
  part.capitals = letters > 0 && capitals == letters && digits == 0;
  part.letters_only = letters > 0 && digits == 0;
  part.digits_only = false;
  part.joins = true;
}

// Appends the digits at `at`; returns their end.
std::uint32_t TokenStream::read_digits(std::uint32_t at, Word& digits) const {
  for (Char c = char_at(at); c.cls == CharClass::kDigit; c = char_at(at)) {
    const char digit = static_cast<char>(c.value);
    digits.append({&digit, 1});
    at += c.size;
  }
  return at;
}

// Appends two or three digits at `at` and moves behind them; false and nothing done if not exactly `count` stand there.
bool TokenStream::read_digit_group(std::uint32_t count, std::uint32_t& at, Word& digits) const {
  std::array<char, 3> group{};
  std::uint32_t end = at;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Char c = char_at(end);
    if (c.cls != CharClass::kDigit) return false;
    group[i] = static_cast<char>(c.value);
    end += c.size;
  }
  if (char_at(end).cls == CharClass::kDigit) return false;
  digits.append({group.data(), count});
  at = end;
  return true;
}

// Reads what follows the first digits of "1,000.50", "1'000", "1.000,50", "1.000.000"; returns `at` if that is not it.
std::uint32_t TokenStream::read_thousands(std::uint32_t at, Word& number) const {
  const Char separator = char_at(at);
  const bool is_point = separator.value == '.';
  const bool is_neutral = separator.cls == CharClass::kApostrophe ||
                          (separator.cls == CharClass::kBlank && separator.value != ' ' && separator.value != 0x3000);
  if (!is_point && !is_neutral && separator.value != ',') return at;
  Word grouped = number;
  std::uint32_t end = at;
  std::uint32_t groups = 0;
  for (; groups < kMaxDigitGroups && char_at(end).value == separator.value; ++groups) {
    std::uint32_t group = end + separator.size;
    if (!read_digit_group(3, group, grouped)) break;
    end = group;
  }
  if (groups == 0) return at;
  const Char point = char_at(end);
  const bool has_fraction = ((point.value == '.' && !is_point) || (point.value == ',' && (is_point || is_neutral))) &&
                            char_at(end + point.size).cls == CharClass::kDigit;
  if (is_point && groups == 1 && !has_fraction) return at;  // a fraction
  if (has_fraction) {
    grouped.append(".");
    end = read_digits(end + point.size, grouped);
  }
  number = grouped;
  return end;
}

// Reads what follows the digits of "10:30" and "10:30:15"; returns `at` if that is not it.
std::uint32_t TokenStream::read_clock(std::uint32_t at, Word& number) const {
  for (int i = 0; i < 2; ++i) {
    const Char colon = char_at(at);
    if (colon.value != ':') break;
    Word longer = number;
    longer.append(":");
    std::uint32_t end = at + colon.size;
    if (!read_digit_group(2, end, longer)) break;
    number = longer;
    at = end;
  }
  return at;
}

void TokenStream::read_number(std::uint32_t at, Part& part) {
  part.word.clear();
  part.variant.clear();
  const std::uint32_t digits_end = read_digits(at, part.word);
  std::uint32_t end = digits_end;
  if (at != digits_next_) {
    if (part.word.size <= 3) end = read_thousands(end, part.word);
    if (end == digits_end && part.word.size <= 2) end = read_clock(end, part.word);
    if (const Char point = char_at(end);
        end == digits_end && point.value == '.' && char_at(end + point.size).cls == CharClass::kDigit) {
      part.word.append(".");
      end = read_digits(end + point.size, part.word);
    }
  }
  if (const Char c = char_at(end);
      (c.value == '.' || c.value == ',' || c.value == ':') && char_at(end + c.size).cls == CharClass::kDigit) {
    // A chain of another kind: its digits are words of their own.
    part.word.clear();
    end = read_digits(at, part.word);
    digits_next_ = end + char_at(end).size;
  }
  part.span = {at, end};
  part.letter = 0;
  part.has_ending = false;
  part.capitals = false;
  part.letters_only = false;
  part.digits_only = true;
  add_amount(part);
  part.joins = part.variant.size == 0 && part.word.view().find_first_of(".:") == std::string_view::npos;
}

// Adds to the digits of `part` the letters that follow or else the unit, and the currency before.
void TokenStream::add_amount(Part& part) const {
  const Char sign = char_before(part.span.begin);
  part.next = part.span.end;
  Char after = char_at(part.next);
  while (after.cls == CharClass::kMark || after.cls == CharClass::kIgnorable) {
    part.next += after.size;
    after = char_at(part.next);
  }
  if (begins_word(after.cls)) {
    Part tail;
    read_word(part.next, tail);
    const std::string_view letters = tail.word.view();
    if (letters == "st" || letters == "nd" || letters == "rd" || letters == "th") {
      part.variant.append(part.word.view());
      part.variant.append(letters);
      part.variant_end = tail.span.end;
      part.next = tail.next;
      return;
    }
    const bool is_clock = part.word.view().find(':') != std::string_view::npos;
    if (!is_clock && letters != "am" && letters != "pm") {
      part.word.append(letters);
      part.span.end = tail.span.end;
      part.next = tail.next;
      part.digits_only = false;
    }
  } else if (sign.cls != CharClass::kCurrency) {
    add_unit(part);
  }
  if (sign.cls == CharClass::kCurrency) {
    part.span.begin -= sign.size;
    set_currency(part, sign, part.span.end);
  }
}

// "50%", "50 percent", "5 €", "1990's".
void TokenStream::add_unit(Part& part) const {
  if (const std::uint32_t end = skip_clitic(part.next, "s"); end != part.next) {
    part.variant.append(part.word.view());
    part.variant.append("s");
    part.variant_end = end;
    part.next = end;
    return;
  }
  std::uint32_t at = part.next;
  Char unit = char_at(at);
  const bool has_blank = unit.cls == CharClass::kBlank;
  if (has_blank) {
    at += unit.size;
    unit = char_at(at);
  }
  std::uint32_t end = at + unit.size;
  if (unit.cls == CharClass::kCurrency) {
    if (char_at(end).cls != CharClass::kDigit) set_currency(part, unit, end);
    return;
  }
  if (unit.value != '%') {
    if (!has_blank) return;
    if (stands_alone(at, "percent")) {
      end = at + 7;
    } else if (stands_alone(at, "per cent")) {
      end = at + 8;
    } else {
      return;
    }
  }
  part.variant.append(part.word.view());
  part.variant.append("%");
  part.variant_end = end;
}

void TokenStream::set_currency(Part& part, const Char& sign, std::uint32_t end) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(sign.value));
  part.variant.clear();
  part.variant.append({bytes.data(), size});
  part.variant.append(part.word.view());
  part.variant_end = end;
}

void TokenStream::read_part(std::uint32_t at, Part& part) {
  if (char_at(at).cls == CharClass::kDigit) {
    read_number(at, part);
    return;
  }
  read_word(at, part);
  if (part.letter != 0) {
    join_dotted_letters(part);
  } else if (part.capitals && part.word.view() == kUs && !is_between_capitals(part.span)) {
    make_acronym(part);
  }
}

void TokenStream::make_acronym(Part& part) {
  part.letter = 0;
  part.joins = false;
  if (part.word.view() == kUs) {
    part.word.append(".");
    part.letters_only = false;
  }
}

// Makes the single letter of `part` the acronym "U.S." if more such letters follow it.
void TokenStream::join_dotted_letters(Part& part) {
  const bool is_chained = part.span.begin == letters_next_;
  Word word = part.word;
  std::uint32_t next = part.next;
  std::uint32_t end = part.span.end;
  std::uint32_t second = 0;
  std::uint32_t count = 1;
  bool ends = part.has_ending;
  for (Char stop = char_at(next); stop.value == '.' && !ends; stop = char_at(next)) {
    const std::uint32_t at = next + stop.size;
    if (char_at(at).cls != CharClass::kLetter) break;
    Part letter;
    read_word(at, letter);
    if (letter.letter == 0) break;
    if (count == 1) second = at;
    if (is_chained || count == kMaxAcronymLetters) {
      letters_next_ = second;
      return;
    }
    word.append(letter.word.view());
    next = letter.next;
    end = letter.span.end;
    ends = letter.has_ending;
    ++count;
  }
  if (count == 1) return;
  if (const Char stop = char_at(next); stop.value == '.' && !ends) {
    next += stop.size;
    end = next;
  }
  part.word = word;
  part.span.end = end;
  part.next = skip_ending(next);
  make_acronym(part);
}

// Makes the single letter of `part` the acronym "u s" if more letters follow it, one blank each between them.
void TokenStream::join_spaced_letters(Part& part) {
  if (part.letter >= 0x80 || part.has_ending) return;
  struct Letter {
    std::uint32_t begin, end;
  };
  std::array<Letter, kMaxAcronymLetters> letters;
  std::array<char, kMaxAcronymLetters> word;
  letters[0] = {part.span.begin, part.next};
  word[0] = to_lower(static_cast<char>(part.letter));
  std::uint32_t count = 1;
  bool has_hyphen = false;
  for (Char blank = char_at(part.next); blank.cls == CharClass::kBlank && !has_hyphen;) {
    const std::uint32_t begin = letters[count - 1].end + blank.size;
    const Char c = char_at(begin);
    if (c.cls != CharClass::kLetter || c.value >= 0x80) break;
    if ((c.letter_case == LetterCase::kCapital) != part.capitals) break;
    const std::uint32_t end = begin + c.size;
    const Char after = char_at(end);
    if (continues_word(after.cls) || after.cls == CharClass::kIgnorable || after.value == '.') break;
    const CharClass beyond = char_at(end + after.size).cls;
    if (after.cls == CharClass::kApostrophe && beyond == CharClass::kLetter) break;
    has_hyphen = after.cls == CharClass::kHyphen && begins_word(beyond);
    if (part.span.begin == letters_next_ || count == kMaxAcronymLetters) {
      letters_next_ = count == 1 ? begin : letters[1].begin;
      return;
    }
    letters[count] = {begin, end};
    word[count++] = to_lower(static_cast<char>(c.value));
    blank = after;
  }
  std::string_view joined(word.data(), count);
  if (has_hyphen && !joined.ends_with(kUs)) joined.remove_suffix(1);  // "plan a b-movie"
  if (joined.size() > 2) {
    const std::string_view last = joined.substr(joined.size() - 2);
    if (last == kUs || last == "un" || last == "uk" || last == "eu") joined.remove_suffix(2);
  }
  if (joined.size() < 2 || joined.find_first_not_of("aeioy") == std::string_view::npos) return;
  for (const std::string_view contraction : {"im", "id", "ima", "ida"}) {  // "i m a member", but not "i m f"
    if (joined == contraction) return;
  }
  if (is_left_over(part.span.begin)) return;

  const std::uint32_t end = letters[joined.size() - 1].end;
  part.word.clear();
  part.word.append(joined);
  part.span.end = end;
  part.next = end;
  make_acronym(part);
}

void TokenStream::push(std::string_view word, ByteSpan span, bool stemmable) {
  queue_[queue_end_++] = {word, span, position_, stemmable};
}

// Reads a word and what is joined to it by hyphens.
void TokenStream::read_hyphenated() {
  const bool is_chained = at_ == hyphens_next_;
  read_part(at_, parts_[0]);
  if (parts_[0].letter != 0) join_spaced_letters(parts_[0]);
  std::uint32_t count = 1;
  bool joins = !is_chained;
  for (;;) {
    const std::uint32_t end = parts_[count - 1].next;
    const Char hyphen = char_at(end);
    if (hyphen.cls != CharClass::kHyphen) break;
    const std::uint32_t begin = end + hyphen.size;
    if (!begins_word(char_at(begin).cls)) break;
    if (is_chained || count == kMaxHyphenParts) {
      hyphens_next_ = begin;
      joins = false;
      break;
    }
    read_part(begin, parts_[count++]);
  }
  at_ = parts_[count - 1].next;

  bool letters_only = true;
  bool digits_only = true;
  std::uint32_t non_empty = 0;
  joined_.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    const Part& part = parts_[i];
    joins = joins && part.joins;
    letters_only = letters_only && part.letters_only;
    digits_only = digits_only && part.digits_only;
    if (part.word.size != 0) ++non_empty;
    if (joins) joined_.append(part.word.view());
  }
  joins = joins && non_empty > 1 && !(digits_only && joined_.size < kMinJoinedDigits);

  for (std::uint32_t i = 0; i < count; ++i) {
    const Part& part = parts_[i];
    if (part.word.size == 0) continue;
    push(part.word.view(), part.span, part.letters_only);
    if (part.variant.size != 0) push(part.variant.view(), {part.span.begin, part.variant_end}, false);
    if (joins) push(joined_.view(), {part.span.begin, parts_[count - 1].span.end}, letters_only);
    joins = false;
    ++position_;
  }
}

// Reads one word of a run of CJK, Thai and the like.
void TokenStream::read_segment() {
  if (borders_.empty()) {
    std::uint32_t end = at_;
    std::uint32_t count = 0;
    for (Char c = char_at(end);
         c.cls == CharClass::kUnspaced || c.cls == CharClass::kMark || c.cls == CharClass::kIgnorable;
         c = char_at(end)) {
      if (count++ == kMaxRunCharacters) break;
      end += c.size;
    }
    borders_ = find_borders(text_.substr(at_, end - at_));
    for (std::uint32_t& border : borders_) border += at_;
    // Where the run is longer the last word may be, too: leave it to the next slice of the run.
    if (count > kMaxRunCharacters && borders_.size() > 1 && borders_[1] - at_ > (end - at_) / 2) {
      borders_.erase(borders_.begin());
    }
  }
  const ByteSpan span{at_, borders_.back()};
  borders_.pop_back();
  at_ = span.end;
  const std::string folded = fold_word(prefix(text_.substr(span.begin, span.size()), kMaxRawWordBytes));
  if (folded.empty()) return;
  Part& part = parts_[0];
  part.word.clear();
  part.word.append(folded);
  push(part.word.view(), span, true);
  ++position_;
}

bool TokenStream::next(Token& token) {
  const auto size = static_cast<std::uint32_t>(text_.size());
  while (queue_begin_ == queue_end_) {
    if (!general_) {
      // Most words are ASCII letters between ASCII blanks and punctuation, with nothing to look at.
      while (at_ < size && kAscii.between[byte_at(text_, at_)]) ++at_;
      Word& word = parts_[0].word;
      const std::uint32_t limit = std::min(size - at_, kMaxWordBytes);
      std::uint32_t length = 0;
      for (; length < limit; ++length) {
        const char letter = kAscii.letters[byte_at(text_, at_ + length)];
        if (letter == 0) break;
        word.bytes[length] = letter;
      }
      if (length != 0 && is_plain_word(length)) {
        token = {{word.bytes.data(), length}, {at_, at_ + length}, position_++, true};
        at_ += length;
        return true;
      }
    }
    if (at_ >= size) return false;
    queue_begin_ = queue_end_ = 0;
    const Char c = char_at(at_);
    if (!borders_.empty() || c.cls == CharClass::kUnspaced) {
      read_segment();
    } else if (begins_word(c.cls)) {
      read_hyphenated();
    } else {
      at_ += c.size;
    }
  }
  token = queue_[queue_begin_++];
  return true;
}

// Whether the ASCII letters at at_, folded in parts_[0], are a word and no rule has a say in it.
inline bool TokenStream::is_plain_word(std::uint32_t length) const {
  const std::uint32_t end = at_ + length;
  if (end >= text_.size()) return false;
  const std::uint8_t after = byte_at(text_, end);
  if (after >= 0x80) {
    const CharClass cls = char_at(end).cls;
    if (length == 1 || (cls != CharClass::kSeparator && cls != CharClass::kBlank)) return false;
  } else if (!kAscii.ends_letters[after]) {
    return false;
  }
  if (length > 2) return true;
  if (length == 2) return is_small_ascii(text_[at_]) || std::string_view(parts_[0].word.bytes.data(), 2) != kUs;
  // A single letter: part of an acronym unless a longer word follows.
  if (after == '.') return false;
  return after != ' ' || (end + 2 < text_.size() && kAscii.letters[byte_at(text_, end + 1)] != 0 &&
                          kAscii.letters[byte_at(text_, end + 2)] != 0);
}

std::vector<OwnedToken> analyze(std::string_view text) {
  std::vector<OwnedToken> tokens;
  TokenStream stream(text);
  for (Token token; stream.next(token);) {
    tokens.push_back({std::string(token.word), token.span, token.position, token.stemmable});
  }
  return tokens;
}

}  // namespace dateline
