// SPDX-License-Identifier: GPL-2.0-or-later
//
// One search, from a query's tree to its hits: candidates, their order, which of them are one result, what is shown.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "common/segments.h"
#include "query/asking/query_parser.h"
#include "query/finding/added_words.h"
#include "query/finding/candidate_finder.h"
#include "query/finding/passage_reader.h"
#include "query/finding/query_builder.h"
#include "query/finding/ranker.h"
#include "query/finding/verifier.h"
#include "query/ranking/hit_groups.h"
#include "query/ranking/ranked_list.h"
#include "query/reading/name_reader.h"
#include "query/reading/story_reader.h"
#include "query/reading/term_variants.h"
#include "query/searching/copy_finder.h"
#include "query/searching/search_result.h"

namespace dateline {

// What every search of the same indexes uses.
struct SearchedIndexes {
  std::vector<Segment> segments;
  Xapian::Database all;  // the segments as one
  TermVariants variants;
  NameReader names;
  RankingWeights weights;

  explicit SearchedIndexes(std::vector<Segment> opened);
};

// Runs once. Throws Xapian's errors, and FatalError (kIndex) for a damaged record.
class Search {
 public:
  // All must outlive this.
  Search(SearchedIndexes& indexes, const QueryNode& query, const SearchOptions& options);

  [[nodiscard]] SearchResult run();
  // Every matching passage is looked at, in blocks; of an article only its head is kept.
  [[nodiscard]] std::vector<NameCount> count_names();
  [[nodiscard]] QuoteResult find_quotes();

  // Leaves out an article and all of its story.
  void leave_out(const ArticlePlace& article) { left_out_ = stories_.story_of(article); }
  // Asks for the quotes of this one alone, whomever else the query may mean.
  void set_speaker(const NamedOne& one) { speakers_ = {one}; }

 private:
  [[nodiscard]] bool by_article() const;
  [[nodiscard]] std::vector<Candidate> next_block(std::size_t size);
  void group(std::size_t wanted);
  [[nodiscard]] bool may_add_words() const;
  void add_words();
  void count(SearchResult& result) const;
  [[nodiscard]] Hit make_hit(const HitGroup& group);
  void show_text(const HitGroup& group, Hit& hit);
  [[nodiscard]] QuoteHit make_quote_hit(OpenedArticle& article, const SpokenSpan& spoken);
  [[nodiscard]] std::vector<std::string> named_instead(std::string_view text, const std::vector<NamedSpan>& names,
                                                       const PassageWords& words) const;
  [[nodiscard]] std::optional<Suggestion> suggestion();

  SearchedIndexes& indexes_;
  const SearchOptions& options_;
  QueryNode typed_;
  QueryNode query_;  // what is searched of it
  BuiltQuery built_;
  std::set<NamedOne> asked_for_;
  std::set<NamedOne> speakers_;  // whose words the query asks for
  Verifier verifier_;
  PassageReader reader_;
  Ranker ranker_;
  StoryReader stories_;
  CopyFinder copies_;
  HitGroups groups_;
  CandidateFinder finder_;
  RankedList ranked_;
  std::vector<AddedWord> added_;  // that found passages
  std::size_t grouped_ = 0;       // of ranked_
  std::optional<StoryId> left_out_;
};

}  // namespace dateline
