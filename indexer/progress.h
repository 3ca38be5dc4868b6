// SPDX-License-Identifier: GPL-2.0-or-later
//
// One line on stderr that says how far a run has come.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string_view>

namespace dateline {

class Progress {
 public:
  // shown        false: nothing is
  // total_bytes  of all sources, for the time left; 0 if unknown (compressed sources)
  Progress(bool shown, std::uint64_t total_bytes);
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // The sources are read from the beginning (again): what was done before is passed over.
  void begin_pass();
  // What is done from now on, in the words that the line ends with.
  void begin(std::string_view stage);

  // Bytes of sources that are as they were; articles found, in so many bytes of sources; bytes of what was found that
  // are written. Any thread; the line is drawn anew at most ten times a second.
  void pass_over(std::uint64_t bytes);
  void found(std::uint64_t articles, std::uint64_t bytes);
  void written(std::uint64_t bytes);

  // Takes the line away.
  void finish();

 private:
  void draw_now_and_then();
  void draw();
  [[nodiscard]] double work() const;  // bytes, as if each were found and written at once

  bool shown_;
  std::uint64_t total_bytes_;
  std::string_view stage_;
  std::uint64_t articles_ = 0;
  std::uint64_t passed_ = 0;  // of this pass
  std::uint64_t found_ = 0;
  std::uint64_t written_ = 0;
  double work_before_ = 0;  // of the passes before
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point drawn_;
  bool stands_ = false;  // the line
  std::mutex mutex_;
};

}  // namespace dateline
