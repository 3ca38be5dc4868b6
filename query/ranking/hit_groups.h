// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which ranked passages are one result: copies of one passage, or passages of one story.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "query/finding/candidate.h"
#include "query/reading/passage_sketch.h"
#include "query/reading/story_reader.h"

namespace dateline {

struct HitGroup {
  Candidate ranked;                    // the first: it has the score and the place among the hits
  Candidate shown;                     // the one with the best text
  std::vector<ArticlePlace> articles;  // that the passages are of, each once, in the order they were ranked
};

// Passages are the same if the shorter has so much of the longer: in articles of one story, whose sentences may be cut
// otherwise, and elsewhere.
inline constexpr double kSameInStory = 0.5;
inline constexpr double kSameElsewhere = 0.9;

class HitGroups {
 public:
  // stories    must outlive this
  // is_better  whether the first is the better text to show
  HitGroups(StoryReader& stories, std::function<bool(const Candidate&, const Candidate&)> is_better)
      : stories_(stories), is_better_(std::move(is_better)) {}

  // In ranked order. A passage joins the first group that has it, of the latest ones; …
  // may_show  whether it may be shown in place of the first
  void add_passage(const Candidate& candidate, const PassageSketch& sketch, bool may_show);
  // … that has its story; …
  void add_story(const Candidate& candidate, bool may_show);
  // … none.
  void add_apart(const Candidate& candidate);

  [[nodiscard]] const std::vector<HitGroup>& groups() const { return groups_; }

 private:
  void join(HitGroup& group, const Candidate& candidate, bool may_show);

  StoryReader& stories_;
  std::function<bool(const Candidate&, const Candidate&)> is_better_;
  std::vector<HitGroup> groups_;
  std::vector<PassageSketch> sketches_;  // of the groups' first passages
  std::map<StoryId, std::size_t> with_story_;
};

}  // namespace dateline
