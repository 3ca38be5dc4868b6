// SPDX-License-Identifier: GPL-2.0-or-later
//
// Brings the stories of a collection up to date with what came and went.
//
// Articles that share enough stand in a group, and what stories a group has depends on its articles alone
// (copies/story_pass.h). So a run joins anew the groups that it touched, and reads their articles; which those are it
// learns from the copy postings of the segments. The result is that of joining all articles anew.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/error.h"
#include "common/segments.h"
#include "common/stories_table.h"
#include "indexer/copies/story_pass.h"

namespace dateline {

// By stripped copy, which article it is repaired from (see JoinedStories).
using Repairs = std::map<ArticleNumber, ArticleNumber>;

// What an index keeps of its stories for later runs.
struct StoryFacts {
  std::vector<Story> stories;
  std::vector<std::vector<ArticleNumber>> groups;  // two and more articles each
  std::vector<std::uint32_t> common;               // common_keys of the collection
  Repairs repairs;
};
[[nodiscard]] std::string encode_story_facts(const StoryFacts& facts);
// Errors (kIndex): damaged.
[[nodiscard]] Result<StoryFacts> decode_story_facts(std::string_view bytes);

struct NumberedFacts {
  std::vector<CopyFacts> facts;
  std::vector<ArticleNumber> numbers;  // as many

  void add(CopyFacts&& article, ArticleNumber number);
  void add(NumberedFacts&& others);
};

// segments  that hold the articles there were, those `removed` now included
// is_held   whether the collection has an article now
// cost      of one new article a lookup in some fifty entries of each segment, and reading the articles that share
//           keys with it, and of its group; of many, reading the entries of all keys
[[nodiscard]] StoryFacts update_stories(StoryFacts&& old, const std::vector<Segment>& segments, NumberedFacts&& added,
                                        const NumberedFacts& removed, const std::function<bool(ArticleNumber)>& is_held,
                                        const GoOn& go_on);

}  // namespace dateline
