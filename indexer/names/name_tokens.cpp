// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/name_tokens.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "common/ascii.h"
#include "common/char_class.h"
#include "common/text.h"
#include "indexer/names/inserted_links.h"
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dateline {
namespace {

constexpr std::size_t kMaxFormBytes = 64;
constexpr std::size_t kSmallWords = 40;  // beside a capital: more are of text that was lower-cased

// Words whose stop is theirs. Letters alone ("J.") and chains of them ("U.S.") need no list.
constexpr std::array<std::string_view, 43> kAbbreviations = {
    "adm", "amb",  "atty", "ave",  "brig", "bros", "capt", "cmdr", "co",     "col", "corp", "cpl", "det",  "dr", "gen",
    "gov", "hon",  "inc",  "insp", "jr",   "lt",   "ltd",  "maj",  "messrs", "mr",  "mrs",  "ms",  "msgr", "mt", "pfc",
    "ph",  "pres", "prof", "pvt",  "rep",  "rev",  "rt",   "sen",  "sgt",    "sr",  "st",   "ste", "supt"};

bool is_abbreviation(std::string_view lower) {
  return std::binary_search(kAbbreviations.begin(), kAbbreviations.end(), lower);
}

// At most so many bytes of valid UTF-8, no character cut.
std::string_view up_to_character(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (text[bytes] & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What a character is here, and where the next one begins.
struct Look {
  enum Class : std::uint8_t { kBlank, kInvisible, kLineEnd, kLetter, kDigit, kApostrophe, kMark, kEnd } cls = kEnd;
  LetterCase letter_case = LetterCase::kNone;
  std::size_t next = 0;
};

// The same for counting: bits.
constexpr unsigned kLetterBit = 1;
constexpr unsigned kCapitalBit = 2;
constexpr unsigned kSmallBit = 4;
constexpr unsigned kShownBit = 8;  // no blank
constexpr std::uint8_t bits_of(Look::Class cls, LetterCase letter_case) {
  return static_cast<std::uint8_t>((cls == Look::kLetter ? kLetterBit : 0) |
                                   (letter_case == LetterCase::kCapital ? kCapitalBit : 0) |
                                   (letter_case == LetterCase::kSmall ? kSmallBit : 0) |
                                   (cls == Look::kBlank || cls == Look::kInvisible ? 0 : kShownBit));
}

struct AsciiLooks {
  std::array<Look::Class, 128> classes{};
  std::array<LetterCase, 128> cases{};
  std::array<std::uint8_t, 128> bits{};
  std::array<char, 128> forms{};  // in a token's form

  constexpr AsciiLooks() {
    for (std::size_t i = 0; i < classes.size(); ++i) {
      const char c = static_cast<char>(i);
      const bool small = c >= 'a' && c <= 'z';
      const bool capital = c >= 'A' && c <= 'Z';
      cases[i] = small ? LetterCase::kSmall : capital ? LetterCase::kCapital : LetterCase::kNone;
      forms[i] = c >= '0' && c <= '9' ? '0' : capital ? static_cast<char>(c - 'A' + 'a') : c;
      classes[i] = small || capital                     ? Look::kLetter
                   : c >= '0' && c <= '9'               ? Look::kDigit
                   : c == '\n'                          ? Look::kLineEnd
                   : c == ' ' || c == '\t' || c == '\r' ? Look::kBlank
                   : c == '\''                          ? Look::kApostrophe
                                                        : Look::kMark;
      bits[i] = bits_of(classes[i], cases[i]);
    }
  }
};
constexpr AsciiLooks kAscii;

Look look_beyond_ascii(std::string_view text, std::size_t at) {
  std::size_t next = at;
  const auto code = next_code_point(text, next);
  switch (class_of(code)) {
    case CharClass::kLetter:
    case CharClass::kMark:
    case CharClass::kUnspaced:
      return {Look::kLetter, case_of(code), next};
    case CharClass::kOtherDigit:
      return {Look::kDigit, LetterCase::kNone, next};
    case CharClass::kApostrophe:
      return {Look::kApostrophe, LetterCase::kNone, next};
    case CharClass::kBlank:
      return {Look::kBlank, LetterCase::kNone, next};
    case CharClass::kIgnorable:
      return {Look::kInvisible, LetterCase::kNone, next};
    default:
      return {Look::kMark, LetterCase::kNone, next};
  }
}

inline Look look(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {Look::kEnd, LetterCase::kNone, at};
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? Look{kAscii.classes[byte], kAscii.cases[byte], at + 1} : look_beyond_ascii(text, at);
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, TokenizedText& out) : text_(text), out_(out) {}

  void run() {
    out_.text = text_;
    out_.tokens.clear();
    out_.paragraphs.clear();
    out_.forms.clear();
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t line_end = std::min(text_.find('\n', at), text_.size());
      read_line(at, line_end);
      at = line_end + 1;
    }
  }

 private:
  void read_line(std::size_t begin, std::size_t end) {
    const Case line_case = case_of_line(begin, end);
    if (line_case == Case::kBlank) {
      open_ = false;
      return;
    }
    // A line of a wrapped paragraph may happen to have no capital.
    const bool goes_on = open_ && !out_.paragraphs.empty() && out_.paragraphs.back().cased;
    const bool cased = line_case == Case::kCased || (line_case == Case::kNoCapital && goes_on);
    const auto count = static_cast<std::uint32_t>(out_.tokens.size());
    if (!open_ || out_.paragraphs.empty() || out_.paragraphs.back().cased != cased) {
      out_.paragraphs.push_back({count, count, cased});
    }
    open_ = true;
    cased_ = cased;
    read_tokens(begin, end);
    out_.paragraphs.back().end = static_cast<std::uint32_t>(out_.tokens.size());
  }

  enum class Case { kBlank, kCased, kUncased, kNoCapital };

  // The bits of the character at `at`, which moves behind it.
  [[nodiscard]] unsigned read_bits(std::size_t& at) const {
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) {
      ++at;
      return kAscii.bits[byte];
    }
    const Look here = look_beyond_ascii(text_, at);
    at = here.next;
    return bits_of(here.cls, here.letter_case);
  }

  // A line is cased if it has words in capitals and words in small letters beside them, or is too short to tell.
  [[nodiscard]] Case case_of_line(std::size_t begin, std::size_t end) const {
    std::size_t capital = 0;  // words by their first letter
    std::size_t small = 0;
    std::size_t all_capitals = 0;
    unsigned line = 0;
    for (std::size_t at = begin; at < end;) {
      const unsigned first = read_bits(at);
      line |= first;
      if ((first & kLetterBit) == 0) continue;
      unsigned word = 0;
      for (unsigned next = first; (next & kLetterBit) != 0; next = at < end ? read_bits(at) : 0) word |= next;
      capital += (first & kCapitalBit) != 0;
      small += (first & kSmallBit) != 0;
      all_capitals += (word & (kCapitalBit | kSmallBit)) == kCapitalBit;
      // Whatever is to come, it is not all in capitals, and of small words too few.
      if (small > 0 && small + (end - at) / 2 < kSmallWords * capital) return Case::kCased;
    }
    if ((line & kShownBit) == 0) return Case::kBlank;
    if (capital == 0) return Case::kNoCapital;
    // "KREMLIN SAYS NO DEAL YET": nothing tells the names. An acronym or two are no headline.
    if (all_capitals > 3 && small == 0 && all_capitals * 4 >= capital * 3) return Case::kUncased;
    // Here and there a capital that lower-casing left over.
    if (small > kSmallWords * capital) return Case::kUncased;
    return Case::kCased;
  }

  void read_tokens(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end;) {
      const Look here = look(text_, at);
      switch (here.cls) {
        case Look::kBlank:
        case Look::kInvisible:
        case Look::kLineEnd:
          at = read_blanks(at, begin, end);
          break;
        case Look::kLetter:
          at = read_word(at, here.next, end);
          break;
        case Look::kDigit:
          at = read_number(at, end);
          break;
        default:
          at = read_mark(at, end);
          break;
      }
    }
  }

  std::size_t read_blanks(std::size_t at, std::size_t begin, std::size_t end) {
    const std::size_t first = at;
    std::size_t blanks = 0;
    while (at < end) {
      const Look here = look(text_, at);
      if (here.cls != Look::kBlank && here.cls != Look::kInvisible) break;
      at = here.next;
      ++blanks;
    }
    const bool is_gap = !cased_ && blanks > 1 && first > begin && at < end;
    if (is_gap) push(first, at, TokenKind::kGap, Capitals::kNone, " ");
    return at;
  }

  // Where the ending at the apostrophe `at` ("'s") ends; `at` if there is none.
  [[nodiscard]] std::size_t possessive_end(std::size_t at, std::size_t end) const {
    const std::size_t letter = look(text_, at).next;
    if (letter >= end || to_lower(text_[letter]) != 's') return at;
    return letter + 1 < end && look(text_, letter + 1).cls == Look::kLetter ? at : letter + 1;
  }

  // The word at `begin`, whose first letter ends at `second`.
  std::size_t read_word(std::size_t begin, std::size_t second, std::size_t end) {
    // "U.S.", "J.", "a.m."
    if (second < end && text_[second] == '.') {
      if (const std::size_t chain = letter_chain_end(begin, end); chain != begin) {
        push_word(begin, chain);
        return read_possessive(chain, end);
      }
    }
    std::size_t at = read_letters(begin, end);
    if (at == begin) {
      at = push_word(begin, word_end(second, end));
    }
    if (at < end && text_[at] == '.' && is_abbreviation(out_.form(out_.tokens.back()))) {
      out_.tokens.back().span.end = static_cast<std::uint32_t>(++at);
    }
    return read_possessive(at, end);
  }

  // `at` is behind a word's first letter.
  [[nodiscard]] std::size_t word_end(std::size_t at, std::size_t end) const {
    while (at < end) {
      const Look here = look(text_, at);
      if (here.cls == Look::kLetter || here.cls == Look::kDigit) {
        at = here.next;
        continue;
      }
      const bool inside =
          here.cls == Look::kInvisible || (here.cls == Look::kApostrophe && possessive_end(at, end) == at);
      const bool joins = inside && here.next < end && look(text_, here.next).cls == Look::kLetter;
      if (!joins) break;
      at = here.next;
    }
    return at;
  }

  // Most words are ASCII letters with a blank or a mark behind: returns that word's end, or `begin` for others.
  std::size_t read_letters(std::size_t begin, std::size_t end) {
    std::array<char, kMaxFormBytes> letters;
    bool initial = false;  // Is the first letter a capital, is any other, is any small?
    bool capital = false;
    bool small = false;
    for (std::size_t at = begin; at - begin < kMaxFormBytes && at + 8 <= text_.size();) {
      const LeadingLetters here(&text_[at]);
      const std::size_t size = at - begin;
      std::memcpy(&letters[size], &here.lower, sizeof(here.lower));
      const std::uint64_t first = size == 0 ? 0x80 : 0;
      initial = initial || (here.capitals & first) != 0;
      capital = capital || (here.capitals & ~first) != 0;
      small = small || here.capitals != here.letters;
      at += here.count;
      if (here.count == 8) continue;
      if (at < end && !ends_letters(text_[at])) return begin;
      const Capitals kind = initial || capital ? (!capital ? Capitals::kInitial
                                                  : small  ? Capitals::kMixed
                                                           : Capitals::kAll)
                                               : Capitals::kNone;
      return push_cased(begin, at, kind, {letters.data(), at - begin});
    }
    return begin;
  }

  // Returns where the text goes on. Words that have grown together are cut; a name that is said twice at once is but a
  // mark the second time, and so is the rest of the link that says it.
  std::size_t push_cased(std::size_t begin, std::size_t end, Capitals kind, std::string_view form) {
    const bool may_be_grown = kind == Capitals::kMixed && form.size() == end - begin && is_ascii(form);
    const GrownWord grown = may_be_grown ? read_grown_word(out_, begin, form) : GrownWord{};
    if (grown.border == 0) {
      push(begin, end, TokenKind::kWord, kind, form);
      return end;
    }
    if (grown.end != 0) {
      const std::size_t again = out_.tokens[grown.named + 1].span.begin;
      out_.tokens.resize(grown.named + 1);
      push(again, grown.end, TokenKind::kMark, Capitals::kNone, "--");
      if (grown.end > begin + grown.border) return grown.end;
    } else {
      push_letters(begin, form.substr(0, grown.border));
    }
    push_letters(begin + grown.border, form.substr(grown.border));
    return end;
  }

  // `form` stands at `begin`: ASCII letters, the first a capital.
  void push_letters(std::size_t begin, std::string_view form) {
    std::size_t capitals = 0;
    for (std::size_t i = 0; i < form.size(); ++i) capitals += text_[begin + i] != form[i] ? 1 : 0;
    const Capitals kind = capitals == 1             ? Capitals::kInitial
                          : capitals == form.size() ? Capitals::kAll
                                                    : Capitals::kMixed;
    push(begin, begin + form.size(), TokenKind::kWord, kind, form);
  }

  [[nodiscard]] static bool ends_letters(char next) {
    const auto byte = static_cast<unsigned char>(next);
    return byte < 0x80 && (kAscii.classes[byte] == Look::kBlank || kAscii.classes[byte] == Look::kMark);
  }

  std::size_t read_possessive(std::size_t at, std::size_t end) {
    if (at >= end || look(text_, at).cls != Look::kApostrophe) return at;
    const std::size_t ending = possessive_end(at, end);
    if (ending != at) push(at, ending, TokenKind::kWord, Capitals::kNone, "'s");
    return ending;
  }

  // The end of single letters with a stop behind each, at a word's begin; `begin` if it is anything else.
  [[nodiscard]] std::size_t letter_chain_end(std::size_t begin, std::size_t end) const {
    std::size_t at = begin;
    std::size_t letters = 0;
    for (; letters < 8; ++letters) {
      const Look letter = look(text_, at);
      if (at >= end || letter.cls != Look::kLetter || letter.next >= end || text_[letter.next] != '.') break;
      at = letter.next + 1;
    }
    if (letters == 0) return begin;
    if (at < end) {
      const auto after = look(text_, at).cls;
      if (after == Look::kLetter || after == Look::kDigit) {
        // "U.S" before a letter chain's last, stopless letter; else "e.g.that" or an address: no chain.
        const Look last = look(text_, at);
        const bool ends = last.next >= end ||
                          (look(text_, last.next).cls != Look::kLetter && look(text_, last.next).cls != Look::kDigit);
        if (!ends || letters < 1 || after == Look::kDigit) return begin;
        return last.next;
      }
    }
    if (letters > 1) return at;
    // One letter and a stop: an initial, if it is a capital and not the end of a sentence ("plan B. He").
    return look(text_, begin).letter_case == LetterCase::kCapital ? at : begin;
  }

  std::size_t read_number(std::size_t begin, std::size_t end) {
    std::size_t at = begin;
    bool letters = false;
    while (at < end) {
      const Look here = look(text_, at);
      if (here.cls == Look::kDigit || here.cls == Look::kLetter) {
        letters = letters || here.cls == Look::kLetter;
        at = here.next;
        continue;
      }
      const bool joins = !letters && (text_[at] == '.' || text_[at] == ',' || text_[at] == ':') && at + 1 < end &&
                         is_digit(text_[at + 1]);
      if (!joins) break;
      ++at;
    }
    form_ = text_.substr(begin, std::min(at - begin, kMaxFormBytes));
    if (letters || !is_ascii(form_)) form_ = fold(is_valid_utf8(form_) ? form_ : "0");
    hide_digits();
    push(begin, at, TokenKind::kNumber, Capitals::kNone, form_);
    return read_possessive(at, end);
  }

  // One mark, or a run of the same: "...", "--".
  std::size_t read_mark(std::size_t begin, std::size_t end) {
    std::size_t at = look(text_, begin).next;
    const std::string_view mark = text_.substr(begin, at - begin);
    while (at + mark.size() <= end && text_.substr(at, mark.size()) == mark) at += mark.size();
    std::string_view form = text_.substr(begin, std::min<std::size_t>(at - begin, 2 * mark.size()));
    if (mark == "“" || mark == "”" || mark == "„" || mark == "«" || mark == "»" || form == "''" || form == "``") {
      form = "\"";
    } else if (mark == "’" || mark == "‘" || mark == "`") {
      form = "'";
    } else if (mark == "–" || mark == "—" || form == "--") {
      form = "--";
    }
    push(begin, at, TokenKind::kMark, Capitals::kNone, form);
    return at;
  }

  // Returns where the text goes on.
  std::size_t push_word(std::size_t begin, std::size_t end) {
    std::size_t capitals = 0;
    std::size_t small = 0;
    const auto count = [&](LetterCase letter_case) {
      capitals += letter_case == LetterCase::kCapital;
      small += letter_case == LetterCase::kSmall;
    };
    std::array<char, kMaxFormBytes + 4> letters;  // the last one may take four bytes
    std::size_t size = 0;
    bool folded = true;
    for (std::size_t at = begin; at < end && size < kMaxFormBytes;) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      if (byte < 0x80) {
        count(kAscii.cases[byte]);
        letters[size++] = kAscii.forms[byte];
        ++at;
        continue;
      }
      const Look here = look_beyond_ascii(text_, at);
      if (here.cls == Look::kApostrophe) {
        letters[size++] = '\'';
      } else if (here.cls == Look::kInvisible) {
        // no part of the word
      } else {
        folded = false;
        size += text_.copy(&letters[size], here.next - at, at);
      }
      count(here.letter_case);
      at = here.next;
    }
    std::string_view form(letters.data(), size);
    if (!folded) {
      form_ = fold(form);
      hide_digits();
      form = form_;
    }
    const bool initial = look(text_, begin).letter_case == LetterCase::kCapital;
    Capitals kind = Capitals::kNone;
    if (capitals > 0 && small == 0) {
      kind = capitals > 1 ? Capitals::kAll : Capitals::kInitial;
    } else if (capitals > 0) {
      kind = initial && capitals == 1 ? Capitals::kInitial : Capitals::kMixed;
    }
    return push_cased(begin, end, kind, form);
  }

  void hide_digits() { std::replace_if(form_.begin(), form_.end(), is_digit, '0'); }

  void push(std::size_t begin, std::size_t end, TokenKind kind, Capitals capitals, std::string_view form) {
    NameToken token;
    token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    form = up_to_character(form, 4 * kMaxFormBytes);
    token.hash = XXH3_64bits(form.data(), form.size());
    token.form_begin = static_cast<std::uint32_t>(out_.forms.size());
    token.form_size = static_cast<std::uint16_t>(form.size());
    token.kind = kind;
    token.capitals = capitals;
    out_.forms.append(form);
    out_.tokens.push_back(token);
  }

  std::string_view text_;
  TokenizedText& out_;
  std::string form_;
  bool open_ = false;  // the paragraph goes on
  bool cased_ = true;
};

}  // namespace

void tokenize_names(std::string_view text, TokenizedText& out) { Tokenizer(text, out).run(); }

}  // namespace dateline
