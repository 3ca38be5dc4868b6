// SPDX-License-Identifier: GPL-2.0-or-later
//
// Made-up articles for tests of copies.
#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/copies/story_pass.h"

namespace dateline {

// Words that nobody wrote, in sentences with capitals, marks and figures.
inline std::string made_up_text(std::mt19937_64& random, std::size_t words) {
  std::string text;
  for (std::size_t i = 0; i < words; ++i) {
    if (i > 0) text += i % 12 == 0 ? ".\n" : random() % 9 == 0 ? ", " : " ";
    const std::size_t begin = text.size();
    for (std::size_t n = 2 + random() % 7; n > 0; --n) text += static_cast<char>('a' + random() % 26);
    if (i % 12 == 0) text[begin] = static_cast<char>(text[begin] - 'a' + 'A');
    if (random() % 15 == 0) text += " " + std::to_string(random() % 2000);
  }
  return text + ".";
}

// What somebody's clean-up leaves: one line, small letters, a blank for all else.
inline std::string stripped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool capital = c >= 'A' && c <= 'Z';
    const bool small = c >= 'a' && c <= 'z';
    out += capital ? static_cast<char>(c - 'A' + 'a') : small || (c & 0x80) != 0 ? c : ' ';
  }
  return out;
}

inline CopyFacts facts_of(std::string id, std::string_view text, std::string date = "") {
  return {std::move(id), "", 1, "", std::move(date), fingerprint(text)};
}

// The ids of each story's articles as join_stories gives them, the stories sorted.
inline std::vector<std::vector<std::string>> stories_of(const std::vector<CopyFacts>& articles) {
  std::vector<std::vector<std::string>> named;
  for (const auto& story : join_stories(articles, common_keys(articles)).stories) {
    std::vector<std::string>& ids = named.emplace_back();
    for (const std::uint32_t i : story) ids.push_back(articles[i].id);
  }
  std::sort(named.begin(), named.end());
  return named;
}

}  // namespace dateline
