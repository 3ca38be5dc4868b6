// SPDX-License-Identifier: GPL-2.0-or-later
//
// From the names of articles to the names of the collection.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/article.h"
#include "common/error.h"
#include "common/names_table.h"
#include "common/person_name.h"
#include "indexer/names/name_aliases.h"

namespace dateline {

// How often each of a few texts occurs, ascending: most names have one or two spellings, so a sorted list beats a tree.
class TextCounts {
 public:
  using List = std::vector<std::pair<std::string, std::uint64_t>>;

  void add(std::string_view text, std::uint64_t count = 1);
  void add(const TextCounts& other);
  // `other` must have been added before.
  void subtract(const TextCounts& other);
  [[nodiscard]] const List& list() const { return list_; }
  // The first among equals. There must be one.
  [[nodiscard]] const std::string& most_frequent() const;
  // The most frequent first; by the text among equals.
  [[nodiscard]] List ranked() const;

 private:
  List list_;
};

// Counts what articles call people, organisations and places. Counts add up: any order of articles gives the same.
class NameCounts {
 public:
  // text  the article's
  void add(std::string_view text, const ArticleNames& names);
  void add(NameCounts&& other);
  // Takes away what was added before: the counts are then those of the articles that are left.
  void subtract(const NameCounts& other);

  // As bytes, the same for the same counts.
  [[nodiscard]] std::string encode() const;
  // Errors (kIndex): damaged.
  [[nodiscard]] static Result<NameCounts> decode(std::string_view bytes);

 private:
  friend class CollectionPass;

  struct Counts {
    std::uint64_t articles = 0;
    std::uint64_t mentions = 0;
    std::uint64_t male = 0;  // articles that say so
    std::uint64_t female = 0;
    TextCounts shown;      // the name as shown
    TextCounts spellings;  // mentions as written
    TextCounts roles;
    TextCounts stands_for;  // name_keys of mentions: "nsa" of National Security Agency
  };
  std::array<std::unordered_map<std::string, Counts>, kNameKinds> names_;  // by kind and name_key
  // Keys of people whom one article names as two, the smaller first, and in how many articles.
  std::map<std::pair<std::string, std::string>, std::uint64_t> apart_;
  std::unordered_map<std::string, std::string> sounds_;  // of surnames met
};

// Joins what is the same:
//   people   full names that may be one person's (person_name.h), also where surnames sound alike, vowel by vowel, if
//   the
//            given names agree, but never two that one article tells apart; where several fit, the one with four fifths
//            of the articles. A surname alone joins the holder of four fifths of its articles, never one with a suffix.
//   others   the same words; an acronym joins what four fifths of the articles that spell it out say it is.
// The canonical name is the longest form that a quarter of the most frequent one's articles have; surnames alone and
// acronyms set no bar to a full form of two articles. It is shown as it is most often, but not in capitals alone if it
// is also written otherwise (an organisation's single word may be an acronym).
// Returns the most often named first; deterministic. Cost: linear but for people of one surname.
[[nodiscard]] std::vector<CollectionName> join_names(const NameCounts& counts, const IsNickname& is_nickname,
                                                     const NameAliases& aliases);

}  // namespace dateline
