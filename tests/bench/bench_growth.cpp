// SPDX-License-Identifier: GPL-2.0-or-later
//
// Does the cost of reading grow as the text does? Every stage on text that is hostile to it, short and four times as
// long.
//
// usage: bench_growth MODEL
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>

#include "common/name_key.h"
#include "common/person_name.h"
#include "indexer/boilerplate.h"
#include "indexer/names/article_pass.h"
#include "indexer/passage_builder.h"
#include "indexer/quotes/quote_finder.h"
#include "indexer/sentence_splitter.h"
#include "tests/hostile_texts.h"

namespace {

constexpr std::size_t kShort = 500'000;  // bytes
constexpr std::size_t kTimes = 8;
constexpr double kSuspicious =
    1.4;  // exponent of the cost over the bytes: 2 is quadratic; 1 is linear, but caches overflow

using Read = std::function<std::size_t(const std::string& text)>;  // what it returns keeps the work from being dropped

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Of CPU, the better of two: whatever else runs makes it longer.
double seconds_of(const Read& read, const std::string& text) {
  double best = 1e9;
  [[maybe_unused]] volatile std::size_t kept = 0;
  for (int i = 0; i < 2; ++i) {
    const double begin = cpu_seconds();
    kept = read(text);
    best = std::min(best, cpu_seconds() - begin);
  }
  return best;
}

// Prints a line; returns whether the cost is suspicious.
bool measure(std::string_view stage, std::string_view what, const Read& read,
             const std::function<std::string(std::size_t bytes)>& make) {
  const double of_short = seconds_of(read, make(kShort));
  const double of_long = seconds_of(read, make(kShort * kTimes));
  const double exponent = std::log(of_long / of_short) / std::log(static_cast<double>(kTimes));
  const bool suspicious = exponent > kSuspicious && of_long > 0.05;
  std::string shown(what);
  std::ranges::replace(shown, '\n', '|');
  std::printf("%-10s %7.1f ms/MB  exponent %5.2f%s  %s\n", std::string(stage).c_str(),
              1e9 * of_long / static_cast<double>(kShort * kTimes), exponent, suspicious ? " !" : "  ", shown.c_str());
  return suspicious;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace dateline;
  if (argc != 2) {
    std::fputs("usage: bench_growth MODEL\n", stderr);
    return 2;
  }
  const Result<NamesModel> model = NamesModel::open(argv[1]);
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return 3;
  }
  const NameAliases aliases;
  int suspicious = 0;
  const auto repeat = [&](std::string_view stage, const auto& units, const Read& read) {
    for (const std::string_view unit : units) {
      suspicious += measure(stage, unit, read, [&](std::size_t bytes) { return repeated(unit, bytes); });
    }
  };
  repeat("sentences", kHostileSentences, [](const std::string& text) { return split_sentences(text).size(); });
  repeat("passages", kHostileSentences,
         [](const std::string& text) { return build_passages(text, split_sentences(text), {}).size(); });
  repeat("boilerplate", kHostileBoilerplate, [](const std::string& text) {
    const std::vector<ArticleLine> lines = read_lines(text);
    return find_boilerplate(text, lines, std::vector<unsigned>(lines.size()), split_sentences(text), {}).size();
  });
  TokenizedText tokens;
  repeat("tokens", kHostileTokens, [&](const std::string& text) {
    tokenize_names(text, tokens);
    return text.size();
  });
  const Read find = [&](const std::string& text) { return NameFinder(*model, aliases).find(text).mentions.size(); };
  repeat("names", kHostileNames, find);
  for (const DistinctNames& kind : distinct_names()) {
    suspicious += measure("names", kind.what, find, [&](std::size_t bytes) { return many(kind, bytes); });
  }
  NameFinder names(*model, aliases);
  QuoteFinder quotes(*model);
  const Read find_quotes = [&](const std::string& text) {
    const ArticleNames found = names.find(text);
    return quotes.find(split_sentences(text), names.tokens(), found).size();
  };
  repeat("quotes", kHostileQuotes, find_quotes);
  for (const DistinctNames& kind : distinct_names()) {
    suspicious += measure("quotes", kind.what, find_quotes, [&](std::size_t bytes) { return many(kind, bytes); });
  }
  repeat("a name", kHostileTokens, [](const std::string& text) {
    const PersonName name = parse_person_name(text);
    return name_key(text).size() + (name.words.empty() ? 0 : sound_key(name.last()).size());
  });
  std::printf("%d suspicious\n", suspicious);
  return suspicious > 0 ? 1 : 0;
}
