// SPDX-License-Identifier: GPL-2.0-or-later
//
// The two stages in which articles pass through the threads: found in the sources, and then, once all that is found is
// known, written. Between them they wait in files, for which of their lines are boilerplate only all together tell.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "common/schema.h"
#include "common/stemmer.h"
#include "indexer/articles/article_parser.h"
#include "indexer/finders.h"
#include "indexer/names/collection_pass.h"
#include "indexer/progress.h"
#include "indexer/sources/batches.h"
#include "indexer/updating/found_before.h"
#include "indexer/updating/line_changes.h"
#include "indexer/updating/repair_sources.h"
#include "indexer/updating/source_state.h"
#include "indexer/updating/story_update.h"
#include "indexer/writing/waiting_articles.h"

namespace dateline {

// What a thread keeps from one batch to the next.
struct Worker {
  Finders finders;
  Stemmers stemmers;
};

struct FoundArticles {
  std::vector<WaitingBatch> waiting;
  NameCounts names;
  NumberedFacts copies;
  LineChanges lines;
  std::vector<ArticleNumber> articles;  // by record handed out
  std::vector<PlacedSkip> skipped;
};

// Finds all that articles tell by themselves, batch by batch.
//
// produce      hands out the batches
// first_batch  the number of the first
// before       what was found before, to be taken over
// scratch      where the articles wait
[[nodiscard]] FoundArticles find_articles(std::vector<Worker>& workers, const BatchBounds& bounds,
                                          const std::function<void(const std::function<void(Batch&&)>&)>& produce,
                                          std::uint64_t first_batch, const FieldNames& fields,
                                          const FoundBefore& before, const std::filesystem::path& scratch,
                                          Progress& progress);

struct WrittenArticles {
  std::vector<std::filesystem::path> databases;  // see BatchWriter; in the order of what waited
  SegmentCounts counts;
};

// Writes what waits.
[[nodiscard]] WrittenArticles write_articles(std::vector<Worker>& workers, const BatchBounds& bounds,
                                             const std::vector<WaitingBatch>& waiting, const LineCounts& lines,
                                             const RepairSources& sources, Progress& progress);

}  // namespace dateline
