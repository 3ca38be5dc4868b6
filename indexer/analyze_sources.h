// SPDX-License-Identifier: GPL-2.0-or-later
//
// All that indexing would find in articles, printed instead of indexed: --analyze.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/error.h"
#include "indexer/names/name_aliases.h"
#include "indexer/names/names_model.h"
#include "indexer/options.h"
#include "indexer/sources/batches.h"

namespace dateline {

// Calls write(line of JSON, see analysis_json) for every article, in source order, on the thread of the caller. Returns
// what was skipped, in source order.
//
// cost    reads the sources twice: only all of them tell what is boilerplate; the articles wait in a temporary file
// errors  FatalError where that has no room
[[nodiscard]] std::vector<Skipped> analyze_sources(const IndexOptions& options, const NamesModel& model,
                                                   const NameAliases& aliases,
                                                   const std::function<void(const std::string&)>& write);

}  // namespace dateline
