// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/line_counts.h"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/ascii.h"

namespace dateline {
namespace {

constexpr std::size_t kHashBytes = 6;
constexpr LineHash kHashMask = (LineHash{1} << (8 * kHashBytes)) - 1;

std::string outlet_of(const Article& article, SourceFormat format) {
  if (format == SourceFormat::kText) return article.path.substr(0, article.path.rfind('/') + 1);
  return article.outlet.empty() ? article.path : to_lower(article.outlet);
}

}  // namespace

std::vector<LineHash> hash_lines(const std::vector<ArticleLine>& lines, const Article& article, SourceFormat format) {
  const std::string outlet = outlet_of(article, format);
  const std::uint64_t seed = XXH3_64bits(outlet.data(), outlet.size());
  std::vector<LineHash> hashes;
  hashes.reserve(lines.size());
  for (const ArticleLine& line : lines) {
    hashes.push_back(XXH3_64bits_withSeed(&line.key, sizeof line.key, seed) & kHashMask);
  }
  return hashes;
}

std::string encode_line_hashes(const std::vector<LineHash>& hashes) {
  std::string bytes;
  bytes.reserve(hashes.size() * kHashBytes);
  for (const LineHash hash : hashes) {
    for (std::size_t i = 0; i < kHashBytes; ++i) bytes.push_back(static_cast<char>(hash >> (8 * i)));
  }
  return bytes;
}

Result<std::vector<LineHash>> decode_line_hashes(std::string_view bytes) {
  if (bytes.size() % kHashBytes != 0) {
    return Error{ErrorCode::kIndex, "the lines of an article are damaged",
                 "index the sources again with: dateline-index --rebuild"};
  }
  std::vector<LineHash> hashes(bytes.size() / kHashBytes);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    hashes[i / kHashBytes] |= LineHash{static_cast<unsigned char>(bytes[i])} << (8 * (i % kHashBytes));
  }
  return hashes;
}

void LineCounts::add(const std::vector<LineHash>& lines) {
  const auto first = static_cast<std::ptrdiff_t>(hashes_.size());
  hashes_.insert(hashes_.end(), lines.begin(), lines.end());
  std::sort(hashes_.begin() + first, hashes_.end());
  hashes_.erase(std::unique(hashes_.begin() + first, hashes_.end()), hashes_.end());
}

void LineCounts::sort() { std::sort(hashes_.begin(), hashes_.end()); }

unsigned LineCounts::count(LineHash line) const {
  auto found = std::lower_bound(hashes_.begin(), hashes_.end(), line);
  unsigned count = 0;
  for (; count < kMost && found != hashes_.end() && *found == line; ++found) ++count;
  return count;
}

}  // namespace dateline
