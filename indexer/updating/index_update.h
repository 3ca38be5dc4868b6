// SPDX-License-Identifier: GPL-2.0-or-later
//
// One run of dateline-index: sources in, a new committed state of the index out.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "common/article.h"
#include "common/error.h"
#include "indexer/options.h"
#include "indexer/progress.h"
#include "indexer/updating/source_changes.h"

namespace dateline {

struct IndexReport {
  ChangeCounts articles;
  std::uint64_t held = 0;  // articles that the index holds now; of those, too:
  std::uint64_t passages = 0;
  std::uint64_t quotes = 0;
  std::uint64_t bytes = 0;                        // of article text
  std::array<std::uint64_t, kNameKinds> names{};  // different ones, by NameKind
  std::uint64_t copies = 0;                       // articles that are copies of a better one
  double seconds = 0;
  std::vector<Skipped> skipped;  // in source order
  bool is_complete = true;       // false: stopped before all sources were read
};

struct UpdateHooks {
  // Asked often, by any thread, and must not change its mind: once it says so no more is found, and of what was found
  // the first few megabytes are committed (memory_shares.h); the rest waits in the index for the next run. An index
  // that is to be replaced (--rebuild) then stays as it was.
  std::function<bool()> is_stopped = [] { return false; };
  // Waits while another process writes, until stopped, rather than report it.
  bool waits = false;
  // Called for each folder of the sources before its names are read, in every pass; may be empty.
  std::function<void(const std::string&)> on_folder;
};

// Brings `options.database`, which is made if need be, up to date with `options.sources`: what is new or changed there
// is indexed, what is gone leaves, what came from other sources stays but for `options.forget`. An index brought up to
// date answers as one made anew.
//
// A large run is committed as it goes (memory_shares.h), so that neither memory nor what a crash loses grows with the
// sources: pass after pass reads what is not in the index yet. Readers see the last state committed.
//
// errors  kIndex: another writer is at work, the directory holds something else, an index of another schema or a
//         damaged one without --rebuild, no room
// cost    a stat for a file that did not change; linear in the bytes of those that did, and in the different names and
//         files of the collection if any did. Of what is read, found and written together no more is in memory than
//         options.memory allows; the names, lines and files of the whole collection are, too.
[[nodiscard]] Result<IndexReport> update_index(const IndexOptions& options, Progress& progress,
                                               const UpdateHooks& hooks = {});

}  // namespace dateline
