// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/writing/stale_metadata.h"

#include <algorithm>
#include <set>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/error.h"
#include "common/metadata.h"
#include "common/schema.h"
#include "indexer/writing/segment_writer.h"

namespace dateline {
namespace {

std::uint64_t hash_of(const std::string& value) { return XXH3_64bits(value.data(), value.size()); }

}  // namespace

void StaleMetadata::add_removed(const Segment& segment) {
  std::set<ArticleNumber> removed;
  auto value = segment.database.valuestream_begin(kSlotPassage);
  for (const DocidRange& range : segment.removed.ranges) {
    value.skip_to(range.begin);
    removed.insert(value_or_throw(decode_passage_key(*value)).article);
  }
  if (removed.empty()) return;
  // Removed from what was merged into this one, and written again into another part of it.
  for_each_article(segment, [&](ArticleNumber number) { removed.erase(number); });
  for (const ArticleNumber number : removed) {
    for (const auto& key_of : {article_metadata_key, lines_metadata_key, own_metadata_key, restored_metadata_key}) {
      const std::string held = read_metadata(segment.database, key_of(number));
      if (held.empty()) continue;
      Key& key = keys_[key_of(number)];
      key.values.push_back(hash_of(held));
      ++key.parts;
    }
  }
}

const std::string* StaleMetadata::choose(const std::string& key, std::size_t count, const std::string values[]) {
  const auto found = keys_.find(key);
  if (found == keys_.end()) return nullptr;
  Key& stale = found->second;
  const std::string* const end = values + count;
  const std::string* const newer = std::find_if(values, end, [&](const std::string& value) {
    return std::find(stale.values.begin(), stale.values.end(), hash_of(value)) == stale.values.end();
  });
  if (newer != end || count > stale.parts) stale.is_replaced = true;
  if (!stale.is_replaced) stale.parts -= count - 1;
  return newer != end ? newer : values;
}

void StaleMetadata::erase_from(Xapian::WritableDatabase& merged) const {
  for (const auto& [key, stale] : keys_) {
    if (!stale.is_replaced) merged.set_metadata(key, "");
  }
}

}  // namespace dateline
