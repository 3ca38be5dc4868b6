// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searcher.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>
#include <xapian.h>

#include "common/char_class.h"
#include "common/metadata.h"
#include "common/segments.h"
#include "common/text.h"
#include "query/hit_groups.h"
#include "query/passage_names.h"
#include "query/passage_sketch.h"
#include "query/passage_words.h"
#include "query/query_builder.h"
#include "query/removed_filter.h"
#include "query/story_reader.h"
#include "query/term_variants.h"
#include "query/verifier.h"

namespace dateline {
namespace {

// Candidates are ranked by more than their own words in blocks, each twice as large as the one before, whatever page
// was asked for: so pages join. The first block's size:
constexpr std::size_t kFirstBlock = 200;
// The same where the text of each candidate must be read to verify it, which costs as much as ranking a hundred.
constexpr std::size_t kFirstVerifiedBlock = 30;
// How many candidates to verify are fetched at once.
constexpr std::size_t kVerifiedAtOnce = 100;
// The best of the first block whose text is read for the closeness of the words. 25 instead of 50 or 100 cost 0.0007 of
// nDCG@10 and saved a quarter of the time.
constexpr std::size_t kCloseCandidates = 30;
// The best articles of the first block whose words are read.
constexpr std::size_t kReadArticles = 25;
// The best of the first block whose text is read for words in what the one asked for says.
constexpr std::size_t kQuotedCandidates = 100;
// Passages whose names are counted at once: bounds memory.
constexpr std::size_t kCountedAtOnce = 2000;

// Xapian adds the weights of terms up in the order of their frequency in a segment: the last digits depend on how the
// collection is cut into segments, the rest does not. 2^-24, so that what is added to a score stays exact.
constexpr double kScoreStep = 1.0 / (1 << 24);

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
  NameReader names;
  RankingWeights weights;

  explicit State(std::vector<Segment> opened)
      : segments(std::move(opened)), variants(languages_of(segments)), names(segments, all) {
    for (const Segment& segment : segments) all.add_database(segment.database);
  }
};

namespace {

// One search: its query, its candidates, and the articles it has read.
class Search {
 public:
  Search(const std::vector<Segment>& segments, const Xapian::Database& all, TermVariants& variants,
         const NameReader& names, const RankingWeights& weights, const QueryNode& query, const SearchOptions& options)
      : segments_(segments),
        all_(all),
        variants_(variants),
        names_(names),
        weights_(weights),
        options_(options),
        query_(query),
        built_(build_query(query, all, variants, names, options.names)),
        asked_for_(built_.asked_for.begin(), built_.asked_for.end()),
        verifier_(query, variants, names),
        passage_names_(names),
        ranker_(segments, built_.ranked, weights),
        stories_(segments),
        groups_(stories_, [this](const Candidate& a, const Candidate& b) { return is_better_text(a, b); }),
        enquire_(all) {
    for (const auto& [field, meant] : built_.speakers) speakers_.insert(meant.begin(), meant.end());
    enquire_.set_query(without_removed(segments, built_.candidates));
    // Ties stand in the order of the sources.
    if (built_.ranked.empty()) {
      enquire_.set_weighting_scheme(Xapian::BoolWeight());
      enquire_.set_sort_by_value_then_relevance(kSlotDate, true);
    } else {
      enquire_.set_weighting_scheme(Xapian::BM25Weight(weights.passage_k1, 0, 1, weights.passage_b, 0.0));
    }
  }

  SearchResult run() {
    SearchResult result;
    result.notices = built_.notices;
    result.suggestion = suggestion(query_);
    for (const RankedTerm& term : built_.ranked) {
      if (!term.reading.terms.empty()) result.readings.emplace_back(term.shown, term.reading);
    }
    for (const auto& [field, meant] : built_.speakers) {
      NameReading reading;
      for (const NamedOne& one : meant) reading.names.push_back(one.second);
      if (!meant.empty()) result.readings.emplace_back(field, std::move(reading));
    }
    if (built_.candidates.empty()) {
      result.total_is_exact = true;
      return result;
    }
    const std::size_t wanted = options_.offset + options_.limit;
    std::size_t block = built_.must_verify ? kFirstVerifiedBlock : kFirstBlock;
    for (; more_ && groups_.groups().size() < wanted; block *= 2) {
      rank(next_block(block));
      group(wanted);
    }
    count(result);
    page(result);
    return result;
  }

  // Every matching passage is looked at, in blocks; of an article only its head is kept.
  std::vector<NameCount> count_names() {
    std::map<NamedOne, NameCount> counts;
    std::map<NamedOne, std::uint64_t> quotes;
    std::map<NamedOne, std::set<std::pair<std::uint32_t, ArticleNumber>>> articles;
    while (more_ && !built_.candidates.empty()) {
      for (const Candidate& one : next_block(kCountedAtOnce)) {
        const Opened& article = open(one);
        if (is_boilerplate(article, one)) continue;
        std::set<NamedOne> here;
        for (NamedSpan& name : names_in(article, one)) here.insert(std::move(name.who));
        const std::uint32_t begin = article.stored.passages[one.key.ordinal].span.begin;
        for (const SpokenSpan& spoken : quotes_in(article, one)) {
          if (spoken.who && article.stored.quotes[spoken.quote].span.begin >= begin) ++quotes[*spoken.who];
        }
        for (const NamedOne& name : here) {
          NameCount& count = counts.try_emplace(name, NameCount{name.first, name.second, 0, 0, 0}).first->second;
          ++count.passages;
          if (articles[name].insert({one.segment, one.key.article}).second) ++count.articles;
        }
      }
      opened_.clear();
    }
    std::vector<NameCount> all;
    all.reserve(counts.size());
    for (auto& [name, count] : counts) {
      if (const auto spoken = quotes.find(name); spoken != quotes.end()) count.quotes = spoken->second;
      all.push_back(std::move(count));
    }
    std::stable_sort(all.begin(), all.end(), [](const NameCount& a, const NameCount& b) {
      return a.kind != b.kind ? a.kind < b.kind : a.passages > b.passages;
    });
    return all;
  }

  QuoteResult find_quotes() {
    QuoteResult result;
    result.notices = built_.notices;
    result.suggestion = suggestion(query_);
    while (more_ && !built_.candidates.empty() && ranked_.size() < kMaxQuotedPassages) {
      rank(next_block(std::min(kFirstBlock, kMaxQuotedPassages - ranked_.size())));
    }
    std::set<std::tuple<std::uint32_t, ArticleNumber, std::uint32_t>> seen;
    for (const Candidate& one : ranked_) {
      Opened& article = open(one);
      for (SpokenSpan& spoken : quotes_in(article, one)) {
        if (!speakers_.empty() && !(spoken.who && speakers_.contains(*spoken.who))) continue;
        if (!seen.insert({one.segment, one.key.article, spoken.quote}).second) continue;
        result.quotes.push_back(make_quote_hit(article, spoken));
      }
    }
    std::stable_sort(result.quotes.begin(), result.quotes.end(),
                     [](const QuoteHit& a, const QuoteHit& b) { return a.score > b.score; });
    result.quotes = join_copies(std::move(result.quotes));
    result.total = result.quotes.size();
    result.total_is_exact = !more_ || built_.candidates.empty();
    if (!result.total_is_exact) {
      result.notices.push_back(
          fmt::format("more passages match; the quotes in the first {} of them were read", kMaxQuotedPassages));
    }
    const std::size_t begin = std::min(options_.offset, result.quotes.size());
    result.quotes.erase(result.quotes.begin(), result.quotes.begin() + static_cast<std::ptrdiff_t>(begin));
    if (result.quotes.size() > options_.limit) result.quotes.resize(options_.limit);
    return result;
  }

  // Asks for the quotes of this one alone, whomever else the query may mean.
  void set_speaker(const NamedOne& one) { speakers_ = {one}; }

 private:
  struct Opened {
    StoredArticle stored;
    std::string text;  // unpacked when first asked for
  };

  [[nodiscard]] bool by_article() const {
    return options_.grouping == Grouping::kArticle || options_.grouping == Grouping::kStory;
  }

  // The next `size` candidates in Xapian's order that match; fewer at the end.
  std::vector<Candidate> next_block(std::size_t size) {
    std::vector<Candidate> block;
    while (more_ && block.size() < size) {
      if (at_ == fetched_.size()) fetch(built_.must_verify ? std::max(kVerifiedAtOnce, at_) : size);
      for (; at_ < fetched_.size() && block.size() < size; ++at_) {
        Candidate candidate = make_candidate(fetched_[at_].first, fetched_[at_].second);
        if (!built_.must_verify || verified(candidate)) block.push_back(candidate);
      }
      more_ = at_ < fetched_.size() || !fetched_all_;
    }
    matching_ += block.size();
    return block;
  }

  void fetch(std::size_t count) {
    const Xapian::MSet matches =
        enquire_.get_mset(static_cast<Xapian::doccount>(fetched_.size()), static_cast<Xapian::doccount>(count));
    for (auto match = matches.begin(); match != matches.end(); ++match) {
      fetched_.emplace_back(*match, match.get_weight());
    }
    fetched_all_ = matches.size() < count;
    estimated_ = matches.get_matches_estimated();
    estimate_is_exact_ = matches.get_matches_lower_bound() == matches.get_matches_upper_bound();
  }

  Candidate make_candidate(Xapian::docid docid, double weight) const {
    // Xapian deals the documents of n databases out in turn.
    Candidate candidate;
    candidate.segment = static_cast<std::uint32_t>((docid - 1) % segments_.size());
    candidate.docid = static_cast<Xapian::docid>((docid - 1) / segments_.size() + 1);
    candidate.passage_score = std::nearbyint(weight / kScoreStep) * kScoreStep;
    candidate.key =
        value_or_throw(decode_passage_key(segments_[candidate.segment]
                                              .database.get_document(candidate.docid, Xapian::DOC_ASSUME_VALID)
                                              .get_value(kSlotPassage)));
    return candidate;
  }

  Opened& open(const ArticlePlace& place) {
    const auto known = opened_.find(place);
    if (known != opened_.end()) return known->second;
    Opened article;
    article.stored = value_or_throw(
        decode_article(read_metadata(segments_[place.segment].database, article_metadata_key(place.article))));
    return opened_.emplace(place, std::move(article)).first->second;
  }

  Opened& open(const Candidate& candidate) {
    Opened& article = open(ArticlePlace{candidate.segment, candidate.key.article});
    if (article.stored.passages.size() + article.stored.boilerplate.size() <= candidate.key.ordinal) {
      throw FatalError({ErrorCode::kIndex,
                        segments_[candidate.segment].path.string() + ": an article's record is damaged",
                        "index the sources again with: dateline-index --rebuild"});
    }
    return article;
  }

  static std::string_view text_of(Opened& article) {
    if (article.text.empty()) article.text = value_or_throw(decompress_text(article.stored));
    return article.text;
  }

  static bool is_boilerplate(const Opened& article, const Candidate& candidate) {
    return candidate.key.ordinal >= article.stored.passages.size();
  }

  static const Boilerplate& boilerplate_of(const Opened& article, const Candidate& candidate) {
    return article.stored.boilerplate[candidate.key.ordinal - article.stored.passages.size()];
  }

  static ByteSpan span_of(const Opened& article, const Candidate& candidate) {
    return is_boilerplate(article, candidate) ? boilerplate_of(article, candidate).span
                                              : article.stored.passages[candidate.key.ordinal].span;
  }

  static std::string_view passage_text(Opened& article, const Candidate& candidate) {
    const ByteSpan span = span_of(article, candidate);
    return text_of(article).substr(span.begin, span.size());
  }

  static std::uint32_t line_at(Opened& article, std::uint32_t offset) {
    const std::string_view before = text_of(article).substr(0, offset);
    return 1 + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
  }

  // What may have been meant by the first name in the query that the index does not know: "person:peskof", or a word
  // that stands nowhere.
  [[nodiscard]] std::optional<std::string> suggestion(const QueryNode& node) const {
    if (node.field == kSpeakerField) {
      if (!names_.find_speakers(node.text).empty()) return std::nullopt;
      if (const std::optional<std::string> name = names_.suggest_speaker(node.text)) {
        return node.field + ":\"" + *name + '"';
      }
    } else if (node.kind == QueryKind::kField) {
      const std::optional<NameKind> kind = kind_of_field(node.field);
      if (!kind || !names_.find(*kind, node.text).empty()) return std::nullopt;
      const std::optional<std::string> name = names_.suggest(*kind, node.text);
      if (name) return node.field + ":\"" + *name + '"';
    }
    if (node.kind == QueryKind::kWord) {
      const RankedTerm* term = nullptr;
      for (const RankedTerm& one : built_.ranked) {
        if (one.shown == node.text) term = &one;
      }
      const auto stands = [&](const std::string& one) { return all_.term_exists(one); };
      if (term == nullptr || !term->reading.terms.empty() ||
          std::any_of(term->terms.begin(), term->terms.end(), stands)) {
        return std::nullopt;
      }
      return names_.suggest(NameKind::kPerson, node.text);
    }
    for (const QueryClause& one : node.clauses) {
      if (std::optional<std::string> found = suggestion(one.node)) return found;
    }
    return std::nullopt;
  }

  std::vector<NamedSpan> names_in(const Opened& article, const Candidate& candidate) {
    if (is_boilerplate(article, candidate)) return {};
    return passage_names_.read(candidate.segment, article.stored, candidate.key.ordinal);
  }

  std::vector<SpokenSpan> quotes_in(const Opened& article, const Candidate& candidate) {
    if (is_boilerplate(article, candidate)) return {};
    return passage_names_.read_quotes(candidate.segment, article.stored, candidate.key.ordinal);
  }

  QuoteHit make_quote_hit(Opened& article, const SpokenSpan& spoken) {
    const std::string_view text = text_of(article);
    QuoteHit hit;
    hit.quote = article.stored.quotes[spoken.quote];
    const ByteSpan span = hit.quote.span;
    hit.article = article.stored.head;
    hit.line = line_at(article, span.begin);
    if (spoken.who) hit.speaker = spoken.who->second;
    hit.mention = text.substr(hit.quote.speaker.begin, hit.quote.speaker.size());
    hit.cue = text.substr(hit.quote.cue.begin, hit.quote.cue.size());
    hit.text = text.substr(span.begin, span.size());
    const PassageWords words(hit.text, variants_.stemmer(article.stored.head.language));
    hit.highlights = verifier_.matched_spans(words, {});
    hit.score = ranker_.standing_in(words, {{0, span.size()}}).weight;
    return hit;
  }

  PassageWords words_of(Opened& article, const Candidate& candidate) {
    return {passage_text(article, candidate), variants_.stemmer(article.stored.head.language)};
  }

  bool verified(const Candidate& candidate) {
    Opened& article = open(candidate);
    if (!verifier_.may_match(passage_text(article, candidate))) return false;
    if (is_boilerplate(article, candidate)) {
      return verifier_.matches_boilerplate(words_of(article, candidate), article.stored.head);
    }
    const std::vector<NamedSpan> names =
        verifier_.asks_for_names() ? names_in(article, candidate) : std::vector<NamedSpan>();
    const std::vector<SpokenSpan> quotes =
        verifier_.asks_for_names() ? quotes_in(article, candidate) : std::vector<SpokenSpan>();
    return verifier_.matches(words_of(article, candidate), article.stored.head, names, quotes);
  }

  // Puts a block in order and appends it to what is ranked.
  void rank(std::vector<Candidate> block) {
    if (built_.ranked.empty()) {  // already by date
      for (Candidate& one : block) one.passage_score = 0;
      sort(block, block.size());
    } else {
      ranker_.score_articles(block);
      for (Candidate& one : block) {
        one.passage_score *= by_article() ? weights_.passage_in_article : 1;
        one.article_score *= by_article() ? 1 : weights_.article_in_passage;
        one.score = one.passage_score + one.article_score;
      }
      sort(block, block.size());
      if (ranked_.empty()) {
        rank_by_quotes(block);
        rank_by_text(block);
        rank_by_closeness(block);
      }
      put_behind_ranked(block);
    }
    for (Candidate& one : block) {
      if (!by_article() || seen_.insert({one.segment, one.key.article}).second) ranked_.push_back(one);
    }
  }

  // Joins copies until there are as many results as wanted, or all are joined. The first kCloseCandidates are looked at
  // in any case, and the best text of theirs is shown, so that pages join; without words that rank the latest is.
  void group(std::size_t wanted) {
    for (; grouped_ < ranked_.size(); ++grouped_) {
      const Candidate& one = ranked_[grouped_];
      const bool is_close = grouped_ < kCloseCandidates && !built_.ranked.empty();
      if (options_.grouping == Grouping::kStory) {
        groups_.add_story(one, is_close);
      } else if (options_.grouping == Grouping::kPassage) {
        if (groups_.groups().size() >= wanted && !is_close) return;
        const auto known = sketches_.find(place(one));
        groups_.add_passage(one, known != sketches_.end() ? known->second : PassageSketch(words_of(open(one), one)),
                            is_close);
      } else {
        groups_.add_apart(one);
      }
    }
  }

  static std::pair<std::uint32_t, Xapian::docid> place(const Candidate& one) { return {one.segment, one.docid}; }

  // Of two articles with the same passage: the one that stands first in its story; else the one with capitals, with
  // marks, the longer, the earlier.
  bool is_better_text(const Candidate& a, const Candidate& b) {
    const ArticlePlace one{a.segment, a.key.article};
    const ArticlePlace other{b.segment, b.key.article};
    const StoryId story = stories_.story_of(one);
    if (story == stories_.story_of(other)) {
      for (const ArticleNumber member : stories_.members(story)) {
        if (member == one.article || member == other.article) return member == one.article;
      }
    }
    const auto rank = [&](const Candidate& candidate) {
      Opened& article = open(candidate);
      const std::string_view text = passage_text(article, candidate);
      const auto has = [&](auto is) { return std::any_of(text.begin(), text.end(), is); };
      const Article& head = article.stored.head;
      return std::tuple(!has([](char c) { return c >= 'A' && c <= 'Z'; }),
                        !has([](char c) { return c == '.' || c == ','; }), ~article.stored.text_bytes,
                        head.date.empty(), std::string_view(head.date), std::string_view(head.path), head.line);
    };
    return rank(a) < rank(b);
  }

  // The other articles that have what a hit shows: those of its story, and those that print the passage.
  void find_copies(const HitGroup& group, Hit& hit) {
    if (options_.grouping == Grouping::kNone || options_.grouping == Grouping::kArticle) return;
    const ArticlePlace shown{group.shown.segment, group.shown.key.article};
    const StoryId story = stories_.story_of(shown);
    const Story members = stories_.members(story);
    std::vector<ArticlePlace> others;  // of other stories
    for (const ArticlePlace& article : group.articles) {
      if (stories_.story_of(article) != story) others.push_back(article);
    }
    hit.copy_count = members.size() - 1 + others.size();
    if (!options_.list_copies) return;
    std::vector<ArticlePlace> places;
    for (const ArticleNumber member : members) {
      if (places.size() == kMaxListedCopies) break;
      if (member != shown.article) places.push_back(stories_.place_of(story, member));
    }
    places.insert(places.end(), others.begin(), others.end());
    if (places.size() > kMaxListedCopies) places.resize(kMaxListedCopies);
    for (const ArticlePlace& one : places) hit.copies.push_back({open(one).stored.head, 0, false});
    if (!options_.locate_copies || places.empty()) return;
    Opened& original = open(group.shown);
    const PassageSketch passage(words_of(original, group.shown));
    const std::string letters = original.stored.head.outlet.empty() ? std::string() : folded_letters(text_of(original));
    for (std::size_t i = 0; i < places.size(); ++i) {
      Opened& article = open(places[i]);
      HitCopy& copy = hit.copies[i];
      copy.is_version =
          !letters.empty() && copy.article.outlet == hit.article.outlet && folded_letters(text_of(article)) != letters;
      double most = -1;
      for (const Passage& other : article.stored.passages) {
        const PassageWords words(text_of(article).substr(other.span.begin, other.span.size()),
                                 variants_.stemmer(copy.article.language));
        const double shared = passage.shared_with(PassageSketch(words));
        if (shared <= most) continue;
        most = shared;
        copy.line = other.line;
      }
    }
    std::stable_sort(hit.copies.begin(), hit.copies.end(), [](const HitCopy& a, const HitCopy& b) {
      return a.is_version != b.is_version ? a.is_version : a.is_version && a.article.date > b.article.date;
    });
  }

  // What is the same in a text and what a clean-up leaves of it.
  static std::string folded_letters(std::string_view text) {
    std::string letters;
    const std::string folded = fold(text);
    for (std::size_t at = 0; at < folded.size();) {
      const std::size_t begin = at;
      const CharClass what = class_of(next_code_point(folded, at));
      if (what == CharClass::kLetter || what == CharClass::kUnspaced) letters.append(folded, begin, at - begin);
    }
    return letters;
  }

  // Words in what the one asked for says count more than elsewhere in the passage.
  void rank_by_quotes(std::vector<Candidate>& block) {
    if (speakers_.empty() || weights_.quoted == 0) return;
    const std::size_t read = std::min(block.size(), kQuotedCandidates);
    for (Candidate& one : std::span(block).first(read)) {
      Opened& article = open(one);
      std::vector<ByteSpan> spans;
      for (const SpokenSpan& spoken : quotes_in(article, one)) {
        if (spoken.who && speakers_.contains(*spoken.who)) spans.push_back(spoken.span);
      }
      const Ranker::Standing standing = ranker_.standing_in(words_of(article, one), spans);
      one.words_in_quotes = standing.words;
      one.quoted_score = weights_.quoted * standing.weight;
      one.score += one.quoted_score;
    }
    sort(block, read);
  }

  // A second look at the best articles: what their words tell (text_ranker.h).
  void rank_by_text(std::vector<Candidate>& block) {
    std::vector<ArticleToRead> articles;
    std::map<std::pair<std::uint32_t, ArticleNumber>, std::size_t> place_of;
    for (const Candidate& one : block) {
      if (articles.size() == kReadArticles) break;
      Opened& article = open(one);
      if (is_boilerplate(article, one)) continue;
      if (!place_of.try_emplace({one.segment, one.key.article}, articles.size()).second) continue;
      const std::string_view text = text_of(article);
      articles.push_back({article.stored.head.language, article.stored.head.title, text, article.stored.passages,
                          one.key.ordinal, one.score});
    }
    const std::vector<AskedWord> asked = ranker_.asked_words();
    const std::vector<TextEvidence> found = read_evidence(
        asked, articles, variants_.stemmers(), [&](const std::string& term) { return ranker_.rarity(term); });
    const double share = by_article() ? 1 : weights_.article_in_passage;
    const double early = by_article() ? weights_.early : 0;  // that an article is on it tells not which passage answers
    for (Candidate& one : block) {
      const auto place = place_of.find({one.segment, one.key.article});
      if (place == place_of.end()) continue;
      const TextEvidence& text = found[place->second];
      one.text = {early * text.early, share * weights_.as_written * text.as_written, share * weights_.akin * text.akin,
                  share * weights_.like * text.like};
      one.score += one.text.early + one.text.as_written + one.text.akin + one.text.like;
    }
    sort(block, block.size());
  }

  void rank_by_closeness(std::vector<Candidate>& block) {
    if (built_.ranked.size() < 2 || weights_.closeness == 0) return;
    const std::size_t close = std::min(block.size(), kCloseCandidates);
    for (Candidate& one : std::span(block).first(close)) {
      Opened& article = open(one);
      if (is_boilerplate(article, one)) continue;
      const PassageWords words = words_of(article, one);
      if (options_.grouping == Grouping::kPassage) sketches_.emplace(place(one), PassageSketch(words));
      one.closeness_score = weights_.closeness * ranker_.closeness(words);
      one.score += one.closeness_score;
    }
    sort(block, close);
  }

  // Scores fall from hit to hit: a block that would begin higher than the one before ended is lowered as a whole.
  void put_behind_ranked(std::vector<Candidate>& block) {
    if (ranked_.empty() || block.empty()) return;
    const double lowered = std::min(0.0, ranked_.back().score - block.front().score);
    for (Candidate& one : block) {
      one.lowered = lowered;
      one.score = std::min(one.score + lowered, ranked_.back().score);  // a sum may be rounded upwards
    }
  }

  void sort(std::vector<Candidate>& block, std::size_t count) {
    std::stable_sort(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count),
                     [&](const Candidate& a, const Candidate& b) {
                       return a.score != b.score ? a.score > b.score : stands_before(a, b);
                     });
  }

  // Ties stand in the order of their sources, which is the same however often the index was updated; where words do
  // not rank, the latest articles before that.
  bool stands_before(const Candidate& a, const Candidate& b) {
    if (a.segment == b.segment && a.key.article == b.key.article) return a.key.ordinal < b.key.ordinal;
    const Article& one = open(a).stored.head;
    const Article& other = open(b).stored.head;
    if (built_.ranked.empty() && one.date != other.date) return one.date > other.date;
    return std::tie(one.path, one.line, one.id) < std::tie(other.path, other.line, other.id);
  }

  void count(SearchResult& result) const {
    const bool all_seen = !more_;
    result.total_is_exact = all_seen || (!built_.must_verify && !by_article() && estimate_is_exact_);
    if (all_seen) {
      result.total = options_.grouping == Grouping::kStory ? groups_.groups().size() : ranked_.size();
    } else if (built_.must_verify) {  // as many of those not read will match as of those read
      result.total = matching_ * std::max<std::uint64_t>(estimated_, at_) / std::max<std::uint64_t>(at_, 1);
    } else {
      result.total = estimated_;
    }
    if (!all_seen && by_article()) {  // as many articles a passage
      const std::size_t met = options_.grouping == Grouping::kStory ? groups_.groups().size() : ranked_.size();
      result.total = result.total * met / std::max<std::uint64_t>(matching_, 1);
    }
  }

  // Of `names`, those whom words of the query mean that do not stand in the passage.
  [[nodiscard]] std::vector<std::string> named_instead(const std::vector<NamedSpan>& names,
                                                       const PassageWords& words) const {
    std::vector<std::string> instead;
    for (const RankedTerm& term : built_.ranked) {
      const bool stands = std::any_of(words.all().begin(), words.all().end(), [&](const PassageWord& word) {
        return std::find(term.terms.begin(), term.terms.end(), words.term(word)) != term.terms.end();
      });
      if (stands) continue;
      for (const NamedSpan& one : names) {
        const std::vector<NamedOne>& meant = term.reading.meant;
        const std::string& name = one.who.second;
        const bool is_new = std::find(instead.begin(), instead.end(), name) == instead.end();
        if (is_new && std::find(meant.begin(), meant.end(), one.who) != meant.end()) instead.push_back(name);
      }
    }
    return instead;
  }

  void page(SearchResult& result) {
    const std::vector<HitGroup>& groups = groups_.groups();
    const std::size_t end = std::min(groups.size(), options_.offset + options_.limit);
    for (std::size_t i = options_.offset; i < end; ++i) {
      const Candidate& one = groups[i].shown;
      const Candidate& ranked = groups[i].ranked;
      Opened& article = open(one);
      Hit hit;
      hit.rank = i + 1;
      hit.score = ranked.score;
      hit.article = article.stored.head;
      hit.ordinal = one.key.ordinal;
      if (is_boilerplate(article, one)) {
        hit.boilerplate = boilerplate_of(article, one).reason;
        hit.passage.span = boilerplate_of(article, one).span;
        hit.passage.line = line_at(article, hit.passage.span.begin);
      } else {
        hit.passage = article.stored.passages[one.key.ordinal];
      }
      if (options_.with_text) {
        hit.text = passage_text(article, one);
        const std::vector<NamedSpan> names = names_in(article, one);
        std::vector<ByteSpan> asked_for;
        for (const NamedSpan& name : names) {
          if (asked_for_.contains(name.who)) asked_for.push_back(name.span);
        }
        const PassageWords words = words_of(article, one);
        hit.highlights = verifier_.matched_spans(words, std::move(asked_for));
        hit.names = names_by_kind(names);
        if (options_.explain) hit.explanation.named = named_instead(names, words);
        hit.quotes = shown_quotes(quotes_in(article, one), hit.text);
      }
      if (options_.with_text) find_copies(groups[i], hit);
      Explanation& why = hit.explanation;
      why.passage = ranked.passage_score;
      why.article = ranked.article_score;
      why.closeness = ranked.closeness_score;
      why.quoted = ranked.quoted_score;
      why.text = ranked.text;
      why.lowered = ranked.lowered;
      why.words = static_cast<std::uint32_t>(built_.ranked.size());
      why.words_in_passage = ranked.words_in_passage;
      why.words_in_title = ranked.words_in_title;
      why.words_in_quotes = ranked.words_in_quotes;
      why.asks_for_speaker = !built_.speakers.empty();
      result.hits.push_back(std::move(hit));
    }
  }

  const std::vector<Segment>& segments_;
  const Xapian::Database& all_;
  TermVariants& variants_;
  const NameReader& names_;
  const RankingWeights& weights_;
  const SearchOptions& options_;
  const QueryNode& query_;
  BuiltQuery built_;
  std::set<NamedOne> asked_for_;
  Verifier verifier_;
  PassageNames passage_names_;
  Ranker ranker_;
  StoryReader stories_;
  HitGroups groups_;
  Xapian::Enquire enquire_;
  std::vector<std::pair<Xapian::docid, double>> fetched_;  // Xapian's order and weights
  std::size_t at_ = 0;                                     // how many of them have been looked at
  bool fetched_all_ = false;
  bool more_ = true;             // there may be more than have been looked at
  std::uint64_t estimated_ = 0;  // candidates
  bool estimate_is_exact_ = false;
  std::uint64_t matching_ = 0;                              // passages found to match
  std::vector<Candidate> ranked_;                           // the hits, best first
  std::set<std::pair<std::uint32_t, ArticleNumber>> seen_;  // their articles
  std::map<ArticlePlace, Opened> opened_;
  std::size_t grouped_ = 0;  // of ranked_
  std::map<std::pair<std::uint32_t, Xapian::docid>, PassageSketch> sketches_;
  std::set<NamedOne> speakers_;  // whose words the query asks for
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
  return Search(state_->segments, state_->all, state_->variants, state_->names, state_->weights, query, options).run();
}

std::vector<NameCount> Searcher::count_names(const QueryNode& query, const SearchOptions& options) {
  return Search(state_->segments, state_->all, state_->variants, state_->names, state_->weights, query, options)
      .count_names();
}

QuoteResult Searcher::find_quotes(const QueryNode& query, const SearchOptions& options) {
  SearchOptions every_passage = options;
  every_passage.grouping = Grouping::kNone;
  return Search(state_->segments, state_->all, state_->variants, state_->names, state_->weights, query, every_passage)
      .find_quotes();
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
  Search search(state_->segments, state_->all, state_->variants, state_->names, state_->weights, query, options);
  search.set_speaker(one);
  return search.find_quotes();
}

std::vector<QuoteTopic> Searcher::topics(const std::vector<QuoteHit>& quotes) {
  const double passages = state_->all.get_doccount();
  return find_topics(quotes, state_->variants, [&](const std::string& term) {
    return std::log(1 + passages / (1 + static_cast<double>(state_->all.get_termfreq(term))));
  });
}

std::optional<DiffSide> Searcher::find_article(const std::string& id) const {
  const std::string term = id_term(id);
  for (const Segment& segment : state_->segments) {
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

const NameReader& Searcher::names() const { return state_->names; }
const std::vector<Segment>& Searcher::segments() const { return state_->segments; }

void Searcher::set_weights(const RankingWeights& weights) { state_->weights = weights; }

}  // namespace dateline
