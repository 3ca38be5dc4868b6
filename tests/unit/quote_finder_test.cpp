// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/quote_finder.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <initializer_list>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "common/text.h"
#include "indexer/names/article_pass.h"
#include "indexer/sentences/sentence_splitter.h"
#include "tests/hostile_texts.h"
#include "tests/quote_contract.h"
#include "tests/unit/quote_reading.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

// Each quote in marks as "kind rule name (mention) [cue]", "!" behind the rule for a high confidence, "-" for nobody.
std::string told(const Reading& reading) {
  static constexpr std::array<std::string_view, 3> kKinds = {"direct", "mixed", "indirect"};
  static constexpr std::array<std::string_view, 10> kRules = {"none",      "after",     "inverted",  "before",  "colon",
                                                              "according", "continued", "paragraph", "subject", "copy"};
  std::string shown;
  const auto words = [&](ByteSpan span) { return reading.text.substr(span.begin, span.size()); };
  for (const Quote& quote : reading.quotes) {
    if (quote.kind == QuoteKind::kIndirect) continue;  // indirect_speech_test.cpp
    if (!shown.empty()) shown += "; ";
    shown += kKinds[static_cast<std::size_t>(quote.kind)];
    shown += ' ';
    shown += kRules[static_cast<std::size_t>(quote.rule)];
    if (quote.rule != SpeakerRule::kNone && quote.confidence == Confidence::kHigh) shown += '!';
    shown += ' ' + (quote.name == kNobody ? "-" : reading.names.names[quote.name].name);
    if (!quote.speaker.empty()) shown += " (" + words(quote.speaker) + ')';
    if (!quote.cue.empty()) shown += " [" + words(quote.cue) + ']';
  }
  return shown;
}

struct Case {
  std::string_view text;  // behind kPeople
  std::string_view told;
};

void expect_told(std::initializer_list<Case> cases) {
  for (const Case& one : cases)
    EXPECT_EQ(told(read(std::string(kPeople) + std::string(one.text))), one.told) << one.text;
}

TEST(QuoteFinder, SaidAfter) {
  expect_told(
      {{"“We agreed on nothing at all,” Peskov said.", "direct after! Dmitry Peskov (Peskov) [said]"},
       {"“Why should we agree on that?” Lukash asked.", "direct after! Svetlana Lukash (Lukash) [asked]"},
       {"“We agreed on nothing,” Peskov told reporters on Monday.", "direct after! Dmitry Peskov (Peskov) [told]"},
       {"“Perhaps,” Lukash later added.", "direct after! Svetlana Lukash (Lukash) [added]"}});
}

TEST(QuoteFinder, Inverted) {
  expect_told(
      {{"“We agreed on nothing at all,” said Peskov.", "direct inverted! Dmitry Peskov (Peskov) [said]"},
       {"“We agreed on nothing at all,” said Kremlin spokesman Dmitry Peskov.",
        "direct inverted! Dmitry Peskov (Dmitry Peskov) [said]"},
       {"“We agreed on nothing at all,” said the Kremlin's spokesman, Dmitry Peskov.",
        "direct inverted! Dmitry Peskov (Dmitry Peskov) [said]"},
       {"“We agreed on nothing at all,” said a senior official.", "direct inverted! - (a senior official) [said]"}});
}

TEST(QuoteFinder, SaidBefore) {
  expect_told(
      {{"Peskov said: “We agreed on nothing at all.”", "direct before! Dmitry Peskov (Peskov) [said]"},
       {"Lukash said on Monday, “We agreed on nothing at all.”", "direct before Svetlana Lukash (Lukash) [said]"},
       {"Peskov said it was “a very long day for all of us.”", "mixed before Dmitry Peskov (Peskov) [said]"}});
}

TEST(QuoteFinder, CueBetweenTheParts) {
  expect_told({{"“We agreed,” Peskov said, “and then we left the room.”",
                "direct after! Dmitry Peskov (Peskov) [said]; direct before! Dmitry Peskov (Peskov) [said]"},
               {"“We agreed,” said Lukash, “and then we left the room.”",
                "direct inverted! Svetlana Lukash (Lukash) [said]; direct before! Svetlana Lukash (Lukash) [said]"},
               {"“We agreed,” Lukash told Peskov. “And then we left the room.”",
                "direct after! Svetlana Lukash (Lukash) [told]; direct continued! Svetlana Lukash (Lukash)"}});
}

TEST(QuoteFinder, MixedOnesNeedAVerb) {
  expect_told({{"Peskov called it “a done deal”.", "mixed before Dmitry Peskov (Peskov) [called]"},
               {"Lukash described the talks as “useful”.", "mixed before Svetlana Lukash (Lukash) [described]"},
               {"Peskov said the talks were “useful”.", "mixed before Dmitry Peskov (Peskov) [said]"},
               {"The “site” is in Moscow.", ""},
               {"The so-called “cyber unit” is in Moscow.", ""}});
}

TEST(QuoteFinder, TitlesAreNoSpeech) {
  expect_told({{"Trump wrote “The Art of the Deal” long ago in New York with others.",
                "mixed before! Donald Trump (Trump) [wrote]"},
               {"The film “Gone With the Wind and the Rain” was shown on Monday.", ""},
               {"A play, “Much Ado About Nothing at All”, was shown on Monday.", ""}});
}

TEST(QuoteFinder, ColonLeads) {
  expect_told({{"Peskov: “We agreed on nothing at all.”", "direct colon! Dmitry Peskov (Peskov)"},
               {"Lukash had this message for the others: “We agreed on nothing at all.”",
                "direct colon Svetlana Lukash (Lukash)"},
               {"Peskov said this on Monday:\n\n“We agreed on nothing at all.”",
                "direct colon! Dmitry Peskov (Peskov) [said]"}});
}

TEST(QuoteFinder, AccordingTo) {
  expect_told({{"“We agreed on nothing at all,” according to Peskov.",
                "direct according! Dmitry Peskov (Peskov) [according to]"},
               {"According to Lukash, “we agreed on nothing at all.”",
                "direct according! Svetlana Lukash (Lukash) [According to]"},
               {"It was “a very long day for all,” according to Trump.",
                "mixed according! Donald Trump (Trump) [according to]"}});
}

TEST(QuoteFinder, WhatStandsBetweenSubjectAndVerb) {
  expect_told(
      {{"“We agreed on nothing,” Peskov, speaking by phone, told reporters.",
        "direct after! Dmitry Peskov (Peskov) [told]"},
       {"“We agreed on nothing,” Lukash, a Russian official who led the talks, said.",
        "direct after! Svetlana Lukash (Lukash) [said]"},
       {"“We agreed on nothing,” Peskov (right) said.", "direct after! Dmitry Peskov (Peskov) [said]"},
       {"“We agreed on nothing,” Lukash of the ministry said.", "direct after! Svetlana Lukash (Lukash) [said]"}});
}

TEST(QuoteFinder, WhoClauses) {
  expect_told(
      {{"It was planned by Peskov, who said: “We agreed on nothing at all.”",
        "direct before! Dmitry Peskov (Peskov, who) [said]"},
       {"The others met Lukash, who called it “a done deal”.", "mixed before Svetlana Lukash (Lukash, who) [called]"},
       {"They met Trump, who told them, “We agreed on nothing.”", "direct before! Donald Trump (Trump, who) [told]"}});
}

TEST(QuoteFinder, VerbsJoinedByAnd) {
  expect_told(
      {{"Peskov turned to Trump and said: “We agreed on nothing.”", "direct before! Dmitry Peskov (Peskov) [said]"},
       {"Lukash looked at the paper and said, “It is useless.”", "direct before! Svetlana Lukash (Lukash) [said]"},
       {"Trump told Lukash that they would meet, Peskov waited and said, “So be it.”",
        "direct before! Dmitry Peskov (Peskov) [said]"}});
}

TEST(QuoteFinder, WhoseVerbItIs) {
  expect_told(
      {{"As Peskov noted, “we agreed on nothing at all.”", "direct before! Dmitry Peskov (Peskov) [noted]"},
       {"Or, as Peskov, the spokesman, put it: “We agreed on nothing at all.”",
        "direct before Dmitry Peskov (Peskov) [put]"},
       {"The talks were so long that Lukash was moved to say, “We agreed on nothing at all.”",
        "direct before! Svetlana Lukash (Lukash) [say]"},
       {"After Lukash said “we agreed on nothing at all,” they left.", "mixed before! Svetlana Lukash (Lukash) [said]"},
       {"Peskov was tired. He's said it was “a very long day for all.”", "mixed before Dmitry Peskov (He) [said]"},
       {"Lukash left and in a statement credited him for “agreeing on nothing at all.”",
        "mixed before Svetlana Lukash (Lukash) [credited]"},
       {"“We agreed on nothing at all,” federal prosecutors wrote.", "direct after! - (federal prosecutors) [wrote]"},
       {"When asked about it, Ms. Lukash smiled and said, “We agreed on nothing at all.”",
        "direct before! Svetlana Lukash (Lukash) [said]"},
       {"A few days later, Peskov left, telling them they “agreed on nothing at all.”",
        "mixed before Dmitry Peskov (Peskov) [telling]"},
       {"Lukash said the talks were “useful,” noting that it was “a very long day for all.”",
        "mixed before Svetlana Lukash (Lukash) [said]; mixed before Svetlana Lukash (Lukash) [noting]"},
       {"“We may agree on that, but it seems unlikely” that anybody wins, said Peskov, the spokesman.",
        "direct inverted Dmitry Peskov (Peskov) [said]"}});
}

TEST(QuoteFinder, WhoseVerbItIsNot) {
  expect_told(
      {{"The spokesman, Dmitry Peskov of the International Organisation for Ports (IOP), said it was “a done deal”.",
        "mixed before Dmitry Peskov (The spokesman) [said]"},
       {"“We agreed on nothing,” said the Minister of Ports and Fisheries, Svetlana Lukash.",
        "direct inverted! Svetlana Lukash (Svetlana Lukash) [said]"},
       {"“We agreed on nothing,” Peskov said. “Is that all?” Lukash said she would not tell.",
        "direct after! Dmitry Peskov (Peskov) [said]; direct continued! Dmitry Peskov (Peskov)"}});
}

TEST(QuoteFinder, BaseFormsBehindAnArticleAreNouns) {
  expect_told(
      {{"Peskov delivered a snappy retort: “We agreed on nothing at all.”", "direct colon Dmitry Peskov (Peskov)"},
       {"Lukash posted a Twitter comment, saying, “We agreed on nothing at all.”",
        "direct before! Svetlana Lukash (Lukash) [saying]"},
       {"The senators say it was “a very long day for all of us.”", "mixed before - (The senators) [say]"}});
}

TEST(QuoteFinder, AnybodyGivesWayToWhoSaysSo) {
  expect_told({{"Peskov said many women who complained “would be heard in Moscow.”",
                "mixed before Dmitry Peskov (Peskov) [said]"},
               {"Lukash said a lot of voters would find it “very hard to look past this.”",
                "mixed before Svetlana Lukash (Lukash) [said]"}});
}

TEST(QuoteFinder, LabelsBehindADash) {
  expect_told({{"OFFICIALS SAY NOTHING IN MOSCOW - Dmitry Peskov: “We agreed on nothing at all.”",
                "direct colon! Dmitry Peskov (Dmitry Peskov)"}});
}

TEST(QuoteFinder, SomebodyForSomebodyIsNobody) {
  expect_told(
      {{"“We agreed on nothing,” a spokesman for Trump said.", "direct after! - (a spokesman for Trump) [said]"},
       {"“We agreed on nothing,” said a spokesman for Trump.", "direct inverted! - (a spokesman for Trump) [said]"},
       {"“We agreed on nothing,” the two senators said.", "direct after! - (the two senators) [said]"},
       {"“We agreed on nothing,” they said.", "direct after! - (they) [said]"}});
}

TEST(QuoteFinder, Roles) {
  expect_told(
      {{"“We agreed on nothing at all,” the Kremlin spokesman added.",
        "direct after! Dmitry Peskov (spokesman) [added]"},
       {"“We agreed on nothing at all,” the spokesman said.", "direct after! Dmitry Peskov (the spokesman) [said]"},
       {"“We agreed on nothing at all,” said the spokesman.",
        "direct inverted! Dmitry Peskov (the spokesman) [said]"}});
}

TEST(QuoteFinder, Pronouns) {
  expect_told(
      {{"Lukash came late. “We agreed on nothing at all,” she said.", "direct after! Svetlana Lukash (she) [said]"},
       {"Peskov met Lukash at noon. “We agreed on nothing,” he said.", "direct after! Dmitry Peskov (he) [said]"},
       {"Peskov met Lukash at noon. “We agreed on nothing,” she said.", "direct after! Svetlana Lukash (she) [said]"},
       {"“We agreed,” Trump said.\n\n“It was late for all of us,” he said.",
        "direct after! Donald Trump (Trump) [said]; direct after! Donald Trump (he) [said]"},
       // What a pronoun alone has told of Jean-Luc's gender is less than what a kinship tells of Auguste's.
       {"Jean-Luc Ferrand, 59, who took over from his father, Auguste Ferrand, in 2004, said the flood had cost "
        "millions "
        "of euros. He said insurers had paid. The elder Ferrand, 88, founded the company with one barge in Le "
        "Havre.\n\n"
        "“We lost a crane every winter,” he said.",
        "direct after! Auguste Ferrand (he) [said]"}});
}

TEST(QuoteFinder, OrganizationsAndDocuments) {
  expect_told(
      {{"The Ministry of Finance waited. “We agreed on nothing at all,” the ministry said in a statement.",
        "direct after! Ministry of Finance (the ministry) [said]"},
       {"“We agreed on nothing at all,” the statement said.", "direct after! - (the statement) [said]"},
       {"An internal forecast of the Ministry of Finance speaks of “a very long winter in Moscow.”",
        "mixed before Ministry of Finance (An internal forecast of the Ministry of Finance) [speaks]"},
       {"A letter from Lukash said: “We agreed on nothing at all.”",
        "direct before! Svetlana Lukash (A letter from Lukash) [said]"},
       {"A study of Lukash said: “Nobody agreed on it.”", "direct before! - (A study of Lukash) [said]"},
       {"“We agreed on nothing at all,” the company wrote on Twitter.", "direct after! - (the company) [wrote]"}});
}

TEST(QuoteFinder, SpeechesOfSeveralParagraphs) {
  expect_told({{"“We agreed on nothing,” Peskov said. “It was late.\n\n“We were all tired.\n\n“Then we left.”",
                "direct after! Dmitry Peskov (Peskov) [said]; direct continued! Dmitry Peskov (Peskov); "
                "direct paragraph! Dmitry Peskov (Peskov); direct paragraph! Dmitry Peskov (Peskov)"},
               {"“It was very late in the evening.\n\n“We were all rather tired by then,” Lukash said.",
                "direct paragraph! Svetlana Lukash (Lukash); direct after! Svetlana Lukash (Lukash) [said]"},
               {"Peskov rose.\n\n“It was very late in the evening.\n\n“We were all rather tired by then.”",
                "direct subject Dmitry Peskov (Peskov); direct paragraph Dmitry Peskov (Peskov)"}});
}

TEST(QuoteFinder, ParagraphsOfNothingButQuote) {
  expect_told(
      {{"“We agreed on nothing,” Peskov said.\n\n“It was very late in the evening.”",
        "direct after! Dmitry Peskov (Peskov) [said]; direct paragraph Dmitry Peskov (Peskov)"},
       {"Peskov said: “We agreed on nothing.”\n\n“It was very late in the evening.”",
        "direct before! Dmitry Peskov (Peskov) [said]; direct none -"},
       {"“We agreed on nothing,” Peskov said. Others rose to speak.\n\n“It was very late in the evening.”",
        "direct after! Dmitry Peskov (Peskov) [said]; direct none -"},
       {"“We agreed on nothing,” Peskov said. He rose.\n\n“It was very late in the evening.”",
        "direct after! Dmitry Peskov (Peskov) [said]; direct paragraph Dmitry Peskov (He)"},
       {"Peskov had three answers for them:\n\n“It was late.”\n\n“We were tired.”",
        "direct colon Dmitry Peskov (Peskov); direct colon Dmitry Peskov (Peskov)"},
       {"“We agreed on nothing at all.”\n\n- Svetlana Lukash.", "direct after Svetlana Lukash (Svetlana Lukash)"}});
}

TEST(QuoteFinder, SpeechBehindAParagraphAboutOnePerson) {
  expect_told(
      {{"Lukash runs the talks from Moscow. The trains to it were late. She left early.\n\n“It was late in the "
        "evening.”",
        "direct subject Svetlana Lukash (Lukash)"},
       {"Lukash runs the talks. Peskov does not.\n\n“It was very late in the evening.”", "direct none -"},
       {"The talks are run from Moscow. Lukash likes them.\n\n“It was very late in the evening.”", "direct none -"}});
}

TEST(QuoteFinder, WhoTakesOver) {
  expect_told({{"“We agreed on nothing,” Peskov said. She paused. “It was the trains.”",
                "direct after! Dmitry Peskov (Peskov) [said]; direct subject Svetlana Lukash (She)"},
               {"“We agreed on nothing,” Peskov said. He paused. “It was the trains.”",
                "direct after! Dmitry Peskov (Peskov) [said]; direct continued! Dmitry Peskov (Peskov)"}});
}

TEST(QuoteFinder, NounsOfSpeech) {
  expect_told(
      {{"Lukash came late. Nobody liked her recent remark that “a deal is no place for trains.”",
        "mixed before Svetlana Lukash (her) [remark]"},
       {"Peskov's answer was that “a deal is no place for trains.”", "mixed before Dmitry Peskov (Peskov) [answer]"},
       {"Everybody liked Moscow's answer of “a deal and no more trains.”", "mixed none -"},
       {"Peskov rose, and he used the word “trains” once.", "mixed before Dmitry Peskov (he) [used the word]"},
       {"Peskov rose. The word “trains” was not used.", ""}});
}

TEST(QuoteFinder, Introductions) {
  expect_told({{"“We agreed on nothing,” Peskov said. On the other hand, “it was very late in the evening.”",
                "direct after! Dmitry Peskov (Peskov) [said]; direct continued! Dmitry Peskov (Peskov)"},
               {"“We agreed on nothing,” Peskov said. But, said Lukash, “it was very late in the evening.”",
                "direct after! Dmitry Peskov (Peskov) [said]; direct before! Svetlana Lukash (Lukash) [said]"},
               {"Peskov's spokeswoman, Svetlana Lukash, said Trump was “very late in the evening.”",
                "mixed before Svetlana Lukash (Svetlana Lukash) [said]"},
               {"Peskov's letter made a case: “We agreed on nothing at all.”", "direct colon - (Peskov's letter)"},
               {"The timing of it was clear: “We agreed on nothing at all.”", "direct none -"},
               {"Trains were cancelled on Monday, with Peskov reportedly yelling: “We agreed on nothing at all.”",
                "direct before! Dmitry Peskov (Peskov) [yelling]"}});
}

TEST(QuoteFinder, SignedInALineOfTheirOwn) {
  expect_told({{"“We agreed on nothing at all.\nSpokesman Dmitry Peskov.”\n\nThen he left.",
                "direct after Dmitry Peskov (Dmitry Peskov)"},
               {"“We agreed on nothing at all.\nIt was the evening on which he met Dmitry Peskov.”", "direct none -"}});
}

TEST(QuoteFinder, TagsBehindAFullStop) {
  expect_told(
      {{"“We agreed on nothing at all.” Peskov said. Then he left.", "direct after Dmitry Peskov (Peskov) [said]"},
       {"“We agreed on nothing at all.” Peskov said nothing of it.", "direct none -"}});
}

TEST(QuoteFinder, GoesOnBehindSpeechWithoutMarks) {
  expect_told(
      {{"Trump left. Nothing had been agreed, Peskov said. “It was very late in the evening.”",
        "direct continued Dmitry Peskov (Peskov)"},
       {"“We agreed on nothing,” Peskov said. Lukash said that everybody was tired. “It was very late by then.”",
        "direct after! Dmitry Peskov (Peskov) [said]; direct continued Svetlana Lukash (Lukash)"},
       {"“We agreed on nothing,” said Peskov, adding that all were tired. “It was very late by then.”",
        "direct inverted! Dmitry Peskov (Peskov) [said]; direct continued! Dmitry Peskov (Peskov)"},
       {"“We agreed on nothing,” Peskov said. “Lukash did not. Instead, “it was very late by then.”",
        "direct after! Dmitry Peskov (Peskov) [said]; direct continued! Dmitry Peskov (Peskov); direct continued! "
        "Dmitry Peskov (Peskov)"}});
}

TEST(QuoteFinder, VerbsThatNoListKnows) {
  expect_told(
      {{"“We agreed on nothing at all,” Peskov thundered.", "direct after! Dmitry Peskov (Peskov) [thundered]"},
       {"“We agreed on nothing at all,” Peskov hollered.", "direct after Dmitry Peskov (Peskov) [hollered]"},
       {"“We agreed on nothing at all,” hollered Lukash.", "direct inverted Svetlana Lukash (Lukash) [hollered]"},
       {"The “site that nobody asked for,” Peskov hollered.", "mixed none -"},
       {"After the talks, Peskov issued a paper, “We agreed on nothing at all.”",
        "direct before Dmitry Peskov (Peskov)"},
       {"After the talks, Peskov was asked, “Who agreed on nothing at all?”", "direct none -"}});
}

TEST(QuoteFinder, QuotesInQuotes) {
  expect_told(
      {{"“Lukash told us, ‘No, never, not with me,’ and left,” Peskov said.",
        "direct after! Dmitry Peskov (Peskov) [said]; direct before! Svetlana Lukash (Lukash) [told]"},
       {"“I said, ‘No, never, not with me,’ and left,” Peskov said.",
        "direct after! Dmitry Peskov (Peskov) [said]; direct before! Dmitry Peskov (Peskov) [said]"},
       {"“I met Lukash,” Peskov said. “You will hear that she told us, ‘No, never, not with me.’”",
        "direct after! Dmitry Peskov (Peskov) [said]; direct continued! Dmitry Peskov (Peskov); "
        "direct before! Svetlana Lukash (she) [told]"},
       {"“I met Lukash and Hillary Clinton and she told us, ‘No, never, not with me,’” Peskov said.",
        "direct after Dmitry Peskov (Peskov) [said]; direct before! - [told]"},
       {"“We have a ‘very good and useful’ plan,” Peskov said.", "direct after! Dmitry Peskov (Peskov) [said]"}});
}

TEST(QuoteFinder, MissingMarks) {
  expect_told({{"We agreed on nothing,” Peskov said.", "direct after! Dmitry Peskov (Peskov) [said]"},
               {"We agreed on nothing,” said Lukash. “We left.”",
                "direct inverted! Svetlana Lukash (Lukash) [said]; direct continued! Svetlana Lukash (Lukash)"},
               {"Nothing was agreed,” in the end.", ""}});
}

TEST(QuoteFinder, NobodyIsBetterThanTheWrongOne) {
  expect_told(
      {{"The talks went on for hours in the evening.\n\n“It was very late and we were all tired.”", "direct none -"},
       {"Trump was called “a very great liar indeed”.", "mixed none -"},
       {"Trump was called “a liar” by Peskov.", "mixed before Dmitry Peskov (Peskov) [called]"}});
}

TEST(QuoteFinder, OtherLanguages) {
  const auto expect = [](std::string_view text, std::string_view wanted) {
    EXPECT_EQ(told(read(text)), wanted) << text;
  };
  expect("Jürgen Müller kam. „Der Riss ist nicht von gestern“, sagte Jürgen Müller am Dienstag.",
         "direct inverted! Jürgen Müller (Jürgen Müller) [sagte]");
  expect("Jean-Luc Castaing est là. « Nous avons reçu quatre candidatures », a déclaré Jean-Luc Castaing.",
         "direct inverted! Jean-Luc Castaing (Jean-Luc Castaing) [déclaré]");
  expect("Jean-Luc Castaing est là. Il a rappelé que la nuit avait été « provisoire » en 2011.",
         "mixed before Jean-Luc Castaing (Il) [rappelé]");
  expect("「海に入ったら、底が真っ白だった」。", "direct none -");
  expect("「海に入ったら、底が真っ白だった」。組合長の大森健一さん(58)は記者会見でそう語った。",
         "direct after 大森健一 (大森健一)");
  expect("大森健一さんが来た。「父の代から六十年続けてきた」と大森さんは話した。", "direct after 大森健一 (大森)");
  expect("大森健一さんが来た。大森さんは「父の代から六十年続けてきた」と話した。", "mixed before 大森健一 (大森)");
}

// ---- any text

std::string random_article(std::mt19937_64& random) {
  static constexpr std::array<std::string_view, 62> kPieces = {"Dmitry Peskov",
                                                               "Peskov",
                                                               "Svetlana Lukash",
                                                               "Lukash",
                                                               "she",
                                                               "he",
                                                               "they",
                                                               "I",
                                                               "said",
                                                               "says",
                                                               "told",
                                                               "saying",
                                                               "called",
                                                               "by",
                                                               "was",
                                                               "who",
                                                               "and",
                                                               "but",
                                                               "that",
                                                               "the",
                                                               "spokesman",
                                                               "Kremlin",
                                                               "the spokesman",
                                                               "a",
                                                               "of",
                                                               "for",
                                                               "to",
                                                               "in",
                                                               "Moscow",
                                                               "reporters",
                                                               "according to",
                                                               "statement",
                                                               ",",
                                                               ".",
                                                               "?",
                                                               "!",
                                                               ":",
                                                               ";",
                                                               "-",
                                                               "--",
                                                               "(",
                                                               ")",
                                                               "\"",
                                                               "\"",
                                                               "“",
                                                               "”",
                                                               "‘",
                                                               "’",
                                                               "'",
                                                               "''",
                                                               "``",
                                                               "«",
                                                               "»",
                                                               "„",
                                                               "「",
                                                               "」",
                                                               "\n",
                                                               "\n\n",
                                                               "5",
                                                               "é",
                                                               "北京",
                                                               "\u0301"};
  std::string bytes;
  for (auto n = random() % 80; n > 0; --n) {
    if (random() % 40 == 0) {
      bytes += static_cast<char>(random());
    } else {
      bytes += kPieces[random() % std::size(kPieces)];
    }
    if (random() % 3 != 0) bytes += ' ';
  }
  return normalize_text(bytes);
}

bool same(const std::vector<Quote>& a, const std::vector<Quote>& b) {
  const auto all = [](const Quote& one) {
    return std::tuple(one.span.begin, one.span.end, one.speaker.begin, one.speaker.end, one.cue.begin, one.cue.end,
                      one.name, one.kind, one.rule, one.confidence);
  };
  return std::ranges::equal(a, b, [&](const Quote& x, const Quote& y) { return all(x) == all(y); });
}

TEST(QuoteFinder, HoldsItsContractForAnyText) {
  DATELINE_SEEDED(random);
  std::size_t found = 0;
  for (int i = 0; i < 8000; ++i) {
    const Reading reading = read(random_article(random));
    ASSERT_EQ(broken_quote_clause(reading.text, reading.names, reading.quotes), "") << reading.text;
    found += reading.quotes.size();
  }
  EXPECT_GT(found, 4000U);
}

TEST(QuoteFinder, FindsTheSameEveryTime) {
  DATELINE_SEEDED(random);
  for (int i = 0; i < 300; ++i) {
    const std::string text = random_article(random);
    const Reading reading = read(text);
    static_cast<void>(read(random_article(random)));
    ASSERT_TRUE(same(reading.quotes, read(text).quotes)) << text;
    // With a finder that has read nothing before.
    TokenizedText tokens;
    tokenize_names(reading.text, tokens);
    ASSERT_TRUE(same(reading.quotes, QuoteFinder(model()).find(split_sentences(reading.text), tokens, reading.names)))
        << text;
  }
}

TEST(QuoteFinder, HoldsItsContractForRepeatedText) {
  for (const std::string_view unit : kHostileQuotes) {
    const Reading reading = read(repeated(unit, 300'000));
    EXPECT_EQ(broken_quote_clause(reading.text, reading.names, reading.quotes), "") << unit;
  }
}

}  // namespace
}  // namespace dateline
