// SPDX-License-Identifier: GPL-2.0-or-later
//
// Hits to bytes: text for people, JSON for programs, TREC runs for evaluation.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "query/query_parser.h"
#include "query/searcher.h"

namespace dateline {

enum class OutputFormat { kText, kJson, kTrec };

struct RenderOptions {
  OutputFormat format = OutputFormat::kText;
  bool color = false;
  bool explain = false;
  bool by_article = false;  // TREC names articles, not passages
  std::size_t width = 80;   // columns of the terminal
};

// One answered query.
struct Answer {
  std::optional<std::string> id;  // in a batch
  std::string query;              // as typed
  QueryNode parsed;
  SearchResult result;
  double elapsed_ms = 0;
};

// text  a block a hit and a line on how many there are; nothing that a terminal would act on but our own colours
// json  one object on one line (design: "hits", offsets in bytes of the hit's own text)
// trec  `query-id Q0 DOC rank score dateline`, DOC = id or id#passage, blanks in it written as %20
[[nodiscard]] std::string render(const Answer& answer, const RenderOptions& options);

// One hit as it stands in an answer: a block of text; an object of JSON, which render() puts on one line.
[[nodiscard]] std::string render_hit(const Hit& hit, const RenderOptions& options);
[[nodiscard]] std::string hit_json(const Hit& hit);

// The names in the passages that match a query, at most `limit` of each kind, as text or JSON.
// id  of the query in a batch
[[nodiscard]] std::string render_names(const std::optional<std::string>& id, const std::string& query,
                                       const std::vector<NameCount>& names, std::size_t limit,
                                       const RenderOptions& options);

}  // namespace dateline
