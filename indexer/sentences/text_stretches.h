// SPDX-License-Identifier: GPL-2.0-or-later
//
// The stretches that characters make: gaps of blanks, words, what may be cut without cutting a character.
#pragma once

#include <cstddef>
#include <string_view>

namespace dateline {

inline constexpr std::size_t kLookBytes = 64;  // how far the rules of sentence borders look back and ahead

struct Gap {
  std::size_t end = 0;  // first byte that is no blank
  unsigned blanks = 0;
  unsigned line_ends = 0;
  std::size_t line_begin = 0;  // of the line on which `end` stands, if there is a line end
};

// The blanks from `at` on, perhaps none.
[[nodiscard]] Gap gap_at(std::string_view text, std::size_t at);

// The end of `text` between `begin` and `end` without the blanks before `end`.
[[nodiscard]] std::size_t trim_end(std::string_view text, std::size_t begin, std::size_t end);

// The last place up to `at` where no character, and within reason no letter and its accent, is cut.
[[nodiscard]] std::size_t character_border(std::string_view text, std::size_t at);

// Where the first blank from `at` on stands; `end` if there is none before it.
[[nodiscard]] std::size_t blank_after(std::string_view text, std::size_t at, std::size_t end);

// The letters that begin at `at`, kLookBytes or little more of them; may be empty.
[[nodiscard]] std::string_view word_at(std::string_view text, std::size_t at);

}  // namespace dateline
