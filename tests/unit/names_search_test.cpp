// SPDX-License-Identifier: GPL-2.0-or-later
//
// People and things in answers: found in any form, suggested, counted, quoted.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/asking/query_parser.h"
#include "query/searching/searcher.h"
#include "query/showing/explainer.h"
#include "tests/unit/search_support.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

class NamedPeople : public SharedIndex {
 protected:
  static void SetUpTestSuite() {
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
    lines += record("pilot", "", "Gerrit 't Hooft, a pilot, said on Sunday that he would come home by bus.");
    lines += record("nobody", "", "The ferry left the harbour late and nobody on board knew why it had waited.");
    index_articles(lines);
  }

  static std::string suggestion(const std::string& query) {
    const std::optional<Suggestion> meant = search_all(*searcher_, query).suggestion;
    EXPECT_TRUE(!meant || meant->passages > 0);
    return meant ? meant->query : "";
  }
};

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

TEST_F(NamedPeople, AreNotReadFromASingleLetterOfTheirNames) {
  const SearchResult result = search_all(*searcher_, "'t hooft");
  ASSERT_EQ(result.readings.size(), 1U);
  EXPECT_EQ(result.readings[0].first, "hooft");
}

TEST_F(NamedPeople, AreSuggestedForNamesThatNobodyHas) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"person:peskof", "person:\"Dmitry Peskov\""},
      {"person:\"dmitry peskof\"", "person:\"Dmitry Peskov\""},
      {"person:\"nikolay peskof\"", "person:\"Nikolai Peskov\""},
      {"place:hamberg", "place:Hamburg"},
      {"peskof", "Dmitry Peskov"},
      {"meeting peskof", "meeting Dmitry Peskov"},
      {"meeting peskof hamberg", "meeting Dmitry Peskov hamburg"},
      {"meeting -peskof", ""},
      {"(meeting OR person:peskof)", "meeting OR person:\"Dmitry Peskov\""},
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

// What one article alone says an acronym stands for.
class Acronyms : public SharedIndex {
 protected:
  static void SetUpTestSuite() {
    const std::string rest =
        " The ferry was late again on Monday, and the tea was served cold to all who waited there.";
    std::string lines;
    lines +=
        record("both", "", "The Offshore Safety Directorate (OSD) closed two rigs in the North Sea on Monday." + rest);
    lines += record("spelt", "", "Inspectors of the Offshore Safety Directorate went to the rigs in March." + rest);
    lines += record("acronym", "", "The OSD said on Tuesday that the pumps had failed the test in Bergen." + rest);
    lines +=
        record("acronym-too", "", "In Bergen the OSD closed a third platform on Friday, its inspectors said." + rest);
    lines += record("words", "", "A directorate of the port looks after the safety of offshore wind parks." + rest);
    lines += record("known", "", "The CIA said on Wednesday that it had read the letters of the two men." + rest);
    lines +=
        record("elsewhere", "", "The United Nations met in Geneva on Monday. The UN will meet again in May." + rest);
    lines += record("nobody", "", "The market opened late, and nobody on the quay knew why it had rained." + rest);
    for (int i = 0; i < 40; ++i) {
      lines +=
          record(fmt::format("other-{}", i), "", "The harvest was good, and the mill turned night and day." + rest);
    }
    index_articles(lines);
  }

  static SearchResult search(const std::string& query, bool names = true, bool explain = false) {
    SearchOptions options;
    options.limit = kAll;
    options.grouping = Grouping::kNone;
    options.names = names;
    options.add_words = false;
    options.explain = explain;
    return searcher_->search(parse_query(query), options);
  }

  static std::string ids(const std::string& query, bool names = true) {
    std::set<std::string> found;
    for (const Hit& hit : search(query, names).hits) found.insert(hit.article.id);
    return fmt::format("{}", fmt::join(found, " "));
  }

  static Hit hit_of(const std::string& id, const SearchResult& result) {
    for (const Hit& hit : result.hits) {
      if (hit.article.id == id) return hit;
    }
    ADD_FAILURE() << id << " is not found";
    return {};
  }
};

TEST_F(Acronyms, AreFoundByTheNameTheyStandFor) {
  EXPECT_EQ(ids("offshore safety directorate"), "acronym acronym-too both spelt words");
  EXPECT_EQ(ids("offshore safety directorate", false), "both spelt words");
  EXPECT_EQ(ids("The Offshore Safety Directorate's pumps"), "acronym acronym-too both spelt words");
  EXPECT_EQ(ids("osd"), "acronym acronym-too both spelt") << "the other way round";
}

TEST_F(Acronyms, AreMeantByTheWholeNameAsTypedAlone) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"directorate safety offshore", "both spelt words"},
      {"offshore directorate", "both spelt words"},
      {"offshore safety", "both spelt words"},
      {"\"offshore safety directorate\"", "both spelt"},
      {"offshore safety \"directorate\"", "both spelt words"},
      {"market -offshore -safety -directorate", "nobody"},
      {"+offshore +safety +directorate", "both spelt words"},
      {"offshore AND safety AND directorate", "both spelt words"},
      {"offshore safety directorate +pumps", "acronym"},
      {"offshore safety directorate -pumps", "acronym-too both spelt words"},
      {"(offshore safety directorate +pumps) OR market", "acronym nobody"},
      {"title:offshore safety directorate", ""},
  };
  for (const auto& [query, expected] : cases) EXPECT_EQ(ids(query), expected) << query;
}

TEST_F(Acronyms, GainWhatTheWordsWeighButNoPassageThatHoldsThem) {
  const SearchResult with = search("offshore safety directorate failed");
  const SearchResult without = search("offshore safety directorate failed", false);
  for (const std::string id : {"both", "spelt", "words"}) {
    EXPECT_DOUBLE_EQ(hit_of(id, with).explanation.passage, hit_of(id, without).explanation.passage) << id;
  }
  for (const std::string id : {"spelt", "words"}) {
    EXPECT_DOUBLE_EQ(hit_of(id, with).explanation.article, hit_of(id, without).explanation.article) << id;
  }
  for (const auto& part : {&Explanation::passage, &Explanation::article}) {
    EXPECT_GT(hit_of("acronym", with).explanation.*part, 2 * hit_of("acronym", without).explanation.*part);
  }
  EXPECT_LT(hit_of("acronym", with).explanation.passage,
            hit_of("spelt", with).explanation.passage + hit_of("acronym", without).explanation.passage);
  const SearchResult plain = search("offshore safety directorate");
  EXPECT_LT(hit_of("acronym", plain).score, hit_of("spelt", plain).score);
  // Asked for by its acronym, too, it weighs what that does.
  EXPECT_DOUBLE_EQ(hit_of("acronym", search("osd offshore safety directorate")).explanation.passage,
                   hit_of("acronym", search("osd")).explanation.passage);
}

TEST_F(Acronyms, LoseNoPassageWithTheWordsInBrackets) {
  const std::string all = "acronym acronym-too both spelt words";
  EXPECT_EQ(ids("+(offshore safety directorate)"), all);
  EXPECT_EQ(ids("directorate safety offshore +(offshore safety directorate)"), all) << "words that rank already";
  EXPECT_EQ(ids("+(offshore safety directorate) +(offshore safety directorate)"), all);
}

TEST_F(Acronyms, CountForArticlesThatSpellThemOut) {
  EXPECT_GT(hit_of("spelt", search("osd")).explanation.article, 0);
  EXPECT_EQ(hit_of("words", search("safety directorate")).explanation.article,
            hit_of("words", search("safety directorate", false)).explanation.article);
}

TEST_F(Acronyms, AreSaidToBeRead) {
  const SearchResult result = search("offshore safety directorate pumps", true, true);
  ASSERT_EQ(result.readings.size(), 1U);
  EXPECT_EQ(result.readings[0].first, "offshore safety directorate");
  EXPECT_EQ(result.readings[0].second.names, std::vector<std::string>{"OSD"});
  const Hit hit = hit_of("acronym", result);
  std::string marked;
  for (const ByteSpan& span : hit.highlights) marked += hit.text.substr(span.begin, span.size()) + '|';
  EXPECT_EQ(marked, "OSD|pumps|");
  EXPECT_EQ(explain(hit), "1 of the 4 words stand here; Offshore Safety Directorate (as OSD) is named here.");
  EXPECT_EQ(explain(hit_of("spelt", result)).find("named"), std::string::npos);
  EXPECT_EQ(explain(hit_of("both", result)).find("named"), std::string::npos);
  EXPECT_TRUE(search("offshore safety directorate pumps", false).readings.empty());
}

TEST_F(Acronyms, OfNoUseAreNotRead) {
  EXPECT_EQ(search("united nations").readings.size(), 1U);
  EXPECT_TRUE(search("north sea").readings.empty()) << "it has none";
  EXPECT_TRUE(search("national market agency").readings.empty());
  EXPECT_EQ(search("united nations in may at the united nations").readings.size(), 1U) << "each name once";
  EXPECT_EQ(ids("central intelligence agency"), "known") << "known though no article here spells it out";
  EXPECT_GT(hit_of("known", search("central intelligence agency")).explanation.passage, 1.0);
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
    Searcher searcher = open_searcher(turned ? std::vector<std::filesystem::path>{folder / "b", folder / "a"}
                                             : std::vector<std::filesystem::path>{folder / "a", folder / "b"});
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
  ASSERT_TRUE(result.suggestion);
  EXPECT_EQ(result.suggestion->query, "said:\"Svetlana Lukash\" group");
  EXPECT_EQ(result.suggestion->passages, 4U);
  EXPECT_FALSE(search_all(*searcher_, "said:xyzzyq").suggestion);
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
