// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/found_before.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "indexer/updating/index_folder.h"
#include "indexer/writing/waiting_articles.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> entries_of(const fs::path& folder) {
  if (!fs::is_directory(folder)) return {};
  return {fs::directory_iterator(folder), fs::directory_iterator()};
}

}  // namespace

bool gather_found(const fs::path& directory, const fs::path& scratch) {
  std::vector<fs::path> waiting;
  std::uint64_t next = 0;  // number of what is gathered
  bool any = false;
  for (const fs::path& folder : entries_of(directory)) {
    if (!number_behind(kBuildingBegin, folder.filename().string())) continue;
    for (const fs::path& file : entries_of(folder)) {
      const std::string name = file.filename().string();
      const auto found = number_behind(kFoundBegin, name);
      if (found && folder == scratch) {
        next = std::max(next, *found + 1);
        any = true;
      } else if (found || number_behind(kWaitingBegin, name)) {
        waiting.push_back(file);
      } else if (folder == scratch) {
        fs::remove_all(file);
      }
    }
  }
  if (!waiting.empty()) fs::create_directory(scratch);
  for (const fs::path& file : waiting) fs::rename(file, scratch / fmt::format("{}{:06}", kFoundBegin, next++));
  return any || !waiting.empty();
}

FoundBefore::FoundBefore(const fs::path& folder, std::uint64_t seed) : seed_(seed) {
  for (const fs::path& file : entries_of(folder)) {
    if (!number_behind(kFoundBegin, file.filename().string())) continue;
    if (const std::string key = read_batch_key(file); !key.empty()) files_[key] = file;
  }
}

std::string FoundBefore::key_of(const Batch& batch) const {
  XXH3_state_t state{};
  XXH3_128bits_reset_withSeed(&state, seed_);
  const auto add_number = [&](std::uint64_t number) { XXH3_128bits_update(&state, &number, sizeof number); };
  const auto add_text = [&](std::string_view text) {
    add_number(text.size());
    XXH3_128bits_update(&state, text.data(), text.size());
  };
  for (const RawRecord& record : batch.records) {
    add_text(*record.path);
    for (const std::uint64_t number : {static_cast<std::uint64_t>(record.format), record.line, record.ordinal}) {
      add_number(number);
    }
    add_text(record.bytes);
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(&state);
  std::string key(reinterpret_cast<const char*>(&hash), sizeof hash);
  static_assert(sizeof hash == kBatchKeyBytes);
  return key;
}

fs::path FoundBefore::find(const std::string& key) const {
  const auto known = files_.find(key);
  return known == files_.end() ? fs::path() : known->second;
}

}  // namespace dateline
