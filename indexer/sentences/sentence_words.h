// SPDX-License-Identifier: GPL-2.0-or-later
//
// The words that sentence borders hang on: abbreviations, by what they want after their full stop, words that begin
// sentences, verbs of speech and others. What is looked up must be folded (FoldedWord).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace dateline {

// A short word in lower case; longer ones come out empty, as no list holds them.
class FoldedWord {
 public:
  explicit FoldedWord(std::string_view word);
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, 24> bytes_{};
  std::size_t size_ = 0;
};

// What a word and its full stop want after them.
enum class Wants : std::uint8_t {
  kNothing,  // an ordinary word: the full stop ends the sentence
  kMore,     // never ends a sentence: "Sen."
  kNumber,   // goes on only before a number: "No. 5"
  kStarter,  // ends a sentence only before a word that begins one: "U.S. He", but "U.S. Senate"
  kClock,    // "a.m.": goes on before a day, a month, a time zone
  kInitial,  // "J.": as kStarter, but at the head of a sentence never an end
};

enum class Spelling : std::uint8_t {
  kAny,
  kCapital,  // an abbreviation only with a capital letter ("Rep."); as such in text of one case
  kMixed,    // the same, but an ordinary word in text of one case ("MISS . HE")
};

struct Abbreviation {
  std::string_view word;
  Wants wants;
  Spelling spelling = Spelling::kAny;
};

// The abbreviation that is written so, without its full stop ("sen"); null if none is.
[[nodiscard]] const Abbreviation* find_abbreviation(std::string_view folded);

// Of a word that holds full stops: "U.S", "a.m", "Ph.D", with one or two letters between them.
[[nodiscard]] Wants wants_of_dotted(std::string_view folded);

// Words that begin a sentence far oftener than they follow an abbreviation inside one ("the U.S. In" is a border).
class SentenceStarters {
 public:
  // language  as in split_sentences
  explicit SentenceStarters(std::string_view language);

  [[nodiscard]] bool contain(std::string_view folded) const;

  // Only those that hold even where capitals tell nothing: "THE U.S. IN" may go on, "THE U.S. HE" does not.
  [[nodiscard]] bool contain_surely(std::string_view folded) const;

 private:
  std::span<const std::string_view> starters_;
  bool english_;
};

// "said", "asked": what an attribution ends with.
[[nodiscard]] bool is_speech_verb(std::string_view folded);

// A day, a month or a time zone, as after "a.m.".
[[nodiscard]] bool follows_clock(std::string_view folded);

// What follows a glued full stop in an address: "Salon.Com".
[[nodiscard]] bool is_top_level_domain(std::string_view folded);

// Where marks were stripped: words that go on with what stood before the blanks, and words that want more after them.
[[nodiscard]] bool seldom_begins_sentence(std::string_view folded);
[[nodiscard]] bool seldom_ends_sentence(std::string_view folded);

}  // namespace dateline
