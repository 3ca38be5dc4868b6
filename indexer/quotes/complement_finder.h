// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a verb reports: where, behind it, the words begin that are somebody's.
#pragma once

#include <cstdint>

#include "indexer/quotes/clause_reader.h"

namespace dateline {

class ComplementFinder {
 public:
  // clauses  reads the sentence of the verbs; must outlive the finder
  explicit ComplementFinder(const ClauseReader& clauses) : clauses_(clauses) {}

  // The clause or infinitive that the verb at `i` reports: "said on Monday that | …", "told reporters | …", "vowed |
  // to …".
  // returns  its first token; kNowhere if there is none
  // cost     bounded
  [[nodiscard]] std::uint32_t clause(std::uint32_t i, const ReportingVerb& verb) const;

  // What is praised, called for or spoken of: "called for | …".
  [[nodiscard]] std::uint32_t object(std::uint32_t i, const ReportingVerb& verb) const;

 private:
  [[nodiscard]] std::uint32_t behind_that(std::uint32_t at, const ReportingVerb& verb) const;
  [[nodiscard]] std::uint32_t behind_adjunct(std::uint32_t at) const;
  [[nodiscard]] std::uint32_t behind_addressee(std::uint32_t at, const ReportingVerb& verb) const;

  const ClauseReader& clauses_;
};

}  // namespace dateline
