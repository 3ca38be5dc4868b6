// SPDX-License-Identifier: GPL-2.0-or-later
//
// Searches one or more indexes: a parsed query in, ranked hits out.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/error.h"
#include "query/asking/query_parser.h"
#include "query/finding/ranker.h"
#include "query/quotes/quote_list.h"
#include "query/quotes/quote_topics.h"
#include "query/reading/name_reader.h"
#include "query/reading/story_reader.h"
#include "query/searching/article_diff.h"
#include "query/searching/search_result.h"

namespace dateline {

struct SearchedIndexes;

class Searcher {
 public:
  // Errors (kIndex): those of open_segments.
  [[nodiscard]] static Result<Searcher> open(const std::vector<std::filesystem::path>& directories);
  ~Searcher();
  Searcher(Searcher&&) noexcept;
  Searcher& operator=(Searcher&&) noexcept;

  // Ranks what matches `query`. The same query on the same index gives the same hits in the same order. Throws Xapian's
  // errors and FatalError (kIndex) for a damaged record. One thread at a time.
  [[nodiscard]] SearchResult search(const QueryNode& query, const SearchOptions& options);

  // The names in all matching passages, the most frequent of each kind first. Cost: an article's head each.
  [[nodiscard]] std::vector<NameCount> count_names(const QueryNode& query, const SearchOptions& options);

  // The quotes in the first kMaxQuotedPassages matching passages, each once (quote_list.h): only of those whom the
  // query asks for with said:, else all. Those that hold the most of the query's words come first, then in the order of
  // the passages: so without words the newest. Cost: an article's text each.
  [[nodiscard]] QuoteResult find_quotes(const QueryNode& query, const SearchOptions& options);

  // The quotes of somebody, the newest first, within the same bound; and what they are about.
  [[nodiscard]] QuoteResult quotes_of(const NamedOne& one);
  [[nodiscard]] std::vector<QuoteTopic> topics(const std::vector<QuoteHit>& quotes);

  // What is like an article, `id`, or like a passage of it, `id#passage`, best first; of other stories. Nothing if
  // there is no such article or passage.
  [[nodiscard]] std::optional<SimilarResult> find_similar(const std::string& id, const SearchOptions& options);

  // The article of that id with its text, the first in the order of the indexes; nothing if there is none.
  [[nodiscard]] std::optional<DiffSide> find_article(const std::string& id) const;

  [[nodiscard]] const NameReader& names() const;
  [[nodiscard]] const std::vector<Segment>& segments() const;

  void set_weights(const RankingWeights& weights);

 private:
  // Of the first article of that id, in the order of the indexes.
  [[nodiscard]] std::optional<ArticlePlace> find_place(const std::string& id) const;
  explicit Searcher(std::unique_ptr<SearchedIndexes> indexes);
  std::unique_ptr<SearchedIndexes> indexes_;
};

}  // namespace dateline
