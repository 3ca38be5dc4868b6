// SPDX-License-Identifier: GPL-2.0-or-later
//
// The words by which reported clauses are told: verbs with what they bring, and the small words at a clause's borders.
#pragma once

#include <bitset>
#include <cstdint>
#include <unordered_map>

#include "indexer/names/name_tokens.h"

namespace dateline {

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
    kObject = 1024,        // "urged both sides to …": who is to do something belongs to it
    kEuropean = 512,       // "sagte", "a précisé": EuropeanSpeech reads these
  };
  std::uint16_t complements = 0;
  bool is_participle = false;

  explicit operator bool() const { return complements != 0; }
  [[nodiscard]] bool takes(Complement one) const { return (complements & one) != 0; }
};

enum class ClauseRole : std::uint32_t {
  kSubject = 1,          // "she", "there": a clause begins here
  kFinite = 2,           // "was", "will"
  kBeing = 4,            // "was", "got": behind it a verb is passive
  kQuestion = 8,         // "whether"
  kPreposition = 16,     // "during"
  kTime = 32,            // "Monday", "later"
  kDeterminer = 64,      // "the", "her"
  kAdjunct = 128,        // behind an attribution and its comma, it does not go on with the speech: "who", "in"
  kBeforeVerb = 256,     // may stand between subject and verb: "also"
  kLink = 512,           // "but": opens a sentence and is no part of what is said
  kSubordinator = 1024,  // "while"
  kEndsSpeech = 2048,    // behind a comma, it is the reporter's again: "compared"
  kPast = 4096,          // "would", "had": of what somebody said
  kPresent = 8192,       // "is", "has": of what the reporter knows
  // Of other languages than English
  kThat = 1 << 14,          // "dass", "que"
  kAuxiliary = 1 << 15,     // before a participle: "a", "habe"
  kHeOrShe = 1 << 16,       // a subject: "elle"
  kHimOrHer = 1 << 17,      // of "selon lui", "nach ihren Worten"
  kNot = 1 << 18,           // "nicht"
  kOf = 1 << 19,            // what follows is no subject: "de", "von"
  kReportedMood = 1 << 20,  // German verbs of reported speech: "habe"
  kAnd = 1 << 21,
  kAccordingTo = 1 << 22,  // "selon"
  kWords = 1 << 23,        // of "nach Angaben", "по словам"
};

// Built once, used by many.
class ClauseLexicon {
 public:
  ClauseLexicon();

  // What the verb may bring; nothing if it is no such verb.
  [[nodiscard]] ReportingVerb verb(const NameToken& token) const { return entry(token).verb; }
  [[nodiscard]] bool has(const NameToken& token, ClauseRole role) const {
    return (entry(token).roles & static_cast<std::uint32_t>(role)) != 0;
  }

 private:
  struct Entry {
    ReportingVerb verb;
    std::uint32_t roles = 0;
  };

  [[nodiscard]] Entry entry(const NameToken& token) const;

  std::unordered_map<std::uint64_t, Entry> words_;  // by hash of the form
  std::bitset<65536> seen_;                         // low bits of these hashes: most words are none of them
};

}  // namespace dateline
