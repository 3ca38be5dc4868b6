// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sources as named on the command line to raw records, in a fixed order. Reads bytes and cuts them; does not parse.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dateline {

enum class SourceFormat { kText, kJsonLines, kJson };

// A file that holds articles.
struct SourceFile {
  std::string path;  // the SOURCE as given, and below it the names, joined by '/'
  SourceFormat format = SourceFormat::kText;
};

// What was not indexed, and why. `line` is 0 where the whole file is meant.
struct Skipped {
  std::string path;
  std::uint64_t line = 0;
  std::string reason;
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
};

// Walks `sources` in the order given, folders recursively and in byte order of the names.
//
// on_file   called for each file that by its name may hold articles: *.txt *.text *.md (and names without an extension)
//           as text, *.jsonl *.ndjson, *.json, each also with .gz, upper or lower case. Other files in folders are
//           passed over in silence; a file named on the command line is always taken, by content if its name tells
//           nothing. Names beginning with '.' inside folders are passed over, and so are empty and binary files without
//           an extension.
// on_skip   called for what cannot be read: a missing source, a folder without permission.
// Symbolic links are followed; every file and folder is visited once, by device and inode, whatever leads to it.
void walk_sources(const std::vector<std::string>& sources, const std::function<void(const SourceFile&)>& on_file,
                  const std::function<void(const Skipped&)>& on_skip);

// Reads one file and hands out its records in order; memory is bounded by ReadLimits::max_bytes (JSON Lines stream).
//
// JSON      an array gives its elements, an object itself, or the elements of an array of objects that it wraps under a
//           usual name ("articles", "docs", "items", "results", …) if it has no text of its own. Values are cut by
//           their quotation marks and brackets, not parsed: a broken one is handed out as it is and ends where the next
//           line begins like its own. A .json file that holds JSON Lines is read as such. UTF-16 is decoded first.
// on_skip   unreadable, empty, binary (a NUL byte in the first 8 KiB that UTF-16 does not explain, or an executable's,
//           image's, PDF's or archive's magic), too large, damaged gzip (what was read before the damage is kept),
//           a file called .gz that is no gzip, a JSON Lines line over the limit, a .json file that is neither an array
//           nor an object
void read_source_file(const SourceFile& file, const ReadLimits& limits,
                      const std::function<void(RawRecord&&)>& on_record,
                      const std::function<void(const Skipped&)>& on_skip);

}  // namespace dateline
