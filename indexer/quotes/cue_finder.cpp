// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/cue_finder.h"

#include <algorithm>
#include <string_view>

#include "common/ascii.h"
#include "indexer/quotes/speech_nouns.h"

namespace dateline {
namespace {

constexpr std::uint32_t kMaxWordsBehind = 28;
constexpr std::uint32_t kMaxWordsOfNextSentence = 4;  // “Why?” Peskov asked
constexpr std::uint32_t kMaxWordsToUnlisted = 8;      // “…,” the vice-presidential nominee riffed
constexpr std::uint32_t kMaxSignatureTokens = 14;
constexpr std::uint32_t kMaxJapaneseRuns = 12;  // between marks and blanks
constexpr std::uint32_t kMaxIntroTokens = 10;
constexpr std::uint32_t kMaxTagTokens = 6;
constexpr std::uint32_t kMinLedTokens = 3;  // of a sentence that a comma leads to
constexpr std::uint32_t kMaxWordsBefore = 40;
constexpr std::uint32_t kMaxSteps = 120;           // words and marks
constexpr std::uint32_t kMaxVerbs = 6;             // whose subjects are looked for
constexpr std::uint32_t kMaxWordsOfWeakVerb = 12;  // between it and the quote

// Instead, “…”
bool links_sentences(std::string_view form) {
  for (const std::string_view link : {"and", "but", "so", "then", "or", "also", "yet", "still", "plus", "instead",
                                      "indeed", "rather", "because", "however", "meanwhile", "adding"}) {
    if (form == link) return true;
  }
  return false;
}

bool ends_clause(std::string_view form) { return form == ";" || form == "which" || form == "because"; }

}  // namespace

CueFinder::Place CueFinder::place_of(std::uint32_t stretch) const {
  const QuotedStretch& one = words_.stretches()[stretch];
  const TokenRange marked = one.marked();
  TokenRange around = words_.paragraphs()[words_.paragraph(one.tokens.begin)];
  if (one.parent != kNowhere) around = words_.stretches()[one.parent].tokens;
  Place place;
  place.level = one.parent;
  place.begin =
      std::min(marked.begin, std::max(around.begin, words_.sentence(words_.sentence_of(one.tokens.begin)).begin));
  place.open = marked.begin;
  place.last = one.tokens.end - 1;
  place.behind = marked.end;
  const std::uint32_t sentence = words_.sentence_of(marked.end - 1);
  place.end = std::min(around.end, words_.sentence(sentence).end);
  if (place.end == marked.end && place.end < around.end && (ends_as_shout(place) || is_tag(marked.end))) {
    place.end = std::min(around.end, words_.sentence(words_.sentence_of(marked.end)).end);
    place.is_next_sentence = true;
  }
  place.around_end = around.end;
  return place;
}

bool CueFinder::begins_sentence(std::uint32_t stretch) const {
  const Place place = place_of(stretch);
  std::uint32_t at = place.begin;
  if (at < place.open && links_sentences(words_.form(at))) ++at;
  if (at > place.begin && at < place.open && words_.form(at) == ",") ++at;
  return at >= place.open || is_introduction(at, place.open);
}

// "On the other hand, “…”": nobody acts or speaks in it.
bool CueFinder::is_introduction(std::uint32_t begin, std::uint32_t open) const {
  if (open - begin > kMaxIntroTokens || words_.form(open - 1) != ",") return false;
  for (std::uint32_t i = begin; i < open; ++i) {
    const std::string_view form = words_.form(i);
    if (!words_.is_word(i) && form != "," && form != "-") return false;
    if (words_.mention(i) != kNowhere && words_.name_of_mention(words_.mention(i)).kind == NameKind::kPerson)
      return false;
    if (words_.stretch(i) != words_.stretch(begin) || is_subject_pronoun(form) ||
        verbs_.find(words_.text(), words_.token(i)))
      return false;
  }
  return true;
}

// “We left.” Peskov said. – a sentence that says no more than who speaks
bool CueFinder::is_tag(std::uint32_t begin) const {
  const std::uint32_t end = words_.sentence(words_.sentence_of(begin)).end;
  if (end - begin < 3 || end - begin > kMaxTagTokens || words_.form(end - 1) != ".") return false;
  const SpeechVerb verb = verbs_.find(words_.text(), words_.token(end - 2));
  return verb.strength == SpeechVerb::kStrong && !verb.is_base && !verb.is_participle;
}

// Ends so that its sentence may go on behind the mark.
bool CueFinder::ends_as_shout(const Place& place) const {
  const std::string_view last = words_.form(place.last);
  return last == "?" || last == "!" || last == "--" || last == ".." || last.starts_with("…") || last == "-";
}

// Whether the sentence goes on behind the closing mark: "…," and "…?"
bool CueFinder::ends_open(const Place& place) const {
  if (words_.form(place.last) == "," || ends_as_shout(place)) return true;
  return place.behind < place.end && (words_.form(place.behind) == "," || words_.form(place.behind) == "--");
}

// Whether it begins amid somebody else's words: “said it was "a done deal"”.
bool CueFinder::is_amid(const Place& place) const {
  if (place.open <= place.begin) return false;
  const std::string_view before = words_.form(place.open - 1);
  return before != "," && before != ":" && before != "--" && before != "-" && before != "(";
}

// A clause of its own follows: "…," and he said more.
bool CueFinder::is_followed_by_clause(const Place& place) const {
  if (place.behind >= place.end) return false;
  const std::string_view word = words_.form(place.behind);
  return word == "and" || word == "but" || word == "because" || word == "when" || word == "while" || word == "as" ||
         word == "after" || word == "before" || word == "if" || word == "though" || word == "although" ||
         (word.ends_with("ing") && word.size() > 4);
}

Cue CueFinder::find(std::uint32_t stretch) const {
  const Place place = place_of(stretch);
  if (place.open > place.begin && words_.form(place.open - 1) == ":") {
    if (const Cue cue = label(place, place.begin, place.open - 1)) return cue;
  }
  if (const Cue cue = in_japanese(place)) return cue;
  const Cue cue_before = in_clause(place, place.begin, place.open);
  if (cue_before && cue_before.distance == 0 && cue_before.confidence == Confidence::kHigh) return cue_before;
  if (ends_open(place) && !is_followed_by_clause(place) && !(is_amid(place) && cue_before)) {
    if (const Cue cue = behind(place)) return cue;
  }
  if (cue_before) return cue_before;
  if (const Cue cue = behind(place)) return cue;
  // "His" is weak evidence: other rules come first.
  const Cue noun = by_noun(place);
  if (noun && (noun.subject.kind == SubjectKind::kName || noun.verb.size() > 1)) return noun;
  if (const Cue cue = after_colon(place)) return cue;
  if (const Cue cue = behind_unlisted(place)) return cue;
  return before_unlisted(place);
}

Cue CueFinder::by_noun(std::uint32_t stretch) const { return by_noun(place_of(stretch)); }

Cue CueFinder::by_noun(const Place& place) const {
  const SpokenNoun noun = find_spoken_noun(words_, subjects_, place.begin, place.open, place.level);
  if (!noun.subject) return {};
  return {noun.subject, noun.words, 0, SpeakerRule::kBefore, Confidence::kMedium};
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
  // What is “quoted” between them parts them.
  if (at + 1 != verb) return false;
  const std::string_view word = words_.form(at);
  return word == "was" || word == "were" || word == "been" || word == "be" || word == "being" || word == "is" ||
         word == "are" || word == "got";
}

// "his comment", "claims of", "Secretary of State".
bool CueFinder::is_noun(std::uint32_t i, std::uint32_t begin, std::uint32_t level) const {
  const std::string_view form = words_.form(i);
  const std::uint32_t at = subjects_.previous(i, begin, level);
  if (at == kNowhere || at + 1 != i) return false;
  const std::string_view word = words_.form(at);
  if (word == "'s" && at > begin && is_subject_pronoun(words_.form(at - 1))) return false;  // "he's said"
  const bool is_ing = form.ends_with("ing");
  if (word == "her") return verbs_.find(words_.text(), words_.token(i)).is_base;
  for (const std::string_view article :
       {"a", "an", "the", "his", "their", "its", "my", "our", "this", "no", "any", "'s"}) {
    // French: "a déclaré", "a dit"
    if (word == "a" && (form == "dit" || !is_ascii(words_.written(i)))) return false;
    if (word == article) return word != "'s" || !is_ing;
  }
  if (!is_ing) {
    for (const std::string_view preposition : {"of", "for", "in", "on", "with", "from", "at", "by", "about", "into"}) {
      if (word == preposition) return true;
    }
  }
  for (const std::string_view plural : {"two", "three", "four", "five", "several", "many", "these", "those"}) {
    if (word == plural && form.ends_with("s")) return true;  // "three answers"
  }
  if (form.ends_with("s") && form != "says" && form != "speaks" && i + 1 < words_.size() && words_.form(i + 1) == "of")
    return true;
  return false;
}

SpeechVerb CueFinder::verb_at(std::uint32_t i, std::uint32_t begin, std::uint32_t level) const {
  if (words_.mention(i) != kNowhere) return {};
  const SpeechVerb verb = verbs_.find(words_.text(), words_.token(i));
  return verb && !is_noun(i, begin, level) ? verb : SpeechVerb{};
}

Cue CueFinder::behind(const Place& place) const {
  if (const Cue cue = signed_by(place)) return cue;
  if (const Cue cue = signed_within(place)) return cue;
  if (place.behind >= place.end || words_.stretch(place.behind) != place.level) return {};
  std::uint32_t at = place.behind;
  if (words_.form(at) == "," || words_.form(at) == "--") at = subjects_.next(at, place.end, place.level);
  const std::uint32_t first = at;
  std::uint32_t before = at;
  bool only_small = true;  // nothing but "also", "has" so far
  const std::uint32_t max_words = place.is_next_sentence ? kMaxWordsOfNextSentence : kMaxWordsBehind;
  for (std::uint32_t count = 0; at != kNowhere && count < max_words; ++count) {
    if (at > before + 1) break;  // another quote
    const std::string_view word = words_.form(at);
    if (ends_clause(word)) break;
    if (const Cue cue = according_to(at, place.end, place.level)) return cue;
    const SpeechVerb verb = verb_at(at, first, place.level);
    // “Why?” Peskov asked; but not “Why?” Peskov said he would not tell.
    const bool takes_clause = ends_as_shout(place) && at + 1 < place.end &&
                              (is_subject_pronoun(words_.form(at + 1)) || words_.form(at + 1) == "that");
    if (verb && takes_clause) break;
    if (verb && !(verb.may_be_passive && is_passive(at, first, place.level))) {
      const TokenRange cue{at, at + 1};
      if (only_small && !verb.is_participle) {
        if (const Subject subject = subjects_.behind(at + 1, place.end, place.level)) {
          return {subject, cue, count, SpeakerRule::kInverted, Confidence::kHigh};
        }
      } else if ((word == "said" || word == "says") && words_.form(before) == ",") {
        // “…” that nobody likes, said Peskov
        const Subject subject = subjects_.behind(at + 1, place.end, place.level);
        if (subject.kind == SubjectKind::kName) {
          return {subject, cue, count, SpeakerRule::kInverted, Confidence::kMedium};
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
    if (words_.is_word(at))
      only_small = only_small && (word == "also" || word == "has" || word == "had" || word == "a");
    before = at;
    at = subjects_.next(at, place.end, place.level);
  }
  return {};
}

// "…," Peskov thundered: no verb of speech that is known, but a sentence that goes on with one in the past.
Cue CueFinder::behind_unlisted(const Place& place) const {
  if (place.open > place.begin || !ends_open(place) || is_followed_by_clause(place)) return {};
  if (place.behind >= place.end || words_.stretch(place.behind) != place.level) return {};
  const std::uint32_t first = words_.form(place.behind) == "," ? place.behind + 1 : place.behind;
  for (std::uint32_t at = first; at < place.end && at < first + kMaxWordsToUnlisted; ++at) {
    if (words_.mention(at) != kNowhere) continue;
    if (!words_.is_word(at) || words_.stretch(at) != place.level) return {};
    if (!words_.form(at).ends_with("ed") || words_.is_capital(at)) continue;
    if (is_passive(at, first, place.level)) return {};
    const bool is_inverted = at == first;
    const Subject subject =
        is_inverted ? subjects_.behind(at + 1, place.end, place.level) : subjects_.before(first, at, place.level);
    const bool is_beside = is_inverted ? subject.kind == SubjectKind::kName : subject.tokens.end == at;
    if (!subject || !is_beside) return {};
    const SpeakerRule rule = is_inverted ? SpeakerRule::kInverted : SpeakerRule::kAfter;
    return {subject, {at, at + 1}, at - first, rule, Confidence::kMedium};
  }
  return {};
}

// Peskov thundered, “We …”; Trump issued a statement, “We …”
Cue CueFinder::before_unlisted(const Place& place) const {
  const std::uint32_t first = place.open + 1;
  if (place.level != kNowhere || place.open <= place.begin + 1 || words_.form(place.open - 1) != ",") return {};
  if (place.last < first + kMinLedTokens || !words_.is_capital(first)) return {};
  const std::uint32_t comma = place.open - 1;
  if (is_passive(comma - 1, place.begin, place.level)) return {};  // "was asked, “Who …”"
  const Subject subject = subjects_.nearest(place.begin, comma, place.level);
  if (!subject) return {};
  return {subject, {}, comma - subject.tokens.end, SpeakerRule::kBefore, Confidence::kMedium};
}

// “We left.
// Senator Bernie Sanders.” – a line of its own within the marks
Cue CueFinder::signed_within(const Place& place) const {
  const bool is_closed = place.behind > place.last + 1;
  if (is_closed || place.level != kNowhere || place.behind >= words_.size()) return {};
  const TokenRange line = words_.paragraphs()[words_.paragraph(place.behind)];
  if (line.begin != place.behind || line.size() > kMaxSignatureTokens) return {};
  const std::string_view end = words_.form(line.end - 1);
  if (end != "\"" && end != "”" && end != "''") return {};
  for (std::uint32_t i = line.begin; i < line.end && words_.is_capital(i); ++i) {
    const std::uint32_t mention = words_.mention(i);
    if (mention == kNowhere || words_.name_of_mention(mention).kind != NameKind::kPerson) continue;
    return {
        {SubjectKind::kName, words_.mention_tokens(mention), mention}, {}, 0, SpeakerRule::kAfter, Confidence::kMedium};
  }
  return {};
}

// “…” - Bernie Sanders
Cue CueFinder::signed_by(const Place& place) const {
  const std::uint32_t at = place.behind + 1;
  std::uint32_t around_end = place.around_end;
  if (place.level == kNowhere && place.behind == around_end && around_end < words_.size()) {
    // In a paragraph of its own.
    around_end = words_.paragraphs()[words_.paragraph(around_end)].end;
  }
  if (at >= around_end || (words_.form(at - 1) != "--" && words_.form(at - 1) != "-")) return {};
  if (words_.stretch(at) != place.level || words_.mention(at) == kNowhere) return {};
  const std::uint32_t mention = words_.mention(at);
  if (words_.name_of_mention(mention).kind != NameKind::kPerson) return {};
  const TokenRange tokens = words_.mention_tokens(mention);
  const bool ends = tokens.end >= around_end || words_.form(tokens.end) == "." || words_.form(tokens.end) == "," ||
                    words_.form(tokens.end) == "(";
  if (!ends) return {};
  return {{SubjectKind::kName, tokens, mention}, {}, 0, SpeakerRule::kAfter, Confidence::kMedium};
}

// The subject of a verb before the quote.
Subject CueFinder::subject_of(const Place& place, std::uint32_t verb, SpeechVerb kind, std::uint32_t begin,
                              std::uint32_t end) const {
  const bool passive = is_passive(verb, begin, place.level);
  if (kind.may_be_passive && passive) {
    // "was called “a liar” by Clinton"
    std::uint32_t at = verb;
    for (std::uint32_t count = 0; at != kNowhere && count < kMaxWordsBehind; ++count) {
      if (words_.form(at) == "by") return subjects_.behind(at + 1, place.end, place.level);
      at = subjects_.next(at, place.end, place.level);
    }
    return {};
  }
  if (kind.is_participle && !passive) {
    if (const Subject subject = subjects_.beside(begin, verb, place.level)) return subject;  // "with Peskov saying"
    // "Peskov said on Monday, adding": that of the verb before.
    std::uint32_t at = verb;
    std::uint32_t tried = 0;
    for (std::uint32_t count = 0; count < kMaxWordsBehind && tried < kMaxVerbs; ++count) {
      at = subjects_.previous(at, begin, place.level);
      if (at == kNowhere || words_.form(at) == ";") break;
      const SpeechVerb other = verb_at(at, begin, place.level);
      if (!other || other.is_participle || is_passive(at, begin, place.level)) continue;
      ++tried;
      const Subject subject = subject_of(place, at, other, begin, end);
      if (subject && (subject.kind != SubjectKind::kOther || other.strength == SpeechVerb::kStrong)) return subject;
    }
    return subjects_.first(begin, verb, place.level);
  }
  // “…,” said Peskov, “…”; Said Peskov: “…”
  const std::uint32_t before = subjects_.previous(verb, begin, place.level);
  if (before == kNowhere || before + 1 != verb) {
    if (const Subject subject = subjects_.behind(verb + 1, end, place.level)) return subject;
  }
  // "But, said Peskov, “…”"
  const std::string_view form = words_.form(verb);
  const bool takes_nobody =
      form == "said" || form == "says" || form == "wrote" || form == "writes" || form == "explained";
  if (takes_nobody && before != kNowhere && words_.form(before) == ",") {
    const Subject subject = subjects_.behind(verb + 1, end, place.level);
    const std::uint32_t at = subject.tokens.end;
    if (subject.kind == SubjectKind::kName && at + 1 == end && !words_.is_word(at)) return subject;
  }
  const Subject subject = subjects_.before(begin, verb, place.level);
  return kind.is_base && subjects_.is_rest_of_noun(subject, verb) ? Subject{} : subject;
}

// Whether a clause begins at `i`.
bool CueFinder::begins_clause(std::uint32_t i, std::uint32_t begin, std::uint32_t level) const {
  const std::uint32_t at = subjects_.previous(i, begin, level);
  if (at == kNowhere || at + 1 != i) return true;
  const std::string_view word = words_.form(at);
  return word == "," || word == "and" || word == "but" || word == "while" || word == "as" || word == "when";
}

// Of the verbs between `begin` and `end` the last, unless it says what somebody said to think: "X said he expects …".
Cue CueFinder::in_clause(const Place& place, std::uint32_t begin, std::uint32_t end) const {
  std::uint32_t distance = 0;
  std::uint32_t steps = 0;
  std::uint32_t tried = 0;
  bool behind_colon = false;
  Cue weaker;
  for (std::uint32_t at = subjects_.previous(end, begin, place.level);
       at != kNowhere && distance < kMaxWordsBefore && ++steps < kMaxSteps && tried < kMaxVerbs;
       at = subjects_.previous(at, begin, place.level)) {
    const std::string_view word = words_.form(at);
    if (word == ";") break;
    if (word == ":" && at + 1 == end) behind_colon = true;
    if (!weaker) {
      if (const Cue cue = according_to(at, end, place.level)) return cue;
    }
    const SpeechVerb verb = verb_at(at, begin, place.level);
    const bool is_strong = verb.strength == SpeechVerb::kStrong;
    if (verb && (is_strong || (distance <= kMaxWordsOfWeakVerb && !weaker))) {
      ++tried;
      if (const Subject subject = subject_of(place, at, verb, begin, end)) {
        const bool high = is_strong && (distance <= 1 || behind_colon);
        const Cue cue{
            subject, {at, at + 1}, distance, SpeakerRule::kBefore, high ? Confidence::kHigh : Confidence::kMedium};
        if (weaker) return cue;
        // "a candidate who called for", "many voters find": somebody else may say so.
        const bool is_anybody =
            subject.kind == SubjectKind::kOther && (!is_strong || words_.form(subject.tokens.end - 1) == "who");
        const bool stands =
            verb.strength != SpeechVerb::kWeak && !is_anybody &&
            (subject.kind != SubjectKind::kPronoun || begins_clause(subject.tokens.begin, begin, place.level));
        if (stands) return cue;
        weaker = cue;
      }
    }
    if (words_.is_word(at) && word != "that") ++distance;
  }
  return weaker;
}

// 大森さんは「…」と話した; 「…」と大森さんは話した; 「…」。大森さんはそう語った
Cue CueFinder::in_japanese(const Place& place) const {
  if (place.behind >= place.around_end || words_.stretch(place.behind) != place.level) return {};
  const std::string_view behind = words_.form(place.behind);
  const bool is_quoting = behind.starts_with("と");
  if (!is_quoting && behind != "。") return {};
  const auto person_at = [&](std::uint32_t i) {
    return words_.stretch(i) == place.level && words_.mention(i) != kNowhere &&
           words_.name_of_mention(words_.mention(i)).kind == NameKind::kPerson;
  };
  const auto cue_of = [&](std::uint32_t i, SpeakerRule rule) {
    return Cue{{SubjectKind::kName, {i, i + 1}, words_.mention(i)}, {}, 0, rule, Confidence::kMedium};
  };
  for (std::uint32_t i = place.open; is_quoting && i-- > place.begin && place.open - i < kMaxJapaneseRuns;) {
    if (words_.form(i) == "。") break;
    if (person_at(i)) return cue_of(i, SpeakerRule::kBefore);
  }
  const std::uint32_t first = place.behind + (is_quoting ? 0 : 1);
  const std::uint32_t end = std::min(place.around_end, first + kMaxJapaneseRuns);
  std::uint32_t person = kNowhere;
  for (std::uint32_t i = first; i < end && words_.form(i) != "。"; ++i) {
    if (person == kNowhere && person_at(i)) person = i;
    const bool tells = is_quoting || words_.written(i).find("そう") != std::string_view::npos;
    if (person != kNowhere && tells) return cue_of(person, SpeakerRule::kAfter);
  }
  return {};
}

// "Peskov: “…”"; "NO DEAL IN MOSCOW - Dmitry Peskov: “…”"
Cue CueFinder::label(const Place& place, std::uint32_t begin, std::uint32_t colon) const {
  const std::uint32_t at = subjects_.previous(colon, begin, place.level);
  if (at == kNowhere || words_.mention(at) == kNowhere) return {};
  const std::uint32_t mention = words_.mention(at);
  const TokenRange tokens = words_.mention_tokens(mention);
  const std::uint32_t before = subjects_.previous(tokens.begin, begin, place.level);
  const bool is_all = before == kNowhere || words_.form(before) == "-" || words_.form(before) == "--";
  if (!is_all || tokens.end != colon) return {};
  return {{SubjectKind::kName, tokens, mention}, {}, 0, SpeakerRule::kColon, Confidence::kHigh};
}

// "Peskov: “…”"; "Peskov had a message for them: “…”"
Cue CueFinder::after_lead(const Place& place, std::uint32_t begin, std::uint32_t colon) const {
  if (const Cue cue = label(place, begin, colon)) return cue;
  const Subject subject = subjects_.first(begin, colon, place.level);
  // "The Kremlin's letter made a case:"; of other phrases few speak: "The timing of it was clear:"
  const auto is_name = [&](std::uint32_t i) { return i < subject.tokens.end && words_.mention(i) != kNowhere; };
  const std::uint32_t head = subject.tokens.begin;
  if (!subject || (subject.kind == SubjectKind::kOther && !is_name(head) && !is_name(head + 1))) return {};
  return {subject, {}, 0, SpeakerRule::kColon, Confidence::kMedium};
}

// The sentence before ends with a colon.
Cue CueFinder::after_colon(const Place& place) const {
  if (place.open > place.begin && words_.form(place.open - 1) == ":") {
    return after_lead(place, place.begin, place.open - 1);
  }
  if (place.open == 0 || place.begin < place.open || place.level != kNowhere) return {};
  const std::uint32_t colon = place.open - 1;
  if (words_.form(colon) != ":" || words_.stretch(colon) != kNowhere) return {};
  const TokenRange sentence = words_.sentence(words_.sentence_of(colon));
  Cue cue = in_clause(place, sentence.begin, colon);
  if (!cue) return after_lead(place, sentence.begin, colon);
  cue.rule = SpeakerRule::kColon;
  cue.confidence = Confidence::kHigh;
  return cue;
}

Subject CueFinder::first_subject(std::uint32_t sentence) const {
  const TokenRange tokens = words_.sentence(sentence);
  return subjects_.first(tokens.begin, tokens.end, kNowhere);
}

Cue CueFinder::sentence_before(std::uint32_t stretch, bool same_paragraph) const {
  const Place place = place_of(stretch);
  if (place.open == 0 || place.begin < place.open || place.level != kNowhere) return {};
  const std::uint32_t last = place.open - 1;
  if (same_paragraph && words_.paragraph(last) != words_.paragraph(place.open)) return {};
  if (words_.stretch(last) != kNowhere) return {};
  const Subject subject = first_subject(words_.sentence_of(last));
  if (!subject || subject.kind == SubjectKind::kOther) return {};
  return {subject, {}, 0, SpeakerRule::kSubject, Confidence::kMedium};
}

}  // namespace dateline
