// SPDX-License-Identifier: GPL-2.0-or-later
//
// One raw record to everything that is known of its article: the stages of reading and finding, in their order.
#pragma once

#include <vector>

#include "common/article.h"
#include "common/error.h"
#include "indexer/article_parser.h"
#include "indexer/copies/fingerprint.h"
#include "indexer/names/article_pass.h"
#include "indexer/source_files.h"

namespace dateline {

struct AnalyzedArticle {
  Article article;
  std::vector<Passage> passages;  // in text order; at least one
  ArticleNames names;
  Fingerprint fingerprint{};
};

// Errors: those of parse_article; a text of nothing but blanks.
[[nodiscard]] Result<AnalyzedArticle> analyze_record(const RawRecord& record, const FieldNames& fields,
                                                     NameFinder& finder);

// How a record that gave no article is reported: a whole file without a line.
[[nodiscard]] Skipped skipped_record(const RawRecord& record, const Error& error);

}  // namespace dateline
