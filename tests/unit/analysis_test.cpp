// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/analysis.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>

#include "tests/unit/quote_reading.h"

namespace dateline {
namespace {

constexpr std::size_t kLong = 5 << 19;  // bytes that are read in three pieces

AnalyzedArticle analyze(std::string text) {
  static const NameAliases aliases;
  static Finders finders(model(), aliases);
  RawRecord record;
  record.path = std::make_shared<const std::string>("article.txt");
  record.bytes = std::move(text);
  Result<AnalyzedArticle> analyzed = analyze_record(record, {}, finders);
  EXPECT_TRUE(analyzed);
  return std::move(*analyzed);
}

TEST(Analysis, ArticleReadInPiecesIsOneArticle) {
  const std::string_view paragraph = "Dmitry Peskov said on Monday: “Nothing of this was agreed with us.”\n\n";
  std::string text;
  std::size_t paragraphs = 0;
  for (; text.size() < kLong; ++paragraphs) text += paragraph;
  const AnalyzedArticle article = analyze(text);
  ASSERT_EQ(article.names.names.size(), 1U);
  EXPECT_EQ(article.names.names[0].name, "Dmitry Peskov");
  ASSERT_EQ(article.names.mentions.size(), paragraphs);
  ASSERT_EQ(article.quotes.size(), paragraphs);
  const std::string_view all = article.article.text;
  for (std::size_t i = 0; i < paragraphs; ++i) {
    const Mention& mention = article.names.mentions[i];
    ASSERT_EQ(mention.span.begin, i * paragraph.size());
    ASSERT_EQ(all.substr(mention.span.begin, mention.span.size()), "Dmitry Peskov");
    const Quote& quote = article.quotes[i];
    ASSERT_EQ(quote.speaker, mention.span);
    ASSERT_EQ(all.substr(quote.span.begin, quote.span.size()), "Nothing of this was agreed with us.");
    ASSERT_EQ(all.substr(quote.cue.begin, quote.cue.size()), "said");
    ASSERT_EQ(quote.name, 0U);
  }
}

// Nowhere to cut: neither a sentence nor a blank. Pieces end between characters of several bytes all the same.
TEST(Analysis, PiecesWithoutSentencesAreCutBetweenCharacters) {
  for (const std::string_view unit : {"\"", "\" ", "“", "Ж", "Aa Bb ", "a", "he said, \"a\" ", "Peskov"}) {
    std::string text = "x";
    while (text.size() < kLong) text += unit;
    const AnalyzedArticle article = analyze(text);
    const std::size_t size = article.article.text.size();
    std::uint32_t behind = 0;
    for (const Mention& mention : article.names.mentions) {
      ASSERT_GE(mention.span.begin, behind) << unit;
      ASSERT_LT(mention.span.begin, mention.span.end) << unit;
      behind = mention.span.end;
      ASSERT_LT(mention.name, article.names.names.size()) << unit;
    }
    ASSERT_LE(behind, size) << unit;
    std::uint32_t begin = 0;
    for (const Quote& quote : article.quotes) {
      ASSERT_GE(quote.span.begin, begin) << unit;
      ASSERT_LE(quote.span.end, size) << unit;
      begin = quote.span.begin;
    }
  }
}

}  // namespace
}  // namespace dateline
