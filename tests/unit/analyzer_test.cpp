// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/analyzer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/text.h"

namespace dateline {
namespace {

std::vector<OwnedToken> tokens_of(std::string_view text, AnalyzerPath path) {
  std::vector<OwnedToken> tokens;
  TokenStream stream(text, path);
  for (Token token; stream.next(token);) {
    tokens.push_back({std::string(token.word), token.span, token.position, token.stemmable});
  }
  return tokens;
}

// "al|alsayed sayed"
std::string print(const std::vector<OwnedToken>& tokens) {
  std::string out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0) out += tokens[i].position == tokens[i - 1].position ? '|' : ' ';
    out += tokens[i].word;
  }
  return out;
}

using Cases = std::vector<std::pair<std::string, std::string>>;

void expect_words(const Cases& cases) {
  for (const auto& [text, words] : cases) {
    EXPECT_EQ(print(tokens_of(text, AnalyzerPath::kFast)), words) << text;
    EXPECT_EQ(print(tokens_of(text, AnalyzerPath::kGeneral)), words) << text << " (general path)";
  }
}

TEST(Analyze, GivesFoldedWords) {
  expect_words({
      {"", ""},
      {" \n\t.,;:!? \"()\" — … © ", ""},
      {"a", "a"},
      {"Russia confirmed on Monday", "russia confirmed on monday"},
      {"snake_case @handle #tag a/b, c&d", "snake case handle tag a b c d"},
      {"https://www.example.com/a-1?b=c", "https www example com a|a1 1 b c"},
      {"jane.doe@example.com", "jane doe example com"},
      {"Élysée Straße ﬁne Łódź Ｗｉｄｅ", "elysee strasse fine lodz wide"},
      {"Пётр Андрей", "петр андрей"},
      {"en – dash—em…dots", "en dash em dots"},
      {"co\xC2\xADoperate a\xE2\x80\x8D"
       "b x\xE2\x80\x8By",
       "cooperate ab x y"},
      {"CO₂ m² ½ ① ™", "co2 m2 1"},
      {"\xCC\x81"
       "a b\xCC\x81\xCC\xA3 5\xEF\xB8\x8F\xE2\x83\xA3 ❤\xEF\xB8\x8F 😀",
       "a b 5"},
      {"ـ ŉ ŀ\xCC\x92π", "n lπ"},
      {"G20 F-16 B2B covid19", "g20 f|f16 16 b2b covid19"},
  });
}

TEST(Analyze, JoinsAndDropsAtApostrophes) {
  expect_words({
      {"Peskov's Peskov’s Peskovʼs Peskov`s Peskov´s PESKOV'S Peskovs'",
       "peskov peskov peskov peskov peskov peskov peskovs"},
      {"peskov s", "peskov s"},
      {"O'Neill O’Neill O‘Neill 't Hooft rock 'n' roll", "oneill oneill oneill t hooft rock n roll"},
      {"don't don’t DON'T it's James's", "dont dont dont it james"},
      {"Hawai‘i Ho`opai Hawaiʻi", "hawaii hoopai hawaii"},
      {"'quoted' ‘quoted’ ''x'' a''b, a'-'b", "quoted quoted x a b a b"},
      {"G20's Élysée's the A's, the '90s", "g20 elysee the a the 90s"},
      {"we're I'll he'd I'm they’ve WE'LL shan't'll", "we i he i they we shant"},
      {"d'Estaing ma'am", "destaing maam"},
      {"y'all's s's's", "yall s s"},
  });
}

TEST(Analyze, JoinsPartsAtHyphens) {
  expect_words({
      {"al-Sayed", "al|alsayed sayed"},
      {"co-operation co‐operation co‑operation",
       "co|cooperation operation co|cooperation operation co|cooperation operation"},
      {"al-Sayed's mother-in-law", "al|alsayed sayed mother|motherinlaw in law"},
      {"a-b-c-d", "a|abcd b c d"},
      {"a-b-c-d-e a-b", "a b c d e a|ab b"},
      {"a-b-c-d-e-f-g-h-i-j", "a b c d e f g h i j"},
      {"well- -known a--b, a - b, 'a-'b", "well known a b a b a b"},
      {"18-year-old COVID-19", "18|18yearold year old covid|covid19 19"},
      {"2017-07-10 555-1234 5-4 2017-18", "2017|20170710 07 10 555|5551234 1234 5 4 2017 18"},
      {"21st-century $5-million 3.5-mile", "21|21st century 5|$5 million 3.5 mile"},
      {"Élysée-Palast", "elysee|elyseepalast palast"},
      {"ـ-x-y", "x|xy y"},
      {"中国-US", "中国 us."},
  });
}

TEST(Analyze, JoinsDottedLetters) {
  expect_words({
      {"U.S. u.s. U.S Ｕ．Ｓ． ", "us. us. us. us."},
      {"in the U.S. The U.S., the U.S.", "in the us. the us. the us."},
      {"U.N. F.B.I. U.S.A. a.m. e.g. i.e.", "un fbi usa am eg ie"},
      {"J.F. Kennedy J.F.Kennedy J. F. Kennedy", "jf kennedy jf kennedy j f kennedy"},
      {"U.S.'s F.B.I.’s U.S's A's.B", "us. fbi us. a b"},
      {"U.S.-led U.S.-China anti-U.S. F.B.I.-led", "us. led us. china anti us. fbi led"},
      {"U. John Q. Public No.1", "u john q public no 1"},
      {"А.С. Пушкин É.U.", "ас пушкин eu"},
      {"a.b.c.d.e.f.g.h", "abcdefgh"},
      {"a.b.c.d.e.f.g.h.i J.K.", "a b c d e f g h i jk"},
      {"Give it to us. The us.", "give it to us the us"},
  });
}

TEST(Analyze, JoinsLettersLeftOfStrippedAcronyms) {
  expect_words({
      {"u s  group on cyber security  an idea  peskov said", "us. group on cyber security an idea peskov said"},
      {"u s U S, u n, f b i", "us. us. un fbi"},
      {"in u s a", "in usa"},
      {"u  s, u\ns", "u s u s"},
      {"a u s senator, a u n envoy", "a us. senator a un envoy"},
      {"Washington D C U S Senator", "washington dc us. senator"},
      {"the U S-Chile deal, plan a b-movie", "the us. chile deal plan a b|bmovie movie"},
      {"trump s u n speech", "trump s un speech"},
      {"i m a member, don t a b, they d a c", "i m a member don t ab they d ac"},
      {"the s e c, on t v, the i m f, washington d c", "the sec on tv the imf washington dc"},
      {"10 a m, 5 p m", "10 am 5 pm"},
      {"make a U turn", "make a u turn"},
      {"e a y o a i", "e a y o a i"},
      {"и в с", "и в с"},
      {"u s's U's n", "u s u n"},
      {"a b c d e f g h", "abcdefgh"},
      {"a b c d e f g h i x", "a b c d e f g h i x"},
  });
}

TEST(Analyze, TellsTheCountryFromThePronoun) {
  expect_words({
      {"us Us about us.", "us us about us"},
      {"US", "us."},
      {"US GDP",
       "us."
       " gdp"},
      {"The US said", "the us. said"},
      {"the US's US-led non-US", "the us. us. led non us."},
      {"CONTACT US NOW", "contact us now"},
      {"ABOUT US", "about us"},
      {"ONE OF US, HE SAID", "one of us he said"},
      {"US TROOPS LEAVE", "us. troops leave"},
      {"Lines before\nCONTACT US\nlines after", "lines before contact us lines after"},
      {"TALKS FAIL: US LEAVES", "talks fail us. leaves"},
      {"USA BUS", "usa bus"},
      {"ПИСЬМО US", "письмо us"},
      {"中国 US", "中国 us."},
  });
}

TEST(Analyze, ReadsNumbers) {
  expect_words({
      {"1,000 1'000 1’000 1\xC2\xA0"
       "000 1,234,567.89",
       "1000 1000 1000 1000 1234567.89"},
      {"1.000.000 1.000,50 1.000 3.5", "1000000 1000.50 1.000 3.5"},
      {"1 000", "1 000"},
      {"1,2,3 1,000,50 12,34 1,0000 1234,567", "1 2 3 1 000 50 12 34 1 0000 1234 567"},
      {"192.168.0.1 10.07.2017 1.2.345,6", "192 168 0 1 10 07 2017 1 2 345 6"},
      {"10:30 10:30:15 3:2 16:9am 10:30am 5pm 5 p.m.", "10:30 10:30:15 3 2 16 9 am 10:30 am 5 pm 5 pm"},
      {"1st 2nd 3RD 11th 1,000th", "1|1st 2|2nd 3|3rd 11|11th 1000|1000th"},
      {"$5 €5 £1.50 $1.2 million $5bn US$5 ＄５", "5|$5 5|€5 1.50|£1.50 1.2|$1.2 million 5bn|$5bn us. 5|$5 5|$5"},
      {"5€ 5 € 5 €6", "5|€5 5|€5 5 6|€6"},
      {"50% 3.5% 50 % ５０％", "50|50% 3.5|3.5% 50|50% 50|50%"},
      {"50 percent 50 Per Cent 50 percentage 50  percent", "50|50% percent 50|50% per cent 50 percentage 50 percent"},
      {"1990s 1990's 2017’s 5m 3.5m 9/11 007", "1990s 1990|1990s 2017|2017s 5m 3.5m 9 11 007"},
      {"-5 +5 .5 5. 5,", "5 5 5 5 5"},
      {"1,000,000,000,000,000,000,000,000", "1000000000000000000000000"},
      {"٣٤ x٣", "٣٤ x٣"},
  });
}

TEST(Analyze, FindsWordsWithoutBlanks) {
  expect_words({
      {"你好世界，中国人民", "你好 世界 中国 人民"},
      {"東京でNHKニュース", "東京 で nhk ニュース"},
      {"ภาษาไทยง่าย", "ภาษา ไทย ง่าย"},
      {"한국어 뉴스", "한국어 뉴스"},
      {"\xE2\x80\x9C中国\xE2\x80\x9D", "中国"},
  });
}

TEST(Analyze, GivesSpansOfWhatWasWritten) {
  const std::string text = "Peskov's al-Sayed U.S.-led u s $5 50 percent “É” 1990's";
  std::vector<std::pair<std::string, std::string>> found;
  for (const OwnedToken& token : analyze(text)) {
    found.emplace_back(token.word, text.substr(token.span.begin, token.span.size()));
  }
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"peskov", "Peskov"}, {"al", "al"},     {"alsayed", "al-Sayed"}, {"sayed", "Sayed"},
      {"us.", "U.S."},      {"led", "led"},   {"us.", "u s"},          {"5", "$5"},
      {"$5", "$5"},         {"50", "50"},     {"50%", "50 percent"},   {"percent", "percent"},
      {"e", "É"},           {"1990", "1990"}, {"1990s", "1990's"},
  };
  EXPECT_EQ(found, expected);
}

TEST(Analyze, StemsWordsOfLettersOnly) {
  std::string stemmable;
  std::string not_stemmable;
  for (const OwnedToken& token : analyze("Peskov F.B.I. U.S. co-operations COVID-19 1990s $5 don't 中国 u n")) {
    (token.stemmable ? stemmable : not_stemmable) += token.word + ' ';
  }
  EXPECT_EQ(stemmable, "peskov fbi co cooperations operations covid dont 中国 un ");
  EXPECT_EQ(not_stemmable, "us. covid19 19 1990s 5 $5 ");
}

TEST(Analyze, CutsEndlessWordsAtACharacter) {
  const std::string letters(1000, 'X');
  for (const auto path : {AnalyzerPath::kFast, AnalyzerPath::kGeneral}) {
    const auto tokens = tokens_of("a " + letters + " b", path);
    ASSERT_EQ(tokens.size(), 3U);
    EXPECT_EQ(tokens[1].word, std::string(kMaxWordBytes, 'x'));
    EXPECT_EQ(tokens[1].span, (ByteSpan{2, 1002}));

    std::string thai;
    for (int i = 0; i < 100; ++i) thai += "я";
    const auto cut = tokens_of("x" + thai, path);
    ASSERT_EQ(cut.size(), 1U);
    EXPECT_EQ(cut[0].word.size(), kMaxWordBytes - 1);
    EXPECT_TRUE(is_valid_utf8(cut[0].word));
  }
}

TEST(Analyze, LeavesTheTokenAloneAtTheEnd) {
  TokenStream stream("one");
  Token token;
  ASSERT_TRUE(stream.next(token));
  const Token last = token;
  EXPECT_FALSE(stream.next(token));
  EXPECT_FALSE(stream.next(token));
  EXPECT_EQ(token.word, last.word);
  EXPECT_EQ(token.span, last.span);
}

// The clauses of the header, and that both paths agree.
void check_properties(const std::string& text) {
  const auto fast = tokens_of(text, AnalyzerPath::kFast);
  const auto general = tokens_of(text, AnalyzerPath::kGeneral);
  const auto same = [](const OwnedToken& a, const OwnedToken& b) {
    return a.word == b.word && a.span == b.span && a.position == b.position && a.stemmable == b.stemmable;
  };
  if (!std::equal(fast.begin(), fast.end(), general.begin(), general.end(), same)) {
    const auto [f, g] = std::mismatch(fast.begin(), fast.end(), general.begin(), general.end(), same);
    const std::uint32_t at = f != fast.end() ? f->span.begin : g->span.begin;
    const std::uint32_t from = at < 60 ? 0 : at - 60;
    FAIL() << "the paths differ near byte " << at << ": '" << text.substr(from, 120) << "'\n"
           << print(fast).substr(0, 2000) << '\n'
           << print(general).substr(0, 2000);
  }
  ByteSpan last;
  std::uint32_t position = 0;
  for (std::size_t i = 0; i < fast.size(); ++i) {
    const OwnedToken& token = fast[i];
    ASSERT_FALSE(token.word.empty()) << text;
    ASSERT_LE(token.word.size(), kMaxWordBytes) << text;
    ASSERT_TRUE(is_valid_utf8(token.word)) << text;
    ASSERT_LT(token.span.begin, token.span.end) << text;
    ASSERT_LE(token.span.end, text.size()) << text;
    ASSERT_TRUE(is_valid_utf8(std::string_view(text).substr(token.span.begin, token.span.size()))) << text;
    ASSERT_GE(token.span.begin, last.begin) << text;
    ASSERT_TRUE(token.position == position || (i > 0 && token.position == position + 1)) << text;
    ASSERT_TRUE(token.word.find_first_of(" \n\t'-") == std::string::npos) << text;
    last = token.span;
    position = token.position;
  }
}

std::uint64_t test_seed() {
  const char* fixed = std::getenv("DATELINE_TEST_SEED");
  const std::uint64_t seed = fixed != nullptr ? std::strtoull(fixed, nullptr, 10) : std::random_device{}();
  std::cout << "DATELINE_TEST_SEED=" << seed << '\n';
  return seed;
}

std::string utf8(char32_t c) {
  std::string out;
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
  } else {
    if (c < 0x10000) {
      out += static_cast<char>(0xE0 | (c >> 12));
    } else {
      out += static_cast<char>(0xF0 | (c >> 18));
      out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    }
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  }
  out += static_cast<char>(0x80 | (c & 0x3F));
  return out;
}

std::string random_text(std::mt19937_64& random) {
  static const std::array<std::string, 96> kPieces = {"a",
                                                      "i",
                                                      "u",
                                                      "s",
                                                      "US",
                                                      "us",
                                                      "U",
                                                      "S",
                                                      "n",
                                                      "t",
                                                      "d",
                                                      "m",
                                                      "x",
                                                      "B",
                                                      "the",
                                                      "The",
                                                      "SAID",
                                                      "Peskov",
                                                      "i m",
                                                      "don",
                                                      "they",
                                                      "percent",
                                                      "per cent",
                                                      "st",
                                                      "th",
                                                      "am",
                                                      "pm",
                                                      "1",
                                                      "12",
                                                      "000",
                                                      "345",
                                                      "2017",
                                                      "30",
                                                      "5",
                                                      "$",
                                                      "€",
                                                      "%",
                                                      "'s",
                                                      "’s",
                                                      "'",
                                                      "’",
                                                      "‘",
                                                      "`",
                                                      "-",
                                                      "-",
                                                      "‐",
                                                      "‑",
                                                      "–",
                                                      "—",
                                                      ".",
                                                      ".",
                                                      ".",
                                                      ",",
                                                      ":",
                                                      "/",
                                                      "_",
                                                      " ",
                                                      " ",
                                                      " ",
                                                      "  ",
                                                      "\n",
                                                      "\t",
                                                      "“",
                                                      "”",
                                                      "\"",
                                                      "(",
                                                      ")",
                                                      "é",
                                                      "É",
                                                      "ß",
                                                      "ﬁ",
                                                      "ł",
                                                      "я",
                                                      "Я",
                                                      "ё",
                                                      "й",
                                                      "λ",
                                                      "中",
                                                      "国",
                                                      "東京",
                                                      "ニュース",
                                                      "で",
                                                      "ภาษา",
                                                      "ไทย",
                                                      "한",
                                                      "ب",
                                                      "ـ",
                                                      "\xCC\x81",
                                                      "\xC2\xAD",
                                                      "\xE2\x80\x8D",
                                                      "\xE2\x80\x8B",
                                                      "\xC2\xA0",
                                                      "Ｕ",
                                                      "５",
                                                      "²",
                                                      "😀"};
  std::string text;
  for (auto n = random() % 24; n > 0; --n) {
    switch (random() % 12) {
      case 0: {
        const auto c = static_cast<char32_t>(random() % (random() % 2 == 0 ? 0x3100 : 0x110000));
        if (c < 0xD800 || c > 0xDFFF) text += utf8(c);
        break;
      }
      case 1:
        text += static_cast<char>(random() % 128);
        break;
      default:
        text += kPieces[random() % kPieces.size()];
    }
  }
  return text;
}

TEST(AnalyzerPaths, AgreeOnRandomText) {
  std::mt19937_64 random(test_seed());
  for (int i = 0; i < 60000 && !HasFatalFailure(); ++i) check_properties(normalize_text(random_text(random)));
}

TEST(AnalyzerPaths, AgreeOnRandomAscii) {
  std::mt19937_64 random(test_seed());
  static constexpr std::string_view kBytes = "aABsSuUtT.. '' -- ,:$%015  \n";
  for (int i = 0; i < 100000 && !HasFatalFailure(); ++i) {
    std::string text;
    for (auto n = random() % 24; n > 0; --n) text += kBytes[random() % kBytes.size()];
    check_properties(text);
  }
}

// A word of letters is its own analysis, so that a query made of shown words finds them.
TEST(AnalyzerPaths, FoldedWordsStayWords) {
  std::mt19937_64 random(test_seed());
  for (int i = 0; i < 20000; ++i) {
    for (const OwnedToken& token : analyze(normalize_text(random_text(random)))) {
      // A dictionary cuts differently in other company.
      const bool is_european = std::all_of(token.word.begin(), token.word.end(),
                                           [](char c) { return static_cast<unsigned char>(c) < 0xE0; });
      if (!token.stemmable || !is_european) continue;
      ASSERT_EQ(print(analyze(token.word)), token.word);
    }
  }
}

TEST(AnalyzerPaths, AgreeOnNews) {
  const std::filesystem::path folder = std::filesystem::path(DATELINE_SOURCE_DIR) / "../shared/eval/data/news";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no news at " << folder;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".gz") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  ASSERT_FALSE(files.empty());
  for (const auto& file : files) {
    constexpr std::size_t kBytes = 6'000'000;
    const std::string command = "gzip -dc '" + file.string() + "' 2>/dev/null | head -c " + std::to_string(kBytes);
    FILE* pipe = popen(command.c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string json(kBytes, '\0');
    json.resize(std::fread(json.data(), 1, kBytes, pipe));
    pclose(pipe);
    ASSERT_FALSE(json.empty()) << file << ": needs gzip";
    // Near enough to the text: these files escape nothing but quotes and line ends.
    std::string text;
    for (std::size_t i = 0; i < json.size(); ++i) {
      const bool escaped = json[i] == '\\' && i + 1 < json.size();
      if (escaped) ++i;
      text += escaped && json[i] == 'n' ? '\n' : json[i];
    }
    check_properties(normalize_text(text));
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
      return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80 ? c
             : c >= 'A' && c <= 'Z'                                          ? static_cast<char>(c - 'A' + 'a')
                                                                             : ' ';
    });
    check_properties(normalize_text(text));  // stripped, as the second kind of text in design.md
  }
}

TEST(AnalyzerPaths, AgreeOnHostileText) {
  for (const std::string unit :
       {"-",   "'",  ".",   " ",   "a-",     "a'",     "a.",       "a ",          "a b ",     "u s ",        "US ",
        "s's", "1,", "1.",  "1:",  "1,000,", "1.000.", "$",        "$1",          "5 ",       "5%",          "a",
        "ab",  "A",  "1",   "é",   "中",     "ア",     "ไ",        "\xCC\x81",    "\xC2\xAD", "a\xC2\xAD",   "’",
        "é-",  "é ", "中 ", "A.-", "1-",     "a'-",    "percent ", "5 per cent ", "5 percen", "\xE2\x80\x8B"}) {
    std::string text;
    while (text.size() < 200'000) text += unit;
    check_properties(text);
    check_properties("x" + text + "y");
  }
}

}  // namespace
}  // namespace dateline
