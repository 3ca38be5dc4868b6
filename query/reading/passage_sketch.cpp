// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/passage_sketch.h"

#include <algorithm>
#include <string_view>

namespace dateline {
namespace {

constexpr std::uint64_t kPrime = 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio: odd, without pattern
constexpr std::size_t kRun = 3;
constexpr std::size_t kSampled = 40;

std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = word.size();
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  return hash ^ hash >> 29;
}

}  // namespace

PassageSketch::PassageSketch(const PassageWords& words) {
  std::vector<std::uint64_t> hashes;
  std::uint32_t last = UINT32_MAX;
  for (const PassageWord& word : words.all()) {
    if (word.position == last) continue;  // one form of a word is enough
    last = word.position;
    hashes.push_back(hash_of(words.folded(word)));
  }
  if (hashes.empty()) return;
  const std::size_t run = std::min(kRun, hashes.size());
  for (std::size_t begin = 0; begin + run <= hashes.size(); ++begin) {
    std::uint64_t joined = run;
    for (std::size_t i = begin; i < begin + run; ++i) joined = (joined + hashes[i]) * kPrime;
    runs_.push_back(static_cast<std::uint32_t>(joined >> 32));
  }
  std::sort(runs_.begin(), runs_.end());
  runs_.erase(std::unique(runs_.begin(), runs_.end()), runs_.end());
}

double PassageSketch::shared_with(const PassageSketch& other) const {
  if (runs_.empty() || other.runs_.empty()) return 0;
  std::size_t shared = 0;
  std::size_t steps = 0;
  for (auto a = runs_.begin(), b = other.runs_.begin(); a != runs_.end() && b != other.runs_.end();) {
    // The lowest hashes are a sample: most passages have nothing in common.
    if (++steps > kSampled && shared == 0) return 0;
    shared += *a == *b ? 1 : 0;
    const bool next_a = *a <= *b;
    const bool next_b = *b <= *a;
    a += next_a ? 1 : 0;
    b += next_b ? 1 : 0;
  }
  return static_cast<double>(shared) / static_cast<double>(std::min(runs_.size(), other.runs_.size()));
}

}  // namespace dateline
