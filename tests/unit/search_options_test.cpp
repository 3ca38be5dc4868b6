// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a search can be asked for beside its words: another order, what is like an article, what may have been meant.
#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "query/asking/query_parser.h"
#include "query/asking/question.h"
#include "query/reading/edit_distance.h"
#include "query/searching/searcher.h"
#include "query/showing/explainer.h"
#include "tests/unit/search_support.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

using Ids = std::vector<std::string>;

TEST(EditDistance, CountsSlips) {
  EXPECT_EQ(edits("", ""), 0U);
  EXPECT_EQ(edits("ferry", "ferry"), 0U);
  EXPECT_EQ(edits("fery", "ferry"), 1U);
  EXPECT_EQ(edits("frery", "ferry"), 1U) << "neighbours that changed places";
  EXPECT_EQ(edits("abc", ""), 3U);
  EXPECT_EQ(slip_of("goverment", "government"), 1U);
  EXPECT_EQ(slip_of("cat", "dog"), std::nullopt);
  EXPECT_EQ(slip_of("cat", "cart"), 1U);
  EXPECT_EQ(slip_of("at", "ate"), 1U);
  EXPECT_EQ(slip_of("ab", "cd"), std::nullopt);
  EXPECT_EQ(slip_of("harbour", "arbours"), 2U);
  EXPECT_EQ(slip_of("harbour", "candour"), std::nullopt);
}

TEST(Questions, AskForAKindOfAnswer) {
  const std::vector<std::pair<std::string, AnswerKind>> cases{
      {"who signed the treaty", AnswerKind::kPerson},
      {"Who signed", AnswerKind::kPerson},
      {"wer hat unterschrieben", AnswerKind::kPerson},
      {"where did it happen", AnswerKind::kPlace},
      {"when did it happen", AnswerKind::kDate},
      {"what year was it", AnswerKind::kDate},
      {"how many were there", AnswerKind::kNumber},
      {"how much did it cost", AnswerKind::kNumber},
      {"combien de morts", AnswerKind::kNumber},
      {"how did it happen", AnswerKind::kNone},
      {"why did it happen", AnswerKind::kNone},
      {"the who concert", AnswerKind::kNone},
      {"who", AnswerKind::kNone},
      {"", AnswerKind::kNone},
      {"\"who signed\" treaty", AnswerKind::kNone},
      {"person:who signed", AnswerKind::kNone},
  };
  for (const auto& [query, kind] : cases) EXPECT_EQ(answer_kind(parse_query(query)), kind) << query;
}

TEST(Questions, DoNotSearchForWhatOnlyAsks) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"how many people were rescued", "people were rescued"},
      {"What kind of ship sank", "of ship sank"},
      {"what happened to the pilot", "to the pilot"},
      {"how many were there", "how many were there"},
      {"how ferries sank", "how ferries sank"},
      {"what year was the treaty signed", "what year was the treaty signed"},
      {"how +many ferries sank", "how +many ferries sank"},
      {"\"how many\" ferries sank", "\"how many\" ferries sank"},
      {"how many person:lincoln", "how many person:lincoln"},
      {"how many -people", "how many -people"},
      {"how many", "how many"},
      {"", ""},
  };
  for (const auto& [query, searched] : cases) {
    EXPECT_EQ(to_string(without_asking(parse_query(query))), searched) << query;
  }
}

class Options : public testing::Test {
 protected:
  void SetUp() override {
    std::string lines;
    lines += record("old", "", "The volcano woke and the glacier above it began to melt, people in the valley said.",
                    {{"date", "2010-03-01"}});
    lines += record("best", "The volcano and the glacier",
                    "The volcano woke under the glacier. The volcano had slept under the glacier for a century.",
                    {{"date", "2012-03-01"}});
    lines += record("new", "", "The volcano is quiet, but below the glacier the river has risen again since Easter.",
                    {{"date", "2017-03-01"}});
    lines += record("half", "", "The volcano is quiet, a spokesman for the town said in a note on the summer season.",
                    {{"date", "2018-03-01"}});
    lines += record("undated", "", "A volcano and a glacier stand on the island, which has no people and no roads.");
    lines +=
        record("who", "", "The bridge over the river was opened on Monday with a speech by Mayor Rosalind Penrose.");
    lines +=
        record("bridge", "", "The bridge over the river was opened on a wet day with a speech by the mayor there.");
    lines +=
        record("many", "", "The bridge over the river was opened in front of 4,200 guests with a speech by the mayor.");
    lines += record("ferry", "Ferry sinks",
                    "The ferry sank off the harbour of Harwick in the storm. Divers searched the ferry for the crew. "
                    "The ferry's captain had sailed into the storm against the harbour's orders.");
    lines +=
        record("ferry-too", "Divers search ferry",
               "Divers went down to the sunken ferry off Harwick. The captain of the ferry was among the dead, the "
               "harbour office said, and the storm had kept the divers away.");
    lines +=
        record("storm", "", "The storm took roofs off houses in Penrose and felled hundreds of trees in the park.");
    write_file(folder_ / "news.jsonl", lines);
    make_index(folder_ / "news.jsonl", folder_ / "db");
    searcher_ = std::make_unique<Searcher>(open_searcher({folder_ / "db"}));
  }

  SearchResult search(const std::string& query, SearchOptions options = {}) {
    options.limit = kAll;
    SearchResult result = searcher_->search(parse_query(query), options);
    check_result(result);
    return result;
  }

  static Ids ids(const SearchResult& result) {
    Ids found;
    for (const Hit& hit : result.hits) found.push_back(hit.article.id);
    return found;
  }

  std::string suggestion(const std::string& query) {
    const std::optional<Suggestion> meant = search(query).suggestion;
    return meant ? meant->query + " " + std::to_string(meant->passages) : "";
  }

  TemporaryFolder folder_;
  std::unique_ptr<Searcher> searcher_;
};

TEST_F(Options, SortByDate) {
  SearchOptions by_date;
  by_date.by_date = true;
  EXPECT_EQ(ids(search("volcano glacier", by_date)), (Ids{"new", "best", "old", "undated"}))
      << "the newest of those that hold all words, those without a date last";
  EXPECT_EQ(ids(search("the volcano", by_date)).front(), "half") << "function words need not stand";
  EXPECT_EQ(ids(search("volcano -glacier", by_date)), (Ids{"half"}));
  EXPECT_EQ(ids(search("volcano zebra", by_date)), Ids{});
  EXPECT_EQ(ids(search("volcano glacier")).front(), "best");
  by_date.explain = true;
  const SearchResult result = search("volcano glacier", by_date);
  EXPECT_EQ(explain(result.hits.front()), "It meets every condition; the newest come first.");
}

TEST_F(Options, PreferRecentPassagesAsATieBreak) {
  const auto place = [](const Ids& found, const std::string& id) {
    return std::find(found.begin(), found.end(), id) - found.begin();
  };
  SearchOptions recent;
  recent.prefer_recent = true;
  const Ids plain = ids(search("glacier"));
  const Ids preferred = ids(search("glacier", recent));
  EXPECT_LT(place(preferred, "new"), place(preferred, "old"));
  EXPECT_EQ(plain.size(), preferred.size()) << "nothing is lost";
  EXPECT_EQ(ids(search("volcano slept century", recent)).front(), "best") << "mildly: better passages stay first";
  double last = 1;
  for (const Hit& hit : search("volcano", recent).hits) {
    if (hit.article.date.empty()) {
      EXPECT_EQ(hit.explanation.recent, 0);
    } else {
      EXPECT_GT(hit.explanation.recent, 0);
      if (hit.article.id == "half") last = hit.explanation.recent / (hit.explanation.passage + hit.explanation.article);
    }
  }
  EXPECT_NEAR(last, RankingWeights().recent, 1e-6) << "the newest in full";
}

TEST_F(Options, AnswerQuestionsWithPassagesThatMay) {
  EXPECT_EQ(ids(search("who opened the bridge")).front(), "who");
  EXPECT_EQ(ids(search("how many saw the bridge opened")).front(), "many");
  EXPECT_EQ(search("who opened the bridge").hits.front().explanation.answer > 0, true);
  for (const Hit& hit : search("bridge opened").hits) EXPECT_EQ(hit.explanation.answer, 0);
}

TEST_F(Options, FindWhatIsLikeAnArticle) {
  SearchOptions options;
  options.grouping = Grouping::kStory;
  const auto similar = searcher_->find_similar("ferry", options);
  ASSERT_TRUE(similar);
  check_result(similar->result);
  const Ids found = ids(similar->result);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), "ferry-too");
  EXPECT_EQ(std::count(found.begin(), found.end(), "ferry"), 0) << "itself";
  const std::vector<QueryClause>& words = similar->query.clauses;
  EXPECT_TRUE(std::any_of(words.begin(), words.end(), [](const QueryClause& one) { return one.node.text == "ferry"; }));
  EXPECT_FALSE(std::any_of(words.begin(), words.end(), [](const QueryClause& one) { return one.node.text == "the"; }));
  ASSERT_TRUE(searcher_->find_similar("ferry#0", options));
  EXPECT_EQ(ids(searcher_->find_similar("ferry#0", options)->result).front(), "ferry-too");
  for (const std::string id : {"", "#", "#0", "ferry#", "ferry#9", "ferry#-1", "ferry#0x", "nobody", "nobody#0"}) {
    EXPECT_FALSE(searcher_->find_similar(id, options)) << id;
  }
}

TEST_F(Options, SuggestWordsThatTheIndexKnows) {
  EXPECT_EQ(suggestion("volcanno"), "volcano 5");
  EXPECT_EQ(suggestion("glaicer volcano"), "glacier volcano 5") << "the rest of the query stays";
  EXPECT_EQ(suggestion("glaicer volcanno"), "glacier volcano 5");
  EXPECT_EQ(suggestion("+volcanno +bridge"), "") << "nothing would be found";
  EXPECT_EQ(suggestion("volcano"), "");
  EXPECT_EQ(suggestion("xylophone"), "");
  EXPECT_EQ(suggestion("volcano -bridgge"), "");
  EXPECT_EQ(suggestion("penrsoe"), "Rosalind Penrose 2");
}

}  // namespace
}  // namespace dateline
