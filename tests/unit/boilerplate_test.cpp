// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/boilerplate.h"

#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/boilerplate_names.h"
#include "indexer/sentence_splitter.h"
#include "tests/hostile_texts.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

// `articles`: how many of the outlet have a line, by the line; 1 for those that are not named.
using Articles = std::map<std::string_view, unsigned>;

std::vector<Boilerplate> find(std::string_view text, ByteSpan title, const Articles& articles = {}) {
  const std::vector<ArticleLine> lines = read_lines(text);
  std::vector<unsigned> counts;
  for (const ArticleLine& line : lines) {
    const auto named = articles.find(text.substr(line.span.begin, line.span.size()));
    counts.push_back(named == articles.end() ? 1 : named->second);
  }
  return find_boilerplate(text, lines, counts, split_sentences(text), title);
}

std::vector<std::string> flagged(std::string_view text, ByteSpan title = {}, const Articles& articles = {}) {
  std::vector<std::string> found;
  for (const Boilerplate& one : find(text, title, articles)) {
    found.push_back(std::string(kBoilerplateReasonNames[static_cast<std::size_t>(one.reason)]) + ": " +
                    std::string(text.substr(one.span.begin, one.span.size())));
  }
  return found;
}

using Flags = std::vector<std::string>;

constexpr std::string_view kStory =
    "The harbour master closed the northern lock on Monday after two barges ran aground in the morning fog.\n\n"
    "Nobody was hurt, he said, and the lock would be open again within two days if the weather held.\n";

std::string with_story(std::string_view before, std::string_view behind = "") {
  return std::string(before) + "\n\n" + std::string(kStory) + "\n" + std::string(behind);
}

TEST(FindBoilerplate, FlagsACaptionBesideATimeCodeWhereverItStands) {
  EXPECT_EQ(
      flagged(with_story("Barges wait at the northern lock\n01:15\nBarges wait at the northern lock",
                         "BARGES wait at the northern lock")),
      (Flags{"repeated line: Barges wait at the northern lock", "time code: 01:15",
             "repeated line: Barges wait at the northern lock", "repeated line: BARGES wait at the northern lock"}));
}

TEST(FindBoilerplate, NeighboursWithOneReasonAreOneSpan) {
  EXPECT_EQ(flagged(with_story("Barges wait at the lock\n\nBarges wait at the lock\n1:02:03")),
            (Flags{"repeated line: Barges wait at the lock\n\nBarges wait at the lock", "time code: 1:02:03"}));
}

TEST(FindBoilerplate, ATimeOfDayIsNoTimeCode) {
  EXPECT_EQ(flagged(with_story("08:46\nThe first aircraft strikes\n09:03\nThe second aircraft strikes")), Flags{});
  EXPECT_EQ(flagged(with_story("Barges wait at the lock\n10.15\nBarges wait at the lock")), Flags{});
  EXPECT_EQ(flagged(with_story("Barges wait at the lock\n8:5\nBarges wait at the lock")), Flags{});
  EXPECT_EQ(flagged(with_story("Barges wait at the lock\n:15\nBarges wait at the lock")), Flags{});
}

TEST(FindBoilerplate, OfALongLineTheLastIsKept) {
  const std::string line = "Two barges ran aground at the northern lock in Monday's fog, and nobody was hurt.";
  EXPECT_EQ(flagged(line + "\n\n" + with_story("A heading", line)), (Flags{"repeated line: " + line}));
}

TEST(FindBoilerplate, ALongSentenceMayComeBack) {
  const std::string line = "Two barges ran aground at the northern lock in Monday's fog, and nobody was hurt.";
  EXPECT_EQ(flagged(with_story("", line + "\n\n" + std::string(kStory.substr(0, 50)) + "\n\n" + line)), Flags{});
  EXPECT_EQ(flagged(with_story("", line + "\n\n" + line)), (Flags{"repeated line: " + line}));
}

TEST(FindBoilerplate, ARefrainIsNone) {
  for (const std::string refrain :
       {"We shall not be moved", "No justice, no peace, no racist police!", "“We were told nothing.”",
        "Four more years", "Do not go gentle into that good night,", "Tell me why the river runs so low",
        "I have a dream today!", "The fog was to blame, and nothing but the fog."}) {
    EXPECT_EQ(flagged(with_story(refrain + "\n" + refrain + "\n\n" + refrain, refrain + "\n\n" + refrain)), Flags{})
        << refrain;
  }
  EXPECT_EQ(flagged(with_story("“We were told nothing by anybody”\n01:15\n“We were told nothing by anybody”")), Flags{})
      << "a quote beside a time code";
}

TEST(FindBoilerplate, FlagsABoxThatSaysWhatTheArticleSays) {
  EXPECT_EQ(flagged(with_story("Story highlights\nTwo barges aground in fog\nLock to be open again within two days")),
            (Flags{"highlights: Story highlights\nTwo barges aground in fog\nLock to be open again within two days"}));
}

TEST(FindBoilerplate, ABoxWithNewsOfItsOwnIsNone) {
  EXPECT_EQ(flagged(with_story("In other news\nCup final moved to Saturday week\nBread prices rise by a tenth")),
            Flags{});
  EXPECT_EQ(flagged(with_story("Highlights\nTwo barges aground in fog")), Flags{}) << "one line is a subheading";
  EXPECT_EQ(flagged(with_story("", "Summary\nTwo barges aground in fog\nLock to be open again within two days")),
            Flags{})
      << "below the story";
}

TEST(FindBoilerplate, LooksAtAFewBoxesAndNoMore) {
  const std::string box = "Story highlights\nTwo barges aground in fog\nLock to be open again within two days";
  const auto behind_others = [&](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      text += "Elsewhere\n";
      for (int word = 0; word < 10; ++word) text += std::to_string(1000 + 10 * i + word) + (word % 5 == 4 ? '\n' : ' ');
    }
    return flagged(with_story(text + box));
  };
  EXPECT_EQ(behind_others(3), Flags{"highlights: " + box});
  EXPECT_EQ(behind_others(4), Flags{}) << "each costs a walk through the article";
}

TEST(FindBoilerplate, NeverFlagsTheTitle) {
  const std::string text = with_story("Barges wait at the northern lock\n\nBarges wait at the northern lock\n01:15");
  EXPECT_EQ(flagged(text, {0, 32}), (Flags{"repeated line: Barges wait at the northern lock", "time code: 01:15"}));
}

TEST(FindBoilerplate, FlagsWhatManyArticlesHave) {
  const std::string text = with_story("Home  World  Politics  Money  Video", "Follow us for the latest from the coast");
  EXPECT_EQ(flagged(text, {}, {{"Home  World  Politics  Money  Video", 2}}), Flags{});
  EXPECT_EQ(
      flagged(text, {}, {{"Home  World  Politics  Money  Video", 3}, {"Follow us for the latest from the coast", 16}}),
      (Flags{"in many articles: Home  World  Politics  Money  Video",
             "in many articles: Follow us for the latest from the coast"}));
}

TEST(FindBoilerplate, AsksForMoreWithinTheStoryAndOfShortLines) {
  const std::string text = std::string(kStory) + "\nStory continues below this advertisement\n\n" +
                           "He did not answer a question about it.\n\nAdvertisement\n\n" +
                           "The fog had lifted by noon, and the first of the ferries left for the islands.\n";
  const auto flagged_with = [&](unsigned articles) {
    return flagged(text, {},
                   {{"Story continues below this advertisement", articles},
                    {"He did not answer a question about it.", articles},
                    {"Advertisement", articles}});
  };
  const std::string line = "in many articles: Story continues below this advertisement";
  EXPECT_EQ(flagged_with(4), Flags{});
  EXPECT_EQ(flagged_with(5), Flags{line});
  EXPECT_EQ(flagged_with(7), Flags{line});
  EXPECT_EQ(flagged_with(8), Flags{line + "\n\nHe did not answer a question about it.\n\nAdvertisement"});
}

TEST(FindBoilerplate, AParagraphOfItsOwnEndsTheEdge) {
  const std::string plea = "Send letters to the editor by Friday";
  EXPECT_EQ(flagged(with_story("", plea), {}, {{plea, 3}}), (Flags{"in many articles: " + plea}));
  EXPECT_EQ(
      flagged(
          with_story("", plea + "\n\nThe fog had lifted by noon, and the first of the ferries left for the islands."),
          {}, {{plea, 3}}),
      Flags{});
}

TEST(FindBoilerplate, WhatIsQuotedIsSaidAgain) {
  const std::string quote = "“We were told nothing by anybody,” said the harbour master, and went home";
  EXPECT_EQ(flagged(with_story("", quote), {}, {{quote, 16}}), Flags{});
}

TEST(FindBoilerplate, VersionsOfAnArticleShareTheirStory) {
  const std::string text = with_story("More at the quay below the market", "Sign up for the morning briefing here");
  const auto of_versions = [&](unsigned versions, unsigned footers) {
    Articles articles{{"More at the quay below the market", versions},
                      {"Sign up for the morning briefing here", footers}};
    for (const ArticleLine& line : read_lines(kStory)) {
      articles[kStory.substr(line.span.begin, line.span.size())] = versions;
    }
    return flagged(text, {}, articles);
  };
  for (unsigned versions = 1; versions < 14; ++versions) {
    EXPECT_EQ(of_versions(versions, versions), Flags{}) << versions;
    EXPECT_EQ(of_versions(versions, versions + 2), (Flags{"in many articles: Sign up for the morning briefing here"}))
        << versions;
  }
}

// Spans ascend, lie apart, begin and end at lines' ends, and never reach over the title.
void expect_promises_kept(std::string_view text, ByteSpan title, const Articles& articles = {}) {
  std::uint32_t end = 0;
  for (const Boilerplate& one : find(text, title, articles)) {
    ASSERT_LE(end, one.span.begin);
    ASSERT_LT(one.span.begin, one.span.end);
    ASSERT_LE(one.span.end, text.size());
    ASSERT_TRUE(title.empty() || one.span.end <= title.begin || title.end <= one.span.begin);
    const auto line_end = text.find('\n', one.span.end);
    const std::string_view rest = text.substr(one.span.end, line_end - one.span.end);
    ASSERT_EQ(rest.find_first_not_of(" \t\xc2\xa0\r\v\f"), std::string_view::npos) << "a line is cut";
    end = one.span.end;
  }
}

TEST(FindBoilerplate, KeepsItsPromisesOnRandomPages) {
  DATELINE_SEEDED(random);
  const std::vector<std::string> lines = {"",
                                          "01:15",
                                          "Barges wait at the northern lock",
                                          "Story highlights",
                                          "Two barges aground in fog",
                                          "Home   World   Weather",
                                          "  Two barges ran aground at the northern lock in Monday's fog, he said. ",
                                          "“We were told nothing.”"};
  for (int round = 0; round < 2'000 && !testing::Test::HasFailure(); ++round) {
    std::string text;
    ByteSpan title;
    for (std::uint64_t count = random() % 20; count > 0; --count) {
      const std::string& line = lines[random() % lines.size()];
      if (title.empty() && random() % 8 == 0 && line.find_first_not_of(' ') == 0) {
        title = {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(text.size() + line.size())};
      }
      text += line + '\n';
    }
    Articles articles;
    for (const std::string& line : lines) articles[line] = static_cast<unsigned>(random() % 16);
    expect_promises_kept(text, title, articles);
  }
}

TEST(FindBoilerplate, SurvivesHostileTexts) {
  for (const std::string_view unit : kHostileSentences) expect_promises_kept(repeated(unit, 4'000), {});
  for (const std::string_view unit : kHostileBoilerplate) expect_promises_kept(repeated(unit, 4'000), {});
}

TEST(ReadLines, TellsWhatALineLooksLike) {
  const std::vector<ArticleLine> lines =
      read_lines("  Follow us — now!\n\n\xc2\xa0\nfollow US now\n___\n— 01:15\n1:15");
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0].span, (ByteSpan{2, 20}));
  EXPECT_EQ(lines[0].words, 3U);
  EXPECT_TRUE(lines[0].is_sentence);
  EXPECT_FALSE(lines[0].is_bare);
  EXPECT_EQ(lines[0].key, lines[1].key);
  EXPECT_TRUE(lines[1].after_blank);
  EXPECT_TRUE(lines[1].is_bare);
  EXPECT_FALSE(lines[2].after_blank);
  EXPECT_EQ(lines[2].words, 0U);
  EXPECT_FALSE(lines[3].is_time);
  EXPECT_TRUE(lines[4].is_time);
}

}  // namespace
}  // namespace dateline
