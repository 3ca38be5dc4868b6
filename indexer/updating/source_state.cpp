// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/source_state.h"

#include <algorithm>
#include <utility>

#include "common/byte_codec.h"

namespace dateline {
namespace {

constexpr std::size_t kHashBytes = 8;

void put_hash(std::string& out, std::uint64_t hash) {
  for (std::size_t i = 0; i < kHashBytes; ++i, hash >>= 8) out.push_back(static_cast<char>(hash));
}

std::uint64_t read_hash(ByteReader& reader) {
  const std::string_view bytes = reader.bytes(kHashBytes);
  std::uint64_t hash = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) hash = hash << 8 | static_cast<unsigned char>(bytes[i - 1]);
  return hash;
}

// Small numbers for what is near to `expected`, before or behind it.
std::uint64_t distance(ArticleNumber article, ArticleNumber expected) {
  const auto difference = static_cast<std::int64_t>(article - expected);
  return static_cast<std::uint64_t>(difference) << 1 ^ static_cast<std::uint64_t>(difference >> 63);
}

ArticleNumber at_distance(std::uint64_t distance, ArticleNumber expected) {
  return expected + (distance >> 1 ^ (~(distance & 1) + 1));
}

void put_file(std::string& out, const FileState& file) {
  for (const std::uint64_t number :
       {file.stamp.size, file.stamp.modified_ns, file.stamp.changed_ns, file.stamp.inode}) {
    put_number(out, number);
  }
  put_hash(out, file.conditions);
  put_number(out, file.records.size());
  std::uint64_t line = 0;
  ArticleNumber expected = 0;
  for (const RecordState& record : file.records) {
    put_number(out, record.line == 0 ? 0 : record.line - line + 1);
    if (record.line == 0) continue;
    line = record.line;
    put_hash(out, record.hash);
    put_number(out, record.article == kNoArticle ? 0 : distance(record.article, expected) + 1);
    if (record.article != kNoArticle) expected = record.article + 1;
  }
  put_number(out, file.skipped.size());
  for (const PlacedSkip& skip : file.skipped) {
    put_number(out, skip.records_before);
    put_number(out, skip.skipped.line);
    put_string(out, skip.skipped.reason);
  }
}

void read_file(ByteReader& reader, FileState& file) {
  for (std::uint64_t* number : {&file.stamp.size, &file.stamp.modified_ns, &file.stamp.changed_ns, &file.stamp.inode}) {
    *number = reader.number();
  }
  file.conditions = read_hash(reader);
  const std::uint64_t records = reader.number();
  if (records > reader.rest().size()) return reader.fail();
  file.records.resize(records);
  std::uint64_t line = 0;
  ArticleNumber expected = 0;
  for (RecordState& record : file.records) {
    const std::uint64_t lines = reader.number();
    if (lines == 0) continue;
    line += lines - 1;
    record.line = line;
    record.hash = read_hash(reader);
    const std::uint64_t article = reader.number();
    if (article == 0) continue;
    record.article = at_distance(article - 1, expected);
    expected = record.article + 1;
  }
  for (std::uint64_t skips = reader.number(); skips > 0 && reader.ok(); --skips) {
    PlacedSkip& skip = file.skipped.emplace_back();
    skip.records_before = reader.number();
    skip.skipped.line = reader.number();
    skip.skipped.reason = reader.string();
  }
}

}  // namespace

std::string encode_source_state(const SourceState& state) {
  std::string out;
  put_number(out, state.size());
  std::string_view last;
  for (const auto& [path, file] : state) {
    // Paths that follow one another mostly begin alike.
    const auto same = static_cast<std::size_t>(std::mismatch(path.begin(), path.end(), last.begin(), last.end()).first -
                                               path.begin());
    put_number(out, same);
    put_string(out, std::string_view(path).substr(same));
    put_file(out, file);
    last = path;
  }
  return out;
}

Result<SourceState> decode_source_state(std::string_view bytes) {
  SourceState state;
  ByteReader reader(bytes);
  std::string path;
  for (std::uint64_t files = reader.number(); files > 0 && reader.ok(); --files) {
    const std::uint64_t same = reader.number();
    if (same > path.size()) reader.fail();
    path.resize(std::min<std::uint64_t>(same, path.size()));
    path += reader.bytes(reader.number());
    read_file(reader, state.emplace_hint(state.end(), path, FileState{})->second);
  }
  if (!reader.ok() || !reader.rest().empty()) {
    return Error{ErrorCode::kIndex, "the list of the files that were read is damaged",
                 "index the sources again with --rebuild"};
  }
  return state;
}

bool is_of_source(std::string_view path, std::string_view source) {
  if (path == source) return true;
  while (source.ends_with('/')) source.remove_suffix(1);
  return path.size() > source.size() && path.starts_with(source) && path[source.size()] == '/';
}

}  // namespace dateline
