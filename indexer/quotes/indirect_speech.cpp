// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/indirect_speech.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "common/text.h"
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dateline {
namespace {

constexpr std::uint32_t kMaxAdjunct = 16;    // words of "in a telephone interview on Monday"
constexpr std::uint32_t kMaxAddressee = 10;  // of "the chairmen of both committees"
constexpr std::uint32_t kMaxToVerb = 12;     // from a clause's begin to its finite verb
constexpr std::uint32_t kMinWords = 2;       // of what is said
constexpr std::uint32_t kMinWordsOfPhrase = 4;
constexpr std::uint32_t kMinWordsBehindColon = 4;
constexpr std::uint32_t kMaxContent = 120;  // tokens of it
constexpr std::uint32_t kMaxDateline = 16;  // tokens of "PARIS, June 9 (AFP) - "
constexpr std::uint32_t kMaxSource = 40;    // tokens of a source with its asides

using V = ReportingVerb;

struct VerbGroup {
  std::uint16_t complements;
  std::string_view forms;
};

constexpr std::array<VerbGroup, 13> kVerbs = {{
    {V::kThat | V::kClause | V::kQuestion | V::kParenthetical, "said says say saying"},
    {V::kThat | V::kClause | V::kQuestion | V::kInfinitive | V::kAddressee | V::kParenthetical,
     "told tells tell telling"},
    {V::kThat | V::kFinite | V::kQuestion | V::kParenthetical,
     "added adds add adding argued argues argue arguing noted notes note noting stated stating explained "
     "explains explain explaining insisted insists insist insisting claimed claims claim claiming suggested suggests "
     "suggest suggesting wrote writes write writing tweeted tweets tweeting announced announces announcing reported "
     "reports reporting acknowledged acknowledges acknowledge acknowledging conceded concedes concede conceding "
     "admitted admits admit admitting asserted asserts assert asserting contended contends contend contending "
     "predicted predicts predict predicting warned warns warn warning declared declares declaring concluded concludes "
     "conclude concluding confirmed confirms confirm confirming recalled recalls recalling replied replies replying "
     "responded revealed reveals revealing remarked joked jokes joking lamented complained complains "
     "complaining cautioned cautions cautioning stressed stresses stressing emphasized emphasizes emphasizing "
     "reiterated reiterates reiterating testified testifies continued mused quipped boasted boasts boasting estimated "
     "estimates estimating disclosed maintained maintains maintaining alleged alleges alleging "
     "indicated indicates indicate indicating implied implies implying hinted hints speculated speculates "
     "speculating recounted bragged observed opined ruled clarified clarifies texted shouted answered answers"},
    {V::kThat | V::kFinite | V::kParenthetical,
     "believe believes believed believing think thinks thought thinking hope hopes hoped hoping fear fears feared "
     "fearing expects expect worry worries worried doubt doubts assume assumes feel feels felt "
     "suspect suspects suspected imagine guess"},
    {V::kThat | V::kFinite | V::kParenthetical, "found"},
    {V::kThat | V::kFinite | V::kQuestion,
     "shown know knows knew learned realized discovered determined decided "
     "understand understands recognize recognizes remember remembers remembered agree agrees agreed denied denies "
     "concerned convinced confident hopeful optimistic adamant ordered demanding demanded requested recommended "
     "proposed promised vowed pledged assured disputed disputes dispute reminded reminding informed"},
    {V::kQuestion | V::kFinite | V::kInfinitive | V::kAddressee, "asked asks ask asking"},
    {V::kQuestion, "wonder wonders wondered wondering questioned questioning questions"},
    {V::kInfinitive,
     "refused refuses refusing vowed vows vow vowing promised promises promise promising agreed agrees pledged pledges "
     "pledging hopes hoped hoping threatened threatens threatening offered offers proposed proposes plans planned "
     "expects wants wanted demanded"},
    {V::kThat | V::kFinite | V::kPhrase | V::kParenthetical, "show shows showed showing finds"},
    {V::kPhrase,
     "criticized criticizes criticizing criticize praised praises praising cited cites citing described describes "
     "describing accused accuses accusing endorsed endorses endorsing endorse defended defends defending rejected "
     "rejects rejecting dismissed dismisses dismissing blamed blames blaming attacked attacks mentioned mentions "
     "mentioning denounced denounces denouncing blasted blasts blasting condemned condemns condemning slammed slams "
     "slamming decried decries reiterated reiterating stressed stressing emphasized highlighted highlighting voiced "
     "expressed expresses expressing discussed discussing touted touts touting questioned questioning acknowledged "
     "revealed announced announcing proposed supports opposed opposes mocked mocks mocking welcomed welcomes invoked "
     "invokes invoking referenced referencing unveiled predicted predicting promised promises promising recalled "
     "recalling reminded reminding encouraged thanked thanking suggested suggests urged urging urges lamented "
     "rebuked assailed ridiculed applauded likened characterized portrayed recounted insulted derided lambasted "
     "admitted "
     "offered ordered reported reports denied denies"},
    {V::kTopic,
     "called calls calling talked talking spoke speaks referred refers referring pointed points pointing "
     "alluded alluding complained complains joked joking responded responds asked asks asking criticized bragged "
     "boasted boasts warned warns warning railed touched commented"},
    {V::kInfinitive | V::kAddressee, "urged urges urging ordered orders encouraged encourages advised advises warned"},
}};

constexpr std::string_view kSubjectPronouns = " he she they it i we there nobody everybody ";
constexpr std::string_view kFiniteVerbs =
    " is are was were am be been has have had will would can could may might must should shall does do did isn't "
    "aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't doesn't don't didn't ";
constexpr std::string_view kQuestionWords = " whether if what how why ";
constexpr std::string_view kPrepositions =
    " in on at during to after of before from by about with for through via as under over until into against outside "
    "inside near "
    "behind between around among within ";
constexpr std::string_view kTimes =
    " monday tuesday wednesday thursday friday saturday sunday today yesterday tonight late early later earlier last "
    "recently again publicly privately repeatedly ";
constexpr std::string_view kDeterminers =
    " the a an his her its their our my this these those some many most all no each any ";
constexpr std::string_view kAdjuncts = " in on at with during after before according compared which who where ";
constexpr std::string_view kBetween = " then also later now ";
constexpr std::string_view kYoungerOrElder = " younger elder older ";
constexpr std::string_view kLinks = " and but or still yet so however meanwhile also then ";
constexpr std::string_view kSubordinators = " while as if when though although because since after before despite ";
constexpr std::string_view kEndsBehindComma = " compared according despite though although while whereas even drawing ";

// Whether `word` stands between blanks in `list`.
bool in_list(std::string_view list, std::string_view word) {
  if (word.empty() || word.find(' ') != std::string_view::npos) return false;
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    if (at > 0 && list[at - 1] == ' ' && at + word.size() < list.size() && list[at + word.size()] == ' ') return true;
  }
  return false;
}

bool is_being(std::string_view form) {
  return form == "was" || form == "were" || form == "been" || form == "be" || form == "being" || form == "is" ||
         form == "are" || form == "got";
}

bool is_stop(std::string_view form) { return form == "." || form == "!" || form == "?" || form == ";" || form == ":"; }

// The speech of one article.
class Reader {
 public:
  Reader(const IndirectSpeech& verbs, const ArticleWords& words, const SpeechVerbs& speech_verbs)
      : verbs_(verbs), words_(words), subjects_(words, speech_verbs) {}

  std::vector<ReportedSpeech> read() {
    auto block = words_.text().paragraphs.begin();
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
      if (is_quoted(i)) continue;
      while (i >= block->end) ++block;
      is_stripped_ = !block->cased;
      if (is_stripped_) {
        if (i >= done_) stripped(i, *block);
        continue;
      }
      if (form(i) == ":") colon(i);
      if (!words_.is_word(i)) continue;
      if (form(i) == "according" && i + 2 < words_.size() && form(i + 1) == "to") {
        enter(i);
        according_to(i);
        continue;
      }
      const ReportingVerb verb = verbs_.verb(words_.token(i));
      if (verb.complements == 0 || words_.mention(i) != kNowhere || i < done_) continue;
      enter(i);
      attribution(i, verb);
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string_view form(std::uint32_t i) const { return words_.form(i); }
  [[nodiscard]] bool is(std::string_view list, std::uint32_t i) const { return in_list(list, form(i)); }
  [[nodiscard]] bool is_quoted(std::uint32_t i) const { return words_.stretch(i) != kNowhere; }

  void enter(std::uint32_t i) {
    const TokenRange sentence = words_.sentence(words_.sentence_of(i));
    const TokenRange paragraph = words_.paragraphs()[words_.paragraph(i)];
    begin_ = sentence.begin > paragraph.begin ? sentence.begin : behind_dateline(paragraph);
    if (const std::uint32_t end = std::min(sentence.end, paragraph.end); end != end_) {
      end_ = end;
      last_word_ = trimmed(begin_, end_);
    }
  }

  // Where the text of a paragraph begins: behind "MOSCOW (Reuters) - ", if it begins so.
  [[nodiscard]] std::uint32_t behind_dateline(TokenRange paragraph) const {
    const std::uint32_t latest = std::min(paragraph.end, paragraph.begin + kMaxDateline);
    for (std::uint32_t i = paragraph.begin + 1; i + 1 < latest && !is_quoted(i); ++i) {
      const bool is_dash = (form(i) == "-" || form(i) == "--") && stands_apart(i) && stands_apart(i + 1);
      const bool is_place = words_.token(paragraph.begin).capitals == Capitals::kAll || form(i - 1) == ")";
      if (is_dash) return is_place ? i + 1 : paragraph.begin;
    }
    return paragraph.begin;
  }

  [[nodiscard]] bool stands_apart(std::uint32_t i) const {
    return words_.token(i).span.begin > words_.token(i - 1).span.end;
  }

  // Behind the last word of `from`..`to`.
  [[nodiscard]] std::uint32_t trimmed(std::uint32_t from, std::uint32_t to) const {
    while (to > from && !is_quoted(to - 1) && !words_.is_word(to - 1) &&
           words_.token(to - 1).kind != TokenKind::kNumber && form(to - 1) != "%" && form(to - 1) != ")") {
      --to;
    }
    return to;
  }

  [[nodiscard]] std::uint32_t count_words(std::uint32_t from, std::uint32_t to) const {
    std::uint32_t count = 0;
    for (; from < to; ++from) {
      count += words_.is_word(from) || words_.token(from).kind == TokenKind::kNumber ? 1 : 0;
    }
    return count;
  }

  // `to`, or where the quotation begins that goes beyond it.
  [[nodiscard]] std::uint32_t before_torn_quote(std::uint32_t to) const {
    if (to == 0 || !is_quoted(to - 1)) return to;
    const TokenRange quote = words_.stretches()[words_.stretch_below(to - 1, kNowhere)].marked();
    return quote.end > to ? quote.begin : to;
  }

  bool keep(std::uint32_t from, std::uint32_t to, const Subject& subject, TokenRange cue, SpeakerRule rule,
            Confidence confidence) {
    from = std::max(from, done_);
    while (from < to && !words_.is_word(from) && words_.token(from).kind != TokenKind::kNumber && !is_quoted(from) &&
           form(from) != "$" && form(from) != "€" && form(from) != "£") {
      ++from;
    }
    if (from < to && is_quoted(from)) return false;
    to = trimmed(from, before_torn_quote(to));
    const auto lies_in = [&](TokenRange part) { return !part.empty() && part.begin < to && part.end > from; };
    if (lies_in(cue) || lies_in(subject.tokens)) return false;
    if (to <= from || count_words(from, to) < kMinWords) return false;
    found_.push_back({{from, to}, subject, cue, rule, confidence, is_stripped_});
    done_ = to;
    return true;
  }

  // The end of the clause that begins at `from`.
  [[nodiscard]] std::uint32_t clause_end(std::uint32_t from, bool until_comma) const {
    const std::uint32_t latest = from + std::min(end_ - from, kMaxContent);
    for (std::uint32_t i = from; i < latest; ++i) {
      if (is_quoted(i)) continue;
      const std::string_view word = form(i);
      if (word == ";" || word == "--" || word == ":") return i;
      if (word == "," && i + 1 < end_ && is_attribution_at_end(i + 1)) return i;
      if (word == "," && i + 1 < end_) {
        if (until_comma || is_quoted(i + 1)) return i;
        if (ends_behind_comma(i + 1)) return i;
      }
      if (i > from && (word == "and" || word == "but") && i + 1 < end_ && is_matrix_verb(i + 1)) return i;
    }
    return latest;
  }

  // ", the Daily Caller reports."
  [[nodiscard]] bool is_attribution_at_end(std::uint32_t from) const {
    const std::uint32_t last = last_word_;
    return last > from + 1 && last <= from + 8 && !is_quoted(last - 1) &&
           verbs_.verb(words_.token(last - 1)).takes(V::kParenthetical);
  }

  [[nodiscard]] bool is_matrix_verb(std::uint32_t i) const {
    const ReportingVerb verb = verbs_.verb(words_.token(i));
    return verb.takes(V::kThat) && !verb.is_participle && !is_quoted(i);
  }

  // What follows the comma is no part of the speech: ", adding", ", compared with", ", but he said".
  [[nodiscard]] bool ends_behind_comma(std::uint32_t i) const {
    const std::string_view word = form(i);
    if (is(kEndsBehindComma, i)) return true;
    if (word.size() > 4 && word.ends_with("ing") && word != "including" && words_.mention(i) == kNowhere) return true;
    if (word != "and" && word != "but") return false;
    for (std::uint32_t at = i + 1; at < end_ && at < i + 10 && form(at) != ","; ++at) {
      if (is_quoted(at)) return false;
      if (is_matrix_verb(at)) return true;
      if (is(kFiniteVerbs, at)) return false;
    }
    return false;
  }

  [[nodiscard]] bool has_verb(std::uint32_t from, std::uint32_t to) const {
    while (from < to && !is(kFiniteVerbs, from)) ++from;
    return from < to;
  }

  [[nodiscard]] bool has_finite_verb(std::uint32_t from) const {
    if (from >= end_ || is(kFiniteVerbs, from)) return false;
    if (is(kSubjectPronouns, from) && form(from) != "it") return true;
    for (std::uint32_t i = from; i < end_ && i < from + kMaxToVerb; ++i) {
      if (is(kFiniteVerbs, i)) return true;
      if (!words_.is_word(i) && words_.token(i).kind != TokenKind::kNumber && form(i) != "-") return false;
      if (form(i) == "that" || form(i) == "who" || form(i) == "which") return false;
    }
    return false;
  }

  // Where the words around a verb of speech end, if nothing but these follows: "told reporters on Monday,".
  [[nodiscard]] std::uint32_t behind_adjuncts(std::uint32_t verb, const ReportingVerb& kind) const {
    std::uint32_t i = verb + 1;
    if (i >= end_ || form(i) == "," || is_stop(form(i)) || form(i) == "--") return i;
    if (!kind.takes(V::kAddressee) && !is(kPrepositions, i) && !is(kTimes, i) && !form(i).ends_with("ly"))
      return kNowhere;
    for (std::uint32_t n = 0; i < end_ && n < kMaxAdjunct; ++i, ++n) {
      if (is_quoted(i)) return kNowhere;
      if (form(i) == "," || form(i) == "--" || is_stop(form(i))) return i;
      if (form(i) == "that" || is(kFiniteVerbs, i) || (n > 0 && is(kSubjectPronouns, i))) return kNowhere;
      if (is(kQuestionWords, i)) return kNowhere;
    }
    return i >= end_ ? i : kNowhere;
  }

  // The comma before a source: "…, Peskov said", "…, the Kremlin's spokesman, Dmitry Peskov, said".
  [[nodiscard]] std::uint32_t comma_before(std::uint32_t source) const {
    std::uint32_t i = source;
    for (int n = 0; i > begin_ && n < 8; ++n) {
      --i;
      if (is_quoted(i)) return kNowhere;
      if (form(i) == ",") break;
      if (form(i) != "-" && form(i) != "'s" && !words_.is_word(i) && words_.token(i).kind != TokenKind::kNumber)
        return kNowhere;
      if (is(kFiniteVerbs, i)) return kNowhere;
    }
    if (i <= begin_ || form(i) != ",") return kNowhere;
    // A role before the name.
    std::uint32_t j = i;
    for (int n = 0; j > begin_ && n < 8; ++n) {
      --j;
      if (is_quoted(j) || is(kFiniteVerbs, j)) break;
      if (form(j) == "," && j + 1 < i && (is(kDeterminers, j + 1))) return j > begin_ + 2 ? j : i;
      if (!words_.is_word(j) && form(j) != "-" && form(j) != "'s") break;
    }
    return i;
  }

  // From where the sentence begins, or its part behind a semicolon, to `to`.
  [[nodiscard]] std::uint32_t begin_before(std::uint32_t to) const {
    const std::uint32_t earliest = std::max({begin_, done_, to - std::min(to, kMaxContent)});
    std::uint32_t begin = earliest;
    for (std::uint32_t i = to; i > earliest; --i) {
      const std::string_view word = form(i - 1);
      if (!is_quoted(i - 1) && (word == ";" || word == "--")) {
        begin = i;
        break;
      }
    }
    while (begin < to && !is_quoted(begin) && (is(kLinks, begin) || form(begin) == ",")) ++begin;
    return begin;
  }

  [[nodiscard]] bool is_certain(const Subject& subject, std::uint32_t verb) const {
    return words_.is_capital(words_.sentence(words_.sentence_of(verb)).begin) && subject.kind != SubjectKind::kOther &&
           subject.tokens.end == verb;
  }

  // The rest of a sentence behind a parenthetical attribution.
  void rest(std::uint32_t comma, const Subject& subject, TokenRange cue, SpeakerRule rule, Confidence confidence) {
    if (comma + 1 >= end_ || form(comma) != ",") return;
    std::uint32_t from = comma + 1;
    if (form(from) == "and" || form(from) == "but") ++from;
    if (from >= end_ || is_quoted(from) || is(kAdjuncts, from) || form(from).ends_with("ing")) return;
    keep(from, clause_end(from, false), subject, cue, rule, confidence);
  }

  void attribution(std::uint32_t i, const ReportingVerb& verb) {
    const bool passive = i > begin_ && is_being(form(i - 1));
    if (is_cue_of_quote(i) && !(i + 1 < end_ && form(i + 1) == "that")) return;
    if (verb.takes(V::kParenthetical) && !verb.is_participle) {
      if (!verb.takes(V::kAddressee) && inverted(i)) return;
      if (!passive && parenthetical(i, verb)) return;
    }
    std::uint32_t from = complement(i, verb);
    const bool phrase = from == kNowhere;
    if (phrase) from = object(i, verb);
    if (from == kNowhere) return;
    Subject subject;
    if (!passive) subject = verb.is_participle ? single(subjects_.first(begin_, i, kNowhere)) : source_before(i);
    if (!subject && form(i) != "asked" && (verb.is_participle || !verb.takes(V::kClause))) return;
    const bool inside = is_subordinate(i) || phrase;
    const std::uint32_t to = clause_end(from, inside);
    // "denied any delay", but not "praised the trawler"
    if (phrase && !verb.takes(V::kThat) && count_words(from, to) < kMinWordsOfPhrase) return;
    keep(from, to, subject, {i, i + 1}, subject ? SpeakerRule::kBefore : SpeakerRule::kNone,
         verb.takes(V::kThat) && !phrase && from < end_ && form(from) != "to" && is_certain(subject, i)
             ? Confidence::kHigh
             : Confidence::kMedium);
  }

  // “…,” said Peskov
  [[nodiscard]] bool is_cue_of_quote(std::uint32_t i) const {
    if (i > begin_ && form(i - 1) == ",") --i;
    return i > begin_ && is_quoted(i - 1);
  }

  // "While she said …, …", "voters who say …, …"
  [[nodiscard]] bool is_subordinate(std::uint32_t i) const {
    for (std::uint32_t at = i, n = 0; at > begin_ && n < 8; ++n) {
      --at;
      if (form(at) == "," || is_quoted(at)) return false;
      if (is(kSubordinators, at) || form(at) == "who" || form(at) == "asked") return true;
    }
    return form(i) == "asked" && i <= begin_ + 1;
  }

  // Where what is praised, called for or spoken of begins.
  [[nodiscard]] std::uint32_t object(std::uint32_t i, const ReportingVerb& verb) const {
    const std::uint32_t at = i + 1;
    if (at >= end_ || is_quoted(at)) return kNowhere;
    const std::string_view word = form(at);
    if (verb.takes(V::kTopic) && at + 1 < end_ &&
        (word == "about" || word == "out" || (word == "for" && form(i).starts_with("call")) ||
         (word == "to" && (form(i).starts_with("refer") || form(i).starts_with("point") ||
                           form(i).starts_with("respon") || form(i).starts_with("allud"))))) {
      return form(at + 1) == "that" ? at + 2 : at + 1;
    }
    if (!verb.takes(V::kPhrase) || !(words_.is_word(at) || words_.token(at).kind == TokenKind::kNumber))
      return kNowhere;
    if (is(kPrepositions, at) || is(kTimes, at) || is(kFiniteVerbs, at) || is(kLinks, at)) return kNowhere;
    return at;
  }

  [[nodiscard]] Subject source_before(std::uint32_t verb) const {
    const Subject apposed = apposed_name(verb);
    return apposed ? apposed : single(subjects_.before(begin_, verb, kNowhere));
  }

  // "…, its director, Marguerite Fontenot-Hale, told reporters"
  [[nodiscard]] Subject apposed_name(std::uint32_t verb) const {
    if (verb < begin_ + 4 || form(verb - 1) != ",") return {};
    const std::uint32_t mention = words_.mention(verb - 2);
    if (mention == kNowhere || words_.name_of_mention(mention).kind == NameKind::kPlace) return {};
    const TokenRange tokens = words_.mention_tokens(mention);
    if (tokens.begin <= begin_ + 1 || form(tokens.begin - 1) != ",") return {};
    return {SubjectKind::kName, tokens, mention};
  }

  // "Norvane and AirCeltis" and "the younger Garrick" are not whom the last name means.
  [[nodiscard]] Subject single(Subject subject) const {
    if (subject.kind != SubjectKind::kName || subject.tokens.begin <= begin_ + 1) return subject;
    const std::uint32_t before = subject.tokens.begin - 1;
    if (is(kYoungerOrElder, before)) return {SubjectKind::kOther, {before, subject.tokens.end}, kNowhere};
    const std::uint32_t first = words_.mention(before - 1);
    if (form(before) != "and" || first == kNowhere) return subject;
    return {SubjectKind::kOther, {words_.mention_tokens(first).begin, subject.tokens.end}, kNowhere};
  }

  // Of a headline: "…, inquiry finds"
  [[nodiscard]] Subject bare_source(std::uint32_t verb) const {
    std::uint32_t from = verb;
    while (from > begin_ && from + 3 > verb && words_.is_word(from - 1)) --from;
    if (from == verb || from <= begin_ || form(from - 1) != ",") return {};
    return {SubjectKind::kOther, {from, verb}, kNowhere};
  }

  // "…, she told a news conference, and …"
  bool parenthetical(std::uint32_t i, const ReportingVerb& verb) {
    const std::uint32_t close = behind_adjuncts(i, verb);
    if (close == kNowhere) return false;
    Subject subject = source_before(i);
    if (!subject && close == last_word_) subject = bare_source(i);
    if (!subject) return false;
    const std::uint32_t comma = comma_before(subject.tokens.begin);
    if (comma == kNowhere) {
      // "As Comey noted, …"
      if (form(begin_) != "as" || subject.tokens.begin != begin_ + 1) return false;
      rest(close, subject, {i, i + 1}, SpeakerRule::kAfter, Confidence::kMedium);
      return true;
    }
    const Confidence confidence = is_certain(subject, i) ? Confidence::kHigh : Confidence::kMedium;
    if (is_quoted(comma - 1)) return false;
    const std::uint32_t from = begin_before(comma);
    const bool goes_on = close + 1 < end_ && form(close) == ",";
    const bool is_adjunct = goes_on && (is(kPrepositions, from) || is(kSubordinators, from));
    if (close + 1 < end_ && is_quoted(close + 1) && (is_adjunct || count_words(from, comma) < 5)) return false;
    const bool is_torn = form(comma - 1) == "who" || form(comma - 1) == "which" || form(comma - 1) == "that";
    if (from < comma && !is_torn && !(is_adjunct && count_words(from, comma) < 5) &&
        !keep(from, comma, subject, {i, i + 1}, SpeakerRule::kAfter, confidence)) {
      return false;
    }
    done_ = std::max(done_, i);
    rest(close, subject, {i, i + 1}, SpeakerRule::kAfter, confidence);
    return true;
  }

  [[nodiscard]] bool begins_source(std::uint32_t i) const {
    return i < end_ && form(i) != "this" &&
           (words_.mention(i) != kNowhere || words_.is_capital(i) || is(kDeterminers, i) ||
            is_subject_pronoun(form(i)));
  }

  // "…, said Peskov."
  bool inverted(std::uint32_t i) {
    if (i < begin_ + 3 || form(i - 1) != "," || is_quoted(i - 2)) return false;
    if (has_finite_verb(i + 1) || behind_adjuncts(i, {}) != kNowhere) return false;
    const Subject subject = subjects_.behind(i + 1, end_, kNowhere);
    const bool ends_headline = i + 3 >= end_ && end_ == last_word_;
    if (!subject || (!begins_source(i + 1) && !ends_headline)) return false;
    const std::uint32_t behind = subject.tokens.end;
    if (behind < end_ && words_.is_word(behind) && !is(kPrepositions, behind) && form(behind) != "who") return false;
    if (subject.kind != SubjectKind::kName && !ends_headline && !has_verb(begin_before(i), i)) return false;
    const Confidence confidence = subject.kind == SubjectKind::kName ? Confidence::kHigh : Confidence::kMedium;
    if (!keep(begin_before(i - 1), i - 1, subject, {i, i + 1}, SpeakerRule::kInverted, confidence)) return false;
    done_ = std::max(done_, subject.tokens.end);
    return true;
  }

  void according_to(std::uint32_t i) {
    const Subject subject = subjects_.behind(i + 2, end_, kNowhere);
    if (!subject) return;
    const TokenRange cue{i, i + 2};
    if (count_words(begin_before(i), i) == 0) {
      std::uint32_t comma = subject.tokens.end;
      while (comma < end_ && comma < i + kMaxSource && (form(comma) != "," || is_quoted(comma))) ++comma;
      if (comma + 1 >= end_ || form(comma) != "," || is_quoted(comma + 1)) return;
      keep(comma + 1, clause_end(comma + 1, false), subject, cue, SpeakerRule::kAccordingTo, Confidence::kHigh);
      return;
    }
    if (!keep(begin_before(i), i, subject, cue, SpeakerRule::kAccordingTo, Confidence::kHigh)) return;
    const std::uint32_t comma = subject.tokens.end;
    if (comma + 1 < end_ && form(comma) == "," &&
        (is(kFiniteVerbs, comma + 1) || form(comma + 1) == "and" || form(comma + 1) == "but")) {
      rest(comma, subject, cue, SpeakerRule::kAccordingTo, Confidence::kHigh);
    }
  }

  // "Trump: My plans are not set in stone"
  void colon(std::uint32_t i) {
    enter(i);
    if (i <= begin_ || i + 1 >= end_ || is_quoted(i + 1)) return;
    const std::uint32_t mention = words_.mention(begin_);
    if (mention == kNowhere || words_.name_of_mention(mention).kind != NameKind::kPerson ||
        words_.mention_tokens(mention).end != i || words_.mention_tokens(mention).begin != begin_ ||
        count_words(i + 1, end_) < kMinWordsBehindColon) {
      return;
    }
    keep(i + 1, clause_end(i + 1, false), {SubjectKind::kName, {begin_, i}, mention}, {i, i + 1}, SpeakerRule::kColon,
         Confidence::kMedium);
  }

  [[nodiscard]] bool is_gap(std::uint32_t i) const { return words_.token(i).kind == TokenKind::kGap; }

  // A person or organisation, but not "the younger Garrick", who is known by another name.
  [[nodiscard]] bool is_speaker(std::uint32_t mention) const {
    if (words_.name_of_mention(mention).kind == NameKind::kPlace) return false;
    const std::uint32_t begin = words_.mention_tokens(mention).begin;
    return begin == 0 || !is(kYoungerOrElder, begin - 1);
  }

  // In text without capitals and marks: only what a gap or a verb tells, and whom stands right beside the verb.
  void stripped(std::uint32_t i, const NameParagraph& block) {
    const ReportingVerb verb = verbs_.verb(words_.token(i));
    if (!verb.takes(V::kParenthetical) || verb.is_participle || words_.mention(i) != kNowhere || i == block.begin)
      return;
    begin_ = i;
    while (begin_ > block.begin && begin_ + kMaxContent > i && !is_gap(begin_ - 1)) --begin_;
    end_ = i + 1;
    while (end_ < block.end && end_ < i + kMaxContent && !is_gap(end_)) ++end_;
    last_word_ = end_;
    Subject source;
    std::uint32_t at = i;
    if (at > begin_ && is(kBetween, at - 1)) --at;
    if (at > begin_) {
      const std::uint32_t mention = words_.mention(at - 1);
      if (mention != kNowhere && is_speaker(mention)) {
        source = {SubjectKind::kName, words_.mention_tokens(mention), mention};
      } else if (form(at - 1) == "he" || form(at - 1) == "she") {
        source = {SubjectKind::kPronoun, {at - 1, at}, kNowhere};
      }
    } else if (i + 1 < end_ && words_.mention(i + 1) != kNowhere && is_speaker(words_.mention(i + 1)) &&
               words_.mention_tokens(words_.mention(i + 1)).end == end_) {
      // "  …  said peskov  "
      const std::uint32_t mention = words_.mention(i + 1);
      segment_before(i, block, {SubjectKind::kName, words_.mention_tokens(mention), mention}, i,
                     SpeakerRule::kInverted);
      return;
    }
    if (source && source.tokens.begin == begin_ && i + 1 == end_) {
      segment_before(begin_, block, source, i, SpeakerRule::kAfter);
      return;
    }
    const std::uint32_t from = complement(i, verb);
    if (from == kNowhere || (!source && !verb.takes(V::kClause))) return;
    keep(from, end_, source, {i, i + 1}, source ? SpeakerRule::kBefore : SpeakerRule::kNone, Confidence::kMedium);
  }

  // What stands between the gap before `end` and the one before that.
  void segment_before(std::uint32_t end, const NameParagraph& block, const Subject& source, std::uint32_t verb,
                      SpeakerRule rule) {
    if (end <= block.begin || !is_gap(end - 1)) return;
    std::uint32_t from = end - 1;
    while (from > block.begin && from > done_ && from + kMaxContent > end && !is_gap(from - 1)) --from;
    if (keep(from, end - 1, source, {verb, verb + 1}, rule, Confidence::kMedium)) done_ = std::max(done_, verb + 1);
  }

  // Where begins what the verb at `i` reports; kNowhere if it does not report.
  [[nodiscard]] std::uint32_t complement(std::uint32_t i, const ReportingVerb& verb) const {
    std::uint32_t at = i + 1;
    if (at >= end_ || is_quoted(at)) return kNowhere;
    if (form(at) == ":" && verb.takes(V::kParenthetical) && at + 1 < end_ && !is_quoted(at + 1)) return at + 1;
    if (form(at) == "," || is_stop(form(at))) return kNowhere;
    if (verb.takes(V::kThat)) {
      if (form(at) == "that") return at + 1;
      // "said in a statement on Monday that"
      for (std::uint32_t n = at; n < end_ && n < at + kMaxAdjunct; ++n) {
        if (is_quoted(n) || is_stop(form(n)) || is(kFiniteVerbs, n) || is(kQuestionWords, n)) break;
        if (form(n) == "that" && (verb.takes(V::kAddressee) || is(kPrepositions, at) || is(kTimes, at))) return n + 1;
        if (n > at && is(kSubjectPronouns, n)) break;
      }
    }
    if (verb.takes(V::kQuestion) && is(kQuestionWords, at)) {
      return i > begin_ && form(i - 1) == "not" ? kNowhere : at;  // "did not say what"
    }
    if (verb.takes(V::kInfinitive) && form(at) == "to") return at;
    if (verb.takes(V::kAddressee)) at = behind_addressee(at, verb);
    if (at == kNowhere || at >= end_ || is_quoted(at)) return kNowhere;
    if (verb.takes(V::kQuestion) && is(kQuestionWords, at)) return at;
    if (verb.takes(V::kInfinitive) && form(at) == "to") return at;
    if (!verb.takes(V::kClause) && !verb.takes(V::kFinite)) return kNowhere;
    if (form(at) == "," || is_stop(form(at))) return kNowhere;
    if (is(kTimes, at) || is(kPrepositions, at)) {
      at = behind_adjunct(at);
      if (at == kNowhere) return kNowhere;
      return has_finite_verb(at) ? at : kNowhere;
    }
    if (verb.takes(V::kClause) || has_finite_verb(at)) return at;
    return kNowhere;
  }

  // Behind "on Monday" and "in an interview with CNN", if a clause begins there.
  [[nodiscard]] std::uint32_t behind_adjunct(std::uint32_t at) const {
    for (std::uint32_t n = 0; at < end_ && n < kMaxAdjunct; ++n, ++at) {
      if (is(kTimes, at)) continue;
      if (form(at) == "," || is_stop(form(at)) || is_quoted(at)) return kNowhere;
      if (n > 0 &&
          (is(kSubjectPronouns, at) || (!is(kPrepositions, at - 1) && (is(kDeterminers, at) || starts_mention(at))))) {
        return at;
      }
      if (n > 0 && is(kTimes, at - 1) && !is(kPrepositions, at)) return at;
    }
    return kNowhere;
  }

  [[nodiscard]] bool starts_mention(std::uint32_t at) const {
    return words_.mention(at) != kNowhere && words_.mention_tokens(words_.mention(at)).begin == at;
  }

  [[nodiscard]] std::uint32_t behind_addressee(std::uint32_t at, const ReportingVerb& verb) const {
    for (std::uint32_t n = 0; at < end_ && n < kMaxAddressee; ++n) {
      if (is_quoted(at)) return kNowhere;
      if (!words_.is_word(at) && form(at) != "'s" && form(at) != "-") return kNowhere;
      if (n > 0) {
        const bool joined =
            is(kPrepositions, at - 1) || is(kDeterminers, at - 1) || form(at - 1) == "and" || form(at - 1) == "'s";
        if (is(kSubjectPronouns, at) || is(kQuestionWords, at)) return at;
        if (verb.takes(V::kInfinitive) && form(at) == "to") return at;
        if (!joined && (is(kDeterminers, at) || starts_mention(at))) return at;
      }
      at = starts_mention(at) ? words_.mention_tokens(words_.mention(at)).end : at + 1;
    }
    return kNowhere;
  }

  const IndirectSpeech& verbs_;
  const ArticleWords& words_;
  SubjectFinder subjects_;
  std::vector<ReportedSpeech> found_;
  std::uint32_t begin_ = 0;  // of the sentence
  std::uint32_t end_ = 0;
  std::uint32_t last_word_ = 0;  // behind it, in the sentence
  std::uint32_t done_ = 0;       // behind what was found last
  bool is_stripped_ = false;
};

}  // namespace

IndirectSpeech::IndirectSpeech() {
  for (const VerbGroup& group : kVerbs) {
    std::string_view words = group.forms;
    while (!words.empty()) {
      const std::size_t end = words.find(' ');
      const std::string form = fold(words.substr(0, end));
      const std::uint64_t hash = XXH3_64bits(form.data(), form.size());
      ReportingVerb& verb = verbs_[hash];
      verb.complements |= group.complements;
      verb.is_participle = form.ends_with("ing");
      seen_.set(hash % seen_.size());
      words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
    }
  }
}

ReportingVerb IndirectSpeech::verb(const NameToken& token) const {
  if (token.kind != TokenKind::kWord || !seen_.test(token.hash % seen_.size())) return {};
  const auto known = verbs_.find(token.hash);
  return known == verbs_.end() ? ReportingVerb{} : known->second;
}

std::vector<ReportedSpeech> IndirectSpeech::find(const ArticleWords& words, const SpeechVerbs& verbs) const {
  return Reader(*this, words, verbs).read();
}

}  // namespace dateline
