// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searcher.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "common/analyzer.h"
#include "indexer/analysis.h"
#include "indexer/index_update.h"
#include "query/explainer.h"
#include "query/query_parser.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

// One record of a JSON Lines file; `facts` are pairs of a field and its value.
std::string record(const std::string& id, const std::string& title, const std::string& text,
                   const std::vector<std::pair<std::string, std::string>>& facts = {}) {
  nlohmann::json json{{"id", id}, {"title", title}, {"text", text}};
  for (const auto& [name, value] : facts) json[name] = value;
  return json.dump() + '\n';
}

void make_index(const fs::path& source, const fs::path& directory) {
  IndexOptions options;
  options.sources = {source};
  options.database = directory;
  options.names_model = names_model_file();
  Progress progress(false, 0);
  const Result<IndexReport> report = update_index(options, progress);
  ASSERT_TRUE(report) << report.error().message;
  ASSERT_GT(report->articles.added, 0U);
}

Searcher open_searcher(const std::vector<fs::path>& directories) {
  Result<Searcher> searcher = Searcher::open(directories);
  EXPECT_TRUE(searcher) << searcher.error().message;
  return std::move(*searcher);
}

constexpr std::size_t kAll = 10'000;

double sum_of_text(const Explanation& why) {
  return why.text.early + why.text.as_written + why.text.akin + why.text.like;
}
double sum_of(const Explanation& why) {
  return why.passage + why.article + why.closeness + sum_of_text(why) + why.quoted + why.lowered;
}

SearchResult search_all(Searcher& searcher, const std::string& query, Grouping grouping = Grouping::kNone) {
  SearchOptions options;
  options.limit = kAll;
  options.grouping = grouping;
  return searcher.search(parse_query(query), options);
}

// "id#passage" of a hit: each is one passage.
std::string name_of(const Hit& hit) { return hit.article.id + '#' + std::to_string(hit.ordinal); }

std::vector<std::string> names_of(const SearchResult& result) {
  std::vector<std::string> names;
  for (const Hit& hit : result.hits) names.push_back(name_of(hit));
  return names;
}

// What holds of every result, whatever was asked.
void check_result(const SearchResult& result, std::size_t offset = 0) {
  EXPECT_TRUE(!result.total_is_exact || result.total >= result.hits.size());
  std::set<std::string> seen;
  double score = INFINITY;
  std::size_t rank = offset;
  for (const Hit& hit : result.hits) {
    EXPECT_EQ(hit.rank, ++rank);
    EXPECT_LE(hit.score, score) << "ranks fall with the score";
    score = hit.score;
    EXPECT_TRUE(seen.insert(name_of(hit)).second) << name_of(hit) << " twice";
    const Explanation& why = hit.explanation;
    if (why.words > 0) {
      EXPECT_NEAR(sum_of(why), hit.score, 1e-9) << name_of(hit);
    }
    EXPECT_LE(why.words_in_passage, why.words);
    EXPECT_LE(why.words_in_title, why.words);
    EXPECT_EQ(hit.article.text, "");
    EXPECT_FALSE(hit.text.empty());
    EXPECT_EQ(hit.text.size(), hit.passage.span.size());
    std::uint32_t end = 0;
    for (const ByteSpan& span : hit.highlights) {
      EXPECT_LE(end, span.begin) << "highlights ascend and do not overlap";
      EXPECT_LT(span.begin, span.end);
      EXPECT_LE(span.end, hit.text.size());
      end = span.end;
    }
  }
}

class SmallIndex : public testing::Test {
 protected:
  // Every article is one passage of about as many words.
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    const std::string rest = " in the harbour of the old town while ferries went out on their usual morning rounds.";
    std::string lines;
    lines += record("both", "", "The kremlin and the senate were far apart when the vote came on Sunday" + rest);
    lines += record("close", "", "The kremlin senate question was raised when the vote came late on Sunday" + rest);
    lines += record("one", "", "The kremlin and nobody else had a word to say when the vote came on Sunday" + rest);
    lines +=
        record("titled", "Volcano wakes", "The volcano was watched by a dozen people when it woke on Sunday" + rest);
    lines +=
        record("untitled", "Mountain news", "The volcano was watched by a dozen people when it woke on Sunday" + rest);
    lines +=
        record("only-title", "Volcano far away", "Nobody was watched by a dozen people when it woke on Sunday" + rest);
    lines += record("dated", "", "Apricots were dear, said the first of three sellers at the market on Sunday" + rest,
                    {{"date", "2017-07-10"}, {"source", "Harbour Gazette"}});
    lines += record("month", "", "Apricots were cheap, said the second of three sellers at the market on Sunday" + rest,
                    {{"date", "2018-03-01"}, {"source", "Meridian"}});
    lines +=
        record("undated", "", "Apricots were gone, said the third of three sellers at the market on Sunday" + rest);
    lines += record("secure", "", "Security was the one word on everybody's lips at the gates on Sunday" + rest);
    lines += record("secured", "", "The doors were secured with chains by somebody unknown to us on Sunday" + rest);
    lines += record("folded", "", "Élysée guards sang “Straße” at the ﬁnal in Łódź, Ｗｉｄｅ awake on Sunday" + rest);
    lines += record("dots", "", "A U.S. envoy came by train with a suitcase and a letter on Sunday" + rest);
    lines += record("small-dots", "", "A u.s. envoy came by car with a suitcase and a letter on Sunday" + rest);
    lines += record("capitals", "", "A US envoy came by boat with a suitcase and a letter on Sunday" + rest);
    lines += record("stripped", "", "a u s  envoy came by bus with a suitcase  and a letter on sunday" + rest);
    lines += record("pronoun", "", "The envoy told us that he came on foot with a suitcase on Sunday" + rest);
    lines += record("latin", "", "Dmitry Peskov told reporters on a conference call on Sunday" + rest);
    lines +=
        record("hyphen", "", "Talks on co-operation with Mr al-Sayed were held behind closed doors on Sunday" + rest);
    lines += record("closed", "", "Talks on cooperation with Mr Alsayed were held behind open doors on Sunday" + rest);
    write_file(*folder_ / "news.jsonl", lines);
    make_index(*folder_ / "news.jsonl", *folder_ / "index");
    searcher_ = new Searcher(open_searcher({*folder_ / "index"}));
  }
  static void TearDownTestSuite() {
    delete searcher_;
    delete folder_;
  }

  // Ids of all hits: in their order, or sorted.
  static std::string ranked(const std::string& query) {
    const SearchResult result = search_all(*searcher_, query);
    check_result(result);
    std::string out;
    for (const Hit& hit : result.hits) out += (out.empty() ? "" : " ") + hit.article.id;
    return out;
  }
  static std::string found(const std::string& query) {
    const SearchResult result = search_all(*searcher_, query);
    check_result(result);
    EXPECT_TRUE(!result.total_is_exact || result.total == result.hits.size()) << query;
    std::set<std::string> ids;
    for (const Hit& hit : result.hits) ids.insert(hit.article.id);
    std::string out;
    for (const std::string& id : ids) out += (out.empty() ? "" : " ") + id;
    return out;
  }
  static void expect_found(const std::vector<std::pair<std::string, std::string>>& cases) {
    for (const auto& [query, expected] : cases) EXPECT_EQ(found(query), expected) << query;
  }

  static TemporaryFolder* folder_;
  static Searcher* searcher_;
};
TemporaryFolder* SmallIndex::folder_ = nullptr;
Searcher* SmallIndex::searcher_ = nullptr;

TEST_F(SmallIndex, RanksMoreWordsFirst) {
  EXPECT_EQ(found("kremlin senate"), "both close one");
  EXPECT_EQ(ranked("kremlin senate").substr(ranked("kremlin senate").rfind(' ') + 1), "one");
}

TEST_F(SmallIndex, RanksWordsThatStandCloserTogetherFirst) {
  EXPECT_EQ(ranked("kremlin senate"), "close both one");
  EXPECT_EQ(ranked("senate kremlin"), "close both one");
}

TEST_F(SmallIndex, RanksWordsOfTheTitleFirst) {
  EXPECT_EQ(ranked("volcano dozen").substr(0, 15), "titled untitled");
  EXPECT_EQ(ranked("volcano"), "titled untitled only-title");
}

TEST_F(SmallIndex, FindsPhrasesOnlyWhereTheyStand) {
  expect_found({
      {"\"kremlin senate\"", "close"},
      {"“kremlin senate”", "close"},
      {"\"senate kremlin\"", ""},
      {"\"kremlin and\"", "both one"},
      {"\"the vote came on sunday\"", "both one"},
      {"\"the vote came\" -senate", "one"},
      {"\"votes came\"", ""},
      {"\"kremlin senate\" \"vote came late\"", "close"},
      {"\"kremlin senate\" \"vote came on\"", ""},
      {"\"kremlin senate\" OR \"volcano was\"", "close titled untitled"},
      {"\"the volcano was\"", "titled untitled"},
      {"\"to us on\"", "secured"},
      {"volcano -\"was watched\"", ""},
      {"vote -\"kremlin senate\"", "both one"},
      {"kremlin NEAR/1 senate", "close"},
      {"kremlin NEAR/3 senate", "both close"},
      {"senate NEAR/3 kremlin", "both close"},
      {"\"the kremlin\" NEAR/4 senate", "both close"},
  });
}

TEST_F(SmallIndex, NarrowsByOperators) {
  expect_found({
      {"+senate kremlin", "both close"},
      {"kremlin -senate", "one"},
      {"kremlin AND senate", "both close"},
      {"kremlin NOT senate", "one"},
      {"kremlin AND NOT senate", "one"},
      {"senate OR volcano", "both close only-title titled untitled"},
      {"(senate OR volcano) AND question", "close"},
      {"+kremlin +nobody", "one"},
      {"+volcano +nobody", "only-title"},
      {"+volcano", "only-title titled untitled"},
      {"+zebra kremlin", ""},
      {"kremlin -zebra", "both close one"},
      {"zebra", ""},
      {"-sunday", ""},
      {"-the -sunday", ""},
  });
  EXPECT_NE(found("-kremlin"), "");
  EXPECT_EQ(found("-kremlin").find("both"), std::string::npos);
}

TEST_F(SmallIndex, NarrowsByFields) {
  expect_found({
      {"title:volcano", "only-title titled"},
      {"title:volcanoes", "only-title titled"},
      {"title:\"far volcano\"", "only-title"},
      {"volcano -title:volcano", "untitled"},
      {"outlet:gazette", "dated"},
      {"outlet:\"harbour gazette\"", "dated"},
      {"outlet:Meridian apricots", "month"},
      {"outlet:reuters", ""},
      {"apricots", "dated month undated"},
      {"apricots -outlet:gazette", "month undated"},
  });
}

TEST_F(SmallIndex, NarrowsByDates) {
  expect_found({
      {"apricots date:2017", "dated"},
      {"apricots date:2017-07", "dated"},
      {"apricots date:2017-07-10", "dated"},
      {"apricots date:2017-07-09", ""},
      {"apricots date:2017-07-01..2018-12-31", "dated month"},
      {"apricots date:..2017", "dated"},
      {"apricots date:2018..", "month"},
      {"apricots after:2017-07-09", "dated month"},
      {"apricots after:2017-07-10", "month"},
      {"apricots after:2017", "month"},
      {"apricots after:2018", ""},
      {"apricots before:2018-03-02", "dated month"},
      {"apricots before:2018-03-01", "dated"},
      {"apricots before:2018", "dated"},
      {"apricots before:2017-07-10", ""},
      {"apricots -date:2017", "month undated"},
      {"apricots -after:2017", "dated undated"},
      {"apricots -before:2018", "month undated"},
      {"\"apricots were\" after:2017-07-10", "month"},
      {"\"apricots were\" -date:2017", "month undated"},
  });
  EXPECT_EQ(ranked("date:2017..2018"), "month dated") << "nothing ranks: the newest first";
}

TEST_F(SmallIndex, FindsWildcardsWhoseStemIsShorter) {
  expect_found({
      {"securi*", "secure"},
      {"secur*", "secure secured"},
      {"SECURI*", "secure"},
      {"securit*", "secure"},
      {"security*", "secure"},
      {"securityx*", ""},
      {"kreml* -sena*", "one"},
      {"élys*", "folded"},
      {"pesk*", "latin"},
      {"zebra*", ""},
  });
}

TEST_F(SmallIndex, SeesNoDifferenceInSpelling) {
  expect_found({
      {"elysee", "folded"},
      {"ÉLYSÉE", "folded"},
      {"\"elysee guards\"", "folded"},
      {"strasse", "folded"},
      {"Straße", "folded"},
      {"final", "folded"},
      {"ﬁnal", "folded"},
      {"lodz", "folded"},
      {"ŁÓDŹ", "folded"},
      {"wide", "folded"},
      {"Ｗｉｄｅ", "folded"},
      {"“elysee guards”", "folded"},
      {"+elysee", "folded"},
      {"ＫＲＥＭＬＩＮ -senate", "one"},
  });
}

TEST_F(SmallIndex, FindsTheCountryAndNotThePronoun) {
  const std::string country = "capitals dots small-dots stripped";
  for (const std::string name : {"U.S.", "u.s.", "US", "U.S", "Ｕ.Ｓ.", "\"u s\""}) {
    expect_found({
        {name, country},
        {'+' + name + " envoy", country},
        {"envoy -" + name, "pronoun"},
    });
  }
  for (const std::string phrase : {"\"U.S. envoy\"", "\"u.s. envoy\"", "\"US envoy\"", "\"u s envoy\""}) {
    EXPECT_EQ(found(phrase), country) << phrase;
  }
  EXPECT_EQ(found("+us +envoy"), "pronoun");
  EXPECT_EQ(found("\"told us\""), "pronoun");
}

TEST_F(SmallIndex, FindsTheCountryTypedAsStrippedText) {
  const std::string country = "capitals dots small-dots stripped";
  expect_found({{"u s", country}, {"+u s +envoy", country}});
  EXPECT_EQ(ranked("u s envoy").substr(ranked("u s envoy").rfind(' ') + 1), "pronoun") << "the country ranks";
}

TEST_F(SmallIndex, FindsTheRomanisedName) {
  expect_found({{"Песков", "latin"}, {"песков", "latin"}, {"+Песков", "latin"}, {"\"Песков\"", "latin"}});
}

TEST_F(SmallIndex, FindsHyphenatedAndClosedSpellings) {
  for (const std::string query : {"+co-operation", "+cooperation", "+al-Sayed", "+alsayed",
                                  "+co-operation \"talks on\"", "cooperation NEAR/3 talks", "cooper*"}) {
    EXPECT_EQ(found(query), "closed hyphen") << query;
  }
}

TEST_F(SmallIndex, FindsHyphenatedAndClosedSpellingsInPhrases) {
  for (const std::string query :
       {"\"co-operation with\"", "\"cooperation with\"", "\"talks on co-operation with\"", "\"on cooperation with\"",
        "\"alsayed were\"", "\"al-sayed were\"", "co-operation NEAR/3 talks"}) {
    EXPECT_EQ(found(query), "closed hyphen") << query;
  }
}

TEST_F(SmallIndex, FindsNothingForAnEmptyQuery) {
  for (const std::string query : {"", "   ", "\"\"", "()", "…", "???", "*"}) {
    const SearchResult result = search_all(*searcher_, query);
    EXPECT_TRUE(result.hits.empty()) << query;
    EXPECT_EQ(result.total, 0U) << query;
    EXPECT_TRUE(result.total_is_exact) << query;
  }
}

// Somebody pastes a headline with its dashes and dots.
TEST_F(SmallIndex, PassesOverWhatHoldsNoWord) {
  for (const std::string nothing : {"\"…\"", "“—”", "+…", "-“…”", "title:…", "outlet:\"—\""}) {
    EXPECT_EQ(found("volcano " + nothing), "only-title titled untitled") << nothing;
  }
}

TEST_F(SmallIndex, AnswersAQueryOfThousandsOfWords) {
  std::string query;
  for (int i = 0; i < 2'499; ++i) query += "word" + std::to_string(i) + " sunday ";
  query += "volcano";
  const SearchResult result = search_all(*searcher_, query);
  check_result(result);
  EXPECT_FALSE(result.notices.empty());
  EXPECT_FALSE(result.hits.empty());
  std::string different;
  for (int i = 0; i < 5'000; ++i) different += "w" + std::to_string(i * 7919) + ' ';
  EXPECT_FALSE(search_all(*searcher_, different + "volcano kremlin").notices.empty());
  EXPECT_TRUE(search_all(*searcher_, '"' + different + '"').hits.empty());
}

TEST_F(SmallIndex, AnswersWhateverIsTyped) {
  DATELINE_SEEDED(random);
  const std::vector<std::string> pieces{
      "kremlin", "senate", "volcano", "u.s.",    "AND",     "OR",    "NOT",     "NEAR/3", "(",
      ")",       "\"",     "“",       "”",       "+",       "-",     "*",       " ",      " ",
      " ",       "title:", "date:",   "2017-07", "..",      "said:", "person:", "org:",   "place:",
      "\t",      "Песков", "secur",   "outlet:", "before:", "co-",   "the",     "\xff",   "中国"};
  for (int round = 0; round < 1'500 && !testing::Test::HasFailure(); ++round) {
    std::string query;
    for (auto count = random() % 12; count > 0; --count) query += pieces[random() % pieces.size()];
    SCOPED_TRACE(query);
    const SearchResult result = search_all(*searcher_, query);
    check_result(result);
    EXPECT_EQ(names_of(search_all(*searcher_, query)), names_of(result)) << "the same again";
    // What is read is what is printed.
    EXPECT_EQ(names_of(search_all(*searcher_, to_string(parse_query(query)))), names_of(result));
  }
}

TEST_F(SmallIndex, CutsPages) {
  for (const std::string query : {"sunday harbour", "\"old town\"", "sunday -volcano", "+sunday ferr*"}) {
    const SearchResult whole = search_all(*searcher_, query);
    ASSERT_GT(whole.hits.size(), 10U) << query;
    std::vector<std::string> names;
    SearchOptions options;
    options.grouping = Grouping::kNone;
    options.limit = 3;
    for (; options.offset < whole.hits.size() + 6; options.offset += options.limit) {
      const SearchResult page = searcher_->search(parse_query(query), options);
      check_result(page, options.offset);
      EXPECT_LE(page.hits.size(), options.limit);
      for (const Hit& hit : page.hits) names.push_back(name_of(hit));
    }
    EXPECT_EQ(names, names_of(whole)) << query;
    options = {};
    options.limit = 0;
    EXPECT_TRUE(searcher_->search(parse_query(query), options).hits.empty());
    options.limit = 10;
    options.offset = 1'000'000;
    EXPECT_TRUE(searcher_->search(parse_query(query), options).hits.empty());
  }
}

TEST_F(SmallIndex, ExplainsScoresThatAddUp) {
  for (const std::string query : {"volcano", "secur*", "title:volcano", "-kremlin", "date:2017", "+élys* -volcano"}) {
    for (const Hit& hit : search_all(*searcher_, query).hits) {
      const Explanation& why = hit.explanation;
      EXPECT_NEAR(sum_of(why), hit.score, 1e-9) << query << ": " << name_of(hit);
    }
  }
}

TEST_F(SmallIndex, LeavesTheTextOutIfToldTo) {
  SearchOptions options;
  options.grouping = Grouping::kNone;
  options.with_text = false;
  const SearchResult result = searcher_->search(parse_query("volcano"), options);
  ASSERT_EQ(result.hits.size(), 3U);
  EXPECT_EQ(result.hits[0].text, "");
  EXPECT_TRUE(result.hits[0].highlights.empty());
  EXPECT_EQ(result.hits[0].article.title, "Volcano wakes");
}

TEST_F(SmallIndex, HighlightsWhatWasAskedFor) {
  const SearchResult result = search_all(*searcher_, "\"kremlin senate\" question the");
  ASSERT_EQ(result.hits.size(), 1U);
  std::string marked;
  for (const ByteSpan& span : result.hits[0].highlights) {
    marked += '[' + result.hits[0].text.substr(span.begin, span.size()) + ']';
  }
  EXPECT_EQ(marked, "[kremlin senate][question]");
}

TEST(SearcherOpen, GivesAnErrorWithoutAnIndex) {
  const TemporaryFolder folder;
  for (const fs::path& directory : {folder.path(), folder / "nowhere"}) {
    const Result<Searcher> searcher = Searcher::open({directory});
    ASSERT_FALSE(searcher);
    EXPECT_EQ(searcher.error().code, ErrorCode::kIndex);
  }
}

TEST(SearcherOpen, OpensAnIndexWithoutArticles) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "none");
  IndexOptions options;
  options.sources = {folder / "none"};
  options.database = folder / "index";
  options.names_model = names_model_file();
  Progress progress(false, 0);
  ASSERT_TRUE(update_index(options, progress));
  Searcher searcher = open_searcher({folder / "index"});
  for (const char* query : {"", "kremlin", "\"a b\"", "-kremlin", "kreml*", "date:2017", "+a -b"}) {
    const SearchResult result = search_all(searcher, query);
    EXPECT_TRUE(result.hits.empty()) << query;
    EXPECT_EQ(result.total, 0U) << query;
  }
}

// Articles of several passages, some three hundred of them, all on one subject.
class ManyArticles : public testing::Test {
 protected:
  static std::string article(int number, int paragraphs, std::mt19937_64& random) {
    static constexpr std::string_view kWords[] = {"harbour", "ferry",    "council",  "budget", "bridge",
                                                  "strike",  "minister", "hospital", "market", "school"};
    std::string text;
    for (int p = 0; p < paragraphs; ++p) {
      for (int s = 0; s < 4; ++s) {
        text += "The kremlin working group spoke";
        for (auto n = random() % 12 + 5; n > 0; --n) text += ' ' + std::string(kWords[random() % std::size(kWords)]);
        text += " on day " + std::to_string(number) + ". ";
      }
      text += "\n\n";
    }
    return record("article-" + std::to_string(number),
                  std::string(kWords[random() % std::size(kWords)]) + " kremlin number " + std::to_string(number), text,
                  {{"date", "2017-07-10"}});
  }

  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    std::mt19937_64 random(7);
    std::string even;
    std::string odd;
    for (int i = 0; i < 300; ++i) (i % 2 == 0 ? even : odd) += article(i, i % 4 + 1, random);
    write_file(*folder_ / "even.jsonl", even);
    write_file(*folder_ / "odd.jsonl", odd);
    write_file(*folder_ / "all.jsonl", even + odd);
    for (const std::string name : {"even", "odd", "all"}) make_index(*folder_ / (name + ".jsonl"), *folder_ / name);
  }
  static void TearDownTestSuite() { delete folder_; }

  static void expect_pages(Searcher& searcher, const std::string& query, Grouping grouping) {
    SearchOptions options;
    options.grouping = grouping;
    const std::size_t count = search_all(searcher, query, grouping).hits.size();
    ASSERT_GT(count, 250U) << query;
    std::map<std::string, int> seen;
    for (; options.offset < count; options.offset += options.limit) {
      for (const Hit& hit : searcher.search(parse_query(query), options).hits) ++seen[name_of(hit)];
    }
    std::size_t twice = 0;
    for (const auto& entry : seen) twice += entry.second > 1 ? 1 : 0;
    EXPECT_EQ(seen.size(), count) << query << ": hits that stand on no page";
    EXPECT_EQ(twice, 0U) << query << ": hits that stand on two pages";
  }

  static TemporaryFolder* folder_;
};
TemporaryFolder* ManyArticles::folder_ = nullptr;

TEST_F(ManyArticles, StandOnOnePageEach) {
  Searcher searcher = open_searcher({*folder_ / "all"});
  for (const std::string query : {"kremlin harbour bridge", "\"working group spoke\" strike", "date:2017"}) {
    expect_pages(searcher, query, Grouping::kPassage);
  }
}

TEST_F(ManyArticles, StandOnOnePageEachAsArticles) {
  Searcher searcher = open_searcher({*folder_ / "all"});
  for (const std::string query : {"kremlin harbour bridge", "\"working group spoke\" strike"}) {
    expect_pages(searcher, query, Grouping::kArticle);
  }
}

TEST_F(ManyArticles, GroupPassages) {
  Searcher searcher = open_searcher({*folder_ / "all"});
  for (const std::string query : {"kremlin harbour", "\"working group\" bridge", "+bridge +strike"}) {
    const SearchResult passages = search_all(searcher, query);
    std::set<std::string> expected;
    for (const Hit& hit : passages.hits) expected.insert(hit.article.id);
    EXPECT_GT(passages.hits.size(), expected.size());
    const SearchResult articles = search_all(searcher, query, Grouping::kArticle);
    check_result(articles);
    std::set<std::string> ids;
    for (const Hit& hit : articles.hits) EXPECT_TRUE(ids.insert(hit.article.id).second) << hit.article.id << " twice";
    EXPECT_EQ(ids, expected) << query;
    EXPECT_TRUE(!articles.total_is_exact || articles.total == ids.size());
  }
}

TEST_F(ManyArticles, AreFoundOnceInTwoIndexes) {
  Searcher one = open_searcher({*folder_ / "all"});
  Searcher two = open_searcher({*folder_ / "even", *folder_ / "odd"});
  for (const std::string query : {"kremlin", "ferry minister", "\"ferry minister\"", "+ferry -minister", "fer*",
                                  "title:ferry", "date:2017", "-ferry", "\"day 17\"", "harbour NEAR/2 bridge"}) {
    const SearchResult together = search_all(one, query);
    const SearchResult apart = search_all(two, query);
    check_result(together);
    check_result(apart);
    std::map<std::string, std::string> text_of;
    for (const Hit& hit : together.hits) text_of[name_of(hit)] = hit.text;
    std::map<std::string, std::string> text_of_apart;
    for (const Hit& hit : apart.hits) text_of_apart[name_of(hit)] = hit.text;
    EXPECT_FALSE(text_of.empty()) << query;
    EXPECT_EQ(text_of, text_of_apart) << query;
    EXPECT_TRUE(!apart.total_is_exact || apart.total == text_of.size()) << query;
  }
}

TEST_F(ManyArticles, RankTheSameInTwoIndexes) {
  Searcher one = open_searcher({*folder_ / "all"});
  Searcher two = open_searcher({*folder_ / "even", *folder_ / "odd"});
  for (const std::string query : {"ferry minister budget", "\"ferry minister\" school"}) {
    std::map<std::string, double> score_of;
    for (const Hit& hit : search_all(one, query).hits) {
      score_of[name_of(hit)] = hit.score - sum_of_text(hit.explanation);
    }
    for (const Hit& hit : search_all(two, query).hits) {
      // The text is looked at for the best only; which these are may differ among equals.
      EXPECT_NEAR(hit.score - hit.explanation.closeness - sum_of_text(hit.explanation), score_of[name_of(hit)], 2.0)
          << name_of(hit);
    }
  }
}

// --- Names

class NamedPeople : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    std::string lines;
    lines += record("full", "Kremlin says no",
                    "Dmitry Peskov, the Kremlin spokesman, told reporters in Moscow on Monday that talks went on. "
                    "“Nothing has been signed,” Mr. Peskov said. Vladimir Putin was in Hamburg at the time.");
    lines += record("full-too", "",
                    "The Kremlin spokesman Dmitry Peskov spoke of a meeting in Hamburg, the agency reported.");
    lines += record("bare", "", "On Tuesday Mr. Peskov said that the meeting had been put off until further notice.");
    const std::string waiting =
        "The hall was cold and the lights went out twice while the men and women of the press waited there for an "
        "hour. "
        "The tea was served from a samovar by two old men in grey coats and soft boots who spoke to nobody at all. "
        "Then the doors were shut and the heating was turned on for the first time in what seemed to be many weeks. ";
    lines += record("by-role", "",
                    "Dmitry Peskov, the spokesman, met reporters in Moscow on Friday.\n\n" + waiting + waiting +
                        "\n\nAfter an hour the spokesman left by a side door without a word.");
    lines += record("full-again", "", "Mr. Dmitry Peskov said on Thursday that he had not been told of the letter.");
    lines +=
        record("namesake", "", "Nikolai Peskov, a baker in Bergen, said on Friday that rye bread was selling well.");
    lines += record("father", "", "President Donald Trump said in Washington on Monday that he would not go.");
    lines += record("son", "", "Donald Trump Jr. said on Monday that he had met a lawyer in New York in June.");
    lines += record("nobody", "", "The ferry left the harbour late and nobody on board knew why it had waited.");
    write_file(*folder_ / "news.jsonl", lines);
    make_index(*folder_ / "news.jsonl", *folder_ / "index");
    searcher_ = new Searcher(open_searcher({*folder_ / "index"}));
  }
  static void TearDownTestSuite() {
    delete searcher_;
    delete folder_;
  }

  static std::string found(const std::string& query) {
    const SearchResult result = search_all(*searcher_, query);
    check_result(result);
    std::set<std::string> ids;
    for (const Hit& hit : result.hits) ids.insert(hit.article.id);
    std::string out;
    for (const std::string& id : ids) out += (out.empty() ? "" : " ") + id;
    return out;
  }

  static std::string suggestion(const std::string& query) {
    return search_all(*searcher_, query).suggestion.value_or("");
  }

  static TemporaryFolder* folder_;
  static Searcher* searcher_;
};
TemporaryFolder* NamedPeople::folder_ = nullptr;
Searcher* NamedPeople::searcher_ = nullptr;

TEST_F(NamedPeople, AreFoundInAnyFormOfTheName) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"person:\"Dmitry Peskov\"", "bare by-role full full-again full-too"},
      {"person:peskov", "bare by-role full full-again full-too namesake"},
      {"person:pesk*", "bare by-role full full-again full-too namesake"},
      {"person:Песков", "bare by-role full full-again full-too namesake"},
      {"person:\"dmitri peskov\"", "bare by-role full full-again full-too"},
      {"person:nikolai", "namesake"},
      {"person:\"trump jr\"", "son"},
      {"person:trump", "father son"},
      {"person:peskof", ""},
      {"person:moscow", ""},
      {"place:moscow", "by-role full"},
      {"place:hamburg", "full full-too"},
      {"place:peskov", ""},
      {"org:kremlin", "full full-too"},
      {"person:dmitry place:hamburg", "full full-too"},
      {"person:dmitry -place:hamburg", "bare by-role full-again"},
      {"person:dmitry meeting", "bare by-role full full-again full-too"},
      {"person:dmitry +meeting", "bare full-too"},
      {"person:nikolai OR place:washington", "father namesake"},
      {"meeting -person:dmitry", ""},
      {"person:dmitry \"put off\"", "bare"},
      {"\"told reporters\" person:putin", "full"},
      {"person:… ferry", "nobody"},
  };
  for (const auto& [query, expected] : cases) EXPECT_EQ(found(query), expected) << query;
}

TEST_F(NamedPeople, AreFoundWhereOnlyTheirRoleStands) {
  const SearchResult result = search_all(*searcher_, "person:dmitry door");
  std::size_t passages = 0;
  for (const Hit& hit : result.hits) passages += hit.article.id == "by-role" ? 1 : 0;
  EXPECT_EQ(passages, 2U);
  ASSERT_FALSE(result.hits.empty());
  EXPECT_EQ(result.hits[0].text.find("Peskov"), std::string::npos) << result.hits[0].text;
  EXPECT_EQ(result.hits[0].names[0], std::vector<std::string>{"Dmitry Peskov"});
}

TEST_F(NamedPeople, AreHighlightedHoweverTheyAreNamed) {
  const auto marked = [&](const std::string& query) {
    std::map<std::string, std::string> found;
    for (const Hit& hit : search_all(*searcher_, query).hits) {
      std::string& here = found[hit.article.id];
      for (const ByteSpan& span : hit.highlights) {
        here += (here.empty() ? "" : "|") + hit.text.substr(span.begin, span.size());
      }
    }
    return found;
  };
  std::map<std::string, std::string> people = marked("person:dmitry");
  EXPECT_EQ(people["full"], "Dmitry Peskov|Peskov");
  EXPECT_EQ(people["bare"], "Peskov");
  EXPECT_EQ(marked("person:dmitry \"side door\"")["by-role"], "the spokesman|side door") << "by the role alone";
  EXPECT_EQ(marked("dmitry")["bare"], "Peskov") << "a word that means him";
  EXPECT_EQ(marked("place:hamburg -person:putin")["full-too"], "Hamburg") << "not under a minus";
  EXPECT_EQ(marked("reporters -(ferry OR person:dmitry)"), (std::map<std::string, std::string>{}));
}

TEST_F(NamedPeople, ExplainHitsWithoutTheWord) {
  const auto why = [&](const std::string& query, const std::string& id) {
    SearchOptions options;
    options.grouping = Grouping::kNone;
    options.explain = true;
    for (const Hit& hit : searcher_->search(parse_query(query), options).hits) {
      if (hit.article.id == id) return explain(hit);
    }
    return std::string("not found");
  };
  EXPECT_EQ(why("dmitry", "full"), "The word stands here.");
  EXPECT_EQ(why("dmitry", "bare"), "Dmitry Peskov is named here.") << "the word stands nowhere in the article";
  EXPECT_EQ(why("dmitry meeting", "bare"), "1 of the 2 words stand here; Dmitry Peskov is named here.");
  EXPECT_EQ(why("peskov ferry", "bare"), "1 of the 2 words stand here.") << "the word that names him";
  EXPECT_EQ(why("ferry dmitry", "nobody"), "1 of the 2 words stand here.");
}

TEST_F(NamedPeople, StandInEveryHit) {
  const auto names_of_hit = [&](const std::string& id) {
    for (const Hit& hit : search_all(*searcher_, "-xyzzy").hits) {
      if (hit.article.id == id) return hit.names;
    }
    return Hit().names;
  };
  using Names = std::array<std::vector<std::string>, kNameKinds>;
  EXPECT_EQ(names_of_hit("full"), (Names{{{"Dmitry Peskov", "Vladimir Putin"}, {"Kremlin"}, {"Moscow", "Hamburg"}}}));
  EXPECT_EQ(names_of_hit("bare"), (Names{{{"Dmitry Peskov"}, {}, {}}})) << "the canonical name";
  EXPECT_EQ(names_of_hit("nobody"), Names{});
  SearchOptions options;
  options.grouping = Grouping::kNone;
  options.with_text = false;
  for (const Hit& hit : searcher_->search(parse_query("peskov"), options).hits) EXPECT_EQ(hit.names, Names{});
}

TEST_F(NamedPeople, AreReadFromPlainWordsUnlessToldNotTo) {
  const SearchResult with = search_all(*searcher_, "peskov +door");
  ASSERT_EQ(with.readings.size(), 1U);
  EXPECT_EQ(with.readings[0].first, "peskov");
  EXPECT_EQ(with.readings[0].second.names, (std::vector<std::string>{"Dmitry Peskov", "Nikolai Peskov"}));
  SearchOptions options;
  options.grouping = Grouping::kNone;
  options.limit = kAll;
  options.names = false;
  const SearchResult without = searcher_->search(parse_query("peskov +door"), options);
  EXPECT_TRUE(without.readings.empty());
  EXPECT_EQ(searcher_->search(parse_query("person:nikolai"), options).hits.size(), 1U) << "asked for by name";
  std::size_t without_word = 0;
  for (const Hit& hit : search_all(*searcher_, "peskov").hits) {
    without_word += hit.text.find("Peskov") == std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(without_word, 1U) << "where only the role stands";
  for (const Hit& hit : searcher_->search(parse_query("peskov"), options).hits) {
    EXPECT_NE(hit.text.find("Peskov"), std::string::npos);
  }
}

TEST_F(NamedPeople, AreSuggestedForNamesThatNobodyHas) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"person:peskof", "person:\"Dmitry Peskov\""},
      {"person:\"dmitry peskof\"", "person:\"Dmitry Peskov\""},
      {"person:\"nikolay peskof\"", "person:\"Nikolai Peskov\""},
      {"place:hamberg", "place:\"Hamburg\""},
      {"peskof", "Dmitry Peskov"},
      {"meeting peskof", "Dmitry Peskov"},
      {"(meeting OR person:peskof)", "person:\"Dmitry Peskov\""},
      {"person:peskov", ""},
      {"person:xyzzy", ""},
      {"peskov", ""},
      {"ferry", ""},
      {"xyzzy", ""},
      {"\"peskof\"", ""},
      {"", ""},
  };
  for (const auto& [query, expected] : cases) EXPECT_EQ(suggestion(query), expected) << query;
}

TEST_F(NamedPeople, AreCounted) {
  const auto counted = [&](const std::string& query) {
    std::string out;
    for (const NameCount& one : searcher_->count_names(parse_query(query), {})) {
      out += "pol"[static_cast<std::size_t>(one.kind)] + (':' + one.name) + ' ' + std::to_string(one.passages) + '/' +
             std::to_string(one.articles) + ' ';
    }
    return out;
  };
  EXPECT_EQ(counted("person:dmitry"),
            "p:Dmitry Peskov 6/5 p:Vladimir Putin 1/1 o:Kremlin 2/2 l:Hamburg 2/2 l:Moscow 2/2 ");
  EXPECT_EQ(counted("\"put off\""), "p:Dmitry Peskov 1/1 ") << "where the text decides";
  EXPECT_EQ(counted("ferry"), "");
  EXPECT_EQ(counted("xyzzy"), "");
  EXPECT_EQ(counted(""), "");
}

// Each of two indexes has its own Peskov, whom its articles call by the surname alone.
TEST(NamesOfTwoIndexes, MeanWhomTheirOwnIndexMeans) {
  const TemporaryFolder folder;
  const std::string bare = "Mr. Peskov said on Tuesday that the meeting had been put off.";
  write_file(folder / "a.jsonl", record("dmitry", "", "Dmitry Peskov said on Monday that talks went on in Moscow.") +
                                     record("bare-dmitry", "", bare));
  write_file(folder / "b.jsonl", record("nikolai", "", "Nikolai Peskov said on Friday that rye bread sold in Moscow.") +
                                     record("bare-nikolai", "", bare));
  make_index(folder / "a.jsonl", folder / "a");
  make_index(folder / "b.jsonl", folder / "b");
  for (const bool turned : {false, true}) {
    Searcher searcher = open_searcher(turned ? std::vector<fs::path>{folder / "b", folder / "a"}
                                             : std::vector<fs::path>{folder / "a", folder / "b"});
    const auto found = [&](const std::string& query) {
      std::set<std::string> ids;
      for (const Hit& hit : search_all(searcher, query).hits) ids.insert(hit.article.id);
      return ids;
    };
    using Ids = std::set<std::string>;
    EXPECT_EQ(found("person:dmitry"), (Ids{"dmitry", "bare-dmitry"}));
    EXPECT_EQ(found("person:nikolai"), (Ids{"nikolai", "bare-nikolai"}));
    EXPECT_EQ(found("person:peskov"), (Ids{"dmitry", "bare-dmitry", "nikolai", "bare-nikolai"}));
    EXPECT_EQ(found("person:peskov -person:dmitry"), (Ids{"nikolai", "bare-nikolai"}));
    EXPECT_EQ(found("meeting -person:dmitry"), Ids{"bare-nikolai"});
    std::map<std::string, std::uint64_t> counts;
    for (const NameCount& one : searcher.count_names(parse_query("peskov"), {})) counts[one.name] = one.passages;
    EXPECT_EQ(counts,
              (std::map<std::string, std::uint64_t>{{"Dmitry Peskov", 2}, {"Moscow", 2}, {"Nikolai Peskov", 2}}));
  }
}

// --- The sample collection

class SampleCollection : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    const std::string source = std::string(DATELINE_SOURCE_DIR) + "/corpus/articles";
    make_index(source, *folder_ / "index");
    articles_ = new std::map<std::string, AnalyzedArticle>;
    const Result<NamesModel> model = NamesModel::open(names_model_file());
    ASSERT_TRUE(model) << model.error().message;
    const NameAliases aliases;
    Finders finders(*model, aliases);
    const auto skip = [](const Skipped& skipped) { ADD_FAILURE() << skipped.path << ": " << skipped.reason; };
    walk_sources(
        {source},
        [&](const SourceFile& file) {
          read_source_file(
              file, {},
              [&](RawRecord&& raw) {
                Result<AnalyzedArticle> analyzed = analyze_record(raw, {}, finders);
                ASSERT_TRUE(analyzed) << file.path;
                const std::string id = analyzed->article.id;
                EXPECT_TRUE(articles_->emplace(id, std::move(*analyzed)).second) << id << " twice";
              },
              skip);
        },
        skip);
    LineCounts counts;
    for (const auto& [id, analyzed] : *articles_) counts.add(analyzed.lines);
    counts.sort();
    for (auto& [id, analyzed] : *articles_) cut_passages(analyzed, counts);
  }
  static void TearDownTestSuite() {
    delete articles_;
    delete folder_;
  }

  static TemporaryFolder* folder_;
  static std::map<std::string, AnalyzedArticle>* articles_;
};
TemporaryFolder* SampleCollection::folder_ = nullptr;
std::map<std::string, AnalyzedArticle>* SampleCollection::articles_ = nullptr;

TEST_F(SampleCollection, IsFoundByItsOwnWordsAsPhrases) {
  DATELINE_SEEDED(random);
  ASSERT_GT(articles_->size(), 50U);
  Searcher searcher = open_searcher({*folder_ / "index"});
  std::vector<std::pair<const AnalyzedArticle*, std::size_t>> passages;
  for (const auto& [id, analyzed] : *articles_) {
    if (analyzed.article.language == "ru" || analyzed.article.language == "ja") continue;
    for (std::size_t i = 0; i < analyzed.passages.size(); ++i) passages.emplace_back(&analyzed, i);
  }
  for (int round = 0; round < 300; ++round) {
    const auto& [analyzed, ordinal] = passages[random() % passages.size()];
    const ByteSpan span = analyzed->passages[ordinal].span;
    const std::string text = analyzed->article.text.substr(span.begin, span.size());
    const std::vector<OwnedToken> tokens = analyze(text);
    ASSERT_FALSE(tokens.empty()) << analyzed->article.id;
    const std::size_t first = random() % tokens.size();
    const std::uint32_t count = static_cast<std::uint32_t>(random() % 12) + 1;
    std::uint32_t end = 0;
    for (std::size_t i = first; i < tokens.size() && tokens[i].position < tokens[first].position + count; ++i) {
      const bool is_joined = i + 1 < tokens.size() && tokens[i + 1].position == tokens[i].position;
      if (!is_joined) end = std::max(end, tokens[i].span.end);
    }
    std::string words = text.substr(tokens[first].span.begin, end - tokens[first].span.begin);
    // Quotation marks inside would end the phrase.
    for (const std::string_view mark : {"\"", "“", "”", "„", "«", "»"}) {
      for (std::size_t at = 0; (at = words.find(mark)) != std::string::npos;) words.replace(at, mark.size(), "; ");
    }
    const SearchResult result = search_all(searcher, '"' + words + '"');
    check_result(result);
    const std::string name = analyzed->article.id + '#' + std::to_string(ordinal);
    const std::vector<std::string> names = names_of(result);
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name << " is not found by: " << words;
  }
}

// Names add passages and lose none: to any query of words that stand somewhere, in one index and in two.
TEST_F(SampleCollection, FindsNoLessByNames) {
  DATELINE_SEEDED(random);
  const std::string source = std::string(DATELINE_SOURCE_DIR) + "/corpus/articles";
  make_index(source + "/courier", *folder_ / "courier");
  make_index(source + "/meridian", *folder_ / "meridian");
  std::vector<std::string> words;
  std::vector<std::string> names;
  for (const auto& [id, analyzed] : *articles_) {
    for (const OwnedToken& token : analyze(analyzed.article.text)) words.push_back(token.word);
    for (const ArticleName& name : analyzed.names.names) names.push_back(name.name);
  }
  std::vector<std::string> queries{
      "trump",         "kremlin spokesman", "yurchenko", "captain may", "calloway harbour", "penrose",
      "+ferry varela", "danube -hungary",   "al-sayed",  "the courier", "u.s. envoy",       "xyzzy"};
  const std::vector<std::string> before{"", "", "", "", "+", "-", "person:", "place:", "org:", "title:"};
  const std::vector<std::string> after{"", "", "", "", "*", " OR", " AND", " NEAR/9"};
  for (int round = 0; round < 150; ++round) {
    std::string query;
    for (auto count = random() % 4 + 1; count > 0; --count) {
      const bool is_name = random() % 2 == 0;
      const std::string& text = is_name ? names[random() % names.size()] : words[random() % words.size()];
      query += before[random() % before.size()] + (random() % 3 == 0 ? '"' + text + '"' : text) +
               after[random() % after.size()] + ' ';
    }
    queries.push_back(query);
  }
  std::size_t added = 0;
  for (const bool two : {false, true}) {
    Searcher searcher = open_searcher(two ? std::vector<fs::path>{*folder_ / "courier", *folder_ / "meridian"}
                                          : std::vector<fs::path>{*folder_ / "index"});
    for (const std::string& query : queries) {
      SearchOptions options;
      options.grouping = Grouping::kNone;
      options.limit = kAll;
      const SearchResult with = searcher.search(parse_query(query), options);
      options.names = false;
      const SearchResult without = searcher.search(parse_query(query), options);
      check_result(with);
      check_result(without);
      const std::vector<std::string> all = names_of(with);
      const std::set<std::string> found(all.begin(), all.end());
      for (const std::string& name : names_of(without)) {
        EXPECT_TRUE(found.contains(name)) << query << " loses " << name;
      }
      added += all.size() - without.hits.size();
    }
  }
  EXPECT_GT(added, 0U);
}

// Every passage of which --analyze says that it names somebody is found by that name, and no other.
TEST_F(SampleCollection, FindsEveryPassageByItsNames) {
  Searcher searcher = open_searcher({*folder_ / "index"});
  std::map<std::string, std::set<std::string>> passages_of;  // by the canonical name of a person
  for (const auto& [id, analyzed] : *articles_) {
    for (std::size_t i = 0; i < analyzed.passages.size(); ++i) {
      const ByteSpan span = analyzed.passages[i].span;
      for (const Mention& mention : analyzed.names.mentions) {
        const ArticleName& name = analyzed.names.names[mention.name];
        if (name.kind != NameKind::kPerson || mention.span.begin < span.begin || mention.span.begin >= span.end)
          continue;
        passages_of[searcher.names().canonical(0, NameKind::kPerson, name.name)].insert(id + '#' + std::to_string(i));
      }
    }
  }
  EXPECT_GT(passages_of.size(), 100U);
  for (const auto& [name, passages] : passages_of) {
    const std::vector<std::string> found = names_of(search_all(searcher, "person:\"" + name + '"'));
    const std::set<std::string> all(found.begin(), found.end());
    for (const std::string& passage : passages) EXPECT_TRUE(all.contains(passage)) << name << ": " << passage;
    for (const std::string& passage : all) {
      const bool is_namesake = std::any_of(passages_of.begin(), passages_of.end(), [&](const auto& other) {
        return other.first != name && other.second.contains(passage) &&
               other.first.find(name.substr(name.rfind(' ') + 1)) != std::string::npos;
      });
      EXPECT_TRUE(passages.contains(passage) || is_namesake) << name << ": " << passage;
    }
  }
}

TEST_F(SampleCollection, GivesEveryHitTheTextOfItsArticle) {
  Searcher searcher = open_searcher({*folder_ / "index"});
  std::size_t hits = 0;
  for (const char* query : {"the said", "ferry fire", "\"the ferry\"", "министр", "委員会", "brücke OR urgences",
                            "u.s. OR kremlin", "-ferry", "date:2017..2019", "minist*", "said NEAR/5 minister"}) {
    for (const Grouping grouping : {Grouping::kNone, Grouping::kArticle}) {
      const SearchResult result = search_all(searcher, query, grouping);
      check_result(result);
      for (const Hit& hit : result.hits) {
        ++hits;
        const auto found = articles_->find(hit.article.id);
        ASSERT_NE(found, articles_->end()) << hit.article.id;
        const Article& article = found->second.article;
        EXPECT_EQ(hit.text, article.text.substr(hit.passage.span.begin, hit.passage.span.size()));
        ASSERT_LT(hit.ordinal, found->second.passages.size());
        EXPECT_EQ(hit.passage.span, found->second.passages[hit.ordinal].span);
        EXPECT_EQ(hit.passage.line, found->second.passages[hit.ordinal].line);
        const auto before = article.text.begin() + hit.passage.span.begin;
        EXPECT_EQ(hit.passage.line, 1 + std::count(article.text.begin(), before, '\n'));
        EXPECT_EQ(std::tie(hit.article.path, hit.article.title, hit.article.outlet, hit.article.date),
                  std::tie(article.path, article.title, article.outlet, article.date));
      }
    }
  }
  EXPECT_GT(hits, 500U);
}

// People who speak of a working group, in their own quotes and beside them.
class Speakers : public testing::Test {
 protected:
  void SetUp() override {
    const std::string rest = " The meeting went on for two hours on Monday, and the ferry was late again.";
    std::string lines;
    lines += record("inside", "", "“The working group will meet in Moscow soon,” Svetlana Lukash said." + rest,
                    {{"date", "2017-07-10"}, {"source", "Meridian"}});
    lines += record("outside", "",
                    "The working group met. “Nothing else was new to us at all,” Svetlana Lukash said." + rest,
                    {{"date", "2017-07-12"}});
    lines += record("she", "",
                    "Svetlana Lukash came to Hamburg." + rest +
                        "\n\nShe was asked about the ferry. “The ferry "
                        "is not our business, and it never was,” she said." +
                        rest,
                    {{"date", "2017-07-14"}});
    lines += record("both", "",
                    "“The working group is dead and buried,” Dmitry Peskov said. “The working group will meet "
                    "in Moscow soon, we think,” Svetlana Lukash said." +
                        rest,
                    {{"date", "2017-07-11"}});
    lines += record("peskov", "",
                    "Svetlana Lukash listened. “The working group is for others to speak of,” Dmitry Peskov "
                    "said." +
                        rest,
                    {{"date", "2017-07-09"}});
    lines += record("nobody", "", "The working group met in Moscow." + rest);
    write_file(folder_ / "speakers.jsonl", lines);
    make_index(folder_ / "speakers.jsonl", folder_ / "db");
    searcher_ = std::make_unique<Searcher>(open_searcher({folder_ / "db"}));
  }

  std::vector<std::string> ids(const std::string& query) {
    std::vector<std::string> found;
    for (const Hit& hit : search_all(*searcher_, query).hits) found.push_back(hit.article.id);
    return found;
  }

  // "speaker: text [copies]" of each.
  std::vector<std::string> quotes(const std::string& query, std::size_t limit = kAll, std::size_t offset = 0) {
    SearchOptions options;
    options.grouping = Grouping::kNone;
    options.limit = limit;
    options.offset = offset;
    std::vector<std::string> shown;
    for (const QuoteHit& one : searcher_->find_quotes(parse_query(query), options).quotes) {
      shown.push_back(one.speaker + ": " + one.text + " [" + std::to_string(one.copies.size()) + "]");
    }
    return shown;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Searcher> searcher_;
};

using Ids = std::vector<std::string>;

TEST_F(Speakers, AreFoundNewestFirst) {
  EXPECT_EQ(ids("said:lukash"), (Ids{"she", "outside", "both", "inside"}));
  EXPECT_EQ(ids("said:\"svetlana lukash\""), ids("said:lukash"));
  EXPECT_EQ(ids("said:luk*"), ids("said:lukash"));
  EXPECT_EQ(ids("said:Песков"), (Ids{"both", "peskov"}));
}

TEST_F(Speakers, CombineWithEverything) {
  EXPECT_EQ(ids("said:lukash said:peskov"), Ids{"both"});
  EXPECT_EQ(ids("said:lukash -said:peskov"), (Ids{"she", "outside", "inside"}));
  EXPECT_EQ(ids("said:lukash OR said:peskov"), (Ids{"she", "outside", "both", "inside", "peskov"}));
  EXPECT_EQ(ids("said:peskov person:lukash"), (Ids{"both", "peskov"}));
  EXPECT_EQ(ids("said:lukash \"our business\""), Ids{"she"});
  EXPECT_EQ(ids("said:lukash (moscow NEAR/3 soon)"), (Ids{"inside", "both"}));
  EXPECT_EQ(ids("\"working group\" -said:lukash").size(), 2U);
  EXPECT_EQ(ids("said:lukash date:2017-07-12"), Ids{"outside"});
  EXPECT_EQ(ids("said:lukash outlet:meridian"), Ids{"inside"});
}

TEST_F(Speakers, HaveTheirWordsCountedMoreInTheirQuotes) {
  const SearchResult result = search_all(*searcher_, "said:lukash working group");
  ASSERT_EQ(result.hits.size(), 4U);
  const auto place = [&](const std::string& id) {
    return std::find_if(result.hits.begin(), result.hits.end(), [&](const Hit& hit) { return hit.article.id == id; }) -
           result.hits.begin();
  };
  EXPECT_LT(place("inside"), place("outside"));
  EXPECT_LT(place("both"), place("outside"));
  EXPECT_LT(place("outside"), place("she")) << "words that stand beside the quote count, too";
  const Explanation& inside = result.hits[static_cast<std::size_t>(place("inside"))].explanation;
  EXPECT_EQ(inside.words_in_quotes, 2U);
  EXPECT_GT(inside.quoted, 0);
  const Explanation& outside = result.hits[static_cast<std::size_t>(place("outside"))].explanation;
  EXPECT_EQ(outside.words_in_quotes, 0U);
  EXPECT_EQ(outside.quoted, 0);
  // Peskov's words are not hers.
  const SearchResult hers = search_all(*searcher_, "said:lukash buried");
  for (const Hit& hit : hers.hits) EXPECT_EQ(hit.explanation.words_in_quotes, 0U) << hit.article.id;
  for (const Hit& hit : result.hits) {
    const Explanation& why = hit.explanation;
    EXPECT_NEAR(hit.score, sum_of(why), 1e-9);
  }
}

TEST_F(Speakers, WhoAreUnknownGetSuggestions) {
  const SearchResult result = search_all(*searcher_, "said:lukesh group");
  EXPECT_TRUE(result.hits.empty());
  EXPECT_EQ(result.suggestion, "said:\"Svetlana Lukash\"");
  EXPECT_EQ(search_all(*searcher_, "said:xyzzyq").suggestion, std::nullopt);
  EXPECT_EQ(search_all(*searcher_, "said:lukash").readings.front().second.names, Ids{"Svetlana Lukash"});
}

TEST_F(Speakers, StandInEveryHit) {
  const SearchResult result = search_all(*searcher_, "said:peskov said:lukash");
  ASSERT_EQ(result.hits.size(), 1U);
  const std::vector<PassageQuote>& quotes = result.hits[0].quotes;
  ASSERT_EQ(quotes.size(), 2U);
  EXPECT_EQ(quotes[0].speaker, "Dmitry Peskov");
  EXPECT_EQ(quotes[1].speaker, "Svetlana Lukash");
  for (const PassageQuote& quote : quotes) EXPECT_NE(result.hits[0].text.find(quote.text), std::string::npos);
}

TEST_F(Speakers, AreCountedAmongTheNames) {
  SearchOptions options;
  options.grouping = Grouping::kNone;
  for (const NameCount& one : searcher_->count_names(parse_query("said:lukash"), options)) {
    if (one.name == "Svetlana Lukash") {
      EXPECT_EQ(std::pair(one.quotes, one.passages), std::pair(4UL, 4UL));
    }
    if (one.name == "Dmitry Peskov") {
      EXPECT_EQ(one.quotes, 1U);
    }
    if (one.name == "Moscow") {
      EXPECT_EQ(one.quotes, 0U);
    }
  }
}

TEST_F(Speakers, HaveTheirQuotesListedOnceEach) {
  const std::vector<std::string> hers = quotes("said:lukash");
  ASSERT_EQ(hers.size(), 3U);
  EXPECT_TRUE(hers[0].starts_with("Svetlana Lukash: The ferry is not our business")) << hers[0];
  EXPECT_TRUE(hers[1].starts_with("Svetlana Lukash: Nothing else was new")) << hers[1];
  EXPECT_TRUE(hers[2].starts_with("Svetlana Lukash: The working group will meet in Moscow soon, we think")) << hers[2];
  EXPECT_TRUE(hers[2].ends_with(" [1]")) << "two outlets cut it differently: " << hers[2];
  EXPECT_TRUE(quotes("said:lukash group")[0].starts_with("Svetlana Lukash: The working group"))
      << "with the word first";
  EXPECT_EQ(quotes("\"working group\"").size(), 4U) << "of all who speak in these passages";
  EXPECT_EQ(quotes("said:lukash", 1, 1), std::vector<std::string>{hers[1]});
  EXPECT_TRUE(quotes("said:xyzzyq").empty());
}

TEST_F(Speakers, HaveQuotesThatCanBeCited) {
  SearchOptions options;
  options.grouping = Grouping::kNone;
  for (const QuoteHit& one : searcher_->find_quotes(parse_query("said:lukash OR said:peskov"), options).quotes) {
    EXPECT_FALSE(one.cue.empty());
    EXPECT_FALSE(one.mention.empty());
    EXPECT_EQ(one.text.size(), one.quote.span.size());
    EXPECT_EQ(one.line, one.article.id == "she" ? 3U : 1U) << one.text;
  }
}

TEST_F(Speakers, HaveAllTheirQuotesByName) {
  const QuoteResult hers = searcher_->quotes_of({NameKind::kPerson, "Svetlana Lukash"});
  EXPECT_EQ(hers.quotes.size(), 3U);
  EXPECT_TRUE(hers.total_is_exact);
  EXPECT_TRUE(searcher_->quotes_of({NameKind::kPlace, "Moscow"}).quotes.empty());
}

}  // namespace
}  // namespace dateline
