// SPDX-License-Identifier: GPL-2.0-or-later
//
// Speech in text without capitals and marks: only gaps, verbs, and who stands right beside them tell it.
#pragma once

#include <cstdint>
#include <optional>

#include "indexer/names/name_tokens.h"
#include "indexer/quotes/clause_reader.h"
#include "indexer/quotes/reported_speech.h"
#include "indexer/quotes/speech_verbs.h"

namespace dateline {

// What the verb at `i` reports: what stands behind it up to the next gap, or before it from the gap before.
//
// block    the stripped paragraph around it
// clauses  is set to read what stands between the gaps around the verb
// returns  medium confidence; nothing if the word is no reporting verb
// cost     bounded
[[nodiscard]] std::optional<ReportedSpeech> stripped_speech(std::uint32_t i, const NameParagraph& block,
                                                            ClauseReader& clauses, const SpeechVerbs& verbs);

}  // namespace dateline
