// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/boilerplate/line_counts.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/unit/support.h"

namespace dateline {
namespace {

std::vector<LineHash> hashes_of(std::string_view text, const Article& article,
                                SourceFormat format = SourceFormat::kJsonLines) {
  return hash_lines(read_lines(text), article, format);
}

Article article_of(std::string path, std::string outlet = "") {
  Article article;
  article.path = std::move(path);
  article.outlet = std::move(outlet);
  return article;
}

constexpr std::string_view kText = "Follow us\n\nThe ferry sails again.\nFOLLOW US!\n";

TEST(HashLines, GivesOneForEachLineInOrder) {
  const std::vector<LineHash> hashes = hashes_of(kText, article_of("a.jsonl"));
  ASSERT_EQ(hashes.size(), 3U);
  EXPECT_EQ(hashes[0], hashes[2]) << "case and marks do not count";
  EXPECT_NE(hashes[0], hashes[1]);
  EXPECT_TRUE(hashes_of("", article_of("a.jsonl")).empty());
}

TEST(HashLines, CountsByOutletFileOrFolder) {
  const auto same = [](const Article& one, const Article& two, SourceFormat format) {
    return hashes_of(kText, one, format) == hashes_of(kText, two, format);
  };
  constexpr SourceFormat kLines = SourceFormat::kJsonLines;
  constexpr SourceFormat kFile = SourceFormat::kText;
  EXPECT_TRUE(same(article_of("a.jsonl", "Courier"), article_of("b.jsonl", "COURIER"), kLines));
  EXPECT_FALSE(same(article_of("a.jsonl", "Courier"), article_of("a.jsonl", "Gazette"), kLines));
  EXPECT_TRUE(same(article_of("a.jsonl"), article_of("a.jsonl"), kLines));
  EXPECT_FALSE(same(article_of("a.jsonl"), article_of("b.jsonl"), kLines));
  EXPECT_TRUE(same(article_of("news/a.txt", "Courier"), article_of("news/b.txt", "Gazette"), kFile));
  EXPECT_FALSE(same(article_of("news/a.txt", "Courier"), article_of("old/a.txt", "Courier"), kFile));
  EXPECT_FALSE(same(article_of("news/a.txt"), article_of("news/old/a.txt"), kFile));
}

TEST(LineHashes, AreReadAsTheyWereWritten) {
  const std::vector<LineHash> hashes{0, 1, (LineHash{1} << 48) - 1, 0x123456789ABC};
  const std::string bytes = encode_line_hashes(hashes);
  EXPECT_EQ(bytes.size(), 24U);
  const Result<std::vector<LineHash>> read = decode_line_hashes(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, hashes);
  EXPECT_TRUE(decode_line_hashes(""));
  for (std::size_t end = 1; end < 6; ++end) EXPECT_FALSE(decode_line_hashes(bytes.substr(0, end))) << end;
}

TEST(LineCounts, CountArticlesNotLines) {
  LineCounts counts;
  counts.add({7, 5, 7, 7});
  counts.add({7});
  counts.add(std::vector<LineHash>{});
  LineCounts others;
  others.add({5, 9});
  counts.add(others);
  counts.sort();
  EXPECT_EQ(counts.count(7), 2U);
  EXPECT_EQ(counts.count(5), 2U);
  EXPECT_EQ(counts.count(9), 1U);
  EXPECT_EQ(counts.count(6), 0U);
  EXPECT_EQ(LineCounts().count(7), 0U);
}

TEST(LineCounts, CountAsFarAsItMatters) {
  LineCounts counts;
  for (unsigned i = 0; i < 3 * LineCounts::kMost; ++i) counts.add({1, 2});
  counts.sort();
  EXPECT_EQ(counts.count(1), LineCounts::kMost);
  EXPECT_EQ(counts.count(2), LineCounts::kMost);
}

// Against a map of counts.
TEST(LineCounts, AreThoseOfAnyArticlesInAnyOrder) {
  DATELINE_SEEDED(random);
  for (int round = 0; round < 50; ++round) {
    std::map<LineHash, unsigned> wanted;
    LineCounts counts;
    LineCounts others;
    for (std::size_t n = random() % 60; n > 0; --n) {
      std::vector<LineHash> lines;
      for (std::size_t i = random() % 12; i > 0; --i) lines.push_back(random() % 20);
      for (LineHash line = 0; line < 20; ++line) {
        if (std::find(lines.begin(), lines.end(), line) != lines.end()) ++wanted[line];
      }
      (random() % 2 == 0 ? counts : others).add(lines);
    }
    counts.add(others);
    counts.sort();
    for (LineHash line = 0; line < 20; ++line) {
      EXPECT_EQ(counts.count(line), std::min(wanted[line], LineCounts::kMost)) << line;
    }
  }
}

}  // namespace
}  // namespace dateline
