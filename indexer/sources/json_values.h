// SPDX-License-Identifier: GPL-2.0-or-later
//
// JSON, cut without being parsed: where strings and values end, by their quotation marks and brackets.
#pragma once

#include <cstddef>
#include <string_view>

namespace dateline {

inline constexpr std::string_view kJsonBlanks = " \t\r\n";

// Where the first byte from `at` on stands that is no blank; the text's size if there is none.
[[nodiscard]] std::size_t skip_blanks(std::string_view text, std::size_t at);

// End of the string that begins at `at`; npos if it does not end on its line, where JSON wants it to.
[[nodiscard]] std::size_t end_of_string(std::string_view text, std::size_t at);

// Where a JSON value ends, or, if its quotation marks and brackets do not match, where that shows.
struct ValueEnd {
  std::size_t at = 0;
  bool matches = false;
};

[[nodiscard]] ValueEnd end_of_value(std::string_view text, std::size_t at);

// Whether a file that begins so holds an object on its first line and another one behind it.
[[nodiscard]] bool is_json_lines(std::string_view head);

}  // namespace dateline
