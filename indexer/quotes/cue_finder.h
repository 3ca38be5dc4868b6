// SPDX-License-Identifier: GPL-2.0-or-later
//
// The words that say who says a quote: "…," Peskov said.
#pragma once

#include <cstdint>

#include "common/article.h"
#include "indexer/quotes/article_words.h"
#include "indexer/quotes/speech_verbs.h"
#include "indexer/quotes/subject_finder.h"

namespace dateline {

struct Cue {
  Subject subject;
  TokenRange verb;             // empty if there is none
  std::uint32_t distance = 0;  // words between the verb and the quote
  SpeakerRule rule = SpeakerRule::kNone;
  Confidence confidence = Confidence::kMedium;

  explicit operator bool() const { return rule != SpeakerRule::kNone; }
};

// Looks in the sentence of a quoted stretch, and in the one before it if that ends with a colon. Cost bounded.
class CueFinder {
 public:
  CueFinder(const ArticleWords& words, const SpeechVerbs& verbs)
      : words_(words), verbs_(verbs), subjects_(words, verbs) {}

  [[nodiscard]] Cue find(std::uint32_t stretch) const;

  // Who is said to have said it by a noun before it: "her remark that “…”".
  [[nodiscard]] Cue by_noun(std::uint32_t stretch) const;

  // The first subject of a sentence of the article's own text.
  [[nodiscard]] Subject first_subject(std::uint32_t sentence) const;

  // The subject of the sentence before.
  [[nodiscard]] Cue sentence_before(std::uint32_t stretch, bool same_paragraph) const;

  // Whether nothing but marks stands before the stretch in its sentence, or a link: Instead, “…”
  [[nodiscard]] bool begins_sentence(std::uint32_t stretch) const;

 private:
  struct Place {
    std::uint32_t level = kNowhere;
    std::uint32_t begin = 0;        // where the sentence begins, or the stretch around
    std::uint32_t open = 0;         // the opening mark, or the first token
    std::uint32_t last = 0;         // the last token between the marks
    std::uint32_t behind = 0;       // the first behind the closing mark
    std::uint32_t end = 0;          // where the sentence ends, or the stretch around
    std::uint32_t around_end = 0;   // of the paragraph, or the stretch around
    bool is_next_sentence = false;  // `end` is that of the sentence behind
  };

  [[nodiscard]] Place place_of(std::uint32_t stretch) const;
  [[nodiscard]] Cue by_noun(const Place& place) const;
  [[nodiscard]] Cue behind(const Place& place) const;
  [[nodiscard]] Cue behind_unlisted(const Place& place) const;
  [[nodiscard]] Cue before_unlisted(const Place& place) const;
  [[nodiscard]] Cue in_japanese(const Place& place) const;
  [[nodiscard]] Cue signed_within(const Place& place) const;
  [[nodiscard]] Cue signed_by(const Place& place) const;
  [[nodiscard]] Cue label(const Place& place, std::uint32_t begin, std::uint32_t colon) const;
  [[nodiscard]] Cue after_lead(const Place& place, std::uint32_t begin, std::uint32_t colon) const;
  [[nodiscard]] Cue after_colon(const Place& place) const;
  [[nodiscard]] Cue in_clause(const Place& place, std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] Cue according_to(std::uint32_t i, std::uint32_t end, std::uint32_t level) const;
  [[nodiscard]] Subject subject_of(const Place& place, std::uint32_t verb, SpeechVerb kind, std::uint32_t begin,
                                   std::uint32_t end) const;
  [[nodiscard]] SpeechVerb verb_at(std::uint32_t i, std::uint32_t begin, std::uint32_t level) const;
  [[nodiscard]] bool is_noun(std::uint32_t i, std::uint32_t begin, std::uint32_t level) const;
  [[nodiscard]] bool is_passive(std::uint32_t verb, std::uint32_t begin, std::uint32_t level) const;
  [[nodiscard]] bool begins_clause(std::uint32_t i, std::uint32_t begin, std::uint32_t level) const;
  [[nodiscard]] bool is_introduction(std::uint32_t begin, std::uint32_t open) const;
  [[nodiscard]] bool is_tag(std::uint32_t begin) const;
  [[nodiscard]] bool ends_as_shout(const Place& place) const;
  [[nodiscard]] bool ends_open(const Place& place) const;
  [[nodiscard]] bool is_amid(const Place& place) const;
  [[nodiscard]] bool is_followed_by_clause(const Place& place) const;

  const ArticleWords& words_;
  const SpeechVerbs& verbs_;
  SubjectFinder subjects_;
};

}  // namespace dateline
