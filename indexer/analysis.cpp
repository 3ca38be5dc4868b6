// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/analysis.h"

#include <algorithm>
#include <utility>

#include "common/schema.h"
#include "indexer/boilerplate/article_lines.h"
#include "indexer/boilerplate/boilerplate.h"
#include "indexer/sentences/passage_builder.h"
#include "indexer/sentences/sentence_splitter.h"

namespace dateline {

Result<ReadArticle> read_article(const RawRecord& record, const FieldNames& fields) {
  Result<Article> parsed = parse_article(record, fields);
  if (!parsed) return parsed.error();
  ReadArticle read{std::move(*parsed), {}};
  read.sentences = split_sentences(read.article.text, read.article.language);
  if (read.sentences.empty()) return Error{ErrorCode::kInputOutput, "no text", ""};
  return read;
}

Result<AnalyzedArticle> analyze_record(const RawRecord& record, const FieldNames& fields, Finders& finders) {
  Result<ReadArticle> read = read_article(record, fields);
  if (!read) return read.error();
  AnalyzedArticle analyzed;
  analyzed.article = std::move(read->article);
  NamesAndQuotes found = finders.find(analyzed.article.text, read->sentences);
  analyzed.names = std::move(found.names);
  analyzed.quotes = std::move(found.quotes);
  analyzed.sentences = std::move(read->sentences);
  analyzed.lines = hash_lines(read_lines(analyzed.article.text), analyzed.article, record.format);
  add_fingerprint(analyzed);
  return analyzed;
}

void add_fingerprint(AnalyzedArticle& analyzed) {
  analyzed.fingerprint = fingerprint(analyzed.article.text);
  analyzed.copy_keys = copy_keys(analyzed.fingerprint);
}

CopyFacts copy_facts(const AnalyzedArticle& analyzed) {
  const Article& article = analyzed.article;
  return {article.id, article.path, article.line, article.outlet, article.date, analyzed.fingerprint};
}

Result<std::vector<LineHash>> read_line_hashes(const RawRecord& record, const FieldNames& fields) {
  const Result<Article> article = parse_article(record, fields);
  if (!article) return article.error();
  return hash_lines(read_lines(article->text), *article, record.format);
}

namespace {

// Cuts what is no boilerplate into passages.
void cut_rest(AnalyzedArticle& analyzed, const std::vector<Sentence>& sentences) {
  Article& article = analyzed.article;
  const auto cut = [&] {
    std::vector<ByteSpan> left_out;
    for (const Boilerplate& one : analyzed.boilerplate) left_out.push_back(one.span);
    if (!article.title_span.empty()) {
      const auto behind = std::find_if(left_out.begin(), left_out.end(),
                                       [&](const ByteSpan& span) { return span.begin > article.title_span.begin; });
      left_out.insert(behind, article.title_span);
    }
    analyzed.passages = analyzed.layout ? build_passages(article.text, *analyzed.layout, left_out)
                                        : build_passages(article.text, sentences, left_out);
  };
  cut();
  // Title and boilerplate are in no passage; but what is all that an article has must be findable.
  if (analyzed.passages.empty() && !analyzed.boilerplate.empty()) {
    analyzed.boilerplate.clear();
    cut();
  }
  if (analyzed.passages.empty()) {
    article.title_span = {};
    cut();
  }
}

}  // namespace

void cut_passages(AnalyzedArticle& analyzed, const LineCounts& counts) {
  const Article& article = analyzed.article;
  std::vector<Sentence> sentences = std::exchange(analyzed.sentences, {});
  if (sentences.empty()) sentences = split_sentences(article.text, article.language);
  std::vector<unsigned> articles;
  articles.reserve(analyzed.lines.size());
  for (const LineHash line : analyzed.lines) articles.push_back(counts.count(line));
  analyzed.boilerplate =
      find_boilerplate(article.text, read_lines(article.text), articles, sentences, article.title_span);
  cut_rest(analyzed, sentences);
}

void cut_repaired_passages(AnalyzedArticle& analyzed) {
  if (analyzed.layout) cut_rest(analyzed, {});
}

Result<AnalyzedArticle> restore_article(std::string_view record, std::string_view lines) {
  Result<StoredArticle> stored = decode_article(record);
  if (!stored) return stored.error();
  Result<std::string> text = decompress_text(*stored);
  if (!text) return text.error();
  Result<std::vector<LineHash>> hashes = decode_line_hashes(lines);
  if (!hashes) return hashes.error();
  AnalyzedArticle analyzed;
  analyzed.article = std::move(stored->head);
  analyzed.article.text = std::move(*text);
  analyzed.passages = std::move(stored->passages);
  analyzed.names = std::move(stored->names);
  analyzed.quotes = std::move(stored->quotes);
  analyzed.boilerplate = std::move(stored->boilerplate);
  analyzed.lines = std::move(*hashes);
  analyzed.compressed_text = std::move(stored->compressed_text);
  return analyzed;
}

Skipped skipped_record(const RawRecord& record, const Error& error) {
  return {*record.path, record.format == SourceFormat::kText ? 0 : record.line, error.message};
}

}  // namespace dateline
