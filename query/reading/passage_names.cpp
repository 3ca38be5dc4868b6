// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/passage_names.h"

#include <algorithm>

namespace dateline {

NamedOne PassageNames::who(std::size_t segment, const ArticleName& name) {
  const auto [known, is_new] = canonical_.try_emplace({segment, name.kind, name.name});
  if (is_new) known->second = names_.canonical(segment, name.kind, name.name);
  return {name.kind, known->second};
}

std::vector<SpokenSpan> PassageNames::read_quotes(std::size_t segment, const StoredArticle& article,
                                                  std::size_t ordinal) {
  std::vector<SpokenSpan> here;
  const ByteSpan passage = article.passages[ordinal].span;
  for (std::uint32_t i = 0; i < article.quotes.size() && article.quotes[i].span.begin < passage.end; ++i) {
    const Quote& quote = article.quotes[i];
    if (quote.span.end <= passage.begin) continue;
    const std::uint32_t begin = std::max(passage.begin, quote.span.begin);
    SpokenSpan spoken{{begin - passage.begin, std::min(passage.end, quote.span.end) - passage.begin}, i, {}};
    if (quote.name != kNobody) spoken.who = who(segment, article.names.names[quote.name]);
    here.push_back(std::move(spoken));
  }
  return here;
}

std::vector<NamedSpan> PassageNames::read(std::size_t segment, const StoredArticle& article, std::size_t ordinal) {
  std::vector<NamedSpan> here;
  const ByteSpan passage = article.passages[ordinal].span;
  const std::vector<Mention>& mentions = article.names.mentions;
  auto mention = std::lower_bound(mentions.begin(), mentions.end(), passage.begin,
                                  [](const Mention& one, std::uint32_t at) { return one.span.begin < at; });
  for (; mention != mentions.end() && mention->span.begin < passage.end; ++mention) {
    const std::uint32_t end = std::min(mention->span.end, passage.end);
    here.push_back(
        {{mention->span.begin - passage.begin, end - passage.begin}, who(segment, article.names.names[mention->name])});
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

std::vector<PassageQuote> shown_quotes(const std::vector<SpokenSpan>& spans, std::string_view passage) {
  std::vector<PassageQuote> quotes;
  quotes.reserve(spans.size());
  for (const SpokenSpan& spoken : spans) {
    quotes.push_back({spoken.who ? spoken.who->second : std::string(),
                      std::string(passage.substr(spoken.span.begin, spoken.span.size()))});
  }
  return quotes;
}

}  // namespace dateline
