// SPDX-License-Identifier: GPL-2.0-or-later
//
// The only tokenizer: text to folded words, for articles and for queries alike. Knows no Xapian and does not stem; the
// stemmer turns a word into a term.
//
// A word is what Unicode's word rules say (letters, digits and marks; CJK, Thai, Lao, Khmer and Burmese by ICU's
// dictionaries), with the rules of news on top. Each row: text -> words, those at one position joined by '|':
//
//   Peskov's, Peskov’s, Peskovs'        peskov peskov peskovs           a possessive goes; "peskov s" stays two words
//   we're, I'll, they've, he'd, I'm     we i they he i                  so do these endings: "ill" is another word
//   O'Neill, O’Neill, 't Hooft, don't   oneill oneill t hooft dont      any other apostrophe inside a word joins it
//   co-operation, al-Sayed              co|cooperation operation ...    see "Hyphens"
//   U.S., u.s., US, u s                 us. us. us. us.                 see "Acronyms"; the pronoun "us" is "us"
//   U.N., u n, F.B.I., f b i, UN        un un fbi fbi un
//   1,000  3.5  1st  $5  50%  10:30     1000 3.5 1|1st 5|$5 50|50% 10:30    see "Numbers"
//
// Apostrophes are ' ’ ʼ and what stands for them in the wild: ‘ ` ´ ʻ ("Hawai‘i" -> hawaii). Soft hyphens and
// zero-width joiners inside a word are passed over. Symbols, emoji, underscores and dashes only separate.
//
// Hyphens: every part is a word of its own; the parts joined are one more word, at the position of the first part, with
//   the span of the whole: "al-Sayed" -> al|alsayed sayed. So the whole, the parts and the closed spelling find one
//   another. Not joined: more than four parts; parts of which one is an acronym ("U.S.-led" -> us. led) or a number
//   with a point or a second form; digits alone, unless seven or more of them: "2017-07-10" -> 2017|20170710 07 10, but
//   the score "5-4" -> 5 4.
// Acronyms: two to eight single letters are one word, the letters joined, if a full stop follows each ("U.S.", "u.n.";
//   the last one may be missing: "U.S") or if exactly one blank sets each apart from the next ("u s", "f b i": what is
//   left of them in stripped text). "us" got that way ends in a stop ("us."), so that it differs from the pronoun.
//   So does US in capitals, unless it may be the pronoun in a line of capitals: a word in capitals stands directly
//   before ("CONTACT US"), and of up to three words to each side in the line none has a small letter.
//   Letters set apart by blanks must be ASCII, of one case, and more than the one-letter words a, e, i, o, y. They do
//   not begin with what is left of a possessive or contraction ("trump s u n speech", "don t", "i m"). The pairs us,
//   un, uk and eu at their end are acronyms by themselves ("a u s senator", "washington d c u s senator").
// Numbers: separators between groups of three digits go ("1,000", "1'000", "1 000" with a no-break blank, "1.000.000",
//   "1.000,50" -> 1000.50); a decimal point stays ("3.5"), so does a clock time ("10:30"). Digits in other chains are
//   words of their own ("1,2,3", "192.168.0.1"). Letters that follow belong to the word ("1990s", "5bn"), but not am
//   and pm. Beside the number stands, at its position, what it is an amount of: "$5" -> 5|$5 (both with the span of the
//   whole), "5 €" -> 5|€5, "50%", "50 percent", "50 per cent" -> 50|50% (percent is a word, too), "1st" -> 1|1st,
//   "1990's" -> 1990|1990s.
//
// Cost: linear, with bounded looks ahead and back; no allocation a token for ASCII. ASCII text takes a fast path that
// gives the same words as the general one: 230-270 MB/s a core on 137 MB of US news against 29; where most words hold
// Cyrillic letters 50 MB/s, Chinese 10 (g++ 12 -O2, busy machine, November 2026).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/words/acronym_reader.h"
#include "common/words/number_reader.h"
#include "common/words/word_reader.h"

namespace dateline {

struct Token {
  std::string_view word;  // folded (see fold in text.h), at most kMaxWordBytes; valid until the next call of next()
  ByteSpan span;          // in the text as handed in: the characters that made the word
  std::uint32_t position = 0;  // ordinal of the word in the text; variants of a word share one
  bool stemmable = false;      // letters only, however they were written: one word, one term ("F.B.I." and "fbi")
};

// Part of the index's fingerprint: raised whenever the words of any text change.
inline constexpr std::uint32_t kAnalyzerVersion = 1;

// Which path looks at the text; only tests choose.
enum class AnalyzerPath { kFast, kGeneral };

// Gives the words of one text in order of their begin.
//
// text    valid UTF-8, less than 4 GiB; must outlive the stream
// errors  std::runtime_error if ICU lacks its dictionaries
class TokenStream {
 public:
  explicit TokenStream(std::string_view text, AnalyzerPath path = AnalyzerPath::kFast);
  TokenStream(const TokenStream&) = delete;
  TokenStream& operator=(const TokenStream&) = delete;

  // Moves to the next word; false at the end, `token` is then unchanged.
  bool next(Token& token);

 private:
  static constexpr std::uint32_t kMaxHyphenParts = 4;

  [[nodiscard]] bool is_plain_word(std::uint32_t length) const;

  void read_part(std::uint32_t at, WordPart& part);
  void read_hyphenated();
  void read_segment();
  void push(std::string_view word, ByteSpan span, bool stemmable);

  TextCharacters characters_;
  WordReader words_{characters_};
  NumberReader numbers_{words_};
  AcronymReader acronyms_{words_};
  std::uint32_t at_ = 0;
  std::uint32_t position_ = 0;
  std::uint32_t chain_next_ = UINT32_MAX;  // where the rest of a chain of hyphens too long to be joined begins
  // Words read but not yet given; they point into parts_ and joined_.
  std::array<Token, 2 * kMaxHyphenParts + 1> queue_;
  std::uint32_t queue_begin_ = 0;
  std::uint32_t queue_end_ = 0;
  std::array<WordPart, kMaxHyphenParts> parts_;
  WordBuffer joined_;
  // Borders of the words in a run of CJK, Thai and the like, the next one first.
  std::vector<std::uint32_t> borders_;
};

// The same with an owned copy of every word, for short texts: queries, titles.
struct OwnedToken {
  std::string word;
  ByteSpan span;
  std::uint32_t position = 0;
  bool stemmable = false;
};
[[nodiscard]] std::vector<OwnedToken> analyze(std::string_view text);

}  // namespace dateline
