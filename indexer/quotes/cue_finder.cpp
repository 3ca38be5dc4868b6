// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/cue_finder.h"

#include <algorithm>
#include <string_view>

namespace dateline {
namespace {

constexpr std::uint32_t kMaxWordsBehind = 28;
constexpr std::uint32_t kMaxWordsBefore = 40;
constexpr std::uint32_t kMaxWordsOfWeakVerb = 12;  // between it and the quote

bool ends_clause(std::string_view form) { return form == ";" || form == "which" || form == "because"; }

}  // namespace

CueFinder::Place CueFinder::place_of(std::uint32_t stretch) const {
  const QuotedStretch& one = words_.stretches()[stretch];
  const std::uint32_t last = one.is_closed ? one.tokens.end : one.tokens.end - 1;
  TokenRange around = words_.paragraphs()[words_.paragraph(one.tokens.begin)];
  if (one.parent != kNowhere) around = words_.stretches()[one.parent].tokens;
  Place place;
  place.level = one.parent;
  place.open = one.is_opened ? one.tokens.begin - 1 : one.tokens.begin;
  place.close = one.tokens.end;
  place.begin = std::max(around.begin, words_.sentence(words_.sentence_of(one.tokens.begin)).begin);
  place.begin = std::min(place.begin, place.open);
  place.end = last < around.end ? std::min(around.end, words_.sentence(words_.sentence_of(last)).end) : around.end;
  return place;
}

bool CueFinder::begins_sentence(std::uint32_t stretch) const {
  const Place place = place_of(stretch);
  return place.begin >= place.open;
}

// Whether the sentence goes on behind the closing mark: "…," and "…?"
bool CueFinder::ends_open(const Place& place) const {
  const std::string_view last = words_.form(place.close - 1);
  if (last == "," || last == "?" || last == "!" || last == "--" || last == ".." || last == "…" || last == "-")
    return true;
  const std::uint32_t behind = place.close + 1;
  return behind < place.end && (words_.form(behind) == "," || words_.form(behind) == "--");
}

Cue CueFinder::find(std::uint32_t stretch) const {
  const Place place = place_of(stretch);
  Cue before_it = before(place);
  const bool is_led = before_it && before_it.distance == 0 && before_it.confidence == Confidence::kHigh;
  if (is_led) return before_it;
  if (ends_open(place)) {
    if (const Cue cue = behind(place)) return cue;
  }
  if (before_it) return before_it;
  if (const Cue cue = behind(place)) return cue;
  return after_colon(place);
}

Cue CueFinder::according_to(std::uint32_t i, std::uint32_t end, std::uint32_t level) const {
  if (words_.form(i) != "according" || i + 2 >= end || words_.form(i + 1) != "to") return {};
  const Subject subject = subjects_.behind(i + 2, end, level);
  if (!subject) return {};
  return {subject, {i, i + 2}, 0, SpeakerRule::kAccordingTo, Confidence::kHigh};
}

bool CueFinder::is_passive(std::uint32_t verb, std::uint32_t begin, std::uint32_t level) const {
  const std::uint32_t at = subjects_.previous(verb, begin, level);
  if (at == kNowhere) return false;
  const std::string_view word = words_.form(at);
  return word == "was" || word == "were" || word == "been" || word == "be" || word == "being" || word == "is" ||
         word == "are" || word == "got";
}

Cue CueFinder::behind(const Place& place) const {
  std::uint32_t at = place.close < place.end ? subjects_.next(place.close, place.end, place.level) : kNowhere;
  if (at != place.close + 1) return {};
  if (words_.form(at) == "," || words_.form(at) == "--") at = subjects_.next(at, place.end, place.level);
  const std::uint32_t first = at;
  std::uint32_t before = at;
  bool only_small = true;  // nothing but "also", "has" so far
  for (std::uint32_t count = 0; at != kNowhere && count < kMaxWordsBehind; ++count) {
    if (at > before + 1) break;  // another quote
    const std::string_view word = words_.form(at);
    if (ends_clause(word)) break;
    if (const Cue cue = according_to(at, place.end, place.level)) return cue;
    const SpeechVerb verb =
        words_.mention(at) == kNowhere ? verbs_.find(words_.text(), words_.token(at)) : SpeechVerb{};
    if (verb && !(verb.may_be_passive && is_passive(at, first, place.level))) {
      const TokenRange cue{at, at + 1};
      if (only_small && !verb.is_participle) {
        if (const Subject subject = subjects_.behind(at + 1, place.end, place.level)) {
          return {subject, cue, count, SpeakerRule::kInverted, Confidence::kHigh};
        }
      }
      const Subject subject = verb.is_participle && !is_passive(at, first, place.level)
                                  ? Subject{}
                                  : subjects_.before(first, at, place.level);
      if (subject && (verb.strength == SpeechVerb::kStrong || count <= 10)) {
        return {subject, cue, count, SpeakerRule::kAfter, ends_open(place) ? Confidence::kHigh : Confidence::kMedium};
      }
      if (verb.strength == SpeechVerb::kStrong) break;
    }
    if (words_.is_word(at)) only_small = only_small && (word == "also" || word == "has" || word == "had");
    before = at;
    at = subjects_.next(at, place.end, place.level);
  }
  return {};
}

Cue CueFinder::in_clause(const Place& place, std::uint32_t begin, std::uint32_t end) const {
  std::uint32_t distance = 0;
  bool passed_colon = false;
  for (std::uint32_t at = subjects_.previous(end, begin, place.level); at != kNowhere && distance < kMaxWordsBefore;
       at = subjects_.previous(at, begin, place.level)) {
    const std::string_view word = words_.form(at);
    if (word == ";") break;
    if (word == ":" && at + 1 == end) passed_colon = true;
    if (const Cue cue = according_to(at, end, place.level)) return cue;
    const SpeechVerb verb =
        words_.mention(at) == kNowhere ? verbs_.find(words_.text(), words_.token(at)) : SpeechVerb{};
    if (verb && (verb.strength == SpeechVerb::kStrong || distance <= kMaxWordsOfWeakVerb)) {
      const bool passive = is_passive(at, begin, place.level);
      Subject subject;
      if (verb.may_be_passive && passive) {
        // "was called “a liar” by Clinton"
        for (std::uint32_t by = at; by != kNowhere; by = subjects_.next(by, place.end, place.level)) {
          if (words_.form(by) != "by") continue;
          subject = subjects_.behind(by + 1, place.end, place.level);
          break;
        }
      } else if (verb.is_participle && !passive) {
        subject = subjects_.first(begin, at, place.level);
      } else {
        subject = subjects_.before(begin, at, place.level);
        // "Said Peskov: “…”"
        if (!subject && subjects_.previous(at, begin, place.level) == kNowhere) {
          subject = subjects_.behind(at + 1, end, place.level);
        }
      }
      if (subject) {
        const bool high = verb.strength == SpeechVerb::kStrong && (distance == 0 || passed_colon);
        return {subject, {at, at + 1}, distance, SpeakerRule::kBefore, high ? Confidence::kHigh : Confidence::kMedium};
      }
    }
    if (words_.is_word(at) && word != "that") ++distance;
  }
  return {};
}

Cue CueFinder::before(const Place& place) const {
  if (const Cue cue = in_clause(place, place.begin, place.open)) return cue;
  // "Peskov: “…”"
  if (place.open > place.begin && words_.form(place.open - 1) == ":") {
    const Subject subject = subjects_.first(place.begin, place.open - 1, place.level);
    if (subject) return {subject, {}, 0, SpeakerRule::kColon, Confidence::kHigh};
  }
  return {};
}

// The sentence before ends with a colon.
Cue CueFinder::after_colon(const Place& place) const {
  if (place.open == 0 || place.begin < place.open || place.level != kNowhere) return {};
  const std::uint32_t colon = place.open - 1;
  if (words_.form(colon) != ":" || words_.stretch(colon) != kNowhere) return {};
  const TokenRange sentence = words_.sentence(words_.sentence_of(colon));
  Cue cue = in_clause(place, sentence.begin, colon);
  if (!cue) {
    cue.subject = subjects_.first(sentence.begin, colon, place.level);
    if (!cue.subject) return {};
  }
  cue.rule = SpeakerRule::kColon;
  cue.confidence = Confidence::kHigh;
  return cue;
}

Cue CueFinder::sentence_before(std::uint32_t stretch) const {
  const Place place = place_of(stretch);
  if (place.open == 0 || place.begin < place.open || place.level != kNowhere) return {};
  const std::uint32_t last = place.open - 1;
  if (words_.paragraph(last) != words_.paragraph(place.open) || words_.stretch(last) != kNowhere) return {};
  const TokenRange sentence = words_.sentence(words_.sentence_of(last));
  const Subject subject = subjects_.first(sentence.begin, sentence.end, kNowhere);
  if (!subject || subject.kind == SubjectKind::kOther) return {};
  return {subject, {}, 0, SpeakerRule::kSubject, Confidence::kMedium};
}

}  // namespace dateline
