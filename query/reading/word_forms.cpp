// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/word_forms.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dateline {
namespace {

// The forms of a word that a stemmer does not join. Not those of bear, bind, bite, grind and wind, whose past is
// another word at least as often ("bore", "bound", "a bit", "ground", "wounded"); nor lives and pence ("living", a
// name).
using Forms = std::array<std::string_view, 3>;
constexpr std::array<Forms, 151> kIrregular{{
    {"analysis", "analyses"},
    {"arise", "arose", "arisen"},
    {"awake", "awoke", "awoken"},
    {"bacterium", "bacteria"},
    {"beat", "beaten"},
    {"become", "became"},
    {"begin", "began", "begun"},
    {"bend", "bent"},
    {"bleed", "bled"},
    {"blow", "blew", "blown"},
    {"break", "broke", "broken"},
    {"breed", "bred"},
    {"bring", "brought"},
    {"build", "built"},
    {"burn", "burnt"},
    {"buy", "bought"},
    {"catch", "caught"},
    {"child", "children"},
    {"choose", "chose", "chosen"},
    {"cling", "clung"},
    {"come", "came"},
    {"creep", "crept"},
    {"crisis", "crises"},
    {"criterion", "criteria"},
    {"deal", "dealt"},
    {"dig", "dug"},
    {"draw", "drew", "drawn"},
    {"drink", "drank", "drunk"},
    {"drive", "drove", "driven"},
    {"eat", "ate", "eaten"},
    {"fall", "fell", "fallen"},
    {"feed", "fed"},
    {"feel", "felt"},
    {"fight", "fought"},
    {"find", "found"},
    {"flee", "fled"},
    {"fling", "flung"},
    {"fly", "flew", "flown"},
    {"foot", "feet"},
    {"forbid", "forbade", "forbidden"},
    {"foresee", "foresaw", "foreseen"},
    {"forget", "forgot", "forgotten"},
    {"forgive", "forgave", "forgiven"},
    {"freeze", "froze", "frozen"},
    {"fungus", "fungi"},
    {"get", "got", "gotten"},
    {"give", "gave", "given"},
    {"go", "went", "gone"},
    {"goose", "geese"},
    {"grow", "grew", "grown"},
    {"half", "halves"},
    {"hang", "hung"},
    {"hear", "heard"},
    {"hide", "hid", "hidden"},
    {"hold", "held"},
    {"hypothesis", "hypotheses"},
    {"keep", "kept"},
    {"kneel", "knelt"},
    {"knife", "knives"},
    {"know", "knew", "known"},
    {"lay", "laid"},
    {"lead", "led"},
    {"leap", "leapt"},
    {"learn", "learnt"},
    {"leave", "left"},
    {"lend", "lent"},
    {"light", "lit"},
    {"loaf", "loaves"},
    {"lose", "lost"},
    {"make", "made"},
    {"man", "men"},
    {"mean", "meant"},
    {"meet", "met"},
    {"mislead", "misled"},
    {"mistake", "mistook", "mistaken"},
    {"mouse", "mice"},
    {"nucleus", "nuclei"},
    {"overcome", "overcame"},
    {"oversee", "oversaw", "overseen"},
    {"overtake", "overtook", "overtaken"},
    {"overthrow", "overthrew", "overthrown"},
    {"pay", "paid"},
    {"phenomenon", "phenomena"},
    {"plead", "pled"},
    {"prove", "proven"},
    {"rebuild", "rebuilt"},
    {"repay", "repaid"},
    {"ride", "rode", "ridden"},
    {"ring", "rang", "rung"},
    {"rise", "rose", "risen"},
    {"run", "ran"},
    {"say", "said"},
    {"see", "saw", "seen"},
    {"seek", "sought"},
    {"sell", "sold"},
    {"send", "sent"},
    {"shake", "shook", "shaken"},
    {"shelf", "shelves"},
    {"shine", "shone"},
    {"shoot", "shot"},
    {"show", "shown"},
    {"shrink", "shrank", "shrunk"},
    {"sing", "sang", "sung"},
    {"sink", "sank", "sunk"},
    {"sit", "sat"},
    {"slay", "slew", "slain"},
    {"sleep", "slept"},
    {"slide", "slid"},
    {"speak", "spoke", "spoken"},
    {"speed", "sped"},
    {"spend", "spent"},
    {"spill", "spilt"},
    {"spin", "spun"},
    {"spit", "spat"},
    {"spring", "sprang", "sprung"},
    {"stand", "stood"},
    {"steal", "stole", "stolen"},
    {"stick", "stuck"},
    {"stimulus", "stimuli"},
    {"sting", "stung"},
    {"strike", "struck", "stricken"},
    {"swear", "swore", "sworn"},
    {"sweep", "swept"},
    {"swell", "swollen"},
    {"swim", "swam", "swum"},
    {"swing", "swung"},
    {"take", "took", "taken"},
    {"teach", "taught"},
    {"tear", "tore", "torn"},
    {"tell", "told"},
    {"thesis", "theses"},
    {"thief", "thieves"},
    {"think", "thought"},
    {"throw", "threw", "thrown"},
    {"tooth", "teeth"},
    {"undergo", "underwent", "undergone"},
    {"understand", "understood"},
    {"undertake", "undertook", "undertaken"},
    {"uphold", "upheld"},
    {"wake", "woke", "woken"},
    {"wear", "wore", "worn"},
    {"weave", "wove", "woven"},
    {"weep", "wept"},
    {"wife", "wives"},
    {"win", "won"},
    {"withdraw", "withdrew", "withdrawn"},
    {"withhold", "withheld"},
    {"withstand", "withstood"},
    {"wolf", "wolves"},
    {"woman", "women"},
    {"write", "wrote", "written"},
}};

// How words begin in British English and in American.
using Beginnings = std::pair<std::string_view, std::string_view>;
constexpr std::array<Beginnings, 82> kBeginnings{{
    {"aeroplane", "airplane"},
    {"aesthet", "esthet"},
    {"ageing", "aging"},
    {"aluminium", "aluminum"},
    {"anaem", "anem"},
    {"anaesthe", "anesthe"},
    {"analogue", "analog"},
    {"archaeolog", "archeolog"},
    {"armour", "armor"},
    {"artefact", "artifact"},
    {"behaviour", "behavior"},
    {"calibre", "caliber"},
    {"cancell", "cancel"},
    {"candour", "candor"},
    {"catalogue", "catalog"},
    {"centre", "center"},
    {"centred", "centered"},
    {"channell", "channel"},
    {"clamour", "clamor"},
    {"colour", "color"},
    {"councillor", "councilor"},
    {"counsell", "counsel"},
    {"defence", "defense"},
    {"dialogue", "dialog"},
    {"diarrhoea", "diarrhea"},
    {"encyclopaedia", "encyclopedia"},
    {"endeavour", "endeavor"},
    {"favour", "favor"},
    {"fervour", "fervor"},
    {"fibre", "fiber"},
    {"flavour", "flavor"},
    {"fuell", "fuel"},
    {"fulfil", "fulfill"},
    {"glamour", "glamor"},
    {"gynaecolog", "gynecolog"},
    {"harbour", "harbor"},
    {"honour", "honor"},
    {"humour", "humor"},
    {"instalment", "installment"},
    {"jewell", "jewel"},
    {"judgement", "judgment"},
    {"kilometre", "kilometer"},
    {"labell", "label"},
    {"labour", "labor"},
    {"leukaem", "leukem"},
    {"levell", "level"},
    {"licence", "license"},
    {"litre", "liter"},
    {"manoeuvr", "maneuver"},
    {"marvell", "marvel"},
    {"metre", "meter"},
    {"modell", "model"},
    {"mould", "mold"},
    {"neighbour", "neighbor"},
    {"odour", "odor"},
    {"oesophag", "esophag"},
    {"oestrogen", "estrogen"},
    {"offence", "offense"},
    {"orthopaed", "orthoped"},
    {"paediatric", "pediatric"},
    {"panell", "panel"},
    {"parlour", "parlor"},
    {"plough", "plow"},
    {"pretence", "pretense"},
    {"programme", "program"},
    {"pyjamas", "pajamas"},
    {"quarrell", "quarrel"},
    {"rigour", "rigor"},
    {"rumour", "rumor"},
    {"saviour", "savior"},
    {"sceptic", "skeptic"},
    {"signall", "signal"},
    {"skilful", "skillful"},
    {"splendour", "splendor"},
    {"sulph", "sulf"},
    {"theatre", "theater"},
    {"travell", "travel"},
    {"tumour", "tumor"},
    {"tunnell", "tunnel"},
    {"valour", "valor"},
    {"vapour", "vapor"},
    {"vigour", "vigor"},
}};

// What may stand behind the s or z of "organise" and "analyse".
constexpr std::array<std::string_view, 8> kEndings{"e", "ed", "er", "ers", "es", "ing", "ation", "ations"};
constexpr std::size_t kMinRootBytes = 4;  // "rise" and "size" have no other spelling
constexpr std::size_t kMinManBytes = 6;   // "gunman": not "Oman", "Roman", "omen"

// Whether `stem` is that of a word: "leav" of leave, "fli" of fly.
bool is_stem_of(std::string_view stem, std::string_view word) {
  if (stem == word) return true;
  if (stem.empty() || word.size() < stem.size() || word.substr(0, stem.size() - 1) != stem.substr(0, stem.size() - 1)) {
    return false;
  }
  return word.size() == stem.size() ? stem.back() == 'i' && word.back() == 'y'
                                    : word.substr(stem.size() - 1) == std::string(1, stem.back()) + 'e';
}

void add_irregular(std::string_view word, std::string_view stem, std::vector<std::string>& forms) {
  // "wins", but not "founded", which is no form of find, nor "meeting", mostly a noun.
  const bool is_third_person = word.ends_with('s');
  for (const Forms& known : kIrregular) {
    const bool is_form = std::find(known.begin(), known.end(), word) != known.end() ||
                         (is_third_person && is_stem_of(stem, known.front()));
    if (!is_form) continue;
    for (const std::string_view form : known) {
      if (!form.empty() && form != word) forms.emplace_back(form);
    }
  }
  if (word.size() < kMinManBytes || word[word.size() - 3] != 'm' || word.back() != 'n') return;
  const char vowel = word[word.size() - 2];
  if (vowel != 'a' && vowel != 'e') return;
  forms.emplace_back(word);
  forms.back()[word.size() - 2] = vowel == 'a' ? 'e' : 'a';
}

void add_spellings(std::string_view word, std::vector<std::string>& forms) {
  for (const auto& [british, american] : kBeginnings) {
    // One may begin as the other does: the longer one is meant.
    const bool is_american =
        word.starts_with(american) && (american.size() > british.size() || !word.starts_with(british));
    if (!is_american && !word.starts_with(british)) continue;
    const auto& [from, to] = is_american ? std::pair(american, british) : std::pair(british, american);
    forms.push_back(std::string(to) + std::string(word.substr(from.size())));
  }
  for (const std::string_view ending : kEndings) {
    if (!word.ends_with(ending) || word.size() < kMinRootBytes + 1 + ending.size()) continue;
    const std::size_t at = word.size() - ending.size() - 1;
    const bool is_either = word[at] == 's' || word[at] == 'z';
    if (!is_either || (word[at - 1] != 'i' && word[at - 1] != 'y')) continue;
    forms.emplace_back(word);
    forms.back()[at] = word[at] == 's' ? 'z' : 's';
  }
}

}  // namespace

std::vector<std::string> other_forms(std::string_view word, std::string_view stem) {
  std::vector<std::string> forms;
  if (word.empty()) return forms;  // as a third form that is not there
  add_irregular(word, stem, forms);
  add_spellings(word, forms);
  return forms;
}

}  // namespace dateline
