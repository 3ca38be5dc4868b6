// SPDX-License-Identifier: GPL-2.0-or-later
//
// What dateline-index says on standard output: --analyze and --report.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/analysis.h"
#include "indexer/updating/index_update.h"

namespace dateline {

// One article as one line of JSON, with the line's end. All offsets are half-open byte offsets into "text". Facts that
// the article does not give are left out. `story`: the id of the best of its copies, or its own.
[[nodiscard]] std::string analysis_json(const AnalyzedArticle& analyzed, const std::string& story);

// A run's report as one line of JSON, with the line's end.
[[nodiscard]] std::string report_json(const IndexReport& report);

// "75 articles, 384 passages, 857 quotes, 0.2 MB of text".
[[nodiscard]] std::string amount_text(std::uint64_t articles, std::uint64_t passages, std::uint64_t quotes,
                                      std::uint64_t bytes);

// A run's report for people, one line.
[[nodiscard]] std::string report_text(const IndexReport& report);

// A line for each of the first `max_shown` skipped sources, and how many there are beyond. Safe for a terminal.
[[nodiscard]] std::string skipped_text(const std::vector<Skipped>& skipped, std::size_t max_shown);

}  // namespace dateline
