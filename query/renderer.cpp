// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/renderer.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "common/text.h"
#include "query/explainer.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kBoldRed = "\x1b[1;31m";
constexpr const char* kBold = "\x1b[1m";
constexpr const char* kFaint = "\x1b[2m";
constexpr const char* kPlain = "\x1b[0m";
constexpr std::size_t kIndent = 4;
constexpr std::size_t kMinTextWidth = 20;

// A piece of a passage between blanks; may be part of a highlight at either side.
struct Piece {
  std::string text;
  std::size_t width = 0;
};

std::string marked(std::string_view text, const char* style, bool color) {
  const std::string safe = printable(text, true);
  return color && !safe.empty() ? style + safe + kPlain : safe;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Cuts the passage at blanks, each word with its highlights in colour.
std::vector<Piece> cut_pieces(const Hit& hit, bool color) {
  std::vector<Piece> pieces;
  std::size_t highlight = 0;
  const std::string_view text = hit.text;
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end])) ++end;
    Piece piece;
    piece.width = display_width(printable(text.substr(at, end - at), true));
    while (at < end) {
      while (highlight < hit.highlights.size() && hit.highlights[highlight].end <= at) ++highlight;
      const bool inside = highlight < hit.highlights.size() && hit.highlights[highlight].begin <= at;
      std::size_t stop = end;
      if (highlight < hit.highlights.size()) {
        stop = std::min<std::size_t>(end, inside ? hit.highlights[highlight].end : hit.highlights[highlight].begin);
      }
      piece.text += marked(text.substr(at, stop - at), kBoldRed, color && inside);
      at = stop;
    }
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

std::string wrap(const std::vector<Piece>& pieces, std::size_t width) {
  const std::size_t columns = std::max(kMinTextWidth, width > kIndent ? width - kIndent : 0);
  std::string out;
  std::size_t column = 0;
  for (const Piece& piece : pieces) {
    if (column > 0 && column + 1 + piece.width > columns) {
      out += '\n';
      column = 0;
    }
    out += column == 0 ? std::string(kIndent, ' ') : " ";
    column += piece.width + (column == 0 ? 0 : 1);
    out += piece.text;
  }
  return out + '\n';
}

// "Reuters, MOSCOW, 2017-07-10": what is known of it.
std::string origin(const Article& article) {
  std::string out;
  for (const std::string* fact : {&article.outlet, &article.dateline, &article.date}) {
    if (fact->empty()) continue;
    if (!out.empty()) out += ", ";
    out += *fact;
  }
  return out;
}

// "file.txt:12"; for a record of a JSON file the line of the record, where the passage can be found.
std::string place(const Hit& hit) {
  const Article& article = hit.article;
  const bool is_record = article.line > 1 || article.path != article.id;
  return fmt::format("{}:{}", article.path, is_record ? article.line : hit.passage.line);
}

std::string text_hit(const Hit& hit, const RenderOptions& options) {
  const Article& article = hit.article;
  std::string head = fmt::format("{:>2}. ", hit.rank);
  head += marked(article.title.empty() ? "(no title)" : article.title, kBold, options.color);
  const std::string facts = origin(article);
  std::string out = head + '\n' + std::string(kIndent, ' ');
  if (!facts.empty()) out += printable(facts, true) + "  ";
  out += marked(place(hit), kFaint, options.color) + '\n';
  out += wrap(cut_pieces(hit, options.color), options.width);
  if (options.explain) {
    out += fmt::format("{:{}}{}\n{:{}}{}\n", "", kIndent, explain(hit), "", kIndent, explain_score(hit));
  }
  return out + '\n';
}

std::string text_answer(const Answer& answer, const RenderOptions& options) {
  std::string out;
  if (answer.id) out += fmt::format("== {}: {}\n\n", printable(*answer.id, true), printable(answer.query, true));
  if (options.explain) out += fmt::format("read as: {}\n\n", printable(to_string(answer.parsed), true));
  for (const std::string& notice : answer.result.notices) out += fmt::format("note: {}\n\n", printable(notice, true));
  for (const Hit& hit : answer.result.hits) out += text_hit(hit, options);
  const SearchResult& result = answer.result;
  const char* unit = options.by_article ? "article" : "passage";
  if (result.total == 0) return out + "nothing found\n";
  return out + fmt::format("{}{} {}{}\n", result.total_is_exact ? "" : "about ", result.total, unit,
                           result.total == 1 ? "" : "s");
}

Json json_hit(const Hit& hit, bool with_explanation) {
  const Article& article = hit.article;
  Json out{{"rank", hit.rank},           {"score", hit.score},
           {"article_id", article.id},   {"passage", hit.ordinal},
           {"path", article.path},       {"record_line", article.line},
           {"line", hit.passage.line},   {"begin", hit.passage.span.begin},
           {"end", hit.passage.span.end}};
  for (const auto& [name, fact] : {std::pair{"title", &article.title}, std::pair{"outlet", &article.outlet},
                                   std::pair{"dateline", &article.dateline}, std::pair{"date", &article.date},
                                   std::pair{"byline", &article.byline}, std::pair{"language", &article.language}}) {
    if (!fact->empty()) out[name] = *fact;
  }
  out["text"] = hit.text;
  Json highlights = Json::array();
  for (const ByteSpan& span : hit.highlights) highlights.push_back({span.begin, span.end});
  out["highlights"] = std::move(highlights);
  for (const char* name : {"people", "organizations", "places", "quotes", "copies"}) out[name] = Json::array();
  if (!with_explanation) {
    out["explanation"] = nullptr;
    return out;
  }
  const Explanation& why = hit.explanation;
  out["explanation"] = {
      {"sentence", explain(hit)}, {"passage", why.passage}, {"article", why.article}, {"closeness", why.closeness}};
  return out;
}

std::string json_answer(const Answer& answer, const RenderOptions& options) {
  Json hits = Json::array();
  for (const Hit& hit : answer.result.hits) hits.push_back(json_hit(hit, options.explain));
  Json out{{"id", answer.id ? Json(*answer.id) : Json(nullptr)},
           {"query", answer.query},
           {"parsed", to_string(answer.parsed)},
           {"total", answer.result.total},
           {"total_is_exact", answer.result.total_is_exact},
           {"elapsed_ms", answer.elapsed_ms},
           {"suggestion", nullptr},
           {"notices", answer.result.notices},
           {"hits", std::move(hits)}};
  return out.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) + '\n';
}

// TREC runs are columns: a blank in an id would make two of one.
std::string trec_name(std::string_view id) {
  std::string out;
  for (const char c : printable(id, true)) out += is_blank(c) ? "%20" : std::string(1, c);
  return out;
}

std::string trec_answer(const Answer& answer, const RenderOptions& options) {
  const std::string id = trec_name(answer.id.value_or("1"));
  std::string out;
  for (const Hit& hit : answer.result.hits) {
    std::string name = trec_name(hit.article.id);
    if (!options.by_article) name += fmt::format("#{}", hit.ordinal);
    out += fmt::format("{} Q0 {} {} {:.6f} dateline\n", id, name, hit.rank, hit.score);
  }
  return out;
}

}  // namespace

std::string render(const Answer& answer, const RenderOptions& options) {
  switch (options.format) {
    case OutputFormat::kJson:
      return json_answer(answer, options);
    case OutputFormat::kTrec:
      return trec_answer(answer, options);
    case OutputFormat::kText:
      break;
  }
  return text_answer(answer, options);
}

}  // namespace dateline
