// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/passage_words.h"

#include "common/analyzer.h"

namespace dateline {

PassageWords::PassageWords(std::string_view passage, Stemmer& stemmer) : stemmer_(stemmer) {
  TokenStream tokens(passage);
  for (Token token; tokens.next(token);) {
    words_.push_back({token.span, token.position, static_cast<std::uint32_t>(folded_.size()),
                      static_cast<std::uint32_t>(token.word.size()), stemmer.id(token.word, token.stemmable)});
    folded_.append(token.word);
  }
}

}  // namespace dateline
