// SPDX-License-Identifier: GPL-2.0-or-later
//
// One raw record to an Article: decoding, fields, and the facts in the head of the text. Knows no passages, no index.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "common/article.h"
#include "common/error.h"
#include "indexer/sources/source_files.h"

namespace dateline {

// The names of JSON fields that the user added with --field KEY=NAME, by key: id, url, title, text, date, source,
// author. They go before the usual names: id/_id, url/link, title/headline, text/body/content/article, date/published/
// publish_date, source/outlet/publisher, author/authors/byline; all in any case.
using FieldNames = std::map<std::string, std::string>;

// Makes an Article of one record.
//
// returns  the article; an Error (kInputOutput, its message is the reason only) for an empty text, broken JSON, a JSON
//          value that is no object, a missing text field, text that is no string
// JSON     strings count, and numbers; of an object its "name", "title", "$oid" or "$date"; an array of authors is
//          joined to "Jane Doe, John Roe and Ann Poe", an array of paragraphs with blank lines. A field that is null,
//          empty or something else gives way to the next name. What no field asks for is skipped, not checked.
//          Lone surrogates and unknown escapes in a string are replaced; bytes that are no UTF-8 are decoded.
// one line title, outlet and the like: blanks collapsed, control characters gone, at most kFactBytes
// text     decoded (see decode_bytes) and normalised (normalize_text); stands as it was, head lines included
// title    the field; else a first non-blank line set apart: followed by a blank line (or by more text after a line
//          that ends without . ! ? , : and is at most 200 bytes), and not a dateline or a sentence's beginning
// byline   field, or a head line "By Jane Doe", "By JANE DOE and John Roe, Staff Writer": the names only
// outlet   field, or the dateline's bracket: "MOSCOW (Reuters) - ", "Washington (CNN)Kremlin", "PARIS, June 9 (AFP) —"
// dateline the place of such a dateline, also "BERLIN — …"; found only at the start of the body's first paragraphs
// date     field (ISO with or without time, "July 10, 2017", "10 July 2017", "Mon, 10 Jul 2017 …", "2017/07/10",
//          "20170710", Unix seconds or milliseconds as a number); else the dateline ("PARIS, June 9, 2017 (AFP)"); else
//          a line in the head of the text that is a date ("Mon Jul 10, 2017 | 9:09am EDT", "Published July 10, 2017",
//          "10 July 2017"). A date without a year takes it from a year elsewhere in the head if the weekday, where
//          given, agrees; else it is absent. Impossible dates are absent. The file's time stamp is never used.
//          (The rules in full: article_head.h, dateline_parser.h, date_parser.h.)
// language by stop-words (see detect_language)
// id       field id, else url, else the path, with "#ordinal" for JSON records
[[nodiscard]] Result<Article> parse_article(const RawRecord& record, const FieldNames& fields);

inline constexpr std::size_t kFactBytes = 1000;

}  // namespace dateline
