// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/copies/copy_repair.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "common/name_key.h"
#include "indexer/copies/copied_numbers.h"
#include "indexer/copies/copied_sentences.h"
#include "indexer/copies/text_alignment.h"
#include "indexer/sentences/sentence_splitter.h"

namespace dateline {
namespace {

// Longer than any article: bounds the memory that an alignment takes.
constexpr std::size_t kMostBytes = std::size_t{1} << 20;

// The names of the source by those of the copy, which get those that they lack.
class SharedNames {
 public:
  SharedNames(const std::vector<ArticleName>& source, std::vector<ArticleName>& copy)
      : source_(source), copy_(copy), known_(source.size(), kNobody) {
    for (std::uint32_t i = 0; i < copy_.size(); ++i) by_key_.try_emplace(key_of(copy_[i]), i);
  }

  // The index in the copy of the source's name `name`.
  std::uint32_t in_copy(std::uint32_t name) {
    std::uint32_t& known = known_[name];
    if (known == kNobody) {
      const auto [own, is_new] = by_key_.try_emplace(key_of(source_[name]), static_cast<std::uint32_t>(copy_.size()));
      if (is_new) copy_.push_back(source_[name]);
      known = own->second;
    }
    return known;
  }

 private:
  static std::pair<NameKind, std::string> key_of(const ArticleName& name) { return {name.kind, name_key(name.name)}; }

  const std::vector<ArticleName>& source_;
  std::vector<ArticleName>& copy_;
  std::vector<std::uint32_t> known_;  // by name of the source
  std::map<std::pair<NameKind, std::string>, std::uint32_t> by_key_;
};

bool is_before(const Quote& a, const Quote& b) { return a.span.begin < b.span.begin; }

std::vector<Quote> copied_quotes(const std::vector<Quote>& said, const TextAlignment& alignment, SharedNames& names) {
  std::vector<Quote> quotes;
  for (const Quote& quote : said) {
    const std::optional<ByteSpan> span = alignment.find(quote.span);
    if (!span) continue;
    Quote copied;
    copied.span = *span;
    copied.kind = QuoteKind::kIndirect;
    copied.speaker = alignment.find(quote.speaker).value_or(ByteSpan{});
    copied.cue = alignment.find(quote.cue).value_or(ByteSpan{});
    if (quote.name != kNobody) copied.name = names.in_copy(quote.name);
    if (copied.name != kNobody || !copied.speaker.empty()) copied.rule = SpeakerRule::kCopy;
    quotes.push_back(copied);
  }
  std::sort(quotes.begin(), quotes.end(), is_before);  // parts may have been moved
  return quotes;
}

// `own` and `copied`, but for those of `own` that overlap one of `copied`. Both are in text order.
std::vector<Quote> merge_quotes(const std::vector<Quote>& own, std::vector<Quote>&& copied) {
  std::vector<Quote> kept;
  auto next = copied.cbegin();
  std::uint32_t behind = 0;  // all of `copied` up to `next`
  for (const Quote& quote : own) {
    for (; next != copied.cend() && next->span.begin < quote.span.end; ++next)
      behind = std::max(behind, next->span.end);
    if (behind <= quote.span.begin) kept.push_back(quote);
  }
  std::vector<Quote> merged;
  std::merge(kept.begin(), kept.end(), copied.begin(), copied.end(), std::back_inserter(merged), is_before);
  return merged;
}

// The mentions of the source that stand where the copy has none, in text order.
std::vector<Mention> copied_mentions(const std::vector<Mention>& mentions, const TextAlignment& alignment,
                                     const std::vector<Mention>& own, SharedNames& names) {
  std::vector<Mention> copied;
  for (const Mention& mention : mentions) {
    if (mention.by_role) continue;
    const std::optional<ByteSpan> span = alignment.find(mention.span);
    if (!span) continue;
    const auto near = std::lower_bound(own.begin(), own.end(), span->begin,
                                       [](const Mention& one, std::uint32_t at) { return one.span.end <= at; });
    if (near != own.end() && near->span.begin < span->end) continue;
    copied.push_back({*span, names.in_copy(mention.name), false});
  }
  drop_overlapping(copied);
  return copied;
}

}  // namespace

void repair_copy(AnalyzedArticle& stripped, const AnalyzedArticle& source) {
  const std::string& text = stripped.article.text;
  const std::string& better = source.article.text;
  if (text.size() > kMostBytes || better.size() > kMostBytes) return;
  const TextAlignment alignment(better, text);
  const std::vector<Sentence> sentences = split_sentences(better, source.article.language);
  stripped.restored = copy_numbers(better, sentences, text, alignment);
  stripped.layout =
      copy_sentences(text, split_sentences(text, stripped.article.language), read_layout(better, sentences), alignment);
  ArticleNames names = stripped.names;
  SharedNames shared(source.names.names, names.names);
  std::vector<Quote> quotes = copied_quotes(source.quotes, alignment, shared);
  const std::vector<Mention> mentions =
      copied_mentions(source.names.mentions, alignment, stripped.names.mentions, shared);
  if (quotes.empty() && mentions.empty()) return;
  names.mentions.clear();
  std::merge(stripped.names.mentions.begin(), stripped.names.mentions.end(), mentions.begin(), mentions.end(),
             std::back_inserter(names.mentions),
             [](const Mention& a, const Mention& b) { return a.span.begin < b.span.begin; });
  quotes = merge_quotes(stripped.quotes, std::move(quotes));
  stripped.own = NamesAndQuotes{std::exchange(stripped.names, std::move(names)),
                                std::exchange(stripped.quotes, std::move(quotes))};
}

void undo_repair(AnalyzedArticle& article) {
  article.restored.clear();
  article.layout.reset();
  if (!article.own) return;
  article.names = std::move(article.own->names);
  article.quotes = std::move(article.own->quotes);
  article.own.reset();
}

}  // namespace dateline
