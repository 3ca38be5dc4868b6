// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/name_aliases.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace dateline {
namespace {

class NameAliasesTest : public ::testing::Test {
 protected:
  Result<NameAliases> read(const std::string& content) {
    std::ofstream(path_, std::ios::binary) << content;
    return NameAliases::read(path_);
  }
  void TearDown() override { std::filesystem::remove(path_); }

  std::filesystem::path path_ = std::filesystem::path(::testing::TempDir()) / "name_aliases_test.txt";
};

ArticleNames some_names() {
  ArticleNames names;
  for (const char* name : {"Dmitry Peskov", "Oscar Health", "Dmitri Peskow", "Hamburg"}) {
    names.names.push_back({NameKind::kPerson, name, Gender::kUnknown, {}});
  }
  names.names.back().kind = NameKind::kPlace;
  names.names[2].roles = {"spokesman"};
  for (std::uint32_t i = 0; i < 4; ++i) names.mentions.push_back({{10 * i, 10 * i + 5}, i, false});
  return names;
}

TEST_F(NameAliasesTest, MergesAndDrops) {
  const Result<NameAliases> aliases =
      read("\xef\xbb\xbf# ours\r\nDmitry Peskov = DMITRI PESKOW\r\n\r\n- oscar  health # no person\n");
  ASSERT_TRUE(aliases) << aliases.error().message;
  ArticleNames names = some_names();
  aliases->apply(names);
  ASSERT_EQ(names.names.size(), 2U);
  EXPECT_EQ(names.names[0].name, "Dmitry Peskov");
  EXPECT_EQ(names.names[0].roles, std::vector<std::string>{"spokesman"});
  EXPECT_EQ(names.names[1].name, "Hamburg");
  ASSERT_EQ(names.mentions.size(), 3U);
  EXPECT_EQ(names.mentions[0].name, 0U);
  EXPECT_EQ(names.mentions[1].name, 0U);
  EXPECT_EQ(names.mentions[1].span.begin, 20U);
  EXPECT_EQ(names.mentions[2].name, 1U);
}

TEST_F(NameAliasesTest, SpeaksOfOneKindOnly) {
  const Result<NameAliases> aliases =
      read("place: Hamburg = Hansestadt Hamburg\norg: - Dmitry Peskov\nHamburg = Bremen\n");
  ASSERT_TRUE(aliases) << aliases.error().message;
  ArticleNames names = some_names();
  aliases->apply(names);
  EXPECT_EQ(names.names.size(), 4U);
  EXPECT_EQ(names.names[3].name, "Hamburg");
}

TEST_F(NameAliasesTest, TellsApartWhateverTheOrder) {
  const Result<NameAliases> aliases = read("George Bush != George W. Bush != George H. W. Bush\n");
  ASSERT_TRUE(aliases) << aliases.error().message;
  EXPECT_TRUE(aliases->are_apart("george bush", "george w bush"));
  EXPECT_TRUE(aliases->are_apart("george w bush", "george bush"));
  EXPECT_FALSE(aliases->are_apart("george bush", "laura bush"));
}

TEST_F(NameAliasesTest, SaysWhereALineIsWrong) {
  for (const char* content :
       {"A B = C D\nno sign here\n", "A B = C D\n = X\n", "A B = C D\nA B =\n", "A B = C D\n- C D\n",
        "A B = C D\nE F = C D\n", "A B = C D\nX Y != x y\n", "A B = C D\norg: X != Y\n"}) {
    const Result<NameAliases> aliases = read(content);
    ASSERT_FALSE(aliases) << content;
    EXPECT_EQ(aliases.error().code, ErrorCode::kUsage);
    EXPECT_NE(aliases.error().message.find("name_aliases_test.txt:2: "), std::string::npos) << aliases.error().message;
    EXPECT_FALSE(aliases.error().hint.empty());
  }
}

TEST_F(NameAliasesTest, MissingFile) {
  const Result<NameAliases> aliases = NameAliases::read("/nonexistent/aliases");
  ASSERT_FALSE(aliases);
  EXPECT_EQ(aliases.error().code, ErrorCode::kUsage);
  EXPECT_TRUE(read_aliases({}));
}

}  // namespace
}  // namespace dateline
