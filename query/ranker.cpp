// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/ranker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace dateline {
namespace {

// An article met among the candidates: its passages' docids, and what its posting lists say.
struct ArticleEvidence {
  std::uint32_t segment = 0;
  Xapian::docid first = 0;
  Xapian::docid end = 0;
  double length = 0;
  double score = 0;
  std::uint32_t words_in_title = 0;
};

}  // namespace

Ranker::Ranker(std::span<const Segment> segments, const std::vector<RankedTerm>& ranked, const RankingWeights& weights)
    : segments_(segments), weights_(weights) {
  double passages = 0;
  double articles = 0;
  double length = 0;
  for (const Segment& segment : segments) {
    passages += static_cast<double>(segment.counts.passages);
    articles += static_cast<double>(segment.counts.articles);
    length += static_cast<double>(segment.database.get_total_length());
  }
  average_article_length_ = articles > 0 ? std::max(1.0, length / articles) : 1;
  for (const RankedTerm& term : ranked) {
    double frequency = 0;
    for (const Segment& segment : segments) {
      for (const std::string& one : term.terms) frequency += segment.database.get_termfreq(one);
    }
    terms_.push_back({&term, std::log(1 + (passages - std::min(passages, frequency) + 0.5) / (frequency + 0.5))});
  }
}

void Ranker::score_articles(std::vector<Candidate>& candidates) const {
  std::vector<std::uint32_t> order(candidates.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(candidates[a].segment, candidates[a].docid) <
           std::pair(candidates[b].segment, candidates[b].docid);
  });
  std::vector<ArticleEvidence> articles;
  std::vector<std::uint32_t> article_of(candidates.size());
  for (const std::uint32_t i : order) {
    const Candidate& candidate = candidates[i];
    if (articles.empty() || articles.back().segment != candidate.segment ||
        articles.back().first != candidate.first_docid()) {
      ArticleEvidence article{candidate.segment, candidate.first_docid(),
                              candidate.first_docid() + candidate.key.count};
      const Xapian::Database& database = segments_[article.segment].database;
      for (Xapian::docid docid = article.first; docid < article.end; ++docid)
        article.length += database.get_doclength(docid);
      articles.push_back(article);
    }
    article_of[i] = static_cast<std::uint32_t>(articles.size() - 1);
  }

  std::vector<double> occurrences(articles.size());
  for (const Term& term : terms_) {
    std::fill(occurrences.begin(), occurrences.end(), 0.0);
    std::vector<char> in_title(articles.size());
    std::vector<char> in_passage(candidates.size());
    for (std::uint32_t segment = 0; segment < segments_.size(); ++segment) {
      const Xapian::Database& database = segments_[segment].database;
      for (const std::string& one : term.ranked->terms) {
        auto posting = database.postlist_begin(one);
        const auto end = database.postlist_end(one);
        std::size_t next = 0;  // in `order`
        for (std::size_t a = 0; a < articles.size() && posting != end; ++a) {
          const ArticleEvidence& article = articles[a];
          if (article.segment != segment) continue;
          posting.skip_to(article.first);
          for (; posting != end && *posting < article.end; ++posting) {
            occurrences[a] += posting.get_wdf();
            while (next < order.size() && std::pair(candidates[order[next]].segment, candidates[order[next]].docid) <
                                              std::pair(segment, *posting))
              ++next;
            if (next < order.size() && candidates[order[next]].segment == segment &&
                candidates[order[next]].docid == *posting)
              in_passage[order[next]] = 1;
          }
        }
        const std::string title_term = prefixed_term(kPrefixTitle, one);
        auto title = database.postlist_begin(title_term);
        const auto title_end = database.postlist_end(title_term);
        for (std::size_t a = 0; a < articles.size() && title != title_end; ++a) {
          if (articles[a].segment != segment) continue;
          title.skip_to(articles[a].first);
          if (title != title_end && *title == articles[a].first) {
            occurrences[a] += weights_.title * title.get_wdf();
            in_title[a] = 1;
          }
        }
      }
    }
    for (std::size_t a = 0; a < articles.size(); ++a) {
      if (occurrences[a] == 0) continue;
      const double norm = 1 - weights_.article_b + weights_.article_b * articles[a].length / average_article_length_;
      articles[a].score += term.ranked->weight * term.idf * occurrences[a] * (weights_.article_k1 + 1) /
                           (occurrences[a] + weights_.article_k1 * norm);
      articles[a].words_in_title += static_cast<std::uint32_t>(in_title[a]);
    }
    for (std::size_t i = 0; i < candidates.size(); ++i)
      candidates[i].words_in_passage += static_cast<std::uint32_t>(in_passage[i]);
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    candidates[i].article_score = articles[article_of[i]].score;
    candidates[i].words_in_title = articles[article_of[i]].words_in_title;
  }
}

double Ranker::closeness(const PassageWords& words) const {
  if (terms_.size() < 2) return 0;
  std::unordered_map<std::string_view, std::size_t> term_of;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    for (const std::string& term : terms_[i].ranked->terms) term_of.emplace(term, i);
  }
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
