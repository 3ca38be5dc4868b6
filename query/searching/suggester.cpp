// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searching/suggester.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "common/name_key.h"
#include "common/schema.h"
#include "query/finding/candidate.h"
#include "query/reading/edit_distance.h"

namespace dateline {
namespace {

constexpr std::size_t kMaxReplaced = 3;
constexpr std::size_t kMinWordBytes = 4;        // shorter ones are near to everything
constexpr std::size_t kLongWordBytes = 8;       // in these two slips are likelier than another word
constexpr std::size_t kMaxTermsRead = 200'000;  // some 50 ms
constexpr std::size_t kReadForms = 20;          // passages in which the written form of a stem is looked up

bool is_plain(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::optional<QueryNode> Suggester::suggest(const QueryNode& query, const BuiltQuery& built) const {
  std::size_t replaced = 0;
  QueryNode meant = with_replacements(query, built, replaced);
  if (replaced == 0) return std::nullopt;
  return meant;
}

QueryNode Suggester::with_replacements(const QueryNode& group, const BuiltQuery& built, std::size_t& replaced) const {
  QueryNode meant = group;
  meant.clauses.clear();
  for (const QueryClause& one : group.clauses) {
    QueryClause& kept = meant.clauses.emplace_back(one);
    if (replaced == kMaxReplaced || one.occurs == Occurs::kMustNot) continue;
    if (one.node.kind == QueryKind::kGroup) {
      kept.node = with_replacements(one.node, built, replaced);
    } else if (one.node.kind == QueryKind::kField) {
      const std::optional<std::string> name = nearest_name(one.node);
      if (!name) continue;
      kept.node.text = *name;
      ++replaced;
    } else if (one.node.kind == QueryKind::kWord) {
      const std::optional<std::string> words = nearest_words(one.node.text, built);
      if (!words) continue;
      meant.clauses.pop_back();
      for (QueryClause& word : parse_query(*words).clauses) meant.clauses.push_back({one.occurs, std::move(word.node)});
      ++replaced;
    }
  }
  return meant;
}

std::optional<std::string> Suggester::nearest_name(const QueryNode& field) const {
  if (field.field == kSpeakerField) {
    return names_.find_speakers(field.text).empty() ? names_.suggest_speaker(field.text) : std::nullopt;
  }
  const std::optional<NameKind> kind = kind_of_field(field.field);
  return kind && names_.find(*kind, field.text).empty() ? names_.suggest(*kind, field.text) : std::nullopt;
}

std::optional<std::string> Suggester::nearest_words(const std::string& word, const BuiltQuery& built) const {
  const auto term =
      std::find_if(built.ranked.begin(), built.ranked.end(), [&](const RankedTerm& one) { return one.shown == word; });
  if (term == built.ranked.end() || !term->reading.terms.empty() || term->terms.empty()) return std::nullopt;
  const bool stands = std::any_of(term->terms.begin(), term->terms.end(), [&](const std::string& one) {
    return all_.term_exists(one) || all_.term_exists(prefixed_term(kPrefixTitle, one));
  });
  if (stands) return std::nullopt;
  std::optional<std::string> meant = nearest_word(word, term->terms.front());
  std::optional<std::string> name = names_.suggest(NameKind::kPerson, word);
  if (!meant || !name) return meant ? meant : name;
  unsigned fewest = ~0U;
  for (const std::string& part : words_of_key(name_key(*name))) fewest = std::min(fewest, edits(word, part));
  return edits(word, *meant) < fewest ? meant : name;
}

// The index knows stems: the one nearest to the word's, of equally near ones the most frequent, as it is written.
std::optional<std::string> Suggester::nearest_word(const std::string& word, const std::string& stem) const {
  if (word.size() < kMinWordBytes || !is_plain(word) || stem.empty()) return std::nullopt;
  std::tuple<unsigned, Xapian::doccount, std::string> best{};  // edits, then the rarest last
  bool any = false;
  std::size_t read = 0;
  const std::string begin = stem.substr(0, 1);
  for (auto term = all_.allterms_begin(begin); term != all_.allterms_end(begin) && read < kMaxTermsRead;
       ++term, ++read) {
    const std::string other = *term;
    if (!is_plain(other)) continue;
    const std::optional<unsigned> slip = slip_of(stem, other);
    if (!slip) continue;
    std::tuple<unsigned, Xapian::doccount, std::string> here{*slip, Xapian::doccount(-1) - term.get_termfreq(), other};
    if (!any || here < best) best = std::move(here);
    any = true;
  }
  if (!any) return std::nullopt;
  const std::string form = written_form(std::get<std::string>(best), word);
  if (edits(word, form) > (word.size() < kLongWordBytes ? 1 : 2)) return std::nullopt;
  return form;
}

// Of the words in a few passages that have this stem, the one nearest to `word`; of equally near ones the commonest.
std::string Suggester::written_form(const std::string& term, const std::string& word) const {
  std::map<std::string, std::size_t> forms;
  std::size_t read = 0;
  for (auto posting = all_.postlist_begin(term); posting != all_.postlist_end(term) && read < kReadForms; ++posting) {
    const Candidate one = candidate_at(segments_, *posting);
    if (segments_[one.segment].removed.hold(one.docid)) continue;
    ++read;
    const PassageWords words = reader_.open(one).words();
    for (const PassageWord& here : words.all()) {
      if (words.term(here) == term) ++forms[std::string(words.folded(here))];
    }
  }
  std::string best = term;
  std::tuple<unsigned, std::size_t> least{~0U, 0};
  for (const auto& [form, count] : forms) {
    const std::tuple<unsigned, std::size_t> here{edits(word, form), ~count};
    if (here >= least) continue;
    least = here;
    best = form;
  }
  return best;
}

}  // namespace dateline
