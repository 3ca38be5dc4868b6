// SPDX-License-Identifier: GPL-2.0-or-later
//
// Opens the segments that a manifest names and checks that this program can read them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>
#include <xapian.h>

#include "common/error.h"
#include "common/schema.h"

namespace dateline {

struct Segment {
  std::filesystem::path path;
  Xapian::Database database;
  SegmentCounts counts;
};

// Opens every segment of the index in `directory`, oldest first. A writer that commits meanwhile does no harm: the
// manifest is read again when a segment it named is gone.
//
// errors  kIndex: see read_manifest; a segment that cannot be opened, of another schema, or analyzed otherwise
[[nodiscard]] Result<std::vector<Segment>> open_segments(const std::filesystem::path& directory);

// The counts of all segments together. Errors as open_segments.
[[nodiscard]] Result<SegmentCounts> count_segments(const std::filesystem::path& directory);

}  // namespace dateline
