// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whether a passage may answer a question: one that holds a person "who", one that holds a number "how many".
#pragma once

#include <set>
#include <string>

#include "query/asking/question.h"
#include "query/finding/passage_reader.h"
#include "query/reading/name_reader.h"

namespace dateline {

// Whether something of that kind stands in the passage that the query does not name itself.
// asked_words  of the query, folded
// asked_for    whom it names
[[nodiscard]] bool may_answer(AnswerKind kind, const OpenedPassage& passage, const std::set<std::string>& asked_words,
                              const std::set<NamedOne>& asked_for);

}  // namespace dateline
