// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/speech_sources.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::uint32_t kMaxRelative = 24;  // tokens of ", which had asked Lukash,"
constexpr std::uint32_t kMaxRole = 5;       // of ", the actress"

bool is_younger_or_elder(std::string_view form) { return form == "younger" || form == "elder" || form == "older"; }

bool is_relative(std::string_view form) { return form == "who" || form == "which" || form == "whose"; }

}  // namespace

Subject SpeechSources::before(std::uint32_t verb) const {
  if (const Subject apposed = apposed_name(verb)) return apposed;
  Subject subject = single(subjects_.before(clauses_.begin(), verb, kNowhere));
  // "A weekly, which had asked Lukash, | said": nobody in the relative clause does.
  if (const std::uint32_t open = relative_before(verb); open != kNowhere && subject.tokens.begin > open) {
    subject = single(subjects_.before(clauses_.begin(), open, kNowhere));
  }
  if (const Subject apposed = apposed_to(subject)) return apposed;
  return subject.kind == SubjectKind::kOther && is_joined(verb) ? opening_speaker(subject) : subject;
}

bool SpeechSources::is_joined(std::uint32_t verb) const {
  return verb > clauses_.begin() && (clauses_.form(verb - 1) == "and" || clauses_.form(verb - 1) == "but");
}

// "Beijing answered in kind and | said": even a place, if it has spoken before in the sentence.
Subject SpeechSources::opening_speaker(const Subject& otherwise) const {
  const ClauseReader& c = clauses_;
  const std::uint32_t mention = c.words().mention(c.begin());
  if (mention == kNowhere) return otherwise;
  const std::uint32_t verb = c.words().mention_tokens(mention).end;
  return verb < c.end() && c.verb(verb) ? named(mention) : otherwise;
}

Subject SpeechSources::of_participle(std::uint32_t verb) const {
  return single(subjects_.first(clauses_.begin(), verb, kNowhere));
}

Subject SpeechSources::behind(std::uint32_t begin) const {
  const Subject subject = subjects_.behind(begin, clauses_.end(), kNowhere);
  const Subject apposed = apposed_to(subject);
  return apposed ? apposed : subject;
}

Subject SpeechSources::apposed_name(std::uint32_t verb) const {
  const ClauseReader& c = clauses_;
  if (verb < c.begin() + 4 || c.form(verb - 1) != ",") return {};
  const std::uint32_t mention = c.words().mention(verb - 2);
  if (mention == kNowhere || c.words().name_of_mention(mention).kind == NameKind::kPlace) return {};
  const std::uint32_t begin = c.words().mention_tokens(mention).begin;
  if (begin <= c.begin() + 1 || c.form(begin - 1) != ",") return {};
  return named(mention);
}

// The comma before the relative clause that ends right before a verb; or kNowhere.
std::uint32_t SpeechSources::relative_before(std::uint32_t verb) const {
  const ClauseReader& c = clauses_;
  if (verb < c.begin() + 4 || c.form(verb - 1) != ",") return kNowhere;
  const std::uint32_t earliest = verb - std::min(verb - c.begin(), kMaxRelative);
  std::uint32_t open = verb - 1;
  while (open > earliest && (c.form(open - 1) != "," || c.is_quoted(open - 1))) --open;
  if (open <= earliest) return kNowhere;
  return is_relative(c.form(open)) ? open - 1 : kNowhere;
}

// "the envoy, Svetlana Lukash, welcomed …", "their president, the actress Svetlana Lukash."
Subject SpeechSources::apposed_to(const Subject& phrase) const {
  const ClauseReader& c = clauses_;
  std::uint32_t comma = phrase.tokens.end;
  if (phrase.kind == SubjectKind::kName && c.words().name_of_mention(phrase.mention).kind != NameKind::kPerson) {
    // "The Kremlin envoy, …": the name is but a part of the phrase.
    const std::uint32_t begin = phrase.tokens.begin;
    if (begin == c.begin() || !c.is(ClauseRole::kDeterminer, begin - 1) || comma >= c.end()) return {};
    if (!c.words().is_word(comma) || c.verb(comma)) return {};
    ++comma;
  } else if (phrase.kind != SubjectKind::kOther) {
    return {};
  }
  if (comma >= c.end() || c.form(comma) != ",") return {};
  std::uint32_t at = comma + 1;
  if (at >= c.end() || is_relative(c.form(at)) || c.form(at) == "such" || c.form(at) == "including") return {};
  while (at < c.end() && at < comma + kMaxRole && c.words().is_word(at) && c.words().mention(at) == kNowhere) ++at;
  if (at >= c.end() || c.is_quoted(at) || !c.starts_mention(at)) return {};
  const std::uint32_t mention = c.words().mention(at);
  const std::uint32_t end = c.words().mention_tokens(mention).end;
  const bool is_closed = end >= c.end() || c.form(end) == "," || c.is_stop(end);
  if (!is_closed || c.words().name_of_mention(mention).kind != NameKind::kPerson) return {};
  return named(mention);
}

Subject SpeechSources::single(Subject subject) const {
  const ClauseReader& c = clauses_;
  if (subject.kind != SubjectKind::kName || subject.tokens.begin <= c.begin() + 1) return subject;
  const std::uint32_t before = subject.tokens.begin - 1;
  if (is_younger_or_elder(c.form(before))) return {SubjectKind::kOther, {before, subject.tokens.end}, kNowhere};
  const std::uint32_t first = c.words().mention(before - 1);
  if (c.form(before) != "and" || first == kNowhere) return subject;
  return {SubjectKind::kOther, {c.words().mention_tokens(first).begin, subject.tokens.end}, kNowhere};
}

Subject SpeechSources::bare(std::uint32_t verb) const {
  const ClauseReader& c = clauses_;
  std::uint32_t from = verb;
  while (from > c.begin() && from + 3 > verb && c.words().is_word(from - 1)) --from;
  if (from == verb || from <= c.begin() || c.form(from - 1) != ",") return {};
  return {SubjectKind::kOther, {from, verb}, kNowhere};
}

Subject SpeechSources::beside(std::uint32_t verb) const {
  const ClauseReader& c = clauses_;
  std::uint32_t at = verb;
  if (at > c.begin() && c.is(ClauseRole::kBeforeVerb, at - 1)) --at;
  if (at == c.begin()) return {};
  const std::uint32_t mention = c.words().mention(at - 1);
  if (mention != kNowhere && may_speak(mention)) return named(mention);
  if (c.form(at - 1) == "he" || c.form(at - 1) == "she") return {SubjectKind::kPronoun, {at - 1, at}, kNowhere};
  return {};
}

Subject SpeechSources::alone_behind(std::uint32_t verb) const {
  const ArticleWords& words = clauses_.words();
  if (verb + 1 >= clauses_.end()) return {};
  const std::uint32_t mention = words.mention(verb + 1);
  if (mention == kNowhere || !may_speak(mention) || words.mention_tokens(mention).end != clauses_.end()) return {};
  return named(mention);
}

bool SpeechSources::begins_source(std::uint32_t i) const {
  const ClauseReader& c = clauses_;
  return i < c.end() && c.form(i) != "this" &&
         (c.words().mention(i) != kNowhere || c.words().is_capital(i) || c.is(ClauseRole::kDeterminer, i) ||
          is_subject_pronoun(c.form(i)));
}

bool SpeechSources::is_certain(const Subject& subject, std::uint32_t verb) const {
  const ArticleWords& words = clauses_.words();
  return words.is_capital(words.sentence(words.sentence_of(verb)).begin) && subject.kind != SubjectKind::kOther &&
         subject.tokens.end == verb;
}

Subject SpeechSources::named(std::uint32_t mention) const {
  return {SubjectKind::kName, clauses_.words().mention_tokens(mention), mention};
}

// A person or organisation, but not "the younger Garrick", who is known by another name.
bool SpeechSources::may_speak(std::uint32_t mention) const {
  const ArticleWords& words = clauses_.words();
  if (words.name_of_mention(mention).kind == NameKind::kPlace) return false;
  const std::uint32_t begin = words.mention_tokens(mention).begin;
  return begin == 0 || !is_younger_or_elder(words.form(begin - 1));
}

}  // namespace dateline
