// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/showing/diff_renderer.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string_view>

#include "common/json_line.h"
#include "common/text.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 2> kSides = {"A", "B"};
constexpr std::array<const char*, 3> kKinds = {"number", "date", "name"};
constexpr std::array<const char*, 3> kHeadings = {"Numbers that disagree", "Dates that disagree",
                                                  "Names that disagree"};

std::uint32_t line_of(const Article& article, std::uint32_t at) {
  return 1 + static_cast<std::uint32_t>(std::count(article.text.begin(), article.text.begin() + at, '\n'));
}

std::string_view text_of(const Article& article, ByteSpan span) {
  return std::string_view(article.text).substr(span.begin, span.size());
}

Json json_span(const Article& article, ByteSpan span) {
  return {{"line", line_of(article, span.begin)},
          {"begin", span.begin},
          {"end", span.end},
          {"text", text_of(article, span)}};
}

std::string json_diff(const std::array<const Article*, 2>& articles, const ArticleDiff& diff) {
  constexpr std::array<const char*, 2> kNames = {"a", "b"};
  Json out;
  for (const std::size_t side : {0, 1}) {
    const Article& article = *articles[side];
    out[kNames[side]] = {{"article_id", article.id}, {"path", article.path}, {"record_line", article.line}};
    for (const auto& [name, fact] :
         {std::pair{"title", &article.title}, std::pair{"outlet", &article.outlet}, std::pair{"date", &article.date}}) {
      if (!fact->empty()) out[kNames[side]][name] = *fact;
    }
  }
  out["shared"] = diff.shared;
  Json& disagreements = out["disagreements"] = Json::array();
  for (const Disagreement& one : diff.disagreements) {
    Json entry{{"kind", kKinds[static_cast<std::size_t>(one.kind)]}};
    for (const std::size_t side : {0, 1}) {
      entry[kNames[side]] = json_span(*articles[side], one.words[side]);
      entry[kNames[side]]["context"] = text_of(*articles[side], one.context[side]);
    }
    disagreements.push_back(std::move(entry));
  }
  for (const std::size_t side : {0, 1}) {
    Json& lacking = out[fmt::format("only_{}", kNames[side])] = Json::array();
    for (const ByteSpan& span : diff.lacking[side]) lacking.push_back(json_span(*articles[side], span));
  }
  return json_line(out);
}

}  // namespace

std::string render_diff(const DiffSide& one, const DiffSide& two, const ArticleDiff& diff,
                        const RenderOptions& options) {
  const std::array<const Article*, 2> articles{&one.article, &two.article};
  if (options.format == OutputFormat::kJson) return json_diff(articles, diff);
  std::string out;
  for (const std::size_t side : {0, 1}) {
    const Article& article = *articles[side];
    out += fmt::format("{}   {}\n", kSides[side],
                       heading_text(article.title.empty() ? "(no title)" : article.title, options));
    out += source_line(article, 1, options);
  }
  out += fmt::format("\n{:.0f} % of the words of the shorter one stand in the other\n", 100 * diff.shared);
  const Disagreement* last = nullptr;
  for (const Disagreement& found : diff.disagreements) {
    if (last == nullptr || last->kind != found.kind) {
      out += '\n' + heading_text(kHeadings[static_cast<std::size_t>(found.kind)], options) + '\n';
    } else {
      out += '\n';
    }
    last = &found;
    for (const std::size_t side : {0, 1}) {
      const Article& article = *articles[side];
      const ByteSpan context = found.context[side];
      const ByteSpan words = found.words[side];
      out += fmt::format("  {}, line {}\n", kSides[side], line_of(article, words.begin));
      out +=
          wrapped_text(text_of(article, context), {{words.begin - context.begin, words.end - context.begin}}, options);
    }
  }
  for (const std::size_t side : {0, 1}) {
    if (diff.lacking[side].empty()) continue;
    out += '\n' + heading_text(fmt::format("Only in {}", kSides[side]), options) + '\n';
    for (const ByteSpan& span : diff.lacking[side]) {
      out += fmt::format("  line {}\n", line_of(*articles[side], span.begin));
      out += wrapped_text(text_of(*articles[side], span), {}, options);
    }
  }
  return out;
}

std::string render_missing(const std::vector<std::string>& ids, const RenderOptions& options) {
  if (options.format == OutputFormat::kJson) return json_line({{"missing", ids}});
  std::string out;
  for (const std::string& id : ids) out += fmt::format("no article has the id {}\n", printable(id, true));
  return out;
}

}  // namespace dateline
