// SPDX-License-Identifier: GPL-2.0-or-later
//
// What QuoteFinder promises of any text, for the unit tests and the fuzzer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"

namespace dateline {

// The promise that `quotes` of `text` break; "" if none.
inline std::string broken_quote_clause(std::string_view text, const ArticleNames& names,
                                       const std::vector<Quote>& quotes) {
  const auto begins_character = [&](std::uint32_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
  };
  const auto is_valid = [&](ByteSpan span) {
    return span.begin < span.end && span.end <= text.size() && begins_character(span.begin) &&
           begins_character(span.end);
  };
  ByteSpan before;
  for (const Quote& quote : quotes) {
    if (!is_valid(quote.span)) return "quote inside the text";
    if (quote.span.begin < before.begin) return "in text order";
    const bool nested = quote.span.end <= before.end;
    if (quote.span.begin < before.end && !nested) return "apart or nested";
    if (!nested) before = quote.span;
    for (const ByteSpan part : {quote.speaker, quote.cue}) {
      if (part == ByteSpan{}) continue;
      if (!is_valid(part)) return "speaker and cue inside the text";
      if (part.begin < quote.span.end && part.end > quote.span.begin) return "speaker and cue outside of the quote";
    }
    if (quote.name != kNobody && quote.name >= names.names.size()) return "a name of the article";
    if (quote.name != kNobody && quote.speaker.empty()) return "a name has its mention";
    if (quote.rule == SpeakerRule::kNone && !(quote.speaker.empty() && quote.cue.empty()))
      return "a speaker has a rule";
  }
  return "";
}

}  // namespace dateline
