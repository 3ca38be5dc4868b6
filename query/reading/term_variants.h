// SPDX-License-Identifier: GPL-2.0-or-later
//
// The index terms that a word of a query may stand for: its stem in every language the index holds, those of the
// other forms of an English word, and the Latin spelling of a word in another script.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/analyzer.h"
#include "common/stemmer.h"

namespace dateline {

class TermVariants {
 public:
  // languages  ISO 639-1, those of the index's articles
  explicit TermVariants(std::vector<std::string> languages);

  // The terms of one folded word, most likely first, each once.
  [[nodiscard]] std::vector<std::string> terms(std::string_view word, bool stemmable);

  // The folded spellings under which the word itself, not its other forms, may be written: the word, and its Latin
  // spelling if it is in another script.
  [[nodiscard]] static std::vector<std::string> spellings(std::string_view word);

  [[nodiscard]] Stemmer& stemmer(const std::string& language) { return stemmers_[language]; }
  [[nodiscard]] Stemmers& stemmers() { return stemmers_; }
  [[nodiscard]] const std::vector<std::string>& languages() const { return languages_; }

 private:
  std::vector<std::string> languages_;
  Stemmers stemmers_;
};

// A word of a text and the place behind it: parts of a hyphenated word lead to the next part, their joined form
// ("al-Sayed": alsayed) leads past all of them.
struct WordStep {
  OwnedToken token;
  std::size_t next = 0;
};

// The words of `text` as ways from place 0 to the end: at each place the words that may stand there, first the word
// itself.
using WordWays = std::vector<std::vector<WordStep>>;
[[nodiscard]] WordWays word_ways(std::string_view text);

// The folded beginning that `text*` asks for, hyphens and apostrophes aside: "co-oper" -> "cooper".
[[nodiscard]] std::string prefix_word(std::string_view text);

}  // namespace dateline
