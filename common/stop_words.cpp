// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/stop_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace dateline {
namespace {

struct WordList {
  std::string_view language;
  std::string_view words;  // folded, set apart by one blank
};

// Articles, pronouns, auxiliaries, prepositions, conjunctions, question words. Words that also carry news ("new",
// "said", "may", the month and the Prime Minister) are left out. Contractions stand without their apostrophe, as the
// analyzer gives them; French and Italian elisions ("l", "d", "dell") as the language detector cuts them.
constexpr std::array<WordList, 8> kLists = {{
    {"en",
     "a about above after again against all also although am among an and another any are arent around as at be "
     "because been before being below between both but by can cannot cant could couldnt did didnt do does doesnt doing "
     "dont down during each either else ever every few for from further had hadnt has hasnt have havent having he her "
     "here hers herself him himself his how i if im in into is isnt it its itself ive just me might more most must my "
     "myself neither no nor not of off on once only onto or other our ours ourselves out over own per same shall she "
     "should shouldnt since so some such than that the their theirs them themselves then there these they theyre this "
     "those though through to too toward towards under unless until up upon us very via was wasnt we were werent what "
     "when where whether which while who whom whose why will with within without wont would wouldnt yet you your youre "
     "yours yourself yourselves"},
    {"de",
     "aber alle allem allen aller als also am an auch auf aus bei beim bereits bin bis bist da dabei damit dann das "
     "dass dazu dem den denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein "
     "eine einem einen einer eines er es etwa euch fur gegen habe haben hat hatte hatten hier ich ihm ihn ihnen ihr "
     "ihre ihrem ihren ihrer im in ins ist ja jede jeder jedes jedoch kann kein keine keinen keiner konne konnen "
     "konnte man mehr mich mir mit muss mussen nach nicht noch nun nur ob oder ohne schon sehr sei sein seine seinem "
     "seinen seiner seit sich sie sind so soll sollen sowie uber um und uns unter vom von vor wahrend wann war waren "
     "warum was weil welche welcher welches wem wen wenn wer werde werden wie wieder wir wird wo wollen worden wurde "
     "wurden zu zum zur zwischen"},
    {"fr",
     "a ai ainsi alors apres au aussi aux avait avant avec avoir avons c ca car ce cela celle celui ces cet cette ceux "
     "chez comme comment contre d dans de depuis des donc dont du elle elles en encore entre es est et etaient etait "
     "etant ete etre eux fait il ils j je l la le les leur leurs lors lui m ma mais me meme mes moins mon n ne ni non "
     "nos notre nous on ont ou par pas pendant peu peut plus pour pourquoi qu quand que quel quelle quelles quels qui "
     "quoi s sa sans se selon sera seront ses si son sont sous suis sur t ta te tes ton tous tout toute toutes tres tu "
     "un une vers vos votre vous y"},
    {"ru",
     "а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее если "
     "есть еще же за здесь и из или им их к как какой когда которая которого которое которой которые который которых "
     "кто ли между меня мне мы на над нас не него нее нет ни них но ну о об он она они от перед по под после потому "
     "при про с свои своей свою себе себя со так также такой там то тогда того тоже той только том тот ты у уже чего "
     "чем через что чтобы эта эти этим этих это этого этой этом этот эту я"},
    {"es",
     "a al algo algunos ante antes aquel asi aun aunque cada como con contra cual cuales cuando cuya cuyo de del desde "
     "despues donde durante e el ella ellas ellos en entre era eran es esa esas ese eso esos esta estaba estaban estan "
     "estar estas este esto estos fue fueron ha habia han hasta hay he la las le les lo los mas me mi mientras mis "
     "misma mismo muy ni no nos nosotros o otra otras otro otros para pero por porque pues que quien quienes se sea "
     "segun ser si sido sin sino sobre solo son su sus tambien tan te tiene tienen todas todo todos tras tu tus un una "
     "unas uno unos usted y ya yo"},
    {"it",
     "a ad agli ai al all alla alle allo altri altro anche ancora aveva avevano c che chi ci col come con contro cosi "
     "cui d da dagli dai dal dall dalla dalle dallo degli dei del dell della delle dello di dopo dove dunque e ed era "
     "erano essere fino fra gia gli ha hanno ho i il in io l la le lei li lo loro lui ma mentre mi mia mio molto ne "
     "negli nei nel nell nella nelle nello no noi non nostra nostro o ogni oltre per perche pero piu poi prima qual "
     "quale quali quando quanto quella quelle quelli quello questa queste questi questo se senza si sia solo sono "
     "sopra sotto sta stata stati stato su sua sue sugli sui sul sull sulla sulle sullo suo suoi ti tra tu tutta tutte "
     "tutti tutto un una uno vi voi"},
    {"pt",
     "a ainda alem ao aos apenas aquela aquele as ate cada com como contra cujo da das de dela dele deles depois desde "
     "dessa desse desta deste do dos durante e ela elas ele eles em entre era eram essa essas esse esses esta estao "
     "estar estas estava estavam este estes eu foi foram ha havia isso isto ja lhe lhes mais mas me mesma mesmo meu "
     "minha muito na nao nas nem no nos nossa nosso num numa o onde os ou outra outras outro outros para pela pelas "
     "pelo pelos pode podem pois por porque quais qual quando que quem sao se sem ser seu seus sido sim so sob sobre "
     "sua suas tambem te tem tendo ter tinha tinham toda todas todo todos um uma umas uns voce voces"},
    {"nl",
     "aan al alle alleen alles als ander andere ben bent bij daar daarom dan dat de deze die dit door dus echter een "
     "elk elke en er geen had hadden heb hebben heeft hem het hier hij hoe hoewel hun ik in is je jij jullie kan kon "
     "konden kunnen maar mag me meer men met mij mijn moet moeten na naar niet nog nu of om omdat onder ons onze ook "
     "op "
     "over sinds te tegen ten ter terwijl toch toen tot tussen u uit van veel voor waar waarom wanneer want waren was "
     "wat we wel welke werd werden wie wij wil worden wordt zal ze zeer zelf zich zij zijn zo zou zouden zullen"},
}};

constexpr std::size_t kSlots = 2048;  // about twice the words
constexpr std::size_t kLongestWord = 24;

// Open addressing over string views: a look-up costs one hash and hardly ever a second comparison.
class Table {
 public:
  Table() {
    for (std::size_t i = 0; i < kLists.size(); ++i) add_list(kLists[i].words, 1U << i);
  }

  [[nodiscard]] std::uint32_t languages_of(std::string_view word) const {
    if (word.empty() || word.size() > kLongestWord) return 0;
    return slots_[find(word, hash(word))].languages;
  }

 private:
  struct Slot {
    std::string_view word;
    std::uint32_t languages = 0;
    std::uint32_t hash = 0;
  };

  static std::uint32_t hash(std::string_view word) {  // FNV-1a
    std::uint32_t value = 2166136261U;
    for (const char byte : word) value = (value ^ static_cast<unsigned char>(byte)) * 16777619U;
    return value ^ (value >> 15);
  }

  [[nodiscard]] std::size_t find(std::string_view word, std::uint32_t word_hash) const {
    std::size_t slot = word_hash % kSlots;
    while (!slots_[slot].word.empty() && (slots_[slot].hash != word_hash || slots_[slot].word != word)) {
      slot = (slot + 1) % kSlots;
    }
    return slot;
  }

  void add_list(std::string_view words, std::uint32_t language) {
    while (!words.empty()) {
      const std::string_view word = words.substr(0, words.find(' '));
      words.remove_prefix(std::min(words.size(), word.size() + 1));
      const std::uint32_t word_hash = hash(word);
      Slot& slot = slots_[find(word, word_hash)];
      slot = {word, slot.languages | language, word_hash};
    }
  }

  std::array<Slot, kSlots> slots_;
};

}  // namespace

std::uint32_t languages_with_stop_word(std::string_view word) {
  static const Table table;
  return table.languages_of(word);
}

bool is_stop_word(std::string_view word, std::string_view language) {
  for (std::size_t i = 0; i < kLists.size(); ++i) {
    if (kLists[i].language == language) return ((languages_with_stop_word(word) >> i) & 1U) != 0;
  }
  return false;
}

const std::vector<std::string_view>& stop_word_languages() {
  static const std::vector<std::string_view> languages = [] {
    std::vector<std::string_view> names;
    names.reserve(kLists.size());
    for (const WordList& list : kLists) names.push_back(list.language);
    return names;
  }();
  return languages;
}

}  // namespace dateline
