// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a question wants to know: a passage that holds a person answers "who", one that holds a number "how many".
#pragma once

#include <set>
#include <string>

#include "query/asking/query_parser.h"
#include "query/finding/passage_reader.h"
#include "query/reading/name_reader.h"

namespace dateline {

enum class AnswerKind { kNone, kPerson, kPlace, kDate, kNumber };

// By the words that the query begins with, in English and the commonest of other languages; kNone if it is no question,
// or asks why or how.
[[nodiscard]] AnswerKind answer_kind(const QueryNode& query);

// Whether something of that kind stands in the passage that the query does not name itself.
// asked_words  of the query, folded
// asked_for    whom it names
[[nodiscard]] bool may_answer(AnswerKind kind, const OpenedPassage& passage, const std::set<std::string>& asked_words,
                              const std::set<NamedOne>& asked_for);

}  // namespace dateline
