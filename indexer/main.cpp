// SPDX-License-Identifier: GPL-2.0-or-later
//
// dateline-index: reads folders of news and writes a full-text index.
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include "common/run_tool.h"
#include "common/text.h"
#include "indexer/analyze_output.h"
#include "indexer/analyze_sources.h"
#include "indexer/options.h"
#include "indexer/progress.h"
#include "indexer/sources/batches.h"
#include "indexer/updating/index_check.h"
#include "indexer/updating/index_update.h"
#include "indexer/updating/source_watch.h"
#include "indexer/updating/stop_signal.h"

namespace dateline {
namespace {

constexpr const char* kName = "dateline-index";
constexpr std::size_t kShownSkips = 10;

void write_out(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int fail(const Error& error) {
  report_error(kName, error);
  return static_cast<int>(error.code);
}

// Bytes of all sources for the time left; 0 where compressed ones make that unknown. Costs a stat a file.
std::uint64_t total_bytes(const std::vector<std::string>& sources) {
  std::uint64_t total = 0;
  bool compressed = false;
  walk_sources(
      sources,
      [&](const SourceFile& file) {
        std::error_code error;
        const auto size = std::filesystem::file_size(file.path, error);
        if (!error) total += size;
        compressed = compressed || file.path.ends_with(".gz");
      },
      [](const Skipped&) {});
  return compressed ? 0 : total;
}

Progress make_progress(const IndexOptions& options) {
  const bool shown = options.progress == ProgressMode::kAlways ||
                     (options.progress == ProgressMode::kAuto && !options.quiet && isatty(STDERR_FILENO) == 1);
  return {shown, shown ? total_bytes(options.sources) : 0};
}

std::size_t max_skips_shown(const IndexOptions& options) {
  return options.verbose ? std::numeric_limits<std::size_t>::max() : kShownSkips;
}

int print_model_info(const IndexOptions& options) {
  const Result<NamesModel> model = NamesModel::open(options.names_model);
  if (!model) return fail(model.error());
  write_out(printable(model->card()));
  return kExitSuccess;
}

int analyze(const IndexOptions& options) {
  const Result<NamesModel> model = NamesModel::open(options.names_model);
  if (!model) return fail(model.error());
  const Result<NameAliases> aliases = read_aliases(options.aliases);
  if (!aliases) return fail(aliases.error());
  const std::vector<Skipped> skipped = analyze_sources(options, *model, *aliases, write_out);
  tell(skipped_text(skipped, max_skips_shown(options)));
  return skipped.empty() ? kExitSuccess : kExitInputOutput;
}

int check(const IndexOptions& options) {
  const Result<SegmentCounts> counts = check_index(options.database);
  if (!counts) return fail(counts.error());
  if (!options.quiet) {
    fmt::print("{}: good; {}\n", printable(options.database.string(), true),
               amount_text(counts->articles, counts->passages, counts->quotes, counts->text_bytes));
  }
  return kExitSuccess;
}

void print_report(const IndexReport& report, const IndexOptions& options) {
  if (options.report == ReportFormat::kJson) {
    write_out(report_json(report));
    std::fflush(stdout);
    return;
  }
  if (!options.quiet) tell(report_text(report));
  tell(skipped_text(report.skipped, max_skips_shown(options)));
}

int exit_code_of(const IndexReport& report, const IndexOptions& options) {
  if (report.is_complete) return report.skipped.empty() ? kExitSuccess : kExitInputOutput;
  const bool is_dropped = options.rebuild && report.held == 0;
  tell(fmt::format(
      "{}: stopped; {}\n", kName,
      is_dropped ? "the index is as it was" : "what was found and is not in the index yet waits for the next run"));
  return kExitStopped + stop_signal();
}

bool changed_anything(const IndexReport& report) {
  return report.articles.added + report.articles.updated + report.articles.removed > 0;
}

// Whoever searches meanwhile waits for an answer; nobody waits for the indexing as closely. With two threads on two
// cores searches took 1.9 times as long (p95) beside an indexing of their own priority, 1.3 times beside this one.
void let_others_go_first() {
  constexpr int kNicer = 10;
  [[maybe_unused]] const int priority = nice(kNicer);  // where it fails, no harm is done
}

// Runs again whenever the sources changed, until stopped; returns the exit code.
int keep_current(IndexOptions options, UpdateHooks hooks, SourceWatch& watch, int code) {
  if (!options.quiet) tell(fmt::format("watching {} folders; Ctrl-C ends it\n", watch.folders()));
  options.rebuild = false;
  options.forget.clear();
  hooks.waits = true;
  while (watch.wait(stop_descriptor())) {
    Progress progress(false, 0);
    const Result<IndexReport> report = update_index(options, progress, hooks);
    if (!report && stop_signal() != 0) break;  // it was waiting for another writer
    if (!report) return fail(report.error());
    if (changed_anything(*report)) print_report(*report, options);
    code = exit_code_of(*report, options);
    if (!report->is_complete) break;
  }
  return code;
}

int index(const IndexOptions& options) {
  catch_stop_signals();
  let_others_go_first();
  Progress progress = make_progress(options);
  UpdateHooks hooks;
  hooks.is_stopped = [] { return stop_signal() != 0; };
  std::optional<SourceWatch> watch;
  if (options.watch) {
    watch.emplace(options.sources);
    hooks.on_folder = [&](const std::string& folder) { watch->add_folder(folder); };
  }
  const Result<IndexReport> report = update_index(options, progress, hooks);
  if (!report) return fail(report.error());
  print_report(*report, options);
  const int code = exit_code_of(*report, options);
  return watch && report->is_complete ? keep_current(options, std::move(hooks), *watch, code) : code;
}

int run(int argc, char** argv) {
  const ParsedIndexOptions parsed = parse_index_options(argc, argv);
  if (!parsed.options) return parsed.exit_code;
  switch (parsed.options->action) {
    case IndexAction::kAnalyze:
      return analyze(*parsed.options);
    case IndexAction::kModelInfo:
      return print_model_info(*parsed.options);
    case IndexAction::kCheck:
      return check(*parsed.options);
    case IndexAction::kIndex:
      break;
  }
  return index(*parsed.options);
}

}  // namespace
}  // namespace dateline

int main(int argc, char** argv) {
  return dateline::run_tool(dateline::kName, [&] { return dateline::run(argc, argv); });
}
