// SPDX-License-Identifier: GPL-2.0-or-later
//
// Text that has made some stage of reading slow, or well might: the tests hold every stage to its contract on it, and
// bench_growth measures that its cost grows as the text does.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

// unit, again and again; at least `bytes` of it
inline std::string repeated(std::string_view unit, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += unit;
  return text;
}

// Units to repeat, for what reads sentences and passages
inline constexpr auto kHostileSentences = std::to_array<std::string_view>(
    {"\"",     ".",           "!",
     "…",      " ",           "\n",
     "\u3000", "“",           "”",
     "。",     "A. ",         "a.",
     "A.",     "a",           "a ",
     "a  b  ", "\". ",        ". \" ",
     ". »",    "。」",        "1. ",
     "a\nb\n", "a \n",        "The ",
     "ก ",     "字",          "( ",
     ") ",     " • ",         "Mr. ",
     "U.S. ",  "?\" Peskov ", ".[1234",
     "[1]",    "\u0301",      "\u200B",
     "a.Bb",   "@",           "?! ",
     ". . ",   "word The ",   "the quick brown fox jumps over the lazy dog and runs\n"});

// … boilerplate
inline constexpr auto kHostileBoilerplate = std::to_array<std::string_view>(
    {"01:15\n", "Barges wait at the lock\n01:15\n",
     "Story highlights\nBarges wait here at the lock\nCrews fear the fog and the toll\n", "Story highlights\n",
     "Barges wait here at the northern lock\n",
     "Two barges ran aground at the northern lock in Monday's fog, he said.\n", "\n\n \n", "—\n"});

// … tokens
inline constexpr auto kHostileTokens = std::to_array<std::string_view>(
    {"a",  "A",      "1",   "1.",      "1,", ".",     "-",       "'",   "a'",        "'s",
     "a.", "A.",     "A. ", "A.B.C. ", " ",  "  ",    "a  ",     "\n",  "A b\nab\n", "a\n",
     "é",  "\u0301", "北",  "\u00AD",  "“",  "U.S. ", "Peskov ", "Mr.", "x’s ",      "``"});

// … and names
inline constexpr auto kHostileNames =
    std::to_array<std::string_view>({"A. B. C. ",
                                     "A.B.C.",
                                     "A ",
                                     "A\n",
                                     "A b\nab\n",
                                     "The ",
                                     "the ",
                                     "'s ",
                                     ", ",
                                     "(",
                                     "A-",
                                     "Aa",
                                     "1. ",
                                     "Dmitry Peskov ",
                                     "Dmitry Peskov said so. ",
                                     "dmitry peskov said so  ",
                                     "Peskov said so. ",
                                     "Peskov, ",
                                     "Peskov\n\n",
                                     "Mr. ",
                                     "Kremlin spokesman ",
                                     "the spokesman ",
                                     "Kremlin spokesman Dmitry Peskov said so. The spokesman left. ",
                                     "Peskov, a Russian official, said so. The Russian official left. ",
                                     "National Security Agency (NSA) ",
                                     "National Security Agency (",
                                     "Donald Trump Jr. said so. Trump left. ",
                                     "University of ",
                                     "Песков сказал. ",
                                     "北京 "});

// … and quotes
inline constexpr auto kHostileQuotes =
    std::to_array<std::string_view>({"\"",
                                     "\" ",
                                     " \"",
                                     "\"a\" ",
                                     "\"a\n\n",
                                     "\"a b c d e f.\n\n",
                                     "“",
                                     "”",
                                     "“ ",
                                     "“a ",
                                     "“a” ",
                                     "“a” said ",
                                     "a” ",
                                     "“‘",
                                     "“‘a’” ",
                                     "‘",
                                     "'",
                                     "' ",
                                     "s' a ",
                                     "''",
                                     "«",
                                     "» ",
                                     "„a“ ",
                                     "「",
                                     "「字」",
                                     "said ",
                                     "saying said ",
                                     "said saying “a” ",
                                     "said, ",
                                     ", , “a” ",
                                     "he said ",
                                     "“a b c d e,” he said. ",
                                     "“a b c d e,” said the ministry. ",
                                     "Peskov said: “a b c d e.” ",
                                     "“a b c d e,” said Peskov, who, he said, was “a”. ",
                                     "“a b c d e.”\n\nPeskov left. He left. ",
                                     "according to “a” ",
                                     "he said a b, and that ",
                                     "he said it, she told it, ",
                                     "Selon Peskov ",
                                     ", a-t-il dit, ",
                                     "sagte, dass er habe, "});

// A capitalised word, another one for each number.
inline std::string distinct_word(std::size_t number) {
  std::string letters;
  do {
    letters += static_cast<char>('a' + number % 26);
    number /= 26;
  } while (number > 0);
  letters.front() = static_cast<char>(letters.front() - 'a' + 'A');
  return letters + "ov";
}

// Sentences of which each has other names
struct DistinctNames {
  std::string_view what;
  std::function<std::string(std::size_t number)> sentence;
};

inline std::vector<DistinctNames> distinct_names() {
  return {
      {"words", [](std::size_t i) { return distinct_word(i) + ' '; }},
      {"sentences", [](std::size_t i) { return distinct_word(i) + " said so. "; }},
      {"one given name", [](std::size_t i) { return "John " + distinct_word(i) + " said so. "; }},
      {"and their surnames",
       [](std::size_t i) { return "John " + distinct_word(i) + " and " + distinct_word(i) + " said so. "; }},
      {"lower-cased", [](std::size_t i) { return "john x" + distinct_word(i).substr(1) + " said so  "; }},
      {"organisations", [](std::size_t i) { return "the " + distinct_word(i) + " University said so. "; }},
      {"acronyms",
       [](std::size_t i) {
         return "the " + distinct_word(i) + " National Agency (" + distinct_word(i)[0] + "NA) said so. ";
       }},
      {"roles",
       [](std::size_t i) {
         return "Russian official Dmitry " + distinct_word(i) + " left. The Russian official stayed. ";
       }},
      {"role holders",
       [](std::size_t i) { return "John " + distinct_word(i) + ", a lawyer, left. The lawyer stayed. "; }},
  };
}

// at least `bytes` of them
inline std::string many(const DistinctNames& kind, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; text.size() < bytes; ++i) text += kind.sentence(i);
  return text;
}

}  // namespace dateline
