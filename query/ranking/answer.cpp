// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/ranking/answer.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "common/ascii.h"
#include "common/text.h"
#include "query/reading/passage_words.h"

namespace dateline {
namespace {

constexpr std::array<std::string_view, 19> kDateWords{
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",  "sunday",  "january",  "february", "march",
    "april",  "may",     "june",      "july",     "august", "september", "october", "november", "december"};
constexpr std::size_t kYearBytes = 4;

bool has_figure(std::string_view word) { return std::any_of(word.begin(), word.end(), is_figure); }

bool is_date_word(std::string_view word) {
  return std::find(kDateWords.begin(), kDateWords.end(), word) != kDateWords.end() ||
         (word.size() == kYearBytes && (word[0] == '1' || word[0] == '2') &&
          std::all_of(word.begin(), word.end(), is_figure));
}

// Whether some word of the passage is of a kind and not one of the query's own.
template <typename IsKind>
bool has_word(const PassageWords& words, const std::set<std::string>& asked, const IsKind& is_kind) {
  return std::any_of(words.all().begin(), words.all().end(), [&](const PassageWord& word) {
    const std::string_view folded = words.folded(word);
    return is_kind(folded) && !asked.contains(std::string(folded));
  });
}

}  // namespace

bool may_answer(AnswerKind kind, const OpenedPassage& passage, const std::set<std::string>& asked_words,
                const std::set<NamedOne>& asked_for) {
  switch (kind) {
    case AnswerKind::kNone:
      return false;
    case AnswerKind::kPerson:
    case AnswerKind::kPlace: {
      const NameKind wanted = kind == AnswerKind::kPerson ? NameKind::kPerson : NameKind::kPlace;
      const std::vector<NamedSpan> names = passage.names();
      return std::any_of(names.begin(), names.end(),
                         [&](const NamedSpan& one) { return one.who.first == wanted && !asked_for.contains(one.who); });
    }
    case AnswerKind::kDate:
      return has_word(passage.words(), asked_words, is_date_word);
    case AnswerKind::kNumber:
      return has_word(passage.words(), asked_words, has_figure);
  }
  return false;
}

}  // namespace dateline
