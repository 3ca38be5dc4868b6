// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace dateline {

// JSON as one line with its end: valid UTF-8 whatever stands in it, and nothing raw that a terminal would act on.
[[nodiscard]] std::string json_line(const nlohmann::ordered_json& value);

}  // namespace dateline
