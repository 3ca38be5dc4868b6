// SPDX-License-Identifier: GPL-2.0-or-later
//
// How many articles of an outlet have a line: what menus, footers and pleas are told by.
//
// Each article's lines are stored as hashes beside its record (schema.h), and every run that changes something counts
// them anew. Why no table of counts in the newest segment (2026-11): when a line comes to stand in one article more,
// the others that have it change with it, so which those are must be known; then the counts are known, too. The hashes
// take six bytes a line, are written once with their article, and are read in order: 2 % of an index, 0.1 s an update
// at 40,000 articles.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/error.h"
#include "indexer/article_lines.h"
#include "indexer/record_reader.h"

namespace dateline {

// Of 48 bits: in ten million lines hardly one is taken for one of ten thousand common ones.
using LineHash = std::uint64_t;

// A hash for each line, in order. The lines are counted by outlet: of a record that is its outlet, or its file if that
// is unknown; of a text file its folder, for the agency in a dateline is not whose page it is.
[[nodiscard]] std::vector<LineHash> hash_lines(const std::vector<ArticleLine>& lines, const Article& article,
                                               SourceFormat format);

[[nodiscard]] std::string encode_line_hashes(const std::vector<LineHash>& hashes);
// Errors (kIndex): damaged.
[[nodiscard]] Result<std::vector<LineHash>> decode_line_hashes(std::string_view bytes);

// Counts articles by line. Memory: 8 bytes a line of an article.
class LineCounts {
 public:
  // An article's lines.
  void add(const std::vector<LineHash>& lines);
  void add(const LineCounts& other) { hashes_.insert(hashes_.end(), other.hashes_.begin(), other.hashes_.end()); }
  // To be called between the last add and the first count.
  void sort();

  // The articles with that line, at most kMost: beyond it nothing depends on their number.
  [[nodiscard]] unsigned count(LineHash line) const;
  static constexpr unsigned kMost = 16;

  [[nodiscard]] const std::vector<LineHash>& all() const { return hashes_; }

 private:
  std::vector<LineHash> hashes_;  // each as often as articles have it
};

}  // namespace dateline
