// SPDX-License-Identifier: GPL-2.0-or-later
//
// One run of dateline-index: sources in, a new committed state of the index out.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "common/article.h"
#include "common/error.h"
#include "indexer/options.h"
#include "indexer/progress.h"

namespace dateline {

struct IndexReport {
  std::uint64_t added = 0;
  std::uint64_t removed = 0;
  std::uint64_t passages = 0;
  std::uint64_t bytes = 0;                        // of article text
  std::array<std::uint64_t, kNameKinds> names{};  // different ones, by NameKind
  std::uint64_t copies = 0;                       // articles that are copies of a better one
  double seconds = 0;
  std::vector<Skipped> skipped;  // in source order
};

// Indexes `options.sources` into `options.database`, which is made if need be. Today every run writes the index anew,
// beside the old one: readers see the old state until the new one is complete, and a run that ends early leaves it
// as it was.
//
// errors  kIndex: another writer is at work, the directory holds something else, an index of another schema or a
//         damaged one without --rebuild, no room
// cost    linear in the bytes read; memory bounded by threads × a batch (batches.h) or the largest single record
[[nodiscard]] Result<IndexReport> update_index(const IndexOptions& options, Progress& progress);

}  // namespace dateline
