// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/removed_articles.h"

#include <fmt/format.h>
#include <optional>
#include <string>

#include "common/metadata.h"
#include "indexer/copies/copy_repair.h"
#include "indexer/writing/segment_writer.h"

namespace dateline {
namespace {

// Lists an article, whose first document that is, among what was removed from its segment.
void take_out(const AnalyzedArticle& article, Xapian::docid first, Segment& segment) {
  const auto documents = static_cast<Xapian::docid>(article.passages.size() + article.boilerplate.size());
  const DocidRange range{first, first + documents};
  const SegmentCounts counts{
      1, article.passages.size(), article.quotes.size(), article.article.text.size(), {{article.article.language, 1}}};
  std::uint64_t length = 0;
  for (std::uint32_t docid = range.begin; docid < range.end; ++docid) length += segment.database.get_doclength(docid);
  segment.removed.add(range);
  segment.removed.counts += counts;
  segment.removed.length += length;
  segment.counts -= counts;
  segment.length -= length;
}

// The first document of an article in a segment; nothing if it is not there or was removed.
std::optional<Xapian::docid> find_first_document(const Segment& segment, ArticleNumber number,
                                                 const std::string& article_id) {
  const std::string term = id_term(article_id);  // other articles may have the same id
  const auto end = segment.database.postlist_end(term);
  for (auto posting = segment.database.postlist_begin(term); posting != end; ++posting) {
    const PassageKey key = value_or_throw(
        decode_passage_key(segment.database.get_document(*posting, Xapian::DOC_ASSUME_VALID).get_value(kSlotPassage)));
    if (key.article == number && !segment.removed.hold(*posting)) return *posting;
  }
  return std::nullopt;
}

}  // namespace

AnalyzedArticle remove_article(ArticleNumber number, std::vector<Segment>& segments) {
  for (Segment& segment : segments) {
    if (read_metadata(segment.database, article_metadata_key(number)).empty()) continue;
    AnalyzedArticle article = read_stored_article(segment, number);
    const std::optional<Xapian::docid> first = find_first_document(segment, number, article.article.id);
    if (!first) continue;  // it was written again, into a newer one
    take_out(article, *first, segment);
    undo_repair(article);
    return article;
  }
  throw FatalError({ErrorCode::kIndex, fmt::format("article {} is listed and not stored", number),
                    "index the sources again with: dateline-index --rebuild"});
}

}  // namespace dateline
