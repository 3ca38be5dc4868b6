// SPDX-License-Identifier: GPL-2.0-or-later
//
// Compares the sources with what the index remembers of them (source_state.h), and reads what changed.
//
// A file whose size, times and inode are as they were is not opened. Of one that is opened, the records that stand
// where they stood with the bytes they had are kept; so a file that was touched costs its reading, a line added to a
// JSON Lines file that line's indexing. What leaves is what the sources named now no longer hold; other sources stay as
// they are, and so does what the system did not let be read: in a folder that cannot be opened, in the rest of a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "indexer/sources/batches.h"
#include "indexer/updating/source_state.h"

namespace dateline {

struct ChangeCounts {  // of articles
  std::uint64_t added = 0;
  std::uint64_t updated = 0;  // another text in the same place, or the same text in another
  std::uint64_t removed = 0;
  std::uint64_t unchanged = 0;  // of the sources named

  friend bool operator==(const ChangeCounts&, const ChangeCounts&) = default;
};

// What became of articles over all passes of a run.
struct ChangeTally {
  std::vector<std::uint64_t> gone;     // hashes of records whose place is empty now
  std::vector<std::uint64_t> arrived;  // of those whose place was
  std::uint64_t replaced = 0;          // by another text in the same place
  std::uint64_t held = 0;              // articles of the sources, as the last pass found them

  [[nodiscard]] ChangeCounts counts() const;
};

// What a reading is told on its way, and what it tells.
struct ReadingHooks {
  std::uint64_t wanted_bytes = UINT64_MAX;                    // of new records: the reading ends before the next one
  std::function<bool()> is_stopped = [] { return false; };    // asked before each record
  std::function<void(const std::string&)> on_folder;          // see walk_sources
  std::function<void(std::uint64_t)> on_known = [](auto) {};  // bytes of what has not changed
};

class SourceChanges {
 public:
  // conditions  hash of the options that decide what becomes of a record: if others, it is read again
  // tally       what becomes of the articles is added to it
  SourceChanges(SourceState&& old, std::uint64_t conditions, ChangeTally& tally)
      : old_(std::move(old)), conditions_(conditions), tally_(tally) {}

  // Drops what is of `source`; false if there is nothing.
  bool forget(std::string_view source);

  // Walks the sources and hands out, in batches, the records to index. Call at most once. Where the reading ends early,
  // as it does when on_batch throws NoMoreBatches, what it did not come to stays as it was.
  void read(const std::vector<std::string>& sources, const std::filesystem::path& database, const ReadLimits& limits,
            const ReadingHooks& hooks, const std::function<void(Batch&&)>& on_batch);

  // What became of the records handed out, in their order, and why some gave no article. Those behind the last of
  // `articles` were not indexed: they, too, stay as they were, and their files are read again by the next pass.
  // Call once, at the end.
  void settle(const std::vector<ArticleNumber>& articles, std::vector<PlacedSkip>&& skipped);

  // All of these once settled.
  [[nodiscard]] bool any() const { return any_; }
  [[nodiscard]] bool is_complete() const { return is_complete_; }  // false: some stayed as it was
  [[nodiscard]] const std::vector<ArticleNumber>& removed() const { return removed_; }
  [[nodiscard]] SourceState take_state() { return std::move(state_); }  // the last thing asked for
  [[nodiscard]] std::vector<Skipped> skipped() const;                   // in source order

 private:
  struct Place {
    std::size_t file;  // in read_again_
    std::size_t record;
  };

  void read_file(const SourceFile& file, const ReadLimits& limits, const ReadingHooks& hooks, BatchCutter& cutter);
  void leave_from(const Place& place);
  void compare(const FileState& before, const FileState& now);
  void drop(const FileState& file);

  SourceState old_;  // less and less of it: what was visited is in state_
  std::uint64_t conditions_;
  ChangeTally& tally_;
  SourceState state_;
  std::vector<std::pair<const std::string*, const FileState*>> visited_;  // in source order
  std::vector<std::pair<FileState*, FileState>> read_again_;              // with what it was before
  std::vector<Place> handed_out_;
  std::vector<PlacedSkip> skipped_sources_;  // `records_before`: how many files were visited before
  std::vector<ArticleNumber> removed_;
  std::uint64_t new_bytes_ = 0;  // of records handed out
  bool any_ = false;
  bool is_complete_ = true;
};

}  // namespace dateline
