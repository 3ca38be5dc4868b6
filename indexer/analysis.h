// SPDX-License-Identifier: GPL-2.0-or-later
//
// One raw record to everything that is known of its article: the stages of reading and finding, in their order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/error.h"
#include "indexer/articles/article_parser.h"
#include "indexer/boilerplate/line_counts.h"
#include "indexer/copies/story_pass.h"
#include "indexer/finders.h"
#include "indexer/sentences/passage_builder.h"
#include "indexer/sources/source_files.h"

namespace dateline {

struct AnalyzedArticle {
  Article article;
  std::vector<Sentence> sentences;  // of the text, until it is cut into passages; none if they are yet to be split
  std::vector<Passage> passages;    // in text order; once they are cut, at least one
  ArticleNames names;
  std::vector<Quote> quotes;             // in text order
  std::optional<NamesAndQuotes> own;     // of an article whose names and quotes were repaired: what it had by itself
  std::vector<RestoredNumber> restored;  // of one that was repaired, in text order
  std::optional<Layout> layout;          // of one that was repaired and is yet to be cut: its sentences as its source's
  std::vector<Boilerplate> boilerplate;  // in text order
  std::vector<LineHash> lines;           // of the text, in order
  Fingerprint fingerprint{};
  std::vector<std::uint32_t> copy_keys;  // of the fingerprint
  std::string compressed_text;           // as stored, of an article that was
};

[[nodiscard]] CopyFacts copy_facts(const AnalyzedArticle& analyzed);

// An article as far as its words go: nothing is known yet of its names and quotes.
struct ReadArticle {
  Article article;
  std::vector<Sentence> sentences;  // at least one
};

// Errors: those of parse_article; a text of nothing but blanks.
[[nodiscard]] Result<ReadArticle> read_article(const RawRecord& record, const FieldNames& fields);

// All that an article tells by itself: everything but boilerplate and passages. Errors: those of read_article.
[[nodiscard]] Result<AnalyzedArticle> analyze_record(const RawRecord& record, const FieldNames& fields,
                                                     Finders& finders);

// The lines of a record's article alone, for counting. Errors: those of parse_article.
[[nodiscard]] Result<std::vector<LineHash>> read_line_hashes(const RawRecord& record, const FieldNames& fields);

// Tells the boilerplate and cuts the rest into passages. `counts` are those of the whole collection.
void cut_passages(AnalyzedArticle& analyzed, const LineCounts& counts);

// Cuts an article that was repaired after it was cut once more: by its layout, around the boilerplate that it has.
void cut_repaired_passages(AnalyzedArticle& analyzed);

// The article of a stored record (see encode_article) and stored lines, as it was when it was stored. Errors: those of
// decode_article and decode_line_hashes.
[[nodiscard]] Result<AnalyzedArticle> restore_article(std::string_view record, std::string_view lines);

// Fills in the fingerprint and the copy_keys, which no record holds.
void add_fingerprint(AnalyzedArticle& analyzed);

// How a record that gave no article is reported: a whole file without a line.
[[nodiscard]] Skipped skipped_record(const RawRecord& record, const Error& error);

}  // namespace dateline
