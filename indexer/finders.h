// SPDX-License-Identifier: GPL-2.0-or-later
//
// What finds names and quotes in articles of any length.
#pragma once

#include <string_view>
#include <vector>

#include "common/article.h"
#include "indexer/names/article_pass.h"
#include "indexer/quotes/quote_finder.h"

namespace dateline {

// One a thread.
struct Finders {
  // Both must outlive it.
  Finders(const NamesModel& model, const NameAliases& aliases) : names(model, aliases), quotes(model) {}

  // sentences  of the text
  // cost       linear; memory bounded: a text longer than any article is read in pieces of a megabyte, which know of
  //            one another's names only that the same full name is the same one
  [[nodiscard]] NamesAndQuotes find(std::string_view text, const std::vector<Sentence>& sentences);

  NameFinder names;
  QuoteFinder quotes;
};

}  // namespace dateline
