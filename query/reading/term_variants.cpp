// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/term_variants.h"

#include <algorithm>
#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <utility>

#include "common/ascii.h"
#include "common/text.h"
#include "query/reading/word_forms.h"

namespace dateline {
namespace {

const std::string kEnglish = "en";

// "песков" -> "peskov". Empty where ICU knows no Latin spelling.
std::string latin_spelling(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  // Made for the one query in thousands that needs it: the rules take milliseconds to load.
  thread_local const std::unique_ptr<icu::Transliterator> transliterator(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
  if (!transliterator) return {};
  icu::UnicodeString text = icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())});
  transliterator->transliterate(text);
  std::string utf8;
  text.toUTF8String(utf8);
  std::string letters;
  for (const OwnedToken& token : analyze(utf8)) letters += token.word;
  return is_ascii(letters) ? letters : std::string();
}

void add_once(std::vector<std::string>& list, std::string text) {
  if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

}  // namespace

TermVariants::TermVariants(std::vector<std::string> languages) : languages_(std::move(languages)) {
  if (languages_.empty()) languages_.emplace_back(kEnglish);
}

std::vector<std::string> TermVariants::spellings(std::string_view word) {
  std::vector<std::string> all{std::string(word)};
  if (!is_ascii(word)) add_once(all, latin_spelling(word));
  return all;
}

std::vector<std::string> TermVariants::terms(std::string_view word, bool stemmable) {
  std::vector<std::string> all;
  for (const std::string& spelling : spellings(word)) {
    for (const std::string& language : languages_) add_once(all, stemmers_[language].stem(spelling, stemmable));
  }
  if (stemmable && std::find(languages_.begin(), languages_.end(), kEnglish) != languages_.end()) {
    Stemmer& english = stemmers_[kEnglish];
    for (const std::string& form : other_forms(word, english.stem(word, true))) add_once(all, english.stem(form, true));
  }
  return all;
}

WordWays word_ways(std::string_view text) {
  std::vector<OwnedToken> tokens = analyze(text);
  WordWays ways;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i == 0 || tokens[i].position != tokens[i - 1].position) ways.emplace_back();
    std::size_t next = ways.size();
    // A joined form covers the words that begin inside it.
    for (std::size_t j = i + 1; j < tokens.size() && tokens[j].span.begin < tokens[i].span.end; ++j) {
      if (tokens[j].position != tokens[j - 1].position) ++next;
    }
    ways.back().push_back({std::move(tokens[i]), next});
  }
  return ways;
}

std::string prefix_word(std::string_view text) {
  const WordWays ways = word_ways(text);
  if (!ways.empty()) {
    for (const WordStep& step : ways.front()) {
      if (step.next == ways.size() && step.token.stemmable) return step.token.word;
    }
  }
  return fold(text);
}

}  // namespace dateline
