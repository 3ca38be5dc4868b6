// SPDX-License-Identifier: GPL-2.0-or-later
//
// A query's tree to what Xapian searches: the candidates. The one place that knows prefixes and operators.
#pragma once

#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

#include "query/asking/query_parser.h"
#include "query/reading/name_reader.h"
#include "query/reading/term_variants.h"

namespace dateline {

// A word that ranks.
struct RankedTerm {
  std::string shown;               // folded, as typed
  std::vector<std::string> terms;  // any of them stands for it
  double weight = 1;               // times it was typed
  double share = 1;                // of a word's weight: less for a joined form, beside which its parts rank
  NameReading reading;             // whom else it may mean; no terms if nobody
};

// Words in a row that are a name which has an acronym: passages that hold the acronym alone are found, too.
struct NamedRun {
  std::string shown;               // as typed
  std::vector<std::string> words;  // those that rank (RankedTerm::shown)
  NameReading reading;
};

// What a name weighs in an article, and one of several words in a passage, to all those words together. Measured with
// 0.3 to 1: tests/bench/README.md, "Names in ranking".
inline constexpr double kNamedShare = 0.6;

struct BuiltQuery {
  Xapian::Query candidates;         // matches all that the tree matches, and perhaps more
  std::vector<RankedTerm> ranked;   // the words of the candidates' weight
  std::vector<NamedRun> runs;       // of them, each name once
  bool by_date = false;             // the latest first: nothing ranks, or so it was asked for
  std::vector<NamedOne> asked_for;  // whom fields and words mean, but under a minus
  // The fields that ask who speaks, but under a minus, and whom each may mean.
  std::vector<std::pair<std::string, std::vector<NamedOne>>> speakers;
  bool must_verify = false;          // the candidates decide: there are phrases, NEAR, wildcards, or names that mean
                                     // one person in one index and another in the next
  std::vector<std::string> notices;  // what was left out, for the user
};

// Most different words of a query that rank; of a pasted article the rarest are taken.
inline constexpr std::size_t kMaxRankedTerms = 40;
// Most terms a wildcard stands for, the most frequent ones.
inline constexpr std::size_t kMaxPrefixTerms = 200;

// database    all segments that will be searched: its frequencies choose among many words
// with_names  words that are known names, alone or in a row, also find and rank by the name: passages are added, none
//             is lost
// cost        a look-up a word and a run of words; for a wildcard linear in the terms that begin so
[[nodiscard]] BuiltQuery build_query(const QueryNode& query, const Xapian::Database& database, TermVariants& variants,
                                     const NameReader& names, bool with_names);

}  // namespace dateline
