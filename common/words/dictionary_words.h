// SPDX-License-Identifier: GPL-2.0-or-later
//
// Words of scripts that set no blanks between them: CJK, Thai, Lao, Khmer, Burmese.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace dateline {

// Borders of the words of `run`, as offsets in bytes, the last one first; without the begin.
//
// errors  std::runtime_error if ICU lacks its dictionaries
[[nodiscard]] std::vector<std::uint32_t> find_borders(std::string_view run);

}  // namespace dateline
