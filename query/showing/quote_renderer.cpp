// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/showing/quote_renderer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string_view>

#include "common/json_line.h"
#include "common/quote_names.h"
#include "common/text.h"
#include "query/asking/question.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kOpeningMark = "“";
constexpr std::string_view kClosingMark = "”";

// Who says it, as far as is known.
std::string shown_speaker(const QuoteHit& quote) {
  if (!quote.speaker.empty()) return quote.speaker;
  return quote.mention.empty() ? "(nobody is named)" : quote.mention;
}

// Words between quotation marks have them again, and the highlights move behind the opening one.
std::string shown_words(const QuoteHit& quote, const RenderOptions& options) {
  if (quote.quote.kind == QuoteKind::kIndirect) return wrapped_text(quote.text, quote.highlights, options);
  std::vector<ByteSpan> highlights = quote.highlights;
  for (ByteSpan& span : highlights) {
    span.begin += static_cast<std::uint32_t>(kOpeningMark.size());
    span.end += static_cast<std::uint32_t>(kOpeningMark.size());
  }
  return wrapped_text(fmt::format("{}{}{}", kOpeningMark, quote.text, kClosingMark), highlights, options);
}

Json place_json(const QuoteHit& quote) {
  const Article& article = quote.article;
  Json out{{"article_id", article.id},        {"path", article.path},
           {"record_line", article.line},     {"line", quote.line},
           {"begin", quote.quote.span.begin}, {"end", quote.quote.span.end}};
  for (const auto& [name, fact] : {std::pair{"title", &article.title}, std::pair{"outlet", &article.outlet},
                                   std::pair{"dateline", &article.dateline}, std::pair{"date", &article.date}}) {
    if (!fact->empty()) out[name] = *fact;
  }
  return out;
}

void put_mention(Json& out, const char* name, const std::string& text, ByteSpan span) {
  out[name] = span.empty() ? Json(nullptr) : Json{{"text", text}, {"begin", span.begin}, {"end", span.end}};
}

std::string quotes_json(const QuoteAnswer& answer) {
  const QuoteResult& result = answer.result;
  Json quotes = Json::array();
  std::size_t rank = answer.first_rank;
  for (const QuoteHit& quote : result.quotes) {
    Json one{{"rank", rank++}};
    one.update(quote_json(quote));
    quotes.push_back(std::move(one));
  }
  return json_line({{"id", answer.id ? Json(*answer.id) : Json(nullptr)},
                    {"query", answer.query},
                    {"parsed", to_string(without_asking(answer.parsed))},
                    {"total", result.total},
                    {"total_is_exact", result.total_is_exact},
                    {"elapsed_ms", answer.elapsed_ms},
                    {"suggestion", result.suggestion ? Json(result.suggestion->query) : Json(nullptr)},
                    {"suggestion_total", result.suggestion ? Json(result.suggestion->passages) : Json(nullptr)},
                    {"notices", result.notices},
                    {"quotes", std::move(quotes)}});
}

std::string quotes_text(const QuoteAnswer& answer, const RenderOptions& options) {
  const QuoteResult& result = answer.result;
  std::string out;
  if (answer.id) out += batch_heading(*answer.id, answer.query);
  if (options.explain) out += fmt::format("read as: {}\n\n", printable(to_string(without_asking(answer.parsed)), true));
  for (const std::string& notice : result.notices) out += fmt::format("note: {}\n\n", printable(notice, true));
  std::size_t rank = answer.first_rank;
  for (const QuoteHit& quote : result.quotes)
    out += render_quote(quote, fmt::format("{:>2}. ", rank++), options) + '\n';
  if (result.total == 0) {
    out += "no quotes found\n";
  } else {
    out += fmt::format("{}{} quote{}\n", result.total_is_exact ? "" : "at least ", result.total,
                       result.total == 1 ? "" : "s");
  }
  return out + suggestion_line(result.suggestion);
}

}  // namespace

std::string render_quote(const QuoteHit& quote, const std::string& number, const RenderOptions& options) {
  std::string out = number + heading_text(shown_speaker(quote), options) + '\n' + shown_words(quote, options) +
                    source_line(quote.article, quote.line, options);
  if (!quote.copies.empty()) {
    out.pop_back();
    out += fmt::format("  and {} cop{}\n", quote.copies.size(), quote.copies.size() == 1 ? "y" : "ies");
  }
  return out;
}

Json quote_json(const QuoteHit& quote) {
  Json out{{"speaker", quote.speaker.empty() ? Json(nullptr) : Json(quote.speaker)},
           {"kind", kQuoteKindNames[static_cast<std::size_t>(quote.quote.kind)]},
           {"text", quote.text}};
  out.update(place_json(quote));
  put_mention(out, "mention", quote.mention, quote.quote.speaker);
  put_mention(out, "cue", quote.cue, quote.quote.cue);
  out["rule"] = kSpeakerRuleNames[static_cast<std::size_t>(quote.quote.rule)];
  out["confidence"] = quote.quote.rule == SpeakerRule::kNone
                          ? Json(nullptr)
                          : Json(kConfidenceNames[static_cast<std::size_t>(quote.quote.confidence)]);
  Json highlights = Json::array();
  for (const ByteSpan& span : quote.highlights) highlights.push_back({span.begin, span.end});
  out["highlights"] = std::move(highlights);
  Json copies = Json::array();
  for (const QuoteHit& copy : quote.copies) copies.push_back(place_json(copy));
  out["copies"] = std::move(copies);
  return out;
}

std::string render_quotes(const QuoteAnswer& answer, const RenderOptions& options) {
  return options.format == OutputFormat::kJson ? quotes_json(answer) : quotes_text(answer, options);
}

}  // namespace dateline
