// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/found_articles.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <utility>

#include "indexer/analysis.h"
#include "indexer/writing/segment_writer.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

struct BatchOutcome {
  WaitingBatch waiting;
  NameCounts names;
  NumberedFacts copies;
  LineCounts lines;
  std::vector<ArticleNumber> articles;  // by record
  std::vector<PlacedSkip> skipped;
};

BatchOutcome find_in_batch(Batch&& batch, std::uint64_t first_batch, const fs::path& scratch, const FieldNames& fields,
                           Finders& finders) {
  BatchOutcome outcome;
  outcome.waiting = {scratch / fmt::format("waiting-{:06}", batch.number), batch.bytes};
  ArticleNumber next = (first_batch + batch.number) << kBatchBits;
  std::string waiting;
  for (std::size_t i = 0; i < batch.records.size(); ++i) {
    RawRecord& record = batch.records[i];
    const Result<AnalyzedArticle> analyzed = analyze_record(record, fields, finders);
    record.bytes = {};  // a batch may hold one huge article: do not keep its bytes beside its text
    outcome.articles.push_back(analyzed ? next++ : kNoArticle);
    if (!analyzed) {
      outcome.skipped.push_back({i, skipped_record(record, analyzed.error())});
      continue;
    }
    outcome.lines.add(analyzed->lines);
    outcome.names.add(analyzed->article.text, analyzed->names);
    outcome.copies.add(copy_facts(*analyzed), outcome.articles.back());
    waiting += encode_waiting(outcome.articles.back(), *analyzed);
  }
  write_waiting(outcome.waiting.file, waiting);
  return outcome;
}

void add_to(FoundArticles& found, BatchOutcome&& outcome) {
  found.waiting.push_back(std::move(outcome.waiting));
  found.names.add(std::move(outcome.names));
  found.copies.add(std::move(outcome.copies));
  found.lines.add_indexed(outcome.lines);
  for (PlacedSkip& skip : outcome.skipped) {
    skip.records_before += found.articles.size();
    found.skipped.push_back(std::move(skip));
  }
  found.articles.insert(found.articles.end(), outcome.articles.begin(), outcome.articles.end());
}

struct WrittenBatch {
  fs::path database;
  SegmentCounts counts;
  std::uint64_t bytes = 0;
};

WrittenBatch write_batch(const WaitingBatch& waiting, const LineCounts& lines, const RepairSources& sources,
                         Stemmers& stemmers) {
  WrittenBatch written{
      waiting.file.parent_path() / ("database-" + waiting.file.filename().string()), {}, waiting.bytes};
  BatchWriter writer(written.database, stemmers);
  read_waiting(waiting.file, [&](ArticleNumber number, AnalyzedArticle&& article) {
    sources.repair(number, article);
    cut_passages(article, lines);
    writer.add(article, number);
  });
  written.counts = writer.finish();
  fs::remove(waiting.file);
  return written;
}

}  // namespace

FoundArticles find_articles(std::vector<Worker>& workers, const BatchBounds& bounds,
                            const std::function<void(const std::function<void(Batch&&)>&)>& produce,
                            std::uint64_t first_batch, const FieldNames& fields, const fs::path& scratch,
                            Progress& progress) {
  FoundArticles found;
  run_batches<BatchOutcome>(
      static_cast<unsigned>(workers.size()), produce,
      [&](Batch&& batch, unsigned thread) {
        return find_in_batch(std::move(batch), first_batch, scratch, fields, workers[thread].finders);
      },
      [&](BatchOutcome&& outcome) {
        const auto articles = std::count_if(outcome.articles.begin(), outcome.articles.end(),
                                            [](ArticleNumber number) { return number != kNoArticle; });
        progress.found(static_cast<std::uint64_t>(articles), outcome.waiting.bytes);
        add_to(found, std::move(outcome));
      },
      bounds);
  return found;
}

WrittenArticles write_articles(std::vector<Worker>& workers, std::uint64_t max_bytes,
                               const std::vector<WaitingBatch>& waiting, const LineCounts& lines,
                               const RepairSources& sources, Progress& progress) {
  WrittenArticles written;
  run_batches<WrittenBatch>(
      static_cast<unsigned>(workers.size()),
      [&](const auto& on_batch) {
        for (const WaitingBatch& one : waiting) on_batch({0, {}, {}, one.bytes});
      },
      [&](Batch&& batch, unsigned thread) {
        return write_batch(waiting[batch.number], lines, sources, workers[thread].stemmers);
      },
      [&](WrittenBatch&& one) {
        written.databases.push_back(std::move(one.database));
        written.counts += one.counts;
        progress.written(one.bytes);
      },
      {max_bytes});
  return written;
}

}  // namespace dateline
