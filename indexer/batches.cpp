// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/batches.h"

namespace dateline {

void read_batches(const std::vector<std::string>& sources, const ReadLimits& limits,
                  const std::function<void(Batch&&)>& on_batch) {
  Batch batch;
  const auto flush = [&] { on_batch(std::exchange(batch, Batch{})); };
  const auto skip = [&](const Skipped& skipped) { batch.skipped.push_back(skipped); };
  const auto add = [&](RawRecord&& record) {
    batch.bytes += record.bytes.size();
    batch.records.push_back(std::move(record));
    if (batch.bytes >= kBatchBytes || batch.records.size() >= kBatchRecords) flush();
  };
  walk_sources(
      sources, [&](const SourceFile& file) { read_source_file(file, limits, add, skip); }, skip);
  if (!batch.records.empty() || !batch.skipped.empty()) flush();
}

}  // namespace dateline
