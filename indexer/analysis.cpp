// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/analysis.h"

#include <utility>

#include "common/schema.h"
#include "indexer/passage_builder.h"
#include "indexer/sentence_splitter.h"

namespace dateline {

Result<AnalyzedArticle> analyze_record(const RawRecord& record, const FieldNames& fields, Finders& finders) {
  Result<Article> parsed = parse_article(record, fields);
  if (!parsed) return parsed.error();
  AnalyzedArticle analyzed{std::move(*parsed), {}, {}, {}};
  Article& article = analyzed.article;
  const std::vector<Sentence> sentences = split_sentences(article.text, article.language);
  analyzed.passages = build_passages(article.text, sentences, article.title_span);
  if (analyzed.passages.empty() && !article.title_span.empty()) {
    // A heading with nothing below it is the article's text: it must be findable.
    article.title_span = {};
    analyzed.passages = build_passages(article.text, sentences, article.title_span);
  }
  if (analyzed.passages.empty()) return Error{ErrorCode::kInputOutput, "no text", ""};
  analyzed.names = finders.names.find(article.text);
  analyzed.quotes = finders.quotes.find(sentences, finders.names.tokens(), analyzed.names);
  analyzed.fingerprint = fingerprint(article.text);
  return analyzed;
}

CopyFacts copy_facts(const AnalyzedArticle& analyzed) {
  const Article& article = analyzed.article;
  return {article.id, article.path, article.line, article.outlet, article.date, analyzed.fingerprint};
}

Result<AnalyzedArticle> restore_article(std::string_view record) {
  Result<StoredArticle> stored = decode_article(record);
  if (!stored) return stored.error();
  Result<std::string> text = decompress_text(*stored);
  if (!text) return text.error();
  AnalyzedArticle analyzed{
      std::move(stored->head), std::move(stored->passages), std::move(stored->names), std::move(stored->quotes), {}};
  analyzed.article.text = std::move(*text);
  analyzed.fingerprint = fingerprint(analyzed.article.text);
  return analyzed;
}

Skipped skipped_record(const RawRecord& record, const Error& error) {
  return {*record.path, record.format == SourceFormat::kText ? 0 : record.line, error.message};
}

}  // namespace dateline
