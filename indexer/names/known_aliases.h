// SPDX-License-Identifier: GPL-2.0-or-later
//
// Names that mean the same everywhere, so that no article needs to introduce them.
#pragma once

#include <string_view>

namespace dateline {

// The usual full name of a country, state or organisation known by a short one; empty if there is none.
// key  the name's words as name_key gives them: "us.", "eu"
[[nodiscard]] std::string_view known_full_name(std::string_view key);

}  // namespace dateline
