// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/segment_writer.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/analyzer.h"
#include "common/manifest.h"
#include "common/name_key.h"

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

using CountedTerms = std::vector<std::pair<std::string, Xapian::termcount>>;

void add_terms(Xapian::Document& document, const CountedTerms& terms) {
  for (const auto& [term, count] : terms) document.add_term(term, count);
}

// Occurrences of terms, counted by sorting: a passage has some sixty.
class TermCounter {
 public:
  // Calls on_term(prefixed term, occurrences) for every term of `text`.
  template <typename OnTerm>
  void count(std::string_view text, std::string_view prefix, Stemmer& stemmer, const OnTerm& on_term) {
    ids_.clear();
    TokenStream words(text);
    for (Token token; words.next(token);) ids_.push_back(stemmer.id(token.word, token.stemmable));
    std::sort(ids_.begin(), ids_.end());
    for (auto first = ids_.begin(); first != ids_.end();) {
      const auto last = std::find_if(first, ids_.end(), [&](TermId id) { return id != *first; });
      term_.assign(prefix).append(stemmer.term(*first));
      on_term(term_, static_cast<Xapian::termcount>(std::distance(first, last)));
      first = last;
    }
  }

 private:
  std::vector<TermId> ids_;
  std::string term_;
};

// The terms of the names in each passage, with their prominence.
std::vector<CountedTerms> terms_of_names(const AnalyzedArticle& analyzed) {
  const ArticleNames& names = analyzed.names;
  // People stand in titles by their surname.
  const std::string title = ' ' + name_key(analyzed.article.title) + ' ';
  std::vector<std::string> terms;
  std::vector<bool> in_title;
  for (const ArticleName& name : names.names) {
    const std::string key = name_key(name.name);
    const std::size_t blank = name.kind == NameKind::kPerson ? key.rfind(' ') : std::string::npos;
    const std::string shown = ' ' + key.substr(blank == std::string::npos ? 0 : blank + 1) + ' ';
    terms.push_back(name_term(name.kind, key));
    in_title.push_back(shown.size() > 2 && title.find(shown) != std::string::npos);
  }
  std::vector<CountedTerms> by_passage(analyzed.passages.size());
  std::vector<std::uint32_t> named;  // in the passage
  auto mention = names.mentions.begin();
  for (std::size_t i = 0; i < analyzed.passages.size(); ++i) {
    const ByteSpan span = analyzed.passages[i].span;
    while (mention != names.mentions.end() && mention->span.begin < span.begin) ++mention;
    named.clear();
    for (; mention != names.mentions.end() && mention->span.begin < span.end; ++mention) named.push_back(mention->name);
    std::sort(named.begin(), named.end());
    for (auto first = named.begin(); first != named.end();) {
      const auto last = std::upper_bound(first, named.end(), *first);
      if (!terms[*first].empty()) {
        const auto count = static_cast<unsigned>(std::distance(first, last));
        by_passage[i].emplace_back(terms[*first], name_prominence(count, in_title[*first], i == 0));
      }
      first = last;
    }
  }
  return by_passage;
}

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
    : database_(std::make_unique<Database>(directory)),
      stemmers_(stemmers),
      first_article_(batch << kBatchBits),
      next_article_(first_article_) {}

BatchWriter::~BatchWriter() = default;

void BatchWriter::add(const AnalyzedArticle& analyzed) {
  const Article& article = analyzed.article;
  Stemmer& stemmer = stemmers_[article.language];
  const ArticleNumber number = next_article_++;
  database_->writable.set_metadata(article_metadata_key(number),
                                   encode_article(article, analyzed.passages, analyzed.names));
  copy_facts_.push_back({article.id, article.date, analyzed.fingerprint});
  const std::vector<CountedTerms> name_terms = terms_of_names(analyzed);
  // What every passage of the article has.
  TermCounter& counter = database_->counter;
  CountedTerms title_terms;
  counter.count(article.title, kPrefixTitle, stemmer,
                [&](const std::string& term, Xapian::termcount count) { title_terms.emplace_back(term, count); });
  std::vector<std::string> outlet_terms;
  for (const OwnedToken& word : dateline::analyze(article.outlet)) {
    outlet_terms.push_back(prefixed_term(kPrefixOutlet, word.word));
  }

  PassageKey key{number, 0, static_cast<std::uint32_t>(analyzed.passages.size())};
  const std::string date = date_value(article.date);
  for (const Passage& passage : analyzed.passages) {
    Xapian::Document document;
    counter.count(std::string_view(article.text).substr(passage.span.begin, passage.span.size()), "", stemmer,
                  [&](const std::string& term, Xapian::termcount count) { document.add_term(term, count); });
    add_terms(document, title_terms);
    add_terms(document, name_terms[key.ordinal]);
    for (const std::string& term : outlet_terms) document.add_boolean_term(term);
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
  database_->writable.set_metadata(metadata_key(kMetaCopyFacts, first_article_), encode_copy_facts(copy_facts_));
  database_->writable.commit();
  database_.reset();
  stemmers_.trim(kMaxForms);
  return counts_;
}

void merge_segment(const std::vector<fs::path>& batches, const SegmentCounts& counts,
                   const std::vector<CollectionName>& names, const std::vector<Story>& stories,
                   const fs::path& directory) {
  const fs::path facts = directory.parent_path() / (directory.filename().string() + ".facts");
  {
    Xapian::WritableDatabase database(facts.string(), kScratchFlags);
    database.set_metadata(std::string(kMetaSchema), std::to_string(kSchemaVersion));
    database.set_metadata(std::string(kMetaAnalyzer), analyzer_fingerprint());
    database.set_metadata(std::string(kMetaCounts), encode_counts(counts));
    for (const auto& [key, value] : encode_names(names)) database.set_metadata(key, value);
    for (const auto& [key, value] : encode_stories(stories)) database.set_metadata(key, value);
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
