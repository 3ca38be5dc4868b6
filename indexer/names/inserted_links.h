// SPDX-License-Identifier: GPL-2.0-or-later
//
// What is left of a link that a page set behind a name, the blanks around it lost: "Rep. Kevin Brady Kevin Patrick
// BradyDemocrats seek a fix MORE (R-Texas) said", "Kevin BradyKevin Patrick BradyDemocrats seek".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "indexer/names/name_tokens.h"

namespace dateline {

// A word that two have grown into.
struct GrownWord {
  std::size_t border = 0;  // bytes of the first; 0 if the word is one
  std::size_t named = 0;   // the last token of the name that is said again up to the border
  std::size_t end = 0;     // in the text: where the link that says it ends; 0 if there is none
};

// The word at `begin`, ASCII letters whose folded form is `form`, behind all that `before` holds. Bounded cost.
[[nodiscard]] GrownWord read_grown_word(const TokenizedText& before, std::size_t begin, std::string_view form);

}  // namespace dateline
