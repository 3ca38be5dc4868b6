// SPDX-License-Identifier: GPL-2.0-or-later
//
// A word in the making.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "common/article.h"

namespace dateline {

// Longer words are cut: bytes. Leaves room for a prefix in a Xapian term (245 bytes). The rest makes no word.
inline constexpr std::uint32_t kMaxWordBytes = 64;

// Bytes of a word; what does not fit is cut at a character.
struct WordBuffer {
  std::array<char, kMaxWordBytes> bytes;
  std::uint32_t size = 0;
  bool full = false;

  void clear() {
    size = 0;
    full = false;
  }
  void append(std::string_view more);
  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

// What stands between hyphens: a word, a number or an acronym.
struct WordPart {
  WordBuffer word;
  WordBuffer variant;             // empty if none
  ByteSpan span;                  // of the word
  std::uint32_t variant_end = 0;  // both begin together
  std::uint32_t next = 0;         // where the text goes on: behind a dropped ending, too
  char32_t letter = 0;            // the letter, if it is a single one; full-width ones as ASCII
  bool has_ending = false;        // which was dropped
  bool capitals = false;          // capital letters alone
  bool letters_only = false;
  bool digits_only = false;
  bool joins = false;  // may be joined with its neighbours
};

}  // namespace dateline
