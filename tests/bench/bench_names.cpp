// SPDX-License-Identifier: GPL-2.0-or-later
//
// How fast names are recognised and linked, on one core, stage by stage.
//
// usage: bench_names MODEL SOURCE [PASSES]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "indexer/articles/article_parser.h"
#include "indexer/names/article_pass.h"
#include "indexer/sources/source_files.h"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

}  // namespace

int main(int argc, char** argv) {
  using namespace dateline;
  if (argc < 3) {
    std::fputs("usage: bench_names MODEL SOURCE [PASSES]\n", stderr);
    return 2;
  }
  const Clock::time_point opening = Clock::now();
  const Result<NamesModel> model = NamesModel::open(argv[1]);
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return 3;
  }
  std::printf("model ready in %.2f ms\n", 1e3 * seconds_since(opening));
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  walk_sources(
      {argv[2]},
      [&](const SourceFile& file) {
        read_source_file(
            file, {},
            [&](RawRecord&& record) {
              const Result<Article> article = parse_article(record, {});
              if (!article) return;
              bytes += article->text.size();
              texts.push_back(article->text);
            },
            [](const Skipped&) {});
      },
      [](const Skipped&) {});
  const int passes = argc > 3 ? std::atoi(argv[3]) : 3;
  const NameAliases aliases;
  for (int pass = 0; pass < passes; ++pass) {
    TokenizedText tokens;
    Clock::time_point begin = Clock::now();
    for (const std::string& text : texts) tokenize_names(text, tokens);
    const double tokenizing = seconds_since(begin);
    NameTagger tagger(*model);
    std::size_t names = 0;
    begin = Clock::now();
    for (const std::string& text : texts) {
      tokenize_names(text, tokens);
      names += tagger.tag(tokens).size();
    }
    const double tagging = seconds_since(begin);
    NameFinder finder(*model, aliases);
    begin = Clock::now();
    for (const std::string& text : texts) names += finder.find(text).names.size();
    const double all = seconds_since(begin);
    const double megabytes = static_cast<double>(bytes) / 1e6;
    std::printf("%.1f MB, %zu names: tokens %.1f MB/s; recognition %.1f MB/s; with linking %.1f MB/s\n", megabytes,
                names, megabytes / tokenizing, megabytes / tagging, megabytes / all);
  }
  return 0;
}
