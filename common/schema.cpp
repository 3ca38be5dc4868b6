// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/schema.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <new>
#include <nlohmann/json.hpp>
#include <zstd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/analyzer.h"
#include "common/byte_codec.h"

namespace dateline {
namespace {

constexpr int kZstdLevel = 1;
constexpr std::size_t kZstdBlockBytes = std::size_t{128} << 10;
constexpr std::size_t kNumberBytes = 6;
// Terms may take 245 bytes, and a NUL in them counts twice.
constexpr std::size_t kMaxIdTermBytes = 200;

Error damaged(std::string_view what) {
  return {ErrorCode::kIndex, fmt::format("a stored {} is damaged", what), "index the sources again with --rebuild"};
}

std::string big_endian(ArticleNumber number) {
  std::string bytes(kNumberBytes, '\0');
  for (std::size_t i = kNumberBytes; i > 0; number >>= 8) bytes[--i] = static_cast<char>(number);
  return bytes;
}

template <typename Context>
Context* not_null(Context* context) {
  if (context == nullptr) throw std::bad_alloc();
  return context;
}

// zstd's contexts are worth keeping: setting one up costs more than a small article.
std::string compress(std::string_view text) {
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(not_null(ZSTD_createCCtx()),
                                                                                  &ZSTD_freeCCtx);
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(context.get(), out.data(), out.size(), text.data(), text.size(), kZstdLevel);
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();
  out.resize(size);
  return out;
}

}  // namespace

std::string analyzer_fingerprint() { return fmt::format("words-{} snowball-xapian", kAnalyzerVersion); }

std::string prefixed_term(std::string_view prefix, std::string_view word) {
  std::string term;
  term.reserve(prefix.size() + word.size());
  return term.append(prefix).append(word);
}

std::string id_term(std::string_view article_id) {
  std::string term(kPrefixId);
  if (article_id.size() <= kMaxIdTermBytes && article_id.find('\0') == std::string_view::npos) {
    return term.append(article_id);
  }
  for (const char c : article_id.substr(0, kMaxIdTermBytes - 16)) term.push_back(c == '\0' ? ' ' : c);
  const XXH128_hash_t hash = XXH3_128bits(article_id.data(), article_id.size());
  return term + fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string name_term(NameKind kind, std::string_view key) {
  if (key.empty() || key.size() > kMaxNameKeyBytes) return {};
  return prefixed_term(kPrefixNames[static_cast<std::size_t>(kind)], key);
}

std::string speaker_term(std::string_view key) {
  if (key.empty() || key.size() > kMaxNameKeyBytes) return {};
  return prefixed_term(kPrefixSpeaker, key);
}

unsigned speech_weight(std::size_t quoted_words) {
  return static_cast<unsigned>(std::min<std::size_t>(1 + quoted_words / 8, 4));
}

unsigned name_prominence(unsigned mentions, bool in_title, bool in_first_passage) {
  return std::min(mentions, 4U) + (in_title ? 2 : 0) + (in_first_passage ? 1 : 0);
}

std::string encode_passage_key(const PassageKey& key) {
  std::string bytes = big_endian(key.article);
  put_number(bytes, key.ordinal);
  put_number(bytes, key.count);
  return bytes;
}

Result<PassageKey> decode_passage_key(std::string_view bytes) {
  ByteReader reader(bytes);
  PassageKey key;
  for (const char c : reader.bytes(kNumberBytes)) key.article = key.article << 8 | static_cast<unsigned char>(c);
  key.ordinal = reader.small_number();
  key.count = reader.small_number();
  if (!reader.ok() || key.ordinal >= key.count) return damaged("passage key");
  return key;
}

std::string metadata_key(std::string_view table, ArticleNumber number) {
  return std::string(table) + big_endian(number);
}

std::string article_metadata_key(ArticleNumber number) { return metadata_key("a", number); }

std::string own_metadata_key(ArticleNumber number) { return metadata_key("o", number); }

std::string restored_metadata_key(ArticleNumber number) { return metadata_key("w", number); }

std::string lines_metadata_key(ArticleNumber number) { return "l" + big_endian(number); }

std::string date_value(std::string_view iso_date) {
  std::string value;
  for (const char c : iso_date) {
    if (c != '-') value.push_back(c);
  }
  if (!value.empty()) value.resize(8, '0');
  return value;
}

namespace {

// A span that stands near `from`, perhaps before it. An empty one is only that.
void put_near(std::string& out, std::uint32_t from, ByteSpan span) {
  put_number(out, span.size());
  if (span.empty()) return;
  const auto distance = static_cast<std::int64_t>(span.begin) - static_cast<std::int64_t>(from);
  put_number(out, static_cast<std::uint64_t>(distance < 0 ? -2 * distance - 1 : 2 * distance));
}

ByteSpan read_near(ByteReader& reader, std::uint32_t from) {
  const std::uint32_t size = reader.small_number();
  if (size == 0) return {};
  const std::uint64_t distance = reader.number();
  const std::uint64_t steps = distance / 2 + distance % 2;
  const bool before = distance % 2 != 0;
  const std::uint64_t room = before ? from : UINT32_MAX - from;
  if (steps > room) {
    reader.fail();
    return {};
  }
  ByteSpan span;
  span.begin = before ? from - static_cast<std::uint32_t>(steps) : from + static_cast<std::uint32_t>(steps);
  if (size > UINT32_MAX - span.begin) reader.fail();
  span.end = reader.ok() ? span.begin + size : span.begin;
  return span;
}

void put_quotes(std::string& out, const std::vector<Quote>& quotes) {
  put_number(out, quotes.size());
  std::uint32_t begin = 0;
  for (const Quote& quote : quotes) {
    put_number(out, quote.span.begin - begin);
    put_number(out, quote.span.size());
    put_number(out, static_cast<std::uint64_t>(quote.rule) << 3 | static_cast<std::uint64_t>(quote.confidence) << 2 |
                        static_cast<std::uint64_t>(quote.kind));
    put_number(out, quote.name == kNobody ? 0 : std::uint64_t{quote.name} + 1);
    put_near(out, quote.span.begin, quote.speaker);
    put_near(out, quote.span.begin, quote.cue);
    begin = quote.span.begin;
  }
}

void put_names(std::string& out, const ArticleNames& names) {
  put_number(out, names.names.size());
  for (const ArticleName& name : names.names) {
    put_number(out, static_cast<std::uint64_t>(name.kind) << 2 | static_cast<std::uint64_t>(name.gender));
    put_string(out, name.name);
    put_number(out, name.roles.size());
    for (const std::string& role : name.roles) put_string(out, role);
  }
  put_number(out, names.mentions.size());
  std::uint32_t end = 0;
  for (const Mention& mention : names.mentions) {
    put_number(out, mention.span.begin - end);
    put_number(out, std::uint64_t{mention.span.size()} << 1 | (mention.by_role ? 1U : 0U));
    put_number(out, mention.name);
    end = mention.span.end;
  }
}

// A fault makes the reader not ok. Returns the end of the last span.
std::uint32_t read_quotes(ByteReader& reader, std::size_t names, std::vector<Quote>& quotes) {
  const std::uint64_t count = reader.number();
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
    Quote quote;
    quote.span.begin = begin = reader.small_number(begin);
    quote.span.end = reader.small_number(begin);
    const std::uint64_t facts = reader.number();
    const std::uint64_t name = reader.number();
    if ((facts & 3) > static_cast<std::uint64_t>(QuoteKind::kIndirect) ||
        facts >> 3 > static_cast<std::uint64_t>(kLastSpeakerRule) || name > names) {
      reader.fail();
      return end;
    }
    quote.kind = static_cast<QuoteKind>(facts & 3);
    quote.confidence = static_cast<Confidence>(facts >> 2 & 1);
    quote.rule = static_cast<SpeakerRule>(facts >> 3);
    quote.name = name == 0 ? kNobody : static_cast<std::uint32_t>(name - 1);
    quote.speaker = read_near(reader, begin);
    quote.cue = read_near(reader, begin);
    end = std::max({end, quote.span.end, quote.speaker.end, quote.cue.end});
    quotes.push_back(quote);
  }
  return end;
}

}  // namespace

std::string encode_article(const Article& article, const std::vector<Passage>& passages, const ArticleNames& names,
                           const std::vector<Quote>& quotes, const std::vector<Boilerplate>& boilerplate,
                           std::string_view compressed_text) {
  std::string out;
  for (const std::string* field : {&article.id, &article.path, &article.title, &article.byline, &article.outlet,
                                   &article.dateline, &article.date, &article.language}) {
    put_string(out, *field);
  }
  put_number(out, article.line);
  put_number(out, article.title_span.begin);
  put_number(out, article.title_span.size());
  put_number(out, passages.size());
  std::uint32_t end = 0;
  std::uint32_t line = 0;
  for (const Passage& passage : passages) {
    put_number(out, passage.span.begin - end);
    put_number(out, passage.span.size());
    put_number(out, passage.line - line);
    end = passage.span.end;
    line = passage.line;
  }
  put_names(out, names);
  put_quotes(out, quotes);
  put_number(out, boilerplate.size());
  end = 0;
  for (const Boilerplate& one : boilerplate) {
    put_number(out, one.span.begin - end);
    put_number(out, one.span.size());
    put_number(out, static_cast<std::uint64_t>(one.reason));
    end = one.span.end;
  }
  put_number(out, article.text.size());
  return compressed_text.empty() ? out + compress(article.text) : out.append(compressed_text);
}

namespace {

// A fault makes the reader not ok.
void read_names(ByteReader& reader, ArticleNames& names) {
  const std::uint64_t count = reader.number();
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
    ArticleName name;
    const std::uint64_t facts = reader.number();
    if (facts >> 2 >= kNameKinds || (facts & 3) > 2) return reader.fail();
    name.kind = static_cast<NameKind>(facts >> 2);
    name.gender = static_cast<Gender>(facts & 3);
    name.name = reader.string();
    const std::uint64_t roles = reader.number();
    for (std::uint64_t r = 0; r < roles && reader.ok(); ++r) name.roles.push_back(reader.string());
    names.names.push_back(std::move(name));
  }
  const std::uint64_t mentions = reader.number();
  std::uint32_t end = 0;
  for (std::uint64_t i = 0; i < mentions && reader.ok(); ++i) {
    Mention mention;
    mention.span.begin = reader.small_number(end);
    const std::uint64_t size = reader.number();
    if (size >> 1 > UINT32_MAX - mention.span.begin) return reader.fail();
    mention.by_role = (size & 1) != 0;
    mention.span.end = mention.span.begin + static_cast<std::uint32_t>(size >> 1);
    mention.name = reader.small_number();
    if (mention.name >= names.names.size()) return reader.fail();
    end = mention.span.end;
    names.mentions.push_back(mention);
  }
}

// A fault makes the reader not ok.
void read_boilerplate(ByteReader& reader, std::vector<Boilerplate>& boilerplate) {
  const std::uint64_t count = reader.number();
  std::uint32_t end = 0;
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
    Boilerplate one;
    one.span.begin = reader.small_number(end);
    one.span.end = end = reader.small_number(one.span.begin);
    const std::uint64_t reason = reader.number();
    if (reason > static_cast<std::uint64_t>(kLastBoilerplateReason)) return reader.fail();
    one.reason = static_cast<BoilerplateReason>(reason);
    boilerplate.push_back(one);
  }
}

}  // namespace

Result<StoredArticle> decode_article(std::string_view bytes) {
  ByteReader reader(bytes);
  StoredArticle stored;
  Article& head = stored.head;
  for (std::string* field :
       {&head.id, &head.path, &head.title, &head.byline, &head.outlet, &head.dateline, &head.date, &head.language}) {
    *field = reader.string();
  }
  head.line = reader.number();
  head.title_span.begin = reader.small_number();
  head.title_span.end = reader.small_number(head.title_span.begin);
  const std::uint64_t count = reader.number();
  if (count > reader.rest().size() / 3) return damaged("article");  // each passage takes three bytes and more
  stored.passages.reserve(count);
  Passage passage{{0, 0}, 0};
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
    passage.span.begin = reader.small_number(passage.span.end);
    passage.span.end = reader.small_number(passage.span.begin);
    passage.line = reader.small_number(passage.line);
    stored.passages.push_back(passage);
  }
  read_names(reader, stored.names);
  const std::uint32_t quotes_end = read_quotes(reader, stored.names.names.size(), stored.quotes);
  read_boilerplate(reader, stored.boilerplate);
  stored.text_bytes = reader.small_number();
  const bool names_fit = stored.names.mentions.empty() || stored.names.mentions.back().span.end <= stored.text_bytes;
  const bool boilerplate_fits = stored.boilerplate.empty() || stored.boilerplate.back().span.end <= stored.text_bytes;
  if (!reader.ok() || !names_fit || !boilerplate_fits || quotes_end > stored.text_bytes ||
      passage.span.end > stored.text_bytes || head.title_span.end > stored.text_bytes) {
    return damaged("article");
  }
  stored.compressed_text = reader.rest();
  return stored;
}

std::string encode_found(const NamesAndQuotes& found) {
  std::string out;
  put_names(out, found.names);
  put_quotes(out, found.quotes);
  return out;
}

Result<NamesAndQuotes> decode_found(std::string_view bytes, std::uint32_t text_bytes) {
  ByteReader reader(bytes);
  NamesAndQuotes found;
  read_names(reader, found.names);
  const std::uint32_t quotes_end = read_quotes(reader, found.names.names.size(), found.quotes);
  const std::vector<Mention>& mentions = found.names.mentions;
  const bool fits = quotes_end <= text_bytes && (mentions.empty() || mentions.back().span.end <= text_bytes);
  if (!reader.ok() || !fits || !reader.rest().empty()) return damaged("article");
  return found;
}

std::string encode_restored(const std::vector<RestoredNumber>& numbers) {
  std::string out;
  std::uint32_t last = 0;
  for (const RestoredNumber& number : numbers) {
    put_number(out, number.at - last);
    put_string(out, number.word);
    last = number.at;
  }
  return out;
}

Result<std::vector<RestoredNumber>> decode_restored(std::string_view bytes, std::uint32_t text_bytes) {
  ByteReader reader(bytes);
  std::vector<RestoredNumber> numbers;
  for (std::uint32_t last = 0; !reader.rest().empty();) {
    last = reader.small_number(last);
    RestoredNumber number{last, reader.string()};
    if (last >= text_bytes || number.word.empty() || number.word.size() > kMaxWordBytes) reader.fail();
    numbers.push_back(std::move(number));
  }
  if (!reader.ok()) return damaged("article");
  return numbers;
}

Result<std::string> decompress_text(const StoredArticle& stored) {
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(not_null(ZSTD_createDCtx()),
                                                                                  &ZSTD_freeDCtx);
  const std::string_view frame = stored.compressed_text;
  // The frame says its size too. A size is believed only if both agree on it and the frame can hold so much (a block of
  // at most 128 KiB takes four bytes or more), or a damaged record would take 4 GiB.
  if (ZSTD_getFrameContentSize(frame.data(), frame.size()) != stored.text_bytes ||
      stored.text_bytes / kZstdBlockBytes > frame.size() / 4) {
    return damaged("text");
  }
  std::string text(stored.text_bytes, '\0');
  const std::size_t size = ZSTD_decompressDCtx(context.get(), text.data(), text.size(), frame.data(), frame.size());
  if (ZSTD_isError(size) != 0 || size != text.size()) return damaged("text");
  return text;
}

SegmentCounts& SegmentCounts::operator+=(const SegmentCounts& other) {
  articles += other.articles;
  passages += other.passages;
  quotes += other.quotes;
  text_bytes += other.text_bytes;
  for (const auto& [language, count] : other.languages) languages[language] += count;
  return *this;
}

SegmentCounts& SegmentCounts::operator-=(const SegmentCounts& other) {
  articles -= other.articles;
  passages -= other.passages;
  quotes -= other.quotes;
  text_bytes -= other.text_bytes;
  for (const auto& [language, count] : other.languages) {
    if ((languages[language] -= count) == 0) languages.erase(language);
  }
  return *this;
}

std::string encode_counts(const SegmentCounts& counts) {
  return nlohmann::json{{"articles", counts.articles},
                        {"passages", counts.passages},
                        {"quotes", counts.quotes},
                        {"text_bytes", counts.text_bytes},
                        {"languages", counts.languages}}
      .dump();
}

Result<SegmentCounts> decode_counts(std::string_view json) {
  const auto value = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!value.is_object()) return damaged("count");
  SegmentCounts counts;
  for (const auto& [name, field] : {std::pair{"articles", &counts.articles}, std::pair{"passages", &counts.passages},
                                    std::pair{"quotes", &counts.quotes}, std::pair{"text_bytes", &counts.text_bytes}}) {
    const auto found = value.find(name);
    if (found == value.end() || !found->is_number_unsigned()) return damaged("count");
    *field = found->get<std::uint64_t>();
  }
  const auto languages = value.find("languages");
  if (languages == value.end() || !languages->is_object()) return damaged("count");
  for (const auto& [language, count] : languages->items()) {
    if (!count.is_number_unsigned()) return damaged("count");
    counts.languages[language] = count.get<std::uint64_t>();
  }
  return counts;
}

}  // namespace dateline
