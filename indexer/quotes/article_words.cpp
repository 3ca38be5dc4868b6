// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/article_words.h"

#include "indexer/sentences/wrapped_lines.h"

namespace dateline {

void ArticleWords::prepare(const std::vector<Sentence>& sentences, const TokenizedText& text,
                           const ArticleNames& names) {
  text_ = &text;
  names_ = &names;
  places_.assign(text.tokens.size(), {});
  find_paragraphs();
  stretches_ = find_quoted_stretches(text, paragraphs_);

  sentences_.assign(sentences.size(), {});
  std::uint32_t at = 0;
  for (std::uint32_t s = 0; s < sentences.size(); ++s) {
    sentences_[s].begin = at;
    for (; at < size() && token(at).span.begin < sentences[s].span.end; ++at) places_[at].sentence = s;
    sentences_[s].end = at;
  }
  for (; at < size(); ++at)
    places_[at].sentence = sentences.empty() ? 0 : static_cast<std::uint32_t>(sentences.size() - 1);

  mentions_.assign(names.mentions.size(), {});
  at = 0;
  for (std::uint32_t m = 0; m < names.mentions.size(); ++m) {
    const ByteSpan span = names.mentions[m].span;
    while (at < size() && token(at).span.end <= span.begin) ++at;
    mentions_[m].begin = at;
    for (; at < size() && token(at).span.begin < span.end; ++at) places_[at].mention = m;
    mentions_[m].end = at;
  }

  // Parents come first: the innermost stretch has the last word.
  for (std::uint32_t s = 0; s < stretches_.size(); ++s) {
    const TokenRange marked = stretches_[s].marked();
    for (std::uint32_t i = marked.begin; i < marked.end; ++i) places_[i].stretch = s;
  }
}

void ArticleWords::find_paragraphs() {
  paragraphs_.clear();
  const bool wrapped = wrapping_of(text_->text) > 0;
  for (const NameParagraph& block : text_->paragraphs) {
    std::uint32_t begin = block.begin;
    for (std::uint32_t i = block.begin + 1; !wrapped && i < block.end; ++i) {
      const std::uint32_t gap = token(i - 1).span.end;
      const std::uint32_t gap_end = token(i).span.begin;
      if (gap == gap_end || (gap + 1 == gap_end && text_->text[gap] == ' ')) continue;
      if (text_->text.substr(gap, gap_end - gap).find('\n') == std::string_view::npos) continue;
      paragraphs_.push_back({begin, i});
      begin = i;
    }
    if (begin < block.end) paragraphs_.push_back({begin, block.end});
  }
  for (std::uint32_t p = 0; p < paragraphs_.size(); ++p) {
    for (std::uint32_t i = paragraphs_[p].begin; i < paragraphs_[p].end; ++i) places_[i].paragraph = p;
  }
}

std::uint32_t ArticleWords::stretch_below(std::uint32_t i, std::uint32_t level) const {
  std::uint32_t below = kNowhere;
  for (std::uint32_t s = stretch(i); s != level; s = stretches_[s].parent) {
    if (s == kNowhere) return kNowhere;
    below = s;
  }
  return below;
}

}  // namespace dateline
