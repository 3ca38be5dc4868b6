// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/asking/question.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "common/stop_words.h"
#include "common/text.h"

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
// "what kind of …", "what happened to …": no article says so of itself.
constexpr std::array<std::string_view, 7> kAskedAbout{"kind", "kinds", "type", "types", "sort", "sorts", "happened"};

std::string_view word_at(const QueryNode& query, std::size_t place) {
  if (place >= query.clauses.size() || query.clauses[place].node.kind != QueryKind::kWord ||
      query.clauses[place].occurs != Occurs::kShould) {
    return {};
  }
  return query.clauses[place].node.text;
}

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

AnswerKind answer_kind(const QueryNode& query) {
  const std::string first = fold(word_at(query, 0));
  const std::string second = fold(word_at(query, 1));
  if (first == "how" && holds(kAmounts, second)) {
    return AnswerKind::kNumber;
  }
  if ((first == "what" || first == "which") && (second == "year" || second == "date" || second == "day")) {
    return AnswerKind::kDate;
  }
  const auto known = std::find_if(kQuestionWords.begin(), kQuestionWords.end(),
                                  [&](const QuestionWord& one) { return one.word == first; });
  return known == kQuestionWords.end() || second.empty() ? AnswerKind::kNone : known->kind;
}

QueryNode without_asking(QueryNode query) {
  const std::string first = fold(word_at(query, 0));
  const std::string second = fold(word_at(query, 1));
  const bool asks = (first == "how" && holds(kAmounts, second)) ||
                    ((first == "what" || first == "which") && holds(kAskedAbout, second));
  const auto is_told = [](const QueryClause& one) {
    return one.occurs != Occurs::kMustNot && one.node.kind != QueryKind::kField &&
           (one.node.kind != QueryKind::kWord || !is_stop_word(fold(one.node.text)));
  };
  if (asks && std::any_of(query.clauses.begin() + 2, query.clauses.end(), is_told)) {
    query.clauses.erase(query.clauses.begin(), query.clauses.begin() + 2);
  }
  return query;
}

}  // namespace dateline
