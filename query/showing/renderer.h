// SPDX-License-Identifier: GPL-2.0-or-later
//
// Hits to bytes: text for people, JSON for programs, TREC runs for evaluation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/asking/query_parser.h"
#include "query/searching/searcher.h"

namespace dateline {

enum class OutputFormat { kText, kJson, kTrec };

struct RenderOptions {
  OutputFormat format = OutputFormat::kText;
  bool color = false;
  bool explain = false;
  bool by_article = false;  // TREC names articles, not passages
  bool list_copies = false;
  std::size_t width = 80;  // columns of the terminal
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

// Pieces of such answers, safe for a terminal.
[[nodiscard]] std::string batch_heading(const std::string& id, const std::string& query);
[[nodiscard]] std::string heading_text(std::string_view text, const RenderOptions& options);
// A text in lines of its own, indented, its highlights (ascending) in colour.
[[nodiscard]] std::string wrapped_text(std::string_view text, const std::vector<ByteSpan>& highlights,
                                       const RenderOptions& options);
// "Reuters, MOSCOW, 2017-07-10  file.txt:12", a line. line  of the article's text
[[nodiscard]] std::string source_line(const Article& article, std::uint64_t line, const RenderOptions& options);

// "did you mean: …", a line; empty if there is nothing to suggest.
[[nodiscard]] std::string suggestion_line(const std::optional<Suggestion>& suggestion);

// The names in the passages that match a query, at most `limit` of each kind, as text or JSON.
// id  of the query in a batch
[[nodiscard]] std::string render_names(const std::optional<std::string>& id, const std::string& query,
                                       const std::vector<NameCount>& names, std::size_t limit,
                                       const RenderOptions& options);

}  // namespace dateline
