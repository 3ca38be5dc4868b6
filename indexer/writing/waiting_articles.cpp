// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/writing/waiting_articles.h"

#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/byte_codec.h"

namespace dateline {
namespace {

FatalError fault(const char* what) {
  return FatalError({ErrorCode::kIndex, fmt::format("the index cannot be used: a scratch file {}", what),
                     "check the free space and the permissions of the index directory"});
}

// Of two parts, as if they were one.
std::uint64_t hash_of(std::string_view first, std::string_view rest) {
  XXH3_state_t state{};
  XXH3_64bits_reset(&state);
  XXH3_64bits_update(&state, first.data(), first.size());
  XXH3_64bits_update(&state, rest.data(), rest.size());
  return XXH3_64bits_digest(&state);
}

std::string read_bytes(const std::filesystem::path& file) {
  std::string bytes(std::filesystem::file_size(file), '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) throw fault("cannot be read");
  return bytes;
}

}  // namespace

std::string encode_waiting(ArticleNumber number, const AnalyzedArticle& analyzed) {
  std::string out;
  put_number(out, number);
  put_string(out, encode_article(analyzed.article, {}, analyzed.names, analyzed.quotes, {}, analyzed.compressed_text));
  put_string(out, encode_line_hashes(analyzed.lines));
  put_number(out, analyzed.copy_keys.size());
  std::uint32_t last = 0;
  for (const std::uint32_t key : analyzed.copy_keys) {
    put_number(out, key - last);
    last = key;
  }
  put_number(out, analyzed.sentences.size());
  std::uint32_t end = 0;
  for (const Sentence& sentence : analyzed.sentences) {
    put_number(out, sentence.span.begin - end);
    put_number(out, sentence.span.size());
    end = sentence.span.end;
  }
  return out;
}

// A file is the batch's key, a hash of the rest, what was skipped, and the articles.
void write_waiting(const std::filesystem::path& file, std::string_view key, const std::vector<PlacedSkip>& skipped,
                   std::string_view articles) {
  std::string skips;
  put_number(skips, skipped.size());
  for (const PlacedSkip& skip : skipped) {
    put_number(skips, skip.records_before);
    put_number(skips, skip.skipped.line);
    put_string(skips, skip.skipped.reason);
  }
  const std::uint64_t hash = hash_of(skips, articles);
  std::ofstream out(file, std::ios::binary);
  out.write(key.data(), kBatchKeyBytes);
  out.write(reinterpret_cast<const char*>(&hash), sizeof hash);
  for (const std::string_view part : {std::string_view(skips), articles}) {
    out.write(part.data(), static_cast<std::streamsize>(part.size()));
  }
  out.close();
  if (!out) throw fault("cannot be written");
}

std::string read_batch_key(const std::filesystem::path& file) {
  std::string key(kBatchKeyBytes, '\0');
  std::ifstream in(file, std::ios::binary);
  return in.read(key.data(), kBatchKeyBytes) ? key : std::string();
}

std::vector<PlacedSkip> read_waiting(
    const WaitingBatch& waiting,
    const std::function<void(ArticleNumber number, AnalyzedArticle&& analyzed)>& on_article) {
  const std::string bytes = read_bytes(waiting.file);
  ByteReader reader(bytes);
  (void)reader.bytes(kBatchKeyBytes);
  const std::string_view hash = reader.bytes(sizeof(std::uint64_t));
  const std::uint64_t wanted = hash_of(reader.rest(), {});
  if (!reader.ok() || std::memcmp(hash.data(), &wanted, sizeof wanted) != 0) throw fault("is damaged");
  std::vector<PlacedSkip> skipped;
  for (std::uint64_t n = reader.number(); n > 0 && reader.ok(); --n) {
    PlacedSkip& skip = skipped.emplace_back();
    skip.records_before = reader.number();
    skip.skipped.line = reader.number();
    skip.skipped.reason = reader.string();
  }
  while (!reader.rest().empty()) {
    const ArticleNumber number = waiting.first + reader.number();
    const std::string_view record = reader.bytes(reader.number());
    const std::string_view lines = reader.bytes(reader.number());
    std::vector<std::uint32_t> copy_keys;
    for (std::uint64_t n = reader.number(); n > 0 && reader.ok(); --n) {
      copy_keys.push_back(reader.small_number(copy_keys.empty() ? 0 : copy_keys.back()));
    }
    std::vector<Sentence> sentences;
    std::uint32_t end = 0;
    for (std::uint64_t n = reader.number(); n > 0 && reader.ok(); --n) {
      const std::uint32_t begin = reader.small_number(end);
      end = reader.small_number(begin);
      sentences.push_back({{begin, end}});
    }
    if (!reader.ok()) throw fault("is damaged");
    AnalyzedArticle article = value_or_throw(restore_article(record, lines));
    article.copy_keys = std::move(copy_keys);
    article.sentences = std::move(sentences);
    on_article(number, std::move(article));
  }
  return skipped;
}

}  // namespace dateline
