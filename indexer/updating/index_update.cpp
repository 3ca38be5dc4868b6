// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/index_update.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/segments.h"
#include "indexer/updating/index_folder.h"
#include "indexer/updating/index_pass.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

std::uint64_t hash_of_conditions(const IndexOptions& options) {
  std::string conditions = fmt::format("{}\n", options.limits.max_bytes);
  for (const auto& [key, name] : options.fields) conditions += fmt::format("{}={}\n", key, name);
  for (const fs::path& file : {options.names_model, options.aliases}) {
    conditions += file.empty() ? "" : checksum_of(file);
    conditions += '\n';
  }
  return XXH3_64bits(conditions.data(), conditions.size());
}

// A program is known by its size and time: what another one found is not taken over.
std::uint64_t hash_of_program(std::uint64_t conditions) {
  const fs::path program = "/proc/self/exe";
  const std::string stamp =
      fmt::format("{} {}", fs::file_size(program), fs::last_write_time(program).time_since_epoch().count());
  return XXH3_64bits_withSeed(stamp.data(), stamp.size(), conditions);
}

IndexReport report_of(const UpdateRun& run, PassOutcome&& last) {
  IndexReport report;
  report.articles = run.tally.counts();
  report.held = last.held.articles;
  report.passages = last.held.passages;
  report.quotes = last.held.quotes;
  report.bytes = last.held.text_bytes;
  report.names = last.names;
  report.copies = last.copies;
  report.skipped = std::move(last.skipped);
  report.is_complete = last.is_complete;
  return report;
}

// Pass after pass, each committed, until all of the sources is read or the run is stopped. Segments are numbered from
// `least_number` on, or above those that there are.
//
// is_part_wanted  false: of a run that is stopped nothing is kept
Result<IndexReport> run_passes(UpdateRun& run, IndexFolder& folder, bool is_part_wanted = true,
                               std::uint64_t least_number = 0) {
  std::vector<Skipped> unknown;
  for (bool is_to_forget = true;;) {
    Result<IndexState> state = read_state(folder.path());
    if (!state) return state.error();
    folder.set_in_force(state->manifest, is_part_wanted);
    const bool is_stopped = run.is_stopped();
    if (is_stopped && !is_part_wanted) return report_of(run, PassOutcome{});
    const std::uint64_t number = std::max(least_number, next_segment(state->manifest));
    IndexPass pass(run, folder.path(), folder.scratch(), number, std::move(*state));
    if (is_to_forget) unknown.clear();
    for (const std::string& source : run.options.forget) {
      if (is_to_forget && !pass.forget(source)) unknown.push_back({source, 0, "is not in the index"});
    }
    std::optional<PassOutcome> outcome = is_stopped ? pass.run_last() : pass.run();
    if (!outcome) continue;
    is_to_forget = false;
    if (outcome->manifest) folder.set_in_force(*outcome->manifest, is_part_wanted);
    if (!outcome->is_complete && !is_stopped) continue;
    if (!outcome->is_complete) folder.leave_found();
    outcome->skipped.insert(outcome->skipped.begin(), unknown.begin(), unknown.end());
    return report_of(run, std::move(*outcome));
  }
}

// Makes the index afresh, as one of its own in the scratch folder of the old, and takes it over once it is complete: a
// part is not to replace the whole.
Result<IndexReport> rebuild(UpdateRun& run, IndexFolder& folder) {
  if (!fs::exists(folder.path() / kManifestName)) return run_passes(run, folder);
  const Result<Manifest> manifest = read_manifest(folder.path());
  const Result<SegmentCounts> before = count_segments(folder.path());
  folder.set_in_force(manifest ? *manifest : Manifest{});  // of one that cannot be read nothing is kept
  fs::create_directory(folder.scratch());
  Result<IndexFolder> fresh = IndexFolder::open(folder.scratch());
  if (!fresh) return fresh.error();
  Result<IndexReport> report = run_passes(run, *fresh, false, next_segment(folder.in_force()));
  if (!report) return report;
  if (!report->is_complete) {
    report = IndexReport{};
    report->is_complete = false;
    return report;
  }
  if (before) report->articles.removed = before->articles;
  for (const std::string& name : fresh->in_force().segments) fs::rename(fresh->path() / name, folder.path() / name);
  sync_path(folder.path());
  replace_manifest(folder.path(), fresh->in_force());
  folder.set_in_force(fresh->in_force());
  return report;
}

}  // namespace

Result<IndexReport> update_index(const IndexOptions& options, Progress& progress, const UpdateHooks& hooks) {
  const auto begin = std::chrono::steady_clock::now();
  const Result<NamesModel> model = NamesModel::open(options.names_model);
  if (!model) return model.error();
  const Result<NameAliases> aliases = read_aliases(options.aliases);
  if (!aliases) return aliases.error();
  Result<IndexFolder> folder = IndexFolder::open(options.database, hooks.waits ? hooks.is_stopped : nullptr);
  if (!folder) return folder.error();

  const std::uint64_t conditions = hash_of_conditions(options);
  UpdateRun run{options,          *model,          *aliases, conditions, hash_of_program(conditions),
                hooks.is_stopped, hooks.on_folder, progress, {},         {}};
  for (unsigned i = 0; i < options.threads; ++i) run.workers.push_back({Finders(*model, *aliases), {}});
  Result<IndexReport> report = options.rebuild ? rebuild(run, *folder) : run_passes(run, *folder);
  progress.finish();
  if (!report) return report;
  report->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return report;
}

}  // namespace dateline
