// SPDX-License-Identifier: GPL-2.0-or-later
//
// The words of one passage, as the index saw them: what phrases are verified on, closeness is measured on and
// highlights are cut from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/stemmer.h"

namespace dateline {

struct PassageWord {
  ByteSpan span;               // in the passage
  std::uint32_t position = 0;  // variants of a word share one
  std::uint32_t text = 0;      // where the folded word begins in PassageWords::folded
  std::uint32_t text_size = 0;
  TermId term = 0;  // in the stemmer it was made with
};

class PassageWords {
 public:
  // passage  the passage's text
  // stemmer  of its article's language; must outlive this
  PassageWords(std::string_view passage, Stemmer& stemmer);

  [[nodiscard]] const std::vector<PassageWord>& all() const { return words_; }
  [[nodiscard]] std::string_view folded(const PassageWord& word) const {
    return std::string_view(folded_).substr(word.text, word.text_size);
  }
  [[nodiscard]] const std::string& term(const PassageWord& word) const { return stemmer_.term(word.term); }

 private:
  Stemmer& stemmer_;
  std::vector<PassageWord> words_;
  std::string folded_;
};

}  // namespace dateline
