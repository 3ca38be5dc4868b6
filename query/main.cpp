// SPDX-License-Identifier: GPL-2.0-or-later
//
// dateline-query: ranks passages of an index in the terminal.
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/run_tool.h"
#include "query/asking/query_parser.h"
#include "query/options.h"
#include "query/searching/article_diff.h"
#include "query/searching/searcher.h"
#include "query/showing/diff_renderer.h"
#include "query/showing/person_page.h"
#include "query/showing/quote_renderer.h"
#include "query/showing/renderer.h"

namespace dateline {
namespace {

constexpr const char* kName = "dateline-query";
constexpr std::size_t kPipeWidth = 80;
constexpr std::size_t kWidestText = 110;  // longer lines are hard to read

RenderOptions make_render_options(const QueryOptions& options) {
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  RenderOptions render;
  render.format = options.format;
  render.explain = options.search.explain;
  render.list_copies = options.search.list_copies;
  render.by_article = options.search.grouping == Grouping::kArticle || options.search.grouping == Grouping::kStory;
  const char* no_color = std::getenv("NO_COLOR");
  render.color = options.color == ColorMode::kAlways ||
                 (options.color == ColorMode::kAuto && terminal && (no_color == nullptr || *no_color == '\0'));
  render.width = kPipeWidth;
  if (winsize size{}; terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    render.width = std::min<std::size_t>(size.ws_col, kWidestText);
  }
  return render;
}

void write_out(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int show_person(Searcher& searcher, const QueryOptions& options, const RenderOptions& render) {
  const std::optional<PersonPage> page = make_person_page(searcher, options.person, options.search.limit);
  if (page) {
    write_out(render_person(*page, render));
    return kExitSuccess;
  }
  const std::optional<std::string> meant = searcher.names().suggest(NameKind::kPerson, options.person);
  write_out(render_nobody(meant, render));
  return kExitNothingFound;
}

int show_diff(const Searcher& searcher, const std::pair<std::string, std::string>& ids, const RenderOptions& render) {
  const std::optional<DiffSide> one = searcher.find_article(ids.first);
  const std::optional<DiffSide> two = searcher.find_article(ids.second);
  if (one && two) {
    write_out(render_diff(*one, *two, compare_articles(*one, *two), render));
    return kExitSuccess;
  }
  std::vector<std::string> missing;
  if (!one) missing.push_back(ids.first);
  if (!two) missing.push_back(ids.second);
  write_out(render_missing(missing, render));
  return kExitNothingFound;
}

// Answers one query on standard output; true if something was found.
bool answer(Searcher& searcher, std::optional<std::string> id, const std::string& query, const QueryOptions& options,
            const RenderOptions& render_options) {
  const auto begin = std::chrono::steady_clock::now();
  Answer found{std::move(id), query, parse_query(query), {}, 0};
  if (options.count_names) {
    const std::vector<NameCount> names = searcher.count_names(found.parsed, options.search);
    write_out(render_names(found.id, query, names, options.search.limit, render_options));
    return !names.empty();
  }
  const auto elapsed_ms = [&] {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  };
  if (options.show_quotes) {
    QuoteAnswer quotes{found.id, query, found.parsed, searcher.find_quotes(found.parsed, options.search), 1, 0};
    quotes.first_rank = options.search.offset + 1;
    quotes.elapsed_ms = elapsed_ms();
    write_out(render_quotes(quotes, render_options));
    return !quotes.result.quotes.empty();
  }
  found.result = searcher.search(found.parsed, options.search);
  found.elapsed_ms = elapsed_ms();
  write_out(render(found, render_options));
  return !found.result.hits.empty();
}

int show_similar(Searcher& searcher, const QueryOptions& options, const RenderOptions& render_options) {
  const auto begin = std::chrono::steady_clock::now();
  std::optional<SimilarResult> similar = searcher.find_similar(options.like, options.search);
  if (!similar) {
    write_out(render_missing({options.like}, render_options));
    return kExitNothingFound;
  }
  Answer found{std::nullopt, options.like, std::move(similar->query), std::move(similar->result), 0};
  found.elapsed_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  write_out(render(found, render_options));
  return found.result.hits.empty() ? kExitNothingFound : kExitSuccess;
}

// `id<TAB>query` a line; a line without a TAB is a query whose id is its number. Blank lines are passed over.
int answer_batch(Searcher& searcher, std::istream& lines, const QueryOptions& options, const RenderOptions& render) {
  bool any = false;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) continue;
    const std::size_t tab = line.find('\t');
    const bool has_id = tab != std::string::npos;
    any |= answer(searcher, has_id ? line.substr(0, tab) : std::to_string(number), has_id ? line.substr(tab + 1) : line,
                  options, render);
    if (std::ferror(stdout) != 0) break;  // nobody listens any more
  }
  if (lines.bad()) {
    report_error(kName, {ErrorCode::kUsage, fmt::format("--batch: cannot be read: {}", std::strerror(errno)),
                         "--batch names a file of queries, or - for standard input"});
    return kExitUsage;
  }
  return any ? kExitSuccess : kExitNothingFound;
}

int run(int argc, char** argv) {
  const ParsedQueryOptions parsed = parse_query_options(argc, argv);
  if (!parsed.options) return parsed.exit_code;
  QueryOptions options = *parsed.options;
  options.search.with_text = options.format != OutputFormat::kTrec;
  options.search.list_copies = options.search.locate_copies || options.format == OutputFormat::kJson;
  const RenderOptions render = make_render_options(options);
  Result<Searcher> searcher = Searcher::open(options.databases);
  if (!searcher) {
    report_error(kName, searcher.error());
    return static_cast<int>(searcher.error().code);
  }
  if (options.diff) return show_diff(*searcher, *options.diff, render);
  if (!options.person.empty()) return show_person(*searcher, options, render);
  if (!options.like.empty()) return show_similar(*searcher, options, render);
  if (options.batch_path.empty()) {
    return answer(*searcher, std::nullopt, options.query, options, render) ? kExitSuccess : kExitNothingFound;
  }
  if (options.batch_path == "-") return answer_batch(*searcher, std::cin, options, render);
  std::ifstream file(options.batch_path);
  if (!file) {
    report_error(kName, {ErrorCode::kUsage, fmt::format("{}: {}", options.batch_path, std::strerror(errno)),
                         "--batch names a file of queries, or - for standard input"});
    return kExitUsage;
  }
  return answer_batch(*searcher, file, options, render);
}

}  // namespace
}  // namespace dateline

int main(int argc, char** argv) {
  return dateline::run_tool(dateline::kName, [&] { return dateline::run(argc, argv); });
}
