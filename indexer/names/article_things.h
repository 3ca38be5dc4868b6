// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which organisation or place is meant.
#pragma once

#include <vector>

#include "indexer/names/name_view.h"

namespace dateline {

// Names the organisations and places among `found`, adding to `names`: the same words are the same name; an acronym is
// what it was introduced as ("National Security Agency (NSA)"), or what it is everywhere ("U.S."). Linear.
void name_things(const NameView& view, std::vector<FoundName>& found, std::vector<ArticleName>& names);

}  // namespace dateline
