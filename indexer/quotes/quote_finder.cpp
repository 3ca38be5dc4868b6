// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/quote_finder.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "common/char_class.h"
#include "common/person_name.h"

namespace dateline {
namespace {

constexpr std::uint32_t kMinWords = 5;           // of a quote that nothing but its marks shows to be one
constexpr std::uint32_t kUnspacedWordBytes = 6;  // two characters of Japanese or Chinese
constexpr std::uint32_t kMaxShortDistance = 6;   // of a verb that a shorter one needs
constexpr std::uint32_t kMinReported = 3;        // tokens of speech without marks that a quote goes on with
constexpr std::uint32_t kMaxContinuedBytes = 160;
constexpr std::uint32_t kMaxSpeechTokens = 120;     // that are looked through for whom a pronoun in it means
constexpr std::uint32_t kMaxSpeechParagraphs = 20;  // that are looked through for who speaks

std::uint32_t count_words(const ArticleWords& words, TokenRange tokens) {
  std::uint32_t count = 0;
  for (std::uint32_t i = tokens.begin; i < tokens.end; ++i) {
    const NameToken& token = words.token(i);
    if (token.kind != TokenKind::kWord && token.kind != TokenKind::kNumber) continue;
    std::size_t at = 0;
    const bool is_unspaced = class_of(next_code_point(words.written(i), at)) == CharClass::kUnspaced;
    count += is_unspaced ? token.span.size() / kUnspacedWordBytes + 1 : 1;
  }
  return count;
}

// “The Art of the Deal”: capitals on all words but small ones.
bool is_title(const ArticleWords& words, TokenRange tokens) {
  std::uint32_t capitals = 0;
  std::uint32_t small = 0;
  for (std::uint32_t i = tokens.begin; i < tokens.end; ++i) {
    if (!words.is_word(i) || words.form(i) == "'s") continue;
    if (words.is_capital(i)) {
      ++capitals;
    } else if (words.token(i).span.size() > 3 && words.form(i) != "with" && words.form(i) != "from") {
      ++small;
    }
  }
  return capitals > 1 && small == 0;
}

// Speech without marks that runs over a quote which stands by itself: the quote is the better reading.
void drop_repeated(std::vector<Quote>& quotes) {
  Quote* reported = nullptr;
  for (Quote& quote : quotes) {
    if (quote.kind == QuoteKind::kIndirect) {
      reported = &quote;
    } else if (quote.kind == QuoteKind::kDirect && reported != nullptr && quote.span.begin < reported->span.end) {
      reported->span = {};
    }
  }
  std::erase_if(quotes, [](const Quote& quote) { return quote.span.empty(); });
}

}  // namespace

std::vector<Quote> QuoteFinder::find(const std::vector<Sentence>& sentences, const TokenizedText& tokens,
                                     const ArticleNames& names) {
  words_.prepare(sentences, tokens, names);
  pronouns_.begin(words_);
  spoken_.assign(words_.stretches().size(), {});
  roles_.begin(words_);
  sources_.begin(words_);
  bearers_.clear();
  last_outer_ = kNowhere;
  outer_before_ = kNowhere;
  last_reported_ = {};
  std::vector<Quote> quotes;
  const std::vector<ReportedSpeech> reported = indirect_.find(words_, verbs_);
  auto next = reported.begin();
  for (std::uint32_t s = 0; s < words_.stretches().size(); ++s) {
    const QuotedStretch& stretch = words_.stretches()[s];
    for (; next != reported.end() && next->content.begin < stretch.tokens.begin; ++next) {
      quotes.push_back(read(*next));
      last_reported_ = next->subject ? *next : ReportedSpeech{};
    }
    const Spoken spoken = spoken_[s] = read(s);
    if (!spoken.is_quote) continue;
    if (stretch.parent == kNowhere) {
      outer_before_ = last_outer_;
      last_outer_ = s;
    }
    Quote quote;
    quote.span = words_.bytes(stretch.tokens);
    quote.name = spoken.name;
    quote.rule = spoken.cue.rule;
    quote.confidence = spoken.cue.confidence;
    if (spoken.cue) {
      // Whom somebody quotes is worth telling only if it can be told who that is.
      const bool is_known = stretch.parent == kNowhere || spoken.name != kNobody;
      if (is_known) quote.speaker = written(spoken.cue.subject);
      if (!spoken.cue.verb.empty()) quote.cue = words_.bytes(spoken.cue.verb);
    }
    quote.kind = stands_by_itself(s) ? QuoteKind::kDirect : QuoteKind::kMixed;
    quotes.push_back(quote);
  }
  for (; next != reported.end(); ++next) quotes.push_back(read(*next));
  drop_repeated(quotes);
  return quotes;
}

// Not amid words of the article: as a sentence, or behind “…,” and “…:”.
bool QuoteFinder::stands_by_itself(std::uint32_t stretch) const {
  const std::uint32_t open = words_.stretches()[stretch].marked().begin;
  return CueFinder(words_, verbs_).begins_sentence(stretch) || spoken_[stretch].cue.rule == SpeakerRule::kContinued ||
         words_.form(open - 1) == "," || words_.form(open - 1) == ":";
}

// Of text without blanks a name is but a part of its token.
ByteSpan QuoteFinder::written(const Subject& subject) const {
  const bool is_part = subject.kind == SubjectKind::kName && subject.tokens.size() == 1;
  return is_part ? words_.names().mentions[subject.mention].span : words_.bytes(subject.tokens);
}

Quote QuoteFinder::read(const ReportedSpeech& reported) {
  Quote quote;
  quote.kind = QuoteKind::kIndirect;
  quote.span = words_.bytes(reported.content);
  if (!reported.subject) return quote;
  quote.rule = reported.rule;
  quote.confidence = reported.confidence;
  quote.cue = words_.bytes(reported.cue);
  quote.speaker = words_.bytes(reported.subject.tokens);
  quote.name = name_of(reported.subject, kNowhere);
  if (reported.is_stripped && reported.subject.kind == SubjectKind::kPronoun && has_namesake(quote.name)) {
    quote.name = kNobody;
  }
  if (quote.name != kNobody) pronouns_.note_speaker(quote.name, reported.subject.tokens.begin);
  return quote;
}

// Whether the article knows another person of that surname.
bool QuoteFinder::has_namesake(std::uint32_t name) {
  if (name == kNobody) return false;
  const std::vector<ArticleName>& names = words_.names().names;
  const auto surname_of = [&](const ArticleName& one) {
    const PersonName person = parse_person_name(one.name);
    return one.kind != NameKind::kPerson || person.words.empty() ? std::string() : person.last();
  };
  if (bearers_.empty()) {
    for (const ArticleName& one : names) ++bearers_[surname_of(one)];
  }
  const std::string surname = surname_of(names[name]);
  return !surname.empty() && bearers_[surname] > 1;
}

bool QuoteFinder::is_person(std::uint32_t name) const {
  return name != kNobody && words_.names().names[name].kind == NameKind::kPerson;
}

// A speech of several paragraphs, of which only the last says whose it is, or none: then it is the person's with whom
// the paragraph before begins and ends.
QuoteFinder::Spoken QuoteFinder::opens_speech(std::uint32_t stretch) {
  if (!is_whole_paragraph(stretch) || words_.stretches()[stretch].is_closed) return {};
  const CueFinder cues(words_, verbs_);
  Spoken spoken;
  std::uint32_t paragraphs = 0;
  for (std::uint32_t s = stretch; !words_.stretches()[s].is_closed;) {
    const std::uint32_t next = following_paragraph(s);
    if (next == kNowhere || ++paragraphs > kMaxSpeechParagraphs) return {};
    s = next;
    if (const Cue cue = cues.find(s); cue.confidence == Confidence::kHigh) {
      spoken.cue = cue;
      break;
    }
  }
  if (!spoken.cue) return after_portrait(stretch);
  spoken.cue.rule = SpeakerRule::kParagraph;
  spoken.cue.verb = {};
  spoken.name = name_of(spoken.cue.subject, kNowhere);
  return spoken;
}

// A paragraph of nothing but speech behind one about a single person: with them it begins, and nobody else acts in it.
QuoteFinder::Spoken QuoteFinder::after_portrait(std::uint32_t stretch) {
  const std::uint32_t here = words_.paragraph(words_.stretches()[stretch].tokens.begin);
  if (here == 0 || !is_whole_paragraph(stretch)) return {};
  const TokenRange before = words_.paragraphs()[here - 1];
  if (before.size() < 2) return {};
  // Behind somebody's speech another may answer.
  for (const std::uint32_t last : {before.end - 1, before.end - 2}) {
    const std::uint32_t s = words_.stretch(last);
    if (s != kNowhere && (words_.stretches()[s].parent != kNowhere || stands_by_itself(s))) return {};
  }
  const CueFinder cues(words_, verbs_);
  Spoken spoken;
  for (std::uint32_t s = words_.sentence_of(before.begin); s <= words_.sentence_of(before.end - 1); ++s) {
    const TokenRange sentence = words_.sentence(s);
    if (sentence.empty()) continue;
    const Subject subject = cues.first_subject(s);
    if (subject.kind == SubjectKind::kName) {
      const std::uint32_t name = name_of(subject, kNowhere);
      if (spoken.cue && name != spoken.name) return {};
      spoken.name = name;
      spoken.cue.subject = subject;
      spoken.cue.rule = SpeakerRule::kSubject;
    } else if (!spoken.cue || (!subject && words_.stretch(sentence.begin) == kNowhere)) {
      return {};  // "Others rose."
    }
  }
  return is_person(spoken.name) ? spoken : Spoken{};
}

// The stretch with which the next paragraph begins.
std::uint32_t QuoteFinder::following_paragraph(std::uint32_t stretch) const {
  const std::uint32_t paragraph = words_.paragraph(words_.stretches()[stretch].tokens.begin) + 1;
  if (paragraph >= words_.paragraphs().size()) return kNowhere;
  const std::uint32_t s = words_.stretch(words_.paragraphs()[paragraph].begin);
  return s != kNowhere && words_.stretches()[s].parent == kNowhere ? s : kNowhere;
}

QuoteFinder::Spoken QuoteFinder::read(std::uint32_t stretch) {
  const QuotedStretch& one = words_.stretches()[stretch];
  const CueFinder cues(words_, verbs_);
  Spoken spoken;
  spoken.cue = cues.find(stretch);
  if (spoken.cue) {
    spoken.name = name_of(spoken.cue.subject, one.parent);
  } else if (one.parent == kNowhere && cues.begins_sentence(stretch)) {
    spoken = going_on(stretch);
    if (!spoken.cue) spoken = opens_speech(stretch);
    if (!spoken.cue && count_words(words_, one.tokens) > kMinWords) {
      spoken.cue = cues.sentence_before(stretch, /*same_paragraph=*/true);
      if (spoken.cue) spoken.name = name_of(spoken.cue.subject, one.parent);
      if (!is_person(spoken.name)) spoken = {};
      if (!spoken.cue) spoken = after_portrait(stretch);
    }
  }
  if (!spoken.cue && one.parent == kNowhere) spoken = inside_reported(stretch);
  if (!spoken.cue) {
    spoken.cue = cues.by_noun(stretch);
    spoken.name = name_of(spoken.cue.subject, one.parent);
  }
  // Who says "I" in a quote is named where the quote's speaker is.
  if (one.parent != kNowhere && spoken.name != kNobody && words_.form(spoken.cue.subject.tokens.begin) == "i") {
    spoken.cue.subject = spoken_[one.parent].cue.subject;
  }
  // A name that reaches into the quote is none.
  const TokenRange marked = one.marked();
  const TokenRange subject = spoken.cue.subject.tokens;
  if (subject.begin < marked.end && subject.end > marked.begin) spoken = {};
  spoken.is_quote = is_quote(stretch, spoken.cue);
  if (spoken.is_quote && one.parent == kNowhere && spoken.name != kNobody) {
    pronouns_.note_speaker(spoken.name, one.tokens.end - 1);
  }
  return spoken;
}

QuoteFinder::Spoken QuoteFinder::going_on(std::uint32_t stretch) {
  const Spoken reported = after_reported(stretch);
  // “…,” said Peskov, who said that nothing had been agreed. “…”
  const bool is_beside_quote = reported.cue && last_outer_ != kNowhere &&
                               words_.sentence_of(reported.cue.subject.tokens.begin) ==
                                   words_.sentence_of(words_.stretches()[last_outer_].tokens.end - 1);
  if (reported.cue && !is_beside_quote) return reported;
  const Spoken spoken = continued(stretch);
  return spoken.cue ? spoken : reported;
}

// Words in marks amid speech that has none are the same speaker's: Peskov boasted that the talks were “a done deal”.
QuoteFinder::Spoken QuoteFinder::inside_reported(std::uint32_t stretch) {
  const TokenRange tokens = words_.stretches()[stretch].tokens;
  if (!last_reported_.subject || last_reported_.content.end < tokens.end) return {};
  Spoken spoken;
  spoken.cue.subject = last_reported_.subject;
  spoken.cue.verb = last_reported_.cue;
  spoken.cue.distance = tokens.begin - last_reported_.content.begin;
  spoken.cue.rule = last_reported_.rule;
  spoken.name = name_of(last_reported_.subject, kNowhere);
  return spoken;
}

// Peskov said nothing had been agreed. “…”
QuoteFinder::Spoken QuoteFinder::after_reported(std::uint32_t stretch) {
  const std::uint32_t open = words_.stretches()[stretch].marked().begin;
  const std::uint32_t end = last_reported_.content.end;
  if (last_reported_.content.size() < kMinReported) return {};  // "Peskov said she might."
  if (!last_reported_.subject || last_reported_.subject.kind == SubjectKind::kOther || end > open ||
      last_reported_.is_stripped)
    return {};
  // The next paragraph may be somebody else's, unless the evidence is good.
  const std::uint32_t apart = words_.paragraph(open) - words_.paragraph(end - 1);
  const bool is_near = last_reported_.confidence == Confidence::kHigh && is_whole_paragraph(stretch);
  if (apart > (is_near ? 1U : 0U)) return {};
  const std::uint32_t last = std::max(last_reported_.cue.end, end) - 1;
  if (words_.sentence_of(last) + 1 != words_.sentence_of(open)) return {};
  Spoken spoken;
  spoken.cue.subject = last_reported_.subject;
  spoken.cue.rule = SpeakerRule::kContinued;
  spoken.name = name_of(last_reported_.subject, kNowhere);
  return spoken;
}

// The speech goes on: in the same paragraph, or in the next one.
QuoteFinder::Spoken QuoteFinder::continued(std::uint32_t stretch) {
  if (last_outer_ == kNowhere || !spoken_[last_outer_].cue) return {};
  const QuotedStretch& one = words_.stretches()[stretch];
  const QuotedStretch& before = words_.stretches()[last_outer_];
  Spoken spoken = spoken_[last_outer_];
  spoken.cue.verb = {};
  const std::uint32_t here = words_.paragraph(one.tokens.begin);
  const std::uint32_t there = words_.paragraph(before.tokens.begin);
  const std::uint32_t gap = words_.token(one.tokens.begin).span.begin - words_.token(before.tokens.end - 1).span.end;
  // “…,” said Peskov, who …. “…”: however long what stands between, it is the sentence that tells who speaks.
  const std::uint32_t end = before.marked().end;
  const bool is_next = end < words_.size() && words_.sentence_of(end) + 1 >= words_.sentence_of(one.tokens.begin);
  if (here == there && (is_next || gap < kMaxContinuedBytes)) {
    spoken.cue.rule = SpeakerRule::kContinued;
    const Spoken other = taking_over(stretch);
    return other.cue && other.name != spoken.name ? other : spoken;
  }
  if (here != there + 1) return {};
  const bool is_list = spoken.cue.rule == SpeakerRule::kColon && is_whole_paragraph(last_outer_);
  if (!is_list) spoken.cue.rule = SpeakerRule::kParagraph;
  if (!before.is_closed) return spoken;
  spoken.cue.confidence = Confidence::kMedium;
  if (!is_whole_paragraph(stretch)) return {};
  if (is_list) return spoken;
  if (leads_on(last_outer_)) return spoken;
  // “…,” Peskov said. He rose.
  const Cue rose = CueFinder(words_, verbs_).sentence_before(stretch, /*same_paragraph=*/false);
  if (!rose || !is_person(spoken.name) || name_of(rose.subject, kNowhere) != spoken.name) return {};
  spoken.cue.subject = rose.subject;
  return spoken;
}

// “…,” he said. She paused. “…”
QuoteFinder::Spoken QuoteFinder::taking_over(std::uint32_t stretch) {
  Spoken spoken;
  spoken.cue = CueFinder(words_, verbs_).sentence_before(stretch, /*same_paragraph=*/true);
  const TokenRange subject = spoken.cue.subject.tokens;
  if (spoken.cue.subject.kind != SubjectKind::kPronoun) return {};
  if (subject.begin < words_.stretches()[last_outer_].marked().end) return {};
  if (words_.sentence_of(subject.begin) == words_.sentence_of(words_.stretches()[last_outer_].marked().end - 1))
    return {};
  spoken.name = name_of(spoken.cue.subject, kNowhere);
  return is_person(spoken.name) ? spoken : Spoken{};
}

// Whether a paragraph ends as “…,” Peskov said: who speaks on in the next one is likely the same. Behind one that ends
// with the mark, or with words about something else, it may be anybody.
bool QuoteFinder::leads_on(std::uint32_t stretch) const {
  const QuotedStretch& before = words_.stretches()[stretch];
  const std::uint32_t end = words_.paragraphs()[words_.paragraph(before.tokens.begin)].end;
  if (before.marked().end + 1 >= end) return false;
  const bool is_speech =
      count_words(words_, before.tokens) >= kMinWords || CueFinder(words_, verbs_).begins_sentence(stretch);
  if (!is_speech) return false;
  const std::string_view last = words_.form(before.tokens.end - 1);
  const std::uint32_t goes_on = last == "?" || last == "!" ? 1 : 0;
  return words_.sentence_of(end - 1) <= words_.sentence_of(before.marked().end - 1) + goes_on;
}

bool QuoteFinder::is_whole_paragraph(std::uint32_t stretch) const {
  const TokenRange tokens = words_.stretches()[stretch].tokens;
  const TokenRange paragraph = words_.paragraphs()[words_.paragraph(tokens.begin)];
  return tokens.begin <= paragraph.begin + 1 && tokens.end + 2 >= paragraph.end;
}

bool QuoteFinder::is_quote(std::uint32_t stretch, const Cue& cue) const {
  const QuotedStretch& one = words_.stretches()[stretch];
  const std::uint32_t words = count_words(words_, one.tokens);
  if (words == 0) return false;
  const std::uint32_t open = one.marked().begin;
  // A nickname: Earvin “Magic” Johnson.
  if (words_.mention(one.tokens.begin) != kNowhere && words_.mention(open) == words_.mention(one.tokens.begin)) {
    return false;
  }
  // One in another shows that it is a quote by its verb.
  if (one.parent != kNowhere && !cue) return words >= kMinWords && open > 0 && words_.form(open - 1) == ":";
  if (is_title(words_, one.tokens) && cue.distance > 2) return false;
  if (open > 1 && words_.form(open - 1) == "called" && words_.form(open - 2) == "-") return false;
  if (!one.is_opened && cue.rule != SpeakerRule::kAfter && cue.rule != SpeakerRule::kInverted) return false;
  // “…,” by the Post's Amy Spencer
  if (!cue && one.marked().end < words_.size() && words_.form(one.marked().end) == "by") return false;
  if (!cue) return words >= kMinWords && !is_title(words_, one.tokens) && one.is_opened;
  switch (cue.rule) {
    case SpeakerRule::kAfter:
    case SpeakerRule::kInverted:
    case SpeakerRule::kColon:
      return true;
    default:
      return words >= kMinWords || cue.distance <= kMaxShortDistance;
  }
}

std::uint32_t QuoteFinder::name_of(const Subject& subject, std::uint32_t level) {
  switch (subject.kind) {
    case SubjectKind::kName:
      return words_.names().mentions[subject.mention].name;
    case SubjectKind::kPronoun:
      if (level == kNowhere) return pronouns_.person_at(subject.tokens.begin);
      // In what somebody says, "I" is who says it.
      if (words_.form(subject.tokens.begin) == "i") return spoken_[level].name;
      return person_spoken_of(level, subject.tokens.begin);
    case SubjectKind::kOther:
      if (const std::uint32_t name = sources_.name_of(subject.tokens); name != kNobody) return name;
      if (const std::uint32_t name = writer_of(subject.tokens); name != kNobody) return name;
      return roles_.name_of(subject.tokens);
    case SubjectKind::kNone:
      break;
  }
  return kNobody;
}

// “CM is Caroline Marsh. I heard that she said, ‘…’”: the one person of whom the speech has told before token `i`.
std::uint32_t QuoteFinder::person_spoken_of(std::uint32_t level, std::uint32_t i) {
  const std::optional<Gender> gender = gender_of_pronoun(words_.form(i));
  if (!gender) return kNobody;
  const std::uint32_t speaker = spoken_[level].name;
  std::uint32_t begin = words_.stretches()[level].tokens.begin;
  // The part of the speech before: “…,” said Peskov. “…”
  if (spoken_[level].cue.rule == SpeakerRule::kContinued && outer_before_ < level) {
    begin = words_.stretches()[outer_before_].tokens.begin;
  }
  std::uint32_t person = kNobody;
  bool is_told_apart = false;  // from others of that surname
  for (std::uint32_t at = i; at > begin && i - at < kMaxSpeechTokens; --at) {
    const std::uint32_t mention = words_.mention(at - 1);
    if (mention == kNowhere || words_.stretch(at - 1) == kNowhere) continue;
    const std::uint32_t name = words_.names().mentions[mention].name;
    const ArticleName& known = words_.names().names[name];
    if (!is_person(name) || name == speaker || (known.gender != Gender::kUnknown && known.gender != *gender)) continue;
    if (person != kNobody && person != name) return kNobody;
    person = name;
    is_told_apart = is_told_apart || words_.mention_tokens(mention).size() > 1;
  }
  return is_told_apart || !has_namesake(person) ? person : kNobody;
}

// "her letter said"
std::uint32_t QuoteFinder::writer_of(TokenRange phrase) {
  if (phrase.size() != 2) return kNobody;
  static constexpr std::array<std::string_view, 12> kDocuments = {"book",   "column", "diary",     "email",
                                                                  "essay",  "letter", "memo",      "message",
                                                                  "report", "speech", "statement", "testimony"};
  const bool is_document = std::binary_search(kDocuments.begin(), kDocuments.end(), words_.form(phrase.begin + 1));
  return is_document ? pronouns_.person_at(phrase.begin) : kNobody;
}

}  // namespace dateline
