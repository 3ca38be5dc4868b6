// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any bytes as what an index stores: an Error or a value that holds together, never a read outside or a huge text.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "common/schema.h"

namespace {

void require(bool holds, const char* clause) {
  if (holds) return;
  std::fprintf(stderr, "fuzz_article_record: does not hold: %s\n", clause);
  std::abort();
}

void check_article(std::string_view bytes) {
  using namespace dateline;
  const Result<StoredArticle> stored = decode_article(bytes);
  if (!stored) {
    require(stored.error().code == ErrorCode::kIndex, "a damaged record is the index's fault");
    return;
  }
  require(stored->head.text.empty(), "the head has no text");
  require(stored->compressed_text.size() <= bytes.size(), "the text's frame is part of the record");
  require(
      stored->head.title_span.begin <= stored->head.title_span.end && stored->head.title_span.end <= stored->text_bytes,
      "the title stands in the text");
  std::uint32_t end = 0;
  for (const Passage& passage : stored->passages) {
    require(end <= passage.span.begin && passage.span.begin <= passage.span.end, "passages ascend");
    end = passage.span.end;
  }
  require(end <= stored->text_bytes, "passages stand in the text");
  for (const ArticleName& name : stored->names.names) {
    require(static_cast<std::size_t>(name.kind) < kNameKinds && name.gender <= Gender::kFemale, "names are of a kind");
  }
  end = 0;
  for (const Mention& mention : stored->names.mentions) {
    require(end <= mention.span.begin && mention.span.begin <= mention.span.end, "mentions ascend");
    require(mention.name < stored->names.names.size(), "every mention has its name");
    end = mention.span.end;
  }
  require(end <= stored->text_bytes, "mentions stand in the text");
  std::uint32_t begin = 0;
  for (const Quote& quote : stored->quotes) {
    require(begin <= quote.span.begin, "quotes are in the order of their beginnings");
    for (const ByteSpan& span : {quote.span, quote.speaker, quote.cue}) {
      require(span.begin <= span.end && span.end <= stored->text_bytes, "quotes stand in the text");
    }
    require(quote.name == kNobody || quote.name < stored->names.names.size(), "speakers have names");
    require(quote.kind <= QuoteKind::kIndirect && quote.rule <= kLastSpeakerRule, "quotes are of a kind");
    begin = quote.span.begin;
  }

  end = 0;
  for (const Boilerplate& one : stored->boilerplate) {
    require(end <= one.span.begin && one.span.begin <= one.span.end, "boilerplate ascends");
    require(one.reason <= kLastBoilerplateReason, "boilerplate has a reason");
    end = one.span.end;
  }
  require(end <= stored->text_bytes, "boilerplate stands in the text");

  const Result<std::string> text = decompress_text(*stored);
  if (!text) {
    require(text.error().code == ErrorCode::kIndex, "a damaged text is the index's fault");
    return;
  }
  require(text->size() == stored->text_bytes, "the text is as long as the record says");
  Article article = stored->head;
  article.text = *text;
  const Result<StoredArticle> again =
      decode_article(encode_article(article, stored->passages, stored->names, stored->quotes, stored->boilerplate));
  require(again.has_value(), "what decodes can be encoded");
  require(again->head.id == article.id && again->head.language == article.language &&
              again->head.line == article.line && again->head.title_span == article.title_span,
          "encoding keeps the head");
  require(again->passages.size() == stored->passages.size(), "encoding keeps the passages");
  for (std::size_t i = 0; i < stored->passages.size(); ++i) {
    require(again->passages[i].span == stored->passages[i].span && again->passages[i].line == stored->passages[i].line,
            "encoding keeps each passage");
  }
  require(again->names.names.size() == stored->names.names.size() &&
              again->names.mentions.size() == stored->names.mentions.size(),
          "encoding keeps the names");
  for (std::size_t i = 0; i < stored->names.names.size(); ++i) {
    const ArticleName& before = stored->names.names[i];
    const ArticleName& after = again->names.names[i];
    require(after.kind == before.kind && after.name == before.name && after.gender == before.gender &&
                after.roles == before.roles,
            "encoding keeps each name");
  }
  for (std::size_t i = 0; i < stored->names.mentions.size(); ++i) {
    const Mention& before = stored->names.mentions[i];
    const Mention& after = again->names.mentions[i];
    require(after.span == before.span && after.name == before.name && after.by_role == before.by_role,
            "encoding keeps each mention");
  }
  require(again->quotes.size() == stored->quotes.size(), "encoding keeps the quotes");
  for (std::size_t i = 0; i < stored->quotes.size(); ++i) {
    const Quote& before = stored->quotes[i];
    const Quote& after = again->quotes[i];
    require(after.span == before.span && after.speaker == before.speaker && after.cue == before.cue &&
                after.name == before.name && after.kind == before.kind && after.rule == before.rule &&
                after.confidence == before.confidence,
            "encoding keeps each quote");
  }
  const Result<std::string> same = decompress_text(*again);
  require(same && *same == *text, "encoding keeps the text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dateline;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_article(bytes);

  StoredArticle frame;
  frame.compressed_text = bytes;
  for (const std::uint32_t claimed : {0U, 14U, 1U << 16, 0xFFFFFFFFU}) {
    frame.text_bytes = claimed;
    const Result<std::string> text = decompress_text(frame);
    require(!text || text->size() == claimed, "the text is as long as was said");
  }

  const Result<PassageKey> key = decode_passage_key(bytes);
  if (key) {
    require(key->ordinal < key->count, "a passage is one of its article's");
    const Result<PassageKey> again = decode_passage_key(encode_passage_key(*key));
    require(again && again->article == key->article && again->ordinal == key->ordinal && again->count == key->count,
            "a passage key keeps its numbers");
  }

  const Result<SegmentCounts> counts = decode_counts(bytes);
  if (counts) {
    const Result<SegmentCounts> again = decode_counts(encode_counts(*counts));
    require(again && again->articles == counts->articles && again->passages == counts->passages &&
                again->quotes == counts->quotes && again->text_bytes == counts->text_bytes &&
                again->languages == counts->languages,
            "counts keep their numbers");
  }
  return 0;
}
