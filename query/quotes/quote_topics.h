// SPDX-License-Identifier: GPL-2.0-or-later
//
// What somebody's quotes are about: the words in which they differ from the rest of the collection.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "query/quotes/quote_list.h"
#include "query/reading/term_variants.h"

namespace dateline {

struct QuoteTopic {
  std::vector<std::string> words;   // as most often written, the most telling first; none: all other quotes
  std::vector<std::size_t> quotes;  // indexes, in the order given
};

// Groups quotes under a few headings. The word that says most, by the quotes that have it and its rarity in the
// collection, makes the first group; up to two more that half of the group share, and that are half
// as rare, complete its heading; then the same among
// the quotes left. A group has two quotes at least. No word of the speakers' own names, no function words and figures.
//
// rarity   of a term (stem), 0 for one that stands everywhere; the same for the same term
// returns  at most kMaxTopics groups and the rest, in the order of their making; deterministic
// cost     linear in the words for each group
inline constexpr std::size_t kMaxTopics = 5;
[[nodiscard]] std::vector<QuoteTopic> find_topics(const std::vector<QuoteHit>& quotes, TermVariants& variants,
                                                  const std::function<double(const std::string&)>& rarity);

}  // namespace dateline
