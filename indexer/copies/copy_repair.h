// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a stripped copy lost (names that its small letters hide, quotation marks and so speakers, the ends of sentences
// and paragraphs, numbers) taken over from a better text of its story.
#pragma once

#include "indexer/analysis.h"

namespace dateline {

// Takes over, wherever the words of `source` stand in `stripped`, too (copies/text_alignment.h):
//   quotes    as indirect ones, of medium confidence, by SpeakerRule::kCopy; they push out its own that they overlap
//   mentions  where it has none of its own
//   layout    to be cut by (copied_sentences.h)
//   numbers   that are terms of its passages (copied_numbers.h)
// A name is the article's own if both have it in the same words, else it is added. If names or quotes were taken over,
// stripped.own has what was before. Cost: n log n; texts longer than any article are left as they are.
void repair_copy(AnalyzedArticle& stripped, const AnalyzedArticle& source);

// Makes the article what it is by itself.
void undo_repair(AnalyzedArticle& article);

}  // namespace dateline
