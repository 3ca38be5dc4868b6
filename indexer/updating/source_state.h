// SPDX-License-Identifier: GPL-2.0-or-later
//
// What an index remembers of the files it was made from, so that the next run reads only what changed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/error.h"
#include "common/schema.h"
#include "indexer/sources/batches.h"
#include "indexer/sources/source_files.h"

namespace dateline {

inline constexpr ArticleNumber kNoArticle = ~ArticleNumber{0};

// A record as it was last read.
struct RecordState {
  std::uint64_t hash = 0;  // of its bytes and format
  std::uint64_t line = 0;
  ArticleNumber article = kNoArticle;

  friend bool operator==(const RecordState&, const RecordState&) = default;
};

struct FileState {
  FileStamp stamp;                   // all zero: to be read again whatever the next one says
  std::uint64_t conditions = 0;      // hash of the options it was read with
  std::vector<RecordState> records;  // by ordinal; those that could not be read have line 0
  std::vector<PlacedSkip> skipped;   // without path
};

using SourceState = std::map<std::string, FileState>;  // by path

[[nodiscard]] std::string encode_source_state(const SourceState& state);
// Errors (kIndex): damaged.
[[nodiscard]] Result<SourceState> decode_source_state(std::string_view bytes);

// Whether the file at `path` is `source` or stands below it.
[[nodiscard]] bool is_of_source(std::string_view path, std::string_view source);

}  // namespace dateline
