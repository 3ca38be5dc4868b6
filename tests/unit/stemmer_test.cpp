// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/stemmer.h"

#include <gtest/gtest.h>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/text.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

// By language, words of news as they stand in text.
const std::map<std::string, std::string> kWords{
    {"en",
     "the security securities said talks talking negotiations negotiated ministers ministry generously flying dying "
     "happy happily running runner skies organisation national nationally was being government's cooperation killed "
     "attacks attacked attacker kremlin's leaving left a i us consolidation"},
    {"de",
     "Sicherheit Verhandlungen verhandelt Minister Ministerinnen Brücken gesperrt Häuser Straßen größte aufeinander "
     "Regierungen gesprochen Bürgermeisterin Krankenhäuser gearbeitet"},
    {"fr",
     "sécurité négociations négocié ministres gouvernement urgences hôpitaux continuellement élections président "
     "déclarations parlé travailleurs françaises"},
    {"ru",
     "безопасности переговоры переговоров министры министрами правительство сказал сказала Дунай дунайский рабочих "
     "президентом кибербезопасность которые ёлки"},
    {"es",
     "seguridad negociaciones negociado ministros gobierno elecciones presidenta hablaron trabajadores rápidamente "
     "españoles canción"},
    {"it",
     "sicurezza negoziati ministri governo elezioni presidente parlarono lavoratori rapidamente città italiane "
     "abbandonata"},
    {"pt",
     "segurança negociações ministros governo eleições presidente falaram trabalhadores rapidamente portugueses "
     "canções"},
    {"nl",
     "veiligheid onderhandelingen ministers regering verkiezingen voorzitter spraken arbeiders snelle huizen "
     "Nederlandse lichamelijkheden"},
};

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream words(fold(text));
  std::vector<std::string> all;
  for (std::string word; words >> word;) all.push_back(word);
  return all;
}

std::string number_word(std::uint64_t number) {
  std::string word;
  do {
    word += static_cast<char>('a' + number % 26);
    number /= 26;
  } while (number > 0);
  return word;
}

TEST(Stemmer, StemsAsSnowballDoesInEveryLanguage) {
  for (const auto& [language, text] : kWords) {
    Stemmer stemmer(language);
    const Xapian::Stem snowball(language);
    std::size_t changed = 0;
    for (int round = 0; round < 2; ++round) {  // the second time from memory
      for (const std::string& word : words_of(text)) {
        EXPECT_EQ(stemmer.stem(word, true), snowball(word)) << language;
        if (snowball(word) != word) ++changed;
      }
    }
    EXPECT_GT(changed, 10U) << language << ": hardly any of these words has another stem";
  }
}

TEST(Stemmer, GivesTheFormsOfAWordOneTerm) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"en", "attack attacks attacked attacking"},
      {"de", "minister ministern"},
      {"ru", "министр министры министров"},
      {"fr", "ministre ministres"},
  };
  for (const auto& [language, forms] : cases) {
    Stemmer stemmer(language);
    const TermId first = stemmer.id(words_of(forms).front(), true);
    for (const std::string& form : words_of(forms)) EXPECT_EQ(stemmer.id(form, true), first) << form;
  }
}

TEST(Stemmer, LeavesUnstemmableWordsAlone) {
  Stemmer stemmer("en");
  for (const std::string word : {"us.", "50%", "$5", "1990s", "attacks", "10:30", "covid19"}) {
    EXPECT_EQ(stemmer.stem(word, false), word);
  }
  EXPECT_EQ(stemmer.stem("attacks", true), "attack");
  EXPECT_EQ(stemmer.stem("attacks", false), "attacks");
  EXPECT_NE(stemmer.id("attacks", true), stemmer.id("attacks", false));
}

TEST(Stemmer, LeavesOtherLanguagesAlone) {
  for (const std::string language : {"", "ja", "xx", "english", "EN", "uk", "none"}) {
    Stemmer stemmer(language);
    for (const std::string word : {"attacks", "securities", "безопасности", "東京", "ministres"}) {
      EXPECT_EQ(stemmer.stem(word, true), word) << language;
    }
  }
}

TEST(Stemmer, GivesEveryWordATerm) {
  DATELINE_SEEDED(random);
  const std::vector<std::string> letters{"a", "e", "s", "ing", "ed", "y", "'", "z", "é", "ß", "ы", "й", "ов", "0"};
  for (const auto& entry : kWords) {
    Stemmer stemmer(entry.first);
    for (int round = 0; round < 3'000; ++round) {
      std::string word;
      for (auto count = random() % 8 + 1; count > 0; --count) word += letters[random() % letters.size()];
      const std::string term = stemmer.stem(word, true);
      EXPECT_FALSE(term.empty()) << entry.first << ' ' << word;
      EXPECT_LE(term.size(), word.size() + 8) << entry.first << ' ' << word;
      EXPECT_EQ(stemmer.stem(word, true), term);
    }
  }
}

TEST(Stemmer, RemembersTwoHundredThousandForms) {
  constexpr std::uint64_t kForms = 200'000;
  Stemmer stemmer("en");
  const Xapian::Stem snowball("en");
  std::vector<TermId> ids;
  for (std::uint64_t i = 0; i < kForms; ++i) ids.push_back(stemmer.id(number_word(i), true));
  std::size_t wrong = 0;
  TermId largest = 0;
  for (std::uint64_t i = 0; i < kForms; ++i) {
    const std::string word = number_word(i);
    if (stemmer.id(word, true) != ids[i]) ++wrong;
    if (i % 7 == 0 && stemmer.term(ids[i]) != snowball(word)) ++wrong;
    largest = std::max(largest, ids[i]);
  }
  EXPECT_EQ(wrong, 0U);
  EXPECT_LT(largest, kForms) << "ids are dense";
}

TEST(Stemmer, ForgetsWhenTrimmed) {
  Stemmer stemmer("en");
  for (std::uint64_t i = 0; i < 50'000; ++i) (void)stemmer.id(number_word(i), true);
  const TermId id = stemmer.id("attacks", true);
  stemmer.trim(50'001);
  EXPECT_EQ(stemmer.id("attacks", true), id) << "not over the limit: nothing is forgotten";
  EXPECT_EQ(stemmer.term(id), "attack");
  stemmer.trim(50'000);
  EXPECT_EQ(stemmer.id("securities", true), 0U) << "ids begin anew";
  EXPECT_EQ(stemmer.stem("securities", true), "secur");
  EXPECT_EQ(stemmer.stem("attacks", true), "attack");
  const Xapian::Stem snowball("en");
  for (std::uint64_t i = 0; i < 50'000; i += 11) {
    EXPECT_EQ(stemmer.stem(number_word(i), true), snowball(number_word(i)));
  }
  stemmer.trim(0);
  stemmer.trim(0);
  EXPECT_EQ(stemmer.stem("attacks", true), "attack");
}

TEST(Stemmer, CanBeMoved) {
  Stemmer stemmer("en");
  const TermId id = stemmer.id("attacks", true);
  Stemmer moved = std::move(stemmer);
  EXPECT_EQ(moved.id("attacks", true), id);
  EXPECT_EQ(moved.stem("talking", true), "talk");
}

TEST(Stemmers, KeepOneForEachLanguage) {
  Stemmers stemmers;
  Stemmer& english = stemmers["en"];
  const TermId id = english.id("attacks", true);
  for (const auto& entry : kWords) (void)stemmers[entry.first].id("x", true);
  for (std::uint64_t i = 0; i < 200; ++i) (void)stemmers[number_word(i)];
  EXPECT_EQ(&stemmers["en"], &english);
  EXPECT_EQ(english.id("attacks", true), id);
  EXPECT_EQ(stemmers["de"].stem("attacks", true), Xapian::Stem("de")("attacks"));
  stemmers.trim(0);
  EXPECT_EQ(stemmers["en"].id("securities", true), 0U);
}

}  // namespace
}  // namespace dateline
