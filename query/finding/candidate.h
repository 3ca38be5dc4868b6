// SPDX-License-Identifier: GPL-2.0-or-later
//
// A passage on its way to becoming a hit, with all that it is ranked by.
#pragma once

#include <cstdint>
#include <vector>
#include <xapian.h>

#include "common/error.h"
#include "common/schema.h"
#include "common/segments.h"
#include "query/finding/text_ranker.h"
#include "query/reading/story_reader.h"

namespace dateline {

struct Candidate {
  std::uint32_t segment = 0;  // index into the searched segments
  Xapian::docid docid = 0;    // in that segment
  PassageKey key;
  double passage_score = 0;  // BM25 of the passage
  double article_score = 0;  // BM25 of the article, title included
  double closeness_score = 0;
  TextEvidence text{};                 // each times its weight
  double quoted_score = 0;             // of the words in what the one asked for says
  double answer_score = 0;             // that it holds what the query's question asks for
  double added_score = 0;              // of words that were added to the query, where it holds none of its own
  double recent_score = 0;             // where recent passages are preferred
  double lowered = 0;                  // what puts it behind the block ranked before its own; never positive
  double score = 0;                    // what it is ranked by
  std::uint32_t words_in_passage = 0;  // different words of the query that the passage holds
  std::uint32_t words_in_title = 0;
  std::uint32_t words_in_quotes = 0;

  [[nodiscard]] Xapian::docid first_docid() const { return docid - key.ordinal; }
  [[nodiscard]] ArticlePlace article() const { return {segment, key.article}; }
};

// The passage of a document of all segments as one database.
[[nodiscard]] inline Candidate candidate_at(const std::vector<Segment>& segments, Xapian::docid docid) {
  // Xapian deals the documents of n databases out in turn.
  Candidate candidate;
  candidate.segment = static_cast<std::uint32_t>((docid - 1) % segments.size());
  candidate.docid = static_cast<Xapian::docid>((docid - 1) / segments.size() + 1);
  candidate.key =
      value_or_throw(decode_passage_key(segments[candidate.segment]
                                            .database.get_document(candidate.docid, Xapian::DOC_ASSUME_VALID)
                                            .get_value(kSlotPassage)));
  return candidate;
}

}  // namespace dateline
