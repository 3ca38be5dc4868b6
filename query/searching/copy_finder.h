// SPDX-License-Identifier: GPL-2.0-or-later
//
// The other articles that have what a hit shows: those of its story, and those that print the passage.
#pragma once

#include <string>
#include <vector>

#include "query/finding/passage_reader.h"
#include "query/ranking/hit_groups.h"
#include "query/reading/story_reader.h"
#include "query/searching/search_result.h"

namespace dateline {

class CopyFinder {
 public:
  // Both must outlive this.
  CopyFinder(StoryReader& stories, PassageReader& reader) : stories_(stories), reader_(reader) {}

  // Of two articles with the same passage: the one that stands first in its story; else the one with capitals, with
  // marks, the longer, the earlier.
  [[nodiscard]] bool is_better_text(const Candidate& a, const Candidate& b);

  // How many articles beside the shown one have the group's passage or its story.
  [[nodiscard]] std::size_t count(const HitGroup& group);

  // These articles: those of the story, the best text first, then the others in ranked order; at most
  // kMaxListedCopies. Cost: a head each.
  [[nodiscard]] std::vector<HitCopy> list(const HitGroup& group);

  // The same with their lines, and the versions first. Cost: the analysis of each article.
  [[nodiscard]] std::vector<HitCopy> locate(const HitGroup& group);

 private:
  [[nodiscard]] std::vector<ArticlePlace> elsewhere(const HitGroup& group, const StoryId& story);
  [[nodiscard]] std::vector<ArticlePlace> places(const HitGroup& group);

  StoryReader& stories_;
  PassageReader& reader_;
};

}  // namespace dateline
