// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fmt/format.h>
#include <string_view>
#include <system_error>
#include <thread>

#include "common/ascii.h"
#include "common/options.h"
#include "common/run_tool.h"
#include "indexer/names/names_model.h"

namespace dateline {
namespace {

constexpr const char* kFooter =
    "\nRunning it again brings the index up to date with the sources named; what came from others stays. A source "
    "that\n"
    "cannot be read is reported and skipped; the rest is indexed.\n"
    "\nReads .txt .text .md and files without an extension (one article each), .jsonl .ndjson (one a line) and .json\n"
    "(an array, or one object), each also gzip-compressed (.gz), in UTF-8, UTF-16 or an 8-bit encoding.\n"
    "\nExit codes: 0 everything indexed, 2 bad option, 3 the index cannot be used, 4 some sources skipped,\n"
    "130 stopped by Ctrl-C: what was found and is not in the index yet waits for the next run.\n";

// --field KEY=NAME; the keys are those that article_parser.h names.
std::string check_field(const std::string& value) {
  static const std::vector<std::string> kKeys{"id", "url", "title", "text", "date", "source", "author"};
  const std::size_t equals = value.find('=');
  const bool known = std::find(kKeys.begin(), kKeys.end(), value.substr(0, equals)) != kKeys.end();
  if (equals == std::string::npos || equals + 1 == value.size() || !known) {
    return fmt::format("{}: must be KEY=NAME, KEY one of: {}", value, fmt::join(kKeys, " "));
  }
  return {};
}

// "512M", "2G", "300000000"; in capitals or not, with or without B or iB behind it. Nothing for what is no size, or too
// small.
std::optional<std::uint64_t> parse_memory(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string unit = to_lower(std::string_view(end, static_cast<std::size_t>(text.data() + text.size() - end)));
  for (const char* suffix : {"b", "i"}) {
    if (unit.ends_with(suffix)) unit.pop_back();
  }
  constexpr std::string_view kUnits = "kmgt";
  const std::size_t power = unit.empty() ? 0 : kUnits.find(unit) + 1;
  if (error != std::errc() || unit.size() > 1 || (!unit.empty() && power == 0) || number > kMostMemory) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < power; ++i) number = std::min(number, kMostMemory) << 10;
  return number < kLeastMemory || number > kMostMemory ? std::nullopt : std::optional(number);
}

}  // namespace

ParsedIndexOptions parse_index_options(int argc, const char* const* argv) {
  IndexOptions options;
  CLI::App app{"Reads folders of news and writes a full-text index for dateline-query.", "dateline-index"};

  app.add_option("SOURCE", options.sources, "Files and folders; folders are read recursively, in sorted order");
  options.database = "dateline.db";
  app.add_option("-d,--db", options.database, "Index directory; default $DATELINE_DB, else ./dateline.db")
      ->envname("DATELINE_DB")
      ->type_name("DIR");
  options.threads = std::max(1U, std::thread::hardware_concurrency());
  app.add_option("-j,--threads", options.threads, "Threads; default: all cores")
      ->check(CLI::Range(1U, 256U).description(""))
      ->type_name("N");
  std::vector<std::string> fields;
  app.add_option("--field", fields,
                 "Where a JSON record keeps a fact, as text=story; KEY is id url title text date source or author. "
                 "May be given several times")
      ->type_name("KEY=NAME")
      ->take_all()
      ->allow_extra_args(false)
      ->check(check_field);
  app.add_option("--max-bytes", options.limits.max_bytes,
                 "Largest text file, JSON file or JSON line that is read; default 256 MiB")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{4'000'000'000}).description(""))
      ->type_name("N");
  std::string memory;
  app.add_option("--memory", memory,
                 "Memory to keep to, as 512M or 2G; default 1G. More also means fewer commits and larger articles: one "
                 "may have a tenth of it, a .json file a quarter")
      ->check([](const std::string& size) {
        return parse_memory(size) ? "" : size + ": must be a size as 512M or 2G, 64M at least";
      })
      ->type_name("SIZE");
  app.add_option("--aliases", options.aliases,
                 "Names to merge (Dmitry Peskov = Dmitri Peskow), tell apart (George Bush != George W. Bush) or drop "
                 "(- Oscar Health), one a line; org: or place: in front for those")
      ->type_name("FILE");
  app.add_option("--names-model", options.names_model, "Names model; default: the one installed with the program")
      ->type_name("FILE");
  bool model_info = false;
  bool analyze = false;
  bool check = false;
  const auto* analyze_flag =
      app.add_flag("--analyze", analyze, "Print what would be indexed, one JSON object an article; write nothing");
  app.add_flag("--check", check, "Verify the index and say what to do about a fault")
      ->excludes(const_cast<CLI::Option*>(analyze_flag));
  app.add_flag("--model-info", model_info, "Print what the names model was trained on and how well it does");
  app.add_option("--forget", options.forget, "Drop what was indexed from SOURCE, as it was named then")
      ->type_name("SOURCE")
      ->take_all()
      ->allow_extra_args(false);
  CLI::Option* watch =
      app.add_flag("--watch", options.watch,
                   "Stay, and bring the index up to date whenever the sources change, until stopped by Ctrl-C");
  for (CLI::Option* other : {app.get_option("--analyze"), app.get_option("--check")}) watch->excludes(other);
  app.add_flag("--rebuild", options.rebuild, "Start the index afresh, whatever stands there");
  add_choice(
      app, "--report", {"text", "json"},
      [&](std::size_t place) { options.report = place == 0 ? ReportFormat::kText : ReportFormat::kJson; },
      "What was done: text on stderr (default) or json on stdout");
  add_choice(
      app, "--progress", {"auto", "always", "never"},
      [&](std::size_t place) {
        options.progress = std::array{ProgressMode::kAuto, ProgressMode::kAlways, ProgressMode::kNever}[place];
      },
      "A progress bar on stderr; auto: on a terminal");
  app.add_flag("-q,--quiet", options.quiet, "Print errors only");
  app.add_flag("-v,--verbose", options.verbose, "List every skipped source, not only the first ten");

  add_common_options(app, kFooter);
  std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  std::reverse(arguments.begin(), arguments.end());
  if (const std::optional<int> done = parse_command_line(app, std::move(arguments))) return {std::nullopt, *done};

  for (const std::string& field : fields) {
    const std::size_t equals = field.find('=');
    options.fields[field.substr(0, equals)] = field.substr(equals + 1);
  }
  options.action = model_info ? IndexAction::kModelInfo
                   : analyze  ? IndexAction::kAnalyze
                   : check    ? IndexAction::kCheck
                              : IndexAction::kIndex;
  const bool takes_sources = options.action == IndexAction::kIndex || options.action == IndexAction::kAnalyze;
  if (options.names_model.empty()) options.names_model = NamesModel::installed_file();
  if (options.sources.empty() && options.forget.empty() && takes_sources) {
    return {std::nullopt, usage_error(app, "no SOURCE given: name the files and folders to index")};
  }
  if (!options.sources.empty() && options.action == IndexAction::kCheck) {
    return {std::nullopt, usage_error(app, "--check takes no SOURCE: name the index with --db")};
  }
  if (options.sources.empty() && options.watch) {
    return {std::nullopt, usage_error(app, "--watch: name the files and folders to watch")};
  }
  if (!memory.empty()) options.memory = *parse_memory(memory);
  options.limits.article_bytes = article_share(options.memory);
  options.limits.file_bytes = file_share(options.memory);
  if (options.database.empty()) return {std::nullopt, usage_error(app, "--db: the directory's name is empty")};
  return {std::move(options), kExitSuccess};
}

}  // namespace dateline
