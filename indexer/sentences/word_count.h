// SPDX-License-Identifier: GPL-2.0-or-later
//
// The length of text, in words.
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline {

// Words of a text, as lengths of sentences and passages are measured: runs between blanks or dashes that hold a letter
// or a digit; two Han or kana characters, or five Thai, Lao, Burmese or Khmer ones, make a word; 32 bytes that are no
// blanks make one at least, so that text without blanks has a length too.
[[nodiscard]] std::uint32_t count_words(std::string_view text);

}  // namespace dateline
