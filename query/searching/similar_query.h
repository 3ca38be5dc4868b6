// SPDX-License-Identifier: GPL-2.0-or-later
//
// A query for what is like a text: its most telling words.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "common/stemmer.h"
#include "query/asking/query_parser.h"

namespace dateline {

// Words of a text that are searched for.
inline constexpr std::size_t kSimilarWords = 25;

// Words as they are written most often, the most telling first: those that are frequent in the text, more so in the
// title, and rare in the collection. No clauses if the text has none. rarity  of a term in the collection, 1 nowhere, 0
// everywhere
[[nodiscard]] QueryNode similar_query(std::string_view title, std::string_view text, Stemmer& stemmer,
                                      std::string_view language,
                                      const std::function<double(const std::string&)>& rarity);

}  // namespace dateline
