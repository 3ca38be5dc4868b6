// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searching/search.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <tuple>
#include <utility>

#include "common/stop_words.h"
#include "query/asking/question.h"
#include "query/searching/suggester.h"

namespace dateline {
namespace {

// Candidates are ranked by more than their own words in blocks, each twice as large as the one before, whatever page
// was asked for: so pages join. The first block's size:
constexpr std::size_t kFirstBlock = 200;
// The same where the text of each candidate must be read to verify it, which costs as much as ranking a hundred.
constexpr std::size_t kFirstVerifiedBlock = 30;
// A passage's say about words to add falls to 1/e where its score is so much of the best's less.
constexpr double kSayFall = 0.3;
// Passages whose names are counted at once: bounds memory.
constexpr std::size_t kCountedAtOnce = 2000;

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

// Where the newest come first, any passage with one of the words would do; so all must stand.
QueryNode with_all_words(QueryNode query) {
  const auto is_telling = [](const QueryClause& one) {
    return one.node.kind == QueryKind::kWord && !is_stop_word(one.node.text);
  };
  for (QueryClause& one : query.clauses) {
    if (one.occurs == Occurs::kShould && is_telling(one)) one.occurs = Occurs::kMust;
  }
  return query;
}

BuiltQuery build(SearchedIndexes& indexes, const QueryNode& query, const SearchOptions& options) {
  BuiltQuery built = build_query(query, indexes.all, indexes.variants, indexes.names, options.names);
  built.by_date = built.ranked.empty() || options.by_date;
  return built;
}

}  // namespace

SearchedIndexes::SearchedIndexes(std::vector<Segment> opened)
    : segments(std::move(opened)), variants(languages_of(segments)), names(segments, all) {
  for (const Segment& segment : segments) all.add_database(segment.database);
}

Search::Search(SearchedIndexes& indexes, const QueryNode& query, const SearchOptions& options)
    : indexes_(indexes),
      options_(options),
      typed_(query),
      query_(options.by_date ? with_all_words(without_asking(query)) : without_asking(query)),
      built_(build(indexes, query_, options)),
      asked_for_(built_.asked_for.begin(), built_.asked_for.end()),
      verifier_(query_, indexes.variants, indexes.names),
      reader_(indexes.segments, indexes.variants, indexes.names),
      ranker_(indexes.segments, built_, indexes.weights),
      stories_(indexes.segments),
      copies_(stories_, reader_),
      groups_(stories_, [this](const Candidate& a, const Candidate& b) { return copies_.is_better_text(a, b); }),
      finder_(indexes.segments, indexes.all, built_, indexes.weights, verifier_, reader_),
      ranked_(built_, ranker_, indexes.weights, indexes.variants, reader_, speakers_,
              {by_article(), options.prefer_recent, answer_kind(query)}) {
  for (const auto& [field, meant] : built_.speakers) speakers_.insert(meant.begin(), meant.end());
}

bool Search::by_article() const {
  return options_.grouping == Grouping::kArticle || options_.grouping == Grouping::kStory;
}

SearchResult Search::run() {
  SearchResult result;
  result.notices = built_.notices;
  if (options_.suggest) result.suggestion = suggestion();
  for (const RankedTerm& term : built_.ranked) {
    if (!term.reading.terms.empty()) result.readings.emplace_back(term.shown, term.reading);
  }
  for (const NamedRun& run : built_.runs) result.readings.emplace_back(run.shown, run.reading);
  for (const auto& [field, meant] : built_.speakers) {
    NameReading reading;
    for (const NamedOne& one : meant) reading.names.push_back(one.second);
    if (!meant.empty()) result.readings.emplace_back(field, std::move(reading));
  }
  const std::size_t wanted = options_.offset + options_.limit;
  std::size_t block = built_.must_verify ? kFirstVerifiedBlock : kFirstBlock;
  for (; finder_.has_more() && groups_.groups().size() < wanted; block *= 2) {
    ranked_.append(next_block(block));
    if (may_add_words()) add_words();
    group(wanted);
  }
  count(result);
  const std::vector<HitGroup>& groups = groups_.groups();
  for (std::size_t i = options_.offset; i < std::min(groups.size(), wanted); ++i) {
    result.hits.push_back(make_hit(groups[i]));
    result.hits.back().rank = i + 1;
  }
  const auto is_added = [](const Hit& hit) { return hit.explanation.added > 0; };
  if (std::any_of(result.hits.begin(), result.hits.end(), is_added)) {
    std::vector<std::string> shown;
    for (const AddedWord& word : added_) shown.push_back(word.shown);
    result.notices.push_back(fmt::format("passages with none of the words were found by others that the best share: {}",
                                         fmt::join(shown, ", ")));
  }
  return result;
}

std::vector<NameCount> Search::count_names() {
  std::map<NamedOne, NameCount> counts;
  std::map<NamedOne, std::uint64_t> quotes;
  std::map<NamedOne, std::set<ArticlePlace>> articles;
  while (finder_.has_more()) {
    for (const Candidate& one : finder_.next(kCountedAtOnce)) {
      const OpenedPassage passage = reader_.open(one);
      if (passage.is_boilerplate()) continue;
      std::set<NamedOne> here;
      for (NamedSpan& name : passage.names()) here.insert(std::move(name.who));
      const std::uint32_t begin = passage.passage().span.begin;
      for (const SpokenSpan& spoken : passage.quotes()) {
        if (spoken.who && passage.article().stored().quotes[spoken.quote].span.begin >= begin) ++quotes[*spoken.who];
      }
      for (const NamedOne& name : here) {
        NameCount& count = counts.try_emplace(name, NameCount{name.first, name.second, 0, 0, 0}).first->second;
        ++count.passages;
        if (articles[name].insert(one.article()).second) ++count.articles;
      }
    }
    reader_.close_all();
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

QuoteResult Search::find_quotes() {
  QuoteResult result;
  result.notices = built_.notices;
  if (options_.suggest) result.suggestion = suggestion();
  while (finder_.has_more() && ranked_.candidates().size() < kMaxQuotedPassages) {
    ranked_.append(finder_.next(std::min(kFirstBlock, kMaxQuotedPassages - ranked_.candidates().size())));
  }
  std::set<std::pair<ArticlePlace, std::uint32_t>> seen;
  for (const Candidate& one : ranked_.candidates()) {
    const OpenedPassage passage = reader_.open(one);
    for (const SpokenSpan& spoken : passage.quotes()) {
      if (!speakers_.empty() && !(spoken.who && speakers_.contains(*spoken.who))) continue;
      if (!seen.insert({one.article(), spoken.quote}).second) continue;
      result.quotes.push_back(make_quote_hit(passage.article(), spoken));
    }
  }
  std::stable_sort(result.quotes.begin(), result.quotes.end(),
                   [](const QuoteHit& a, const QuoteHit& b) { return a.score > b.score; });
  result.quotes = join_copies(std::move(result.quotes));
  result.total = result.quotes.size();
  result.total_is_exact = !finder_.has_more();
  if (!result.total_is_exact) {
    result.notices.push_back(
        fmt::format("more passages match; the quotes in the first {} of them were read", kMaxQuotedPassages));
  }
  const std::size_t begin = std::min(options_.offset, result.quotes.size());
  result.quotes.erase(result.quotes.begin(), result.quotes.begin() + static_cast<std::ptrdiff_t>(begin));
  if (result.quotes.size() > options_.limit) result.quotes.resize(options_.limit);
  return result;
}

QuoteHit Search::make_quote_hit(OpenedArticle& article, const SpokenSpan& spoken) {
  QuoteHit hit;
  hit.quote = article.stored().quotes[spoken.quote];
  const auto cut = [&](const ByteSpan& span) { return article.text().substr(span.begin, span.size()); };
  hit.article = article.head();
  hit.line = article.line_at(hit.quote.span.begin);
  if (spoken.who) hit.speaker = spoken.who->second;
  hit.mention = cut(hit.quote.speaker);
  hit.cue = cut(hit.quote.cue);
  hit.text = cut(hit.quote.span);
  const PassageWords words = reader_.words_of(hit.text, article);
  hit.highlights = verifier_.matched_spans(words, {});
  hit.score = ranker_.standing_in(words, {{0, hit.quote.span.size()}}).weight;
  return hit;
}

std::vector<Candidate> Search::next_block(std::size_t size) {
  std::vector<Candidate> block = finder_.next(size);
  if (left_out_)
    std::erase_if(block, [&](const Candidate& one) { return stories_.story_of(one.article()) == *left_out_; });
  return block;
}

// Where more passages hold the query's words than are looked at closely, others are not sought; nor where it is more
// than words: they would have to match all that it says.
bool Search::may_add_words() const {
  return options_.add_words && !finder_.has_more() && finder_.matching() <= kFirstBlock && !by_article() &&
         !built_.by_date && !built_.must_verify &&
         std::all_of(query_.clauses.begin(), query_.clauses.end(), [](const QueryClause& one) {
           return one.occurs == Occurs::kShould && one.node.kind == QueryKind::kWord;
         });
}

// Passages of the articles found that lack the query's words may yet tell what they ask for.
void Search::add_words() {
  const std::vector<Candidate>& candidates = ranked_.candidates();
  if (candidates.empty()) return;
  std::set<std::string> asked;
  for (const RankedTerm& term : built_.ranked) asked.insert(term.terms.begin(), term.terms.end());
  AddedWords words(std::move(asked));
  const double best = std::max(candidates.front().score, 1e-9);
  std::map<StoryId, std::size_t> of_story;
  std::size_t speaking = 0;
  for (const Candidate& one : candidates) {
    if (speaking == kSpeakingPassages) break;
    const OpenedPassage passage = reader_.open(one);
    const StoryId story = stories_.story_of(one.article());
    if (passage.is_boilerplate() || of_story[story]++ >= kSpeakingOfStory) continue;
    ++speaking;
    words.add(passage.words(), passage.head().language, story, std::exp((one.score - best) / (kSayFall * best)));
  }
  added_ = words.choose([&](const std::string& term) { return ranker_.rarity(term); });
  if (added_.empty()) return;
  ranked_.insert_added(finder_.find_added(added_));
}

// Joins copies until there are as many results as wanted, or all are joined. The first kCloseCandidates are looked at
// in any case, and the best text of theirs is shown, so that pages join; by date the latest is.
void Search::group(std::size_t wanted) {
  const std::vector<Candidate>& candidates = ranked_.candidates();
  for (; grouped_ < candidates.size(); ++grouped_) {
    const Candidate& one = candidates[grouped_];
    const bool is_close = grouped_ < kCloseCandidates && !built_.by_date;
    if (options_.grouping == Grouping::kStory) {
      groups_.add_story(one, is_close);
    } else if (options_.grouping == Grouping::kPassage) {
      if (groups_.groups().size() >= wanted && !is_close) return;
      groups_.add_passage(one, ranked_.sketch_of(one), is_close);
    } else {
      groups_.add_apart(one);
    }
  }
}

void Search::count(SearchResult& result) const {
  const CandidateFinder::Total total = finder_.total();
  const std::size_t met = options_.grouping == Grouping::kStory ? groups_.groups().size() : ranked_.candidates().size();
  if (!finder_.has_more()) {
    result.total = met;
    result.total_is_exact = true;
  } else if (by_article()) {  // as many articles a passage
    result.total = total.passages * met / std::max<std::uint64_t>(finder_.matching(), 1);
  } else {
    result.total = total.passages;
    result.total_is_exact = total.is_exact;
  }
}

Hit Search::make_hit(const HitGroup& group) {
  const OpenedPassage passage = reader_.open(group.shown);
  Hit hit;
  hit.score = group.ranked.score;
  hit.article = passage.head();
  hit.ordinal = group.shown.key.ordinal;
  hit.passage = passage.passage();
  if (passage.is_boilerplate()) hit.boilerplate = passage.boilerplate().reason;
  if (options_.with_text) show_text(group, hit);
  const Candidate& ranked = group.ranked;
  Explanation& why = hit.explanation;
  why.passage = ranked.passage_score;
  why.article = ranked.article_score;
  why.closeness = ranked.closeness_score;
  why.quoted = ranked.quoted_score;
  why.text = ranked.text;
  why.answer = ranked.answer_score;
  why.added = ranked.added_score;
  why.recent = ranked.recent_score;
  why.lowered = ranked.lowered;
  why.words = static_cast<std::uint32_t>(built_.ranked.size());
  why.words_in_passage = ranked.words_in_passage;
  why.words_in_title = ranked.words_in_title;
  why.words_in_quotes = ranked.words_in_quotes;
  why.asks_for_speaker = !built_.speakers.empty();
  why.by_date = built_.by_date;
  return hit;
}

void Search::show_text(const HitGroup& group, Hit& hit) {
  const OpenedPassage passage = reader_.open(group.shown);
  hit.text = passage.text();
  const std::vector<NamedSpan> names = passage.names();
  std::vector<ByteSpan> asked_for;
  for (const NamedSpan& name : names) {
    if (asked_for_.contains(name.who)) asked_for.push_back(name.span);
  }
  const PassageWords words = passage.words();
  if (group.ranked.added_score > 0) {
    for (const AddedWord& added : added_) {
      const std::size_t before = asked_for.size();
      for (const PassageWord& word : words.all()) {
        if (words.term(word) == added.term) asked_for.push_back(word.span);
      }
      if (asked_for.size() > before) hit.added_words.push_back(added.shown);
    }
  }
  hit.highlights = verifier_.matched_spans(words, std::move(asked_for));
  hit.names = names_by_kind(names);
  if (options_.explain) hit.explanation.named = named_instead(hit.text, names, words);
  hit.quotes = shown_quotes(passage.quotes(), hit.text);
  if (options_.grouping == Grouping::kNone || options_.grouping == Grouping::kArticle) return;
  hit.copy_count = copies_.count(group);
  if (options_.list_copies) hit.copies = options_.locate_copies ? copies_.locate(group) : copies_.list(group);
}

// Of `names`, those whom words of the query mean that do not stand in the passage.
std::vector<std::string> Search::named_instead(std::string_view text, const std::vector<NamedSpan>& names,
                                               const PassageWords& words) const {
  std::set<std::string_view> missing;
  for (const RankedTerm& term : built_.ranked) {
    const bool stands = std::any_of(words.all().begin(), words.all().end(), [&](const PassageWord& word) {
      return std::find(term.terms.begin(), term.terms.end(), words.term(word)) != term.terms.end();
    });
    if (!stands) missing.insert(term.shown);
  }
  std::vector<std::string> instead;
  const auto add = [&](const NameReading& reading, bool as_written) {
    for (const NamedSpan& one : names) {
      if (std::find(reading.meant.begin(), reading.meant.end(), one.who) == reading.meant.end()) continue;
      std::string name = one.who.second;
      if (as_written) name += fmt::format(" (as {})", text.substr(one.span.begin, one.span.size()));
      if (std::find(instead.begin(), instead.end(), name) == instead.end()) instead.push_back(std::move(name));
    }
  };
  for (const RankedTerm& term : built_.ranked) {
    if (missing.contains(term.shown)) add(term.reading, false);
  }
  for (const NamedRun& run : built_.runs) {
    const auto is_missing = [&](const std::string& word) { return missing.contains(word); };
    if (std::any_of(run.words.begin(), run.words.end(), is_missing)) add(run.reading, true);
  }
  return instead;
}

std::optional<Suggestion> Search::suggestion() {
  const std::optional<QueryNode> meant =
      Suggester(indexes_.segments, indexes_.all, indexes_.names, reader_).suggest(typed_, built_);
  if (!meant) return std::nullopt;
  Suggestion suggestion{to_string(*meant), 0};
  SearchOptions count = options_;
  count.limit = 1;
  count.offset = 0;
  count.with_text = false;
  count.suggest = false;
  count.add_words = false;
  suggestion.passages = Search(indexes_, parse_query(suggestion.query), count).run().total;
  if (suggestion.passages == 0) return std::nullopt;
  return suggestion;
}

}  // namespace dateline
