// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/hit_groups.h"

#include <algorithm>

namespace dateline {
namespace {

ArticlePlace place_of(const Candidate& candidate) { return {candidate.segment, candidate.key.article}; }

}  // namespace

void HitGroups::add_apart(const Candidate& candidate) {
  groups_.push_back({candidate, candidate, {place_of(candidate)}});
}

void HitGroups::join(HitGroup& group, const Candidate& candidate) {
  const ArticlePlace article = place_of(candidate);
  if (std::find(group.articles.begin(), group.articles.end(), article) != group.articles.end()) return;
  group.articles.push_back(article);
  if (is_better_(candidate, group.shown)) group.shown = candidate;
}

void HitGroups::add_story(const Candidate& candidate) {
  const auto [known, is_new] = with_story_.try_emplace(stories_.story_of(place_of(candidate)), groups_.size());
  if (is_new) {
    add_apart(candidate);
  } else {
    join(groups_[known->second], candidate);
  }
}

void HitGroups::add_passage(const Candidate& candidate, const PassageSketch& sketch) {
  std::vector<std::uint32_t> met;
  for (const std::uint32_t run : sketch.runs()) {
    const auto known = with_run_.find(run);
    if (known != with_run_.end()) met.insert(met.end(), known->second.begin(), known->second.end());
  }
  std::sort(met.begin(), met.end());
  met.erase(std::unique(met.begin(), met.end()), met.end());
  for (const std::uint32_t at : met) {
    HitGroup& group = groups_[at];
    const double shared = sketch.shared_with(sketches_[at]);
    if (shared >= kSameElsewhere || (shared >= kSameInStory && stories_.story_of(place_of(candidate)) ==
                                                                   stories_.story_of(place_of(group.ranked)))) {
      return join(group, candidate);
    }
  }
  for (const std::uint32_t run : sketch.runs()) with_run_[run].push_back(static_cast<std::uint32_t>(groups_.size()));
  sketches_.push_back(sketch);
  add_apart(candidate);
}

}  // namespace dateline
