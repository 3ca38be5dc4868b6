// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where quotation marks open and close.
#pragma once

#include <cstdint>
#include <vector>

#include "common/article.h"
#include "indexer/names/name_tokens.h"

namespace dateline {

// In place of an index of a token, mention, sentence or stretch.
inline constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

// Tokens, half-open.
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] std::uint32_t size() const { return end - begin; }
  [[nodiscard]] bool empty() const { return begin == end; }
};

// What stands between two quotation marks.
struct QuotedStretch {
  TokenRange tokens;                // without the marks; never empty
  std::uint32_t parent = kNowhere;  // index of the stretch in which it is nested
  bool is_opened = true;            // false: its opening mark is missing
  bool is_closed = true;            // false: the paragraph ended first, or its closing mark is missing
  bool is_single = false;           // in ‘ ’ or ' '

  // The same with the marks.
  [[nodiscard]] TokenRange marked() const {
    return {tokens.begin - (is_opened ? 1U : 0U), tokens.end + (is_closed ? 1U : 0U)};
  }
};

// Finds the stretches in “ ”, " ", '' '', `` '', „ “, ” ”, « », » «, ‹ ›, ‘ ’, ' ', ‚ ‘, 「 」 and 『 』, nested ones
// too. An apostrophe is no mark: not in "the workers' vote", "'90s" or "'em".
//
// paragraphs  of `text`, in order: no stretch goes beyond one. One that is open at its end is a stretch up to there
//             (a speech that the next paragraph may take up again); of a single mark only at the paragraph's begin.
// repairs     a mark that can only open while another of its kind is open: the first stretch ends with the sentence
//             before, unless the marks that follow show that they are nested. A mark that can only close where none is
//             open: the stretch begins with the paragraph, or behind the mark before, if a comma closes it
// returns     the stretches in the order of their begins, parents first; children lie within their parents with their
// marks cost        linear
[[nodiscard]] std::vector<QuotedStretch> find_quoted_stretches(const TokenizedText& text,
                                                               const std::vector<TokenRange>& paragraphs);

}  // namespace dateline
