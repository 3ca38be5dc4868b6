// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/person_name.h"

#include <cstddef>
#include <gtest/gtest.h>
#include <initializer_list>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/name_key.h"
#include "common/text.h"
#include "tests/hostile_texts.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

// "donald trump, jr": the words, the surname behind a bar, the suffix behind a comma.
std::string printed(std::string_view name) {
  const PersonName parsed = parse_person_name(name);
  std::string all;
  for (std::size_t i = 0; i < parsed.words.size(); ++i) {
    if (i > 0) all += i == parsed.surname ? "|" : " ";
    all += parsed.words[i];
  }
  return parsed.suffix.empty() ? all : all + "," + parsed.suffix;
}

bool is_nickname(const std::string& short_form, const std::string& full_form) {
  return (short_form == "bill" && full_form == "william") || (short_form == "bob" && full_form == "robert");
}

// Whichever is asked about first.
bool one_person(std::string_view a, std::string_view b) {
  const PersonName left = parse_person_name(a);
  const PersonName right = parse_person_name(b);
  const bool may_be = may_be_one_person(left, right, is_nickname);
  EXPECT_EQ(may_be_one_person(right, left, is_nickname), may_be) << a << " / " << b;
  return may_be;
}

using Pairs = std::initializer_list<std::pair<std::string_view, std::string_view>>;

void expect_one_person(Pairs pairs) {
  for (const auto& [a, b] : pairs) EXPECT_TRUE(one_person(a, b)) << a << " / " << b;
}

void expect_two_people(Pairs pairs) {
  for (const auto& [a, b] : pairs) EXPECT_FALSE(one_person(a, b)) << a << " / " << b;
}

std::string spelling(std::string_view name) { return spelling_key(fold(name)); }
std::string sound(std::string_view name) { return sound_key(fold(name)); }

// ---- how names are built -------------------------------------------------------------------------------------------

TEST(ParsePersonName, PrintsAsExpected) {
  for (const auto& [name, expected] : Pairs{
           {"Dmitry Peskov", "dmitry|peskov"},
           {"Peskov", "peskov"},
           {"DMITRY PESKOV", "dmitry|peskov"},
           {"Jean-Luc Mélenchon", "jeanluc|melenchon"},
           {"John O'Neill", "john|oneill"},
           {"John O’Neill", "john|oneill"},
           {"Дмитрий Песков", "дмитрий|песков"},
           {"J.R. Smith", "j r|smith"},
           {"J. R. Smith", "j r|smith"},
           {"George H.W. Bush", "george h w|bush"},
           {"Donald J. Trump", "donald j|trump"},
           {"Dmitry\n  Peskov", "dmitry|peskov"},
           {"Dmitry\u00A0Peskov", "dmitry|peskov"},
       }) {
    EXPECT_EQ(printed(name), expected) << name;
  }
}

TEST(ParsePersonName, ParticlesBelongToTheSurname) {
  for (const auto& [name, expected] : Pairs{
           {"Ursula von der Leyen", "ursula|von der leyen"},
           {"Ludwig van Beethoven", "ludwig|van beethoven"},
           {"Osama bin Laden", "osama|bin laden"},
           {"Bill de Blasio", "bill|de blasio"},
           {"Omar al Bashir", "omar|al bashir"},
           {"Charles de Gaulle", "charles|de gaulle"},
       }) {
    EXPECT_EQ(printed(name), expected) << name;
  }
}

TEST(ParsePersonName, SurnameWithAParticleAloneIsNotFull) {
  for (const std::string_view name : {"bin Laden", "de Blasio", "von der Leyen", "Van der Bellen"}) {
    const PersonName parsed = parse_person_name(name);
    EXPECT_EQ(parsed.surname, 0U) << name;
    EXPECT_FALSE(parsed.is_full()) << name;
  }
  EXPECT_TRUE(parse_person_name("Al Gore").is_full());
}

TEST(ParsePersonName, SuffixIsNoWord) {
  for (const auto& [name, expected] : Pairs{
           {"Donald Trump Jr.", "donald|trump,jr"},
           {"Donald Trump, Jr.", "donald|trump,jr"},
           {"Donald Trump Jr", "donald|trump,jr"},
           {"Sammy Davis, Junior", "sammy|davis,jr"},
           {"Martin Luther King Sr.", "martin luther|king,sr"},
           {"John D. Rockefeller IV", "john d|rockefeller,iv"},
           {"King Charles III", "king|charles,iii"},
           {"Donald Trump JR.", "donald|trump,jr"},
           {"Junior", "junior"},
           {"Jr.", "jr"},
       }) {
    EXPECT_EQ(printed(name), expected) << name;
  }
}

TEST(ParsePersonName, NothingHasNoWords) {
  for (const std::string_view name : {"", " ", "...", "- -", "\n", "“”"}) {
    EXPECT_TRUE(parse_person_name(name).words.empty()) << name;
    EXPECT_FALSE(parse_person_name(name).is_full()) << name;
  }
}

TEST(ParsePersonName, FullNamesHaveTwoWords) {
  EXPECT_TRUE(parse_person_name("Dmitry Peskov").is_full());
  EXPECT_FALSE(parse_person_name("Peskov").is_full());
  EXPECT_FALSE(parse_person_name("Trump Jr.").is_full());
  EXPECT_EQ(parse_person_name("Ursula von der Leyen").last(), "leyen");
}

TEST(NameSuffix, KnowsThemInAnySpelling) {
  for (const auto& [word, suffix] : Pairs{{"jr", "jr"},
                                          {"jr.", "jr"},
                                          {"jnr", "jr"},
                                          {"junior", "jr"},
                                          {"sr.", "sr"},
                                          {"snr", "sr"},
                                          {"senior", "sr"},
                                          {"ii", "ii"},
                                          {"iii", "iii"},
                                          {"iv", "iv"},
                                          {"", ""},
                                          {".", ""},
                                          {"trump", ""},
                                          {"i", ""},
                                          {"mr.", ""}}) {
    EXPECT_EQ(name_suffix(word), suffix) << word;
  }
}

TEST(IsNameParticle, KnowsThem) {
  for (const std::string_view word : {"van", "von", "der", "de", "del", "della", "bin", "ibn", "al", "el", "abu", "di",
                                      "da", "dos", "la", "le", "ten", "zu"}) {
    EXPECT_TRUE(is_name_particle(word)) << word;
  }
  for (const std::string_view word : {"", "peskov", "va", "vann", "Van", "of", "the", "a"}) {
    EXPECT_FALSE(is_name_particle(word)) << word;
  }
}

// ---- spellings -----------------------------------------------------------------------------------------------------

TEST(SpellingKey, IsTheSameOfAllRomanisations) {
  for (const std::vector<std::string_view>& names : std::initializer_list<std::vector<std::string_view>>{
           {"Zelensky", "Zelenskiy", "Zelenskyy", "Zelenskij", "Зеленский", "Зеленський"},
           {"Natalia", "Natalya", "Natalja", "Наталия"},
           {"Peskov", "Песков", "PESKOV"},
           {"Putin", "Путин"},
           {"Yurchenko", "Iurchenko", "Юрченко"},
           {"Khrushchev", "Хрущёв"},
           {"Elena", "Yelena", "Елена"},
           {"Lavrov", "Лавров"},
           {"Medvedev", "Медведев"},
           {"Yanukovych", "Yanukovich"},
           {"Tchaikovsky", "Chaikovsky"},
           {"Papandreou", "Παπανδρέου"},
           {"Müller", "Muller"},
           {"Qaddafi", "Kaddafi", "Kadafi"},
       }) {
    for (const std::string_view name : names) EXPECT_EQ(spelling(name), spelling(names.front())) << name;
  }
  EXPECT_EQ(spelling("Zelenskyy"), "zelenski");
}

TEST(SpellingKey, TellsNamesApart) {
  for (const auto& [a, b] : Pairs{{"Peskov", "Petrov"},
                                  {"Putin", "Patin"},
                                  {"Miller", "Moeller"},
                                  {"Natalia", "Natasha"},
                                  {"Gaddafi", "Hariri"},
                                  {"Ivanov", "Ivanova"}}) {
    EXPECT_NE(spelling(a), spelling(b)) << a;
  }
}

TEST(SoundKey, IsTheSameOfNamesSpeltByEar) {
  for (const auto& [a, b] : Pairs{{"Gaddafi", "Qaddafi"},
                                  {"Gaddafi", "Kadafi"},
                                  {"Gadhafi", "Qadhafi"},
                                  {"Mohammed", "Muhammad"},
                                  {"Hussein", "Hussain"},
                                  {"Qaeda", "Qaida"},
                                  {"Zelensky", "Zelenskyy"},
                                  {"Песков", "Peskov"}}) {
    EXPECT_EQ(sound(a), sound(b)) << a << " / " << b;
  }
  for (const auto& [a, b] : Pairs{{"Peskov", "Putin"}, {"Gaddafi", "Mubarak"}, {"Miller", "Merkel"}}) {
    EXPECT_NE(sound(a), sound(b)) << a << " / " << b;
  }
}

TEST(SoundKey, IsTheSameOfGaddafiAndQadhafi) {
  EXPECT_EQ(sound("Gaddafi"), "ktf");
  EXPECT_EQ(sound("Qadhafi"), "ktf");
  EXPECT_EQ(sound("Gaddafi"), sound("Gadhafi"));
}

TEST(SoundKey, HearsAVowelInFront) {
  EXPECT_NE(sound("Assad"), sound("Saad"));
  EXPECT_EQ(sound("Abbas").front(), 'a');
}

// ---- one person or two ---------------------------------------------------------------------------------------------

TEST(MayBeOnePerson, GivenNamesAgree) {
  expect_one_person({
      {"Dmitry Peskov", "Dmitry Peskov"},
      {"Dmitry Peskov", "DMITRY PESKOV"},
      {"Dmitry Peskov", "D. Peskov"},
      {"Dmitry Peskov", "Dmitri Peskov"},
      {"Bill Clinton", "William Clinton"},
      {"Natalia Veselnitskaya", "Natalya Veselnitskaya"},
      {"Volodymyr Zelensky", "Volodymyr Zelenskyy"},
      {"Vladimir Putin", "Владимир Путин"},
      {"Bob Miller", "Роберт Миллер"},
      {"Jean-Luc Mélenchon", "Jean-Luc Melenchon"},
      {"John O'Neill", "John O’Neill"},
  });
  expect_two_people({
      {"Dmitry Peskov", "Ivan Peskov"},
      {"Dmitry Peskov", "I. Peskov"},
      {"Bill Clinton", "Hillary Clinton"},
      {"Bill Clinton", "Robert Clinton"},
      {"Bob Clinton", "William Clinton"},
      {"Dmitry Peskov", "Dmitry Medvedev"},
      {"John Miller", "Johanna Miller"},
  });
}

TEST(MayBeOnePerson, MiddleNamesMayBeLeftOut) {
  expect_one_person({
      {"Donald Trump", "Donald J. Trump"},
      {"Donald John Trump", "Donald J. Trump"},
      {"D. J. Trump", "Donald Trump"},
      {"Robert Mugabe", "Robert Gabriel Mugabe"},
      {"George Bush", "George W. Bush"},
      {"George Bush", "George H. W. Bush"},
      {"George H.W. Bush", "George H. W. Bush"},
      {"William Jefferson Clinton", "Bill Clinton"},
  });
  expect_two_people({{"Gabriel Mugabe", "Robert Gabriel Mugabe"}});
}

TEST(MayBeOnePerson, MiddleNamesMayNotContradict) {
  expect_two_people({
      {"George W. Bush", "George H. Bush"},
      {"Donald J. Trump", "Donald K. Trump"},
      {"John Fitzgerald Kennedy", "John Gerald Kennedy"},
      {"John Fitzgerald Kennedy", "John G. Kennedy"},
      {"John A. B. Miller", "John B. A. Miller"},
  });
}

TEST(MayBeOnePerson, GeorgeWIsNotGeorgeHW) {
  expect_two_people({{"George W. Bush", "George H. W. Bush"}, {"George W. Bush", "George H.W. Bush"}});
}

TEST(MayBeOnePerson, SuffixesMustBeTheSame) {
  expect_two_people({
      {"Donald Trump", "Donald Trump Jr."},
      {"Donald Trump Sr.", "Donald Trump Jr."},
      {"John Rockefeller III", "John Rockefeller IV"},
  });
  expect_one_person({{"Donald Trump Jr.", "Donald Trump, Jr."},
                     {"Donald Trump Jr", "Donald J. Trump Junior"},
                     {"John Rockefeller IV", "John D. Rockefeller IV"}});
}

TEST(MayBeOnePerson, OnlyFullNamesCanTell) {
  expect_two_people({{"Peskov", "Dmitry Peskov"}, {"Peskov", "Peskov"}, {"", ""}, {"", "Dmitry Peskov"}});
}

TEST(MayBeOnePerson, InitialsOfOtherScriptsAgree) {
  expect_one_person(
      {{"В. Путин", "Владимир Путин"}, {"В. В. Путин", "Владимир Путин"}, {"V. Putin", "Владимир Путин"}});
}

TEST(MayBeOnePerson, ArabicArticlesAgreeWithAndWithoutHyphen) {
  expect_one_person({{"Omar al-Bashir", "Omar al Bashir"}, {"Omar al-Bashir", "Omar Bashir"}});
}

// ---- name_key ------------------------------------------------------------------------------------------------------

TEST(NameKey, PrintsAsExpected) {
  for (const auto& [name, expected] : Pairs{
           {"al-Sayed", "al sayed"},
           {"The Hague", "hague"},
           {"U.S.", "us."},
           {"US", "us."},
           {"Dmitry Peskov", "dmitry peskov"},
           {"DMITRY\n  PESKOV", "dmitry peskov"},
           {"Jean-Luc Mélenchon", "jean luc melenchon"},
           {"the National Security Agency", "national security agency"},
           {"National  Security\u00A0Agency", "national security agency"},
           {"", ""},
           {" - ", ""},
       }) {
    EXPECT_EQ(name_key(name), expected) << name;
  }
  EXPECT_EQ(name_key("Müller"), name_key("MULLER"));
  EXPECT_EQ(name_key("O’Neill"), name_key("O'Neill"));
}

// ---- properties ----------------------------------------------------------------------------------------------------

std::string random_name(std::mt19937_64& random) {
  constexpr std::string_view kPieces[] = {
      "Dmitry", "Peskov", "bin",     "von",       "al-", "de", "Jr.",    "III",  "J.",     "W.",     "H.W.", " ",
      " ",      " ",      "-",       "'",         "’",   ",",  "Песков", "Пётр", "é",      "北京",   "ا",    "\n",
      "\u00A0", ".",      "O'Neill", "Zelenskyy", "y",   "ck", "ß",      "1",    "\u0301", "\u00AD", "Bill", "William"};
  std::string bytes;
  for (auto n = random() % 8; n > 0; --n) {
    if (random() % 6 == 0) {
      bytes += static_cast<char>(random());
    } else {
      bytes += kPieces[random() % std::size(kPieces)];
    }
    if (random() % 2 == 0) bytes += ' ';
  }
  return normalize_text(bytes);
}

TEST(PersonNames, HoldTheirContractForAnyText) {
  DATELINE_SEEDED(random);
  for (int i = 0; i < 10000; ++i) {
    const std::string name = random_name(random);
    SCOPED_TRACE(testing::PrintToString(name));
    const PersonName parsed = parse_person_name(name);
    ASSERT_TRUE(parsed.words.empty() ? parsed.surname == 0 : parsed.surname < parsed.words.size());
    ASSERT_TRUE(parsed.suffix.empty() || name_suffix(parsed.suffix) == parsed.suffix);
    for (const std::string& word : parsed.words) {
      ASSERT_FALSE(word.empty());
      ASSERT_TRUE(is_valid_utf8(word));
      ASSERT_EQ(word.find_first_of(" \n.-'"), std::string::npos) << word;
      const std::string key = spelling_key(word);
      ASSERT_EQ(key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"), std::string::npos) << key;
      ASSERT_EQ(key, spelling_key(word));
      const std::string heard = sound_key(word);
      ASSERT_EQ(heard.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"), std::string::npos) << heard;
    }
    const PersonName folded = parse_person_name(fold(name));
    ASSERT_EQ(folded.words, parsed.words);
    ASSERT_EQ(folded.suffix, parsed.suffix);
    // A full name may be its own; the order does not matter.
    ASSERT_EQ(may_be_one_person(parsed, folded, is_nickname), parsed.is_full());
    one_person(name, random_name(random));

    const std::string key = name_key(name);
    ASSERT_TRUE(is_valid_utf8(key));
    ASSERT_EQ(key.find("  "), std::string::npos) << key;
    ASSERT_TRUE(key.empty() || (key.front() != ' ' && key.back() != ' ')) << key;
  }
}

TEST(PersonNames, HoldTheirContractForLongNames) {
  for (const std::string_view unit : {"a", "A. ", "van ", "jr. ", "-", "ye", "zh", "Песков ", "щ", "北", "北 "}) {
    const std::string name = repeated(unit, 300'000);
    const PersonName parsed = parse_person_name(name);
    EXPECT_EQ(may_be_one_person(parsed, parse_person_name(name + " "), is_nickname), parsed.is_full()) << unit;
    EXPECT_EQ(name_key(name), name_key(name + " ")) << unit;
    if (!parsed.words.empty()) {
      EXPECT_EQ(spelling_key(parsed.last()), spelling_key(parsed.last())) << unit;
      EXPECT_EQ(sound_key(parsed.last()), sound_key(parsed.last())) << unit;
    }
  }
}

}  // namespace
}  // namespace dateline
