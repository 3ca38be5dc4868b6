// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/index_update.h"

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "common/manifest.h"
#include "common/segments.h"
#include "indexer/batches.h"
#include "indexer/names/collection_pass.h"
#include "indexer/segment_writer.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLockName = "lock";
constexpr std::string_view kBuildingBegin = "building-";
constexpr std::string_view kSegmentBegin = "segment-";

Error index_error(const fs::path& directory, std::string_view what, std::string hint) {
  return {ErrorCode::kIndex, fmt::format("{}: {}", directory.string(), what), std::move(hint)};
}

// Held while writing; the kernel lets go of it when the process ends, however it ends.
class WriterLock {
 public:
  static Result<WriterLock> take(const fs::path& directory) {
    const fs::path path = directory / kLockName;
    WriterLock lock(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (lock.file_ < 0) {
      return index_error(directory, fmt::format("cannot write here: {}", std::strerror(errno)),
                         "check the permissions of the index directory");
    }
    if (flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
      std::string owner(20, '\0');
      const ssize_t size = pread(lock.file_, owner.data(), owner.size(), 0);
      owner.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
      owner.resize(std::min(owner.find_first_not_of("0123456789"), owner.size()));
      return index_error(directory,
                         fmt::format("process {} is writing this index", owner.empty() ? "(unknown)" : owner),
                         "wait until it is done");
    }
    const std::string self = fmt::format("{}\n", getpid());
    if (ftruncate(lock.file_, 0) != 0 || pwrite(lock.file_, self.data(), self.size(), 0) < 0) {
      return index_error(directory, fmt::format("cannot write here: {}", std::strerror(errno)),
                         "check the free space and the permissions of the index directory");
    }
    return lock;
  }

  WriterLock(WriterLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  WriterLock& operator=(WriterLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~WriterLock() {
    if (file_ >= 0) close(file_);
  }

 private:
  explicit WriterLock(int file) : file_(file) {}
  int file_;
};

// The number in "segment-12" or "building-12"; nothing for other names.
std::optional<std::uint64_t> number_behind(std::string_view begin, std::string_view name) {
  if (!name.starts_with(begin)) return std::nullopt;
  name.remove_prefix(begin.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc() && end == name.data() + name.size() ? std::optional(number) : std::nullopt;
}

bool is_made_by_a_run(std::string_view name) {
  return number_behind(kSegmentBegin, name) || number_behind(kBuildingBegin, name) || name == kFreshManifestName;
}

// An empty or new directory, or one that holds what dateline-index writes and nothing else.
std::optional<Error> check_directory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error || !fs::is_directory(directory)) {
    return index_error(directory, error ? "cannot be made: " + error.message() : "not a folder",
                       "name another directory with --db");
  }
  // Before all else a run makes the lock; what only has the names of its folders is somebody else's.
  const bool known = fs::exists(directory / kManifestName, error) || fs::exists(directory / kLockName, error);
  for (const auto& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    if (name != kManifestName && name != kLockName && !(known && is_made_by_a_run(name))) {
      return index_error(directory, fmt::format("holds {}, so it is no index", name),
                         "name an empty or new directory with --db");
    }
  }
  return std::nullopt;
}

// The state to replace: none for a new index, or with --rebuild for one that cannot be read.
Result<Manifest> old_state(const IndexOptions& options) {
  if (!fs::exists(options.database / kManifestName)) return Manifest{};
  Result<Manifest> manifest = read_manifest(options.database);
  if (options.rebuild) return manifest ? std::move(manifest) : Result<Manifest>(Manifest{});
  if (!manifest) return manifest;
  if (const Result<std::vector<Segment>> segments = open_segments(options.database); !segments) return segments.error();
  return manifest;
}

// Removes what no manifest names: an earlier segment, the scratch of a killed run.
void remove_orphans(const fs::path& directory, const Manifest& manifest) {
  std::vector<fs::path> orphans;
  for (const auto& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    const bool named = std::find(manifest.segments.begin(), manifest.segments.end(), name) != manifest.segments.end();
    if (!named && is_made_by_a_run(name)) orphans.push_back(entry.path());
  }
  for (const fs::path& orphan : orphans) fs::remove_all(orphan);
}

// Removes what is not of the state in force when a run ends, however it ends: a full disk must not stay full.
class Tidying {
 public:
  Tidying(const fs::path& directory, const Manifest& in_force) : directory_(directory), in_force_(&in_force) {}
  Tidying(const Tidying&) = delete;
  Tidying& operator=(const Tidying&) = delete;
  ~Tidying() {
    try {
      remove_orphans(directory_, *in_force_);
    } catch (const fs::filesystem_error&) {  // the next run will try again
    }
  }
  void set_in_force(const Manifest& manifest) { in_force_ = &manifest; }

 private:
  const fs::path& directory_;
  const Manifest* in_force_;
};

struct BatchOutcome {
  fs::path database;
  SegmentCounts counts;
  NameCounts names;
  std::vector<CopyFacts> copy_facts;
  ArticleNumber first_article = 0;
  std::vector<PlacedSkip> skipped;
  std::uint64_t bytes_read = 0;
};

// Articles of a whole run, to be joined into stories.
class CopyFactsOfRun {
 public:
  // articles  of one batch; the first has the number `first`, the others those behind it
  void add(std::vector<CopyFacts>&& articles, ArticleNumber first) {
    for (CopyFacts& article : articles) {
      facts_.push_back(std::move(article));
      numbers_.push_back(first++);
    }
  }

  // Call once.
  std::vector<Story> join() {
    std::vector<Story> stories;
    for (const std::vector<std::uint32_t>& members : join_stories(std::move(facts_))) {
      Story& story = stories.emplace_back();
      for (const std::uint32_t i : members) story.push_back(numbers_[i]);
    }
    return stories;
  }

 private:
  std::vector<CopyFacts> facts_;
  std::vector<ArticleNumber> numbers_;
};

BatchOutcome index_batch(Batch&& batch, const fs::path& scratch, const FieldNames& fields, Stemmers& stemmers,
                         NameFinder& finder) {
  BatchOutcome outcome{scratch / fmt::format("batch-{:06}", batch.number),
                       {},
                       {},
                       {},
                       batch.number << kBatchBits,
                       std::move(batch.skipped),
                       batch.bytes};
  // First all is read, then all is written: the names model and Xapian's tables would drive one another from the cache.
  std::vector<AnalyzedArticle> articles;
  articles.reserve(batch.records.size());
  for (std::size_t i = 0; i < batch.records.size(); ++i) {
    RawRecord& record = batch.records[i];
    Result<AnalyzedArticle> analyzed = analyze_record(record, fields, finder);
    if (analyzed) {
      articles.push_back(std::move(*analyzed));
    } else {
      outcome.skipped.push_back({i, skipped_record(record, analyzed.error())});
    }
    record.bytes = {};  // a batch may hold one huge article: do not keep its bytes beside its text
  }
  BatchWriter writer(outcome.database, batch.number, stemmers);
  for (const AnalyzedArticle& article : articles) writer.add(article);
  outcome.counts = writer.finish();
  for (const AnalyzedArticle& article : articles) outcome.names.add(article.article.text, article.names);
  outcome.copy_facts = writer.take_copy_facts();
  return outcome;
}

}  // namespace

Result<IndexReport> update_index(const IndexOptions& options, Progress& progress) {
  const auto begin = std::chrono::steady_clock::now();
  const fs::path& directory = options.database;
  const Result<NamesModel> model = NamesModel::open(options.names_model);
  if (!model) return model.error();
  const Result<NameAliases> aliases = read_aliases(options.aliases);
  if (!aliases) return aliases.error();
  if (std::optional<Error> error = check_directory(directory)) return *error;
  Result<WriterLock> lock = WriterLock::take(directory);
  if (!lock) return lock.error();
  Result<Manifest> old = old_state(options);
  if (!old) return old.error();
  remove_orphans(directory, *old);
  Manifest manifest;
  Tidying tidying(directory, *old);

  IndexReport report;
  if (const Result<SegmentCounts> counts = count_segments(directory); counts) report.removed = counts->articles;
  const fs::path scratch = directory / fmt::format("{}{}", kBuildingBegin, getpid());
  fs::create_directory(scratch);
  std::vector<Stemmers> stemmers(options.threads);
  std::vector<NameFinder> finders;
  for (unsigned i = 0; i < options.threads; ++i) finders.emplace_back(*model, *aliases);
  std::vector<fs::path> batches;
  SegmentCounts counts;
  NameCounts name_counts;
  CopyFactsOfRun copies;
  run_batches<BatchOutcome>(
      options.threads,
      [&](const auto& on_batch) { read_batches(options.sources, directory, options.limits, on_batch); },
      [&](Batch&& batch, unsigned thread) {
        return index_batch(std::move(batch), scratch, options.fields, stemmers[thread], finders[thread]);
      },
      [&](BatchOutcome&& outcome) {
        batches.push_back(std::move(outcome.database));
        counts += outcome.counts;
        name_counts.add(std::move(outcome.names));
        copies.add(std::move(outcome.copy_facts), outcome.first_article);
        append_in_source_order(std::move(outcome.skipped), report.skipped);
        progress.advance(outcome.counts.articles, outcome.bytes_read);
      });
  progress.finish();

  std::uint64_t number = 0;
  for (const std::string& name : old->segments) number = std::max(number, *number_behind(kSegmentBegin, name));
  manifest.segments = {fmt::format("{}{}", kSegmentBegin, number + 1)};
  const fs::path built = scratch / manifest.segments.front();
  const std::vector<CollectionName> names = join_names(
      std::move(name_counts), [&](const std::string& a, const std::string& b) { return model->is_nickname(a, b); },
      *aliases);
  const std::vector<Story> stories = copies.join();
  merge_segment(batches, counts, names, stories, built);
  write_checksums(built);
  fs::rename(built, directory / manifest.segments.front());
  sync_path(directory);
  replace_manifest(directory, manifest);
  tidying.set_in_force(manifest);

  report.added = counts.articles;
  for (const CollectionName& name : names) ++report.names[static_cast<std::size_t>(name.kind)];
  for (const Story& story : stories) report.copies += story.size() - 1;
  report.passages = counts.passages;
  report.bytes = counts.text_bytes;
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return report;
}

}  // namespace dateline
