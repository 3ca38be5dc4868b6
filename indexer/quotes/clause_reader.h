// SPDX-License-Identifier: GPL-2.0-or-later
//
// The sentence being read, and where in it clauses begin and end. No grammar: small words, commas and dashes tell it.
#pragma once

#include <cstdint>
#include <string_view>

#include "indexer/quotes/article_words.h"
#include "indexer/quotes/clause_lexicon.h"

namespace dateline {

// All positions are tokens. Nothing looks further than some 120 tokens but for the sentence's own ends, which are
// found once.
class ClauseReader {
 public:
  // words, lexicon  must outlive the reader
  ClauseReader(const ArticleWords& words, const ClauseLexicon& lexicon) : words_(words), lexicon_(lexicon) {}

  // Reads from now on the sentence of token `i`, without its paragraph's dateline ("MOSCOW (Reuters) - ").
  void enter(std::uint32_t i);
  // … or what stands between two gaps of stripped text.
  void enter(TokenRange segment);

  [[nodiscard]] std::uint32_t begin() const { return begin_; }
  [[nodiscard]] std::uint32_t end() const { return end_; }
  [[nodiscard]] std::uint32_t last_word() const { return last_word_; }  // behind it, in the sentence

  [[nodiscard]] const ArticleWords& words() const { return words_; }
  [[nodiscard]] std::string_view form(std::uint32_t i) const { return words_.form(i); }
  [[nodiscard]] ReportingVerb verb(std::uint32_t i) const { return lexicon_.verb(words_.token(i)); }
  [[nodiscard]] bool is(ClauseRole role, std::uint32_t i) const { return lexicon_.has(words_.token(i), role); }
  [[nodiscard]] bool is_quoted(std::uint32_t i) const { return words_.stretch(i) != kNowhere; }
  [[nodiscard]] bool is_number(std::uint32_t i) const { return words_.token(i).kind == TokenKind::kNumber; }
  [[nodiscard]] bool is_stop(std::uint32_t i) const;
  // Whether a word that may be a verb stands as a noun or adjective does: "its head of | claims", "by | reported".
  [[nodiscard]] bool is_noun(std::uint32_t i) const;
  [[nodiscard]] bool starts_mention(std::uint32_t i) const {
    return words_.mention(i) != kNowhere && words_.mention_tokens(words_.mention(i)).begin == i;
  }
  [[nodiscard]] std::uint32_t count_words(TokenRange tokens) const;

  // Without marks at its end.
  [[nodiscard]] TokenRange trimmed(TokenRange tokens) const;
  // What is left of a clause without marks at its ends and the quotation it breaks off in.
  [[nodiscard]] TokenRange content(TokenRange clause) const;
  // The end of the clause of speech that begins at `from`.
  [[nodiscard]] std::uint32_t clause_end(std::uint32_t from, bool until_comma) const;
  // Behind ", and that", if so a clause ended at `comma`: the next one of the same speech; else kNowhere.
  [[nodiscard]] std::uint32_t next_clause(std::uint32_t comma) const;
  // From where the sentence begins, or its part behind a semicolon, but not before `earliest`, to `to`.
  [[nodiscard]] std::uint32_t clause_begin(std::uint32_t to, std::uint32_t earliest) const;
  [[nodiscard]] bool has_verb(TokenRange tokens) const;
  // Whether a clause with a verb of its own begins there.
  [[nodiscard]] bool begins_clause(std::uint32_t from) const;
  // Where the words around a verb of speech end, if nothing but these follows: "told reporters on Monday,"; else
  // kNowhere.
  [[nodiscard]] std::uint32_t behind_adjuncts(std::uint32_t verb, const ReportingVerb& kind) const;
  // The comma before a source, or kNowhere: "…, Peskov said", "…, the Kremlin's spokesman, Dmitry Peskov, said".
  [[nodiscard]] std::uint32_t comma_before(std::uint32_t source) const;

 private:
  [[nodiscard]] std::uint32_t behind_dateline(TokenRange paragraph) const;
  [[nodiscard]] bool stands_apart(std::uint32_t i) const;
  [[nodiscard]] bool is_attribution_at_end(std::uint32_t from) const;
  [[nodiscard]] bool turns_to_present(std::uint32_t from) const;
  [[nodiscard]] bool is_attribution_amid(std::uint32_t from) const;
  [[nodiscard]] bool is_matrix_verb(std::uint32_t i) const;
  [[nodiscard]] bool ends_behind_comma(std::uint32_t i) const;

  const ArticleWords& words_;
  const ClauseLexicon& lexicon_;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t last_word_ = 0;
};

}  // namespace dateline
