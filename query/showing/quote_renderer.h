// SPDX-License-Identifier: GPL-2.0-or-later
//
// Quotes to bytes: text for people, JSON for programs.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "query/searching/searcher.h"
#include "query/showing/renderer.h"

namespace dateline {

// An answered query of --quotes.
struct QuoteAnswer {
  std::optional<std::string> id;  // in a batch
  std::string query;              // as typed
  QueryNode parsed;
  QuoteResult result;
  std::size_t first_rank = 1;
  double elapsed_ms = 0;
};

// text  a block a quote: who, the words, where they stand, in how many articles; nothing that a terminal would act on
//       but our own colours
// json  one object on one line; offsets are bytes of the article's text, those of "highlights" bytes of the quote's
[[nodiscard]] std::string render_quotes(const QuoteAnswer& answer, const RenderOptions& options);

// One quote as it stands in an answer, behind `number` ("3.", or nothing).
[[nodiscard]] std::string render_quote(const QuoteHit& quote, const std::string& number, const RenderOptions& options);
[[nodiscard]] nlohmann::ordered_json quote_json(const QuoteHit& quote);

}  // namespace dateline
