// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/collection_pass.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/name_key.h"
#include "common/person_name.h"
#include "common/schema.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

// What an article calls somebody: its name for them, and every form that stands in its text (only the name if none).
struct Called {
  NameKind kind = NameKind::kPerson;
  std::string name;
  std::vector<std::string> written;
  Gender gender = Gender::kUnknown;
  std::vector<std::string> roles;
};

struct TestArticle {
  std::string text;
  ArticleNames names;
};

TestArticle make_article(const std::vector<Called>& called) {
  TestArticle article;
  for (std::uint32_t i = 0; i < called.size(); ++i) {
    const Called& one = called[i];
    article.names.names.push_back({one.kind, one.name, one.gender, one.roles});
    for (const std::string& form : one.written.empty() ? std::vector<std::string>{one.name} : one.written) {
      const auto begin = static_cast<std::uint32_t>(article.text.size());
      article.text += form;
      article.names.mentions.push_back({{begin, static_cast<std::uint32_t>(article.text.size())}, i, false});
      article.text += " said. ";
    }
  }
  return article;
}

Called person(const std::string& name) { return {NameKind::kPerson, name, {}, Gender::kUnknown, {}}; }
Called organization(const std::string& name, const std::vector<std::string>& written = {}) {
  return {NameKind::kOrganization, name, written, Gender::kUnknown, {}};
}
Called place(const std::string& name) { return {NameKind::kPlace, name, {}, Gender::kUnknown, {}}; }

// A collection in the making.
class Collection {
 public:
  Collection& add(int articles, const std::vector<Called>& called) {
    const TestArticle article = make_article(called);
    for (; articles > 0; --articles) counts_.add(article.text, article.names);
    return *this;
  }

  [[nodiscard]] std::vector<CollectionName> join() {
    return join_names(std::move(counts_),
                      [](const std::string& short_form, const std::string& full_form) {
                        return short_form == "bill" && full_form == "william";
                      },
                      {});
  }

  // Who is who, a line each: "Dmitry Peskov 12 = dmitry peskov, peskov".
  [[nodiscard]] std::string shown() {
    std::string out;
    for (const CollectionName& name : join()) {
      out += name.name + ' ' + std::to_string(name.articles) + " =";
      std::set<std::string> keys;
      for (const NameForm& form : name.forms) keys.insert(form.key);
      for (const std::string& key : keys) out += (out.back() == '=' ? " " : ", ") + key;
      out += '\n';
    }
    return out;
  }

 private:
  NameCounts counts_;
};

// --- People of full names

TEST(JoinNames, JoinsRomanisations) {
  EXPECT_EQ(Collection()
                .add(8, {person("Volodymyr Zelensky")})
                .add(2, {person("Volodymyr Zelenskiy")})
                .add(1, {person("Volodymyr Zelenskyy")})
                .add(1, {person("Володимир Зеленский")})
                .shown(),
            "Volodymyr Zelenskiy 12 = volodymyr zelenskiy, volodymyr zelensky, volodymyr zelenskyy, "
            "володимир зеленский\n");
  EXPECT_EQ(Collection().add(3, {person("Dmitry Peskov")}).add(2, {person("Dmitri Peskov")}).shown(),
            "Dmitry Peskov 5 = dmitri peskov, dmitry peskov\n");
}

TEST(JoinNames, JoinsAnotherScriptAndShowsTheLatinName) {
  EXPECT_EQ(Collection().add(1, {person("Aleksei Yurchenko")}).add(1, {person("Алексей Юрченко")}).shown(),
            "Aleksei Yurchenko 2 = aleksei yurchenko, алексей юрченко\n");
  EXPECT_EQ(Collection().add(1, {person("Ilinca Dragomirescu")}).add(1, {person("Илинка Драгомиреску")}).shown(),
            "Ilinca Dragomirescu 2 = ilinca dragomirescu, илинка драгомиреску\n");
}

TEST(JoinNames, JoinsSurnamesThatSoundAlikeIfTheGivenNamesAgree) {
  EXPECT_EQ(Collection().add(3, {person("Muammar Gaddafi")}).add(2, {person("Muammar Qadhafi")}).shown(),
            "Muammar Gaddafi 5 = muammar gaddafi, muammar qadhafi\n");
  EXPECT_EQ(Collection().add(3, {person("Muammar Gaddafi")}).add(2, {person("Saif Kadafi")}).shown(),
            "Muammar Gaddafi 3 = muammar gaddafi\nSaif Kadafi 2 = saif kadafi\n");
}

TEST(JoinNames, JoinsArabicSurnamesHoweverTheirArticleIsSpelt) {
  EXPECT_EQ(Collection()
                .add(3, {person("Muhammad al-Tayyib")})
                .add(2, {person("Mohammed el-Tayeb")})
                .add(1, {person("Mohamed Eltayeb")})
                .add(1, {person("Eltayeb")})
                .shown(),
            "Muhammad al-Tayyib 7 = eltayeb, mohamed eltayeb, mohammed el tayeb, muhammad al tayyib\n");
  EXPECT_EQ(Collection().add(3, {person("Ibrahim al-Tayyib")}).add(2, {person("Mohammed el-Tayeb")}).shown(),
            "Ibrahim al-Tayyib 3 = ibrahim al tayyib\nMohammed el-Tayeb 2 = mohammed el tayeb\n");
  // No article in sight: nothing says that they are Arabic.
  EXPECT_EQ(Collection().add(3, {person("Bradley Albert")}).add(2, {person("Bradley Elbert")}).shown(),
            "Bradley Albert 3 = bradley albert\nBradley Elbert 2 = bradley elbert\n");
}

TEST(JoinNames, JoinsInitialsMiddleNamesAndShortForms) {
  EXPECT_EQ(Collection()
                .add(10, {person("Donald Trump")})
                .add(1, {person("D. Trump")})
                .add(1, {person("Donald J. Trump")})
                .add(1, {person("Donald John Trump")})
                .shown(),
            "Donald Trump 13 = d trump, donald j trump, donald john trump, donald trump\n");
  EXPECT_EQ(Collection().add(3, {person("William Browder")}).add(1, {person("Bill Browder")}).shown(),
            "William Browder 4 = bill browder, william browder\n");
}

TEST(JoinNames, KeepsOthersOfOneSurnameApart) {
  EXPECT_EQ(Collection()
                .add(5, {person("Dmitry Peskov")})
                .add(3, {person("Nikolai Peskov")})
                .add(2, {person("Donald J. Trump")})
                .add(1, {person("Donald F. Trump")})
                .shown(),
            "Dmitry Peskov 5 = dmitry peskov\n"
            "Nikolai Peskov 3 = nikolai peskov\n"
            "Donald J. Trump 2 = donald j trump\n"
            "Donald F. Trump 1 = donald f trump\n");
}

TEST(JoinNames, KeepsTheYoungerApart) {
  EXPECT_EQ(Collection()
                .add(10, {person("Donald Trump")})
                .add(6, {person("Donald Trump Jr.")})
                .add(5, {person("Donald Trump, Jr.")})
                .add(4, {person("Donald Trump Junior")})
                .add(3, {person("George Bush Sr.")})
                .add(2, {person("George Bush Jr.")})
                .add(1, {person("George Bush")})
                .shown(),
            "Donald Trump Jr. 15 = donald trump jr, donald trump junior\n"
            "Donald Trump 10 = donald trump\n"
            "George Bush Sr. 3 = george bush sr\n"
            "George Bush Jr. 2 = george bush jr\n"
            "George Bush 1 = george bush\n");
}

TEST(JoinNames, JoinsOfSeveralWhoFitTheOneWithFourFifths) {
  const auto with_holders = [](int first, int second) {
    return Collection()
        .add(first, {person("Dmitry Peskov")})
        .add(second, {person("Daniil Peskov")})
        .add(1, {person("D. Peskov")})
        .shown();
  };
  EXPECT_EQ(with_holders(8, 2), "Dmitry Peskov 9 = d peskov, dmitry peskov\nDaniil Peskov 2 = daniil peskov\n");
  EXPECT_EQ(with_holders(7, 2),
            "Dmitry Peskov 7 = dmitry peskov\nDaniil Peskov 2 = daniil peskov\nD. Peskov 1 = d peskov\n");
}

// --- Told apart

TEST(JoinNames, NeverJoinsWhomOneArticleTellsApart) {
  const auto join = [](const std::string& one, const std::string& other, bool apart) {
    Collection collection;
    collection.add(5, {person(one)}).add(5, {person(other)});
    if (apart) collection.add(1, {person(one), person(other)});
    return collection.join().size();
  };
  const std::vector<std::pair<std::string, std::string>> cases{
      {"Dmitry Peskov", "Dmitri Peskov"},  {"Donald Trump", "Donald J. Trump"}, {"Muammar Gaddafi", "Muammar Kadafi"},
      {"Bill Browder", "William Browder"}, {"Дмитрий Песков", "Dmitry Peskov"}, {"John Smith-Jones", "J. Smith-Jones"},
  };
  for (const auto& [one, other] : cases) {
    EXPECT_EQ(join(one, other, false), 1U) << one << " and " << other;
    EXPECT_EQ(join(one, other, true), 2U) << one << " and " << other;
    EXPECT_EQ(join(other, one, true), 2U) << other << " and " << one;
  }
}

// "Park Geun-hye" ends in "hye" for one, in "geunhye" for the other who looks at surnames.
TEST(JoinNames, NeverJoinsHyphenatedNamesThatOneArticleTellsApart) {
  Collection collection;
  collection.add(5, {person("Park Geun-hye")})
      .add(5, {person("Park Geunhye")})
      .add(1, {person("Park Geun-hye"), person("Park Geunhye")});
  EXPECT_EQ(collection.join().size(), 2U);
}

// Not by way of a third either, and whatever else is known of them.
TEST(JoinNames, NeverJoinsByAThirdWhomOneArticleTellsApart) {
  EXPECT_EQ(Collection()
                .add(20, {person("Dmitry S. Peskov")})
                .add(10, {person("Dmitry Peskov")})
                .add(5, {person("Dmitri Peskov")})
                .add(1, {person("Dmitri Peskov"), person("Dmitry S. Peskov")})
                .shown(),
            "Dmitry S. Peskov 31 = dmitry peskov, dmitry s peskov\nDmitri Peskov 6 = dmitri peskov\n");
}

// --- A surname alone

TEST(JoinNames, JoinsABareSurnameToItsDominantHolderAndOnlyThen) {
  const auto with_holders = [](int first, int second, int bare) {
    return Collection()
        .add(first, {person("Dmitry Peskov")})
        .add(second, {person("Nikolai Peskov")})
        .add(bare, {person("Peskov")})
        .shown();
  };
  EXPECT_EQ(with_holders(10, 0, 3), "Dmitry Peskov 13 = dmitry peskov, peskov\n");
  EXPECT_EQ(with_holders(8, 2, 1), "Dmitry Peskov 9 = dmitry peskov, peskov\nNikolai Peskov 2 = nikolai peskov\n");
  EXPECT_EQ(with_holders(7, 2, 1),
            "Dmitry Peskov 7 = dmitry peskov\nNikolai Peskov 2 = nikolai peskov\nPeskov 1 = peskov\n");
  EXPECT_EQ(with_holders(5, 5, 100),
            "Peskov 100 = peskov\nDmitry Peskov 5 = dmitry peskov\nNikolai Peskov 5 = nikolai peskov\n")
      << "what the surname brings makes nobody dominant";
  EXPECT_EQ(with_holders(0, 0, 3), "Peskov 3 = peskov\n");
}

TEST(JoinNames, JoinsABareSurnameOfAnotherSpelling) {
  EXPECT_EQ(Collection().add(10, {person("Volodymyr Zelensky")}).add(2, {person("Zelenskiy")}).shown(),
            "Volodymyr Zelensky 12 = volodymyr zelensky, zelenskiy\n");
  EXPECT_EQ(Collection()
                .add(10, {person("Volodymyr Zelensky")})
                .add(2, {person("Zelenskiy")})
                .add(1, {person("Zelenskyy")})
                .shown(),
            "Volodymyr Zelensky 13 = volodymyr zelensky, zelenskiy, zelenskyy\n");
  EXPECT_EQ(Collection().add(10, {person("Muammar Gaddafi")}).add(2, {person("Gadaffi")}).shown(),
            "Muammar Gaddafi 12 = gadaffi, muammar gaddafi\n");
}

TEST(JoinNames, JoinsABareSurnameToNobodyOfASuffix) {
  EXPECT_EQ(Collection().add(10, {person("Donald Trump Jr.")}).add(2, {person("Trump")}).shown(),
            "Donald Trump Jr. 10 = donald trump jr\nTrump 2 = trump\n");
  EXPECT_EQ(Collection()
                .add(10, {person("Donald Trump Jr.")})
                .add(1, {person("Donald Trump")})
                .add(2, {person("Trump")})
                .shown(),
            "Donald Trump Jr. 10 = donald trump jr\nDonald Trump 3 = donald trump, trump\n");
}

TEST(JoinNames, JoinsNoGivenNameAlone) {
  EXPECT_EQ(Collection().add(10, {person("Boris Johnson")}).add(2, {person("Boris")}).shown(),
            "Boris Johnson 10 = boris johnson\nBoris 2 = boris\n");
}

// --- Organisations and places

TEST(JoinNames, JoinsAnAcronymToItsExpansion) {
  EXPECT_EQ(Collection()
                .add(3, {organization("National Security Agency", {"National Security Agency", "NSA", "NSA"})})
                .add(9, {organization("NSA")})
                .shown(),
            "National Security Agency 12 = national security agency, nsa\n");
}

TEST(JoinNames, JoinsAnAcronymOnlyIfFourFifthsSayWhatItIs) {
  const auto with_expansions = [](int first, int second) {
    return Collection()
        .add(first, {organization("National Security Agency", {"National Security Agency", "NSA"})})
        .add(second, {organization("National Sheep Association", {"National Sheep Association", "NSA"})})
        .add(3, {organization("NSA")})
        .shown();
  };
  EXPECT_EQ(with_expansions(8, 2),
            "National Security Agency 11 = national security agency, nsa\n"
            "National Sheep Association 2 = national sheep association\n");
  EXPECT_EQ(with_expansions(7, 2),
            "National Security Agency 7 = national security agency\n"
            "NSA 3 = nsa\n"
            "National Sheep Association 2 = national sheep association\n");
}

TEST(JoinNames, JoinsTheSameWordsAndNothingElse) {
  EXPECT_EQ(Collection()
                .add(4, {organization("The Hague Court")})
                .add(3, {organization("Hague Court")})
                .add(2, {organization("HAGUE COURT")})
                .add(1, {organization("Hague Courts")})
                .shown(),
            "The Hague Court 9 = hague court\nHague Courts 1 = hague courts\n");
  EXPECT_EQ(
      Collection().add(2, {place("Hamburg")}).add(1, {organization("Hamburg")}).add(3, {person("Hamburg")}).shown(),
      "Hamburg 3 = hamburg\nHamburg 2 = hamburg\nHamburg 1 = hamburg\n")
      << "a person, a place and an organisation";
  EXPECT_EQ(Collection()
                .add(2, {place("Republic of Ireland")})
                .add(1, {place("ROI")})
                .add(1, {organization("Bank of X", {"Bank of X", "BX"})})
                .add(1, {place("BX")})
                .shown(),
            "Republic of Ireland 2 = republic of ireland\nBank of X 1 = bank of x\nBX 1 = bx\nROI 1 = roi\n")
      << "an organisation's acronym is no place";
}

// --- What is known of them

TEST(JoinNames, TakesTheLongestWellSupportedFormForTheName) {
  const auto named = [](int longest) {
    return Collection()
        .add(40, {person("Donald Trump")})
        .add(longest, {person("Donald J. Trump")})
        .add(1, {person("Donald John Trump")})
        .add(5, {person("Trump")})
        .join()
        .front()
        .name;
  };
  EXPECT_EQ(named(10), "Donald J. Trump");
  EXPECT_EQ(named(9), "Donald Trump");
  EXPECT_EQ(Collection().add(3, {person("Dmitry Peskov")}).add(1, {person("PESKOV")}).join().front().name,
            "Dmitry Peskov");
  EXPECT_EQ(Collection().add(3, {person("DMITRY PESKOV")}).add(4, {person("Dmitry Peskov")}).join().front().name,
            "Dmitry Peskov")
      << "of one form as most articles show it";
}

// However often the short form stands alone: it tells less.
TEST(JoinNames, TakesAFullFormForTheNameBesideAFrequentShortOne) {
  EXPECT_EQ(Collection()
                .add(2, {organization("National Security Agency", {"National Security Agency", "NSA"})})
                .add(90, {organization("NSA")})
                .shown(),
            "National Security Agency 92 = national security agency, nsa\n");
  EXPECT_EQ(Collection().add(2, {person("Dmitry Peskov")}).add(90, {person("Peskov")}).shown(),
            "Dmitry Peskov 92 = dmitry peskov, peskov\n");
  EXPECT_EQ(Collection().add(1, {person("Lyudmila Peskov")}).add(90, {person("Peskov")}).shown(),
            "Peskov 91 = lyudmila peskov, peskov\n")
      << "not on the word of one article";
  EXPECT_EQ(Collection().add(1, {person("Dmitry Peskov")}).add(4, {person("Peskov")}).shown(),
            "Dmitry Peskov 5 = dmitry peskov, peskov\n")
      << "but for one in four";
}

// Datelines and headlines are in capitals.
TEST(JoinNames, ShowsCapitalsAloneOnlyWhereNothingElseStands) {
  const auto shown = [](const Called& capitals, int capital_articles, const Called& cased, int cased_articles) {
    return Collection().add(capital_articles, {capitals}).add(cased_articles, {cased}).join().front().name;
  };
  EXPECT_EQ(shown(place("MOSCOW"), 9, place("Moscow"), 1), "Moscow");
  EXPECT_EQ(shown(place("МОСКВА"), 9, place("Москва"), 1), "Москва");
  EXPECT_EQ(shown(person("DMITRY PESKOV"), 9, person("Dmitry Peskov"), 1), "Dmitry Peskov");
  EXPECT_EQ(shown(organization("BANK OF ENGLAND"), 9, organization("Bank of England"), 1), "Bank of England");
  EXPECT_EQ(shown(place("MOSCOW"), 9, place("Hamburg"), 1), "MOSCOW") << "nothing else is known";
  EXPECT_EQ(shown({NameKind::kPlace, "MOSCOW", {"MOSCOW"}, Gender::kUnknown, {}}, 9,
                  {NameKind::kPlace, "Moscow", {"moscow"}, Gender::kUnknown, {}}, 1),
            "MOSCOW")
      << "stripped text tells nothing";
  EXPECT_EQ(shown(place("UK"), 99, place("Uk"), 1), "UK") << "a slip of the pen";
  EXPECT_EQ(shown(organization("NATO"), 9, organization("Nato"), 3), "NATO") << "letters of words";
  EXPECT_EQ(shown(organization("NATO"), 3, organization("Nato"), 9), "Nato") << "as most articles have it";
  EXPECT_EQ(
      Collection().add(9, {{NameKind::kPlace, "MOSCOW", {"MOSCOW", "Moscow"}, Gender::kUnknown, {}}}).join()[0].name,
      "Moscow")
      << "where an article has both";
}

TEST(JoinNames, SumsUpWhatArticlesSay) {
  Collection collection;
  collection
      .add(3, {{NameKind::kPerson,
                "Dmitry Peskov",
                {"Dmitry Peskov", "Peskov", "Peskov"},
                Gender::kMale,
                {"Kremlin spokesman"}}})
      .add(
          2,
          {{NameKind::kPerson, "Dmitri\nPeskov", {"Dmitri\n  Peskov"}, Gender::kFemale, {"aide", "Kremlin spokesman"}}})
      .add(1, {{NameKind::kPerson, "Peskov", {}, Gender::kUnknown, {"aide"}}});
  const std::vector<CollectionName> names = collection.join();
  ASSERT_EQ(names.size(), 1U);
  const CollectionName& peskov = names.front();
  EXPECT_EQ(peskov.gender, Gender::kMale);
  EXPECT_EQ(peskov.articles, 6U);
  EXPECT_EQ(peskov.mentions, 12U);
  EXPECT_EQ(peskov.spellings, (std::vector<std::string>{"Peskov", "Dmitry Peskov", "Dmitri Peskov"}))
      << "most often first, on one line";
  EXPECT_EQ(peskov.roles, (std::vector<std::pair<std::string, std::uint64_t>>{{"Kremlin spokesman", 5}, {"aide", 3}}));
  std::vector<std::string> forms;
  for (const NameForm& form : peskov.forms) forms.push_back(form.key + ' ' + std::to_string(form.articles));
  EXPECT_EQ(forms, (std::vector<std::string>{"dmitry peskov 3", "dmitri peskov 2", "peskov 1"}))
      << "most articles first";
}

TEST(JoinNames, CountsARoleOnceHoweverItIsSpelt) {
  const auto with_role = [](const std::string& role) {
    return Called{NameKind::kPerson, "Svetlana Lukash", {}, Gender::kUnknown, {role}};
  };
  using Roles = std::vector<std::pair<std::string, std::uint64_t>>;
  EXPECT_EQ(Collection()
                .add(2, {with_role("sherpa")})
                .add(1, {with_role("russian official")})
                .add(2, {with_role("Russian official")})
                .add(1, {with_role("RUSSIAN OFFICIAL")})
                .join()
                .front()
                .roles,
            (Roles{{"Russian official", 4}, {"sherpa", 2}}));
}

TEST(JoinNames, CountsMentionsByRoleButTakesThemForNoSpelling) {
  TestArticle article = make_article({{NameKind::kPerson, "Dmitry Peskov", {}, Gender::kMale, {"Kremlin spokesman"}}});
  const auto begin = static_cast<std::uint32_t>(article.text.size());
  article.text += "the Kremlin spokesman said";
  article.names.mentions.push_back({{begin, begin + 21}, 0, true});
  NameCounts counts;
  counts.add(article.text, article.names);
  const std::vector<CollectionName> names =
      join_names(std::move(counts), [](const auto&, const auto&) { return false; }, {});
  ASSERT_EQ(names.size(), 1U);
  EXPECT_EQ(names[0].mentions, 2U);
  EXPECT_EQ(names[0].spellings, std::vector<std::string>{"Dmitry Peskov"});
}

TEST(JoinNames, GivesNoneForNothing) { EXPECT_EQ(Collection().shown(), ""); }

TEST(JoinNames, LeavesOutWhatIsNoName) {
  std::string longest = "agency";
  while (longest.size() + 8 <= kMaxNameKeyBytes) longest += " council";
  EXPECT_EQ(Collection()
                .add(2, {person("…"), person(""), place(" - "), organization(longest + " council"), person("Jr.")})
                .add(1, {organization(longest)})
                .shown(),
            "Jr. 2 = jr\n" + longest + " 1 = " + longest + '\n');
}

TEST(JoinNames, KeepsSoManySpellingsAndRoles) {
  std::vector<std::string> spellings;
  std::vector<std::string> roles;
  for (int i = 0; i < 100; ++i) {
    spellings.push_back("Pesk" + std::to_string(100 + i));
    roles.push_back("aide " + std::to_string(100 + i));
  }
  const std::vector<CollectionName> names =
      Collection().add(1, {{NameKind::kPerson, "Dmitry Peskov", spellings, Gender::kUnknown, roles}}).join();
  ASSERT_EQ(names.size(), 1U);
  EXPECT_LT(names[0].spellings.size(), 50U);
  EXPECT_LT(names[0].roles.size(), 50U);
  EXPECT_EQ(names[0].mentions, 100U);
}

// --- Whatever the articles

std::vector<Called> random_names(std::mt19937_64& random) {
  static constexpr std::string_view kGiven[] = {"Dmitry", "Dmitri", "D.", "William", "Bill", "John", "J.", "Дмитрий"};
  static constexpr std::string_view kMiddle[] = {"", "", "", "", " S.", " Sergei", " van", " al"};
  static constexpr std::string_view kSurnames[] = {"Peskov", "Peskoff", "Песков", "Gaddafi",  "Kadafi",
                                                   "Smith",  "Schmidt", "Trump",  "Zelensky", "Zelenskiy"};
  static constexpr std::string_view kSuffixes[] = {"", "", "", "", " Jr.", " Sr.", " III"};
  static constexpr std::string_view kThings[] = {
      "National Security Agency", "National Sheep Association", "NSA", "Kremlin", "The Kremlin", "Hamburg"};
  const auto pick = [&](const auto& list) { return std::string(list[random() % std::size(list)]); };
  std::vector<Called> names;
  std::set<std::pair<NameKind, std::string>> keys;  // an article has each name once
  for (auto count = random() % 5 + 1; count > 0; --count) {
    Called one;
    if (random() % 4 == 0) {
      one = random() % 3 == 0 ? place(pick(kThings)) : organization(pick(kThings));
      if (one.name.starts_with("National") && one.kind == NameKind::kOrganization) one.written = {one.name, "NSA"};
    } else {
      const std::string surname = pick(kSurnames);
      one = person(random() % 3 == 0 ? surname : pick(kGiven) + pick(kMiddle) + ' ' + surname + pick(kSuffixes));
      one.written = {one.name, surname};
      one.gender = static_cast<Gender>(random() % 3);
      if (random() % 3 == 0) one.roles = {"spokesman"};
    }
    if (keys.insert({one.kind, name_key(one.name)}).second) names.push_back(std::move(one));
  }
  return names;
}

TEST(JoinNames, DoesNotDependOnTheOrderOfArticles) {
  DATELINE_SEEDED(random);
  for (int round = 0; round < 60 && !testing::Test::HasFailure(); ++round) {
    std::vector<TestArticle> articles(random() % 60 + 2);
    for (TestArticle& article : articles) article = make_article(random_names(random));
    std::map<std::string, std::string> expected;
    for (int order = 0; order < 6; ++order) {
      // In parts, as threads count them, and the parts in any order, too.
      std::shuffle(articles.begin(), articles.end(), random);
      std::vector<NameCounts> parts(order == 0 ? 1 : random() % 5 + 1);
      for (const TestArticle& article : articles) parts[random() % parts.size()].add(article.text, article.names);
      NameCounts all;
      for (NameCounts& part : parts) all.add(std::move(part));
      std::map<std::string, std::string> entries;
      encode_names(
          join_names(std::move(all),
                     [](const std::string& a, const std::string& b) { return a == "bill" && b == "william"; }, {}),
          [&](const std::string& key, const std::string& value) { entries.emplace(key, value); });
      if (order == 0) expected = entries;
      EXPECT_EQ(entries, expected);
    }
  }
}

TEST(JoinNames, KeepsItsPromises) {
  DATELINE_SEEDED(random);
  std::size_t joined = 0;
  for (int round = 0; round < 200 && !testing::Test::HasFailure(); ++round) {
    NameCounts counts;
    std::map<std::pair<NameKind, std::string>, std::uint64_t> articles_of;
    std::uint64_t mentions = 0;
    std::set<std::pair<std::string, std::string>> apart;
    for (auto count = random() % 40 + 1; count > 0; --count) {
      const std::vector<Called> called = random_names(random);
      const TestArticle article = make_article(called);
      counts.add(article.text, article.names);
      mentions += article.names.mentions.size();
      std::vector<std::string> full;
      for (const Called& one : called) {
        ++articles_of[{one.kind, name_key(one.name)}];
        if (one.kind == NameKind::kPerson && parse_person_name(one.name).is_full()) full.push_back(name_key(one.name));
      }
      for (const std::string& a : full) {
        for (const std::string& b : full) {
          if (a != b) apart.emplace(a, b);
        }
      }
    }
    const std::vector<CollectionName> names =
        join_names(std::move(counts), [](const std::string&, const std::string&) { return false; }, {});
    std::uint64_t last = UINT64_MAX;
    for (const CollectionName& name : names) {
      EXPECT_LE(name.articles, last) << "the most often named first";
      last = name.articles;
      EXPECT_FALSE(name.forms.empty());
      std::uint64_t in_forms = 0;
      bool is_a_form = false;
      std::set<std::string> suffixes;
      for (const NameForm& form : name.forms) {
        EXPECT_EQ((articles_of[{name.kind, form.key}]), form.articles) << form.key << ": each form in one name only";
        articles_of.erase({name.kind, form.key});
        in_forms += form.articles;
        is_a_form = is_a_form || form.shown == name.name;
        const PersonName parsed = parse_person_name(form.shown);
        if (name.kind == NameKind::kPerson && parsed.is_full()) suffixes.insert(parsed.suffix);
        for (const NameForm& other : name.forms) {
          EXPECT_FALSE(apart.contains({form.key, other.key})) << form.key << " and " << other.key << " are told apart";
        }
      }
      joined += name.forms.size() - 1;
      EXPECT_EQ(name.articles, in_forms);
      EXPECT_TRUE(is_a_form) << name.name;
      EXPECT_LE(suffixes.size(), 1U) << name.name;
      mentions -= name.mentions;
    }
    EXPECT_TRUE(articles_of.empty()) << articles_of.begin()->first.second << " is lost";
    EXPECT_EQ(mentions, 0U) << "every mention counts once";
  }
  EXPECT_GT(joined, 300U) << "too few of the random names are joined";
}

}  // namespace
}  // namespace dateline
