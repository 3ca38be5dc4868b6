// SPDX-License-Identifier: GPL-2.0-or-later
//
// One line on stderr that says how far a run has come.
#pragma once

#include <chrono>
#include <cstdint>

namespace dateline {

class Progress {
 public:
  // shown        false: advance() and finish() do nothing
  // total_bytes  of all sources, for the time left; 0 if unknown (compressed sources)
  Progress(bool shown, std::uint64_t total_bytes);

  // Counts articles and bytes of sources done; redraws at most ten times a second. One thread at a time.
  void advance(std::uint64_t articles, std::uint64_t bytes);

  // Takes the line away.
  void finish();

 private:
  void draw() const;

  bool shown_;
  std::uint64_t total_bytes_;
  std::uint64_t articles_ = 0;
  std::uint64_t bytes_ = 0;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point drawn_;
};

}  // namespace dateline
