// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/language_detector.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <vector>

#include "common/stop_words.h"
#include "common/text.h"
#include "indexer/next_character.h"

namespace dateline {
namespace {

constexpr std::size_t kWords = 300;
constexpr std::size_t kLookAtBytes = 8192;
constexpr std::size_t kScriptBytes = 2048;     // enough to tell the script
constexpr std::size_t kLongestWordBytes = 24;  // no function word is longer

// A language without a list has hardly any word on the others' lists; English texts full of foreign names have some.
// Measured on the test's articles: the right language has 25 to 55 %, any other below 20.
constexpr double kLeastShare = 0.15;

struct ScriptLanguage {
  UScriptCode script;
  std::string_view language;
};

constexpr ScriptLanguage kScripts[] = {
    {USCRIPT_HIRAGANA, "ja"},   {USCRIPT_KATAKANA, "ja"}, {USCRIPT_HAN, "zh"},      {USCRIPT_HANGUL, "ko"},
    {USCRIPT_THAI, "th"},       {USCRIPT_ARABIC, "ar"},   {USCRIPT_HEBREW, "he"},   {USCRIPT_GREEK, "el"},
    {USCRIPT_DEVANAGARI, "hi"}, {USCRIPT_BENGALI, "bn"},  {USCRIPT_TAMIL, "ta"},    {USCRIPT_TELUGU, "te"},
    {USCRIPT_GUJARATI, "gu"},   {USCRIPT_GURMUKHI, "pa"}, {USCRIPT_KANNADA, "kn"},  {USCRIPT_MALAYALAM, "ml"},
    {USCRIPT_SINHALA, "si"},    {USCRIPT_GEORGIAN, "ka"}, {USCRIPT_ARMENIAN, "hy"}, {USCRIPT_ETHIOPIC, "am"},
    {USCRIPT_KHMER, "km"},      {USCRIPT_LAO, "lo"},      {USCRIPT_MYANMAR, "my"},  {USCRIPT_CYRILLIC, "ru"},
};

// Letters that one language of a script uses in every other word and the script's main language never.
struct TellingLetters {
  std::string_view main_language;
  std::string_view language;
  std::u32string_view letters;
};

constexpr TellingLetters kTellingLetters[] = {
    {"ru", "be", U"ўЎ"},    {"ru", "uk", U"іїєґІЇЄҐ"}, {"ru", "sr", U"јљњђћџЈЉЊЂЋЏ"},
    {"ar", "ur", U"ٹڈڑںے"}, {"ar", "fa", U"پچژگی"},
};

// Counts of the letters of a text's beginning: how many of Latin and of each script in kScripts.
struct LetterCounts {
  std::size_t all = 0;
  std::array<std::size_t, std::size(kScripts)> by_script = {};
  std::array<std::size_t, std::size(kTellingLetters)> telling = {};
};

void count_letter(UChar32 character, LetterCounts& counts) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(character, &status);
  for (std::size_t i = 0; i < std::size(kScripts); ++i) counts.by_script[i] += kScripts[i].script == script ? 1 : 0;
  for (std::size_t i = 0; i < std::size(kTellingLetters); ++i) {
    const auto at = kTellingLetters[i].letters.find(static_cast<char32_t>(character));
    counts.telling[i] += at != std::u32string_view::npos ? 1 : 0;
  }
}

bool is_letter(UChar32 character) {
  if (character >= 0x80) return u_isalpha(character) != 0;
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

LetterCounts count_letters(std::string_view text) {
  LetterCounts counts;
  for (std::size_t i = 0; i < text.size();) {
    const UChar32 character = next_character(text, i);
    if (!is_letter(character)) continue;
    ++counts.all;
    if (character > 0x24F) count_letter(character, counts);
  }
  return counts;
}

// Japanese is known by its kana, even where most characters are Han.
std::string_view language_of_script(const LetterCounts& counts) {
  std::string_view best;
  std::size_t most = 0;
  for (std::size_t i = 0; i < std::size(kScripts); ++i) {
    const bool kana = kScripts[i].language == "ja" && counts.by_script[i] * 20 > counts.all;
    if (kana) return "ja";
    if (counts.by_script[i] > most) {
      most = counts.by_script[i];
      best = kScripts[i].language;
    }
  }
  return most * 2 > counts.all ? best : std::string_view();
}

std::string_view language_of_letters(std::string_view language, const LetterCounts& counts) {
  for (std::size_t i = 0; i < std::size(kTellingLetters); ++i) {
    if (kTellingLetters[i].main_language == language && counts.telling[i] * 100 > counts.all) {
      return kTellingLetters[i].language;
    }
  }
  return language;
}

// Calls `on_word` for each of the first kWords runs of letters, lower case if ASCII, else folded.
template <typename OnWord>
void for_each_word(std::string_view text, const OnWord& on_word) {
  std::size_t words = 0;
  std::string word;
  bool ascii = true;
  const auto finish = [&] {
    if (word.empty()) return;
    on_word(word.size() > kLongestWordBytes || ascii ? word : fold(word));
    ++words;
    word.clear();
    ascii = true;
  };
  for (std::size_t i = 0; i < text.size() && words < kWords;) {
    const std::size_t begin = i;
    const UChar32 character = next_character(text, i);
    if (!is_letter(character)) {
      finish();
      continue;
    }
    ascii = ascii && character < 0x80;
    if (character < 0x80) {
      word += static_cast<char>(character | 0x20);
    } else {
      word.append(text, begin, i - begin);
    }
  }
  finish();
}

std::string_view language_of_words(std::string_view text) {
  const auto& languages = stop_word_languages();
  std::vector<std::size_t> found(languages.size());
  std::size_t words = 0;
  for_each_word(text, [&](std::string_view word) {
    ++words;
    const std::uint32_t mask = languages_with_stop_word(word);
    for (std::size_t i = 0; mask >> i != 0; ++i) found[i] += (mask >> i) & 1U;
  });
  const auto best = std::max_element(found.begin(), found.end());  // the first of equals, so English in doubt
  const bool enough = static_cast<double>(*best) >= kLeastShare * static_cast<double>(words);
  return enough ? languages[static_cast<std::size_t>(best - found.begin())] : std::string_view("en");
}

}  // namespace

std::string detect_language(std::string_view text) {
  const LetterCounts counts = count_letters(text.substr(0, kScriptBytes));
  const std::string_view by_script = language_of_letters(language_of_script(counts), counts);
  return std::string(by_script.empty() ? language_of_words(text.substr(0, kLookAtBytes)) : by_script);
}

}  // namespace dateline
