// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/quotes/quote_list.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include "query/quotes/quote_topics.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

QuoteHit quote(const std::string& article, const std::string& speaker, const std::string& text,
               const std::string& date = "2017-07-10") {
  QuoteHit hit;
  hit.article.id = article;
  hit.article.date = date;
  hit.article.language = "en";
  hit.quote.span = {0, static_cast<std::uint32_t>(text.size())};
  hit.speaker = speaker;
  hit.text = text;
  return hit;
}

// "article speaker: text [copies]", a line a quote.
std::string show(const std::vector<QuoteHit>& quotes) {
  std::string out;
  for (const QuoteHit& one : quotes) {
    out += one.article.id + ' ' + one.speaker + ": " + one.text + " [";
    for (const QuoteHit& copy : one.copies) out += (out.back() == '[' ? "" : " ") + copy.article.id;
    out += "]\n";
  }
  return out;
}

const std::string kLong = "The working group will meet in Moscow before the end of the summer, and nobody knows more.";

TEST(JoinCopies, JoinsTheSameWordsHoweverTheyAreWritten) {
  EXPECT_EQ(show(join_copies({quote("a", "Lukash", "We, the group, are working on it."),
                              quote("b", "Lukash", "we the group are working on it")})),
            "a Lukash: We, the group, are working on it. [b]\n");
  EXPECT_EQ(show(join_copies(
                {quote("a", "Lukash", "The proposal was Putin's"), quote("b", "Lukash", "the proposal was putin s")})),
            "a Lukash: The proposal was Putin's [b]\n");
  EXPECT_EQ(
      show(join_copies({quote("a", "Lukash", "No."), quote("b", "Lukash", "no"), quote("c", "Lukash", "No way")})),
      "a Lukash: No. [b]\nc Lukash: No way []\n");
}

TEST(JoinCopies, JoinsWhatOutletsCutDifferently) {
  const std::vector<std::string> cuts{
      "The working group will meet in Moscow before the end of the summer",
      "will meet in Moscow before the end of the summer, and nobody knows more.",
      "The working group will meet in Moscow before the end of summer, and nobody knows more.",
      "the working group will meet",
  };
  for (const std::string& cut : cuts) {
    EXPECT_EQ(show(join_copies({quote("short", "Lukash", cut), quote("long", "Lukash", kLong)})),
              "long Lukash: " + kLong + " [short]\n")
        << cut;
  }
}

TEST(JoinCopies, KeepsApartWhatSharesAFewWords) {
  const std::vector<std::string> others{
      "in Moscow before",                    // three words are no quote of their own
      "We will meet in Moscow before long",  // of seven words all must be there
      "The working group will talk in Berlin at the end of the year, and nobody knows the day of it yet.",
  };
  for (const std::string& other : others) {
    EXPECT_EQ(join_copies({quote("a", "Lukash", other), quote("b", "Lukash", kLong)}).size(), 2U) << other;
  }
}

TEST(JoinCopies, NeverJoinsTwoSpeakers) {
  EXPECT_EQ(show(join_copies({quote("a", "Lukash", kLong), quote("b", "Peskov", kLong), quote("c", "", kLong),
                              quote("d", "Peskov", kLong, "2018-01-01")})),
            "a Lukash: " + kLong + " [c]\nb Peskov: " + kLong + " [d]\n");
  EXPECT_EQ(show(join_copies({quote("a", "", kLong), quote("b", "Peskov", kLong), quote("c", "Lukash", kLong)})),
            "a Peskov: " + kLong + " [b]\nc Lukash: " + kLong + " []\n");
}

TEST(JoinCopies, LetsTheLongestThenTheEarliestStandForAll) {
  EXPECT_EQ(show(join_copies({quote("none", "Lukash", kLong, ""), quote("late", "Lukash", kLong, "2018-02-03"),
                              quote("early", "Lukash", kLong, "2017-07-01"), quote("x", "Lukash", "Another one")})),
            "early Lukash: " + kLong + " [late none]\nx Lukash: Another one []\n");
  QuoteHit taken_over = quote("early", "Lukash", kLong, "2017-07-01");
  taken_over.quote.rule = SpeakerRule::kCopy;
  EXPECT_EQ(show(join_copies({taken_over, quote("late", "Lukash", kLong, "2018-02-03")})),
            "late Lukash: " + kLong + " [early]\n");
}

TEST(JoinCopies, CountsAnArticleOnce) {
  EXPECT_EQ(show(join_copies({quote("a", "Lukash", kLong), quote("a", "Lukash", kLong), quote("b", "Lukash", kLong),
                              quote("b", "Lukash", kLong)})),
            "a Lukash: " + kLong + " [b]\n");
}

TEST(JoinCopies, BearsEmptyAndRepeatedText) {
  EXPECT_TRUE(join_copies({}).empty());
  EXPECT_EQ(join_copies({quote("a", "", ""), quote("b", "", "…")}).size(), 1U);
  std::string same;
  for (int i = 0; i < 20'000; ++i) same += "no ";
  EXPECT_EQ(join_copies({quote("a", "Lukash", same), quote("b", "Lukash", same)}).size(), 1U);
}

// Whatever the quotes: none is lost, none stands twice, and no copy has another speaker.
TEST(JoinCopies, KeepsEveryArticleOfRandomQuotes) {
  DATELINE_SEEDED(random);
  for (int round = 0; round < 200; ++round) {
    std::vector<QuoteHit> quotes;
    for (auto count = random() % 20; count > 0; --count) {
      std::string text;
      for (auto words = random() % 12; words > 0; --words)
        text += std::string(1, static_cast<char>('a' + random() % 4)) + "x ";
      quotes.push_back(quote(std::to_string(quotes.size()), random() % 3 == 0 ? "" : std::to_string(random() % 2), text,
                             "2017-07-0" + std::to_string(random() % 3 + 1)));
    }
    const std::vector<QuoteHit> joined = join_copies(quotes);
    std::vector<std::string> articles;
    for (const QuoteHit& one : joined) {
      articles.push_back(one.article.id);
      for (const QuoteHit& copy : one.copies) {
        articles.push_back(copy.article.id);
        EXPECT_TRUE(copy.speaker.empty() || copy.speaker == one.speaker);
        EXPECT_TRUE(copy.copies.empty());
      }
    }
    std::sort(articles.begin(), articles.end());
    EXPECT_EQ(articles.size(), quotes.size());
    EXPECT_EQ(std::adjacent_find(articles.begin(), articles.end()), articles.end());
  }
}

// "words: indexes", a line a topic.
std::string show(const std::vector<QuoteTopic>& topics) {
  std::string out;
  for (const QuoteTopic& topic : topics) {
    for (const std::string& word : topic.words) out += word + ' ';
    out += ':';
    for (const std::size_t one : topic.quotes) out += ' ' + std::to_string(one);
    out += '\n';
  }
  return out;
}

TEST(FindTopics, GroupsUnderTheWordsThatTell) {
  TermVariants variants({"en"});
  const auto rarity = [](const std::string& term) { return term == "say" ? 0.1 : term == "sanction" ? 3.0 : 2.0; };
  const std::vector<QuoteHit> quotes{
      quote("a", "Dmitry Peskov", "We say the sanctions are a mistake, Peskov"),
      quote("b", "Dmitry Peskov", "They say a bridge is what the town needs"),
      quote("c", "Dmitry Peskov", "A sanction is a mistake, I say"),
      quote("d", "Dmitry Peskov", "The bridge will be built by the town, Peskov"),
      quote("e", "Dmitry Peskov", "Of 2017 and 2018 nothing"),
  };
  EXPECT_EQ(show(find_topics(quotes, variants, rarity)), "sanction mistake : 0 2\nbridge town : 1 3\n: 4\n");
  EXPECT_EQ(show(find_topics({}, variants, rarity)), "");
}

TEST(FindTopics, AreAFew) {
  TermVariants variants({"en"});
  std::vector<QuoteHit> quotes;
  for (std::size_t i = 0; i < 40; ++i) {
    quotes.push_back(quote(std::to_string(i), "", std::string(4, static_cast<char>('a' + i / 2)) + " it is"));
  }
  const std::vector<QuoteTopic> topics = find_topics(quotes, variants, [](const std::string&) { return 1.0; });
  ASSERT_EQ(topics.size(), kMaxTopics + 1);
  EXPECT_TRUE(topics.back().words.empty());
  EXPECT_EQ(topics.back().quotes.size(), 40 - 2 * kMaxTopics);
}

}  // namespace
}  // namespace dateline
