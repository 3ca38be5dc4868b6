// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace dateline {

// The words of a name as the analyzer has them, joined by blanks: what two spellings of one name share. Parts of
// hyphenated words are words; "the" in front goes. "al-Sayed" -> "al sayed", "The Hague" -> "hague", "U.S." -> "us.".
[[nodiscard]] std::string name_key(std::string_view name);

}  // namespace dateline
