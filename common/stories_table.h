// SPDX-License-Identifier: GPL-2.0-or-later
//
// The stories of a whole collection: which articles are copies of one another. Stands in the user metadata of an
// index's newest segment, where a later run can change it without touching a passage; a passage says which article it
// is of (kSlotPassage), and this which story. Articles that have no copy have no entry. In blocks, for the newest
// segment is written often and thousands of entries take their time:
//
//   sa<batch>   of the articles of a batch that are copies of a better text: the number of the best of their story
//   ss<batch>   of the articles of a batch that are the best text of a story: the numbers of its articles, best first
//   sc          how many stories, how many articles that are copies of a better one
//
// batch = the upper bits of an article's number, as in the key of its record (see schema.h).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "common/schema.h"

namespace Xapian {
class Database;
}

namespace dateline {

// Two and more articles that are copies of one another, the best text first, whose number stands for the story.
using Story = std::vector<ArticleNumber>;

// The metadata entries of a table, by key. No article is in two stories.
[[nodiscard]] std::map<std::string, std::string> encode_stories(const std::vector<Story>& stories);

// Reads the table of one index. Throws FatalError (kIndex) where an entry is damaged. Cost: an entry, linear in the
// stories of a batch.
class StoriesTable {
 public:
  // database  the index's newest segment; must outlive this
  explicit StoriesTable(const Xapian::Database& database) : database_(database) {}

  // The story an article is of: the number of its best text, which may be the article's own.
  [[nodiscard]] ArticleNumber story_of(ArticleNumber article) const;
  // The articles of a story, the best text first; of an article without copies itself.
  [[nodiscard]] Story members(ArticleNumber story) const;

  struct Counts {
    std::uint64_t stories = 0;  // of two and more articles
    std::uint64_t copies = 0;   // articles that are copies of a better one
  };
  [[nodiscard]] Counts counts() const;

 private:
  const Xapian::Database& database_;
};

}  // namespace dateline
