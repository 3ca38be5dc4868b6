// SPDX-License-Identifier: GPL-2.0-or-later
//
// The repair of stripped copies over updates. An article is repaired when it is written, and written again when what it
// is repaired from becomes another, or goes: so the outcome depends on the articles alone, not on when each came.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "common/segments.h"
#include "indexer/updating/story_update.h"
#include "indexer/writing/held_articles.h"
#include "indexer/writing/waiting_articles.h"

namespace dateline {

// The articles with another source than `before`, with none any longer or with the first; ascending.
//
// is_held    whether the collection has an article now
// first_new  the first number of this run: what it adds is not changed
[[nodiscard]] std::vector<ArticleNumber> find_changed_repairs(const Repairs& before, const Repairs& now,
                                                              const std::function<bool(ArticleNumber)>& is_held,
                                                              ArticleNumber first_new);

// What the articles that a run writes are repaired from.
class RepairSources {
 public:
  // repairs   those of the run
  // segments  that hold the sources from before `first_new`
  // waiting   the others, by batch of the pass
  // scratch   where the sources are held: as many as differ, each once
  RepairSources(const Repairs& repairs, const std::vector<Segment>& segments, const std::vector<WaitingBatch>& waiting,
                ArticleNumber first_new, const std::filesystem::path& scratch);

  // Repairs the article if that can be. Any thread.
  void repair(ArticleNumber number, AnalyzedArticle& article) const;

 private:
  std::optional<HeldArticles> held_;                      // nothing if there is nothing to repair
  std::unordered_map<ArticleNumber, std::size_t> place_;  // of an article's source among what is held
};

}  // namespace dateline
