// SPDX-License-Identifier: GPL-2.0-or-later
//
// The names that stand in one passage and those who speak in it, as the collection knows them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "common/article.h"
#include "common/schema.h"
#include "query/reading/name_reader.h"

namespace dateline {

// Somebody or something named in a passage, perhaps by a role alone.
struct NamedSpan {
  ByteSpan span;  // in the passage
  NamedOne who;
};

// What somebody says in a passage.
struct SpokenSpan {
  ByteSpan span;                // in the passage, as far as it stands there
  std::uint32_t quote = 0;      // index of StoredArticle::quotes
  std::optional<NamedOne> who;  // nothing if nobody knows
};

class PassageNames {
 public:
  // names  must outlive this
  explicit PassageNames(const NameReader& names) : names_(names) {}

  // The names in a passage of `article`, in text order.
  // segment  where the article is stored
  // ordinal  of the passage in its article
  // cost     a look-up a name that is new to this
  [[nodiscard]] std::vector<NamedSpan> read(std::size_t segment, const StoredArticle& article, std::size_t ordinal);

  // What is said in it, by whom, in text order. Cost: linear in the article's quotes.
  [[nodiscard]] std::vector<SpokenSpan> read_quotes(std::size_t segment, const StoredArticle& article,
                                                    std::size_t ordinal);

 private:
  [[nodiscard]] NamedOne who(std::size_t segment, const ArticleName& name);

  const NameReader& names_;
  std::map<std::tuple<std::size_t, NameKind, std::string>, std::string> canonical_;
};

// Their canonical names by NameKind, each once, in the order of `spans`.
[[nodiscard]] std::array<std::vector<std::string>, kNameKinds> names_by_kind(const std::vector<NamedSpan>& spans);

// A quote as a hit shows it.
struct PassageQuote {
  std::string speaker;  // canonical; empty if nobody knows
  std::string text;     // as far as it stands in the passage
};

// passage  the text that the spans are in
[[nodiscard]] std::vector<PassageQuote> shown_quotes(const std::vector<SpokenSpan>& spans, std::string_view passage);

}  // namespace dateline
