// SPDX-License-Identifier: GPL-2.0-or-later
//
// The names of a whole collection: who is meant by the names that articles use. Stands in the user metadata of an
// index's newest segment, a record a name and entries that lead to them, so that a query reads only what it needs:
//
//   nr<id>               a CollectionName; id = 4 bytes, big-endian, from 0: the most often named first
//   nf<kind><key>        the id of the name that this name_key means in an article that knows no longer form
//   nw<kind><word>       ids of the names that have the word in any form, ascending
//   ns<kind><sound>      words whose sound_key this is (person_name.h), for suggestions
//   nc                   counts by kind
//
// kind = p, o or l.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/article.h"
#include "common/error.h"

namespace Xapian {
class Database;
}

namespace dateline {

struct NameForm {
  std::string key;  // name_key: what the terms of its articles have
  std::string shown;
  std::uint64_t articles = 0;  // whose longest form this is
};

// Somebody or something that the collection names.
struct CollectionName {
  NameKind kind = NameKind::kPerson;
  std::string name;  // canonical: the longest well-supported form
  Gender gender = Gender::kUnknown;
  std::uint64_t articles = 0;
  std::uint64_t mentions = 0;
  std::vector<NameForm> forms;                               // most articles first
  std::vector<std::string> spellings;                        // as written anywhere, most often first
  std::vector<std::pair<std::string, std::uint64_t>> roles;  // in the articles' words, most often first
};

// Calls put(key, value) with the metadata entries of a table, by ascending key. `names` in the order of their ids.
// Memory: some 150 bytes a name beside them.
void encode_names(const std::vector<CollectionName>& names,
                  const std::function<void(const std::string& key, const std::string& value)>& put);

using NameId = std::uint32_t;

// Reads the table of one index. Throws FatalError (kIndex) where an entry is damaged.
class NamesTable {
 public:
  // database  the index's newest segment; must outlive this
  explicit NamesTable(const Xapian::Database& database) : database_(database) {}

  [[nodiscard]] CollectionName name(NameId id) const;
  [[nodiscard]] std::optional<NameId> find_form(NameKind kind, std::string_view key) const;
  // The names that have every one of the words (folded), the last one perhaps only begun (`prefix`).
  // Cost: for a prefix linear in the words that begin so, at most kMaxPrefixWords.
  [[nodiscard]] std::vector<NameId> find_words(NameKind kind, const std::vector<std::string>& words,
                                               bool prefix = false) const;
  // The names that have, for each of the lists, one of its words.
  [[nodiscard]] std::vector<NameId> find_choices(NameKind kind,
                                                 const std::vector<std::vector<std::string>>& choices) const;
  // Words of names that sound like `word` (folded).
  [[nodiscard]] std::vector<std::string> sounds_like(NameKind kind, std::string_view word) const;
  // The words that are other spellings of `word` (of one spelling_key), or with `prefix` begin with one. Cost: for a
  // prefix linear in the words that begin to sound so, at most kMaxPrefixWords.
  [[nodiscard]] std::vector<std::string> spelt_like(NameKind kind, std::string_view word, bool prefix) const;
  // Words of names that begin so: for suggestions by spelling.
  [[nodiscard]] std::vector<std::string> words_beginning(NameKind kind, std::string_view prefix) const;
  [[nodiscard]] std::array<std::uint64_t, kNameKinds> counts() const;

  static constexpr std::size_t kMaxPrefixWords = 2000;

 private:
  [[nodiscard]] std::vector<NameId> ids_of(const std::string& key) const;
  void read_words(const std::string& key, std::vector<std::string>& words) const;
  const Xapian::Database& database_;
};

}  // namespace dateline
