// SPDX-License-Identifier: GPL-2.0-or-later
//
// What is said without quotation marks: Peskov said the Kremlin did not know.
#pragma once

#include <vector>

#include "indexer/quotes/article_words.h"
#include "indexer/quotes/clause_lexicon.h"
#include "indexer/quotes/reported_speech.h"
#include "indexer/quotes/speech_verbs.h"

namespace dateline {

// Finds speech that stands in no quotation marks. Built once, used by many.
class IndirectSpeech {
 public:
  // What is said is the clause, without the "that" before it and the stop behind it; a clause broken by its
  // attribution ("The group, she said, was ready") is two. It ends with the sentence, or before the next
  // attribution, before a participle or a comparison set off by a comma, at a dash or semicolon, and where the
  // reporter goes on in the present; ", and that" begins a quote of its own. Words in quotation
  // marks may lie inside ("it would “answer every one”"), but no clause begins with them, for then they are a quote of
  // their own. In text without capitals, where no marks tell clauses, only strong verbs right beside a name or pronoun
  // count.
  // English; German, French, Spanish, Italian, Portuguese, Dutch and Russian where "that", the mood of report or
  // "according to" tell it.
  //
  // returns  in text order, without overlaps; inside a sentence each
  // cost     linear
  [[nodiscard]] std::vector<ReportedSpeech> find(const ArticleWords& words, const SpeechVerbs& verbs) const;

 private:
  ClauseLexicon lexicon_;
};

}  // namespace dateline
