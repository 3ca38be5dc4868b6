// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/words/word_reader.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "common/text.h"

namespace dateline {

std::string_view cut_at_character(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && U8_IS_TRAIL(static_cast<std::uint8_t>(text[size]))) --size;
  return text.substr(0, size);
}

std::string fold_word(std::string_view text) {
  std::string word = fold(text);
  std::size_t kept = 0;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    const CharClass cls = class_of(next_code_point(word, at));
    const bool is_base = begins_word(cls) || cls == CharClass::kUnspaced;
    if (!is_base && (kept == 0 || cls != CharClass::kMark)) continue;
    std::memmove(word.data() + kept, word.data() + begin, at - begin);
    kept += at - begin;
  }
  if (kept == word.size()) return word;
  word.resize(kept);
  return fold(word);  // what has become neighbours may compose
}

void WordBuffer::append(std::string_view more) {
  if (full) return;
  const std::string_view fits = cut_at_character(more, kMaxWordBytes - size);
  fits.copy(bytes.data() + size, fits.size());
  size += static_cast<std::uint32_t>(fits.size());
  full = fits.size() < more.size();
}

std::uint32_t WordReader::skip_clitic(std::uint32_t at, std::string_view letters) const {
  const TextCharacter apostrophe = characters_.at(at);
  if (apostrophe.cls != CharClass::kApostrophe) return at;
  std::uint32_t end = at + apostrophe.size;
  for (const char letter : letters) {
    const TextCharacter c = characters_.at(end);
    if (c.value >= 0x80 || to_lower(static_cast<char>(c.value)) != letter) return at;
    end += c.size;
  }
  return continues_word(characters_.at(end).cls) ? at : end;
}

std::uint32_t WordReader::skip_ending(std::uint32_t at) const {
  for (const std::string_view letters : {"s", "ll", "re", "ve", "d", "m"}) {
    if (const std::uint32_t end = skip_clitic(at, letters); end != at) return end;
  }
  return at;
}

bool WordReader::stands_alone(std::uint32_t at, std::string_view lower_word) const {
  if (characters_.text().size() - at < lower_word.size()) return false;
  for (const char c : lower_word) {
    if (to_lower(characters_.text()[at++]) != c) return false;
  }
  return !continues_word(characters_.at(at).cls);
}

void WordReader::read(std::uint32_t at, WordPart& part) const {
  std::array<char, kMaxRawWordBytes> raw;
  std::uint32_t raw_size = 0;
  bool raw_full = false;
  bool ascii = !characters_.is_general();
  std::uint32_t letters = 0;
  std::uint32_t capitals = 0;
  std::uint32_t digits = 0;
  CharClass previous = CharClass::kSeparator;

  part.span = {at, at};
  part.letter = 0;
  part.has_ending = false;
  for (bool more = true; more;) {
    const TextCharacter c = characters_.at(at);
    switch (c.cls) {
      case CharClass::kLetter:
      case CharClass::kDigit:
      case CharClass::kOtherDigit:
      case CharClass::kMark:
        if (c.cls == CharClass::kLetter) {
          ++letters;
          if (c.letter_case == LetterCase::kCapital) ++capitals;
          part.letter = c.value;
        } else if (c.cls != CharClass::kMark) {
          ++digits;
        }
        if (c.cls != CharClass::kMark) previous = c.cls;
        raw_full = raw_full || raw_size + c.size > raw.size();
        if (!raw_full) {
          characters_.text().copy(raw.data() + raw_size, c.size, at);
          raw_size += c.size;
          ascii = ascii && c.size == 1;
        }
        part.span.end = at + c.size;
        break;
      case CharClass::kIgnorable:
        break;
      case CharClass::kApostrophe: {
        if (const std::uint32_t end = skip_ending(at); end != at) {
          at = end;
          part.has_ending = true;
          more = false;
        } else if (previous != CharClass::kLetter || characters_.at(at + c.size).cls != CharClass::kLetter) {
          more = false;
        }
        break;
      }
      default:
        more = false;
    }
    if (more) at += c.size;
  }
  part.next = at;

  part.word.clear();
  part.variant.clear();
  const std::string_view collected(raw.data(), raw_size);
  if (ascii) {
    for (const char c : collected.substr(0, kMaxWordBytes)) part.word.bytes[part.word.size++] = to_lower(c);
    part.word.full = raw_size > kMaxWordBytes;
  } else {
    part.word.append(fold_word(collected));
  }
  if (letters != 1 || digits != 0) part.letter = 0;
  part.capitals = letters > 0 && capitals == letters && digits == 0;
  part.letters_only = letters > 0 && digits == 0;
  part.digits_only = false;
  part.joins = true;
}

}  // namespace dateline
