// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/char_class.h"

#include <algorithm>
#include <string>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "common/next_character.h"
#include "common/text.h"

namespace dateline {
namespace {

bool is_unspaced(UChar32 c) {
  if (c < 0x0E00) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    case USCRIPT_COMMON:  // ー
      return uscript_hasScript(c, USCRIPT_KATAKANA) != 0;
    default:
      return false;
  }
}

// ² and ⅷ are words' characters, ½ (1⁄2) and ⑴ are not.
bool folds_to_digits(UChar32 c) {
  std::string bytes(U8_MAX_LENGTH, '\0');
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, c);
  bytes.resize(size);
  const std::string folded = fold(bytes);
  return std::all_of(folded.begin(), folded.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
}

}  // namespace

UChar32 next_code_point(std::string_view text, std::size_t& at) {
  const UChar32 c = next_character(text, at);
  return c < 0 ? 0xFFFD : c;
}

UChar32 narrow(UChar32 c) {
  switch (c) {
    case 0xFFE0:
      return 0xA2;  // ¢
    case 0xFFE1:
      return 0xA3;  // £
    case 0xFFE5:
      return 0xA5;  // ¥
    case 0xFFE6:
      return 0x20A9;  // ₩
    default:
      return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFF01 + '!' : c;
  }
}

CharClass class_of(UChar32 c) {
  switch (c) {
    case '\'':
    case '`':
    case 0x00B4:  // ´
    case 0x02BB:  // ʻ
    case 0x02BC:  // ʼ
    case 0x2018:  // ‘
    case 0x2019:  // ’
      return CharClass::kApostrophe;
    case '-':
    case 0x2010:  // hyphen
    case 0x2011:  // non-breaking hyphen
      return CharClass::kHyphen;
    case ' ':
    case 0x00A0:  // no-break
    case 0x2007:  // figure
    case 0x2009:  // thin
    case 0x202F:  // narrow no-break
    case 0x3000:  // ideographic
      return CharClass::kBlank;
    case 0x200B:  // zero-width blank: may break a line, so it is one
      return CharClass::kSeparator;
    default:
      break;
  }
  switch (u_charType(c)) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return CharClass::kLetter;
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER:
      if (is_unspaced(c)) return CharClass::kUnspaced;
      if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return CharClass::kIgnorable;
      return CharClass::kLetter;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return CharClass::kMark;
    case U_DECIMAL_DIGIT_NUMBER:
      return c >= '0' && c <= '9' ? CharClass::kDigit : CharClass::kOtherDigit;
    case U_OTHER_NUMBER:
      return folds_to_digits(c) ? CharClass::kOtherDigit : CharClass::kSeparator;
    case U_CURRENCY_SYMBOL:
      return CharClass::kCurrency;
    case U_FORMAT_CHAR:
      return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ? CharClass::kIgnorable : CharClass::kSeparator;
    default:
      return CharClass::kSeparator;
  }
}

LetterCase case_of(UChar32 c) {
  switch (u_charType(c)) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return LetterCase::kCapital;
    case U_LOWERCASE_LETTER:
      return LetterCase::kSmall;
    default:
      return LetterCase::kNone;
  }
}

}  // namespace dateline
