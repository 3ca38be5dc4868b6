// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/copies/text_alignment.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

#include "common/ascii.h"
#include "tests/hostile_texts.h"
#include "tests/unit/copies_support.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

constexpr std::string_view kReport =
    "MOSCOW, July 10 – “The group was discussed,” Dmitry Peskov told reporters.\n\n“It was our idea: 2 pages, no "
    "more,” said Svetlana Lukash, 41. José Ibáñez of the U.S. Embassy didn’t answer 3 questions.";
constexpr std::string_view kStripped =
    "moscow  july        the group was discussed   dmitry peskov told reporters    it was our idea    pages  no more  "
    "said svetlana lukash     jose ibanez of the u s  embassy didn t answer   questions ";

// What stands in `to` in place of the words of `from`.
std::string found(std::string_view from, std::string_view to, std::string_view words) {
  const auto begin = static_cast<std::uint32_t>(from.find(words));
  EXPECT_LT(begin, from.size()) << words;
  const auto span = TextAlignment(from, to).find({begin, begin + static_cast<std::uint32_t>(words.size())});
  return span ? std::string(to.substr(span->begin, span->size())) : "nothing";
}

TEST(TextAlignment, FindsWordsWhateverBecameOfThem) {
  EXPECT_EQ(found(kReport, kStripped, "The group was discussed,"), "the group was discussed");
  EXPECT_EQ(found(kReport, kStripped, "It was our idea: 2 pages, no more,"), "it was our idea    pages  no more");
  EXPECT_EQ(found(kReport, kStripped, "José Ibáñez"), "jose ibanez");
  EXPECT_EQ(found(kReport, kStripped, "U.S. Embassy"), "u s  embassy");
  EXPECT_EQ(found(kReport, kStripped, "didn’t"), "didn t");
  EXPECT_EQ(found(kReport, kReport, "Dmitry Peskov"), "Dmitry Peskov");
}

TEST(TextAlignment, FindsNothingForWhatIsNotThere) {
  EXPECT_EQ(found(kReport, kStripped, " – “"), "nothing") << "no letters";
  const std::string_view cut = kStripped.substr(0, kStripped.find("it was"));
  EXPECT_EQ(found(kReport, cut, "Dmitry Peskov"), "dmitry peskov");
  EXPECT_EQ(found(kReport, cut, "Svetlana Lukash"), "nothing");
  EXPECT_EQ(found(kReport, cut, "reporters.\n\n“It was"), "nothing") << "cut in two";
  EXPECT_EQ(found(kReport, "", "Dmitry Peskov"), "nothing");
  EXPECT_EQ(found(kReport, "the working group was an idea of some reporters", "The group"), "nothing")
      << "too few words in a row";
  EXPECT_FALSE(TextAlignment("", "").find({0, 0}));
}

TEST(TextAlignment, TakesTheFiguresBesideTheWordsIfTheyAreTheSame) {
  const std::string_view from =
      "In all 2,300 people left the northern harbour on 14 ferries by 6 pm on 21 June, 40 said.";
  EXPECT_EQ(found(from, "in all 2300 people left the northern harbour on 14 ferries by 6 pm on 21 june 40 said",
                  "2,300 people left the northern harbour on 14"),
            "2300 people left the northern harbour on 14");
  EXPECT_EQ(found(from, "in all 7300 people left the northern harbour on 15 ferries by 6 pm on 21 june 40 said",
                  "2,300 people left the northern harbour on 14"),
            "people left the northern harbour on");
  EXPECT_EQ(found(from, "in all people left the northern harbour on ferries by 6 pm on 21 june 40 said",
                  "2,300 people left the northern harbour on 14"),
            "people left the northern harbour on");
}

// What stands in `to` around the words of `from`, from letter to letter.
std::string gap(std::string_view from, std::string_view to, std::string_view words) {
  const auto begin = static_cast<std::uint32_t>(from.find(words));
  EXPECT_LT(begin, from.size()) << words;
  const auto found = TextAlignment(from, to).find_gap({begin, begin + static_cast<std::uint32_t>(words.size())});
  return found ? std::string(to.substr(found->to.begin, found->to.size())) : "nothing";
}

TEST(TextAlignment, FindsTheGapBetweenTwoLetters) {
  const std::string_view from =
      "40 said: In all 2,300 people left the harbour on the 14th of June, and $4.2m was paid by 2018.";
  const std::string_view to =
      "   said  in all       people left the harbour on the   th of june  and     m was paid by      ";
  EXPECT_EQ(gap(from, to, "2,300"), "       ");
  EXPECT_EQ(gap(from, to, "14th"), "   th ") << "letters of the number belong to the gap";
  EXPECT_EQ(gap(from, to, "$4.2m"), "     m ");
  EXPECT_EQ(gap(from, to, "40"), "   ") << "before the first letter";
  EXPECT_EQ(gap(from, to, "2018"), "      ") << "behind the last letter";
  EXPECT_EQ(gap(from, std::string("and so on ") + std::string(to) + " and so on", "2018"), "       ");
  EXPECT_EQ(gap(from, "in all 2 300 people left the harbour on the 14th of june", "2,300"), " 2 300 ");
}

TEST(TextAlignment, FindsNoGapWhereLettersDiffer) {
  const std::string_view from = "In all the rescue of 2,300 people from the northern harbour took nearly two days.";
  EXPECT_EQ(gap(from, "in all the rescue of some people from the northern harbour took nearly two days", "2,300"),
            "nothing");
  EXPECT_EQ(gap(from, "in all the rescue of passengers from the northern harbour took nearly two days", "2,300"),
            "nothing");
  EXPECT_EQ(gap(from, "people from the northern harbour took nearly two days", "2,300"), "nothing");
  EXPECT_EQ(gap("2,300", "2 300", "2,300"), "nothing");
  EXPECT_FALSE(TextAlignment("", "").find_gap({0, 0}));
}

TEST(TextAlignment, BearsSmallDifferencesInside) {
  const std::string_view from =
      "On Tuesday he told the inquiry: “Nobody at the harbour office was ever told of this, and nobody asked us,” said "
      "the master of the ferry.";
  const std::string_view quote = "Nobody at the harbour office was ever told of this, and nobody asked us,";
  EXPECT_EQ(found(from,
                  "on tuesday he told the inquiry nobody at the harbor office was ever told of this and nobody asked "
                  "us said the master",
                  quote),
            "nobody at the harbor office was ever told of this and nobody asked us");
  const std::string other =
      "on tuesday he told the inquiry nobody at the harbour office was ever told of this though all wanted to know "
      "about it very "
      "much and nobody asked us said the master of the ferry";
  EXPECT_EQ(found(from, other, quote), "nothing") << "much else stands between";
}

TEST(TextAlignment, FollowsPartsThatWereMoved) {
  DATELINE_SEEDED(random);
  const std::string first = made_up_text(random, 40);
  const std::string second = made_up_text(random, 40);
  const std::string moved = stripped(second + "\n" + first);
  EXPECT_EQ(found(first + "\n" + second, moved, first.substr(0, first.size() - 1)),
            stripped(first.substr(0, first.size() - 1)));
  EXPECT_EQ(found(first + "\n" + second, moved, second.substr(0, second.size() - 1)),
            stripped(second.substr(0, second.size() - 1)));
  EXPECT_EQ(found(first + "\n" + second, moved, first + "\n" + second), "nothing") << "in another order";
}

// Any words of any text are found in its stripped self, in a longer one and in a part of it, exactly where they stand.
TEST(TextAlignment, FindsAllWordsInTheStrippedSelf) {
  DATELINE_SEEDED(random);
  for (int round = 0; round < 60; ++round) {
    const std::string text = made_up_text(random, 20 + random() % 300);
    const std::string before = round % 2 == 0 ? "" : stripped(made_up_text(random, 30)) + " ";
    const std::string behind = round % 3 == 0 ? "" : " " + stripped(made_up_text(random, 30));
    const std::string copy = before + stripped(text) + behind;
    const TextAlignment alignment(text, copy);
    const auto is_inside_word = [&](std::size_t at) {
      const auto is_letter = [](char c) { return to_lower(c) >= 'a' && to_lower(c) <= 'z'; };
      return at > 0 && at < text.size() && is_letter(text[at - 1]) && is_letter(text[at]);
    };
    for (int n = 0; n < 200; ++n) {
      auto begin = static_cast<std::uint32_t>(random() % text.size());
      auto end = begin + static_cast<std::uint32_t>(random() % (text.size() - begin));
      while (is_inside_word(begin)) --begin;
      while (is_inside_word(end)) ++end;
      const std::string wanted = stripped(text.substr(begin, end - begin));
      const std::size_t head = wanted.find_first_not_of(' ');
      const std::optional<ByteSpan> span = alignment.find({begin, end});
      ASSERT_EQ(span.has_value(), head != std::string::npos);
      if (!span) continue;
      const std::size_t size = wanted.find_last_not_of(' ') + 1 - head;
      ASSERT_EQ(*span, (ByteSpan{static_cast<std::uint32_t>(before.size() + begin + head),
                                 static_cast<std::uint32_t>(before.size() + begin + head + size)}));
    }
  }
}

TEST(TextAlignment, BearsHostileText) {
  DATELINE_SEEDED(random);
  const std::string some = made_up_text(random, 200);
  for (const auto& units : {std::string_view("ab "), std::string_view("é\u0301"), std::string_view("ﬃ ß İ"),
                            std::string_view("字、"), std::string_view("1"), std::string_view("a1")}) {
    const std::string text = some + repeated(units, 300'000) + some;
    for (const auto& [from, to] : {std::pair(text, text), std::pair(text, some), std::pair(some, text)}) {
      const TextAlignment alignment(from, to);
      for (int n = 0; n < 500; ++n) {
        const auto begin = static_cast<std::uint32_t>(random() % from.size());
        const auto end = begin + static_cast<std::uint32_t>(random() % (from.size() - begin));
        if (const auto gap = alignment.find_gap({begin, end})) {
          ASSERT_LE(gap->from.begin, gap->from.end) << units;
          ASSERT_LE(gap->from.end, from.size()) << units;
          ASSERT_LE(gap->to.begin, gap->to.end) << units;
          ASSERT_LE(gap->to.end, to.size()) << units;
        }
        const std::optional<ByteSpan> span = alignment.find({begin, end});
        if (!span) continue;
        ASSERT_LT(span->begin, span->end) << units;
        ASSERT_LE(span->end, to.size()) << units;
      }
    }
  }
  for (const std::string_view unit : kHostileTokens) {
    const std::string text = repeated(unit, 100'000);
    const auto span = TextAlignment(text, text).find({0, static_cast<std::uint32_t>(text.size())});
    if (span) {
      EXPECT_LE(span->end, text.size()) << unit;
    }
  }
}

}  // namespace
}  // namespace dateline
