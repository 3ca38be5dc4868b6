// SPDX-License-Identifier: GPL-2.0-or-later
//
// What is said without quotation marks: Peskov said the Kremlin did not know.
#pragma once

#include <bitset>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "common/article.h"
#include "indexer/quotes/article_words.h"
#include "indexer/quotes/speech_verbs.h"
#include "indexer/quotes/subject_finder.h"

namespace dateline {

struct ReportedSpeech {
  TokenRange content;
  Subject subject;  // kNone: nobody is named, "Asked whether …"
  TokenRange cue;
  SpeakerRule rule = SpeakerRule::kNone;
  Confidence confidence = Confidence::kMedium;
  bool is_stripped = false;  // of text without capitals and marks
};

// The complements of a verb that are what somebody says, thinks or wants.
struct ReportingVerb {
  enum Complement : std::uint16_t {
    kThat = 1,             // "argued that …"
    kClause = 2,           // "said …": whatever follows is a clause
    kFinite = 4,           // "suggested the deal was off": a clause only if it has a verb
    kQuestion = 8,         // "asked whether …"
    kInfinitive = 16,      // "vowed to …"
    kAddressee = 32,       // "told reporters …": somebody stands before the complement
    kPhrase = 64,          // "criticized the deal"
    kTopic = 128,          // "called for …"
    kParenthetical = 256,  // "…, she said": may stand behind or inside what is said
  };
  std::uint16_t complements = 0;
  bool is_participle = false;

  [[nodiscard]] bool takes(Complement one) const { return (complements & one) != 0; }
};

// Finds speech that stands in no quotation marks. Built once, used by many.
class IndirectSpeech {
 public:
  IndirectSpeech();

  // What is said is the clause, without the "that" before it and the stop behind it; a clause broken by its
  // attribution ("The group, she said, was ready") is two. It ends with the sentence, or before the next
  // attribution, before a participle or a comparison set off by a comma, at a dash or semicolon. Words in quotation
  // marks may lie inside ("it would “answer every one”"), but no clause begins with them, for then they are a quote of
  // their own. In text without capitals, where no marks tell clauses, only strong verbs right beside a name or pronoun
  // count.
  //
  // returns  in text order, without overlaps; inside a sentence each
  // cost     linear
  [[nodiscard]] std::vector<ReportedSpeech> find(const ArticleWords& words, const SpeechVerbs& verbs) const;

  [[nodiscard]] ReportingVerb verb(const NameToken& token) const;

 private:
  std::unordered_map<std::uint64_t, ReportingVerb> verbs_;  // by hash of the form
  std::bitset<65536> seen_;                                 // low bits of these hashes: most words are no such verb
};

}  // namespace dateline
