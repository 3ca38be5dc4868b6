// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/european_speech.h"

#include <algorithm>
#include <string_view>

namespace dateline {
namespace {

constexpr std::uint32_t kMaxGroup = 6;        // tokens of "n'a-t-il pas dit"
constexpr std::uint32_t kMaxToThat = 16;      // from the verb to "that" or the comma: subject, addressee, day
constexpr std::uint32_t kMaxToMood = 14;      // from a clause's begin to its verb
constexpr std::uint32_t kMaxSource = 8;       // tokens of a source's phrase
constexpr std::uint32_t kMaxAside = 14;       // of ", la cheffe du service,"
constexpr std::uint32_t kMaxSegment = 40;     // from "selon" to the comma
constexpr std::uint32_t kMinWordsBefore = 2;  // of a clause before its attribution

}  // namespace

// The verb with its auxiliaries: "n'a pas dit", "a-t-il dit".
EuropeanSpeech::VerbGroup EuropeanSpeech::group_of(std::uint32_t verb) const {
  VerbGroup group{{verb, verb + 1}};
  const std::uint32_t earliest = std::max(clauses_.begin(), verb - std::min(verb, kMaxGroup));
  std::uint32_t& begin = group.tokens.begin;
  while (begin > earliest && clauses_.words().mention(begin - 1) == kNowhere) {
    const std::uint32_t at = begin - 1;
    const bool is_tied = at > earliest && form(at - 1) == "-";
    if (is(ClauseRole::kHeOrShe, at) && is_tied) {
      group.pronoun = at;
    } else if (is(ClauseRole::kNot, at) || form(at).starts_with("n'")) {
      group.is_denied = true;
    } else if (!is(ClauseRole::kAuxiliary, at) && form(at) != "-" && form(at) != "t") {
      break;
    }
    begin = at;
  }
  group.is_denied = group.is_denied || (verb + 1 < clauses_.end() && is(ClauseRole::kNot, verb + 1));
  return group;
}

// "… (am Montag,) dass | …": behind the word for "that"; what stands before it is no clause of its own.
std::uint32_t EuropeanSpeech::behind_that(std::uint32_t from) const {
  const std::uint32_t latest = std::min(clauses_.end(), from + kMaxToThat);
  bool has_name = false;
  for (std::uint32_t i = from; i < latest && !clauses_.is_quoted(i) && !clauses_.is_stop(i); ++i) {
    if (form(i) == ",") {
      return i + 1 < latest && is(ClauseRole::kThat, i + 1) ? i + 2 : kNowhere;
    }
    if (form(i).starts_with("qu'")) return i == from ? i : kNowhere;
    if (is(ClauseRole::kThat, i)) {
      // "explicó la razón que conocían", but "explicó en Moscú que", "zei minister Jansen dat"
      return i == from || has_name || is(ClauseRole::kOf, from) || is(ClauseRole::kTime, from) ||
                     is(ClauseRole::kTime, from + 1)
                 ? i + 1
                 : kNowhere;
    }
    has_name = has_name || clauses_.starts_mention(i);
  }
  return kNowhere;
}

// "…, | das Gutachten habe den Riss nicht erfasst": German marks what is reported by the verb's mood.
std::uint32_t EuropeanSpeech::behind_comma(std::uint32_t from) const {
  const std::uint32_t latest = std::min(clauses_.end(), from + kMaxToThat);
  std::uint32_t i = from;
  while (i < latest && form(i) != "," && !clauses_.is_quoted(i) && !clauses_.is_stop(i)) ++i;
  return i < latest && form(i) == "," && is_reported_mood(i + 1) ? i + 1 : kNowhere;
}

bool EuropeanSpeech::is_reported_mood(std::uint32_t from) const {
  const std::uint32_t latest = std::min(clauses_.end(), from + kMaxToMood);
  for (std::uint32_t i = from; i < latest && form(i) != "," && !clauses_.is_quoted(i) && !clauses_.is_stop(i); ++i) {
    if (is(ClauseRole::kReportedMood, i)) return i > from;
  }
  return false;
}

std::optional<EuropeanSpeech::Found> EuropeanSpeech::of_verb(std::uint32_t i, std::uint32_t earliest) const {
  const VerbGroup group = group_of(i);
  if (group.is_denied) return std::nullopt;
  const std::uint32_t begin = group.tokens.begin;
  Found found;
  ReportedSpeech& speech = found.speech;
  speech.cue = {i, i + 1};
  std::uint32_t from = behind_that(i + 1);
  const bool has_that = from != kNowhere;
  if (!has_that) from = behind_comma(i + 1);
  if (from != kNowhere) {
    speech.subject = subject_of(group, from);
    if (!speech.subject) return std::nullopt;
    speech.content = {from, clauses_.clause_end(from, false)};
    speech.rule = SpeakerRule::kBefore;
    if (has_that && speech.subject.kind == SubjectKind::kName) speech.confidence = Confidence::kHigh;
    return found;
  }
  // "…, a déclaré lundi Svetlana Lukash, …"
  if (begin < clauses_.begin() + 3 || form(begin - 1) != "," || clauses_.is_quoted(begin - 2)) return std::nullopt;
  std::uint32_t close = i + 1;
  while (close < clauses_.end() && close < i + kMaxToThat && form(close) != "," && form(close) != "--" &&
         !clauses_.is_stop(close)) {
    if (clauses_.is_quoted(close)) return std::nullopt;
    ++close;
  }
  if (close == i + kMaxToThat) return std::nullopt;
  speech.subject = group.pronoun != kNowhere
                       ? Subject{SubjectKind::kPronoun, {group.pronoun, group.pronoun + 1}, kNowhere}
                       : behind(i + 1, close);
  if (!speech.subject) return std::nullopt;
  speech.content = {clauses_.clause_begin(begin - 1, earliest), begin - 1};
  if (clauses_.count_words(speech.content) < kMinWordsBefore) return std::nullopt;
  speech.rule = SpeakerRule::kInverted;
  return found;
}

// Whose verb it is, whichever side they stand on.
Subject EuropeanSpeech::subject_of(const VerbGroup& group, std::uint32_t behind_end) const {
  if (group.pronoun != kNowhere) return {SubjectKind::kPronoun, {group.pronoun, group.pronoun + 1}, kNowhere};
  const Subject first = before(group.tokens.begin);
  if (first && first.kind != SubjectKind::kOther) return first;
  std::uint32_t comma = group.tokens.end;
  while (comma < behind_end && form(comma) != ",") ++comma;
  const Subject second = behind(group.tokens.end, std::min(comma, behind_end));
  return second && second.kind != SubjectKind::kOther ? second : first;
}

Subject EuropeanSpeech::named(std::uint32_t mention) const {
  const ArticleWords& words = clauses_.words();
  const TokenRange tokens = words.mention_tokens(mention);
  const std::uint32_t begin = clauses_.begin();
  // "le maire de Paris", "ein Sprecher von Lukash"
  if (tokens.begin > begin && is(ClauseRole::kOf, tokens.begin - 1)) return {SubjectKind::kOther, tokens, kNowhere};
  // "Peskov et Lukash"
  if (tokens.begin > begin + 1 && is(ClauseRole::kAnd, tokens.begin - 1)) {
    const std::uint32_t first = words.mention(tokens.begin - 2);
    if (first != kNowhere) {
      return {SubjectKind::kOther, {words.mention_tokens(first).begin, tokens.end}, kNowhere};
    }
  }
  return {SubjectKind::kName, tokens, mention};
}

Subject EuropeanSpeech::before(std::uint32_t verb) const {
  const ArticleWords& words = clauses_.words();
  const std::uint32_t begin = clauses_.begin();
  if (verb <= begin || clauses_.is_quoted(verb - 1)) return {};
  std::uint32_t at = verb - 1;
  if (is(ClauseRole::kHeOrShe, at)) return {SubjectKind::kPronoun, {at, verb}, kNowhere};
  if (form(at) == ",") {
    // "Le directeur, Jean-Luc Castaing, assure"; "Lukash, la négociatrice, assure"
    const std::uint32_t earliest = std::max(begin, at - std::min(at, kMaxAside));
    std::uint32_t open = at;
    while (open > earliest && form(open - 1) != "," && !clauses_.is_quoted(open - 1)) --open;
    if (open <= begin || form(open - 1) != ",") return {};
    if (clauses_.starts_mention(open) && words.mention_tokens(words.mention(open)).end == at) {
      return named(words.mention(open));
    }
    at = open - 1;
    if (at <= begin) return {};
    --at;
  }
  if (words.mention(at) != kNowhere) return named(words.mention(at));
  if (!words.is_word(at)) return {};
  std::uint32_t from = at;
  while (from > begin && at - from < kMaxSource && words.is_word(from - 1) && words.mention(from - 1) == kNowhere) {
    --from;
  }
  return {SubjectKind::kOther, {from, at + 1}, kNowhere};
}

// The first person, or an organisation that nothing but an article parts from the verb.
Subject EuropeanSpeech::behind(std::uint32_t from, std::uint32_t to) const {
  const ArticleWords& words = clauses_.words();
  if (from >= to) return {};
  if (is(ClauseRole::kHeOrShe, from)) return {SubjectKind::kPronoun, {from, from + 1}, kNowhere};
  for (std::uint32_t i = from; i < to; ++i) {
    const std::uint32_t mention = words.mention(i);
    if (mention == kNowhere) continue;
    const bool is_person = words.name_of_mention(mention).kind == NameKind::kPerson;
    if ((is_person || i <= from + 1) && named(mention).kind == SubjectKind::kName) return named(mention);
    i = words.mention_tokens(mention).end - 1;
  }
  const std::uint32_t end = std::min(to, from + kMaxSource);
  return words.is_word(from) ? Subject{SubjectKind::kOther, {from, end}, kNowhere} : Subject{};
}

// The source behind words such as "selon"; none if they are not used so.
EuropeanSpeech::Source EuropeanSpeech::source_at(std::uint32_t i) const {
  const std::uint32_t end = clauses_.end();
  Source source;
  std::uint32_t from = i + 1;
  if (form(i) == "acuerdo" || form(i) == "acordo") {
    const bool is_whole = i > clauses_.begin() && form(i - 1) == "de" && from < end && is(ClauseRole::kOf, from);
    if (!is_whole) return {};
    --i;
    ++from;
  } else if (form(i) == "nach" || form(i) == "по") {
    // "nach Angaben von", "nach ihren Worten"
    const bool is_theirs = from + 1 < end && is(ClauseRole::kHimOrHer, from) && is(ClauseRole::kWords, from + 1);
    if (is_theirs) return {{SubjectKind::kPronoun, {from, from + 1}, kNowhere}, {i, from + 2}};
    if (from >= end || !is(ClauseRole::kWords, from)) return {};
    ++from;
  }
  source.cue = {i, from};
  if (from < end && (is(ClauseRole::kOf, from) || form(from) == "der")) ++from;
  if (from >= end || clauses_.is_quoted(from)) return {};
  if (is(ClauseRole::kHimOrHer, from)) {
    source.subject = {SubjectKind::kPronoun, {from, from + 1}, kNowhere};
    return source;
  }
  const ArticleWords& words = clauses_.words();
  if (const std::uint32_t mention = words.mention(from); mention != kNowhere) {
    source.subject = {SubjectKind::kName, words.mention_tokens(mention), mention};
    return source;
  }
  const std::uint32_t latest = std::min(end, from + kMaxSource);
  std::uint32_t to = from;
  while (to < latest && words.is_word(to) && words.mention(to) == kNowhere) ++to;
  if (to < latest && words.mention(to) != kNowhere) {
    const Subject subject = behind(from, words.mention_tokens(words.mention(to)).end);
    if (subject.kind == SubjectKind::kName) {
      source.subject = subject;
      return source;
    }
  }
  if (to > from && (to == latest || !words.is_word(to))) source.subject = {SubjectKind::kOther, {from, to}, kNowhere};
  return source;
}

std::optional<EuropeanSpeech::Found> EuropeanSpeech::of_source(std::uint32_t i, std::uint32_t earliest) const {
  const Source source = source_at(i);
  if (!source.subject) return std::nullopt;
  const std::uint32_t end = clauses_.end();
  const std::uint32_t behind = std::max(source.subject.tokens.end, source.cue.end);
  Found found;
  ReportedSpeech& speech = found.speech;
  speech.subject = source.subject;
  speech.cue = source.cue;
  speech.rule = SpeakerRule::kAccordingTo;
  speech.confidence = source.subject.kind == SubjectKind::kPronoun ? Confidence::kMedium : Confidence::kHigh;
  const std::uint32_t cue = source.cue.begin;
  const std::uint32_t begin = clauses_.clause_begin(cue, earliest);
  if (clauses_.count_words({begin, cue}) == 0) {
    std::uint32_t from = behind;
    // "Laut Lukash dauerten …" has no comma.
    const bool needs_comma = form(i) != "laut" && form(i) != "nach" && form(i) != "volgens" && form(i) != "secondo";
    if (needs_comma) {
      while (from < end && from < i + kMaxSegment && form(from) != "," && !clauses_.is_quoted(from)) ++from;
      if (from >= end || form(from) != ",") return std::nullopt;
      ++from;
    }
    if (from >= end || clauses_.is_quoted(from)) return std::nullopt;
    speech.content = {from, clauses_.clause_end(from, false)};
    return found;
  }
  speech.content = {begin, cue};
  const bool goes_on = behind < end && (clauses_.words().is_word(behind) || clauses_.is_number(behind));
  if (goes_on) found.rest = {behind, clauses_.clause_end(behind, false)};
  return found;
}

}  // namespace dateline
