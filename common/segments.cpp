// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/segments.h"

#include <fmt/format.h>

#include "common/manifest.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr int kAttempts = 5;

Result<Segment> open_segment(const fs::path& path) {
  const auto unusable = [&](std::string_view what) {
    return Error{ErrorCode::kIndex, fmt::format("{}: {}", path.string(), what),
                 "index the sources again with: dateline-index --rebuild"};
  };
  try {
    Segment segment{path, Xapian::Database(path.string()), {}};
    const std::string schema = segment.database.get_metadata(std::string(kMetaSchema));
    if (schema.empty()) return unusable("not written by dateline-index");
    if (schema != std::to_string(kSchemaVersion)) {
      return unusable(fmt::format("schema {}; this program reads schema {}", schema, kSchemaVersion));
    }
    const std::string analyzer = segment.database.get_metadata(std::string(kMetaAnalyzer));
    if (analyzer != analyzer_fingerprint()) {
      return unusable(fmt::format("analyzed as '{}'; this program does '{}'", analyzer, analyzer_fingerprint()));
    }
    Result<SegmentCounts> counts = decode_counts(segment.database.get_metadata(std::string(kMetaCounts)));
    if (!counts) return unusable("damaged: its counts cannot be read");
    segment.counts = std::move(*counts);
    return segment;
  } catch (const Xapian::DatabaseCorruptError& error) {
    return unusable("damaged: " + error.get_msg());
  } catch (const Xapian::DatabaseError& error) {
    return unusable("cannot be opened: " + error.get_msg());
  }
}

}  // namespace

Result<std::vector<Segment>> open_segments(const fs::path& directory) {
  for (int attempt = 1;; ++attempt) {
    const Result<Manifest> manifest = read_manifest(directory);
    if (!manifest) return manifest.error();
    std::vector<Segment> segments;
    bool vanished = false;
    for (const std::string& name : manifest->segments) {
      Result<Segment> segment = open_segment(directory / name);
      if (!segment) {
        // A writer may have replaced it between our reading of the manifest and now.
        vanished = attempt < kAttempts && !fs::exists(directory / name);
        if (!vanished) return segment.error();
        break;
      }
      segments.push_back(std::move(*segment));
    }
    if (!vanished) return segments;
  }
}

Result<SegmentCounts> count_segments(const fs::path& directory) {
  const Result<std::vector<Segment>> segments = open_segments(directory);
  if (!segments) return segments.error();
  SegmentCounts counts;
  for (const Segment& segment : *segments) counts += segment.counts;
  return counts;
}

}  // namespace dateline
