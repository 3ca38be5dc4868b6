// SPDX-License-Identifier: GPL-2.0-or-later
//
// How much of a passage stands in another one.
#pragma once

#include <cstdint>
#include <vector>

#include "query/reading/passage_words.h"

namespace dateline {

// The runs of three words of a passage.
class PassageSketch {
 public:
  PassageSketch() = default;
  explicit PassageSketch(const PassageWords& words);

  // The share of the shorter one's runs that the longer one has, 0 to 1. Passages of fewer than three words must be the
  // same. Cost: linear.
  [[nodiscard]] double shared_with(const PassageSketch& other) const;

 private:
  std::vector<std::uint32_t> runs_;  // hashes, ascending, each once
};

}  // namespace dateline
