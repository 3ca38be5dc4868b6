// SPDX-License-Identifier: GPL-2.0-or-later
//
// Articles between finding and writing. Which of their lines are boilerplate only all sources together tell, so what is
// found in a batch waits in a scratch file until the pass is committed. Where it is not, a later pass that comes to the
// same batch takes the file over (found_before.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/schema.h"
#include "indexer/analysis.h"
#include "indexer/sources/batches.h"

namespace dateline {

inline constexpr std::string_view kWaitingBegin = "waiting-";  // a number follows

struct WaitingBatch {
  std::filesystem::path file;
  std::uint64_t bytes = 0;  // of its records, as the sources have them
  ArticleNumber first = 0;  // what the articles' numbers in the file are counted from
};

// An article in the form in which it waits: its record, without passages, its lines, copy_keys and sentences.
[[nodiscard]] std::string encode_waiting(ArticleNumber number, const AnalyzedArticle& analyzed);

inline constexpr std::size_t kBatchKeyBytes = 16;

// Writes the encoded articles of a batch, and which of its records gave none. Throws FatalError (kIndex) where there is
// no room.
//
// key  what the batch is known by, of kBatchKeyBytes
void write_waiting(const std::filesystem::path& file, std::string_view key, const std::vector<PlacedSkip>& skipped,
                   std::string_view articles);

// The key of a waiting batch; empty if the file is none.
[[nodiscard]] std::string read_batch_key(const std::filesystem::path& file);

// Reads the articles back, in their order; returns what was skipped, without paths. Throws FatalError (kIndex), before
// the first article, for a file that is not as it was written.
std::vector<PlacedSkip> read_waiting(
    const WaitingBatch& waiting,
    const std::function<void(ArticleNumber number, AnalyzedArticle&& analyzed)>& on_article);

}  // namespace dateline
