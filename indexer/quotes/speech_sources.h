// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whose speech without quotation marks it is: the one somebody that a reporting verb has beside it.
#pragma once

#include <cstdint>

#include "indexer/quotes/clause_reader.h"
#include "indexer/quotes/speech_verbs.h"
#include "indexer/quotes/subject_finder.h"

namespace dateline {

// In all of these, "Norvane and AirCeltis" and "the younger Garrick" are somebody, but not whom the last name means.
class SpeechSources {
 public:
  // clauses  reads the sentence of the verbs; must outlive this, as must verbs
  SpeechSources(const ClauseReader& clauses, const SpeechVerbs& verbs)
      : clauses_(clauses), subjects_(clauses.words(), verbs) {}

  // "Peskov | said"; "…, its director, Marguerite Fontenot-Hale, | told reporters"
  [[nodiscard]] Subject before(std::uint32_t verb) const;
  // "Peskov left, | adding"
  [[nodiscard]] Subject of_participle(std::uint32_t verb) const;
  // "…, said | Peskov", "according to | Peskov"
  [[nodiscard]] Subject behind(std::uint32_t begin) const;
  // Of a headline: "…, inquiry | finds"
  [[nodiscard]] Subject bare(std::uint32_t verb) const;
  // Of stripped text, where only whom stands right beside the verb counts: "peskov | said"; "he then | said"
  [[nodiscard]] Subject beside(std::uint32_t verb) const;
  // … and "  said | peskov  "
  [[nodiscard]] Subject alone_behind(std::uint32_t verb) const;

  // Whether words that a source may begin with stand there.
  [[nodiscard]] bool begins_source(std::uint32_t i) const;
  // Whether it is plain that `subject` is the verb's.
  [[nodiscard]] bool is_certain(const Subject& subject, std::uint32_t verb) const;

 private:
  [[nodiscard]] Subject apposed_name(std::uint32_t verb) const;
  [[nodiscard]] std::uint32_t relative_before(std::uint32_t verb) const;
  [[nodiscard]] bool is_joined(std::uint32_t verb) const;
  [[nodiscard]] Subject opening_speaker(const Subject& otherwise) const;
  [[nodiscard]] Subject apposed_to(const Subject& phrase) const;
  [[nodiscard]] Subject single(Subject subject) const;
  [[nodiscard]] Subject named(std::uint32_t mention) const;
  [[nodiscard]] bool may_speak(std::uint32_t mention) const;

  const ClauseReader& clauses_;
  SubjectFinder subjects_;
};

}  // namespace dateline
