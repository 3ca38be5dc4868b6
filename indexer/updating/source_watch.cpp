// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/source_watch.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <poll.h>
#include <string_view>
#include <sys/inotify.h>
#include <unistd.h>

#include "common/error.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto kQuiet = std::chrono::milliseconds(300);
constexpr auto kPatience = std::chrono::seconds(5);

// A file that somebody keeps open and writes to is modified but never closed.
constexpr std::uint32_t kEvents = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE | IN_MOVED_FROM |
                                  IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

FatalError no_watch(std::string_view what) {
  return FatalError({ErrorCode::kInputOutput, fmt::format("{} cannot be watched: {}", what, std::strerror(errno)),
                     "raise fs.inotify.max_user_watches or max_user_instances, or run without --watch"});
}

}  // namespace

SourceWatch::SourceWatch(const std::vector<std::string>& sources) : file_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  if (file_ < 0) throw no_watch("the sources");
  for (const std::string& source : sources) {
    fs::path path = fs::absolute(source).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    if (const int watch = add(path.parent_path()); watch >= 0) names_[watch].insert(path.filename());
  }
}

SourceWatch::~SourceWatch() {
  if (file_ >= 0) close(file_);
}

int SourceWatch::add(const std::string& folder) const {
  const int watch = inotify_add_watch(file_, folder.c_str(), kEvents);
  if (watch < 0 && (errno == ENOSPC || errno == ENOMEM)) throw no_watch(folder);
  return watch;  // what cannot be opened the run reports
}

void SourceWatch::add_folder(const std::string& folder) {
  if (const int watch = add(folder); watch >= 0) folders_.insert(watch);
}

bool SourceWatch::wait(int stop) {
  std::optional<Clock::time_point> first;
  Clock::time_point last;
  for (;;) {
    int timeout = -1;
    if (first) {
      const auto left = std::min(last + kQuiet, *first + kPatience) - Clock::now();
      if (left <= Clock::duration::zero()) return true;
      timeout = static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count());
    }
    std::array<pollfd, 2> files{pollfd{file_, POLLIN, 0}, pollfd{stop, POLLIN, 0}};
    if (poll(files.data(), files.size(), timeout) < 0 && errno != EINTR) throw no_watch("the sources");
    if (files[1].revents != 0) return false;
    if (!read_changes()) continue;
    last = Clock::now();
    if (!first) first = last;
  }
}

// Takes the events that have come; true if one of them counts.
bool SourceWatch::read_changes() {
  bool changed = false;
  alignas(inotify_event) std::array<char, 16384> events;
  for (;;) {
    const ssize_t size = read(file_, events.data(), events.size());
    if (size <= 0) return changed;
    for (ssize_t at = 0; at < size;) {
      inotify_event event;
      std::memcpy(&event, &events[static_cast<std::size_t>(at)], sizeof event);
      const std::string_view name =
          event.len == 0 ? std::string_view() : &events[static_cast<std::size_t>(at) + sizeof event];
      at += static_cast<ssize_t>(sizeof event + event.len);
      const auto named = names_.find(event.wd);
      changed = changed || (event.mask & IN_Q_OVERFLOW) != 0 ||
                (folders_.contains(event.wd) && !name.starts_with('.')) ||
                (named != names_.end() && named->second.contains(std::string(name)));
      if ((event.mask & IN_IGNORED) == 0) continue;
      folders_.erase(event.wd);
      names_.erase(event.wd);
    }
  }
}

}  // namespace dateline
