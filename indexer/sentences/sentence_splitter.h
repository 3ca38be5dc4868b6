// SPDX-License-Identifier: GPL-2.0-or-later
//
// Normalised text to sentences.
//
// The borders are found by rules of our own, for every script, not by ICU's BreakIterator. Why (measured 2026-11 on
// us_news, 22 MB, CPU time of one core): ICU 72's sentence iterator finds 17 000 borders that are none beside 175 000
// good ones, nearly all after "Mr.", "Sen.", "U.S." and initials; of 150 differences read by eye these rules were right
// in 139 and ICU in 4, the rest is a matter of taste. They run at 410 MB/s, ICU at 190 before any correction. Thai, Lao
// and Khmer, where one might want ICU's dictionaries, have no sentence rules in UAX #29: ICU gives the whole paragraph.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "indexer/sentences/word_count.h"  // what the lengths below are measured with

namespace dateline {

// Splits one article's text into sentences.
//
// text      valid UTF-8, NFC, lines end in \n (see normalize_text), at most 4 GiB; may be empty
// language  ISO 639-1; chooses the words that begin sentences (en, de, fr, es, it, pt, nl, ru), "3. Oktober" (de), ";"
//           as a question mark (el); empty or any other means English
// returns   sentences in text order; spans never overlap, are never empty, neither begin nor end with a blank
//           (White_Space), never cut a character, and cover every non-blank byte
// cost      linear, also for hostile text (megabytes of quotation marks, full stops or blanks)
//
// Marks
//   . ! ? … end a sentence before a blank, 。 ！ ？ । ؟ ۔ and their kin before anything. What closes it stays with it:
//   `“… here.” Svetlana said` is cut after ”, also where blanks lie between (`. . .`, `. ” He`, `GOOD . " MANY`).
//   Straight quotation marks that could open or close are paired from the paragraph's begin on.
//   No border: before a lower-case word (`“Why?” she asked`; not in text of one case, nor for "iPhone"), inside numbers
//   and addresses, after a mark in brackets of its own ("[…]"), before the attribution of a question or a shout
//   (`“Why?” Mr. Peskov asked`, 「…。」と述べた).
//   A lost blank is no matter: "Security.The largest" is cut, "www.Medicare.gov" is not. An ellipsis ends a sentence
//   before a capital; set apart by blanks, only before a word that begins sentences ("The", "He", "But").
// Abbreviations (listed in sentence_words.cpp, by what they want)
//   "Sen.", "Mr.", "v.", "e.g." never end a sentence; "No.", "p." go on before a number; "U.S.", "Inc.", "Jr.",
//   "Calif.", "Oct.", initials, anything like "Ph.D." end one only before a word that begins sentences ("the U.S. He
//   left", but "the U.S. Senate"); "a.m." goes on before a day, a month, a time zone. "1." and "IV." at the head go
//   with their item.
// Lines
//   A blank line is a border always. Whether a single line end is one depends on the article: in a text wrapped at a
//   column (told by lines that break off before a lower-case word), it is one before an indent or a bullet, and where
//   the next word would have found room on the line; else it is one unless the next line goes on in lower case.
//   A bullet between blanks is a border too.
// Text without marks (the stripped kind: less than one of . , ; : ! ? ( and quotation marks in 40 words, for 120 bytes
// or more)
//   is cut at runs of two or more blanks, and before the capital of a word that begins sentences; of these the
//   likeliest are taken that give kMinStrippedWords to kMaxSentenceWords words. A longer stretch without such a border
//   is cut into even parts. A sentence is shorter only where the stretch beside it is too long to join.
// No sentence is longer than kMaxSentenceBytes: longer ones are cut at a blank, else between characters.
[[nodiscard]] std::vector<Sentence> split_sentences(std::string_view text, std::string_view language = "en");

inline constexpr unsigned kMinStrippedWords = 12;
inline constexpr unsigned kMaxSentenceWords = 60;
inline constexpr unsigned kMaxSentenceBytes = 2000;

}  // namespace dateline
