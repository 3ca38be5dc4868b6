// SPDX-License-Identifier: GPL-2.0-or-later
//
// Lines of text that was wrapped at a column, where a line end is no more than a blank.
#pragma once

#include <cstddef>
#include <string_view>

namespace dateline {

// Text wrapped at a column, or lines that are paragraphs?
//
// A line of 40 to 120 columns that ends without a mark, and a next one that begins with no capital letter, are two
// pieces of one sentence; an eighth of all line breaks like that, and more than there are wider lines, make a wrapped
// text, and the longest of these lines says how wide it is.
// returns  the columns; 0 if every line stands for itself
[[nodiscard]] std::size_t wrapping_of(std::string_view text);

// Had the word at `next` found room on the line that ends at `line_end`? Then the line did not end for want of room.
// columns  as wrapping_of told
[[nodiscard]] bool had_room(std::string_view text, std::size_t columns, std::size_t line_end, std::size_t next);

}  // namespace dateline
