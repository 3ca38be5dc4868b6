// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/analysis.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "common/schema.h"
#include "indexer/passage_builder.h"
#include "indexer/sentence_splitter.h"

namespace dateline {
namespace {

// Longer than any article, and than most books: what is longer is read for names and quotes in pieces, for they take
// up to a hundred bytes of memory a byte of text.
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

// Where the piece of `text` from `begin` on ends: before a sentence, if that can be.
std::size_t piece_end(std::string_view text, std::size_t begin, const std::vector<Sentence>& sentences) {
  std::size_t end = begin + kPieceBytes;
  if (end >= text.size()) return text.size();
  const auto next = std::upper_bound(sentences.begin(), sentences.end(), end,
                                     [](std::size_t at, const Sentence& one) { return at < one.span.begin; });
  if (next != sentences.begin() && std::prev(next)->span.begin > begin) return std::prev(next)->span.begin;
  while ((text[end] & 0xC0) == 0x80) --end;
  return end;
}

// Puts together what was found in the pieces of an article.
class Pieces {
 public:
  explicit Pieces(AnalyzedArticle& whole) : whole_(whole) {}

  // begin  where the piece begins
  void add(std::size_t begin, ArticleNames&& names, const std::vector<Quote>& quotes) {
    std::vector<std::uint32_t> index;  // in the whole article, by that in the piece
    for (ArticleName& name : names.names) index.push_back(add(std::move(name)));
    const auto moved = [&](ByteSpan span) {
      const auto by = static_cast<std::uint32_t>(begin);
      return span.empty() ? span : ByteSpan{span.begin + by, span.end + by};
    };
    for (const Mention& mention : names.mentions) {
      whole_.names.mentions.push_back({moved(mention.span), index[mention.name], mention.by_role});
    }
    for (Quote quote : quotes) {
      for (ByteSpan* span : {&quote.span, &quote.speaker, &quote.cue}) *span = moved(*span);
      if (quote.name != kNobody) quote.name = index[quote.name];
      whole_.quotes.push_back(quote);
    }
  }

 private:
  std::uint32_t add(ArticleName&& name) {
    std::vector<ArticleName>& names = whole_.names.names;
    const auto [known, is_new] = index_.try_emplace({name.kind, name.name}, static_cast<std::uint32_t>(names.size()));
    if (is_new) {
      names.push_back(std::move(name));
    } else {
      ArticleName& here = names[known->second];
      if (here.gender == Gender::kUnknown) here.gender = name.gender;
      if (here.roles.empty()) here.roles = std::move(name.roles);
    }
    return known->second;
  }

  AnalyzedArticle& whole_;
  std::map<std::pair<NameKind, std::string>, std::uint32_t> index_;
};

void find_in_pieces(const std::vector<Sentence>& sentences, Finders& finders, AnalyzedArticle& analyzed) {
  const std::string_view text = analyzed.article.text;
  Pieces pieces(analyzed);
  auto next = sentences.begin();
  std::vector<Sentence> inside;
  for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end) {
    end = piece_end(text, begin, sentences);
    inside.clear();
    for (; next != sentences.end() && next->span.begin < end; ++next) {
      const std::size_t from = std::max<std::size_t>(next->span.begin, begin);
      const std::size_t to = std::min<std::size_t>(next->span.end, end);
      inside.push_back({{static_cast<std::uint32_t>(from - begin), static_cast<std::uint32_t>(to - begin)}});
      if (next->span.end > end) break;  // it goes on in the next piece
    }
    ArticleNames names = finders.names.find(text.substr(begin, end - begin));
    const std::vector<Quote> quotes = finders.quotes.find(inside, finders.names.tokens(), names);
    pieces.add(begin, std::move(names), quotes);
  }
}

}  // namespace

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
  if (analyzed.article.text.size() > kPieceBytes) {
    find_in_pieces(read->sentences, finders, analyzed);
  } else {
    analyzed.names = finders.names.find(analyzed.article.text);
    analyzed.quotes = finders.quotes.find(read->sentences, finders.names.tokens(), analyzed.names);
  }
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
