// SPDX-License-Identifier: GPL-2.0-or-later
//
// Verifies an index.
#pragma once

#include <filesystem>

#include "common/error.h"
#include "common/schema.h"

namespace dateline {

// Reads all of the index in `directory`: the manifest, each segment's schema, its checksums, Xapian's own check of its
// tables, every passage's key, every article's record and text, and the counts they add up to.
//
// returns  what the index holds
// errors   kIndex: the first fault, where it is and what to do about it
// cost     linear in the index; reads every block
[[nodiscard]] Result<SegmentCounts> check_index(const std::filesystem::path& directory);

}  // namespace dateline
