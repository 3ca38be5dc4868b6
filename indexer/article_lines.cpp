// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/article_lines.h"

#include <algorithm>
#include <string>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/ascii.h"
#include "indexer/line_shape.h"

namespace dateline {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_word(char c) { return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z'); }
bool is_beyond_ascii(char c) { return (c & 0x80) != 0; }

// General punctuation: curly quotation marks, dashes, bullets, wide blanks.
bool is_mark_at(std::string_view line, std::size_t at) { return line.substr(at, 2) == "\xe2\x80"; }

// Digits in twos behind one or two digits, with colons between.
bool is_time_code(std::string_view line) {
  const std::size_t first = line.find(':');
  if (first == std::string_view::npos || first == 0 || first > 2 || line.size() > 8 || (line.size() - first) % 3 != 0) {
    return false;
  }
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool is_colon = i >= first && (i - first) % 3 == 0;
    if (is_colon ? line[i] != ':' : !is_digit(line[i])) return false;
  }
  return true;
}

// The words of a line in lower case with single blanks between; reused from line to line.
class LineReader {
 public:
  void read(std::string_view text, ArticleLine& line) {
    const std::string_view content = text.substr(line.span.begin, line.span.size());
    if (words_.size() < content.size()) words_.resize(content.size());  // never longer than the line
    char* end = words_.data();
    bool inside = false;
    for (std::size_t i = 0; i < content.size(); ++i) {
      const char c = content[i];
      if (is_mark_at(content, i)) {
        line.is_quoted = line.is_quoted || content.substr(i, 3) == "“" || content.substr(i, 3) == "”";
        inside = false;
        i += 2;
      } else if (is_ascii_word(c) || is_beyond_ascii(c)) {
        if (!inside && line.words > 0) *end++ = ' ';
        line.words += inside ? 0 : 1;
        *end++ = to_lower(c);
        inside = true;
      } else {
        line.is_quoted = line.is_quoted || c == '"';
        inside = false;
      }
    }
    const std::string_view words(words_.data(), static_cast<std::size_t>(end - words_.data()));
    const std::string_view told_by = words.empty() ? content : words;
    line.key = XXH3_64bits(told_by.data(), told_by.size());
    line.is_sentence = ends_as_sentence(content);
    const std::size_t last_mark = content.size() < 3 ? 0 : content.size() - 3;
    line.is_bare = content.back() == ')' || is_ascii_word(content.back()) ||
                   (is_beyond_ascii(content.back()) && !is_mark_at(content, last_mark));
    line.is_time = is_time_code(content);
  }

 private:
  std::string words_;
};

}  // namespace

std::vector<ArticleLine> read_lines(std::string_view text) {
  std::vector<ArticleLine> lines;
  LineReader reader;
  bool after_blank = true;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view content = trim(text.substr(begin, end - begin));
    begin = end + 1;
    if (content.empty()) {
      after_blank = true;
      continue;
    }
    ArticleLine line;
    line.span.begin = static_cast<std::uint32_t>(content.data() - text.data());
    line.span.end = line.span.begin + static_cast<std::uint32_t>(content.size());
    line.after_blank = std::exchange(after_blank, false);
    reader.read(text, line);
    lines.push_back(line);
  }
  return lines;
}

}  // namespace dateline
