// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/showing/renderer.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unicode/uchar.h>
#include <utility>
#include <vector>

#include "common/boilerplate_names.h"
#include "common/json_line.h"
#include "common/next_character.h"
#include "common/text.h"
#include "query/asking/question.h"
#include "query/showing/explainer.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kBoldRed = "\x1b[1;31m";
constexpr const char* kBold = "\x1b[1m";
constexpr const char* kFaint = "\x1b[2m";
constexpr const char* kPlain = "\x1b[0m";
constexpr std::size_t kIndent = 4;
constexpr std::array<const char*, kNameKinds> kKindNames = {"people", "organizations", "places"};
constexpr std::size_t kMinTextWidth = 20;

// A piece of a passage that no line end may part.
struct Piece {
  ByteSpan span;  // in the passage
  std::size_t width = 0;
  bool joined = false;  // to the piece before it, without a blank
};

std::string marked(std::string_view text, const char* style, bool color) {
  const std::string safe = printable(text, true);
  return color && !safe.empty() ? style + safe + kPlain : safe;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// A character as wrapping sees it.
struct Cell {
  std::size_t width = 0;
  bool wide = false;
  bool opens = false;   // belongs to what follows
  bool closes = false;  // belongs to what stands before
};

Cell make_cell(std::string_view character) {
  std::size_t end = 0;
  const UChar32 code = next_character(character, end);
  const std::uint32_t category = code < 0 ? 0 : U_GET_GC_MASK(code);
  const std::size_t width = display_width(printable(character, true));
  return {width, width == 2, (category & (U_GC_PS_MASK | U_GC_PI_MASK)) != 0,
          (category & (U_GC_PE_MASK | U_GC_PF_MASK | U_GC_PO_MASK | U_GC_LM_MASK)) != 0};
}

// The piece that begins at `begin` in the word that ends at `end`: all of it, but what is wider than a line is parted,
// and so are wide characters, which are written without blanks.
Piece next_piece(std::string_view text, std::size_t begin, std::size_t end, std::size_t columns) {
  Piece piece;
  Cell last;
  std::size_t at = begin;
  for (std::size_t next = at; at < end; at = next) {
    (void)next_character(text.substr(0, end), next);
    const Cell cell = make_cell(text.substr(at, next - at));
    const bool may_part = (cell.wide || last.wide) && !last.opens && !cell.closes;
    if (cell.width > 0 && piece.width > 0 && (may_part || piece.width + cell.width > columns)) break;
    piece.width += cell.width;
    if (cell.width > 0) last = cell;
  }
  piece.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)};
  return piece;
}

std::vector<Piece> cut_pieces(std::string_view text, std::size_t columns) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end])) ++end;
    for (const std::size_t begin = at; at < end; at = pieces.back().span.end) {
      pieces.push_back(next_piece(text, at, end, columns));
      pieces.back().joined = at > begin;
    }
  }
  return pieces;
}

// A stretch of the passage with its highlights in colour. Stretches are asked for in their order; `highlight` remembers
// how far they have come.
std::string colored(std::string_view text, const std::vector<ByteSpan>& highlights, ByteSpan span,
                    std::size_t& highlight, bool color) {
  std::string out;
  for (std::uint32_t at = span.begin; at < span.end;) {
    while (highlight < highlights.size() && highlights[highlight].end <= at) ++highlight;
    const bool any = highlight < highlights.size();
    const bool inside = any && highlights[highlight].begin <= at;
    std::uint32_t stop = span.end;
    if (any) stop = std::min(stop, inside ? highlights[highlight].end : highlights[highlight].begin);
    out += marked(text.substr(at, stop - at), kBoldRed, color && inside);
    at = stop;
  }
  return out;
}

// A text in lines of at most `width` columns.
std::string wrap(std::string_view text, const std::vector<ByteSpan>& highlights, std::size_t width, bool color) {
  const std::size_t columns = std::max(kMinTextWidth, width > kIndent ? width - kIndent : 0);
  std::string out;
  std::size_t column = 0;
  std::size_t highlight = 0;
  ByteSpan stretch;  // read, not yet written
  const auto flush = [&] { out += colored(text, highlights, stretch, highlight, color); };
  for (const Piece& piece : cut_pieces(text, columns)) {
    const std::size_t blank = piece.joined || column == 0 ? 0 : 1;
    if (column > 0 && column + blank + piece.width <= columns) {
      if (piece.joined) {
        stretch.end = piece.span.end;
        column += piece.width;
        continue;
      }
      flush();
      out += ' ';
      column += blank + piece.width;
    } else {
      flush();
      if (column > 0) out += '\n';
      out += std::string(kIndent, ' ');
      column = piece.width;
    }
    stretch = piece.span;
  }
  flush();
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
std::string place(const Article& article, std::uint64_t line) {
  const bool is_record = article.line > 1 || article.path != article.id;
  return fmt::format("{}:{}", article.path, is_record ? article.line : line);
}

// "+4 copies", and which if they are to be listed.
std::string copies_text(const Hit& hit, const RenderOptions& options) {
  if (hit.copy_count == 0) return {};
  std::string out(kIndent, ' ');
  out += marked(fmt::format("+{} {}", hit.copy_count, hit.copy_count == 1 ? "copy" : "copies"), kFaint, options.color);
  out += '\n';
  if (!options.list_copies) return out;
  for (const HitCopy& copy : hit.copies) {
    out += fmt::format("  {}{}", copy.is_version ? "    version:" : "",
                       source_line(copy.article, copy.line, options).substr(copy.is_version ? 3 : 0));
  }
  if (hit.copies.size() < hit.copy_count) {
    out += fmt::format("{:{}}and {} more\n", "", kIndent + 2, hit.copy_count - hit.copies.size());
  }
  return out;
}

std::string text_hit(const Hit& hit, const RenderOptions& options) {
  const Article& article = hit.article;
  std::string head = fmt::format("{:>2}. ", hit.rank);
  head += marked(article.title.empty() ? "(no title)" : article.title, kBold, options.color);
  std::string out = head + '\n' + source_line(article, hit.passage.line, options);
  out += wrapped_text(hit.text, hit.highlights, options);
  out += copies_text(hit, options);
  if (options.explain) {
    out +=
        fmt::format("{:{}}{}\n{:{}}{}\n", "", kIndent, printable(explain(hit), true), "", kIndent, explain_score(hit));
  }
  return out + '\n';
}

std::string text_answer(const Answer& answer, const RenderOptions& options) {
  std::string out;
  if (answer.id) out += batch_heading(*answer.id, answer.query);
  if (options.explain) {
    out += fmt::format("read as: {}\n", printable(to_string(without_asking(answer.parsed)), true));
    for (const auto& [word, reading] : answer.result.readings) {
      out += fmt::format("{} as a name: {}\n", printable(word, true),
                         printable(fmt::format("{}", fmt::join(reading.names, ", ")), true));
    }
    out += '\n';
  }
  for (const std::string& notice : answer.result.notices) out += fmt::format("note: {}\n\n", printable(notice, true));
  for (const Hit& hit : answer.result.hits) out += text_hit(hit, options);
  const SearchResult& result = answer.result;
  const char* unit = options.by_article ? "article" : "passage";
  const std::string meant = suggestion_line(result.suggestion);
  if (result.total == 0) return out + "nothing found\n" + meant;
  return out +
         fmt::format("{}{} {}{}\n", result.total_is_exact ? "" : "about ", result.total, unit,
                     result.total == 1 ? "" : "s") +
         meant;
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
  if (hit.boilerplate) out["boilerplate"] = kBoilerplateReasonNames[static_cast<std::size_t>(*hit.boilerplate)];
  out["text"] = hit.text;
  Json highlights = Json::array();
  for (const ByteSpan& span : hit.highlights) highlights.push_back({span.begin, span.end});
  out["highlights"] = std::move(highlights);
  for (std::size_t kind = 0; kind < kNameKinds; ++kind) out[kKindNames[kind]] = hit.names[kind];
  Json& quotes = out["quotes"] = Json::array();
  for (const PassageQuote& quote : hit.quotes) {
    quotes.push_back({{"speaker", quote.speaker.empty() ? Json(nullptr) : Json(quote.speaker)}, {"text", quote.text}});
  }
  out["added_words"] = hit.added_words;
  Json& copies = out["copies"] = Json::array();
  for (const HitCopy& copy : hit.copies) {
    Json one{{"article_id", copy.article.id}, {"path", copy.article.path}, {"record_line", copy.article.line}};
    if (copy.line > 0) {
      one["line"] = copy.line;
      one["version"] = copy.is_version;
    }
    for (const auto& [name, fact] :
         {std::pair{"outlet", &copy.article.outlet}, std::pair{"date", &copy.article.date}}) {
      if (!fact->empty()) one[name] = *fact;
    }
    copies.push_back(std::move(one));
  }
  out["copy_count"] = hit.copy_count;
  if (!with_explanation) {
    out["explanation"] = nullptr;
    return out;
  }
  const Explanation& why = hit.explanation;
  out["explanation"] = {{"sentence", explain(hit)}, {"passage", why.passage},
                        {"article", why.article},   {"closeness", why.closeness},
                        {"quoted", why.quoted},     {"lowered", why.lowered},
                        {"early", why.text.early},  {"as_typed", why.text.as_written},
                        {"akin", why.text.akin},    {"like", why.text.like},
                        {"lost", why.text.lost},    {"answers", why.answer},
                        {"recent", why.recent},     {"added", why.added}};
  return out;
}

std::string json_answer(const Answer& answer, const RenderOptions& options) {
  Json hits = Json::array();
  for (const Hit& hit : answer.result.hits) hits.push_back(json_hit(hit, options.explain));
  const std::optional<Suggestion>& suggested = answer.result.suggestion;
  Json out{{"id", answer.id ? Json(*answer.id) : Json(nullptr)},
           {"query", answer.query},
           {"parsed", to_string(without_asking(answer.parsed))},
           {"total", answer.result.total},
           {"total_is_exact", answer.result.total_is_exact},
           {"elapsed_ms", answer.elapsed_ms},
           {"suggestion", suggested ? Json(suggested->query) : Json(nullptr)},
           {"suggestion_total", suggested ? Json(suggested->passages) : Json(nullptr)},
           {"notices", answer.result.notices},
           {"hits", std::move(hits)}};
  return json_line(out);
}

// TREC runs are columns: a blank in a name would make two of one, and an empty name none.
std::string trec_name(std::string_view id) {
  const std::string name = printable(id, true);
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t begin = at;
    const bool is_space = u_isUWhiteSpace(next_character(name, at)) != 0;
    for (std::size_t i = begin; i < at; ++i) {
      out += is_space ? fmt::format("%{:02X}", static_cast<unsigned char>(name[i])) : std::string(1, name[i]);
    }
  }
  return out.empty() ? "-" : out;
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

std::string names_text(const std::vector<NameCount>& names, std::size_t limit, const RenderOptions& options) {
  std::string out;
  std::optional<NameKind> kind;
  std::size_t shown = 0;
  for (const NameCount& one : names) {
    if (kind != one.kind) {
      if (kind) out += '\n';
      kind = one.kind;
      shown = 0;
      out += marked(kKindNames[static_cast<std::size_t>(one.kind)], kBold, options.color) +
             marked("  (passages, articles, quotes)", kFaint, options.color) + '\n';
    }
    if (++shown > limit) continue;
    out += fmt::format("{:>6} {:>6} {:>6}  {}\n", one.passages, one.articles, one.quotes, printable(one.name, true));
  }
  return out.empty() ? "no names found\n" : out;
}

}  // namespace

std::string batch_heading(const std::string& id, const std::string& query) {
  return fmt::format("== {}: {}\n\n", printable(id, true), printable(query, true));
}

std::string heading_text(std::string_view text, const RenderOptions& options) {
  return marked(text, kBold, options.color);
}

std::string wrapped_text(std::string_view text, const std::vector<ByteSpan>& highlights, const RenderOptions& options) {
  return wrap(text, highlights, options.width, options.color);
}

std::string source_line(const Article& article, std::uint64_t line, const RenderOptions& options) {
  const std::string facts = origin(article);
  return std::string(kIndent, ' ') + (facts.empty() ? facts : printable(facts, true) + "  ") +
         marked(place(article, line), kFaint, options.color) + '\n';
}

std::string render_hit(const Hit& hit, const RenderOptions& options) { return text_hit(hit, options); }

std::string hit_json(const Hit& hit) {
  return json_hit(hit, false).dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

std::string suggestion_line(const std::optional<Suggestion>& suggestion) {
  if (!suggestion) return {};
  return fmt::format("did you mean: {} ({} passage{})\n", printable(suggestion->query, true), suggestion->passages,
                     suggestion->passages == 1 ? "" : "s");
}

std::string render_names(const std::optional<std::string>& id, const std::string& query,
                         const std::vector<NameCount>& names, std::size_t limit, const RenderOptions& options) {
  if (options.format != OutputFormat::kJson) {
    const std::string out = names_text(names, limit, options);
    return id ? batch_heading(*id, query) + out + '\n' : out;
  }
  Json out{{"id", id ? Json(*id) : Json(nullptr)}, {"query", query}};
  for (const char* kind : kKindNames) out[kind] = Json::array();
  for (const NameCount& one : names) {
    Json& list = out[kKindNames[static_cast<std::size_t>(one.kind)]];
    if (list.size() < limit)
      list.push_back(
          {{"name", one.name}, {"passages", one.passages}, {"articles", one.articles}, {"quotes", one.quotes}});
  }
  return json_line(out);
}

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
