// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sources/batches.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <system_error>

#include "common/error.h"
#include "common/manifest.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

// Tells the files of an index, some of which look like text, from articles.
class IndexFiles {
 public:
  explicit IndexFiles(const fs::path& database) : database_(database) {}

  bool holds(const std::string& path) {
    fs::path folder = fs::path(path).parent_path();
    if (folder.empty()) folder = ".";
    if (folder != last_folder_) {
      last_is_index_ = is_index(folder) || is_inside_index(folder);
      last_folder_ = std::move(folder);
    }
    return last_is_index_;
  }

 private:
  [[nodiscard]] bool is_index(const fs::path& folder) const {
    std::error_code error;
    return fs::exists(folder / kManifestName, error) || fs::equivalent(folder, database_, error);
  }

  // Segments stand in the index, what a run has under way one folder deeper.
  [[nodiscard]] bool is_inside_index(const fs::path& folder) const {
    const std::string name = folder.filename().string();
    const auto begins = [&](std::string_view begin) { return name.starts_with(begin); };
    if (begins("database-")) return is_inside_index(folder.parent_path());
    if (!begins(kSegmentBegin) && !begins("building-")) return false;
    const fs::path parent = folder.parent_path();
    return is_index(parent.empty() ? fs::path(".") : parent) || is_inside_index(parent);
  }

  const fs::path& database_;
  fs::path last_folder_;
  bool last_is_index_ = false;
};

}  // namespace

void append_in_source_order(std::vector<PlacedSkip>&& skips, std::vector<Skipped>& all) {
  std::stable_sort(skips.begin(), skips.end(),
                   [](const PlacedSkip& a, const PlacedSkip& b) { return a.records_before < b.records_before; });
  std::transform(skips.begin(), skips.end(), std::back_inserter(all),
                 [](PlacedSkip& skip) { return std::move(skip.skipped); });
}

void BatchCutter::add(RawRecord&& record) {
  batch_.bytes += record.bytes.size();
  batch_.records.push_back(std::move(record));
  if (batch_.bytes >= kBatchBytes || batch_.records.size() >= kBatchRecords) flush();
}

void BatchCutter::finish() {
  if (!batch_.records.empty() || !batch_.skipped.empty()) flush();
}

void start_threads(unsigned threads, const std::function<void(unsigned)>& run, std::vector<std::thread>& started) {
  started.reserve(threads);
  try {
    while (started.size() < threads) started.emplace_back(run, static_cast<unsigned>(started.size()));
  } catch (const std::system_error& error) {
    if (!started.empty()) return;
    throw FatalError({ErrorCode::kIndex, std::string("no thread can be started: ") + error.code().message(),
                      "end other programs, or allow more memory or processes"});
  }
}

void walk_articles(const std::vector<std::string>& sources, const fs::path& database,
                   const std::function<void(const SourceFile&)>& on_file,
                   const std::function<void(const Skipped&)>& on_skip,
                   const std::function<void(const std::string&)>& on_folder) {
  IndexFiles index_files(database);
  const auto pass_folder = [&](const std::string& folder) {
    if (on_folder && !index_files.holds(folder + "/.")) on_folder(folder);
  };
  walk_sources(
      sources,
      [&](const SourceFile& file) {
        if (!index_files.holds(file.path)) on_file(file);
      },
      on_skip, pass_folder);
}

void read_batches(const std::vector<std::string>& sources, const fs::path& database, const ReadLimits& limits,
                  const std::function<void(Batch&&)>& on_batch) {
  BatchCutter cutter(on_batch);
  const auto add = [&](RawRecord&& record) { cutter.add(std::move(record)); };
  const auto skip = [&](const Skipped& skipped) { cutter.skip(skipped); };
  walk_articles(
      sources, database, [&](const SourceFile& file) { read_source_file(file, limits, add, skip); }, skip);
  cutter.finish();
}

}  // namespace dateline
