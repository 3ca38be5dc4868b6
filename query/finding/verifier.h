// SPDX-License-Identifier: GPL-2.0-or-later
//
// Decides on the text of a candidate passage whether it matches a query, and where. The index has no positions, so
// phrases, NEAR and wildcards are settled here (measured at 243,000 passages: 2.8 ms a phrase against 1.8 ms with a
// positions table, which makes the index 3.7 times as large).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "query/asking/query_parser.h"
#include "query/reading/name_reader.h"
#include "query/reading/passage_names.h"
#include "query/reading/passage_words.h"
#include "query/reading/term_variants.h"

namespace dateline {

class Verifier {
 public:
  Verifier(const QueryNode& query, TermVariants& variants, const NameReader& names);
  ~Verifier();

  // True if the passage, being one of `head`, matches the query as its grammar says (query_parser.h).
  // names, quotes  in the passage; needed only if the query asks for any
  [[nodiscard]] bool matches(const PassageWords& words, const Article& head, const std::vector<NamedSpan>& names,
                             const std::vector<SpokenSpan>& quotes) const;
  // The same for boilerplate of the article, which only a phrase finds, whatever else is asked: it must stand there. No
  // name and no quote does.
  [[nodiscard]] bool matches_boilerplate(const PassageWords& words, const Article& head) const;
  [[nodiscard]] bool asks_for_names() const;

  // A quick look at a passage's text: false if one of the query's phrases certainly does not stand in it. Says true
  // whenever the look is not enough (hyphens, apostrophes, acronyms, anything but ASCII). Spares most candidates of a
  // phrase the analysis.
  [[nodiscard]] bool may_match(std::string_view passage) const;

  // The words of the passage that the query asks for, in order, not overlapping: single words by stem, phrases and
  // NEAR where they stand together, wildcards by their beginning. Words under a minus are not asked for; function words
  // only in phrases, or if the query has no others.
  // spans  more to mark: where somebody is named who is asked for
  [[nodiscard]] std::vector<ByteSpan> matched_spans(const PassageWords& words, std::vector<ByteSpan> spans) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
  std::vector<std::vector<std::string>> plain_phrases_;  // those that must stand, of ASCII letters alone
};

}  // namespace dateline
