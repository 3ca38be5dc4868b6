// SPDX-License-Identifier: GPL-2.0-or-later
//
// The nouns that news attributes words with: her remark that “…”, he used the word “…”.
#pragma once

#include <cstdint>

#include "indexer/quotes/article_words.h"
#include "indexer/quotes/subject_finder.h"

namespace dateline {

struct SpokenNoun {
  Subject subject;   // none if there is no such noun: "Peskov", "her"
  TokenRange words;  // "remark"; "used the word"
};

// Of what stands right before a quote.
//
// begin  where its clause begins at the earliest
// open   its opening mark
// level  as in SubjectFinder
// cost   bounded
[[nodiscard]] SpokenNoun find_spoken_noun(const ArticleWords& words, const SubjectFinder& subjects, std::uint32_t begin,
                                          std::uint32_t open, std::uint32_t level);

}  // namespace dateline
