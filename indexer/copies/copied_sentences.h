// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where the sentences and paragraphs of a stripped copy end, as a better text of its story has it.
#pragma once

#include <string_view>
#include <vector>

#include "indexer/copies/text_alignment.h"
#include "indexer/sentences/passage_builder.h"

namespace dateline {

// copy       the text that `alignment` leads to
// own        its sentences as they seem to be
// source     of the text that it leads from
// returns    sentences that cover all of the copy's: the source's, with their borders, where their words stand in the
//            copy; what of its own lies between them. Nothing of the source's: `own`, no border a paragraph's.
// cost       linear but for the looking up of each sentence
[[nodiscard]] Layout copy_sentences(std::string_view copy, const std::vector<Sentence>& own, const Layout& source,
                                    const TextAlignment& alignment);

}  // namespace dateline
