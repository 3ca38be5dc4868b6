// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a commit adds to an index: new segments beside the old, merged by tiers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "common/manifest.h"
#include "common/removed_passages.h"
#include "common/schema.h"
#include "common/segments.h"
#include "indexer/writing/segment_writer.h"

namespace dateline {

[[nodiscard]] inline std::string segment_name(std::uint64_t number) {
  return std::string(kSegmentBegin) + std::to_string(number);
}

// Builds the segments that follow old ones and names them, oldest first.
class SegmentBuilder {
 public:
  // directory  of the index
  // scratch    on the same file system
  // next       the number of the first segment: above that of any that the index has had
  SegmentBuilder(std::filesystem::path directory, std::filesystem::path scratch, std::uint64_t next)
      : directory_(std::move(directory)), scratch_(std::move(scratch)), next_(next) {}

  // Puts `databases` (see BatchWriter), which hold `counts`, behind `old`. Segments of fewer passages than merge_below,
  // and those that are small beside what is newer, are merged with what comes; none if there is no such number. Those
  // of which nothing is left are left out.
  void build(const std::vector<Segment>& old, const std::vector<std::filesystem::path>& databases,
             const SegmentCounts& counts, std::optional<std::uint64_t> merge_below, const GoOn& go_on);

  // Adds the segment that holds what is known of all together: `written` (see write_metadata, in the scratch folder),
  // and what is removed from the others.
  void add_newest(const std::filesystem::path& written);

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  void add(std::span<const Segment> segments, const std::vector<std::filesystem::path>& databases, SegmentCounts counts,
           std::uint64_t merge_below, const GoOn& go_on);
  void keep(const Segment& segment);
  void take(const std::filesystem::path& built);

  std::filesystem::path directory_;
  std::filesystem::path scratch_;
  std::uint64_t next_;
  std::vector<std::string> names_;
  RemovedBySegment removed_;
};

}  // namespace dateline
