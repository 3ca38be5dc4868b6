// SPDX-License-Identifier: GPL-2.0-or-later
//
// What is known of the collection as a whole. Stands in the metadata of an index's newest segment, is brought up to
// date by every run that changes something, and written anew by its commit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>
#include <xapian.h>

#include "common/names_table.h"
#include "indexer/names/collection_pass.h"
#include "indexer/updating/source_state.h"
#include "indexer/updating/story_update.h"
#include "indexer/writing/segment_writer.h"

namespace dateline {

struct CollectionFacts {
  std::uint64_t next_batch = 0;  // batches are numbered for as long as the index lives
  SourceState sources;
  NameCounts names;  // of all articles that were not removed
  StoryFacts stories;
};

// Each part by itself, for mostly a run needs no more than the first two. Errors (kIndex): damaged.
[[nodiscard]] Result<std::uint64_t> read_next_batch(const Xapian::Database& newest_segment);
[[nodiscard]] Result<SourceState> read_sources(const Xapian::Database& newest_segment);
[[nodiscard]] Result<NameCounts> read_name_counts(const Xapian::Database& newest_segment);
[[nodiscard]] Result<StoryFacts> read_story_facts(const Xapian::Database& newest_segment);

// Calls `put` with all of it as metadata, by ascending key, with what queries need to know: the joined `names`. What is
// encoded is let go of.
void encode_facts(CollectionFacts&& facts, std::vector<CollectionName>&& names, const PutMetadata& put);

}  // namespace dateline
