// SPDX-License-Identifier: GPL-2.0-or-later
//
// The forms of an English word that a stemmer does not join: irregular ones, and British and American spellings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline {

// word     folded
// stem     its stem in English
// returns  "won": win; "wins": win won; "analyse": analyze; "gunmen": gunman; "colours": colors. Some are no words: a
//          rule made them. May hold words of the same stem.
// cost     a comparison with each of some 250 words
[[nodiscard]] std::vector<std::string> other_forms(std::string_view word, std::string_view stem);

}  // namespace dateline
