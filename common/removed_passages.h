// SPDX-License-Identifier: GPL-2.0-or-later
//
// What of older segments is no longer of the collection. Segments never change: what an update takes out of them is
// listed in the metadata of the newest one, and passed over by readers until the segment, or the one it was merged
// into, is written anew without it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/error.h"
#include "common/schema.h"

namespace dateline {

// Half-open range of docids of a segment: the passages and the boilerplate of an article.
struct DocidRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const DocidRange&, const DocidRange&) = default;
};

// Of one segment.
struct RemovedPassages {
  std::vector<DocidRange> ranges;  // ascending, apart
  SegmentCounts counts;            // of the removed articles
  std::uint64_t length = 0;        // of their passages, as Xapian counts it

  [[nodiscard]] bool empty() const { return ranges.empty(); }
  [[nodiscard]] std::uint64_t documents() const;
  // Cost: logarithmic in the ranges.
  [[nodiscard]] bool hold(std::uint32_t docid) const;
  // Keeps the ranges in order; a range already there is a precondition violation.
  void add(DocidRange range);
  // What was removed from a segment whose documents now stand behind `documents` others.
  void add_behind(std::uint32_t documents, const RemovedPassages& other);
};

using RemovedBySegment = std::map<std::string, RemovedPassages>;  // by the segment's folder name

// No bytes if nothing was removed.
[[nodiscard]] std::string encode_removed(const RemovedBySegment& removed);
// Errors (kIndex): damaged.
[[nodiscard]] Result<RemovedBySegment> decode_removed(std::string_view bytes);

}  // namespace dateline
