// SPDX-License-Identifier: GPL-2.0-or-later
//
// Small indexes for tests of searches, and what holds of every answer.
#pragma once

#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "indexer/updating/index_update.h"
#include "query/asking/query_parser.h"
#include "query/searching/searcher.h"
#include "tests/unit/support.h"

namespace dateline {

// One record of a JSON Lines file; `facts` are pairs of a field and its value.
inline std::string record(const std::string& id, const std::string& title, const std::string& text,
                          const std::vector<std::pair<std::string, std::string>>& facts = {}) {
  nlohmann::json json{{"id", id}, {"title", title}, {"text", text}};
  for (const auto& [name, value] : facts) json[name] = value;
  return json.dump() + '\n';
}

inline void make_index(const std::filesystem::path& source, const std::filesystem::path& directory) {
  IndexOptions options;
  options.sources = {source};
  options.database = directory;
  options.names_model = names_model_file();
  Progress progress(false, 0);
  const Result<IndexReport> report = update_index(options, progress);
  ASSERT_TRUE(report) << report.error().message;
  ASSERT_GT(report->articles.added, 0U);
}

inline Searcher open_searcher(const std::vector<std::filesystem::path>& directories) {
  Result<Searcher> searcher = Searcher::open(directories);
  EXPECT_TRUE(searcher) << searcher.error().message;
  return std::move(*searcher);
}

inline constexpr std::size_t kAll = 10'000;

inline double sum_of_text(const Explanation& why) {
  return why.text.early + why.text.as_written + why.text.akin + why.text.lost + why.text.like;
}
inline double sum_of(const Explanation& why) {
  return why.passage + why.article + why.closeness + sum_of_text(why) + why.quoted + why.answer + why.added +
         why.recent + why.lowered;
}

inline SearchResult search_all(Searcher& searcher, const std::string& query, Grouping grouping = Grouping::kNone) {
  SearchOptions options;
  options.limit = kAll;
  options.grouping = grouping;
  return searcher.search(parse_query(query), options);
}

// "id#passage" of a hit: each is one passage.
inline std::string name_of(const Hit& hit) { return hit.article.id + '#' + std::to_string(hit.ordinal); }

inline std::vector<std::string> names_of(const SearchResult& result) {
  std::vector<std::string> names;
  for (const Hit& hit : result.hits) names.push_back(name_of(hit));
  return names;
}

// What holds of every result, whatever was asked.
inline void check_result(const SearchResult& result, std::size_t offset = 0) {
  EXPECT_TRUE(!result.total_is_exact || result.total >= result.hits.size());
  std::set<std::string> seen;
  double score = INFINITY;
  std::size_t rank = offset;
  for (const Hit& hit : result.hits) {
    EXPECT_EQ(hit.rank, ++rank);
    EXPECT_LE(hit.score, score) << "ranks fall with the score";
    score = hit.score;
    EXPECT_TRUE(seen.insert(name_of(hit)).second) << name_of(hit) << " twice";
    const Explanation& why = hit.explanation;
    if (!why.by_date) {
      EXPECT_NEAR(sum_of(why), hit.score, 1e-9) << name_of(hit);
    }
    EXPECT_LE(why.words_in_passage, why.words);
    EXPECT_LE(why.words_in_title, why.words);
    EXPECT_EQ(hit.article.text, "");
    EXPECT_FALSE(hit.text.empty());
    EXPECT_EQ(hit.text.size(), hit.passage.span.size());
    std::uint32_t end = 0;
    for (const ByteSpan& span : hit.highlights) {
      EXPECT_LE(end, span.begin) << "highlights ascend and do not overlap";
      EXPECT_LT(span.begin, span.end);
      EXPECT_LE(span.end, hit.text.size());
      end = span.end;
    }
  }
}

// An index that the tests of a suite share.
class SharedIndex : public testing::Test {
 protected:
  // lines  its articles, as record() makes them
  static void index_articles(const std::string& lines) {
    folder_ = std::make_unique<TemporaryFolder>();
    write_file(*folder_ / "news.jsonl", lines);
    make_index(*folder_ / "news.jsonl", *folder_ / "index");
    searcher_ = std::make_unique<Searcher>(open_searcher({*folder_ / "index"}));
  }
  static void TearDownTestSuite() {
    searcher_.reset();
    folder_.reset();
  }

  // The ids of all articles that have hits, sorted, a blank between.
  static std::string found(const std::string& query) {
    const SearchResult result = search_all(*searcher_, query);
    check_result(result);
    EXPECT_TRUE(!result.total_is_exact || result.total == result.hits.size()) << query;
    std::set<std::string> ids;
    for (const Hit& hit : result.hits) ids.insert(hit.article.id);
    std::string out;
    for (const std::string& id : ids) out += (out.empty() ? "" : " ") + id;
    return out;
  }

  inline static std::unique_ptr<TemporaryFolder> folder_;
  inline static std::unique_ptr<Searcher> searcher_;
};

}  // namespace dateline
