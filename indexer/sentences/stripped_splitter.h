// SPDX-License-Identifier: GPL-2.0-or-later
//
// Text whose marks were stripped, to sentences (see split_sentences, "Text without marks").
#pragma once

#include <string_view>
#include <vector>

#include "indexer/sentences/sentence_words.h"

namespace dateline {

// Hardly any mark in a long stretch? What is shorter cannot have more than kMaxSentenceWords words.
[[nodiscard]] bool is_stripped(std::string_view sentence);

// Cuts where marks once stood, at the likeliest borders that give sentences of kMinStrippedWords to kMaxSentenceWords.
// Where no border is, into even parts.
//
// text     neither begins nor ends with a blank
// returns  parts of `text`, in its order, without the blanks between them; they may be longer than kMaxSentenceBytes
[[nodiscard]] std::vector<std::string_view> split_stripped(std::string_view text, const SentenceStarters& starters);

}  // namespace dateline
