// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unicode/utf8.h>

namespace dateline {

// The character of `text` at `at`, which moves behind it; negative for each maximal subpart of an
// ill-formed one. `at` is inside the text.
[[nodiscard]] inline UChar32 next_character(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 character = bytes[at];
  if (character < 0x80) {
    ++at;
  } else {
    U8_NEXT(bytes, at, text.size(), character);
  }
  return character;
}

}  // namespace dateline
