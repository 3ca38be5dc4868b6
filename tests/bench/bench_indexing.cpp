// SPDX-License-Identifier: GPL-2.0-or-later
//
// What names, quotes, boilerplate and copies cost at indexing, on one core, as the collection grows: of the first
// articles of a file a new index is made with more and more of them, in turn, each time by a process of its own, and
// CPU and peak memory are compared with those of the step before in the same pass.
//
// usage: bench_indexing MODEL SOURCE.jsonl SCRATCH [PASSES [ARTICLES...]]
// ARTICLES is how many of them, several times: 1000 4000 16000; all, if it is left out.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "common/error.h"
#include "indexer/analysis.h"
#include "indexer/names/collection_pass.h"
#include "indexer/sentences/passage_builder.h"
#include "indexer/sources/batches.h"
#include "indexer/updating/collection_facts.h"
#include "indexer/updating/repair_sources.h"
#include "indexer/writing/segment_writer.h"
#include "indexer/writing/waiting_articles.h"

namespace {

using namespace dateline;
namespace fs = std::filesystem;

enum Depth { kWords, kNames, kQuotes, kBoilerplate, kCopies };
constexpr std::array<const char*, 5> kDepths = {"words alone", "and names", "and quotes", "and boilerplate",
                                                "and copies"};

struct Cost {
  double seconds = 0;    // of CPU
  double megabytes = 0;  // at the peak
};

// One run, in the steps of update_index.
class Run {
 public:
  Run(const NamesModel& model, fs::path scratch, Depth depth)
      : model_(model), scratch_(std::move(scratch)), depth_(depth), finders_(model, aliases_) {}

  void index(const std::string& source) {
    read_batches({source}, scratch_, {}, [&](Batch&& batch) { find(std::move(batch)); });
    lines_.sort();
    const auto is_held = [](ArticleNumber) { return true; };
    facts_.stories = update_stories({}, {}, std::move(copies_), {}, is_held, [] {});
    const RepairSources sources(facts_.stories.repairs, {}, waiting_, 0, scratch_);
    for (const WaitingBatch& batch : waiting_) {
      begin_database();
      read_waiting(batch, [&](ArticleNumber number, AnalyzedArticle&& article) {
        sources.repair(number, article);
        cut_passages(article, lines_);
        writer_->add(article, number);
      });
      fs::remove(batch.file);
      end_database();
    }
    const auto is_nickname = [&](const std::string& a, const std::string& b) { return model_.is_nickname(a, b); };
    std::vector<CollectionName> names = join_names(facts_.names, is_nickname, aliases_);
    StaleMetadata none;
    merge_segment(databases_, counts_, none, scratch_ / "segment-1", [] {});
    write_metadata(scratch_ / "segment-2",
                   [&](const PutMetadata& put) { encode_facts(std::move(facts_), std::move(names), put); });
    complete_newest_segment(scratch_ / "segment-2");
  }

 private:
  // Without boilerplate an article need not wait for all others.
  void find(Batch&& batch) {
    ArticleNumber number = batches_++ << kBatchBits;
    NameCounts names;
    std::string waiting;
    std::vector<AnalyzedArticle> articles;
    for (const RawRecord& record : batch.records) {
      Result<ReadArticle> read = read_article(record, {});
      if (!read) continue;
      AnalyzedArticle article;
      article.article = std::move(read->article);
      const std::string& text = article.article.text;
      if (depth_ >= kNames) article.names = finders_.names.find(text);
      if (depth_ >= kQuotes)
        article.quotes = finders_.quotes.find(read->sentences, finders_.names.tokens(), article.names);
      names.add(text, article.names);
      if (depth_ >= kBoilerplate) {
        article.lines = hash_lines(read_lines(text), article.article, record.format);
        lines_.add(article.lines);
      }
      if (depth_ >= kCopies) {
        add_fingerprint(article);
        copies_.add(copy_facts(article), number);
      }
      if (depth_ >= kBoilerplate) {
        waiting += encode_waiting(number, article);
      } else {
        cut(article, read->sentences);
        articles.push_back(std::move(article));
      }
      ++number;
    }
    facts_.names.add(std::move(names));
    if (depth_ < kBoilerplate) {
      begin_database();
      number -= articles.size();
      for (const AnalyzedArticle& article : articles) writer_->add(article, number++);
      return end_database();
    }
    waiting_.push_back({scratch_ / ("waiting-" + std::to_string(waiting_.size())), waiting.size()});
    write_waiting(waiting_.back().file, std::string(kBatchKeyBytes, '\0'), {}, waiting);
  }

  static void cut(AnalyzedArticle& article, const std::vector<Sentence>& sentences) {
    std::vector<ByteSpan> title;
    if (!article.article.title_span.empty()) title.push_back(article.article.title_span);
    article.passages = build_passages(article.article.text, sentences, title);
    if (article.passages.empty()) article.passages = build_passages(article.article.text, sentences, {});
  }

  void begin_database() {
    databases_.push_back(scratch_ / ("batch-" + std::to_string(databases_.size())));
    writer_.emplace(databases_.back(), stemmers_);
  }
  void end_database() {
    counts_ += writer_->finish();
    writer_.reset();
  }

  const NamesModel& model_;
  fs::path scratch_;
  Depth depth_;
  NameAliases aliases_;
  Finders finders_;
  Stemmers stemmers_;
  ArticleNumber batches_ = 0;
  std::vector<WaitingBatch> waiting_;
  std::vector<fs::path> databases_;
  std::optional<BatchWriter> writer_;
  LineCounts lines_;
  NumberedFacts copies_;
  SegmentCounts counts_;
  CollectionFacts facts_;
};

// What `work` costs in a process of its own; nothing if it fails.
std::optional<Cost> cost_of(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child < 0) return std::nullopt;
  if (child == 0) {
    work();
    _exit(0);
  }
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child || status != 0) return std::nullopt;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return Cost{seconds(usage.ru_utime) + seconds(usage.ru_stime), static_cast<double>(usage.ru_maxrss) / 1024};
}

struct Part {
  std::size_t articles = 0;
  std::size_t bytes = 0;
};

// Writes the first `articles` lines.
Part take(const fs::path& source, const fs::path& part, std::size_t articles) {
  std::ifstream in(source, std::ios::binary);
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  Part taken;
  for (std::string line; taken.articles < articles && std::getline(in, line); ++taken.articles) {
    out << line << '\n';
    taken.bytes += line.size() + 1;
  }
  return taken;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// The power of the articles that a cost grows with, between two numbers of them.
double exponent(const Part& few, double cost_of_few, const Part& many, double cost_of_many) {
  return std::log(cost_of_many / cost_of_few) /
         std::log(static_cast<double>(many.articles) / static_cast<double>(few.articles));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("usage: bench_indexing MODEL SOURCE.jsonl SCRATCH [PASSES [ARTICLES...]]\n", stderr);
    return 2;
  }
  const Result<NamesModel> model = NamesModel::open(argv[1]);
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return 3;
  }
  const int passes = argc > 4 ? std::atoi(argv[4]) : 5;
  std::vector<std::size_t> sizes;
  for (int i = 5; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes.push_back(std::numeric_limits<std::size_t>::max());
  const fs::path scratch = argv[3];
  fs::create_directories(scratch);
  const fs::path source = scratch / "articles.jsonl";
  std::vector<Part> parts;
  std::vector<std::array<double, kDepths.size()>> seconds_of;  // by part
  for (const std::size_t size : sizes) {
    const Part& part = parts.emplace_back(take(argv[2], source, size));
    std::array<std::vector<double>, kDepths.size()> seconds;
    std::array<std::vector<double>, kDepths.size()> shares;
    std::array<std::vector<double>, kDepths.size()> megabytes;
    for (int pass = 0; pass < passes; ++pass) {
      for (std::size_t depth = 0; depth < kDepths.size(); ++depth) {
        const fs::path index = scratch / "index";
        fs::create_directories(index);
        const std::optional<Cost> cost =
            cost_of([&] { Run(*model, index, static_cast<Depth>(depth)).index(source.string()); });
        fs::remove_all(index);
        if (!cost) {
          std::fprintf(stderr, "%s: it failed\n", kDepths[depth]);
          return 1;
        }
        seconds[depth].push_back(cost->seconds);
        megabytes[depth].push_back(cost->megabytes);
        shares[depth].push_back(cost->seconds / seconds[depth == 0 ? 0 : depth - 1].back());
      }
    }
    std::printf("%zu articles, %.1f MB, medians of %d\n", part.articles, 1e-6 * static_cast<double>(part.bytes),
                passes);
    std::array<double, kDepths.size()>& known = seconds_of.emplace_back();
    for (std::size_t depth = 0; depth < kDepths.size(); ++depth) {
      known[depth] = median(seconds[depth]);
      std::printf("  %-16s %7.2f s of CPU  x %.2f  %6.0f MB\n", kDepths[depth], known[depth], median(shares[depth]),
                  median(megabytes[depth]));
    }
    std::printf("  both together     x %.3f\n", known[kCopies] / known[kQuotes]);
    std::fflush(stdout);
  }
  if (parts.size() > 1) {
    const auto print = [&](const char* what, const std::function<double(std::size_t part)>& cost) {
      std::printf("  %-16s %.3f\n", what, exponent(parts.front(), cost(0), parts.back(), cost(parts.size() - 1)));
    };
    std::printf("CPU grows with the articles to the power of\n");
    for (std::size_t depth = 0; depth < kDepths.size(); ++depth) {
      print(kDepths[depth], [&](std::size_t part) { return seconds_of[part][depth]; });
    }
  }
  return 0;
}
