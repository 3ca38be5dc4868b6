// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentences/text_stretches.h"

#include <cstdint>
#include <unicode/uchar.h>

#include "indexer/sentences/characters.h"

namespace dateline {
namespace {

using std::size_t;

bool is_combining(UChar32 code) { return code >= 0x300 && (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0; }

}  // namespace

Gap gap_at(std::string_view text, size_t at) {
  Gap gap{at};
  while (gap.end < text.size()) {
    const Character c = character_at(text, gap.end);
    if (!is_blank(c.code)) break;
    gap.end += c.bytes;
    ++gap.blanks;
    if (is_line_end(c.code)) {
      gap.line_ends += c.code == kParagraphSeparator ? 2 : 1;
      gap.line_begin = gap.end;
    }
  }
  return gap;
}

size_t trim_end(std::string_view text, size_t begin, size_t end) {
  while (end > begin) {
    const Character c = character_before(text, end);
    if (!is_blank(c.code)) break;
    end -= c.bytes;
  }
  return end;
}

size_t character_border(std::string_view text, size_t at) {
  constexpr int kMostAccents = 8;
  while (at > 0 && (static_cast<std::uint8_t>(text[at]) & 0xC0) == 0x80) --at;
  size_t border = at;
  for (int accents = 0; accents < kMostAccents; ++accents) {
    if (!is_combining(character_at(text, border).code)) return border;
    border -= character_before(text, border).bytes;
  }
  return at;
}

size_t blank_after(std::string_view text, size_t at, size_t end) {
  while (at < end) {
    const ByteClass byte_class = kByteClasses[static_cast<std::uint8_t>(text[at])];
    if (byte_class == ByteClass::kBlank) break;
    if (byte_class == ByteClass::kLead && is_blank(character_at(text, at).code)) break;
    ++at;
  }
  return at;
}

std::string_view word_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && end - at < kLookBytes) {
    const Character c = character_at(text, end);
    if (!is_letter(c.code)) break;
    end += c.bytes;
  }
  return text.substr(at, end - at);
}

}  // namespace dateline
