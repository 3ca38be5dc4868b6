// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/ranking/hit_groups.h"

#include <algorithm>

namespace dateline {
namespace {

// Groups that a passage is compared with: copies mostly stand close to one another.
constexpr std::size_t kCompared = 50;

ArticlePlace place_of(const Candidate& candidate) { return {candidate.segment, candidate.key.article}; }

}  // namespace

void HitGroups::add_apart(const Candidate& candidate) {
  groups_.push_back({candidate, candidate, {place_of(candidate)}});
}

void HitGroups::join(HitGroup& group, const Candidate& candidate, bool may_show) {
  const ArticlePlace article = place_of(candidate);
  if (std::find(group.articles.begin(), group.articles.end(), article) != group.articles.end()) return;
  group.articles.push_back(article);
  if (may_show && is_better_(candidate, group.shown)) group.shown = candidate;
}

void HitGroups::add_story(const Candidate& candidate, bool may_show) {
  const auto [known, is_new] = with_story_.try_emplace(stories_.story_of(place_of(candidate)), groups_.size());
  if (is_new) {
    add_apart(candidate);
  } else {
    join(groups_[known->second], candidate, may_show);
  }
}

void HitGroups::add_passage(const Candidate& candidate, const PassageSketch& sketch, bool may_show) {
  for (std::size_t at = groups_.size() - std::min(groups_.size(), kCompared); at < groups_.size(); ++at) {
    HitGroup& group = groups_[at];
    const double shared = sketch.shared_with(sketches_[at]);
    if (shared < kSameInStory) continue;
    if (shared >= kSameElsewhere ||
        (place_of(candidate) != place_of(group.ranked) &&
         stories_.story_of(place_of(candidate)) == stories_.story_of(place_of(group.ranked)))) {
      return join(group, candidate, may_show);
    }
  }
  sketches_.push_back(sketch);
  add_apart(candidate);
}

}  // namespace dateline
