// SPDX-License-Identifier: GPL-2.0-or-later
//
// What stands in an index: the contract between dateline-index and dateline-query, and its documentation.
//
// An index directory
//   XAPIANDB             the manifest (see manifest.h): a Xapian stub that names the segments, so that the directory
//                        opens as one Xapian database
//   segment-N/           an immutable Xapian database (glass, without termlist and position tables), oldest first
//                        in the manifest. The newest one holds no articles but what is known of the collection,
//                        and every commit writes it anew. In each
//     checksums          of its files, a line each as xxh128sum writes them; what --check goes by
//   lock                 held by the one writer; its content is the writer's process id
//   building-*/          a writer's scratch folder. Left behind by a run that was killed or stopped: the next takes
//                        over what was found there (waiting-*, found-*), and removes the rest
//
// A Xapian document is a passage. The passages of an article have consecutive docids in text order; behind them stands
// a document for each piece of its boilerplate, which has XB terms alone, so that nothing but a phrase finds it.
//
// Terms (bytes, UTF-8; body words begin with no capital, so prefixes cannot collide with them)
//   word                 a word of the passage, folded and stemmed in its article's language; wdf = occurrences
//   S word               a word of the article's title, on every passage of the article; wdf = occurrences
//   XS word              a word of the outlet's name, folded, not stemmed; boolean
//   Q id                 the article's id, on its first passage only; boolean; hashed if long (see id_term)
//   XP XO XL key         somebody, an organisation, a place named in the passage: the name_key of the longest form that
//                        the article has; wdf = prominence (see name_prominence)
//   XQ key               somebody (person, organisation or place) quoted in the passage: the key of their XP, XO or XL
//                        term; wdf = how much they say there (see speech_weight)
//   XB, XB word          boilerplate, and a word of it, as a word of a passage; boolean
//
// Value slots
//   0  kSlotPassage      which passage, or piece of boilerplate, of which article (PassageKey)
//   1  kSlotDate         YYYYMMDD; a missing month or day is 00; empty where the article has no date
//
// User metadata
//   dateline.schema      kSchemaVersion in decimal
//   dateline.analyzer    analyzer_fingerprint()
//   dateline.counts      SegmentCounts as one line of JSON
//   a<number>            an article's record (encode_article), number = 6 bytes, big-endian
//   k<bucket>            which articles may be copies of one another: for dateline-index alone (copy_postings.h)
//   l<number>            its lines, for dateline-index alone (line_counts.h)
//   o<number>            of an article that was repaired from a copy, the names and quotes that it has by itself
//                        (encode_found), for dateline-index alone (copy_repair.h)
//   w<number>            … and the numbers that it lost (encode_restored), which are terms of its passages; likewise
//
// … and in the newest segment only
//   dateline.removed     what of the other segments is no longer of the collection (removed_passages.h)
//   dateline.next        the number of the next batch, in decimal
//   f<block> c<block>    the files the collection was made from, and the counts of its names: for dateline-index alone
//                        (collection_facts.h)
//   g<block>             groups of articles in which there may be copies, for dateline-index alone (story_update.h)
//   n…                   the names of the whole collection (see names_table.h)
//   sa… sc ss…           its stories (see stories_table.h)
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/error.h"

namespace dateline {

inline constexpr unsigned kSchemaVersion = 3;

inline constexpr std::string_view kMetaSchema = "dateline.schema";
inline constexpr std::string_view kMetaAnalyzer = "dateline.analyzer";
inline constexpr std::string_view kMetaCounts = "dateline.counts";
inline constexpr std::string_view kMetaRemoved = "dateline.removed";
inline constexpr std::string_view kMetaNextBatch = "dateline.next";
inline constexpr std::string_view kMetaCopyKeys = "k";
inline constexpr std::string_view kMetaStoryFacts = "g";
inline constexpr std::string_view kMetaSources = "f";
inline constexpr std::string_view kMetaNameCounts = "c";

inline constexpr std::string_view kPrefixTitle = "S";
inline constexpr std::string_view kPrefixOutlet = "XS";
inline constexpr std::string_view kPrefixId = "Q";
inline constexpr std::array<std::string_view, kNameKinds> kPrefixNames = {"XP", "XO", "XL"};  // by NameKind

inline constexpr std::string_view kPrefixSpeaker = "XQ";  // as long as those of names

inline constexpr std::string_view kPrefixBoilerplate = "XB";

inline constexpr unsigned kSlotPassage = 0;
inline constexpr unsigned kSlotDate = 1;

// Identifies how words become terms: two segments can be searched together only if it is the same.
[[nodiscard]] std::string analyzer_fingerprint();

// The term for `word` in the field of `prefix`.
[[nodiscard]] std::string prefixed_term(std::string_view prefix, std::string_view word);

// The term of an article id. Xapian's terms end at 245 bytes: longer ones are cut and closed with a hash of the whole.
[[nodiscard]] std::string id_term(std::string_view article_id);

// Unique in an index for as long as it lives: the batch that wrote the article in the upper bits, its place in the
// batch in the lower kBatchBits. Ascending numbers are source order within a run.
using ArticleNumber = std::uint64_t;
inline constexpr unsigned kBatchBits = 16;

// Where a document belongs; the value of kSlotPassage. The article's first passage has docid - ordinal, which stays
// true when segments are merged.
struct PassageKey {
  ArticleNumber article = 0;
  std::uint32_t ordinal = 0;  // of the passage in its article, from 0; boilerplate is counted on behind the last
  std::uint32_t count = 0;    // of both in the article
};
[[nodiscard]] std::string encode_passage_key(const PassageKey& key);
[[nodiscard]] Result<PassageKey> decode_passage_key(std::string_view bytes);

[[nodiscard]] std::string metadata_key(std::string_view table, ArticleNumber number);  // number = 6 bytes, big-endian
[[nodiscard]] std::string article_metadata_key(ArticleNumber number);
[[nodiscard]] std::string lines_metadata_key(ArticleNumber number);
[[nodiscard]] std::string own_metadata_key(ArticleNumber number);
[[nodiscard]] std::string restored_metadata_key(ArticleNumber number);

// "2017-07-10" -> "20170710", "2017-07" -> "20170700"; empty for an empty date.
[[nodiscard]] std::string date_value(std::string_view iso_date);

// The term of a name: `key` is its name_key. Empty for keys that are empty or too long to be a name.
[[nodiscard]] std::string name_term(NameKind kind, std::string_view key);
inline constexpr std::size_t kMaxNameKeyBytes = 150;

// The term of a name as speaker.
[[nodiscard]] std::string speaker_term(std::string_view key);

// How much a passage is about somebody, the wdf of the name's term: mentions in the passage, up to four; two more if
// the article's title names them, one more in the first passage.
[[nodiscard]] unsigned name_prominence(unsigned mentions, bool in_title, bool in_first_passage);

// How much of a passage somebody says, the wdf of the speaker's term: 1 for up to seven quoted words, 2 for up to 15,
// at most 4. Small, since it adds to the passage's length in every ranking.
[[nodiscard]] unsigned speech_weight(std::size_t quoted_words);

// An article as stored. The text is kept compressed until asked for: most readers want only the head.
struct StoredArticle {
  Article head;  // text is empty
  std::vector<Passage> passages;
  ArticleNames names;
  std::vector<Quote> quotes;
  std::vector<Boilerplate> boilerplate;
  std::uint32_t text_bytes = 0;
  std::string compressed_text;
};

// Numbers are LEB128, strings their length and bytes; the text is one zstd frame (level 1: measured 0.8 s a 50 MB of
// articles against 1.3 s at level 3 and 3.3 s for Xapian's own deflate). `compressed_text`: the text as a stored
// article has it, if there is one.
[[nodiscard]] std::string encode_article(const Article& article, const std::vector<Passage>& passages,
                                         const ArticleNames& names, const std::vector<Quote>& quotes,
                                         const std::vector<Boilerplate>& boilerplate = {},
                                         std::string_view compressed_text = {});
// Errors (kIndex): a record that does not decode. Never reads outside `bytes`.
[[nodiscard]] Result<StoredArticle> decode_article(std::string_view bytes);
[[nodiscard]] Result<std::string> decompress_text(const StoredArticle& stored);

// Names and quotes alone, as an article's record has them. Errors (kIndex): damaged.
[[nodiscard]] std::string encode_found(const NamesAndQuotes& found);
[[nodiscard]] Result<NamesAndQuotes> decode_found(std::string_view bytes, std::uint32_t text_bytes);

// In text order. Errors (kIndex): damaged.
[[nodiscard]] std::string encode_restored(const std::vector<RestoredNumber>& numbers);
[[nodiscard]] Result<std::vector<RestoredNumber>> decode_restored(std::string_view bytes, std::uint32_t text_bytes);

// What a segment holds, summed over segments by readers.
struct SegmentCounts {
  std::uint64_t articles = 0;
  std::uint64_t passages = 0;
  std::uint64_t quotes = 0;
  std::uint64_t text_bytes = 0;
  std::map<std::string, std::uint64_t> languages;  // articles by language

  SegmentCounts& operator+=(const SegmentCounts& other);
  // `other` must be a part of this.
  SegmentCounts& operator-=(const SegmentCounts& other);
};
[[nodiscard]] std::string encode_counts(const SegmentCounts& counts);
[[nodiscard]] Result<SegmentCounts> decode_counts(std::string_view json);

}  // namespace dateline
