// SPDX-License-Identifier: GPL-2.0-or-later
//
// Tells what of an article is none of its story, by repetition alone: no list of phrases, no site is known by name.
//
// Precision before recall: what is not flagged ranks a little too high, what is flagged wrongly is lost to a search.
// A refrain is no boilerplate, so a short line may stand in an article as often as it likes.
#pragma once

#include <string_view>
#include <vector>

#include "common/article.h"
#include "indexer/article_lines.h"

namespace dateline {

// text       the article's text
// lines      of that text (see read_lines)
// articles   how many of the outlet have each of these lines, this one included; 0 if that is not known
// sentences  of that text (see split_sentences)
// title      the title's span in the text, which is never flagged; empty if it does not stand there
// returns    spans in text order that do not overlap: whole lines, neighbours with the same reason in one
// cost       linear but for the sorting of the lines' keys
//
// kRepeatedLine  A caption: four words and more, without a mark at its end and without quotation marks, that stands
//                twice and more, once beside a time code: a chorus or a chant does not. Or any line of kLongLineWords
//                words and more that stands again right below, or stands above the article's first own paragraph and
//                again anywhere: a caption printed twice, not a sentence that comes back. The last one is kept, so that
//                none of its words is lost.
// kTimeCode      The time codes beside such a line.
// kHighlights    Before the first paragraph: a heading of up to four words and below it two lines and more without a
//                mark at their end, about half of whose content words stand together in two neighbouring sentences
//                further down.
// kManyArticles  A line that many articles of the outlet have: kManyAtEdge where none of the article's own paragraphs
//                stands between it and the article's begin or end, kMany elsewhere; kManyShort if it has fewer than
//                five words, or is a sentence within the article. Never with quotation marks: what somebody said may be
//                said again. Of an article that stands in the collection n times, or in n versions, half of the
//                paragraphs and more do, too: then all of these grow by n - 1.
[[nodiscard]] std::vector<Boilerplate> find_boilerplate(std::string_view text, const std::vector<ArticleLine>& lines,
                                                        const std::vector<unsigned>& articles,
                                                        const std::vector<Sentence>& sentences, ByteSpan title);

inline constexpr unsigned kLongLineWords = 12;
// How these were chosen: tests/bench/README.md, "Boilerplate".
inline constexpr unsigned kManyAtEdge = 3;
inline constexpr unsigned kMany = 5;
inline constexpr unsigned kManyShort = 8;

}  // namespace dateline
