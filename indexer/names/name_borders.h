// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where names begin and end: what the tagger saw is trimmed and mended.
#pragma once

#include <vector>

#include "indexer/names/name_tagger.h"
#include "indexer/names/name_view.h"

namespace dateline {

// The names that were tagged without what is no part of them (titles, honours, gaps), whole where the tagger saw a part
// ("Marijke 't Hooft"), and with people of whom it saw nothing but whose particles tell ("Hanneke van der Velde"). In
// order, never overlapping. Linear.
[[nodiscard]] std::vector<FoundName> mend_borders(const NameView& view, const std::vector<TaggedName>& tagged);

}  // namespace dateline
