// SPDX-License-Identifier: GPL-2.0-or-later
//
// Splits any text into sentences and passages and traps where a promise of the two headers is broken. The first byte
// chooses the language and whether the first sentence is the title; ill-formed bytes become U+FFFD, as in an article.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <vector>

#include "indexer/sentences/passage_builder.h"
#include "indexer/sentences/sentence_splitter.h"

namespace {

using dateline::ByteSpan;

void require(bool kept) {
  if (!kept) __builtin_trap();
}

std::string well_formed(const std::uint8_t* data, std::size_t size) {
  std::string text;
  const auto length = static_cast<std::int32_t>(size);
  for (std::int32_t begin = 0, end = 0; begin < length; begin = end) {
    UChar32 code = 0;
    U8_NEXT(data, end, length, code);
    if (code < 0) {
      text += "\uFFFD";
    } else {
      text.append(reinterpret_cast<const char*>(data) + begin, static_cast<std::size_t>(end - begin));
    }
  }
  return text;
}

// For every byte: does it begin a character, and is that one a blank?
struct Bytes {
  std::vector<bool> begins;
  std::vector<bool> blank;
};

Bytes bytes_of(std::string_view text) {
  Bytes bytes{std::vector<bool>(text.size() + 1), std::vector<bool>(text.size() + 1)};
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t begin = 0, end = 0; begin < length; begin = end) {
    UChar32 code = 0;
    U8_NEXT(data, end, length, code);
    bytes.begins[static_cast<std::size_t>(begin)] = true;
    for (std::int32_t at = begin; at < end; ++at) {
      bytes.blank[static_cast<std::size_t>(at)] = u_isUWhiteSpace(code) != 0;
    }
  }
  bytes.begins[text.size()] = true;
  return bytes;
}

void check_span(ByteSpan span, std::uint32_t previous_end, const Bytes& bytes) {
  require(previous_end <= span.begin && span.begin < span.end && span.end < bytes.begins.size());
  require(bytes.begins[span.begin] && bytes.begins[span.end]);
  require(!bytes.blank[span.begin] && !bytes.blank[span.end - 1]);
}

// Nothing but blanks, and perhaps the title, lies between the spans.
void check_gap(std::uint32_t begin, std::uint32_t end, ByteSpan title, const Bytes& bytes) {
  for (std::uint32_t at = begin; at < end; ++at) {
    require(bytes.blank[at] || (at >= title.begin && at < title.end));
  }
}

template <typename Spans>
void check_spans(const Spans& spans, std::string_view text, ByteSpan title, const Bytes& bytes) {
  std::uint32_t end = 0;
  for (const auto& item : spans) {
    check_span(item.span, end, bytes);
    check_gap(end, item.span.begin, title, bytes);
    end = item.span.end;
  }
  check_gap(end, static_cast<std::uint32_t>(text.size()), title, bytes);
}

void check_passages(std::string_view text, const std::vector<dateline::Sentence>& sentences, ByteSpan title,
                    const Bytes& bytes) {
  const auto passages =
      dateline::build_passages(text, sentences, title.empty() ? std::vector<ByteSpan>{} : std::vector<ByteSpan>{title});
  check_spans(passages, text, title, bytes);
  for (const auto& passage : passages) {
    const ByteSpan span = passage.span;
    require(span.end <= title.begin || span.begin >= title.end);
    require(passage.line == 1 + std::count(text.begin(), text.begin() + span.begin, '\n'));
    std::uint32_t words = 0;
    std::uint32_t inside = 0;
    for (const auto& sentence : sentences) {
      if (sentence.span.begin < span.begin || sentence.span.end > span.end) continue;
      words += dateline::count_words(text.substr(sentence.span.begin, sentence.span.size()));
      ++inside;
    }
    require(words <= dateline::kMaxPassageWords || inside == 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<std::string_view, 8> kLanguages = {"en", "de", "fr", "es", "ru", "el", "th", ""};
  constexpr std::size_t kMostBytes = 1 << 16;
  if (size == 0) return 0;
  const std::string text = well_formed(data + 1, std::min(size - 1, kMostBytes));
  const Bytes bytes = bytes_of(text);
  const auto sentences = dateline::split_sentences(text, kLanguages[data[0] % kLanguages.size()]);
  check_spans(sentences, text, {}, bytes);
  for (const auto& sentence : sentences) require(sentence.span.size() <= dateline::kMaxSentenceBytes);
  const bool titled = data[0] >= 128 && !sentences.empty();
  check_passages(text, sentences, titled ? sentences.front().span : ByteSpan{}, bytes);
  return 0;
}
