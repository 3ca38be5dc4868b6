// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/segments.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <memory>
#include <new>
#include <system_error>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/manifest.h"
#include "common/metadata.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kChecksumsName = "checksums";
constexpr const char* kVersionFileName = "iamglass";
constexpr const char* kXapianLockName = "flintlock";  // empty; Xapian may make it anew
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr std::size_t kChecksumDigits = 32;

Error unusable_segment(const fs::path& path, std::string_view what) {
  return Error{ErrorCode::kIndex, fmt::format("{}: {}", path.string(), what),
               "index the sources again with: dateline-index --rebuild"};
}

// Checksums by file name. Errors: no such file, a line that is none of ours.
Result<std::map<std::string, std::string>> read_checksums(const fs::path& directory) {
  std::ifstream file(directory / kChecksumsName, std::ios::binary);
  if (!file) return unusable_segment(directory, "its checksums cannot be read");
  std::map<std::string, std::string> checksums;
  for (std::string line; std::getline(file, line);) {
    const std::string_view text = line;
    if (text.size() < kChecksumDigits + 3 || text.substr(kChecksumDigits, 2) != "  ") {
      return unusable_segment(directory, "damaged: its checksums cannot be read");
    }
    checksums[line.substr(kChecksumDigits + 2)] = line.substr(0, kChecksumDigits);
  }
  return checksums;
}

// Xapian follows what stands in the version file without looking twice.
bool version_file_is_whole(const fs::path& directory) {
  std::error_code error;
  if (!fs::exists(directory / kChecksumsName, error)) return true;
  const auto checksums = read_checksums(directory);
  if (!checksums) return false;
  const auto known = checksums->find(kVersionFileName);
  return known != checksums->end() && known->second == checksum_of(directory / kVersionFileName);
}

Result<Segment> open_segment(const fs::path& path) {
  const auto unusable = [&](std::string_view what) { return unusable_segment(path, what); };
  if (!version_file_is_whole(path)) return unusable("damaged: its version file is not as it was written");
  try {
    Segment segment{path, Xapian::Database(path.string()), {}, 0, {}, false};
    const std::string schema = read_metadata(segment.database, std::string(kMetaSchema));
    if (schema.empty()) return unusable("not written by dateline-index");
    if (schema != std::to_string(kSchemaVersion)) {
      return unusable(fmt::format("schema {}; this program reads schema {}", schema, kSchemaVersion));
    }
    const std::string analyzer = read_metadata(segment.database, std::string(kMetaAnalyzer));
    if (analyzer != analyzer_fingerprint()) {
      return unusable(fmt::format("analyzed as '{}'; this program does '{}'", analyzer, analyzer_fingerprint()));
    }
    Result<SegmentCounts> counts = decode_counts(read_metadata(segment.database, std::string(kMetaCounts)));
    if (!counts) return unusable("damaged: its counts cannot be read");
    segment.counts = std::move(*counts);
    segment.length = segment.database.get_total_length();
    return segment;
  } catch (const Xapian::DatabaseCorruptError& error) {
    return unusable("damaged: " + error.get_msg());
  } catch (const FatalError& error) {
    return unusable(error.error().message);
  } catch (const Xapian::DatabaseError& error) {
    return unusable("cannot be opened: " + error.get_msg());
  }
}

// Tells the segments of an index what the newest one knows of them.
std::optional<Error> apply_removed(std::vector<Segment>& segments) {
  Segment& newest = segments.back();
  newest.is_newest = true;
  const Error damaged = unusable_segment(newest.path, "damaged: the list of what was removed cannot be read");
  try {
    if (read_metadata(newest.database, std::string(kMetaNextBatch)).empty()) {
      return unusable_segment(newest.path, "is not the newest segment, which the manifest does not name");
    }
    Result<RemovedBySegment> removed = decode_removed(read_metadata(newest.database, std::string(kMetaRemoved)));
    if (!removed) return damaged;
    for (Segment& segment : segments) {
      const auto here = removed->find(segment.path.filename().string());
      if (here == removed->end()) continue;
      segment.removed = std::move(here->second);
      const std::vector<DocidRange>& ranges = segment.removed.ranges;
      const SegmentCounts& gone = segment.removed.counts;
      if (ranges.empty() || ranges.back().end > segment.database.get_lastdocid() + std::uint64_t{1} ||
          gone.articles > segment.counts.articles || gone.passages > segment.counts.passages ||
          gone.text_bytes > segment.counts.text_bytes || segment.removed.length > segment.length) {
        return damaged;
      }
      segment.counts -= gone;
      segment.length -= segment.removed.length;
    }
  } catch (const Xapian::DatabaseError&) {
    return damaged;
  } catch (const FatalError&) {
    return damaged;
  }
  return std::nullopt;
}

}  // namespace

std::string checksum_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
  if (!state) throw std::bad_alloc();
  if (!file) return {};
  XXH3_128bits_reset(state.get());
  std::vector<char> block(std::min<std::uintmax_t>(kBlockBytes, fs::file_size(path) + 1));
  do {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    XXH3_128bits_update(state.get(), block.data(), static_cast<std::size_t>(file.gcount()));
  } while (file);
  if (file.bad()) return {};
  const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

void write_checksums(const fs::path& directory) {
  std::string lines;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    if (name != kXapianLockName) lines += fmt::format("{}  {}\n", checksum_of(directory / name), name);
  }
  const fs::path path = directory / kChecksumsName;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << lines;
  file.close();
  if (!file) {
    throw FatalError({ErrorCode::kIndex, fmt::format("{}: cannot be written: {}", path.string(), std::strerror(errno)),
                      "check the free space and the permissions of the index directory"});
  }
  sync_path(path);
  sync_path(directory);
}

std::optional<Error> check_checksums(const fs::path& directory) {
  const auto checksums = read_checksums(directory);
  if (!checksums) return checksums.error();
  for (const auto& [name, checksum] : *checksums) {
    const std::string found = checksum_of(directory / name);
    if (found != checksum) {
      return unusable_segment(
          directory, fmt::format("damaged: {} is {}", name, found.empty() ? "missing" : "not as it was written"));
    }
  }
  return std::nullopt;
}

Result<std::vector<Segment>> open_segments(const fs::path& directory) {
  for (;;) {
    const Result<Manifest> manifest = read_manifest(directory);
    if (!manifest) return manifest.error();
    std::vector<Segment> segments;
    bool replaced = false;
    for (const std::string& name : manifest->segments) {
      Result<Segment> segment = open_segment(directory / name);
      if (!segment) {
        // A writer may have replaced it, and be removing it, between our reading of the manifest and now.
        const Result<Manifest> newest = read_manifest(directory);
        replaced = newest && newest->segments != manifest->segments;
        if (!replaced) return segment.error();
        break;
      }
      segments.push_back(std::move(*segment));
    }
    if (replaced) continue;
    if (std::optional<Error> error = apply_removed(segments)) return *error;
    return segments;
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
