// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/words/acronym_reader.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace dateline {
namespace {

// Bounds of every look ahead and back; each is well above what news holds.
constexpr std::uint32_t kMaxAcronymLetters = 8;
constexpr std::uint32_t kMaxNeighbourBytes = 64;  // to each side of "US" in capitals
constexpr std::uint32_t kMaxNeighbours = 3;       // words, likewise

// After these an s or t is no ending, so it may begin an acronym: "the s e c", "on t v".
bool takes_no_ending(std::string_view word) {
  constexpr std::array<std::string_view, 14> kWords = {"a",  "an", "and", "at", "by",  "for", "from",
                                                       "in", "of", "on",  "or", "the", "to",  "with"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// After these a d is a contraction: "they d".
bool takes_would(std::string_view word) {
  constexpr std::array<std::string_view, 11> kWords = {"i",  "you",  "he",   "she",   "we", "they",
                                                       "it", "that", "what", "there", "who"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

void make_acronym(WordPart& part) {
  part.letter = 0;
  part.joins = false;
  if (part.word.view() == kUs) {
    part.word.append(".");
    part.letters_only = false;
  }
}

}  // namespace

void AcronymReader::join_dotted(WordPart& part) {
  if (part.letter != 0) {
    join_dotted_letters(part);
  } else if (part.capitals && part.word.view() == kUs && !is_between_capitals(part.span)) {
    make_acronym(part);
  }
}

// True if the word at `span`, in capitals, stands in a line of capitals and not at a begin, where the pronoun "us"
// never stands: see "Acronyms".
bool AcronymReader::is_between_capitals(ByteSpan span) const {
  const TextCharacter blank = characters_.before(span.begin);
  if (blank.cls != CharClass::kBlank) return false;
  if (characters_.before(span.begin - blank.size).letter_case != LetterCase::kCapital) return false;

  // Feeds characters outwards from the word; false when enough of them are seen.
  bool small_seen = false;
  bool in_word = false;
  std::uint32_t words = 0;
  const auto go_on = [&](const TextCharacter& c) {
    small_seen = small_seen || c.letter_case == LetterCase::kSmall;
    if (c.cls == CharClass::kLetter) {
      in_word = true;
    } else if (in_word && (c.cls == CharClass::kBlank || c.cls == CharClass::kSeparator)) {
      in_word = false;
      ++words;
    }
    return !small_seen && words < kMaxNeighbours && c.value != '\n' && c.size != 0;
  };
  for (std::uint32_t at = span.begin; span.begin - at < kMaxNeighbourBytes;) {
    const TextCharacter c = characters_.before(at);
    if (!go_on(c)) break;
    at -= c.size;
  }
  in_word = false;
  words = 0;
  for (std::uint32_t at = span.end; at - span.end < kMaxNeighbourBytes;) {
    const TextCharacter c = characters_.at(at);
    if (!go_on(c)) break;
    at += c.size;
  }
  return !small_seen;
}

// True if the single letter at `at` is what stripping left of a possessive or contraction of the word before.
bool AcronymReader::is_left_over(std::uint32_t at) const {
  const char letter = to_lower(static_cast<char>(characters_.at(at).value));
  if (letter != 's' && letter != 't' && letter != 'd' && letter != 'm') return false;
  const TextCharacter blank = characters_.before(at);
  if (blank.cls != CharClass::kBlank) return false;
  const std::uint32_t word_end = at - blank.size;
  if (characters_.before(word_end).cls != CharClass::kLetter) return false;

  std::array<char, 6> word{};  // the end of the word before; longer ones are in no list
  std::size_t begin = word.size();
  for (at = word_end; begin > 0;) {
    const TextCharacter c = characters_.before(at);
    if (c.cls != CharClass::kLetter) break;
    word[--begin] = c.value < 0x80 ? to_lower(static_cast<char>(c.value)) : '?';
    at -= c.size;
  }
  const std::string_view before(word.data() + begin, word.size() - begin);
  switch (letter) {
    case 's':
      return !takes_no_ending(before);
    case 't':
      return before.back() == 'n' && !takes_no_ending(before);  // don, isn, can, ...
    case 'd':
      return takes_would(before);
    default:
      return before == "i";
  }
}

// Makes the single letter of `part` the acronym "U.S." if more such letters follow it.
void AcronymReader::join_dotted_letters(WordPart& part) {
  const bool is_chained = part.span.begin == chain_next_;
  WordBuffer word = part.word;
  std::uint32_t next = part.next;
  std::uint32_t end = part.span.end;
  std::uint32_t second = 0;
  std::uint32_t count = 1;
  bool ends = part.has_ending;
  for (TextCharacter stop = characters_.at(next); stop.value == '.' && !ends; stop = characters_.at(next)) {
    const std::uint32_t at = next + stop.size;
    if (characters_.at(at).cls != CharClass::kLetter) break;
    WordPart letter;
    words_.read(at, letter);
    if (letter.letter == 0) break;
    if (count == 1) second = at;
    if (is_chained || count == kMaxAcronymLetters) {
      chain_next_ = second;
      return;
    }
    word.append(letter.word.view());
    next = letter.next;
    end = letter.span.end;
    ends = letter.has_ending;
    ++count;
  }
  if (count == 1) return;
  if (const TextCharacter stop = characters_.at(next); stop.value == '.' && !ends) {
    next += stop.size;
    end = next;
  }
  part.word = word;
  part.span.end = end;
  part.next = words_.skip_ending(next);
  make_acronym(part);
}

void AcronymReader::join_spaced(WordPart& part) {
  if (part.letter >= 0x80 || part.has_ending) return;
  struct Letter {
    std::uint32_t begin, end;
  };
  std::array<Letter, kMaxAcronymLetters> letters;
  std::array<char, kMaxAcronymLetters> word;
  letters[0] = {part.span.begin, part.next};
  word[0] = to_lower(static_cast<char>(part.letter));
  std::uint32_t count = 1;
  bool has_hyphen = false;
  for (TextCharacter blank = characters_.at(part.next); blank.cls == CharClass::kBlank && !has_hyphen;) {
    const std::uint32_t begin = letters[count - 1].end + blank.size;
    const TextCharacter c = characters_.at(begin);
    if (c.cls != CharClass::kLetter || c.value >= 0x80) break;
    if ((c.letter_case == LetterCase::kCapital) != part.capitals) break;
    const std::uint32_t end = begin + c.size;
    const TextCharacter after = characters_.at(end);
    if (continues_word(after.cls) || after.cls == CharClass::kIgnorable || after.value == '.') break;
    const CharClass beyond = characters_.at(end + after.size).cls;
    if (after.cls == CharClass::kApostrophe && beyond == CharClass::kLetter) break;
    has_hyphen = after.cls == CharClass::kHyphen && begins_word(beyond);
    if (part.span.begin == chain_next_ || count == kMaxAcronymLetters) {
      chain_next_ = count == 1 ? begin : letters[1].begin;
      return;
    }
    letters[count] = {begin, end};
    word[count++] = to_lower(static_cast<char>(c.value));
    blank = after;
  }
  std::string_view joined(word.data(), count);
  if (has_hyphen && !joined.ends_with(kUs)) joined.remove_suffix(1);  // "plan a b-movie"
  if (joined.size() > 2) {
    const std::string_view last = joined.substr(joined.size() - 2);
    if (last == kUs || last == "un" || last == "uk" || last == "eu") joined.remove_suffix(2);
  }
  if (joined.size() < 2 || joined.find_first_not_of("aeioy") == std::string_view::npos) return;
  for (const std::string_view contraction : {"im", "id", "ima", "ida"}) {  // "i m a member", but not "i m f"
    if (joined == contraction) return;
  }
  if (is_left_over(part.span.begin)) return;

  const std::uint32_t end = letters[joined.size() - 1].end;
  part.word.clear();
  part.word.append(joined);
  part.span.end = end;
  part.next = end;
  make_acronym(part);
}

}  // namespace dateline
