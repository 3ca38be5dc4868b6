// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any bytes, as a text file and as a JSON record, whole and as a JSON string, give an article that keeps its promises,
// or an error with a reason.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "common/text.h"
#include "indexer/articles/article_parser.h"
#include "indexer/sentences/line_shape.h"

namespace {

using dateline::Article;
using dateline::RawRecord;
using dateline::SourceFormat;

void require(bool promise) {
  if (!promise) std::abort();
}

void check_line(const std::string& fact) {
  require(dateline::is_valid_utf8(fact) && fact.size() <= dateline::kFactBytes);
  require(fact.find('\n') == std::string::npos && dateline::trim(fact).size() == fact.size());
}

void check(const Article& article) {
  require(!article.id.empty() && !article.language.empty());
  require(!article.text.empty() && dateline::is_valid_utf8(article.text));
  require(dateline::normalize_text(article.text) == article.text);
  require(article.title_span.begin <= article.title_span.end && article.title_span.end <= article.text.size());
  for (const std::string* fact : {&article.title, &article.byline, &article.outlet, &article.dateline}) {
    check_line(*fact);
  }
  require(article.date.empty() || article.date.size() == 7 || article.date.size() == 10);
}

void parse(SourceFormat format, std::string bytes) {
  RawRecord record;
  record.path = std::make_shared<const std::string>("fuzz");
  record.format = format;
  record.bytes = std::move(bytes);
  const auto article = dateline::parse_article(record, {});
  if (article) {
    check(*article);
  } else {
    require(!article.error().message.empty());
  }
}

std::string quote(const std::string& bytes) {
  std::string json = "\"";
  for (const char byte : bytes) {
    if (byte == '"' || byte == '\\') json += '\\';
    json += byte == '\n' ? std::string("\\n") : std::string(1, byte);
  }
  return json + '"';
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  parse(SourceFormat::kText, bytes);
  parse(SourceFormat::kJsonLines, bytes);
  const std::string value = quote(bytes);
  parse(SourceFormat::kJson,
        "{\"title\":" + value + ",\"author\":" + value + ",\"date\":" + value + ",\"text\":" + value + "}");
  return 0;
}
