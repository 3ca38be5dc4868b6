// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/analyze_output.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "common/boilerplate_names.h"
#include "common/json_line.h"
#include "common/quote_names.h"
#include "common/text.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, kNameKinds> kKinds = {"person", "organization", "place"};

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void put_fact(Json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

Json quote_json(const Quote& quote, const ArticleNames& names) {
  Json object{{"begin", quote.span.begin},
              {"end", quote.span.end},
              {"kind", kQuoteKindNames[static_cast<std::size_t>(quote.kind)]},
              {"speaker", nullptr}};
  if (quote.name != kNobody) object["speaker"] = names.names[quote.name].name;
  if (!quote.speaker.empty()) {
    object["speaker_begin"] = quote.speaker.begin;
    object["speaker_end"] = quote.speaker.end;
  }
  if (!quote.cue.empty()) {
    object["cue_begin"] = quote.cue.begin;
    object["cue_end"] = quote.cue.end;
  }
  if (quote.rule != SpeakerRule::kNone) {
    object["confidence"] = kConfidenceNames[static_cast<std::size_t>(quote.confidence)];
    object["rule"] = kSpeakerRuleNames[static_cast<std::size_t>(quote.rule)];
  }
  return object;
}

}  // namespace

std::string analysis_json(const AnalyzedArticle& analyzed, const std::string& story) {
  const Article& article = analyzed.article;
  Json line{{"id", article.id}, {"path", article.path}};
  put_fact(line, "title", article.title);
  put_fact(line, "byline", article.byline);
  put_fact(line, "outlet", article.outlet);
  put_fact(line, "dateline", article.dateline);
  put_fact(line, "date", article.date);
  put_fact(line, "language", article.language);
  line["text"] = article.text;
  Json& boilerplate = line["boilerplate"] = Json::array();
  for (const Boilerplate& one : analyzed.boilerplate) {
    boilerplate.push_back({{"begin", one.span.begin},
                           {"end", one.span.end},
                           {"reason", kBoilerplateReasonNames[static_cast<std::size_t>(one.reason)]}});
  }
  Json& passages = line["passages"] = Json::array();
  for (const Passage& passage : analyzed.passages) {
    passages.push_back({{"begin", passage.span.begin}, {"end", passage.span.end}, {"line", passage.line}});
  }
  Json& entities = line["entities"] = Json::array();
  for (const Mention& mention : analyzed.names.mentions) {
    if (mention.by_role) continue;
    const ArticleName& name = analyzed.names.names[mention.name];
    entities.push_back({{"begin", mention.span.begin},
                        {"end", mention.span.end},
                        {"kind", kKinds[static_cast<std::size_t>(name.kind)]},
                        {"name", name.name}});
  }
  Json& quotes = line["quotes"] = Json::array();
  for (const Quote& quote : analyzed.quotes) quotes.push_back(quote_json(quote, analyzed.names));
  if (!analyzed.restored.empty()) {
    Json& numbers = line["numbers"] = Json::array();
    for (const RestoredNumber& number : analyzed.restored)
      numbers.push_back({{"at", number.at}, {"word", number.word}});
  }
  line["story"] = story;
  return json_line(line);
}

std::string report_json(const IndexReport& report) {
  Json skipped = Json::array();
  for (const Skipped& skip : report.skipped) {
    Json entry{{"path", skip.path}};
    if (skip.line > 0) entry["line"] = skip.line;
    entry["reason"] = skip.reason;
    skipped.push_back(std::move(entry));
  }
  return json_line({{"articles",
                     {{"added", report.articles.added},
                      {"updated", report.articles.updated},
                      {"removed", report.articles.removed},
                      {"unchanged", report.articles.unchanged},
                      {"skipped", report.skipped.size()}}},
                    {"passages", report.passages},
                    {"people", report.names[0]},
                    {"organizations", report.names[1]},
                    {"places", report.names[2]},
                    {"quotes", report.quotes},
                    {"copies", report.copies},
                    {"bytes", report.bytes},
                    {"seconds", report.seconds},
                    {"skipped", std::move(skipped)}});
}

std::string amount_text(std::uint64_t articles, std::uint64_t passages, std::uint64_t quotes, std::uint64_t bytes) {
  const auto size = static_cast<double>(bytes);
  return fmt::format("{}, {}, {}, {} of text", counted(articles, "article"), counted(passages, "passage"),
                     counted(quotes, "quote"),
                     bytes < 100'000 ? fmt::format("{:.1f} kB", size / 1e3) : fmt::format("{:.1f} MB", size / 1e6));
}

std::string report_text(const IndexReport& report) {
  std::string text = fmt::format(
      "{} in {:.1f} s", amount_text(report.held, report.passages, report.quotes, report.bytes), report.seconds);
  const ChangeCounts& articles = report.articles;
  if (articles.added < report.held || articles.removed > 0) {  // not a new index
    text += fmt::format("; {} added, {} updated, {} removed, {} unchanged", articles.added, articles.updated,
                        articles.removed, articles.unchanged);
  }
  return text + '\n';
}

std::string skipped_text(const std::vector<Skipped>& skipped, std::size_t max_shown) {
  std::string text;
  const std::size_t shown = std::min(max_shown, skipped.size());
  for (const Skipped& skip : std::span(skipped).first(shown)) {
    const std::string place = skip.line > 0 ? fmt::format("{}:{}", skip.path, skip.line) : skip.path;
    text += fmt::format("skipped {}: {}\n", printable(place, true), printable(skip.reason, true));
  }
  if (shown < skipped.size()) text += fmt::format("skipped {} more; --verbose lists all\n", skipped.size() - shown);
  return text;
}

}  // namespace dateline
