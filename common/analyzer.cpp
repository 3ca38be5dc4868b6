// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/analyzer.h"

#include <algorithm>

#include "common/words/dictionary_words.h"

namespace dateline {
namespace {

constexpr std::uint32_t kMaxRunCharacters = 1024;  // of CJK, Thai, ... given to ICU at once
constexpr std::uint32_t kMinJoinedDigits = 7;      // a date or a telephone number, not "5-4"

}  // namespace

TokenStream::TokenStream(std::string_view text, AnalyzerPath path)
    : characters_(text, path == AnalyzerPath::kGeneral) {}

void TokenStream::read_part(std::uint32_t at, WordPart& part) {
  if (characters_.at(at).cls == CharClass::kDigit) {
    numbers_.read(at, part);
    return;
  }
  words_.read(at, part);
  acronyms_.join_dotted(part);
}

void TokenStream::push(std::string_view word, ByteSpan span, bool stemmable) {
  queue_[queue_end_++] = {word, span, position_, stemmable};
}

// Reads a word and what is joined to it by hyphens.
void TokenStream::read_hyphenated() {
  const bool is_chained = at_ == chain_next_;
  read_part(at_, parts_[0]);
  if (parts_[0].letter != 0) acronyms_.join_spaced(parts_[0]);
  std::uint32_t count = 1;
  bool joins = !is_chained;
  for (;;) {
    const std::uint32_t end = parts_[count - 1].next;
    const TextCharacter hyphen = characters_.at(end);
    if (hyphen.cls != CharClass::kHyphen) break;
    const std::uint32_t begin = end + hyphen.size;
    if (!begins_word(characters_.at(begin).cls)) break;
    if (is_chained || count == kMaxHyphenParts) {
      chain_next_ = begin;
      joins = false;
      break;
    }
    read_part(begin, parts_[count++]);
  }
  at_ = parts_[count - 1].next;

  bool letters_only = true;
  bool digits_only = true;
  std::uint32_t non_empty = 0;
  joined_.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    const WordPart& part = parts_[i];
    joins = joins && part.joins;
    letters_only = letters_only && part.letters_only;
    digits_only = digits_only && part.digits_only;
    if (part.word.size != 0) ++non_empty;
    if (joins) joined_.append(part.word.view());
  }
  joins = joins && non_empty > 1 && !(digits_only && joined_.size < kMinJoinedDigits);

  for (std::uint32_t i = 0; i < count; ++i) {
    const WordPart& part = parts_[i];
    if (part.word.size == 0) continue;
    push(part.word.view(), part.span, part.letters_only);
    if (part.variant.size != 0) push(part.variant.view(), {part.span.begin, part.variant_end}, false);
    if (joins) push(joined_.view(), {part.span.begin, parts_[count - 1].span.end}, letters_only);
    joins = false;
    ++position_;
  }
}

// Reads one word of a run of CJK, Thai and the like.
void TokenStream::read_segment() {
  if (borders_.empty()) {
    std::uint32_t end = at_;
    std::uint32_t count = 0;
    for (TextCharacter c = characters_.at(end);
         c.cls == CharClass::kUnspaced || c.cls == CharClass::kMark || c.cls == CharClass::kIgnorable;
         c = characters_.at(end)) {
      if (count++ == kMaxRunCharacters) break;
      end += c.size;
    }
    borders_ = find_borders(characters_.text().substr(at_, end - at_));
    for (std::uint32_t& border : borders_) border += at_;
    // Where the run is longer the last word may be, too: leave it to the next slice of the run.
    if (count > kMaxRunCharacters && borders_.size() > 1 && borders_[1] - at_ > (end - at_) / 2) {
      borders_.erase(borders_.begin());
    }
  }
  const ByteSpan span{at_, borders_.back()};
  borders_.pop_back();
  at_ = span.end;
  const std::string folded =
      fold_word(cut_at_character(characters_.text().substr(span.begin, span.size()), kMaxRawWordBytes));
  if (folded.empty()) return;
  WordPart& part = parts_[0];
  part.word.clear();
  part.word.append(folded);
  push(part.word.view(), span, true);
  ++position_;
}

bool TokenStream::next(Token& token) {
  const auto size = static_cast<std::uint32_t>(characters_.text().size());
  while (queue_begin_ == queue_end_) {
    if (!characters_.is_general()) {
      // Most words are ASCII letters between ASCII blanks and punctuation, with nothing to look at.
      while (at_ < size && kAscii.between[characters_.byte(at_)]) ++at_;
      WordBuffer& word = parts_[0].word;
      const std::uint32_t limit = std::min(size - at_, kMaxWordBytes);
      std::uint32_t length = 0;
      for (; length < limit; ++length) {
        const char letter = kAscii.letters[characters_.byte(at_ + length)];
        if (letter == 0) break;
        word.bytes[length] = letter;
      }
      if (length != 0 && is_plain_word(length)) {
        token = {{word.bytes.data(), length}, {at_, at_ + length}, position_++, true};
        at_ += length;
        return true;
      }
    }
    if (at_ >= size) return false;
    queue_begin_ = queue_end_ = 0;
    const TextCharacter c = characters_.at(at_);
    if (!borders_.empty() || c.cls == CharClass::kUnspaced) {
      read_segment();
    } else if (begins_word(c.cls)) {
      read_hyphenated();
    } else {
      at_ += c.size;
    }
  }
  token = queue_[queue_begin_++];
  return true;
}

// Whether the ASCII letters at at_, folded in parts_[0], are a word and no rule has a say in it.
inline bool TokenStream::is_plain_word(std::uint32_t length) const {
  const std::uint32_t end = at_ + length;
  if (end >= characters_.text().size()) return false;
  const std::uint8_t after = characters_.byte(end);
  if (after >= 0x80) {
    const CharClass cls = characters_.at(end).cls;
    if (length == 1 || (cls != CharClass::kSeparator && cls != CharClass::kBlank)) return false;
  } else if (!kAscii.ends_letters[after]) {
    return false;
  }
  if (length > 2) return true;
  if (length == 2)
    return is_small_ascii(characters_.text()[at_]) || std::string_view(parts_[0].word.bytes.data(), 2) != kUs;
  // A single letter: part of an acronym unless a longer word follows.
  if (after == '.') return false;
  return after != ' ' || (end + 2 < characters_.text().size() && kAscii.letters[characters_.byte(end + 1)] != 0 &&
                          kAscii.letters[characters_.byte(end + 2)] != 0);
}

std::vector<OwnedToken> analyze(std::string_view text) {
  std::vector<OwnedToken> tokens;
  TokenStream stream(text);
  for (Token token; stream.next(token);) {
    tokens.push_back({std::string(token.word), token.span, token.position, token.stemmable});
  }
  return tokens;
}

}  // namespace dateline
