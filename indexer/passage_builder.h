// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sentences to passages, the units of retrieval.
#pragma once

#include <string_view>
#include <vector>

#include "common/article.h"

namespace dateline {

// Joins the sentences of one article to passages of about three sentences, 40 to 120 words.
//
// text       the article's text
// sentences  of that text, as split_sentences gives them
// title      the title's span in the text: no passage; empty if the title does not stand there
// returns    passages in text order, not overlapping, covering every sentence but the title; Passage::line is counted
//            from 1 over the \n of `text`. Paragraph ends (blank lines) are preferred borders once a passage has
//            kMinPassageWords; a passage goes below the minimum only where the article is shorter, or a neighbour would
//            otherwise pass kMaxPassageWords; above the maximum only for a single longer sentence.
// cost       linear
[[nodiscard]] std::vector<Passage> build_passages(std::string_view text, const std::vector<Sentence>& sentences,
                                                  ByteSpan title);

inline constexpr unsigned kMinPassageWords = 40;
inline constexpr unsigned kMaxPassageWords = 120;
inline constexpr unsigned kPassageSentences = 3;

}  // namespace dateline
