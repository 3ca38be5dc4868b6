// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/name_reader.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "common/name_key.h"
#include "common/person_name.h"
#include "common/schema.h"
#include "query/reading/edit_distance.h"

namespace dateline {
namespace {

constexpr std::size_t kMaxNames = 200;       // that a field stands for, the most often named
constexpr std::size_t kMaxNamesOfWord = 12;  // that a plain word is read as
constexpr std::size_t kMaxSpellings = 5;     // of a word that is not in the index, tried
constexpr std::array kAllKinds = {NameKind::kPerson, NameKind::kOrganization, NameKind::kPlace};

bool by_articles(const CollectionName& a, const CollectionName& b) {
  return a.articles != b.articles ? a.articles > b.articles : a.name < b.name;
}

// Whether the canonical name of `a` is a form of `b`, and says who is meant in any index.
bool is_known_by(const CollectionName& a, const CollectionName& b) {
  if (a.kind == NameKind::kPerson && !parse_person_name(a.name).is_full()) return false;
  const std::string key = name_key(a.name);
  return std::any_of(b.forms.begin(), b.forms.end(), [&](const NameForm& form) { return form.key == key; });
}

bool are_one(const CollectionName& a, const CollectionName& b) {
  return name_key(a.name) == name_key(b.name) || is_known_by(a, b) || is_known_by(b, a);
}

// Adds to `one` what another index knows of it.
void add_facts(CollectionName& one, const CollectionName& other) {
  if (one.gender == Gender::kUnknown) one.gender = other.gender;
  one.articles += other.articles;
  one.mentions += other.mentions;
  for (const NameForm& form : other.forms) {
    const auto known =
        std::find_if(one.forms.begin(), one.forms.end(), [&](const NameForm& has) { return has.key == form.key; });
    if (known == one.forms.end()) {
      one.forms.push_back(form);
    } else {
      known->articles += form.articles;
    }
  }
  std::stable_sort(one.forms.begin(), one.forms.end(),
                   [](const NameForm& a, const NameForm& b) { return a.articles > b.articles; });
  for (const std::string& spelling : other.spellings) {
    if (std::find(one.spellings.begin(), one.spellings.end(), spelling) == one.spellings.end()) {
      one.spellings.push_back(spelling);
    }
  }
  for (const auto& [role, count] : other.roles) {
    const std::string& wanted = role;
    const auto known =
        std::find_if(one.roles.begin(), one.roles.end(), [&](const auto& has) { return has.first == wanted; });
    if (known == one.roles.end()) {
      one.roles.emplace_back(role, count);
    } else {
      known->second += count;
    }
  }
  std::stable_sort(one.roles.begin(), one.roles.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
}

}  // namespace

std::optional<NameKind> kind_of_field(std::string_view field) {
  if (field == "person") return NameKind::kPerson;
  if (field == "org") return NameKind::kOrganization;
  if (field == "place") return NameKind::kPlace;
  return std::nullopt;
}

NameReader::NameReader(const std::vector<Segment>& segments, const Xapian::Database& all) : all_(all) {
  for (const Segment& segment : segments) {
    table_of_.push_back(tables_.size());  // the newest is an index's last
    if (segment.is_newest) tables_.emplace_back(segment.database);
  }
}

// All that the indexes know of the one whose record is `first`; the records go to `seen`. Canonical is what the index
// with most articles on it has.
CollectionName NameReader::join_records(RecordId first, std::set<RecordId>& seen) const {
  std::vector<RecordId> ids{first};
  std::vector<CollectionName> records;
  seen.insert(first);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const CollectionName& one = records.emplace_back(tables_[ids[i].first].name(ids[i].second));
    for (std::size_t other = 0; other < tables_.size(); ++other) {
      if (other == ids[i].first) continue;
      for (const NameForm& form : one.forms) {
        const std::optional<NameId> id = tables_[other].find_form(one.kind, form.key);
        if (!id || seen.contains({other, *id}) || !are_one(one, tables_[other].name(*id))) continue;
        seen.insert({other, *id});
        ids.emplace_back(other, *id);
      }
    }
  }
  std::sort(records.begin(), records.end(), by_articles);
  CollectionName joined = std::move(records.front());
  for (std::size_t i = 1; i < records.size(); ++i) add_facts(joined, records[i]);
  return joined;
}

// find_ids  gives the names of one table, ascending: the most often named first
template <typename FindIds>
std::vector<KnownName> NameReader::collect(NameKind kind, const FindIds& find_ids) const {
  std::vector<KnownName> found;
  std::set<RecordId> seen;
  for (std::size_t table = 0; table < tables_.size(); ++table) {
    std::size_t taken = 0;
    for (const NameId id : find_ids(tables_[table])) {
      if (++taken > kMaxNames) break;
      if (!seen.contains({table, id})) found.push_back({join_records({table, id}, seen), {}, {}});
    }
  }
  for (KnownName& one : found) {
    for (const NameForm& form : one.name.forms) {
      std::string term = name_term(kind, form.key);
      if (term.empty()) continue;
      bool sure = true;
      for (std::size_t table = 0; table < tables_.size() && tables_.size() > 1; ++table) {
        const std::optional<NameId> id = tables_[table].find_form(kind, form.key);
        sure = sure && (!id || seen.contains({table, *id}));
      }
      (sure ? one.terms : one.unsure).push_back(std::move(term));
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const KnownName& a, const KnownName& b) { return by_articles(a.name, b.name); });
  return found;
}

std::vector<KnownName> NameReader::find_words(NameKind kind, const std::vector<std::string>& words, bool prefix) const {
  return collect(kind, [&](const NamesTable& table) { return table.find_words(kind, words, prefix); });
}

std::vector<KnownName> NameReader::find(NameKind kind, std::string_view text) const {
  const bool prefix = text.ends_with('*');
  const std::vector<std::string> words = words_of_key(name_key(text));
  std::vector<KnownName> found = find_words(kind, words, prefix);
  if (!found.empty()) return found;
  return collect(kind, [&](const NamesTable& table) {
    std::vector<std::vector<std::string>> spellings;
    for (std::size_t i = 0; i < words.size(); ++i) {
      spellings.push_back(table.spelt_like(kind, words[i], prefix && i + 1 == words.size()));
    }
    return table.find_choices(kind, spellings);
  });
}

std::vector<KnownName> NameReader::find_speakers(std::string_view text) const {
  std::vector<KnownName> speakers;
  for (const NameKind kind : kAllKinds) {
    for (KnownName& one : find(kind, text)) {
      for (std::vector<std::string>* terms : {&one.terms, &one.unsure}) {
        for (std::string& term : *terms) term = speaker_term(std::string_view(term).substr(kPrefixSpeaker.size()));
        std::erase_if(*terms, [&](const std::string& term) { return !all_.term_exists(term); });
      }
      if (!one.terms.empty() || !one.unsure.empty()) speakers.push_back(std::move(one));
    }
  }
  std::stable_sort(speakers.begin(), speakers.end(),
                   [](const KnownName& a, const KnownName& b) { return by_articles(a.name, b.name); });
  return speakers;
}

std::optional<std::string> NameReader::suggest_speaker(std::string_view text) const {
  for (const NameKind kind : kAllKinds) {
    if (std::optional<std::string> name = suggest(kind, text); name && !find_speakers(*name).empty()) return name;
  }
  return std::nullopt;
}

std::optional<NameReading> NameReader::read_word(const std::string& word,
                                                 const std::vector<std::string>& word_terms) const {
  std::vector<KnownName> found;
  for (const NameKind kind : {NameKind::kPerson, NameKind::kOrganization, NameKind::kPlace}) {
    for (KnownName& one : find(kind, word)) {
      // A word inside a longer name of a thing does not mean the thing.
      const bool means = kind == NameKind::kPerson ||
                         std::any_of(one.name.spellings.begin(), one.name.spellings.end(),
                                     [&](const std::string& spelling) { return name_key(spelling) == word; });
      if (means) found.push_back(std::move(one));
    }
  }
  if (found.empty()) return std::nullopt;
  std::stable_sort(found.begin(), found.end(),
                   [](const KnownName& a, const KnownName& b) { return by_articles(a.name, b.name); });
  NameReading reading;
  std::set<std::string> terms;
  for (KnownName& one : found) {
    if (reading.names.size() == kMaxNamesOfWord) break;
    reading.meant.emplace_back(one.name.kind, one.name.name);
    // A name may be known as an organization and as a place.
    if (std::find(reading.names.begin(), reading.names.end(), one.name.name) == reading.names.end()) {
      reading.names.push_back(one.name.name);
    }
    terms.insert(one.terms.begin(), one.terms.end());
  }
  reading.terms.assign(terms.begin(), terms.end());
  double named = 0;
  for (const std::string& term : reading.terms) named += all_.get_termfreq(term);
  double stands = 0;
  for (const std::string& term : word_terms) stands = std::max(stands, static_cast<double>(all_.get_termfreq(term)));
  reading.share = stands == 0 ? 1 : std::min(1.0, named / stands);
  return reading;
}

std::optional<NameReading> NameReader::read_whole_name(std::string_view text) const {
  const std::string key = name_key(text);
  const std::vector<std::string> words = words_of_key(key);
  if (words.size() < 2) return std::nullopt;
  std::set<std::string> acronyms;  // their keys
  std::set<std::string> terms;
  NameReading reading;
  reading.share = 1;
  for (const NameKind kind : {NameKind::kOrganization, NameKind::kPlace}) {
    const std::vector<KnownName> found = collect(kind, [&](const NamesTable& table) {
      const std::optional<NameId> id = table.find_form(kind, key);
      return id ? std::vector<NameId>{*id} : std::vector<NameId>();
    });
    for (const KnownName& one : found) {
      bool has_acronym = false;
      for (const std::string& spelling : one.name.spellings) {
        const std::vector<std::string> other = words_of_key(name_key(spelling));
        if (other.size() != 1 || std::find(words.begin(), words.end(), other.front()) != words.end()) continue;
        has_acronym = true;
        if (acronyms.insert(other.front()).second) reading.names.push_back(spelling);
      }
      if (!has_acronym) continue;
      reading.meant.emplace_back(kind, one.name.name);
      terms.insert(one.terms.begin(), one.terms.end());
    }
  }
  if (terms.empty()) return std::nullopt;
  reading.terms.assign(terms.begin(), terms.end());
  return reading;
}

std::optional<std::string> NameReader::suggest(NameKind kind, std::string_view text) const {
  const std::vector<std::string> words = words_of_key(name_key(text));
  std::vector<std::string> meant;
  for (const std::string& word : words) {
    std::set<std::pair<unsigned, std::string>> candidates;  // the fewest edits first
    for (const NamesTable& table : tables_) {
      std::vector<std::string> near = table.sounds_like(kind, word);
      if (!word.empty()) {
        for (std::string& other : table.words_beginning(kind, std::string_view(word).substr(0, 1))) {
          near.push_back(std::move(other));
        }
      }
      for (const std::string& other : near) {
        if (const std::optional<unsigned> count = slip_of(word, other)) candidates.emplace(*count, other);
      }
    }
    if (candidates.empty()) return std::nullopt;
    meant.push_back(candidates.begin()->second);
  }
  const std::vector<KnownName> found = find_words(kind, meant, false);
  if (found.empty()) return std::nullopt;
  return found.front().name.name;
}

std::string NameReader::canonical(std::size_t segment, NameKind kind, const std::string& name) const {
  const std::size_t table = segment < table_of_.size() ? table_of_[segment] : tables_.size();
  if (table == tables_.size()) return name;
  const std::optional<NameId> id = tables_[table].find_form(kind, name_key(name));
  if (!id) return name;
  std::set<RecordId> seen;
  return join_records({table, *id}, seen).name;
}

}  // namespace dateline
