// SPDX-License-Identifier: GPL-2.0-or-later
//
// The candidates in the order in which they are shown. Blocks of them are put in order by what their articles and
// titles hold; those of the first block also by what the text of the best tells. Each block stands behind the one
// before, so that pages join whatever page is asked for.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>
#include <xapian.h>

#include "query/asking/question.h"
#include "query/finding/candidate.h"
#include "query/finding/passage_reader.h"
#include "query/finding/query_builder.h"
#include "query/finding/ranker.h"
#include "query/reading/name_reader.h"
#include "query/reading/passage_sketch.h"
#include "query/reading/term_variants.h"

namespace dateline {

// The best of the first block whose text is read for the closeness of the words. 25 instead of 50 or 100 cost 0.0007 of
// nDCG@10 and saved a quarter of the time.
inline constexpr std::size_t kCloseCandidates = 30;

class RankedList {
 public:
  // What is asked for beside the words.
  struct Asked {
    bool by_article = false;  // only the best passage of each article is kept
    bool prefer_recent = false;
    AnswerKind answer = AnswerKind::kNone;
  };

  // speakers  whom the query asks for with said:
  // All but the last must outlive this.
  RankedList(const BuiltQuery& query, const Ranker& ranker, const RankingWeights& weights, TermVariants& variants,
             PassageReader& reader, const std::set<NamedOne>& speakers, const Asked& asked)
      : query_(query),
        ranker_(ranker),
        weights_(weights),
        variants_(variants),
        reader_(reader),
        speakers_(speakers),
        asked_(asked) {}

  // Puts a block in order and appends it. Cost of the first: the reading of some 30 articles.
  void append(std::vector<Candidate> block);

  // Puts passages that were found by added words among the others, after the first block if it is the last. Those of
  // articles that hold none of the query's own words are left out.
  void insert_added(std::vector<Candidate> block);

  [[nodiscard]] const std::vector<Candidate>& candidates() const { return candidates_; }
  // Known already for the best. Cost for others: their analysis.
  [[nodiscard]] PassageSketch sketch_of(const Candidate& one);

 private:
  void score_by_quotes(std::vector<Candidate>& block);
  void score_by_text(std::vector<Candidate>& block);
  void add_text(Candidate& one);
  void score_by_closeness(std::vector<Candidate>& block);
  void score_by_answer(std::vector<Candidate>& block);
  void score_by_date(std::vector<Candidate>& block);
  void put_behind(std::vector<Candidate>& block) const;
  void sort(std::vector<Candidate>& block, std::size_t count);
  [[nodiscard]] bool stands_before(const Candidate& a, const Candidate& b);

  const BuiltQuery& query_;
  const Ranker& ranker_;
  const RankingWeights& weights_;
  TermVariants& variants_;
  PassageReader& reader_;
  const std::set<NamedOne>& speakers_;
  Asked asked_;
  std::map<ArticlePlace, TextEvidence> text_of_;  // each times its weight
  std::optional<double> newest_;                  // date among the first candidates, in days
  std::vector<Candidate> candidates_;             // best first
  std::set<ArticlePlace> articles_;               // theirs
  std::map<std::pair<std::uint32_t, Xapian::docid>, PassageSketch> sketches_;
};

}  // namespace dateline
