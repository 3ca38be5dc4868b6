// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a question wants to know, by the words that it begins with.
#pragma once

#include "query/asking/query_parser.h"

namespace dateline {

enum class AnswerKind { kNone, kPerson, kPlace, kDate, kNumber };

// In English and the commonest of other languages; kNone if it is no question, or asks why or how.
[[nodiscard]] AnswerKind answer_kind(const QueryNode& query);

// The query without "how many", "what kind" and the like, which tell what is asked but stand in no answer; function
// words stay. The query itself if nothing else would be left of it.
[[nodiscard]] QueryNode without_asking(QueryNode query);

}  // namespace dateline
