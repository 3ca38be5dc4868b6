// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which articles of a segment have a copy key (copies/fingerprint.h). Stands in the segment's own metadata, so an
// update looks a new article's copies up without reading the others; an entry for each of kCopyBuckets parts of the
// keys, which are put one behind the other when segments are merged.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>
#include <xapian.h>

#include "common/schema.h"

namespace dateline {

inline constexpr std::uint32_t kCopyBuckets = 1024;
[[nodiscard]] inline std::uint32_t copy_bucket(std::uint32_t key) { return key % kCopyBuckets; }
[[nodiscard]] std::string copy_bucket_key(std::uint32_t bucket);

class CopyPostings {
 public:
  void add(const std::vector<std::uint32_t>& keys, ArticleNumber article);

  // The metadata entries of what was added, by key.
  [[nodiscard]] std::map<std::string, std::string> encode();

 private:
  std::vector<std::tuple<std::uint32_t, ArticleNumber, std::uint32_t>> postings_;  // bucket, article, rest of the key
};

// Calls on_posting for every posting in the bucket's entry, in no order; also for those of articles that are no longer
// of the collection. Throws FatalError (kIndex) where it is damaged.
void for_each_copy_posting(const Xapian::Database& segment, std::uint32_t bucket,
                           const std::function<void(std::uint32_t key, ArticleNumber article)>& on_posting);

}  // namespace dateline
