// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/finding/added_words.h"

#include <cmath>
#include <gtest/gtest.h>

#include "query/showing/explainer.h"
#include "tests/unit/search_support.h"

namespace dateline {
namespace {

struct Text {
  std::string text;
  ArticleNumber story = 0;
  double say = 1;
};

double all_alike(const std::string& /*term*/) { return 0.5; }

std::vector<AddedWord> choose(const std::set<std::string>& asked, const std::vector<Text>& texts,
                              const std::function<double(const std::string&)>& rarity = all_alike) {
  Stemmer stemmer("en");
  AddedWords words(asked);
  for (const Text& one : texts) words.add(PassageWords(one.text, stemmer), "en", {0, one.story}, one.say);
  return words.choose(rarity);
}

std::vector<std::string> shown(const std::vector<AddedWord>& words) {
  std::vector<std::string> all;
  for (const AddedWord& word : words) all.push_back(word.shown);
  return all;
}

using Words = std::vector<std::string>;

TEST(AddedWords, AreThoseThatTwoStoriesShare) {
  EXPECT_EQ(shown(choose({"ferri"}, {{"The ferry and its captain", 1}, {"Ferries: a captain of 1987 in court", 2}})),
            Words{"captain"})
      << "neither what is asked for nor function words nor figures";
  EXPECT_TRUE(choose({}, {{"captain in court", 1}, {"captain in court", 1}}).empty()) << "copies are one voice";
  EXPECT_TRUE(choose({}, {}).empty());
}

TEST(AddedWords, WeighByRarityAndByWhoHasThem) {
  const std::vector<Text> texts = {{"captain court harbour", 1}, {"captain court", 2}, {"harbour", 3, 0.5}};
  const auto court_is_rare = [](const std::string& term) { return term == "court" ? 0.9 : 0.5; };
  const std::vector<AddedWord> words = choose({}, texts, court_is_rare);
  EXPECT_EQ(shown(words), (Words{"court", "captain", "harbour"}));
  double sum = 0;
  for (const AddedWord& word : words) sum += word.weight;
  EXPECT_DOUBLE_EQ(sum, 1.0);
  const auto court_is_common = [](const std::string& term) { return term == "court" ? 0.1 : 0.5; };
  EXPECT_EQ(shown(choose({}, texts, court_is_common)), (Words{"captain", "harbour"}))
      << "what is everywhere tells nothing";
}

TEST(AddedWords, AreFewAndShownAsTheyAreWritten) {
  const std::string many = "alpha bravo charlie delta echo foxtrot hotel";
  EXPECT_EQ(choose({}, {{many, 1}, {many, 2}}).size(), kMaxAddedWords);
  EXPECT_EQ(shown(choose({}, {{"captains sail", 1}, {"captains", 2}, {"captain", 3}})), Words{"captains"});
}

class Widened : public testing::Test {
 protected:
  void SetUp() override {
    // Each article names the ship in its first passage alone; their other words differ, or they would be copies.
    const auto article = [](const std::string& first, const std::string& filler) {
      std::string text = first + "\n\n";
      for (int i = 0; i < 120; ++i) text += filler + std::to_string(i) + (i == 90 ? " captain. " : " ");
      return text;
    };
    std::string records = record("maren", "Aground",
                                 article("The Maren ran aground off the cape while its captain was asleep.", "rumour"));
    records +=
        record("court", "Verdict", article("A captain who lost the Maren was sent to jail on Monday.", "gossip"));
    for (int i = 0; i < 30; ++i) {
      records += record("other" + std::to_string(i), "Market " + std::to_string(i),
                        "Prices of stall " + std::to_string(i) + " rose.");
    }
    write_file(folder_ / "news.jsonl", records);
    make_index(folder_ / "news.jsonl", folder_ / "index");
    searcher_ = std::make_unique<Searcher>(open_searcher({folder_ / "index"}));
  }

  static std::vector<const Hit*> added(const SearchResult& result) {
    std::vector<const Hit*> found;
    for (const Hit& hit : result.hits) {
      if (hit.explanation.added > 0) found.push_back(&hit);
    }
    return found;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Searcher> searcher_;
};

TEST_F(Widened, PassagesOfTheArticlesFoundComeBehindAndSayWhy) {
  const SearchResult result = search_all(*searcher_, "maren");
  check_result(result);
  const std::vector<const Hit*> more = added(result);
  ASSERT_FALSE(more.empty());
  EXPECT_EQ(result.hits.front().explanation.added, 0);
  EXPECT_TRUE(result.total_is_exact);
  EXPECT_EQ(result.total, result.hits.size());
  ASSERT_EQ(result.notices.size(), 1U);
  EXPECT_NE(result.notices.front().find("captain"), std::string::npos) << result.notices.front();
  for (const Hit* hit : more) {
    EXPECT_EQ(hit->explanation.words_in_passage, 0U);
    EXPECT_EQ(hit->explanation.passage, 0);
    ASSERT_FALSE(hit->added_words.empty());
    ASSERT_FALSE(hit->highlights.empty());
    EXPECT_EQ(hit->text.substr(hit->highlights.front().begin, hit->highlights.front().size()), "captain");
    EXPECT_TRUE(explain(*hit).starts_with("The word does not stand here, but captain")) << explain(*hit);
    EXPECT_NE(explain_score(*hit).find("+ added words "), std::string::npos);
  }
}

TEST_F(Widened, OnlyPlainWordsAreWidened) {
  for (const char* query : {"\"maren\"", "+maren", "mare*", "maren -verdict", "title:aground maren", "zebra"}) {
    const SearchResult result = search_all(*searcher_, query);
    EXPECT_TRUE(added(result).empty()) << query;
    EXPECT_TRUE(result.notices.empty()) << query;
  }
  EXPECT_TRUE(added(search_all(*searcher_, "maren", Grouping::kArticle)).empty()) << "their articles are found already";
  SearchOptions not_asked;
  not_asked.add_words = false;
  EXPECT_TRUE(added(searcher_->search(parse_query("maren"), not_asked)).empty());
}

TEST_F(Widened, PagesJoin) {
  const std::vector<std::string> all = names_of(search_all(*searcher_, "maren"));
  ASSERT_GE(all.size(), 3U);
  SearchOptions page;
  page.grouping = Grouping::kNone;
  page.limit = 2;
  std::vector<std::string> joined;
  for (page.offset = 0; page.offset < all.size(); page.offset += page.limit) {
    for (const std::string& name : names_of(searcher_->search(parse_query("maren"), page))) joined.push_back(name);
  }
  EXPECT_EQ(joined, all);
}

}  // namespace
}  // namespace dateline
