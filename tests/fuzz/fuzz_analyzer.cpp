// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any bytes: text.h and analyzer.h keep what their headers say, and both analyzer paths give the same words.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "common/analyzer.h"
#include "common/text.h"

namespace {

void require(bool holds, const char* clause) {
  if (holds) return;
  std::fprintf(stderr, "fuzz_analyzer: does not hold: %s\n", clause);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dateline;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string text = normalize_text(bytes);
  require(is_valid_utf8(text), "normalize_text gives valid UTF-8");
  require(normalize_text(text) == text, "normalize_text is idempotent");
  const std::string folded = fold(text);
  require(is_valid_utf8(folded), "fold gives valid UTF-8");
  require(fold(folded) == folded, "fold is idempotent");
  const std::string shown = printable(bytes, true);
  require(is_valid_utf8(shown) && printable(shown, true) == shown, "printable is valid and idempotent");
  require(display_width(shown) <= 2 * shown.size(), "a byte takes two columns at most");

  TokenStream fast(text);
  TokenStream general(text, AnalyzerPath::kGeneral);
  Token a;
  Token b;
  std::uint32_t begin = 0;
  std::uint32_t position = 0;
  while (fast.next(a)) {
    require(general.next(b), "the general path gives no fewer words");
    require(a.word == b.word && a.span == b.span && a.position == b.position && a.stemmable == b.stemmable,
            "both paths give the same words");
    require(!a.word.empty() && a.word.size() <= kMaxWordBytes && is_valid_utf8(a.word), "a word is valid");
    require(begin <= a.span.begin && a.span.begin < a.span.end && a.span.end <= text.size(), "spans are in order");
    require(a.position == position || a.position == position + 1, "positions are ordinals");
    begin = a.span.begin;
    position = a.position;
  }
  require(!general.next(b), "the general path gives no more words");
  return 0;
}
