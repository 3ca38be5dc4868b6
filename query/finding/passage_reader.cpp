// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/finding/passage_reader.h"

#include <algorithm>
#include <utility>

#include "common/error.h"
#include "common/metadata.h"

namespace dateline {

std::string_view OpenedArticle::text() {
  if (text_.empty()) text_ = value_or_throw(decompress_text(stored_));
  return text_;
}

std::uint32_t OpenedArticle::line_at(std::uint32_t offset) {
  const std::string_view before = text().substr(0, offset);
  return 1 + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
}

bool OpenedPassage::is_boilerplate() const { return ordinal_ >= article_->stored().passages.size(); }

const Boilerplate& OpenedPassage::boilerplate() const {
  return article_->stored().boilerplate[ordinal_ - article_->stored().passages.size()];
}

Passage OpenedPassage::passage() const {
  if (!is_boilerplate()) return article_->stored().passages[ordinal_];
  Passage passage;
  passage.span = boilerplate().span;
  passage.line = article_->line_at(passage.span.begin);
  return passage;
}

std::string_view OpenedPassage::text() const {
  const ByteSpan span = is_boilerplate() ? boilerplate().span : article_->stored().passages[ordinal_].span;
  return article_->text().substr(span.begin, span.size());
}

PassageWords OpenedPassage::words() const { return reader_->words_of(text(), *article_); }

std::vector<NamedSpan> OpenedPassage::names() const {
  if (is_boilerplate()) return {};
  return reader_->names_.read(segment_, article_->stored(), ordinal_);
}

std::vector<SpokenSpan> OpenedPassage::quotes() const {
  if (is_boilerplate()) return {};
  return reader_->names_.read_quotes(segment_, article_->stored(), ordinal_);
}

OpenedArticle& PassageReader::open(const ArticlePlace& place) {
  const auto known = opened_.find(place);
  if (known != opened_.end()) return known->second;
  StoredArticle stored = value_or_throw(
      decode_article(read_metadata(segments_[place.segment].database, article_metadata_key(place.article))));
  return opened_.emplace(place, OpenedArticle(std::move(stored))).first->second;
}

OpenedPassage PassageReader::open(const Candidate& candidate) {
  OpenedArticle& article = open(candidate.article());
  if (article.stored().passages.size() + article.stored().boilerplate.size() <= candidate.key.ordinal) {
    throw FatalError({ErrorCode::kIndex,
                      segments_[candidate.segment].path.string() + ": an article's record is damaged",
                      "index the sources again with: dateline-index --rebuild"});
  }
  return {*this, article, candidate.segment, candidate.key.ordinal};
}

PassageWords PassageReader::words_of(std::string_view text, const OpenedArticle& article) {
  return {text, variants_.stemmer(article.head().language)};
}

}  // namespace dateline
