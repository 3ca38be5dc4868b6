// SPDX-License-Identifier: GPL-2.0-or-later
//
// Roles in apposition, and who is meant by them.
#pragma once

#include <vector>

#include "indexer/names/name_view.h"

namespace dateline {

// Gives the people among `found` the roles that stand beside their names ("Kremlin spokesman Dmitry Peskov", "the
// Kremlin spokesman, Dmitry Peskov, told", "Lukash, a Russian official"), some at most; returns the mentions by role
// alone ("the Kremlin spokesman", "the spokesman") of one who alone has such a role and was named before, in order.
// Cost: tokens + mentions by role × roles, of which there are some hundred at most.
[[nodiscard]] std::vector<FoundName> find_roles(const NameView& view, const std::vector<FoundName>& found,
                                                std::vector<ArticleName>& names);

}  // namespace dateline
