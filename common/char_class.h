// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a character is to the analyzer: the alphabet of its rules.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unicode/umachine.h>

namespace dateline {

enum class CharClass : std::uint8_t {
  kSeparator,
  kBlank,
  kApostrophe,
  kHyphen,
  kCurrency,
  kIgnorable,  // no part of a word and no end of it
  kMark,
  kLetter,
  kDigit,       // 0 to 9
  kOtherDigit,  // of other scripts, superscripts, ...
  kUnspaced,    // letter of a script whose words only a dictionary finds
};

enum class LetterCase : std::uint8_t { kNone, kCapital, kSmall };

[[nodiscard]] constexpr bool begins_word(CharClass c) {
  return c == CharClass::kLetter || c == CharClass::kDigit || c == CharClass::kOtherDigit;
}

[[nodiscard]] constexpr bool continues_word(CharClass c) { return begins_word(c) || c == CharClass::kMark; }

// By Unicode's properties, with the marks of news told apart.
[[nodiscard]] CharClass class_of(UChar32 c);
[[nodiscard]] LetterCase case_of(UChar32 c);

// The ASCII form of a full-width character; others as they are.
[[nodiscard]] UChar32 narrow(UChar32 c);

// The code point at `at`, which moves behind it; ill-formed ones, which are a precondition violation, as U+FFFD.
[[nodiscard]] UChar32 next_code_point(std::string_view text, std::size_t& at);

}  // namespace dateline
