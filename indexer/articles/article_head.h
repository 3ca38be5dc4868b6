// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the first lines of an article say about it. Precision goes first: a fact that is not certainly there stays
// empty.
#pragma once

#include <string>
#include <string_view>

#include "common/article.h"

namespace dateline {

struct ArticleHead {
  std::string title;
  ByteSpan title_span;
  std::string byline;
  std::string outlet;
  std::string dateline;
  std::string date;
};

// Finds the facts in the first kHeadLines lines of `text` that are not blank. The head ends before the first running
// text: a dateline, a line over kTitleBytes, or a sentence of some length. Only a dateline is looked for beyond: within
// all kHeadLines lines if an outlet stands in it, within kDatelineLines else.
//
// text   normalised (see normalize_text)
// title  the first line that is no furniture (menu, date, time code, label, a line that stands there four times). It
//        must be set apart: a blank line follows, or a dateline, byline or date, or a paragraph of kParagraphBytes, or
//        (if it is written like a title, Most Words Capitalised) any longer line. It has at most kTitleBytes, two words
//        or eight letters, does not end like a sentence or in the middle of one, holds no second sentence, and is no
//        byline, dateline, caption or name. A "# " before it is not shown, but belongs to the span.
// byline see parse_byline
// date   the dateline's, if it has a year; else a line that is a date and nothing else but a time, a weekday,
// "Published",
//        …; else the dateline's or such a line's with the only year that stands on the short lines of the head, if a
//        weekday written beside it agrees
[[nodiscard]] ArticleHead read_article_head(std::string_view text);

inline constexpr unsigned kHeadLines = 16;
inline constexpr unsigned kDatelineLines = 8;
inline constexpr unsigned kTitleBytes = 200;
inline constexpr unsigned kParagraphBytes = 120;

// The names in a byline, "Jane Doe and John Roe", or empty: "By Jane Doe", "BY JANE DOE, Staff Writer", "By Jane Doe
// and John Roe | Reuters". Each has two to six words; "By the time ..." and "By Associated Press" name nobody. Names
// after a comma count only in a list that ends with "and".
[[nodiscard]] std::string parse_byline(std::string_view line);

}  // namespace dateline
