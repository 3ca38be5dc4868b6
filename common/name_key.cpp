// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/name_key.h"

#include <algorithm>

#include "common/analyzer.h"
#include "common/remembered.h"

namespace dateline {
namespace {

constexpr std::size_t kMostRemembered = 100;  // bytes: longer ones are hardly met again

std::string make_key(std::string_view name) {
  TokenStream words(name);
  std::string key;
  std::uint32_t last = UINT32_MAX;
  bool only_article = true;
  for (Token token; words.next(token);) {
    if (token.position == last) continue;  // the joined form of a hyphenated word
    last = token.position;
    if (only_article && key == "the") key.clear();
    if (!key.empty()) key += ' ';
    only_article = key.empty();
    key += token.word;
  }
  return key;
}

}  // namespace

std::string name_key(std::string_view name) {
  if (name.size() > kMostRemembered) return make_key(name);
  thread_local Remembered remembered;
  return std::string(remembered.get(name, make_key));
}

std::vector<std::string> words_of_key(std::string_view key) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < key.size();) {
    const std::size_t end = std::min(key.find(' ', begin), key.size());
    if (end > begin) words.emplace_back(key.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

}  // namespace dateline
