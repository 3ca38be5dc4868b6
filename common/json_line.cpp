// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/json_line.h"

#include <nlohmann/json.hpp>

#include "common/text.h"

namespace dateline {

std::string json_line(const nlohmann::ordered_json& value) {
  // File names need not be UTF-8; a lone bad byte must not cost the whole line.
  const auto replace = nlohmann::ordered_json::error_handler_t::replace;
  return escape_unprintable(value.dump(-1, ' ', /*ensure_ascii=*/false, replace)) + '\n';
}

}  // namespace dateline
