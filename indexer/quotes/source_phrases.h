// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whom a phrase means that is no name: "the ministry", "a report of the ministry".
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "indexer/quotes/article_words.h"

namespace dateline {

// Reused from article to article.
class SourcePhrases {
 public:
  void begin(const ArticleWords& words);

  // The name that a noun phrase means; kNobody where it may be anybody: of "the ministry" the article's one
  // organisation called so; of "an internal report of the Finance Ministry" and "a letter from Lukash" whose words they
  // are. Cost: names of the article once, then the phrase.
  [[nodiscard]] std::uint32_t name_of(TokenRange phrase);

 private:
  [[nodiscard]] std::uint32_t organization_called(TokenRange phrase);
  [[nodiscard]] std::uint32_t author_of(TokenRange phrase) const;

  const ArticleWords* words_ = nullptr;
  std::unordered_map<std::string, std::uint32_t> organizations_;  // by a word of the name; kNobody if several have it
};

}  // namespace dateline
