// SPDX-License-Identifier: GPL-2.0-or-later
//
// The command line of dateline-query as a struct.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "query/searching/searcher.h"
#include "query/showing/renderer.h"

namespace dateline {

enum class ColorMode { kAuto, kAlways, kNever };

struct QueryOptions {
  std::vector<std::filesystem::path> databases;
  std::string query;       // the QUERY arguments, a blank between
  std::string batch_path;  // empty: no batch; "-": standard input
  OutputFormat format = OutputFormat::kText;
  ColorMode color = ColorMode::kAuto;
  SearchOptions search;
  bool count_names = false;                                 // instead of hits
  bool show_quotes = false;                                 // instead of hits
  std::string like;                                         // id of an article, or id#passage, instead of a query
  std::string person;                                       // whose page is asked for; empty: a query
  std::optional<std::pair<std::string, std::string>> diff;  // ids of the articles to compare, instead of a query
};

// What the command line asks for, or the exit code with which the program is done (after --help, --version or an error,
// each already printed).
//
// After the first word of the query an argument like -trump is a word of it (must not), not a cluster of options.
struct ParsedQueryOptions {
  std::optional<QueryOptions> options;
  int exit_code = 0;
};
[[nodiscard]] ParsedQueryOptions parse_query_options(int argc, const char* const* argv);

}  // namespace dateline
