// SPDX-License-Identifier: GPL-2.0-or-later
//
// The figures that scores are sums of.
#pragma once

#include <algorithm>
#include <cmath>

namespace dateline {

// To a multiple of 2^-24: sums of such figures are exact in any order. Xapian adds the weights of terms up in the order
// of their frequency in a segment, so the last digits depend on how the collection is cut into segments; the rest does
// not.
[[nodiscard]] inline double rounded_score(double value) {
  constexpr double kStep = 1.0 / (1 << 24);
  return std::nearbyint(value / kStep) * kStep;
}

// How much it tells that a word which stands in `frequency` of so many passages stands in one.
[[nodiscard]] inline double idf(double passages, double frequency) {
  return std::log(1 + (passages - std::min(passages, frequency) + 0.5) / (frequency + 0.5));
}

}  // namespace dateline
