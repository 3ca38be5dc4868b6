// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a search is asked for, and what it finds.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/article.h"
#include "query/asking/query_parser.h"
#include "query/finding/text_ranker.h"
#include "query/quotes/quote_list.h"
#include "query/reading/name_reader.h"
#include "query/reading/passage_names.h"

namespace dateline {

enum class Grouping {
  kPassage,  // copies of the same passage once
  kArticle,  // the best passage of each article
  kStory,    // one passage of each story
  kNone,     // every passage
};

struct SearchOptions {
  std::size_t limit = 10;
  std::size_t offset = 0;
  Grouping grouping = Grouping::kPassage;
  bool by_date = false;        // the newest first, of passages in which all words stand
  bool prefer_recent = false;  // mildly
  bool explain = false;
  bool with_text = true;       // false: hits have no text, highlights and names, and cost a tenth
  bool suggest = true;         // say what may have been meant
  bool names = true;           // read words of the query as names, too
  bool add_words = true;       // where few passages hold the words, look for others of the same articles
  bool list_copies = false;    // hits say which articles are copies, not only how many
  bool locate_copies = false;  // and where in them, and which are versions; costs their reading
};

// The figures behind a score: they add up to it, to the digits of a double.
struct Explanation {
  double passage = 0;       // BM25 of the passage
  double article = 0;       // of its article and title, times its weight
  double closeness = 0;     // of the words, times its weight
  TextEvidence text{};      // of the article's words, times their weights
  double quoted = 0;        // of the words in what the one asked for says, times its weight
  double answer = 0;        // that it may answer the question
  double added = 0;         // of words that were added to the query
  double recent = 0;        // if asked for
  double lowered = 0;       // 0, or what puts it behind better candidates that were ranked before it; never positive
  std::uint32_t words = 0;  // words of the query that rank
  std::uint32_t words_in_passage = 0;
  std::uint32_t words_in_title = 0;
  std::uint32_t words_in_quotes = 0;
  bool asks_for_speaker = false;
  bool by_date = false;
  std::vector<std::string> named{};  // here, whom words of the query mean that do not stand here; if explained
};

// Another article of a hit's story, or one that prints the same passage.
struct HitCopy {
  Article article;          // without text
  std::uint32_t line = 0;   // 0 if not asked for; of its text, on which what is most like the hit's passage begins
  bool is_version = false;  // other words of the same outlet
};

// Copies that are listed: bounds the time of a hit to some 20 ms.
inline constexpr std::size_t kMaxListedCopies = 100;

struct Hit {
  std::size_t rank = 0;  // from 1; the first of page two of ten has 11
  double score = 0;
  Article article;                                         // without text
  std::uint32_t ordinal = 0;                               // of the passage in its article, from 0 (see PassageKey)
  Passage passage;                                         // span and line in the article's text
  std::optional<BoilerplateReason> boilerplate{};          // if it is no passage but boilerplate
  std::string text;                                        // of the passage
  std::vector<ByteSpan> highlights;                        // in `text`: what the query asked for, names included
  std::array<std::vector<std::string>, kNameKinds> names;  // in the passage, canonical, in order; by NameKind
  std::vector<PassageQuote> quotes;
  std::vector<std::string> added_words;  // what stands here of those added to the query; in place of its own words
  std::size_t copy_count = 0;
  std::vector<HitCopy> copies;  // if asked for: versions first, the newest before the others; then the best text
  Explanation explanation;
};

// A query that may have been meant.
struct Suggestion {
  std::string query;
  std::uint64_t passages = 0;  // that match it; never 0
};

struct SearchResult {
  std::uint64_t total = 0;      // matching passages (articles or stories when grouped so); see total_is_exact
  bool total_is_exact = false;  // else an estimate, or for verified queries how many were found so far
  std::vector<Hit> hits;
  std::vector<std::string> notices;
  // Words of the query, or said: with its value, and whom they were read as.
  std::vector<std::pair<std::string, NameReading>> readings;
  std::optional<Suggestion> suggestion;
};

// What is like an article.
struct SimilarResult {
  QueryNode query;  // its most telling words
  SearchResult result;
};

// The quotes in the passages that match.
struct QuoteResult {
  std::uint64_t total = 0;      // of those that were read
  bool total_is_exact = false;  // all matching passages were read
  std::vector<QuoteHit> quotes;
  std::vector<std::string> notices;
  std::optional<Suggestion> suggestion;
};

// Somebody or something named in the passages that match, and in how many.
struct NameCount {
  NameKind kind = NameKind::kPerson;
  std::string name;
  std::uint64_t passages = 0;
  std::uint64_t articles = 0;
  std::uint64_t quotes = 0;  // of theirs that begin in the passages that match, whether these name them or not
};

// Most passages whose quotes are read for one answer: bounds its time at some 50 ms.
inline constexpr std::size_t kMaxQuotedPassages = 1000;

}  // namespace dateline
