// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/copies/copied_sentences.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "common/char_class.h"

namespace dateline {
namespace {

struct BorderedSentence {
  ByteSpan span;
  Border border = Border::kSentence;
};

// In the order of the copy, not overlapping.
std::vector<BorderedSentence> find_copied(const Layout& source, const TextAlignment& alignment) {
  std::vector<BorderedSentence> copied;
  for (std::size_t i = 0; i < source.sentences.size(); ++i) {
    if (const std::optional<ByteSpan> span = alignment.find(source.sentences[i].span)) {
      copied.push_back({*span, source.borders[i]});
    }
  }
  drop_overlapping(copied);
  return copied;
}

enum class Content { kBlanks, kMarks, kLetters };

Content content_of(std::string_view text) {
  Content content = Content::kBlanks;
  for (std::size_t at = 0; at < text.size();) {
    const CharClass what = class_of(next_code_point(text, at));
    if (what == CharClass::kLetter || what == CharClass::kUnspaced) return Content::kLetters;
    if (what != CharClass::kBlank && text[at - 1] != '\n') content = Content::kMarks;
  }
  return content;
}

}  // namespace

Layout copy_sentences(std::string_view copy, const std::vector<Sentence>& own, const Layout& source,
                      const TextAlignment& alignment) {
  Layout merged;
  const auto add = [&](ByteSpan span, Border border) {
    merged.sentences.push_back({span});
    merged.borders.push_back(border);
  };
  const auto add_own = [&](std::uint32_t begin, std::uint32_t end) {
    if (begin >= end) return;
    const Content content = content_of(copy.substr(begin, end - begin));
    if (content == Content::kBlanks) return;
    if (content == Content::kMarks && !merged.sentences.empty()) {  // marks alone are the end of something
      merged.sentences.back().span.end = end;
    } else {
      add({begin, end}, Border::kSentence);
    }
  };
  const std::vector<BorderedSentence> copied = find_copied(source, alignment);
  auto next = copied.begin();
  std::uint32_t behind = 0;  // all of `copied` up to `next`
  for (const Sentence& sentence : own) {
    std::uint32_t begin = std::max(sentence.span.begin, behind);
    for (; next != copied.end() && next->span.begin < sentence.span.end; ++next) {
      add_own(begin, next->span.begin);
      add(next->span, next->border);
      begin = behind = next->span.end;
    }
    add_own(begin, sentence.span.end);
  }
  return merged;
}

}  // namespace dateline
