// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the user knows of names better than the program: a file of lines
//
//   Dmitry Peskov = Dmitri Peskow = D. Peskov     are one; the first is the name shown
//   George Bush != George W. Bush                 are two, whatever their names suggest
//   - Oscar Health                                is no name
//
// each for people, or with "org:" or "place:" in front for those. # begins a comment. Names are compared without case,
// accents and marks (name_key.h).
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "common/article.h"
#include "common/error.h"

namespace dateline {

class NameAliases {
 public:
  // Errors (kUsage): not readable; a line that is none of these, or says of a name what another line contradicts, with
  // file and line.
  [[nodiscard]] static Result<NameAliases> read(const std::filesystem::path& file);

  // Applies what is merged and dropped to the names of an article.
  void apply(ArticleNames& names) const;

  // Whether two people, by name_key, must not be joined.
  [[nodiscard]] bool are_apart(const std::string& a, const std::string& b) const {
    return apart_.contains(std::minmax(a, b));
  }

  [[nodiscard]] const std::set<std::pair<std::string, std::string>>& apart() const { return apart_; }

 private:
  using Key = std::pair<NameKind, std::string>;  // name_key

  std::map<Key, std::string> merged_;  // to the name shown
  std::set<Key> dropped_;
  std::set<std::pair<std::string, std::string>> apart_;  // the smaller key first
};

// Those of a file; none if there is no file.
[[nodiscard]] Result<NameAliases> read_aliases(const std::filesystem::path& file);

}  // namespace dateline
