// SPDX-License-Identifier: GPL-2.0-or-later
//
// The metadata of articles that were removed from segments which are merged as they are. An article that was written
// again has some of the same keys in a newer part: the older values must not outlive the merge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>
#include <xapian.h>

#include "common/segments.h"

namespace dateline {

class StaleMetadata {
 public:
  // All that a segment holds of the articles that were removed from it. Cost: linear in its passages.
  void add_removed(const Segment& segment);

  // The newest of the `count` values that as many parts hold under `key`, one of them; nullptr if no removed article
  // has the key, for then they do not differ. To be asked at every merge, of some parts or all: what it was asked tells
  // erase_from which keys have no newer value.
  const std::string* choose(const std::string& key, std::size_t count, const std::string values[]);

  // Takes from the merged database what only removed articles had.
  void erase_from(Xapian::WritableDatabase& merged) const;
  [[nodiscard]] bool empty() const { return keys_.empty(); }

 private:
  struct Key {
    std::vector<std::uint64_t> values;  // hashes of those of removed articles
    std::size_t parts = 0;              // that hold one of them, and nothing newer
    bool is_replaced = false;           // a newer part has another, or the same again
  };
  std::unordered_map<std::string, Key> keys_;
};

}  // namespace dateline
