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

// Brings `options.database`, which is made if need be, up to date with `options.sources`: what is new or changed there
// is indexed, what is gone leaves, what came from other sources stays but for `options.forget`. Readers see the old
// state until the new one is complete, and a run that ends early leaves it as it was. An index brought up to date
// answers as one made anew.
//
// is_stopped  asked often, by any thread: once it says so, no more is read, what is indexed so far is committed, and
// the
//         next run goes on from there. An index that is to be replaced (--rebuild) then stays as it was.
// errors  kIndex: another writer is at work, the directory holds something else, an index of another schema or a
//         damaged one without --rebuild, no room
// cost    a stat for a file that did not change; linear in the bytes of those that did, and in the different names and
//         files of the collection if any did; memory bounded by threads × a batch (batches.h) or the largest single
//         record, and by those names and files
[[nodiscard]] Result<IndexReport> update_index(
    const IndexOptions& options, Progress& progress, const std::function<bool()>& is_stopped = [] { return false; });

}  // namespace dateline
