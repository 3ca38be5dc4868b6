// SPDX-License-Identifier: GPL-2.0-or-later
//
// The passages that match a query, in Xapian's order: by BM25, or the latest articles first.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/segments.h"
#include "query/finding/added_words.h"
#include "query/finding/candidate.h"
#include "query/finding/passage_reader.h"
#include "query/finding/query_builder.h"
#include "query/finding/ranker.h"
#include "query/finding/verifier.h"

namespace dateline {

class CandidateFinder {
 public:
  // all  the segments as one database. All must outlive this.
  CandidateFinder(const std::vector<Segment>& segments, const Xapian::Database& all, const BuiltQuery& query,
                  const RankingWeights& weights, const Verifier& verifier, PassageReader& reader);

  // The next `size` that match, and some more that weigh as much as the last; fewer at the end. Cost: where the text
  // must be read to tell, that of every passage looked at.
  [[nodiscard]] std::vector<Candidate> next(std::size_t size);
  // The passages that hold words which were added to the query, and none of what it asks for: the best by those words,
  // which is their added_score. Cost: a search.
  [[nodiscard]] std::vector<Candidate> find_added(const std::vector<AddedWord>& words) const;
  // There may be more.
  [[nodiscard]] bool has_more() const { return has_more_; }
  // Found so far.
  [[nodiscard]] std::uint64_t matching() const { return matching_; }
  // How many match in all; an estimate unless exact.
  struct Total {
    std::uint64_t passages = 0;
    bool is_exact = false;
  };
  [[nodiscard]] Total total() const;

 private:
  void fetch(std::size_t count);
  [[nodiscard]] bool matches(const Candidate& candidate) const;

  const std::vector<Segment>& segments_;
  const Xapian::Database& all_;
  const BuiltQuery& query_;
  const RankingWeights& weights_;
  const Verifier& verifier_;
  PassageReader& reader_;
  Xapian::Enquire enquire_;
  std::vector<std::pair<Xapian::docid, double>> fetched_;  // Xapian's order and weights
  std::size_t at_ = 0;                                     // how many of them have been looked at
  bool fetched_all_ = false;
  bool has_more_ = true;
  std::uint64_t estimated_ = 0;
  bool estimate_is_exact_ = false;
  std::uint64_t matching_ = 0;
};

}  // namespace dateline
