// SPDX-License-Identifier: GPL-2.0-or-later
//
// Words of letters, digits and marks, with their apostrophes: see analyzer.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/words/text_characters.h"
#include "common/words/word_part.h"

namespace dateline {

// What is folded of one word, before it is cut: bytes. Well above what news holds.
inline constexpr std::uint32_t kMaxRawWordBytes = 512;

// The first `size` bytes, or fewer: cuts at a character.
[[nodiscard]] std::string_view cut_at_character(std::string_view text, std::size_t size);

// fold(), without what folding brings into a word that is none of it: the blanks of "ﷺ", the apostrophe of "ŉ", marks
// whose letter is gone.
[[nodiscard]] std::string fold_word(std::string_view text);

class WordReader {
 public:
  explicit WordReader(const TextCharacters& characters) : characters_(characters) {}

  // Reads letters, digits and marks, with the apostrophes that join them and the ending that is dropped.
  //
  // at  at a character that begins a word
  void read(std::uint32_t at, WordPart& part) const;

  // The end of an apostrophe and `letters` at `at`, if the word ends there; else `at`.
  [[nodiscard]] std::uint32_t skip_clitic(std::uint32_t at, std::string_view letters) const;
  // The same for every ending that is dropped.
  [[nodiscard]] std::uint32_t skip_ending(std::uint32_t at) const;

  // True if the text at `at` is `lower_word` in any case, as a whole word from there.
  [[nodiscard]] bool stands_alone(std::uint32_t at, std::string_view lower_word) const;

  [[nodiscard]] const TextCharacters& characters() const { return characters_; }

 private:
  const TextCharacters& characters_;
};

}  // namespace dateline
