// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/stories_table.h"

#include <algorithm>
#include <xapian.h>

#include "common/byte_codec.h"
#include "common/error.h"

namespace dateline {
namespace {

constexpr std::string_view kStoryTable = "cs";
constexpr std::string_view kArticleTable = "ca";
constexpr const char* kCountsKey = "cc";

FatalError damaged() {
  return FatalError({ErrorCode::kIndex, "the stored stories are damaged", "index the sources again with --rebuild"});
}

}  // namespace

std::map<std::string, std::string> encode_stories(const std::vector<Story>& stories) {
  std::map<std::string, std::string> entries;
  std::uint64_t copies = 0;
  for (const Story& story : stories) {
    std::string& list = entries[metadata_key(kStoryTable, story.front())];
    for (const ArticleNumber article : story) {
      put_number(list, article);
      if (article != story.front()) put_number(entries[metadata_key(kArticleTable, article)], story.front());
    }
    copies += story.size() - 1;
  }
  put_number(entries[kCountsKey], stories.size());
  put_number(entries[kCountsKey], copies);
  return entries;
}

ArticleNumber StoriesTable::story_of(ArticleNumber article) const {
  const std::string bytes = database_.get_metadata(metadata_key(kArticleTable, article));
  if (bytes.empty()) return article;
  ByteReader reader(bytes);
  const ArticleNumber story = reader.number();
  if (!reader.ok() || !reader.rest().empty() || story == article) throw damaged();
  return story;
}

Story StoriesTable::members(ArticleNumber story) const {
  const std::string bytes = database_.get_metadata(metadata_key(kStoryTable, story));
  if (bytes.empty()) return {story};
  ByteReader reader(bytes);
  Story articles;
  while (!reader.rest().empty()) articles.push_back(reader.number());
  if (!reader.ok() || articles.front() != story) throw damaged();
  return articles;
}

StoriesTable::Counts StoriesTable::counts() const {
  const std::string bytes = database_.get_metadata(kCountsKey);
  if (bytes.empty()) return {};
  ByteReader reader(bytes);
  Counts counts;
  counts.stories = reader.number();
  counts.copies = reader.number();
  if (!reader.ok()) throw damaged();
  return counts;
}

}  // namespace dateline
