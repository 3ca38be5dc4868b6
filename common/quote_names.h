// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the kinds of quotes and the rules for speakers are called where both programs print them.
#pragma once

#include <array>
#include <cstddef>

#include "common/article.h"

namespace dateline {

inline constexpr std::array<const char*, 3> kQuoteKindNames = {"direct", "mixed", "indirect"};
inline constexpr std::array kSpeakerRuleNames = {"none",      "after",     "inverted",  "before",  "colon",
                                                 "according", "continued", "paragraph", "subject", "copy"};
static_assert(kSpeakerRuleNames.size() == static_cast<std::size_t>(kLastSpeakerRule) + 1);
inline constexpr std::array<const char*, 2> kConfidenceNames = {"medium", "high"};

}  // namespace dateline
