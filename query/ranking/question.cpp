// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/ranking/question.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "common/ascii.h"
#include "common/text.h"
#include "query/reading/passage_words.h"

namespace dateline {
namespace {

struct QuestionWord {
  std::string_view word;  // folded
  AnswerKind kind;
};

constexpr std::array<QuestionWord, 35> kQuestionWords{{
    {"who", AnswerKind::kPerson},     {"whom", AnswerKind::kPerson},    {"whose", AnswerKind::kPerson},
    {"wer", AnswerKind::kPerson},     {"wem", AnswerKind::kPerson},     {"wen", AnswerKind::kPerson},
    {"qui", AnswerKind::kPerson},     {"quien", AnswerKind::kPerson},   {"quienes", AnswerKind::kPerson},
    {"quem", AnswerKind::kPerson},    {"chi", AnswerKind::kPerson},     {"кто", AnswerKind::kPerson},
    {"хто", AnswerKind::kPerson},     {"where", AnswerKind::kPlace},    {"wo", AnswerKind::kPlace},
    {"ou", AnswerKind::kPlace},       {"donde", AnswerKind::kPlace},    {"onde", AnswerKind::kPlace},
    {"dove", AnswerKind::kPlace},     {"где", AnswerKind::kPlace},      {"де", AnswerKind::kPlace},
    {"when", AnswerKind::kDate},      {"wann", AnswerKind::kDate},      {"quand", AnswerKind::kDate},
    {"cuando", AnswerKind::kDate},    {"quando", AnswerKind::kDate},    {"когда", AnswerKind::kDate},
    {"коли", AnswerKind::kDate},      {"combien", AnswerKind::kNumber}, {"cuantos", AnswerKind::kNumber},
    {"cuantas", AnswerKind::kNumber}, {"cuanto", AnswerKind::kNumber},  {"сколько", AnswerKind::kNumber},
    {"скільки", AnswerKind::kNumber}, {"wieviel", AnswerKind::kNumber},
}};
// "how many …": an amount. "how did …" asks for no such thing.
constexpr std::array<std::string_view, 12> kAmounts{"many", "much", "old",  "long",  "far", "tall",
                                                    "high", "fast", "deep", "large", "big", "often"};
constexpr std::array<std::string_view, 19> kDateWords{
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",  "sunday",  "january",  "february", "march",
    "april",  "may",     "june",      "july",     "august", "september", "october", "november", "december"};
constexpr std::size_t kYearBytes = 4;

std::string_view word_at(const QueryNode& query, std::size_t place) {
  if (place >= query.clauses.size() || query.clauses[place].node.kind != QueryKind::kWord) return {};
  return query.clauses[place].node.text;
}

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

AnswerKind answer_kind(const QueryNode& query) {
  const std::string first = fold(word_at(query, 0));
  const std::string second = fold(word_at(query, 1));
  if (first == "how" && std::find(kAmounts.begin(), kAmounts.end(), second) != kAmounts.end()) {
    return AnswerKind::kNumber;
  }
  if ((first == "what" || first == "which") && (second == "year" || second == "date" || second == "day")) {
    return AnswerKind::kDate;
  }
  const auto known = std::find_if(kQuestionWords.begin(), kQuestionWords.end(),
                                  [&](const QuestionWord& one) { return one.word == first; });
  return known == kQuestionWords.end() || second.empty() ? AnswerKind::kNone : known->kind;
}

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
