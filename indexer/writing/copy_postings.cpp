// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/writing/copy_postings.h"

#include <algorithm>

#include "common/byte_codec.h"
#include "common/error.h"
#include "common/metadata.h"

namespace dateline {

// An entry is a number of runs, one a batch: batch, number of keys, then of each how far it is from the one before and
// the article's place in the batch.
std::string copy_bucket_key(std::uint32_t bucket) {
  return {kMetaCopyKeys.front(), static_cast<char>(bucket >> 8), static_cast<char>(bucket)};
}

void CopyPostings::add(const std::vector<std::uint32_t>& keys, ArticleNumber article) {
  for (const std::uint32_t key : keys) postings_.emplace_back(copy_bucket(key), article, key / kCopyBuckets);
}

std::map<std::string, std::string> CopyPostings::encode() {
  const auto batch_of = [](const auto& posting) { return std::get<ArticleNumber>(posting) >> kBatchBits; };
  const auto order = [&](const auto& posting) {
    return std::tuple(std::get<0>(posting), batch_of(posting), std::get<2>(posting), std::get<1>(posting));
  };
  std::sort(postings_.begin(), postings_.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  std::map<std::string, std::string> entries;
  for (auto first = postings_.begin(); first != postings_.end();) {
    const auto last = std::find_if(first, postings_.end(), [&](const auto& posting) {
      return std::get<0>(posting) != std::get<0>(*first) || batch_of(posting) != batch_of(*first);
    });
    std::string& entry = entries[copy_bucket_key(std::get<0>(*first))];
    put_number(entry, batch_of(*first));
    put_number(entry, static_cast<std::uint64_t>(last - first));
    std::uint32_t before = 0;
    for (; first != last; ++first) {
      const auto& [bucket, article, rest] = *first;
      put_number(entry, rest - before);
      put_number(entry, article & ((std::uint64_t{1} << kBatchBits) - 1));
      before = rest;
    }
  }
  postings_.clear();
  return entries;
}

void for_each_copy_posting(const Xapian::Database& segment, std::uint32_t bucket,
                           const std::function<void(std::uint32_t key, ArticleNumber article)>& on_posting) {
  const std::string bytes = read_metadata(segment, copy_bucket_key(bucket));
  ByteReader reader(bytes);
  while (!reader.rest().empty()) {
    const std::uint64_t batch = reader.number();
    std::uint32_t rest = 0;
    for (std::uint64_t count = reader.number(); count > 0 && reader.ok(); --count) {
      rest = reader.small_number(rest);
      const std::uint64_t place = reader.number();
      if (rest > UINT32_MAX / kCopyBuckets) reader.fail();
      if (reader.ok()) on_posting(rest * kCopyBuckets + bucket, (batch << kBatchBits) + place);
    }
  }
  if (!reader.ok()) {
    throw FatalError({ErrorCode::kIndex, "the keys of copies are damaged",
                      "index the sources again with: dateline-index --rebuild"});
  }
}

}  // namespace dateline
