// SPDX-License-Identifier: GPL-2.0-or-later
//
// The names that stand in one passage, as the collection knows them.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "common/article.h"
#include "common/schema.h"
#include "query/name_reader.h"

namespace dateline {

// Somebody or something named in a passage, perhaps by a role alone.
struct NamedSpan {
  ByteSpan span;  // in the passage
  NamedOne who;
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

 private:
  const NameReader& names_;
  std::map<std::tuple<std::size_t, NameKind, std::string>, std::string> canonical_;
};

// Their canonical names by NameKind, each once, in the order of `spans`.
[[nodiscard]] std::array<std::vector<std::string>, kNameKinds> names_by_kind(const std::vector<NamedSpan>& spans);

}  // namespace dateline
