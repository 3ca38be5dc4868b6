// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentences/sentence_splitter.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <gtest/gtest.h>
#include <initializer_list>
#include <iostream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <vector>

#include "tests/hostile_texts.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

// Marks in the tables where a sentence begins.
constexpr std::string_view kCut = "¦";

std::string without_cuts(std::string text) {
  for (std::size_t at; (at = text.find(kCut)) != std::string::npos;) text.erase(at, kCut.size());
  return text;
}

std::string with_cuts(std::string_view text, std::string_view language) {
  std::string marked(text);
  const std::vector<Sentence> sentences = split_sentences(text, language);
  for (std::size_t i = sentences.size(); i-- > 1;) marked.insert(sentences[i].span.begin, kCut);
  return marked;
}

void expect_cuts(std::initializer_list<std::string_view> table, std::string_view language = "en") {
  for (const std::string_view expected : table) {
    EXPECT_EQ(with_cuts(without_cuts(std::string(expected)), language), expected);
  }
}

// What happens to articles that somebody cleaned up: letters in lower case, all else a blank.
std::string stripped(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    result += letter && byte < 0x80 ? static_cast<char>(byte | 0x20) : ' ';
    at += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  }
  return result;
}

// ---- tables --------------------------------------------------------------------------------------------------------

TEST(SplitSentences, EmptyAndBlankTextHaveNone) {
  for (const std::string_view text : {"", " ", "\n\n", " \t\n\u00A0\u3000\u2003 "}) {
    EXPECT_TRUE(split_sentences(text).empty()) << '[' << text << ']';
  }
}

TEST(SplitSentences, SpanIsWithoutTheBlanksAroundIt) {
  const std::string text = "\u00A0 He left.\u3000 \nShe came.\u2003";
  const auto sentences = split_sentences(text);
  ASSERT_EQ(sentences.size(), 2u);
  EXPECT_EQ(text.substr(sentences[0].span.begin, sentences[0].span.size()), "He left.");
  EXPECT_EQ(text.substr(sentences[1].span.begin, sentences[1].span.size()), "She came.");
}

TEST(SplitSentences, CutsAtMarks) {
  expect_cuts({
      "He left. ¦She came.",
      "He left.  ¦She came.   ¦They stayed",
      "Really?! ¦Yes! ¦No? ¦Oh.",
      "He paid $3.5 million. ¦It rose 1.5 percent to 1,000.50 in 2017. ¦Then it fell.",
      "It was in 2017. ¦12 people came. ¦5 left.",
      "He left. ¦— Reuters",
      "(He left.) ¦She came. ¦[She came.] ¦He left (at last). ¦She stayed.",
      "It is a \"binary choice!\" ¦But no.",
      "He said so.[1] ¦She did not.[12] ¦They slept.",
      "Great! ¦😀 Next.",
      "He left.\u200B ¦She came.",
      "He has a .45 caliber pistol and .NET skills. ¦Good.",
      "What a day (!) It was (?) Monday.",
  });
}

TEST(SplitSentences, KeepsAbbreviationsInside) {
  expect_cuts({
      "Mr. Smith went to the U.S. on Jan. 3, 2017. ¦He said so.",
      "Sen. Rand Paul, R-Ky., met Gov. John Kasich, Lt. Gen. Charles Pede and Dr. Ford on Feb. 2. ¦It rained.",
      "No. 5 is here. ¦No. ¦He said it.",
      "See p. 12 and Vol. 3, Sec. 942. ¦Then stop.",
      "J. F. Kennedy came with George W. Bush and H.W. Bush. ¦They left.",
      "R. Nicholas Burns spoke.",
      "Smith Jr. said so. ¦John Smith Jr. Day is in June. ¦He is John Smith Jr. ¦He said so.",
      "Acme Inc. Chief Executive Jane Doe and Acme Corp. ¦The firm is big.",
      "Roe v. Wade and Trump vs. Clinton, e.g. Nebraska, i.e. the West, etc. ¦Others came.",
      "St. Louis is in Mo. ¦He lives on Main St. ¦They do not. ¦He lives in Ft. Worth.",
      "Ph.D. students, D.C. police and AT&T. ¦Others.",
      "The SEC. ¦The JOBS Act.",
      "SEN. REID: BUSH MISSES OPPORTUNITY ON JAN. 3 Senator Reid said no.",
      "The deal (R-S.C.). ¦Graham's bill.",
      "H. Con. Res. 21 and S. 479 passed. ¦Good.",
      "An ad for Yahoo! News and for Yahoo! ¦The firm is gone.",
  });
}

TEST(SplitSentences, KnowsWhenAnAbbreviationEndsASentence) {
  expect_cuts({
      "He lives in the U.S. ¦He left.",
      "He lives in the U.S. Senate. ¦They hacked a U.S. group.",
      "in Washington, D.C. ¦In 2017 it was new.",
      "TACOMA, Wash. — The police came. ¦MADISON, Wis. (AP) — The state paid.",
      "at 9 a.m. on Monday. ¦At 9 a.m. Monday he left. ¦At 9 p.m. ET. ¦At 9 p.m. ¦Police said no.",
      "It opens at 9 a.m. London time. ¦Good.",
      "He is in the U.S.-led group. ¦The anti-U.S. mood grew.",
      "Plan B. ¦The plan is old.",
      "It was in Dec. ¦The year was old. ¦It was on Dec. 5.",
  });
}

TEST(SplitSentences, ClosingMarkStaysWithItsSentence) {
  expect_cuts({
      "“… here.” ¦Svetlana said. ¦Next",
      "“We are here,” he said. ¦“You are not.” ¦He left.",
      "\"We are here.\" ¦\"You are not.\" ¦He left.",
      "“Why?” she asked. ¦“Because.” ¦He left.",
      "“… here.” she said. ¦Next.",
      "He called it ‘the law of the land.’ ¦So it was.",
      "“He said, ‘I like that idea.’ ” ¦They agreed.",
      "“He said, ‘I like that idea.’” ¦They agreed.",
      "He called it \"the law.\" ¦She did \"not.\"",
      "He was \"there.\", she said.",
      "``He left.'' ¦She came.",
      "He asked “Who?”, then left. ¦He did.",
  });
}

TEST(SplitSentences, AttributionStaysWithItsQuestion) {
  expect_cuts({
      "“Why?” Peskov asked. ¦“Because.” ¦He left.",
      "“Is it a lie?” Ms. Sawyer asked. ¦“No.”",
      "“Luck!” Vice President John R. Biden Jr. said. ¦Good.",
      "“Why?” ¦He left.",
      "“I smell it!” ¦He concluded with a word.",
      "“Who?” ¦The President’s list is short.",
  });
}

TEST(SplitSentences, CutsInsideLongQuotations) {
  expect_cuts({
      "“I came. ¦I saw. ¦I won,” he said.",
      "“A bird came. ¦It sang. ¦It left.” said X",
      "“A. B. C.” said X",
      "\"Is it? ¦It is. ¦We know,\" he said. ¦\"Good.\"",
  });
}

TEST(SplitSentences, ReadsEllipses) {
  expect_cuts({
      "He was … not here. ¦He was ... not there. ¦He was . . . gone.",
      "He left... ¦She came. ¦He left… ¦She came. ¦He left. . . . ¦She came.",
      "They serve both.... ¦These are examples.",
      "The world is on the rise. ... ¦We need help.",
      "My advice in Congress … Learn. ¦He is … ¦The man.",
      "a source for...wait for it...Fusion",
      "Last week the FBI met. ¦[...] Per last week, no.",
      "He fell ... .\" ¦She rose.",
  });
}

TEST(SplitSentences, FindsBlanksThatWereLost) {
  expect_cuts({
      "It is about Security.¦The largest went.¦A man left.¦I saw it.",
      "\"Fine.\"¦Then he went. ¦He left.¦“We stay,” she said.",
      "They left the house.¦\"We stay,\" she said.",
      "status (c)(4) groups (old).¦The status helps?¦There it is!¦Now go.",
      "See www.Medicare.gov, Salon.Com, http://a.b/News.Releases?FuseAction=For.View and Mike.Bender@wsj.com",
      "Ph.D, Node.js, U.S.Senate, Mr.Smith, St.Louis, R.Paul, 1.A, a.Bc",
  });
}

TEST(SplitSentences, LinesAreCut) {
  expect_cuts({
      "Kremlin denies it\n\n¦By Jane Doe\n\n¦MOSCOW (Reuters) - Russia said no.",
      "Kremlin denies it\n¦By Jane Doe\n¦MOSCOW (Reuters) - Russia said no. ¦It did.\n¦He left.",
      "Story highlights\n¦Trump met Putin\n¦They spoke\n¦01:15\n¦- one item\n¦- Two. ¦Three\n¦• four",
      "1. Open the door. ¦Go in.\n¦2. Close it.\n¦IV. Leave",
      "The house stands\nas first reported by\n¦Reuters",
      "Home ¦• World ¦• News",
      "Mr.\n\n¦Smith",
  });
}

TEST(SplitSentences, BulletBeginsAnItem) {
  expect_cuts({"The bill has: ¦• Two million for one ¦• Three for all", "Reuters ¦• July"});
}

TEST(SplitSentences, WrappedLinesAreJoined) {
  expect_cuts({
      "The Kremlin said on Monday that it had not yet agreed with the United\n"
      "States on a working group on cyber security, an idea that President\n"
      "Trump had floated and dropped within a day. ¦The Kremlin's spokesman,\n"
      "Dmitry Peskov, said so.\n"
      "¦What next\n"
      "¦Svetlana Lukash, who had been at the meeting of the two in Hamburg, said\n"
      "on Friday that they had agreed to talk. ¦She is a Russian official.\n"
      "   ¦A new paragraph begins with an indent here, as some do.\n"
      "\n"
      "¦The last one begins after a blank line, as most of them do, and has Mr.\n"
      "Trump in it.",
  });
}

TEST(SplitSentences, LineIsCutWhereTheNextWordHadRoom) {
  expect_cuts({
      "Kremlin and Washington differ on the group\n"
      "¦Reuters Staff\n"
      "¦The Kremlin said on Monday that it had not yet agreed with the United\n"
      "States on a working group on cyber security, an idea that the president of\n"
      "the United States had floated",
  });
}

TEST(SplitSentences, TextInCapitals) {
  expect_cuts({
      "THE U.S . FIRST PROPOSED IT . ¦BUT EUROPE DID NOT (TIME, DEC . 28) . ¦W . VA., AND MR . SMITH WERE THERE . ¦HE "
      "LEFT .",
      "IT WILL \" LAST A GENERATION . ¦THE TERMS ARE VERY GOOD . \" ¦MANY OTHERS WERE NOT SO SURE .",
      "THEN WHAT ? ¦HE SAT . ¦J . F . KENNEDY CAME . ¦IT IS IN THE U.S . ¦HE LEFT .",
  });
}

TEST(SplitSentences, TextInLowerCase) {
  expect_cuts({
      "he left. ¦she came to the u.s. group with mr. smith on jan. 3. ¦what? ¦no!",
      "\"why?\" she asked. ¦\"because.\" ¦he left.",
  });
}

TEST(SplitSentences, OtherScripts) {
  expect_cuts({"これは文です。¦次の文です！¦「行く。」と言った。¦本当？¦はい。¦価格は3.5です。"}, "ja");
  expect_cuts({"这是一句。¦“那是另一句！”¦他说。¦好吗？¦３．５公里。", "他走了！　¦她来了。"}, "zh");
  expect_cuts({"यह एक वाक्य है। ¦यह दूसरा है।"}, "hi");
  expect_cuts({"هل هذا صحيح؟ ¦نعم. ¦ذهب الرجل."}, "ar");
  expect_cuts({"ខ្ញុំទៅផ្សារ។ ¦គាត់ទៅ។"}, "km");
  expect_cuts({"Πού είναι; ¦Εδώ. ¦Ο κ. Παπαδόπουλος είπε."}, "el");
  expect_cuts({"ეს არის. ¦ის წავიდა."}, "ka");
}

TEST(SplitSentences, Russian) {
  expect_cuts(
      {
          "Он сказал: «Это так. ¦Мы знаем». ¦Потом ушёл.",
          "В. В. Путин приехал в г. Москва. ¦Это было в 2017 г. ¦Он сказал, т.е. объявил.",
          "«Почему?» — спросил Песков. ¦«Потому.»",
      },
      "ru");
}

TEST(SplitSentences, German) {
  expect_cuts(
      {
          "Er sagte: „Das ist so.“ ¦Dann ging er.",
          "Er sagte: »Das ist so.« ¦Dann ging er.",
          "Am 3. Oktober kam Dr. Müller, z.B. nach Bonn. ¦Es regnete. ¦Am 3. ¦Er ging.",
      },
      "de");
}

TEST(SplitSentences, FrenchAndSpanish) {
  expect_cuts({"Il a dit : « C’est vrai. » ¦Puis M. Macron et Mme Le Pen sont partis. ¦C’est fini !"}, "fr");
  expect_cuts({"¿Qué pasa? ¦¡Nada! ¦El Sr. López de EE.UU. habló. ¦Llegó a EE.UU. ¦El martes se fue."}, "es");
}

// ---- text without marks --------------------------------------------------------------------------------------------

TEST(SplitSentences, StrippedTextIsCutWhereMarksStood) {
  expect_cuts({
      "the kremlin said on monday that it had not yet agreed with the united states on a working group  peskov said    "
      "¦but the idea of the u s  president was dropped within a day and nobody knows who had it first or last of all",
  });
}

TEST(SplitSentences, CapitalsAreBordersInTextWithoutMarks) {
  expect_cuts({
      "Senator John Kerry today urged Labor Secretary Elaine Chao to support an application of the company for funding "
      "¦The Fall River company was recently forced to close its doors and lay off its employees because of competition",
  });
}

TEST(SplitSentences, StrippedSentencesKeepTheirLimits) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += i % 23 == 0 ? "word  " : i % 7 == 0 ? "the  " : "word ";
  for (int i = 0; i < 500; ++i) text += "long ";
  const auto sentences = split_sentences(text);
  ASSERT_GT(sentences.size(), 15u);
  for (const auto& sentence : sentences) {
    const auto words = count_words(std::string_view(text).substr(sentence.span.begin, sentence.span.size()));
    EXPECT_LE(words, kMaxSentenceWords);
    EXPECT_GE(words, kMinStrippedWords);
  }
}

TEST(SplitSentences, LongSentenceWithMarksIsLeftWhole) {
  std::string text = "The bill, ";
  for (int i = 0; i < 20; ++i) text += "says the senator, is good, and ";
  text += "that is all.";
  EXPECT_EQ(split_sentences(text).size(), 1u);
}

// ---- word counts ---------------------------------------------------------------------------------------------------

TEST(CountWords, CountsWhatHasALetterOrADigit) {
  EXPECT_EQ(count_words(""), 0u);
  EXPECT_EQ(count_words(" ... \" - "), 0u);
  EXPECT_EQ(count_words("He paid $3.5 million — twice, U.S.-led."), 6u);
  EXPECT_EQ(count_words("colleges—and\u00A0others"), 3u);
  EXPECT_EQ(count_words("Élan d’été"), 2u);
  EXPECT_EQ(count_words("Песков сказал"), 2u);
}

TEST(CountWords, MeasuresTextWithoutBlanks) {
  EXPECT_EQ(count_words("这是一句话。"), 3u);
  EXPECT_EQ(count_words("ประเทศไทย"), 2u);
  EXPECT_EQ(count_words(std::string(320, 'a')), 10u);
}

// ---- properties ----------------------------------------------------------------------------------------------------

UChar32 next_character(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int32_t>(at);
  UChar32 code = 0;
  U8_NEXT(bytes, i, static_cast<std::int32_t>(text.size()), code);
  at = static_cast<std::size_t>(i);
  return code;
}

// Every clause of the header that holds for any text; empty if all hold.
std::string broken_clause(std::string_view text, const std::vector<Sentence>& sentences) {
  std::vector<bool> inside(text.size() + 1);
  std::size_t end = 0;
  for (const auto& [span] : sentences) {
    if (span.begin < end || span.end <= span.begin || span.end > text.size()) return "order";
    if (span.size() > kMaxSentenceBytes) return "length";
    end = span.end;
    for (std::size_t at = span.begin; at < span.end; ++at) inside[at] = true;
  }
  std::size_t next = 0;
  for (std::size_t at = 0; at < text.size(); at = next) {
    next = at;
    const bool blank = u_isUWhiteSpace(next_character(text, next)) != 0;
    if (!blank && !inside[at]) return "coverage";
    for (std::size_t byte = at + 1; byte < next; ++byte) {
      if (inside[byte] != inside[at]) return "character cut";
    }
  }
  for (const auto& [span] : sentences) {
    std::size_t at = span.begin;
    if (U8_IS_TRAIL(static_cast<std::uint8_t>(text[at]))) return "character cut at the begin";
    if (u_isUWhiteSpace(next_character(text, at))) return "blank at the begin";
    std::size_t last = span.end - 1;
    while (U8_IS_TRAIL(static_cast<std::uint8_t>(text[last]))) --last;
    if (u_isUWhiteSpace(next_character(text, last))) return "blank at the end";
  }
  return "";
}

std::string random_text(std::mt19937_64& random) {
  static const std::vector<std::string_view> kPieces = {
      " ",
      " ",
      " ",
      " ",
      "  ",
      "\n",
      "\n\n",
      "\n   ",
      "\t",
      "\u00A0",
      "\u3000",
      "\u2028",
      "\u2029",
      "\u2003",
      ".",
      ".",
      ". ",
      ". ",
      "!",
      "?",
      "…",
      "...",
      ". . .",
      ",",
      ";",
      ":",
      "-",
      "—",
      "•",
      "\"",
      "'",
      "“",
      "”",
      "‘",
      "’",
      "«",
      "»",
      "„",
      "(",
      ")",
      "[",
      "]",
      "[1]",
      "。",
      "」",
      "「",
      "！",
      "।",
      "؟",
      "\u0301",
      "\u200B",
      "\uFEFF",
      "😀",
      "A",
      "a",
      "I",
      "The",
      "He",
      "Mr",
      "U.S",
      "No",
      "5",
      "2017",
      "said",
      "asked",
      "the",
      "senator",
      "Trump",
      "www.",
      "@",
      "#",
      "/",
      "слово",
      "Слово",
      "字",
      "文",
      "ไทย",
      "كلمة",
      "é",
      "Ünder",
      "ß",
      "Yahoo",
      "a.m",
      "Inc",
      "jan",
      "iPhone",
      "a line of running text that is about as wide as lines are wrapped to be",
      "word word word word word word word"};
  std::string text;
  const auto pieces = random() % 4 == 0 ? random() % 3000 : random() % 60;
  const auto vocabulary = random() % 3 == 0 ? random() % 6 + 2 : kPieces.size();
  const auto first = random() % kPieces.size();
  const bool spaced = random() % 2 == 0;
  for (std::uint64_t i = 0; i < pieces; ++i) {
    text += kPieces[(first + random() % vocabulary) % kPieces.size()];
    if (spaced && random() % 3 != 0) text += ' ';
  }
  return text;
}

TEST(SplitSentences, KeepsItsPromisesForAnyText) {
  const std::uint64_t seed = test_seed();
  std::cout << "seed " << seed << " (DATELINE_TEST_SEED)\n";
  std::mt19937_64 random(seed);
  for (const std::string_view language : {"en", "de", "ru", "th", "el", "fr", ""}) {
    for (int i = 0; i < 400; ++i) {
      const std::string text = random_text(random);
      const auto sentences = split_sentences(text, language);
      ASSERT_EQ(broken_clause(text, sentences), "")
          << "seed " << seed << ", text " << i << " in " << language << ": " << text;
      const auto again = split_sentences(text, language);
      ASSERT_EQ(again.size(), sentences.size());
      for (std::size_t k = 0; k < again.size(); ++k) ASSERT_EQ(again[k].span, sentences[k].span);
    }
  }
}

TEST(SplitSentences, StrippedTextKeepsItsPromises) {
  const std::uint64_t seed = test_seed();
  std::cout << "seed " << seed << " (DATELINE_TEST_SEED)\n";
  std::mt19937_64 random(seed);
  for (int i = 0; i < 500; ++i) {
    const std::string text = stripped(random_text(random));
    const auto sentences = split_sentences(text);
    ASSERT_EQ(broken_clause(text, sentences), "") << "seed " << seed << ", text " << i;
    for (const auto& [span] : sentences) {
      std::istringstream words(text.substr(span.begin, span.size()));
      const auto count = std::distance(std::istream_iterator<std::string>(words), {});
      ASSERT_LE(count, kMaxSentenceWords) << "seed " << seed << ", text " << i << ": " << words.str();
    }
  }
}

TEST(SplitSentences, AnArticleCutOffAnywhereIsSplitAlikeBeforeTheCut) {
  const std::string text =
      "MOSCOW (Reuters) - Russia’s Mr. Peskov met the U.S. group. “Why?” he asked. “It is so.” She left at 9 a.m. "
      "Monday… No. 5 stayed. J. F. Kennedy did not.\n\nNext. “A. B.” said X.";
  const auto whole = split_sentences(text);
  for (std::size_t end = 0; end < text.size(); ++end) {
    if (U8_IS_TRAIL(static_cast<std::uint8_t>(text[end]))) continue;
    const auto part = split_sentences(std::string_view(text).substr(0, end));
    for (std::size_t i = 0; i + 2 < part.size(); ++i) EXPECT_EQ(part[i].span, whole[i].span) << end;
  }
}

// ---- hostile text --------------------------------------------------------------------------------------------------

TEST(SplitSentences, HoldsItsContractForHostileText) {
  constexpr std::size_t kBytes = 1000000;
  for (const std::string_view unit : kHostileSentences) {
    const std::string text = repeated(unit, kBytes);
    EXPECT_EQ(broken_clause(text, split_sentences(text)), "") << unit;
  }
}

TEST(SplitSentences, CutsAtBlanksWhatIsTooLong) {
  const std::string unit = std::string(98, 'x') + ", ";
  const auto sentences = split_sentences(repeated(unit, 3900));
  ASSERT_EQ(sentences.size(), 2u);
  EXPECT_EQ(sentences[0].span, (ByteSpan{0, 1999}));
  EXPECT_EQ(sentences[1].span, (ByteSpan{2000, 3899}));
}

TEST(SplitSentences, DoesNotPartALetterFromItsAccent) {
  const std::string text = repeated("a\u0301", 5000);
  for (const auto& [span] : split_sentences(text)) EXPECT_EQ(text[span.begin], 'a');
}

}  // namespace
}  // namespace dateline
