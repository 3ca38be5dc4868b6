// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentences/line_shape.h"

#include <cstddef>
#include <unicode/uchar.h>

#include "common/next_character.h"

namespace dateline {
namespace {

constexpr std::string_view kNoBreakBlank = "\xC2\xA0";

// Length of the blank at the beginning of `text`, 0 if there is none.
std::size_t blank_size(std::string_view text) {
  if (text.starts_with(kNoBreakBlank)) return kNoBreakBlank.size();
  return !text.empty() && std::string_view(" \t\n\v\f\r").find(text.front()) != std::string_view::npos ? 1 : 0;
}

UChar32 first_character(std::string_view text) {
  if (text.empty()) return 0;
  std::size_t i = 0;
  const UChar32 character = next_character(text, i);
  return character < 0 ? 0xFFFD : character;
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (const std::size_t size = blank_size(text)) text.remove_prefix(size);
  while (!text.empty()) {
    if (blank_size(text.substr(text.size() - 1)) == 1) {
      text.remove_suffix(1);
    } else if (text.ends_with(kNoBreakBlank)) {
      text.remove_suffix(kNoBreakBlank.size());
    } else {
      break;
    }
  }
  return text;
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t blank = blank_size(text.substr(i));
    if (blank > 0 && i > begin) words.push_back(text.substr(begin, i - begin));
    i += blank > 0 ? blank : 1;
    if (blank > 0) begin = i;
  }
  if (begin < text.size()) words.push_back(text.substr(begin));
  return words;
}

LetterCase count_case(std::string_view text) {
  LetterCase letters;
  for (std::size_t i = 0; i < text.size();) {
    const UChar32 character = next_character(text, i);
    if (u_isupper(character)) {
      ++letters.upper;
    } else if (u_islower(character)) {
      ++letters.lower;
    } else if (u_isalpha(character)) {
      ++letters.neither;
    }
  }
  return letters;
}

bool begins_upper(std::string_view text) { return u_isupper(first_character(text)) != 0; }

bool begins_lower(std::string_view text) { return u_islower(first_character(text)) != 0; }

bool begins_sentence(std::string_view text) {
  const UChar32 first = first_character(text);
  if (u_isupper(first) || u_isdigit(first)) return true;
  const int category = u_charType(first);
  return first == '"' || first == '\'' || first == '$' || category == U_INITIAL_PUNCTUATION ||
         category == U_START_PUNCTUATION || category == U_CURRENCY_SYMBOL;
}

bool ends_as_sentence(std::string_view text) {
  static constexpr std::string_view kClosing[] = {"\"", "'", "”", "’", "»", ")", "]", "」"};
  for (const std::string_view mark : kClosing) {
    if (text.ends_with(mark)) text.remove_suffix(mark.size());
  }
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with("…") ||
         text.ends_with("。");
}

std::size_t dash_size(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size()) {
    const std::string_view rest = text.substr(size);
    if (rest.front() == '-') {
      ++size;
    } else if (rest.starts_with("\xE2\x80") && rest.size() > 2 && rest[2] >= '\x90' && rest[2] <= '\x95') {
      size += 3;  // U+2010 hyphen to U+2015 horizontal bar
    } else {
      break;
    }
  }
  return size;
}

}  // namespace dateline
