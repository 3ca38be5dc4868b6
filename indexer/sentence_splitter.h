// SPDX-License-Identifier: GPL-2.0-or-later
//
// Normalised text to sentences.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/article.h"

namespace dateline {

// Splits one article's text into sentences.
//
// text      valid UTF-8, NFC, lines end in \n (see normalize_text); may be empty
// language  ISO 639-1; chooses ICU's rules; empty means English
// returns   sentences in text order; spans never overlap, are never empty, neither begin nor end with a blank,
//           never cut a character, and cover every non-blank byte
// rules     ICU's sentence boundaries (UAX #29), then: no boundary after an abbreviation that wants more ("Sen.",
//           "Mr.", "Jr." before a lower-case word, "No. 5", "U.S. group", initials as in "J. F. Kennedy", "a.m." before
//           lower case), none inside a number, none before the closing quotation mark of a sentence that ends inside
//           it (the boundary comes after the mark: `"… here.” Svetlana said` is cut after ”), none between a closing
//           quotation mark and the lower-case attribution that follows (`"Why?” she asked` is one sentence). A blank
//           line, and a line break before or after a line that is no running text (a heading, a caption), is a
//           boundary always; a single line break inside a wrapped paragraph is not.
//           Text without punctuation (the stripped kind: hardly any of . ! ? in a long stretch) is cut at runs of two
//           or more blanks, joined to at least kMinStrippedWords words, and at kMaxSentenceWords words at the latest.
//           No sentence is longer than kMaxSentenceBytes: longer ones are cut at a blank, else between characters.
// cost      linear, also for hostile text (megabytes of quotation marks, full stops or blanks)
[[nodiscard]] std::vector<Sentence> split_sentences(std::string_view text, std::string_view language = "en");

// Words of a text, as lengths are measured: runs between blanks or dashes that hold a letter or a digit; two Han or kana
// characters, or five Thai, Lao, Burmese or Khmer ones, count as a word, and so do every 32 bytes of a longer run.
[[nodiscard]] std::uint32_t count_words(std::string_view text);

inline constexpr unsigned kMinStrippedWords = 12;
inline constexpr unsigned kMaxSentenceWords = 60;
inline constexpr unsigned kMaxSentenceBytes = 2000;

}  // namespace dateline
