// SPDX-License-Identifier: GPL-2.0-or-later
//
// Quotes as answers show them, and which of them are one quote in several articles.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"

namespace dateline {

struct QuoteHit {
  Article article;                   // without text
  std::uint32_t line = 1;            // of the article's text on which the quote begins, from 1
  Quote quote;                       // spans in the article's text
  std::string speaker;               // canonical; empty if nobody knows
  std::string mention;               // the speaker as written there; may be empty
  std::string cue;                   // "said"; may be empty
  std::string text;                  // what was said
  std::vector<ByteSpan> highlights;  // in `text`: what the query asked for
  double score = 0;                  // of the query's words in it
  std::vector<QuoteHit> copies;      // the same quote in other articles, one each, by date; without copies of their own
};

// Joins quotes that are one: the same words, or the words of the shorter one in the longer, also where a few differ
// (three fifths of its runs of three words, of fewer than eight words all; of fewer than five the whole must be the
// same). Never the words of two different speakers; one that nobody is known to have said joins the first that fits.
// The longest stands for all, among equals the earliest (one that a stripped text took over last), at the place of the
// first of them.
//
// quotes   in the order in which they are to be shown, which the result keeps
// returns  each quote once
// cost     linear in the words but for sorting; a run of three words leads to kMaxSharing quotes at most
[[nodiscard]] std::vector<QuoteHit> join_copies(std::vector<QuoteHit> quotes);

}  // namespace dateline
