// SPDX-License-Identifier: GPL-2.0-or-later
//
// What names and quotes cost at indexing, on one core: a new index is made without both, with names, and with both, in
// turn, and the CPU of each is compared with the first's of the same pass.
//
// usage: bench_indexing MODEL SOURCE SCRATCH [PASSES]
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "common/error.h"
#include "indexer/analysis.h"
#include "indexer/boilerplate/article_lines.h"
#include "indexer/names/collection_pass.h"
#include "indexer/sources/batches.h"
#include "indexer/updating/collection_facts.h"
#include "indexer/writing/segment_writer.h"

namespace {

using namespace dateline;
namespace fs = std::filesystem;

enum Depth { kWords, kNames, kQuotes };
constexpr std::array<const char*, 3> kDepths = {"words alone", "with names", "with names and quotes"};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// CPU of indexing `source` into the folder `scratch`, made anew.
double index(const NamesModel& model, const std::string& source, const fs::path& scratch, Depth depth) {
  fs::remove_all(scratch);
  fs::create_directories(scratch);
  const double begin = cpu_seconds();
  const NameAliases aliases;
  Finders finders(model, aliases);
  Stemmers stemmers;
  std::vector<fs::path> databases;
  SegmentCounts counts;
  CollectionFacts facts;
  read_batches({source}, scratch, {}, [&](Batch&& batch) {
    std::vector<AnalyzedArticle> articles;
    for (const RawRecord& record : batch.records) {
      Result<ReadArticle> read = read_article(record, {});
      if (!read) continue;
      AnalyzedArticle& article = articles.emplace_back();
      article.article = std::move(read->article);
      article.lines = hash_lines(read_lines(article.article.text), article.article, record.format);
      add_fingerprint(article);
      cut_passages(article, {});
      if (depth >= kNames) article.names = finders.names.find(article.article.text);
      if (depth >= kQuotes) {
        article.quotes = finders.quotes.find(read->sentences, finders.names.tokens(), article.names);
      }
    }
    databases.push_back(scratch / ("batch-" + std::to_string(databases.size())));
    BatchWriter writer(databases.back(), stemmers);
    ArticleNumber number = ArticleNumber{databases.size()} << kBatchBits;
    for (const AnalyzedArticle& article : articles) writer.add(article, number++);
    counts += writer.finish();
    NameCounts names;
    for (const AnalyzedArticle& article : articles) names.add(article.article.text, article.names);
    facts.names.add(std::move(names));
  });
  const auto is_nickname = [&](const std::string& a, const std::string& b) { return model.is_nickname(a, b); };
  std::vector<CollectionName> names = join_names(facts.names, is_nickname, aliases);
  merge_segment(databases, counts, scratch / "segment-1");
  write_newest_segment(encode_facts(std::move(facts), std::move(names)), scratch / "segment-2");
  return cpu_seconds() - begin;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("usage: bench_indexing MODEL SOURCE SCRATCH [PASSES]\n", stderr);
    return 2;
  }
  const Result<NamesModel> model = NamesModel::open(argv[1]);
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return 3;
  }
  const int passes = argc > 4 ? std::atoi(argv[4]) : 5;
  const fs::path scratch = argv[3];
  std::array<std::vector<double>, 3> seconds;
  std::array<std::vector<double>, 3> ratios;
  for (int pass = 0; pass < passes; ++pass) {
    for (const Depth depth : {kWords, kNames, kQuotes}) {
      seconds[depth].push_back(index(*model, argv[2], scratch / "index", depth));
      ratios[depth].push_back(seconds[depth].back() / seconds[kWords].back());
      fs::remove_all(scratch / "index");
    }
  }
  for (const Depth depth : {kWords, kNames, kQuotes}) {
    std::printf("%-22s %6.2f s of CPU, x %.2f\n", kDepths[depth], median(seconds[depth]), median(ratios[depth]));
  }
  return 0;
}
