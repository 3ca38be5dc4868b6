// SPDX-License-Identifier: GPL-2.0-or-later
//
// Stories over the segments that are searched, perhaps of several indexes; each knows those of its own articles.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "common/schema.h"
#include "common/segments.h"
#include "common/stories_table.h"

namespace dateline {

// Where an article is stored.
struct ArticlePlace {
  std::uint32_t segment = 0;  // index into the searched segments
  ArticleNumber article = 0;

  friend bool operator==(const ArticlePlace&, const ArticlePlace&) = default;
  friend bool operator<(const ArticlePlace& a, const ArticlePlace& b) {
    return std::tie(a.segment, a.article) < std::tie(b.segment, b.article);
  }
};

// The best text of the story, and the newest segment of its index in place of the one that stores it.
using StoryId = ArticlePlace;

class StoryReader {
 public:
  // segments  must outlive this; those of an index in a row, its newest last
  explicit StoryReader(const std::vector<Segment>& segments);

  // Throw FatalError (kIndex) where the index is damaged.
  // The article's own number if it has no copies. Cost: an entry of the table, once.
  [[nodiscard]] StoryId story_of(const ArticlePlace& article);
  // The numbers of its articles, the best text first.
  [[nodiscard]] Story members(const StoryId& story) const;
  // Cost: a look-up in each segment of the index.
  [[nodiscard]] ArticlePlace place_of(const StoryId& story, ArticleNumber article) const;

 private:
  const std::vector<Segment>& segments_;
  std::vector<std::uint32_t> newest_;  // by segment: the newest of its index
  std::map<ArticlePlace, StoryId> known_;
};

}  // namespace dateline
