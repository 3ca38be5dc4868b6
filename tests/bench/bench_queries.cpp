// SPDX-License-Identifier: GPL-2.0-or-later
//
// In-process latency of a list of queries: parsing, searching, the text and highlights of the hits, and printing them.
//
// usage: bench_queries DATABASE QUERIES [PASSES]
//   QUERIES  `kind<TAB>query` a line
//   PASSES   over the whole list; the first is not counted (default 5). Each query's figure is its median.
// Prints milliseconds: p50, p95, p99 and the slowest over the queries, for all and for each kind.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "query/asking/query_parser.h"
#include "query/searching/searcher.h"
#include "query/showing/renderer.h"

namespace {

using namespace dateline;

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

double time_query(Searcher& searcher, const std::string& query) {
  const auto begin = std::chrono::steady_clock::now();
  Answer answer{{}, query, parse_query(query), {}, 0};
  SearchOptions options;
  options.list_copies = true;  // as the program does for JSON
  answer.result = searcher.search(answer.parsed, options);
  const std::string out = render(answer, RenderOptions{OutputFormat::kJson});
  const auto end = std::chrono::steady_clock::now();
  return out.empty() ? 0 : std::chrono::duration<double, std::milli>(end - begin).count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: bench_queries DATABASE QUERIES [PASSES]\n";
    return 2;
  }
  Result<Searcher> searcher = Searcher::open({argv[1]});
  if (!searcher) {
    std::cerr << searcher.error().message << '\n';
    return 3;
  }
  std::vector<std::pair<std::string, std::string>> queries;
  std::ifstream file(argv[2]);
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    if (tab != std::string::npos) queries.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  if (queries.empty()) {
    std::cerr << argv[2] << ": no queries\n";
    return 2;
  }
  const int passes = argc > 3 ? std::max(2, std::atoi(argv[3])) : 5;
  std::vector<std::vector<double>> times(queries.size());
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t i = 0; i < queries.size(); ++i) {
      const double ms = time_query(*searcher, queries[i].second);
      if (pass > 0) times[i].push_back(ms);
    }
  }
  std::map<std::string, std::vector<double>> by_kind;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    const double median = percentile(times[i], 0.5);
    by_kind["all"].push_back(median);
    by_kind[queries[i].first].push_back(median);
    if (std::getenv("BENCH_EACH") != nullptr) fmt::print("{:8.3f}  {}\n", median, queries[i].second);
  }
  fmt::print("{} queries, {} counted passes, ms\n{:10} {:>7} {:>8} {:>8} {:>8} {:>8}\n", queries.size(), passes - 1,
             "kind", "queries", "p50", "p95", "p99", "slowest");
  for (const auto& [kind, medians] : by_kind) {
    fmt::print("{:10} {:7} {:8.3f} {:8.3f} {:8.3f} {:8.3f}\n", kind, medians.size(), percentile(medians, 0.5),
               percentile(medians, 0.95), percentile(medians, 0.99), percentile(medians, 1.0));
  }
  return 0;
}
