// SPDX-License-Identifier: GPL-2.0-or-later
//
// What concerns ASCII alone, where Unicode's rules would give the same at a higher price or must not have a say.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>

namespace dateline {

[[nodiscard]] constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

// `text` with its ASCII letters in lower case; other bytes stay.
[[nodiscard]] inline std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  return lower;
}

[[nodiscard]] inline bool equals_in_any_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return to_lower(a) == to_lower(b); });
}

[[nodiscard]] inline bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

[[nodiscard]] constexpr bool is_figure(char c) { return c >= '0' && c <= '9'; }

[[nodiscard]] inline std::string figures_in(std::string_view text) {
  std::string figures;
  std::copy_if(text.begin(), text.end(), std::back_inserter(figures), is_figure);
  return figures;
}

// The letters with which eight bytes begin, told all at once.
struct LeadingLetters {
  std::uint64_t lower = 0;     // the bytes, the letters in lower case; the first one in the lowest place
  std::uint64_t letters = 0;   // the highest bit of each byte that is one of these letters
  std::uint64_t capitals = 0;  // … and in capitals
  unsigned count = 0;

  // eight  may be read that far
  explicit LeadingLetters(const char* eight) {
    static_assert(std::endian::native == std::endian::little);
    constexpr std::uint64_t kEach = 0x0101010101010101;
    constexpr std::uint64_t kHighest = 0x80 * kEach;
    std::uint64_t bytes;
    std::memcpy(&bytes, eight, sizeof(bytes));
    lower = bytes | 0x20 * kEach;
    const std::uint64_t low = lower & ~kHighest;
    // Beyond 'z' and from 'a' on: sums of seven bits each, which show in the eighth.
    const std::uint64_t others = ((low + (0x7F - 'z') * kEach) | ~(low + (0x80 - 'a') * kEach) | bytes) & kHighest;
    count = static_cast<unsigned>(std::countr_zero(others)) / 8;
    letters = others == 0 ? kHighest : (others & (0 - others)) - 1;
    letters &= kHighest;
    capitals = letters & ~(bytes << 2);  // 0x20 is what a small letter has beyond its capital
  }
};

}  // namespace dateline
