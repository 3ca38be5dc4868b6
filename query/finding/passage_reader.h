// SPDX-License-Identifier: GPL-2.0-or-later
//
// The articles and passages of a search as they are stored, each article read once.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/schema.h"
#include "common/segments.h"
#include "query/finding/candidate.h"
#include "query/reading/name_reader.h"
#include "query/reading/passage_names.h"
#include "query/reading/passage_words.h"
#include "query/reading/story_reader.h"
#include "query/reading/term_variants.h"

namespace dateline {

// An article that was read. Its text is unpacked when first asked for.
class OpenedArticle {
 public:
  explicit OpenedArticle(StoredArticle stored) : stored_(std::move(stored)) {}

  [[nodiscard]] const StoredArticle& stored() const { return stored_; }
  [[nodiscard]] const Article& head() const { return stored_.head; }
  [[nodiscard]] std::string_view text();
  // From 1; of the byte `offset` of the text. Cost: linear in it.
  [[nodiscard]] std::uint32_t line_at(std::uint32_t offset);

 private:
  StoredArticle stored_;
  std::string text_;
};

class PassageReader;

// A passage of an article that was read, or a piece of its boilerplate. A view: valid as long as the article is open.
class OpenedPassage {
 public:
  [[nodiscard]] OpenedArticle& article() const { return *article_; }
  [[nodiscard]] const Article& head() const { return article_->head(); }
  [[nodiscard]] bool is_boilerplate() const;
  [[nodiscard]] const Boilerplate& boilerplate() const;
  // Its span and line in the article's text.
  [[nodiscard]] Passage passage() const;
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] PassageWords words() const;
  // The names and quotes in it; boilerplate has none.
  [[nodiscard]] std::vector<NamedSpan> names() const;
  [[nodiscard]] std::vector<SpokenSpan> quotes() const;

 private:
  friend class PassageReader;
  OpenedPassage(PassageReader& reader, OpenedArticle& article, std::uint32_t segment, std::uint32_t ordinal)
      : reader_(&reader), article_(&article), segment_(segment), ordinal_(ordinal) {}

  PassageReader* reader_;
  OpenedArticle* article_;
  std::uint32_t segment_;
  std::uint32_t ordinal_;
};

class PassageReader {
 public:
  // All must outlive this.
  PassageReader(const std::vector<Segment>& segments, TermVariants& variants, const NameReader& names)
      : segments_(segments), variants_(variants), names_(names) {}

  // Throw FatalError (kIndex) for a damaged record. The references stay until close_all.
  [[nodiscard]] OpenedArticle& open(const ArticlePlace& place);
  [[nodiscard]] OpenedPassage open(const Candidate& candidate);
  // Any text of an opened article, cut into words by its language's rules.
  [[nodiscard]] PassageWords words_of(std::string_view text, const OpenedArticle& article);
  // Bounds memory where very many are read.
  void close_all() { opened_.clear(); }

 private:
  friend class OpenedPassage;

  const std::vector<Segment>& segments_;
  TermVariants& variants_;
  PassageNames names_;
  std::map<ArticlePlace, OpenedArticle> opened_;
};

}  // namespace dateline
