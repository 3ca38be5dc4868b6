// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/finding/ranker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "query/finding/score.h"

namespace dateline {
namespace {

// An article met among the candidates: its passages' docids, and what the posting lists say of it.
struct ArticleEvidence {
  std::uint32_t segment = 0;
  Xapian::docid first = 0;
  Xapian::docid end = 0;
  double length = 0;
  double score = 0;
  std::uint32_t words_in_title = 0;
};

// The candidates in the order of posting lists, and their articles in the same order.
struct Evidence {
  std::vector<Candidate*> candidates;
  std::vector<std::size_t> article_of;  // by place in `candidates`
  std::vector<ArticleEvidence> articles;
};

Evidence sort_evidence(std::span<const Segment> segments, std::vector<Candidate>& candidates) {
  Evidence evidence;
  for (Candidate& candidate : candidates) evidence.candidates.push_back(&candidate);
  std::sort(evidence.candidates.begin(), evidence.candidates.end(), [](const Candidate* a, const Candidate* b) {
    return std::pair(a->segment, a->docid) < std::pair(b->segment, b->docid);
  });
  for (const Candidate* candidate : evidence.candidates) {
    std::vector<ArticleEvidence>& articles = evidence.articles;
    if (articles.empty() || articles.back().segment != candidate->segment ||
        articles.back().first != candidate->first_docid()) {
      ArticleEvidence article{candidate->segment, candidate->first_docid(),
                              candidate->first_docid() + candidate->key.count};
      const Xapian::Database& database = segments[article.segment].database;
      for (Xapian::docid docid = article.first; docid < article.end; ++docid) {
        article.length += database.get_doclength(docid);
      }
      articles.push_back(article);
    }
    evidence.article_of.push_back(articles.size() - 1);
  }
  return evidence;
}

// What one word of the query was found to be in each article and candidate.
struct TermEvidence {
  std::vector<double> occurrences;  // by article
  std::vector<char> in_title;       // by article
  std::vector<char> in_passage;     // by place in Evidence::candidates
};

TermEvidence no_evidence(const Evidence& evidence) {
  return {std::vector<double>(evidence.articles.size()), std::vector<char>(evidence.articles.size()),
          std::vector<char>(evidence.candidates.size())};
}

// Walks the postings of a term in the text, from article to article.
void count_in_text(const Xapian::Database& database, std::uint32_t segment, const std::string& term,
                   const Evidence& evidence, TermEvidence& found) {
  auto posting = database.postlist_begin(term);
  const auto end = database.postlist_end(term);
  std::size_t next = 0;  // the first candidate not before the posting
  for (std::size_t a = 0; a < evidence.articles.size() && posting != end; ++a) {
    const ArticleEvidence& article = evidence.articles[a];
    if (article.segment != segment) continue;
    posting.skip_to(article.first);
    for (; posting != end && *posting < article.end; ++posting) {
      found.occurrences[a] += posting.get_wdf();
      const auto before = [&](const Candidate* one) {
        return std::pair(one->segment, one->docid) < std::pair(segment, *posting);
      };
      while (next < evidence.candidates.size() && before(evidence.candidates[next])) ++next;
      const bool is_candidate = next < evidence.candidates.size() && evidence.candidates[next]->segment == segment &&
                                evidence.candidates[next]->docid == *posting;
      if (is_candidate) found.in_passage[next] = 1;
    }
  }
}

// The same for the title, whose terms stand on every passage: the first tells.
void count_in_titles(const Xapian::Database& database, std::uint32_t segment, const std::string& term, double weight,
                     const Evidence& evidence, TermEvidence& found) {
  const std::string title_term = prefixed_term(kPrefixTitle, term);
  auto posting = database.postlist_begin(title_term);
  const auto end = database.postlist_end(title_term);
  for (std::size_t a = 0; a < evidence.articles.size() && posting != end; ++a) {
    const ArticleEvidence& article = evidence.articles[a];
    if (article.segment != segment) continue;
    posting.skip_to(article.first);
    if (posting != end && *posting == article.first) {
      found.occurrences[a] += weight * posting.get_wdf();
      found.in_title[a] = 1;
    }
  }
}

}  // namespace

Ranker::Ranker(std::span<const Segment> segments, const BuiltQuery& query, const RankingWeights& weights)
    : segments_(segments), weights_(weights) {
  double articles = 0;
  double length = 0;
  for (const Segment& segment : segments) {
    passages_ += static_cast<double>(segment.counts.passages);
    articles += static_cast<double>(segment.counts.articles);
    length += static_cast<double>(segment.length);
  }
  average_article_length_ = articles > 0 ? std::max(1.0, length / articles) : 1;
  for (const RankedTerm& term : query.ranked) {
    double frequency = 0;
    for (const Segment& segment : segments) {
      for (const std::string& one : term.terms) frequency += segment.database.get_termfreq(one);
    }
    terms_.push_back({&term, term.share * idf(passages_, frequency)});
  }
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    const NameReading& reading = terms_[i].ranked->reading;
    if (reading.terms.empty()) continue;
    names_.push_back({reading.terms, {i}, kNamedShare * reading.share * terms_[i].ranked->weight * terms_[i].idf});
  }
  for (const NamedRun& named : query.runs) {
    Name& name = names_.emplace_back(Name{named.reading.terms, {}, 0});
    for (const std::string& word : named.words) {
      const auto term =
          std::find_if(terms_.begin(), terms_.end(), [&](const Term& one) { return one.ranked->shown == word; });
      name.words.push_back(static_cast<std::size_t>(term - terms_.begin()));
      name.weight += kNamedShare * term->ranked->weight * term->idf;
    }
  }
}

double Ranker::rarity(const std::string& term) const {
  double frequency = 0;
  for (const Segment& segment : segments_) frequency += segment.database.get_termfreq(term);
  return idf(passages_, frequency) / idf(passages_, 0);
}

std::vector<AskedWord> Ranker::asked_words() const {
  std::vector<AskedWord> asked;
  asked.reserve(terms_.size());
  for (const Term& term : terms_) {
    asked.push_back({term.ranked->shown, term.ranked->terms, term.ranked->weight * term.idf});
  }
  return asked;
}

void Ranker::score_articles(std::vector<Candidate>& candidates) const {
  Evidence evidence = sort_evidence(segments_, candidates);
  const auto weigh = [&](double occurrences, const ArticleEvidence& article) {
    const double norm = 1 - weights_.article_b + weights_.article_b * article.length / average_article_length_;
    return occurrences * (weights_.article_k1 + 1) / (occurrences + weights_.article_k1 * norm);
  };
  std::vector<std::vector<double>> words_of_names(names_.size(), std::vector<double>(evidence.articles.size()));
  for (std::size_t place = 0; place < terms_.size(); ++place) {
    const Term& term = terms_[place];
    TermEvidence found = no_evidence(evidence);
    for (std::uint32_t segment = 0; segment < segments_.size(); ++segment) {
      for (const std::string& one : term.ranked->terms) {
        count_in_text(segments_[segment].database, segment, one, evidence, found);
        count_in_titles(segments_[segment].database, segment, one, weights_.title, evidence, found);
      }
    }
    for (std::size_t a = 0; a < evidence.articles.size(); ++a) {
      ArticleEvidence& article = evidence.articles[a];
      const double score = term.ranked->weight * term.idf * weigh(found.occurrences[a], article);
      article.score += score;
      for (std::size_t name = 0; name < names_.size(); ++name) {
        const std::vector<std::size_t>& words = names_[name].words;
        if (std::find(words.begin(), words.end(), place) != words.end()) words_of_names[name][a] += score;
      }
      article.words_in_title += static_cast<std::uint32_t>(found.in_title[a]);
    }
    for (std::size_t i = 0; i < evidence.candidates.size(); ++i) {
      evidence.candidates[i]->words_in_passage += static_cast<std::uint32_t>(found.in_passage[i]);
    }
  }
  // An article has what the words that mean a name weigh, or what the name weighs if that is more.
  for (std::size_t name = 0; name < names_.size(); ++name) {
    TermEvidence found = no_evidence(evidence);
    for (std::uint32_t segment = 0; segment < segments_.size(); ++segment) {
      for (const std::string& term : names_[name].terms) {
        count_in_text(segments_[segment].database, segment, term, evidence, found);
      }
    }
    for (std::size_t a = 0; a < evidence.articles.size(); ++a) {
      ArticleEvidence& article = evidence.articles[a];
      const double score = names_[name].weight * weigh(found.occurrences[a], article);
      article.score += std::max(0.0, score - words_of_names[name][a]);
    }
  }
  for (std::size_t i = 0; i < evidence.candidates.size(); ++i) {
    const ArticleEvidence& article = evidence.articles[evidence.article_of[i]];
    evidence.candidates[i]->article_score = article.score;
    evidence.candidates[i]->words_in_title = article.words_in_title;
  }
}

std::unordered_map<std::string_view, std::size_t> Ranker::places_of_terms() const {
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    for (const std::string& term : terms_[i].ranked->terms) places.emplace(term, i);
  }
  return places;
}

Ranker::Standing Ranker::standing_in(const PassageWords& words, const std::vector<ByteSpan>& spans) const {
  Standing standing;
  if (terms_.empty()) return standing;
  const std::unordered_map<std::string_view, std::size_t> place_of = places_of_terms();
  std::vector<char> stands(terms_.size());
  for (const PassageWord& word : words.all()) {
    const bool inside = std::any_of(spans.begin(), spans.end(), [&](const ByteSpan& span) {
      return span.begin <= word.span.begin && word.span.end <= span.end;
    });
    if (!inside) continue;
    if (const auto found = place_of.find(words.term(word)); found != place_of.end()) stands[found->second] = 1;
  }
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    if (stands[i] == 0) continue;
    ++standing.words;
    standing.weight += terms_[i].ranked->weight * terms_[i].idf;
  }
  return standing;
}

double Ranker::closeness(const PassageWords& words) const {
  if (terms_.size() < 2) return 0;
  const std::unordered_map<std::string_view, std::size_t> term_of = places_of_terms();
  constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> last(terms_.size(), kNever);
  std::vector<double> best(terms_.size(), 0.0);  // of the pair (i, i + 1)
  for (const PassageWord& word : words.all()) {
    const auto found = term_of.find(words.term(word));
    if (found == term_of.end()) continue;
    const std::size_t i = found->second;
    const auto relate = [&](std::size_t other, std::size_t pair, double in_order) {
      if (last[other] == kNever || last[other] >= word.position) return;
      const double distance = word.position - last[other];
      best[pair] = std::max(best[pair], in_order / distance);
    };
    if (i > 0) relate(i - 1, i - 1, 1.0);
    if (i + 1 < terms_.size()) relate(i + 1, i, 0.7);
    last[i] = word.position;
  }
  double sum = 0;
  for (std::size_t i = 0; i + 1 < terms_.size(); ++i) sum += std::min(terms_[i].idf, terms_[i + 1].idf) * best[i];
  return sum;
}

}  // namespace dateline
