// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/index_check.h"

#include <fmt/format.h>
#include <optional>
#include <sstream>
#include <string>
#include <unistd.h>
#include <xapian.h>

#include "common/manifest.h"
#include "common/metadata.h"
#include "common/segments.h"
#include "common/text.h"
#include "indexer/updating/collection_facts.h"

namespace dateline {
namespace {

constexpr const char* kHint = "index the sources again with: dateline-index --rebuild";

Error fault(const Segment& segment, std::string_view what) {
  return {ErrorCode::kIndex, fmt::format("{}: {}", segment.path.string(), what), kHint};
}

std::optional<Error> check_tables(const Segment& segment) {
  // Xapian checks only what it may write to. The checksums have been looked at before.
  if (access((segment.path / "postlist.glass").c_str(), W_OK) != 0) return std::nullopt;
  std::ostringstream details;
  if (const std::size_t faults = Xapian::Database::check(segment.path.string(), 0, &details); faults > 0) {
    return fault(segment, fmt::format("{} faults found by Xapian: {}", faults, printable(details.str(), true)));
  }
  return std::nullopt;
}

// Walks the documents that were not removed in order: each article's are consecutive, its record decodes and describes
// as many.
std::optional<Error> check_articles(const Segment& segment) {
  const Xapian::Database& database = segment.database;
  SegmentCounts found;
  std::uint64_t documents = 0;
  PassageKey expected;
  for (auto value = database.valuestream_begin(kSlotPassage); value != database.valuestream_end(kSlotPassage);
       ++value) {
    if (segment.removed.hold(value.get_docid())) continue;
    const Result<PassageKey> key = decode_passage_key(*value);
    const std::string place = fmt::format("passage {}", value.get_docid());
    if (!key) return fault(segment, place + ": " + key.error().message);
    ++documents;
    if (key->ordinal > 0) {
      if (key->article != expected.article || key->ordinal != expected.ordinal || key->count != expected.count) {
        return fault(segment, place + ": out of order");
      }
    } else {
      const Result<StoredArticle> stored = decode_article(read_metadata(database, article_metadata_key(key->article)));
      if (!stored) return fault(segment, place + ": " + stored.error().message);
      const Result<std::string> text = decompress_text(*stored);
      if (!text) return fault(segment, place + ": " + text.error().message);
      if (stored->passages.size() + stored->boilerplate.size() != key->count) {
        return fault(segment, place + ": its article has other passages");
      }
      const std::string own = read_metadata(database, own_metadata_key(key->article));
      if (!own.empty() && !decode_found(own, stored->text_bytes)) {
        return fault(segment, place + ": what its article has by itself is damaged");
      }
      if (!decode_restored(read_metadata(database, restored_metadata_key(key->article)), stored->text_bytes)) {
        return fault(segment, place + ": the numbers of its article are damaged");
      }
      ++found.articles;
      found.passages += stored->passages.size();
      found.quotes += stored->quotes.size();
      found.text_bytes += text->size();
    }
    expected = {key->article, key->ordinal + 1, key->count};
  }
  const SegmentCounts& said = segment.counts;
  if (found.articles != said.articles || found.passages != said.passages || found.quotes != said.quotes ||
      found.text_bytes != said.text_bytes || database.get_doccount() != documents + segment.removed.documents()) {
    return fault(segment, fmt::format("holds {} articles and {} passages, but says {} and {}", found.articles,
                                      found.passages, said.articles, said.passages));
  }
  return std::nullopt;
}

// What the next update will go by: it must know as many articles as there are.
std::optional<Error> check_facts(const Segment& newest, const SegmentCounts& counts) {
  const Result<SourceState> sources = read_sources(newest.database);
  if (!sources) return fault(newest, sources.error().message);
  const Result<NameCounts> names = read_name_counts(newest.database);
  if (!names) return fault(newest, names.error().message);
  std::uint64_t articles = 0;
  for (const auto& [path, file] : *sources) {
    for (const RecordState& record : file.records) articles += record.article == kNoArticle ? 0 : 1;
  }
  if (articles == counts.articles) return std::nullopt;
  return fault(newest,
               fmt::format("knows where {} articles come from, but the index holds {}", articles, counts.articles));
}

Result<SegmentCounts> check_segments(const std::filesystem::path& directory) {
  const Result<std::vector<Segment>> segments = open_segments(directory);
  if (!segments) return segments.error();
  for (const Segment& segment : *segments) {
    if (std::optional<Error> error = check_checksums(segment.path)) return *error;
  }
  SegmentCounts counts;
  for (const Segment& segment : *segments) {
    if (std::optional<Error> error = check_tables(segment)) return *error;
    if (std::optional<Error> error = check_articles(segment)) return *error;
    counts += segment.counts;
  }
  if (std::optional<Error> error = check_facts(segments->back(), counts)) return *error;
  return counts;
}

}  // namespace

Result<SegmentCounts> check_index(const std::filesystem::path& directory) {
  for (;;) {
    const Result<Manifest> before = read_manifest(directory);
    Result<SegmentCounts> counts = check_segments(directory);
    if (counts || !before) return counts;
    // A writer may have committed meanwhile, and removed what was being checked.
    const Result<Manifest> after = read_manifest(directory);
    if (!after || after->segments == before->segments) return counts;
  }
}

}  // namespace dateline
