// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/source_changes.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dateline {
namespace {

// A file may change once more within one tick of the clock that stamps it, and its stamp will not tell. Linux ticks
// every 10 ms at the slowest; where stamps are whole seconds (FAT, old network file systems) they are so for two. A
// clock that was set back, or is another machine's, comes to a tick once more; nobody waits a day for that.
constexpr std::uint64_t kTickNs = 20'000'000;
constexpr std::uint64_t kCoarseTickNs = 2'000'000'000;
constexpr std::uint64_t kSecondNs = 1'000'000'000;
constexpr std::uint64_t kDayNs = 86'400 * kSecondNs;

std::uint64_t now_ns() {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count());
}

// `stamp`, taken before the file is read, or none if it is too young to be trusted. Anybody may give a file a time of
// modification that is to come; then the time of the change tells.
FileStamp trusted(const FileStamp& stamp) {
  const bool is_coarse = stamp.modified_ns % kSecondNs == 0 && stamp.changed_ns % kSecondNs == 0;
  const std::uint64_t tick = is_coarse ? kCoarseTickNs : kTickNs;
  const std::uint64_t now = now_ns();
  const auto may_come_again = [&](std::uint64_t time, std::uint64_t ahead) {
    return time + tick >= now && time <= now + ahead;
  };
  const bool is_young = may_come_again(stamp.modified_ns, tick) || may_come_again(stamp.changed_ns, kDayNs);
  return is_young ? FileStamp{} : stamp;
}

std::uint64_t hash_of(const RawRecord& record) {
  return XXH3_64bits_withSeed(record.bytes.data(), record.bytes.size(), static_cast<std::uint64_t>(record.format));
}

// A file not all of which was read and indexed: it is read again, and until then nothing leaves it. What can no longer
// be where it was, and what was read under other conditions, is not to be taken for what will be read there.
void keep_rest(FileState& now, const FileState& before) {
  now.stamp = {};
  std::uint64_t line = 0;
  for (const RecordState& record : now.records) line = std::max(line, record.line);
  for (std::size_t i = now.records.size(); i < before.records.size(); ++i) {
    RecordState& rest = now.records.emplace_back(before.records[i]);
    if (rest.line == 0) continue;
    if (rest.line <= line || before.conditions != now.conditions) rest.hash = 0;
    rest.line = line = std::max(rest.line, line);
  }
}

std::uint64_t count_articles(const FileState& file) {
  return static_cast<std::uint64_t>(std::count_if(file.records.begin(), file.records.end(),
                                                  [](const RecordState& one) { return one.article != kNoArticle; }));
}

}  // namespace

ChangeCounts ChangeTally::counts() const {
  // What left one place and came to another was moved.
  std::unordered_map<std::uint64_t, std::uint64_t> left;
  for (const std::uint64_t hash : gone) ++left[hash];
  std::uint64_t moved = 0;
  for (const std::uint64_t hash : arrived) {
    const auto one = left.find(hash);
    if (one == left.end() || one->second == 0) continue;
    --one->second;
    ++moved;
  }
  ChangeCounts counts{arrived.size() - moved, replaced + moved, gone.size() - moved, 0};
  // A source that changes while it is read may have changed twice.
  counts.unchanged = held - std::min(held, counts.added + counts.updated);
  return counts;
}

bool SourceChanges::forget(std::string_view source) {
  bool found = false;
  for (auto file = old_.begin(); file != old_.end();) {
    const auto next = std::next(file);
    if (is_of_source(file->first, source)) {
      drop(file->second);
      old_.erase(file);
      found = true;
    }
    file = next;
  }
  return found;
}

void SourceChanges::read(const std::vector<std::string>& sources, const std::filesystem::path& database,
                         const ReadLimits& limits, const ReadingHooks& hooks,
                         const std::function<void(Batch&&)>& on_batch) {
  BatchCutter cutter(on_batch);
  try {
    walk_articles(
        sources, database,
        [&](const SourceFile& file) {
          if (hooks.is_stopped()) throw NoMoreBatches{};
          read_file(file, limits, hooks, cutter);
        },
        [&](const Skipped& skipped) {
          skipped_sources_.push_back({visited_.size(), skipped});
        },
        hooks.on_folder);
    cutter.finish();
  } catch (const NoMoreBatches&) {
    is_complete_ = false;
    state_.merge(old_);
    return;
  }
  const auto is_visited = [&](const std::string& path) {
    return std::any_of(sources.begin(), sources.end(),
                       [&](const std::string& source) { return is_of_source(path, source); }) &&
           std::none_of(skipped_sources_.begin(), skipped_sources_.end(), [&](const PlacedSkip& skip) {
             const Skipped& closed = skip.skipped;
             return is_of_source(path, closed.path) && (path != closed.path || closed.is_unread);
           });
  };
  while (!old_.empty()) {
    auto file = old_.extract(old_.begin());
    if (is_visited(file.key())) {
      drop(file.mapped());
    } else {
      state_.insert(std::move(file));
    }
  }
}

void SourceChanges::read_file(const SourceFile& file, const ReadLimits& limits, const ReadingHooks& hooks,
                              BatchCutter& cutter) {
  auto known = old_.extract(file.path);
  const bool comparable = !known.empty() && known.mapped().conditions == conditions_;
  if (comparable && known.mapped().stamp == file.stamp) {
    const auto place = state_.insert(std::move(known)).position;
    visited_.emplace_back(&place->first, &place->second);
    hooks.on_known(file.stamp.size);
    return;
  }
  const auto place = state_.try_emplace(file.path).first;
  FileState& now = place->second;
  visited_.emplace_back(&place->first, &now);
  now.stamp = trusted(file.stamp);
  now.conditions = conditions_;
  const FileState& before =
      read_again_.emplace_back(&now, known.empty() ? FileState{} : std::move(known.mapped())).second;
  const auto read_record = [&](RawRecord&& record) {
    const RecordState here{hash_of(record), record.line, kNoArticle};
    const auto at = static_cast<std::size_t>(record.ordinal - 1);
    const bool is_known = comparable && at < before.records.size() && before.records[at].hash == here.hash &&
                          before.records[at].line == here.line;
    if (hooks.is_stopped() || (!is_known && new_bytes_ >= hooks.wanted_bytes)) throw NoMoreBatches{};
    now.records.resize(at);
    now.records.push_back(here);
    if (is_known) now.records.back().article = before.records[at].article;
    if (now.records.back().article != kNoArticle) return hooks.on_known(record.bytes.size());
    // What gave no article before is tried again, to say why; it is no news.
    if (!is_known) new_bytes_ += record.bytes.size();
    handed_out_.push_back({read_again_.size() - 1, at});
    cutter.add(std::move(record));
  };
  bool is_unread = false;
  try {
    read_source_file(file, limits, read_record, [&](const Skipped& skipped) {
      now.skipped.push_back({now.records.size(), {{}, skipped.line, skipped.reason}});
      if (skipped.wants_memory) now.stamp = {};
      is_unread = is_unread || skipped.is_unread;
    });
    if (is_unread) keep_rest(now, before);
  } catch (const NoMoreBatches&) {
    // What is on its way is this pass's yet, unless it was told to stop.
    keep_rest(now, before);
    if (!hooks.is_stopped()) cutter.finish();
    throw;
  }
}

// Puts back what stood in a file from this record on.
void SourceChanges::leave_from(const Place& place) {
  auto& [now, before] = read_again_[place.file];
  now->records.resize(place.record);
  keep_rest(*now, before);
}

void SourceChanges::settle(const std::vector<ArticleNumber>& articles, std::vector<PlacedSkip>&& skipped) {
  for (std::size_t i = 0; i < articles.size(); ++i) {
    read_again_[handed_out_[i].file].first->records[handed_out_[i].record].article = articles[i];
  }
  for (std::size_t i = articles.size(); i < handed_out_.size(); ++i) {
    if (i == articles.size() || handed_out_[i].file != handed_out_[i - 1].file) leave_from(handed_out_[i]);
  }
  is_complete_ = is_complete_ && articles.size() == handed_out_.size();
  for (PlacedSkip& skip : skipped) {
    const Place& place = handed_out_[skip.records_before];
    skip.skipped.path.clear();
    read_again_[place.file].first->skipped.push_back({place.record, std::move(skip.skipped)});
  }
  for (const auto& [now, before] : read_again_) compare(before, *now);
  tally_.held = 0;
  for (const auto& [path, file] : visited_) tally_.held += count_articles(*file);
}

// Tells what became of the articles of a file that was read again.
void SourceChanges::compare(const FileState& before, const FileState& now) {
  any_ = any_ || before.stamp != now.stamp || before.conditions != now.conditions || before.records != now.records;
  for (std::size_t i = 0; i < std::max(before.records.size(), now.records.size()); ++i) {
    const RecordState was = i < before.records.size() ? before.records[i] : RecordState{};
    const RecordState is = i < now.records.size() ? now.records[i] : RecordState{};
    if (was.article == is.article) continue;
    if (was.article != kNoArticle) removed_.push_back(was.article);
    if (was.article != kNoArticle && is.article != kNoArticle) {
      ++tally_.replaced;
    } else if (was.article != kNoArticle) {
      tally_.gone.push_back(was.hash);
    } else {
      tally_.arrived.push_back(is.hash);
    }
  }
}

void SourceChanges::drop(const FileState& file) {
  any_ = true;
  for (const RecordState& record : file.records) {
    if (record.article == kNoArticle) continue;
    removed_.push_back(record.article);
    tally_.gone.push_back(record.hash);
  }
}

std::vector<Skipped> SourceChanges::skipped() const {
  std::vector<Skipped> all;
  auto source = skipped_sources_.begin();
  const auto add_sources = [&](std::size_t visited) {
    for (; source != skipped_sources_.end() && source->records_before <= visited; ++source) {
      all.push_back(source->skipped);
    }
  };
  for (std::size_t i = 0; i < visited_.size(); ++i) {
    add_sources(i);
    const std::size_t first = all.size();
    std::vector<PlacedSkip> here = visited_[i].second->skipped;
    append_in_source_order(std::move(here), all);
    for (auto skip = all.begin() + static_cast<std::ptrdiff_t>(first); skip != all.end(); ++skip) {
      skip->path = *visited_[i].first;
    }
  }
  add_sources(visited_.size());
  return all;
}

}  // namespace dateline
