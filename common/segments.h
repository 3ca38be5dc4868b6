// SPDX-License-Identifier: GPL-2.0-or-later
//
// Opens the segments that a manifest names and checks that this program can read them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>
#include <xapian.h>

#include "common/error.h"
#include "common/removed_passages.h"
#include "common/schema.h"

namespace dateline {

struct Segment {
  std::filesystem::path path;
  Xapian::Database database;
  SegmentCounts counts;      // without what was removed
  std::uint64_t length = 0;  // of all passages that were not removed, as Xapian counts it
  RemovedPassages removed;
  bool is_newest = false;  // of its index: it alone knows of the whole collection
};

// Opens every segment of the index in `directory`, oldest first. A writer that commits meanwhile does no harm: the
// manifest is read again when a segment it named is gone. Once open a segment can be read to the end, for all its files
// are: that the writer removes their names takes nothing from who reads them.
//
// errors  kIndex: see read_manifest; a segment that cannot be opened, of another schema, analyzed otherwise, or whose
//         version file is not as it was written (Xapian 1.4 crashes on some that are damaged)
[[nodiscard]] Result<std::vector<Segment>> open_segments(const std::filesystem::path& directory);

// Writes the checksum of each file of the segment in `directory`, complete but for this, to a file beside them (as
// xxh128sum does), and that to disk. Cost: the files are read once.
void write_checksums(const std::filesystem::path& directory);

// Of a file's bytes, in hexadecimal digits; empty if it cannot be read.
[[nodiscard]] std::string checksum_of(const std::filesystem::path& file);

// The first file of the segment in `directory` that is not as it was written; nothing if all are.
[[nodiscard]] std::optional<Error> check_checksums(const std::filesystem::path& directory);

// The counts of all segments together. Errors as open_segments.
[[nodiscard]] Result<SegmentCounts> count_segments(const std::filesystem::path& directory);

}  // namespace dateline
