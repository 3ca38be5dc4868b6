// SPDX-License-Identifier: GPL-2.0-or-later
//
// All that an index knows of one person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/article.h"
#include "query/reading/name_reader.h"
#include "query/searching/searcher.h"
#include "query/showing/renderer.h"

namespace dateline {

struct PersonPage {
  KnownName person;
  std::uint64_t articles = 0;
  std::uint64_t passages = 0;
  std::string first_date;  // ISO 8601; empty if no article has a date
  std::string last_date;
  std::vector<std::pair<std::string, std::uint64_t>> beside;    // people in the same passages, most often first
  std::vector<std::pair<std::string, std::uint64_t>> timeline;  // passages by month, or by year if more than three
                                                                // years; no period is left out
  std::vector<Hit> latest;                                      // newest first
  std::vector<QuoteHit> quotes;                                 // of the person, each once, newest first
  bool all_quotes_read = true;         // false: those in the latest kMaxQuotedPassages passages
  std::vector<QuoteTopic> topics;      // of `quotes`
  std::vector<std::string> namesakes;  // others whom the name may mean
};

// The page of the person whom `name` means, the most often named one if it may be several; nothing if the index knows
// none. Cost: an article's head for each that names them.
[[nodiscard]] std::optional<PersonPage> make_person_page(Searcher& searcher, const std::string& name,
                                                         std::size_t latest);

// As text or JSON.
[[nodiscard]] std::string render_person(const PersonPage& page, const RenderOptions& options);
// Instead of a page, if nobody has the name; `meant` is who may have been.
[[nodiscard]] std::string render_nobody(const std::optional<std::string>& meant, const RenderOptions& options);

}  // namespace dateline
