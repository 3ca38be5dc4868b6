// SPDX-License-Identifier: GPL-2.0-or-later
//
// One file to raw records, in order. Reads bytes and cuts them; does not parse.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace dateline {

enum class SourceFormat { kText, kJsonLines, kJson };

// By which the system tells that a file changed. Nobody can set the time of a change back as the other can be.
struct FileStamp {
  std::uint64_t size = 0;
  std::uint64_t modified_ns = 0;  // since 1970
  std::uint64_t changed_ns = 0;
  std::uint64_t inode = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// A file that holds articles.
struct SourceFile {
  std::string path;  // the SOURCE as given, and below it the names, joined by '/'
  SourceFormat format = SourceFormat::kText;
  FileStamp stamp{};  // from before it is read
};

// What was not indexed, and why. `line` is 0 where the whole file is meant.
struct Skipped {
  std::string path;
  std::uint64_t line = 0;
  std::string reason;
  bool wants_memory = false;  // it may be read another time, with more
  bool is_unread = false;     // nor was what stands behind it, or in it: the system did not give it, or not yet
};

// The bytes of one article, still in its source's form.
struct RawRecord {
  std::shared_ptr<const std::string> path;  // shared by the records of one file
  SourceFormat format = SourceFormat::kText;
  std::uint64_t line = 1;     // on which the record begins, from 1
  std::uint64_t ordinal = 1;  // the n-th record of its file, from 1; blank lines do not count, broken ones do
  std::string bytes;          // a whole text file; one line of JSON; one element of a JSON array
};

struct ReadLimits {
  std::uint64_t max_bytes = std::uint64_t{256} << 20;  // of one text or JSON file, unpacked; of one line of JSON Lines
  // What memory allows:
  std::uint64_t article_bytes = UINT64_MAX;  // of one text file, unpacked; of one record of JSON
  std::uint64_t file_bytes = UINT64_MAX;     // of one JSON file, unpacked
};

// Reads one file and hands out its records in order; memory is bounded by ReadLimits::max_bytes (JSON Lines stream).
//
// JSON      an array gives its elements, an object itself, or the elements of an array of objects that it wraps under a
//           usual name ("articles", "docs", "items", "results", …) if it has no text of its own. Values are cut by
//           their quotation marks and brackets, not parsed: a broken one is handed out as it is and ends where the next
//           line begins like its own. A .json file that holds JSON Lines is read as such. UTF-16 is decoded first.
// on_skip   unreadable (what was read before is kept, but no half of a record), empty, binary (a NUL byte in the first
// 8 KiB that UTF-16 does not explain, or an executable's,
//           image's, PDF's or archive's magic), too large, damaged gzip (what was read before the damage is kept),
//           a file called .gz that is no gzip, a JSON Lines line over the limit, a .json file that is neither an array
//           nor an object
void read_source_file(const SourceFile& file, const ReadLimits& limits,
                      const std::function<void(RawRecord&&)>& on_record,
                      const std::function<void(const Skipped&)>& on_skip);

}  // namespace dateline
