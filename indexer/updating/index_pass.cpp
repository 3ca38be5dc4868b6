// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/index_pass.h"

#include <algorithm>
#include <fmt/format.h>
#include <future>
#include <memory>
#include <unordered_set>
#include <utility>

#include "common/metadata.h"
#include "indexer/memory_shares.h"
#include "indexer/updating/removed_articles.h"
#include "indexer/writing/segment_writer.h"
#include "indexer/writing/waiting_articles.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNewestName = "newest";  // of the newest segment while it is written

SegmentCounts counts_of(const std::vector<Segment>& segments) {
  SegmentCounts counts;
  for (const Segment& segment : segments) counts += segment.counts;
  return counts;
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

}  // namespace

Result<IndexState> read_state(const fs::path& directory) {
  IndexState state;
  if (!fs::exists(directory / kManifestName)) return state;
  Result<Manifest> manifest = read_manifest(directory);
  if (!manifest) return manifest.error();
  state.manifest = std::move(*manifest);
  Result<std::vector<Segment>> segments = open_segments(directory);
  if (!segments) return segments.error();
  state.segments = std::move(*segments);
  state.newest = state.segments.back().database;
  state.segments.pop_back();
  Result<SourceState> sources = read_sources(*state.newest);
  if (!sources) return sources.error();
  state.sources = std::move(*sources);
  const Result<std::uint64_t> next_batch = read_next_batch(*state.newest);
  if (!next_batch) return next_batch.error();
  state.next_batch = *next_batch;
  return state;
}

IndexPass::IndexPass(UpdateRun& run, fs::path directory, fs::path scratch, std::uint64_t next_segment,
                     IndexState&& before)
    : run_(run),
      tally_before_(run.tally),
      is_stopped_(run.is_stopped),
      go_on_([this] {
        if (is_stopped_()) throw Stopped{};
      }),
      scratch_(std::move(scratch)),
      directory_(std::move(directory)),
      before_(std::move(before)),
      found_before_(scratch_, run.found_with),
      first_new_(before_.next_batch << kBatchBits),
      changes_(std::move(before_.sources), run.conditions, run.tally),
      builder_(directory_, scratch_, next_segment) {
  fs::create_directory(scratch_);
}

std::optional<PassOutcome> IndexPass::run() {
  try {
    find(commit_share(run_.options.memory, counts_of(before_.segments).text_bytes));
    go_on_();
    return finish();
  } catch (const Stopped&) {
    run_.tally = tally_before_;
    return std::nullopt;
  }
}

PassOutcome IndexPass::run_last() {
  is_last_ = true;
  is_stopped_ = [] { return false; };
  const std::uint64_t bytes = stopped_share(counts_of(before_.segments).text_bytes);
  if (before_.newest && (bytes == 0 || found_before_.empty())) {
    report_old_state();
    return std::move(outcome_);
  }
  find(bytes);
  return finish();
}

PassOutcome IndexPass::finish() {
  outcome_.is_complete = changes_.is_complete();
  outcome_.skipped = changes_.skipped();
  if (before_.newest && !changes_.any()) {
    report_old_state();
    return std::move(outcome_);
  }
  read_facts();
  take_out_removed();
  go_on_();
  join_stories();
  go_on_();
  write();
  go_on_();
  commit();
  return std::move(outcome_);
}

void IndexPass::find(std::uint64_t wanted_bytes) {
  run_.progress.begin_pass();
  run_.progress.begin(is_last_ ? "stopping" : "reading");
  const IndexOptions& options = run_.options;
  ReadingHooks hooks;
  hooks.wanted_bytes = wanted_bytes;
  hooks.is_stopped = is_stopped_;
  hooks.on_folder = run_.on_folder;
  hooks.on_known = [&](std::uint64_t bytes) { run_.progress.pass_over(bytes); };
  found_ = find_articles(
      run_.workers, {article_share(options.memory), is_stopped_},
      [&](const auto& on_batch) {
        const std::function<void(Batch &&)> take = [&](Batch&& batch) {
          if (is_last_ && found_before_.find(found_before_.key_of(batch)).empty()) throw NoMoreBatches{};
          on_batch(std::move(batch));
        };
        changes_.read(options.sources, options.database, options.limits, hooks, take);
      },
      before_.next_batch, options.fields, found_before_, scratch_, run_.progress);
  changes_.settle(found_.articles, std::move(found_.skipped));
}

void IndexPass::report_old_state() {
  outcome_.names = NamesTable(*before_.newest).counts();
  outcome_.copies = StoriesTable(*before_.newest).counts().copies;
  outcome_.held = counts_of(before_.segments);
}

void IndexPass::read_facts() {
  if (before_.newest) {
    facts_.names = value_or_throw(read_name_counts(*before_.newest));
    facts_.stories = value_or_throw(read_story_facts(*before_.newest));
  }
  facts_.next_batch = before_.next_batch + found_.waiting.size();
}

void IndexPass::take_out_removed() {
  for (const ArticleNumber number : changes_.removed()) {
    const AnalyzedArticle removed = remove_article(number, before_.segments);
    gone_names_.add(removed.article.text, removed.names);
    gone_copies_.add(copy_facts(removed), number);
    found_.lines.add_removed(removed.lines);
  }
  facts_.sources = changes_.take_state();
  const auto held = std::make_shared<const std::unordered_set<ArticleNumber>>(articles_of(facts_.sources));
  is_held_ = [held](ArticleNumber article) { return held->contains(article); };
}

void IndexPass::join_stories() {
  if (!is_last_) run_.progress.begin("looking for copies");
  repairs_before_ = facts_.stories.repairs;
  facts_.stories = update_stories(std::move(facts_.stories), before_.segments, std::move(found_.copies), gone_copies_,
                                  is_held_, go_on_);
  for (const Story& story : facts_.stories.stories) outcome_.copies += story.size() - 1;
}

// The older articles that are to be written again, ascending: with other boilerplate by now, or another repair.
std::vector<ArticleNumber> IndexPass::find_changed() const {
  std::vector<ArticleNumber> changed = found_.lines.find_changed(before_.segments);
  const std::vector<ArticleNumber> repaired =
      find_changed_repairs(repairs_before_, facts_.stories.repairs, is_held_, first_new_);
  changed.insert(changed.end(), repaired.begin(), repaired.end());
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return changed;
}

void IndexPass::write() {
  if (!is_last_) run_.progress.begin("writing");
  found_.lines.count(before_.segments);
  const std::vector<ArticleNumber> changed = find_changed();
  Repairs repairs = facts_.stories.repairs;
  std::erase_if(repairs, [&](const auto& repair) {
    return repair.first < first_new_ && !std::binary_search(changed.begin(), changed.end(), repair.first);
  });
  const RepairSources sources(repairs, before_.segments, found_.waiting, first_new_, scratch_);
  go_on_();
  move_changed(changed);
  written_ = write_articles(run_.workers, {article_share(run_.options.memory), is_stopped_}, found_.waiting,
                            found_.lines.counts(), sources, run_.progress);
  found_.lines = {};
}

// Moves articles out of their segments and among what waits to be written.
void IndexPass::move_changed(const std::vector<ArticleNumber>& changed) {
  for (std::size_t begin = 0; begin < changed.size();) {
    std::string waiting;
    for (; begin < changed.size() && waiting.size() < kBatchBytes; ++begin) {
      waiting += encode_waiting(changed[begin], remove_article(changed[begin], before_.segments));
    }
    found_.waiting.push_back({scratch_ / fmt::format("waiting-again-{:06}", found_.waiting.size()), 0});
    write_waiting(found_.waiting.back().file, std::string(kBatchKeyBytes, '\0'), {}, waiting);
  }
}

// Joins what is known of the collection and writes it to the scratch folder.
void IndexPass::write_newest() {
  facts_.names.add(std::move(found_.names));
  facts_.names.subtract(gone_names_);
  std::vector<CollectionName> names = join_names(
      facts_.names, [&](const std::string& a, const std::string& b) { return run_.model.is_nickname(a, b); },
      run_.aliases);
  for (const CollectionName& name : names) ++outcome_.names[static_cast<std::size_t>(name.kind)];
  write_metadata(scratch_ / kNewestName, [&](const PutMetadata& put) {
    encode_facts(std::move(facts_), std::move(names), [&](const std::string& key, const std::string& value) {
      go_on_();
      put(key, value);
    });
  });
}

void IndexPass::commit() {
  if (!is_last_) run_.progress.begin("merging");
  // Merging is the work of one thread: what is known of all is joined beside it, or behind it where the system has no
  // room for another thread.
  const std::launch how = run_.workers.size() > 1 ? std::launch::async | std::launch::deferred : std::launch::deferred;
  std::future<void> newest = std::async(how, [this] { write_newest(); });
  // A run that is to end leaves merging to the next.
  builder_.build(before_.segments, written_.databases, written_.counts,
                 is_last_ ? std::nullopt : std::optional(run_.options.merge_below), go_on_);
  newest.get();
  builder_.add_newest(scratch_ / kNewestName);
  outcome_.manifest = Manifest{builder_.names()};
  sync_path(directory_);
  go_on_();
  replace_manifest(directory_, *outcome_.manifest);
  for (const WaitingBatch& batch : found_.waiting) fs::remove(batch.file);
  outcome_.held = counts_of(before_.segments);
  outcome_.held += written_.counts;
}

}  // namespace dateline
