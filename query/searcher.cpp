// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searcher.h"

#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "common/metadata.h"
#include "query/search.h"

namespace dateline {

Searcher::Searcher(std::unique_ptr<SearchedIndexes> indexes) : indexes_(std::move(indexes)) {}
Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;

Result<Searcher> Searcher::open(const std::vector<std::filesystem::path>& directories) {
  std::vector<Segment> segments;
  for (const std::filesystem::path& directory : directories) {
    Result<std::vector<Segment>> opened = open_segments(directory);
    if (!opened) return opened.error();
    std::move(opened->begin(), opened->end(), std::back_inserter(segments));
  }
  return Searcher(std::make_unique<SearchedIndexes>(std::move(segments)));
}

SearchResult Searcher::search(const QueryNode& query, const SearchOptions& options) {
  return Search(*indexes_, query, options).run();
}

std::vector<NameCount> Searcher::count_names(const QueryNode& query, const SearchOptions& options) {
  return Search(*indexes_, query, options).count_names();
}

QuoteResult Searcher::find_quotes(const QueryNode& query, const SearchOptions& options) {
  SearchOptions every_passage = options;
  every_passage.grouping = Grouping::kNone;
  return Search(*indexes_, query, every_passage).find_quotes();
}

QuoteResult Searcher::quotes_of(const NamedOne& one) {
  QueryNode field;
  field.kind = QueryKind::kField;
  field.field = kSpeakerField;
  field.text = one.second;
  QueryNode query;
  query.clauses.push_back({Occurs::kMust, std::move(field)});
  SearchOptions options;
  options.limit = std::numeric_limits<std::size_t>::max();
  options.grouping = Grouping::kNone;
  Search search(*indexes_, query, options);
  search.set_speaker(one);
  return search.find_quotes();
}

std::vector<QuoteTopic> Searcher::topics(const std::vector<QuoteHit>& quotes) {
  const double passages = indexes_->all.get_doccount();
  return find_topics(quotes, indexes_->variants, [&](const std::string& term) {
    return std::log(1 + passages / (1 + static_cast<double>(indexes_->all.get_termfreq(term))));
  });
}

std::optional<DiffSide> Searcher::find_article(const std::string& id) const {
  const std::string term = id_term(id);
  for (const Segment& segment : indexes_->segments) {
    for (auto posting = segment.database.postlist_begin(term); posting != segment.database.postlist_end(term);
         ++posting) {
      if (segment.removed.hold(*posting)) continue;
      const PassageKey key = value_or_throw(decode_passage_key(
          segment.database.get_document(*posting, Xapian::DOC_ASSUME_VALID).get_value(kSlotPassage)));
      StoredArticle stored =
          value_or_throw(decode_article(read_metadata(segment.database, article_metadata_key(key.article))));
      DiffSide side{std::move(stored.head), {}};
      side.article.text = value_or_throw(decompress_text(stored));
      for (const Mention& mention : stored.names.mentions) side.names.push_back(mention.span);
      return side;
    }
  }
  return std::nullopt;
}

const NameReader& Searcher::names() const { return indexes_->names; }
const std::vector<Segment>& Searcher::segments() const { return indexes_->segments; }

void Searcher::set_weights(const RankingWeights& weights) { indexes_->weights = weights; }

}  // namespace dateline
