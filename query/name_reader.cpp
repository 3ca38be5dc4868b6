// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/name_reader.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>

#include "common/name_key.h"
#include "common/person_name.h"
#include "common/schema.h"

namespace dateline {
namespace {

constexpr std::size_t kMaxNames = 200;       // that a field stands for, the most often named
constexpr std::size_t kMaxNamesOfWord = 12;  // that a plain word is read as
constexpr std::size_t kMaxSpellings = 5;     // of a word that is not in the index, tried
constexpr std::array kAllKinds = {NameKind::kPerson, NameKind::kOrganization, NameKind::kPlace};
constexpr unsigned kMaxEdits = 2;            // between a word and what is suggested for it

std::vector<std::string> words_of(std::string_view key) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < key.size();) {
    const std::size_t end = std::min(key.find(' ', begin), key.size());
    if (end > begin) words.emplace_back(key.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

// Insertions, removals, replacements and swaps of neighbours (optimal string alignment).
unsigned edits(std::string_view a, std::string_view b) {
  std::vector<std::vector<unsigned>> cost(a.size() + 1, std::vector<unsigned>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = static_cast<unsigned>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = static_cast<unsigned>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const unsigned replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

bool by_articles(const KnownName& a, const KnownName& b) {
  if (a.name.articles != b.name.articles) return a.name.articles > b.name.articles;
  return a.name.name < b.name.name;
}

KnownName known(CollectionName name) {
  KnownName one{std::move(name), {}};
  for (const NameForm& form : one.name.forms) {
    if (std::string term = name_term(one.name.kind, form.key); !term.empty()) one.terms.push_back(std::move(term));
  }
  return one;
}

}  // namespace

std::optional<NameKind> kind_of_field(std::string_view field) {
  if (field == "person") return NameKind::kPerson;
  if (field == "org") return NameKind::kOrganization;
  if (field == "place") return NameKind::kPlace;
  return std::nullopt;
}

NameReader::NameReader(const std::vector<Segment>& segments, const Xapian::Database& all) : all_(all) {
  for (const Segment& segment : segments) tables_.emplace_back(segment.database);
}

std::vector<KnownName> NameReader::find_words(NameKind kind, const std::vector<std::string>& words, bool prefix) const {
  std::vector<KnownName> found;
  if (words.empty()) return found;
  for (const NamesTable& table : tables_) {
    // Ids ascend with falling numbers of articles.
    std::size_t taken = 0;
    for (const NameId id : table.find_words(kind, words, prefix)) {
      if (++taken > kMaxNames) break;
      found.push_back(known(table.name(id)));
    }
  }
  std::stable_sort(found.begin(), found.end(), by_articles);
  return found;
}

std::vector<KnownName> NameReader::find(NameKind kind, std::string_view text) const {
  const bool prefix = text.ends_with('*');
  const std::vector<std::string> words = words_of(name_key(text));
  std::vector<KnownName> found = find_words(kind, words, prefix);
  if (!found.empty() || prefix) return found;
  // Other spellings, word by word.
  std::vector<std::string> respelt;
  for (const std::string& word : words) {
    const std::string key = spelling_key(word);
    std::string best;
    for (const NamesTable& table : tables_) {
      for (const std::string& candidate : table.sounds_like(kind, word)) {
        if (spelling_key(candidate) == key && best.empty()) best = candidate;
      }
    }
    if (best.empty()) return {};
    respelt.push_back(std::move(best));
  }
  return find_words(kind, respelt, false);
}

std::vector<KnownName> NameReader::find_speakers(std::string_view text) const {
  std::vector<KnownName> speakers;
  for (const NameKind kind : kAllKinds) {
    for (KnownName& one : find(kind, text)) {
      for (std::string& term : one.terms) term = speaker_term(std::string_view(term).substr(kPrefixSpeaker.size()));
      std::erase_if(one.terms, [&](const std::string& term) { return !all_.term_exists(term); });
      if (!one.terms.empty()) speakers.push_back(std::move(one));
    }
  }
  std::stable_sort(speakers.begin(), speakers.end(), by_articles);
  return speakers;
}

std::optional<std::string> NameReader::suggest_speaker(std::string_view text) const {
  for (const NameKind kind : kAllKinds) {
    if (std::optional<std::string> name = suggest(kind, text)) return name;
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
  std::stable_sort(found.begin(), found.end(), by_articles);
  NameReading reading;
  double named = 0;
  for (KnownName& one : found) {
    if (reading.names.size() == kMaxNamesOfWord) break;
    // A name may be known as an organization and as a place.
    if (std::find(reading.names.begin(), reading.names.end(), one.name.name) == reading.names.end()) {
      reading.names.push_back(one.name.name);
    }
    for (std::string& term : one.terms) {
      named += all_.get_termfreq(term);
      reading.terms.push_back(std::move(term));
    }
  }
  double stands = 0;
  for (const std::string& term : word_terms) stands = std::max(stands, static_cast<double>(all_.get_termfreq(term)));
  reading.share = stands == 0 ? 1 : std::min(1.0, named / stands);
  return reading;
}

std::optional<std::string> NameReader::suggest(NameKind kind, std::string_view text) const {
  const std::vector<std::string> words = words_of(name_key(text));
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
        const std::size_t longer = std::max(other.size(), word.size());
        const std::size_t shorter = std::min(other.size(), word.size());
        if (longer - shorter > kMaxEdits) continue;
        const unsigned count = edits(word, other);
        if (count <= kMaxEdits && std::size_t{count} * 3 <= longer + 2) candidates.emplace(count, other);
      }
    }
    if (candidates.empty()) return std::nullopt;
    meant.push_back(candidates.begin()->second);
  }
  const std::vector<KnownName> found = find_words(kind, meant, false);
  if (found.empty()) return std::nullopt;
  return found.front().name.name;
}

std::string NameReader::canonical(NameKind kind, const std::string& name) const {
  const std::string key = name_key(name);
  for (const NamesTable& table : tables_) {
    if (const std::optional<NameId> id = table.find_form(kind, key)) return table.name(*id).name;
  }
  return name;
}

}  // namespace dateline
