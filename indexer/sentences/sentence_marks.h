// SPDX-License-Identifier: GPL-2.0-or-later
//
// Marks that may end a sentence, and what closes them: finds them and reads them. Whether one does end a sentence is
// for sentence_splitter.cpp to say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unicode/utf8.h>

#include "indexer/sentences/characters.h"

namespace dateline {

enum class Mark : std::uint8_t {
  kNone,
  kStop,      // .
  kShout,     // ! ?
  kEllipsis,  // …
  kFull,      // ends a sentence without a blank after it: 。 ！ ？ । ؟ ۔
  kBullet,
  kLineEnd,
};

[[nodiscard]] Mark mark_of(UChar32 code);

// Terminators with the closing marks that belong to them: `.`, `?!”`, `. . .`, `.)”`.
struct MarkRun {
  std::size_t begin = 0;
  std::size_t end = 0;
  unsigned stops = 0;
  bool shout = false;
  bool ellipsis = false;
  bool full = false;
  bool closed = false;    // by a closing quotation mark
  bool detached = false;  // a blank stands before the first mark
  bool again = false;     // a full stop after a closing mark: "(R-S.C.)."
};

// Reads the marks of one text from its begin to its end. Straight quotation marks, which could open or close, are
// paired on the way, from each paragraph's begin on. Linear, if runs are read in the text's order.
class MarkReader {
 public:
  // text      must outlive the reader
  // language  in Greek (el) ";" asks, in French (fr) "»" may close after a blank
  MarkReader(std::string_view text, std::string_view language);

  // No quotation mark before `at` counts any longer.
  void begin_paragraph(std::size_t at);

  // The first place from `at` on where mark_in_language may tell a mark; the text's size if there is none.
  [[nodiscard]] std::size_t find_candidate(std::size_t at) const;

  [[nodiscard]] Mark mark_in_language(UChar32 code) const {
    return code == ';' && greek_ ? Mark::kShout : mark_of(code);
  }

  // Reads terminators and what closes them. A mark set apart by blanks belongs to the run too: `. . .`, `. ” He`,
  // `! )`. A terminator begins at `at`.
  [[nodiscard]] MarkRun read_run(std::size_t at);

 private:
  std::size_t closer_at(std::size_t at, MarkRun& run);
  std::size_t detached_at(std::size_t at, const MarkRun& run);
  bool quotes_open(std::size_t at);

  std::string_view text_;
  bool french_;
  bool greek_;
  const ByteSet& candidates_;

  std::size_t quotes_seen_ = 0;  // straight quotation marks are counted from the paragraph's begin to here
  bool quotes_open_ = false;
};

}  // namespace dateline
