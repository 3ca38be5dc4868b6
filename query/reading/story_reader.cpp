// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/story_reader.h"

#include <fmt/format.h>

#include "common/metadata.h"

namespace dateline {

StoryReader::StoryReader(const std::vector<Segment>& segments) : segments_(segments), newest_(segments.size()) {
  for (std::uint32_t i = static_cast<std::uint32_t>(segments.size()); i > 0; --i) {
    newest_[i - 1] = segments[i - 1].is_newest || i == segments.size() ? i - 1 : newest_[i];
  }
}

StoryId StoryReader::story_of(const ArticlePlace& article) {
  const auto known = known_.find(article);
  if (known != known_.end()) return known->second;
  const std::uint32_t newest = newest_[article.segment];
  const StoryId story{newest, StoriesTable(segments_[newest].database).story_of(article.article)};
  return known_.emplace(article, story).first->second;
}

Story StoryReader::members(const StoryId& story) const {
  return StoriesTable(segments_[story.segment].database).members(story.article);
}

ArticlePlace StoryReader::place_of(const StoryId& story, ArticleNumber article) const {
  for (std::uint32_t i = 0; i < segments_.size(); ++i) {
    if (newest_[i] != story.segment) continue;
    if (!read_metadata(segments_[i].database, article_metadata_key(article)).empty()) return {i, article};
  }
  throw FatalError({ErrorCode::kIndex, fmt::format("article {} has copies and is not stored", article),
                    "index the sources again with: dateline-index --rebuild"});
}

}  // namespace dateline
