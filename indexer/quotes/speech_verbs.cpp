// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/speech_verbs.h"

#include <string_view>

#include "common/text.h"
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dateline {
namespace {

// Words between blanks; written with their accents, folded once.
constexpr std::string_view kStrong =
    "said say says saying told tell tells telling added add adds adding asked ask asks asking replied replies reply "
    "replying stated states stating noted notes noting explained explains explain explaining insisted insists insist "
    "insisting argued argues argue arguing warned warns warn warning claimed claims claiming declared declares "
    "declaring tweeted tweets tweeting retweeted wrote writes writing responded responds responding continued "
    "continues recalled recalls admitted admits admitting remarked remarks joked jokes joking quipped quips concluded "
    "concludes announced announces announcing testified testifies commented comments commenting exclaimed shouted "
    "shouting yelled yelling asserted asserts asserting contended contends complained complains complaining "
    "lamented observed observes conceded concedes retorted countered counters whispered muttered answered answers "
    "emailed texted posted screamed chanted chanting cried cautioned acknowledged acknowledges confirmed confirms "
    "stressed stresses stressing emphasized emphasizes emphasised reiterated reiterates mused opined recounted "
    "radioed telegraphed telephoned interjected deadpanned snapped "
    // German, French, Russian, Spanish
    "sagte sagt sagten erklärte erklärt betonte meinte schrieb antwortete fügte ergänzte berichtete mahnte "
    "déclaré déclare dit affirmé affirme expliqué explique estime estimé ajouté ajoute indiqué indique répondu "
    "rappelé rappelle raconté raconte assure assuré souligne souligné lance lancé précise précisé résume confie "
    "сказал сказала сказали говорит говорил говорила заявил заявила заявили отметил отметила сообщил сообщила "
    "сообщили добавил добавила подчеркнул подчеркнула пояснил пояснила ответил ответила считает объяснил объяснила "
    "dijo dice dijeron afirmó afirma señaló señala explicó explica declaró añadió aseguró sostuvo";

// Those that the model's list does not have.
constexpr std::string_view kPlain =
    "called call calls calling described describe describes referred refers referring labeled labelled labels labeling "
    "dubbed dubs dubbing deemed touted touts bragged brags bragging ranted attacked attacks ripped slammed accused "
    "posts posting characterized mentioned compared credited credits ridiculed thundered spat ventured volunteered "
    "assured advised advises answering continuing recalling remarking offered encouraged encourages sang sings "
    "derided decried branded invoked cites laughed concedes likened summed lauded lauds vented pointed "
    "put puts putting fired shot hit went goes found finds boomed crowed railed fretted points pointing cracked "
    "exhorted "
    "riffed sighed scoffed retorts";

// Verbs of thought, and words that are seldom verbs of speech.
constexpr std::string_view kWeak =
    "believe believes believed believing think thinks thought thinking expect expects expected expecting hope hopes "
    "hoped hoping fear fears feared fearing feels felt feel refuse refuses refused refusing discuss discusses "
    "discussed "
    "discussing estimate estimates estimated estimating read reads reading mention mentions mentioning speak speaks "
    "spoke speaking spoken propose proposes proposed proposing submit submits submitted submitting signal signals "
    "signaled signaling thank thanks thanked thanking report reports reported reporting imagined wondered wonders "
    "wonder "
    "agreed agrees agree regret regrets regretted pray prays prayed ponder pondered offers relate relates related "
    "detail details detailed express welcome welcomed inform informed decline declined declines request requests "
    "threaten threatened voice voiced quote quotes quoted quoting";

bool ends_as_passive(std::string_view form) {
  return form.ends_with("ed") || form == "told" || form == "said" || form == "read" || form == "written";
}

bool is_base_form(std::string_view form) {
  for (const std::string_view past : {"said", "told", "wrote", "found", "went", "thought", "felt", "spoke", "sang",
                                      "spat", "shot", "hit", "put", "read", "spoken", "written"}) {
    if (form == past) return false;
  }
  return !form.ends_with("ed") && !form.ends_with("s") && !form.ends_with("ing");
}

SpeechVerb make_verb(SpeechVerb::Strength strength, std::string_view form) {
  return {strength, form.ends_with("ing"), ends_as_passive(form), is_base_form(form)};
}

}  // namespace

SpeechVerbs::SpeechVerbs() {
  const auto add = [&](std::string_view words, SpeechVerb::Strength strength) {
    while (!words.empty()) {
      const std::size_t end = words.find(' ');
      const std::string form = fold(words.substr(0, end));
      own_.try_emplace(XXH3_64bits(form.data(), form.size()), make_verb(strength, form));
      words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
    }
  };
  add(kStrong, SpeechVerb::kStrong);
  add(kPlain, SpeechVerb::kPlain);
  add(kWeak, SpeechVerb::kWeak);
}

SpeechVerb SpeechVerbs::find(const TokenizedText& text, const NameToken& token) const {
  if (token.kind != TokenKind::kWord) return {};
  if (const auto own = own_.find(token.hash); own != own_.end()) return own->second;
  if (!model_->word(token.hash).on(NameList::kReporting)) return {};
  return make_verb(SpeechVerb::kPlain, text.form(token));
}

}  // namespace dateline
