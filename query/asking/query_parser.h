// SPDX-License-Identifier: GPL-2.0-or-later
//
// A query as typed to a tree. Lenient: every string has a reading; what cannot be read as an operator is searched as
// words. Knows no Xapian and no index.
//
//   query    := list
//   list     := { item }                          items side by side: words rank, all else narrows
//   item     := choice
//   choice   := both { "OR" both }                narrows: at least one
//   both     := clause { "AND" clause }           narrows: each
//   clause   := [ "+" | "-" | "NOT" ] near        must; must not
//   near     := atom { "NEAR" [ "/" digits ] atom }   atoms within so many words (default 10), in any order
//   atom     := word | word "*" | quoted | field ":" ( word | quoted ) | "(" list ")"
//
// Quoted: between "…", “…”, „…“, «…» or »…«. Fields: title outlet person org place said date after before.
// Dates: 2017, 2017-07, 2017-07-10, and with date:
// a range of them, 2017-07..2017-09, open at either end. Single letters side by side that make an acronym are one word:
// u s. Operators are capitals; in a query all in capitals AND, OR, NOT and NEAR are words. "+" and "-" stand at the
// beginning of a word. A list in brackets that holds only words is just those words: brackets in a pasted headline do
// not narrow.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline {

enum class QueryKind {
  kWord,    // text
  kPhrase,  // text: the words between the quotation marks
  kPrefix,  // text: what the word begins with
  kField,   // field, text
  kNear,    // clauses (two or more words or phrases), distance
  kGroup,   // clauses
};

enum class Occurs { kShould, kMust, kMustNot };

struct QueryClause;

struct QueryNode {
  QueryKind kind = QueryKind::kGroup;
  std::string text;
  std::string field;
  unsigned distance = 0;  // kNear: words between the first and the last, at most
  std::vector<QueryClause> clauses;

  bool operator==(const QueryNode&) const = default;
};

// A group matches what matches all its kMust clauses and none of its kMustNot; if it has no kMust, at least one of its
// kShould; if it has neither, everything. Its kShould clauses rank.
struct QueryClause {
  Occurs occurs = Occurs::kShould;
  QueryNode node;

  bool operator==(const QueryClause&) const = default;
};

// text     any bytes; ill-formed UTF-8 is read as U+FFFD
// returns  the root, a kGroup; no clauses if there is nothing to search
// cost     linear; brackets nest 32 deep, deeper ones are ignored
[[nodiscard]] QueryNode parse_query(std::string_view text);

// The reading in words, with its operators made plain: parse_query(to_string(q)) == q for every q that parse_query
// gives.
[[nodiscard]] std::string to_string(const QueryNode& query);

// Days, YYYYMMDD, both ends included; empty: open. 99 stands for the last month or day.
struct DateRange {
  std::string first;
  std::string last;
};

// Reads the value of date:, after: or before:. False if it is no date.
[[nodiscard]] bool parse_date_range(std::string_view field, std::string_view value, DateRange& range);

}  // namespace dateline
