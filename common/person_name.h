// SPDX-License-Identifier: GPL-2.0-or-later
//
// How people's names are built and when two of them may be one person's.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

struct PersonName {
  std::vector<std::string> words;  // folded, hyphens and stops gone: {"jeanluc", "melenchon"}, {"omar", "al",
                                   // "bashir"}; without the suffix
  std::size_t surname = 0;         // where the surname begins: particles belong to it ("van", "al")
  std::string suffix;              // "jr", "sr", "ii", "iii", "iv" or none

  // Has a given name: "de Smet" has none.
  [[nodiscard]] bool is_full() const { return surname > 0; }
  [[nodiscard]] const std::string& last() const { return words.back(); }
};

// Any string is a name of some kind; an empty one has no words.
[[nodiscard]] PersonName parse_person_name(std::string_view name);

// How much a name tells: letters, whatever their bytes. Initials count one.
[[nodiscard]] std::size_t told_letters(const PersonName& name);

// The suffix that a folded word is, or none: "jr." -> "jr", "junior" -> "jr".
[[nodiscard]] std::string_view name_suffix(std::string_view folded_word);

// Whether a word is written small inside surnames: "van", "bin", "de".
[[nodiscard]] bool is_name_particle(std::string_view folded_word);
// Those of them that are no given names: not so "Al", "Ben", "Abu".
[[nodiscard]] bool begins_surname(std::string_view folded_word);

// A folded word in Latin letters, as English papers write Cyrillic: "юрченко" -> "yurchenko".
[[nodiscard]] std::string romanised(std::string_view folded_word);

// A word as its romanisations have it in common: "zelenskiy", "zelensky", "zelenskyy" -> "zelenski". Other scripts are
// romanised first.
[[nodiscard]] std::string spelling_key(std::string_view folded_word);

// The consonants that are heard, for names spelt by ear: "gaddafi", "qadhafi" -> "ktf". Coarser than spelling_key.
[[nodiscard]] std::string sound_key(std::string_view folded_word);

// What stands behind the article of an Arabic surname, as its romanisations have it in common: "al-Tayyib", "el-Tayeb"
// and "Eltayeb" -> "taib".
struct ArabicSurname {
  std::string key;           // empty without an article
  bool has_article = false;  // as a word of its own, so that the surname is surely Arabic; "Eltayeb" only may be
};
[[nodiscard]] ArabicSurname arabic_surname(const PersonName& name);

// Tells whether the first is a short form of the second ("bill", "william"); folded words.
using IsNickname = std::function<bool(const std::string&, const std::string&)>;

// Whether two full names may be one person's, going by the names alone: the surname and suffix the same (in any
// romanisation), the given names equal, initials or short forms of one another, middle names not in contradiction.
// Arabic surnames with their article and given names of the same consonants are the same: "Mohamed Eltayeb", "Muhammad
// al-Tayyib".
[[nodiscard]] bool may_be_one_person(const PersonName& a, const PersonName& b, const IsNickname& is_nickname);

}  // namespace dateline
