// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/progress.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <string>

namespace dateline {
namespace {

constexpr auto kRedraw = std::chrono::milliseconds(100);
constexpr int kBarWidth = 24;
constexpr const char* kEraseLine = "\r\x1b[K";

}  // namespace

Progress::Progress(bool shown, std::uint64_t total_bytes) : shown_(shown), total_bytes_(total_bytes) {}

void Progress::advance(std::uint64_t articles, std::uint64_t bytes) {
  articles_ += articles;
  bytes_ += bytes;
  const auto now = std::chrono::steady_clock::now();
  if (!shown_ || now - drawn_ < kRedraw) return;
  drawn_ = now;
  draw();
}

void Progress::draw() const {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  const double rate = seconds > 0 ? static_cast<double>(bytes_) / seconds : 0;
  std::string line = fmt::format("{} articles, {:.1f} MB/s", articles_, rate / 1e6);
  if (total_bytes_ > 0) {
    const double share = std::min(1.0, static_cast<double>(bytes_) / static_cast<double>(total_bytes_));
    const int filled = static_cast<int>(share * kBarWidth);
    line = fmt::format("[{:#<{}}{:.<{}}] {:3.0f} %, {}", "", filled, "", kBarWidth - filled, share * 100, line);
    if (rate > 0) line += fmt::format(", {:.0f} s left", (1 - share) * static_cast<double>(total_bytes_) / rate);
  }
  fmt::print(stderr, "{}{}", kEraseLine, line);
}

void Progress::finish() {
  if (shown_) fmt::print(stderr, "{}", kEraseLine);
}

}  // namespace dateline
