// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/indirect_speech.h"

#include <gtest/gtest.h>
#include <initializer_list>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "common/text.h"
#include "indexer/names/article_pass.h"
#include "indexer/quotes/quote_finder.h"
#include "indexer/sentences/sentence_splitter.h"
#include "tests/quote_contract.h"
#include "tests/unit/quote_reading.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

// Each indirect quote as "name: words", "-" for nobody, "!" for a high confidence.
std::string told(const Reading& reading) {
  std::string shown;
  for (const Quote& quote : reading.quotes) {
    if (quote.kind != QuoteKind::kIndirect) continue;
    if (!shown.empty()) shown += " | ";
    shown += quote.name == kNobody ? "-" : reading.names.names[quote.name].name;
    if (quote.rule != SpeakerRule::kNone && quote.confidence == Confidence::kHigh) shown += '!';
    shown += ": " + reading.text.substr(quote.span.begin, quote.span.size());
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

TEST(IndirectSpeech, BehindTheVerb) {
  expect_told(
      {{"Peskov said the Kremlin did not know the lawyer.", "Dmitry Peskov!: the Kremlin did not know the lawyer"},
       {"Lukash argued that there was no need for haste.", "Svetlana Lukash!: there was no need for haste"},
       {"Trump believes the deal is off.", "Donald Trump!: the deal is off"},
       {"Peskov said on Monday that nothing had been promised.", "Dmitry Peskov!: nothing had been promised"},
       {"Peskov said in a statement it would take weeks.", "Dmitry Peskov!: it would take weeks"},
       {"The two senators said they would vote against it.", "-: they would vote against it"}});
}

TEST(IndirectSpeech, TheAddresseeIsNoPartOfIt) {
  expect_told({{"Peskov told reporters that nothing had been promised.", "Dmitry Peskov!: nothing had been promised"},
               {"Lukash told the two senators she would come back.", "Svetlana Lukash!: she would come back"},
               {"Trump told them to wait for his answer.", "Donald Trump: to wait for his answer"}});
}

TEST(IndirectSpeech, SourceLast) {
  expect_told({{"Nothing had been promised at all, Peskov said.", "Dmitry Peskov!: Nothing had been promised at all"},
               {"Nothing had been promised at all, said Lukash.", "Svetlana Lukash!: Nothing had been promised at all"},
               {"Nothing had been promised, the spokesman, Dmitry Peskov, told reporters on Monday.",
                "Dmitry Peskov: Nothing had been promised"},
               {"The proposal, Lukash said, had filled forty minutes.",
                "Svetlana Lukash!: The proposal | Svetlana Lukash!: had filled forty minutes"},
               {"Nothing had been promised, Lukash told a news conference, and the talks would go on.",
                "Svetlana Lukash!: Nothing had been promised | Svetlana Lukash!: the talks would go on"}});
}

TEST(IndirectSpeech, TheDatelineIsNoPartOfIt) {
  expect_told({{"\n\nMOSCOW (Reuters) - Nothing had been promised at all, Peskov said.",
                "Dmitry Peskov!: Nothing had been promised at all"},
               {"\n\nBERLIN — Nothing had been promised at all, Lukash said.",
                "Svetlana Lukash!: Nothing had been promised at all"},
               {"\n\nParis, June 9 (AFP) — Nothing had been promised, Lukash said.",
                "Svetlana Lukash!: Nothing had been promised"},
               {"\n\nUS-Russian talks had gone on for hours, Peskov said.",
                "Dmitry Peskov!: US-Russian talks had gone on for hours"}});
}

TEST(IndirectSpeech, AccordingTo) {
  expect_told({{"According to Lukash, the talks lasted two hours.", "Svetlana Lukash!: the talks lasted two hours"},
               {"The talks lasted two hours, according to Lukash.", "Svetlana Lukash!: The talks lasted two hours"},
               {"The talks lasted two hours, according to a report.", "-!: The talks lasted two hours"}});
}

TEST(IndirectSpeech, Questions) {
  expect_told({{"Lukash asked whether the talks would go on.", "Svetlana Lukash: whether the talks would go on"},
               {"Asked whether the talks would go on, Peskov said they would.",
                "-: whether the talks would go on | Dmitry Peskov!: they would"},
               {"Peskov did not say what had been promised.", ""}});
}

TEST(IndirectSpeech, EndsWithItsClause) {
  expect_told({{"Peskov said nothing was promised, adding that the talks would go on.",
                "Dmitry Peskov!: nothing was promised | Dmitry Peskov: the talks would go on"},
               {"Peskov said nothing was promised and insisted that all was well.",
                "Dmitry Peskov!: nothing was promised | Dmitry Peskov: all was well"},
               {"While Peskov said nothing was promised, the others smiled.", "Dmitry Peskov!: nothing was promised"},
               {"Peskov said nothing was promised; the others smiled.", "Dmitry Peskov!: nothing was promised"},
               {"Peskov said nothing was promised, and that all was well, and left it there.",
                "Dmitry Peskov!: nothing was promised | Dmitry Peskov!: all was well, and left it there"}});
}

TEST(IndirectSpeech, EachThatIsAClause) {
  expect_told({{"Peskov said nothing was promised, and that all was well.",
                "Dmitry Peskov!: nothing was promised | Dmitry Peskov!: all was well"},
               {"Peskov said that nothing was promised and that all was well.",
                "Dmitry Peskov!: nothing was promised and that all was well"}});
}

TEST(IndirectSpeech, AttributionsAmidAClause) {
  expect_told(
      {{"She had asked whether the talks were over, Lukash told the court, and he had waved his hand.",
        "Svetlana Lukash: whether the talks were over | Svetlana Lukash!: he had waved his hand"},
       {"A former envoy puts it more sharply: the group has no budget at all, Lukash notes, and no plan has been made.",
        "Svetlana Lukash!: the group has no budget at all | Svetlana Lukash!: no plan has been made"},
       {"The talks will cost nine million, the Kremlin spokesman, Dmitry Peskov, admitted this afternoon.",
        "Dmitry Peskov: The talks will cost nine million"}});
}

TEST(IndirectSpeech, EndsWhereTheReporterSpeaksOn) {
  expect_told(
      {{"Peskov said it would set aside twelve million, but it is also asking for eight.",
        "Dmitry Peskov!: it would set aside twelve million"},
       {"Peskov said Lukash had left, and she was right.", "Dmitry Peskov!: Lukash had left, and she was right"},
       {"Peskov said the quay would not open, after a flood destroyed two cranes.",
        "Dmitry Peskov!: the quay would not open"}});
}

TEST(IndirectSpeech, NounsThatLookLikeVerbs) {
  expect_told({{"Svetlana Lukash, its head of claims, said the company would settle in full.",
                "Svetlana Lukash: the company would settle in full"},
               {"The talks, by all reports, went well for the group.", ""}});
}

TEST(IndirectSpeech, SubjectsFurtherOff) {
  expect_told(
      {{"The Kremlin envoy, Svetlana Lukash, welcomed the decision and said the talks would go on.",
        "Svetlana Lukash: the talks would go on"},
       {"Lukash said the talks were over but warned that the wells were running dry.",
        "Svetlana Lukash!: the talks were over | Svetlana Lukash: the wells were running dry"},
       {"A German weekly, which had asked Svetlana Lukash, said the talks were over.", "-: the talks were over"},
       {"Moscow answered both rounds in kind and said the talks were over.", "Moscow: the talks were over"},
       {"Lukash wrote on Monday. The talks were over, her letter said.", "Svetlana Lukash: The talks were over"},
       {"Leaders, such as Svetlana Lukash, said the talks were over.", "-: the talks were over"},
       {"A weekly, which spelt her Svetlana Lukash, said the talks were over.", "-: the talks were over"},
       {"The vote was unanimous, according to their president, the actress Svetlana Lukash.",
        "Svetlana Lukash!: The vote was unanimous"}});
}

TEST(IndirectSpeech, WantsAndOpinions) {
  expect_told({{"Trump vowed to come back next year.", "Donald Trump: to come back next year"},
               {"Lukash praised the patience of the other side.", "Svetlana Lukash: the patience of the other side"},
               {"Lukash praised the trawler.", ""},
               {"Lukash urged both sides to talk.", "Svetlana Lukash: both sides to talk"},
               {"Trump denied any delay.", "Donald Trump: any delay"},
               {"Peskov declined to comment.", ""}});
}

TEST(IndirectSpeech, QuotationMarks) {
  // A few words of a clause may be quoted; what is quoted as a whole is a quote of its own.
  expect_told({{"Peskov said it would “answer every one” before June.",
                "Dmitry Peskov!: it would “answer every one” before June"},
               {"Peskov said in a statement it “expects the talks to go on”.",
                "Dmitry Peskov!: it “expects the talks to go on”"},
               {"Peskov said: “We agreed on nothing at all.”", ""},
               {"“We agreed on nothing at all,” said Dmitry Peskov, the spokesman.", ""},
               {"“We agreed on nothing,” Peskov said, adding that the talks would go on.",
                "Dmitry Peskov: the talks would go on"},
               {"Peskov told Lukash, “We are done here, all of us.”", ""}});
}

TEST(IndirectSpeech, Pronouns) {
  expect_told({{"Lukash came late. She said the talks would go on.", "Svetlana Lukash!: the talks would go on"},
               {"Lukash came late. The talks would go on, she said.", "Svetlana Lukash!: The talks would go on"}});
}

TEST(IndirectSpeech, Headlines) {
  EXPECT_EQ(told(read("Donald Trump: My plans are not set in stone\n\nDonald Trump spoke on Monday.\n")),
            "Donald Trump: My plans are not set in stone");
  EXPECT_EQ(told(read("Sensor fault caused crash, inquiry finds\n\nThe ship is old.\n")),
            "-: Sensor fault caused crash");
  // A role is the one person's who has it in the article; who else may have it is not told.
  EXPECT_EQ(told(read("Nothing has been promised, Kremlin spokesman says\n\n" + std::string(kPeople))),
            "Dmitry Peskov: Nothing has been promised");
  EXPECT_EQ(told(read("Nothing has been promised, spokesman says\n\n" + std::string(kPeople))),
            "-: Nothing has been promised");
}

TEST(IndirectSpeech, SeveralOrAnotherOfTheNameAreNobody) {
  expect_told({{"Peskov and Lukash said the talks would go on.", "-: the talks would go on"},
               {"The younger Trump said the talks would go on.", "-: the talks would go on"}});
}

TEST(IndirectSpeech, German) {
  expect_told(
      {{"Peskow und andere kamen. Lukash sagte am Montag, dass die Gespräche weitergehen.",
        "Svetlana Lukash!: die Gespräche weitergehen"},
       {"Am Montag sagte Lukash, man habe nichts versprochen.", "Svetlana Lukash: man habe nichts versprochen"},
       {"Peskov räumte ein, das Gutachten habe den Riss nicht erfasst.",
        "Dmitry Peskov: das Gutachten habe den Riss nicht erfasst"},
       {"Die Gespräche seien zu Ende, sagte Peskov am Montag.", "Dmitry Peskov: Die Gespräche seien zu Ende"},
       {"Lukash kam spät. Die Gespräche seien zu Ende, sagte sie.", "Svetlana Lukash: Die Gespräche seien zu Ende"},
       {"Laut Lukash dauerten die Gespräche zwei Stunden.", "Svetlana Lukash!: dauerten die Gespräche zwei Stunden"},
       {"Am Montag gab es laut Peskov keine Einigung.",
        "Dmitry Peskov!: Am Montag gab es | Dmitry Peskov: keine Einigung"},
       {"Lukash kam spät. Die Reise werde nach ihren Worten 8,3 Millionen Euro kosten, die das Land trägt.",
        "Svetlana Lukash: Die Reise werde | Svetlana Lukash: 8,3 Millionen Euro kosten, die das Land trägt"},
       {"Am Montag sagte ein Sprecher des Amts, es gebe keine Einigung.", "-: es gebe keine Einigung"},
       {"Lukash sagte Peskov, der seit zehn Jahren ihr Chef ist, am Montag ab.", ""},
       {"Lukash sagte nicht, dass sie kommt.", ""}});
}

TEST(IndirectSpeech, French) {
  expect_told(
      {{"Lukash a déclaré lundi que les négociations étaient finies.",
        "Svetlana Lukash!: les négociations étaient finies"},
       {"Le porte-parole, Dmitry Peskov, assure que rien n'a été promis.", "Dmitry Peskov!: rien n'a été promis"},
       {"Lukash arrive. Elle a précisé que trois pays étaient d'accord.",
        "Svetlana Lukash: trois pays étaient d'accord"},
       {"Les négociations sont finies, a déclaré lundi Svetlana Lukash.",
        "Svetlana Lukash: Les négociations sont finies"},
       {"Peskov arrive. Les négociations sont finies, a-t-il dit.", "Dmitry Peskov: Les négociations sont finies"},
       {"Selon Peskov, rien n'a été promis.", "Dmitry Peskov!: rien n'a été promis"},
       {"Rien n'a été promis, selon Peskov.", "Dmitry Peskov!: Rien n'a été promis"},
       {"Peskov arrive. Selon lui, rien n'a été promis.", "Dmitry Peskov: rien n'a été promis"},
       {"Le ministre de Peskov a déclaré que rien n'était fini.", "-: rien n'était fini"},
       {"Lukash n'a pas dit que les négociations étaient finies.", ""}});
}

TEST(IndirectSpeech, SpanishItalianAndPortuguese) {
  expect_told({{"Lukash dijo el lunes que las negociaciones habían terminado.",
                "Svetlana Lukash!: las negociaciones habían terminado"},
               {"Nada está decidido, afirmó Peskov ante la prensa.", "Dmitry Peskov: Nada está decidido"},
               {"Según Peskov, nada está decidido.", "Dmitry Peskov!: nada está decidido"},
               {"De acuerdo con Peskov, nada está decidido.", "Dmitry Peskov!: nada está decidido"},
               {"Lukash ha detto che i colloqui erano finiti.", "Svetlana Lukash!: i colloqui erano finiti"},
               {"Niente è deciso, ha spiegato Peskov.", "Dmitry Peskov: Niente è deciso"},
               {"Niente è deciso, secondo Peskov.", "Dmitry Peskov!: Niente è deciso"},
               {"Lukash disse que as negociações tinham acabado.", "Svetlana Lukash!: as negociações tinham acabado"},
               {"Nada está decidido, afirmou Peskov.", "Dmitry Peskov: Nada está decidido"},
               {"Nada está decidido, segundo Peskov.", "Dmitry Peskov!: Nada está decidido"},
               {"El ministro explicó la razón que todos conocían.", ""}});
}

TEST(IndirectSpeech, Dutch) {
  expect_told({{"Lukash zei maandag dat de gesprekken voorbij waren.", "Svetlana Lukash!: de gesprekken voorbij waren"},
               {"De gesprekken zijn voorbij, zei Peskov maandag.", "Dmitry Peskov: De gesprekken zijn voorbij"},
               {"Volgens Lukash duurden de gesprekken twee uur.", "Svetlana Lukash!: duurden de gesprekken twee uur"}});
}

TEST(IndirectSpeech, Russian) {
  const std::string people = "Дмитрий Песков прибыл в Женеву. Директор компании Вера Лаптева ждала его.\n\n";
  const auto told_of = [&](std::string_view text) { return told(read(people + std::string(text))); };
  EXPECT_EQ(told_of("Лаптева считает, что перевозка подорожает."), "Вера Лаптева!: перевозка подорожает");
  EXPECT_EQ(told_of("Лаптева молчала. Она напомнила, что баржи простояли 17 дней."),
            "Вера Лаптева: баржи простояли 17 дней");
  EXPECT_EQ(told_of("Баржи простояли 17 дней, сказал журналистам Песков."), "Дмитрий Песков: Баржи простояли 17 дней");
  EXPECT_EQ(told_of("По данным министерства, баржи простояли 17 дней."), "-!: баржи простояли 17 дней");
}

TEST(IndirectSpeech, StrippedText) {
  // Names right beside the verb count, and no confidence is high.
  EXPECT_EQ(told(read("dmitry peskov said both presidents were ready to work on it   there was no need for haste  "
                      "svetlana lukash said   donald trump was pleased with all of that")),
            "Dmitry Peskov: both presidents were ready to work on it | Svetlana Lukash: there was no need for haste");
  EXPECT_EQ(told(read("dmitry peskov came to moscow on monday with donald trump   the two senators said the talks "
                      "would go on for weeks")),
            "-: the talks would go on for weeks");
}

TEST(IndirectSpeech, NoSpeech) {
  expect_told({{"Peskov came to Moscow and met the others.", ""},
               {"The daily show was a success.", ""},
               {"That said, Trump left.", ""}});
}

// ---- any text

std::string random_article(std::mt19937_64& random) {
  static constexpr std::string_view kPieces[] = {"Dmitry Peskov",
                                                 "Peskov",
                                                 "Lukash",
                                                 "she",
                                                 "he",
                                                 "they",
                                                 "said",
                                                 "says",
                                                 "told",
                                                 "saying",
                                                 "asked",
                                                 "argued",
                                                 "praised",
                                                 "called for",
                                                 "vowed",
                                                 "to",
                                                 "that",
                                                 "whether",
                                                 "and",
                                                 "but",
                                                 "while",
                                                 "who",
                                                 "is",
                                                 "was",
                                                 "would",
                                                 "reporters",
                                                 "the spokesman",
                                                 "the",
                                                 "a",
                                                 "in a statement",
                                                 "on Monday",
                                                 "according to",
                                                 "As",
                                                 "talks",
                                                 "went on",
                                                 "younger",
                                                 ",",
                                                 ",",
                                                 ".",
                                                 ":",
                                                 ";",
                                                 "--",
                                                 "(",
                                                 ")",
                                                 "\"",
                                                 "“",
                                                 "”",
                                                 "‘",
                                                 "’",
                                                 "\n\n",
                                                 "\n",
                                                 "  ",
                                                 "5",
                                                 "é",
                                                 "北京",
                                                 "sagte",
                                                 "habe",
                                                 "dass",
                                                 "laut",
                                                 "nach ihren Worten",
                                                 "a-t-il dit",
                                                 "a déclaré",
                                                 "que",
                                                 "Selon",
                                                 "n'a pas",
                                                 "her letter",
                                                 "such as"};
  std::string text;
  for (auto n = random() % 80; n > 0; --n) {
    text += kPieces[random() % std::size(kPieces)];
    if (random() % 4 != 0) text += ' ';
  }
  return text;
}

TEST(IndirectSpeech, HoldsTheContractForAnyText) {
  DATELINE_SEEDED(random);
  std::size_t found = 0;
  for (int i = 0; i < 6000; ++i) {
    const Reading reading = read(random_article(random));
    ASSERT_EQ(broken_quote_clause(reading.text, reading.names, reading.quotes), "") << reading.text;
    for (const Quote& quote : reading.quotes) {
      if (quote.kind != QuoteKind::kIndirect) continue;
      ++found;
      for (const Quote& other : reading.quotes) {
        const bool apart = other.span.end <= quote.span.begin || other.span.begin >= quote.span.end;
        ASSERT_TRUE(&other == &quote || apart || other.kind == QuoteKind::kMixed) << reading.text;
      }
    }
  }
  EXPECT_GT(found, 2000U);
}

}  // namespace
}  // namespace dateline
