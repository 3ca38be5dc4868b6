// SPDX-License-Identifier: GPL-2.0-or-later
//
// Finds the quotes of any text, with names made up of its capitalised words, and traps where a promise of
// quote_finder.h is broken. The first byte chooses which words are names; ill-formed bytes become U+FFFD, as in an
// article.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/text.h"
#include "indexer/quotes/quote_finder.h"
#include "indexer/sentences/sentence_splitter.h"
#include "tests/quote_contract.h"

namespace {

void require(bool kept) {
  if (!kept) __builtin_trap();
}

const dateline::NamesModel& model() {
  static const dateline::Result<dateline::NamesModel> opened =
      dateline::NamesModel::open(std::filesystem::path(DATELINE_SOURCE_DIR) / "indexer" / "names" / "dateline.names");
  require(static_cast<bool>(opened));
  return *opened;
}

// Each word with a capital that `choice` lets through is a mention, of a new name or of an earlier one.
dateline::ArticleNames made_up_names(const dateline::TokenizedText& text, std::uint8_t choice) {
  using namespace dateline;
  ArticleNames names;
  for (std::uint32_t i = 0; i < text.tokens.size(); ++i) {
    const NameToken& token = text.tokens[i];
    if (token.kind != TokenKind::kWord || token.capitals == Capitals::kNone || (i * 7 + choice) % 3 == 0) continue;
    const auto name = static_cast<std::uint32_t>(token.hash % 5);
    while (names.names.size() <= name) {
      const auto n = names.names.size();
      names.names.push_back({n == 3   ? NameKind::kOrganization
                             : n == 4 ? NameKind::kPlace
                                      : NameKind::kPerson,
                             text.written(token).empty() ? "x" : std::string(text.written(token)),
                             static_cast<Gender>(n % 3),
                             {}});
    }
    // Now and then one of several words, whatever stands between them.
    std::uint32_t end = i;
    if (choice % 2 == 1 && i % 4 == 0)
      end = std::min<std::uint32_t>(i + 2, static_cast<std::uint32_t>(text.tokens.size()) - 1);
    names.mentions.push_back({{token.span.begin, text.tokens[end].span.end}, name, false});
    i = end;
  }
  return names;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMostBytes = 1 << 16;
  if (size == 0) return 0;
  const std::string text =
      dateline::normalize_text({reinterpret_cast<const char*>(data) + 1, std::min(size - 1, kMostBytes)});
  static dateline::QuoteFinder finder(model());
  dateline::TokenizedText tokens;
  dateline::tokenize_names(text, tokens);
  const dateline::ArticleNames names = made_up_names(tokens, data[0]);
  const auto sentences = dateline::split_sentences(text);
  const auto quotes = finder.find(sentences, tokens, names);
  require(dateline::broken_quote_clause(text, names, quotes).empty());
  return 0;
}
