// SPDX-License-Identifier: GPL-2.0-or-later
//
// Lines of --analyze on their way: which story an article is of is known when all articles are.
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/copies/story_pass.h"

namespace dateline {

// Keeps the lines in a temporary file without a name, so memory does not grow with them.
class HeldLines {
 public:
  // Throws FatalError (kInputOutput) where there is no room, as do the others.
  HeldLines();

  // lines     of analysis_json, one an article
  // articles  as many, in the same order
  void add(std::string_view lines, std::vector<CopyFacts>&& articles);

  // Gives every line, with its story, in the order they came. Call once.
  void write(const std::function<void(const std::string&)>& on_line);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<CopyFacts> articles_;
  std::vector<std::size_t> line_bytes_;
};

}  // namespace dateline
