// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/collection_facts.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <string_view>
#include <utility>

#include "common/metadata.h"

namespace dateline {
namespace {

// Xapian keeps a metadata value of at most about a hundred megabytes.
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

std::string block_key(std::string_view name, std::size_t block) { return fmt::format("{}{:08}", name, block); }

void put_blocks(std::string_view name, std::string_view bytes, const PutMetadata& put) {
  for (std::size_t block = 0; !bytes.empty(); ++block) {
    put(block_key(name, block), std::string(bytes.substr(0, kBlockBytes)));
    bytes.remove_prefix(std::min(kBlockBytes, bytes.size()));
  }
}

std::string read_blocks(const Xapian::Database& database, std::string_view name) {
  std::string bytes;
  for (std::size_t block = 0;; ++block) {
    const std::string next = read_metadata(database, block_key(name, block));
    if (next.empty()) return bytes;
    bytes += next;
  }
}

}  // namespace

Result<std::uint64_t> read_next_batch(const Xapian::Database& newest_segment) {
  const std::string digits = read_metadata(newest_segment, std::string(kMetaNextBatch));
  std::uint64_t next = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), next);
  if (error != std::errc() || end != digits.data() + digits.size()) {
    return Error{ErrorCode::kIndex, "the number of the next batch is damaged",
                 "index the sources again with: dateline-index --rebuild"};
  }
  return next;
}

Result<SourceState> read_sources(const Xapian::Database& newest_segment) {
  return decode_source_state(read_blocks(newest_segment, kMetaSources));
}

Result<NameCounts> read_name_counts(const Xapian::Database& newest_segment) {
  return NameCounts::decode(read_blocks(newest_segment, kMetaNameCounts));
}

Result<StoryFacts> read_story_facts(const Xapian::Database& newest_segment) {
  return decode_story_facts(read_blocks(newest_segment, kMetaStoryFacts));
}

void encode_facts(CollectionFacts&& facts, std::vector<CollectionName>&& names, const PutMetadata& put) {
  put_blocks(kMetaNameCounts, std::exchange(facts.names, {}).encode(), put);
  put(std::string(kMetaNextBatch), std::to_string(facts.next_batch));
  put_blocks(kMetaSources, encode_source_state(std::exchange(facts.sources, {})), put);
  put_blocks(kMetaStoryFacts, encode_story_facts(facts.stories), put);
  encode_names(std::exchange(names, {}), put);
  for (const auto& [key, entry] : encode_stories(facts.stories.stories)) put(key, entry);
}

}  // namespace dateline
