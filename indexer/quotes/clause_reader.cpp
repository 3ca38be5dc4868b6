// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/clause_reader.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::uint32_t kMaxClause = 120;     // tokens
constexpr std::uint32_t kMaxAdjunct = 16;     // words of "in a telephone interview on Monday"
constexpr std::uint32_t kMaxSourceWords = 7;  // of ", the court's president said,"
constexpr std::uint32_t kMaxToPresent = 5;    // of "but it also is"
constexpr std::uint32_t kMaxToVerb = 12;      // from a clause's begin to its finite verb
constexpr std::uint32_t kMaxDateline = 16;    // tokens of "PARIS, June 9 (AFP) - "

}  // namespace

void ClauseReader::enter(std::uint32_t i) {
  const TokenRange sentence = words_.sentence(words_.sentence_of(i));
  const TokenRange paragraph = words_.paragraphs()[words_.paragraph(i)];
  begin_ = sentence.begin > paragraph.begin ? sentence.begin : behind_dateline(paragraph);
  if (const std::uint32_t end = std::min(sentence.end, paragraph.end); end != end_) {
    end_ = end;
    last_word_ = trimmed({begin_, end_}).end;
  }
}

void ClauseReader::enter(TokenRange segment) {
  begin_ = segment.begin;
  end_ = last_word_ = segment.end;
}

// Where the text of a paragraph begins: behind "MOSCOW (Reuters) - ", if it begins so.
std::uint32_t ClauseReader::behind_dateline(TokenRange paragraph) const {
  const std::uint32_t latest = std::min(paragraph.end, paragraph.begin + kMaxDateline);
  for (std::uint32_t i = paragraph.begin + 1; i + 1 < latest && !is_quoted(i); ++i) {
    const bool is_dash = (form(i) == "-" || form(i) == "--") && stands_apart(i) && stands_apart(i + 1);
    const bool is_place = words_.token(paragraph.begin).capitals == Capitals::kAll || form(i - 1) == ")";
    if (is_dash) return is_place ? i + 1 : paragraph.begin;
  }
  return paragraph.begin;
}

bool ClauseReader::stands_apart(std::uint32_t i) const {
  return words_.token(i).span.begin > words_.token(i - 1).span.end;
}

bool ClauseReader::is_stop(std::uint32_t i) const {
  const std::string_view mark = form(i);
  return mark == "." || mark == "!" || mark == "?" || mark == ";" || mark == ":";
}

bool ClauseReader::is_noun(std::uint32_t i) const {
  if (i <= begin_ || verb(i).is_participle) return false;
  const std::string_view before = form(i - 1);
  return before == "of" || (is(ClauseRole::kPreposition, i - 1) && before != "to");
}

std::uint32_t ClauseReader::count_words(TokenRange tokens) const {
  std::uint32_t count = 0;
  for (std::uint32_t i = tokens.begin; i < tokens.end; ++i) count += words_.is_word(i) || is_number(i) ? 1 : 0;
  return count;
}

TokenRange ClauseReader::trimmed(TokenRange tokens) const {
  while (tokens.end > tokens.begin) {
    const std::uint32_t last = tokens.end - 1;
    if (is_quoted(last) || words_.is_word(last) || is_number(last) || form(last) == "%" || form(last) == ")") break;
    tokens.end = last;
  }
  return tokens;
}

TokenRange ClauseReader::content(TokenRange clause) const {
  auto [from, to] = clause;
  while (from < to && !words_.is_word(from) && !is_number(from) && !is_quoted(from) && form(from) != "$" &&
         form(from) != "€" && form(from) != "£") {
    ++from;
  }
  if (to > 0 && is_quoted(to - 1)) {
    const TokenRange quote = words_.stretches()[words_.stretch_below(to - 1, kNowhere)].marked();
    if (quote.end > to) to = quote.begin;
  }
  return trimmed({from, to});
}

std::uint32_t ClauseReader::clause_end(std::uint32_t from, bool until_comma) const {
  const std::uint32_t latest = from + std::min(end_ - from, kMaxClause);
  bool is_past = false;
  for (std::uint32_t i = from; i < latest; ++i) {
    if (is_quoted(i)) continue;
    is_past = is_past || is(ClauseRole::kPast, i);
    const std::string_view word = form(i);
    if (word == ";" || word == "--" || word == ":") return i;
    if (word == "," && i + 1 < end_) {
      if (is_past && turns_to_present(i + 1)) return i;
      if (next_clause(i) != kNowhere || is_attribution_at_end(i + 1) || is_attribution_amid(i + 1) || until_comma ||
          is_quoted(i + 1) || ends_behind_comma(i + 1)) {
        return i;
      }
    }
    if (i > from && (word == "and" || word == "but") && i + 1 < end_ && is_matrix_verb(i + 1)) return i;
  }
  return latest;
}

std::uint32_t ClauseReader::next_clause(std::uint32_t comma) const {
  if (comma + 3 >= end_ || form(comma) != ",") return kNowhere;
  const std::string_view link = form(comma + 1);
  const bool is_joined = link == "and" || link == "but" || is(ClauseRole::kAnd, comma + 1);
  const bool is_that = form(comma + 2) == "that" || is(ClauseRole::kThat, comma + 2);
  return is_joined && is_that && !is_quoted(comma + 3) ? comma + 3 : kNowhere;
}

// ", the Daily Caller reports."
bool ClauseReader::is_attribution_at_end(std::uint32_t from) const {
  const std::uint32_t last = last_word_;
  return last > from + 1 && last <= from + 8 && !is_quoted(last - 1) &&
         verb(last - 1).takes(ReportingVerb::kParenthetical);
}

// "…, but it is", "…, who has": behind what somebody said would be, that is the reporter's.
bool ClauseReader::turns_to_present(std::uint32_t from) const {
  const std::string_view word = form(from);
  if (word != "but" && word != "and" && word != "who" && word != "which") return false;
  const std::uint32_t latest = std::min(end_, from + kMaxToPresent);
  for (std::uint32_t i = from + 1; i < latest && words_.is_word(i) && !is_quoted(i); ++i) {
    if (is(ClauseRole::kFinite, i)) return is(ClauseRole::kPresent, i);
  }
  return false;
}

// ", she told the court, and …"
bool ClauseReader::is_attribution_amid(std::uint32_t from) const {
  const std::uint32_t latest = std::min(end_, from + kMaxSourceWords);
  for (std::uint32_t i = from; i < latest && words_.is_word(i) && !is_quoted(i); ++i) {
    const ReportingVerb here = verb(i);
    if (i == from || !here.takes(ReportingVerb::kParenthetical) || here.is_participle ||
        words_.mention(i) != kNowhere) {
      continue;
    }
    const std::uint32_t close = behind_adjuncts(i, here);
    return close < end_ && form(close) == ",";
  }
  return false;
}

bool ClauseReader::is_matrix_verb(std::uint32_t i) const {
  const ReportingVerb here = verb(i);
  return here.takes(ReportingVerb::kThat) && !here.is_participle && !is_quoted(i);
}

// What follows the comma is no part of the speech: ", adding", ", compared with", ", but he said".
bool ClauseReader::ends_behind_comma(std::uint32_t i) const {
  const std::string_view word = form(i);
  if (is(ClauseRole::kEndsSpeech, i)) return true;
  if (word.size() > 4 && word.ends_with("ing") && word != "including" && words_.mention(i) == kNowhere) return true;
  if (word != "and" && word != "but") return false;
  for (std::uint32_t at = i + 1; at < end_ && at < i + 10 && form(at) != ","; ++at) {
    if (is_quoted(at)) return false;
    if (is_matrix_verb(at)) return true;
    if (is(ClauseRole::kFinite, at)) return false;
  }
  return false;
}

std::uint32_t ClauseReader::clause_begin(std::uint32_t to, std::uint32_t earliest) const {
  earliest = std::max({begin_, earliest, to - std::min(to, kMaxClause)});
  std::uint32_t begin = earliest;
  for (std::uint32_t i = to; i > earliest; --i) {
    const std::string_view word = form(i - 1);
    if (!is_quoted(i - 1) && (word == ";" || word == "--" || word == ":")) {
      begin = i;
      break;
    }
  }
  while (begin < to && !is_quoted(begin) && (is(ClauseRole::kLink, begin) || form(begin) == ",")) ++begin;
  return begin;
}

bool ClauseReader::has_verb(TokenRange tokens) const {
  std::uint32_t i = tokens.begin;
  while (i < tokens.end && !is(ClauseRole::kFinite, i)) ++i;
  return i < tokens.end;
}

bool ClauseReader::begins_clause(std::uint32_t from) const {
  if (from >= end_ || is(ClauseRole::kFinite, from)) return false;
  if (is(ClauseRole::kSubject, from) && form(from) != "it") return true;
  for (std::uint32_t i = from; i < end_ && i < from + kMaxToVerb; ++i) {
    if (is(ClauseRole::kFinite, i)) return true;
    // "answered in kind and said"
    if ((form(i) == "and" || form(i) == "but") && i + 1 < end_ && is_matrix_verb(i + 1)) return false;
    if (is_quoted(i)) return i == from + 1 && is(ClauseRole::kSubject, from);  // it “expects …”
    if (!words_.is_word(i) && !is_number(i) && form(i) != "-") return false;
    if (form(i) == "that" || form(i) == "who" || form(i) == "which") return false;
  }
  return false;
}

std::uint32_t ClauseReader::behind_adjuncts(std::uint32_t verb, const ReportingVerb& kind) const {
  std::uint32_t i = verb + 1;
  if (i >= end_ || form(i) == "," || is_stop(i) || form(i) == "--") return i;
  if (!kind.takes(ReportingVerb::kAddressee) && !is(ClauseRole::kPreposition, i) && !is(ClauseRole::kTime, i) &&
      form(i) != "this" && !form(i).ends_with("ly")) {
    return kNowhere;
  }
  for (std::uint32_t n = 0; i < end_ && n < kMaxAdjunct; ++i, ++n) {
    if (is_quoted(i)) return kNowhere;
    if (form(i) == "," || form(i) == "--" || is_stop(i)) return i;
    if (form(i) == "that" || is(ClauseRole::kFinite, i) || (n > 0 && is(ClauseRole::kSubject, i))) return kNowhere;
    if (is(ClauseRole::kQuestion, i)) return kNowhere;
  }
  return i >= end_ ? i : kNowhere;
}

std::uint32_t ClauseReader::comma_before(std::uint32_t source) const {
  std::uint32_t i = source;
  for (int n = 0; i > begin_ && n < 8; ++n) {
    --i;
    if (is_quoted(i)) return kNowhere;
    if (form(i) == ",") break;
    if (form(i) != "-" && form(i) != "'s" && !words_.is_word(i) && !is_number(i)) return kNowhere;
    if (is(ClauseRole::kFinite, i)) return kNowhere;
  }
  if (i <= begin_ || form(i) != ",") return kNowhere;
  // A role before the name.
  std::uint32_t j = i;
  for (int n = 0; j > begin_ && n < 8; ++n) {
    --j;
    if (is_quoted(j) || is(ClauseRole::kFinite, j)) break;
    if (form(j) == "," && j + 1 < i && is(ClauseRole::kDeterminer, j + 1)) return j > begin_ + 2 ? j : i;
    if (!words_.is_word(j) && form(j) != "-" && form(j) != "'s") break;
  }
  return i;
}

}  // namespace dateline
