// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which person is meant, within one article.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/names/name_aliases.h"
#include "indexer/names/name_view.h"

namespace dateline {

// The people of one article, known by their full names; article_pass.h says who is whom.
class ArticlePeople {
 public:
  // names  of the article; people are added to them
  ArticlePeople(const NameView& view, const NameAliases& aliases, std::vector<ArticleName>& names)
      : view_(view), aliases_(aliases), names_(names) {}

  // Names those of `found` that are full names of people and have no name yet. Cost: mentions × people of one surname.
  void name_full(std::vector<FoundName>& found);

  // Names all other people, once all full names are known.
  void name_bare(std::vector<FoundName>& found);

  // The last word of every full name; valid until people are added.
  [[nodiscard]] std::vector<std::string_view> surnames() const;

  // The given names that one person alone has; as long.
  [[nodiscard]] std::vector<std::string_view> unshared_given_names() const;

  // Whether a folded word is a short form of one person's given name, and nobody else's: "pippa" of "Philippa".
  [[nodiscard]] bool is_nickname_of_one(std::string_view word) const { return nicknamed(word).size() == 1; }

 private:
  struct Person {
    PersonName name;
    std::uint32_t index = 0;               // of ArticleNames::names
    std::uint32_t last_mention = kNobody;  // where it begins
    std::uint32_t first_mention = kNobody;
    int male = 0;  // evidence
    int female = 0;
    bool relative = false;  // introduced as somebody's: "his father X"
    bool elder = false;     // as a parent's generation
    bool younger = false;   // as a child's: "his son X", "X Jr."

    // The later the better; one who has not been named yet is after all who have, the earliest of these first.
    [[nodiscard]] std::int64_t recency() const {
      return last_mention == kNobody ? -static_cast<std::int64_t>(first_mention)
                                     : static_cast<std::int64_t>(last_mention);
    }
    [[nodiscard]] Gender gender() const {
      return male > female ? Gender::kMale : female > male ? Gender::kFemale : Gender::kUnknown;
    }
  };

  void name_in_full(FoundName& one);
  // People of whose given name a word is a short form; none in articles of many people, where it says too little.
  [[nodiscard]] std::vector<std::uint32_t> nicknamed(std::string_view word) const;
  // "Mr Carrington Lowe" behind "Hugh Carrington Lowe": no name in full.
  [[nodiscard]] bool is_double_surname(const FoundName& one) const;
  // By the user's word.
  [[nodiscard]] bool are_apart(const Person& person, const FoundName& one) const;
  // What the title before a mention says.
  [[nodiscard]] Gender gender_of_title(const FoundName& one) const;
  void add_evidence(Person& person, const FoundName& one) const;
  // Of relatives the article has another name to go by.
  void note_kin(Person& person, const FoundName& one) const;
  std::uint32_t add_name(const FoundName& one);
  // Who is meant by a name that is not full, or null.
  [[nodiscard]] Person* holder_of(const FoundName& one);

  const NameView& view_;
  const NameAliases& aliases_;
  std::vector<ArticleName>& names_;
  std::vector<Person> people_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_surname_;  // people, by spelling_key
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_given_;
  std::unordered_map<std::uint32_t, std::uint32_t> person_of_name_;
};

}  // namespace dateline
