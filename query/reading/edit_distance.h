// SPDX-License-Identifier: GPL-2.0-or-later
//
// How far a word is from what may have been meant by it.
#pragma once

#include <optional>
#include <string_view>

namespace dateline {

// Insertions, removals, replacements and swaps of neighbours (optimal string alignment), in bytes. Cost: the product of
// the lengths.
[[nodiscard]] unsigned edits(std::string_view a, std::string_view b);

// The edits between a word and one that its writer may have meant: two at most, and one for each three letters or so.
// Nothing if they are too far apart.
[[nodiscard]] std::optional<unsigned> slip_of(std::string_view word, std::string_view meant);

}  // namespace dateline
