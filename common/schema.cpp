// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/schema.h"

#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <zstd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/analyzer.h"

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

void put_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>(number | 0x80));
  out.push_back(static_cast<char>(number));
}

void put_string(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out.append(text);
}

// Reads what put_* wrote; after a fault every read gives nothing and ok() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    rest_ = {};
    return 0;
  }

  // `base` and the next number together; a fault if 32 bits do not hold the sum.
  std::uint32_t small_number(std::uint32_t base = 0) {
    const std::uint64_t value = number();
    if (value > UINT32_MAX - base) {
      ok_ = false;
      return base;
    }
    return base + static_cast<std::uint32_t>(value);
  }

  std::string_view bytes(std::uint64_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string string() { return std::string(bytes(number())); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

std::string big_endian(ArticleNumber number) {
  std::string bytes(kNumberBytes, '\0');
  for (std::size_t i = kNumberBytes; i > 0; number >>= 8) bytes[--i] = static_cast<char>(number);
  return bytes;
}

// zstd's contexts are worth keeping: setting one up costs more than a small article.
std::string compress(std::string_view text) {
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
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

std::string encode_passage_key(const PassageKey& key) {
  std::string bytes = big_endian(key.article);
  put_number(bytes, key.ordinal);
  put_number(bytes, key.count);
  return bytes;
}

Result<PassageKey> decode_passage_key(std::string_view bytes) {
  Reader reader(bytes);
  PassageKey key;
  for (const char c : reader.bytes(kNumberBytes)) key.article = key.article << 8 | static_cast<unsigned char>(c);
  key.ordinal = reader.small_number();
  key.count = reader.small_number();
  if (!reader.ok() || key.ordinal >= key.count) return damaged("passage key");
  return key;
}

std::string article_metadata_key(ArticleNumber number) { return "a" + big_endian(number); }

std::string date_value(std::string_view iso_date) {
  std::string value;
  for (const char c : iso_date) {
    if (c != '-') value.push_back(c);
  }
  if (!value.empty()) value.resize(8, '0');
  return value;
}

std::string encode_article(const Article& article, const std::vector<Passage>& passages) {
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
  put_number(out, article.text.size());
  out += compress(article.text);
  return out;
}

Result<StoredArticle> decode_article(std::string_view bytes) {
  Reader reader(bytes);
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
  stored.text_bytes = reader.small_number();
  if (!reader.ok() || passage.span.end > stored.text_bytes || head.title_span.end > stored.text_bytes) {
    return damaged("article");
  }
  stored.compressed_text = reader.rest();
  return stored;
}

Result<std::string> decompress_text(const StoredArticle& stored) {
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
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
  text_bytes += other.text_bytes;
  for (const auto& [language, count] : other.languages) languages[language] += count;
  return *this;
}

std::string encode_counts(const SegmentCounts& counts) {
  return nlohmann::json{{"articles", counts.articles},
                        {"passages", counts.passages},
                        {"text_bytes", counts.text_bytes},
                        {"languages", counts.languages}}
      .dump();
}

Result<SegmentCounts> decode_counts(std::string_view json) {
  const auto value = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!value.is_object()) return damaged("count");
  SegmentCounts counts;
  for (const auto& [name, field] : {std::pair{"articles", &counts.articles}, std::pair{"passages", &counts.passages},
                                    std::pair{"text_bytes", &counts.text_bytes}}) {
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
