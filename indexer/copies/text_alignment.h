// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where the words of one text stand in a copy of it, whatever became of its case, marks, figures, accents and lines.
#pragma once

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

 private:
  // The letters of a text, and where each stands: several may be one character's.
  struct Letters {
    explicit Letters(std::string_view text);

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

}  // namespace dateline
