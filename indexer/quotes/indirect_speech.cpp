// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/indirect_speech.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "indexer/quotes/clause_reader.h"
#include "indexer/quotes/complement_finder.h"
#include "indexer/quotes/european_speech.h"
#include "indexer/quotes/speech_sources.h"
#include "indexer/quotes/stripped_speech.h"

namespace dateline {
namespace {

using V = ReportingVerb;

constexpr std::uint32_t kMinWords = 2;  // of what is said
constexpr std::uint32_t kMinWordsOfPhrase = 4;
constexpr std::uint32_t kMinWordsBehindColon = 4;
constexpr std::uint32_t kMinWordsOfClause = 5;  // fewer before an attribution may be an adjunct of what follows
constexpr std::uint32_t kMaxSource = 40;        // tokens of a source with its asides

// The speech of one article.
class Reader {
 public:
  Reader(const ClauseLexicon& lexicon, const ArticleWords& words, const SpeechVerbs& verbs)
      : words_(words),
        verbs_(verbs),
        clauses_(words, lexicon),
        complements_(clauses_),
        sources_(clauses_, verbs),
        european_(clauses_) {}

  std::vector<ReportedSpeech> read() {
    auto block = words_.text().paragraphs.begin();
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
      if (is_quoted(i)) continue;
      while (i >= block->end) ++block;
      if (block->cased) {
        read_cased(i);
      } else if (i >= done_) {
        read_stripped(i, *block);
      }
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string_view form(std::uint32_t i) const { return words_.form(i); }
  [[nodiscard]] bool is(ClauseRole role, std::uint32_t i) const { return clauses_.is(role, i); }
  [[nodiscard]] bool is_quoted(std::uint32_t i) const { return clauses_.is_quoted(i); }
  [[nodiscard]] std::uint32_t begin() const { return clauses_.begin(); }
  [[nodiscard]] std::uint32_t end() const { return clauses_.end(); }
  [[nodiscard]] std::uint32_t clause_begin(std::uint32_t to) const { return clauses_.clause_begin(to, done_); }

  void read_cased(std::uint32_t i) {
    if (form(i) == ":") {
      clauses_.enter(i);
      colon(i);
    }
    if (!words_.is_word(i)) return;
    if (form(i) == "according" && i + 2 < words_.size() && form(i + 1) == "to") {
      clauses_.enter(i);
      according_to(i);
      return;
    }
    if (words_.mention(i) != kNowhere || i < done_) return;
    if (is(ClauseRole::kAccordingTo, i)) {
      clauses_.enter(i);
      keep(european_.of_source(i, done_));
    }
    const ReportingVerb verb = clauses_.verb(i);
    if (!verb) return;
    clauses_.enter(i);
    if (verb.takes(V::kEuropean)) {
      if (!is_cue_of_quote(i)) keep(european_.of_verb(i, done_));
    } else {
      if (!clauses_.is_noun(i)) attribution(i, verb);
    }
  }

  void read_stripped(std::uint32_t i, const NameParagraph& block) {
    const std::optional<ReportedSpeech> speech = stripped_speech(i, block, clauses_, verbs_);
    if (speech && keep(*speech)) done_ = std::max(done_, speech->cue.end);
  }

  // Keeps a clause as what is left of it behind what was found before; false if that is nothing.
  bool keep(ReportedSpeech speech) {
    speech.content.begin = std::max(speech.content.begin, done_);
    speech.content = clauses_.content(speech.content);
    const TokenRange content = speech.content;
    if (content.begin >= content.end || is_quoted(content.begin)) return false;
    const auto lies_in = [&](TokenRange part) {
      return !part.empty() && part.begin < content.end && part.end > content.begin;
    };
    if (lies_in(speech.cue) || lies_in(speech.subject.tokens)) return false;
    if (clauses_.count_words(content) < kMinWords) return false;
    found_.push_back(speech);
    done_ = content.end;
    return true;
  }

  // … with the clauses that go on from it: "that …, and that …".
  bool keep_all(ReportedSpeech speech) {
    if (!keep(speech)) return false;
    for (std::uint32_t comma = speech.content.end; (comma = clauses_.next_clause(comma)) != kNowhere;) {
      speech.content = {comma, clauses_.clause_end(comma, false)};
      comma = speech.content.end;
      if (!keep(speech)) break;
    }
    return true;
  }

  void keep(const std::optional<EuropeanSpeech::Found>& found) {
    if (!found || !keep_all(found->speech) || found->rest.empty()) return;
    done_ = std::max(done_, found->speech.cue.end);
    ReportedSpeech rest = found->speech;
    rest.content = found->rest;
    rest.confidence = Confidence::kMedium;
    keep(rest);
  }

  void attribution(std::uint32_t i, const ReportingVerb& verb) {
    const bool passive = i > begin() && is(ClauseRole::kBeing, i - 1);
    if (is_cue_of_quote(i) && !(i + 1 < end() && form(i + 1) == "that")) return;
    if (verb.takes(V::kParenthetical) && !verb.is_participle) {
      if (!verb.takes(V::kAddressee) && inverted(i)) return;
      if (!passive && parenthetical(i, verb)) return;
    }
    std::uint32_t from = complements_.clause(i, verb);
    const bool phrase = from == kNowhere;
    if (phrase) from = complements_.object(i, verb);
    if (from == kNowhere) return;
    Subject subject;
    if (!passive) subject = verb.is_participle ? sources_.of_participle(i) : sources_.before(i);
    if (!subject && form(i) != "asked" && (verb.is_participle || !verb.takes(V::kClause))) return;
    const std::uint32_t to = clauses_.clause_end(from, is_subordinate(i) || phrase);
    // "denied any delay", but not "praised the trawler"
    if (phrase && !verb.takes(V::kThat) && clauses_.count_words({from, to}) < kMinWordsOfPhrase) return;
    const bool is_certain =
        verb.takes(V::kThat) && !phrase && from < end() && form(from) != "to" && sources_.is_certain(subject, i);
    keep_all({{from, to},
              subject,
              {i, i + 1},
              subject ? SpeakerRule::kBefore : SpeakerRule::kNone,
              is_certain ? Confidence::kHigh : Confidence::kMedium});
  }

  // “…,” said Peskov
  [[nodiscard]] bool is_cue_of_quote(std::uint32_t i) const {
    if (i > begin() && form(i - 1) == ",") --i;
    return i > begin() && is_quoted(i - 1);
  }

  // "While she said …, …", "voters who say …, …"
  [[nodiscard]] bool is_subordinate(std::uint32_t i) const {
    for (std::uint32_t at = i, n = 0; at > begin() && n < 8; ++n) {
      --at;
      if (form(at) == "," || is_quoted(at)) return false;
      if (is(ClauseRole::kSubordinator, at) || form(at) == "who" || form(at) == "asked") return true;
    }
    return form(i) == "asked" && i <= begin() + 1;
  }

  // "…, Peskov said, …"
  bool parenthetical(std::uint32_t i, const ReportingVerb& verb) {
    const std::uint32_t close = clauses_.behind_adjuncts(i, verb);
    if (close == kNowhere) return false;
    ReportedSpeech speech;
    speech.subject = sources_.before(i);
    if (!speech.subject && close == clauses_.last_word()) speech.subject = sources_.bare(i);
    if (!speech.subject) return false;
    speech.cue = {i, i + 1};
    speech.rule = SpeakerRule::kAfter;
    const std::uint32_t comma = clauses_.comma_before(speech.subject.tokens.begin);
    if (comma == kNowhere) {
      // "As Comey noted, …"
      if (form(begin()) != "as" || speech.subject.tokens.begin != begin() + 1) return false;
      rest(close, speech);
      return true;
    }
    if (sources_.is_certain(speech.subject, i)) speech.confidence = Confidence::kHigh;
    if (is_quoted(comma - 1)) return false;
    speech.content = {clause_begin(comma), comma};
    const std::uint32_t from = speech.content.begin;
    const bool goes_on = close + 1 < end() && form(close) == ",";
    const bool opens_as_adjunct =
        goes_on && (is(ClauseRole::kPreposition, from) || is(ClauseRole::kSubordinator, from));
    const bool is_short = clauses_.count_words(speech.content) < kMinWordsOfClause;
    if (close + 1 < end() && is_quoted(close + 1) && (opens_as_adjunct || is_short)) return false;
    const bool is_torn = form(comma - 1) == "who" || form(comma - 1) == "which" || form(comma - 1) == "that";
    if (from < comma && !is_torn && !(opens_as_adjunct && is_short) && !keep(speech)) return false;
    done_ = std::max(done_, i);
    rest(close, speech);
    return true;
  }

  // The rest of a sentence behind a parenthetical attribution.
  void rest(std::uint32_t comma, ReportedSpeech speech) {
    if (comma + 1 >= end() || form(comma) != ",") return;
    std::uint32_t from = comma + 1;
    if (form(from) == "and" || form(from) == "but") ++from;
    if (from >= end() || is_quoted(from) || is(ClauseRole::kAdjunct, from) || form(from).ends_with("ing")) return;
    speech.content = {from, clauses_.clause_end(from, false)};
    keep(speech);
  }

  // "…, said Peskov."
  bool inverted(std::uint32_t i) {
    if (i < begin() + 3 || form(i - 1) != "," || is_quoted(i - 2)) return false;
    if (clauses_.begins_clause(i + 1) || clauses_.behind_adjuncts(i, {}) != kNowhere) return false;
    const Subject subject = sources_.behind(i + 1);
    const bool ends_headline = i + 3 >= end() && end() == clauses_.last_word();
    if (!subject || (!sources_.begins_source(i + 1) && !ends_headline)) return false;
    const std::uint32_t behind = subject.tokens.end;
    if (behind < end() && words_.is_word(behind) && !is(ClauseRole::kPreposition, behind) && form(behind) != "who") {
      return false;
    }
    const bool is_name = subject.kind == SubjectKind::kName;
    if (!is_name && !ends_headline && !clauses_.has_verb({clause_begin(i), i})) return false;
    if (!keep({{clause_begin(i - 1), i - 1},
               subject,
               {i, i + 1},
               SpeakerRule::kInverted,
               is_name ? Confidence::kHigh : Confidence::kMedium})) {
      return false;
    }
    done_ = std::max(done_, subject.tokens.end);
    return true;
  }

  void according_to(std::uint32_t i) {
    ReportedSpeech speech;
    speech.subject = sources_.behind(i + 2);
    if (!speech.subject) return;
    speech.cue = {i, i + 2};
    speech.rule = SpeakerRule::kAccordingTo;
    speech.confidence = Confidence::kHigh;
    std::uint32_t comma = speech.subject.tokens.end;
    speech.content = {clause_begin(i), i};
    if (clauses_.count_words(speech.content) == 0) {
      while (comma < end() && comma < i + kMaxSource && (form(comma) != "," || is_quoted(comma))) ++comma;
      if (comma + 1 >= end() || form(comma) != "," || is_quoted(comma + 1)) return;
      speech.content = {comma + 1, clauses_.clause_end(comma + 1, false)};
      keep(speech);
      return;
    }
    if (!keep(speech)) return;
    if (comma + 1 < end() && form(comma) == "," &&
        (is(ClauseRole::kFinite, comma + 1) || form(comma + 1) == "and" || form(comma + 1) == "but")) {
      rest(comma, speech);
    }
  }

  // "Trump: My plans are not set in stone"
  void colon(std::uint32_t i) {
    if (i <= begin() || i + 1 >= end() || is_quoted(i + 1)) return;
    const std::uint32_t mention = words_.mention(begin());
    if (mention == kNowhere || words_.name_of_mention(mention).kind != NameKind::kPerson ||
        words_.mention_tokens(mention).end != i || words_.mention_tokens(mention).begin != begin() ||
        clauses_.count_words({i + 1, end()}) < kMinWordsBehindColon) {
      return;
    }
    keep({{i + 1, clauses_.clause_end(i + 1, false)},
          {SubjectKind::kName, {begin(), i}, mention},
          {i, i + 1},
          SpeakerRule::kColon,
          Confidence::kMedium});
  }

  const ArticleWords& words_;
  const SpeechVerbs& verbs_;
  ClauseReader clauses_;
  ComplementFinder complements_;
  SpeechSources sources_;
  EuropeanSpeech european_;
  std::vector<ReportedSpeech> found_;
  std::uint32_t done_ = 0;  // behind what was found last
};

}  // namespace

std::vector<ReportedSpeech> IndirectSpeech::find(const ArticleWords& words, const SpeechVerbs& verbs) const {
  return Reader(lexicon_, words, verbs).read();
}

}  // namespace dateline
