// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text.h"

#include <cstdint>
#include <cstdlib>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {
namespace {

std::string utf8(char32_t c) {
  std::string out;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

std::uint64_t test_seed() {
  const char* fixed = std::getenv("DATELINE_TEST_SEED");
  const std::uint64_t seed = fixed != nullptr ? std::strtoull(fixed, nullptr, 10) : std::random_device{}();
  std::cout << "DATELINE_TEST_SEED=" << seed << '\n';
  return seed;
}

char32_t random_code_point(std::mt19937_64& random) {
  static constexpr char32_t kEnds[] = {0x80, 0x250, 0x600, 0x3000, 0x10000, 0x110000};
  for (;;) {
    const char32_t c = static_cast<char32_t>(random() % kEnds[random() % std::size(kEnds)]);
    if (c < 0xD800 || c > 0xDFFF) return c;
  }
}

TEST(NormalizeText, LeavesAsciiAlone) { EXPECT_EQ(normalize_text("One.\nTwo,\tthree\n"), "One.\nTwo,\tthree\n"); }

TEST(NormalizeText, KeepsNul) {
  EXPECT_EQ(normalize_text(std::string_view("a\0b\xff", 4)), std::string("a\0b\xEF\xBF\xBD", 6));
}

TEST(NormalizeText, DropsByteOrderMarksAtTheStartOnly) {
  EXPECT_EQ(normalize_text("\xEF\xBB\xBF\xEF\xBB\xBF"
                           "a\xEF\xBB\xBF"
                           "b"),
            "a\xEF\xBB\xBF"
            "b");
  EXPECT_EQ(normalize_text("\xEF\xBB\xBF"), "");
}

TEST(NormalizeText, MakesOneKindOfLineEnd) {
  EXPECT_EQ(normalize_text("a\r\nb\rc\n\rd\r\r\ne\r"), "a\nb\nc\n\nd\n\ne\n");
}

TEST(NormalizeText, Composes) {
  EXPECT_EQ(normalize_text("E\xCC\x81lyse\xCC\x81"
                           "e"),
            "Élysée");
  EXPECT_EQ(normalize_text("Й"), "Й");
  EXPECT_EQ(normalize_text("ﬁ"), "ﬁ") << "compatibility is for fold";
}

// The examples of the Unicode Standard, section 3.9, tables 3-8 to 3-11.
TEST(NormalizeText, ReplacesEachMaximalSubpart) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(normalize_text("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
            bad + bad + bad + bad + bad + bad + bad + bad + "A");
  EXPECT_EQ(normalize_text("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"),
            bad + bad + bad + bad + bad + bad + bad + bad + "A");
  EXPECT_EQ(normalize_text("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"),
            bad + bad + bad + bad + bad + "A" + bad + bad + "B");
  EXPECT_EQ(normalize_text("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), bad + bad + bad + bad + "A");
  EXPECT_EQ(normalize_text("caf\xE9 \xE2\x80"), "caf" + bad + " " + bad);
}

TEST(NormalizeText, IsIdempotentAndValidForAnyBytes) {
  std::mt19937_64 random(test_seed());
  for (int i = 0; i < 20000; ++i) {
    std::string bytes;
    for (auto n = random() % 12; n > 0; --n) {
      switch (random() % 4) {
        case 0:
          bytes += static_cast<char>(random());
          break;
        case 1:
          bytes +=
              "\xEF\xBB\xBF\r\n\xCC\x81"
              "e"[random() % 8];
          break;
        default:
          bytes += utf8(random_code_point(random));
      }
    }
    const std::string once = normalize_text(bytes);
    EXPECT_TRUE(is_valid_utf8(once));
    EXPECT_EQ(normalize_text(once), once);
    EXPECT_EQ(once.find('\r'), std::string::npos);
  }
}

TEST(IsValidUtf8, KnowsTheBorders) {
  for (const char* valid : {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                            "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "twelve bytes\xC3\xA9 and more"}) {
    EXPECT_TRUE(is_valid_utf8(valid)) << valid;
  }
  for (const char* invalid : {"\x80", "\xC1\xBF", "\xC3", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                              "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "twelve bytes\xE9 and more"}) {
    EXPECT_FALSE(is_valid_utf8(invalid)) << invalid;
  }
}

TEST(Fold, KnowsTheHeadersExamples) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", ""},
      {"PUTIN", "putin"},
      {"Élysée", "elysee"},
      {"E\xCC\x81lyse\xCC\x81"
       "e",
       "elysee"},
      {"Straße STRAẞE", "strasse strasse"},
      {"ﬁne", "fine"},
      {"Ｕ．Ｓ．", "u.s."},
      {"Łódź", "lodz"},
      {"Ærø Œuvre Þór Ðað ıİ Đoković Ħal", "aero oeuvre thor dad ii dokovic hal"},
      {"Heydər Əliyev", "heydar aliyev"},
      {"Việt Nam", "viet nam"},
      {"Αθήνα ΆΈ ᾳ Ὀδυσσεύς", "αθηνα αε αι οδυσσευσ"},
      {"Пётр ЁЛКА за́мок", "петр елка замок"},
      {"Андрей ЙОД Київ Ўзбекистон Ѓорѓи", "андрей йод київ ўзбекистон ѓорѓи"},
      {"مُحَمَّد مـــحمد", "محمد محمد"},
      {"Zoë’s “quote” – 5 €", "zoe’s “quote” – 5 €"},
      {"co\xC2\xADop", "coop"},
      {"東京 ﾆｭｰｽ", "東京 ニュース"},
      {"한국 \xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한국 한"},
  };
  for (const auto& [text, folded] : cases) EXPECT_EQ(fold(text), folded) << text;
}

TEST(Fold, IsIdempotentForEveryCodePoint) {
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    const std::string once = fold(utf8(c));
    ASSERT_TRUE(is_valid_utf8(once)) << std::hex << static_cast<std::uint32_t>(c);
    ASSERT_EQ(fold(once), once) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(Fold, IsIdempotentForRandomText) {
  std::mt19937_64 random(test_seed());
  for (int i = 0; i < 50000; ++i) {
    std::string text;
    for (auto n = random() % 8; n > 0; --n) {
      text += utf8(random() % 3 == 0 ? static_cast<char32_t>(0x300 + random() % 0x70) : random_code_point(random));
    }
    const std::string once = fold(text);
    ASSERT_TRUE(is_valid_utf8(once));
    ASSERT_EQ(fold(once), once) << text;
    ASSERT_TRUE(once.find('\r') != std::string::npos || normalize_text(once) == once) << "NFC: " << text;
  }
}

// European alphabets take a table; a Chinese letter at the end sends the same text to ICU.
TEST(Fold, GivesTheSameByTableAndByIcu) {
  std::mt19937_64 random(test_seed());
  for (int i = 0; i < 50000; ++i) {
    std::string text;
    for (auto n = random() % 8; n > 0; --n) text += utf8(static_cast<char32_t>(random() % 0x530));
    ASSERT_EQ(fold(text + "中"), fold(text) + "中") << text;
  }
}

TEST(Printable, ReplacesWhatATerminalWouldObey) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(printable("plain text"), "plain text");
  EXPECT_EQ(printable("\x1B[31mred\x1B[0m"), bad + "[31mred" + bad + "[0m");
  EXPECT_EQ(printable(std::string_view("a\0b\x07\x7F\r", 6)), "a" + bad + "b" + bad + bad + bad);
  EXPECT_EQ(printable("a\xC2\x9B"
                      "31m"),
            "a" + bad + "31m")
      << "C1: an eight-bit escape sequence";
  EXPECT_EQ(printable("a\xFF\xE2\x80"), "a" + bad + bad);
}

TEST(Printable, DropsWhatCannotBeSeen) {
  EXPECT_EQ(printable("a\xE2\x80\xAE"
                      "b\xE2\x81\xA6"
                      "c\xE2\x81\xA9\xE2\x80\x8E"),
            "abc")
      << "bidi";
  EXPECT_EQ(printable("a\xE2\x80\x8B\xE2\x80\x8D\xEF\xBB\xBF\xC2\xAD"
                      "b"),
            "ab")
      << "zero width";
  EXPECT_EQ(printable("a\xF3\xA0\x81\xA1"
                      "b"),
            "ab")
      << "tags";
}

TEST(Printable, KeepsLinesUnlessAskedForOne) {
  EXPECT_EQ(printable("a\tb\nc"), "a\tb\nc");
  EXPECT_EQ(printable("a\tb\nc", true), "a b c");
  EXPECT_EQ(printable("é\tb\nc", true), "é b c");
}

TEST(Printable, IsValidAndIdempotentForAnyBytes) {
  std::mt19937_64 random(test_seed());
  for (int i = 0; i < 20000; ++i) {
    std::string bytes;
    for (auto n = random() % 12; n > 0; --n) {
      bytes += random() % 2 == 0 ? std::string(1, static_cast<char>(random())) : utf8(random_code_point(random));
    }
    const std::string once = printable(bytes, true);
    EXPECT_TRUE(is_valid_utf8(once));
    EXPECT_EQ(printable(once, true), once);
    for (const char c : once) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
  }
}

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("Élysée"), 6U);
  EXPECT_EQ(display_width("e\xCC\x81"), 1U);
  EXPECT_EQ(display_width("東京"), 4U);
  EXPECT_EQ(display_width("Ｕ"), 2U);
  EXPECT_EQ(display_width("ﾆ"), 1U);
  EXPECT_EQ(display_width("한"), 2U);
  EXPECT_EQ(display_width("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"), 2U) << "jamo";
  EXPECT_EQ(display_width("😀"), 2U);
  EXPECT_EQ(display_width("\xE2\x80\x8D"), 0U);
  EXPECT_EQ(display_width("“a”–\xFF"), 5U);
}

}  // namespace
}  // namespace dateline
