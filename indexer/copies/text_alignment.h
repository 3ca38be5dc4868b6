// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where the words of one text stand in a copy of it, whatever became of its case, marks, figures, accents and lines.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "common/article.h"

namespace dateline {

// Looks at folded letters alone, as a Fingerprint does. Shingles that stand once in either text tie the texts together,
// and what is the same before and behind each belongs to it; so parts may be cut out, put in or moved.
class TextAlignment {
 public:
  // Both valid UTF-8; they must outlive it. Cost: n log n in the letters; some 40 bytes of memory a letter.
  TextAlignment(std::string_view from, std::string_view to);

  // span     of `from`
  // returns  where in `to` its letters stand, from the first to the last of them, with the figures at its ends if `to`
  //          has the same. Nothing if one of those two has no counterpart, if a tenth of the letters between them has
  //          none, or if those are in another order; or if there are no letters.
  // cost     logarithmic
  [[nodiscard]] std::optional<ByteSpan> find(ByteSpan span) const;

  // A stretch between two letters of `from`, or before the first or behind the last, and what stands there in `to`.
  struct Gap {
    ByteSpan from;
    ByteSpan to;
  };

  // span     of `from`
  // returns  the gap that it lies in. Letters in the span belong to the gap. Nothing if one of them or one that borders
  //          on the gap has no counterpart, or `to` has others between them.
  // cost     logarithmic
  [[nodiscard]] std::optional<Gap> find_gap(ByteSpan span) const;

 private:
  // The letters of a text, and where each stands: several may be one character's.
  struct Letters {
    explicit Letters(std::string_view text);

    // The first one that begins at or behind the byte `at`.
    [[nodiscard]] std::uint32_t next(std::uint32_t at) const;
    // From behind the letter before the `first` up to the letter `end`.
    [[nodiscard]] ByteSpan gap(std::string_view text, std::uint32_t first, std::uint32_t end) const;

    std::vector<char32_t> letters;
    std::vector<ByteSpan> places;
  };

  // Letters in a row that are the same in both.
  struct Block {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t size = 0;
    std::uint32_t size_before = 0;    // of all blocks before it
    std::uint32_t breaks_before = 0;  // how often, up to it, a block is in `to` before the one it follows
  };

  [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> find_anchors() const;
  void make_blocks();
  [[nodiscard]] const Block* block_of(std::size_t letter) const;

  std::string_view from_text_;
  std::string_view to_text_;
  Letters from_;
  Letters to_;
  std::vector<Block> blocks_;  // in the order of `from`
};

// Puts what was copied, each with a `span`, in text order, and drops what begins before the one before it ends: figures
// between two of them may seem to be of both.
template <typename Spanned>
void drop_overlapping(std::vector<Spanned>& copied) {
  std::sort(copied.begin(), copied.end(), [](const Spanned& a, const Spanned& b) {
    return std::pair(a.span.begin, a.span.end) < std::pair(b.span.begin, b.span.end);
  });
  std::uint32_t behind = 0;
  std::erase_if(copied, [&](const Spanned& one) {
    if (one.span.begin < behind) return true;
    behind = one.span.end;
    return false;
  });
}

}  // namespace dateline
