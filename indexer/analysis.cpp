// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/analysis.h"

#include <utility>

#include "indexer/passage_builder.h"
#include "indexer/sentence_splitter.h"

namespace dateline {

Result<AnalyzedArticle> analyze_record(const RawRecord& record, const FieldNames& fields, NameFinder& finder) {
  Result<Article> parsed = parse_article(record, fields);
  if (!parsed) return parsed.error();
  AnalyzedArticle analyzed{std::move(*parsed), {}, {}};
  Article& article = analyzed.article;
  const std::vector<Sentence> sentences = split_sentences(article.text, article.language);
  analyzed.passages = build_passages(article.text, sentences, article.title_span);
  if (analyzed.passages.empty() && !article.title_span.empty()) {
    // A heading with nothing below it is the article's text: it must be findable.
    article.title_span = {};
    analyzed.passages = build_passages(article.text, sentences, article.title_span);
  }
  if (analyzed.passages.empty()) return Error{ErrorCode::kInputOutput, "no text", ""};
  analyzed.names = finder.find(article.text);
  analyzed.fingerprint = fingerprint(article.text);
  return analyzed;
}

Skipped skipped_record(const RawRecord& record, const Error& error) {
  return {*record.path, record.format == SourceFormat::kText ? 0 : record.line, error.message};
}

}  // namespace dateline
