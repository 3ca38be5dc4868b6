// SPDX-License-Identifier: GPL-2.0-or-later
//
// One pass over the sources: what is new or changed there, up to so many bytes, to a new committed state of the index.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>
#include <xapian.h>

#include "common/error.h"
#include "common/manifest.h"
#include "common/segments.h"
#include "indexer/options.h"
#include "indexer/progress.h"
#include "indexer/updating/collection_facts.h"
#include "indexer/updating/found_articles.h"
#include "indexer/updating/found_before.h"
#include "indexer/updating/source_changes.h"
#include "indexer/writing/segment_builder.h"

namespace dateline {

// What is the same in all passes of a run, and what they have together.
struct UpdateRun {
  const IndexOptions& options;
  const NamesModel& model;
  const NameAliases& aliases;
  std::uint64_t conditions;  // hash of all that decides what becomes of a record, but for the program itself
  std::uint64_t found_with;  // hash of that and of the program
  const std::function<bool()>& is_stopped;
  const std::function<void(const std::string&)>& on_folder;
  Progress& progress;
  std::vector<Worker> workers;
  ChangeTally tally;
};

// What an index holds before a pass; nothing if there is none yet.
struct IndexState {
  Manifest manifest;
  std::vector<Segment> segments;  // but for the newest
  std::optional<Xapian::Database> newest;
  SourceState sources;
  std::uint64_t next_batch = 0;
};
// Errors (kIndex): damaged, of another schema.
[[nodiscard]] Result<IndexState> read_state(const std::filesystem::path& directory);

struct PassOutcome {
  std::optional<Manifest> manifest;  // as committed; nothing if nothing changed
  bool is_complete = false;          // all of the sources was read
  SegmentCounts held;
  std::array<std::uint64_t, kNameKinds> names{};  // different ones, by NameKind
  std::uint64_t copies = 0;                       // articles that are copies of a better one
  std::vector<Skipped> skipped;                   // in source order
};

class IndexPass {
 public:
  // directory     of the index
  // scratch       a folder on the same file system, which the pass makes and its owner removes
  // next_segment  the number of the first segment to be written
  IndexPass(UpdateRun& run, std::filesystem::path directory, std::filesystem::path scratch, std::uint64_t next_segment,
            IndexState&& before);

  // Drops what is of `source`; false if there is nothing.
  bool forget(std::string_view source) { return changes_.forget(source); }

  // Call one of these once. On return the new state is committed, if anything changed.
  //
  // Nothing if the run is stopped before: the index is as it was, and what was found waits in the scratch folder, where
  // gather_found comes upon it.
  std::optional<PassOutcome> run();
  // After such a one: commits of what was found before as much as can be had in half a second, and is not stopped.
  PassOutcome run_last();

 private:
  struct Stopped {};

  PassOutcome finish();
  void find(std::uint64_t wanted_bytes);
  void read_facts();
  void take_out_removed();
  void join_stories();
  [[nodiscard]] std::vector<ArticleNumber> find_changed() const;
  void write();
  void move_changed(const std::vector<ArticleNumber>& changed);
  void write_newest();
  void commit();
  void report_old_state();

  UpdateRun& run_;
  const ChangeTally tally_before_;
  std::function<bool()> is_stopped_;
  GoOn go_on_;  // throws Stopped; up to the commit
  bool is_last_ = false;
  std::filesystem::path scratch_;
  std::filesystem::path directory_;
  IndexState before_;
  FoundBefore found_before_;
  ArticleNumber first_new_;
  SourceChanges changes_;
  SegmentBuilder builder_;
  FoundArticles found_;
  CollectionFacts facts_;
  NameCounts gone_names_;
  NumberedFacts gone_copies_;
  Repairs repairs_before_;
  std::function<bool(ArticleNumber)> is_held_;  // whether the collection has an article now
  WrittenArticles written_;
  PassOutcome outcome_;
};

}  // namespace dateline
