// SPDX-License-Identifier: GPL-2.0-or-later
//
// The numbers that a stripped copy lost: "1,000" left "1 000", "1000" or nothing, "$4.2m" left "m".
#pragma once

#include <string_view>
#include <vector>

#include "common/article.h"
#include "indexer/copies/text_alignment.h"

namespace dateline {

// source     the text that `alignment` leads from, and its sentences
// copy       the text that it leads to
// returns    the words with figures (see common/analyzer.h) that the source has and the copy lacks where the letters
//            around them are the same: if the copy has the same figures there, or has none in all its text. Each stands
//            by a letter of its sentence. In text order.
// cost       linear but for the looking up of each number
[[nodiscard]] std::vector<RestoredNumber> copy_numbers(std::string_view source, const std::vector<Sentence>& sentences,
                                                       std::string_view copy, const TextAlignment& alignment);

}  // namespace dateline
