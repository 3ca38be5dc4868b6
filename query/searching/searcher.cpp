// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searching/searcher.h"

#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <system_error>
#include <utility>

#include "query/searching/search.h"
#include "query/searching/similar_query.h"

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

std::optional<ArticlePlace> Searcher::find_place(const std::string& id) const {
  const std::string term = id_term(id);
  const std::vector<Segment>& segments = indexes_->segments;
  for (std::uint32_t i = 0; i < segments.size(); ++i) {
    const Xapian::Database& database = segments[i].database;
    for (auto posting = database.postlist_begin(term); posting != database.postlist_end(term); ++posting) {
      if (segments[i].removed.hold(*posting)) continue;
      const std::string key = database.get_document(*posting, Xapian::DOC_ASSUME_VALID).get_value(kSlotPassage);
      return ArticlePlace{i, value_or_throw(decode_passage_key(key)).article};
    }
  }
  return std::nullopt;
}

std::optional<DiffSide> Searcher::find_article(const std::string& id) const {
  const std::optional<ArticlePlace> place = find_place(id);
  if (!place) return std::nullopt;
  PassageReader reader(indexes_->segments, indexes_->variants, indexes_->names);
  OpenedArticle& article = reader.open(*place);
  DiffSide side{article.head(), {}};
  side.article.text = article.text();
  for (const Mention& mention : article.stored().names.mentions) side.names.push_back(mention.span);
  return side;
}

std::optional<SimilarResult> Searcher::find_similar(const std::string& id, const SearchOptions& options) {
  std::optional<ArticlePlace> place = find_place(id);
  std::optional<std::uint32_t> passage;
  if (const std::size_t mark = id.rfind('#'); !place && mark != std::string::npos) {
    std::uint32_t number = 0;
    const char* end = id.data() + id.size();
    const std::from_chars_result read = std::from_chars(id.data() + mark + 1, end, number);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    place = find_place(id.substr(0, mark));
    passage = number;
  }
  if (!place) return std::nullopt;
  PassageReader reader(indexes_->segments, indexes_->variants, indexes_->names);
  OpenedArticle& article = reader.open(*place);
  const std::vector<Passage>& passages = article.stored().passages;
  if (passage && *passage >= passages.size()) return std::nullopt;
  std::string text;  // without its boilerplate
  for (std::size_t i = passage.value_or(0); i < (passage ? *passage + 1 : passages.size()); ++i) {
    text += article.text().substr(passages[i].span.begin, passages[i].span.size());
    text += '\n';
  }
  const double all = std::log(1.0 + indexes_->all.get_doccount());
  SimilarResult similar;
  similar.query = similar_query(
      passage ? std::string_view() : article.head().title, text, indexes_->variants.stemmer(article.head().language),
      article.head().language,
      [&](const std::string& term) { return 1 - std::log(1.0 + indexes_->all.get_termfreq(term)) / all; });
  SearchOptions no_more = options;
  no_more.add_words = false;  // they are the article's most telling ones as it is
  Search search(*indexes_, similar.query, no_more);
  search.leave_out(*place);
  similar.result = search.run();
  return similar;
}

const NameReader& Searcher::names() const { return indexes_->names; }
const std::vector<Segment>& Searcher::segments() const { return indexes_->segments; }

void Searcher::set_weights(const RankingWeights& weights) { indexes_->weights = weights; }

}  // namespace dateline
