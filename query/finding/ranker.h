// SPDX-License-Identifier: GPL-2.0-or-later
//
// The order of the candidates. Xapian's BM25 over passages finds them; what a passage alone cannot tell (how much of
// the query its article and its title hold) is read from the posting lists of the query's words, and how close the
// words stand from the text of the best. What else the text tells is text_ranker.h's.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>
#include <xapian.h>

#include "common/segments.h"
#include "query/finding/candidate.h"
#include "query/finding/query_builder.h"
#include "query/finding/text_ranker.h"
#include "query/reading/passage_words.h"

namespace dateline {

// All weights in one place. How each was chosen: tests/bench/README.md, "Ranking".
struct RankingWeights {
  double passage_k1 = 1.2;
  double passage_b = 0.75;
  double article_k1 = 2.1;
  double article_b = 0.75;
  double title = 3.5;               // occurrences in the title count so many in the article
  double article_in_passage = 0.5;  // the article's share in a passage's score
  double passage_in_article = 0.4;  // the best passage's share in an article's score
  double closeness = 0.5;
  double early = 0.4;  // of articles; the rest of the text's evidence counts for passages as the article does
  double as_written = 0.5;
  double akin = 1.3;
  double like = 3.0;
  double lost = 1.0;
  double answer = 1.0;  // that a passage may answer the question, to the rarest word of it
  double added = 1.0;   // of a word that was added to the query, to one typed
  double recent = 0.3;  // of the newest, if asked for, to all that its words weigh
  double quoted = 2.0;  // a word in what the one asked for says, to the same word elsewhere in the passage
};

class Ranker {
 public:
  // segments, query  must outlive the ranker
  Ranker(std::span<const Segment> segments, const BuiltQuery& query, const RankingWeights& weights);

  // Fills words_in_passage, words_in_title and article_score of every candidate. Any order; stays as it is.
  // Cost: for each word a walk through its posting lists from candidate to candidate.
  void score_articles(std::vector<Candidate>& candidates) const;

  // How well the query's words stand together in a passage: for each two that neighbour in the query, the rarer one's
  // weight over their distance, best places first. 0 for a query of one word.
  [[nodiscard]] double closeness(const PassageWords& words) const;

  // The query's words as the text is searched for them. The views are the ranker's.
  [[nodiscard]] std::vector<AskedWord> asked_words() const;

  // How rare a term is in the collection: 1 stands nowhere, 0 everywhere.
  [[nodiscard]] double rarity(const std::string& term) const;

  // The query's words that stand in some spans of a passage: how many different ones, and the sum of their weights.
  struct Standing {
    std::uint32_t words = 0;
    double weight = 0;
  };
  [[nodiscard]] Standing standing_in(const PassageWords& words, const std::vector<ByteSpan>& spans) const;

 private:
  struct Term {
    const RankedTerm* ranked = nullptr;
    double idf = 0;
  };
  // Whom one or more words mean.
  struct Name {
    std::span<const std::string> terms;  // any of them stands for it
    std::vector<std::size_t> words;      // in terms_
    double weight = 0;
  };
  [[nodiscard]] std::unordered_map<std::string_view, std::size_t> places_of_terms() const;

  std::span<const Segment> segments_;
  RankingWeights weights_;
  std::vector<Term> terms_;
  std::vector<Name> names_;
  double average_article_length_ = 1;
  double passages_ = 0;
};

}  // namespace dateline
