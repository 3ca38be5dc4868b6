// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/stories_table.h"

#include <xapian.h>

#include "common/byte_codec.h"
#include "common/error.h"
#include "common/metadata.h"

namespace dateline {
namespace {

constexpr std::string_view kBestTable = "sa";
constexpr std::string_view kStoryTable = "ss";
constexpr const char* kCountsKey = "sc";

FatalError damaged() {
  return FatalError(
      {ErrorCode::kIndex, "the stored stories are damaged", "index the sources again with: dateline-index --rebuild"});
}

std::string block_key(std::string_view table, ArticleNumber article) {
  return metadata_key(table, article >> kBatchBits);
}

constexpr std::uint64_t place_of(ArticleNumber article) { return article & ((std::uint64_t{1} << kBatchBits) - 1); }

}  // namespace

std::map<std::string, std::string> encode_stories(const std::vector<Story>& stories) {
  std::map<std::string, std::string> entries;
  std::uint64_t copies = 0;
  for (const Story& story : stories) {
    std::string& list = entries[block_key(kStoryTable, story.front())];
    put_number(list, place_of(story.front()));
    put_number(list, story.size());
    for (const ArticleNumber article : story) {
      put_number(list, article);
      if (article == story.front()) continue;
      std::string& best = entries[block_key(kBestTable, article)];
      put_number(best, place_of(article));
      put_number(best, story.front());
    }
    copies += story.size() - 1;
  }
  put_number(entries[kCountsKey], stories.size());
  put_number(entries[kCountsKey], copies);
  return entries;
}

ArticleNumber StoriesTable::story_of(ArticleNumber article) const {
  const std::string bytes = read_metadata(database_, block_key(kBestTable, article));
  ByteReader reader(bytes);
  while (!reader.rest().empty()) {
    const std::uint64_t place = reader.number();
    const ArticleNumber story = reader.number();
    if (!reader.ok() || (place == place_of(article) && story == article)) throw damaged();
    if (place == place_of(article)) return story;
  }
  if (!reader.ok()) throw damaged();
  return article;
}

Story StoriesTable::members(ArticleNumber story) const {
  const std::string bytes = read_metadata(database_, block_key(kStoryTable, story));
  ByteReader reader(bytes);
  while (!reader.rest().empty()) {
    const std::uint64_t place = reader.number();
    const std::uint64_t size = reader.number();
    if (size > reader.rest().size()) reader.fail();
    Story articles;
    for (std::uint64_t n = 0; n < size && reader.ok(); ++n) articles.push_back(reader.number());
    if (!reader.ok() || articles.size() < 2 || place_of(articles.front()) != place) throw damaged();
    if (place == place_of(story)) {
      if (articles.front() != story) throw damaged();
      return articles;
    }
  }
  if (!reader.ok()) throw damaged();
  return {story};
}

StoriesTable::Counts StoriesTable::counts() const {
  const std::string bytes = read_metadata(database_, kCountsKey);
  if (bytes.empty()) return {};
  ByteReader reader(bytes);
  Counts counts;
  counts.stories = reader.number();
  counts.copies = reader.number();
  if (!reader.ok()) throw damaged();
  return counts;
}

}  // namespace dateline
