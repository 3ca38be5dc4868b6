// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/complement_finder.h"

#include <string_view>

namespace dateline {
namespace {

using V = ReportingVerb;

constexpr std::uint32_t kMaxAdjunct = 16;    // words of "in a telephone interview on Monday"
constexpr std::uint32_t kMaxAddressee = 10;  // of "the chairmen of both committees"

}  // namespace

std::uint32_t ComplementFinder::clause(std::uint32_t i, const ReportingVerb& verb) const {
  const ClauseReader& c = clauses_;
  std::uint32_t at = i + 1;
  if (at >= c.end() || c.is_quoted(at)) return kNowhere;
  if (c.form(at) == ":" && verb.takes(V::kParenthetical) && at + 1 < c.end() && !c.is_quoted(at + 1)) return at + 1;
  if (c.form(at) == "," || c.is_stop(at)) return kNowhere;
  if (verb.takes(V::kThat)) {
    if (const std::uint32_t found = behind_that(at, verb); found != kNowhere) return found;
  }
  if (verb.takes(V::kQuestion) && c.is(ClauseRole::kQuestion, at)) {
    return i > c.begin() && c.form(i - 1) == "not" ? kNowhere : at;  // "did not say what"
  }
  if (verb.takes(V::kInfinitive) && c.form(at) == "to") return at;
  if (verb.takes(V::kAddressee)) at = behind_addressee(at, verb);
  if (at == kNowhere || at >= c.end() || c.is_quoted(at)) return kNowhere;
  if (verb.takes(V::kQuestion) && c.is(ClauseRole::kQuestion, at)) return at;
  if (verb.takes(V::kInfinitive) && c.form(at) == "to") return verb.takes(V::kObject) ? i + 1 : at;
  if (!verb.takes(V::kClause) && !verb.takes(V::kFinite)) return kNowhere;
  if (c.form(at) == "," || c.is_stop(at)) return kNowhere;
  if (c.is(ClauseRole::kTime, at) || c.is(ClauseRole::kPreposition, at)) {
    at = behind_adjunct(at);
    return at != kNowhere && (c.is(ClauseRole::kSubject, at) || c.begins_clause(at)) ? at : kNowhere;
  }
  return verb.takes(V::kClause) || c.begins_clause(at) ? at : kNowhere;
}

// "said in a statement on Monday that | …"
std::uint32_t ComplementFinder::behind_that(std::uint32_t at, const ReportingVerb& verb) const {
  const ClauseReader& c = clauses_;
  if (c.form(at) == "that") return at + 1;
  for (std::uint32_t n = at; n < c.end() && n < at + kMaxAdjunct; ++n) {
    if (c.is_quoted(n) || c.is_stop(n) || c.is(ClauseRole::kFinite, n) || c.is(ClauseRole::kQuestion, n)) break;
    if (c.form(n) == "that" &&
        (verb.takes(V::kAddressee) || c.is(ClauseRole::kPreposition, at) || c.is(ClauseRole::kTime, at))) {
      return n + 1;
    }
    if (n > at && c.is(ClauseRole::kSubject, n)) break;
  }
  return kNowhere;
}

// Behind "on Monday" and "in an interview with CNN", if a clause begins there.
std::uint32_t ComplementFinder::behind_adjunct(std::uint32_t at) const {
  const ClauseReader& c = clauses_;
  for (std::uint32_t n = 0; at < c.end() && n < kMaxAdjunct; ++n, ++at) {
    if (c.is(ClauseRole::kTime, at)) continue;
    if (c.form(at) == "," || c.is_stop(at) || c.is_quoted(at)) return kNowhere;
    if (n == 0) continue;
    const bool is_behind_preposition = c.is(ClauseRole::kPreposition, at - 1);
    const bool opens = c.is(ClauseRole::kDeterminer, at) || c.starts_mention(at);
    if (c.is(ClauseRole::kSubject, at) || (!is_behind_preposition && opens)) return at;
    if (c.is(ClauseRole::kTime, at - 1) && !c.is(ClauseRole::kPreposition, at)) return at;
  }
  return kNowhere;
}

std::uint32_t ComplementFinder::behind_addressee(std::uint32_t at, const ReportingVerb& verb) const {
  const ClauseReader& c = clauses_;
  const ArticleWords& words = c.words();
  for (std::uint32_t n = 0; at < c.end() && n < kMaxAddressee; ++n) {
    if (c.is_quoted(at)) return kNowhere;
    if (!words.is_word(at) && c.form(at) != "'s" && c.form(at) != "-") return kNowhere;
    if (n > 0) {
      const bool joined = c.is(ClauseRole::kPreposition, at - 1) || c.is(ClauseRole::kDeterminer, at - 1) ||
                          c.form(at - 1) == "and" || c.form(at - 1) == "'s";
      if (c.is(ClauseRole::kSubject, at) || c.is(ClauseRole::kQuestion, at)) return at;
      if (verb.takes(V::kInfinitive) && c.form(at) == "to") return at;
      if (!joined && (c.is(ClauseRole::kDeterminer, at) || c.starts_mention(at))) return at;
    }
    at = c.starts_mention(at) ? words.mention_tokens(words.mention(at)).end : at + 1;
  }
  return kNowhere;
}

std::uint32_t ComplementFinder::object(std::uint32_t i, const ReportingVerb& verb) const {
  const ClauseReader& c = clauses_;
  const std::uint32_t at = i + 1;
  if (at >= c.end() || c.is_quoted(at)) return kNowhere;
  const std::string_view word = c.form(at);
  const std::string_view form = c.form(i);
  if (verb.takes(V::kTopic) && at + 1 < c.end() &&
      (word == "about" || word == "out" || (word == "for" && form.starts_with("call")) ||
       (word == "to" && (form.starts_with("refer") || form.starts_with("point") || form.starts_with("respon") ||
                         form.starts_with("allud"))))) {
    return c.form(at + 1) == "that" ? at + 2 : at + 1;
  }
  if (!verb.takes(V::kPhrase) || !(c.words().is_word(at) || c.is_number(at))) return kNowhere;
  for (const ClauseRole role : {ClauseRole::kPreposition, ClauseRole::kTime, ClauseRole::kFinite, ClauseRole::kLink}) {
    if (c.is(role, at)) return kNowhere;
  }
  return at;
}

}  // namespace dateline
