// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which older articles change when others come and go: those with a line that is boilerplate now and was not, or was
// and no longer is.
#pragma once

#include <vector>

#include "common/segments.h"
#include "indexer/analysis.h"
#include "indexer/line_counts.h"

namespace dateline {

class LineChanges {
 public:
  // The lines of an article that a run indexes or takes out.
  void add_indexed(const LineCounts& lines) { indexed_.add(lines); }
  void add_removed(const std::vector<LineHash>& lines) { removed_.add(lines); }

  // Counts the lines of the articles that stay in `segments`, and those indexed. To be called once all is added.
  // Cost: reads the stored lines of every article.
  void count(const std::vector<Segment>& segments);

  // All of the collection's.
  [[nodiscard]] const LineCounts& counts() const { return indexed_; }

  // The articles of `segments` whose boilerplate is another by now, to be written again.
  [[nodiscard]] std::vector<ArticleNumber> find_changed(const std::vector<Segment>& segments) const;

 private:
  LineCounts indexed_;
  LineCounts removed_;
  std::vector<LineHash> touched_;  // ascending: lines whose counts changed so that it may matter
};

}  // namespace dateline
