// SPDX-License-Identifier: GPL-2.0-or-later
//
// dateline-index: reads folders of news and writes a full-text index.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <unistd.h>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/run_tool.h"
#include "common/text.h"
#include "indexer/analyze_output.h"
#include "indexer/copies/copy_repair.h"
#include "indexer/options.h"
#include "indexer/progress.h"
#include "indexer/sources/batches.h"
#include "indexer/updating/index_check.h"
#include "indexer/updating/index_update.h"
#include "indexer/updating/source_watch.h"
#include "indexer/updating/stop_signal.h"
#include "indexer/writing/held_articles.h"

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

HeldArticles hold_in_temporary_file() {
  const char* folder = std::getenv("TMPDIR");
  return {folder != nullptr && *folder != '\0' ? folder : "/tmp",
          {ErrorCode::kInputOutput, "cannot keep what was read in a temporary file",
           "make room in the folder for temporary files, or name another with TMPDIR"}};
}

// Which story an article is of, and what it is repaired from, is known when all are.
void print_analyses(const HeldArticles& held, const std::vector<CopyFacts>& facts) {
  const JoinedStories joined = join_stories(facts, common_keys(facts));
  std::vector<std::size_t> best(facts.size());
  std::iota(best.begin(), best.end(), 0U);
  for (const ArticleGroup& story : joined.stories) {
    for (const std::uint32_t i : story) best[i] = story.front();
  }
  const std::unordered_map<std::uint32_t, std::uint32_t> repairs(joined.repairs.begin(), joined.repairs.end());
  for (std::uint32_t i = 0; i < facts.size(); ++i) {
    AnalyzedArticle article = held.read(i);
    if (const auto repair = repairs.find(i); repair != repairs.end()) {
      repair_copy(article, held.read(repair->second));
      cut_repaired_passages(article);
    }
    write_out(analysis_json(article, facts[best[i]].id));
  }
}

int analyze(const IndexOptions& options) {
  const Result<NamesModel> model = NamesModel::open(options.names_model);
  if (!model) return fail(model.error());
  const Result<NameAliases> aliases = read_aliases(options.aliases);
  if (!aliases) return fail(aliases.error());
  std::vector<Finders> finders;
  for (unsigned i = 0; i < options.threads; ++i) finders.emplace_back(*model, *aliases);
  struct Output {
    std::vector<std::string> articles;  // encode_held
    std::vector<CopyFacts> copy_facts;
    std::vector<PlacedSkip> skipped;
  };
  HeldArticles held = hold_in_temporary_file();
  std::vector<CopyFacts> facts;
  IndexReport report;
  const auto read = [&](const auto& on_batch) {
    read_batches(options.sources, options.database, options.limits, on_batch);
  };
  const BatchBounds bounds{article_share(options.memory)};
  // The sources are read twice: which lines are boilerplate only all of them tell.
  LineCounts counts;
  run_batches<LineCounts>(
      options.threads, read,
      [&](Batch&& batch, unsigned) {
        LineCounts lines;
        for (const RawRecord& record : batch.records) {
          if (const auto hashes = read_line_hashes(record, options.fields)) lines.add(*hashes);
        }
        return lines;
      },
      [&](LineCounts&& lines) { counts.add(lines); }, bounds);
  counts.sort();
  run_batches<Output>(
      options.threads, read,
      [&](Batch&& batch, unsigned thread) {
        Output output{{}, {}, std::move(batch.skipped)};
        for (std::size_t i = 0; i < batch.records.size(); ++i) {
          const RawRecord& record = batch.records[i];
          Result<AnalyzedArticle> analyzed = analyze_record(record, options.fields, finders[thread]);
          if (analyzed) {
            cut_passages(*analyzed, counts);
            output.articles.push_back(encode_held(*analyzed));
            output.copy_facts.push_back(copy_facts(*analyzed));
          } else {
            output.skipped.push_back({i, skipped_record(record, analyzed.error())});
          }
        }
        return output;
      },
      [&](Output&& output) {
        for (const std::string& article : output.articles) held.add(article);
        std::move(output.copy_facts.begin(), output.copy_facts.end(), std::back_inserter(facts));
        append_in_source_order(std::move(output.skipped), report.skipped);
      },
      bounds);
  print_analyses(held, facts);
  fmt::print(stderr, "{}", skipped_text(report.skipped, max_skips_shown(options)));
  return report.skipped.empty() ? kExitSuccess : kExitInputOutput;
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
  if (!options.quiet) fmt::print(stderr, "{}", report_text(report));
  fmt::print(stderr, "{}", skipped_text(report.skipped, max_skips_shown(options)));
}

int exit_code_of(const IndexReport& report, const IndexOptions& options) {
  if (report.is_complete) return report.skipped.empty() ? kExitSuccess : kExitInputOutput;
  const bool is_dropped = options.rebuild && report.held == 0;
  fmt::print(
      stderr, "{}: stopped; {}\n", kName,
      is_dropped ? "the index is as it was" : "what was found and is not in the index yet waits for the next run");
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
  if (!options.quiet) fmt::print(stderr, "watching {} folders; Ctrl-C ends it\n", watch.folders());
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
