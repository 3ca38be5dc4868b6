// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/finding/verifier.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/analyzer.h"
#include "common/text.h"
#include "query/asking/query_parser.h"
#include "tests/unit/names_support.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

// `passage` with what `query` asks for in square brackets, after a + if it matches or a - if not.
std::string check(const std::string& query, const std::string& passage, const Article& head,
                  const std::vector<std::string>& languages = {"en"}) {
  TermVariants variants(languages);
  const KnownNames nobody({});
  const Verifier verifier(parse_query(query), variants, nobody.reader());
  const PassageWords words(passage, variants.stemmer(head.language.empty() ? "en" : head.language));
  const bool matches = verifier.matches(words, head, {}, {});
  EXPECT_TRUE(!matches || verifier.may_match(passage)) << query << " in " << passage;
  std::string out = matches ? "+ " : "- ";
  std::uint32_t end = 0;
  for (const ByteSpan& span : verifier.matched_spans(words, {})) {
    EXPECT_LE(end, span.begin) << query;
    EXPECT_LT(span.begin, span.end) << query;
    EXPECT_LE(span.end, passage.size()) << query;
    out += passage.substr(end, span.begin - end) + '[' + passage.substr(span.begin, span.size()) + ']';
    end = span.end;
  }
  return out + passage.substr(end);
}

struct Case {
  std::string query;
  std::string passage;
  std::string expected;  // see check()
};

void expect_all(const std::vector<Case>& cases, const Article& head = {}) {
  for (const Case& one : cases) EXPECT_EQ(check(one.query, one.passage, head), one.expected) << one.query;
}

TEST(VerifyPhrase, WantsTheWordsAsTypedOneAfterAnother) {
  expect_all({
      {"\"working group\"", "A working group was named.", "+ A [working group] was named."},
      {"\"working group\"", "A group working late.", "- A group working late."},
      {"\"working group\"", "A working and talking group.", "- A working and talking group."},
      {"\"working group\"", "They worked in groups; works grouped.", "- They worked in groups; works grouped."},
      {"\"working groups\"", "A working group.", "- A working group."},
      {"\"working group\"", "Working GROUP, working, group", "+ [Working GROUP], [working, group]"},
      {"\"group\"", "The groups, the group.", "+ The groups, the [group]."},
      {"\"some more some more\"", "some more some", "- some more some"},
      {"\"to be or not to be\"", "Whether to be or not to be, he asked.", "+ Whether [to be or not to be], he asked."},
      {"\"go go go\"", "go go go go", "+ [go go go go]"},
      {"\"working group\"", "working", "- working"},
      {"\"working group\"", "group working", "- group working"},
      {"\"working group\"", "", "- "},
      {"\"working\ngroup\"", "a working\ngroup", "+ a [working\ngroup]"},
      {"\"said the group\"", "said; the (group", "+ [said; the (group]"},
  });
}

TEST(VerifyPhrase, TakesAnyQuotationMarks) {
  expect_all({
      {"“working group”", "A working group.", "+ A [working group]."},
      {"„working group“", "A working group.", "+ A [working group]."},
      {"«working group»", "A working group.", "+ A [working group]."},
      {"\"said it was ready\"", "said “it was” ready", "+ [said “it was” ready]"},
      {"\"peskov s unit\"", "Peskov’s unit", "- Peskov’s unit"},
      {"\"peskov's unit\"", "Peskov’s unit", "+ [Peskov’s unit]"},
      {"\"peskov unit\"", "Peskov’s unit", "+ [Peskov’s unit]"},
      {"\"O’Neill said\"", "O'Neill said", "+ [O'Neill said]"},
  });
}

TEST(VerifyPhrase, SeesNoDifferenceInCaseAccentsAndWidth) {
  expect_all({
      {"\"elysee palace\"", "the Élysée Palace", "+ the [Élysée Palace]"},
      {"\"ÉLYSÉE palace\"", "the elysee palace", "+ the [elysee palace]"},
      {"\"ﬁnal ﬁgures\"", "final figures", "+ [final figures]"},
      {"\"final figures\"", "ﬁnal ﬁgures", "+ [ﬁnal ﬁgures]"},
      {"\"Ｗｏｒｋｉｎｇ group\"", "working group", "+ [working group]"},
      {"\"Lodz voted\"", "Łódź voted", "+ [Łódź voted]"},
      {"\"Straße gesperrt\"", "strasse gesperrt", "+ [strasse gesperrt]"},
  });
}

TEST(VerifyPhrase, JoinsAtHyphens) {
  expect_all({
      {"\"al-Sayed said\"", "al-Sayed said", "+ [al-Sayed said]"},
      {"\"al-Sayed said\"", "al Sayed said", "+ [al Sayed said]"},
      {"\"al Sayed said\"", "al-Sayed said", "+ [al-Sayed said]"},
      {"\"Sayed said\"", "al-Sayed said", "+ al-[Sayed said]"},
      {"\"alsayed\"", "Mr al-Sayed", "+ Mr [al-Sayed]"},
      {"\"18-year-old man\"", "an 18-year-old man", "+ an [18-year-old man]"},
      {"\"18 year old man\"", "an 18-year-old man", "+ an [18-year-old man]"},
      {"\"year-old man\"", "an 18-year-old man", "+ an 18-[year-old man]"},
  });
}

TEST(VerifyPhrase, FindsTheClosedSpellingOfAHyphenatedWord) {
  expect_all({
      {"\"on co-operation\"", "on cooperation", "+ [on cooperation]"},
      {"\"on cooperation\"", "on co-operation", "+ [on co-operation]"},
      {"\"co-operation between\"", "cooperation between", "+ [cooperation between]"},
      {"\"cooperation between\"", "co-operation between", "+ [co-operation between]"},
      {"\"the co-operation of\"", "the cooperation of it", "+ [the cooperation of] it"},
      {"\"the cooperation of\"", "the co-operation of it", "+ [the co-operation of] it"},
      {"\"the cooperation of\"", "the operation of it", "- the operation of it"},
      {"\"the co-operation of\"", "the operation of it", "- the operation of it"},
  });
}

TEST(VerifyPhrase, KnowsAcronymsHoweverWritten) {
  for (const std::string query : {"\"U.S. group\"", "\"u.s. group\"", "\"US group\"", "\"u s group\""}) {
    expect_all({
        {query, "a U.S. group", "+ a [U.S. group]"},
        {query, "a US group", "+ a [US group]"},
        {query, "joint u s  group on", "+ joint [u s  group] on"},
        {query, "tell us group by group", "- tell us group by group"},
    });
  }
  expect_all({
      {"\"about us\"", "ask about us", "+ ask [about us]"},
      {"\"about us\"", "news about US firms", "- news about US firms"},
      {"\"F.B.I. agents\"", "FBI agents", "+ [FBI agents]"},
      {"\"fbi agents\"", "f b i agents", "+ [f b i agents]"},
      {"\"50 percent\"", "50 percent of", "+ [50 percent] of"},
      {"\"1,000 men\"", "1000 men", "+ [1000 men]"},
  });
}

TEST(VerifyPhrase, FindsRomanisedNames) {
  expect_all({
      {"\"Песков сказал\"", "Песков сказал это", "+ [Песков сказал] это"},
      {"\"Песков\"", "said Peskov", "+ said [Peskov]"},
  });
}

TEST(VerifyNear, MeasuresFromWordToWord) {
  expect_all({
      {"putin NEAR/2 unit", "putin unit", "+ [putin] [unit]"},
      {"putin NEAR/2 unit", "putin a unit", "+ [putin] a [unit]"},
      {"putin NEAR/2 unit", "putin on the unit", "- putin on the unit"},
      {"putin NEAR/2 unit", "unit a putin", "+ [unit] a [putin]"},
      {"putin NEAR/2 unit", "putin", "- putin"},
      {"putin NEAR unit", "putin 1 2 3 4 5 6 7 8 9 unit", "+ [putin] 1 2 3 4 5 6 7 8 9 [unit]"},
      {"putin NEAR unit", "putin 1 2 3 4 5 6 7 8 9 10 unit", "- putin 1 2 3 4 5 6 7 8 9 10 unit"},
      {"putin NEAR/1 unit", "putin the unit putin of the unit", "+ putin the [unit] [putin] of the unit"},
      {"putin NEAR/3 unit NEAR/3 group", "group x putin unit", "+ [group] x [putin] [unit]"},
      {"putin NEAR/3 unit NEAR/3 group", "group of one putin unit", "- group of one putin unit"},
      {"attack NEAR/2 talk", "attacked while talking", "+ [attacked] while [talking]"},
  });
}

TEST(VerifyNear, TakesPhrases) {
  expect_all({
      {"\"cyber unit\" NEAR/3 putin", "a cyber unit that putin", "+ a [cyber unit] that [putin]"},
      {"\"cyber unit\" NEAR/3 putin", "putin cyber x unit", "- putin cyber x unit"},
      {"\"cyber unit\" NEAR/3 putin", "putin on cyber units", "- putin on cyber units"},
      {"\"cyber unit\" NEAR/3 \"the kremlin\"", "the kremlin cyber unit", "+ [the kremlin] [cyber unit]"},
      {"\"cyber unit\" NEAR/3 \"the kremlin\"", "the kremlin has one cyber unit", "- the kremlin has one cyber unit"},
  });
}

TEST(VerifyPrefix, TakesWordsThatBeginSo) {
  expect_all({
      {"secur*", "security, Secured, insecure", "+ [security], [Secured], insecure"},
      {"securi*", "a secured securities firm", "+ a secured [securities] firm"},
      {"SÉCUR*", "la sécurité", "+ la [sécurité]"},
      {"secur*", "se cur", "- se cur"},
      {"сек*", "секретарь", "+ [секретарь]"},
      {"cooper*", "co-operation", "+ [co-operation]"},
      {"201*", "in 2017 and 2009", "+ in [2017] and 2009"},
  });
}

TEST(VerifyPrefix, MayHoldAHyphen) {
  expect_all({
      {"co-oper*", "co-operation", "+ [co-operation]"},
      {"co-oper*", "cooperation", "+ [cooperation]"},
  });
}

TEST(VerifyGroup, WantsWhatTheOperatorsSay) {
  // Each query holds a phrase, since only such queries come here.
  const std::string yes = "\"one two\" ";
  const std::string text = "one two: putin met trump";
  const auto matches = [](const std::string& query, const std::string& passage) {
    return check(query, passage, {})[0] == '+';
  };
  const std::vector<std::pair<std::string, bool>> cases{
      {"putin", true},
      {"xi", true},
      {"+putin", true},
      {"+xi", false},
      {"-xi", true},
      {"-putin", false},
      {"+putin -xi", true},
      {"+putin +trump", true},
      {"+putin +xi", false},
      {"(putin OR xi)", true},
      {"(merkel OR xi)", false},
      {"(putin AND trump)", true},
      {"(putin AND xi)", false},
      {"-(putin AND xi)", true},
      {"-(putin OR xi)", false},
      {"(xi OR (putin AND trump))", true},
      {"(xi OR (putin AND merkel))", false},
      {"NOT \"putin met\"", false},
      {"NOT \"met putin\"", true},
      {"-tru*", false},
      {"-xi*", true},
      {"-(putin NEAR/2 trump)", false},
      {"-(putin NEAR/1 trump)", true},
      {"+trumps", true},
      {"+\"trumps\"", false},
  };
  for (const auto& [query, expected] : cases) EXPECT_EQ(matches(yes + query, text), expected) << query;
  EXPECT_TRUE(matches("\"one two\" OR \"three four\"", "three four"));
  EXPECT_FALSE(matches("\"one two\" OR \"three four\"", "two three"));
  EXPECT_TRUE(matches("-\"one two\"", "two one"));
  EXPECT_FALSE(matches("-\"one two\"", "one two"));
  EXPECT_TRUE(matches("", "a"));
}

TEST(VerifyWord, FindsItInAnyFormAndInTheTitle) {
  Article head;
  head.title = "Kremlin ministers on co-operation";
  head.language = "en";
  const auto matches = [&](const std::string& query, const std::string& passage) {
    return check(query + " \"one two\"", passage, head)[0] == '+';
  };
  EXPECT_TRUE(matches("+attack", "one two attacked"));
  EXPECT_TRUE(matches("+minister", "one two"));
  EXPECT_TRUE(matches("+kremlin +attack", "one two attacked"));
  EXPECT_FALSE(matches("+trump", "one two attacked"));
  EXPECT_FALSE(matches("-kremlin", "one two attacked"));
  EXPECT_TRUE(matches("+cooperation", "one two"));
  EXPECT_TRUE(matches("+co-operation", "one two"));
  EXPECT_TRUE(matches("+al-Sayed", "one two alsayed"));
  EXPECT_TRUE(matches("+alsayed", "one two al-Sayed"));
  EXPECT_TRUE(matches("+al-Sayed", "one two, Sayed al"));
  EXPECT_FALSE(matches("+al-Sayed", "one two al"));
  EXPECT_FALSE(matches("+al-Sayed", "one two Sayed"));
}

TEST(VerifyField, ReadsTheHeadOfTheArticle) {
  Article head;
  head.title = "Kremlin ministers’ talks in Élysée";
  head.outlet = "Harbour Gazette";
  head.date = "2017-07-10";
  head.language = "en";
  const std::vector<std::pair<std::string, bool>> cases{
      {"title:kremlin", true},
      {"title:KREMLIN", true},
      {"title:minister", true},
      {"title:elysee", true},
      {"title:\"talks kremlin\"", true},
      {"title:\"kremlin trump\"", false},
      {"title:a", false},
      {"-title:kremlin", false},
      {"-title:trump", true},
      {"outlet:gazette", true},
      {"outlet:\"harbour gazette\"", true},
      {"outlet:reuters", false},
      {"outlet:harbours", false},
      {"date:2017", true},
      {"date:2017-07", true},
      {"date:2017-07-10", true},
      {"date:2017-07-11", false},
      {"date:2016", false},
      {"date:2017-07-01..2017-07-10", true},
      {"date:2017-07-10..2017-07-31", true},
      {"date:2017-07-11..", false},
      {"date:..2017-07-09", false},
      {"date:..2017-07", true},
      {"after:2017-07-09", true},
      {"after:2017-07-10", false},
      {"after:2017-06", true},
      {"after:2017-07", false},
      {"before:2017-07-11", true},
      {"before:2017-07-10", false},
      {"before:2018", true},
      {"before:2017", false},
      {"-date:2017", false},
  };
  for (const auto& [query, expected] : cases) {
    EXPECT_EQ(check(query + " \"one two\"", "one two", head)[0] == '+', expected) << query;
  }
  head.date = "2017-07";
  EXPECT_EQ(check("date:2017-07 \"one two\"", "one two", head)[0], '+');
  EXPECT_EQ(check("date:2017 \"one two\"", "one two", head)[0], '+');
  EXPECT_EQ(check("date:2017-07-10 \"one two\"", "one two", head)[0], '-');
  head.date = "";
  for (const char* query : {"date:2017", "after:1900", "before:2100", "date:..2100"}) {
    EXPECT_EQ(check(std::string(query) + " \"one two\"", "one two", head)[0], '-') << query;
  }
  EXPECT_EQ(check("-date:2017 \"one two\"", "one two", head)[0], '+');
}

// Those who speak in a passage decide, not those named there.
TEST(VerifyField, AsksForTheSpeakersOfThePassage) {
  const KnownNames known({{make_person({"Dmitry Peskov", "Peskov"}), make_person({"Nikolai Peskov"})}});
  TermVariants variants({"en"});
  const PassageWords words("one two", variants.stemmer("en"));
  const NamedOne dmitry{NameKind::kPerson, "Dmitry Peskov"};
  const std::vector<NamedSpan> named{{{0, 3}, dmitry}};
  const std::vector<SpokenSpan> nobody{{{0, 3}, 0, std::nullopt}};
  const std::vector<SpokenSpan> spoken{{{0, 3}, 0, std::nullopt}, {{4, 7}, 1, dmitry}};
  for (const auto& [query, by_him, by_nobody] : std::vector<std::tuple<std::string, bool, bool>>{
           {"said:peskov \"one two\"", false, false},  // nobody whom the index knows as a speaker
           {"-said:peskov \"one two\"", true, true},
           {"person:peskov \"one two\"", true, true}}) {
    const Verifier verifier(parse_query(query), variants, known.reader());
    EXPECT_TRUE(verifier.asks_for_names()) << query;
    EXPECT_EQ(verifier.matches(words, {}, named, spoken), by_him) << query;
    EXPECT_EQ(verifier.matches(words, {}, named, nobody), by_nobody) << query;
  }
}

// The names in a passage decide, not its words.
TEST(VerifyField, AsksForTheNamesOfThePassage) {
  const KnownNames known({{make_person({"Dmitry Peskov", "Peskov"}), make_person({"Nikolai Peskov"}),
                           make_name(NameKind::kOrganization, {"Kremlin"}), make_name(NameKind::kPlace, {"Hamburg"})}});
  TermVariants variants({"en"});
  const PassageWords words("one two", variants.stemmer("en"));
  using Names = std::vector<NamedSpan>;
  const NamedSpan dmitry{{4, 7}, {NameKind::kPerson, "Dmitry Peskov"}};
  const Names none;
  const Names surname{dmitry};
  const Names kremlin_and_full{{{0, 3}, {NameKind::kOrganization, "Kremlin"}}, dmitry};
  const Names namesake{{{4, 7}, {NameKind::kPerson, "Nikolai Peskov"}}};
  struct Query {
    std::string query;
    bool in_none, in_surname, in_kremlin_and_full, in_namesake;
  };
  const std::vector<Query> cases{
      {"person:peskov \"one two\"", false, true, true, true},
      {"person:\"dmitry peskov\" \"one two\"", false, true, true, false},
      {"person:\"peskov dmitry\" \"one two\"", false, true, true, false},
      {"person:nikolai \"one two\"", false, false, false, true},
      {"person:pesk* \"one two\"", false, true, true, true},
      {"person:Песков \"one two\"", false, true, true, true},
      {"person:trump \"one two\"", false, false, false, false},
      {"-person:dmitry \"one two\"", true, false, false, true},
      {"-person:trump \"one two\"", true, true, true, true},
      {"org:kremlin \"one two\"", false, false, true, false},
      {"place:kremlin \"one two\"", false, false, false, false},
      {"person:peskov org:kremlin \"one two\"", false, false, true, false},
      {"(person:nikolai OR org:kremlin) \"one two\"", false, false, true, true},
      {"person:peskov \"two one\"", false, false, false, false},
  };
  for (const Query& one : cases) {
    const Verifier verifier(parse_query(one.query), variants, known.reader());
    EXPECT_EQ(verifier.matches(words, {}, none, {}), one.in_none) << one.query;
    EXPECT_EQ(verifier.matches(words, {}, surname, {}), one.in_surname) << one.query;
    EXPECT_EQ(verifier.matches(words, {}, kremlin_and_full, {}), one.in_kremlin_and_full) << one.query;
    EXPECT_EQ(verifier.matches(words, {}, namesake, {}), one.in_namesake) << one.query;
  }
}

// What holds no word asks for nothing, and so takes nothing away.
TEST(VerifyGroup, PassesOverWhatHoldsNoWord) {
  for (const std::string nothing : {"\"…\"", "“—”", "+…", "title:…", "outlet:„“", "-\"…\""}) {
    EXPECT_EQ(check(nothing + " \"working group\"", "A working group.", {}), "+ A [working group].") << nothing;
  }
}

TEST(MatchedSpans, AreWordsAskedFor) {
  expect_all({
      {"kremlin groups", "The Kremlin group, the group.", "+ The [Kremlin] [group], the [group]."},
      {"the kremlin", "The Kremlin, the", "+ The [Kremlin], the"},
      {"the", "The Kremlin, the", "+ [The] Kremlin, [the]"},
      {"\"the kremlin\"", "The Kremlin, the", "+ [The Kremlin], the"},
      {"kremlin -group", "The Kremlin group", "- The [Kremlin] group"},
      {"al-Sayed", "al-Sayed", "+ [al-Sayed]"},
      {"u.s.", "u s, U.S. and us", "+ [u s], [U.S.] and us"},
      {"$5", "it cost $5", "+ it cost [$5]"},
      {"50%", "50 percent", "+ [50 percent]"},
      {"\"working group\" \"group said\"", "a working group said", "+ a [working group said]"},
      {"ab* abc", "abc", "+ [abc]"},
      {"+xi kremlin", "the Kremlin", "- the [Kremlin]"},
      {"title:kremlin", "the Kremlin", "- the Kremlin"},
      {"中国", "中国人民", "+ [中国]人民"},
  });
}

// --- The same by a naive reading of the grammar, on random small vocabularies.

struct NaiveWord {
  std::string form;
  std::string stem;
};

bool phrase_at(const std::vector<NaiveWord>& words, std::size_t at, const std::vector<std::string>& phrase) {
  if (at + phrase.size() > words.size()) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (words[at + i].form != phrase[i]) return false;
  }
  return true;
}

struct NaivePart {
  bool is_phrase = false;
  std::vector<std::string> words;

  [[nodiscard]] bool at(const std::vector<NaiveWord>& text, std::size_t place) const {
    return is_phrase ? phrase_at(text, place, words) : text[place].stem == Xapian::Stem("en")(words.front());
  }
  [[nodiscard]] std::string shown() const {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return is_phrase ? '"' + out + '"' : out;
  }
};

// Whether places can be chosen, one for each part, whose first and last are at most `distance` apart; `used` gets every
// place that such a choice may hold.
bool choose(const std::vector<std::vector<std::size_t>>& places, std::size_t distance, std::vector<std::size_t> chosen,
            std::vector<std::vector<bool>>& used) {
  if (chosen.size() == places.size()) {
    for (std::size_t i = 0; i < chosen.size(); ++i) used[i][chosen[i]] = true;
    return true;
  }
  bool any = false;
  for (const std::size_t place : places[chosen.size()]) {
    const bool near = std::all_of(chosen.begin(), chosen.end(), [&](std::size_t other) {
      return std::max(place, other) - std::min(place, other) <= distance;
    });
    if (!near) continue;
    chosen.push_back(place);
    any = choose(places, distance, chosen, used) || any;
    chosen.pop_back();
  }
  return any;
}

TEST(Verifier, AgreesWithANaiveOneOnPhrasesAndNear) {
  DATELINE_SEEDED(random);
  const Xapian::Stem stem("en");
  const std::vector<std::string> vocabulary{"attack", "attacks", "talk", "talking", "group", "kremlin", "the", "of"};
  TermVariants variants({"en"});
  const KnownNames nobody({});
  std::size_t matched = 0;
  for (int round = 0; round < 6'000 && !testing::Test::HasFailure(); ++round) {
    const std::size_t size = random() % 4 + 2;  // of the vocabulary used
    const auto word = [&] { return vocabulary[random() % size + (size < 5 ? round % 3 : 0)]; };
    std::string passage;
    std::vector<NaiveWord> text;
    std::vector<std::uint32_t> begins;
    for (auto count = random() % 14; count > 0; --count) {
      static constexpr std::string_view kBetween[] = {" ", ", ", "\n", " — ", "; “"};
      if (!passage.empty()) passage += kBetween[random() % std::size(kBetween)];
      begins.push_back(static_cast<std::uint32_t>(passage.size()));
      text.push_back({word(), ""});
      text.back().stem = stem(text.back().form);
      passage += text.back().form;
    }
    std::vector<NaivePart> parts;
    const bool is_near = random() % 2 == 0;
    for (auto count = is_near ? random() % 3 + 2 : 1; count > 0; --count) {
      NaivePart part;
      part.is_phrase = !is_near || random() % 3 == 0;
      for (auto words = part.is_phrase ? random() % 3 + 1 : 1; words > 0; --words) part.words.push_back(word());
      parts.push_back(std::move(part));
    }
    const std::size_t distance = is_near ? random() % 6 + 1 : 0;
    std::string query;
    for (const NaivePart& part : parts) {
      if (!query.empty()) query += " NEAR/" + std::to_string(distance) + ' ';
      query += part.shown();
    }

    std::vector<std::vector<std::size_t>> places(parts.size());
    for (std::size_t part = 0; part < parts.size(); ++part) {
      for (std::size_t place = 0; place < text.size(); ++place) {
        if (parts[part].at(text, place)) places[part].push_back(place);
      }
    }
    std::vector<std::vector<bool>> used(parts.size(), std::vector<bool>(text.size()));
    const bool expected = choose(places, distance, {}, used);
    std::vector<bool> may_be_marked(text.size());
    for (std::size_t part = 0; part < parts.size(); ++part) {
      for (std::size_t place = 0; place < text.size(); ++place) {
        if (!used[part][place]) continue;
        const std::size_t length = parts[part].is_phrase ? parts[part].words.size() : 1;
        for (std::size_t i = place; i < place + length; ++i) may_be_marked[i] = true;
      }
    }

    const Verifier verifier(parse_query(query), variants, nobody.reader());
    const PassageWords words(passage, variants.stemmer("en"));
    EXPECT_EQ(verifier.matches(words, {}, {}, {}), expected) << query << "\nin: " << passage;
    EXPECT_TRUE(!expected || verifier.may_match(passage)) << query << "\nin: " << passage;
    if (expected) ++matched;
    std::vector<bool> marked(text.size());
    std::uint32_t end = 0;
    for (const ByteSpan& span : verifier.matched_spans(words, {})) {
      EXPECT_LE(end, span.begin) << query << "\nin: " << passage;
      end = span.end;
      for (std::size_t i = 0; i < text.size(); ++i) {
        if (span.begin <= begins[i] && begins[i] < span.end) marked[i] = true;
      }
    }
    EXPECT_EQ(std::count(marked.begin(), marked.end(), true) > 0, expected) << query << "\nin: " << passage;
    for (std::size_t i = 0; i < text.size(); ++i) {
      EXPECT_TRUE(!marked[i] || may_be_marked[i]) << "word " << i << " is marked\n" << query << "\nin: " << passage;
      EXPECT_TRUE(is_near || marked[i] == may_be_marked[i]) << "word " << i << '\n' << query << "\nin: " << passage;
    }
  }
  EXPECT_GT(matched, 1'000U) << "too few of the random queries match";
}

TEST(MayMatch, IsFalseWhereAPhraseCertainlyDoesNotStand) {
  TermVariants variants({"en"});
  const KnownNames nobody({});
  const auto may_match = [&](const std::string& query, const std::string& passage) {
    return Verifier(parse_query(query), variants, nobody.reader()).may_match(passage);
  };
  EXPECT_FALSE(may_match("\"working group\"", "A group “working” late, Peskov’s or Trump's."));
  EXPECT_FALSE(may_match("\"working group\" +x", "working"));
  EXPECT_FALSE(may_match("\"working group\"", ""));
  EXPECT_TRUE(may_match("\"working group\"", "the Working Group"));
  EXPECT_TRUE(may_match("\"working group\" OR x", "nothing")) << "need not stand";
  EXPECT_TRUE(may_match("-\"working group\"", "nothing"));
}

// The quick look may be wrong in one direction only.
TEST(MayMatch, IsTrueWhereverAPhraseStands) {
  DATELINE_SEEDED(random);
  const std::vector<std::string> pieces{"group",
                                        "working",
                                        "am",
                                        "pm",
                                        "Ho",
                                        "opai",
                                        "us",
                                        "US",
                                        "U.S.",
                                        "u s",
                                        "s",
                                        "a",
                                        "I",
                                        "A",
                                        "x",
                                        "5",
                                        "10",
                                        "30",
                                        "1",
                                        "000",
                                        "st",
                                        "é",
                                        "ß",
                                        "ﬁ",
                                        "Ｇ",
                                        "and",
                                        " ",
                                        " ",
                                        " ",
                                        " ",
                                        ", ",
                                        ". ",
                                        "'",
                                        "'s ",
                                        "’s ",
                                        "’",
                                        "‘",
                                        "`",
                                        "´",
                                        "ʻ",
                                        "ʼ",
                                        "-",
                                        "‐",
                                        "–",
                                        "—",
                                        "“",
                                        "”",
                                        "…",
                                        ":",
                                        ".",
                                        ",",
                                        "_",
                                        "/",
                                        "$",
                                        "%",
                                        "€",
                                        "(",
                                        ")",
                                        "\n",
                                        "\xC2\xAD",
                                        "\xC2\xA0",
                                        "\xE2\x80\x8B",
                                        "\xCC\x81",
                                        "\xE2\x80\x89",
                                        "中",
                                        "т",
                                        std::string(70, 'w')};
  TermVariants variants({"en"});
  const KnownNames nobody({});
  std::size_t matched = 0;
  for (int round = 0; round < 30'000 && !testing::Test::HasFailure(); ++round) {
    std::string passage;
    for (auto count = random() % 12 + 1; count > 0; --count) passage += pieces[random() % pieces.size()];
    passage = normalize_text(passage);
    // A phrase of what the passage holds, as far as its words can be typed.
    const std::vector<OwnedToken> tokens = analyze(passage);
    if (tokens.empty()) continue;
    const std::size_t first = random() % tokens.size();
    std::string phrase;
    for (std::size_t i = first; i < tokens.size() && tokens[i].position < tokens[first].position + 3; ++i) {
      if (!phrase.empty() && tokens[i].position == tokens[i - 1].position) continue;
      phrase += (phrase.empty() ? "" : " ") + tokens[i].word;
    }
    const Verifier verifier(parse_query('"' + phrase + '"'), variants, nobody.reader());
    const PassageWords words(passage, variants.stemmer("en"));
    if (!verifier.matches(words, {}, {}, {})) continue;
    ++matched;
    EXPECT_TRUE(verifier.may_match(passage)) << phrase << "\nin: " << passage;
  }
  EXPECT_GT(matched, 10'000U) << "too few of the random phrases match";
}

}  // namespace
}  // namespace dateline
