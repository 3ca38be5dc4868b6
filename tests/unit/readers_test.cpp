// SPDX-License-Identifier: GPL-2.0-or-later
//
// Readers and a writer together, in one process: every answer is that of one committed state, and no reader meets an
// older one after a newer. For $DATELINE_STRESS_SECONDS, else for two.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "indexer/updating/index_check.h"
#include "tests/unit/search_support.h"

// Xapian 1.4.22 deletes some of what Database::check makes by a base class's size.
extern "C" const char* __asan_default_options() { return "new_delete_type_mismatch=0"; }

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr int kArticles = 24;
constexpr std::size_t kReaders = 2;
constexpr std::size_t kLeastCommits = 4;

std::chrono::seconds stress_time() {
  const char* seconds = std::getenv("DATELINE_STRESS_SECONDS");
  return std::chrono::seconds(seconds != nullptr ? std::atol(seconds) : 2);
}

// All that some queries are answered, as text.
std::string answers_of(Searcher& searcher) {
  std::string answers;
  SearchOptions options;
  options.limit = kAll;
  for (const char* query : {"harbour", "\"the harbour was\"", "person:penrose levy", "title:edition", "edit*"}) {
    const QueryNode parsed = parse_query(query);
    const SearchResult result = searcher.search(parsed, options);
    answers += fmt::format("{}: {}\n", query, result.total);
    for (const Hit& hit : result.hits) {
      answers += fmt::format("{} {:.9f} {} {}\n", name_of(hit), hit.score, hit.article.title, hit.text);
    }
    for (const NameCount& name : searcher.count_names(parsed, options)) {
      answers += fmt::format("{} {} {} {}\n", name.name, name.passages, name.articles, name.quotes);
    }
    for (const QuoteHit& quote : searcher.find_quotes(parsed, options).quotes) {
      answers += fmt::format("{}: {} {}\n", quote.speaker, quote.text, quote.copies.size());
    }
  }
  return answers;
}

// A state as somebody met it, by when: readers may meet it before the writer has told of it.
using States = std::vector<std::string>;

struct Reader {
  States met;  // those that differ from the one before
  std::size_t openings = 0;
  std::size_t checks = 0;
  std::vector<std::string> faults;  // what must not be
};

class ReadersAndAWriter : public testing::Test {
 protected:
  [[nodiscard]] fs::path index() const { return folder_ / "index"; }

  // Every article tells which edition it is of; now and then some leave and others come.
  void write_edition(std::size_t edition) {
    std::string lines;
    for (int i = 0; i < kArticles; ++i) {
      if (random_() % 4 == 0) continue;
      lines += record(
          fmt::format("n-{}", i), fmt::format("Ferry {} late, edition {}", i, edition),
          fmt::format("The harbour was shut for {} hours in edition {}, Mayor Rosalind Penrose said. A levy of {} "
                      "pounds was planned.\n\nThe harbour master, Howard {}, said: “Nobody came to pier {}.”\n",
                      i, edition, random_() % 1000, i % 2 == 0 ? "Marsh" : "Bell", i));
    }
    write_file(folder_ / "news.jsonl", lines);
  }

  // Updates, merges, rebuilds, and leaves for a while what it will find again.
  void commit(std::size_t edition) {
    IndexOptions options;
    options.database = index();
    options.names_model = names_model_file();
    options.threads = 2;
    options.merge_below = edition % 3 == 0 ? 5000 : 0;
    options.rebuild = edition % 7 == 5;
    if (edition % 5 == 4) {
      options.forget.push_back(folder_ / "more.txt");
    } else {
      options.sources = {folder_ / "news.jsonl", folder_ / "more.txt"};
    }
    Progress progress(false, 0);
    const Result<IndexReport> report = update_index(options, progress);
    ASSERT_TRUE(report) << report.error().message;
  }

  // Asks until stopped: an index just opened, and one that was opened a while ago and must not have changed.
  void read(Reader& reader, std::size_t keep_open) const {
    std::optional<Searcher> kept;
    std::string kept_answers;
    while (!stopped_) {
      Result<Searcher> searcher = Searcher::open({index()});
      if (!searcher) return reader.faults.push_back(searcher.error().message);
      const std::string answers = answers_of(*searcher);
      if (reader.met.empty() || reader.met.back() != answers) reader.met.push_back(answers);
      if (kept && answers_of(*kept) != kept_answers) reader.faults.emplace_back("an open index changed");
      if (reader.openings++ % keep_open == 0) {
        kept = std::move(*searcher);
        kept_answers = answers;
      }
      if (reader.openings % 4 != 0) continue;
      const Result<SegmentCounts> counts = check_index(index());
      if (!counts) reader.faults.push_back("--check: " + counts.error().message);
      ++reader.checks;
    }
  }

  void read_safely(Reader& reader, std::size_t keep_open) const {
    try {
      read(reader, keep_open);
    } catch (const std::exception& error) {
      reader.faults.emplace_back(error.what());
    } catch (const Xapian::Error& error) {
      reader.faults.push_back(error.get_description());
    }
  }

  TemporaryFolder folder_;
  std::mt19937_64 random_{test_seed()};
  std::atomic<bool> stopped_ = false;
};

TEST_F(ReadersAndAWriter, NeverMeetInTheMiddle) {
  write_file(folder_ / "more.txt", "The last edition\n\nThe harbour was as quiet as ever, said Sybil Crane.\n");
  States committed;
  const auto commit_next = [&] {
    write_edition(committed.size());
    commit(committed.size());
    Searcher searcher = open_searcher({index()});
    committed.push_back(answers_of(searcher));
  };
  commit_next();
  std::vector<Reader> readers(kReaders);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kReaders; ++i) threads.emplace_back([&, i] { read_safely(readers[i], 3 + 2 * i); });
  const auto end = std::chrono::steady_clock::now() + stress_time();
  while ((std::chrono::steady_clock::now() < end || committed.size() < kLeastCommits) && !HasFatalFailure())
    commit_next();
  stopped_ = true;
  for (std::thread& thread : threads) thread.join();
  ASSERT_FALSE(HasFatalFailure());

  for (const Reader& reader : readers) {
    for (const std::string& fault : reader.faults) ADD_FAILURE() << fault;
    auto state = committed.begin();
    for (const std::string& met : reader.met) {
      const auto next = std::find(state, committed.end(), met);
      if (next == committed.end()) {
        ADD_FAILURE() << (std::find(committed.begin(), committed.end(), met) == committed.end()
                              ? "of no committed state:\n"
                              : "older than what was met before:\n")
                      << met;
        break;
      }
      state = next;
    }
    EXPECT_GE(reader.openings, 1U);
    fmt::print("{} states met in {} openings, {} checks\n", reader.met.size(), reader.openings, reader.checks);
  }
  fmt::print("{} commits\n", committed.size());
}

}  // namespace
}  // namespace dateline
