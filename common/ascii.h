// SPDX-License-Identifier: GPL-2.0-or-later
//
// What concerns ASCII alone, where Unicode's rules would give the same at a higher price or must not have a say.
#pragma once

#include <algorithm>
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

}  // namespace dateline
