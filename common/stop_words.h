// SPDX-License-Identifier: GPL-2.0-or-later
//
// Function words of the languages that Dateline stems: what tells a language, and what a question need not search for.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace dateline {

// True if `word`, folded (see fold in text.h), is a function word of `language` (ISO 639-1: en de fr ru es it pt nl);
// false for a language that has no list. Constant time.
[[nodiscard]] bool is_stop_word(std::string_view word, std::string_view language = "en");

// Which languages have `word`, folded, on their list: bit n stands for the n-th of stop_word_languages(). One look-up
// for all languages, which is what telling the language of a text needs.
[[nodiscard]] std::uint32_t languages_with_stop_word(std::string_view word);

// The languages that have a list, English first.
[[nodiscard]] const std::vector<std::string_view>& stop_word_languages();

}  // namespace dateline
