// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/clause_lexicon.h"

#include <array>
#include <string>
#include <string_view>

#include "common/text.h"
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dateline {
namespace {

using V = ReportingVerb;

// Forms between single blanks, folded once.
struct VerbGroup {
  std::uint16_t complements;
  std::string_view forms;
};

constexpr std::array<VerbGroup, 19> kVerbs = {{
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
    {V::kInfinitive | V::kAddressee | V::kObject,
     "urged urges urging ordered orders encouraged encourages advised advises warned"},
    // German, French, Spanish, Italian and Portuguese, Dutch, Russian
    {V::kEuropean,
     "sagte sagt sagten sagen gesagt erklärte erklärt erklärten betonte betont betonten meinte meint teilte teilten "
     "mitgeteilt "
     "berichtete berichtet berichteten behauptete behauptet warnte warnt warnten kündigte angekündigt räumte räumt "
     "fügte "
     "versicherte versichert bestätigte bestätigt kritisierte kritisiert forderte fordert mahnte mahnt ergänzte "
     "ergänzt "
     "erläuterte erläutert schrieb schreibt antwortete glaubt glaubte hofft hoffte vermutet befürchtet argumentierte "
     "bekräftigte unterstrich unterstreicht erinnerte verwies"},
    {V::kEuropean,
     "déclaré déclare dit affirmé affirme expliqué explique estimé estime ajouté ajoute indiqué indique répondu répond "
     "assuré "
     "assure souligné souligne précisé précise rappelé rappelle annoncé annonce raconté raconte confié confie reconnu "
     "reconnaît averti avertit prévenu insisté insiste soutenu soutient jugé confirmé admis admet promis promet écrit "
     "regretté "
     "regrette prétendu prétend rapporté rapporte signalé signale martelé plaidé dénoncé révélé révèle suggéré espère "
     "pense "
     "croit craint"},
    {V::kEuropean,
     "dijo dice dicho dijeron dicen afirmó afirma afirmado afirmaron señaló señala señalado señalaron explicó explica "
     "explicado "
     "declaró declara declarado añadió añade añadido aseguró asegura asegurado aseguraron sostuvo sostiene indicó "
     "indica "
     "indicado informó informa informado anunció anuncia anunciado advirtió advierte advertido reconoció reconoce "
     "reconocido "
     "admitió admite recordó recuerda recordado subrayó subraya destacó destaca insistió insiste insistido manifestó "
     "manifiesta "
     "comentó comenta agregó agrega precisó precisa reveló revela negó respondió responde confirmó confirma confirmado "
     "cree "
     "considera opinó opina denunció denuncia denunciado lamentó lamenta alegó alega reiteró reitera"},
    {V::kEuropean,
     "detto dice dichiarato dichiara affermato afferma spiegato spiega aggiunto aggiunge annunciato annuncia "
     "sottolineato "
     "sottolinea ricordato ricorda precisato avvertito avverte sostenuto sostiene ammesso ammette confermato conferma "
     "ribadito "
     "ribadisce riferito riferisce scritto scrive raccontato racconta osservato assicurato assicura ritiene crede "
     "disse affermò "
     "spiegò aggiunse "
     "diz dito dizem disseram afirmou afirmaram explicou declarou acrescentou acrescenta informou anunciou garantiu "
     "garante "
     "ressaltou ressalta lembrou lembra admitiu reconheceu alertou alerta confirmou assegurou sublinhou sublinha "
     "considerou "
     "acredita defendeu revelou escreveu respondeu negou contou destacou"},
    {V::kEuropean,
     "zei zegt zeiden zeggen gezegd verklaarde verklaart verklaard vertelde vertelt verteld stelde stelt meldde meldt "
     "gemeld "
     "benadrukte benadrukt vindt denkt waarschuwde waarschuwt schreef schrijft bevestigde bevestigt"},
    {V::kEuropean,
     "сказал сказала сказали говорит говорил говорила говорят заявил заявила заявили заявляет отметил отметила "
     "отметили отмечает "
     "сообщил сообщила сообщили сообщает добавил добавила подчеркнул подчеркнула подчеркивает пояснил пояснила ответил "
     "ответила считает считают объяснил объяснила напомнил напомнила утверждает утверждал утверждала признал признала "
     "предупредил предупредила рассказал рассказала уточнил уточнила указал указала полагает надеется пообещал "
     "пообещала "
     "написал написала подтвердил подтвердила"},
}};

struct RoleGroup {
  ClauseRole role;
  std::string_view forms;
};

constexpr std::array<RoleGroup, 24> kRoles = {{
    {ClauseRole::kSubject, "he she they it i we there nobody everybody"},
    {ClauseRole::kFinite,
     "is are was were am be been has have had will would can could may might must should shall does do did isn't "
     "aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't doesn't don't didn't"},
    {ClauseRole::kBeing, "was were been be being is are got"},
    {ClauseRole::kQuestion, "whether if what how why"},
    {ClauseRole::kPreposition,
     "in on at during to after of before from by about with for through via as under over until into against outside "
     "inside near behind between around among within"},
    {ClauseRole::kTime,
     "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight late early later earlier last "
     "recently again publicly privately repeatedly "
     "lundi mardi mercredi jeudi vendredi samedi dimanche hier lunedì martedì mercoledì giovedì venerdì sabato "
     "domenica ieri "
     "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gisteren lunes martes miércoles jueves viernes sábado "
     "domingo ayer hoy segunda terça quarta quinta sexta ontem hoje "
     "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag gestern heute"},
    {ClauseRole::kDeterminer, "the a an his her its their our my this these those some many most all no each any"},
    {ClauseRole::kAdjunct, "in on at with during after before according compared which who where"},
    {ClauseRole::kBeforeVerb, "then also later now"},
    {ClauseRole::kLink, "and but or still yet so however meanwhile also then"},
    {ClauseRole::kSubordinator, "while as if when though although because since after before despite"},
    {ClauseRole::kEndsSpeech, "compared according despite though although while whereas even drawing after"},
    {ClauseRole::kPast, "would had was were could might"},
    {ClauseRole::kPresent, "is are has have does do"},
    {ClauseRole::kThat, "dass que qu' che dat что"},
    {ClauseRole::kAuxiliary,
     "a ont avait avaient ha han había habían hat haben hatte hatten heeft hebben had hadden hanno aveva avevano tem "
     "tinha "
     "também noch auch ook также уже ранее"},
    {ClauseRole::kHeOrShe, "il elle er sie ella lui lei egli ele ela hij zij ze он она"},
    {ClauseRole::kHimOrHer, "lui elle ella lei ele ela hem haar ihren seinen ihrer seiner его её"},
    {ClauseRole::kNot, "pas nicht non não niet не"},
    {ClauseRole::kOf,
     "de du des d' del della dello dei degli di da do dos das von vom van der au aux à al ao zu zum zur bei beim für "
     "pour per "
     "para por pelo pela aus mit avec con com met over aan om op in im en sur sous dans nach vor über от из у с со в "
     "на для о "
     "об к по между"},
    {ClauseRole::kReportedMood,
     "habe hätte hätten sei seien wäre wären werde würde würden könne könnte könnten müsse müsste müssten solle dürfe "
     "dürften "
     "wolle möge gebe gehe komme stehe liege bleibe lasse wisse brauche"},
    {ClauseRole::kAnd, "und et y e и en"},
    {ClauseRole::kAccordingTo, "selon d'après laut según segundo secondo volgens согласно nach по acuerdo acordo"},
    {ClauseRole::kWords,
     "Angaben Worten Ansicht Einschätzung Meinung Darstellung словам данным мнению сведениям информации оценке"},
}};

}  // namespace

ClauseLexicon::ClauseLexicon() {
  const auto for_each = [&](std::string_view forms, const auto& note) {
    while (!forms.empty()) {
      const std::size_t end = forms.find(' ');
      const std::string form = fold(forms.substr(0, end));
      const std::uint64_t hash = XXH3_64bits(form.data(), form.size());
      note(words_[hash], form);
      seen_.set(hash % seen_.size());
      forms.remove_prefix(end == std::string_view::npos ? forms.size() : end + 1);
    }
  };
  for (const VerbGroup& group : kVerbs) {
    for_each(group.forms, [&](Entry& entry, std::string_view form) {
      entry.verb.complements |= group.complements;
      entry.verb.is_participle = form.ends_with("ing");
    });
  }
  for (const RoleGroup& group : kRoles) {
    for_each(group.forms,
             [&](Entry& entry, std::string_view) { entry.roles |= static_cast<std::uint32_t>(group.role); });
  }
}

ClauseLexicon::Entry ClauseLexicon::entry(const NameToken& token) const {
  if (token.kind != TokenKind::kWord || !seen_.test(token.hash % seen_.size())) return {};
  const auto known = words_.find(token.hash);
  return known == words_.end() ? Entry{} : known->second;
}

}  // namespace dateline
