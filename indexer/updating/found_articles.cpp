// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/found_articles.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
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

// What the whole collection is to know of an article.
void add_to(BatchOutcome& outcome, const AnalyzedArticle& analyzed, ArticleNumber number) {
  outcome.lines.add(analyzed.lines);
  outcome.names.add(analyzed.article.text, analyzed.names);
  outcome.copies.add(copy_facts(analyzed), number);
}

WaitingBatch place_of(const Batch& batch, std::uint64_t first_batch, const fs::path& scratch) {
  return {scratch / fmt::format("{}{:06}", kWaitingBegin, batch.number), batch.bytes,
          (first_batch + batch.number) << kBatchBits};
}

// Nothing if the file, of another run, is damaged.
std::optional<BatchOutcome> take_over(const fs::path& file, const Batch& batch, WaitingBatch&& waiting) {
  BatchOutcome outcome;
  outcome.waiting = std::move(waiting);
  fs::rename(file, outcome.waiting.file);
  try {
    outcome.skipped = read_waiting(outcome.waiting, [&](ArticleNumber number, AnalyzedArticle&& analyzed) {
      analyzed.fingerprint = fingerprint(analyzed.article.text);
      add_to(outcome, analyzed, number);
    });
  } catch (const FatalError&) {
    return std::nullopt;
  }
  outcome.articles.resize(batch.records.size());
  for (PlacedSkip& skip : outcome.skipped) {
    if (skip.records_before >= batch.records.size()) return std::nullopt;
    skip.skipped.path = *batch.records[skip.records_before].path;
    outcome.articles[skip.records_before] = kNoArticle;
  }
  ArticleNumber next = outcome.waiting.first;
  for (ArticleNumber& article : outcome.articles) {
    if (article != kNoArticle) article = next++;
  }
  return outcome;
}

BatchOutcome find_in_batch(Batch&& batch, WaitingBatch&& waiting_batch, const std::string& key,
                           const FieldNames& fields, Finders& finders) {
  BatchOutcome outcome;
  outcome.waiting = std::move(waiting_batch);
  ArticleNumber next = 0;
  std::string waiting;
  for (std::size_t i = 0; i < batch.records.size(); ++i) {
    RawRecord& record = batch.records[i];
    const Result<AnalyzedArticle> analyzed = analyze_record(record, fields, finders);
    record.bytes = {};  // a batch may hold one huge article: do not keep its bytes beside its text
    outcome.articles.push_back(analyzed ? outcome.waiting.first + next : kNoArticle);
    if (!analyzed) {
      outcome.skipped.push_back({i, skipped_record(record, analyzed.error())});
      continue;
    }
    add_to(outcome, *analyzed, outcome.articles.back());
    waiting += encode_waiting(next++, *analyzed);
  }
  write_waiting(outcome.waiting.file, key, outcome.skipped, waiting);
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
  read_waiting(waiting, [&](ArticleNumber number, AnalyzedArticle&& article) {
    sources.repair(number, article);
    cut_passages(article, lines);
    writer.add(article, number);
  });
  written.counts = writer.finish();
  return written;
}

}  // namespace

FoundArticles find_articles(std::vector<Worker>& workers, const BatchBounds& bounds,
                            const std::function<void(const std::function<void(Batch&&)>&)>& produce,
                            std::uint64_t first_batch, const FieldNames& fields, const FoundBefore& before,
                            const fs::path& scratch, Progress& progress) {
  FoundArticles found;
  run_batches<BatchOutcome>(
      static_cast<unsigned>(workers.size()), produce,
      [&](Batch&& batch, unsigned thread) {
        const std::string key = before.key_of(batch);
        WaitingBatch waiting = place_of(batch, first_batch, scratch);
        if (const fs::path file = before.find(key); !file.empty()) {
          if (std::optional<BatchOutcome> known = take_over(file, batch, WaitingBatch(waiting))) {
            return std::move(*known);
          }
        }
        return find_in_batch(std::move(batch), std::move(waiting), key, fields, workers[thread].finders);
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

WrittenArticles write_articles(std::vector<Worker>& workers, const BatchBounds& bounds,
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
      bounds);
  return written;
}

}  // namespace dateline
