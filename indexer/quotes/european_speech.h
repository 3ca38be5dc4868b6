// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reported clauses of German, French, Spanish, Italian, Portuguese, Dutch and Russian. These have one border more than
// English, the word for "that" or the comma before it, and the subject stands on either side of the verb.
#pragma once

#include <cstdint>
#include <optional>

#include "indexer/quotes/clause_reader.h"
#include "indexer/quotes/reported_speech.h"

namespace dateline {

class EuropeanSpeech {
 public:
  struct Found {
    ReportedSpeech speech;
    TokenRange rest;  // what goes on behind an attribution amid it; may be empty
  };

  // clauses  reads the sentence that is asked about; must outlive this
  explicit EuropeanSpeech(const ClauseReader& clauses) : clauses_(clauses) {}

  // What the verb at `i` reports: "sagte am Montag, dass | …", "räumte ein, | das Gutachten habe …", "a précisé que |
  // …", "…, a-t-il dit".
  // earliest  where it may begin
  // cost      bounded
  [[nodiscard]] std::optional<Found> of_verb(std::uint32_t i, std::uint32_t earliest) const;

  // What stands beside "selon Peskov", "nach ihren Worten", "по словам Пескова", if such words begin at `i`.
  // earliest, cost  as above
  [[nodiscard]] std::optional<Found> of_source(std::uint32_t i, std::uint32_t earliest) const;

 private:
  struct VerbGroup {
    TokenRange tokens;                 // "a-t-il dit"
    std::uint32_t pronoun = kNowhere;  // inside it
    bool is_denied = false;            // "n'a pas dit"
  };
  struct Source {
    Subject subject;
    TokenRange cue;
  };

  [[nodiscard]] std::string_view form(std::uint32_t i) const { return clauses_.form(i); }
  [[nodiscard]] bool is(ClauseRole role, std::uint32_t i) const { return clauses_.is(role, i); }
  [[nodiscard]] VerbGroup group_of(std::uint32_t verb) const;
  [[nodiscard]] std::uint32_t behind_that(std::uint32_t from) const;
  [[nodiscard]] std::uint32_t behind_comma(std::uint32_t from) const;
  [[nodiscard]] bool is_reported_mood(std::uint32_t from) const;
  [[nodiscard]] Subject subject_of(const VerbGroup& group, std::uint32_t behind_end) const;
  [[nodiscard]] Subject before(std::uint32_t verb) const;
  [[nodiscard]] Subject behind(std::uint32_t from, std::uint32_t to) const;
  [[nodiscard]] Subject named(std::uint32_t mention) const;
  [[nodiscard]] Source source_at(std::uint32_t i) const;

  const ClauseReader& clauses_;
};

}  // namespace dateline
