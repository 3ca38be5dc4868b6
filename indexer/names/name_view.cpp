// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/name_view.h"

#include <algorithm>
#include <array>

#include "common/ascii.h"
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dateline {
namespace {

constexpr std::size_t kAgeGap = 6;  // blanks for ", 36, "

}  // namespace

NameView::NameView(const NamesModel& model, const TokenizedText& tokens, const NameContext& context)
    : model_(model), tokens_(tokens), context_(context) {
  paragraph_.reserve(tokens.tokens.size());
  std::uint32_t number = 0;
  for (const NameParagraph& paragraph : tokens.paragraphs) paragraph_.resize(paragraph.end, number++);
}

std::uint16_t NameView::lists_of(std::string_view word) const {
  return model_.word(XXH3_64bits(word.data(), word.size())).lists;
}

std::string NameView::shown(std::uint32_t begin, std::uint32_t end) const {
  std::string text;
  bool blank = false;
  for (const char c : written(begin, end)) {
    if (c == ' ' || c == '\n' || c == '\t') {
      blank = !text.empty();
      continue;
    }
    if (blank) text += ' ';
    blank = false;
    text += c;
  }
  if (is_cased(begin)) return text;
  bool starts = true;
  for (char& c : text) {
    c = to_lower(c);
    if (starts && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    starts = c == ' ' || c == '-';
  }
  for (const std::string_view small : {" Of ", " The ", " And ", " For "}) {
    for (std::size_t at = text.find(small); at != std::string::npos; at = text.find(small, at + 1)) {
      text[at + 1] = to_lower(text[at + 1]);
    }
  }
  return text;
}

bool NameView::begins_sentence(std::uint32_t i) const {
  while (i > 0 && (form(i - 1) == "\"" || form(i - 1) == "'" || form(i - 1) == "(")) --i;
  if (i == 0) return true;
  const std::string_view before = form(i - 1);
  return before == "." || before == "!" || before == "?" || before == ":" ||
         tokens_.text.substr(token(i - 1).span.end, token(i).span.begin - token(i - 1).span.end).find('\n') !=
             std::string_view::npos;
}

bool NameView::has_age(std::uint32_t end) const {
  if (follows(end) && token(end).kind == TokenKind::kGap) return token(end).span.size() == kAgeGap;
  return follows(end + 1) && form(end) == "," && form(end + 1) == "00" &&
         (!follows(end + 2) || form(end + 2) == "," || form(end + 2) == ".");
}

std::string_view NameView::kin_before(std::uint32_t begin) const {
  static constexpr std::array<std::string_view, 18> kKin = {
      "aunt",    "brother", "cousin", "daughter", "father", "granddaughter", "grandfather", "grandmother", "grandson",
      "husband", "mother",  "nephew", "niece",    "sister", "son",           "uncle",       "widow",       "wife"};
  for (std::uint32_t i = begin; i > 0 && begin - i < 2; --i) {
    if (is_word(i - 1))
      return std::binary_search(kKin.begin(), kKin.end(), form(i - 1)) ? form(i - 1) : std::string_view();
    if (!is_pause(i - 1)) break;
  }
  return {};
}

bool NameView::has_given_before(std::uint32_t i, std::uint32_t free) const {
  if (i <= free || !follows(i) || !is_given(i - 1) || token(i - 1).capitals != token(i).capitals) return false;
  constexpr std::uint16_t kOthers = kRoleLists | list_bit(NameList::kCourtesy) | list_bit(NameList::kReporting);
  const TokenFacts& given = facts(i - 1);
  if ((given.lists & kOthers) != 0 || given.caps == CapsClass::kNever || given.caps == CapsClass::kHardly) return false;
  // "Coretta Scott King"
  if (i - 1 > free && follows(i - 1) && has_capital(i - 2) && !is_title(i - 2)) return false;
  static constexpr std::array<std::string_view, 5> kMonths = {"april", "august", "july", "june", "may"};
  return std::find(kMonths.begin(), kMonths.end(), form(i - 1)) == kMonths.end();
}

}  // namespace dateline
