// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentences/passage_builder.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <gtest/gtest.h>
#include <initializer_list>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/sentences/sentence_splitter.h"
#include "tests/hostile_texts.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

// A sentence of so many words.
std::string sentence(unsigned words) {
  std::string text = "The";
  for (unsigned i = 1; i < words; ++i) text += i % 8 == 0 ? ", word" : " word";
  return text + '.';
}

std::string paragraph(std::initializer_list<unsigned> sentences) {
  std::string text;
  for (const unsigned words : sentences) text += (text.empty() ? "" : " ") + sentence(words);
  return text;
}

std::vector<ByteSpan> left_out(ByteSpan title) { return title.empty() ? std::vector<ByteSpan>{} : std::vector{title}; }

std::vector<Passage> passages_of(std::string_view text, ByteSpan title = {}) {
  return build_passages(text, split_sentences(text), left_out(title));
}

std::vector<std::string_view> texts_of(std::string_view text, ByteSpan title = {}) {
  std::vector<std::string_view> texts;
  for (const auto& passage : passages_of(text, title)) {
    texts.push_back(text.substr(passage.span.begin, passage.span.size()));
  }
  return texts;
}

std::vector<unsigned> words_of(std::string_view text) {
  std::vector<unsigned> words;
  for (const auto passage : texts_of(text)) words.push_back(count_words(passage));
  return words;
}

TEST(BuildPassages, EmptyTextHasNone) {
  EXPECT_TRUE(passages_of("").empty());
  EXPECT_TRUE(passages_of(" \n").empty());
}

TEST(BuildPassages, ShortArticleIsOne) {
  EXPECT_EQ(texts_of("He left. She came.\n\nGood.\n"), (std::vector<std::string_view>{"He left. She came.\n\nGood."}));
}

TEST(BuildPassages, ThreeUsualSentencesAreOne) {
  const std::string three = paragraph({23, 23, 23});
  EXPECT_EQ(words_of(three + ' ' + three + ' ' + three), (std::vector<unsigned>{69, 69, 69}));
}

TEST(BuildPassages, CutsAtParagraphs) {
  const std::string first = paragraph({25, 25});
  const std::string second = paragraph({20, 20, 20, 20});
  for (const std::string_view border : {"\n\n", "\n", "\n   "}) {
    const std::string text = first + std::string(border) + second + std::string(border) + first;
    EXPECT_EQ(texts_of(text), (std::vector<std::string_view>{first, second, first})) << '[' << border << ']';
  }
}

TEST(BuildPassages, LineEndOfWrappedTextIsNoParagraph) {
  const auto wrapped_sentence = [](int lines) {
    std::string text = "Worded";
    for (int i = 0; i < lines; ++i)
      text += std::string(i == 0 ? "" : "\nworded") + ", words of wrapped text that go on and on and on as here";
    return text + '.';
  };
  // Three passages of one sentence would be more even, but the line end between the first two is no paragraph's.
  const std::string first = wrapped_sentence(4) + '\n' + wrapped_sentence(4);
  const std::string second = wrapped_sentence(4);
  const std::string text = first + "\n\n" + second;
  EXPECT_EQ(texts_of(text), (std::vector<std::string_view>{first, second}));
}

TEST(BuildPassages, HeadOfTheArticleJoinsTheFirstPassage) {
  const std::string body = paragraph({23, 23, 23});
  const std::string text = "By Jane Doe\n\nMon Jul 10, 2017\n\n" + body + "\n\n" + body;
  const auto texts = texts_of(text);
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[0], "By Jane Doe\n\nMon Jul 10, 2017\n\n" + body);
}

TEST(BuildPassages, HeadingGoesWithWhatFollows) {
  const std::string body = paragraph({23, 23, 23});
  const std::string text = body + "\n\nWhat next\n\n" + body;
  const auto texts = texts_of(text);
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[1], "What next\n\n" + body);
}

TEST(BuildPassages, ShortRestJoinsThePassageBefore) {
  const std::string body = paragraph({23, 23, 23});
  EXPECT_EQ(words_of(body + "\n\n" + body + "\n\n" + sentence(12)), (std::vector<unsigned>{69, 81}));
}

TEST(BuildPassages, LastPassageIsBalancedWithTheOneBefore) {
  const std::string text = paragraph({20, 20, 20, 20, 20, 20, 15});  // 135 words are too many for one
  const auto words = words_of(text);
  ASSERT_EQ(words.size(), 2u);
  EXPECT_GE(*std::min_element(words.begin(), words.end()), 60u);
}

TEST(BuildPassages, IsShortOnlyBetweenLongNeighbours) {
  EXPECT_EQ(words_of(paragraph({100, 25, 110})), (std::vector<unsigned>{100, 25, 110}));
  EXPECT_EQ(words_of(paragraph({100, 20, 110})), (std::vector<unsigned>{120, 110}));
}

TEST(BuildPassages, IsLongOnlyForOneSentence) {
  EXPECT_EQ(words_of(paragraph({50, 150, 50})), (std::vector<unsigned>{50, 150, 50}));
}

TEST(BuildPassages, TitleIsNoPassage) {
  const std::string text = "Kremlin denies it\n\n" + sentence(20);
  EXPECT_EQ(texts_of(text, {0, 17}), (std::vector<std::string_view>{std::string_view(text).substr(19)}));
  EXPECT_EQ(passages_of(text, {0, 17})[0].line, 3u);
  EXPECT_TRUE(passages_of("Kremlin denies it", {0, 17}).empty());
}

TEST(BuildPassages, TitleInsideASentenceIsCutOut) {
  const std::string text = "the kremlin denies it\nas others do";  // one sentence, its first line the title
  const std::vector<Sentence> sentences = {{{0, static_cast<std::uint32_t>(text.size())}}};
  const auto passages = build_passages(text, sentences, {{0, 21}});
  ASSERT_EQ(passages.size(), 1u);
  EXPECT_EQ(passages[0].span, (ByteSpan{22, static_cast<std::uint32_t>(text.size())}));
  EXPECT_EQ(passages[0].line, 2u);
}

TEST(BuildPassages, NoPassageReachesOverTheTitle) {
  const std::string text = "Reuters\n\nKremlin denies it\n\nHe left.";
  EXPECT_EQ(texts_of(text, {9, 26}), (std::vector<std::string_view>{"Reuters", "He left."}));
}

TEST(BuildPassages, LinesAreCountedFromOne) {
  const std::string body = paragraph({23, 23, 23});
  const std::string text = "\n\n" + body + "\n\n\n\n" + body + "\n" + body;
  const auto passages = passages_of(text);
  ASSERT_EQ(passages.size(), 3u);
  EXPECT_EQ(passages[0].line, 3u);
  EXPECT_EQ(passages[1].line, 7u);
  EXPECT_EQ(passages[2].line, 8u);
}

TEST(BuildPassages, StrippedTextGivesPassagesOfTheSameSize) {
  std::string text;
  for (int i = 0; i < 1200; ++i) text += i % 12 == 0 ? "word  " : i % 24 == 1 ? "the " : "word ";
  const auto words = words_of(text);
  ASSERT_GE(words.size(), 12u);
  for (const unsigned count : words) {
    EXPECT_GE(count, kMinPassageWords);
    EXPECT_LE(count, 100u);
  }
}

TEST(BuildPassages, TextWithoutBlanksGivesPassagesOfBoundedSize) {
  std::string text;
  for (int i = 0; i < 4000; ++i) text += i % 20 == 19 ? "。" : "字";
  for (const auto& passage : passages_of(text)) EXPECT_LE(passage.span.size(), 2 * 3 * kMaxPassageWords + 100);
  const std::string letters(100000, 'x');
  for (const auto& passage : passages_of(letters)) EXPECT_LE(passage.span.size(), 2 * kMaxSentenceBytes);
}

// ---- properties ----------------------------------------------------------------------------------------------------

std::string random_article(std::mt19937_64& random) {
  std::string text;
  const auto paragraphs = random() % 30;
  const bool lone_lines = random() % 2 == 0;
  for (std::uint64_t p = 0; p < paragraphs; ++p) {
    for (auto sentences = random() % 5 + 1; sentences > 0; --sentences) {
      const auto words = random() % 10 == 0 ? random() % 200 + 1 : random() % 40 + 1;
      text += sentence(static_cast<unsigned>(words)) + ' ';
    }
    if (random() % 6 == 0) text += "\n\nA heading";
    text += lone_lines ? "\n" : "\n\n";
  }
  return text;
}

// The title of one article in three: a line of it.
ByteSpan random_title(std::string_view text, std::mt19937_64& random) {
  const auto sentences = split_sentences(text);
  if (sentences.empty() || random() % 3 != 0) return {};
  return sentences[random() % sentences.size()].span;
}

void expect_promises_kept(std::string_view text, ByteSpan title) {
  const auto sentences = split_sentences(text);
  const auto passages = build_passages(text, sentences, left_out(title));
  std::vector<unsigned> words(passages.size());
  std::vector<unsigned> counts(passages.size());
  std::size_t p = 0;
  for (const auto& [span] : sentences) {
    if (span == title) continue;
    while (p < passages.size() && passages[p].span.end < span.end) ++p;
    ASSERT_LT(p, passages.size()) << "sentence not covered";
    ASSERT_GE(span.begin, passages[p].span.begin) << "sentence cut";
    ASSERT_TRUE(counts[p] > 0 || span.begin == passages[p].span.begin) << "more than sentences covered";
    words[p] += std::max(count_words(text.substr(span.begin, span.size())), 1u);
    ++counts[p];
  }
  std::ptrdiff_t line_here = 1;
  std::size_t counted = 0;
  for (p = 0; p < passages.size(); ++p) {
    const auto& [span, line] = passages[p];
    ASSERT_GT(counts[p], 0u) << "empty passage";
    ASSERT_TRUE(p == 0 || passages[p - 1].span.end <= span.begin) << "order";
    ASSERT_TRUE(title.empty() || span.end <= title.begin || span.begin >= title.end) << "title covered";
    line_here += std::count(text.begin() + counted, text.begin() + span.begin, '\n');
    counted = span.begin;
    ASSERT_EQ(line, line_here);
    ASSERT_TRUE(words[p] <= kMaxPassageWords || counts[p] == 1) << "too long";
    const auto joinable = [&](std::size_t a, std::size_t b) {
      const bool parted = !title.empty() && passages[a].span.end <= title.begin && passages[b].span.begin >= title.end;
      return !parted && words[a] + words[b] <= kMaxPassageWords;
    };
    if (words[p] >= kMinPassageWords) continue;
    ASSERT_FALSE(p > 0 && joinable(p - 1, p)) << "short, but the one before has room";
    ASSERT_FALSE(p + 1 < passages.size() && joinable(p, p + 1)) << "short, but the next one has room";
  }
}

TEST(BuildPassages, KeepsItsPromises) {
  const std::uint64_t seed = test_seed();
  std::cout << "seed " << seed << " (DATELINE_TEST_SEED)\n";
  std::mt19937_64 random(seed);
  for (int i = 0; i < 500; ++i) {
    const std::string text = random_article(random);
    const ByteSpan title = random_title(text, random);
    ASSERT_NO_FATAL_FAILURE(expect_promises_kept(text, title)) << "seed " << seed << ", text " << i << ":\n" << text;
  }
}

TEST(BuildPassages, KeepsItsPromisesForHostileText) {
  for (const std::string_view unit : kHostileSentences) {
    const std::string text = repeated(unit, 500'000);
    ASSERT_NO_FATAL_FAILURE(expect_promises_kept(text, {})) << unit;
  }
}

}  // namespace
}  // namespace dateline
