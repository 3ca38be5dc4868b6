// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/line_changes.h"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "indexer/boilerplate/boilerplate.h"
#include "indexer/updating/index_update.h"
#include "indexer/writing/segment_writer.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

// A footer that so many articles of an outlet have at their end is boilerplate.
constexpr std::size_t kMany = kManyAtEdge;
constexpr const char* kFooter = "Follow us for the latest headlines of the day and the night";

std::string article(std::size_t i, bool has_footer = true) {
  return fmt::format(
      "The harbour of town {} was quiet on Monday, said its master.\n\nNobody had seen ship {} go.\n\n{}\n",
      std::string(i + 1, static_cast<char>('a' + i)), std::string(i + 2, static_cast<char>('k' + i)),
      has_footer ? kFooter : "");
}

class LineChangesTest : public testing::Test {
 protected:
  // An index of articles that have the footer and one that has not.
  std::vector<Segment> index_of(std::size_t with_footer) {
    fs::create_directory(folder_ / "news");
    for (std::size_t i = 0; i <= with_footer; ++i) {
      write_file(folder_ / "news" / fmt::format("{}.txt", i), article(i, i < with_footer));
    }
    IndexOptions options;
    options.names_model = names_model_file();
    options.database = folder_ / "index";
    options.sources = {folder_ / "news"};
    Progress progress(false, 0);
    const Result<IndexReport> report = update_index(options, progress);
    EXPECT_TRUE(report);
    Result<std::vector<Segment>> segments = open_segments(options.database);
    EXPECT_TRUE(segments);
    segments->pop_back();  // the newest one holds no articles
    return std::move(*segments);
  }

  // The lines of an article that has the footer.
  static std::vector<LineHash> lines_in(const std::vector<Segment>& segments) {
    std::vector<LineHash> lines;
    for_each(segments, [&](ArticleNumber, const AnalyzedArticle& one) {
      if (one.article.text.find(kFooter) != std::string::npos) lines = one.lines;
    });
    return lines;
  }

  static LineHash footer_in(const std::vector<Segment>& segments) { return lines_in(segments).back(); }

  static std::vector<ArticleNumber> with_footer(const std::vector<Segment>& segments) {
    std::vector<ArticleNumber> numbers;
    for_each(segments, [&](ArticleNumber number, const AnalyzedArticle& one) {
      if (one.article.text.find(kFooter) != std::string::npos) numbers.push_back(number);
    });
    return numbers;
  }

  template <typename OnArticle>
  static void for_each(const std::vector<Segment>& segments, const OnArticle& on_article) {
    for (const Segment& segment : segments) {
      for_each_article(segment,
                       [&](ArticleNumber number) { on_article(number, read_stored_article(segment, number)); });
    }
  }

  TemporaryFolder folder_;
};

LineCounts counts_of(const std::vector<LineHash>& lines) {
  LineCounts counts;
  counts.add(lines);
  return counts;
}

TEST_F(LineChangesTest, FindNothingWhereNothingIsAdded) {
  const std::vector<Segment> segments = index_of(kMany - 1);
  LineChanges changes;
  changes.count(segments);
  EXPECT_TRUE(changes.find_changed(segments).empty());
  EXPECT_EQ(changes.counts().count(footer_in(segments)), kMany - 1);
}

TEST_F(LineChangesTest, FindTheArticlesWhoseFooterBecomesBoilerplate) {
  const std::vector<Segment> segments = index_of(kMany - 1);
  LineChanges changes;
  changes.add_indexed(counts_of({footer_in(segments)}));
  changes.count(segments);
  EXPECT_EQ(changes.find_changed(segments), with_footer(segments)) << "not the one without it";
  EXPECT_EQ(changes.counts().count(footer_in(segments)), kMany);
}

TEST_F(LineChangesTest, PassOverCountsThatDoNotMatter) {
  const std::vector<Segment> segments = index_of(kMany + 1);
  LineChanges changes;
  changes.add_indexed(counts_of({footer_in(segments)}));
  changes.add_indexed(counts_of({1, 2, 3}));
  changes.count(segments);
  EXPECT_TRUE(changes.find_changed(segments).empty()) << "it was boilerplate and still is";
}

// What stands in the collection twice is a copy: its footer alone says nothing.
TEST_F(LineChangesTest, LeaveTheArticleWhoseCopyComes) {
  const std::vector<Segment> segments = index_of(kMany - 1);
  LineChanges changes;
  changes.add_indexed(counts_of(lines_in(segments)));
  changes.count(segments);
  EXPECT_EQ(changes.find_changed(segments).size(), kMany - 2);
}

// As index_update does it: what goes is out of its segment before the rest is counted.
TEST_F(LineChangesTest, FindTheArticlesWhoseFooterIsTheirOwnAgain) {
  std::vector<Segment> segments = index_of(kMany);
  ASSERT_EQ(segments.size(), 1U);
  LineChanges changes;
  changes.add_removed(lines_in(segments));
  const ArticleNumber gone = with_footer(segments).front();
  const auto end = segments.front().database.valuestream_end(kSlotPassage);
  for (auto value = segments.front().database.valuestream_begin(kSlotPassage); value != end; ++value) {
    if (decode_passage_key(*value)->article != gone) continue;
    segments.front().removed.add({value.get_docid(), value.get_docid() + 1});
  }
  ASSERT_EQ(with_footer(segments).size(), kMany - 1);
  changes.count(segments);
  EXPECT_EQ(changes.find_changed(segments), with_footer(segments));
}

TEST_F(LineChangesTest, LookNoFurtherThanCountsGo) {
  const std::vector<Segment> segments = index_of(LineCounts::kMost);
  LineChanges changes;
  changes.add_indexed(counts_of({footer_in(segments)}));
  changes.count(segments);
  EXPECT_TRUE(changes.find_changed(segments).empty());
}

}  // namespace
}  // namespace dateline
