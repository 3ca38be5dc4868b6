// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/stories_table.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include "common/error.h"

namespace dateline {
namespace {

class StoredStories {
 public:
  explicit StoredStories(const std::map<std::string, std::string>& entries)
      : database_(std::string(), Xapian::DB_BACKEND_INMEMORY) {
    for (const auto& [key, value] : entries) database_.set_metadata(key, value);
  }
  [[nodiscard]] StoriesTable table() const { return StoriesTable(database_); }

 private:
  Xapian::WritableDatabase database_;
};

const std::vector<Story> kSample = {{0x10002, 0, 0x30001}, {7, 6}, {0xFFFFFFFFFFFF, 0x20000}};

TEST(StoriesTable, KnowsEachArticlesStory) {
  const StoredStories stored(encode_stories(kSample));
  const StoriesTable table = stored.table();
  for (const Story& story : kSample) {
    for (const ArticleNumber article : story) {
      EXPECT_EQ(table.story_of(article), story.front());
      EXPECT_EQ(table.members(table.story_of(article)), story);
    }
  }
  EXPECT_EQ(table.counts().stories, 3U);
  EXPECT_EQ(table.counts().copies, 4U);
}

TEST(StoriesTable, AnArticleWithoutCopiesIsItsOwnStory) {
  for (const StoredStories& stored :
       {StoredStories(encode_stories(kSample)), StoredStories(encode_stories({})), StoredStories({})}) {
    EXPECT_EQ(stored.table().story_of(5), 5U);
    EXPECT_EQ(stored.table().members(5), Story{5});
  }
  EXPECT_EQ(StoredStories({}).table().counts().copies, 0U);
}

TEST(StoriesTable, DamagedEntriesAreFaults) {
  const auto good = encode_stories(kSample);
  for (const auto& [key, value] : good) {
    SCOPED_TRACE(key);
    auto entries = good;
    entries[key] = value.substr(0, value.size() - 1) + '\x80';  // a number without an end
    const StoredStories stored(entries);
    const StoriesTable table = stored.table();
    const auto read_all = [&] {
      (void)table.counts();
      for (const Story& story : kSample) {
        for (const ArticleNumber article : story) (void)table.members(table.story_of(article));
      }
    };
    EXPECT_THROW(read_all(), FatalError);
  }
  auto entries = good;
  entries[metadata_key("ss", 0)] = entries[metadata_key("ss", 1)];  // another batch's
  EXPECT_THROW((void)StoredStories(entries).table().members(2), FatalError);
}

}  // namespace
}  // namespace dateline
