// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whom the words of a query may mean, by the names that the indexes know.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/names_table.h"
#include "common/segments.h"

namespace dateline {

// Somebody or something that the indexes know. What several of them know is one if the canonical name of one is a full
// form of the other ("Peskov" alone is none).
struct KnownName {
  CollectionName name;              // the facts of all indexes together
  std::vector<std::string> terms;   // of its forms; any of them stands for it
  std::vector<std::string> unsure;  // terms that in another index mean somebody who was not asked for: see canonical
};

// Somebody or something by kind and canonical name.
using NamedOne = std::pair<NameKind, std::string>;

// What a word of a query, or words in a row, were read as besides themselves.
struct NameReading {
  std::vector<std::string> names;  // canonical, the most often named first; each once. Of a whole name: its acronyms
  std::vector<std::string> terms;  // each once
  double share = 0;                // how often the word means them where it stands, 0 to 1
  std::vector<NamedOne> meant{};   // by canonical name and kind
};

class NameReader {
 public:
  // segments  of all indexes, the newest of each the last of its own; must outlive this
  NameReader(const std::vector<Segment>& segments, const Xapian::Database& all);

  // The names that hold all words of `text`, in any of their forms; with a * at its end the last word is only begun.
  // If none does, those whose words are other spellings of them ("Песков", "Zelenskiy", "песк*"). The most often named
  // first.
  [[nodiscard]] std::vector<KnownName> find(NameKind kind, std::string_view text) const;

  // Those of any kind whom `text` names, and who speak in some passage, with the terms of speakers.
  [[nodiscard]] std::vector<KnownName> find_speakers(std::string_view text) const;

  // Those whom one word of a query means: people of that surname or first name, organisations and places called so.
  // Nothing if the index knows none.
  [[nodiscard]] std::optional<NameReading> read_word(const std::string& word,
                                                     const std::vector<std::string>& word_terms) const;

  // What a whole name of two words and more is also called by one word that is none of its own: "NSA" of "National
  // Security Agency", "U.S." of "United States". Only organisations and places: another word of a person is a nickname,
  // which others bear. Nothing if `text` is no such name. Cost: two look-ups an index.
  [[nodiscard]] std::optional<NameReading> read_whole_name(std::string_view text) const;

  // What may have been meant by a name that is not in the index, by spelling and by sound: a canonical name.
  [[nodiscard]] std::optional<std::string> suggest(NameKind kind, std::string_view text) const;

  // The same for a speaker: a name of any kind, people first.
  [[nodiscard]] std::optional<std::string> suggest_speaker(std::string_view text) const;

  // The canonical form of what articles of a segment call somebody (ArticleName::name): a form may mean one person in
  // one index and another in the next.
  [[nodiscard]] std::string canonical(std::size_t segment, NameKind kind, const std::string& name) const;

 private:
  // A record of a table.
  using RecordId = std::pair<std::size_t, NameId>;

  template <typename FindIds>
  [[nodiscard]] std::vector<KnownName> collect(NameKind kind, const FindIds& find_ids) const;
  [[nodiscard]] std::vector<KnownName> find_words(NameKind kind, const std::vector<std::string>& words,
                                                  bool prefix) const;
  [[nodiscard]] CollectionName join_records(RecordId first, std::set<RecordId>& seen) const;

  std::vector<NamesTable> tables_;     // one an index: its newest segment's
  std::vector<std::size_t> table_of_;  // by segment
  const Xapian::Database& all_;
};

// The field that asks who speaks.
inline constexpr std::string_view kSpeakerField = "said";

// The kind that a field of the query language asks for; nothing for other fields.
[[nodiscard]] std::optional<NameKind> kind_of_field(std::string_view field);

}  // namespace dateline
