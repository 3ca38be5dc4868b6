// SPDX-License-Identifier: GPL-2.0-or-later
//
// Who is meant by a role alone where the article has not named them yet: "Kremlin spokesman says" of a headline.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "indexer/quotes/article_words.h"

namespace dateline {

// Reused from article to article.
class RoleHolders {
 public:
  void begin(const ArticleWords& words);

  // The one person of the article who has just the role that `phrase` is; kNobody if nobody has it, or several have.
  // cost  names of the article when first asked, then the phrase
  [[nodiscard]] std::uint32_t name_of(TokenRange phrase);

 private:
  const ArticleWords* words_ = nullptr;
  std::unordered_map<std::string, std::uint32_t> holders_;  // by role; kNobody if several have it
};

}  // namespace dateline
