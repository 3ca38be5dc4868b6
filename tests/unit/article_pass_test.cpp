// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/article_pass.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <gtest/gtest.h>
#include <initializer_list>
#include <iterator>
#include <ostream>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/text.h"
#include "tests/hostile_texts.h"
#include "tests/names_contract.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

const NamesModel& model() {
  static const NamesModel model = [] {
    Result<NamesModel> opened =
        NamesModel::open(std::filesystem::path(DATELINE_SOURCE_DIR) / "indexer" / "names" / "dateline.names");
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
  }();
  return model;
}

const NameAliases& no_aliases() {
  static const NameAliases none;
  return none;
}

// An article and what was found in it. The sentences are plain ones, for the model is trained anew now and then.
struct Reading {
  std::string text;
  ArticleNames found;

  explicit Reading(std::string_view article)
      : text(normalize_text(article)), found(NameFinder(model(), no_aliases()).find(text)) {}

  // The mention over the n-th place where `words` stand, or null.
  [[nodiscard]] const Mention* mention(std::string_view words, std::size_t n = 1) const {
    std::size_t at = text.find(words);
    for (; n > 1 && at != std::string::npos; --n) at = text.find(words, at + 1);
    if (at == std::string::npos) throw std::logic_error("not in the text: " + std::string(words));
    for (const Mention& one : found.mentions) {
      if (one.span.begin <= at && one.span.end >= at + words.size()) return &one;
    }
    return nullptr;
  }

  // Whose name it is; empty if nobody's.
  [[nodiscard]] std::string who(std::string_view words, std::size_t n = 1) const {
    const Mention* one = mention(words, n);
    return one == nullptr ? "" : found.names.at(one->name).name;
  }

  [[nodiscard]] std::string written(const Mention& one) const { return text.substr(one.span.begin, one.span.size()); }

  [[nodiscard]] const ArticleName* name(std::string_view name) const {
    for (const ArticleName& one : found.names) {
      if (one.name == name) return &one;
    }
    return nullptr;
  }

  [[nodiscard]] Gender gender(std::string_view one) const {
    return name(one) == nullptr ? Gender::kUnknown : name(one)->gender;
  }

  [[nodiscard]] std::vector<std::string> roles(std::string_view one) const {
    return name(one) == nullptr ? std::vector<std::string>{"nobody of that name"} : name(one)->roles;
  }

  [[nodiscard]] std::size_t people() const {
    std::size_t count = 0;
    for (const ArticleName& one : found.names) count += one.kind == NameKind::kPerson ? 1U : 0U;
    return count;
  }

  friend std::ostream& operator<<(std::ostream& out, const Reading& reading) {
    for (const Mention& one : reading.found.mentions) {
      out << '[' << reading.written(one) << (one.by_role ? " =by role= " : " = ")
          << reading.found.names.at(one.name).name << "] ";
    }
    return out;
  }
};

using Strings = std::vector<std::string>;

// ---- people --------------------------------------------------------------------------------------------------------

TEST(NameFinder, TextWithoutNamesHasNone) {
  for (const std::string_view text : {"", " ", "\n\n", "It rained.", "it rained all day  and nobody came", "1, 2, 3.",
                                      "They said that nothing had been decided."}) {
    const Reading article(text);
    EXPECT_TRUE(article.found.names.empty()) << text << ": " << article;
    EXPECT_TRUE(article.found.mentions.empty()) << text << ": " << article;
  }
}

TEST(NameFinder, SurnameIsThePersonNamedInFull) {
  const Reading article(
      "Dmitry Peskov said on Monday that Russia had no plans. Peskov told reporters in Moscow that the talks would go "
      "on.");
  EXPECT_EQ(article.who("Dmitry Peskov"), "Dmitry Peskov") << article;
  EXPECT_EQ(article.who("Peskov", 2), "Dmitry Peskov") << article;
  EXPECT_EQ(article.people(), 1U) << article;
  ASSERT_NE(article.mention("Dmitry Peskov"), nullptr);
  EXPECT_EQ(article.written(*article.mention("Dmitry Peskov")), "Dmitry Peskov");
  EXPECT_FALSE(article.mention("Dmitry Peskov")->by_role);
}

TEST(NameFinder, LinkSetBehindANameNamesThePersonAgain) {
  const Reading article(
      "Speaker Nancy Pelosi Nancy PelosiOvernight Energy: House passes climate bill MORE said on Monday that the House "
      "would vote. Pelosi spoke in Washington.");
  EXPECT_EQ(article.who("Pelosi", 3), "Nancy Pelosi") << article;
  EXPECT_EQ(article.people(), 1U) << article;
}

TEST(NameFinder, ShortTitleIsNoPartOfAName) {
  const Reading article(
      "Growth came, said Sen. Ted Cruz, a freshman Republican. Kansas Sen. Bob Dole agreed with Texas Rep. Mike McCaul "
      "in Washington.");
  EXPECT_NE(article.name("Ted Cruz"), nullptr) << article;
  EXPECT_NE(article.name("Bob Dole"), nullptr) << article;
  EXPECT_NE(article.name("Mike McCaul"), nullptr) << article;
  EXPECT_NE(article.name("Kansas"), nullptr) << article;
}

TEST(NameFinder, PartyAndStateAreNoPerson) {
  const Reading article("House Speaker Nancy Pelosi, D-Calif., and Rep. Mike McCaul, R-Texas, met in Washington.");
  EXPECT_EQ(article.people(), 2U) << article;
}

TEST(NameFinder, TellsPeopleOrganizationsAndPlaces) {
  const Reading article("Angela Merkel visited Berlin on Monday. The European Union said so. Merkel left Berlin.");
  ASSERT_NE(article.name("Angela Merkel"), nullptr) << article;
  EXPECT_EQ(article.name("Angela Merkel")->kind, NameKind::kPerson);
  ASSERT_NE(article.name("Berlin"), nullptr) << article;
  EXPECT_EQ(article.name("Berlin")->kind, NameKind::kPlace);
  ASSERT_NE(article.name("European Union"), nullptr) << article;
  EXPECT_EQ(article.name("European Union")->kind, NameKind::kOrganization);
  EXPECT_EQ(article.who("Berlin", 2), "Berlin") << article;
}

TEST(NameFinder, PossessiveEndingIsNoPartOfTheMention) {
  const Reading article(
      "Dmitry Peskov spoke in Moscow. Peskov's remarks came late. Peskov’s office declined to comment. Germany's "
      "minister agreed.");
  for (const std::size_t n : {2U, 3U}) {
    ASSERT_NE(article.mention("Peskov", n), nullptr) << article;
    EXPECT_EQ(article.written(*article.mention("Peskov", n)), "Peskov");
    EXPECT_EQ(article.who("Peskov", n), "Dmitry Peskov");
  }
  ASSERT_NE(article.mention("Germany"), nullptr) << article;
  EXPECT_EQ(article.written(*article.mention("Germany")), "Germany");
}

TEST(NameFinder, TitleAndSurnameIsThePerson) {
  const Reading article(
      "Dmitry Peskov met Angela Merkel in Berlin. Mr. Peskov said he was glad. Mr Peskov left. Mrs. Merkel stayed. "
      "Chancellor Merkel was glad.");
  EXPECT_EQ(article.who("Peskov", 2), "Dmitry Peskov") << article;
  EXPECT_EQ(article.who("Peskov", 3), "Dmitry Peskov") << article;
  EXPECT_EQ(article.who("Merkel", 2), "Angela Merkel") << article;
  EXPECT_EQ(article.who("Merkel", 3), "Angela Merkel") << article;
  EXPECT_EQ(article.people(), 2U) << article;
}

TEST(NameFinder, SurnameIsThePersonWhereverItStands) {
  const Reading article(
      "Natalia Veselnitskaya met Paul Manafort in New York. Veselnitskaya left. Reporters met Veselnitskaya there. "
      "“No,” Veselnitskaya said. It was Veselnitskaya’s lawyer. (Veselnitskaya declined to comment.) They asked: "
      "Veselnitskaya? “Why,” said Veselnitskaya. Then Veselnitskaya and Manafort left. Ms. Veselnitskaya agreed – "
      "Veselnitskaya, they said. \"Veselnitskaya\" it read.");
  std::size_t count = 0;
  for (std::size_t at = article.text.find("Veselnitskaya"); at != std::string::npos;
       at = article.text.find("Veselnitskaya", at + 1)) {
    EXPECT_EQ(article.who("Veselnitskaya", ++count), "Natalia Veselnitskaya") << count << ": " << article;
  }
  EXPECT_EQ(count, 12U);
  EXPECT_EQ(article.who("Manafort", 2), "Paul Manafort") << article;
}

TEST(NameFinder, SurnameInsideALongerNameIsNotThePerson) {
  const Reading article(
      "Hillary Clinton met reporters in Ohio. The Clinton Foundation said it had no plans. Clinton declined to "
      "comment.");
  EXPECT_NE(article.who("Clinton", 2), "Hillary Clinton") << article;
  EXPECT_EQ(article.who("Clinton", 3), "Hillary Clinton") << article;
}

TEST(NameFinder, OrdinaryWordIsNoSurname) {
  const Reading article("John Brown said on Monday that the brown dog was safe. Brown lives in London.");
  EXPECT_EQ(article.who("brown"), "") << article;
  EXPECT_EQ(article.who("Brown", 2), "John Brown") << article;
}

TEST(NameFinder, LongestFormIsTheName) {
  for (const auto& [text, name] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"Donald Trump spoke in New York. Donald J. Trump was glad. Then D. Trump left.", "Donald J. Trump"},
           {"Bill Clinton spoke in New York. William Clinton was glad. Clinton left.", "William Clinton"},
           {"William Clinton spoke in New York. Bill Clinton was glad. Clinton left.", "William Clinton"},
           {"Robert Mugabe spoke in Harare. Robert Gabriel Mugabe was glad. Mugabe left.", "Robert Gabriel Mugabe"},
       }) {
    const Reading article(text);
    EXPECT_EQ(article.people(), 1U) << article;
    EXPECT_NE(article.name(name), nullptr) << article;
  }
}

TEST(NameFinder, RomanisationsAreOnePerson) {
  const Reading president(
      "Volodymyr Zelensky met Angela Merkel in Berlin. Mr. Zelenskiy was glad. On Monday, "
      "Volodymyr Zelenskyy thanked Merkel.");
  EXPECT_EQ(president.people(), 2U) << president;
  EXPECT_EQ(president.who("Zelensky"), president.who("Zelenskyy")) << president;
  EXPECT_EQ(president.who("Zelensky"), president.who("Zelenskiy")) << president;
  const Reading lawyer("Natalia Veselnitskaya met Paul Manafort in New York. Natalya Veselnitskaya said no.");
  EXPECT_EQ(lawyer.people(), 2U) << lawyer;
  EXPECT_EQ(lawyer.who("Natalia"), lawyer.who("Natalya")) << lawyer;
}

TEST(NameFinder, GivenNameThatOnlyOnePersonHasIsThatPerson) {
  const Reading one("Xi Jinping met Vladimir Putin in Beijing. Xi said on Monday that he was glad.");
  EXPECT_EQ(one.who("Xi", 2), "Xi Jinping") << one;
  const Reading two("Dmitry Peskov met Dmitry Medvedev in Moscow. Dmitry said on Monday that he was glad.");
  EXPECT_NE(two.who("Dmitry", 3), "Dmitry Peskov") << two;
  EXPECT_NE(two.who("Dmitry", 3), "Dmitry Medvedev") << two;
}

TEST(NameFinder, ShortGivenNameOfOnlyOnePersonIsThatPerson) {
  const Reading one("Adrian Marsh wrote to Philippa Wood on Monday. “Buy a house, Pippa,” he wrote.");
  EXPECT_EQ(one.who("Pippa"), "Philippa Wood") << one;
  const Reading two("Philippa Marsh wrote to Philippa Wood on Monday. “Buy a house, Pippa,” she wrote.");
  EXPECT_NE(two.who("Pippa"), "Philippa Marsh") << two;
  EXPECT_NE(two.who("Pippa"), "Philippa Wood") << two;
}

TEST(NameFinder, SurnameOfSeveralIsWhomTheArticleNamedLast) {
  const Reading article(
      "John Miller spoke in London on Monday. Miller said he was glad. On Tuesday, Anna Miller spoke in Paris. Miller "
      "said she was not. Then John Miller left. Miller declined to comment.");
  EXPECT_EQ(article.who("Miller", 2), "John Miller") << article;
  EXPECT_EQ(article.who("Miller", 4), "Anna Miller") << article;
  EXPECT_EQ(article.who("Miller", 6), "John Miller") << article;
}

TEST(NameFinder, SurnameIsNotThatOfARelativeNamedInPassing) {
  const Reading article(
      "John Miller spoke in London on Monday. His sister, Anna Miller, lives in Paris. Miller said he was glad.");
  EXPECT_EQ(article.who("Miller", 3), "John Miller") << article;
}

TEST(NameFinder, TitlesTellTwoOfOneSurnameApart) {
  const Reading article(
      "Bill Clinton and Hillary Clinton went to New York. Mr. Clinton said he was glad. Mrs. Clinton declined to "
      "comment. Mr Clinton left. Ms. Clinton stayed. Miss Clinton was glad.");
  EXPECT_EQ(article.who("Clinton", 3), "Bill Clinton") << article;
  EXPECT_EQ(article.who("Clinton", 4), "Hillary Clinton") << article;
  EXPECT_EQ(article.who("Clinton", 5), "Bill Clinton") << article;
  EXPECT_EQ(article.who("Clinton", 6), "Hillary Clinton") << article;
  EXPECT_EQ(article.who("Clinton", 7), "Hillary Clinton") << article;
  EXPECT_EQ(article.gender("Bill Clinton"), Gender::kMale);
  EXPECT_EQ(article.gender("Hillary Clinton"), Gender::kFemale);
  EXPECT_EQ(article.people(), 2U) << article;
}

TEST(NameFinder, KinshipTellsGender) {
  const Reading article("Peskov met his father, Auguste Ferrand, and his aunt Wanjiru Odhiambo in Paris on Monday.");
  EXPECT_EQ(article.gender("Auguste Ferrand"), Gender::kMale) << article;
  EXPECT_EQ(article.gender("Wanjiru Odhiambo"), Gender::kFemale) << article;
}

TEST(NameFinder, SenorIsATitleOfMen) {
  const Reading article(
      "Carlos Mendoza and Laura Mendoza live in Madrid. Reporters met señor Mendoza in Madrid on Monday.");
  EXPECT_EQ(article.who("Mendoza", 3), "Carlos Mendoza") << article;
}

TEST(NameFinder, SonIsNotHisFather) {
  const Reading article(
      "Donald Trump met Donald Trump Jr. in New York. Trump said he was glad. Mr. Trump left. Donald Trump Jr. "
      "declined to comment. Trump did not.");
  EXPECT_EQ(article.people(), 2U) << article;
  EXPECT_EQ(article.who("Donald Trump"), "Donald Trump") << article;
  EXPECT_EQ(article.who("Donald Trump Jr."), "Donald Trump Jr.") << article;
  EXPECT_EQ(article.who("Donald Trump Jr.", 2), "Donald Trump Jr.") << article;
  // A bare surname is never that of one with a suffix, though he was named last.
  EXPECT_EQ(article.who("Trump said"), "") << "no mention reaches into the sentence";
  EXPECT_EQ(article.who("Trump", 3), "Donald Trump") << article;
  EXPECT_EQ(article.who("Trump", 4), "Donald Trump") << article;
  EXPECT_EQ(article.who("Trump", 6), "Donald Trump") << article;
}

TEST(NameFinder, SonIsMeantIfNobodyElseHasTheSurname) {
  const Reading article("Donald Trump Jr. said on Monday that he was glad. Trump spoke in New York.");
  EXPECT_EQ(article.who("Trump", 2), "Donald Trump Jr.") << article;
  EXPECT_EQ(article.people(), 1U) << article;
}

TEST(NameFinder, FatherIsMeantAlsoWhereHeIsNamedLater) {
  const Reading article(
      "Donald Trump Jr. met Paul Manafort. Trump said he was glad. His father, Donald Trump, was in New York.");
  EXPECT_EQ(article.who("Trump", 2), "Donald Trump") << article;
}

TEST(NameFinder, SurnameWithSuffixIsTheSon) {
  const Reading article(
      "Donald Trump spoke in New York. Donald Trump Jr. spoke in Moscow. Trump Jr. said on Monday that he was glad.");
  EXPECT_EQ(article.who("Trump Jr.", 2), "Donald Trump Jr.") << article;
}

TEST(NameFinder, SonIsNotHisFatherWithAComma) {
  const Reading article(
      "Donald Trump, Jr., said on Monday that he was glad. His father, Donald Trump, spoke in New York.");
  EXPECT_NE(article.who("Donald Trump"), article.who("Donald Trump", 2)) << article;
  EXPECT_EQ(article.name("Jr."), nullptr) << article;
}

TEST(NameFinder, GeorgeWIsNotGeorgeHW) {
  const Reading article(
      "George W. Bush spoke in Texas on Monday. His father, George H. W. Bush, spoke in Maine on Tuesday.");
  EXPECT_EQ(article.people(), 2U) << article;
}

TEST(NameFinder, SurnameWithAParticleIsThePersonNamedInFull) {
  const Reading laden(
      "Osama bin Laden was killed in Pakistan. Bin Laden had lived there for years. Officials said bin Laden was "
      "alone.");
  EXPECT_EQ(laden.people(), 1U) << laden;
  const Reading mayor(
      "Mayor Bill de Blasio said on Monday that New York was safe. De Blasio spoke in Brooklyn. Critics of de Blasio "
      "disagreed.");
  EXPECT_EQ(mayor.people(), 1U) << mayor;
}

TEST(NameFinder, ArabicSurnameIsThePersonWithoutItsArticleToo) {
  const Reading article(
      "Sudanese President Omar al-Bashir said on Monday that Sudan was safe. Bashir spoke in Khartoum.");
  EXPECT_EQ(article.who("Bashir", 2), "Omar al-Bashir") << article;
}

TEST(NameFinder, SurnameOfSeveralWordsIsThePersonWhollyMentioned) {
  for (const auto& [text, mention] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"Karim al-Sayed spoke in London. At midnight al-Sayed was glad.", "al-Sayed"},
           {"Marijke 't Hooft spoke in London. Critics told 't Hooft that she was wrong.", "'t Hooft"},
           {"Susan van der Velde spoke in London. Critics told van der Velde that she was wrong.", "van der Velde"},
           {"Sarah Boateng-Wright spoke in London. On Monday Boateng-Wright was glad.", "Boateng-Wright"},
           {"Marie N'Diaye spoke in London. On Monday N'Diaye was glad.", "N'Diaye"},
       }) {
    const Reading article(text);
    ASSERT_NE(article.mention(mention, 2), nullptr) << article;
    EXPECT_EQ(article.written(*article.mention(mention, 2)), mention) << article;
    EXPECT_EQ(article.mention(mention, 2)->name, article.mention(mention)->name) << article;
  }
}

TEST(NameFinder, CyrillicSurnameIsThePersonNamedInFull) {
  const Reading article("В среду Вера Лаптева приехала в Москву. «Мы заплатим», — сказала Лаптева.");
  EXPECT_EQ(article.who("Лаптева", 2), "Вера Лаптева") << article;
}

TEST(NameFinder, DoubleSurnameIsThePersonNamedInFull) {
  const Reading article("hugh carrington lowe said on monday that he was glad.   mr carrington lowe left london.");
  EXPECT_EQ(article.who("carrington lowe", 2), "Hugh Carrington Lowe") << article;
}

TEST(NameFinder, OrdinaryWordIsASurnameWhereItActsAsOne) {
  const Reading article(
      "The price of cod has risen, Edmund Price said on Monday. Price, 36, teaches in London. \"It has not "
      "finished,\" Price said. Price had it for supper. Prices rose.");
  for (const std::size_t n : {2U, 3U, 4U}) EXPECT_EQ(article.who("Price", n), "Edmund Price") << n << article;
  EXPECT_EQ(article.who("price"), "") << article;
  EXPECT_EQ(article.who("Prices"), "") << article;
}

TEST(NameFinder, ElderAndYoungerTellFatherAndSonApart) {
  const Reading junior(
      "Lincoln Boudreaux Jr., whose father, Lincoln Boudreaux, died, was in Houston. The younger Boudreaux said he was "
      "glad. The elder Boudreaux was 56.");
  EXPECT_EQ(junior.who("Boudreaux", 3), "Lincoln Boudreaux Jr.") << junior;
  EXPECT_EQ(junior.who("Boudreaux", 4), "Lincoln Boudreaux") << junior;
  const Reading father(
      "Pierre Martin took over from his father, Auguste Martin, in Paris. Martin said he was glad. The elder Martin "
      "was not. Martin left.");
  EXPECT_EQ(father.who("Martin", 3), "Pierre Martin") << father;
  EXPECT_EQ(father.who("Martin", 4), "Auguste Martin") << father;
  EXPECT_EQ(father.who("Martin", 5), "Pierre Martin") << father;
}

TEST(NameFinder, SurnameWithAnAgeIsWhomTheArticleNamedLast) {
  const Reading article(
      "Thomas Miller Jr. has won in London. Miller, 44, was glad. His father, Thomas Miller, spoke in Paris.");
  EXPECT_EQ(article.who("Miller", 2), "Thomas Miller Jr.") << article;
}

TEST(NameFinder, RelativeByTheGivenNameIsNotMeantByTheSurname) {
  const Reading article(
      "John Miller spoke in London. \"My sister Anna is wrong,\" Miller said. Anna Miller lives in Paris.");
  EXPECT_EQ(article.who("Miller", 2), "John Miller") << article;
}

TEST(NameFinder, WhoHasATitleIsNamedWithoutIt) {
  const Reading article("Sen. Biden said on Monday that he was glad.");
  EXPECT_EQ(article.written(*article.mention("Biden")), "Biden") << article;
}

// "Jr." behind a comma, which the tagger may take for a name of its own.
TEST(NameFinder, SuffixBehindACommaHidesNoLaterName) {
  const Reading article(
      "Senator Joseph R. Biden, Jr. (D-DE) spoke in New York on Monday. Joseph R. Biden, Jr. Council on Foreign "
      "Relations. Mr. Biden said the United States would leave Iraq. Jack Murtha agreed.");
  EXPECT_NE(article.mention("Iraq"), nullptr) << article;
  EXPECT_EQ(article.who("Jack Murtha"), "Jack Murtha") << article;
}

// ---- roles ---------------------------------------------------------------------------------------------------------

TEST(NameFinder, KeepsRolesInApposition) {
  const Reading before("Kremlin spokesman Dmitry Peskov said on Monday that the talks would go on. Peskov left.");
  EXPECT_EQ(before.roles("Dmitry Peskov"), Strings{"Kremlin spokesman"}) << before;
  const Reading behind("Yulia Lukash, a Russian official, said on Monday that the deal was done.");
  EXPECT_EQ(behind.roles("Yulia Lukash"), Strings{"Russian official"}) << behind;
  const Reading definite("Dmitry Peskov, the Kremlin spokesman, said on Monday that Russia had no plans.");
  EXPECT_EQ(definite.roles("Dmitry Peskov"), Strings{"Kremlin spokesman"}) << definite;
  const Reading owner("The company's spokesman John Miller said on Monday that it had no plans.");
  EXPECT_EQ(owner.roles("John Miller"), Strings{"spokesman"}) << owner;
  const Reading apart("The talks went on, the Kremlin spokesman, Dmitry Peskov, told reporters on Monday.");
  EXPECT_EQ(apart.roles("Dmitry Peskov"), Strings{"Kremlin spokesman"}) << apart;
  const Reading none("Dmitry Peskov met John Miller in Moscow on Monday.");
  EXPECT_EQ(none.roles("Dmitry Peskov"), Strings{}) << none;
  const Reading list("A lawyer, Dmitry Peskov and John Miller met in Moscow on Monday.");
  EXPECT_EQ(list.roles("Dmitry Peskov"), Strings{}) << list;
}

TEST(NameFinder, KeepsARoleOnce) {
  const Reading article(
      "Russian lawyer Natalia Veselnitskaya met Paul Manafort in New York. Russian lawyer Natalia Veselnitskaya "
      "declined to comment. Veselnitskaya, a Russian lawyer, left.");
  EXPECT_EQ(article.roles("Natalia Veselnitskaya"), Strings{"Russian lawyer"}) << article;
}

TEST(NameFinder, RolesDoNotReachIntoTheNextParagraph) {
  const Reading role("No deal yet, says lawyer\n\nDmitry Peskov said on Monday that the talks would go on.");
  EXPECT_EQ(role.roles("Dmitry Peskov"), Strings{}) << role;
  const Reading title("Nobody knows about the king\n\nAngela Merkel said on Monday that the talks would go on.");
  EXPECT_EQ(title.roles("Angela Merkel"), Strings{}) << title;
}

TEST(NameFinder, RoleThatOnePersonHasIsAMention) {
  const Reading article(
      "Yulia Lukash, a Russian official, met John Miller, an American lawyer, in London. The Russian official declined "
      "to comment. The lawyer said no. Later the American lawyer left.");
  for (const auto& [words, name] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"The Russian official", "Yulia Lukash"},
           {"The lawyer", "John Miller"},
           {"the American lawyer", "John Miller"},
       }) {
    ASSERT_NE(article.mention(words), nullptr) << words << ": " << article;
    EXPECT_EQ(article.who(words), name);
    EXPECT_TRUE(article.mention(words)->by_role);
    EXPECT_EQ(article.written(*article.mention(words)), words);
  }
  EXPECT_FALSE(article.mention("Yulia Lukash")->by_role);
}

// The Kremlin is a name itself, so the rest of the role names him.
TEST(NameFinder, KremlinSpokesmanIsAMention) {
  const Reading article(
      "Kremlin spokesman Dmitry Peskov said on Monday that Russia had no plans. Peskov spoke in Moscow. The Kremlin "
      "spokesman declined to comment.");
  ASSERT_NE(article.mention("spokesman", 2), nullptr) << article;
  EXPECT_EQ(article.who("spokesman", 2), "Dmitry Peskov");
  EXPECT_TRUE(article.mention("spokesman", 2)->by_role);
}

TEST(NameFinder, RoleThatTwoPeopleHaveIsNobody) {
  const Reading article(
      "Dmitry Peskov, a Russian official, met John Miller, an American official, in London. The official declined to "
      "comment. The Russian official left.");
  EXPECT_EQ(article.mention("The official"), nullptr) << article;
  EXPECT_EQ(article.who("The Russian official"), "Dmitry Peskov") << article;
}

TEST(NameFinder, RoleIsNobodyBeforeItsHolderIsNamed) {
  const Reading article(
      "The lawyer declined to comment on Monday. Then John Miller, an American lawyer, left. The lawyer was glad.");
  EXPECT_EQ(article.mention("The lawyer"), nullptr) << article;
  EXPECT_EQ(article.who("The lawyer", 2), "John Miller") << article;
}

TEST(NameFinder, RoleOfSomethingElseIsNobody) {
  const Reading article(
      "John Miller, an American lawyer, spoke in London. The lawyer of another firm declined to comment. The lawyer "
      "for the state did too. The German lawyer did not.");
  EXPECT_EQ(article.mention("The lawyer of"), nullptr) << article;
  EXPECT_EQ(article.mention("The lawyer"), nullptr) << article;
  EXPECT_EQ(article.mention("The lawyer", 2), nullptr) << article;
  EXPECT_EQ(article.mention("The German lawyer"), nullptr) << article;
}

TEST(NameFinder, PeopleOfJapaneseTextAreToldByWhatStandsBehindThem) {
  const Reading one("組合長の大森健一さん(58)は記者会見でそう語った。「見たことがない」と大森さんは話した。");
  EXPECT_EQ(one.who("大森健一"), "大森健一") << one;
  EXPECT_EQ(one.who("大森", 2), "大森健一") << one;
  const Reading two("霧浜町の高瀬徹町長は考えを明らかにした。経済産業大臣の支援も求める。高瀬町長は「若い」と述べた。");
  EXPECT_EQ(two.who("高瀬徹"), "高瀬徹") << two;
  EXPECT_EQ(two.who("高瀬", 2), "高瀬徹") << two;
  EXPECT_EQ(two.roles("高瀬徹"), Strings{"町長"}) << two;
  EXPECT_EQ(two.people(), 1U) << two;
  const Reading three("病院の看護師さんと学生さんと東京都知事は話した。");
  EXPECT_EQ(three.people(), 0U) << three;
}

// ---- organisations and places --------------------------------------------------------------------------------------

TEST(NameFinder, AcronymIsWhatItWasIntroducedAs) {
  const Reading court(
      "The International Criminal Court (ICC) said on Friday that it had no plans. The ICC is in The Hague. “The ICC's "
      "work goes on,” he said.");
  for (const std::size_t n : {1U, 2U, 3U}) {
    EXPECT_EQ(court.who("ICC", n), "International Criminal Court") << n << ": " << court;
  }
  const Reading bank(
      "The Central Bank of Russia (CBR) said on Friday that it had no plans. The CBR declined to "
      "comment.");
  EXPECT_EQ(bank.who("CBR", 2), "Central Bank of Russia") << bank;
  const Reading reversed(
      "The FBI (Federal Bureau of Investigation) said on Friday that it had no plans. The FBI "
      "declined to comment.");
  EXPECT_EQ(reversed.who("FBI", 2), "Federal Bureau of Investigation") << reversed;
}

TEST(NameFinder, AcronymIsWhatItIsEverywhere) {
  const Reading states(
      "The U.S. and Germany agreed on Monday. The United States said so. The U.S. government and the US military left. "
      "The USA is glad.");
  for (const std::string_view words : {"U.S.", "United States", "US ", "USA"}) {
    const std::string_view name = words == "US " ? "US" : words;
    EXPECT_EQ(states.who(name), "United States") << words << ": " << states;
  }
  EXPECT_EQ(states.who("U.S.", 2), "United States") << states;
  const Reading nations("The UN said so on Monday. The United Nations has no plans. The U.N. met in New York.");
  for (const std::string_view words : {"UN ", "United Nations", "U.N."}) {
    const std::string_view name = words == "UN " ? "UN" : words;
    EXPECT_EQ(nations.who(name), "United Nations") << words << ": " << nations;
  }
}

TEST(NameFinder, PronounIsNoCountry) {
  const Reading article("The United States and Germany agreed on Monday. They told us so. Give us time.");
  EXPECT_EQ(article.mention("us"), nullptr) << article;
  EXPECT_EQ(article.mention("us", 2), nullptr) << article;
}

TEST(NameFinder, SameWordsAreTheSameName) {
  const Reading article(
      "The European Union met in Brussels on Monday. European Union ministers agreed in Brussels. The European\nUnion "
      "left Brussels.");
  EXPECT_EQ(article.who("European Union"), "European Union") << article;
  EXPECT_EQ(article.mention("European Union")->name, article.mention("European Union", 2)->name) << article;
  ASSERT_NE(article.mention("European\nUnion"), nullptr) << article;
  EXPECT_EQ(article.mention("European Union")->name, article.mention("European\nUnion")->name) << article;
}

// ---- text that somebody changed ------------------------------------------------------------------------------------

TEST(NameFinder, ReadsLowerCasedText) {
  const Reading article(
      "john miller met angela merkel in berlin on monday. miller said he was glad. merkel's party agreed.");
  EXPECT_EQ(article.who("john miller"), "John Miller") << article;
  EXPECT_EQ(article.who("miller", 2), "John Miller") << article;
  EXPECT_EQ(article.who("angela merkel"), "Angela Merkel") << article;
  EXPECT_EQ(article.who("merkel", 2), "Angela Merkel") << article;
  EXPECT_EQ(article.who("berlin"), "Berlin") << article;
  EXPECT_EQ(article.people(), 2U) << article;
  const Reading states("the u.s. and germany agreed on monday. the united states said so.");
  EXPECT_EQ(states.who("u.s."), states.who("united states")) << states;
}

TEST(NameFinder, ReadsStrippedText) {
  const Reading article(
      "john miller met angela merkel in berlin on monday  miller said he was glad  merkel s party agreed");
  EXPECT_EQ(article.who("john miller"), "John Miller") << article;
  EXPECT_EQ(article.who("miller", 2), "John Miller") << article;
  EXPECT_EQ(article.who("angela merkel"), "Angela Merkel") << article;
  EXPECT_EQ(article.who("merkel", 2), "Angela Merkel") << article;
  ASSERT_NE(article.mention("merkel", 2), nullptr);
  EXPECT_EQ(article.written(*article.mention("merkel", 2)), "merkel");
  const Reading role("john miller  a russian official  said no  then the russian official left");
  EXPECT_EQ(role.who("the russian official"), "John Miller") << role;
}

TEST(NameFinder, HeadlineInCapitalsNamesTheSamePeople) {
  const Reading article(
      "JOHN MILLER MEETS ANGELA MERKEL IN BERLIN\n\nJohn Miller met Angela Merkel in Berlin on Monday. Miller said he "
      "was glad.");
  EXPECT_EQ(article.who("JOHN MILLER"), "John Miller") << article;
  EXPECT_EQ(article.who("ANGELA MERKEL"), "Angela Merkel") << article;
  EXPECT_EQ(article.people(), 2U) << article;
}

TEST(NameFinder, NameMayGoOverALineEnd) {
  const Reading article("The talks will go on in Moscow, Dmitry\nPeskov said on Monday. Then Peskov left.");
  EXPECT_EQ(article.who("Dmitry\nPeskov"), "Dmitry Peskov") << article;
  EXPECT_EQ(article.who("Peskov", 2), "Dmitry Peskov") << article;
}

TEST(NameFinder, LineEndsChangeNothing) {
  const std::string text =
      "The guests of Dmitry Peskov sat down in Moscow and were served a\nturkey on plates of china, with rice and a "
      "glass of champagne that came from\na cellar nobody had heard of. Peskov said he was glad.";
  const Reading article(text);
  EXPECT_EQ(article.mention("turkey"), nullptr) << article;
  EXPECT_EQ(article.mention("china"), nullptr) << article;
}

// ---- properties ----------------------------------------------------------------------------------------------------

bool same(const ArticleNames& a, const ArticleNames& b) {
  const auto equal_names = [](const ArticleName& x, const ArticleName& y) {
    return x.kind == y.kind && x.name == y.name && x.gender == y.gender && x.roles == y.roles;
  };
  const auto equal_mentions = [](const Mention& x, const Mention& y) {
    return x.span == y.span && x.name == y.name && x.by_role == y.by_role;
  };
  return std::equal(a.names.begin(), a.names.end(), b.names.begin(), b.names.end(), equal_names) &&
         std::equal(a.mentions.begin(), a.mentions.end(), b.mentions.begin(), b.mentions.end(), equal_mentions);
}

std::string random_article(std::mt19937_64& random) {
  constexpr std::string_view kPieces[] = {"Dmitry Peskov",
                                          "Peskov",
                                          "PESKOV",
                                          "peskov",
                                          "Donald Trump Jr.",
                                          "Donald Trump",
                                          "Trump",
                                          "Hillary Clinton",
                                          "Bill Clinton",
                                          "William Clinton",
                                          "Trump Jr.",
                                          "Carrington-Lowe",
                                          "Carrington Lowe",
                                          "his father",
                                          "John",
                                          "Clinton",
                                          "Mr.",
                                          "Mrs.",
                                          "Angela Merkel",
                                          "angela merkel",
                                          "merkel",
                                          "J. R. Smith",
                                          "Smith",
                                          "bin Laden",
                                          "Osama bin Laden",
                                          "Omar al-Bashir",
                                          "von der Leyen",
                                          "Jean-Luc Mélenchon",
                                          "O’Neill",
                                          "Jr.",
                                          "Дмитрий Песков",
                                          "Песков",
                                          "U.S.",
                                          "US",
                                          "us",
                                          "United States",
                                          "National Security Agency",
                                          "(",
                                          ")",
                                          "NSA",
                                          "(NSA)",
                                          "Germany",
                                          "German",
                                          "Kremlin",
                                          "the Kremlin spokesman",
                                          "Kremlin spokesman",
                                          "the",
                                          "The",
                                          "spokesman",
                                          "lawyer",
                                          "a Russian official",
                                          "the Russian official",
                                          "president",
                                          "President",
                                          "'s",
                                          "’s",
                                          ",",
                                          ".",
                                          "“",
                                          "”",
                                          "said",
                                          "said on Monday",
                                          "in",
                                          "of",
                                          "and",
                                          "met",
                                          "left",
                                          "\n",
                                          "\n\n",
                                          "  ",
                                          "-",
                                          "Inc.",
                                          "University",
                                          "1",
                                          "2,000",
                                          "\u00A0",
                                          "\u00AD",
                                          "北京",
                                          "😀",
                                          "é",
                                          "ﷺ"};
  std::string bytes;
  for (auto n = random() % 60; n > 0; --n) {
    if (random() % 24 == 0) {
      bytes += static_cast<char>(random());
    } else {
      bytes += kPieces[random() % std::size(kPieces)];
    }
    if (random() % 8 != 0) bytes += ' ';
  }
  return normalize_text(bytes);
}

TEST(NameFinder, HoldsItsContractForAnyText) {
  DATELINE_SEEDED(random);
  NameFinder finder(model(), no_aliases());
  for (int i = 0; i < 8000; ++i) {
    const std::string text = random_article(random);
    ASSERT_EQ(broken_names_clause(text, finder.find(text)), "") << testing::PrintToString(text);
  }
}

TEST(NameFinder, FindsTheSameEveryTime) {
  DATELINE_SEEDED(random);
  NameFinder finder(model(), no_aliases());
  std::string huge;
  while (huge.size() < 300'000) huge += random_article(random) + "\n\n";
  for (int i = 0; i < 300; ++i) {
    // Whatever it has read before.
    if (i == 100) static_cast<void>(finder.find(huge));
    const std::string text = random_article(random);
    const ArticleNames found = finder.find(text);
    ASSERT_TRUE(same(found, finder.find(text))) << text;
    ASSERT_TRUE(same(found, NameFinder(model(), no_aliases()).find(text))) << text;
  }
  EXPECT_TRUE(same(finder.find(huge), NameFinder(model(), no_aliases()).find(huge)));
}

// ---- hostile text --------------------------------------------------------------------------------------------------

void expect_contract_held(std::string_view what, const std::string& text) {
  NameFinder finder(model(), no_aliases());
  EXPECT_EQ(broken_names_clause(text, finder.find(text)), "") << what;
}

TEST(NameFinder, HoldsItsContractForRepeatedText) {
  constexpr std::size_t kBytes = 1'000'000;
  for (const std::string_view unit : kHostileNames) {
    expect_contract_held(unit, repeated(unit, kBytes));
  }
}

TEST(NameFinder, HoldsItsContractForManyNames) {
  for (const DistinctNames& kind : distinct_names()) {
    expect_contract_held(kind.what, many(kind, 2'000'000));
  }
}

// The one cost that is more: mentions × people of one surname, of whom there are not too many.
TEST(NameFinder, BearsManyPeopleOfOneSurname) {
  std::string given;
  std::string initials;
  for (std::size_t i = 0; i < 10'000; ++i) {
    given += distinct_word(i) + " Peskov said so. ";
    initials += std::string("Dmitry ") + distinct_word(i)[0] + ". " + distinct_word(i / 26)[0] + ". Peskov said so. ";
  }
  expect_contract_held("given names", given);
  expect_contract_held("initials", initials);
}

TEST(NameFinder, HoldsItsContractForALongName) {
  std::string text = "Dmitry Щ";
  while (text.size() < 1'000'000) text += "щ";
  expect_contract_held("long word", text + " said on Monday that he was glad.");
}

}  // namespace
}  // namespace dateline
