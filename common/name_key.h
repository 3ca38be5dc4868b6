// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline {

// The words of a name as the analyzer has them, joined by blanks: what two spellings of one name share. Parts of
// hyphenated words are words; "the" in front goes. "al-Sayed" -> "al sayed", "The Hague" -> "hague", "U.S." -> "us.".
[[nodiscard]] std::string name_key(std::string_view name);

// The words of a name_key, in order.
[[nodiscard]] std::vector<std::string> words_of_key(std::string_view key);

}  // namespace dateline
