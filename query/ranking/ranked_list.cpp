// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/ranking/ranked_list.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include "query/finding/score.h"
#include "query/finding/text_ranker.h"
#include "query/ranking/answer.h"

namespace dateline {
namespace {

// The best articles of the first block whose words are read.
constexpr std::size_t kReadArticles = 30;
// The best of the first block whose text is read for words in what the one asked for says.
constexpr std::size_t kQuotedCandidates = 100;
// Where recent passages are preferred, one so many days older than the newest gains half as much.
constexpr double kHalfAge = 180;

// Days since 1970 of an ISO date, of a month its first; nothing if it is none.
std::optional<double> days_of(std::string_view date) {
  std::array<unsigned, 3> parts{0, 0, 1};  // year, month, day
  for (unsigned& part : parts) {
    const std::size_t end = std::min(date.find('-'), date.size());
    if (end > 0) std::from_chars(date.data(), date.data() + end, part);
    date.remove_prefix(std::min(end + 1, date.size()));
  }
  const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(parts[0])), std::chrono::month(parts[1]),
                                        std::chrono::day(parts[2])};
  if (!day.ok()) return std::nullopt;
  return static_cast<double>(std::chrono::sys_days(day).time_since_epoch().count());
}

}  // namespace

void RankedList::append(std::vector<Candidate> block) {
  if (query_.by_date) {
    for (Candidate& one : block) one.passage_score = 0;
    sort(block, block.size());
  } else {
    ranker_.score_articles(block);
    for (Candidate& one : block) {
      one.passage_score *= asked_.by_article ? weights_.passage_in_article : 1;
      one.article_score *= asked_.by_article ? 1 : weights_.article_in_passage;
      one.score = one.passage_score + one.article_score;
    }
    sort(block, block.size());
    if (candidates_.empty()) {
      score_by_quotes(block);
      score_by_text(block);
      score_by_closeness(block);
      score_by_answer(block);
    }
    if (asked_.prefer_recent) score_by_date(block);
    put_behind(block);
  }
  for (const Candidate& one : block) {
    if (!asked_.by_article || articles_.insert(one.article()).second) candidates_.push_back(one);
  }
}

void RankedList::insert_added(std::vector<Candidate> block) {
  ranker_.score_articles(block);
  std::erase_if(block, [](const Candidate& one) { return one.article_score == 0; });
  for (Candidate& one : block) {
    one.article_score *= weights_.article_in_passage;
    one.score = one.added_score + one.article_score;
    add_text(one);
  }
  if (asked_.prefer_recent) score_by_date(block);
  candidates_.insert(candidates_.end(), block.begin(), block.end());
  sort(candidates_, candidates_.size());
}

PassageSketch RankedList::sketch_of(const Candidate& one) {
  const auto known = sketches_.find({one.segment, one.docid});
  return known != sketches_.end() ? known->second : PassageSketch(reader_.open(one).words());
}

// Words in what the one asked for says count more than elsewhere in the passage.
void RankedList::score_by_quotes(std::vector<Candidate>& block) {
  if (speakers_.empty() || weights_.quoted == 0) return;
  const std::size_t read = std::min(block.size(), kQuotedCandidates);
  for (Candidate& one : std::span(block).first(read)) {
    const OpenedPassage passage = reader_.open(one);
    std::vector<ByteSpan> spans;
    for (const SpokenSpan& spoken : passage.quotes()) {
      if (spoken.who && speakers_.contains(*spoken.who)) spans.push_back(spoken.span);
    }
    const Ranker::Standing standing = ranker_.standing_in(passage.words(), spans);
    one.words_in_quotes = standing.words;
    one.quoted_score = weights_.quoted * standing.weight;
    one.score += one.quoted_score;
  }
  sort(block, read);
}

// A second look at the best articles: what their words tell (text_ranker.h).
void RankedList::score_by_text(std::vector<Candidate>& block) {
  std::vector<ArticleToRead> articles;
  std::vector<ArticlePlace> places;
  for (const Candidate& one : block) {
    if (articles.size() == kReadArticles) break;
    const OpenedPassage passage = reader_.open(one);
    if (passage.is_boilerplate() || !text_of_.try_emplace(one.article()).second) continue;
    places.push_back(one.article());
    articles.push_back({passage.head().language, passage.head().title, passage.article().text(),
                        passage.article().stored().passages, one.key.ordinal, one.score});
  }
  const std::vector<AskedWord> asked = ranker_.asked_words();
  const std::vector<TextEvidence> found = read_evidence(asked, articles, variants_.stemmers(),
                                                        [&](const std::string& term) { return ranker_.rarity(term); });
  const double share = asked_.by_article ? 1 : weights_.article_in_passage;
  const double early =
      asked_.by_article ? weights_.early : 0;  // that an article is on it tells not which passage answers
  for (std::size_t i = 0; i < places.size(); ++i) {
    const TextEvidence& text = found[i];
    text_of_[places[i]] = {early * text.early, share * weights_.as_written * text.as_written,
                           share * weights_.akin * text.akin, share * weights_.lost * text.lost,
                           share * weights_.like * text.like};
  }
  for (Candidate& one : block) add_text(one);
  sort(block, block.size());
}

void RankedList::add_text(Candidate& one) {
  const auto text = text_of_.find(one.article());
  // Boilerplate counts nothing, also where another passage of its article does.
  if (text == text_of_.end() || reader_.open(one).is_boilerplate()) return;
  one.text = text->second;
  one.score += one.text.early + one.text.as_written + one.text.akin + one.text.lost + one.text.like;
}

void RankedList::score_by_closeness(std::vector<Candidate>& block) {
  if (query_.ranked.size() < 2 || weights_.closeness == 0) return;
  const std::size_t close = std::min(block.size(), kCloseCandidates);
  for (Candidate& one : std::span(block).first(close)) {
    const OpenedPassage passage = reader_.open(one);
    if (passage.is_boilerplate()) continue;
    const PassageWords words = passage.words();
    if (!asked_.by_article) sketches_.emplace(std::pair(one.segment, one.docid), PassageSketch(words));
    one.closeness_score = weights_.closeness * ranker_.closeness(words);
    one.score += one.closeness_score;
  }
  sort(block, close);
}

// A passage that may answer the question before one that cannot.
void RankedList::score_by_answer(std::vector<Candidate>& block) {
  if (asked_.answer == AnswerKind::kNone || asked_.by_article) return;
  std::set<std::string> words;
  double weight = 0;
  for (const AskedWord& word : ranker_.asked_words()) {
    words.emplace(word.typed);
    weight = std::max(weight, word.weight);
  }
  const std::set<NamedOne> names(query_.asked_for.begin(), query_.asked_for.end());
  const std::size_t close = std::min(block.size(), kCloseCandidates);
  for (Candidate& one : std::span(block).first(close)) {
    if (!may_answer(asked_.answer, reader_.open(one), words, names)) continue;
    one.answer_score = rounded_score(weights_.answer * weight);
    one.score += one.answer_score;
  }
  sort(block, close);
}

// The newest date among the first candidates counts in full, half a year before it half.
void RankedList::score_by_date(std::vector<Candidate>& block) {
  if (candidates_.empty()) {
    for (const Candidate& one : block) newest_ = std::max(newest_, days_of(reader_.open(one.article()).head().date));
  }
  for (Candidate& one : block) {
    const std::optional<double> days = days_of(reader_.open(one.article()).head().date);
    if (!days) continue;
    const double age = std::max(0.0, newest_.value_or(*days) - *days);
    one.recent_score = rounded_score(weights_.recent * (one.passage_score + one.article_score) / (1 + age / kHalfAge));
    one.score += one.recent_score;
  }
  sort(block, block.size());
}

// Scores fall from hit to hit: a block that would begin higher than the one before ended is lowered as a whole.
void RankedList::put_behind(std::vector<Candidate>& block) const {
  if (candidates_.empty() || block.empty()) return;
  const double last = candidates_.back().score;
  const double lowered = std::min(0.0, last - block.front().score);
  for (Candidate& one : block) {
    one.lowered = lowered;
    one.score = std::min(one.score + lowered, last);  // a sum may be rounded upwards
  }
}

void RankedList::sort(std::vector<Candidate>& block, std::size_t count) {
  std::stable_sort(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count),
                   [&](const Candidate& a, const Candidate& b) {
                     return a.score != b.score ? a.score > b.score : stands_before(a, b);
                   });
}

// Ties stand in the order of their sources, which is the same however often the index was updated; by date
// the latest articles before that.
bool RankedList::stands_before(const Candidate& a, const Candidate& b) {
  if (a.article() == b.article()) return a.key.ordinal < b.key.ordinal;
  const Article& one = reader_.open(a.article()).head();
  const Article& other = reader_.open(b.article()).head();
  if (query_.by_date && one.date != other.date) return one.date > other.date;
  return std::tie(one.path, one.line, one.id) < std::tie(other.path, other.line, other.id);
}

}  // namespace dateline
