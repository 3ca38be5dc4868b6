// SPDX-License-Identifier: GPL-2.0-or-later
//
// Text to the tokens that names are made of: words as the analyzer knows them lose their marks and capitals, which
// here are half of the evidence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"

namespace dateline {

enum class TokenKind : std::uint8_t { kWord, kNumber, kMark, kGap };

// Which letters of a word are capitals.
enum class Capitals : std::uint8_t { kNone, kInitial, kAll, kMixed };

struct NameToken {
  ByteSpan span;                 // in the text as handed in
  std::uint64_t hash = 0;        // of the form
  std::uint32_t form_begin = 0;  // in TokenizedText::forms: folded; every digit as 0; without the stop of "Mr."
  std::uint16_t form_size = 0;
  TokenKind kind = TokenKind::kWord;
  Capitals capitals = Capitals::kNone;
};

// Paragraph by paragraph, for case is a matter of the paragraph.
struct NameParagraph {
  std::uint32_t begin = 0;  // of its tokens
  std::uint32_t end = 0;
  bool cased = false;  // capitals tell names: else the paragraph is lower-cased, stripped or all in capitals
};

struct TokenizedText {
  std::string_view text;  // as handed in; must outlive this
  std::vector<NameToken> tokens;
  std::vector<NameParagraph> paragraphs;
  std::string forms;

  [[nodiscard]] std::string_view written(const NameToken& token) const {
    return text.substr(token.span.begin, token.span.size());
  }
  [[nodiscard]] std::string_view form(const NameToken& token) const {
    return std::string_view(forms).substr(token.form_begin, token.form_size);
  }
};

// Cuts `text` (valid UTF-8) into tokens, replacing what `out` held.
//
// Words are runs of letters and digits with apostrophes inside ("O'Neill"); 's is a word of its own, so are the parts
// of a hyphenated word and the hyphen. A stop belongs to the word in "Mr.", "J." and "U.S.". Numbers keep the marks
// between their digits. In text without capitals a run of two and more blanks is a token too (kGap): a mark stood
// there before somebody took it away. A paragraph ends at a blank line, or at a line end where one line is cased and
// the next is not. Linear.
void tokenize_names(std::string_view text, TokenizedText& out);

}  // namespace dateline
