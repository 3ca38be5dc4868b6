// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentences/word_count.h"

#include <algorithm>
#include <cstddef>

#include "common/ascii.h"
#include "indexer/sentences/characters.h"

namespace dateline {

using std::size_t;

std::uint32_t count_words(std::string_view text) {
  constexpr size_t kMostBytesAWord = 32;
  size_t words = 0;
  size_t ideographs = 0;
  size_t unspaced = 0;
  size_t blanks = 0;
  bool inside = false;
  for (size_t at = 0; at < text.size();) {
    if (const unsigned letters = at + 8 <= text.size() ? LeadingLetters(&text[at]).count : 0; letters > 0) {
      words += !inside;
      inside = true;
      at += letters;
      continue;
    }
    const ByteClass byte_class = kByteClasses[static_cast<std::uint8_t>(text[at])];
    if (byte_class != ByteClass::kLead) {
      const bool word = byte_class == ByteClass::kWord;
      words += word && !inside;
      inside = (inside || word) && byte_class != ByteClass::kBlank;
      blanks += byte_class == ByteClass::kBlank;
      ++at;
      continue;
    }
    const Character c = character_at(text, at);
    at += c.bytes;
    if (is_unspaced(c.code)) {
      ++unspaced;
      inside = false;
    } else if (is_ideographic(c.code)) {
      ideographs += is_letter(c.code);
      inside = false;
    } else if (is_letter(c.code)) {
      words += !inside;
      inside = true;
    } else if (is_blank(c.code) || is_dash(c.code)) {
      inside = false;
    }
  }
  words += (ideographs + 1) / 2 + (unspaced + 4) / 5;
  return static_cast<std::uint32_t>(std::max(words, (text.size() - blanks) / kMostBytesAWord));
}

}  // namespace dateline
