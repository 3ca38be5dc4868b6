// SPDX-License-Identifier: GPL-2.0-or-later
//
// What both programs call the reasons of boilerplate in their JSON; indexed by the enumerator.
#pragma once

#include <array>
#include <cstddef>

#include "common/article.h"

namespace dateline {

inline constexpr auto kBoilerplateReasonNames =
    std::to_array<const char*>({"repeated line", "time code", "highlights", "in many articles"});
static_assert(kBoilerplateReasonNames.size() == static_cast<std::size_t>(kLastBoilerplateReason) + 1);

}  // namespace dateline
