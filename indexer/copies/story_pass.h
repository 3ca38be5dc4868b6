// SPDX-License-Identifier: GPL-2.0-or-later
//
// From the fingerprints of articles to stories: articles that are copies of one another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/error.h"
#include "indexer/copies/fingerprint.h"
#include "indexer/go_on.h"

namespace dateline {

// What the pass knows of an article.
struct CopyFacts {
  std::string id;
  std::string path;
  std::uint64_t line = 0;
  std::string outlet;
  std::string date;  // ISO 8601 or empty
  Fingerprint fingerprint;
};

// Indexes into the articles that were given.
using ArticleGroup = std::vector<std::uint32_t>;

struct JoinedStories {
  // Two and more articles each, the best text first: with capitals, with marks, longest, earliest, by id; but of the
  // texts of one outlet the latest takes the place of the best.
  std::vector<ArticleGroup> stories;
  // What can have a say in one another's stories, ascending; two and more articles each. A story lies in one group.
  std::vector<ArticleGroup> groups;
  // Articles without capitals and marks, each with the best text of its story that has marks.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> repairs;
};

// A key that more articles have than this leads nowhere, …
inline constexpr std::size_t kCommonShingle = 256;
// … but a band that so many have puts them all in one group.
inline constexpr std::size_t kCommonBand = 64;
[[nodiscard]] inline bool is_common(std::uint32_t key, std::size_t articles) {
  return articles > (is_band(key) ? kCommonBand : kCommonShingle);
}

// The common ones of the articles' copy_keys, ascending.
[[nodiscard]] std::vector<std::uint32_t> common_keys(const std::vector<CopyFacts>& articles);

// Joins the articles that are copies of one another.
//
// An article joins a story if more than half of its text, or of the text that is the shorter, stands in one of the
// story's representatives, and a good part of it in most of them: so a brief joins the report it was cut from, but
// two stories do not become one because somebody printed both, or by a chain of small changes. Representatives are the
// longest article and up to eleven others that differ from those before. What stands in very many stories (addresses,
// "for immediate release") does not count. The same event in other words is another story.
//
// articles  a collection; or a part of one, no group of which reaches beyond it
// common    common_keys of the whole collection
// returns   the stories by their first index, likewise the groups: a function of the set of articles, whose order says
//           nothing. What becomes of a group depends on its articles alone: after a change others need not be looked
//           at.
// cost      near linear in the articles, whatever they say: each is compared with those that share keys which few have,
//           and with at most kMostCandidates × kMostRepresentatives of its group
[[nodiscard]] JoinedStories join_stories(
    const std::vector<CopyFacts>& articles, const std::vector<std::uint32_t>& common, const GoOn& go_on = [] {});

// Whether the second article may belong to the first one's group because of what they share.
[[nodiscard]] bool are_linked(const Fingerprint& one, const Fingerprint& two);

// So many keys that are not common must be shared by articles before they are compared; all, if one has fewer.
inline constexpr std::size_t kLinkingKeys = 2;

}  // namespace dateline
