// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searching/searcher.h"

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
#include "common/schema.h"
#include "common/segments.h"
#include "indexer/analysis.h"
#include "indexer/updating/index_update.h"
#include "indexer/writing/segment_writer.h"
#include "query/asking/query_parser.h"
#include "query/searching/search.h"
#include "query/showing/explainer.h"
#include "tests/unit/search_support.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

class SmallIndex : public SharedIndex {
 protected:
  // Every article is one passage of about as many words.
  static void SetUpTestSuite() {
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
    index_articles(lines);
  }

  // Ids of all hits: in their order, or sorted.
  static std::string ranked(const std::string& query) {
    const SearchResult result = search_all(*searcher_, query);
    check_result(result);
    std::string out;
    for (const Hit& hit : result.hits) out += (out.empty() ? "" : " ") + hit.article.id;
    return out;
  }
  static void expect_found(const std::vector<std::pair<std::string, std::string>>& cases) {
    for (const auto& [query, expected] : cases) EXPECT_EQ(found(query), expected) << query;
  }
};

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

TEST_F(SmallIndex, LeavesOutWhatHoldsAWordOfBracketsUnderAMinus) {
  const std::string all = found("kremlin");
  const std::string without = found("kremlin -senate");
  ASSERT_NE(all, without);
  expect_found({
      {"kremlin -(senate xylophone)", without},
      {"kremlin -(xylophone senate)", without},
      {"kremlin -(xylophone)", all},
      {"kremlin -(xylophone (senate marimba))", without},
      {"kremlin -(+senate +xylophone)", all},
  });
}

TEST_F(SmallIndex, FindsWhatHoldsAnyWordOfBracketsWhetherItRanksOrNot) {
  expect_found({
      {"kremlin +(kremlin xylophone)", found("kremlin")},
      {"kremlin +(the xylophone)", found("+the")},
      {"+kremlin +(xylophone (the marimba))", found("+kremlin +the")},
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
  for (const std::filesystem::path& directory : {folder.path(), folder / "nowhere"}) {
    const Result<Searcher> searcher = Searcher::open({directory});
    ASSERT_FALSE(searcher);
    EXPECT_EQ(searcher.error().code, ErrorCode::kIndex);
  }
}

TEST(SearcherOpen, OpensAnIndexWithoutArticles) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "none");
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
    take_repairs();
  }
  // Articles are analysed one by one here; stripped ones have the borders and names of what they are copies of.
  static void take_repairs() {
    const Result<std::vector<Segment>> segments = open_segments(*folder_ / "index");
    ASSERT_TRUE(segments);
    for (const Segment& segment : *segments) {
      for_each_article(segment, [&](ArticleNumber number) {
        StoredArticle stored = *decode_article(segment.database.get_metadata(article_metadata_key(number)));
        if (stored.head.path.find("/cleaned/") == std::string::npos) return;
        AnalyzedArticle& analyzed = articles_->at(stored.head.id);
        analyzed.passages = std::move(stored.passages);
        analyzed.names = std::move(stored.names);
      });
    }
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
    Searcher searcher =
        open_searcher(two ? std::vector<std::filesystem::path>{*folder_ / "courier", *folder_ / "meridian"}
                          : std::vector<std::filesystem::path>{*folder_ / "index"});
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
      for (const Hit& hit : without.hits) {
        const bool holds_words = hit.explanation.added == 0;  // other best passages may share other words
        EXPECT_TRUE(found.contains(name_of(hit)) || !holds_words) << query << " loses " << name_of(hit);
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

// A joined form ranks beside its parts with a share of its weight, or copies that lost their hyphens would stand far
// behind.
TEST(JoinedForms, CountLessThanTheirParts) {
  const TemporaryFolder folder;
  write_file(folder / "news.jsonl", record("one", "", "The front-runners met on Monday in the town hall."));
  make_index(folder / "news.jsonl", folder / "index");
  Result<std::vector<Segment>> segments = open_segments(folder / "index");
  ASSERT_TRUE(segments);
  SearchedIndexes indexes(std::move(*segments));
  const BuiltQuery built =
      build_query(parse_query("front-runners met"), indexes.all, indexes.variants, indexes.names, true);
  std::map<std::string, double> shares;
  for (const RankedTerm& term : built.ranked) shares[term.shown] = term.share;
  ASSERT_EQ(shares.size(), 4U);
  EXPECT_LT(shares["frontrunners"], 0.5);
  for (const char* part : {"front", "runners", "met"}) EXPECT_EQ(shares[part], 1) << part;
}

}  // namespace
}  // namespace dateline
