// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/index_update.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <span>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <unordered_set>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/manifest.h"
#include "common/metadata.h"
#include "common/segments.h"
#include "indexer/copies/copy_repair.h"
#include "indexer/names/collection_pass.h"
#include "indexer/sources/batches.h"
#include "indexer/updating/collection_facts.h"
#include "indexer/updating/line_changes.h"
#include "indexer/updating/repair_sources.h"
#include "indexer/updating/source_changes.h"
#include "indexer/writing/segment_writer.h"
#include "indexer/writing/waiting_articles.h"

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

// What the index holds before the run: nothing for a new one, or with --rebuild for one that starts afresh.
struct OldState {
  Manifest manifest;              // to keep until the commit
  std::vector<Segment> segments;  // but for the newest
  std::optional<Xapian::Database> newest;
  SourceState sources;
  std::uint64_t next_batch = 0;
};

Result<OldState> read_old_state(const IndexOptions& options) {
  OldState old;
  if (!fs::exists(options.database / kManifestName)) return old;
  Result<Manifest> manifest = read_manifest(options.database);
  if (!manifest && !options.rebuild) return manifest.error();
  if (manifest) old.manifest = std::move(*manifest);
  if (options.rebuild) return old;
  Result<std::vector<Segment>> segments = open_segments(options.database);
  if (!segments) return segments.error();
  old.segments = std::move(*segments);
  old.newest = old.segments.back().database;
  old.segments.pop_back();
  Result<SourceState> sources = read_sources(*old.newest);
  if (!sources) return sources.error();
  old.sources = std::move(*sources);
  const Result<std::uint64_t> next_batch = read_next_batch(*old.newest);
  if (!next_batch) return next_batch.error();
  old.next_batch = *next_batch;
  return old;
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

// What was found in a batch; its articles wait in a file.
struct BatchOutcome {
  fs::path waiting;
  NameCounts names;
  NumberedFacts copies;
  LineCounts lines;
  std::vector<ArticleNumber> articles;  // by record
  std::vector<PlacedSkip> skipped;
  std::uint64_t bytes_read = 0;
};

BatchOutcome find_in_batch(Batch&& batch, std::uint64_t first_batch, const fs::path& scratch, const FieldNames& fields,
                           Finders& finders) {
  BatchOutcome outcome{scratch / fmt::format("waiting-{:06}", batch.number), {}, {}, {}, {}, {}, batch.bytes};
  ArticleNumber next = (first_batch + batch.number) << kBatchBits;
  std::string waiting;
  for (std::size_t i = 0; i < batch.records.size(); ++i) {
    RawRecord& record = batch.records[i];
    const Result<AnalyzedArticle> analyzed = analyze_record(record, fields, finders);
    record.bytes = {};  // a batch may hold one huge article: do not keep its bytes beside its text
    outcome.articles.push_back(analyzed ? next++ : kNoArticle);
    if (!analyzed) {
      outcome.skipped.push_back({i, skipped_record(record, analyzed.error())});
      continue;
    }
    outcome.lines.add(analyzed->lines);
    outcome.names.add(analyzed->article.text, analyzed->names);
    outcome.copies.add(copy_facts(*analyzed), outcome.articles.back());
    waiting += encode_waiting(outcome.articles.back(), *analyzed);
  }
  write_waiting(outcome.waiting, waiting);
  return outcome;
}

struct WrittenBatch {
  fs::path database;
  SegmentCounts counts;
};

WrittenBatch write_batch(const fs::path& waiting, const LineCounts& lines, const RepairSources& sources,
                         Stemmers& stemmers) {
  WrittenBatch written{waiting.parent_path() / ("database-" + waiting.filename().string()), {}};
  BatchWriter writer(written.database, stemmers);
  read_waiting(waiting, [&](ArticleNumber number, AnalyzedArticle&& article) {
    sources.repair(number, article);
    cut_passages(article, lines);
    writer.add(article, number);
  });
  written.counts = writer.finish();
  fs::remove(waiting);
  return written;
}

SegmentCounts counts_of(const std::vector<Segment>& segments) {
  SegmentCounts counts;
  for (const Segment& segment : segments) counts += segment.counts;
  return counts;
}

// What a run has found, and then what it has written.
struct Indexed {
  std::vector<fs::path> waiting;  // by batch
  NameCounts names;
  NumberedFacts copies;
  LineChanges lines;
  std::vector<ArticleNumber> articles;  // by record handed out
  std::vector<PlacedSkip> skipped;

  std::vector<fs::path> databases;
  SegmentCounts counts;
};

// Hash of all that decides what becomes of a record, but for the program itself.
std::uint64_t hash_of_conditions(const IndexOptions& options) {
  std::string conditions = fmt::format("{}\n", options.limits.max_bytes);
  for (const auto& [key, name] : options.fields) conditions += fmt::format("{}={}\n", key, name);
  for (const fs::path& file : {options.names_model, options.aliases}) {
    conditions += file.empty() ? "" : checksum_of(file);
    conditions += '\n';
  }
  return XXH3_64bits(conditions.data(), conditions.size());
}

Indexed find_changes(const IndexOptions& options, SourceChanges& changes, std::uint64_t first_batch,
                     const NamesModel& model, const NameAliases& aliases, const fs::path& scratch, Progress& progress,
                     const std::function<bool()>& is_stopped) {
  Indexed indexed;
  std::vector<Finders> finders;
  for (unsigned i = 0; i < options.threads; ++i) finders.emplace_back(model, aliases);
  run_batches<BatchOutcome>(
      options.threads,
      [&](const auto& on_batch) {
        changes.read(options.sources, options.database, options.limits, is_stopped, on_batch);
      },
      [&](Batch&& batch, unsigned thread) {
        return find_in_batch(std::move(batch), first_batch, scratch, options.fields, finders[thread]);
      },
      [&](BatchOutcome&& outcome) {
        indexed.waiting.push_back(std::move(outcome.waiting));
        indexed.names.add(std::move(outcome.names));
        indexed.copies.add(std::move(outcome.copies));
        indexed.lines.add_indexed(outcome.lines);
        for (PlacedSkip& skip : outcome.skipped) {
          skip.records_before += indexed.articles.size();
          indexed.skipped.push_back(std::move(skip));
        }
        const auto found = std::count_if(outcome.articles.begin(), outcome.articles.end(),
                                         [](ArticleNumber number) { return number != kNoArticle; });
        indexed.articles.insert(indexed.articles.end(), outcome.articles.begin(), outcome.articles.end());
        progress.advance(static_cast<std::uint64_t>(found), outcome.bytes_read);
      },
      is_stopped);
  progress.finish();
  return indexed;
}

void write_changes(unsigned threads, const RepairSources& sources, Indexed& indexed) {
  std::vector<Stemmers> stemmers(threads);
  run_batches<WrittenBatch>(
      threads,
      [&](const auto& on_batch) {
        for (std::size_t i = 0; i < indexed.waiting.size(); ++i) on_batch({});
      },
      [&](Batch&& batch, unsigned thread) {
        return write_batch(indexed.waiting[batch.number], indexed.lines.counts(), sources, stemmers[thread]);
      },
      [&](WrittenBatch&& written) {
        indexed.databases.push_back(std::move(written.database));
        indexed.counts += written.counts;
      });
}

// Lists an article, whose first document that is, among what was removed from its segment.
void take_out(const AnalyzedArticle& article, Xapian::docid first, Segment& segment) {
  const auto documents = static_cast<Xapian::docid>(article.passages.size() + article.boilerplate.size());
  const DocidRange range{first, first + documents};
  const SegmentCounts counts{
      1, article.passages.size(), article.quotes.size(), article.article.text.size(), {{article.article.language, 1}}};
  std::uint64_t length = 0;
  for (std::uint32_t docid = range.begin; docid < range.end; ++docid) length += segment.database.get_doclength(docid);
  segment.removed.add(range);
  segment.removed.counts += counts;
  segment.removed.length += length;
  segment.counts -= counts;
  segment.length -= length;
}

// The first document of an article in a segment; nothing if it is not there or was removed.
std::optional<Xapian::docid> find_first_document(const Segment& segment, ArticleNumber number,
                                                 const std::string& article_id) {
  const std::string term = id_term(article_id);  // other articles may have the same id
  const auto end = segment.database.postlist_end(term);
  for (auto posting = segment.database.postlist_begin(term); posting != end; ++posting) {
    const PassageKey key = value_or_throw(
        decode_passage_key(segment.database.get_document(*posting, Xapian::DOC_ASSUME_VALID).get_value(kSlotPassage)));
    if (key.article == number && !segment.removed.hold(*posting)) return *posting;
  }
  return std::nullopt;
}

// Takes an article out of the segment that holds it and returns what it is by itself. Throws FatalError (kIndex) if
// none does.
AnalyzedArticle remove_article(ArticleNumber number, std::vector<Segment>& segments) {
  for (Segment& segment : segments) {
    if (read_metadata(segment.database, article_metadata_key(number)).empty()) continue;
    AnalyzedArticle article = read_stored_article(segment, number);
    const std::optional<Xapian::docid> first = find_first_document(segment, number, article.article.id);
    if (!first) continue;  // it was written again, into a newer one
    take_out(article, *first, segment);
    undo_repair(article);
    return article;
  }
  throw FatalError({ErrorCode::kIndex, fmt::format("article {} is listed and not stored", number),
                    "index the sources again with: dateline-index --rebuild"});
}

// Moves articles out of their segments and among what waits to be written.
void move_changed(const std::vector<ArticleNumber>& changed, std::vector<Segment>& segments, const fs::path& scratch,
                  Indexed& indexed) {
  for (std::size_t begin = 0; begin < changed.size();) {
    std::string waiting;
    for (; begin < changed.size() && waiting.size() < kBatchBytes; ++begin) {
      waiting += encode_waiting(changed[begin], remove_article(changed[begin], segments));
    }
    indexed.waiting.push_back(scratch / fmt::format("waiting-again-{:06}", indexed.waiting.size()));
    write_waiting(indexed.waiting.back(), waiting);
  }
}

std::unordered_set<ArticleNumber> articles_of(const SourceState& state) {
  std::unordered_set<ArticleNumber> articles;
  for (const auto& [path, file] : state) {
    for (const RecordState& record : file.records) {
      if (record.article != kNoArticle) articles.insert(record.article);
    }
  }
  return articles;
}

// The segments are merged so that each has at least so many times the passages of all newer ones together, which keeps
// their number logarithmic and merges each article as often …
constexpr std::uint64_t kTierRatio = 2;
// … but what has fewer passages than options.merge_below is always merged, and a segment a part of which was removed is
// written again when that part is this one:
constexpr std::uint64_t kMaxRemovedShare = 8;

// How many of the oldest segments stay out of a merge with what comes new.
std::size_t count_unmerged(const std::vector<Segment>& segments, std::uint64_t new_passages,
                           std::uint64_t merge_below) {
  std::size_t unmerged = segments.size();
  for (std::uint64_t newer = new_passages; unmerged > 0; --unmerged) {
    const std::uint64_t passages = segments[unmerged - 1].counts.passages;
    if (passages >= merge_below && passages >= kTierRatio * newer) break;
    newer += passages;
  }
  return unmerged;
}

bool is_worth_copying(const Segment& segment) {
  return segment.removed.counts.passages * kMaxRemovedShare > segment.counts.passages;
}

// Builds the segments that follow `old` and names them, oldest first.
class SegmentBuilder {
 public:
  SegmentBuilder(fs::path directory, fs::path scratch, std::uint64_t next_number)
      : directory_(std::move(directory)), scratch_(std::move(scratch)), next_number_(next_number) {}

  // Segments of which nothing is left are left out.
  void build(const std::vector<Segment>& old, const Indexed& indexed, std::uint64_t merge_below) {
    const std::size_t unmerged = count_unmerged(old, indexed.counts.passages, merge_below);
    for (std::size_t i = 0; i < unmerged; ++i) add({old.begin() + static_cast<std::ptrdiff_t>(i), 1}, {}, {});
    add(std::span(old).subspan(unmerged), indexed.databases, indexed.counts);
  }

  void add_newest(const std::map<std::string, std::string>& metadata) {
    const fs::path built = scratch_ / next_name();
    write_newest_segment(metadata, built);
    take(built);
  }

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  // Of the segments that were kept as they are.
  [[nodiscard]] const RemovedBySegment& removed() const { return removed_; }

 private:
  void add(std::span<const Segment> segments, std::vector<fs::path> databases, SegmentCounts counts) {
    if (databases.empty() && segments.size() == 1 && !is_worth_copying(segments.front())) {
      return keep(segments.front());
    }
    std::vector<fs::path> parts;
    Stemmers stemmers;
    for (const Segment& segment : segments) {
      counts += segment.counts;
      if (segment.removed.empty()) {
        parts.push_back(segment.path);
      } else {
        copy_remaining(segment, scratch_, stemmers, parts);
      }
    }
    if (counts.articles == 0) return;
    parts.insert(parts.end(), databases.begin(), databases.end());
    const fs::path built = scratch_ / next_name();
    merge_segment(parts, counts, built);
    take(built);
  }

  void keep(const Segment& segment) {
    names_.push_back(segment.path.filename().string());
    if (!segment.removed.empty()) removed_[names_.back()] = segment.removed;
  }

  [[nodiscard]] std::string next_name() { return fmt::format("{}{}", kSegmentBegin, next_number_++); }

  void take(const fs::path& built) {
    names_.push_back(built.filename().string());
    fs::rename(built, directory_ / names_.back());
  }

  fs::path directory_;
  fs::path scratch_;
  std::uint64_t next_number_;
  std::vector<std::string> names_;
  RemovedBySegment removed_;
};

}  // namespace

Result<IndexReport> update_index(const IndexOptions& options, Progress& progress,
                                 const std::function<bool()>& is_stopped) {
  const auto begin = std::chrono::steady_clock::now();
  const fs::path& directory = options.database;
  const Result<NamesModel> model = NamesModel::open(options.names_model);
  if (!model) return model.error();
  const Result<NameAliases> aliases = read_aliases(options.aliases);
  if (!aliases) return aliases.error();
  if (std::optional<Error> error = check_directory(directory)) return *error;
  Result<WriterLock> lock = WriterLock::take(directory);
  if (!lock) return lock.error();
  Result<OldState> old = read_old_state(options);
  if (!old) return old.error();
  remove_orphans(directory, old->manifest);
  Manifest manifest;
  Tidying tidying(directory, old->manifest);

  IndexReport report;
  if (options.rebuild) {
    if (const Result<SegmentCounts> counts = count_segments(directory); counts)
      report.articles.removed = counts->articles;
  }
  SourceChanges changes(std::move(old->sources), hash_of_conditions(options));
  std::vector<Skipped> unknown;
  for (const std::string& source : options.forget) {
    if (!changes.forget(source)) unknown.push_back({source, 0, "is not in the index"});
  }
  const fs::path scratch = directory / fmt::format("{}{}", kBuildingBegin, getpid());
  fs::create_directory(scratch);
  Indexed indexed = find_changes(options, changes, old->next_batch, *model, *aliases, scratch, progress, is_stopped);
  changes.settle(indexed.articles, std::move(indexed.skipped));
  report.skipped = std::move(unknown);
  const std::vector<Skipped> skipped = changes.skipped();
  report.skipped.insert(report.skipped.end(), skipped.begin(), skipped.end());

  const auto finish_report = [&](const SegmentCounts& counts) {
    report.is_complete = changes.is_complete();
    report.articles.added = changes.counts().added;
    report.articles.updated = changes.counts().updated;
    report.articles.removed += changes.counts().removed;
    report.articles.unchanged = changes.counts().unchanged;
    report.passages = counts.passages;
    report.held = counts.articles;
    report.quotes = counts.quotes;
    report.bytes = counts.text_bytes;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  if (options.rebuild && !old->manifest.segments.empty() &&
      !changes.is_complete()) {  // a part is not to replace the whole
    report.articles = {};
    report.is_complete = false;
    return report;
  }
  if (old->newest && !changes.any()) {
    report.names = NamesTable(*old->newest).counts();
    report.copies = StoriesTable(*old->newest).counts().copies;
    finish_report(counts_of(old->segments));
    return report;
  }

  CollectionFacts facts;
  if (old->newest) {
    Result<NameCounts> known = read_name_counts(*old->newest);
    if (!known) return known.error();
    facts.names = std::move(*known);
    Result<StoryFacts> stories = read_story_facts(*old->newest);
    if (!stories) return stories.error();
    facts.stories = std::move(*stories);
  }
  NameCounts gone_names;
  NumberedFacts gone_copies;
  for (const ArticleNumber number : changes.removed()) {
    const AnalyzedArticle removed = remove_article(number, old->segments);
    gone_names.add(removed.article.text, removed.names);
    gone_copies.add(copy_facts(removed), number);
    indexed.lines.add_removed(removed.lines);
  }
  facts.sources = changes.take_state();
  const std::unordered_set<ArticleNumber> held = articles_of(facts.sources);
  const auto is_held = [&](ArticleNumber article) { return held.contains(article); };
  const Repairs repairs_before = facts.stories.repairs;
  facts.stories =
      update_stories(std::move(facts.stories), old->segments, std::move(indexed.copies), gone_copies, is_held);
  for (const Story& story : facts.stories.stories) report.copies += story.size() - 1;

  const std::size_t batches = indexed.waiting.size();
  const ArticleNumber first_new = old->next_batch << kBatchBits;
  indexed.lines.count(old->segments);
  std::vector<ArticleNumber> changed = indexed.lines.find_changed(old->segments);
  const std::vector<ArticleNumber> repaired =
      find_changed_repairs(repairs_before, facts.stories.repairs, is_held, first_new);
  changed.insert(changed.end(), repaired.begin(), repaired.end());
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  Repairs repairs = facts.stories.repairs;
  std::erase_if(repairs, [&](const auto& repair) {
    return repair.first < first_new && !std::binary_search(changed.begin(), changed.end(), repair.first);
  });
  const RepairSources sources(repairs, old->segments, indexed.waiting, first_new, scratch);
  move_changed(changed, old->segments, scratch, indexed);
  write_changes(options.threads, sources, indexed);
  facts.names.add(std::move(indexed.names));
  facts.names.subtract(gone_names);
  const std::vector<CollectionName> names = join_names(
      facts.names, [&](const std::string& a, const std::string& b) { return model->is_nickname(a, b); }, *aliases);
  for (const CollectionName& name : names) ++report.names[static_cast<std::size_t>(name.kind)];

  std::uint64_t last = 0;
  for (const std::string& name : old->manifest.segments) last = std::max(last, *number_behind(kSegmentBegin, name));
  SegmentBuilder builder(directory, scratch, last + 1);
  builder.build(old->segments, indexed, options.merge_below);
  facts.next_batch = old->next_batch + batches;
  facts.removed = builder.removed();
  builder.add_newest(encode_facts(facts, names));
  manifest.segments = builder.names();
  sync_path(directory);
  replace_manifest(directory, manifest);
  tidying.set_in_force(manifest);

  SegmentCounts counts = counts_of(old->segments);
  counts += indexed.counts;
  finish_report(counts);
  return report;
}

}  // namespace dateline
