// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/subject_finder.h"

#include <algorithm>
#include <array>

namespace dateline {
namespace {

constexpr int kMaxClauseWords = 60;
constexpr int kMaxPhraseWords = 14;
constexpr int kMaxTitleTokens = 4;  // "Vice President Dr."

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& sorted, std::string_view word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

// May stand between a subject and its verb.
constexpr std::array<std::string_view, 55> kBetween = {
    "again",     "also",  "always", "are",   "be",        "been",     "being",    "can",    "could",   "did",
    "does",      "even",  "ever",   "first", "friday",    "further",  "had",      "has",    "have",    "herself",
    "himself",   "is",    "just",   "later", "may",       "might",    "monday",   "must",   "never",   "not",
    "now",       "often", "once",   "only",  "quickly",   "rather",   "saturday", "should", "simply",  "sometimes",
    "soon",      "still", "sunday", "then",  "therefore", "thursday", "today",    "too",    "tuesday", "was",
    "wednesday", "were",  "will",   "would", "yesterday"};

// Begin a phrase that is no subject, or go on from one.
constexpr std::array<std::string_view, 41> kPrepositions = {
    "about",  "above",  "across",  "after",  "against", "along", "alongside", "amid",   "among", "around", "as",
    "at",     "before", "behind",  "beside", "between", "by",    "despite",   "during", "for",   "from",   "in",
    "inside", "into",   "like",    "near",   "of",      "on",    "onto",      "over",   "per",   "since",  "through",
    "to",     "toward", "towards", "under",  "until",   "upon",  "via",       "with"};

// End a noun phrase on either side.
constexpr std::array<std::string_view, 41> kBreaks = {
    "although", "and",   "are",   "be",   "because", "been",   "being", "but",  "can",  "could", "did",
    "do",       "does",  "had",   "has",  "have",    "how",    "if",    "is",   "nor",  "not",   "or",
    "should",   "so",    "than",  "that", "then",    "though", "was",   "were", "what", "when",  "where",
    "whether",  "which", "while", "who",  "whom",    "whose",  "will",  "would"};

constexpr std::array<std::string_view, 22> kDeterminers = {
    "a",   "all",  "an", "another", "both",  "each", "every",   "five", "four", "her",   "his",
    "its", "many", "my", "one",     "other", "our",  "several", "some", "the",  "their", "three"};

// Determiners that do not sort with the others but open a phrase all the same.
bool is_determiner(std::string_view form) {
  return is_one_of(kDeterminers, form) || form == "two" || form == "this" || form == "these" || form == "those" ||
         form == "that" || form == "most" || form == "few";
}

// "the two senators", "both other men": a determiner may stand before it.
bool is_count(std::string_view form) {
  return form == "two" || form == "three" || form == "four" || form == "five" || form == "other" || form == "few";
}

// "As Peskov said", "after officials said": what follows may be a clause.
bool begins_clause(std::string_view preposition) {
  return preposition == "as" || preposition == "after" || preposition == "before" || preposition == "since" ||
         preposition == "until";
}

// "a few days later", "that morning": no subject.
bool is_time(std::string_view noun) {
  for (const std::string_view time : {"moment", "minute", "hour", "day", "morning", "afternoon", "evening", "night",
                                      "week", "weekend", "month", "year", "decade", "time", "point"}) {
    if (noun.starts_with(time) && noun.size() <= time.size() + 1) return true;
  }
  return false;
}

bool is_adverb(std::string_view form) { return form.size() > 4 && form.ends_with("ly"); }

bool is_pause(std::string_view form) { return form == "," || form == "--" || form == "(" || form == ")"; }

}  // namespace

bool is_subject_pronoun(std::string_view form) {
  for (const std::string_view pronoun : {"he", "she", "they", "i", "we", "er", "il", "elle", "он", "она"}) {
    if (form == pronoun) return true;
  }
  return false;
}

std::uint32_t SubjectFinder::previous(std::uint32_t i, std::uint32_t begin, std::uint32_t level) const {
  while (i > begin) {
    --i;
    if (const std::uint32_t below = words_.stretch_below(i, level); below != kNowhere) {
      i = words_.stretches()[below].marked().begin;
      continue;
    }
    return words_.stretch(i) == level ? i : kNowhere;
  }
  return kNowhere;
}

std::uint32_t SubjectFinder::next(std::uint32_t i, std::uint32_t end, std::uint32_t level) const {
  for (++i; i < end;) {
    if (const std::uint32_t below = words_.stretch_below(i, level); below != kNowhere) {
      i = words_.stretches()[below].marked().end;
      continue;
    }
    return words_.stretch(i) == level ? i : kNowhere;
  }
  return kNowhere;
}

// People, organisations and documents speak; a place only where it stands right beside the verb.
bool SubjectFinder::is_speaker_mention(std::uint32_t i) const {
  const std::uint32_t mention = words_.mention(i);
  return mention != kNowhere && words_.name_of_mention(mention).kind != NameKind::kPlace;
}

Subject SubjectFinder::named(std::uint32_t mention) const {
  return {SubjectKind::kName, words_.mention_tokens(mention), mention};
}

Subject SubjectFinder::pronoun(std::uint32_t i) const { return {SubjectKind::kPronoun, {i, i + 1}, kNowhere}; }

// "with Trump", "for the Trump"; the words of a title may stand between.
bool SubjectFinder::is_after_preposition(std::uint32_t i, std::uint32_t begin) const {
  for (int steps = 0; i > begin && steps < 6; ++steps) {
    const std::string_view word = form(--i);
    if (word == "as" && (i == begin || is_pause(form(i - 1)))) return false;  // "…, as Peskov, the spokesman, put it"
    if (is_one_of(kPrepositions, word)) return true;
    if (!words_.is_word(i) || word == "'s") return false;
    if (is_determiner(word)) continue;
    if (!words_.is_capital(i)) return false;
  }
  return false;
}

Subject SubjectFinder::before(std::uint32_t begin, std::uint32_t verb, std::uint32_t level) const {
  std::uint32_t at = previous(verb, begin, level);
  int steps = 0;
  while (at != kNowhere && ++steps < 8 && words_.mention(at) == kNowhere &&
         (is_one_of(kBetween, form(at)) || is_adverb(form(at)) || (form(at) == "a" && at + 1 == verb))) {
    at = previous(at, begin, level);
  }
  if (at == kNowhere) return {};
  const std::string_view word = form(at);
  if (is_subject_pronoun(word) || word == "it") return pronoun(at);
  // "he's said"
  if (word == "'s" && at > begin && is_subject_pronoun(form(at - 1))) return pronoun(at - 1);
  if (word == "who" || word == "which") return antecedent(begin, at, level);
  if (word == ")") {
    // "Peskov (right)"
    std::uint32_t open = at;
    for (int count = 0; open != kNowhere && form(open) != "(" && count < kMaxPhraseWords; ++count) {
      open = previous(open, begin, level);
    }
    if (open != kNowhere && form(open) == "(") return before(begin, open, level);
  }
  if (is_pause(word)) return before_aside(begin, at, level);
  if (word == "and" || word == "but" || word == "or" || word == "to" || word == "as" || word == "by") {
    if (const Subject subject = nearest(begin, at, level)) return subject;
    return first(begin, at, level);
  }
  const Subject subject = phrase_before(begin, at + 1, level);
  if (!subject) return first(begin, at, level);  // "Lukash left and in a statement thanked them"
  const bool opens_clause = subject.tokens.begin == begin && form(subject.tokens.end - 1).ends_with("s");
  if (subject.kind != SubjectKind::kOther || opens_clause || is_phrase(subject.tokens)) return subject;
  return first(begin, subject.tokens.begin, level);
}

Subject SubjectFinder::beside(std::uint32_t begin, std::uint32_t verb, std::uint32_t level) const {
  std::uint32_t at = previous(verb, begin, level);
  if (at != kNowhere && is_adverb(form(at))) at = previous(at, begin, level);
  if (at == kNowhere || !is_speaker_mention(at)) return {};
  const std::uint32_t mention = words_.mention(at);
  const std::uint32_t with = previous(words_.mention_tokens(mention).begin, begin, level);
  return with != kNowhere && form(with) == "with" ? named(mention) : Subject{};
}

bool SubjectFinder::is_rest_of_noun(const Subject& subject, std::uint32_t verb) const {
  if (subject.tokens.end != verb) return false;
  if (subject.kind == SubjectKind::kName) {
    const std::uint32_t begin = subject.tokens.begin;
    return begin > 0 && (form(begin - 1) == "a" || form(begin - 1) == "an");
  }
  if (subject.kind != SubjectKind::kOther || !is_determiner(form(subject.tokens.begin))) return false;
  const std::string_view last = form(verb - 1);
  return !last.ends_with("s") && !last.ends_with("men") && last != "people" && last != "police" && last != "media";
}

// Whether it looks like one: "a senior official", "officials", "Trump's campaign"; not "discuss internal strategy".
bool SubjectFinder::is_phrase(TokenRange tokens) const {
  const std::string_view word = form(tokens.begin);
  return is_determiner(word) || words_.mention(tokens.begin) != kNowhere || words_.is_capital(tokens.begin) ||
         words_.token(tokens.begin).kind == TokenKind::kNumber || word.ends_with("s") || word == "people";
}

// "Rubio of Florida, who": the name before, or the phrase from its article on; with the "who".
Subject SubjectFinder::antecedent(std::uint32_t begin, std::uint32_t who, std::uint32_t level) const {
  std::uint32_t at = previous(who, begin, level);
  if (at != kNowhere && is_pause(form(at))) at = previous(at, begin, level);
  if (at == kNowhere) return {};
  if (words_.mention(at) != kNowhere && !is_speaker_mention(at)) {
    const std::uint32_t of = previous(words_.mention_tokens(words_.mention(at)).begin, begin, level);
    if (of == kNowhere || !is_one_of(kPrepositions, form(of)) || of == begin || words_.mention(of - 1) == kNowhere) {
      return {};
    }
    at = of - 1;
  }
  if (words_.mention(at) != kNowhere) {
    Subject subject = named(words_.mention(at));
    subject.tokens.end = who + 1;
    return subject;
  }
  std::uint32_t from = at;
  for (int count = 0; count < kMaxPhraseWords && words_.is_word(from) && !is_determiner(form(from)); ++count) {
    const std::uint32_t before = previous(from, begin, level);
    if (before == kNowhere || !words_.is_word(before) || is_one_of(kBreaks, form(before))) break;
    from = before;
  }
  return {SubjectKind::kOther, {from, who + 1}, kNowhere};
}

Subject SubjectFinder::nearest(std::uint32_t begin, std::uint32_t end, std::uint32_t level) const {
  int count = 0;
  for (std::uint32_t at = previous(end, begin, level); at != kNowhere && ++count < kMaxClauseWords;
       at = previous(at, begin, level)) {
    const std::string_view word = form(at);
    if (word == ";" || word == ":") break;
    const std::uint32_t mention = words_.mention(at);
    const TokenRange tokens = mention != kNowhere ? words_.mention_tokens(mention) : TokenRange{at, at + 1};
    std::uint32_t phrase = tokens.begin;
    if (mention != kNowhere) {
      // "Ms. Lukash", "Kremlin spokesman Dr. Peskov"
      for (int n = 0; n < kMaxTitleTokens && phrase > begin && words_.mention(phrase - 1) == kNowhere &&
                      (words_.is_capital(phrase - 1) || form(phrase - 1) == ".");
           ++n) {
        --phrase;
      }
    }
    const std::uint32_t before = previous(phrase, begin, level);
    const bool opens = before == kNowhere || before + 1 != phrase || form(before) == "," || form(before) == "and" ||
                       form(before) == "but" || form(before) == "--" || form(before) == "when" ||
                       form(before) == "as" || form(before) == "while" || form(before) == "that";
    if (mention == kNowhere) {
      if (is_subject_pronoun(word) && opens) return pronoun(at);
      continue;
    }
    const bool acts = tokens.end < end && words_.is_word(tokens.end) && form(tokens.end) != "'s" &&
                      form(tokens.end) != "and" && !is_one_of(kPrepositions, form(tokens.end)) &&
                      words_.mention(tokens.end) == kNowhere;
    if (is_speaker_mention(at) && opens && acts) return named(mention);
    at = std::max(begin, tokens.begin);
  }
  return {};
}

// The noun phrase that ends before `end`.
Subject SubjectFinder::phrase_before(std::uint32_t begin, std::uint32_t end, std::uint32_t level) const {
  std::uint32_t from = end;
  bool complete = false;  // a determiner has opened the innermost phrase
  for (int count = 0; count < kMaxPhraseWords; ++count) {
    const std::uint32_t at = previous(from, begin, level);
    if (at == kNowhere || at + 1 != from) break;  // what is quoted ends it
    const std::string_view word = form(at);
    const std::uint32_t mention = words_.mention(at);
    if (mention != kNowhere) {
      if (complete && !is_one_of(kPrepositions, form(from))) break;
      from = std::max(begin, words_.mention_tokens(mention).begin);
      complete = false;
      continue;
    }
    if (is_one_of(kPrepositions, word)) {
      complete = false;
    } else if (word == "-" || word == "'s" || words_.token(at).kind == TokenKind::kNumber) {
      if (complete) break;
    } else if (!words_.is_word(at) || is_one_of(kBreaks, word) || is_subject_pronoun(word) || word == "it" ||
               (complete && !(is_determiner(word) && is_count(form(from))))) {
      break;
    } else if (is_determiner(word)) {
      complete = true;
    }
    from = at;
  }
  return from < end ? of_phrase({from, end}) : Subject{};
}

// What a noun phrase names: a person or organisation only if it is the phrase's head.
Subject SubjectFinder::of_phrase(TokenRange phrase) const {
  // "In Moscow officials said": what stands first with a preposition is no part of the subject.
  while (phrase.begin < phrase.end && is_one_of(kPrepositions, form(phrase.begin))) {
    if (begins_clause(form(phrase.begin))) {
      ++phrase.begin;
      continue;
    }
    std::uint32_t at = phrase.begin + 1;
    if (at < phrase.end && words_.mention(at) != kNowhere) {
      at = words_.mention_tokens(words_.mention(at)).end;
    } else {
      // Up to the next phrase that begins on its own.
      while (at < phrase.end &&
             (at == phrase.begin + 1 || (!is_determiner(form(at)) && words_.mention(at) == kNowhere))) {
        ++at;
      }
    }
    phrase.begin = std::min(at, phrase.end);
  }
  if (phrase.empty()) return {};
  std::uint32_t head_end = phrase.end;
  for (std::uint32_t i = phrase.begin; i < phrase.end; ++i) {
    if (words_.mention(i) == kNowhere && is_one_of(kPrepositions, form(i))) {
      head_end = i;
      break;
    }
    if (words_.mention(i) != kNowhere) i = words_.mention_tokens(words_.mention(i)).end - 1;
  }
  if (head_end > phrase.begin) {
    const std::uint32_t mention = words_.mention(head_end - 1);
    const bool is_all = mention != kNowhere && words_.mention_tokens(mention).begin <= phrase.begin;
    if (mention != kNowhere && (is_speaker_mention(head_end - 1) || is_all)) return named(mention);
  }
  return {SubjectKind::kOther, phrase, kNowhere};
}

// "Peskov, the Kremlin's spokesman," and "Peskov (right)": the aside ends at `end`, a comma or bracket.
Subject SubjectFinder::before_aside(std::uint32_t begin, std::uint32_t end, std::uint32_t level) const {
  Subject last;
  std::uint32_t at = end;
  int count = 0;
  for (at = previous(at, begin, level); at != kNowhere && ++count < kMaxClauseWords; at = previous(at, begin, level)) {
    const std::string_view word = form(at);
    if (word == ";" || word == ":") break;
    const std::uint32_t mention = words_.mention(at);
    if (mention != kNowhere) {
      const TokenRange tokens = words_.mention_tokens(mention);
      const bool is_short_form = tokens.begin > begin && form(tokens.begin - 1) == "(";  // "the ministry (MOW)"
      if (is_speaker_mention(at) && !is_short_form && !is_after_preposition(tokens.begin, begin)) {
        const bool pauses = tokens.end < words_.size() && (is_pause(form(tokens.end)) || tokens.end == end);
        if (pauses || !last) last = named(mention);
      }
      at = std::max(begin, tokens.begin);
      continue;
    }
    if (is_subject_pronoun(word) && (!last || last.kind == SubjectKind::kPronoun)) last = pronoun(at);
  }
  if (last) return last;
  // "The senator, who is from Ohio, said"
  at = begin;
  if (words_.stretch(at) != level) at = next(at, end, level);
  for (count = 0; at != kNowhere && at < end && count < kMaxPhraseWords; ++count) {
    if (is_pause(form(at))) return at > begin ? phrase_before(begin, at, level) : Subject{};
    at = next(at, end, level);
  }
  return {};
}

Subject SubjectFinder::first(std::uint32_t begin, std::uint32_t end, std::uint32_t level) const {
  int count = 0;
  std::uint32_t at = begin;
  if (at < end && words_.stretch(at) != level) at = next(at, end, level);
  bool after_preposition = false;
  for (; at != kNowhere && at < end && ++count < kMaxClauseWords; at = next(at, end, level)) {
    const std::string_view word = form(at);
    if (is_subject_pronoun(word)) return pronoun(at);
    if (const std::uint32_t mention = words_.mention(at); mention != kNowhere) {
      const TokenRange tokens = words_.mention_tokens(mention);
      if (!after_preposition && is_speaker_mention(at)) {
        // "Trump's campaign released": the campaign did.
        if (tokens.end < end && form(tokens.end) == "'s") {
          // "the ministry's Svetlana Lukash"
          const std::uint32_t owned = tokens.end + 1 < end ? words_.mention(tokens.end + 1) : kNowhere;
          if (owned != kNowhere && words_.name_of_mention(owned).kind == NameKind::kPerson) return named(owned);
          return {SubjectKind::kOther, {tokens.begin, std::min(end, tokens.end + 2)}, kNowhere};
        }
        return named(mention);
      }
      at = tokens.end - 1;
      after_preposition = false;
      continue;
    }
    if (is_one_of(kPrepositions, word)) {
      after_preposition = word != "as" || count > 1;  // "As Peskov put it"
    } else if (is_pause(word)) {
      after_preposition = false;
    } else if (is_determiner(word) && !after_preposition && count < 4) {
      std::uint32_t to = at + 1;
      while (to < end && to < at + 8 && words_.is_word(to) && words_.stretch(to) == level &&
             !is_one_of(kBreaks, form(to)) && !is_one_of(kBetween, form(to)) &&
             !verbs_.find(words_.text(), words_.token(to))) {
        ++to;
      }
      if (to > at + 1 && !is_time(form(to - 1)) && form(to - 1) != "later" && form(to - 1) != "earlier") {
        return of_phrase({at, to});
      }
    }
  }
  return {};
}

Subject SubjectFinder::behind(std::uint32_t begin, std::uint32_t end, std::uint32_t level) const {
  if (begin >= end || words_.stretch(begin) != level) return {};
  const std::string_view word = form(begin);
  if (is_subject_pronoun(word)) return pronoun(begin);
  if (!words_.is_word(begin) && words_.token(begin).kind != TokenKind::kNumber) return {};
  if (words_.mention(begin) == kNowhere &&
      (is_one_of(kPrepositions, word) || word == "him" || word == "me" || word == "us" || word == "them" ||
       word == "it" || (is_one_of(kBreaks, word) && word != "that"))) {
    return {};
  }
  if (word == "that") return {};
  std::uint32_t at = begin;
  std::uint32_t last_person = kNowhere;
  std::uint32_t last_name = kNowhere;
  for (int count = 0; at < end && count < kMaxPhraseWords; ++count) {
    if (words_.stretch(at) != level) break;
    if (const std::uint32_t mention = words_.mention(at); mention != kNowhere) {
      const TokenRange tokens = words_.mention_tokens(mention);
      const bool owns = tokens.end < end && form(tokens.end) == "'s";
      if (!owns) last_name = mention;
      if (!owns && words_.name_of_mention(mention).kind == NameKind::kPerson) last_person = mention;
      at = tokens.end;
      continue;
    }
    const std::string_view here = form(at);
    if (is_one_of(kPrepositions, here) || is_one_of(kBreaks, here) || here == "her" || here == "him") {
      if (here != "her" || at > begin) break;
    }
    if (!words_.is_word(at) && here != "-" && words_.token(at).kind != TokenKind::kNumber) break;
    ++at;
  }
  at = std::min(at, end);
  if (at == begin) return {};
  const bool and_another = at + 1 < end && form(at) == "and" && is_speaker_mention(at + 1);
  if (last_person != kNowhere && words_.mention_tokens(last_person).end == at && !and_another)
    return named(last_person);
  if (last_name != kNowhere && words_.mention_tokens(last_name).end == at && !and_another) {
    const TokenRange tokens = words_.mention_tokens(last_name);
    const bool is_all = tokens.begin == begin || (tokens.begin == begin + 1 && is_determiner(form(begin)));
    if (is_speaker_mention(tokens.begin) || is_all) return named(last_name);
  }
  const bool is_apposition = is_determiner(word);
  if (last_person != kNowhere && !and_another && !is_apposition) return named(last_person);
  if (and_another) at = words_.mention_tokens(words_.mention(at + 1)).end;
  // "a spokesman for Trump"
  while (at + 1 < end && (form(at) == "of" || form(at) == "for" || form(at) == "at" || form(at) == "from") &&
         words_.stretch(at + 1) == level && words_.is_word(at + 1)) {
    ++at;
    const auto joins_names = [&](std::uint32_t i) {  // "Ports and Fisheries"
      return form(i) == "and" && words_.is_capital(i - 1) && i + 1 < end && words_.is_capital(i + 1);
    };
    while (at < end && words_.stretch(at) == level && words_.is_word(at) && !is_one_of(kPrepositions, form(at)) &&
           (!is_one_of(kBreaks, form(at)) || joins_names(at))) {
      ++at;
    }
  }
  // "the Kremlin's spokesman, Dmitry Peskov"; "the Minister of Ports, Dr Georgia Lincoln"
  if (is_apposition && at < end && form(at) == ",") {
    std::uint32_t name = at + 1;
    while (name < end && name < at + 4 && words_.mention(name) == kNowhere && words_.is_capital(name)) ++name;
    if (name < end && words_.mention(name) != kNowhere && words_.stretch(name) == level &&
        words_.name_of_mention(words_.mention(name)).kind == NameKind::kPerson) {
      return named(words_.mention(name));
    }
  }
  if (last_person != kNowhere && !and_another) return named(last_person);
  return {SubjectKind::kOther, {begin, at}, kNowhere};
}

}  // namespace dateline
