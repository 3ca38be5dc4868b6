// SPDX-License-Identifier: GPL-2.0-or-later
//
// Tells when something changed below the sources, so that an index is kept current by running again.
//
// What changed is the run's business: it compares all sources with what the index remembers, so an event that gets lost
// or comes twice does no harm, and only that something may have changed must never be missed. Folders are therefore
// watched from before the run reads their names.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace dateline {

class SourceWatch {
 public:
  // Watches the sources themselves, which may come, go or be replaced. Throws FatalError (kInputOutput) where the
  // system allows no more watches.
  explicit SourceWatch(const std::vector<std::string>& sources);
  ~SourceWatch();
  SourceWatch(const SourceWatch&) = delete;
  SourceWatch& operator=(const SourceWatch&) = delete;

  // What changes in the folder, but not below it, counts from now on; nothing if it is gone, or watched already. Throws
  // as above.
  void add_folder(const std::string& folder);
  [[nodiscard]] std::size_t folders() const { return folders_.size(); }

  // Waits until something changed and then nothing for 0.3 s, or 5 s have passed since the first change: a burst is one
  // update. Returns false if `stop`, a file descriptor, became readable.
  [[nodiscard]] bool wait(int stop);

 private:
  [[nodiscard]] int add(const std::string& folder) const;
  [[nodiscard]] bool read_changes();

  int file_ = -1;
  std::set<int> folders_;                       // watches on whose every name counts
  std::map<int, std::set<std::string>> names_;  // … and on whose names only these do: the sources
};

}  // namespace dateline
