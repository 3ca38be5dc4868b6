// SPDX-License-Identifier: GPL-2.0-or-later
//
// The verbs that news attributes words with.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "indexer/names/name_tokens.h"
#include "indexer/names/names_model.h"

namespace dateline {

struct SpeechVerb {
  enum Strength : std::uint8_t {
    kNo,      // no verb of speech
    kWeak,    // of thought, or one at times: "hopes", "reads"
    kPlain,   // brings somebody's words, or a few of them: "called", "urged"
    kStrong,  // is one: "said"
  } strength = kNo;
  bool is_participle = false;   // "saying": its subject is the clause's
  bool may_be_passive = false;  // "called": of whom or what is called so, too
  bool is_base = false;         // "call": of one person it is a noun

  explicit operator bool() const { return strength != kNo; }
};

// English; of German, French, Russian and Spanish the commonest.
class SpeechVerbs {
 public:
  // The model's list of reporting verbs, and lists of our own: forms beyond it, and which are strong.
  explicit SpeechVerbs(const NamesModel& model) : SpeechVerbs() { model_ = &model; }

  [[nodiscard]] SpeechVerb find(const TokenizedText& text, const NameToken& token) const;

 private:
  SpeechVerbs();

  const NamesModel* model_ = nullptr;
  std::unordered_map<std::uint64_t, SpeechVerb> own_;  // by hash of the form
};

}  // namespace dateline
