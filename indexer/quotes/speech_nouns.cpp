// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/speech_nouns.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace dateline {
namespace {

constexpr std::uint32_t kMaxLinks = 3;       // "that,", "was that"
constexpr std::uint32_t kMaxAdjectives = 2;  // "her famous March | remark"

constexpr std::array<std::string_view, 29> kNouns = {
    "accusation", "answer",  "argument",  "assertion",  "assessment", "belief",     "boast",       "call",
    "claim",      "comment", "complaint", "complaints", "contention", "conviction", "declaration", "insistence",
    "line",       "message", "motto",     "phrase",     "pledge",     "promise",    "remark",      "reply",
    "response",   "slogan",  "statement", "view",       "warning"};

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& words, std::string_view form) {
  return std::find(words.begin(), words.end(), form) != words.end();
}

bool is_link(std::string_view form) {
  static constexpr std::array<std::string_view, 8> kLinks = {",", ":", "about", "for", "is", "of", "that", "was"};
  return is_one_of(kLinks, form);
}

bool is_word_for_words(std::string_view form) {
  static constexpr std::array<std::string_view, 5> kWords = {"expression", "phrase", "term", "word", "words"};
  return is_one_of(kWords, form);
}

bool is_use(std::string_view form) {
  static constexpr std::array<std::string_view, 9> kUses = {"coined", "invoked", "invokes", "repeated", "repeats",
                                                            "use",    "used",    "uses",    "using"};
  return is_one_of(kUses, form);
}

// "his", "her": of one person. "Their" is anybody's.
bool is_possessive(std::string_view form) { return form == "his" || form == "her"; }

}  // namespace

SpokenNoun find_spoken_noun(const ArticleWords& words, const SubjectFinder& subjects, std::uint32_t begin,
                            std::uint32_t open, std::uint32_t level) {
  const auto back = [&](std::uint32_t& i) { return (i = subjects.previous(i, begin, level)) != kNowhere; };
  std::uint32_t at = open;
  if (!back(at)) return {};
  // "he used the word"
  if (is_word_for_words(words.form(at))) {
    const std::uint32_t noun = at;
    if (!back(at) || words.is_capital(at) || !back(at) || !is_use(words.form(at))) return {};
    return {subjects.before(begin, at, level), {at, noun + 1}};
  }
  // "her remark that", "Peskov's answer was that"
  for (std::uint32_t links = 0; is_link(words.form(at)); ++links) {
    if (links == kMaxLinks || !back(at)) return {};
  }
  if (at + 1 == open || !is_one_of(kNouns, words.form(at))) return {};
  const TokenRange noun{at, at + 1};
  for (std::uint32_t adjectives = 0; adjectives <= kMaxAdjectives && back(at); ++adjectives) {
    if (is_possessive(words.form(at))) return {{SubjectKind::kPronoun, {at, at + 1}, kNowhere}, noun};
    if (words.form(at) == "'s") {
      if (!back(at) || words.mention(at) == kNowhere) return {};
      const std::uint32_t mention = words.mention(at);
      if (words.name_of_mention(mention).kind == NameKind::kPlace) return {};
      return {{SubjectKind::kName, words.mention_tokens(mention), mention}, noun};
    }
    if (!words.is_word(at)) return {};
  }
  return {};
}

}  // namespace dateline
