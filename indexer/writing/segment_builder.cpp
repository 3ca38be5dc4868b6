// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/writing/segment_builder.h"

#include <utility>

#include "common/stemmer.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

// The segments are merged so that each has at least so many times the passages of all newer ones together, which keeps
// their number logarithmic and merges each article as often …
constexpr std::uint64_t kTierRatio = 2;
// … but what has fewer passages than merge_below is always merged. A segment from which something was removed is merged
// as it is, and what was removed stays listed; if that is more than one part of so many, or the segment is small, it is
// written anew without it. (All written anew at every merge, 24 MB of scraped pages in passes of 8 MB cost CPU × 1.7.)
constexpr std::uint64_t kMaxRemovedShare = 8;

// How many of the oldest segments stay out of a merge with what comes new.
std::size_t count_unmerged(const std::vector<Segment>& segments, std::uint64_t new_passages,
                           std::uint64_t merge_below) {
  std::size_t unmerged = segments.size();
  for (std::uint64_t newer = new_passages; unmerged > 0; --unmerged) {
    const std::uint64_t passages = segments[unmerged - 1].counts.passages;
    if (passages >= merge_below && passages >= kTierRatio * newer) break;
    newer += passages;
  }
  return unmerged;
}

bool is_worth_copying(const Segment& segment) {
  return segment.removed.counts.passages * kMaxRemovedShare > segment.counts.passages;
}

}  // namespace

void SegmentBuilder::build(const std::vector<Segment>& old, const std::vector<fs::path>& databases,
                           const SegmentCounts& counts, std::optional<std::uint64_t> merge_below, const GoOn& go_on) {
  if (!merge_below) {
    for (const Segment& segment : old) {
      if (segment.counts.articles > 0) keep(segment);
    }
    return add({}, databases, counts, 0, go_on);
  }
  const std::size_t unmerged = count_unmerged(old, counts.passages, *merge_below);
  for (std::size_t i = 0; i < unmerged; ++i) add({old.begin() + static_cast<std::ptrdiff_t>(i), 1}, {}, {}, 0, go_on);
  add(std::span(old).subspan(unmerged), databases, counts, *merge_below, go_on);
}

void SegmentBuilder::add_newest(const fs::path& written) {
  write_metadata(written, [&](const PutMetadata& put) { put(std::string(kMetaRemoved), encode_removed(removed_)); });
  complete_newest_segment(written);
  const fs::path built = scratch_ / segment_name(next_++);
  fs::rename(written, built);
  take(built);
}

void SegmentBuilder::add(std::span<const Segment> segments, const std::vector<fs::path>& databases,
                         SegmentCounts counts, std::uint64_t merge_below, const GoOn& go_on) {
  if (databases.empty() && segments.size() == 1 && !is_worth_copying(segments.front())) return keep(segments.front());
  std::vector<fs::path> parts;
  Stemmers stemmers;
  RemovedPassages removed;
  StaleMetadata stale;
  Xapian::docid documents = 0;  // in the parts
  for (const Segment& segment : segments) {
    counts += segment.counts;
    const std::size_t first = parts.size();
    if (segment.removed.empty() || (!is_worth_copying(segment) && segment.counts.passages >= merge_below)) {
      parts.push_back(segment.path);
      removed.add_behind(documents, segment.removed);
      stale.add_removed(segment);
    } else {
      copy_remaining(segment, scratch_, stemmers, parts, go_on);
    }
    for (std::size_t i = first; i < parts.size(); ++i) documents += Xapian::Database(parts[i].string()).get_lastdocid();
  }
  if (counts.articles == 0) return;
  counts += removed.counts;
  parts.insert(parts.end(), databases.begin(), databases.end());
  const fs::path built = scratch_ / segment_name(next_++);
  merge_segment(parts, counts, stale, built, go_on);
  take(built);
  if (!removed.empty()) removed_[names_.back()] = std::move(removed);
}

void SegmentBuilder::keep(const Segment& segment) {
  names_.push_back(segment.path.filename().string());
  if (!segment.removed.empty()) removed_[names_.back()] = segment.removed;
}

void SegmentBuilder::take(const fs::path& built) {
  names_.push_back(built.filename().string());
  fs::rename(built, directory_ / names_.back());
}

}  // namespace dateline
