// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/repair_sources.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "common/metadata.h"
#include "indexer/copies/copy_repair.h"
#include "indexer/writing/segment_writer.h"

namespace dateline {
namespace {

AnalyzedArticle read_old(const std::vector<Segment>& segments, ArticleNumber number) {
  for (const Segment& segment : segments) {
    // Written again or taken out by this run, its words are the same.
    if (!read_metadata(segment.database, article_metadata_key(number)).empty())
      return read_stored_article(segment, number);
  }
  throw FatalError({ErrorCode::kIndex, fmt::format("article {} has copies and is not stored", number),
                    "index the sources again with: dateline-index --rebuild"});
}

}  // namespace

std::vector<ArticleNumber> find_changed_repairs(const Repairs& before, const Repairs& now,
                                                const std::function<bool(ArticleNumber)>& is_held,
                                                ArticleNumber first_new) {
  std::vector<ArticleNumber> changed;
  for (const auto& [copy, source] : now) {
    const auto known = before.find(copy);
    if (copy < first_new && (known == before.end() || known->second != source)) changed.push_back(copy);
  }
  for (const auto& [copy, source] : before) {
    if (is_held(copy) && !now.contains(copy)) changed.push_back(copy);
  }
  std::sort(changed.begin(), changed.end());
  return changed;
}

RepairSources::RepairSources(const Repairs& repairs, const std::vector<Segment>& segments,
                             const std::vector<WaitingBatch>& waiting, ArticleNumber first_new,
                             const std::filesystem::path& scratch) {
  if (repairs.empty()) return;
  held_.emplace(scratch, Error{ErrorCode::kIndex, "the index cannot be used: no room for a scratch file",
                               "check the free space and the permissions of the index directory"});
  std::map<ArticleNumber, std::size_t> places;  // by source
  for (const auto& [copy, source] : repairs) places.emplace(source, 0);
  const auto first_waiting = places.lower_bound(first_new);
  for (auto old = places.begin(); old != first_waiting; ++old) {
    old->second = held_->add(encode_held(read_old(segments, old->first)));
  }
  for (auto next = first_waiting; next != places.end();) {
    const std::uint64_t batch = next->first >> kBatchBits;
    read_waiting(waiting[batch - (first_new >> kBatchBits)], [&](ArticleNumber number, AnalyzedArticle&& article) {
      const auto wanted = places.find(number);
      if (wanted != places.end()) wanted->second = held_->add(encode_held(article));
    });
    next = places.lower_bound((batch + 1) << kBatchBits);
  }
  for (const auto& [copy, source] : repairs) place_.emplace(copy, places[source]);
}

void RepairSources::repair(ArticleNumber number, AnalyzedArticle& article) const {
  const auto place = place_.find(number);
  if (place != place_.end()) repair_copy(article, held_->read(place->second));
}

}  // namespace dateline
