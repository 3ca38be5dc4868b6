// SPDX-License-Identifier: GPL-2.0-or-later
//
// The lines of an article as boilerplate is told by them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/article.h"

namespace dateline {

struct ArticleLine {
  ByteSpan span;            // in the text, without the blanks around it; never empty
  std::uint64_t key = 0;    // hash of its words in lower case: the same for lines that differ in marks and blanks alone
  std::uint32_t words = 0;  // runs of letters and digits
  bool after_blank = false;  // blank lines, or nothing, before it
  bool is_sentence = false;  // ends as one
  bool is_bare = false;      // ends with no mark at all
  bool is_quoted = false;    // has a double quotation mark
  bool is_time = false;      // "01:15", "1:02:03", and nothing else
};

// The lines of `text` (valid UTF-8, lines end in \n) that are not blank, in order. Cost: linear.
[[nodiscard]] std::vector<ArticleLine> read_lines(std::string_view text);

}  // namespace dateline
