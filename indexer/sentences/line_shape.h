// SPDX-License-Identifier: GPL-2.0-or-later
//
// What one line of text looks like: its blanks, its words, its capitals. The finders of head facts decide by it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dateline {

// `text` without the blanks at both ends; tabs, line ends and no-break blanks are blanks.
[[nodiscard]] std::string_view trim(std::string_view text);

// The stretches of `text` (valid UTF-8) between blanks.
[[nodiscard]] std::vector<std::string_view> split_words(std::string_view text);

struct LetterCase {
  unsigned upper = 0;
  unsigned lower = 0;
  unsigned neither = 0;  // of scripts without case

  [[nodiscard]] unsigned all() const { return upper + lower + neither; }
};
[[nodiscard]] LetterCase count_case(std::string_view text);

// Whether the first character is a letter of that case.
[[nodiscard]] bool begins_upper(std::string_view text);
[[nodiscard]] bool begins_lower(std::string_view text);

// Whether `text` looks like the beginning of a sentence: a capital, a digit, an opening quotation mark or bracket.
[[nodiscard]] bool begins_sentence(std::string_view text);

// Whether `text` ends as a sentence does: a full stop, exclamation or question mark, or dots, perhaps in closing
// quotation marks or brackets.
[[nodiscard]] bool ends_as_sentence(std::string_view text);

// Length in bytes of the dash, of one or more strokes, with which `text` begins; 0 if it is none.
[[nodiscard]] std::size_t dash_size(std::string_view text);

}  // namespace dateline
