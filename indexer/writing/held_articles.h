// SPDX-License-Identifier: GPL-2.0-or-later
//
// Articles set aside until all are known, for then some are to be read again, in any order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/error.h"
#include "indexer/analysis.h"

namespace dateline {

// An article in the form in which it is held: without its lines and copy_keys.
[[nodiscard]] std::string encode_held(const AnalyzedArticle& analyzed);

// Keeps them in a file without a name, so memory does not grow with them.
class HeldArticles {
 public:
  // no_room  is thrown as FatalError where the file, in `folder`, cannot be made, written or read
  HeldArticles(const std::filesystem::path& folder, Error no_room);
  ~HeldArticles();
  HeldArticles(const HeldArticles&) = delete;
  HeldArticles& operator=(const HeldArticles&) = delete;

  // Returns its place: 0, 1, …
  std::size_t add(std::string_view encoded);

  // Any thread, once all are added.
  [[nodiscard]] AnalyzedArticle read(std::size_t place) const;

 private:
  int file_ = -1;
  Error no_room_;
  std::vector<std::uint64_t> ends_;
};

}  // namespace dateline
