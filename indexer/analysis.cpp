// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/analysis.h"

#include <algorithm>
#include <utility>

#include "common/schema.h"
#include "indexer/article_lines.h"
#include "indexer/boilerplate.h"
#include "indexer/passage_builder.h"
#include "indexer/sentence_splitter.h"

namespace dateline {
namespace {

// Title and boilerplate are in no passage; but what is all that an article has must be findable.
void cut_passages(ReadArticle& read) {
  Article& article = read.article;
  const auto cut = [&] {
    std::vector<ByteSpan> left_out;
    for (const Boilerplate& one : read.boilerplate) left_out.push_back(one.span);
    if (!article.title_span.empty()) {
      const auto behind = std::find_if(left_out.begin(), left_out.end(),
                                       [&](const ByteSpan& span) { return span.begin > article.title_span.begin; });
      left_out.insert(behind, article.title_span);
    }
    read.passages = build_passages(article.text, read.sentences, left_out);
  };
  cut();
  if (read.passages.empty() && !read.boilerplate.empty()) {
    read.boilerplate.clear();
    cut();
  }
  if (read.passages.empty() && !article.title_span.empty()) {
    article.title_span = {};
    cut();
  }
}

}  // namespace

Result<ReadArticle> read_article(const RawRecord& record, const FieldNames& fields) {
  Result<Article> parsed = parse_article(record, fields);
  if (!parsed) return parsed.error();
  ReadArticle read{std::move(*parsed), {}, {}, {}};
  const Article& article = read.article;
  read.sentences = split_sentences(article.text, article.language);
  read.boilerplate = find_boilerplate(article.text, read_lines(article.text), read.sentences, article.title_span);
  cut_passages(read);
  if (read.passages.empty()) return Error{ErrorCode::kInputOutput, "no text", ""};
  return read;
}

Result<AnalyzedArticle> analyze_record(const RawRecord& record, const FieldNames& fields, Finders& finders) {
  Result<ReadArticle> read = read_article(record, fields);
  if (!read) return read.error();
  NamesAndQuotes found = finders.find(read->article.text, read->sentences);
  AnalyzedArticle analyzed{std::move(read->article), std::move(read->passages),    std::move(found.names),
                           std::move(found.quotes),  std::move(read->boilerplate), {}};
  analyzed.fingerprint = fingerprint(analyzed.article.text);
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
  AnalyzedArticle analyzed{std::move(stored->head), std::move(stored->passages), std::move(stored->names),
                           std::move(stored->quotes), std::move(stored->boilerplate), {}};
  analyzed.article.text = std::move(*text);
  analyzed.fingerprint = fingerprint(analyzed.article.text);
  return analyzed;
}

Skipped skipped_record(const RawRecord& record, const Error& error) {
  return {*record.path, record.format == SourceFormat::kText ? 0 : record.line, error.message};
}

}  // namespace dateline
