// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/word_forms.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

#include "query/reading/term_variants.h"

namespace dateline {
namespace {

bool has(const std::vector<std::string>& forms, const std::string& form) {
  return std::find(forms.begin(), forms.end(), form) != forms.end();
}

std::vector<std::string> forms_of(const std::string& word) {
  static Stemmers stemmers;
  return other_forms(word, stemmers["en"].stem(word, true));
}

TEST(WordForms, OfIrregularWords) {
  EXPECT_EQ(forms_of("won"), std::vector<std::string>{"win"});
  EXPECT_EQ(forms_of("broke"), (std::vector<std::string>{"break", "broken"}));
  EXPECT_EQ(forms_of("women"), std::vector<std::string>{"woman"});
  EXPECT_EQ(forms_of("spokesmen"), std::vector<std::string>{"spokesman"});
}

TEST(WordForms, OnBothSidesOfTheAtlantic) {
  EXPECT_EQ(forms_of("colours"), std::vector<std::string>{"colors"});
  EXPECT_EQ(forms_of("organized"), std::vector<std::string>{"organised"});
  EXPECT_EQ(forms_of("analyse"), std::vector<std::string>{"analyze"});
  EXPECT_EQ(forms_of("programme"), std::vector<std::string>{"program"}) << "not what begins with program";
  EXPECT_EQ(forms_of("cancelled"), std::vector<std::string>{"canceled"});
}

TEST(WordForms, OfNoOtherWord) {
  for (const char* word : {"", "s", "roman", "oman", "size", "ferry", "wind", "bound", "2017"}) {
    EXPECT_EQ(forms_of(word), std::vector<std::string>()) << word;
  }
}

// Whichever form is typed, the others are found.
TEST(WordForms, FindOneAnother) {
  std::mt19937 random(7);
  const std::string letters = "aeimnorsuz";
  std::vector<std::string> words{"won", "taken", "men", "labour", "defense", "fulfil", "travelling", "policewoman"};
  for (int i = 0; i < 2000; ++i) {
    std::string word;
    for (std::size_t size = random() % 12; word.size() < size;) word += letters[random() % letters.size()];
    words.push_back(word + (i % 3 == 0 ? "ise" : i % 3 == 1 ? "men" : "our"));
  }
  for (const std::string& word : words) {
    for (const std::string& form : forms_of(word)) {
      EXPECT_NE(form, word);
      EXPECT_TRUE(has(forms_of(form), word)) << word << " and " << form;
    }
  }
}

TEST(WordForms, OfInflectedWords) {
  for (const auto& [word, form] : std::vector<std::pair<std::string, std::string>>{{"wins", "won"},

                                                                                   {"leaves", "left"},
                                                                                   {"flies", "flew"},
                                                                                   {"says", "said"},
                                                                                   {"gives", "gave"}}) {
    EXPECT_TRUE(has(forms_of(word), form)) << word;
  }
  for (const std::string word : {"founded", "founder", "meeting", "building", "living", "lives", "pence", "winners"}) {
    EXPECT_EQ(forms_of(word), std::vector<std::string>()) << word;
  }
}

TEST(WordForms, AreTermsOfEnglishIndexesOnly) {
  TermVariants english({"de", "en"});
  EXPECT_TRUE(has(english.terms("won", true), "win"));
  EXPECT_TRUE(has(english.terms("travelling", true), "travel"));
  EXPECT_FALSE(has(english.terms("won", false), "win")) << "a figure or name that has no forms";
  TermVariants german({"de"});
  EXPECT_FALSE(has(german.terms("men", true), "man"));
}

}  // namespace
}  // namespace dateline
