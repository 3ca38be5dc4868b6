// SPDX-License-Identifier: GPL-2.0-or-later
//
// The folder of an index while a process writes to it: the lock, and what must not be left lying there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "common/error.h"
#include "common/manifest.h"

namespace dateline {

inline constexpr std::string_view kBuildingBegin = "building-";  // a scratch folder; the number of its process follows

// The number in "segment-12" or "building-12"; nothing for other names.
[[nodiscard]] std::optional<std::uint64_t> number_behind(std::string_view begin, std::string_view name);

// Held while writing; the kernel lets go of it when the process ends, however it ends.
class WriterLock {
 public:
  // Errors (kIndex): another process holds it, which is named; the folder cannot be written to.
  // gives_up  asked ten times a second while another process holds it; empty: it does at once
  static Result<WriterLock> take(const std::filesystem::path& directory, const std::function<bool()>& gives_up);

  WriterLock(WriterLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  WriterLock& operator=(WriterLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~WriterLock();

 private:
  explicit WriterLock(int file) : file_(file) {}
  int file_;
};

class IndexFolder {
 public:
  // Makes the folder if need be and takes the writer's lock (see there). Errors (kIndex): those of the lock; the folder
  // cannot be made, or holds what is not of an index.
  static Result<IndexFolder> open(const std::filesystem::path& directory, const std::function<bool()>& gives_up = {});

  IndexFolder(IndexFolder&&) noexcept = default;
  IndexFolder& operator=(IndexFolder&&) = delete;
  // Removes what is not of the state in force, however the run ends: a full disk must not stay full. But what was found
  // stays after leave_found.
  ~IndexFolder();

  // From now on what `manifest` does not name is not needed, and removed. Until the first call nothing is.
  //
  // is_found_kept  what waits in scratch folders (found_before.h) is gathered in this one's
  void set_in_force(Manifest manifest, bool is_found_kept = false);

  // The run was stopped: what it found is for the next one.
  void leave_found() { is_found_left_ = true; }

  [[nodiscard]] const Manifest& in_force() const { return in_force_; }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  // For what is not complete; the folder must be made. Its name tells whose it is.
  [[nodiscard]] std::filesystem::path scratch() const;

 private:
  IndexFolder(std::filesystem::path path, WriterLock lock) : path_(std::move(path)), lock_(std::move(lock)) {}

  std::filesystem::path path_;
  WriterLock lock_;
  Manifest in_force_;
  bool is_known_ = false;
  bool is_found_left_ = false;
};

// The smallest number above those of the segments that a manifest names.
[[nodiscard]] std::uint64_t next_segment(const Manifest& manifest);

}  // namespace dateline
