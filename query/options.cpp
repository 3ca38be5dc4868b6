// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <map>
#include <string_view>

#include "common/options.h"
#include "common/run_tool.h"

namespace dateline {
namespace {

constexpr const char* kFooter =
    "\nQueries (put them in single quotes, so that the shell leaves them alone):\n"
    "  kremlin cyber unit              words: the more of them and the closer together, the better\n"
    "  \"working group\"                 the words exactly so\n"
    "  +putin -trump                   must, must not; also AND OR NOT ( )\n"
    "  putin NEAR/8 unit               within 8 words\n"
    "  secur*                          any word that begins so\n"
    "  title:cyber  outlet:reuters     a word of the title, of the outlet's name\n"
    "  date:2017-07  date:2017-07-01..2017-07-31  after:2017-07-09  before:2018\n"
    "Words rank; all else narrows. Whatever cannot be read as an operator is searched as words.\n"
    "\nExit codes: 0 something found, 1 nothing found, 2 bad option, 3 the index cannot be used,\n"
    "4 standard output not writable.\n";

constexpr std::size_t kMostHits = 100'000;

// True for "-trump" and the like: a single dash and more than one character, the first of them no digit.
bool looks_like_excluded_word(std::string_view argument) {
  return argument.size() > 2 && argument[0] == '-' && argument[1] != '-';
}

// Moves the words of the query behind a "--", where no word can be taken for an option.
//
// Arguments in CLI11's order, last first.
std::vector<std::string> separate_query(const CLI::App& app, int argc, const char* const* argv) {
  std::vector<std::string> options;
  std::vector<std::string> words;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--") {
      words.insert(words.end(), argv + i + 1, argv + argc);
      break;
    }
    const bool dashed = argument.size() > 1 && argument[0] == '-';
    if (!dashed || (!words.empty() && looks_like_excluded_word(argument))) {
      words.push_back(argument);
      continue;
    }
    options.push_back(argument);
    const CLI::Option* option = app.get_option_no_throw(argument);
    if (option != nullptr && option->get_items_expected_max() > 0 && i + 1 < argc) options.emplace_back(argv[++i]);
  }
  if (!words.empty()) {
    options.emplace_back("--");
    options.insert(options.end(), words.begin(), words.end());
  }
  std::reverse(options.begin(), options.end());
  return options;
}

template <typename T>
CLI::CheckedTransformer one_of(std::map<std::string, T> names) {
  return CLI::CheckedTransformer(std::move(names));
}

}  // namespace

ParsedQueryOptions parse_query_options(int argc, const char* const* argv) {
  QueryOptions options;
  CLI::App app{"Ranks passages of an index made by dateline-index.", "dateline-query"};

  std::vector<std::string> words;
  app.add_option("QUERY", words, "What to search for; see below");
  app.add_option(
         "-d,--db", options.databases,
         "Index directory; default $DATELINE_DB, else ./dateline.db. May be given more than once: one search over "
         "all of them")
      ->type_name("DIR")
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("-n,--limit", options.search.limit, "Hits to print; default 10")
      ->check(CLI::Range(std::size_t{1}, kMostHits))
      ->type_name("N");
  app.add_option("--offset", options.search.offset, "Hits to leave out before them")
      ->check(CLI::Range(std::size_t{0}, kMostHits))
      ->type_name("N");
  app.add_option("-f,--format", options.format, "text for people (default), json for programs, trec for evaluation")
      ->transform(one_of<OutputFormat>(
          {{"text", OutputFormat::kText}, {"json", OutputFormat::kJson}, {"trec", OutputFormat::kTrec}}))
      ->type_name("text|json|trec");
  app.add_option("--group", options.search.grouping,
                 "What counts as one hit. passage (default): copies of a passage once; article, story: the best "
                 "passage of each; none: every passage")
      ->transform(one_of<Grouping>({{"passage", Grouping::kPassage},
                                    {"article", Grouping::kArticle},
                                    {"story", Grouping::kStory},
                                    {"none", Grouping::kNone}}))
      ->type_name("passage|article|story|none");
  app.add_option("--batch", options.batch_path,
                 "Queries from a file, or - for standard input: `id<TAB>query` a line; answers in the same order")
      ->type_name("FILE");
  app.add_option("--color", options.color, "auto: on a terminal, unless NO_COLOR is set")
      ->transform(
          one_of<ColorMode>({{"auto", ColorMode::kAuto}, {"always", ColorMode::kAlways}, {"never", ColorMode::kNever}}))
      ->type_name("auto|always|never");
  app.add_flag("--explain", options.search.explain,
               "How the query was read and why each passage stands where it stands");

  add_common_options(app, kFooter);
  if (const std::optional<int> done = parse_command_line(app, separate_query(app, argc, argv))) {
    return {std::nullopt, *done};
  }
  for (const std::string& word : words) options.query += (options.query.empty() ? "" : " ") + word;
  if (options.query.empty() == options.batch_path.empty()) {
    const char* what = options.batch_path.empty() ? "no QUERY given" : "a QUERY and --batch exclude each other";
    return {std::nullopt, usage_error(app, what)};
  }
  if (options.databases.empty()) {
    const char* from_environment = std::getenv("DATELINE_DB");
    options.databases.emplace_back(from_environment != nullptr && *from_environment != '\0' ? from_environment
                                                                                            : "dateline.db");
  }
  return {std::move(options), kExitSuccess};
}

}  // namespace dateline
