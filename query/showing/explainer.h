// SPDX-License-Identifier: GPL-2.0-or-later
//
// Why a passage stands where it stands.
#pragma once

#include <string>

#include "query/searching/searcher.h"

namespace dateline {

// One English sentence: "All 3 words stand here; 2 of them are in the title; the words stand close together."
[[nodiscard]] std::string explain(const Hit& hit);

// The figures that add up to the score: "score 12.34 = passage 8.10 + article and title 3.20 + closeness 1.04".
[[nodiscard]] std::string explain_score(const Hit& hit);

}  // namespace dateline
