// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/segment_writer.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <xapian.h>

#include "common/analyzer.h"
#include "common/manifest.h"
#include "common/name_key.h"
#include "indexer/word_count.h"

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

using NameTerms = std::map<std::string, Xapian::termcount>;

// The terms of the names in each passage, with their prominence.
std::vector<NameTerms> terms_of_names(const AnalyzedArticle& analyzed) {
  const ArticleNames& names = analyzed.names;
  std::vector<std::string> terms;
  for (const ArticleName& name : names.names) terms.push_back(name_term(name.kind, name_key(name.name)));
  // People stand in titles by their surname.
  const std::string title = ' ' + name_key(analyzed.article.title) + ' ';
  std::set<std::uint32_t> in_title;
  for (std::uint32_t i = 0; i < terms.size() && title.size() > 2; ++i) {
    if (terms[i].empty()) continue;
    const bool person = names.names[i].kind == NameKind::kPerson;
    const std::size_t blank = person ? terms[i].rfind(' ') : std::string::npos;
    const std::string shown = terms[i].substr(blank == std::string::npos ? kPrefixNames.front().size() : blank + 1);
    if (title.find(' ' + shown + ' ') != std::string::npos) in_title.insert(i);
  }
  std::vector<NameTerms> by_passage(analyzed.passages.size());
  auto mention = names.mentions.begin();
  for (std::size_t i = 0; i < analyzed.passages.size(); ++i) {
    const ByteSpan span = analyzed.passages[i].span;
    std::map<std::uint32_t, unsigned> mentions;
    while (mention != names.mentions.end() && mention->span.begin < span.begin) ++mention;
    for (; mention != names.mentions.end() && mention->span.begin < span.end; ++mention) ++mentions[mention->name];
    for (const auto& [name, count] : mentions) {
      if (terms[name].empty()) continue;
      by_passage[i][terms[name]] += name_prominence(count, in_title.contains(name), i == 0);
    }
  }
  return by_passage;
}

// The terms of those who speak in each passage, with how much they say there.
std::vector<NameTerms> terms_of_speakers(const AnalyzedArticle& analyzed) {
  const std::string_view text = analyzed.article.text;
  std::vector<std::string> terms;
  for (const ArticleName& name : analyzed.names.names) terms.push_back(speaker_term(name_key(name.name)));
  std::vector<NameTerms> by_passage(analyzed.passages.size());
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
    for (const auto& [name, count] : words) by_passage[i][terms[name]] += speech_weight(count);
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
    : database_(std::make_unique<Database>(directory)), stemmers_(stemmers), next_article_(batch << kBatchBits) {}

BatchWriter::~BatchWriter() = default;

void BatchWriter::add(const AnalyzedArticle& analyzed) {
  const Article& article = analyzed.article;
  Stemmer& stemmer = stemmers_[article.language];
  const ArticleNumber number = next_article_++;
  database_->writable.set_metadata(article_metadata_key(number),
                                   encode_article(article, analyzed.passages, analyzed.names, analyzed.quotes));
  names_.add(article.text, analyzed.names);
  const std::vector<NameTerms> name_terms = terms_of_names(analyzed);
  const std::vector<NameTerms> speaker_terms = terms_of_speakers(analyzed);

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
    for (const auto& [term, prominence] : name_terms[key.ordinal]) document.add_term(term, prominence);
    for (const auto& [term, weight] : speaker_terms[key.ordinal]) document.add_term(term, weight);
    if (key.ordinal == 0) document.add_boolean_term(id_term(article.id));
    document.add_value(kSlotPassage, encode_passage_key(key));
    if (!date.empty()) document.add_value(kSlotDate, date);
    database_->writable.add_document(document);
    ++key.ordinal;
  }
  ++counts_.articles;
  counts_.passages += analyzed.passages.size();
  counts_.quotes += analyzed.quotes.size();
  counts_.text_bytes += article.text.size();
  ++counts_.languages[article.language];
}

SegmentCounts BatchWriter::finish() {
  database_->writable.commit();
  database_.reset();
  stemmers_.trim(kMaxForms);
  return counts_;
}

void merge_segment(const std::vector<fs::path>& batches, const SegmentCounts& counts,
                   const std::vector<CollectionName>& names, const fs::path& directory) {
  const fs::path facts = directory.parent_path() / (directory.filename().string() + ".facts");
  {
    Xapian::WritableDatabase database(facts.string(), kScratchFlags);
    database.set_metadata(std::string(kMetaSchema), std::to_string(kSchemaVersion));
    database.set_metadata(std::string(kMetaAnalyzer), analyzer_fingerprint());
    database.set_metadata(std::string(kMetaCounts), encode_counts(counts));
    for (const auto& [key, value] : encode_names(names)) database.set_metadata(key, value);
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
