// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/name_tokens.h"

#include <cstddef>
#include <cstdint>
#include <gtest/gtest.h>
#include <initializer_list>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "common/char_class.h"
#include "common/text.h"
#include "tests/hostile_texts.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

TokenizedText tokens_of(std::string_view text) {
  TokenizedText tokens;
  tokenize_names(text, tokens);
  return tokens;
}

// The tokens as written, between bars; a paragraph begins with ¶.
std::string cut(std::string_view text) {
  const TokenizedText tokens = tokens_of(text);
  std::string all;
  for (const NameParagraph& paragraph : tokens.paragraphs) {
    if (!all.empty()) all += "¶";
    for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
      if (i > paragraph.begin) all += '|';
      all += tokens.written(tokens.tokens[i]);
    }
  }
  return all;
}

// The same of the forms.
std::string forms(std::string_view text) {
  const TokenizedText tokens = tokens_of(text);
  std::string all;
  for (const NameToken& token : tokens.tokens) {
    if (&token != tokens.tokens.data()) all += '|';
    all += tokens.form(token);
  }
  return all;
}

// "cased" or "uncased", by paragraph.
std::string cases(std::string_view text) {
  std::string all;
  for (const NameParagraph& paragraph : tokens_of(text).paragraphs) {
    if (!all.empty()) all += ' ';
    all += paragraph.cased ? "cased" : "uncased";
  }
  return all;
}

using Table = std::initializer_list<std::pair<std::string_view, std::string_view>>;

void expect_cut(Table table) {
  for (const auto& [text, expected] : table) EXPECT_EQ(cut(text), expected);
}

void expect_forms(Table table) {
  for (const auto& [text, expected] : table) EXPECT_EQ(forms(text), expected) << text;
}

// ---- tables --------------------------------------------------------------------------------------------------------

TEST(TokenizeNames, EmptyAndBlankTextHaveNone) {
  for (const std::string_view text : {"", " ", "\n", "\n\n", " \t\n\u00A0\u3000\n "}) {
    const TokenizedText tokens = tokens_of(text);
    EXPECT_TRUE(tokens.tokens.empty()) << '[' << text << ']';
    EXPECT_TRUE(tokens.paragraphs.empty()) << '[' << text << ']';
  }
}

TEST(TokenizeNames, ReplacesWhatWasThere) {
  TokenizedText tokens;
  tokenize_names("Dmitry Peskov spoke.\n\nThen he left.", tokens);
  tokenize_names("Angela Merkel", tokens);
  ASSERT_EQ(tokens.tokens.size(), 2U);
  ASSERT_EQ(tokens.paragraphs.size(), 1U);
  EXPECT_EQ(tokens.text, "Angela Merkel");
  EXPECT_EQ(tokens.form(tokens.tokens[0]), "angela");
  EXPECT_EQ(tokens.form(tokens.tokens[1]), "merkel");
  tokenize_names("", tokens);
  EXPECT_TRUE(tokens.tokens.empty());
  EXPECT_TRUE(tokens.paragraphs.empty());
}

TEST(TokenizeNames, CutsAtBlanksAndMarks) {
  expect_cut({
      {"Peskov said so.", "Peskov|said|so|."},
      {"(Peskov), “no”", "(|Peskov|)|,|“|no|”"},
      {" Peskov\tsaid\nNo ", "Peskov|said|No"},
      {"Dmitry\u00A0Peskov", "Dmitry|Peskov"},
      {"AT&T and G7", "AT|&|T|and|G7"},
      {"Песков сказал: «нет».", "Песков|сказал|:|«|нет|»|."},
      {"Well... yes -- yes — yes", "Well|...|yes|--|yes|—|yes"},
  });
}

TEST(TokenizeNames, ApostrophesInsideBelongToTheWord) {
  expect_cut({
      {"John O'Neill", "John|O'Neill"},
      {"John O’Neill", "John|O’Neill"},
      {"He didn't", "He|didn't"},
      {"James' house", "James|'|house"},
      {"'Peskov'", "'|Peskov|'"},
      {"O'Sullivan's", "O'Sullivan|'s"},
  });
  EXPECT_EQ(forms("O’Neill"), forms("O'Neill"));
}

TEST(TokenizeNames, PossessiveEndingIsAWordOfItsOwn) {
  expect_cut({
      {"Peskov's office", "Peskov|'s|office"},
      {"Peskov’s office", "Peskov|’s|office"},
      {"PESKOV'S OFFICE", "PESKOV|'S|OFFICE"},
      {"Trump Jr.'s lawyer", "Trump|Jr.|'s|lawyer"},
      {"Песков's", "Песков|'s"},
  });
  expect_forms({{"Peskov's", "peskov|'s"}, {"Peskov’s", "peskov|'s"}, {"PESKOV’S", "peskov|'s"}});
}

TEST(TokenizeNames, PossessiveEndingIsAWordOfItsOwnBehindAnything) {
  expect_cut({
      {"The U.S.'s role", "The|U.S.|'s|role"},
      {"The U.N.’s role", "The|U.N.|’s|role"},
      {"In 2017's heat", "In|2017|'s|heat"},
  });
}

TEST(TokenizeNames, HyphenatedWordsAreTheirPartsAndTheHyphen) {
  expect_cut({
      {"Jean-Luc Mélenchon", "Jean|-|Luc|Mélenchon"},
      {"the Moscow-based firm", "the|Moscow|-|based|firm"},
      {"Omar al-Bashir", "Omar|al|-|Bashir"},
      {"a U.S.-led group", "a|U.S.|-|led|group"},
  });
}

TEST(TokenizeNames, StopBelongsToAbbreviations) {
  expect_cut({
      {"Mr. Peskov and Mrs. Peskov", "Mr.|Peskov|and|Mrs.|Peskov"},
      {"Gen. Miller, Sen. Paul, Dr. Ford", "Gen.|Miller|,|Sen.|Paul|,|Dr.|Ford"},
      {"Acme Inc. of St. Louis", "Acme|Inc.|of|St.|Louis"},
      {"Trump Jr. spoke", "Trump|Jr.|spoke"},
      {"Peskov left. Merkel stayed.", "Peskov|left|.|Merkel|stayed|."},
      {"mr. peskov left.", "mr.|peskov|left|."},
  });
  expect_forms({{"Mr. Peskov", "mr|peskov"}, {"Mr Peskov", "mr|peskov"}, {"MR. PESKOV", "mr|peskov"}});
}

TEST(TokenizeNames, StopBelongsToEveryListedAbbreviation) {
  expect_cut({{"Brig. Miller", "Brig.|Miller"}, {"Warner Bros. Studios", "Warner|Bros.|Studios"}});
}

TEST(TokenizeNames, StopBehindAnOrdinaryNoEndsTheSentence) {
  expect_cut({{"The Kremlin said no. Peskov left.", "The|Kremlin|said|no|.|Peskov|left|."}});
}

TEST(TokenizeNames, StopBelongsToLetters) {
  expect_cut({
      {"J. Smith", "J.|Smith"},
      {"George H. W. Bush", "George|H.|W.|Bush"},
      {"J.R.R. Tolkien", "J.R.R.|Tolkien"},
      {"U.S. troops", "U.S.|troops"},
      {"the U.S.", "the|U.S."},
      {"the u.s. troops", "the|u.s.|troops"},
      {"at 5 a.m. today", "at|5|a.m.|today"},
      {"Ф. М. Достоевский", "Ф.|М.|Достоевский"},
      {"It is plan b. He left", "It|is|plan|b|.|He|left"},
      {"See example.com now", "See|example|.|com|now"},
  });
  expect_forms({{"U.S.", "u.s."}, {"J.", "j."}, {"J.R.R.", "j.r.r."}});
}

TEST(TokenizeNames, NumbersKeepTheMarksBetweenTheirDigits) {
  expect_cut({
      {"It rose 1.5 to 1,000.50.", "It|rose|1.5|to|1,000.50|."},
      {"At 9:30, 5 left", "At|9:30|,|5|left"},
      {"The 3rd of 10", "The|3rd|of|10"},
      {"On 2017-07-10", "On|2017|-|07|-|10"},
  });
}

TEST(TokenizeNames, FormsHaveEveryDigitAsNought) {
  expect_forms({{"1,234.56", "0,000.00"}, {"2017", "0000"}, {"9:30", "0:00"}, {"3rd", "0rd"}, {"G7", "g0"}});
  EXPECT_EQ(tokens_of("2017").tokens[0].hash, tokens_of("1984").tokens[0].hash);
}

TEST(TokenizeNames, FormsHaveEveryDigitAsNoughtInAnyScript) {
  expect_forms({{"５a", "0a"}, {"ab１２", "ab00"}, {"CO²", "co0"}});
}

TEST(TokenizeNames, FormsAreFolded) {
  expect_forms({
      {"Müller ÉLYSÉE Straße", "muller|elysee|strasse"},
      {"Песков Пётр ПЕСКОВ", "песков|петр|песков"},
      {"Łódź Dvořák", "lodz|dvorak"},
  });
}

TEST(TokenizeNames, QuotationMarksAndDashesHaveOneFormEach) {
  for (const std::string_view mark : {"“", "”", "„", "«", "»", "\"", "''", "``"}) EXPECT_EQ(forms(mark), "\"") << mark;
  for (const std::string_view mark : {"--", "–", "—"}) EXPECT_EQ(forms(mark), "--") << mark;
}

TEST(TokenizeNames, TellsKinds) {
  const TokenizedText tokens = tokens_of("Peskov's 12 men, 3rd");
  const std::initializer_list<TokenKind> expected = {TokenKind::kWord, TokenKind::kWord, TokenKind::kNumber,
                                                     TokenKind::kWord, TokenKind::kMark, TokenKind::kNumber};
  ASSERT_EQ(tokens.tokens.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(tokens.tokens[i].kind, std::data(expected)[i]) << i;
}

TEST(TokenizeNames, TellsCapitals) {
  for (const auto& [word, expected] : std::initializer_list<std::pair<std::string_view, Capitals>>{
           {"peskov", Capitals::kNone},
           {"песков", Capitals::kNone},
           {"北京", Capitals::kNone},
           {"Peskov", Capitals::kInitial},
           {"Песков", Capitals::kInitial},
           {"Élysée", Capitals::kInitial},
           {"Mr.", Capitals::kInitial},
           {"J.", Capitals::kInitial},
           {"A", Capitals::kInitial},
           {"NSA", Capitals::kAll},
           {"U.S.", Capitals::kAll},
           {"ПЕСКОВ", Capitals::kAll},
           {"ÉLYSÉE", Capitals::kAll},
           {"G7", Capitals::kInitial},
           {"McCain", Capitals::kMixed},
           {"O'Neill", Capitals::kMixed},
           {"iPhone", Capitals::kMixed},
       }) {
    const TokenizedText tokens = tokens_of(word);
    ASSERT_EQ(tokens.tokens.size(), 1U) << word;
    EXPECT_EQ(tokens.tokens[0].capitals, expected) << word;
  }
}

TEST(TokenizeNames, NameSaidTwiceAtOnceByALinkIsSaidOnce) {
  expect_cut({
      {"Kevin Brady Kevin Patrick BradyDemocrats seek", "Kevin|Brady|Kevin Patrick Brady|Democrats|seek"},
      {"Kevin BradyKevin Patrick BradyDemocrats seek", "Kevin|Brady|Kevin Patrick Brady|Democrats|seek"},
      {"Bob Mueller Robert (Bob) S. MuellerUN meets", "Bob|Mueller|Robert (Bob) S. Mueller|UN|meets"},
      {"Mitch McConnell Addison (Mitch) Mitchell McConnellTrump",
       "Mitch|McConnell|Addison (Mitch) Mitchell McConnell|Trump"},
      {"Kevin Brady met Kevin BradyDemocrats", "Kevin|Brady|met|Kevin|Brady|Democrats"},
      {"Kevin McCarthy met Brady DeWine of YouTube", "Kevin|McCarthy|met|Brady|DeWine|of|YouTube"},
  });
  EXPECT_EQ(forms("Kevin Brady Kevin Patrick BradyDemocrats"), "kevin|brady|--|democrats");
  expect_cut({{"Bob Corker Robert Phillips CorkerGraham: a fix MORE (R) said",
               "Bob|Corker|Robert Phillips CorkerGraham: a fix MORE|(|R|)|said"},
              {"Bob Corker Robert CorkerGraham\nMORE", "Bob|Corker|Robert Corker|Graham|MORE"}});
  EXPECT_EQ(tokens_of("Cassidy met CassidyUN").tokens[3].capitals, Capitals::kAll);
  EXPECT_EQ(tokens_of("Cassidy met CassidyNews").tokens[3].capitals, Capitals::kInitial);
}

// ---- paragraphs ----------------------------------------------------------------------------------------------------

TEST(TokenizeNames, ParagraphsEndAtBlankLines) {
  expect_cut({
      {"Peskov left.\n\nMerkel left.", "Peskov|left|.¶Merkel|left|."},
      {"Peskov left.\n \t\u00A0\n\n\nMerkel left.\n", "Peskov|left|.¶Merkel|left|."},
      {"Dmitry\nPeskov left.\nMerkel left.", "Dmitry|Peskov|left|.|Merkel|left|."},
      {"dmitry\npeskov left", "dmitry|peskov|left"},
  });
}

TEST(TokenizeNames, TellsCasedParagraphs) {
  for (const std::string_view text :
       {"Dmitry Peskov said no.", "Песков сказал нет.", "Élysée officials said no.", "The NSA and the FBI said no.",
        "The Kremlin said that it had no plans, that it never had any, and that it would not have any soon."}) {
    EXPECT_EQ(cases(text), "cased") << text;
  }
  for (const std::string_view text :
       {"dmitry peskov said no.", "песков сказал нет.", "dmitry peskov said  no", "KREMLIN SAYS NO DEAL YET",
        "ПЕСКОВ СКАЗАЛ НЕТ СЕЙЧАС", "KREMLIN: “NO DEAL YET”, PESKOV SAYS"}) {
    EXPECT_EQ(cases(text), "uncased") << text;
  }
}

TEST(TokenizeNames, ParagraphsEndWhereTheCaseChanges) {
  expect_cut({
      {"KREMLIN SAYS NO DEAL YET\nThe Kremlin said so.", "KREMLIN|SAYS|NO|DEAL|YET¶The|Kremlin|said|so|."},
      {"The Kremlin said so.\npeskov left the room\nMerkel did not.",
       "The|Kremlin|said|so|.|peskov|left|the|room|Merkel|did|not|."},  // wrapped: a line may have no capital
      {"the kremlin said so.\nPeskov left.", "the|kremlin|said|so|.¶Peskov|left|."},
  });
  EXPECT_EQ(cases("KREMLIN SAYS NO DEAL YET\nThe Kremlin said so.\npeskov left"), "uncased cased");
}

// ---- gaps ----------------------------------------------------------------------------------------------------------

TEST(TokenizeNames, GapsStandWhereMarksStood) {
  const TokenizedText tokens = tokens_of("peskov said  no   then he left");
  std::size_t gaps = 0;
  for (const NameToken& token : tokens.tokens) {
    if (token.kind != TokenKind::kGap) continue;
    ++gaps;
    EXPECT_EQ(tokens.written(token).find_first_not_of(' '), std::string_view::npos);
    EXPECT_EQ(tokens.form(token), " ");
  }
  EXPECT_EQ(gaps, 2U);
  expect_cut({{"peskov said  no   then", "peskov|said|  |no|   |then"}, {"peskov said no", "peskov|said|no"}});
}

TEST(TokenizeNames, CasedTextHasNoGaps) {
  expect_cut({{"Peskov said  so.   Then he left", "Peskov|said|so|.|Then|he|left"}});
}

TEST(TokenizeNames, OneBlankIsNoGap) {
  expect_cut({{"dmitry\u00A0peskov said", "dmitry|peskov|said"}, {"dmitry\u3000peskov said", "dmitry|peskov|said"}});
}

// As to the analyzer: soft hyphens, word joiners; the zero-width blank is a blank.
TEST(TokenizeNames, InvisibleCharactersDoNotCutWords) {
  expect_cut({{"Dmitry Pes\u00ADkov said", "Dmitry|Pes\u00ADkov|said"},
              {"Dmitry Pes\u2060kov said", "Dmitry|Pes\u2060kov|said"}});
}

TEST(TokenizeNames, FormsAreValidUtf8HoweverMuchFoldingAdds) {
  std::string text = "ab";
  for (int i = 0; i < 20; ++i) text += "ﷺ";  // folded, eighteen characters
  const TokenizedText tokens = tokens_of(text);
  EXPECT_TRUE(is_valid_utf8(tokens.form(tokens.tokens.front())));
}

// ---- properties ----------------------------------------------------------------------------------------------------

bool on_border(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

bool is_all_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n' || text[at] == '\t' || text[at] == '\r') {
      ++at;
      continue;
    }
    const CharClass cls = class_of(next_code_point(text, at));
    if (cls != CharClass::kBlank && cls != CharClass::kIgnorable) return false;
  }
  return true;
}

// Which clause of the contract the tokens break; empty if none.
std::string broken_clause(std::string_view text, const TokenizedText& tokens) {
  if (tokens.text != text) return "text";
  std::size_t end = 0;
  std::map<std::string_view, std::uint64_t> hashes;
  for (const NameToken& token : tokens.tokens) {
    if (token.span.begin >= token.span.end) return "empty";
    if (token.span.end > text.size()) return "beyond the text";
    if (token.span.begin < end) return "overlap or disorder";
    if (!on_border(text, token.span.begin) || !on_border(text, token.span.end)) return "inside a character";
    if (!is_all_blank(text.substr(end, token.span.begin - end))) return "something left out";
    end = token.span.end;
    const std::string_view written = tokens.written(token);
    if (written.find('\n') != std::string_view::npos) return "over a line end";
    if (is_all_blank(written) != (token.kind == TokenKind::kGap)) return "blank";
    if (std::size_t{token.form_begin} + token.form_size > tokens.forms.size()) return "form out of range";
    if (hashes.try_emplace(tokens.form(token), token.hash).first->second != token.hash) return "one form, two hashes";
  }
  if (!is_all_blank(text.substr(end))) return "something left out at the end";
  std::uint32_t next = 0;
  for (const NameParagraph& paragraph : tokens.paragraphs) {
    if (paragraph.begin != next || paragraph.end <= paragraph.begin) return "paragraphs";
    next = paragraph.end;
    for (std::uint32_t i = paragraph.begin; i < paragraph.end && paragraph.cased; ++i) {
      if (tokens.tokens[i].kind == TokenKind::kGap) return "gap in cased text";
    }
  }
  return next == tokens.tokens.size() ? "" : "tokens outside of paragraphs";
}

TEST(TokenizeNames, HoldsItsContractForAnyText) {
  constexpr std::string_view kPieces[] = {
      "Peskov",    "peskov", "McCain", "Mr.",    "U.S.",   "u.s", "J.",     "'s",     "’s",     "'",    "’",
      "-",         "–",      "...",    ".",      ",",      "1",   "2,000",  "9:30",   "3rd",    " ",    "  ",
      "\t",        "\n",     "\n\n",   "\u00A0", "\u00AD", "“",   "”",      "Müller", "Песков", "北京", "é",
      "\u0301",    "\u200B", "😀",      "ﬁ",      "Ａ",     "\r",  "\u2028", "No.",    "A.B.C.", "``",   "ا",
      "NATO SAYS", "O'N",    "ﷺ",      "½",      "²",      "\f",  "\u0001", "\uFFFD", "jr."};
  DATELINE_SEEDED(random);
  TokenizedText tokens;
  for (int i = 0; i < 20000; ++i) {
    std::string bytes;
    for (auto n = random() % 24; n > 0; --n) {
      if (random() % 4 == 0) {
        bytes += static_cast<char>(random());
      } else {
        bytes += kPieces[random() % std::size(kPieces)];
      }
    }
    const std::string text = normalize_text(bytes);
    tokenize_names(text, tokens);
    ASSERT_EQ(broken_clause(text, tokens), "") << testing::PrintToString(text);
  }
}

TEST(TokenizeNames, HoldsItsContractForHostileText) {
  constexpr std::size_t kBytes = 1'000'000;
  for (const std::string_view unit : kHostileTokens) {
    const std::string text = repeated(unit, kBytes);
    EXPECT_EQ(broken_clause(text, tokens_of(text)), "") << unit;
  }
}

}  // namespace
}  // namespace dateline
