// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/manifest.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <string_view>
#include <unistd.h>

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeader = "# Dateline index: the segments it is made of. Written by dateline-index.\n";
constexpr std::string_view kLineBegin = "auto ";
constexpr std::size_t kMaxDigits = 18;  // a number of so many fits in 64 bits

[[noreturn]] void fail(const char* what, const fs::path& path) {
  const std::string reason = std::strerror(errno);
  throw FatalError({ErrorCode::kIndex, fmt::format("{}: cannot {}: {}", path.string(), what, reason),
                    "check the free space and the permissions of the index directory"});
}

bool is_segment_name(std::string_view name) {
  return name.starts_with(kSegmentBegin) && name.size() > kSegmentBegin.size() &&
         name.size() <= kSegmentBegin.size() + kMaxDigits &&
         name.find_first_not_of("0123456789", kSegmentBegin.size()) == std::string_view::npos;
}

}  // namespace

Result<Manifest> read_manifest(const fs::path& directory) {
  const auto unusable = [&](std::string_view what, std::string hint) {
    return Error{ErrorCode::kIndex, fmt::format("{}: {}", directory.string(), what), std::move(hint)};
  };
  std::ifstream file(directory / kManifestName, std::ios::binary);
  if (!file) {
    std::error_code error;
    const bool exists = fs::exists(directory, error);
    return unusable(exists ? "no index here" : "no such index",
                    fmt::format("make one with: dateline-index -d {} SOURCE", directory.string()));
  }
  Manifest manifest;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const std::string_view name = std::string_view(line).substr(std::min(line.size(), kLineBegin.size()));
    // Only names that dateline-index gives, each once: a manifest must not lead out of its directory.
    const bool repeated =
        std::find(manifest.segments.begin(), manifest.segments.end(), name) != manifest.segments.end();
    if (!line.starts_with(kLineBegin) || !is_segment_name(name) || repeated) {
      return unusable("the manifest XAPIANDB is damaged", "index the sources again with: dateline-index --rebuild");
    }
    manifest.segments.emplace_back(name);
  }
  if (file.bad() || manifest.segments.empty()) {
    return unusable("the manifest XAPIANDB is damaged", "index the sources again with: dateline-index --rebuild");
  }
  return manifest;
}

void replace_manifest(const fs::path& directory, const Manifest& manifest) {
  const fs::path fresh = directory / kFreshManifestName;
  std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
  file << kHeader;
  for (const std::string& segment : manifest.segments) file << kLineBegin << segment << '\n';
  file.close();
  if (!file) fail("write", fresh);
  sync_path(fresh);
  std::error_code error;
  fs::rename(fresh, directory / kManifestName, error);
  if (error) {
    errno = error.value();
    fail("rename", fresh);
  }
  sync_path(directory);
}

void sync_path(const fs::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail("open", path);
  const int status = fsync(file);
  const int error = errno;
  close(file);
  errno = error;
  if (status != 0) fail("write to disk", path);
}

void sync_tree(const fs::path& directory) {
  for (const auto& entry : fs::recursive_directory_iterator(directory)) sync_path(entry.path());
  sync_path(directory);
}

}  // namespace dateline
