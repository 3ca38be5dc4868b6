// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which words of a text say what it is about, and how such a word is shown.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "common/ascii.h"
#include "common/stop_words.h"

namespace dateline {

// Neither short nor a function word, and without figures.
// folded  a word as the analyzer gives it
[[nodiscard]] inline bool is_telling(std::string_view folded, std::string_view language) {
  constexpr std::size_t kMinBytes = 3;
  return folded.size() >= kMinBytes && std::none_of(folded.begin(), folded.end(), is_figure) &&
         !is_stop_word(folded, language);
}

// How often each form of a word was met; never empty where one is asked for.
using WordForms = std::map<std::string, std::size_t, std::less<>>;

// The most frequent one, the first by its letters among equals.
[[nodiscard]] inline const std::string& commonest(const WordForms& forms) {
  const auto fewer = [](const auto& a, const auto& b) { return a.second < b.second; };
  return std::max_element(forms.begin(), forms.end(), fewer)->first;
}

}  // namespace dateline
