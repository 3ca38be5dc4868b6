// SPDX-License-Identifier: GPL-2.0-or-later
//
// Analyzed articles to Xapian: a small database a batch, and the merging of them, and of older segments, into one.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/schema.h"
#include "common/segments.h"
#include "common/stemmer.h"
#include "indexer/analysis.h"
#include "indexer/go_on.h"
#include "indexer/writing/copy_postings.h"
#include "indexer/writing/stale_metadata.h"

namespace dateline {

// Writes the articles of one batch to a fresh database of its own. One thread.
//
// Nothing here is synced: until a segment is named in the manifest it is scratch.
class BatchWriter {
 public:
  // directory  must not exist yet
  // stemmers   the calling thread's; kept between batches for their caches
  BatchWriter(const std::filesystem::path& directory, Stemmers& stemmers);
  ~BatchWriter();
  BatchWriter(const BatchWriter&) = delete;
  BatchWriter& operator=(const BatchWriter&) = delete;

  void add(const AnalyzedArticle& analyzed, ArticleNumber number);

  // Writes what is left and closes the database. Call once, at the end.
  SegmentCounts finish();

 private:
  struct Database;
  std::unique_ptr<Database> database_;
  Stemmers& stemmers_;
  SegmentCounts counts_;
  CopyPostings postings_;
};

// Calls on_article for each article of `segment` that was not removed, in order. Throws FatalError (kIndex) for a
// damaged one.
void for_each_article(const Segment& segment, const std::function<void(ArticleNumber)>& on_article);

// An article of `segment` as it was written. Throws FatalError (kIndex): damaged.
[[nodiscard]] AnalyzedArticle read_stored_article(const Segment& segment, ArticleNumber number);

// Copies the articles of `segment` that were not removed to fresh databases in `scratch`, from their stored text, and
// adds those to `databases`. Cost: as indexing, but for reading and finding names.
void copy_remaining(const Segment& segment, const std::filesystem::path& scratch, Stemmers& stemmers,
                    std::vector<std::filesystem::path>& databases, const GoOn& go_on);

// Merges databases, in their order, into the segment `directory`, with `counts` and the schema in its metadata, and
// without what of `stale` is in them; `stale` serves one call. Those that stand beside it are scratch and removed. On
// return the segment is complete and on disk. Memory and open files are bounded.
void merge_segment(const std::vector<std::filesystem::path>& databases, const SegmentCounts& counts,
                   StaleMetadata& stale, const std::filesystem::path& directory, const GoOn& go_on);

using PutMetadata = std::function<void(const std::string& key, const std::string& value)>;

// Writes what `fill` puts to the database `directory`, which is made if need be; memory does not grow with it.
void write_metadata(const std::filesystem::path& directory, const std::function<void(const PutMetadata&)>& fill);

// Makes a segment without articles of a database of metadata. On return it is complete and on disk.
void complete_newest_segment(const std::filesystem::path& directory);

}  // namespace dateline
