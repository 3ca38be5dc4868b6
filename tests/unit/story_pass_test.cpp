// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/copies/story_pass.h"

#include <gtest/gtest.h>
#include <map>

#include "tests/unit/copies_support.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

using Stories = std::vector<std::vector<std::string>>;

TEST(JoinStories, TheStrippedCopyJoinsItsOriginal) {
  DATELINE_SEEDED(random);
  std::vector<CopyFacts> articles;
  Stories expected;
  for (int i = 0; i < 200; ++i) {
    const std::string text = made_up_text(random, 1 + random() % 600);
    const std::string id = "a" + std::to_string(1000 + i);
    articles.push_back(facts_of(id + "-stripped", stripped(text)));
    articles.push_back(facts_of(id, text));
    expected.push_back({id, id + "-stripped"});
  }
  EXPECT_EQ(stories_of(articles), expected);
}

TEST(JoinStories, UnrelatedArticlesNeverJoin) {
  DATELINE_SEEDED(random);
  std::vector<CopyFacts> articles;
  for (int i = 0; i < 2000; ++i) {
    articles.push_back(facts_of(std::to_string(i), made_up_text(random, 20 + random() % 300)));
  }
  EXPECT_EQ(stories_of(articles), Stories());
}

TEST(JoinStories, APartOfTheReportIsACopy) {
  DATELINE_SEEDED(random);
  const std::string report = made_up_text(random, 900);
  const std::string third = report.substr(0, report.size() / 3) + " " + made_up_text(random, 60);
  EXPECT_EQ(stories_of({facts_of("third", third), facts_of("report", report)}), (Stories{{"report", "third"}}));
  // A few sentences in a report of one's own are none.
  const std::string quoting = report.substr(0, report.size() / 10) + made_up_text(random, 400);
  EXPECT_EQ(stories_of({facts_of("quoting", quoting), facts_of("report", report)}), Stories());
}

TEST(JoinStories, ARewrittenVersionIsACopy) {
  DATELINE_SEEDED(random);
  const std::string head = made_up_text(random, 400);
  const std::string first = head + made_up_text(random, 100);
  const std::string second = head + made_up_text(random, 180);
  EXPECT_EQ(stories_of({facts_of("first", first), facts_of("second", second)}), (Stories{{"second", "first"}}));
}

TEST(JoinStories, ARoundUpDoesNotGlueItsStories) {
  DATELINE_SEEDED(random);
  std::vector<CopyFacts> articles;
  std::string roundup;
  for (int i = 0; i < 8; ++i) {
    const std::string text = made_up_text(random, 150 + 10 * static_cast<std::size_t>(i));
    roundup += text + "\n";
    articles.push_back(facts_of("story-" + std::to_string(i), text));
    articles.push_back(facts_of("copy-" + std::to_string(i), stripped(text)));
  }
  articles.push_back(facts_of("roundup", roundup));
  const Stories stories = stories_of(articles);
  EXPECT_EQ(stories.size(), 8U);
  for (const auto& story : stories) EXPECT_LE(story.size(), 3U);
}

TEST(JoinStories, AChainOfChangesEnds) {
  // Each article replaces a fifth of the one before: neighbours are copies, the first and the last have nothing in
  // common.
  DATELINE_SEEDED(random);
  std::vector<std::string> parts;
  for (int i = 0; i < 45; ++i) parts.push_back(made_up_text(random, 60));
  std::vector<CopyFacts> articles;
  for (std::size_t i = 0; i + 5 <= parts.size(); ++i) {
    std::string text;
    for (std::size_t k = i; k < i + 5; ++k) text += parts[k] + "\n";
    articles.push_back(facts_of(std::to_string(100 + i), text));
  }
  const Stories stories = stories_of(articles);
  EXPECT_GE(stories.size(), 4U);
  for (const auto& story : stories) {
    for (const std::string& one : story) {
      for (const std::string& two : story) EXPECT_LT(std::abs(std::stoi(one) - std::stoi(two)), 8) << one << ' ' << two;
    }
  }
}

TEST(JoinStories, WhatStandsEverywhereGluesNothing) {
  DATELINE_SEEDED(random);
  const std::string footer = made_up_text(random, 90);
  std::vector<CopyFacts> articles;
  for (int i = 0; i < 400; ++i) {
    articles.push_back(facts_of(std::to_string(1000 + i), made_up_text(random, 60 + random() % 120) + "\n" + footer));
  }
  const std::string copied = made_up_text(random, 100);
  articles.push_back(facts_of("original", copied + "\n" + footer));
  articles.push_back(facts_of("without footer", copied));
  EXPECT_EQ(stories_of(articles), (Stories{{"original", "without footer"}}));
}

TEST(JoinStories, OrderSaysNothing) {
  DATELINE_SEEDED(random);
  std::vector<CopyFacts> articles;
  for (int i = 0; i < 60; ++i) {
    const std::string text = made_up_text(random, 80 + random() % 300);
    for (int k = 0; k < 5; ++k) {
      const std::size_t begin = random() % (text.size() / 2);
      const std::string cut =
          text.substr(begin, text.size() / 2 + random() % text.size()) + made_up_text(random, random() % 80);
      articles.push_back(facts_of(std::to_string(i) + "/" + std::to_string(k), k % 2 == 0 ? cut : stripped(cut)));
    }
  }
  const Stories expected = stories_of(articles);
  EXPECT_GT(expected.size(), 40U);
  for (int round = 0; round < 10; ++round) {
    std::shuffle(articles.begin(), articles.end(), random);
    EXPECT_EQ(stories_of(articles), expected);
  }
}

TEST(JoinStories, TheBestTextComesFirst) {
  DATELINE_SEEDED(random);
  const std::string text = made_up_text(random, 200);
  std::string marks_gone = text;
  std::erase_if(marks_gone, [](char c) { return c == '.' || c == ','; });
  EXPECT_EQ(
      stories_of({
          facts_of("1 stripped", stripped(text + " " + text.substr(0, 300)), "2018-01-01"),
          facts_of("2 no marks", marks_gone, "2018-01-02"),
          facts_of("3 without date", text),
          facts_of("4 later", text, "2018-03-01"),
          facts_of("5 earlier, b", text, "2018-02-01"),
          facts_of("5 earlier, a", text, "2018-02-01"),
          facts_of("6 longer", text + " And more of it.", "2019-01-01"),
      }),
      (Stories{{"6 longer", "5 earlier, a", "5 earlier, b", "4 later", "3 without date", "2 no marks", "1 stripped"}}));
}

TEST(JoinStories, ArticlesWithoutLettersAreNoCopies) {
  EXPECT_EQ(stories_of({}), Stories());
  EXPECT_EQ(stories_of({facts_of("a", "1,000"), facts_of("b", "2,000"), facts_of("c", "")}), Stories());
  EXPECT_EQ(stories_of({facts_of("a", "Yes."), facts_of("b", "yes"), facts_of("c", "No.")}), (Stories{{"a", "b"}}));
}

TEST(JoinStories, AHundredThousandCopiesAreOneStory) {
  // Compared pair by pair this would not end.
  DATELINE_SEEDED(random);
  const std::string text = made_up_text(random, 300);
  const CopyFacts same = facts_of("same", text);
  std::vector<CopyFacts> articles(60'000, same);
  for (int i = 0; i < 40'000; ++i) {
    CopyFacts changed = same;
    std::vector<std::uint32_t>& hashes = changed.fingerprint.hashes;
    for (int n = 0; n < 10; ++n)
      hashes[random() % hashes.size()] = static_cast<std::uint32_t>(random() % changed.fingerprint.limit);
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    articles.push_back(std::move(changed));
  }
  const auto stories = join_stories(articles, common_keys(articles)).stories;
  ASSERT_EQ(stories.size(), 1U);
  EXPECT_EQ(stories.front().size(), articles.size());
}

}  // namespace
}  // namespace dateline
