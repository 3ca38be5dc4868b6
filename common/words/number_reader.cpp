// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/words/number_reader.h"

#include <array>
#include <string_view>
#include <unicode/utf8.h>

namespace dateline {
namespace {

constexpr std::uint32_t kMaxDigitGroups = 8;  // of three digits; well above what news holds

void set_currency(WordPart& part, const TextCharacter& sign, std::uint32_t end) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(sign.value));
  part.variant.clear();
  part.variant.append({bytes.data(), size});
  part.variant.append(part.word.view());
  part.variant_end = end;
}

}  // namespace

// Appends the digits at `at`; returns their end.
std::uint32_t NumberReader::read_digits(std::uint32_t at, WordBuffer& digits) const {
  for (TextCharacter c = characters_.at(at); c.cls == CharClass::kDigit; c = characters_.at(at)) {
    const char digit = static_cast<char>(c.value);
    digits.append({&digit, 1});
    at += c.size;
  }
  return at;
}

// Appends two or three digits at `at` and moves behind them; false and nothing done if not exactly `count` stand there.
bool NumberReader::read_digit_group(std::uint32_t count, std::uint32_t& at, WordBuffer& digits) const {
  std::array<char, 3> group{};
  std::uint32_t end = at;
  for (std::uint32_t i = 0; i < count; ++i) {
    const TextCharacter c = characters_.at(end);
    if (c.cls != CharClass::kDigit) return false;
    group[i] = static_cast<char>(c.value);
    end += c.size;
  }
  if (characters_.at(end).cls == CharClass::kDigit) return false;
  digits.append({group.data(), count});
  at = end;
  return true;
}

// Reads what follows the first digits of "1,000.50", "1'000", "1.000,50", "1.000.000"; returns `at` if that is not it.
std::uint32_t NumberReader::read_thousands(std::uint32_t at, WordBuffer& number) const {
  const TextCharacter separator = characters_.at(at);
  const bool is_point = separator.value == '.';
  const bool is_neutral = separator.cls == CharClass::kApostrophe ||
                          (separator.cls == CharClass::kBlank && separator.value != ' ' && separator.value != 0x3000);
  if (!is_point && !is_neutral && separator.value != ',') return at;
  WordBuffer grouped = number;
  std::uint32_t end = at;
  std::uint32_t groups = 0;
  for (; groups < kMaxDigitGroups && characters_.at(end).value == separator.value; ++groups) {
    std::uint32_t group = end + separator.size;
    if (!read_digit_group(3, group, grouped)) break;
    end = group;
  }
  if (groups == 0) return at;
  const TextCharacter point = characters_.at(end);
  const bool has_fraction = ((point.value == '.' && !is_point) || (point.value == ',' && (is_point || is_neutral))) &&
                            characters_.at(end + point.size).cls == CharClass::kDigit;
  if (is_point && groups == 1 && !has_fraction) return at;  // a fraction
  if (has_fraction) {
    grouped.append(".");
    end = read_digits(end + point.size, grouped);
  }
  number = grouped;
  return end;
}

// Reads what follows the digits of "10:30" and "10:30:15"; returns `at` if that is not it.
std::uint32_t NumberReader::read_clock(std::uint32_t at, WordBuffer& number) const {
  for (int i = 0; i < 2; ++i) {
    const TextCharacter colon = characters_.at(at);
    if (colon.value != ':') break;
    WordBuffer longer = number;
    longer.append(":");
    std::uint32_t end = at + colon.size;
    if (!read_digit_group(2, end, longer)) break;
    number = longer;
    at = end;
  }
  return at;
}

void NumberReader::read(std::uint32_t at, WordPart& part) {
  part.word.clear();
  part.variant.clear();
  const std::uint32_t digits_end = read_digits(at, part.word);
  std::uint32_t end = digits_end;
  if (at != chain_next_) {
    if (part.word.size <= 3) end = read_thousands(end, part.word);
    if (end == digits_end && part.word.size <= 2) end = read_clock(end, part.word);
    if (const TextCharacter point = characters_.at(end);
        end == digits_end && point.value == '.' && characters_.at(end + point.size).cls == CharClass::kDigit) {
      part.word.append(".");
      end = read_digits(end + point.size, part.word);
    }
  }
  if (const TextCharacter c = characters_.at(end);
      (c.value == '.' || c.value == ',' || c.value == ':') && characters_.at(end + c.size).cls == CharClass::kDigit) {
    // A chain of another kind: its digits are words of their own.
    part.word.clear();
    end = read_digits(at, part.word);
    chain_next_ = end + characters_.at(end).size;
  }
  part.span = {at, end};
  part.letter = 0;
  part.has_ending = false;
  part.capitals = false;
  part.letters_only = false;
  part.digits_only = true;
  add_amount(part);
  part.joins = part.variant.size == 0 && part.word.view().find_first_of(".:") == std::string_view::npos;
}

// Adds to the digits of `part` the letters that follow or else the unit, and the currency before.
void NumberReader::add_amount(WordPart& part) const {
  const TextCharacter sign = characters_.before(part.span.begin);
  part.next = part.span.end;
  TextCharacter after = characters_.at(part.next);
  while (after.cls == CharClass::kMark || after.cls == CharClass::kIgnorable) {
    part.next += after.size;
    after = characters_.at(part.next);
  }
  if (begins_word(after.cls)) {
    WordPart tail;
    words_.read(part.next, tail);
    const std::string_view letters = tail.word.view();
    if (letters == "st" || letters == "nd" || letters == "rd" || letters == "th") {
      part.variant.append(part.word.view());
      part.variant.append(letters);
      part.variant_end = tail.span.end;
      part.next = tail.next;
      return;
    }
    const bool is_clock = part.word.view().find(':') != std::string_view::npos;
    if (!is_clock && letters != "am" && letters != "pm") {
      part.word.append(letters);
      part.span.end = tail.span.end;
      part.next = tail.next;
      part.digits_only = false;
    }
  } else if (sign.cls != CharClass::kCurrency) {
    add_unit(part);
  }
  if (sign.cls == CharClass::kCurrency) {
    part.span.begin -= sign.size;
    set_currency(part, sign, part.span.end);
  }
}

// "50%", "50 percent", "5 €", "1990's".
void NumberReader::add_unit(WordPart& part) const {
  if (const std::uint32_t end = words_.skip_clitic(part.next, "s"); end != part.next) {
    part.variant.append(part.word.view());
    part.variant.append("s");
    part.variant_end = end;
    part.next = end;
    return;
  }
  std::uint32_t at = part.next;
  TextCharacter unit = characters_.at(at);
  const bool has_blank = unit.cls == CharClass::kBlank;
  if (has_blank) {
    at += unit.size;
    unit = characters_.at(at);
  }
  std::uint32_t end = at + unit.size;
  if (unit.cls == CharClass::kCurrency) {
    if (characters_.at(end).cls != CharClass::kDigit) set_currency(part, unit, end);
    return;
  }
  if (unit.value != '%') {
    if (!has_blank) return;
    if (words_.stands_alone(at, "percent")) {
      end = at + 7;
    } else if (words_.stands_alone(at, "per cent")) {
      end = at + 8;
    } else {
      return;
    }
  }
  part.variant.append(part.word.view());
  part.variant.append("%");
  part.variant_end = end;
}

}  // namespace dateline
