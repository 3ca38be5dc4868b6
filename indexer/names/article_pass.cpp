// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/article_pass.h"

#include <algorithm>
#include <utility>

#include "indexer/names/article_people.h"
#include "indexer/names/article_roles.h"
#include "indexer/names/article_things.h"
#include "indexer/names/japanese_people.h"
#include "indexer/names/name_borders.h"
#include "indexer/names/name_view.h"
#include "indexer/names/surname_finder.h"

namespace dateline {
namespace {

// Names in the order in which the text brings them. Of "the Kremlin spokesman", where the Kremlin is a name itself,
// the rest names the person.
ArticleNames in_text_order(const NameView& view, std::vector<FoundName> found, std::vector<FoundName> by_role,
                           std::vector<ArticleName> names) {
  std::erase_if(found, [](const FoundName& one) { return one.name == kNobody; });
  std::vector<std::pair<FoundName, bool>> mentions;  // by role?
  auto one = found.begin();
  for (FoundName& role : by_role) {
    for (; one != found.end() && one->begin < role.end; ++one) {
      if (one->end > role.begin) role.begin = std::min(one->end, role.end);
      mentions.emplace_back(std::move(*one), false);
    }
    if (role.begin < role.end) mentions.emplace_back(std::move(role), true);
  }
  for (; one != found.end(); ++one) mentions.emplace_back(std::move(*one), false);

  ArticleNames all;
  std::vector<std::uint32_t> kept(names.size(), kNobody);
  for (const auto& [mention, is_role] : mentions) {
    if (kept[mention.name] == kNobody) {
      kept[mention.name] = static_cast<std::uint32_t>(all.names.size());
      all.names.push_back(std::move(names[mention.name]));
    }
    all.mentions.push_back(
        {{view.token(mention.begin).span.begin, view.token(mention.end - 1).span.end}, kept[mention.name], is_role});
  }
  return all;
}

}  // namespace

NameFinder::NameFinder(const NamesModel& model, const NameAliases& aliases)
    : model_(model), aliases_(aliases), tagger_(model) {}

ArticleNames NameFinder::find(std::string_view text) {
  tokenize_names(text, tokens_);
  const std::vector<TaggedName> tagged = tagger_.tag(tokens_);

  const NameView view(model_, tokens_, tagger_.context());
  std::vector<FoundName> found = mend_borders(view, tagged);
  std::vector<ArticleName> named;
  ArticlePeople people(view, aliases_, named);
  people.name_full(found);
  found = with_surnames(view, people, std::move(found));
  people.name_full(found);
  people.name_bare(found);
  name_things(view, found, named);
  std::vector<FoundName> by_role = find_roles(view, found, named);
  ArticleNames names = in_text_order(view, std::move(found), std::move(by_role), std::move(named));
  add_japanese_people(text, names);
  aliases_.apply(names);
  return names;
}

}  // namespace dateline
