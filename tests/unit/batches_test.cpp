// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sources/batches.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <future>
#include <gtest/gtest.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/unit/support.h"

namespace dateline {
namespace {

using OnBatch = std::function<void(Batch&&)>;

const std::string kBinary(
    "\x7f"
    "ELF\2\1\1\0\0\0",
    10);  // no text
constexpr unsigned kThreads[] = {1, 2, 8};

// Runs `body` and gives what it threw, as text; ends the test program if it takes longer than any honest run.
std::string outcome_of(const std::function<void()>& body) {
  std::packaged_task<std::string()> task([&]() -> std::string {
    try {
      body();
    } catch (const std::exception& error) {
      return error.what();
    } catch (...) {
      return "something else";
    }
    return "";
  });
  std::future<std::string> outcome = task.get_future();
  std::thread runner(std::move(task));
  if (outcome.wait_for(std::chrono::seconds(50)) != std::future_status::ready) {
    std::fprintf(stderr, "run_batches hangs\n");
    std::abort();
  }
  runner.join();
  return outcome.get();
}

void pause(std::uint64_t microseconds) { std::this_thread::sleep_for(std::chrono::microseconds(microseconds)); }

// Calls `on_batch` with batches of no records.
std::function<void(const OnBatch&)> produce_empty(std::uint64_t count) {
  return [count](const OnBatch& on_batch) {
    for (std::uint64_t i = 0; i < count; ++i) on_batch(Batch{});
  };
}

TEST(RunBatches, CollectsInOrder) {
  constexpr std::uint64_t kBatches = 300;
  for (const unsigned threads : kThreads) {
    std::vector<std::uint64_t> collected;  // no lock: collect runs one at a time
    std::atomic<int> collecting = 0;
    std::atomic<int> too_many = 0;
    std::vector<std::atomic<int>> working(threads);
    const std::string fault = outcome_of([&] {
      run_batches<std::uint64_t>(
          threads, produce_empty(kBatches),
          [&](Batch&& batch, unsigned thread) {
            if (thread >= threads || working[thread]++ != 0) ++too_many;
            if (batch.number % 5 == 0) pause(batch.number % 7 * 100);  // some take long
            --working[thread];
            return batch.number;
          },
          [&](std::uint64_t&& number) {
            if (collecting++ != 0) ++too_many;
            if (number % 50 == 0) pause(300);
            collected.push_back(number);
            --collecting;
          });
    });
    EXPECT_EQ(fault, "");
    EXPECT_EQ(too_many, 0) << "two at a time with " << threads << " threads";
    ASSERT_EQ(collected.size(), kBatches) << threads << " threads";
    for (std::uint64_t i = 0; i < kBatches; ++i) EXPECT_EQ(collected[i], i) << threads << " threads";
  }
}

TEST(RunBatches, DoesNothingWithoutBatches) {
  for (const unsigned threads : kThreads) {
    int calls = 0;
    const std::string fault = outcome_of([&] {
      run_batches<int>(
          threads, produce_empty(0), [&](Batch&&, unsigned) { return ++calls; }, [&](int&&) { ++calls; });
    });
    EXPECT_EQ(fault, "");
    EXPECT_EQ(calls, 0);
  }
}

TEST(RunBatches, HandsOverWhatCannotBeCopied) {
  std::uint64_t sum = 0;
  run_batches<std::unique_ptr<std::uint64_t>>(
      4, produce_empty(10), [](Batch&& batch, unsigned) { return std::make_unique<std::uint64_t>(batch.number); },
      [&](std::unique_ptr<std::uint64_t>&& number) { sum += *number; });
  EXPECT_EQ(sum, 45U);
}

TEST(RunBatches, ThrowsAgainWhatWorkThrows) {
  for (const unsigned threads : kThreads) {
    for (const std::uint64_t at : {0, 1, 17, 99}) {
      std::vector<std::uint64_t> collected;
      const std::string fault = outcome_of([&] {
        run_batches<std::uint64_t>(
            threads, produce_empty(100),
            [&](Batch&& batch, unsigned) {
              if (batch.number == at) throw std::runtime_error("work");
              return batch.number;
            },
            [&](std::uint64_t&& number) { collected.push_back(number); });
      });
      EXPECT_EQ(fault, "work") << threads << " threads, batch " << at;
      EXPECT_LE(collected.size(), at) << "nothing behind the fault is collected";
      for (std::uint64_t i = 0; i < collected.size(); ++i) EXPECT_EQ(collected[i], i);
    }
  }
}

TEST(RunBatches, ThrowsAgainWhatCollectThrows) {
  for (const unsigned threads : kThreads) {
    for (const std::uint64_t at : {0, 1, 17, 99}) {
      std::uint64_t calls = 0;
      const std::string fault = outcome_of([&] {
        run_batches<std::uint64_t>(
            threads, produce_empty(100), [&](Batch&& batch, unsigned) { return batch.number; },
            [&](std::uint64_t&& number) {
              ++calls;
              if (number == at) throw std::runtime_error("collect");
            });
      });
      EXPECT_EQ(fault, "collect") << threads << " threads, batch " << at;
      EXPECT_EQ(calls, at + 1) << "collect is not called again";
    }
  }
}

TEST(RunBatches, ThrowsAgainWhatProduceThrows) {
  for (const unsigned threads : kThreads) {
    for (const std::uint64_t after : {0, 1, 17, 99}) {
      const std::string fault = outcome_of([&] {
        run_batches<std::uint64_t>(
            threads,
            [&](const OnBatch& on_batch) {
              produce_empty(after)(on_batch);
              throw std::runtime_error("produce");
            },
            [&](Batch&& batch, unsigned) { return batch.number; }, [](std::uint64_t&&) {});
      });
      EXPECT_EQ(fault, "produce") << threads << " threads, after " << after;
    }
  }
}

TEST(RunBatches, ThrowsOneOfManyFaults) {
  for (const unsigned threads : kThreads) {
    const std::string fault = outcome_of([&] {
      run_batches<std::uint64_t>(
          threads, produce_empty(1000),
          [](Batch&& batch, unsigned) -> std::uint64_t {
            if (batch.number >= 3) throw std::runtime_error("work");
            return batch.number;
          },
          [](std::uint64_t&&) { throw std::runtime_error("collect"); });
    });
    EXPECT_TRUE(fault == "work" || fault == "collect") << fault;
  }
}

TEST(RunBatches, StopsReadingAfterAFault) {
  for (const unsigned threads : kThreads) {
    const std::string fault = outcome_of([&] {
      run_batches<int>(
          threads,
          [](const OnBatch& on_batch) {
            for (;;) on_batch(Batch{});  // for ever, but for the fault
          },
          [](Batch&& batch, unsigned) {
            if (batch.number == 200) throw std::runtime_error("work");
            return 0;
          },
          [](int&&) {});
    });
    EXPECT_EQ(fault, "work");
  }
}

TEST(RunBatches, KeepsAtMostTwoBatchesAThread) {
  for (const unsigned threads : kThreads) {
    std::atomic<std::int64_t> handed_in = 0;
    std::atomic<std::int64_t> collected = 0;
    std::atomic<std::int64_t> most = 0;
    const std::string fault = outcome_of([&] {
      run_batches<std::uint64_t>(
          threads,
          [&](const OnBatch& on_batch) {
            for (int i = 0; i < 200; ++i) {
              on_batch(Batch{});
              most = std::max(most.load(), ++handed_in - collected.load());
            }
          },
          [&](Batch&& batch, unsigned) {
            if (batch.number % 40 == 0) pause(2000);  // the others pile up behind it
            return batch.number;
          },
          [&](std::uint64_t&&) { ++collected; });
    });
    EXPECT_EQ(fault, "");
    EXPECT_LE(most, 2 * static_cast<std::int64_t>(threads));
    EXPECT_EQ(collected, 200);
  }
}

TEST(RunBatches, WaitsWithTwoBatchesAThreadUnderWay) {
  for (const unsigned threads : kThreads) {
    const std::int64_t bound = 2 * static_cast<std::int64_t>(threads);
    std::atomic<std::int64_t> handed_in = 0;
    std::atomic<bool> open = false;
    std::thread gate([&] {
      while (handed_in < bound) pause(100);
      pause(30'000);
      EXPECT_EQ(handed_in, bound) << "with " << threads << " threads that do not get on";
      open = true;
    });
    const std::string fault = outcome_of([&] {
      run_batches<int>(
          threads,
          [&](const OnBatch& on_batch) {
            for (int i = 0; i < 40; ++i, ++handed_in) on_batch(Batch{});
          },
          [&](Batch&&, unsigned) {
            while (!open) pause(100);
            return 0;
          },
          [](int&&) {});
    });
    EXPECT_EQ(fault, "");
    gate.join();
    EXPECT_EQ(handed_in, 40);
  }
}

TEST(RunBatches, KeepsSoManyBytesUnderWay) {
  constexpr std::uint64_t kBytes = 100;
  for (const unsigned threads : kThreads) {
    std::atomic<std::uint64_t> under_way = 0;
    std::atomic<std::uint64_t> most = 0;
    std::atomic<int> too_many = 0;
    const std::string fault = outcome_of([&] {
      run_batches<std::uint64_t>(
          threads,
          [&](const OnBatch& on_batch) {
            for (std::uint64_t i = 0; i < 200; ++i) on_batch({0, {}, {}, i % 50 == 7 ? 5 * kBytes : i % 60});
          },
          [&](Batch&& batch, unsigned) {
            const std::uint64_t all = under_way += batch.bytes;
            if (all > kBytes && all != batch.bytes) ++too_many;
            most = std::max<std::uint64_t>(most, all);
            pause(100);
            under_way -= batch.bytes;
            return batch.bytes;
          },
          [](std::uint64_t&&) {}, {kBytes});
    });
    EXPECT_EQ(fault, "");
    EXPECT_EQ(too_many, 0) << threads << " threads";
    EXPECT_EQ(most, 5 * kBytes) << "one that is larger goes alone";
  }
}

TEST(RunBatches, CollectsTheFirstSoManyWhenStopped) {
  for (const unsigned threads : kThreads) {
    std::atomic<int> begun = 0;
    std::vector<std::uint64_t> collected;
    bool was_told = false;
    const std::string fault = outcome_of([&] {
      run_batches<std::uint64_t>(
          threads,
          [&](const OnBatch& on_batch) {
            try {
              for (;;) on_batch(Batch{});  // for ever, but for the stop
            } catch (const NoMoreBatches&) {
              was_told = true;
              throw;
            }
          },
          [&](Batch&& batch, unsigned) {
            ++begun;
            return batch.number;
          },
          [&](std::uint64_t&& number) { collected.push_back(number); }, {UINT64_MAX, [&] { return begun >= 50; }});
    });
    EXPECT_EQ(fault, "");
    EXPECT_TRUE(was_told);
    EXPECT_EQ(collected.size(), static_cast<std::size_t>(begun)) << "what was begun is finished";
    EXPECT_GE(collected.size(), 50U);
    for (std::uint64_t i = 0; i < collected.size(); ++i) EXPECT_EQ(collected[i], i);
  }
}

class ReadBatches : public testing::Test {
 protected:
  // One line a batch: "number: path#ordinal ... (skipped path:line)".
  [[nodiscard]] std::vector<std::string> cut(unsigned threads) const {
    std::vector<std::string> lines;
    run_batches<std::string>(
        threads, [&](const OnBatch& on_batch) { read_batches({folder_.path()}, folder_ / "index", {}, on_batch); },
        [&](Batch&& batch, unsigned) {
          std::string line = std::to_string(batch.number) + ':';
          std::uint64_t bytes = 0;
          for (const RawRecord& record : batch.records) {
            line += ' ' + *record.path + '#' + std::to_string(record.ordinal);
            bytes += record.bytes.size();
          }
          for (const PlacedSkip& skip : batch.skipped) line += " (" + skip.skipped.path + ')';
          EXPECT_EQ(batch.bytes, bytes);
          return line;
        },
        [&](std::string&& line) { lines.push_back(std::move(line)); });
    return lines;
  }

  [[nodiscard]] std::vector<Batch> read() const {
    std::vector<Batch> batches;
    read_batches({folder_.path()}, folder_ / "index", {}, [&](Batch&& batch) { batches.push_back(std::move(batch)); });
    return batches;
  }

  TemporaryFolder folder_;
};

std::string json_lines(std::size_t count, std::size_t text_bytes) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) {
    lines += "{\"text\":\"" + std::to_string(i) + ' ' + std::string(text_bytes, 'x') + "\"}\n";
  }
  return lines;
}

TEST_F(ReadBatches, CutsTheSameWithAnyNumberOfThreads) {
  const std::size_t record = kBatchBytes / 20;
  write_file(folder_ / "a.jsonl", json_lines(50, record));
  write_file(folder_ / "b.txt", std::string(kBatchBytes * 2, 'b'));
  write_file(folder_ / "c.txt", "short");
  write_file(folder_ / "d.txt", kBinary);  // skipped
  write_file(folder_ / "e.jsonl", json_lines(70, record));
  const std::vector<std::string> once = cut(1);
  EXPECT_GE(once.size(), 7U);
  for (const unsigned threads : kThreads) EXPECT_EQ(cut(threads), once) << threads << " threads";
}

TEST_F(ReadBatches, EndsABatchWhenItIsFull) {
  write_file(folder_ / "a.jsonl", json_lines(100, kBatchBytes / 10));
  const std::vector<Batch> batches = read();
  std::size_t records = 0;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    records += batches[i].records.size();
    const std::uint64_t last = batches[i].records.back().bytes.size();
    EXPECT_LT(batches[i].bytes - last, kBatchBytes) << "full before its last record";
    EXPECT_TRUE(i + 1 == batches.size() || batches[i].bytes >= kBatchBytes) << "ends before it is full";
  }
  EXPECT_EQ(records, 100U);
}

TEST_F(ReadBatches, EndsABatchAtSoManyRecords) {
  write_file(folder_ / "a.jsonl", json_lines(2 * kBatchRecords + 5, 1));
  std::vector<std::size_t> sizes;
  for (const Batch& batch : read()) sizes.push_back(batch.records.size());
  EXPECT_EQ(sizes, (std::vector<std::size_t>{kBatchRecords, kBatchRecords, 5}));
  EXPECT_LE(kBatchRecords, std::size_t{1} << 16);
}

TEST_F(ReadBatches, HandsOutWhatCannotBeRead) {
  write_file(folder_ / "a.txt", kBinary);
  const std::vector<Batch> batches = read();
  ASSERT_EQ(batches.size(), 1U);
  EXPECT_TRUE(batches[0].records.empty());
  ASSERT_EQ(batches[0].skipped.size(), 1U);
  EXPECT_EQ(batches[0].skipped[0].skipped.path, folder_ / "a.txt");
}

TEST_F(ReadBatches, PassesOverIndexes) {
  const auto make_file = [&](const std::string& path) {
    std::filesystem::create_directories((folder_ / path).parent_path());
    write_file(folder_ / path, "text");
  };
  for (const char* path : {"a.txt", "index/XAPIANDB", "index/lock", "index/segment-1/checksums", "index/note.txt",
                           "index/building-7/database-000001/x.txt", "other/XAPIANDB", "other/segment-1/iamglass.txt",
                           "other/building-1/database-000002/y.txt", "segment-2/b.txt", "database-1/c.txt"}) {
    make_file(path);
  }
  std::vector<std::string> names;
  for (const Batch& batch : read()) {
    for (const RawRecord& record : batch.records) names.push_back(std::filesystem::path(*record.path).filename());
    EXPECT_TRUE(batch.skipped.empty());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"a.txt", "c.txt", "b.txt"}));
}

TEST(AppendInSourceOrder, PutsRecordsBetweenWhatTheReaderSkipped) {
  std::vector<Skipped> all{{"before", 0, ""}};
  append_in_source_order(
      {{0, {"a", 0, ""}}, {2, {"c", 0, ""}}, {2, {"d", 0, ""}}, {1, {"b", 0, ""}}, {2, {"e", 0, ""}}}, all);
  std::string names;
  for (const Skipped& one : all) names += one.path + ' ';
  EXPECT_EQ(names, "before a b c d e ");
}

TEST_F(ReadBatches, GivesNoneForNothing) { EXPECT_TRUE(read().empty()); }

}  // namespace
}  // namespace dateline
