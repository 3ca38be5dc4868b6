// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/finding/query_builder.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "common/schema.h"
#include "common/stop_words.h"
#include "query/finding/score.h"

namespace dateline {
namespace {

// A Snowball stem may be this much shorter than the word that a wildcard's beginning was typed for.
constexpr std::size_t kMaxSuffixBytes = 6;
constexpr std::size_t kMinStemBytes = 3;
constexpr double kTitleScale = 0.0;
// "frontrunners" of "front-runners" is rarer than its parts, which stand beside it in the query, and no copy without
// hyphens has it. Measured with 0, 0.1, 0.25, 0.5 and 1: tests/bench/README.md, "Ranking".
constexpr double kJoinedShare = 0.25;
// A name's weight to a word's, and the share of a word's passages that must mean the name: "may" is no reading of May.
// Measured with 0.3, 0.5 and 1, and 0, 0.4 and 0.7: tests/bench/README.md, "Names in ranking".
constexpr double kNameScale = 1.0;
constexpr double kMinNameShare = 0.7;
constexpr std::size_t kMaxRunWords = 10;     // "United Nations Office for the Coordination of Humanitarian Affairs": 9
constexpr std::size_t kMaxRunsRead = 1'000;  // of a pasted article those in its first hundred words
// Of how much somebody says: next to nothing beside the words asked for.
constexpr double kSpeakerScale = 0.2;
constexpr std::size_t kMaxTermsRead = 20'000;

using Queries = std::vector<Xapian::Query>;

Xapian::Query combine(Xapian::Query::op op, const Queries& queries) {
  if (queries.empty()) return {};
  if (queries.size() == 1) return queries.front();
  return Xapian::Query(op, queries.begin(), queries.end());
}

class Builder {
 public:
  Builder(const Xapian::Database& database, TermVariants& variants, const NameReader& names, bool with_names)
      : database_(database), variants_(variants), names_(names), with_names_(with_names) {}

  BuiltQuery run(const QueryNode& query) {
    find_named(query, true);
    collect_ranked(query);
    choose_ranked();
    if (with_names_) {
      read_names();
      read_runs(query);
    }
    built_.must_verify = needs_look(query);
    const Xapian::Query passages = group(query, Role::kWhole);
    Queries both{passages, in_boilerplate(query)};
    std::erase_if(both, [](const Xapian::Query& one) { return one.empty(); });
    built_.candidates = combine(Xapian::Query::OP_OR, both);
    return std::move(built_);
  }

 private:
  // What a group is to the query: a word that ranks nothing there finds nothing, in brackets it must yet be found.
  enum class Role { kWhole, kPart, kExcluded };

  // Whom the fields name. `asked_for`: not under a minus.
  void find_named(const QueryNode& node, bool asked_for) {
    const std::optional<NameKind> kind = kind_of_field(node.field);
    const bool is_speaker = node.field == kSpeakerField;
    if (kind || is_speaker) {
      const std::vector<KnownName>& found = named_[&node] =
          is_speaker ? names_.find_speakers(node.text) : names_.find(*kind, node.text);
      std::vector<NamedOne> meant;
      meant.reserve(found.size());
      for (const KnownName& one : found) meant.emplace_back(one.name.kind, one.name.name);
      if (asked_for) built_.asked_for.insert(built_.asked_for.end(), meant.begin(), meant.end());
      if (asked_for && is_speaker) built_.speakers.emplace_back(to_string(node), std::move(meant));
    }
    for (const QueryClause& one : node.clauses) find_named(one.node, asked_for && one.occurs != Occurs::kMustNot);
  }

  // Whether Xapian's terms alone cannot tell what matches.
  [[nodiscard]] bool needs_look(const QueryNode& node) const {
    if (node.kind == QueryKind::kPhrase || node.kind == QueryKind::kPrefix || node.kind == QueryKind::kNear)
      return true;
    if (const auto named = named_.find(&node); named != named_.end()) {
      return std::any_of(named->second.begin(), named->second.end(),
                         [](const KnownName& one) { return !one.unsure.empty(); });
    }
    return std::any_of(node.clauses.begin(), node.clauses.end(),
                       [&](const QueryClause& one) { return needs_look(one.node); });
  }

  // All words that may rank: those typed as words, and in phrases and NEAR, but not under a minus or a field.
  void collect_ranked(const QueryNode& node) {
    if (node.kind == QueryKind::kWord || node.kind == QueryKind::kPhrase) {
      const WordWays ways = word_ways(node.text);
      for (std::size_t place = 0; place < ways.size(); ++place) {
        for (const WordStep& step : ways[place]) add_ranked(step.token, step.next > place + 1 ? kJoinedShare : 1.0);
      }
    }
    for (const QueryClause& one : node.clauses) {
      if (one.occurs != Occurs::kMustNot) collect_ranked(one.node);
    }
  }

  void add_ranked(const OwnedToken& token, double share) {
    for (RankedTerm& known : built_.ranked) {
      if (known.shown == token.word) {
        known.weight += 1;
        return;
      }
    }
    // Whoever pastes a whole article means its words, not a scan of this list for every one of them.
    if (built_.ranked.size() < kMaxRankedTerms * 25) {
      built_.ranked.push_back({token.word, variants_.terms(token.word, token.stemmable), 1, share, {}});
    }
  }

  // Whom the words may mean.
  void read_names() {
    for (RankedTerm& term : built_.ranked) {
      if (term.shown.size() == 1) continue;  // of "'t Hooft" the other word tells who
      std::optional<NameReading> reading = names_.read_word(term.shown, term.terms);
      if (!reading || reading->share < kMinNameShare) continue;
      built_.asked_for.insert(built_.asked_for.end(), reading->meant.begin(), reading->meant.end());
      term.reading = std::move(*reading);
    }
  }

  // Words that are a name together: of those that begin with one word the longest, none within another.
  void read_runs(const QueryNode& node) {
    std::vector<std::vector<std::string>> words;  // by clause, those that rank
    for (const QueryClause& one : node.clauses) {
      words.emplace_back();
      if (one.occurs == Occurs::kShould && is_ranking_word(one.node)) words.back() = ranking_words(one.node);
    }
    for (std::size_t begin = 0; begin < node.clauses.size(); ++begin) {
      const QueryClause& first = node.clauses[begin];
      if (first.occurs != Occurs::kMustNot) read_runs(first.node);
      if (!words[begin].empty())
        begin += read_run(std::span(node.clauses).subspan(begin), std::span(words).subspan(begin));
    }
  }

  // The name that the first clauses are, if any; returns how many clauses more than one.
  std::size_t read_run(std::span<const QueryClause> clauses, std::span<const std::vector<std::string>> words) {
    std::string text;
    std::vector<std::size_t> ends;  // in `text`, by clause
    for (const QueryClause& one : clauses.first(std::min(clauses.size(), kMaxRunWords))) {
      if (one.occurs != Occurs::kShould || !is_ranking_word(one.node)) break;
      if (!text.empty()) text += ' ';
      ends.push_back((text += one.node.text).size());
    }
    for (std::size_t count = ends.size(); count > 1; --count) {
      if (words[count - 1].empty()) continue;
      if (runs_read_++ >= kMaxRunsRead) return 0;
      text.resize(ends[count - 1]);
      std::optional<NameReading> reading = names_.read_whole_name(text);
      if (!reading) continue;
      NamedRun run{text, {}, std::move(*reading)};
      std::set<std::string> each_once;
      for (const std::vector<std::string>& here : words.first(count)) each_once.insert(here.begin(), here.end());
      run.words.assign(each_once.begin(), each_once.end());
      add_run(clauses.first(count), std::move(run));
      return count - 1;
    }
    return 0;
  }

  void add_run(std::span<const QueryClause> clauses, NamedRun run) {
    // What is asked for already counts once: by a word, a field or the same name before.
    const std::vector<NamedOne>& meant = run.reading.meant;
    const bool is_new = std::none_of(meant.begin(), meant.end(), [&](const NamedOne& one) {
      return std::find(built_.asked_for.begin(), built_.asked_for.end(), one) != built_.asked_for.end();
    });
    if (!is_new) return;
    built_.asked_for.insert(built_.asked_for.end(), meant.begin(), meant.end());
    run_at_[&clauses.front()] = {built_.runs.size(), clauses.size()};
    built_.runs.push_back(std::move(run));
  }

  std::vector<std::string> ranking_words(const QueryNode& node) const {
    std::vector<std::string> words;
    for (const auto& place : word_ways(node.text)) {
      for (const WordStep& step : place) {
        if (find_ranked(step.token.word) != nullptr) words.push_back(step.token.word);
      }
    }
    return words;
  }

  // Function words rank only where there is nothing else; of too many words the rarest do.
  void choose_ranked() {
    std::vector<RankedTerm>& ranked = built_.ranked;
    const auto is_stop = [](const RankedTerm& term) { return is_stop_word(term.shown); };
    if (!std::all_of(ranked.begin(), ranked.end(), is_stop)) std::erase_if(ranked, is_stop);
    if (ranked.size() <= kMaxRankedTerms) return;
    std::vector<std::pair<Xapian::doccount, std::size_t>> order;
    for (std::size_t i = 0; i < ranked.size(); ++i) order.emplace_back(frequency(ranked[i].terms), i);
    std::sort(order.begin(), order.end());
    order.resize(kMaxRankedTerms);
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    built_.notices.push_back(fmt::format("of {} words the {} rarest were searched", ranked.size(), kMaxRankedTerms));
    std::vector<RankedTerm> chosen;
    chosen.reserve(order.size());
    for (const auto& entry : order) chosen.push_back(std::move(ranked[entry.second]));
    ranked = std::move(chosen);
  }

  Xapian::doccount frequency(const std::vector<std::string>& terms) const {
    Xapian::doccount most = 0;
    for (const std::string& term : terms) most = std::max(most, database_.get_termfreq(term));
    return most == 0 ? Xapian::doccount(-1) : most;  // an unknown word is of no use: last
  }

  // How much it tells that any of the terms stands in a passage; of unknown ones the most.
  double rarity(const std::vector<std::string>& terms) const {
    double frequency = 0;
    for (const std::string& term : terms) frequency += database_.get_termfreq(term);
    return idf(database_.get_doccount(), frequency);
  }

  const RankedTerm* find_ranked(std::string_view word) const {
    for (const RankedTerm& term : built_.ranked) {
      if (term.shown == word) return &term;
    }
    return nullptr;
  }

  Xapian::Query any_term(const std::vector<std::string>& terms, std::string_view prefix,
                         Xapian::termcount count) const {
    Queries queries;
    for (const std::string& term : terms) queries.emplace_back(prefixed_term(prefix, term), count);
    return combine(Xapian::Query::OP_SYNONYM, queries);
  }

  Xapian::Query group(const QueryNode& node, Role role) {
    const Role inner = role == Role::kExcluded ? role : Role::kPart;
    Queries must;
    Queries should;
    Queries must_not;
    std::set<std::pair<Occurs, std::string>> asked;
    for (std::size_t i = 0; i < node.clauses.size(); ++i) {
      const QueryClause& one = node.clauses[i];
      // Whoever asks for the same a thousand times means it once.
      if (one.occurs != Occurs::kShould && !asked.emplace(one.occurs, to_string(one.node)).second) continue;
      if (const auto run = run_at_.find(&one); run != run_at_.end()) {
        const auto [place, size] = run->second;
        should.push_back(named_run(built_.runs[place], std::span(node.clauses).subspan(i, size), role));
        i += size - 1;
      } else if (one.occurs == Occurs::kMust) {
        must.push_back(required(one.node, inner));
      } else if (one.occurs == Occurs::kShould) {
        should.push_back(is_ranking_word(one.node) ? word(one.node, role) : required(one.node, inner));
      } else if (!needs_look(one.node)) {
        must_not.push_back(required(one.node, Role::kExcluded));
      }
    }
    std::erase_if(should, [](const Xapian::Query& query) { return query.empty(); });
    Xapian::Query query = combine(Xapian::Query::OP_AND, must);
    const Xapian::Query optional = combine(Xapian::Query::OP_OR, should);
    if (must.empty()) {
      query = optional;
    } else if (!optional.empty()) {
      query = Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, optional);
    }
    const bool only_excludes = must.empty() && should.empty() && !node.clauses.empty();
    if (only_excludes) query = Xapian::Query(Xapian::Query::OP_AND_NOT, Xapian::Query::MatchAll, any_boilerplate());
    if (must_not.empty()) return query;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, query, combine(Xapian::Query::OP_OR, must_not));
  }

  static bool is_ranking_word(const QueryNode& node) { return node.kind == QueryKind::kWord; }

  Xapian::Query word(const QueryNode& node, Role role) {
    if (role == Role::kExcluded) return required_word(node.text);
    Xapian::Query ranks = ranking(node);
    if (role == Role::kWhole || !ranks.empty()) return ranks;
    return {Xapian::Query::OP_SCALE_WEIGHT, required_word(node.text), 0};
  }

  // A word that ranks: any passage with any part of it.
  Xapian::Query ranking(const QueryNode& node) {
    Queries parts;
    for (const auto& place : word_ways(node.text)) {
      for (const WordStep& step : place) {
        const RankedTerm* term = find_ranked(step.token.word);
        if (term == nullptr || std::find(used_.begin(), used_.end(), term) != used_.end()) continue;
        used_.push_back(term);
        const Xapian::Query any = any_term(term->terms, "", static_cast<Xapian::termcount>(term->weight));
        parts.push_back(term->share == 1 ? any : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, any, term->share));
        if (!term->reading.terms.empty()) {
          parts.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, any_term(term->reading.terms, "", 1),
                             kNameScale * term->reading.share);
        }
        // A word that stands in the title alone finds the article too; the ranker weighs titles.
        parts.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, any_term(term->terms, kPrefixTitle, 1), kTitleScale);
      }
    }
    return combine(Xapian::Query::OP_OR, parts);
  }

  // Words that are a name: a passage has what they weigh, or what the name weighs if that is more.
  Xapian::Query named_run(const NamedRun& run, std::span<const QueryClause> clauses, Role role) {
    Queries words;
    for (const QueryClause& one : clauses) words.push_back(word(one.node, role));
    std::erase_if(words, [](const Xapian::Query& query) { return query.empty(); });
    double weight = 0;
    for (const std::string& one : run.words) {
      const RankedTerm& term = *find_ranked(one);
      weight += term.share * rarity(term.terms);
    }
    Xapian::Query name(Xapian::Query::OP_SCALE_WEIGHT, any_term(run.reading.terms, "", 1),
                       kNamedShare * weight / rarity(run.reading.terms));
    if (words.empty()) return name;
    // An OR right under an OP_MAX is taken apart, as if each of its parts stood there. (Xapian 1.4)
    const Xapian::Query all_words(Xapian::Query::OP_SCALE_WEIGHT, combine(Xapian::Query::OP_OR, words), 1);
    return {Xapian::Query::OP_MAX, all_words, name};
  }

  Xapian::Query required(const QueryNode& node, Role role) {
    switch (node.kind) {
      case QueryKind::kWord:
        return required_word(node.text);
      case QueryKind::kPhrase:
        return all_words(node.text);
      case QueryKind::kPrefix:
        return prefix(node.text);
      case QueryKind::kField:
        return field(node);
      case QueryKind::kNear: {
        Queries parts;
        for (const QueryClause& one : node.clauses) parts.push_back(all_words(one.node.text));
        return combine(Xapian::Query::OP_AND, parts);
      }
      case QueryKind::kGroup:
        break;
    }
    return group(node, role);
  }

  // A word with a plus may stand in the passage or in the title of its article.
  Xapian::Query required_word(std::string_view text) {
    return any_way(word_ways(text), [&](const OwnedToken& token) {
      const std::vector<std::string> terms = variants_.terms(token.word, token.stemmable);
      return Xapian::Query(Xapian::Query::OP_OR, any_term(terms, "", 1), any_term(terms, kPrefixTitle, 1));
    });
  }

  static Xapian::Query any_boilerplate() { return Xapian::Query(std::string(kPrefixBoilerplate)); }

  // Boilerplate that may hold a phrase of the query, but under a minus; the text decides all else.
  Xapian::Query in_boilerplate(const QueryNode& query) {
    Queries phrases;
    collect_phrases(query, phrases);
    if (phrases.empty()) return {};
    const Xapian::Query any(Xapian::Query::OP_AND, any_boilerplate(), combine(Xapian::Query::OP_OR, phrases));
    return {Xapian::Query::OP_SCALE_WEIGHT, any, 0};
  }

  void collect_phrases(const QueryNode& node, Queries& phrases) {
    if (node.kind == QueryKind::kPhrase) phrases.push_back(all_words(node.text, kPrefixBoilerplate));
    if (node.kind != QueryKind::kGroup) return;
    for (const QueryClause& one : node.clauses) {
      if (one.occurs != Occurs::kMustNot) collect_phrases(one.node, phrases);
    }
  }

  // Candidates of a phrase: every word but function words, unless it has only those.
  Xapian::Query all_words(std::string_view text, std::string_view prefix = "") {
    const WordWays ways = word_ways(text);
    const bool only_stop_words = std::all_of(ways.begin(), ways.end(), [](const auto& place) {
      return std::all_of(place.begin(), place.end(),
                         [](const WordStep& step) { return is_stop_word(step.token.word); });
    });
    return any_way(ways, [&](const OwnedToken& token) {
      if (!only_stop_words && is_stop_word(token.word)) return Xapian::Query();
      return any_term(variants_.terms(token.word, token.stemmable), prefix, 1);
    });
  }

  // Some way through the words, all of it. `query_of` gives the query of one word; an empty one asks nothing.
  template <typename QueryOf>
  static Xapian::Query any_way(const WordWays& ways, const QueryOf& query_of) {
    if (ways.empty()) return Xapian::Query::MatchNothing;
    std::vector<Xapian::Query> from(ways.size() + 1);  // what is asked from each place to the end
    for (std::size_t place = ways.size(); place-- > 0;) {
      Queries here;
      for (const WordStep& step : ways[place]) {
        Queries both{query_of(step.token), from[step.next]};
        std::erase_if(both, [](const Xapian::Query& query) { return query.empty(); });
        here.push_back(combine(Xapian::Query::OP_AND, both));
      }
      // A way that asks nothing is open to all.
      const bool open = std::any_of(here.begin(), here.end(), [](const Xapian::Query& query) { return query.empty(); });
      from[place] = open ? Xapian::Query() : combine(Xapian::Query::OP_OR, here);
    }
    return from[0].empty() ? Xapian::Query::MatchAll : from[0];
  }

  // The terms that a word beginning so may have been stemmed to; the text decides (see the verifier).
  Xapian::Query prefix(std::string_view text) {
    const std::string begin = prefix_word(text);
    std::vector<std::pair<Xapian::doccount, std::string>> terms;
    std::size_t read = 0;
    for (auto term = database_.allterms_begin(begin); term != database_.allterms_end(begin); ++term) {
      if (++read > kMaxTermsRead) break;
      terms.emplace_back(term.get_termfreq(), *term);
    }
    const auto add_stem = [&](const std::string& stem) {
      if (const Xapian::doccount count = database_.get_termfreq(stem); count > 0) terms.emplace_back(count, stem);
    };
    const std::size_t shortest =
        std::max(kMinStemBytes, begin.size() > kMaxSuffixBytes ? begin.size() - kMaxSuffixBytes : 0);
    for (std::size_t size = shortest; size < begin.size(); ++size) add_stem(begin.substr(0, size));
    if (begin.ends_with('y')) {  // Snowball: happy -> happi
      std::string stem = begin;
      stem.back() = 'i';
      add_stem(stem);
    }
    if (terms.size() > kMaxPrefixTerms) {
      built_.notices.push_back(fmt::format("{}* stands for {}{} words; the {} most frequent were searched", text,
                                           read > kMaxTermsRead ? "over " : "", terms.size(), kMaxPrefixTerms));
      std::nth_element(terms.begin(), terms.begin() + kMaxPrefixTerms, terms.end(), std::greater<>());
      terms.resize(kMaxPrefixTerms);
    }
    Queries queries;
    std::transform(terms.begin(), terms.end(), std::back_inserter(queries),
                   [](const auto& entry) { return Xapian::Query(entry.second); });
    return queries.empty() ? Xapian::Query::MatchNothing : combine(Xapian::Query::OP_OR, queries);
  }

  Xapian::Query field(const QueryNode& node) {
    if (node.field == "title" || node.field == "outlet") {
      const bool is_title = node.field == "title";
      Queries all;
      for (const auto& place : word_ways(node.text)) {
        const OwnedToken& token = place.front().token;
        all.push_back(is_title ? any_term(variants_.terms(token.word, token.stemmable), kPrefixTitle, 1)
                               : Xapian::Query(prefixed_term(kPrefixOutlet, token.word)));
      }
      return combine(Xapian::Query::OP_AND, all);
    }
    if (const auto named = named_.find(&node); named != named_.end()) {
      std::set<std::string> terms;
      for (const KnownName& one : named->second) {
        terms.insert(one.terms.begin(), one.terms.end());
        terms.insert(one.unsure.begin(), one.unsure.end());
      }
      if (terms.empty()) return Xapian::Query::MatchNothing;
      const Xapian::Query any = any_term({terms.begin(), terms.end()}, "", 1);
      return node.field == kSpeakerField ? Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, any, kSpeakerScale) : any;
    }
    DateRange range;
    if (!parse_date_range(node.field, node.text, range)) return Xapian::Query::MatchNothing;
    // Articles without a date have no value, so they are in no range.
    if (range.last.empty()) return {Xapian::Query::OP_VALUE_GE, kSlotDate, range.first};
    if (range.first.empty()) range.first = "0";
    return {Xapian::Query::OP_VALUE_RANGE, kSlotDate, range.first, range.last};
  }

  const Xapian::Database& database_;
  TermVariants& variants_;
  const NameReader& names_;
  bool with_names_;
  BuiltQuery built_;
  std::map<const QueryNode*, std::vector<KnownName>> named_;  // by the field that asks for them
  // By its first clause: the place in `runs`, and how many clauses.
  std::map<const QueryClause*, std::pair<std::size_t, std::size_t>> run_at_;
  std::size_t runs_read_ = 0;
  std::vector<const RankedTerm*> used_;  // each word once, with its weight, wherever it was typed
};

}  // namespace

BuiltQuery build_query(const QueryNode& query, const Xapian::Database& database, TermVariants& variants,
                       const NameReader& names, bool with_names) {
  return Builder(database, variants, names, with_names).run(query);
}

}  // namespace dateline
