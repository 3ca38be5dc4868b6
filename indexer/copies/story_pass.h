// SPDX-License-Identifier: GPL-2.0-or-later
//
// From the fingerprints of articles to stories: articles that are copies of one another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/error.h"
#include "indexer/copies/fingerprint.h"

namespace dateline {

// What the pass knows of an article, and all that an index keeps of it for later passes.
struct CopyFacts {
  std::string id;
  std::string date;  // ISO 8601 or empty
  Fingerprint fingerprint;

  friend bool operator==(const CopyFacts&, const CopyFacts&) = default;
};

// The facts of a batch's articles, some 450 bytes each. Kept together and apart from the articles' records: a later
// pass reads them all, and none of the texts.
[[nodiscard]] std::string encode_copy_facts(const std::vector<CopyFacts>& articles);
// Errors (kIndex): bytes that do not decode.
[[nodiscard]] Result<std::vector<CopyFacts>> decode_copy_facts(std::string_view bytes);

// Joins the articles that are copies of one another.
//
// An article joins a story if more than half of its text, or of the text that is the shorter, stands in one of the
// story's representatives, and a good part of it in most of them: so a brief joins the report it was cut from, but
// two stories do not become one because somebody printed both, or by a chain of small changes. Representatives are the
// longest article and up to eleven others that differ from those before. What stands in very many stories (addresses,
// "for immediate release") does not count. The same event in other words is another story.
//
// returns  the stories of two and more articles as indexes into `articles`, the best text first: with capitals, with
//          marks, longest, earliest, by id; the stories by their first index. A function of the set of articles: their
//          order says nothing.
// cost     40,000 articles of 115 MB: CPU 2.3 s on a busy machine, 10,000: 0.36 s; near linear in the articles,
// whatever they say: an article is compared with at most
//          kMostCandidates × kMostRepresentatives others. Memory: 4 bytes a hash and some 20 a hash met twice; 5 % of
//          the text is a fair guess. Ten million articles would need parts: by day, for copies are of one week.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> join_stories(std::vector<CopyFacts> articles);

}  // namespace dateline
