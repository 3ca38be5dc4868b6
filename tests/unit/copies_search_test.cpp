// SPDX-License-Identifier: GPL-2.0-or-later
//
// Copies in answers: what is one result, which text is shown, what --diff finds.
#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "indexer/updating/index_update.h"
#include "query/searching/article_diff.h"
#include "query/searching/searcher.h"
#include "tests/unit/copies_support.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

std::string record(const std::string& id, const std::string& outlet, const std::string& date, std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return fmt::format("{{\"id\":\"{}\",\"source\":\"{}\",\"date\":\"{}\",\"text\":\"{}\"}}\n", id, outlet, date, text);
}

class CopiesInAnswers : public testing::Test {
 protected:
  void SetUp() override {
    DATELINE_SEEDED(random);
    const std::string wire = "The volcano woke on Sunday. " + made_up_text(random, 200);
    const std::string paragraph = "The glacier moved nine metres. " + made_up_text(random, 90);
    const std::string other = made_up_text(random, 300) + " ";
    std::string lines;
    lines += record("stripped", "", "", stripped(wire));
    lines += record("wire", "Reuters", "2017-07-10", wire);
    lines += record("update", "Reuters", "2017-07-11", wire + " More of it came " + made_up_text(random, 20));
    lines += record("paper", "Gazette", "2017-07-12", wire.substr(0, wire.size() / 2));
    lines += record("one", "Meridian", "2017-07-10", paragraph + "\\n\\n" + other);
    lines += record("two", "Courier", "2017-07-12", paragraph + "\\n\\n" + made_up_text(random, 200));
    lines +=
        record("alone", "Courier", "2017-07-12", "The volcano had been quiet for years. " + made_up_text(random, 80));
    write_file(folder_ / "news.jsonl", lines);
    IndexOptions options;
    options.sources = {folder_ / "news.jsonl"};
    options.database = folder_ / "index";
    options.names_model = names_model_file();
    Progress progress(false, 0);
    ASSERT_TRUE(update_index(options, progress));
  }

  // "id (copies)" of each hit.
  [[nodiscard]] std::vector<std::string> hits(const std::string& query, Grouping grouping) const {
    Result<Searcher> searcher = Searcher::open({folder_ / "index"});
    SearchOptions options;
    options.grouping = grouping;
    options.list_copies = options.locate_copies = true;
    std::vector<std::string> shown;
    for (const Hit& hit : searcher->search(parse_query(query), options).hits) {
      std::string copies;
      for (const HitCopy& copy : hit.copies) copies += ' ' + copy.article.id + (copy.is_version ? "*" : "");
      EXPECT_EQ(hit.copies.size(), hit.copy_count);
      shown.push_back(hit.article.id + ':' + copies);
    }
    std::sort(shown.begin(), shown.end());
    return shown;
  }

  TemporaryFolder folder_;
};

TEST_F(CopiesInAnswers, AreOneResultInTheBestText) {
  const std::vector<std::string> wanted{"alone:", "update: wire* paper stripped"};
  EXPECT_EQ(hits("volcano", Grouping::kPassage), wanted);
  EXPECT_EQ(hits("volcano", Grouping::kStory), wanted);
  EXPECT_EQ(hits("volcano", Grouping::kNone),
            (std::vector<std::string>{"alone:", "paper:", "stripped:", "update:", "wire:"}));
  EXPECT_EQ(hits("volcano", Grouping::kArticle), hits("volcano", Grouping::kNone));
}

TEST_F(CopiesInAnswers, AreShownInWhatTheQueryAsksFor) {
  EXPECT_EQ(hits("+volcano outlet:gazette", Grouping::kPassage),
            (std::vector<std::string>{"paper: update wire stripped"}));
}

TEST_F(CopiesInAnswers, AreParagraphsOfArticlesThatAreNone) {
  EXPECT_EQ(hits("glacier", Grouping::kPassage), (std::vector<std::string>{"one: two"}));
  EXPECT_EQ(hits("glacier", Grouping::kStory), (std::vector<std::string>{"one:", "two:"}));
}

DiffSide side(const std::string& text, const std::vector<std::string>& names = {}) {
  DiffSide made;
  made.article.text = text;
  for (const std::string& name : names) {
    const auto at = static_cast<std::uint32_t>(text.find(name));
    made.names.push_back({at, at + static_cast<std::uint32_t>(name.size())});
  }
  return made;
}

std::vector<std::string> disagreements(const DiffSide& one, const DiffSide& two) {
  std::vector<std::string> found;
  for (const Disagreement& each : compare_articles(one, two).disagreements) {
    const auto text = [&](const DiffSide& of, std::size_t at) {
      return of.article.text.substr(each.words[at].begin, each.words[at].size());
    };
    found.push_back(text(one, 0) + " / " + text(two, 1));
  }
  return found;
}

TEST(CompareArticles, PutsNumbersDatesAndNamesFirst) {
  const DiffSide one =
      side("The mayor Ann Poe said on Monday that 12 people died in the harbour fire at the old quay.", {"Ann Poe"});
  const DiffSide two =
      side("The mayor Ann Roe said on Tuesday that 14 people died in the harbour fire at the old quay.", {"Ann Roe"});
  EXPECT_EQ(disagreements(one, one), std::vector<std::string>());
  EXPECT_EQ(disagreements(one, two), (std::vector<std::string>{"12 / 14", "Monday / Tuesday", "Poe / Roe"}));
  const DiffSide longer = side("He said that the mayor Ann Poe came to the harbour in the night.", {"Ann Poe"});
  const DiffSide other = side("He said that the mayor Bob Roe came to the harbour in the night.", {"Bob Roe"});
  EXPECT_EQ(disagreements(longer, other), std::vector<std::string>{"Ann Poe / Bob Roe"});
}

TEST(CompareArticles, ListsWhatTheOtherLacks) {
  const std::string shared = "The ferry left the harbour at night with all its lights on.";
  const std::string more = "Nobody on board had seen the captain since supper.";
  const DiffSide one = side(shared + " " + more);
  const DiffSide two = side(stripped(shared));
  const ArticleDiff diff = compare_articles(one, two);
  EXPECT_EQ(diff.shared, 1.0);
  ASSERT_EQ(diff.lacking[0].size(), 1U);
  EXPECT_EQ(one.article.text.substr(diff.lacking[0][0].begin, diff.lacking[0][0].size()), more);
  EXPECT_TRUE(diff.lacking[1].empty());
  EXPECT_TRUE(diff.disagreements.empty());
}

TEST(CompareArticles, TakesAnyText) {
  DATELINE_SEEDED(random);
  for (const std::string& text : {std::string(), std::string("."), std::string("one"), std::string(200'000, 'a')}) {
    const ArticleDiff diff = compare_articles(side(text), side("one two"));
    EXPECT_TRUE(diff.disagreements.empty());
  }
  const std::string text = made_up_text(random, 500);
  std::string again;
  for (int i = 0; i < 40; ++i) again += text + ' ';
  EXPECT_LE(compare_articles(side(again), side(text)).shared, 1);
  EXPECT_EQ(compare_articles(side(text), side(text)).shared, 1);
}

}  // namespace
}  // namespace dateline
