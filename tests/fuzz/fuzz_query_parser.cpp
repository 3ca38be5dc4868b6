// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any bytes as a query: it has a reading, the reading can be printed, and what is printed is read the same.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "common/text.h"
#include "query/asking/query_parser.h"

namespace {

constexpr unsigned kMaxDepth = 200;  // well above what 32 brackets can make

void require(bool holds, const char* clause, std::string_view query, std::string_view printed) {
  if (holds) return;
  std::fprintf(stderr, "fuzz_query_parser: does not hold: %s\nquery:   %.*s\nprinted: %.*s\n", clause,
               static_cast<int>(query.size()), query.data(), static_cast<int>(printed.size()), printed.data());
  std::abort();
}

// What query_parser.h says of every node.
bool is_sound(const dateline::QueryNode& node, unsigned depth) {
  using dateline::QueryKind;
  if (depth > kMaxDepth) return false;
  const bool has_text = !node.text.empty() && dateline::is_valid_utf8(node.text);
  switch (node.kind) {
    case QueryKind::kWord:
    case QueryKind::kPhrase:
    case QueryKind::kPrefix:
      return has_text && node.field.empty() && node.clauses.empty();
    case QueryKind::kField:
      return has_text && !node.field.empty() && node.clauses.empty();
    case QueryKind::kNear:
      if (node.clauses.size() < 2 || node.distance == 0) return false;
      for (const auto& one : node.clauses) {
        if (one.node.kind != QueryKind::kWord && one.node.kind != QueryKind::kPhrase) return false;
      }
      break;
    case QueryKind::kGroup:
      if (!node.text.empty() || !node.field.empty()) return false;
      break;
  }
  for (const auto& one : node.clauses) {
    if (!is_sound(one.node, depth + 1)) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dateline;
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  const QueryNode read = parse_query(query);
  const std::string printed = to_string(read);
  require(read.kind == QueryKind::kGroup && is_sound(read, 0), "every node is what the header says", query, printed);
  require(is_valid_utf8(printed), "the reading is valid UTF-8", query, printed);
  const QueryNode again = parse_query(printed);
  require(again == read, "parse_query(to_string(q)) == q", query, printed + "\nthen:    " + to_string(again));

  for (const char* field : {"date", "after", "before"}) {
    DateRange range;
    if (!parse_date_range(field, query, range)) continue;
    require(!range.first.empty() || !range.last.empty(), "a date range has an end", query, field);
    require(range.first.size() <= 9 && range.last.size() <= 9, "days are YYYYMMDD", query, field);
  }
  return 0;
}
