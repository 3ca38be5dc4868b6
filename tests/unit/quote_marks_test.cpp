// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/quote_marks.h"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include "common/text.h"
#include "indexer/quotes/article_words.h"
#include "tests/hostile_texts.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

// The stretches of a text, each in brackets, with "(" for one whose opening and ")" for one whose closing mark is
// missing; one in another behind a ">" for each around it.
std::string stretches_of(std::string_view article) {
  const std::string text = normalize_text(article);
  TokenizedText tokens;
  tokenize_names(text, tokens);
  ArticleWords words;
  const ArticleNames names;
  words.prepare({}, tokens, names);
  std::string shown;
  for (const QuotedStretch& one : words.stretches()) {
    if (!shown.empty()) shown += ' ';
    for (std::uint32_t s = one.parent; s != kNowhere; s = words.stretches()[s].parent) shown += '>';
    const ByteSpan span = words.bytes(one.tokens);
    shown += one.is_opened ? "[" : "(";
    shown += text.substr(span.begin, span.size());
    shown += one.is_closed ? "]" : ")";
  }
  return shown;
}

struct Case {
  std::string_view text;
  std::string_view stretches;
};

void expect_stretches(std::initializer_list<Case> cases) {
  for (const Case& one : cases) EXPECT_EQ(stretches_of(one.text), one.stretches) << one.text;
}

TEST(FindQuotedStretches, TextWithoutMarksHasNone) {
  expect_stretches({{"", ""}, {"Peskov said so.", ""}, {"Peskov's friend didn't.", ""}});
}

TEST(FindQuotedStretches, EveryPairOfMarks) {
  expect_stretches({{"He said: \"We did.\"", "[We did.]"},
                    {"He said: “We did.”", "[We did.]"},
                    {"He said: ''We did.''", "[We did.]"},
                    {"He said: ``We did.''", "[We did.]"},
                    {"He said: „We did.“", "[We did.]"},
                    {"He said: „We did.”", "[We did.]"},
                    {"He said: ”We did.”", "[We did.]"},
                    {"He said: «We did.»", "[We did.]"},
                    {"He said: « We did. »", "[We did.]"},
                    {"He said: »We did.«", "[We did.]"},
                    {"He said: ‹We did.›", "[We did.]"},
                    {"He said: ‘We did.’", "[We did.]"},
                    {"He said: 'We did.'", "[We did.]"},
                    {"He said: ‚We did.‘", "[We did.]"},
                    {"彼は「はい」と言った", "[はい]"},
                    {"彼は『はい』と言った", "[はい]"}});
}

TEST(FindQuotedStretches, BrokenByTheAttribution) {
  expect_stretches({{"“We did,” she said, “and left.”", "[We did,] [and left.]"},
                    {"\"We did,\" she said, \"and left.\"", "[We did,] [and left.]"},
                    {"'We did,' she said, 'and left.'", "[We did,] [and left.]"}});
}

TEST(FindQuotedStretches, BesideBracketsAndDashes) {
  expect_stretches({{"(\"We did\")", "[We did]"},
                    {"He left--\"We did\"--and so on", "[We did]"},
                    {"\"[We] did\", he said", "[[We] did]"}});
}

TEST(FindQuotedStretches, Nested) {
  expect_stretches({{"“He said, ‘No,’ and left.”", "[He said, ‘No,’ and left.] >[No,]"},
                    {"\"He said, 'No,' and left.\"", "[He said, 'No,' and left.] >[No,]"},
                    {"‘He said, “No,” and left.’", "[He said, “No,” and left.] >[No,]"},
                    {"'He said, \"No,\" and left.'", "[He said, \"No,\" and left.] >[No,]"},
                    {"„Er sagte: ‚Nein‘“, sagte sie.", "[Er sagte: ‚Nein‘] >[Nein]"},
                    {"« Il dit : “Non” »", "[Il dit : “Non”] >[Non]"},
                    {"「彼は『はい』と」", "[彼は『はい』と] >[はい]"},
                    {"“I said, ‘She said, “No,” twice,’ and left.”",
                     "[I said, ‘She said, “No,” twice,’ and left.] >[She said, “No,” twice,] >>[No,]"}});
}

TEST(FindQuotedStretches, NestedInMarksOfItsOwnKind) {
  expect_stretches({{"“He said, “No,” and left,” she said.", "[He said, “No,” and left,] >[No,]"},
                    {"\"He said, \"No,\" and left,\" she said.", "[He said, \"No,\" and left,] >[No,]"},
                    {"He saw “one “and two” and three” there.", "[one “and two” and three] >[and two]"}});
}

TEST(FindQuotedStretches, ApostrophesAreNoMarks) {
  expect_stretches({{"The workers' vote and the owners' vote", ""},
                    {"The workers’ vote and the owners’ vote", ""},
                    {"It was the '90s, rock 'n' roll, give 'em hell", ""},
                    {"‘The workers’ vote is theirs,’ he said.", "[The workers’ vote is theirs,]"},
                    {"'The workers' vote is theirs,' he said.", "[The workers' vote is theirs,]"},
                    {"“The workers’ vote,” he said.", "[The workers’ vote,]"},
                    {"‘I don’t,’ he said.", "[I don’t,]"}});
}

TEST(FindQuotedStretches, OpenAtTheEndOfAParagraph) {
  expect_stretches({{"“One.\n\n“Two.\n\n“Three,” he said.", "[One.) [Two.) [Three,]"},
                    {"\"One.\n\n\"Two.\n\n\"Three,\" he said.", "[One.) [Two.) [Three,]"},
                    {"‘One.\n\n‘Two.\n\n‘Three,’ he said.", "[One.) [Two.) [Three,]"},
                    {"He said: «One.\n\nHe left.", "[One.)"}});
}

TEST(FindQuotedStretches, NeverBeyondAParagraph) {
  expect_stretches({{"He said: “One.\n\nTwo.”", "[One.)"},
                    {"He said: \"One.\nHe left, and \"Two\" was there.", "[One.) [Two]"},
                    {"He 'said.\n\nTwo' left.", ""}});
}

TEST(FindQuotedStretches, MissingClosingMarkIsTheSentencesEnd) {
  expect_stretches({{"“We did. He left. “It was good,” he said.", "[We did. He left.) [It was good,]"},
                    {"\"We did. He left. \"It was good,\" he said.", "[We did. He left.) [It was good,]"},
                    {"„Ja. Er ging. „Gut“, sagte er.", "[Ja. Er ging.) [Gut]"}});
}

TEST(FindQuotedStretches, MissingOpeningMarkIsTheParagraphsBegin) {
  expect_stretches({{"We did,” he said. “It was good.”", "(We did,] [It was good.]"},
                    {"We did,\" he said. \"It was good.\"", "(We did,] [It was good.]"},
                    {"He left.\n\nWe did,” he said.", "(We did,]"}});
}

TEST(FindQuotedStretches, MarkTakenForItsFellow) {
  expect_stretches(
      {{"The “site“ is his.", "[site]"}, {"The “site’’ is his.", "[site]"}, {"The ‘‘site’’ is his.", "[site]"}});
}

TEST(FindQuotedStretches, EmptyOnesAreNone) {
  expect_stretches({{"\"\"", ""}, {"“”", ""}, {"“ ”", ""}, {"「」", ""}, {"“‘’”", "[‘’]"}});
}

TEST(FindQuotedStretches, HoldsItsContractForRepeatedText) {
  for (const std::string_view unit : kHostileQuotes) {
    const std::string text = repeated(unit, 300'000);
    TokenizedText tokens;
    tokenize_names(text, tokens);
    std::vector<TokenRange> paragraphs;
    for (const NameParagraph& one : tokens.paragraphs) paragraphs.push_back({one.begin, one.end});
    std::uint32_t begin = 0;
    const auto stretches = find_quoted_stretches(tokens, paragraphs);
    for (std::uint32_t s = 0; s < stretches.size(); ++s) {
      const QuotedStretch& one = stretches[s];
      ASSERT_LE(begin, one.tokens.begin) << unit;
      ASSERT_LT(one.tokens.begin, one.tokens.end) << unit;
      ASSERT_LE(one.marked().end, tokens.tokens.size()) << unit;
      if (one.parent != kNowhere) {
        ASSERT_LT(one.parent, s) << unit;
        ASSERT_LE(one.marked().end, stretches[one.parent].tokens.end) << unit;
      }
      begin = one.tokens.begin;
    }
  }
}

}  // namespace
}  // namespace dateline
