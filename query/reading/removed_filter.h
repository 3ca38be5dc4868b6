// SPDX-License-Identifier: GPL-2.0-or-later
//
// Keeps what an update took out of older segments (removed_passages.h) from being found.
#pragma once

#include <vector>
#include <xapian.h>

#include "common/segments.h"

namespace dateline {

// `query` without the passages that were removed from `segments`, which must outlive it; `query` itself if none were.
// Cost: for each match a step through the removed ranges of its segment.
[[nodiscard]] Xapian::Query without_removed(const std::vector<Segment>& segments, const Xapian::Query& query);

}  // namespace dateline
