// SPDX-License-Identifier: GPL-2.0-or-later
//
// Articles between finding and writing. Which of their lines are boilerplate only all sources together tell, so what is
// found in a batch waits in a scratch file until the last batch is read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "common/schema.h"
#include "indexer/analysis.h"

namespace dateline {

struct WaitingBatch {
  std::filesystem::path file;
  std::uint64_t bytes = 0;  // of its records, as the sources have them
};

// An article in the form in which it waits: its record, without passages, its lines, copy_keys and sentences.
[[nodiscard]] std::string encode_waiting(ArticleNumber number, const AnalyzedArticle& analyzed);

// Writes the encoded articles of a batch. Throws FatalError (kIndex) where there is no room.
void write_waiting(const std::filesystem::path& file, const std::string& articles);

// Reads them back, in their order. Throws FatalError (kIndex) for a file that is not as it was written.
void read_waiting(const std::filesystem::path& file,
                  const std::function<void(ArticleNumber number, AnalyzedArticle&& analyzed)>& on_article);

}  // namespace dateline
