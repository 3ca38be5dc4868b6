// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the parts of the article pass ask of an article's tokens, and what they hand on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/person_name.h"
#include "indexer/names/name_features.h"
#include "indexer/names/name_tokens.h"
#include "indexer/names/names_model.h"

namespace dateline {

// Words on these lists are no surnames by themselves.
constexpr std::uint16_t kPlaceLists = list_bit(NameList::kCountry) | list_bit(NameList::kDemonym) |
                                      list_bit(NameList::kCity) | list_bit(NameList::kState) |
                                      list_bit(NameList::kOrganizationLast);
constexpr std::uint16_t kGivenLists = list_bit(NameList::kGivenMale) | list_bit(NameList::kGivenFemale);
constexpr std::uint16_t kRoleLists = list_bit(NameList::kRole) | list_bit(NameList::kOffice);

constexpr std::uint32_t kMaxRoleTokens = 6;
// People of one surname that an article may have: hostile text may hold any number.
constexpr std::size_t kMaxNamesakes = 50;

// A mention of a name, on its way through the article pass.
struct FoundName {
  std::uint32_t begin = 0;  // tokens
  std::uint32_t end = 0;
  NameKind kind = NameKind::kPerson;
  PersonName person;             // of people
  std::uint32_t name = kNobody;  // index into the article's names, once it is known whose it is
};

// The tokens of one article with what the tagger knew of them; all of it must outlive the view. Tokens are numbers.
class NameView {
 public:
  NameView(const NamesModel& model, const TokenizedText& tokens, const NameContext& context);

  [[nodiscard]] std::uint32_t token_count() const { return static_cast<std::uint32_t>(tokens_.tokens.size()); }
  [[nodiscard]] const NameToken& token(std::uint32_t i) const { return tokens_.tokens[i]; }
  [[nodiscard]] std::string_view form(std::uint32_t i) const { return tokens_.form(token(i)); }
  [[nodiscard]] const TokenFacts& facts(std::uint32_t i) const {
    return *context_.facts(tokens_.paragraphs[paragraph_[i]], i);
  }
  [[nodiscard]] bool is_word(std::uint32_t i) const { return token(i).kind == TokenKind::kWord; }
  [[nodiscard]] bool is_on(std::uint32_t i, NameList list) const { return (facts(i).lists & list_bit(list)) != 0; }
  // What the lists have of a word, wherever it stands.
  [[nodiscard]] std::uint16_t lists_of(std::string_view word) const;
  [[nodiscard]] bool is_nickname(std::string_view a, std::string_view b) const { return model_.is_nickname(a, b); }

  [[nodiscard]] bool is_cased(std::uint32_t i) const { return tokens_.paragraphs[paragraph_[i]].cased; }
  [[nodiscard]] bool same_paragraph(std::uint32_t i, std::uint32_t j) const { return paragraph_[i] == paragraph_[j]; }
  // Whether there is a token `i`, and one before it in its paragraph.
  [[nodiscard]] bool follows(std::uint32_t i) const { return i > 0 && i < token_count() && same_paragraph(i, i - 1); }
  [[nodiscard]] bool has_capital(std::uint32_t i) const { return is_word(i) && token(i).capitals != Capitals::kNone; }
  [[nodiscard]] bool begins_sentence(std::uint32_t i) const;

  [[nodiscard]] std::string_view written(std::uint32_t i) const { return tokens_.written(token(i)); }
  [[nodiscard]] std::string_view written(std::uint32_t begin, std::uint32_t end) const {
    return tokens_.text.substr(token(begin).span.begin, token(end - 1).span.end - token(begin).span.begin);
  }
  // On one line, without the gaps of stripped text; capitals where there are none.
  [[nodiscard]] std::string shown(std::uint32_t begin, std::uint32_t end) const;

  [[nodiscard]] bool is_given(std::uint32_t i) const { return (facts(i).lists & kGivenLists) != 0; }
  // "Sen.": short for something.
  [[nodiscard]] bool has_stop(std::uint32_t i) const { return is_word(i) && written(i).ends_with('.'); }
  // A title or role that is no given name, too, unless it is short: "Sen Nishiyama", but "Sen. Ted Cruz".
  [[nodiscard]] bool is_title(std::uint32_t i) const {
    const std::uint16_t lists = facts(i).lists;
    return (lists & (kRoleLists | list_bit(NameList::kCourtesy))) != 0 && ((lists & kGivenLists) == 0 || has_stop(i));
  }
  [[nodiscard]] bool is_role_word(std::uint32_t i) const { return is_word(i) && (facts(i).lists & kRoleLists) != 0; }
  // A comma, or the gap that is left of one.
  [[nodiscard]] bool is_pause(std::uint32_t i) const { return form(i) == "," || token(i).kind == TokenKind::kGap; }
  // Whether a given name stands before the surname `i`, and not before `free`: no title ("Bishop"), no month, no word.
  [[nodiscard]] bool has_given_before(std::uint32_t i, std::uint32_t free) const;
  // "his father X", "whose wife, X": the word, or none.
  [[nodiscard]] std::string_view kin_before(std::uint32_t begin) const;
  // "Price, 36, teaches": of what ends at `end`. In stripped text, the gap that is left of it.
  [[nodiscard]] bool has_age(std::uint32_t end) const;

 private:
  const NamesModel& model_;
  const TokenizedText& tokens_;
  const NameContext& context_;
  std::vector<std::uint32_t> paragraph_;  // by token
};

}  // namespace dateline
