// SPDX-License-Identifier: GPL-2.0-or-later
//
// What runs that were stopped or killed had found and did not come to commit. A batch is known by the bytes of its
// records, so a run that goes on from the same state comes to the same batches and takes over what was found in them;
// of a source that changed meanwhile what no longer fits is not met, and goes with the scratch folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "indexer/sources/batches.h"

namespace dateline {

inline constexpr std::string_view kFoundBegin = "found-";  // a number follows

// Moves what waits in the scratch folders of `directory`, an index, to `scratch`, which is one of them and made if need
// be; all else in it is removed. Returns whether anything was found.
bool gather_found(const std::filesystem::path& directory, const std::filesystem::path& scratch);

class FoundBefore {
 public:
  // folder  where it was gathered; need not exist
  // seed    hash of all that decides what is found in a record
  FoundBefore(const std::filesystem::path& folder, std::uint64_t seed);

  [[nodiscard]] bool empty() const { return files_.empty(); }
  [[nodiscard]] std::string key_of(const Batch& batch) const;
  // The file (waiting_articles.h) of a batch; empty if there is none.
  [[nodiscard]] std::filesystem::path find(const std::string& key) const;

 private:
  std::uint64_t seed_;
  std::unordered_map<std::string, std::filesystem::path> files_;  // by key
};

}  // namespace dateline
