// SPDX-License-Identifier: GPL-2.0-or-later
//
// How the bytes of --memory are shared out.
#pragma once

#include <algorithm>
#include <cstdint>

namespace dateline {

inline constexpr std::uint64_t kDefaultMemory = std::uint64_t{1} << 30;
inline constexpr std::uint64_t kLeastMemory = std::uint64_t{64} << 20;
inline constexpr std::uint64_t kMostMemory = std::uint64_t{1} << 50;

// The largest article: its names, quotes, passages and terms take some four times its bytes, on one thread (2026-11: 50
// MB of press releases in one file, 256 MB in all). What is under way together has as many bytes at most.
[[nodiscard]] constexpr std::uint64_t article_share(std::uint64_t memory) { return memory / 10; }

// The largest file that must be read as a whole before its articles are known: it stands in memory once.
[[nodiscard]] constexpr std::uint64_t file_share(std::uint64_t memory) { return memory / 4; }

// The bytes of articles that are found between two commits. Every commit costs what the whole collection costs (0.8 s
// for 100 MB: its names, lines and stories), so an index is committed whenever it has doubled, as far as memory allows:
// of each byte found between two commits about a third stays there.
[[nodiscard]] constexpr std::uint64_t commit_share(std::uint64_t memory, std::uint64_t held_bytes) {
  return std::clamp(held_bytes, memory / 8, memory / 2);
}

// The bytes of articles that a run which is stopped commits yet, so that it ends within a second even beside other
// work: a byte takes 0.1 µs on two cores (2026-11), and one that the index holds 0.01 µs.
[[nodiscard]] constexpr std::uint64_t stopped_share(std::uint64_t held_bytes) {
  constexpr std::uint64_t kMost = 3'000'000;
  return kMost - std::min(kMost, held_bytes / 16);
}

}  // namespace dateline
