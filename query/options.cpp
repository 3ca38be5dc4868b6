// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <string_view>
#include <system_error>

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
    "  person:peskov  org:kremlin  place:hamburg   somebody or something named, in any form\n"
    "  said:lukash working group       passages in which somebody is quoted; the words count more in their quotes\n"
    "  title:cyber  outlet:reuters     a word of the title, of the outlet's name\n"
    "  date:2017-07  date:2017-07-01..2017-07-31  after:2017-07-09  before:2018\n"
    "Words rank; all else narrows. Whatever cannot be read as an operator is searched as words.\n"
    "\nExit codes: 0 something found, 1 nothing found, 2 bad option, 3 the index cannot be used,\n"
    "4 standard output not writable.\n";

constexpr std::size_t kMostHits = 100'000;

constexpr std::array<std::string_view, 3> kFormats{"text", "json", "trec"};

// True for "-n5" and "-fjson": a short option with its value.
bool holds_its_value(std::string_view argument) {
  const std::string_view value = argument.substr(2);
  if (argument[1] == 'n') return value.find_first_not_of("0123456789") == std::string_view::npos;
  return argument[1] == 'f' && std::find(kFormats.begin(), kFormats.end(), value) != kFormats.end();
}

// True for "-trump" and the like: a single dash and more than one character that are no option with its value.
bool looks_like_excluded_word(std::string_view argument) {
  return argument.size() > 2 && argument[0] == '-' && argument[1] != '-' && !holds_its_value(argument);
}

// The command line cut in two, so that no word of the query can be taken for an option.
struct Arguments {
  std::vector<std::string> options;  // and their values, in CLI11's order: last first
  std::vector<std::string> words;
};

Arguments separate_query(const CLI::App& app, int argc, const char* const* argv) {
  Arguments found;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--") {
      found.words.insert(found.words.end(), argv + i + 1, argv + argc);
      break;
    }
    const bool dashed = argument.size() > 1 && argument[0] == '-';
    if (!dashed || (!found.words.empty() && looks_like_excluded_word(argument))) {
      found.words.push_back(argument);
      continue;
    }
    found.options.push_back(argument);
    const CLI::Option* option = app.get_option_no_throw(argument);
    const int values = option == nullptr || option->get_items_expected_max() == 0 ? 0 : option->get_type_size_max();
    for (int n = 0; n < values && i + 1 < argc; ++n) found.options.emplace_back(argv[++i]);
  }
  std::reverse(found.options.begin(), found.options.end());
  return found;
}

// The same index named twice is one.
void drop_repeated(std::vector<std::filesystem::path>& directories) {
  std::vector<std::filesystem::path> kept;
  for (const std::filesystem::path& directory : directories) {
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const std::filesystem::path& other) {
      std::error_code error;
      return std::filesystem::equivalent(directory, other, error);
    });
    if (!known) kept.push_back(directory);
  }
  directories = std::move(kept);
}

}  // namespace

ParsedQueryOptions parse_query_options(int argc, const char* const* argv) {
  QueryOptions options;
  CLI::App app{"Ranks passages of an index made by dateline-index.", "dateline-query"};

  std::vector<std::string> unused;  // the words never reach CLI11
  app.add_option("QUERY", unused, "What to search for; see below");
  app.add_option(
         "-d,--db", options.databases,
         "Index directory; default $DATELINE_DB, else ./dateline.db. May be given more than once: one search over "
         "all of them")
      ->type_name("DIR")
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("-n,--limit", options.search.limit, "Hits to print, with --names so many of each kind; default 10")
      ->check(CLI::Range(std::size_t{1}, kMostHits).description(""))
      ->type_name("N");
  app.add_option("--offset", options.search.offset, "Hits to leave out before them")
      ->check(CLI::Range(std::size_t{0}, kMostHits).description(""))
      ->type_name("N");
  add_choice(
      app, "-f,--format", std::vector<std::string>(kFormats.begin(), kFormats.end()),
      [&](std::size_t place) {
        options.format = std::array{OutputFormat::kText, OutputFormat::kJson, OutputFormat::kTrec}[place];
      },
      "text for people (default), json for programs, trec for evaluation");
  bool grouped = false;
  add_choice(
      app, "--group", {"passage", "article", "story", "none"},
      [&](std::size_t place) {
        grouped = true;
        options.search.grouping =
            std::array{Grouping::kPassage, Grouping::kArticle, Grouping::kStory, Grouping::kNone}[place];
      },
      "What counts as one hit. passage (default): copies of a passage once; article, story: the best "
      "passage of each (story is the default with --like); none: every passage");
  add_choice(
      app, "--sort", {"relevance", "date"}, [&](std::size_t place) { options.search.by_date = place == 1; },
      "relevance (default): best first; date: the newest first, of the passages in which all words stand");
  app.add_flag("--recent", options.search.prefer_recent,
               "Prefer recent passages a little; one half a year older than the newest gains half as much");
  app.add_flag("--copies", options.search.locate_copies,
               "Under each hit the other articles of its story and those that print the passage; updates by the same "
               "outlet first");
  app.add_option("--batch", options.batch_path,
                 "Queries from a file, or - for standard input: `id<TAB>query` a line; answers in the same order")
      ->type_name("FILE");
  add_choice(
      app, "--color", {"auto", "always", "never"},
      [&](std::size_t place) {
        options.color = std::array{ColorMode::kAuto, ColorMode::kAlways, ColorMode::kNever}[place];
      },
      "auto: on a terminal, unless NO_COLOR is set");
  app.add_flag("--explain", options.search.explain,
               "How the query was read and why each passage stands where it stands");

  app.add_flag("--names", options.count_names,
               "Instead of passages: the people, organizations and places in all passages that match, counted");
  app.add_flag("--quotes", options.show_quotes,
               "Instead of passages: the quotes in them, of those asked for with said: or of all; each once, with its "
               "copies");
  bool no_names = false;
  app.add_flag("--no-names", no_names, "Search plain words as words only, not as the people and things they may name");
  bool no_added = false;
  app.add_flag("--no-added", no_added,
               "List no passage that holds none of the words; else, where few hold any, others of their articles that "
               "hold what the best passages share");
  app.add_option("--like", options.like,
                 "Instead of a query: what is like an article, or like one of its passages, in other stories")
      ->type_name("ID[#PASSAGE]");
  app.add_option("--person", options.person,
                 "Instead of a query: all that the index knows of a person, and the latest passages that name them")
      ->type_name("NAME");
  std::pair<std::string, std::string> diff;
  const CLI::Option* diff_option =
      app.add_option(
             "--diff", diff,
             "Instead of a query: the articles of two ids side by side: numbers, dates and names that disagree, "
             "then what one has that the other lacks")
          ->type_name("ID ID");

  add_common_options(app, kFooter);
  Arguments arguments = separate_query(app, argc, argv);
  if (const std::optional<int> done = parse_command_line(app, std::move(arguments.options))) {
    return {std::nullopt, *done};
  }
  for (const std::string& word : arguments.words) options.query += (options.query.empty() ? "" : " ") + word;
  options.search.names = !no_names;
  options.search.add_words = !no_added;
  if (!options.like.empty() && !grouped) options.search.grouping = Grouping::kStory;
  if (*diff_option) options.diff = diff;
  const char* instead_of_query = options.diff              ? "--diff"
                                 : !options.person.empty() ? "--person"
                                 : !options.like.empty()   ? "--like"
                                                           : nullptr;
  const bool has_query = !options.query.empty() || !options.batch_path.empty();
  if (instead_of_query != nullptr && has_query) {
    return {std::nullopt, usage_error(app, fmt::format("{} takes neither a QUERY nor --batch", instead_of_query))};
  }
  if (instead_of_query == nullptr && options.query.empty() == options.batch_path.empty()) {
    const char* what = options.batch_path.empty() ? "no QUERY given" : "a QUERY and --batch exclude each other";
    return {std::nullopt, usage_error(app, what)};
  }
  const int instead_of_passages = (options.count_names ? 1 : 0) + (options.show_quotes ? 1 : 0) +
                                  (options.person.empty() ? 0 : 1) + (options.diff ? 1 : 0);
  if (!options.like.empty() && instead_of_passages > 0) {
    return {std::nullopt,
            usage_error(app, "--like gives passages: it excludes --names, --quotes, --person and --diff")};
  }
  if (options.format == OutputFormat::kTrec && instead_of_passages > 0) {
    return {
        std::nullopt,
        usage_error(app, "--format trec is for passages: --names, --quotes, --person and --diff give text or json")};
  }
  if (instead_of_passages > 1) {
    return {std::nullopt, usage_error(app, "--names, --quotes, --person and --diff exclude one another")};
  }
  if (std::any_of(options.databases.begin(), options.databases.end(), [](const auto& path) { return path.empty(); })) {
    return {std::nullopt, usage_error(app, "--db: the directory's name is empty")};
  }
  drop_repeated(options.databases);
  if (options.databases.empty()) {
    const char* from_environment = std::getenv("DATELINE_DB");
    options.databases.emplace_back(from_environment != nullptr && *from_environment != '\0' ? from_environment
                                                                                            : "dateline.db");
  }
  return {std::move(options), kExitSuccess};
}

}  // namespace dateline
