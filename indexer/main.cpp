// SPDX-License-Identifier: GPL-2.0-or-later
//
// dateline-index: reads folders of news and writes a full-text index.
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <string>
#include <unistd.h>

#include "common/run_tool.h"
#include "common/text.h"
#include "indexer/analyze_output.h"
#include "indexer/batches.h"
#include "indexer/held_lines.h"
#include "indexer/index_check.h"
#include "indexer/index_update.h"
#include "indexer/options.h"
#include "indexer/progress.h"
#include "indexer/stop_signal.h"

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
  std::vector<Finders> finders;
  for (unsigned i = 0; i < options.threads; ++i) finders.emplace_back(*model, *aliases);
  struct Output {
    std::string lines;
    std::vector<CopyFacts> copy_facts;
    std::vector<PlacedSkip> skipped;
  };
  HeldLines held;
  IndexReport report;
  const auto read = [&](const auto& on_batch) {
    read_batches(options.sources, options.database, options.limits, on_batch);
  };
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
      [&](LineCounts&& lines) { counts.add(lines); });
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
            output.lines += analysis_json(*analyzed);
            output.copy_facts.push_back(copy_facts(*analyzed));
          } else {
            output.skipped.push_back({i, skipped_record(record, analyzed.error())});
          }
        }
        return output;
      },
      [&](Output&& output) {
        held.add(output.lines, std::move(output.copy_facts));
        append_in_source_order(std::move(output.skipped), report.skipped);
      });
  held.write(write_out);
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

int index(const IndexOptions& options) {
  Progress progress = make_progress(options);
  catch_stop_signals();
  const Result<IndexReport> report = update_index(options, progress, [] { return stop_signal() != 0; });
  if (!report) return fail(report.error());
  if (options.report == ReportFormat::kJson) {
    write_out(report_json(*report));
  } else {
    if (!options.quiet) fmt::print(stderr, "{}", report_text(*report));
    fmt::print(stderr, "{}", skipped_text(report->skipped, max_skips_shown(options)));
  }
  if (!report->is_complete) {
    fmt::print(stderr, "{}: stopped; {}\n", kName,
               options.rebuild && report->held == 0
                   ? "the index is as it was"
                   : "what was finished is in the index, and the next run goes on from there");
    return kExitStopped + stop_signal();
  }
  return report->skipped.empty() ? kExitSuccess : kExitInputOutput;
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
