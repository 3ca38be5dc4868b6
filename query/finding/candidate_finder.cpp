// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/finding/candidate_finder.h"

#include <algorithm>

#include "query/finding/score.h"
#include "query/reading/removed_filter.h"

namespace dateline {
namespace {

// How many candidates to verify are fetched at once.
constexpr std::size_t kVerifiedAtOnce = 100;
// Candidates of one weight are not torn apart at the end of a block, unless they are more than these: Xapian has them
// in the order of their numbers, which depends on the updates that made the index.
constexpr std::size_t kMostTies = 50;
// Passages that are found by added words alone.
constexpr std::size_t kMostAdded = 50;

Xapian::BM25Weight passage_weight(const RankingWeights& weights) {
  return {weights.passage_k1, 0, 1, weights.passage_b, 0.0};
}

}  // namespace

CandidateFinder::CandidateFinder(const std::vector<Segment>& segments, const Xapian::Database& all,
                                 const BuiltQuery& query, const RankingWeights& weights, const Verifier& verifier,
                                 PassageReader& reader)
    : segments_(segments),
      all_(all),
      query_(query),
      weights_(weights),
      verifier_(verifier),
      reader_(reader),
      enquire_(all),
      has_more_(!query.candidates.empty()) {
  enquire_.set_query(without_removed(segments, query.candidates));
  if (query.by_date) {
    enquire_.set_weighting_scheme(Xapian::BoolWeight());
    enquire_.set_sort_by_value_then_relevance(kSlotDate, true);
  } else {
    enquire_.set_weighting_scheme(passage_weight(weights));
  }
}

std::vector<Candidate> CandidateFinder::next(std::size_t size) {
  std::vector<Candidate> block;
  const auto is_full = [&] {
    return block.size() >= size + kMostTies ||
           (block.size() >= size && fetched_[at_].second < block.back().passage_score);
  };
  while (has_more_ && (block.size() < size || at_ == fetched_.size() || !is_full())) {
    if (at_ == fetched_.size()) fetch(query_.must_verify ? std::max(kVerifiedAtOnce, at_) : size + kMostTies + 1);
    for (; at_ < fetched_.size() && !is_full(); ++at_) {
      Candidate candidate = candidate_at(segments_, fetched_[at_].first);
      candidate.passage_score = fetched_[at_].second;
      if (!query_.must_verify || matches(candidate)) block.push_back(candidate);
    }
    has_more_ = at_ < fetched_.size() || !fetched_all_;
  }
  matching_ += block.size();
  return block;
}

std::vector<Candidate> CandidateFinder::find_added(const std::vector<AddedWord>& words) const {
  std::vector<Xapian::Query> any;
  any.reserve(words.size());
  for (const AddedWord& word : words) {
    any.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(word.term), weights_.added * word.weight);
  }
  const Xapian::Query added(Xapian::Query::OP_AND_NOT, Xapian::Query(Xapian::Query::OP_OR, any.begin(), any.end()),
                            query_.candidates);
  Xapian::Enquire enquire(all_);
  enquire.set_query(without_removed(segments_, added));
  enquire.set_weighting_scheme(passage_weight(weights_));
  const Xapian::MSet matches = enquire.get_mset(0, kMostAdded + 1);
  std::vector<Candidate> found;
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    found.push_back(candidate_at(segments_, *match));
    found.back().added_score = rounded_score(match.get_weight());
  }
  // Of those that weigh as much as the first left out, which are here depends on their numbers.
  if (found.size() > kMostAdded) {
    const double left_out = found.back().added_score;
    std::erase_if(found, [&](const Candidate& one) { return one.added_score <= left_out; });
  }
  return found;
}

CandidateFinder::Total CandidateFinder::total() const {
  if (!has_more_) return {matching_, true};
  // As many of those not read will match as of those read.
  if (query_.must_verify) {
    return {matching_ * std::max<std::uint64_t>(estimated_, at_) / std::max<std::uint64_t>(at_, 1), false};
  }
  return {estimated_, estimate_is_exact_};
}

void CandidateFinder::fetch(std::size_t count) {
  const Xapian::MSet matches =
      enquire_.get_mset(static_cast<Xapian::doccount>(fetched_.size()), static_cast<Xapian::doccount>(count));
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    fetched_.emplace_back(*match, rounded_score(match.get_weight()));
  }
  fetched_all_ = matches.size() < count;
  estimated_ = matches.get_matches_estimated();
  estimate_is_exact_ = matches.get_matches_lower_bound() == matches.get_matches_upper_bound();
}

bool CandidateFinder::matches(const Candidate& candidate) const {
  const OpenedPassage passage = reader_.open(candidate);
  if (!verifier_.may_match(passage.text())) return false;
  if (passage.is_boilerplate()) return verifier_.matches_boilerplate(passage.words(), passage.head());
  const bool with_names = verifier_.asks_for_names();
  return verifier_.matches(passage.words(), passage.head(), with_names ? passage.names() : std::vector<NamedSpan>(),
                           with_names ? passage.quotes() : std::vector<SpokenSpan>());
}

}  // namespace dateline
