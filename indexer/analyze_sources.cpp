// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/analyze_sources.h"

#include <cstdlib>
#include <iterator>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "indexer/analyze_output.h"
#include "indexer/copies/copy_repair.h"
#include "indexer/finders.h"
#include "indexer/memory_shares.h"
#include "indexer/writing/held_articles.h"

namespace dateline {
namespace {

using Producer = std::function<void(const std::function<void(Batch&&)>&)>;

HeldArticles hold_in_temporary_file() {
  const char* folder = std::getenv("TMPDIR");
  return {folder != nullptr && *folder != '\0' ? folder : "/tmp",
          {ErrorCode::kInputOutput, "cannot keep what was read in a temporary file",
           "make room in the folder for temporary files, or name another with TMPDIR"}};
}

// Which lines come how often in all of the sources.
LineCounts count_lines(const IndexOptions& options, const Producer& read, const BatchBounds& bounds) {
  LineCounts counts;
  run_batches<LineCounts>(
      options.threads, read,
      [&](Batch&& batch, unsigned) {
        LineCounts lines;
        for (const RawRecord& record : batch.records) {
          if (const auto hashes = read_line_hashes(record, options.fields)) lines.add(*hashes);
        }
        return lines;
      },
      [&](LineCounts&& lines) { counts.add(lines); }, bounds);
  counts.sort();
  return counts;
}

struct BatchAnalysis {
  std::vector<std::string> articles;  // encode_held
  std::vector<CopyFacts> copy_facts;
  std::vector<PlacedSkip> skipped;
};

BatchAnalysis analyze_batch(Batch&& batch, const FieldNames& fields, const LineCounts& counts, Finders& finders) {
  BatchAnalysis analysis{{}, {}, std::move(batch.skipped)};
  for (std::size_t i = 0; i < batch.records.size(); ++i) {
    const RawRecord& record = batch.records[i];
    Result<AnalyzedArticle> analyzed = analyze_record(record, fields, finders);
    if (analyzed) {
      cut_passages(*analyzed, counts);
      analysis.articles.push_back(encode_held(*analyzed));
      analysis.copy_facts.push_back(copy_facts(*analyzed));
    } else {
      analysis.skipped.push_back({i, skipped_record(record, analyzed.error())});
    }
  }
  return analysis;
}

// Which story an article is of, and what it is repaired from, is known when all are.
void write_analyses(const HeldArticles& held, const std::vector<CopyFacts>& facts,
                    const std::function<void(const std::string&)>& write) {
  const JoinedStories joined = join_stories(facts, common_keys(facts));
  std::vector<std::size_t> best(facts.size());
  std::iota(best.begin(), best.end(), 0U);
  for (const ArticleGroup& story : joined.stories) {
    for (const std::uint32_t i : story) best[i] = story.front();
  }
  const std::unordered_map<std::uint32_t, std::uint32_t> repairs(joined.repairs.begin(), joined.repairs.end());
  for (std::uint32_t i = 0; i < facts.size(); ++i) {
    AnalyzedArticle article = held.read(i);
    if (const auto repair = repairs.find(i); repair != repairs.end()) {
      repair_copy(article, held.read(repair->second));
      cut_repaired_passages(article);
    }
    write(analysis_json(article, facts[best[i]].id));
  }
}

}  // namespace

std::vector<Skipped> analyze_sources(const IndexOptions& options, const NamesModel& model, const NameAliases& aliases,
                                     const std::function<void(const std::string&)>& write) {
  const Producer read = [&](const auto& on_batch) {
    read_batches(options.sources, options.database, options.limits, on_batch);
  };
  const BatchBounds bounds{article_share(options.memory)};
  const LineCounts counts = count_lines(options, read, bounds);
  std::vector<Finders> finders;
  for (unsigned i = 0; i < options.threads; ++i) finders.emplace_back(model, aliases);
  HeldArticles held = hold_in_temporary_file();
  std::vector<CopyFacts> facts;
  std::vector<Skipped> skipped;
  run_batches<BatchAnalysis>(
      options.threads, read,
      [&](Batch&& batch, unsigned thread) {
        return analyze_batch(std::move(batch), options.fields, counts, finders[thread]);
      },
      [&](BatchAnalysis&& analysis) {
        for (const std::string& article : analysis.articles) held.add(article);
        std::move(analysis.copy_facts.begin(), analysis.copy_facts.end(), std::back_inserter(facts));
        append_in_source_order(std::move(analysis.skipped), skipped);
      },
      bounds);
  write_analyses(held, facts, write);
  return skipped;
}

}  // namespace dateline
