// SPDX-License-Identifier: GPL-2.0-or-later
//
// Surnames of people whom the article names in full, where the tagger saw nothing.
#pragma once

#include <vector>

#include "indexer/names/article_people.h"
#include "indexer/names/name_view.h"

namespace dateline {

// `found` with the words that are somebody's surname here, also surnames of several words ("al-Sayed"), and given names
// that one person alone has: where they stand as names, and no part of another name. Single words that were taken for
// places or organisations but act as people do ("Charlotte said") become people. In order, never overlapping.
// Cost: tokens + mentions.
[[nodiscard]] std::vector<FoundName> with_surnames(const NameView& view, const ArticlePeople& people,
                                                   std::vector<FoundName> found);

}  // namespace dateline
