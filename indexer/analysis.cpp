// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/analysis.h"

#include <utility>

#include "common/schema.h"
#include "indexer/passage_builder.h"
#include "indexer/sentence_splitter.h"

namespace dateline {

Result<ReadArticle> read_article(const RawRecord& record, const FieldNames& fields) {
  Result<Article> parsed = parse_article(record, fields);
  if (!parsed) return parsed.error();
  ReadArticle read{std::move(*parsed), {}, {}};
  Article& article = read.article;
  read.sentences = split_sentences(article.text, article.language);
  read.passages = build_passages(article.text, read.sentences, article.title_span);
  if (read.passages.empty() && !article.title_span.empty()) {
    // A heading with nothing below it is the article's text: it must be findable.
    article.title_span = {};
    read.passages = build_passages(article.text, read.sentences, article.title_span);
  }
  if (read.passages.empty()) return Error{ErrorCode::kInputOutput, "no text", ""};
  return read;
}

Result<AnalyzedArticle> analyze_record(const RawRecord& record, const FieldNames& fields, Finders& finders) {
  Result<ReadArticle> read = read_article(record, fields);
  if (!read) return read.error();
  AnalyzedArticle analyzed{std::move(read->article), std::move(read->passages), {}, {}};
  analyzed.names = finders.names.find(analyzed.article.text);
  analyzed.quotes = finders.quotes.find(read->sentences, finders.names.tokens(), analyzed.names);
  return analyzed;
}

Result<AnalyzedArticle> restore_article(std::string_view record) {
  Result<StoredArticle> stored = decode_article(record);
  if (!stored) return stored.error();
  Result<std::string> text = decompress_text(*stored);
  if (!text) return text.error();
  AnalyzedArticle analyzed{std::move(stored->head), std::move(stored->passages), std::move(stored->names),
                           std::move(stored->quotes)};
  analyzed.article.text = std::move(*text);
  return analyzed;
}

Skipped skipped_record(const RawRecord& record, const Error& error) {
  return {*record.path, record.format == SourceFormat::kText ? 0 : record.line, error.message};
}

}  // namespace dateline
