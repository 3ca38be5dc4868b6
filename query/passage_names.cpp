// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/passage_names.h"

#include <algorithm>

namespace dateline {

std::vector<NamedSpan> PassageNames::read(std::size_t segment, const StoredArticle& article, std::size_t ordinal) {
  std::vector<NamedSpan> here;
  const ByteSpan passage = article.passages[ordinal].span;
  const std::vector<Mention>& mentions = article.names.mentions;
  auto mention = std::lower_bound(mentions.begin(), mentions.end(), passage.begin,
                                  [](const Mention& one, std::uint32_t at) { return one.span.begin < at; });
  for (; mention != mentions.end() && mention->span.begin < passage.end; ++mention) {
    const ArticleName& name = article.names.names[mention->name];
    const auto [known, is_new] = canonical_.try_emplace({segment, name.kind, name.name});
    if (is_new) known->second = names_.canonical(segment, name.kind, name.name);
    const std::uint32_t end = std::min(mention->span.end, passage.end);
    here.push_back({{mention->span.begin - passage.begin, end - passage.begin}, {name.kind, known->second}});
  }
  return here;
}

std::array<std::vector<std::string>, kNameKinds> names_by_kind(const std::vector<NamedSpan>& spans) {
  std::array<std::vector<std::string>, kNameKinds> names;
  for (const NamedSpan& one : spans) {
    std::vector<std::string>& here = names[static_cast<std::size_t>(one.who.first)];
    if (std::find(here.begin(), here.end(), one.who.second) == here.end()) here.push_back(one.who.second);
  }
  return names;
}

}  // namespace dateline
