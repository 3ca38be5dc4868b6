// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentences/sentence_words.h"

#include <algorithm>
#include <iterator>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "indexer/sentences/characters.h"

namespace dateline {
namespace {

using std::size_t;

// Of English news (AP style), and the common ones of German, French, Spanish, Italian, Dutch and Russian. Sorted.
constexpr Abbreviation kAbbreviations[] = {
    {"abs", Wants::kNumber, Spelling::kCapital},
    {"adm", Wants::kMore, Spelling::kCapital},
    {"ala", Wants::kStarter, Spelling::kCapital},
    {"amb", Wants::kMore, Spelling::kCapital},
    {"apr", Wants::kStarter},
    {"ariz", Wants::kStarter},
    {"ark", Wants::kStarter, Spelling::kMixed},
    {"art", Wants::kNumber, Spelling::kMixed},
    {"asst", Wants::kMore},
    {"atty", Wants::kMore},
    {"aug", Wants::kStarter},
    {"ave", Wants::kStarter, Spelling::kCapital},
    {"bldg", Wants::kStarter},
    {"blvd", Wants::kStarter},
    {"brig", Wants::kMore},
    {"bros", Wants::kStarter},
    {"bzw", Wants::kMore},
    {"ca", Wants::kNumber},
    {"calif", Wants::kStarter},
    {"capt", Wants::kMore},
    {"cf", Wants::kMore},
    {"ch", Wants::kNumber},
    {"cmdr", Wants::kMore},
    {"co", Wants::kStarter},
    {"col", Wants::kMore, Spelling::kCapital},
    {"colo", Wants::kStarter},
    {"con", Wants::kMore, Spelling::kMixed},
    {"cong", Wants::kMore, Spelling::kCapital},
    {"conn", Wants::kStarter},
    {"corp", Wants::kStarter},
    {"cos", Wants::kStarter, Spelling::kCapital},
    {"cpl", Wants::kMore},
    {"ct", Wants::kStarter, Spelling::kCapital},
    {"dec", Wants::kStarter},
    {"del", Wants::kStarter, Spelling::kMixed},
    {"dep", Wants::kMore, Spelling::kCapital},
    {"dept", Wants::kStarter},
    {"det", Wants::kMore, Spelling::kCapital},
    {"dhr", Wants::kMore},
    {"dist", Wants::kStarter},
    {"dott", Wants::kMore},
    {"dr", Wants::kMore},
    {"drs", Wants::kMore},
    {"ed", Wants::kStarter, Spelling::kMixed},
    {"esq", Wants::kStarter},
    {"est", Wants::kStarter, Spelling::kMixed},
    {"ex", Wants::kNumber},
    {"ext", Wants::kNumber},
    {"feb", Wants::kStarter},
    {"fig", Wants::kNumber},
    {"figs", Wants::kNumber},
    {"fla", Wants::kStarter},
    {"fr", Wants::kMore, Spelling::kCapital},
    {"ft", Wants::kMore, Spelling::kCapital},
    {"ga", Wants::kStarter, Spelling::kCapital},
    {"gen", Wants::kMore, Spelling::kCapital},
    {"gens", Wants::kMore, Spelling::kCapital},
    {"gov", Wants::kMore, Spelling::kCapital},
    {"govs", Wants::kMore, Spelling::kCapital},
    {"hon", Wants::kMore, Spelling::kCapital},
    {"hr", Wants::kMore, Spelling::kCapital},
    {"ill", Wants::kStarter, Spelling::kMixed},
    {"inc", Wants::kStarter},
    {"ind", Wants::kStarter, Spelling::kMixed},
    {"insp", Wants::kMore},
    {"intl", Wants::kMore},
    {"jan", Wants::kStarter},
    {"jr", Wants::kStarter},
    {"jul", Wants::kStarter},
    {"jun", Wants::kStarter},
    {"kan", Wants::kStarter, Spelling::kMixed},
    {"kans", Wants::kStarter},
    {"ky", Wants::kStarter, Spelling::kCapital},
    {"la", Wants::kStarter, Spelling::kMixed},
    {"lt", Wants::kMore},
    {"ltd", Wants::kStarter},
    {"maj", Wants::kMore},
    {"mar", Wants::kStarter, Spelling::kMixed},
    {"mass", Wants::kStarter, Spelling::kMixed},
    {"md", Wants::kStarter, Spelling::kCapital},
    {"messrs", Wants::kMore},
    {"mevr", Wants::kMore},
    {"mfg", Wants::kMore},
    {"mgr", Wants::kMore, Spelling::kCapital},
    {"mich", Wants::kStarter},
    {"minn", Wants::kStarter},
    {"miss", Wants::kStarter, Spelling::kMixed},
    {"mlle", Wants::kMore},
    {"mme", Wants::kMore},
    {"mmes", Wants::kMore},
    {"mo", Wants::kStarter, Spelling::kMixed},
    {"mont", Wants::kStarter, Spelling::kCapital},
    {"mr", Wants::kMore},
    {"mrs", Wants::kMore},
    {"ms", Wants::kMore, Spelling::kCapital},
    {"msgr", Wants::kMore},
    {"mt", Wants::kMore, Spelling::kCapital},
    {"natl", Wants::kMore},
    {"neb", Wants::kStarter},
    {"nev", Wants::kStarter},
    {"no", Wants::kNumber},
    {"nos", Wants::kNumber},
    {"nov", Wants::kStarter},
    {"nr", Wants::kNumber},
    {"oct", Wants::kStarter},
    {"okla", Wants::kStarter},
    {"ont", Wants::kStarter, Spelling::kCapital},
    {"ore", Wants::kStarter, Spelling::kMixed},
    {"p", Wants::kNumber},
    {"pa", Wants::kStarter, Spelling::kCapital},
    {"pfc", Wants::kMore},
    {"ph", Wants::kMore},
    {"pp", Wants::kNumber},
    {"pres", Wants::kMore, Spelling::kCapital},
    {"prof", Wants::kMore},
    {"profs", Wants::kMore},
    {"prop", Wants::kNumber},
    {"pvt", Wants::kMore},
    {"rd", Wants::kStarter, Spelling::kCapital},
    {"rep", Wants::kMore, Spelling::kCapital},
    {"reps", Wants::kMore, Spelling::kCapital},
    {"rept", Wants::kNumber, Spelling::kCapital},
    {"res", Wants::kNumber, Spelling::kCapital},
    {"rev", Wants::kMore, Spelling::kCapital},
    {"revs", Wants::kMore, Spelling::kCapital},
    {"sec", Wants::kMore, Spelling::kCapital},
    {"sect", Wants::kNumber},
    {"sen", Wants::kMore, Spelling::kCapital},
    {"sens", Wants::kMore, Spelling::kCapital},
    {"sep", Wants::kStarter},
    {"sept", Wants::kStarter},
    {"sfc", Wants::kMore},
    {"sgt", Wants::kMore},
    {"sig", Wants::kMore, Spelling::kCapital},
    {"spc", Wants::kMore},
    {"sr", Wants::kStarter},
    {"sra", Wants::kMore},
    {"srta", Wants::kMore},
    {"st", Wants::kStarter, Spelling::kCapital},
    {"ste", Wants::kMore, Spelling::kCapital},
    {"str", Wants::kNumber},
    {"supt", Wants::kMore},
    {"tenn", Wants::kStarter},
    {"tex", Wants::kStarter, Spelling::kCapital},
    {"treas", Wants::kMore, Spelling::kCapital},
    {"univ", Wants::kStarter},
    {"v", Wants::kMore},
    {"va", Wants::kStarter, Spelling::kCapital},
    {"vgl", Wants::kMore},
    {"vol", Wants::kNumber},
    {"vs", Wants::kMore},
    {"vt", Wants::kStarter, Spelling::kCapital},
    {"wash", Wants::kStarter, Spelling::kMixed},
    {"wis", Wants::kStarter},
    {"wyo", Wants::kStarter},
    {"κ", Wants::kMore},
    {"κα", Wants::kMore},
    {"г", Wants::kStarter},
    {"гг", Wants::kStarter},
    {"им", Wants::kMore},
    {"млн", Wants::kStarter},
    {"млрд", Wants::kStarter},
    {"руб", Wants::kStarter},
    {"см", Wants::kMore},
    {"стр", Wants::kNumber},
    {"тыс", Wants::kStarter},
    {"ул", Wants::kMore},
};

// The first list is of the words that hold in text of one case too.
constexpr std::string_view kSureStarters[] = {"but",       "he",   "her",  "his",   "however", "i",   "it",    "its",
                                              "meanwhile", "my",   "our",  "she",   "that",    "the", "their", "there",
                                              "these",     "they", "this", "those", "we",      "you", "your"};
constexpr std::string_view kStarters[] = {
    "a",       "about", "according", "after",   "all",        "also",         "although", "among",  "an",    "and",
    "another", "are",   "as",        "asked",   "at",         "because",      "before",   "both",   "by",    "can",
    "despite", "did",   "do",        "does",    "during",     "each",         "earlier",  "even",   "every", "few",
    "for",     "from",  "had",       "has",     "have",       "here",         "how",      "if",     "in",    "instead",
    "is",      "just",  "last",      "later",   "let",        "like",         "many",     "maybe",  "more",  "most",
    "mr",      "mrs",   "ms",        "nearly",  "neither",    "nevertheless", "no",       "nobody", "none",  "not",
    "nothing", "now",   "of",        "on",      "once",       "one",          "only",     "or",     "other", "others",
    "perhaps", "photo", "photos",    "please",  "several",    "since",        "so",       "some",   "still", "such",
    "than",    "then",  "though",    "through", "throughout", "thus",         "to",       "today",  "under", "unlike",
    "until",   "was",   "were",      "what",    "when",       "where",        "whether",  "which",  "while", "who",
    "whoever", "why",   "with",      "within",  "without",    "yes",          "yet"};
constexpr std::string_view kGermanStarters[] = {
    "aber", "als", "am",   "an",    "auch",   "auf",  "bei",  "bis",   "da",   "damit", "dann", "das",   "dazu",
    "der",  "die", "dies", "diese", "dieser", "doch", "ein",  "eine",  "er",   "es",    "für",  "ich",   "ihr",
    "ihre", "im",  "in",   "mit",   "nach",   "nun",  "sein", "seine", "seit", "sie",   "so",   "trotz", "um",
    "und",  "vor", "wenn", "wer",   "wie",    "wir",  "zu",   "zudem", "zum",  "zur"};
constexpr std::string_view kFrenchStarters[] = {
    "au", "avec", "ce",   "ces", "cette", "dans", "de",  "depuis", "des",  "elle", "elles", "en",
    "et", "il",   "ils",  "je",  "la",    "le",   "les", "leur",   "lors", "mais", "nous",  "on",
    "or", "par",  "pour", "sa",  "selon", "si",   "son", "sur",    "un",   "une",  "vous"};
constexpr std::string_view kSpanishStarters[] = {"al",   "con",     "cuando", "de", "desde", "el", "ella", "en",
                                                 "es",   "esta",    "este",   "la", "las",   "lo", "los",  "no",
                                                 "para", "pero",    "por",    "se", "según", "si", "sin",  "su",
                                                 "sus",  "también", "tras",   "un", "una",   "y",  "ya"};
constexpr std::string_view kItalianStarters[] = {"anche", "con", "da", "dal",     "di", "dopo", "e",  "gli",
                                                 "i",     "il",  "in", "la",      "le", "lo",   "ma", "nel",
                                                 "non",   "per", "se", "secondo", "si", "un",   "una"};
constexpr std::string_view kPortugueseStarters[] = {"a",   "as",  "com",     "de", "e",  "ela", "ele",
                                                    "em",  "mas", "na",      "no", "o",  "os",  "para",
                                                    "por", "se",  "segundo", "um", "uma"};
constexpr std::string_view kDutchStarters[] = {
    "bij",  "daar", "dat", "de",  "deze", "die",  "dit", "door",    "een",  "en", "er",  "het", "hij", "ik",  "in",
    "maar", "met",  "na",  "ook", "op",   "toen", "van", "volgens", "voor", "we", "wij", "ze",  "zij", "zijn"};
constexpr std::string_view kRussianStarters[] = {"а",  "в",   "во",    "все", "для",   "если", "за", "и",   "из",
                                                 "к",  "как", "когда", "мы",  "на",    "не",   "но", "о",   "об",
                                                 "он", "она", "они",   "по",  "после", "при",  "с",  "так", "также",
                                                 "у",  "что", "эта",   "это", "этот",  "я"};

constexpr std::string_view kClockFollowers[] = {
    "apr",      "april",    "aug",       "august",  "central", "cest",     "cet",   "cst",      "ct",
    "daily",    "dec",      "december",  "eastern", "edt",     "eet",      "est",   "et",       "feb",
    "february", "fri",      "friday",    "gmt",     "jan",     "january",  "july",  "june",     "local",
    "march",    "may",      "mdt",       "mon",     "monday",  "mountain", "msk",   "mst",      "mt",
    "nov",      "november", "oct",       "october", "pacific", "pdt",      "pst",   "pt",       "sat",
    "saturday", "sept",     "september", "sun",     "sunday",  "thu",      "thurs", "thursday", "to",
    "tue",      "tues",     "tuesday",   "utc",     "wed",     "wednesday"};

constexpr std::string_view kSpeechVerbs[] = {
    "added",    "adds",     "admitted", "announced", "asked",    "asks",     "began",   "concluded", "continued",
    "cried",    "declared", "demanded", "exclaimed", "inquired", "insisted", "joked",   "mused",     "noted",
    "observed", "pleaded",  "posted",   "quipped",   "recalled", "remarked", "replied", "responded", "said",
    "says",     "shouted",  "told",     "tweeted",   "wondered", "writes",   "wrote",   "yelled"};

constexpr std::string_view kGoingOn[] = {
    "according", "adding", "an",    "and",    "are",       "be",   "been",    "billion", "by",   "can",  "could",
    "days",      "had",    "has",   "have",   "including", "is",   "million", "months",  "must", "of",   "or",
    "percent",   "said",   "say",   "saying", "says",      "th",   "than",    "though",  "to",   "told", "was",
    "were",      "where",  "which", "who",    "whose",     "will", "with",    "would",   "year", "years"};
constexpr std::string_view kWantingMore[] = {"and", "in", "jr", "of", "the", "to"};

constexpr std::string_view kTopLevelDomains[] = {"com", "edu", "gov", "info", "mil", "net", "org"};

// words  sorted
bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

template <typename... Lists>
constexpr bool are_sorted(const Lists&... lists) {
  return (std::is_sorted(std::begin(lists), std::end(lists)) && ...);
}
static_assert(are_sorted(kSureStarters, kStarters, kGermanStarters, kFrenchStarters, kSpanishStarters, kItalianStarters,
                         kPortugueseStarters, kDutchStarters, kRussianStarters, kClockFollowers, kSpeechVerbs, kGoingOn,
                         kWantingMore, kTopLevelDomains));
static_assert(std::is_sorted(std::begin(kAbbreviations), std::end(kAbbreviations),
                             [](const Abbreviation& a, const Abbreviation& b) { return a.word < b.word; }));

std::span<const std::string_view> starters_of(std::string_view language) {
  if (language == "de") return kGermanStarters;
  if (language == "fr") return kFrenchStarters;
  if (language == "es") return kSpanishStarters;
  if (language == "it") return kItalianStarters;
  if (language == "pt") return kPortugueseStarters;
  if (language == "nl") return kDutchStarters;
  if (language == "ru") return kRussianStarters;
  return kStarters;
}

UChar32 lower_of(UChar32 code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
  return u_tolower(code);
}

}  // namespace

FoldedWord::FoldedWord(std::string_view word) {
  for (size_t at = 0; at < word.size();) {
    const Character c = character_at(word, at);
    at += c.bytes;
    if (size_ + U8_MAX_LENGTH > bytes_.size()) {
      size_ = 0;
      return;
    }
    U8_APPEND_UNSAFE(bytes_.data(), size_, lower_of(c.code));
  }
}

const Abbreviation* find_abbreviation(std::string_view folded) {
  const auto* found = std::lower_bound(std::begin(kAbbreviations), std::end(kAbbreviations), folded,
                                       [](const Abbreviation& a, std::string_view word) { return a.word < word; });
  return found != std::end(kAbbreviations) && found->word == folded ? found : nullptr;
}

Wants wants_of_dotted(std::string_view folded) {
  if (folded == "a.m" || folded == "p.m") return Wants::kClock;
  if (folded == "e.g" || folded == "i.e" || folded == "z.b" || folded == "d.h" || folded == "т.е") return Wants::kMore;
  if (folded.empty()) return Wants::kNothing;
  unsigned letters = 0;
  for (size_t at = 0; at < folded.size();) {
    const Character c = character_at(folded, at);
    at += c.bytes;
    letters = c.code == '.' ? 0 : letters + 1;
    if (letters > 2 || (c.code != '.' && !is_letter(c.code))) return Wants::kNothing;
  }
  return Wants::kStarter;
}

SentenceStarters::SentenceStarters(std::string_view language)
    : starters_(starters_of(language)), english_(starters_.data() == std::data(kStarters)) {}

bool SentenceStarters::contain(std::string_view folded) const {
  return contains(starters_, folded) || contain_surely(folded);
}

bool SentenceStarters::contain_surely(std::string_view folded) const {
  return english_ && contains(kSureStarters, folded);
}

bool is_speech_verb(std::string_view folded) { return contains(kSpeechVerbs, folded); }

bool follows_clock(std::string_view folded) { return contains(kClockFollowers, folded); }

bool is_top_level_domain(std::string_view folded) { return contains(kTopLevelDomains, folded); }

bool seldom_begins_sentence(std::string_view folded) { return contains(kGoingOn, folded); }

bool seldom_ends_sentence(std::string_view folded) { return contains(kWantingMore, folded); }

}  // namespace dateline
