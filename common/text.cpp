// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "common/ascii.h"
#include "common/icu_status.h"
#include "common/next_character.h"

namespace dateline {
namespace {

constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

const icu::Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFCInstance(status);
  check_icu(status);
  return *instance;
}

const icu::Normalizer2& nfd() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFDInstance(status);
  check_icu(status);
  return *instance;
}

const icu::Normalizer2& nfkc_casefold() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFKCCasefoldInstance(status);
  check_icu(status);
  return *instance;
}

icu::StringPiece piece_of(std::string_view text) { return {text.data(), static_cast<std::int32_t>(text.size())}; }

// `text` in the form of `normalizer`; not longer than ICU's 32-bit lengths allow.
std::string normalized(const icu::Normalizer2& normalizer, std::string_view text) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
  UErrorCode status = U_ZERO_ERROR;
  normalizer.normalizeUTF8(0, piece_of(text), sink, nullptr, status);
  check_icu(status);
  return out;
}

bool is_nfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const bool yes = nfc().isNormalizedUTF8(piece_of(text), status) != 0;
  check_icu(status);
  return yes;
}

std::size_t ascii_prefix(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, sizeof(eight));
    if ((eight & kHighBits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

void append(std::string& out, UChar32 c) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, c);
  out.append(bytes.data(), size);
}

// Line ends to LF, ill-formed sequences to U+FFFD.
std::string repair(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const char byte = bytes[at];
    if (byte == '\r') {
      out += '\n';
      at += at + 1 < bytes.size() && bytes[at + 1] == '\n' ? 2 : 1;
    } else if (static_cast<unsigned char>(byte) < 0x80) {
      out += byte;
      ++at;
    } else {
      const std::size_t begin = at;
      const UChar32 c = next_character(bytes, at);
      out += c < 0 ? kReplacementBytes : bytes.substr(begin, at - begin);
    }
  }
  return out;
}

// ICU counts in 32 bits, so a huge text is composed in slices. Nothing composes across the begin of an ASCII character.
std::string composed(std::string_view text) {
  constexpr std::size_t kSlice = std::size_t{1} << 30;
  std::string out;
  while (!text.empty()) {
    std::size_t end = text.size();
    if (end > kSlice) {
      end = kSlice;
      while (end > kSlice / 2 && static_cast<unsigned char>(text[end]) >= 0x80) --end;
      while (U8_IS_TRAIL(text[end])) --end;
    }
    const std::string_view slice = text.substr(0, end);
    if (is_nfc(slice)) {
      out += slice;
    } else if (out.empty()) {
      out = normalized(nfc(), slice);
    } else {
      out += normalized(nfc(), slice);
    }
    text.remove_prefix(end);
  }
  return out;
}

struct LatinLetter {
  char16_t letter;
  const char* ascii;
};

// Latin small letters that do not decompose, as ICU's Latin-ASCII has them up to U+024F (building that transliterator
// takes longer than a query), and the letters of Azerbaijani, Hausa, Ewe and their kin beyond. Sorted.
constexpr std::array kLatinLetters = {
    LatinLetter{0x00E6, "ae"}, LatinLetter{0x00F0, "d"},  LatinLetter{0x00F8, "o"},  LatinLetter{0x00FE, "th"},
    LatinLetter{0x0111, "d"},  LatinLetter{0x0127, "h"},  LatinLetter{0x0131, "i"},  LatinLetter{0x0138, "q"},
    LatinLetter{0x0142, "l"},  LatinLetter{0x014B, "n"},  LatinLetter{0x0153, "oe"}, LatinLetter{0x0167, "t"},
    LatinLetter{0x0180, "b"},  LatinLetter{0x0183, "b"},  LatinLetter{0x0188, "c"},  LatinLetter{0x018C, "d"},
    LatinLetter{0x0192, "f"},  LatinLetter{0x0195, "hv"}, LatinLetter{0x0199, "k"},  LatinLetter{0x019A, "l"},
    LatinLetter{0x019E, "n"},  LatinLetter{0x01A3, "oi"}, LatinLetter{0x01A5, "p"},  LatinLetter{0x01AB, "t"},
    LatinLetter{0x01AD, "t"},  LatinLetter{0x01B4, "y"},  LatinLetter{0x01B6, "z"},  LatinLetter{0x01DD, "a"},
    LatinLetter{0x01E5, "g"},  LatinLetter{0x0221, "d"},  LatinLetter{0x0225, "z"},  LatinLetter{0x0234, "l"},
    LatinLetter{0x0235, "n"},  LatinLetter{0x0236, "t"},  LatinLetter{0x0237, "j"},  LatinLetter{0x0238, "db"},
    LatinLetter{0x0239, "qp"}, LatinLetter{0x023C, "c"},  LatinLetter{0x023F, "s"},  LatinLetter{0x0240, "z"},
    LatinLetter{0x0247, "e"},  LatinLetter{0x0249, "j"},  LatinLetter{0x024D, "r"},  LatinLetter{0x024F, "y"},
    LatinLetter{0x0253, "b"},  LatinLetter{0x0254, "o"},  LatinLetter{0x0256, "d"},  LatinLetter{0x0257, "d"},
    LatinLetter{0x0259, "a"},  LatinLetter{0x025B, "e"},  LatinLetter{0x0268, "i"},  LatinLetter{0x0272, "n"},
    LatinLetter{0x0289, "u"},
};

const char* latin_letter(UChar32 c) {
  for (const LatinLetter& entry : kLatinLetters) {
    if (static_cast<UChar32>(entry.letter) >= c) return static_cast<UChar32>(entry.letter) == c ? entry.ascii : nullptr;
  }
  return nullptr;
}

bool is_cyrillic_vowel(UChar32 c) {
  switch (c) {
    case 0x430:  // а
    case 0x435:  // е
    case 0x438:  // и
    case 0x43E:  // о
    case 0x443:  // у
    case 0x44B:  // ы
    case 0x44D:  // э
    case 0x44E:  // ю
    case 0x44F:  // я
    case 0x454:  // є
    case 0x456:  // і
      return true;
    default:
      return false;
  }
}

// Whether `mark` says nothing that a reader would type: any mark on Latin and Greek letters and on digits, stress on
// Cyrillic vowels, the dots of ё.
bool is_accent(UChar32 mark, UChar32 base) {
  if (base >= '0' && base <= '9') return true;
  if (is_cyrillic_vowel(base)) return mark == 0x300 || mark == 0x301 || (mark == 0x308 && base == 0x435);
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(base, &status);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK;
}

bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0; }

// Arabic vowel signs and the tatweel, which only stretches a line.
bool is_arabic_ornament(UChar32 c) { return (c >= 0x64B && c <= 0x652) || c == 0x670 || c == 0x640; }

std::string fold_by_icu(std::string_view text) {
  const std::string apart = normalized(nfd(), normalized(nfkc_casefold(), text));
  std::string out;
  out.reserve(apart.size());
  UChar32 base = 0;
  bool ascii = true;
  for (std::size_t at = 0; at < apart.size();) {
    const UChar32 c = next_character(apart, at);
    if (c < 0 || is_arabic_ornament(c)) continue;
    if (c >= 0x300 && is_mark(c)) {
      if (is_accent(c, base)) continue;
    } else {
      base = c;
    }
    if (const char* letters = c < 0x80 ? nullptr : latin_letter(c)) {
      out += letters;
    } else {
      append(out, c);
      ascii = ascii && c < 0x80;
    }
  }
  return ascii ? out : normalized(nfc(), out);
}

// What every code point of the European alphabets folds to. None of these depends on its neighbours; combining marks,
// which do, are left out and so send a text to ICU.
class FoldTable {
 public:
  static constexpr UChar32 kEnd = 0x530;

  FoldTable() {
    for (UChar32 c = 0x80; c < kEnd; ++c) {
      if (is_mark(c) || !u_isdefined(c)) continue;
      std::string letter;
      append(letter, c);
      const std::string folded = fold_by_icu(letter);
      Entry& entry = entries_[static_cast<std::size_t>(c)];
      if (folded.size() > entry.bytes.size()) continue;
      folded.copy(entry.bytes.data(), folded.size());
      entry.size = static_cast<std::uint8_t>(folded.size());
      entry.known = true;
    }
  }

  // False if `text` holds anything else; `out` is then of no use.
  bool fold(std::string_view text, std::string& out) const {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const auto lead = static_cast<unsigned char>(text[at]);
      if (lead < 0x80) {
        out += to_lower(text[at]);
        continue;
      }
      if (lead >= 0xE0 || ++at == text.size()) return false;
      const auto trail = static_cast<unsigned char>(text[at]);
      const std::size_t c = (static_cast<std::size_t>(lead & 0x1FU) << 6U) | (trail & 0x3FU);
      if (c >= entries_.size() || !entries_[c].known) return false;
      out.append(entries_[c].bytes.data(), entries_[c].size);
    }
    return true;
  }

 private:
  struct Entry {
    std::array<char, 6> bytes{};
    std::uint8_t size = 0;
    bool known = false;
  };
  std::array<Entry, kEnd> entries_{};
};

bool is_printable_ascii(std::string_view text) {
  for (const char c : text) {
    if (c < 0x20 || c == 0x7F) return false;
  }
  return true;
}

}  // namespace

std::string normalize_text(std::string_view bytes) {
  while (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  const bool has_cr = !bytes.empty() && std::memchr(bytes.data(), '\r', bytes.size()) != nullptr;
  if (!has_cr && ascii_prefix(bytes) == bytes.size()) return std::string(bytes);
  if (!has_cr && is_valid_utf8(bytes)) return composed(bytes);
  return composed(repair(bytes));
}

bool is_valid_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      at += ascii_prefix(bytes.substr(at));
      continue;
    }
    const UChar32 c = next_character(bytes, at);
    if (c < 0) return false;
  }
  return true;
}

std::string fold(std::string_view text) {
  std::string out;
  if (ascii_prefix(text) == text.size()) {
    out.resize(text.size());
    std::transform(text.begin(), text.end(), out.begin(), [](char c) { return to_lower(c); });
    return out;
  }
  static const FoldTable table;
  out.reserve(text.size());
  return table.fold(text, out) ? out : fold_by_icu(text);
}

std::string printable(std::string_view text, bool one_line) {
  if (is_printable_ascii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const UChar32 c = next_character(text, at);
    if (c == '\t' || c == '\n') {
      out += one_line ? ' ' : static_cast<char>(c);
    } else if (c == 0x2028 || c == 0x2029) {  // line and paragraph separator: some terminals break the line
      out += ' ';
    } else if (c < 0 || u_charType(c) == U_CONTROL_CHAR || U_IS_UNICODE_NONCHAR(c)) {
      out += kReplacementBytes;
    } else if (u_charType(c) != U_FORMAT_CHAR && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

std::string escape_unprintable(std::string_view json) {
  if (printable(json) == json) return std::string(json);
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t begin = at;
    const UChar32 c = next_character(json, at);
    const std::string_view character = json.substr(begin, at - begin);
    if (printable(character) == character) {
      out += character;
    } else if (c > 0xFFFF) {
      out += fmt::format("\\u{:04x}\\u{:04x}", std::uint32_t{U16_LEAD(c)}, std::uint32_t{U16_TRAIL(c)});
    } else {
      out += fmt::format("\\u{:04x}", c < 0 ? 0xFFFD : c);
    }
  }
  return out;
}

std::uint32_t display_width(std::string_view text) {
  std::uint32_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 c = next_character(text, at);
    if (c < 0 || (c >= 0x20 && c < 0x7F)) {
      ++width;
      continue;
    }
    if ((U_GET_GC_MASK(c) & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_MN_MASK | U_GC_ME_MASK)) != 0) continue;
    if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) continue;
    const auto syllable = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
    if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO) continue;
    const auto east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

}  // namespace dateline
