// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sentences to passages, the units of retrieval.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/article.h"

namespace dateline {

// How a sentence and the next one are set apart.
enum class Border : std::uint8_t {
  kSentence,
  kHeading,  // after a heading: a passage begins with it rather than end with it
  kParagraph,
};

// The sentences of a text, and as many borders: each is behind its sentence.
struct Layout {
  std::vector<Sentence> sentences;
  std::vector<Border> borders;
};

// The borders that the line ends between its sentences tell; behind the last one kParagraph.
[[nodiscard]] Layout read_layout(std::string_view text, const std::vector<Sentence>& sentences);

// Joins the sentences of one article to passages of about kPassageSentences sentences and 70 words.
//
// text       the article's text
// sentences  of that text, as split_sentences gives them
// left_out   spans that are in no passage, as the title: in text order, not overlapping, none empty
// returns    passages in text order, not overlapping, covering all else of every sentence; none reaches over what is
//            left out. Passage::line is counted from 1 over the \n of `text`.
// size       in words (see count_words). A passage goes below kMinPassageWords only where the article is shorter, or
//            each neighbour would otherwise pass kMaxPassageWords; above the maximum only for a single longer sentence.
// borders    Within these limits the cuts are weighed over the whole article, so that sizes are even and the last
//            passage is no remnant. Paragraph ends are preferred: blank lines, indented lines, and single line ends
//            unless the text is wrapped (sentences have line ends inside). After a heading, a byline or a date there is
//            no good border: these go with what follows.
// cost       linear
[[nodiscard]] std::vector<Passage> build_passages(std::string_view text, const std::vector<Sentence>& sentences,
                                                  const std::vector<ByteSpan>& left_out);

// The same with borders that are known from elsewhere: of a text that lost its line ends.
[[nodiscard]] std::vector<Passage> build_passages(std::string_view text, const Layout& layout,
                                                  const std::vector<ByteSpan>& left_out);

inline constexpr unsigned kMinPassageWords = 40;
inline constexpr unsigned kMaxPassageWords = 120;
inline constexpr unsigned kPassageSentences = 3;

}  // namespace dateline
