// SPDX-License-Identifier: GPL-2.0-or-later
//
// The characters of a text, one by one, and what kind each is, as the rules of sentence_splitter.h ask for it. Reads
// valid UTF-8; ASCII is decided without ICU, as nearly all text is.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "common/next_character.h"

namespace dateline {

struct Character {
  UChar32 code = 0;
  std::size_t bytes = 0;  // 0 at either end of the text
};

// The character that begins at `at`, and the one that ends there.
[[nodiscard]] inline Character character_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  std::size_t end = at;
  const UChar32 code = next_character(text, end);
  return {code, end - at};
}

[[nodiscard]] inline Character character_before(std::string_view text, std::size_t at) {
  if (at == 0) return {};
  const auto length = static_cast<std::int32_t>(std::min<std::size_t>(at, U8_MAX_LENGTH));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data()) + (at - static_cast<std::size_t>(length));
  std::int32_t begin = length;
  UChar32 code = 0;
  U8_PREV(bytes, 0, begin, code);
  return {code, static_cast<std::size_t>(length - begin)};
}

inline constexpr UChar32 kLineSeparator = 0x2028;
inline constexpr UChar32 kParagraphSeparator = 0x2029;

[[nodiscard]] inline bool is_line_end(UChar32 code) {
  return code == '\n' || code == kLineSeparator || code == kParagraphSeparator;
}

[[nodiscard]] inline bool is_blank(UChar32 code) {
  if (code <= ' ') return code == ' ' || (code >= '\t' && code <= '\r');
  return code >= 0x85 && u_isUWhiteSpace(code);
}

[[nodiscard]] inline bool is_letter(UChar32 code) {
  if (code < 0x80) return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
  return u_isalpha(code);
}

[[nodiscard]] inline bool is_digit(UChar32 code) { return code < 0x80 ? code >= '0' && code <= '9' : u_isdigit(code); }

// Georgian has lower-case letters only, by Unicode's reckoning; there they say nothing about a sentence.
[[nodiscard]] inline bool is_lower(UChar32 code) {
  if (code < 0x80) return code >= 'a' && code <= 'z';
  return u_isULowercase(code) && !(code >= 0x10D0 && code <= 0x10FF);
}

[[nodiscard]] inline bool is_upper(UChar32 code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z';
  return u_isUUppercase(code) || u_istitle(code);
}

[[nodiscard]] inline bool is_unspaced(UChar32 code) {  // Thai, Lao, Burmese, Khmer: a blank there ends a clause
  return (code >= 0x0E00 && code <= 0x0EFF) || (code >= 0x1000 && code <= 0x109F) || (code >= 0x1780 && code <= 0x17FF);
}

[[nodiscard]] inline bool is_ideographic(UChar32 code) {
  return code >= 0x2E80 && code < 0xFF00 && !(code >= 0xA4D0 && code < 0xF900);
}

[[nodiscard]] inline bool is_bullet(UChar32 code) {
  return code == 0x2022 || code == 0x25AA || code == 0x25A0 || code == 0x25BA || code == 0x25CF;
}

[[nodiscard]] inline bool is_dash(UChar32 code) { return code == '-' || (code >= 0x2012 && code <= 0x2015); }

// Opening brackets and quotation marks that cannot be anything else.
[[nodiscard]] inline bool opens(UChar32 code) {
  if (code < 0x80) return code == '(' || code == '[' || code == '{';
  const auto type = u_charType(code);
  return type == U_INITIAL_PUNCTUATION || type == U_START_PUNCTUATION || code == 0xBF || code == 0xA1;
}

// What a byte alone tells; a character that begins with kLead must be decoded.
enum class ByteClass : std::uint8_t { kOther, kBlank, kWord, kLead };

constexpr std::array<ByteClass, 256> make_byte_classes() {
  std::array<ByteClass, 256> classes{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool letter = ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z' && byte < 0x80) || (byte >= '0' && byte <= '9');
    if (byte == ' ' || (byte >= '\t' && byte <= '\r')) classes[byte] = ByteClass::kBlank;
    if (letter || (byte >= 0xC3 && byte < 0xE0)) classes[byte] = ByteClass::kWord;
    if (byte >= 0xE0 || byte == 0xC2) classes[byte] = ByteClass::kLead;
  }
  return classes;
}

inline constexpr auto kByteClasses = make_byte_classes();

// Bytes to look for, fast.
using ByteSet = std::array<bool, 256>;

constexpr ByteSet make_byte_set(std::initializer_list<unsigned> bytes) {
  ByteSet set{};
  for (const unsigned byte : bytes) set[byte] = true;
  return set;
}

}  // namespace dateline
