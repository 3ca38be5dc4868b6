// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/removed_passages.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "common/byte_codec.h"

namespace dateline {
namespace {

bool ends_before(std::uint32_t docid, const DocidRange& range) { return docid < range.end; }

}  // namespace

std::uint64_t RemovedPassages::documents() const {
  return std::accumulate(ranges.begin(), ranges.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const DocidRange& range) { return sum + range.end - range.begin; });
}

bool RemovedPassages::hold(std::uint32_t docid) const {
  const auto range = std::upper_bound(ranges.begin(), ranges.end(), docid, ends_before);
  return range != ranges.end() && range->begin <= docid;
}

void RemovedPassages::add(DocidRange range) {
  ranges.insert(std::upper_bound(ranges.begin(), ranges.end(), range.begin, ends_before), range);
}

void RemovedPassages::add_behind(std::uint32_t documents, const RemovedPassages& other) {
  for (const DocidRange& range : other.ranges) ranges.push_back({range.begin + documents, range.end + documents});
  counts += other.counts;
  length += other.length;
}

std::string encode_removed(const RemovedBySegment& removed) {
  std::string out;
  for (const auto& [segment, passages] : removed) {
    put_string(out, segment);
    put_string(out, encode_counts(passages.counts));
    put_number(out, passages.length);
    put_number(out, passages.ranges.size());
    std::uint32_t end = 0;
    for (const DocidRange& range : passages.ranges) {
      put_number(out, range.begin - end);
      put_number(out, range.end - range.begin);
      end = range.end;
    }
  }
  return out;
}

Result<RemovedBySegment> decode_removed(std::string_view bytes) {
  const Error damaged{ErrorCode::kIndex, "the list of removed passages is damaged",
                      "index the sources again with --rebuild"};
  RemovedBySegment removed;
  ByteReader reader(bytes);
  while (reader.ok() && !reader.rest().empty()) {
    RemovedPassages& passages = removed[reader.string()];
    Result<SegmentCounts> counts = decode_counts(reader.string());
    if (!counts) return damaged;
    passages.counts = std::move(*counts);
    passages.length = reader.number();
    DocidRange range;
    for (std::uint64_t ranges = reader.number(); ranges > 0 && reader.ok(); --ranges) {
      range.begin = reader.small_number(range.end);
      range.end = reader.small_number(range.begin);
      if (range.end == range.begin) return damaged;
      passages.ranges.push_back(range);
    }
  }
  if (!reader.ok()) return damaged;
  return removed;
}

}  // namespace dateline
