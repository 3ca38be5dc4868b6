// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/articles/language_detector.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "common/next_character.h"
#include "common/stop_words.h"
#include "common/text.h"

namespace dateline {
namespace {

constexpr std::size_t kWords = 300;
constexpr std::size_t kClearWords = 100;  // after which a clear case needs no more
constexpr std::size_t kLookAtBytes = 8192;
constexpr std::size_t kScriptBytes = 1024;     // enough to tell the script
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
    {"ru", "be", U"ўЎ"}, {"ru", "uk", U"іїєґІЇЄҐ"}, {"ru", "sr", U"јљњђћџЈЉЊЂЋЏ"},
    {"ru", "bg", U"ъЪ"}, {"ar", "ur", U"ٹڈڑںے"},    {"ar", "fa", U"پچژگی"},
};

// How many letters the beginning of a text has, and how many of each script but Latin.
struct LetterCounts {
  std::size_t all = 0;
  std::array<std::uint32_t, USCRIPT_CODE_LIMIT> by_script = {};
};

bool is_letter(UChar32 character) {
  if (character >= 0x80) return u_isalpha(character) != 0;
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

// Whether `text` may hold so many letters beyond Latin ones that they matter: nearly all text has next to none, and
// this is the fast way to know. 0xE2 begins dashes and quotation marks.
bool has_other_scripts(std::string_view text) {
  const auto is_other = [](char byte) { return static_cast<unsigned char>(byte) >= 0xCD && byte != '\xE2'; };
  return std::count_if(text.begin(), text.end(), is_other) * 40 > static_cast<std::ptrdiff_t>(text.size());
}

LetterCounts count_letters(std::string_view text) {
  LetterCounts counts;
  if (!has_other_scripts(text)) return counts;
  for (std::size_t i = 0; i < text.size();) {
    const UChar32 character = next_character(text, i);
    if (!is_letter(character)) continue;
    ++counts.all;
    if (character <= 0x24F) continue;
    UErrorCode status = U_ZERO_ERROR;
    ++counts.by_script[static_cast<std::size_t>(uscript_getScript(character, &status))];
  }
  return counts;
}

// Japanese is known by its kana, even where most characters are Han.
std::string_view language_of_script(const LetterCounts& counts) {
  std::string_view best;
  std::size_t most = 0;
  for (const ScriptLanguage& candidate : kScripts) {
    const std::size_t count = counts.by_script[static_cast<std::size_t>(candidate.script)];
    if (candidate.language == "ja" && count * 20 > counts.all) return "ja";
    if (count > most) {
      most = count;
      best = candidate.language;
    }
  }
  return most * 2 > counts.all ? best : std::string_view();
}

std::size_t count_any_of(std::string_view text, std::u32string_view letters) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    count += letters.find(static_cast<char32_t>(next_character(text, i))) != std::u32string_view::npos ? 1 : 0;
  }
  return count;
}

std::string_view language_of_letters(std::string_view language, std::string_view text, const LetterCounts& counts) {
  for (const TellingLetters& telling : kTellingLetters) {
    if (telling.main_language == language && count_any_of(text, telling.letters) * 100 > counts.all) {
      return telling.language;
    }
  }
  return language;
}

// The next run of letters at or after `at`, which moves behind it; empty at the end.
std::string_view next_word(std::string_view text, std::size_t& at) {
  std::size_t begin = at;
  while (at < text.size()) {
    const std::size_t here = at;
    if (is_letter(next_character(text, at))) continue;
    if (here > begin) return text.substr(begin, here - begin);
    begin = at;
  }
  return text.substr(begin);
}

std::uint32_t languages_with(std::string_view word) {
  std::array<char, kLongestWordBytes> lower;
  if (word.size() > lower.size()) return 0;
  unsigned char all_bytes = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    all_bytes |= static_cast<unsigned char>(word[i]);
    lower[i] = static_cast<char>(word[i] | 0x20);
  }
  return languages_with_stop_word(all_bytes < 0x80 ? std::string_view(lower.data(), word.size()) : fold(word));
}

// Function words of each language among the words seen so far.
struct WordCounts {
  std::size_t words = 0;
  std::array<std::size_t, 32> found = {};

  void add(std::uint32_t languages) {
    ++words;
    for (; languages != 0; languages &= languages - 1) ++found[static_cast<std::size_t>(std::countr_zero(languages))];
  }

  // The first of equals, so English in doubt.
  [[nodiscard]] std::size_t best() const {
    return static_cast<std::size_t>(std::max_element(found.begin(), found.end()) - found.begin());
  }

  // Whether the best has a quarter of all words and three times as many as any other.
  [[nodiscard]] bool is_clear() const {
    const std::size_t most = found[best()];
    const auto is_near = [&](std::size_t count) { return count * 3 > most; };
    return most * 4 >= words && std::count_if(found.begin(), found.end(), is_near) == 1;
  }
};

std::string_view language_of_words(std::string_view text) {
  WordCounts counts;
  std::size_t at = 0;
  for (std::string_view word = next_word(text, at); !word.empty(); word = next_word(text, at)) {
    counts.add(languages_with(word));
    if (counts.words == kWords || (counts.words == kClearWords && counts.is_clear())) break;
  }
  const std::size_t best = counts.best();
  const bool enough = static_cast<double>(counts.found[best]) >= kLeastShare * static_cast<double>(counts.words);
  return enough && counts.found[best] > 0 ? stop_word_languages()[best] : std::string_view("en");
}

}  // namespace

std::string detect_language(std::string_view text) {
  const std::string_view beginning = text.substr(0, kScriptBytes);
  const LetterCounts counts = count_letters(beginning);
  const std::string_view by_script = language_of_letters(language_of_script(counts), beginning, counts);
  return std::string(by_script.empty() ? language_of_words(text.substr(0, kLookAtBytes)) : by_script);
}

}  // namespace dateline
