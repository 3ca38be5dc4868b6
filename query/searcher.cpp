// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searcher.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>
#include <xapian.h>

#include "common/segments.h"
#include "query/passage_words.h"
#include "query/query_builder.h"
#include "query/term_variants.h"
#include "query/verifier.h"

namespace dateline {
namespace {

// Candidates that are ranked by more than their own words, at least.
constexpr std::size_t kRankedCandidates = 200;
// Passages fetched for each article wanted: most articles bring several.
constexpr std::size_t kPassagesAnArticle = 5;
// The best of the candidates whose text is read for the closeness of the words.
constexpr std::size_t kCloseCandidates = 30;
// Candidates of a query that must be verified are read best first until so many have been found (or twice the hits
// wanted); reading one costs as much as ranking a hundred.
constexpr std::size_t kVerifiedCandidates = 30;
// How many of them are fetched at once; doubled each time.
constexpr std::size_t kVerifiedAtOnce = 100;

template <typename T>
T take(Result<T> result) {
  if (!result) throw FatalError(result.error());
  return std::move(*result);
}

std::vector<std::string> languages_of(const std::vector<Segment>& segments) {
  SegmentCounts counts;
  for (const Segment& segment : segments) counts += segment.counts;
  std::vector<std::string> languages;
  for (const auto& entry : counts.languages) languages.push_back(entry.first);
  // The most frequent first; by name among equals.
  std::stable_sort(languages.begin(), languages.end(), [&](const std::string& a, const std::string& b) {
    return counts.languages.at(a) > counts.languages.at(b);
  });
  return languages;
}

}  // namespace

struct Searcher::State {
  std::vector<Segment> segments;
  Xapian::Database all;
  TermVariants variants;
  RankingWeights weights;

  explicit State(std::vector<Segment> opened) : segments(std::move(opened)), variants(languages_of(segments)) {
    for (const Segment& segment : segments) all.add_database(segment.database);
  }
};

namespace {

// One search: its query, its candidates, and the articles it has read.
class Search {
 public:
  Search(const std::vector<Segment>& segments, const Xapian::Database& all, TermVariants& variants,
         const RankingWeights& weights, const QueryNode& query, const SearchOptions& options)
      : segments_(segments),
        variants_(variants),
        weights_(weights),
        options_(options),
        built_(build_query(query, all, variants)),
        verifier_(query, variants),
        ranker_(segments, built_.ranked, weights),
        enquire_(all) {
    enquire_.set_query(built_.candidates);
    enquire_.set_weighting_scheme(Xapian::BM25Weight(weights.passage_k1, 0, 1, weights.passage_b, 0.0));
    // Ties stand in the order of the sources.
    if (built_.ranked.empty()) enquire_.set_sort_by_value_then_relevance(kSlotDate, true);
  }

  SearchResult run() {
    SearchResult result;
    result.notices = built_.notices;
    if (built_.candidates.empty()) {
      result.total_is_exact = true;
      return result;
    }
    collect(result);
    rank();
    group(result);
    page(result);
    return result;
  }

 private:
  struct Opened {
    StoredArticle stored;
    std::string text;  // unpacked when first asked for
  };

  [[nodiscard]] bool by_article() const {
    return options_.grouping == Grouping::kArticle || options_.grouping == Grouping::kStory;
  }

  [[nodiscard]] std::size_t wanted() const {
    const std::size_t hits = options_.offset + options_.limit;
    if (built_.must_verify) return std::max(kVerifiedCandidates, hits * (by_article() ? kPassagesAnArticle : 2));
    return std::max(kRankedCandidates, by_article() ? hits * kPassagesAnArticle : hits);
  }

  void collect(SearchResult& result) {
    const std::size_t goal = wanted();
    std::size_t read = 0;
    std::size_t estimated = 0;
    bool more = true;
    while (more && candidates_.size() < goal) {
      const std::size_t count = built_.must_verify ? std::max(kVerifiedAtOnce, read) : goal;
      const Xapian::MSet matches =
          enquire_.get_mset(static_cast<Xapian::doccount>(read), static_cast<Xapian::doccount>(count));
      for (auto match = matches.begin(); match != matches.end(); ++match) {
        Candidate candidate = make_candidate(*match, match.get_weight());
        if (!built_.must_verify || verified(candidate)) candidates_.push_back(candidate);
      }
      read += matches.size();
      estimated = matches.get_matches_estimated();
      more = matches.size() == count;
      if (!built_.must_verify) {
        result.total = matches.get_matches_estimated();
        result.total_is_exact = matches.get_matches_lower_bound() == matches.get_matches_upper_bound();
        return;
      }
    }
    result.total_is_exact = !more;
    result.total = candidates_.size();
    // As many of the candidates not read will hold as of those read.
    if (more && read > 0) result.total = result.total * std::max<std::size_t>(estimated, read) / read;
  }

  Candidate make_candidate(Xapian::docid docid, double weight) const {
    // Xapian deals the documents of n databases out in turn.
    Candidate candidate;
    candidate.segment = static_cast<std::uint32_t>((docid - 1) % segments_.size());
    candidate.docid = static_cast<Xapian::docid>((docid - 1) / segments_.size() + 1);
    candidate.passage_score = weight;
    candidate.key = take(decode_passage_key(segments_[candidate.segment]
                                                .database.get_document(candidate.docid, Xapian::DOC_ASSUME_VALID)
                                                .get_value(kSlotPassage)));
    return candidate;
  }

  Opened& open(const Candidate& candidate) {
    const auto key = std::pair(candidate.segment, candidate.key.article);
    const auto known = opened_.find(key);
    if (known != opened_.end()) return known->second;
    Opened article;
    article.stored = take(decode_article(
        segments_[candidate.segment].database.get_metadata(article_metadata_key(candidate.key.article))));
    if (article.stored.passages.size() <= candidate.key.ordinal) {
      throw FatalError({ErrorCode::kIndex,
                        segments_[candidate.segment].path.string() + ": an article's record is damaged",
                        "index the sources again with: dateline-index --rebuild"});
    }
    return opened_.emplace(key, std::move(article)).first->second;
  }

  static std::string_view passage_text(Opened& article, const Candidate& candidate) {
    if (article.text.empty()) article.text = take(decompress_text(article.stored));
    const ByteSpan span = article.stored.passages[candidate.key.ordinal].span;
    return std::string_view(article.text).substr(span.begin, span.size());
  }

  PassageWords words_of(Opened& article, const Candidate& candidate) {
    return {passage_text(article, candidate), variants_.stemmer(article.stored.head.language)};
  }

  bool verified(const Candidate& candidate) {
    Opened& article = open(candidate);
    if (!verifier_.may_match(passage_text(article, candidate))) return false;
    return verifier_.matches(words_of(article, candidate), article.stored.head);
  }

  void rank() {
    if (built_.ranked.empty()) {  // already by date
      for (Candidate& one : candidates_) one.passage_score = 0;
      return;
    }
    ranker_.score_articles(candidates_);
    const double passage = by_article() ? weights_.passage_in_article : 1;
    const double article = by_article() ? 1 : weights_.article_in_passage;
    for (Candidate& one : candidates_) one.score = passage * one.passage_score + article * one.article_score;
    sort_candidates(candidates_.size());
    if (built_.ranked.size() < 2 || weights_.closeness == 0) return;
    const std::size_t close = std::min(candidates_.size(), kCloseCandidates);
    for (std::size_t i = 0; i < close; ++i) {
      Candidate& one = candidates_[i];
      one.closeness_score = weights_.closeness * ranker_.closeness(words_of(open(one), one));
      one.score += one.closeness_score;
    }
    sort_candidates(close);
  }

  void sort_candidates(std::size_t count) {
    std::stable_sort(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(count),
                     [](const Candidate& a, const Candidate& b) {
                       if (a.score != b.score) return a.score > b.score;
                       return std::pair(a.segment, a.docid) < std::pair(b.segment, b.docid);
                     });
  }

  void group(SearchResult& result) {
    if (!by_article()) return;
    std::set<std::pair<std::uint32_t, ArticleNumber>> seen;
    std::erase_if(candidates_, [&](const Candidate& one) {
      return !seen.insert({one.segment, one.key.article}).second;
    });
    if (result.total_is_exact && result.total <= wanted()) {
      result.total = candidates_.size();
    } else {
      result.total_is_exact = false;
    }
  }

  void page(SearchResult& result) {
    const std::size_t end = std::min(candidates_.size(), options_.offset + options_.limit);
    for (std::size_t i = options_.offset; i < end; ++i) {
      const Candidate& one = candidates_[i];
      Opened& article = open(one);
      Hit hit;
      hit.rank = i + 1;
      hit.score = one.score;
      hit.article = article.stored.head;
      hit.ordinal = one.key.ordinal;
      hit.passage = article.stored.passages[one.key.ordinal];
      if (options_.with_text) {
        hit.text = passage_text(article, one);
        hit.highlights = verifier_.matched_spans(words_of(article, one));
      }
      const double passage = by_article() ? weights_.passage_in_article : 1;
      const double share = by_article() ? 1 : weights_.article_in_passage;
      hit.explanation = {passage * one.passage_score, share * one.article_score,
                         one.closeness_score,         static_cast<std::uint32_t>(built_.ranked.size()),
                         one.words_in_passage,        one.words_in_title};
      result.hits.push_back(std::move(hit));
    }
  }

  const std::vector<Segment>& segments_;
  TermVariants& variants_;
  const RankingWeights& weights_;
  const SearchOptions& options_;
  BuiltQuery built_;
  Verifier verifier_;
  Ranker ranker_;
  Xapian::Enquire enquire_;
  std::vector<Candidate> candidates_;
  std::map<std::pair<std::uint32_t, ArticleNumber>, Opened> opened_;
};

}  // namespace

Searcher::Searcher(std::unique_ptr<State> state) : state_(std::move(state)) {}
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
  return Searcher(std::make_unique<State>(std::move(segments)));
}

SearchResult Searcher::search(const QueryNode& query, const SearchOptions& options) {
  return Search(state_->segments, state_->all, state_->variants, state_->weights, query, options).run();
}

void Searcher::set_weights(const RankingWeights& weights) { state_->weights = weights; }

}  // namespace dateline
