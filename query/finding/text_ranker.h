// SPDX-License-Identifier: GPL-2.0-or-later
//
// The second look at the best articles. What a posting list cannot tell is read from their words: which of the query's
// words stand early, stand as they were typed or have kin there ("democracy" for "democratic"), and whether an article
// is like those that answer the query best.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/stemmer.h"
#include "query/reading/term_variants.h"

namespace dateline {

// A word of the query, as far as the text needs it.
struct AskedWord {
  std::string_view typed;              // folded
  std::span<const std::string> terms;  // any of them stands for it
  double weight = 0;                   // its rarity times how often it was typed
};

// An article to look at. The views must outlive the call.
struct ArticleToRead {
  std::string_view language;
  std::string_view title;
  std::string_view text;
  std::span<const Passage> passages;  // of `text`
  std::uint32_t best = 0;             // the passage that was found
  double score = 0;                   // so far; never negative
};

// Each is a sum of weights of the query's words, to be weighed against one another by RankingWeights.
struct TextEvidence {
  double early = 0;       // of a word all of its weight at the article's first word, half of it a hundred words on
  double as_written = 0;  // the word as typed, ending and all: the more often, the more of its weight
  double akin = 0;  // words of the same beginning: the longer that is and the more of them, the more of its weight
  double lost = 0;  // of words with figures, in an article that has lost all of its figures: as much of their weight as
                    // it holds of the others'
  double like = 0;  // of all weights together as much as the article shares with the best of the others
};

// articles  best first
// rarity    of a term in the collection, from 0 to 1
// returns   by article; the same articles give the same figures to the last digit, whatever was read before
// cost      linear in the words read, some 200 an article, and 64 calls of `rarity`
[[nodiscard]] std::vector<TextEvidence> read_evidence(std::span<const AskedWord> asked,
                                                      std::span<const ArticleToRead> articles, Stemmers& stemmers,
                                                      const std::function<double(const std::string&)>& rarity);

}  // namespace dateline
