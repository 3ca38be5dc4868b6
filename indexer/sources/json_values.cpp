// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sources/json_values.h"

#include <algorithm>
#include <string>

#include "indexer/sentences/line_shape.h"

namespace dateline {
namespace {

// Whether an odd number of backslashes stands before `at`.
bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && text[begin - 1] == '\\') --begin;
  return (at - begin) % 2 == 1;
}

}  // namespace

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kJsonBlanks, at), text.size());
}

std::size_t end_of_string(std::string_view text, std::size_t at) {
  std::size_t quote = at;
  do {
    const std::size_t begin = quote + 1;
    quote = text.find('"', begin);
    if (text.substr(begin, quote - begin).find('\n') != std::string_view::npos) return std::string_view::npos;
    if (quote == std::string_view::npos) return quote;
  } while (is_escaped(text, quote));
  return quote + 1;
}

ValueEnd end_of_value(std::string_view text, std::size_t at) {
  std::string open;  // the closing brackets that are due
  for (; at < text.size(); ++at) {
    const char byte = text[at];
    if (byte == '"') {
      const std::size_t end = end_of_string(text, at);
      if (end == std::string_view::npos) return {at, false};
      if (open.empty()) return {end, true};
      at = end - 1;
    } else if (byte == '{' || byte == '[') {
      open += byte == '{' ? '}' : ']';
    } else if (byte == '}' || byte == ']') {
      if (open.empty()) return {at, true};
      if (open.back() != byte) return {at, false};
      open.pop_back();
      if (open.empty()) return {at + 1, true};
    } else if (open.empty() && (byte == ',' || kJsonBlanks.find(byte) != std::string_view::npos)) {
      return {at, true};
    }
  }
  return {at, open.empty()};
}

bool is_json_lines(std::string_view head) {
  const std::size_t begin = skip_blanks(head, head.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  const std::size_t line_end = head.find('\n', begin);
  if (begin == head.size() || head[begin] != '{' || line_end == std::string_view::npos) return false;
  const std::string_view line = trim(head.substr(begin, line_end - begin));
  const std::size_t next = skip_blanks(head, line_end);
  const ValueEnd end = end_of_value(line, 0);
  return end.matches && end.at == line.size() && next < head.size() && head[next] == '{';
}

}  // namespace dateline
