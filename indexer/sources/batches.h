// SPDX-License-Identifier: GPL-2.0-or-later
//
// The work of a run, cut into batches in source order and done by threads.
//
// Where a batch ends depends on the sources alone and results are collected in batch order, so the outcome is the same
// with any number of threads.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "indexer/sources/source_files.h"

namespace dateline {

// What was skipped, and how many records of its batch stand before it.
struct PlacedSkip {
  std::size_t records_before = 0;
  Skipped skipped;
};

struct Batch {
  std::uint64_t number = 0;  // from 0
  std::vector<RawRecord> records;
  std::vector<PlacedSkip> skipped;  // what the reader could not read on the way
  std::uint64_t bytes = 0;          // of all records
};

// Appends `skips`, first the reader's, then records that gave no article, to `all` in source order.
void append_in_source_order(std::vector<PlacedSkip>&& skips, std::vector<Skipped>& all);

// A batch is full at so many bytes of records, some 2,000 passages: Xapian looks terms up in a tree that grows with
// them (22 MB of news on one thread: CPU 3.4 s at 0.6 MB, 3.5 at 1, 3.9 at 1.5, 4.0 at 3) …
inline constexpr std::uint64_t kBatchBytes = 800'000;
// … or so many records, which keeps article numbers within kBatchBits (schema.h).
inline constexpr std::size_t kBatchRecords = 20'000;

// Thrown by what takes batches when it wants no more of them.
struct NoMoreBatches {};

// Cuts records, in their order, into batches and hands those out.
class BatchCutter {
 public:
  explicit BatchCutter(const std::function<void(Batch&&)>& on_batch) : on_batch_(on_batch) {}

  void add(RawRecord&& record);
  void skip(const Skipped& skipped) { batch_.skipped.push_back({batch_.records.size(), skipped}); }
  // Hands out what is left, if anything.
  void finish();

 private:
  void flush() { on_batch_(std::exchange(batch_, Batch{})); }

  const std::function<void(Batch&&)>& on_batch_;
  Batch batch_;
};

// As walk_sources, but the files of `database`, and of any other index that stands among the sources, are passed over
// in silence.
void walk_articles(const std::vector<std::string>& sources, const std::filesystem::path& database,
                   const std::function<void(const SourceFile&)>& on_file,
                   const std::function<void(const Skipped&)>& on_skip,
                   const std::function<void(const std::string&)>& on_folder = {});

// Reads all sources and hands out full batches in source order, and a last one that may be empty but for `skipped`.
void read_batches(const std::vector<std::string>& sources, const std::filesystem::path& database,
                  const ReadLimits& limits, const std::function<void(Batch&&)>& on_batch);

// What run_batches keeps to beside the number of threads.
struct BatchBounds {
  std::uint64_t bytes = UINT64_MAX;  // of all batches under way, unless one has more by itself
  // Asked often, by all threads. Once it says so, produce gets a NoMoreBatches, which it may let pass, and batches that
  // no thread has begun are dropped: what is collected are the first so many.
  std::function<bool()> is_stopped = [] { return false; };
};

// Starts as many of `threads` as the system has room for. Throws FatalError (kIndex) where it has room for none.
void start_threads(unsigned threads, const std::function<void(unsigned)>& run, std::vector<std::thread>& started);

// Does `work` on every batch in `threads` threads and hands the results to `collect` in batch order.
//
// produce  calls its argument with each batch; runs in the calling thread, and waits while 2 × threads batches, or
//          bounds.bytes, are under way, so memory is bounded
// work     runs in any thread, several at a time; gets the thread's number from 0. Where the system has no room for all
//          threads, there are fewer; for none, FatalError (kIndex) is thrown
// collect  runs in any thread, one at a time
// Whatever any of them throws ends the run and is thrown again here.
template <typename Output>
void run_batches(unsigned threads, const std::function<void(const std::function<void(Batch&&)>&)>& produce,
                 const std::function<Output(Batch&&, unsigned)>& work, const std::function<void(Output&&)>& collect,
                 const BatchBounds& bounds = {}) {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Batch> waiting;
  std::map<std::uint64_t, Output> done;
  std::deque<std::uint64_t> under_way;  // bytes of each batch that was handed in and is not collected
  std::uint64_t bytes_under_way = 0;
  std::uint64_t handed_in = 0;
  std::uint64_t collected = 0;
  bool complete = false;
  bool collecting = false;
  bool stopped = false;
  std::exception_ptr failure;

  // Under the lock; all must be told the same from then on.
  const auto is_over = [&] {
    if (!stopped && bounds.is_stopped()) {
      stopped = true;
      changed.notify_all();
    }
    return failure || stopped;
  };
  const auto has_room = [&](const Batch& batch) {
    return under_way.empty() || (under_way.size() < 2 * std::size_t{threads} &&
                                 batch.bytes <= bounds.bytes - std::min(bounds.bytes, bytes_under_way));
  };
  const auto fail = [&] {
    const std::lock_guard lock(mutex);
    if (!failure) failure = std::current_exception();
    changed.notify_all();
  };
  const auto run_worker = [&](unsigned thread) {
    try {
      std::unique_lock lock(mutex);
      for (;;) {
        changed.wait(lock, [&] { return failure || !waiting.empty() || complete; });
        if (waiting.empty() || is_over()) return;
        Batch batch = std::move(waiting.front());
        waiting.pop_front();
        const std::uint64_t number = batch.number;
        lock.unlock();
        Output output = work(std::move(batch), thread);
        lock.lock();
        done.emplace(number, std::move(output));
        while (!collecting && !failure && !done.empty() && done.begin()->first == collected) {
          Output next = std::move(done.begin()->second);
          done.erase(done.begin());
          collecting = true;
          lock.unlock();
          collect(std::move(next));
          lock.lock();
          collecting = false;
          ++collected;
          bytes_under_way -= under_way.front();
          under_way.pop_front();
        }
        changed.notify_all();
      }
    } catch (...) {
      fail();
    }
  };

  std::vector<std::thread> workers;
  try {
    start_threads(threads, run_worker, workers);
    produce([&](Batch&& batch) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return is_over() || has_room(batch); });
      if (is_over()) throw NoMoreBatches{};
      batch.number = handed_in++;
      under_way.push_back(batch.bytes);
      bytes_under_way += batch.bytes;
      waiting.push_back(std::move(batch));
      changed.notify_all();
    });
  } catch (const NoMoreBatches&) {
  } catch (...) {
    fail();
  }
  {
    const std::lock_guard lock(mutex);
    complete = true;
    changed.notify_all();
  }
  for (std::thread& worker : workers) worker.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace dateline
