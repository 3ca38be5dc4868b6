// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/finding/text_ranker.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "common/analyzer.h"
#include "common/ascii.h"
#include "common/stop_words.h"
#include "query/finding/score.h"

namespace dateline {
namespace {

// So many words of an article are read, in whole passages, and the passage that was found. 400 and all words rank no
// better (tests/bench/README.md, "Ranking").
constexpr std::size_t kReadWords = 200;
constexpr double kEarlyWords = 100;
// Words of one beginning are kin: letters. Four rank as well as five, but find more by chance.
constexpr std::size_t kKinBytes = 5;
constexpr double kSaturation = 1.2;  // as k1 of BM25: so many occurrences count half of ever so many
// The articles that others are held against, and how fast their say falls: to 1/e where the score is so much of the
// best's less.
constexpr std::size_t kModels = 5;
constexpr double kModelFall = 0.05;
// The words that the models have in common with others are sought among so many.
constexpr std::size_t kProfileTerms = 64;
constexpr std::size_t kMinTopicBytes = 3;

// Without figures, commas and full stops, as clean-up leaves a text.
bool is_stripped(std::string_view text) { return text.find_first_of("0123456789.,") == std::string_view::npos; }

double saturated(double count) { return count / (count + kSaturation); }

struct CountedTerm {
  TermId term = 0;
  std::uint32_t count = 0;
  bool is_topic = false;  // a word that tells what an article is about
  double share = 0;       // of the article's topics
};

// The words read of an article, in the order in which they first stand there.
struct ReadArticle {
  Stemmer* stemmer = nullptr;
  std::vector<CountedTerm> terms;
  bool is_stripped = true;  // as far as read
};

class Reader {
 public:
  Reader(std::span<const AskedWord> asked, Stemmers& stemmers) : asked_(asked), stemmers_(stemmers) {}

  ReadArticle read(const ArticleToRead& article, TextEvidence& evidence) {
    ReadArticle read;
    const std::string language(article.language);
    read.stemmer = &stemmers_[language];
    find_asked(*read.stemmer);
    first_.assign(asked_.size(), kNever);
    typed_.assign(asked_.size(), 0);
    language_ = language;
    add(article.title, read, nullptr);
    std::size_t words = 0;
    bool has_best = false;
    for (std::size_t i = 0; i < article.passages.size() && words < kReadWords; ++i) {
      const ByteSpan span = article.passages[i].span;
      add(article.text.substr(span.begin, span.size()), read, &words);
      has_best = has_best || i == article.best;
    }
    if (!has_best) {
      const ByteSpan span = article.passages[article.best].span;
      add(article.text.substr(span.begin, span.size()), read, nullptr);
    }
    for (const CountedTerm& one : read.terms) place_of_[one.term] = 0;
    weigh_asked(read, evidence);
    weigh_topics(read);
    return read;
  }

 private:
  static constexpr std::size_t kNever = static_cast<std::size_t>(-1);

  // The ids of the query's terms in this stemmer.
  void find_asked(Stemmer& stemmer) {
    ids_.clear();
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      for (const std::string& term : asked_[i].terms) ids_.emplace_back(stemmer.id(term, false), i);
    }
  }

  // words  those of the text so far; null for what does not stand in its order
  void add(std::string_view text, ReadArticle& read, std::size_t* words) {
    if (words != nullptr) read.is_stripped = read.is_stripped && is_stripped(text);
    TokenStream tokens(text);
    std::size_t count = 0;
    for (Token token; tokens.next(token);) {
      count = token.position + 1;
      const TermId term = read.stemmer->id(token.word, token.stemmable);
      if (term >= place_of_.size()) place_of_.resize(term + 1 + term / 2, 0);
      std::uint32_t& place = place_of_[term];
      if (place == 0) {
        const bool is_topic = token.stemmable && token.word.size() >= kMinTopicBytes &&
                              !is_stop_word(token.word, language_) && !is_asked(term);
        read.terms.push_back({term, 0, is_topic, 0});
        place = static_cast<std::uint32_t>(read.terms.size());
      }
      ++read.terms[place - 1].count;
      for (const auto& [asked, i] : ids_) {
        if (asked != term) continue;
        if (token.word == asked_[i].typed) ++typed_[i];
        if (words != nullptr) first_[i] = std::min(first_[i], *words + token.position);
      }
    }
    if (words != nullptr) *words += count;
  }

  [[nodiscard]] bool is_asked(TermId term) const {
    return std::any_of(ids_.begin(), ids_.end(), [&](const auto& one) { return one.first == term; });
  }

  void weigh_asked(const ReadArticle& read, TextEvidence& evidence) const {
    std::vector<double> kin(asked_.size(), 0.0);
    for (const CountedTerm& one : read.terms) add_kin(read.stemmer->term(one.term), one.count, kin);
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      const double weight = asked_[i].weight;
      if (first_[i] != kNever) evidence.early += weight / (1 + static_cast<double>(first_[i]) / kEarlyWords);
      evidence.as_written += weight * saturated(typed_[i]);
      evidence.akin += weight * saturated(kin[i]);
    }
    if (read.is_stripped) evidence.lost = rounded_score(lost_weight(read));
    evidence.early = rounded_score(evidence.early);
    evidence.as_written = rounded_score(evidence.as_written);
    evidence.akin = rounded_score(evidence.akin);
  }

  // What the words with figures would weigh if they stood in a stripped article as the others do.
  [[nodiscard]] double lost_weight(const ReadArticle& read) const {
    double lost = 0;
    double others = 0;
    double stand = 0;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      const double weight = asked_[i].weight;
      if (std::any_of(asked_[i].typed.begin(), asked_[i].typed.end(), is_figure)) {
        lost += weight;
        continue;
      }
      others += weight;
      const bool stands = std::any_of(read.terms.begin(), read.terms.end(), [&](const CountedTerm& one) {
        return std::find(ids_.begin(), ids_.end(), std::pair(one.term, i)) != ids_.end();
      });
      if (stands) stand += weight;
    }
    return others > 0 ? lost * stand / others : 0;
  }

  void add_kin(std::string_view term, std::uint32_t count, std::vector<double>& kin) const {
    if (term.size() < kKinBytes || term.front() < 'a' || term.front() > 'z') return;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      double most = 0;
      for (const std::string& asked : asked_[i].terms) {
        if (asked == term) {
          most = 0;
          break;
        }
        if (asked.size() < kKinBytes || std::memcmp(asked.data(), term.data(), kKinBytes) != 0) continue;
        const auto differ = std::mismatch(asked.begin(), asked.end(), term.begin(), term.end());
        const double common = static_cast<double>(differ.first - asked.begin());
        most = std::max(most, common / static_cast<double>(std::max(asked.size(), term.size())));
      }
      kin[i] += count * most;
    }
  }

  static void weigh_topics(ReadArticle& read) {
    double squares = 0;
    for (CountedTerm& one : read.terms) {
      if (!one.is_topic) continue;
      one.share = 1 + std::log(one.count);
      squares += one.share * one.share;
    }
    for (CountedTerm& one : read.terms) one.share /= std::sqrt(std::max(squares, 1.0));
  }

  std::span<const AskedWord> asked_;
  Stemmers& stemmers_;
  std::string language_;
  std::vector<std::pair<TermId, std::size_t>> ids_;  // and the word of the query
  std::vector<std::uint32_t> place_of_;              // by term, from 1; 0: has not been met in this article
  std::vector<std::uint32_t> typed_;                 // by word of the query
  std::vector<std::size_t> first_;                   // by word of the query: where in the text it first stands
};

// What the best articles are about, and how near to it each article is.
class Profile {
 public:
  Profile(std::span<const ArticleToRead> articles, const std::vector<ReadArticle>& read,
          const std::function<double(const std::string&)>& rarity)
      : read_(read), stemmer_(*read.front().stemmer) {
    const double best = std::max(articles.front().score, 1e-9);
    for (std::size_t i = 0; i < std::min(kModels, articles.size()); ++i) {
      const double say = std::exp((articles[i].score - best) / (kModelFall * best));
      says_.push_back(read[i].stemmer == &stemmer_ ? say : 0);
      total_ += says_.back();
    }
    std::vector<std::pair<TermId, double>> terms = common_terms();
    for (const auto& [term, weight] : terms) weights_[term] = {weight, rarity(stemmer_.term(term))};
  }

  [[nodiscard]] double likeness(std::size_t article) const {
    const double own = article < says_.size() ? says_[article] : 0;
    if (read_[article].stemmer != &stemmer_ || total_ - own <= 0) return 0;
    double sum = 0;
    for (const CountedTerm& one : read_[article].terms) {
      if (!one.is_topic || one.term >= weights_.size()) continue;
      const Weight& weight = weights_[one.term];
      sum += weight.rarity * std::max(0.0, weight.weight - own * one.share) * one.share;
    }
    return sum / (total_ - own);
  }

 private:
  struct Weight {
    double weight = 0;
    double rarity = 0;
  };

  // The heaviest words of the models; TermIds depend on what was read before, so the words themselves order them.
  std::vector<std::pair<TermId, double>> common_terms() {
    std::vector<std::pair<TermId, double>> terms;
    TermId last = 0;
    for (const ReadArticle& read : read_) {
      if (read.stemmer != &stemmer_) continue;
      for (const CountedTerm& one : read.terms) last = std::max(last, one.term);
    }
    weights_.resize(last + 1);
    for (std::size_t i = 0; i < says_.size(); ++i) {
      if (says_[i] == 0) continue;
      for (const CountedTerm& one : read_[i].terms) {
        if (!one.is_topic) continue;
        if (weights_[one.term].weight == 0) terms.emplace_back(one.term, 0);
        weights_[one.term].weight += says_[i] * one.share;
      }
    }
    for (auto& [term, weight] : terms) weight = std::exchange(weights_[term].weight, 0);
    const auto heavier = [&](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : stemmer_.term(a.first) < stemmer_.term(b.first);
    };
    const auto end = terms.begin() + static_cast<std::ptrdiff_t>(std::min(kProfileTerms, terms.size()));
    std::partial_sort(terms.begin(), end, terms.end(), heavier);
    terms.erase(end, terms.end());
    return terms;
  }

  const std::vector<ReadArticle>& read_;
  Stemmer& stemmer_;  // of the best article's language: words of others are not compared
  std::vector<double> says_;
  double total_ = 0;
  std::vector<Weight> weights_;  // by term
};

}  // namespace

std::vector<TextEvidence> read_evidence(std::span<const AskedWord> asked, std::span<const ArticleToRead> articles,
                                        Stemmers& stemmers, const std::function<double(const std::string&)>& rarity) {
  std::vector<TextEvidence> evidence(articles.size());
  if (articles.empty()) return evidence;
  Reader reader(asked, stemmers);
  std::vector<ReadArticle> read;
  read.reserve(articles.size());
  double all = 0;
  for (const AskedWord& one : asked) all += one.weight;
  for (std::size_t i = 0; i < articles.size(); ++i) read.push_back(reader.read(articles[i], evidence[i]));
  const Profile profile(articles, read, rarity);
  for (std::size_t i = 0; i < articles.size(); ++i) evidence[i].like = rounded_score(all * profile.likeness(i));
  return evidence;
}

}  // namespace dateline
