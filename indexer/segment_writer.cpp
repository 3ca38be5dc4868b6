// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/segment_writer.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <string_view>
#include <xapian.h>

#include "common/analyzer.h"
#include "common/manifest.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

// Scratch databases are never recovered, only rebuilt, so nothing is journalled or synced. Without a termlist table
// (CPU × 1.73 with it); it must be said at every opening for writing.
constexpr int kScratchFlags =
    Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_TERMLIST | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS;

// Databases merged at once: each takes a handful of open files.
constexpr std::size_t kMaxMerged = 200;

// Word forms a thread's stemmers remember between batches; bounds their memory at about 100 MB.
constexpr std::size_t kMaxForms = 1'000'000;

// Occurrences of terms, counted by sorting: a passage has some sixty.
class TermCounter {
 public:
  void add(std::string_view text, Stemmer& stemmer) {
    TokenStream words(text);
    for (Token token; words.next(token);) ids_.push_back(stemmer.id(token.word, token.stemmable));
  }

  // Adds every term to `document`, prefixed, and forgets them.
  void move_to(Xapian::Document& document, std::string_view prefix, const Stemmer& stemmer) {
    std::sort(ids_.begin(), ids_.end());
    for (auto first = ids_.begin(); first != ids_.end();) {
      const auto last = std::find_if(first, ids_.end(), [&](TermId id) { return id != *first; });
      term_.assign(prefix).append(stemmer.term(*first));
      document.add_term(term_, static_cast<Xapian::termcount>(std::distance(first, last)));
      first = last;
    }
    ids_.clear();
  }

 private:
  std::vector<TermId> ids_;
  std::string term_;
};

void compact(const std::vector<fs::path>& parts, const fs::path& into) {
  Xapian::Database all;
  for (const fs::path& part : parts) all.add_database(Xapian::Database(part.string()));
  all.compact(into.string());
}

void remove_all(const std::vector<fs::path>& directories) {
  for (const fs::path& directory : directories) fs::remove_all(directory);
}

}  // namespace

struct BatchWriter::Database {
  explicit Database(const fs::path& directory) : writable(directory.string(), kScratchFlags) {}
  Xapian::WritableDatabase writable;
  TermCounter counter;
};

BatchWriter::BatchWriter(const fs::path& directory, std::uint64_t batch, Stemmers& stemmers)
    : database_(std::make_unique<Database>(directory)), stemmers_(stemmers), next_article_(batch << kBatchBits) {}

BatchWriter::~BatchWriter() = default;

void BatchWriter::add(const AnalyzedArticle& analyzed) {
  const Article& article = analyzed.article;
  Stemmer& stemmer = stemmers_[article.language];
  const ArticleNumber number = next_article_++;
  database_->writable.set_metadata(article_metadata_key(number), encode_article(article, analyzed.passages));

  TermCounter& counter = database_->counter;
  PassageKey key{number, 0, static_cast<std::uint32_t>(analyzed.passages.size())};
  const std::string date = date_value(article.date);
  for (const Passage& passage : analyzed.passages) {
    Xapian::Document document;
    counter.add(std::string_view(article.text).substr(passage.span.begin, passage.span.size()), stemmer);
    counter.move_to(document, "", stemmer);
    counter.add(article.title, stemmer);
    counter.move_to(document, kPrefixTitle, stemmer);
    for (const OwnedToken& word : dateline::analyze(article.outlet)) {
      document.add_boolean_term(prefixed_term(kPrefixOutlet, word.word));
    }
    if (key.ordinal == 0) document.add_boolean_term(id_term(article.id));
    document.add_value(kSlotPassage, encode_passage_key(key));
    if (!date.empty()) document.add_value(kSlotDate, date);
    database_->writable.add_document(document);
    ++key.ordinal;
  }
  ++counts_.articles;
  counts_.passages += analyzed.passages.size();
  counts_.text_bytes += article.text.size();
  ++counts_.languages[article.language];
}

SegmentCounts BatchWriter::finish() {
  database_->writable.commit();
  database_.reset();
  stemmers_.trim(kMaxForms);
  return counts_;
}

void merge_segment(const std::vector<fs::path>& batches, const SegmentCounts& counts, const fs::path& directory) {
  const fs::path facts = directory.parent_path() / (directory.filename().string() + ".facts");
  {
    Xapian::WritableDatabase database(facts.string(), kScratchFlags);
    database.set_metadata(std::string(kMetaSchema), std::to_string(kSchemaVersion));
    database.set_metadata(std::string(kMetaAnalyzer), analyzer_fingerprint());
    database.set_metadata(std::string(kMetaCounts), encode_counts(counts));
    database.commit();
  }
  std::vector<fs::path> parts{facts};
  parts.insert(parts.end(), batches.begin(), batches.end());
  for (unsigned round = 0; parts.size() > kMaxMerged; ++round) {
    std::vector<fs::path> merged;
    for (std::size_t begin = 0; begin < parts.size(); begin += kMaxMerged) {
      const auto first = parts.begin() + static_cast<std::ptrdiff_t>(begin);
      const std::vector<fs::path> group(
          first, first + static_cast<std::ptrdiff_t>(std::min(kMaxMerged, parts.size() - begin)));
      merged.push_back(directory.parent_path() /
                       fmt::format("{}.round-{}-{}", directory.filename().string(), round, merged.size()));
      compact(group, merged.back());
      remove_all(group);
    }
    parts = std::move(merged);
  }
  compact(parts, directory);
  remove_all(parts);
  sync_tree(directory);
}

}  // namespace dateline
