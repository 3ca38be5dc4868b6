// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whom the words of a query may mean, by the names that the indexes know.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "common/names_table.h"
#include "common/segments.h"

namespace dateline {

// A name of one of the indexes.
struct KnownName {
  CollectionName name;
  std::vector<std::string> terms;  // of its forms; any of them stands for it
};

// What a word of a query was read as besides itself.
struct NameReading {
  std::vector<std::string> names;  // canonical, the most often named first
  std::vector<std::string> terms;
  double share = 0;  // how often the word means them where it stands, 0 to 1
};

class NameReader {
 public:
  // segments  of all indexes, each index's newest last; must outlive this
  NameReader(const std::vector<Segment>& segments, const Xapian::Database& all);

  // The names that hold all words of `text`, in any of their forms; with a * at its end the last word is only begun.
  // If none does, those whose words are other spellings of them ("Песков", "Zelenskiy"). The most often named first.
  [[nodiscard]] std::vector<KnownName> find(NameKind kind, std::string_view text) const;

  // Those of any kind whom `text` names, and whom some article quotes, with the terms of their speech.
  [[nodiscard]] std::vector<KnownName> find_speakers(std::string_view text) const;

  // Those whom one word of a query means: people of that surname or first name, organisations and places called so.
  // Nothing if the index knows none.
  [[nodiscard]] std::optional<NameReading> read_word(const std::string& word,
                                                     const std::vector<std::string>& word_terms) const;

  // What may have been meant by a name that is not in the index, by spelling and by sound: a canonical name.
  [[nodiscard]] std::optional<std::string> suggest(NameKind kind, std::string_view text) const;

  // The same for a speaker: a name of any kind, people first.
  [[nodiscard]] std::optional<std::string> suggest_speaker(std::string_view text) const;

  // The canonical form of what articles call somebody (ArticleName::name).
  [[nodiscard]] std::string canonical(NameKind kind, const std::string& name) const;

 private:
  [[nodiscard]] std::vector<KnownName> find_words(NameKind kind, const std::vector<std::string>& words,
                                                  bool prefix) const;

  std::vector<NamesTable> tables_;  // one an index
  const Xapian::Database& all_;
};

// The field that asks who speaks.
inline constexpr std::string_view kSpeakerField = "said";

// The kind that a field of the query language asks for; nothing for other fields.
[[nodiscard]] std::optional<NameKind> kind_of_field(std::string_view field);

}  // namespace dateline
