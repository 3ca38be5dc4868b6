// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/name_reader.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/name_key.h"
#include "common/schema.h"
#include "tests/unit/names_support.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

using Words = std::vector<std::string>;

std::vector<CollectionName> sample() {
  std::vector<CollectionName> names{
      make_person({"Donald Trump", "Trump", "Donald J. Trump"}, 50),
      make_person({"Vladimir Putin", "Putin"}, 40),
      make_person({"Dmitry Peskov", "Dmitri Peskov", "Peskov"}, 30),
      make_name(NameKind::kOrganization, {"Kremlin"}, 25),
      make_name(NameKind::kOrganization, {"The New York Times"}, 20),
      make_name(NameKind::kPlace, {"New York"}, 18),
      make_name(NameKind::kOrganization, {"National Security Agency", "NSA"}, 16),
      make_name(NameKind::kPlace, {"Hamburg"}, 14),
      make_person({"Volodymyr Zelensky", "Zelenskyy"}, 12),
      make_person({"Donald Trump Jr."}, 9),
      make_person({"Natalia Veselnitskaya"}, 8),
      make_person({"Nikolai Peskov"}, 2),
      make_name(NameKind::kPlace, {"U.S.", "United States"}, 2),
  };
  return names;
}

Words names_of(const std::vector<KnownName>& found) {
  Words names;
  for (const KnownName& one : found) names.push_back(one.name.name);
  return names;
}

class Sample : public testing::Test {
 protected:
  [[nodiscard]] Words found(NameKind kind, const std::string& text) const {
    return names_of(known_.reader().find(kind, text));
  }
  [[nodiscard]] Words people(const std::string& text) const { return found(NameKind::kPerson, text); }

  const KnownNames known_{{sample()}};
};

TEST(KindOfField, KnowsThree) {
  EXPECT_EQ(kind_of_field("person"), NameKind::kPerson);
  EXPECT_EQ(kind_of_field("org"), NameKind::kOrganization);
  EXPECT_EQ(kind_of_field("place"), NameKind::kPlace);
  for (const char* field : {"", "title", "outlet", "said", "Person", "people", "date"}) {
    EXPECT_EQ(kind_of_field(field), std::nullopt) << field;
  }
}

TEST_F(Sample, FindsNamesThatHoldAllWords) {
  EXPECT_EQ(people("putin"), Words{"Vladimir Putin"});
  EXPECT_EQ(people("Vladimir Putin"), Words{"Vladimir Putin"});
  EXPECT_EQ(people("PUTIN, Vladimir"), Words{"Vladimir Putin"});
  EXPECT_EQ(people("peskov"), (Words{"Dmitry Peskov", "Nikolai Peskov"})) << "the most often named first";
  EXPECT_EQ(people("dmitri peskov"), Words{"Dmitry Peskov"}) << "in any of its forms";
  EXPECT_EQ(people("trump"), (Words{"Donald Trump", "Donald Trump Jr."}));
  EXPECT_EQ(people("trump jr"), Words{"Donald Trump Jr."});
  EXPECT_EQ(people("vladimir trump"), Words{});
  EXPECT_EQ(people("kremlin"), Words{});
  EXPECT_EQ(found(NameKind::kOrganization, "new york times"), Words{"The New York Times"});
  EXPECT_EQ(found(NameKind::kOrganization, "the new york times"), Words{"The New York Times"});
  EXPECT_EQ(found(NameKind::kOrganization, "york"), Words{"The New York Times"});
  EXPECT_EQ(found(NameKind::kPlace, "york"), Words{"New York"});
  EXPECT_EQ(found(NameKind::kOrganization, "nsa"), Words{"National Security Agency"});
  EXPECT_EQ(found(NameKind::kPlace, "US"), Words{"U.S."});
  EXPECT_EQ(found(NameKind::kPlace, "u.s."), Words{"U.S."});
  for (const char* nothing : {"", " ", "…", "*", "-", "xyzzy"}) EXPECT_EQ(people(nothing), Words{}) << nothing;
}

TEST_F(Sample, GivesTheTermsOfEveryForm) {
  const std::vector<KnownName> found = known_.reader().find(NameKind::kPerson, "dmitry");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].terms, (Words{"XPdmitry peskov", "XPdmitri peskov", "XPpeskov"}));
  EXPECT_EQ(found[0].name.articles, 30U);
}

TEST_F(Sample, FindsNamesByTheBeginningOfTheLastWord) {
  EXPECT_EQ(people("pesk*"), (Words{"Dmitry Peskov", "Nikolai Peskov"}));
  EXPECT_EQ(people("Dmitr*"), Words{"Dmitry Peskov"});
  EXPECT_EQ(people("nikolai p*"), Words{"Nikolai Peskov"});
  EXPECT_EQ(people("nik* peskov"), Words{}) << "only the last word is begun";
  EXPECT_EQ(people("peskovx*"), Words{});
  EXPECT_EQ(found(NameKind::kPlace, "ham*"), Words{"Hamburg"});
  EXPECT_EQ(people("песк*"), (Words{"Dmitry Peskov", "Nikolai Peskov"})) << "in another script";
  EXPECT_EQ(people("Дмитрий П*"), Words{"Dmitry Peskov"});
  EXPECT_EQ(people("volodimir zelensk*"), Words{"Volodymyr Zelensky"}) << "in another spelling";
  EXPECT_EQ(people("песковх*"), Words{});
}

TEST_F(Sample, FindsOtherSpellings) {
  EXPECT_EQ(people("Песков"), (Words{"Dmitry Peskov", "Nikolai Peskov"}));
  EXPECT_EQ(people("Дмитрий Песков"), Words{"Dmitry Peskov"});
  EXPECT_EQ(people("Zelenskiy"), Words{"Volodymyr Zelensky"});
  EXPECT_EQ(people("volodimir zelenskij"), Words{"Volodymyr Zelensky"});
  EXPECT_EQ(people("Pesckov"), (Words{"Dmitry Peskov", "Nikolai Peskov"}));
  EXPECT_EQ(people("peskof"), Words{}) << "what only sounds alike is a suggestion";
}

TEST_F(Sample, FindsAtMostSoManyNames) {
  std::vector<CollectionName> names;
  for (int i = 0; i < 300; ++i) {
    names.push_back(make_person({"John Number" + std::to_string(1'000 + i)}, 1'000U - static_cast<unsigned>(i)));
  }
  const KnownNames known({names});
  const std::vector<KnownName> found = known.reader().find(NameKind::kPerson, "john");
  ASSERT_EQ(found.size(), 200U);
  EXPECT_EQ(found.front().name.name, "John Number1000");
  EXPECT_EQ(found.back().name.name, "John Number1199");
}

TEST_F(Sample, ReadsWordsAsWhoeverIsCalledSo) {
  const auto read = [&](const std::string& word) {
    const std::optional<NameReading> reading = known_.reader().read_word(word, {word});
    EXPECT_TRUE(!reading || !reading->terms.empty());
    return reading ? reading->names : Words{};
  };
  EXPECT_EQ(read("peskov"), (Words{"Dmitry Peskov", "Nikolai Peskov"}));
  EXPECT_EQ(read("dmitry"), Words{"Dmitry Peskov"});
  EXPECT_EQ(read("kremlin"), Words{"Kremlin"});
  EXPECT_EQ(read("hamburg"), Words{"Hamburg"});
  EXPECT_EQ(read("nsa"), Words{"National Security Agency"});
  EXPECT_EQ(read("york"), Words{}) << "a word inside a longer name of a thing does not mean the thing";
  EXPECT_EQ(read("security"), Words{});
  EXPECT_EQ(read("xyzzy"), Words{});
  EXPECT_EQ(read(""), Words{});
}

TEST_F(Sample, ReadsAWholeNameAsItsAcronym) {
  const auto read = [&](const std::string& text) {
    const std::optional<NameReading> reading = known_.reader().read_whole_name(text);
    EXPECT_TRUE(!reading || (!reading->terms.empty() && reading->meant.size() == 1));
    return reading ? reading->names : Words{};
  };
  EXPECT_EQ(read("national security agency"), Words{"NSA"});
  EXPECT_EQ(read("The National Security Agency"), Words{"NSA"});
  EXPECT_EQ(read("United States"), Words{"U.S."});
  EXPECT_EQ(read("national security"), Words{}) << "a part of it";
  EXPECT_EQ(read("national security agency today"), Words{});
  EXPECT_EQ(read("security national agency"), Words{});
  EXPECT_EQ(read("new york times"), Words{}) << "has none";
  EXPECT_EQ(read("donald trump"), Words{}) << "a word of the name is none";
  EXPECT_EQ(read("nsa"), Words{}) << "see read_word";
  EXPECT_EQ(read("the nsa"), Words{});
  EXPECT_EQ(read(""), Words{});
  const std::optional<NameReading> reading = known_.reader().read_whole_name("national security agency");
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->terms, (Words{"XOnational security agency", "XOnsa"}));
  EXPECT_EQ(reading->meant.front(), NamedOne(NameKind::kOrganization, "National Security Agency"));
}

TEST(ReadWholeName, ReadsNoNicknames) {
  const KnownNames known({{make_person({"Barbara Mikulski", "Barb"})}});
  EXPECT_FALSE(known.reader().read_whole_name("barbara mikulski"));
}

TEST(ReadWholeName, ReadsWhatAnyIndexKnows) {
  const KnownNames known({{make_name(NameKind::kOrganization, {"Offshore Safety Directorate"})},
                          {make_name(NameKind::kOrganization, {"Offshore Safety Directorate", "OSD"})}});
  const std::optional<NameReading> reading = known.reader().read_whole_name("offshore safety directorate");
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->names, Words{"OSD"});
}

TEST(ReadWord, KnowsHowOftenTheWordMeansTheName) {
  const TemporaryFolder folder;
  Xapian::WritableDatabase database((folder / "db").string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  for (const auto& [key, value] : entries_of(sample())) database.set_metadata(key, value);
  const auto add = [&](int count, const Words& terms) {
    for (; count > 0; --count) {
      Xapian::Document document;
      for (const std::string& term : terms) document.add_term(term);
      database.add_document(document);
    }
  };
  add(6, {"peskov", "XPdmitry peskov"});
  add(2, {"peskov", "XPnikolai peskov"});
  add(2, {"peskov"});
  add(3, {"XPvladimir putin"});  // the president
  add(1, {"putin", "XPvladimir putin"});
  database.commit();
  const std::vector<Segment> segments{{"segment-1", database, {}, 0, {}, true}};
  Xapian::Database all;
  all.add_database(database);
  const NameReader reader(segments, all);
  EXPECT_DOUBLE_EQ(reader.read_word("peskov", {"peskov"})->share, 0.8);
  EXPECT_DOUBLE_EQ(reader.read_word("putin", {"putin"})->share, 1) << "never more than always";
  EXPECT_DOUBLE_EQ(reader.read_word("hamburg", {"hamburg"})->share, 1) << "stands nowhere by itself";
}

TEST_F(Sample, SuggestsNames) {
  const auto suggested = [&](NameKind kind, const std::string& text) {
    return known_.reader().suggest(kind, text).value_or("");
  };
  const std::vector<std::pair<std::string, std::string>> cases{
      {"peskof", "Dmitry Peskov"},
      {"Petskov", "Dmitry Peskov"},
      {"Pekov", "Dmitry Peskov"},
      {"dmitry peskof", "Dmitry Peskov"},
      {"nikolay peskof", "Nikolai Peskov"},
      {"Pseкov", ""},
      {"putni", "Vladimir Putin"},
      {"Vladimr Putin", "Vladimir Putin"},
      {"Veselnitskya", "Natalia Veselnitskaya"},
      {"Selensky", "Volodymyr Zelensky"},
      {"xyzzy", ""},
      {"putin xyzzy", ""},
      {"p", ""},
      {"", ""},
      {"…", ""},
      {"dmitry putin", ""},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(suggested(NameKind::kPerson, text), expected) << text;
  EXPECT_EQ(suggested(NameKind::kPlace, "hamberg"), "Hamburg");
  EXPECT_EQ(suggested(NameKind::kOrganization, "hamberg"), "");
  EXPECT_EQ(suggested(NameKind::kOrganization, "kremlyn"), "Kremlin");
}

TEST_F(Sample, GivesTheCanonicalForm) {
  const NameReader& reader = known_.reader();
  EXPECT_EQ(reader.canonical(0, NameKind::kPerson, "Peskov"), "Dmitry Peskov");
  EXPECT_EQ(reader.canonical(0, NameKind::kPerson, "Dmitri Peskov"), "Dmitry Peskov");
  EXPECT_EQ(reader.canonical(0, NameKind::kOrganization, "NSA"), "National Security Agency");
  EXPECT_EQ(reader.canonical(0, NameKind::kPerson, "NSA"), "NSA");
  EXPECT_EQ(reader.canonical(0, NameKind::kPerson, "Somebody Else"), "Somebody Else");
  EXPECT_EQ(reader.canonical(0, NameKind::kPerson, ""), "");
}

TEST_F(Sample, BearsWhateverIsTyped) {
  DATELINE_SEEDED(random);
  const Words pieces{"peskov", "Песков", "trump", "jr",   " ",  " ",  "*",    "-",        "'s",
                     "\xff",   "中国",   "U.S.",  "\"",   "\t", "é",  "\0\0", "\xf0\x9f", std::string(300, 'p'),
                     "von",    "al-",    ".",     "york", "s",  "\n", "zel",  "enskiy",   "ﬁ"};
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    for (auto count = random() % 6; count > 0; --count) text += pieces[random() % pieces.size()];
    SCOPED_TRACE(text);
    const NameReader& reader = known_.reader();
    for (const NameKind kind : {NameKind::kPerson, NameKind::kOrganization, NameKind::kPlace}) {
      for (const KnownName& one : reader.find(kind, text)) {
        EXPECT_EQ(one.name.kind, kind);
        EXPECT_FALSE(one.terms.empty());
      }
      (void)reader.suggest(kind, text);
      (void)reader.canonical(0, kind, text);
    }
    (void)reader.read_word(name_key(text), {name_key(text)});
    (void)reader.read_whole_name(text);
  }
}

TEST(NameReader, KnowsNobodyInIndexesWithoutNames) {
  const KnownNames none({});
  const KnownNames empty({{}, {}});
  for (const NameReader* reader : {&none.reader(), &empty.reader()}) {
    EXPECT_TRUE(reader->find(NameKind::kPerson, "peskov").empty());
    EXPECT_TRUE(reader->find(NameKind::kPerson, "p*").empty());
    EXPECT_EQ(reader->suggest(NameKind::kPerson, "peskov"), std::nullopt);
    EXPECT_FALSE(reader->read_word("peskov", {"peskov"}));
    EXPECT_FALSE(reader->read_whole_name("national security agency"));
    EXPECT_EQ(reader->canonical(0, NameKind::kPerson, "Peskov"), "Peskov");
  }
}

TEST(NameReader, SearchesTheNamesOfSeveralIndexes) {
  const KnownNames known({{make_person({"Dmitry Peskov"}, 3)}, {make_person({"Nikolai Peskov"}, 5)}});
  EXPECT_EQ(names_of(known.reader().find(NameKind::kPerson, "peskov")), (Words{"Nikolai Peskov", "Dmitry Peskov"}));
  EXPECT_EQ(known.reader().suggest(NameKind::kPerson, "nikolay peskof"), "Nikolai Peskov");
  EXPECT_EQ(known.reader().read_word("peskov", {"peskov"})->names, (Words{"Nikolai Peskov", "Dmitry Peskov"}));
}

TEST(NameReader, FindsEveryOtherSpelling) {
  const KnownNames known({{make_person({"Volodymyr Zelensky"}, 50), make_person({"Igor Zelenskiy"}, 1)}});
  const Words both{"Volodymyr Zelensky", "Igor Zelenskiy"};
  EXPECT_EQ(names_of(known.reader().find(NameKind::kPerson, "Зеленский")), both);
  EXPECT_EQ(names_of(known.reader().find(NameKind::kPerson, "zelenskij")), both);
}

// "Peskov" alone is Dmitry to one index, Nikolai to the other: a form means somebody only in its own index.
TEST(NameReader, KeepsTheFormsOfTwoIndexesApart) {
  const KnownNames known({{make_person({"Dmitry Peskov", "Peskov"})}, {make_person({"Nikolai Peskov", "Peskov"})}});
  const std::vector<KnownName> dmitry = known.reader().find(NameKind::kPerson, "dmitry");
  ASSERT_EQ(dmitry.size(), 1U);
  // Searched in both, XPpeskov finds Nikolai's passages for Dmitry.
  EXPECT_EQ(dmitry[0].terms, Words{"XPdmitry peskov"});
  EXPECT_EQ(dmitry[0].unsure, Words{"XPpeskov"});
  EXPECT_EQ(known.reader().read_word("dmitry", {"dmitry"})->terms, Words{"XPdmitry peskov"});
  EXPECT_EQ(known.reader().canonical(0, NameKind::kPerson, "Peskov"), "Dmitry Peskov");
  EXPECT_EQ(known.reader().canonical(1, NameKind::kPerson, "Peskov"), "Nikolai Peskov");
  for (const KnownName& one : known.reader().find(NameKind::kPerson, "peskov")) {
    EXPECT_EQ(one.unsure, Words{}) << "whomever it means was asked for";
  }
  EXPECT_EQ(known.reader().read_word("peskov", {"peskov"})->terms,
            (Words{"XPdmitry peskov", "XPnikolai peskov", "XPpeskov"}));
}

// One that two indexes know is one: else --person lists him among his own namesakes, and the ranking counts him twice.
TEST(NameReader, GivesOneThatTwoIndexesKnowOnce) {
  const KnownNames known({{make_person({"Dmitry Peskov", "Peskov"}, 3)}, {make_person({"Dmitry Peskov"}, 5)}});
  EXPECT_EQ(names_of(known.reader().find(NameKind::kPerson, "peskov")), Words{"Dmitry Peskov"});
  EXPECT_EQ(known.reader().read_word("peskov", {"peskov"})->names, Words{"Dmitry Peskov"});
  // A term that stands twice counts twice: the scores from two indexes are not those from one.
  Words terms = known.reader().read_word("peskov", {"peskov"})->terms;
  std::sort(terms.begin(), terms.end());
  EXPECT_EQ(terms, (Words{"XPdmitry peskov", "XPpeskov"}));
}

TEST(NameReader, AddsUpWhatSeveralIndexesKnowOfOne) {
  CollectionName here = make_person({"Donald Trump", "Trump"}, 50);
  here.roles = {{"president", 4}, {"candidate", 3}};
  CollectionName there = make_person({"Donald J. Trump", "Donald Trump"}, 60);
  there.gender = Gender::kMale;
  there.roles = {{"candidate", 2}};
  for (const bool turned : {false, true}) {
    const KnownNames known(turned ? std::vector<std::vector<CollectionName>>{{there}, {}, {here}}
                                  : std::vector<std::vector<CollectionName>>{{here}, {there}});
    // Found by a word that one of them alone has.
    const std::vector<KnownName> found = known.reader().find(NameKind::kPerson, "j. trump");
    ASSERT_EQ(found.size(), 1U);
    const CollectionName& one = found[0].name;
    EXPECT_EQ(one.name, "Donald J. Trump") << "of the index with most articles on him";
    EXPECT_EQ(one.articles, 110U);
    EXPECT_EQ(one.gender, Gender::kMale);
    EXPECT_EQ(Words(found[0].terms), (Words{"XPdonald trump", "XPdonald j trump", "XPtrump"}));
    EXPECT_EQ(one.spellings, (Words{"Donald J. Trump", "Donald Trump", "Trump"}));
    EXPECT_EQ(one.roles, (std::vector<std::pair<std::string, std::uint64_t>>{{"candidate", 5}, {"president", 4}}));
    for (const std::size_t segment : {0U, turned ? 2U : 1U}) {
      EXPECT_EQ(known.reader().canonical(segment, NameKind::kPerson, "Donald Trump"), "Donald J. Trump");
    }
  }
}

// A surname alone says of nobody in another index who is meant.
TEST(NameReader, TakesASurnameInAnotherIndexForNobody) {
  const KnownNames known({{make_person({"Dmitry Peskov", "Peskov"}, 3)}, {make_person({"Peskov"}, 5)}});
  EXPECT_EQ(names_of(known.reader().find(NameKind::kPerson, "peskov")), (Words{"Peskov", "Dmitry Peskov"}));
  EXPECT_EQ(known.reader().canonical(0, NameKind::kPerson, "Peskov"), "Dmitry Peskov");
  EXPECT_EQ(known.reader().canonical(1, NameKind::kPerson, "Peskov"), "Peskov");
}

}  // namespace
}  // namespace dateline
