// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/metadata.h"

#include <stdexcept>

#include "common/error.h"

namespace dateline {
namespace {

FatalError damaged() {
  return FatalError({ErrorCode::kIndex, "damaged: a metadata entry has an impossible size",
                     "index the sources again with: dateline-index --rebuild"});
}

}  // namespace

std::string read_metadata(const Xapian::Database& database, const std::string& key) {
  try {
    return database.get_metadata(key);
  } catch (const std::length_error&) {
    throw damaged();
  }
}

void for_each_metadata_key(const Xapian::Database& database, const std::string& prefix,
                           const std::function<bool(const std::string& key)>& on_key) {
  try {
    const auto end = database.metadata_keys_end(prefix);
    for (auto key = database.metadata_keys_begin(prefix); key != end && on_key(*key); ++key) {
    }
  } catch (const std::length_error&) {
    throw damaged();
  }
}

}  // namespace dateline
