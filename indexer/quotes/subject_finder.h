// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whose verb it is: the noun phrase that is the subject of a verb of speech.
#pragma once

#include <cstdint>
#include <string_view>

#include "indexer/quotes/article_words.h"
#include "indexer/quotes/speech_verbs.h"

namespace dateline {

enum class SubjectKind : std::uint8_t {
  kNone,
  kName,     // one of the article's mentions
  kPronoun,  // "she"
  kOther,    // "a senior official", "Trump's campaign", "the two senators"
};

struct Subject {
  SubjectKind kind = SubjectKind::kNone;
  TokenRange tokens;                 // as written
  std::uint32_t mention = kNowhere;  // of kName: index of the mention

  explicit operator bool() const { return kind != SubjectKind::kNone; }
};

// Reads the clauses round a verb. No grammar: names, pronouns, small words and commas tell nearly all of it.
//
// level  the stretch in whose text the clause stands, kNowhere for the article's own: what is quoted deeper is passed
// over cost   bounded: no clause is read further than some sixty words
class SubjectFinder {
 public:
  SubjectFinder(const ArticleWords& words, const SpeechVerbs& verbs) : words_(words), verbs_(verbs) {}

  // Before the verb: "Peskov said", "Peskov, the Kremlin's spokesman, said on Monday", "Rep. Ted Lieu of California
  // said", "Lukash, who led the talks, said", "he turned to X and said", "a spokesman for Trump said".
  // begin  where the clause may begin at the earliest
  // verb   the verb's token
  [[nodiscard]] Subject before(std::uint32_t begin, std::uint32_t verb, std::uint32_t level) const;

  // The name right before a participle: "with Peskov reportedly saying".
  [[nodiscard]] Subject beside(std::uint32_t begin, std::uint32_t verb, std::uint32_t level) const;

  // Behind the verb, or behind "according to" and "by": "said Peskov", "said Kremlin spokesman Dmitry Peskov", "said
  // the Kremlin's spokesman, Dmitry Peskov", "said a senior official". begin  the token behind the verb end    where
  // the clause ends at the latest
  [[nodiscard]] Subject behind(std::uint32_t begin, std::uint32_t end, std::uint32_t level) const;

  // The first that can be a subject between two tokens: of "Peskov came out and said", of "Trump wrote on Twitter,
  // adding".
  [[nodiscard]] Subject first(std::uint32_t begin, std::uint32_t end, std::uint32_t level) const;

  // The nearest that begins a clause before `end`, a name or a pronoun: "X told Y he …, Z thought for a moment and".
  [[nodiscard]] Subject nearest(std::uint32_t begin, std::uint32_t end, std::uint32_t level) const;

  // Whether what ends right before a verb's base form is no subject of it but the rest of a noun: "a snappy | retort".
  [[nodiscard]] bool is_rest_of_noun(const Subject& subject, std::uint32_t verb) const;

  // The token before `i` on the same level, or kNowhere at `begin`: over what is quoted, and its marks.
  [[nodiscard]] std::uint32_t previous(std::uint32_t i, std::uint32_t begin, std::uint32_t level) const;
  // The token behind `i` on the same level, or kNowhere at `end`.
  [[nodiscard]] std::uint32_t next(std::uint32_t i, std::uint32_t end, std::uint32_t level) const;

 private:
  [[nodiscard]] std::string_view form(std::uint32_t i) const { return words_.form(i); }
  [[nodiscard]] bool is_speaker_mention(std::uint32_t i) const;
  [[nodiscard]] bool is_after_preposition(std::uint32_t i, std::uint32_t begin) const;
  [[nodiscard]] Subject named(std::uint32_t mention) const;
  [[nodiscard]] Subject pronoun(std::uint32_t i) const;
  [[nodiscard]] Subject phrase_before(std::uint32_t begin, std::uint32_t end, std::uint32_t level) const;
  [[nodiscard]] bool is_phrase(TokenRange tokens) const;
  [[nodiscard]] Subject of_phrase(TokenRange phrase) const;
  [[nodiscard]] Subject antecedent(std::uint32_t begin, std::uint32_t who, std::uint32_t level) const;
  [[nodiscard]] Subject before_aside(std::uint32_t begin, std::uint32_t end, std::uint32_t level) const;

  const ArticleWords& words_;
  const SpeechVerbs& verbs_;
};

[[nodiscard]] bool is_subject_pronoun(std::string_view form);

}  // namespace dateline
