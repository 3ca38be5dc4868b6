// SPDX-License-Identifier: GPL-2.0-or-later
//
// An article's tokens with what is known of each: its sentence and paragraph, the name it belongs to, the quotation it
// stands in. What the rules on who speaks look at.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "indexer/names/name_tokens.h"
#include "indexer/quotes/quote_marks.h"

namespace dateline {

// Reused from article to article, for its memory.
class ArticleWords {
 public:
  // sentences, text, names  of one article; must outlive the use of this, as must stretches()
  // cost                    linear
  void prepare(const std::vector<Sentence>& sentences, const TokenizedText& text, const ArticleNames& names);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_->tokens.size()); }
  [[nodiscard]] const TokenizedText& text() const { return *text_; }
  [[nodiscard]] const NameToken& token(std::uint32_t i) const { return text_->tokens[i]; }
  [[nodiscard]] std::string_view form(std::uint32_t i) const { return text_->form(token(i)); }
  [[nodiscard]] std::string_view written(std::uint32_t i) const { return text_->written(token(i)); }
  [[nodiscard]] bool is_word(std::uint32_t i) const { return token(i).kind == TokenKind::kWord; }
  [[nodiscard]] bool is_capital(std::uint32_t i) const { return token(i).capitals != Capitals::kNone; }
  // The bytes of some tokens.
  [[nodiscard]] ByteSpan bytes(TokenRange tokens) const {
    return {token(tokens.begin).span.begin, token(tokens.end - 1).span.end};
  }

  // A paragraph ends at a blank line, and at every line end unless the text is wrapped at a column.
  [[nodiscard]] const std::vector<TokenRange>& paragraphs() const { return paragraphs_; }
  [[nodiscard]] std::uint32_t paragraph(std::uint32_t i) const { return places_[i].paragraph; }

  // The tokens of sentences, which may be none; and the sentence of a token.
  [[nodiscard]] TokenRange sentence(std::uint32_t number) const { return sentences_[number]; }
  [[nodiscard]] std::uint32_t sentence_of(std::uint32_t i) const { return places_[i].sentence; }

  [[nodiscard]] const ArticleNames& names() const { return *names_; }
  // Index of the mention over a token, or kNowhere; and its tokens.
  [[nodiscard]] std::uint32_t mention(std::uint32_t i) const { return places_[i].mention; }
  [[nodiscard]] TokenRange mention_tokens(std::uint32_t mention) const { return mentions_[mention]; }
  [[nodiscard]] const ArticleName& name_of_mention(std::uint32_t mention) const {
    return names_->names[names_->mentions[mention].name];
  }

  // What stands in quotation marks.
  [[nodiscard]] const std::vector<QuotedStretch>& stretches() const { return stretches_; }
  // Index of the innermost stretch over a token or mark, or kNowhere.
  [[nodiscard]] std::uint32_t stretch(std::uint32_t i) const { return places_[i].stretch; }
  // Of a token inside `level` (a stretch, or kNowhere for the article's own text), but deeper: the child of `level`
  // over it. kNowhere if the token is not deeper, or not inside at all.
  [[nodiscard]] std::uint32_t stretch_below(std::uint32_t i, std::uint32_t level) const;

 private:
  struct Place {
    std::uint32_t paragraph = 0;
    std::uint32_t sentence = 0;
    std::uint32_t mention = kNowhere;
    std::uint32_t stretch = kNowhere;
  };

  void find_paragraphs();

  const TokenizedText* text_ = nullptr;
  const ArticleNames* names_ = nullptr;
  std::vector<Place> places_;  // by token
  std::vector<TokenRange> paragraphs_;
  std::vector<TokenRange> sentences_;
  std::vector<TokenRange> mentions_;
  std::vector<QuotedStretch> stretches_;
};

}  // namespace dateline
