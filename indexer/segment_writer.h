// SPDX-License-Identifier: GPL-2.0-or-later
//
// Analyzed articles to Xapian: a small database a batch, and the merging of them into one segment.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "common/names_table.h"
#include "common/schema.h"
#include "common/stemmer.h"
#include "common/stories_table.h"
#include "indexer/analysis.h"
#include "indexer/copies/story_pass.h"

namespace dateline {

// Writes the articles of one batch to a fresh database of its own. One thread.
//
// Nothing here is synced: until a segment is named in the manifest it is scratch.
class BatchWriter {
 public:
  // directory  must not exist yet
  // batch      the batch's number, unique in the index for ever
  // stemmers   the calling thread's; kept between batches for their caches
  BatchWriter(const std::filesystem::path& directory, std::uint64_t batch, Stemmers& stemmers);
  ~BatchWriter();
  BatchWriter(const BatchWriter&) = delete;
  BatchWriter& operator=(const BatchWriter&) = delete;

  void add(const AnalyzedArticle& analyzed);

  // Writes what is left and closes the database. Call once, at the end.
  SegmentCounts finish();

  // What their copies are known by, in the articles' order. Call once, after finish().
  std::vector<CopyFacts> take_copy_facts() { return std::move(copy_facts_); }

 private:
  struct Database;
  std::unique_ptr<Database> database_;
  Stemmers& stemmers_;
  ArticleNumber first_article_;
  ArticleNumber next_article_;
  SegmentCounts counts_;
  std::vector<CopyFacts> copy_facts_;
};

// Merges batch databases, in their order, into the segment `directory`, with `counts`, the collection's `names` and
// `stories` and the schema in its metadata, and removes them. On return the segment is complete and on disk. Memory and
// open files are bounded.
void merge_segment(const std::vector<std::filesystem::path>& batches, const SegmentCounts& counts,
                   const std::vector<CollectionName>& names, const std::vector<Story>& stories,
                   const std::filesystem::path& directory);

}  // namespace dateline
