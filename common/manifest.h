// SPDX-License-Identifier: GPL-2.0-or-later
//
// The manifest: the stub file that names an index's segments. Renaming a new one into place is the commit.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/error.h"

namespace dateline {

inline constexpr const char* kManifestName = "XAPIANDB";
inline constexpr const char* kFreshManifestName = "XAPIANDB.new";  // on its way to become the manifest

// A number follows, which no other segment has as long as the index lives.
inline constexpr std::string_view kSegmentBegin = "segment-";

struct Manifest {
  std::vector<std::string> segments;  // folder names inside the index directory, oldest first
};

// Reads and checks the manifest of the index in `directory`.
//
// errors  kIndex: no such directory, no index in it, a manifest that is not one of ours, names no segment or one twice
[[nodiscard]] Result<Manifest> read_manifest(const std::filesystem::path& directory);

// Puts `manifest` in the place of the one there, atomically: a reader sees the old or the new. When this returns, the
// new one is on disk. What it names must be on disk before (see sync_tree). Throws FatalError (kIndex).
void replace_manifest(const std::filesystem::path& directory, const Manifest& manifest);

// Writes every file and folder below `directory`, and itself, to disk. Throws FatalError (kIndex).
void sync_tree(const std::filesystem::path& directory);

// Writes one file, or the names in one folder, to disk. Throws FatalError (kIndex).
void sync_path(const std::filesystem::path& path);

}  // namespace dateline
