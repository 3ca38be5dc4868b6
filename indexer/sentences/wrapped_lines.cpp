// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentences/wrapped_lines.h"

#include <algorithm>

#include "indexer/sentences/characters.h"
#include "indexer/sentences/sentence_marks.h"
#include "indexer/sentences/text_stretches.h"

namespace dateline {
namespace {

using std::size_t;

size_t columns_of(std::string_view line) {
  size_t columns = 0;
  for (size_t at = 0; at < line.size();) {
    const Character c = character_at(line, at);
    columns += is_ideographic(c.code) ? 2 : 1;
    at += c.bytes;
  }
  return columns;
}

bool ends_with_mark(std::string_view line) {
  for (int looked = 0; looked < 2; ++looked) {
    const Character c = character_before(line, line.size());
    const Mark mark = mark_of(c.code);
    if (mark == Mark::kStop || mark == Mark::kShout || mark == Mark::kFull || c.code == ':') return true;
    line.remove_suffix(c.bytes);
  }
  return false;
}

bool has_lower(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    if (is_lower(c.code)) return true;
    at += c.bytes;
  }
  return false;
}

bool goes_on_below(std::string_view above, std::string_view line) {
  const UChar32 first = character_at(line, gap_at(line, 0).end).code;
  if (ends_with_mark(above) || !is_letter(first)) return false;
  return !is_upper(first) || !(has_lower(above) || has_lower(line));
}

}  // namespace

size_t wrapping_of(std::string_view text) {
  constexpr size_t kNarrowest = 40;
  constexpr size_t kWidest = 120;
  size_t breaks = 0;
  size_t inside = 0;
  size_t wide = 0;
  size_t columns = 0;
  std::string_view above;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, trim_end(text, begin, end) - begin);
    begin = end + 1;
    if (!line.empty() && !above.empty()) {
      const size_t width = columns_of(above);
      ++breaks;
      wide += width > kWidest;
      if (width >= kNarrowest && width <= kWidest && goes_on_below(above, line)) {
        ++inside;
        columns = std::max(columns, width);
      }
    }
    above = line;
  }
  return inside * 8 >= breaks && inside > wide ? columns : 0;
}

bool had_room(std::string_view text, size_t columns, size_t line_end, size_t next) {
  const size_t before = text.rfind('\n', line_end - 1);
  const size_t begin = before == std::string_view::npos ? 0 : before + 1;
  size_t word_end = next + character_at(text, next).bytes;
  if (!is_ideographic(character_at(text, next).code))
    word_end = blank_after(text, word_end, std::min(next + kLookBytes, text.size()));
  const size_t end = trim_end(text, begin, line_end);
  const size_t width = columns_of(text.substr(begin, end - begin));
  constexpr size_t kSlack = 12;  // a line that is much wider than the wrapped ones was not wrapped
  return width > columns + kSlack || width + 1 + columns_of(text.substr(next, word_end - next)) <= columns;
}

}  // namespace dateline
