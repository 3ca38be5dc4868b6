// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/line_changes.h"

#include <algorithm>
#include <iterator>

#include "common/metadata.h"
#include "indexer/segment_writer.h"

namespace dateline {
namespace {

std::vector<LineHash> read_lines_of(const Segment& segment, ArticleNumber number) {
  return value_or_throw(decode_line_hashes(read_metadata(segment.database, lines_metadata_key(number))));
}

}  // namespace

void LineChanges::count(const std::vector<Segment>& segments) {
  LineCounts staying;
  for (const Segment& segment : segments) {
    for_each_article(segment, [&](ArticleNumber number) { staying.add(read_lines_of(segment, number)); });
  }
  staying.sort();
  for (const LineCounts* lines : {&indexed_, &removed_}) {
    // What as many as matter have in any case has not changed; what none has, changes none.
    std::copy_if(lines->all().begin(), lines->all().end(), std::back_inserter(touched_), [&](LineHash line) {
      const unsigned count = staying.count(line);
      return count > 0 && count < LineCounts::kMost;
    });
  }
  std::sort(touched_.begin(), touched_.end());
  indexed_.add(staying);
  indexed_.sort();
}

std::vector<ArticleNumber> LineChanges::find_changed(const std::vector<Segment>& segments) const {
  std::vector<ArticleNumber> changed;
  if (touched_.empty()) return changed;
  for (const Segment& segment : segments) {
    for_each_article(segment, [&](ArticleNumber number) {
      const std::vector<LineHash> lines = read_lines_of(segment, number);
      const bool is_touched = std::any_of(lines.begin(), lines.end(), [&](LineHash line) {
        return std::binary_search(touched_.begin(), touched_.end(), line);
      });
      if (!is_touched) return;
      AnalyzedArticle article = read_stored_article(segment, number);
      const std::vector<Boilerplate> before = article.boilerplate;
      cut_passages(article, counts());
      if (article.boilerplate != before) changed.push_back(number);
    });
  }
  return changed;
}

}  // namespace dateline
