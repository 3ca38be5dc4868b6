// SPDX-License-Identifier: GPL-2.0-or-later
//
// Single letters that are one word, and "US" in capitals: see "Acronyms" in analyzer.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "common/words/word_reader.h"

namespace dateline {

// The acronym that is a function word without its stops. Not so WHO and IT: unlike "us" they begin sentences, so that
// capitals do not tell them apart.
inline constexpr std::string_view kUs = "us";

class AcronymReader {
 public:
  explicit AcronymReader(const WordReader& words) : words_(words), characters_(words.characters()) {}

  // Makes `part`, a word as it was read, an acronym if it is one or, being a single letter, begins one with full stops;
  // parts are handed in in the order in which they stand.
  void join_dotted(WordPart& part);

  // Makes the single letter of `part` the acronym "u s" if more letters follow it, one blank each between them.
  void join_spaced(WordPart& part);

 private:
  [[nodiscard]] bool is_between_capitals(ByteSpan span) const;
  [[nodiscard]] bool is_left_over(std::uint32_t at) const;
  void join_dotted_letters(WordPart& part);

  const WordReader& words_;
  const TextCharacters& characters_;
  std::uint32_t chain_next_ = UINT32_MAX;  // where the rest of a chain of letters too long to be joined begins
};

}  // namespace dateline
