// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/index_folder.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <sys/file.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

#include "indexer/updating/found_before.h"
#include "indexer/writing/segment_builder.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLockName = "lock";
constexpr auto kLockAskedFor = std::chrono::milliseconds(100);

Error index_error(const fs::path& directory, std::string_view what, std::string hint) {
  return {ErrorCode::kIndex, fmt::format("{}: {}", directory.string(), what), std::move(hint)};
}

bool is_made_by_a_run(std::string_view name) {
  return number_behind(kSegmentBegin, name) || number_behind(kBuildingBegin, name) || name == kFreshManifestName;
}

// An empty or new directory, or one that holds what dateline-index writes and nothing else.
std::optional<Error> check_directory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error || !fs::is_directory(directory)) {
    return index_error(directory, error ? "cannot be made: " + error.message() : "not a folder",
                       "name another directory with --db");
  }
  // Before all else a run makes the lock; what only has the names of its folders is somebody else's.
  const bool known = fs::exists(directory / kManifestName, error) || fs::exists(directory / kLockName, error);
  for (const auto& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    if (name != kManifestName && name != kLockName && !(known && is_made_by_a_run(name))) {
      return index_error(directory, fmt::format("holds {}, so it is no index", name),
                         "name an empty or new directory with --db");
    }
  }
  return std::nullopt;
}

// Removes what is not named: an earlier segment, the scratch of a killed run. `spared`: a scratch folder, or empty.
void remove_orphans(const fs::path& directory, const std::vector<std::string>& named, const fs::path& spared) {
  std::vector<fs::path> orphans;
  for (const auto& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    const bool is_named = std::find(named.begin(), named.end(), name) != named.end();
    if (!is_named && is_made_by_a_run(name) && entry.path() != spared) orphans.push_back(entry.path());
  }
  for (const fs::path& orphan : orphans) fs::remove_all(orphan);
}

}  // namespace

std::optional<std::uint64_t> number_behind(std::string_view begin, std::string_view name) {
  if (!name.starts_with(begin)) return std::nullopt;
  name.remove_prefix(begin.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc() && end == name.data() + name.size() ? std::optional(number) : std::nullopt;
}

Result<WriterLock> WriterLock::take(const fs::path& directory, const std::function<bool()>& gives_up) {
  const fs::path path = directory / kLockName;
  WriterLock lock(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (lock.file_ < 0) {
    return index_error(directory, fmt::format("cannot write here: {}", std::strerror(errno)),
                       "check the permissions of the index directory");
  }
  while (flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    if (gives_up && !gives_up()) {
      std::this_thread::sleep_for(kLockAskedFor);
      continue;
    }
    std::string owner(20, '\0');
    const ssize_t size = pread(lock.file_, owner.data(), owner.size(), 0);
    owner.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    owner.resize(std::min(owner.find_first_not_of("0123456789"), owner.size()));
    return index_error(directory, fmt::format("process {} is writing this index", owner.empty() ? "(unknown)" : owner),
                       "wait until it is done");
  }
  const std::string self = fmt::format("{}\n", getpid());
  if (ftruncate(lock.file_, 0) != 0 || pwrite(lock.file_, self.data(), self.size(), 0) < 0) {
    return index_error(directory, fmt::format("cannot write here: {}", std::strerror(errno)),
                       "check the free space and the permissions of the index directory");
  }
  return lock;
}

WriterLock::~WriterLock() {
  if (file_ >= 0) close(file_);
}

Result<IndexFolder> IndexFolder::open(const fs::path& directory, const std::function<bool()>& gives_up) {
  if (std::optional<Error> error = check_directory(directory)) return *error;
  Result<WriterLock> lock = WriterLock::take(directory, gives_up);
  if (!lock) return lock.error();
  return IndexFolder(directory, std::move(*lock));
}

IndexFolder::~IndexFolder() {
  if (!is_known_) return;
  try {
    // A commit may have failed after the manifest was renamed, and not be on disk for good: then both states stay.
    std::vector<std::string> named = in_force_.segments;
    if (const Result<Manifest> there = read_manifest(path_)) {
      named.insert(named.end(), there->segments.begin(), there->segments.end());
    }
    const bool is_spared = is_found_left_ && gather_found(path_, scratch());
    remove_orphans(path_, named, is_spared ? scratch() : fs::path());
  } catch (const std::exception&) {  // the next run will try again
  }
}

void IndexFolder::set_in_force(Manifest manifest, bool is_found_kept) {
  in_force_ = std::move(manifest);
  is_known_ = true;
  const bool is_spared = is_found_kept && gather_found(path_, scratch());
  remove_orphans(path_, in_force_.segments, is_spared ? scratch() : fs::path());
}

fs::path IndexFolder::scratch() const { return path_ / fmt::format("{}{}", kBuildingBegin, getpid()); }

std::uint64_t next_segment(const Manifest& manifest) {
  std::uint64_t last = 0;
  for (const std::string& name : manifest.segments) {
    last = std::max(last, number_behind(kSegmentBegin, name).value_or(0));
  }
  return last + 1;
}

}  // namespace dateline
