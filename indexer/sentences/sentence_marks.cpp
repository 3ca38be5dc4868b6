// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentences/sentence_marks.h"

#include <unicode/uchar.h>

namespace dateline {
namespace {

using std::size_t;

// First bytes of all marks.
constexpr ByteSet kCandidates = make_byte_set({'\n', '!', '.', '?', 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF});
constexpr ByteSet kGreekCandidates =
    make_byte_set({'\n', '!', '.', ';', '?', 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF});

// The commonest marks that close.
bool closes(UChar32 code) {
  return code == '"' || code == '\'' || code == ')' || code == ']' || code == 0x2019 || code == 0x201D || code == 0xBB;
}

bool is_double_quote(UChar32 code) {
  return code == '"' || code == 0xAB || code == 0xBB || (code >= 0x201C && code <= 0x201F) ||
         (code >= 0x300C && code <= 0x300F);
}

// Does a character beyond ASCII belong to the run before it?
bool closes_run(UChar32 code, UChar32 after) {
  const bool before_word = is_letter(after) || is_digit(after);
  switch (u_charType(code)) {
    case U_FORMAT_CHAR:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_END_PUNCTUATION:
      return true;
    case U_FINAL_PUNCTUATION:  // ” may lack its blank; ’ and » before a word begin something
      return !before_word || code == 0x201D;
    case U_INITIAL_PUNCTUATION:  // closes in German („…“) and Danish (»…«)
      return !before_word;
    default:
      return false;
  }
}

}  // namespace

Mark mark_of(UChar32 code) {
  switch (code) {
    case '.':
      return Mark::kStop;
    case '!':
    case '?':
    case 0x203C:
    case 0x2047:
    case 0x2048:
    case 0x2049:
      return Mark::kShout;
    case 0x2026:
      return Mark::kEllipsis;
    case 0x0589:  // Armenian
    case 0x061F:
    case 0x06D4:  // Arabic, Urdu
    case 0x0964:
    case 0x0965:  // danda
    case 0x104B:  // Burmese
    case 0x1362:
    case 0x1367:
    case 0x1368:  // Ethiopic
    case 0x17D4:
    case 0x17D5:  // Khmer
    case 0x1803:
    case 0x1809:  // Mongolian
    case 0x3002:
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
      return Mark::kFull;
    default:
      if (is_line_end(code)) return Mark::kLineEnd;
      return is_bullet(code) ? Mark::kBullet : Mark::kNone;
  }
}

MarkReader::MarkReader(std::string_view text, std::string_view language)
    : text_(text),
      french_(language == "fr"),
      greek_(language == "el"),
      candidates_(greek_ ? kGreekCandidates : kCandidates) {}

void MarkReader::begin_paragraph(size_t at) {
  quotes_seen_ = at;
  quotes_open_ = false;
}

size_t MarkReader::find_candidate(size_t at) const {
  const size_t size = text_.size();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text_.data());
  while (at < size && !candidates_[bytes[at]]) ++at;
  return at;
}

MarkRun MarkReader::read_run(size_t at) {
  MarkRun run;
  run.begin = run.end = at;
  run.detached = is_blank(character_before(text_, at).code);
  unsigned closers = 0;
  for (;;) {
    const Character c = character_at(text_, run.end);
    const Mark mark = mark_in_language(c.code);
    size_t bytes = c.bytes;
    if (mark == Mark::kStop) {
      run.again = run.again || closers > 0;
      ++run.stops;
    } else if (mark == Mark::kShout) {
      run.shout = true;
    } else if (mark == Mark::kEllipsis) {
      run.ellipsis = true;
    } else if (mark == Mark::kFull) {
      run.full = true;
    } else {
      bytes = closer_at(run.end, run);
      closers += bytes > 0;
    }
    if (bytes == 0) bytes = detached_at(run.end, run);
    if (bytes == 0) return run;
    run.end += bytes;
  }
}

// Bytes of the closing mark at `at`; 0 if there is none.
size_t MarkReader::closer_at(size_t at, MarkRun& run) {
  const Character c = character_at(text_, at);
  if (c.bytes == 0 || is_blank(c.code)) return 0;
  const UChar32 after = character_at(text_, at + c.bytes).code;
  const bool before_word = is_letter(after) || is_digit(after);
  switch (c.code) {
    case ')':
    case ']':
    case '}':
    case '*':
    case '_':
      return 1;
    case '\'':
      return before_word ? 0 : 1;
    case '"':
      if (before_word && !quotes_open(at)) return 0;
      run.closed = true;
      return 1;
    case '[': {  // a footnote's number
      size_t end = at + 1;
      while (end < text_.size() && is_digit(character_at(text_, end).code) && end - at < 5) ++end;
      return end > at + 1 && end < text_.size() && text_[end] == ']' ? end + 1 - at : 0;
    }
    default:
      break;
  }
  if (c.code < 0x80 || !closes_run(c.code, after)) return 0;
  run.closed = run.closed || is_double_quote(c.code);
  return c.bytes;
}

// Bytes of blanks and a mark behind them that belongs to the run still; 0 if there is none.
size_t MarkReader::detached_at(size_t at, const MarkRun& run) {
  constexpr size_t kMostBlanks = 3;
  if (run.full) return 0;
  size_t mark_at = at;
  for (size_t blanks = 0; blanks < kMostBlanks; ++blanks) {
    const Character c = character_at(text_, mark_at);
    if (!is_blank(c.code) || mark_of(c.code) == Mark::kLineEnd) break;
    mark_at += c.bytes;
  }
  if (mark_at == at) return 0;
  const Character c = character_at(text_, mark_at);
  const UChar32 after = character_at(text_, mark_at + c.bytes).code;
  const bool set_apart = after == 0 || is_blank(after) || after == ',' || closes(after);
  switch (mark_of(c.code)) {
    case Mark::kStop:
      return set_apart || after == '.' ? mark_at - at : 0;
    case Mark::kShout:
    case Mark::kEllipsis:
      return set_apart ? mark_at - at : 0;
    default:
      break;
  }
  if (c.code == ')' || c.code == ']') return mark_at - at;
  if (c.code == '"') return set_apart && quotes_open(mark_at) ? mark_at - at : 0;
  if (c.code == 0x201D || (c.code == 0xBB && french_)) return set_apart || after == '.' ? mark_at - at : 0;
  return 0;
}

bool MarkReader::quotes_open(size_t at) {
  for (; quotes_seen_ < at; ++quotes_seen_) quotes_open_ ^= text_[quotes_seen_] == '"';
  return quotes_open_;
}

}  // namespace dateline
