// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/writing/segment_writer.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/analyzer.h"
#include "common/manifest.h"
#include "common/metadata.h"
#include "common/name_key.h"
#include "indexer/sentences/word_count.h"
#include "indexer/sources/batches.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

// Scratch databases are never recovered, only rebuilt, so nothing is journalled or synced. Without a termlist table
// (CPU × 1.73 with it); it must be said at every opening for writing.
constexpr int kScratchFlags = Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_TERMLIST |
                              Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS;

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
  // Calls on_term(prefixed term, occurrences) for every term of `text`, all but in the order of the terms: a document
  // takes one that comes behind all it has in 110 ns, any other in 170.
  template <typename OnTerm>
  void count(std::string_view text, std::string_view prefix, Stemmer& stemmer, const OnTerm& on_term) {
    terms_.clear();
    TokenStream words(text);
    for (Token token; words.next(token);) {
      const TermId id = stemmer.id(token.word, token.stemmable);
      terms_.emplace_back(stemmer.order(id), id);
    }
    std::sort(terms_.begin(), terms_.end());
    for (auto first = terms_.begin(); first != terms_.end();) {
      const auto last = std::find_if(first, terms_.end(), [&](const auto& one) { return one != *first; });
      term_.assign(prefix).append(stemmer.term(first->second));
      on_term(term_, static_cast<Xapian::termcount>(std::distance(first, last)));
      first = last;
    }
  }

 private:
  std::vector<std::pair<std::uint64_t, TermId>> terms_;
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

// The terms of those who speak in each passage, with how much they say there.
std::vector<CountedTerms> terms_of_speakers(const AnalyzedArticle& analyzed) {
  const std::string_view text = analyzed.article.text;
  std::vector<std::string> terms;
  for (const ArticleName& name : analyzed.names.names) terms.push_back(speaker_term(name_key(name.name)));
  std::vector<CountedTerms> by_passage(analyzed.passages.size());
  std::vector<const Quote*> open;  // those that the sweep has come to and not left behind
  auto next = analyzed.quotes.begin();
  for (std::size_t i = 0; i < analyzed.passages.size(); ++i) {
    const ByteSpan span = analyzed.passages[i].span;
    for (; next != analyzed.quotes.end() && next->span.begin < span.end; ++next) {
      if (next->name != kNobody && !terms[next->name].empty()) open.push_back(&*next);
    }
    std::erase_if(open, [&](const Quote* quote) { return quote->span.end <= span.begin; });
    std::map<std::uint32_t, std::size_t> words;
    for (const Quote* quote : open) {
      const std::uint32_t begin = std::max(span.begin, quote->span.begin);
      words[quote->name] += count_words(text.substr(begin, std::min(span.end, quote->span.end) - begin));
    }
    for (const auto& [name, count] : words) by_passage[i].emplace_back(terms[name], speech_weight(count));
  }
  return by_passage;
}

// The numbers that each passage lost.
std::vector<CountedTerms> terms_of_restored(const AnalyzedArticle& analyzed, Stemmer& stemmer) {
  std::vector<CountedTerms> by_passage(analyzed.passages.size());
  auto number = analyzed.restored.begin();
  for (std::size_t i = 0; i < analyzed.passages.size(); ++i) {
    const ByteSpan span = analyzed.passages[i].span;
    while (number != analyzed.restored.end() && number->at < span.begin) ++number;
    for (; number != analyzed.restored.end() && number->at < span.end; ++number) {
      by_passage[i].emplace_back(stemmer.stem(number->word, false), 1);
    }
  }
  return by_passage;
}

// Segments that are merged have the same schema and say how much they held.
class MergedFacts : public Xapian::Compactor {
 public:
  MergedFacts(const SegmentCounts& counts, StaleMetadata& stale, const GoOn& go_on)
      : counts_(encode_counts(counts)), stale_(stale), go_on_(go_on) {}

  void set_status(const std::string& /*table*/, const std::string& /*status*/) override { go_on_(); }

  std::string resolve_duplicate_metadata(const std::string& table_key, std::size_t count,
                                         const std::string values[]) override {
    go_on_();
    constexpr std::string_view kTablePrefix("\0\xC0", 2);  // Xapian 1.4 gives the key as its table has it
    const std::string key = table_key.substr(table_key.starts_with(kTablePrefix) ? kTablePrefix.size() : 0);
    if (key == kMetaCounts) return counts_;
    if (key.starts_with(kMetaCopyKeys)) return std::accumulate(values, values + count, std::string());
    const std::string* newest = stale_.choose(key, count, values);
    return newest != nullptr ? *newest : values[0];
  }

 private:
  std::string counts_;
  StaleMetadata& stale_;
  const GoOn& go_on_;
};

void compact(const std::vector<fs::path>& parts, const SegmentCounts& counts, StaleMetadata& stale,
             const fs::path& into, const GoOn& go_on) {
  Xapian::Database all;
  for (const fs::path& part : parts) all.add_database(Xapian::Database(part.string()));
  MergedFacts facts(counts, stale, go_on);
  all.compact(into.string(), 0, 0, facts);
}

void remove_scratch(const std::vector<fs::path>& databases, const fs::path& scratch) {
  for (const fs::path& database : databases) {
    if (database.parent_path() == scratch) fs::remove_all(database);
  }
}

void put_segment_facts(const SegmentCounts& counts, const PutMetadata& put) {
  put(std::string(kMetaAnalyzer), analyzer_fingerprint());
  put(std::string(kMetaCounts), encode_counts(counts));
  put(std::string(kMetaSchema), std::to_string(kSchemaVersion));
}

}  // namespace

struct BatchWriter::Database {
  explicit Database(const fs::path& directory) : writable(directory.string(), kScratchFlags) {}
  Xapian::WritableDatabase writable;
  TermCounter counter;
};

BatchWriter::BatchWriter(const fs::path& directory, Stemmers& stemmers)
    : database_(std::make_unique<Database>(directory)), stemmers_(stemmers) {}

BatchWriter::~BatchWriter() = default;

void BatchWriter::add(const AnalyzedArticle& analyzed, ArticleNumber number) {
  const Article& article = analyzed.article;
  Stemmer& stemmer = stemmers_[article.language];
  database_->writable.set_metadata(article_metadata_key(number),
                                   encode_article(article, analyzed.passages, analyzed.names, analyzed.quotes,
                                                  analyzed.boilerplate, analyzed.compressed_text));
  database_->writable.set_metadata(lines_metadata_key(number), encode_line_hashes(analyzed.lines));
  if (analyzed.own) database_->writable.set_metadata(own_metadata_key(number), encode_found(*analyzed.own));
  if (!analyzed.restored.empty()) {
    database_->writable.set_metadata(restored_metadata_key(number), encode_restored(analyzed.restored));
  }
  const std::vector<CountedTerms> number_terms = terms_of_restored(analyzed, stemmer);
  const std::vector<CountedTerms> name_terms = terms_of_names(analyzed);
  const std::vector<CountedTerms> speaker_terms = terms_of_speakers(analyzed);
  // What every passage of the article has.
  TermCounter& counter = database_->counter;
  CountedTerms title_terms;
  counter.count(article.title, kPrefixTitle, stemmer,
                [&](const std::string& term, Xapian::termcount count) { title_terms.emplace_back(term, count); });
  std::vector<std::string> outlet_terms;
  for (const OwnedToken& word : dateline::analyze(article.outlet)) {
    outlet_terms.push_back(prefixed_term(kPrefixOutlet, word.word));
  }

  PassageKey key{number, 0, static_cast<std::uint32_t>(analyzed.passages.size() + analyzed.boilerplate.size())};
  const std::string date = date_value(article.date);
  for (const Passage& passage : analyzed.passages) {
    Xapian::Document document;
    if (key.ordinal == 0) document.add_boolean_term(id_term(article.id));
    add_terms(document, title_terms);
    add_terms(document, name_terms[key.ordinal]);
    add_terms(document, speaker_terms[key.ordinal]);
    for (const std::string& term : outlet_terms) document.add_boolean_term(term);
    counter.count(std::string_view(article.text).substr(passage.span.begin, passage.span.size()), "", stemmer,
                  [&](const std::string& term, Xapian::termcount count) { document.add_term(term, count); });
    add_terms(document, number_terms[key.ordinal]);
    document.add_value(kSlotPassage, encode_passage_key(key));
    if (!date.empty()) document.add_value(kSlotDate, date);
    database_->writable.add_document(document);
    ++key.ordinal;
  }
  for (const Boilerplate& one : analyzed.boilerplate) {
    Xapian::Document document;
    document.add_boolean_term(std::string(kPrefixBoilerplate));
    counter.count(std::string_view(article.text).substr(one.span.begin, one.span.size()), kPrefixBoilerplate, stemmer,
                  [&](const std::string& term, Xapian::termcount) { document.add_boolean_term(term); });
    document.add_value(kSlotPassage, encode_passage_key(key));
    database_->writable.add_document(document);
    ++key.ordinal;
  }
  postings_.add(analyzed.copy_keys, number);
  ++counts_.articles;
  counts_.passages += analyzed.passages.size();
  counts_.quotes += analyzed.quotes.size();
  counts_.text_bytes += article.text.size();
  ++counts_.languages[article.language];
}

SegmentCounts BatchWriter::finish() {
  for (const auto& [key, entry] : postings_.encode()) database_->writable.set_metadata(key, entry);
  database_->writable.commit();
  database_.reset();
  stemmers_.trim(kMaxForms);
  return counts_;
}

void for_each_article(const Segment& segment, const std::function<void(ArticleNumber)>& on_article) {
  const auto end = segment.database.valuestream_end(kSlotPassage);
  for (auto value = segment.database.valuestream_begin(kSlotPassage); value != end; ++value) {
    if (segment.removed.hold(value.get_docid())) continue;
    const PassageKey key = value_or_throw(decode_passage_key(*value));
    if (key.ordinal == 0) on_article(key.article);
  }
}

AnalyzedArticle read_stored_article(const Segment& segment, ArticleNumber number) {
  AnalyzedArticle article =
      value_or_throw(restore_article(read_metadata(segment.database, article_metadata_key(number)),
                                     read_metadata(segment.database, lines_metadata_key(number))));
  add_fingerprint(article);
  const auto size = static_cast<std::uint32_t>(article.article.text.size());
  if (const std::string own = read_metadata(segment.database, own_metadata_key(number)); !own.empty()) {
    article.own = value_or_throw(decode_found(own, size));
  }
  article.restored =
      value_or_throw(decode_restored(read_metadata(segment.database, restored_metadata_key(number)), size));
  return article;
}

void copy_remaining(const Segment& segment, const fs::path& scratch, Stemmers& stemmers,
                    std::vector<fs::path>& databases, const GoOn& go_on) {
  std::optional<BatchWriter> writer;
  std::uint64_t bytes = 0;
  for_each_article(segment, [&](ArticleNumber number) {
    go_on();
    if (!writer) {
      databases.push_back(scratch / fmt::format("{}.copy-{:06}", segment.path.filename().string(), databases.size()));
      writer.emplace(databases.back(), stemmers);
    }
    const AnalyzedArticle article = read_stored_article(segment, number);
    writer->add(article, number);
    bytes += article.article.text.size();
    if (bytes < kBatchBytes) return;
    writer->finish();
    writer.reset();
    bytes = 0;
  });
  if (writer) writer->finish();
}

void merge_segment(const std::vector<fs::path>& databases, const SegmentCounts& counts, StaleMetadata& stale,
                   const fs::path& directory, const GoOn& go_on) {
  const fs::path scratch = directory.parent_path();
  const std::string name = directory.filename().string();
  std::vector<fs::path> parts{scratch / (name + ".facts")};
  write_metadata(parts.front(), [&](const PutMetadata& put) { put_segment_facts(counts, put); });
  parts.insert(parts.end(), databases.begin(), databases.end());
  for (unsigned round = 0; parts.size() > kMaxMerged; ++round) {
    std::vector<fs::path> merged;
    for (std::size_t begin = 0; begin < parts.size(); begin += kMaxMerged) {
      const auto first = parts.begin() + static_cast<std::ptrdiff_t>(begin);
      const std::vector<fs::path> group(
          first, first + static_cast<std::ptrdiff_t>(std::min(kMaxMerged, parts.size() - begin)));
      merged.push_back(scratch / fmt::format("{}.round-{}-{}", name, round, merged.size()));
      compact(group, counts, stale, merged.back(), go_on);
      remove_scratch(group, scratch);
    }
    parts = std::move(merged);
  }
  compact(parts, counts, stale, directory, go_on);
  remove_scratch(parts, scratch);
  if (!stale.empty()) {
    Xapian::WritableDatabase merged(directory.string(), kScratchFlags);
    stale.erase_from(merged);
    merged.commit();
  }
  sync_tree(directory);
  write_checksums(directory);
}

void write_metadata(const fs::path& directory, const std::function<void(const PutMetadata&)>& fill) {
  Xapian::WritableDatabase database(directory.string(), kScratchFlags);
  fill([&](const std::string& key, const std::string& value) { database.set_metadata(key, value); });
  database.commit();
}

void complete_newest_segment(const fs::path& directory) {
  write_metadata(directory, [](const PutMetadata& put) { put_segment_facts({}, put); });
  sync_tree(directory);
  write_checksums(directory);
}

}  // namespace dateline
