// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/found_before.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <sys/stat.h>
#include <vector>

#include "indexer/updating/found_articles.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSeed = 1;

std::uint64_t inode_of(const fs::path& file) {
  struct stat about = {};
  EXPECT_EQ(stat(file.c_str(), &about), 0) << file;
  return about.st_ino;
}

class WhatWasFoundBefore : public testing::Test {
 protected:
  static Batch batch_of(const std::vector<std::string>& lines) {
    Batch batch;
    for (const std::string& line : lines) {
      const std::uint64_t number = batch.records.size() + 1;
      batch.records.push_back({path_, SourceFormat::kJsonLines, number, number, line});
      batch.bytes += line.size();
    }
    return batch;
  }

  [[nodiscard]] FoundArticles find(const std::vector<std::string>& lines, const fs::path& scratch,
                                   std::uint64_t first_batch, std::uint64_t seed = kSeed) const {
    const Result<NamesModel> model = NamesModel::open(names_model_file());
    EXPECT_TRUE(model);
    const NameAliases aliases;
    std::vector<Worker> workers;
    workers.push_back({Finders(*model, aliases), {}});
    Progress progress(false, 0);
    fs::create_directories(scratch);
    return find_articles(
        workers, {}, [&](const auto& on_batch) { on_batch(batch_of(lines)); }, first_batch, {},
        FoundBefore(scratch, seed), scratch, progress);
  }

  // All but the numbers of the articles.
  static std::string facts_of(const FoundArticles& found) {
    std::string facts = found.names.encode();
    for (const CopyFacts& one : found.copies.facts) {
      facts += fmt::format("\n{} {}:{} {}", one.id, one.path, one.line, one.fingerprint.letters);
      for (const std::uint32_t hash : one.fingerprint.hashes) facts += fmt::format(" {}", hash);
    }
    for (const LineHash line : found.lines.counts().all()) facts += fmt::format("\n{}", line);
    for (const PlacedSkip& skip : found.skipped) {
      facts +=
          fmt::format("\n{} {}:{} {}", skip.records_before, skip.skipped.path, skip.skipped.line, skip.skipped.reason);
    }
    return facts;
  }

  static inline const auto path_ = std::make_shared<const std::string>("news/a.jsonl");
  TemporaryFolder folder_;
  const std::vector<std::string> lines_{
      R"({"id":"one","text":"Mayor Rosalind Penrose came late.\n\nFollow us\n\nMs. Penrose said: \"It was lost.\""})",
      "no JSON", R"({"id":"two","text":"The harbour of Hamburg was quiet on Monday."})"};
};

TEST_F(WhatWasFoundBefore, IsTakenOverUnderOtherNumbers) {
  const FoundArticles before = find(lines_, folder_ / "building-7", 3);
  const std::uint64_t inode = inode_of(before.waiting.at(0).file);
  write_file(folder_ / "building-7" / "database-1", "half a");
  fs::create_directory(folder_ / "building-8");
  write_file(folder_ / "building-8" / "waiting-again-000001", "of no use");
  ASSERT_TRUE(gather_found(folder_.path(), folder_ / "building-8"));
  EXPECT_FALSE(fs::exists(folder_ / "building-8" / "waiting-again-000001"));
  const FoundArticles now = find(lines_, folder_ / "building-8", 5);
  EXPECT_EQ(inode_of(now.waiting.at(0).file), inode);
  EXPECT_EQ(facts_of(now), facts_of(before));
  const ArticleNumber first = std::uint64_t{5} << kBatchBits;
  EXPECT_EQ(now.articles, (std::vector<ArticleNumber>{first, kNoArticle, first + 1}));
  EXPECT_EQ(now.copies.numbers, (std::vector<ArticleNumber>{first, first + 1}));
  ASSERT_EQ(now.skipped.size(), 1U);
  std::vector<ArticleNumber> numbers;
  read_waiting(now.waiting[0], [&](ArticleNumber number, AnalyzedArticle&&) { numbers.push_back(number); });
  EXPECT_EQ(numbers, now.copies.numbers);
}

TEST_F(WhatWasFoundBefore, IsFoundAgainWhereAnythingDiffers) {
  const fs::path scratch = folder_ / "building-7";
  const std::string wanted = facts_of(find(lines_, scratch, 0));
  ASSERT_TRUE(gather_found(folder_.path(), scratch));

  EXPECT_EQ(facts_of(find(lines_, scratch, 0, kSeed + 1)), wanted) << "another program";
  EXPECT_TRUE(fs::exists(scratch / "found-000000"));
  EXPECT_NE(facts_of(find({lines_[0], lines_[1]}, scratch, 0)), wanted);
  EXPECT_TRUE(fs::exists(scratch / "found-000000")) << "a shorter batch";
  EXPECT_EQ(facts_of(find({lines_[0], lines_[1], lines_[2] + " "}, scratch, 0)), wanted);
  EXPECT_TRUE(fs::exists(scratch / "found-000000")) << "a record of other bytes";

  std::string bytes = read_file(scratch / "found-000000");
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  write_file(scratch / "found-000000", bytes);
  const FoundArticles again = find(lines_, scratch, 0);
  EXPECT_EQ(facts_of(again), wanted) << "a damaged file";
  read_waiting(again.waiting.at(0), [](ArticleNumber, AnalyzedArticle&&) {});
}

TEST_F(WhatWasFoundBefore, IsKeptWhereItWasGatheredTwice) {
  const fs::path scratch = folder_ / "building-7";
  (void)find(lines_, scratch, 0);
  ASSERT_TRUE(gather_found(folder_.path(), scratch));
  (void)find({lines_[0]}, folder_ / "building-6", 0);
  ASSERT_TRUE(gather_found(folder_.path(), scratch));
  EXPECT_TRUE(fs::exists(scratch / "found-000000"));
  EXPECT_TRUE(fs::exists(scratch / "found-000001"));
  EXPECT_FALSE(gather_found(folder_ / "building-6", scratch));
}

}  // namespace
}  // namespace dateline
