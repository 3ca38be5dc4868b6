// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/finding/text_ranker.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace dateline {
namespace {

struct Text {
  std::string title;
  std::string text;
  std::string language = "en";
  double score = 10;
  std::uint32_t best = 0;
  std::vector<Passage> passages{};
};

double all_alike(const std::string& /*term*/) { return 0.5; }

std::vector<TextEvidence> evidence(const std::vector<std::vector<std::string>>& terms, std::vector<Text>& texts,
                                   Stemmers& stemmers) {
  std::vector<AskedWord> asked;
  for (const std::vector<std::string>& one : terms) asked.push_back({one.front(), one, 2.0});
  std::vector<ArticleToRead> articles;
  for (Text& one : texts) {
    if (one.passages.empty()) one.passages = {{{0, static_cast<std::uint32_t>(one.text.size())}, 1}};
    articles.push_back({one.language, one.title, one.text, one.passages, one.best, one.score});
  }
  return read_evidence(asked, articles, stemmers, all_alike);
}

std::vector<TextEvidence> evidence(const std::vector<std::vector<std::string>>& terms, std::vector<Text> texts) {
  Stemmers stemmers;
  return evidence(terms, texts, stemmers);
}

std::string words(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "of ";
  return text;
}

TEST(TextRanker, NothingToReadTellsNothing) {
  EXPECT_TRUE(evidence({{"ferri"}}, {}).empty());
  const std::vector<TextEvidence> found = evidence({}, {{"A ferry", "The ferry sank."}, {"", ""}});
  ASSERT_EQ(found.size(), 2U);
  for (const TextEvidence& one : found) EXPECT_EQ(one.early + one.as_written + one.akin + one.lost + one.like, 0);
}

TEST(TextRanker, EarlyWordsCountMore) {
  const std::vector<TextEvidence> found = evidence(
      {{"ferri"}}, {{"", "Ferries sank."}, {"", words(100) + "ferry"}, {"", words(300) + "ferry"}, {"Ferry", "Sank."}});
  EXPECT_DOUBLE_EQ(found[0].early, 2.0) << "all of its weight at the first word";
  EXPECT_DOUBLE_EQ(found[1].early, 1.0) << "half of it a hundred words on";
  EXPECT_DOUBLE_EQ(found[2].early, 0.5);
  EXPECT_EQ(found[3].early, 0) << "titles are the article's score's";
}

TEST(TextRanker, EarlyLooksAtTheFirstPassagesOnly) {
  Text late{"", words(800) + "ferry"};
  const auto size = static_cast<std::uint32_t>(late.text.size());
  late.passages = {{{0, size - 5}, 1}, {{size - 5, size}, 1}};
  late.best = 1;
  EXPECT_EQ(evidence({{"ferri"}}, {late})[0].early, 0);
}

TEST(TextRanker, WordsOfTheSameBeginningAreAkin) {
  const std::vector<TextEvidence> found =
      evidence({{"democrat"}}, {{"", "It was a democracy."},
                                {"", "Of a democracy, in a democracy, by democracy."},
                                {"", "A democrat was here."},
                                {"", "The demon was here."}});
  EXPECT_GT(found[0].akin, 0);
  EXPECT_GT(found[1].akin, found[0].akin);
  EXPECT_LT(found[1].akin, 2.0) << "never more than the word itself";
  EXPECT_EQ(found[2].akin, 0) << "the word itself is no kin";
  EXPECT_EQ(found[3].akin, 0) << "four letters in common";
}

TEST(TextRanker, WordsAsTypedCountByThemselves) {
  const std::vector<TextEvidence> found =
      evidence({{"inquiri"}, {"sensor"}}, {{"", "Sensors."}, {"", "A sensor."}, {"Sensor", "A sensor, and a sensor."}});
  EXPECT_EQ(found[0].as_written, 0) << "another form";
  EXPECT_GT(found[1].as_written, 0);
  EXPECT_GT(found[2].as_written, found[1].as_written);
  EXPECT_LT(found[2].as_written, 2.0) << "never more than the word's weight";
}

TEST(TextRanker, ArticlesOnWhatTheBestAreOnAreLikeThem) {
  const std::vector<TextEvidence> found =
      evidence({{"ferri"}}, {{"", "The ferry struck the breakwater; the captain told the inquiry of the sensor."},
                             {"", "A ferry captain spoke of a sensor before the inquiry."},
                             {"", "The ferry painting hangs in a gallery."}});
  EXPECT_GT(found[0].like, 0) << "by the others";
  EXPECT_GT(found[1].like, 0);
  EXPECT_EQ(found[2].like, 0) << "the query's own words tell nothing";
}

TEST(TextRanker, AnArticleIsNotLikeItself) {
  EXPECT_EQ(evidence({{"ferri"}}, {{"", "The ferry struck the breakwater."}})[0].like, 0);
}

TEST(TextRanker, OtherLanguagesAreNotCompared) {
  const std::vector<TextEvidence> found =
      evidence({{"ferri"}}, {{"", "The ferry had a sensor."}, {"", "Ferry sensor", "fr"}, {"", "Sensor ferry", "xx"}});
  for (const TextEvidence& one : found) EXPECT_EQ(one.like, 0);
}

TEST(TextRanker, WhatWasReadBeforeMakesNoDifference) {
  std::vector<Text> texts{{"", "The ferry struck the breakwater; the captain told the inquiry of the sensor."},
                          {"", "A ferry captain spoke of sensors before the inquiry; nobody ferried him."},
                          {"", "The breakwater stands; captains, sensors, inquiries, breakwaters."}};
  Stemmers fresh;
  const std::vector<TextEvidence> first = evidence({{"ferri"}, {"captain"}}, texts, fresh);
  Stemmers used;
  for (const char* word : {"sensor", "breakwat", "inquiri", "captain", "stood"}) (void)used["en"].id(word, true);
  const std::vector<TextEvidence> second = evidence({{"ferri"}, {"captain"}}, texts, used);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(first[i].early, second[i].early);
    EXPECT_EQ(first[i].as_written, second[i].as_written);
    EXPECT_EQ(first[i].akin, second[i].akin);
    EXPECT_EQ(first[i].like, second[i].like);
  }
}

TEST(TextRanker, FiguresThatAStrippedArticleLostCountAsItsOtherWords) {
  const std::vector<std::vector<std::string>> asked{{"ferri"}, {"harbour"}, {"2018"}};
  const std::vector<TextEvidence> found = evidence(asked, {{"", "the ferry left the harbour"},
                                                           {"", "the ferry left"},
                                                           {"", "The ferry left the harbour."},
                                                           {"", "the ferry left the harbour at 7"}});
  EXPECT_DOUBLE_EQ(found[0].lost, 2.0) << "all of the weight of 2018";
  EXPECT_DOUBLE_EQ(found[1].lost, 1.0);
  EXPECT_EQ(found[2].lost, 0) << "it has its full stops";
  EXPECT_EQ(found[3].lost, 0) << "it has its figures";
  for (const TextEvidence& one : evidence({{"2018"}}, {{"", "the ferry left"}})) EXPECT_EQ(one.lost, 0);
}

}  // namespace
}  // namespace dateline
