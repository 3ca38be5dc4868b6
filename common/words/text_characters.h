// SPDX-License-Identifier: GPL-2.0-or-later
//
// The characters of a text as the rules of words see them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unicode/utf8.h>

#include "common/ascii.h"
#include "common/char_class.h"

namespace dateline {

[[nodiscard]] constexpr bool is_small_ascii(char c) { return c >= 'a' && c <= 'z'; }

// What the rules know of ASCII; the tests hold it to be ICU's.
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
inline constexpr AsciiTable kAscii;

struct TextCharacter {
  char32_t value = 0;  // full-width forms as ASCII; 0 at the end of the text
  CharClass cls = CharClass::kSeparator;
  LetterCase letter_case = LetterCase::kNone;
  std::uint8_t size = 0;  // bytes
};

// Gives the characters of a text of valid UTF-8, less than 4 GiB, which must outlive it.
class TextCharacters {
 public:
  // is_general  ASCII, too, is looked up in Unicode's properties: the same characters, more slowly
  TextCharacters(std::string_view text, bool is_general) : text_(text), is_general_(is_general) {}

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] bool is_general() const { return is_general_; }
  [[nodiscard]] std::uint8_t byte(std::uint32_t at) const { return static_cast<std::uint8_t>(text_[at]); }

  // The character that begins at the byte `at`.
  [[nodiscard]] TextCharacter at(std::uint32_t at) const {
    if (at >= text_.size()) return {};
    const std::uint8_t first = byte(at);
    if (first < 0x80 && !is_general_) return {first, kAscii.classes[first], kAscii.cases[first], 1};
    std::size_t end = at;
    const UChar32 c = narrow(next_code_point(text_, end));
    return {static_cast<char32_t>(c), class_of(c), case_of(c), static_cast<std::uint8_t>(end - at)};
  }

  // The character that ends there.
  [[nodiscard]] TextCharacter before(std::uint32_t end) const {
    if (end == 0) return {};
    std::uint32_t begin = end - 1;
    while (begin > 0 && end - begin < U8_MAX_LENGTH && U8_IS_TRAIL(byte(begin))) --begin;
    return at(begin);
  }

 private:
  std::string_view text_;
  bool is_general_;
};

}  // namespace dateline
