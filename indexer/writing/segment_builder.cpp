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
// … but what has fewer passages than merge_below is always merged, and a segment a part of which was removed is
// written again when that part is this one:
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
    return add({}, databases, counts, go_on);
  }
  const std::size_t unmerged = count_unmerged(old, counts.passages, *merge_below);
  for (std::size_t i = 0; i < unmerged; ++i) add({old.begin() + static_cast<std::ptrdiff_t>(i), 1}, {}, {}, go_on);
  add(std::span(old).subspan(unmerged), databases, counts, go_on);
}

void SegmentBuilder::add_newest(const fs::path& written) {
  write_metadata(written, [&](const PutMetadata& put) { put(std::string(kMetaRemoved), encode_removed(removed_)); });
  complete_newest_segment(written);
  const fs::path built = scratch_ / segment_name(next_++);
  fs::rename(written, built);
  take(built);
}

void SegmentBuilder::add(std::span<const Segment> segments, const std::vector<fs::path>& databases,
                         SegmentCounts counts, const GoOn& go_on) {
  if (databases.empty() && segments.size() == 1 && !is_worth_copying(segments.front())) return keep(segments.front());
  std::vector<fs::path> parts;
  Stemmers stemmers;
  for (const Segment& segment : segments) {
    counts += segment.counts;
    if (segment.removed.empty()) {
      parts.push_back(segment.path);
    } else {
      copy_remaining(segment, scratch_, stemmers, parts, go_on);
    }
  }
  if (counts.articles == 0) return;
  parts.insert(parts.end(), databases.begin(), databases.end());
  const fs::path built = scratch_ / segment_name(next_++);
  merge_segment(parts, counts, built, go_on);
  take(built);
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
