// SPDX-License-Identifier: GPL-2.0-or-later
//
// User metadata of a segment, read so that a damaged block is damage and not a bug: Xapian 1.4 believes the size that
// stands in it, and the string that is to hold it throws std::length_error.
#pragma once

#include <functional>
#include <string>
#include <xapian.h>

namespace dateline {

// The entry; empty if there is none. Throws FatalError (kIndex) where it is damaged.
[[nodiscard]] std::string read_metadata(const Xapian::Database& database, const std::string& key);

// Calls on_key for the keys that begin with `prefix`, ascending, until it returns false. Throws as above.
void for_each_metadata_key(const Xapian::Database& database, const std::string& prefix,
                           const std::function<bool(const std::string& key)>& on_key);

}  // namespace dateline
