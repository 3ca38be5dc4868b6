// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sentence_splitter.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <span>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <utility>

namespace dateline {
namespace {

using std::size_t;

// ---- characters ----------------------------------------------------------------------------------------------------

struct Character {
  UChar32 code = 0;
  size_t bytes = 0;  // 0 at either end of the text
};

Character character_at(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data()) + at;
  if (bytes[0] < 0x80) return {bytes[0], 1};
  const auto rest = static_cast<std::int32_t>(std::min<size_t>(text.size() - at, U8_MAX_LENGTH));
  std::int32_t used = 0;
  UChar32 code = 0;
  U8_NEXT(bytes, used, rest, code);
  return {code, static_cast<size_t>(used)};
}

Character character_before(std::string_view text, size_t at) {
  if (at == 0) return {};
  const auto length = static_cast<std::int32_t>(std::min<size_t>(at, U8_MAX_LENGTH));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data()) + (at - static_cast<size_t>(length));
  std::int32_t begin = length;
  UChar32 code = 0;
  U8_PREV(bytes, 0, begin, code);
  return {code, static_cast<size_t>(length - begin)};
}

constexpr UChar32 kLineSeparator = 0x2028;
constexpr UChar32 kParagraphSeparator = 0x2029;

bool is_blank(UChar32 code) {
  if (code <= ' ') return code == ' ' || (code >= '\t' && code <= '\r');
  return code >= 0x85 && u_isUWhiteSpace(code);
}

bool is_letter(UChar32 code) {
  if (code < 0x80) return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
  return u_isalpha(code);
}

bool is_digit(UChar32 code) { return code < 0x80 ? code >= '0' && code <= '9' : u_isdigit(code); }

UChar32 lower_of(UChar32 code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
  return u_tolower(code);
}

// Georgian has lower-case letters only, by Unicode's reckoning; there they say nothing about a sentence.
bool is_lower(UChar32 code) {
  if (code < 0x80) return code >= 'a' && code <= 'z';
  return u_isULowercase(code) && !(code >= 0x10D0 && code <= 0x10FF);
}

bool is_upper(UChar32 code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z';
  return u_isUUppercase(code) || u_istitle(code);
}

bool is_combining(UChar32 code) { return code >= 0x300 && (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0; }

bool is_unspaced(UChar32 code) {  // Thai, Lao, Burmese, Khmer: a blank there ends a clause
  return (code >= 0x0E00 && code <= 0x0EFF) || (code >= 0x1000 && code <= 0x109F) || (code >= 0x1780 && code <= 0x17FF);
}

bool is_ideographic(UChar32 code) { return code >= 0x2E80 && code < 0xFF00 && !(code >= 0xA4D0 && code < 0xF900); }

bool is_bullet(UChar32 code) {
  return code == 0x2022 || code == 0x25AA || code == 0x25A0 || code == 0x25BA || code == 0x25CF;
}

bool is_dash(UChar32 code) { return code == '-' || (code >= 0x2012 && code <= 0x2015); }

// Opening brackets and quotation marks that cannot be anything else.
bool opens(UChar32 code) {
  if (code < 0x80) return code == '(' || code == '[' || code == '{';
  const auto type = u_charType(code);
  return type == U_INITIAL_PUNCTUATION || type == U_START_PUNCTUATION || code == 0xBF || code == 0xA1;
}

// The commonest marks that close.
bool closes(UChar32 code) {
  return code == '"' || code == '\'' || code == ')' || code == ']' || code == 0x2019 || code == 0x201D || code == 0xBB;
}

bool is_double_quote(UChar32 code) {
  return code == '"' || code == 0xAB || code == 0xBB || (code >= 0x201C && code <= 0x201F) ||
         (code >= 0x300C && code <= 0x300F);
}

// ---- words that a full stop belongs to -----------------------------------------------------------------------------

enum class Wants : std::uint8_t {
  kNothing,  // an ordinary word: the full stop ends the sentence
  kMore,     // never ends a sentence: "Sen."
  kNumber,   // goes on only before a number: "No. 5"
  kStarter,  // ends a sentence only before a word that begins one: "U.S. He", but "U.S. Senate"
  kClock,    // "a.m.": goes on before a day, a month, a time zone
  kInitial,  // "J.": as kStarter, but at the head of a sentence never an end
};

enum class Case : std::uint8_t { kMixed, kLower, kUpper };

enum class Spelling : std::uint8_t {
  kAny,
  kCapital,  // an abbreviation only with a capital letter ("Rep."); as such in text of one case
  kMixed,    // the same, but an ordinary word in text of one case ("MISS . HE")
};

struct Abbreviation {
  std::string_view word;
  Wants wants;
  Spelling spelling = Spelling::kAny;
};

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

// Words that begin a sentence far oftener than they follow an abbreviation inside one ("the U.S. In" is a border). The
// first list holds even where capitals tell nothing: "THE U.S. IN" may go on, "THE U.S. HE" does not.
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

// Where marks were stripped, these words go on with what stood before the blanks, and those want more after them.
constexpr std::string_view kGoingOn[] = {
    "according", "adding", "an",    "and",    "are",       "be",   "been",    "billion", "by",   "can",  "could",
    "days",      "had",    "has",   "have",   "including", "is",   "million", "months",  "must", "of",   "or",
    "percent",   "said",   "say",   "saying", "says",      "th",   "than",    "though",  "to",   "told", "was",
    "were",      "where",  "which", "who",    "whose",     "will", "with",    "would",   "year", "years"};
constexpr std::string_view kWantingMore[] = {"and", "in", "jr", "of", "the", "to"};

// What follows a glued full stop in an address: "Salon.Com".
constexpr std::string_view kTopLevelDomains[] = {"com", "edu", "gov", "info", "mil", "net", "org"};

bool is_roman_number(std::string_view word) {
  constexpr size_t kMostDigits = 5;
  return !word.empty() && word.size() <= kMostDigits && word.find_first_not_of("IVXL") == std::string_view::npos;
}

bool is_all_capitals(std::string_view word) {
  const Character first = character_at(word, 0);
  const Character second = character_at(word, first.bytes);
  return is_upper(first.code) && (second.bytes == 0 || is_upper(second.code));
}

// words  sorted
bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

const Abbreviation* find_abbreviation(std::string_view folded) {
  const auto* found = std::lower_bound(std::begin(kAbbreviations), std::end(kAbbreviations), folded,
                                       [](const Abbreviation& a, std::string_view word) { return a.word < word; });
  return found != std::end(kAbbreviations) && found->word == folded ? found : nullptr;
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

// A short word in lower case; longer ones come out empty, as no list holds them.
class FoldedWord {
 public:
  explicit FoldedWord(std::string_view word) {
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
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, 24> bytes_{};
  size_t size_ = 0;
};

// "U.S", "a.m", "Ph.D": one or two letters between full stops.
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

// ---- marks ---------------------------------------------------------------------------------------------------------

enum class Mark : std::uint8_t {
  kNone,
  kStop,      // .
  kShout,     // ! ?
  kEllipsis,  // …
  kFull,      // ends a sentence without a blank after it: 。 ！ ？ । ؟ ۔
  kBullet,
  kLineEnd,
};

Mark mark_of(UChar32 code) {
  switch (code) {
    case '.':
      return Mark::kStop;
    case '!':
    case '?':
    case 0x203C:
    case 0x2047:
    case 0x2048:
    case 0x2049:
      return Mark::kShout;
    case 0x2026:
      return Mark::kEllipsis;
    case '\n':
    case kLineSeparator:
    case kParagraphSeparator:
      return Mark::kLineEnd;
    case 0x0589:  // Armenian
    case 0x061F:
    case 0x06D4:  // Arabic, Urdu
    case 0x0964:
    case 0x0965:  // danda
    case 0x104B:  // Burmese
    case 0x1362:
    case 0x1367:
    case 0x1368:  // Ethiopic
    case 0x17D4:
    case 0x17D5:  // Khmer
    case 0x1803:
    case 0x1809:  // Mongolian
    case 0x3002:
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
      return Mark::kFull;
    default:
      return is_bullet(code) ? Mark::kBullet : Mark::kNone;
  }
}

using ByteSet = std::array<bool, 256>;

constexpr ByteSet make_byte_set(std::initializer_list<unsigned> bytes) {
  ByteSet set{};
  for (const unsigned byte : bytes) set[byte] = true;
  return set;
}

// First bytes of all marks.
constexpr ByteSet kCandidates = make_byte_set({'\n', '!', '.', '?', 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF});
constexpr ByteSet kGreekCandidates =
    make_byte_set({'\n', '!', '.', ';', '?', 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF});

// ---- wrapped lines -------------------------------------------------------------------------------------------------

struct Gap {
  size_t end = 0;  // first byte that is no blank
  unsigned blanks = 0;
  unsigned line_ends = 0;
  size_t line_begin = 0;  // of the line on which `end` stands, if there is a line end
};

Gap gap_at(std::string_view text, size_t at) {
  Gap gap{at};
  while (gap.end < text.size()) {
    const Character c = character_at(text, gap.end);
    if (!is_blank(c.code)) break;
    gap.end += c.bytes;
    ++gap.blanks;
    if (mark_of(c.code) == Mark::kLineEnd) {
      gap.line_ends += c.code == kParagraphSeparator ? 2 : 1;
      gap.line_begin = gap.end;
    }
  }
  return gap;
}

size_t trim_end(std::string_view text, size_t begin, size_t end) {
  while (end > begin) {
    const Character c = character_before(text, end);
    if (!is_blank(c.code)) break;
    end -= c.bytes;
  }
  return end;
}

// The last place up to `at` where no character, and within reason no letter and its accent, is cut.
size_t character_border(std::string_view text, size_t at) {
  constexpr int kMostAccents = 8;
  while (at > 0 && (static_cast<std::uint8_t>(text[at]) & 0xC0) == 0x80) --at;
  size_t border = at;
  for (int accents = 0; accents < kMostAccents; ++accents) {
    if (!is_combining(character_at(text, border).code)) return border;
    border -= character_before(text, border).bytes;
  }
  return at;
}

size_t columns_of(std::string_view line) {
  size_t columns = 0;
  for (size_t at = 0; at < line.size();) {
    const Character c = character_at(line, at);
    columns += is_ideographic(c.code) ? 2 : 1;
    at += c.bytes;
  }
  return columns;
}

bool ends_with_mark(std::string_view line) {
  for (int looked = 0; looked < 2; ++looked) {
    const Character c = character_before(line, line.size());
    const Mark mark = mark_of(c.code);
    if (mark == Mark::kStop || mark == Mark::kShout || mark == Mark::kFull || c.code == ':') return true;
    line.remove_suffix(c.bytes);
  }
  return false;
}

bool has_lower(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    if (is_lower(c.code)) return true;
    at += c.bytes;
  }
  return false;
}

bool goes_on_below(std::string_view above, std::string_view line) {
  const UChar32 first = character_at(line, gap_at(line, 0).end).code;
  if (ends_with_mark(above) || !is_letter(first)) return false;
  return !is_upper(first) || !(has_lower(above) || has_lower(line));
}

// Text wrapped at a column, or lines that are paragraphs?
//
// A line of 40 to 120 columns that ends without a mark, and a next one that begins with no capital letter, are two
// pieces of one sentence; an eighth of all line breaks like that, and more than there are wider lines, make a wrapped
// text, and the longest of these lines says how wide it is.
// returns  the columns; 0 if every line stands for itself
size_t wrapping_of(std::string_view text) {
  constexpr size_t kNarrowest = 40;
  constexpr size_t kWidest = 120;
  size_t breaks = 0;
  size_t inside = 0;
  size_t wide = 0;
  size_t columns = 0;
  std::string_view above;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, trim_end(text, begin, end) - begin);
    begin = end + 1;
    if (!line.empty() && !above.empty()) {
      const size_t width = columns_of(above);
      ++breaks;
      wide += width > kWidest;
      if (width >= kNarrowest && width <= kWidest && goes_on_below(above, line)) {
        ++inside;
        columns = std::max(columns, width);
      }
    }
    above = line;
  }
  return inside * 8 >= breaks && inside > wide ? columns : 0;
}

// ---- text without marks --------------------------------------------------------------------------------------------

enum class ByteClass : std::uint8_t { kOther, kBlank, kWord, kLead };

constexpr std::array<ByteClass, 256> make_byte_classes() {
  std::array<ByteClass, 256> classes{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool letter = ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z' && byte < 0x80) || (byte >= '0' && byte <= '9');
    if (byte == ' ' || (byte >= '\t' && byte <= '\r')) classes[byte] = ByteClass::kBlank;
    if (letter || (byte >= 0xC3 && byte < 0xE0)) classes[byte] = ByteClass::kWord;
    if (byte >= 0xE0 || byte == 0xC2) classes[byte] = ByteClass::kLead;
  }
  return classes;
}

constexpr auto kByteClasses = make_byte_classes();

// A stretch of text without marks, and its words.
struct Piece {
  size_t begin = 0;
  size_t end = 0;
  std::uint32_t words = 0;
  int weight = 0;  // of the border behind it
};

// First bytes of the marks that running text has, whether or not they end a sentence.
constexpr auto kPunctuation = make_byte_set({',', ';', ':', '"', '(', '.', '!', '?', 0xD8, 0xE2, 0xE3, 0xEF});

// Hardly any mark in a long stretch; what is shorter cannot have more than kMaxSentenceWords words.
bool is_stripped(std::string_view sentence) {
  constexpr size_t kLeastBytes = 2 * kMaxSentenceWords;
  constexpr size_t kBytesAMark = 240;  // about 40 words
  if (sentence.size() < kLeastBytes) return false;
  size_t allowed = sentence.size() / kBytesAMark;
  for (size_t at = 0; at + 1 < sentence.size(); ++at) {
    const auto byte = static_cast<std::uint8_t>(sentence[at]);
    if (!kPunctuation[byte] || (byte >= 0x80 && !u_ispunct(character_at(sentence, at).code))) continue;
    if (allowed-- == 0) return false;
  }
  return true;
}

// One blank and a small ASCII letter: no border of any kind. Most words end so.
bool goes_on_plainly(std::string_view text, size_t at, size_t end) {
  return at + 1 < end && text[at] == ' ' && text[at + 1] >= 'a' && text[at + 1] <= 'z';
}

size_t blank_after(std::string_view text, size_t at, size_t end) {
  while (at < end) {
    const ByteClass byte_class = kByteClasses[static_cast<std::uint8_t>(text[at])];
    if (byte_class == ByteClass::kBlank) break;
    if (byte_class == ByteClass::kLead && is_blank(character_at(text, at).code)) break;
    ++at;
  }
  return at;
}

// ---- the rules -----------------------------------------------------------------------------------------------------

constexpr size_t kLookBytes = 64;  // how far the rules look back and ahead

// Terminators with the closing marks that belong to them: `.`, `?!”`, `. . .`, `.)”`.
struct Run {
  size_t begin = 0;
  size_t end = 0;
  unsigned stops = 0;
  bool shout = false;
  bool ellipsis = false;
  bool full = false;
  bool closed = false;    // by a closing quotation mark
  bool detached = false;  // a blank stands before the first mark
  bool again = false;     // a full stop after a closing mark: "(R-S.C.)."
};

// What stands after a run.
struct Next {
  size_t at = 0;  // of the first letter or digit
  UChar32 code = 0;
  bool quote = false;  // opening mark before it
  bool bracket = false;
  bool dash = false;
  bool handle = false;  // @name or #word
};

// Does a character beyond ASCII belong to the run before it?
bool closes_run(UChar32 code, UChar32 after) {
  const bool before_word = is_letter(after) || is_digit(after);
  switch (u_charType(code)) {
    case U_FORMAT_CHAR:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_END_PUNCTUATION:
      return true;
    case U_FINAL_PUNCTUATION:  // ” may lack its blank; ’ and » before a word begin something
      return !before_word || code == 0x201D;
    case U_INITIAL_PUNCTUATION:  // closes in German („…“) and Danish (»…«)
      return !before_word;
    default:
      return false;
  }
}

class Splitter {
 public:
  Splitter(std::string_view text, std::string_view language)
      : text_(text),
        starters_(starters_of(language)),
        english_(starters_.data() == std::data(kStarters)),
        german_(language == "de"),
        french_(language == "fr"),
        greek_(language == "el"),
        candidates_(greek_ ? kGreekCandidates : kCandidates),
        columns_(wrapping_of(text)) {}

  std::vector<Sentence> split();

 private:
  size_t find_candidate(size_t at) const;
  Mark mark_in_language(UChar32 code) const { return code == ';' && greek_ ? Mark::kShout : mark_of(code); }
  size_t step(size_t at);
  size_t at_line_end(size_t at);
  size_t at_terminator(size_t at);
  size_t at_bullet(size_t at);

  Run read_run(size_t at);
  size_t closer_at(size_t at, Run& run);
  size_t detached_at(size_t at, const Run& run);
  bool quotes_open(size_t at);

  bool breaks_line(size_t line_end, const Gap& gap, bool terminated);
  bool begins_item(size_t at) const;
  bool had_room(size_t line_end, size_t next) const;
  Case letter_case();

  Next look_ahead(size_t at) const;
  bool continues(const Next& next);
  bool ends_sentence(const Run& run, const Gap& gap);
  bool ends_glued(const Run& run);
  bool begins_glued(size_t at) const;
  bool ends_at_full(const Run& run) const;
  bool ends_at_shout(const Run& run, const Next& next);
  bool ends_at_ellipsis(const Run& run, const Next& next);
  bool ends_at_stop(const Run& run, const Next& next);
  bool goes_on_after_clock(const Next& next) const;
  bool begins_sentence(size_t at) const { return look_ahead(start_).at == at; }
  size_t offset_of(std::string_view word) const { return static_cast<size_t>(word.data() - text_.data()); }
  bool in_address(size_t at) const;
  Wants wants_of_number(std::string_view word) const;
  Wants wants_of(std::string_view word, size_t next);
  bool matches(const Abbreviation& abbreviation, std::string_view word, size_t next);
  std::string_view word_before(size_t at) const;
  std::string_view word_at(size_t at) const;
  bool starts_sentences(std::string_view folded) const;
  bool is_starter(std::string_view word);
  bool is_attribution(const Next& next);

  void end_sentence(size_t end, size_t next);
  void end_paragraph(size_t end, size_t next);
  void emit(size_t begin, size_t end);
  void cut_stripped(size_t begin, size_t end);
  std::vector<Piece> phrases_of(size_t begin, size_t end);
  bool is_border(std::string_view word, const Gap& gap);
  int border_weight(std::string_view word, const Gap& gap);
  void cut_evenly(const Piece& piece);
  void cut_long(size_t begin, size_t end);
  void add(size_t begin, size_t end);

  std::string_view text_;
  std::span<const std::string_view> starters_;
  bool english_;
  bool german_;
  bool french_;
  bool greek_;
  const ByteSet& candidates_;
  size_t columns_;  // of wrapped text, else 0

  std::vector<Sentence> sentences_;
  size_t start_ = 0;        // of the sentence
  size_t paragraph_ = 0;    // begin of the paragraph
  size_t quotes_seen_ = 0;  // straight quotation marks are counted from paragraph_ to here
  bool quotes_open_ = false;
  bool case_known_ = false;
  Case case_ = Case::kMixed;
};

std::vector<Sentence> Splitter::split() {
  start_ = paragraph_ = quotes_seen_ = gap_at(text_, 0).end;
  for (size_t at = start_; (at = find_candidate(at)) < text_.size();) at = step(at);
  if (start_ < text_.size()) end_sentence(text_.size(), text_.size());
  return std::move(sentences_);
}

size_t Splitter::find_candidate(size_t at) const {
  const size_t size = text_.size();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text_.data());
  while (at < size && !candidates_[bytes[at]]) ++at;
  return at;
}

size_t Splitter::step(size_t at) {
  const Character c = character_at(text_, at);
  switch (mark_in_language(c.code)) {
    case Mark::kNone:
      return at + c.bytes;
    case Mark::kLineEnd:
      return at_line_end(at);
    case Mark::kBullet:
      return at_bullet(at);
    default:
      return at_terminator(at);
  }
}

size_t Splitter::at_line_end(size_t at) {
  const Gap gap = gap_at(text_, at);
  if (gap.end < text_.size() && breaks_line(at, gap, false)) end_paragraph(at, gap.end);
  return gap.end;
}

// A bullet between blanks begins an item of a list that lost its lines.
size_t Splitter::at_bullet(size_t at) {
  const Character c = character_at(text_, at);
  const bool set_apart = is_blank(character_before(text_, at).code) && is_blank(character_at(text_, at + c.bytes).code);
  if (at > start_ && set_apart) end_sentence(at, at);
  return at + c.bytes;
}

size_t Splitter::at_terminator(size_t at) {
  const Run run = read_run(at);
  const Gap gap = gap_at(text_, run.end);
  if (gap.end == text_.size()) return gap.end;
  if (gap.line_ends > 0 && breaks_line(run.end, gap, true)) {
    end_paragraph(run.end, gap.end);
  } else if (ends_sentence(run, gap)) {
    end_sentence(run.end, gap.end);
  }
  return gap.end;
}

// Reads terminators and what closes them. A mark set apart by blanks belongs to the run too: `. . .`, `. ” He`, `! )`.
Run Splitter::read_run(size_t at) {
  Run run;
  run.begin = run.end = at;
  run.detached = is_blank(character_before(text_, at).code);
  unsigned closers = 0;
  for (;;) {
    const Character c = character_at(text_, run.end);
    const Mark mark = mark_in_language(c.code);
    size_t bytes = c.bytes;
    if (mark == Mark::kStop) {
      run.again = run.again || closers > 0;
      ++run.stops;
    } else if (mark == Mark::kShout) {
      run.shout = true;
    } else if (mark == Mark::kEllipsis) {
      run.ellipsis = true;
    } else if (mark == Mark::kFull) {
      run.full = true;
    } else {
      bytes = closer_at(run.end, run);
      closers += bytes > 0;
    }
    if (bytes == 0) bytes = detached_at(run.end, run);
    if (bytes == 0) return run;
    run.end += bytes;
  }
}

// Bytes of the closing mark at `at`; 0 if there is none.
size_t Splitter::closer_at(size_t at, Run& run) {
  const Character c = character_at(text_, at);
  if (c.bytes == 0 || is_blank(c.code)) return 0;
  const UChar32 after = character_at(text_, at + c.bytes).code;
  const bool before_word = is_letter(after) || is_digit(after);
  switch (c.code) {
    case ')':
    case ']':
    case '}':
    case '*':
    case '_':
      return 1;
    case '\'':
      return before_word ? 0 : 1;
    case '"':
      if (before_word && !quotes_open(at)) return 0;
      run.closed = true;
      return 1;
    case '[': {  // a footnote's number
      size_t end = at + 1;
      while (end < text_.size() && is_digit(character_at(text_, end).code) && end - at < 5) ++end;
      return end > at + 1 && end < text_.size() && text_[end] == ']' ? end + 1 - at : 0;
    }
    default:
      break;
  }
  if (c.code < 0x80 || !closes_run(c.code, after)) return 0;
  run.closed = run.closed || is_double_quote(c.code);
  return c.bytes;
}

// Bytes of blanks and a mark behind them that belongs to the run still; 0 if there is none.
size_t Splitter::detached_at(size_t at, const Run& run) {
  constexpr size_t kMostBlanks = 3;
  if (run.full) return 0;
  size_t mark_at = at;
  for (size_t blanks = 0; blanks < kMostBlanks; ++blanks) {
    const Character c = character_at(text_, mark_at);
    if (!is_blank(c.code) || mark_of(c.code) == Mark::kLineEnd) break;
    mark_at += c.bytes;
  }
  if (mark_at == at) return 0;
  const Character c = character_at(text_, mark_at);
  const UChar32 after = character_at(text_, mark_at + c.bytes).code;
  const bool set_apart = after == 0 || is_blank(after) || after == ',' || closes(after);
  switch (mark_of(c.code)) {
    case Mark::kStop:
      return set_apart || after == '.' ? mark_at - at : 0;
    case Mark::kShout:
    case Mark::kEllipsis:
      return set_apart ? mark_at - at : 0;
    default:
      break;
  }
  if (c.code == ')' || c.code == ']') return mark_at - at;
  if (c.code == '"') return set_apart && quotes_open(mark_at) ? mark_at - at : 0;
  if (c.code == 0x201D || (c.code == 0xBB && french_)) return set_apart || after == '.' ? mark_at - at : 0;
  return 0;
}

bool Splitter::quotes_open(size_t at) {
  for (; quotes_seen_ < at; ++quotes_seen_) quotes_open_ ^= text_[quotes_seen_] == '"';
  return quotes_open_;
}

// Is the line end between the text before `line_end` and gap.end the border of a paragraph, a heading, an item?
bool Splitter::breaks_line(size_t line_end, const Gap& gap, bool terminated) {
  if (gap.line_ends > 1) return true;
  const bool lower = is_lower(character_at(text_, gap.end).code);
  if (columns_ == 0) return !lower || terminated || letter_case() == Case::kLower;
  if (gap.end - gap.line_begin > 1 || begins_item(gap.end)) return true;
  return (!lower || terminated) && had_room(line_end, gap.end);
}

bool Splitter::begins_item(size_t at) const {
  const Character c = character_at(text_, at);
  if (is_bullet(c.code)) return true;
  return (c.code == '-' || c.code == '*') && is_blank(character_at(text_, at + 1).code);
}

// Had the word at `next` found room on the line that ends at `line_end`? Then the line did not end for want of room.
bool Splitter::had_room(size_t line_end, size_t next) const {
  const size_t before = text_.rfind('\n', line_end - 1);
  const size_t begin = before == std::string_view::npos ? 0 : before + 1;
  size_t word_end = next + character_at(text_, next).bytes;
  if (!is_ideographic(character_at(text_, next).code))
    word_end = blank_after(text_, word_end, std::min(next + kLookBytes, text_.size()));
  const size_t end = trim_end(text_, begin, line_end);
  const size_t columns = columns_of(text_.substr(begin, end - begin));
  constexpr size_t kSlack = 12;  // a line that is much wider than the wrapped ones was not wrapped
  return columns > columns_ + kSlack || columns + 1 + columns_of(text_.substr(next, word_end - next)) <= columns_;
}

// Letters of one case tell nothing about where a sentence begins. Judged on the head of the paragraph.
Case Splitter::letter_case() {
  constexpr size_t kSampleBytes = 512;
  if (case_known_) return case_;
  case_known_ = true;
  size_t lower = 0;
  size_t upper = 0;
  const size_t end = std::min(text_.size(), paragraph_ + kSampleBytes);
  for (size_t at = paragraph_; at < end;) {
    const Character c = character_at(text_, at);
    at += c.bytes;
    if (c.code == '\n' && (columns_ == 0 || character_at(text_, at).code == '\n')) break;
    lower += is_lower(c.code);
    upper += is_upper(c.code);
    if (upper > 0 && lower * 20 > kSampleBytes) break;  // mixed, whatever follows
  }
  case_ = upper == 0 ? Case::kLower : lower * 20 < upper ? Case::kUpper : Case::kMixed;
  return case_;
}

Next Splitter::look_ahead(size_t at) const {
  Next next;
  const size_t end = std::min(text_.size(), at + kLookBytes);
  while (at < end) {
    const Character c = character_at(text_, at);
    if (is_letter(c.code) || is_digit(c.code)) {
      next.at = at;
      next.code = c.code;
      return next;
    }
    const auto type = u_charType(c.code);
    next.dash = next.dash || is_dash(c.code);
    next.bracket = next.bracket || c.code == '(' || c.code == '[';
    next.handle = c.code == '@' || c.code == '#';
    next.quote = next.quote || c.code == '"' || c.code == '\'' || type == U_INITIAL_PUNCTUATION;
    at += c.bytes;
  }
  next.at = end;
  return next;
}

// A lower-case word goes on with the sentence; "iPhone" and "@name" do not tell.
bool Splitter::continues(const Next& next) {
  if (!is_lower(next.code) || next.handle || letter_case() == Case::kLower) return false;
  const size_t second = next.at + character_at(text_, next.at).bytes;
  return !is_upper(character_at(text_, second).code);
}

bool Splitter::ends_sentence(const Run& run, const Gap& gap) {
  if (run.full) return ends_at_full(run);
  const bool glued = gap.end == run.end;
  if (glued && !begins_glued(run.end)) return ends_glued(run);
  if (opens(character_before(text_, run.begin).code)) return false;  // "(!)", "[…]"
  const Next next = look_ahead(gap.end);
  if (continues(next)) return false;
  if (run.shout) return ends_at_shout(run, next);
  if (run.ellipsis || run.stops > 2) return ends_at_ellipsis(run, next);
  return ends_at_stop(run, next);
}

// An opening mark needs no blank before it; a straight quotation mark that was not taken as a closing one is opening.
bool Splitter::begins_glued(size_t at) const {
  const UChar32 code = character_at(text_, at).code;
  return code == '"' || code == '#' || opens(code);
}

bool Splitter::ends_at_full(const Run& run) const {
  const UChar32 before = character_before(text_, run.begin).code;
  const UChar32 after = character_at(text_, run.end).code;
  if (is_digit(before) && is_digit(after)) return false;
  const bool hiragana = after >= 0x3041 && after <= 0x309F;
  if (run.closed && hiragana) return false;  // 「…。」と述べた: the attribution
  return opens(after) || !u_ispunct(after);
}

// `"Why?” Mr. Peskov asked.` is one sentence; "Yahoo!" is a name.
bool Splitter::ends_at_shout(const Run& run, const Next& next) {
  if (run.closed) return !is_attribution(next);
  const FoldedWord word(word_before(run.begin));
  if (word.view() == "yahoo" || word.view() == "jeopardy") return is_starter(word_at(next.at));
  return true;
}

bool Splitter::ends_at_ellipsis(const Run& run, const Next& next) {
  if (letter_case() != Case::kMixed) return is_starter(word_at(next.at));
  if (run.closed || next.quote || run.stops > 3 || (run.ellipsis && run.stops > 0)) return true;
  return !run.detached || is_starter(word_at(next.at));
}

bool Splitter::ends_at_stop(const Run& run, const Next& next) {
  if (run.again) return true;
  const std::string_view word = word_before(run.begin);
  switch (wants_of(word, next.at)) {
    case Wants::kNothing:
      return true;
    case Wants::kMore:
      return run.closed;
    case Wants::kNumber:
      return !is_digit(next.code);
    case Wants::kClock:
      return !goes_on_after_clock(next);
    case Wants::kInitial:
      if (begins_sentence(offset_of(word))) return false;
      break;
    case Wants::kStarter:
      break;
  }
  if (next.dash || next.bracket) return false;
  return run.closed || is_starter(word_at(next.at));
}

bool Splitter::goes_on_after_clock(const Next& next) const {
  if (next.dash || next.bracket || is_digit(next.code)) return true;
  const std::string_view word = word_at(next.at);
  if (contains(kClockFollowers, FoldedWord(word).view())) return true;
  const size_t after = next.at + word.size();
  return text_.substr(std::min(after, text_.size())).starts_with(" time");
}

// No blank after the mark: an address, a number, or a blank that was lost ("Security.The largest").
bool Splitter::ends_glued(const Run& run) {
  const Character after = character_at(text_, run.end);
  if (is_ideographic(after.code))
    return is_letter(after.code) && (run.shout || is_ideographic(character_before(text_, run.begin).code));
  if (!is_upper(after.code) || letter_case() != Case::kMixed) return false;
  if (run.ellipsis || run.stops == 3) return is_starter(word_at(run.end));
  const UChar32 before = character_before(text_, run.begin).code;
  if (!is_lower(before) && !is_digit(before) && before != ')' && !run.closed) return false;
  const std::string_view word = word_at(run.end);
  const UChar32 behind = character_at(text_, run.end + word.size()).code;
  const bool lonely = word == "A" || word == "I";
  if (lonely ? !is_blank(behind) : !is_lower(character_at(text_, run.end + after.bytes).code)) return false;
  if (behind == '.' && is_letter(character_at(text_, run.end + word.size() + 1).code)) return false;
  if (behind == '@' || behind == '/' || behind == '_' || behind == '=') return false;
  if (contains(kTopLevelDomains, FoldedWord(word).view())) return false;
  return !in_address(run.begin) && wants_of(word_before(run.begin), run.end) == Wants::kNothing;
}

// Does the stretch without blanks that ends before `at` look like an address or a file name?
bool Splitter::in_address(size_t at) const {
  const size_t least = at - std::min(at - start_, kLookBytes);
  for (size_t begin = at; begin > least; --begin) {
    const char c = text_[begin - 1];
    if (c == ' ' || c == '\n' || c == '\t') return at - begin < 2;
    if (c == '/' || c == '@' || c == '=' || c == '_' || c == '.' || c == '#') return true;
  }
  return at - least < 2;
}

std::string_view Splitter::word_before(size_t at) const {
  constexpr size_t kMostBlanks = 2;  // "U.S ."
  for (size_t blanks = 0; blanks < kMostBlanks && at > start_; ++blanks) {
    const Character c = character_before(text_, at);
    if (!is_blank(c.code)) break;
    at -= c.bytes;
  }
  size_t begin = at;
  while (begin > start_ && at - begin < kLookBytes) {
    const Character c = character_before(text_, begin);
    const bool inside =
        is_letter(c.code) || is_digit(c.code) || c.code == '.' || c.code == '\'' || c.code == '&' || c.code == 0x2019;
    if (!inside) break;
    begin -= c.bytes;
  }
  return text_.substr(begin, at - begin);
}

std::string_view Splitter::word_at(size_t at) const {
  size_t end = at;
  while (end < text_.size() && end - at < kLookBytes) {
    const Character c = character_at(text_, end);
    if (!is_letter(c.code)) break;
    end += c.bytes;
  }
  return text_.substr(at, end - at);
}

// next  where the next word begins
Wants Splitter::wants_of(std::string_view word, size_t next) {
  if (word.empty() || word.size() >= kLookBytes / 2) return Wants::kNothing;
  const Character first = character_at(word, 0);
  if (is_digit(first.code)) return wants_of_number(word);
  const FoldedWord folded(word);
  if (word.find('.') != std::string_view::npos) return wants_of_dotted(folded.view());
  const Abbreviation* abbreviation = find_abbreviation(folded.view());
  if (abbreviation && matches(*abbreviation, word, next)) return abbreviation->wants;
  if (is_roman_number(word) && begins_sentence(offset_of(word))) return Wants::kMore;
  if (first.bytes < word.size()) return Wants::kNothing;
  if (is_upper(first.code) && letter_case() == Case::kMixed) return Wants::kInitial;
  const bool one_case = (is_upper(first.code) || is_lower(first.code)) && letter_case() != Case::kMixed;
  return one_case && folded.view() != "i" ? Wants::kInitial : Wants::kNothing;
}

// "SEN. REID" in a heading is a senator, "the SEC. The" an agency: capitals are trusted among capitals only.
bool Splitter::matches(const Abbreviation& abbreviation, std::string_view word, size_t next) {
  if (letter_case() != Case::kMixed) return abbreviation.spelling != Spelling::kMixed;
  if (abbreviation.spelling == Spelling::kAny) return true;
  return is_upper(character_at(word, 0).code) && (!is_all_capitals(word) || is_all_capitals(word_at(next)));
}

// "1." at the head of a line is an item's number; in German any day is ("3. Oktober").
Wants Splitter::wants_of_number(std::string_view word) const {
  if (!std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c); })) return Wants::kNothing;
  if (word.size() <= 3 && begins_sentence(offset_of(word))) return Wants::kMore;
  return german_ && word.size() <= 2 ? Wants::kStarter : Wants::kNothing;
}

bool Splitter::starts_sentences(std::string_view folded) const {
  return contains(starters_, folded) || (english_ && contains(kSureStarters, folded));
}

bool Splitter::is_starter(std::string_view word) {
  if (letter_case() == Case::kMixed) return starts_sentences(FoldedWord(word).view());
  return english_ && contains(kSureStarters, FoldedWord(word).view());
}

// `Mr. Peskov asked`: up to six names or titles, then a verb of speech.
bool Splitter::is_attribution(const Next& next) {
  constexpr int kMostNames = 7;
  const bool mixed = letter_case() == Case::kMixed;
  size_t at = next.at;
  if (next.quote || next.bracket || next.dash) return false;
  if (mixed && is_starter(word_at(at)) && wants_of(word_at(at), at) == Wants::kNothing) return false;
  for (int names = 0; names < kMostNames; ++names) {
    const std::string_view word = word_at(at);
    if (word.empty()) return false;
    if (contains(kSpeechVerbs, FoldedWord(word).view())) return names > 0 || !mixed;
    if (mixed && !is_upper(character_at(word, 0).code)) return false;
    at += word.size();
    if (at < text_.size() && text_[at] == '.') ++at;
    if (at >= text_.size() || !is_blank(character_at(text_, at).code)) return false;
    at = gap_at(text_, at).end;
  }
  return false;
}

void Splitter::end_sentence(size_t end, size_t next) {
  emit(start_, trim_end(text_, start_, end));
  start_ = next;
}

void Splitter::end_paragraph(size_t end, size_t next) {
  end_sentence(end, next);
  paragraph_ = quotes_seen_ = next;
  quotes_open_ = case_known_ = false;
}

void Splitter::emit(size_t begin, size_t end) {
  const std::string_view sentence = text_.substr(begin, end - begin);
  if (is_stripped(sentence)) return cut_stripped(begin, end);
  cut_long(begin, end);
}

// Cuts where marks once stood, at the likeliest borders that give sentences of kMinStrippedWords to kMaxSentenceWords.
//
// The borders are weighed by border_weight; the best set of them is found from left to right (dynamic programming over
// at most kMaxSentenceWords phrases back). Where no border is, cut_evenly cuts.
void Splitter::cut_stripped(size_t begin, size_t end) {
  constexpr int kTooShort = -30;
  struct Ending {
    int weight = 0;
    size_t from = 0;  // the sentence that ends here began with this phrase
  };
  const std::vector<Piece> phrases = phrases_of(begin, end);
  std::vector<Ending> best(phrases.size() + 1);
  for (size_t last = 0; last < phrases.size(); ++last) {
    Ending& ending = best[last + 1];
    std::uint32_t words = 0;
    for (size_t first = last + 1; first-- > 0;) {
      words += phrases[first].words;
      if (words > kMaxSentenceWords && first < last) break;
      const int weight = best[first].weight + phrases[last].weight + (words < kMinStrippedWords ? kTooShort : 0);
      if (first == last || weight > ending.weight) ending = {weight, first};
    }
  }
  std::vector<Piece> sentences;
  for (size_t last = phrases.size(); last > 0; last = best[last].from) {
    Piece sentence{phrases[best[last].from].begin, phrases[last - 1].end};
    for (size_t phrase = best[last].from; phrase < last; ++phrase) sentence.words += phrases[phrase].words;
    sentences.push_back(sentence);
  }
  std::for_each(sentences.rbegin(), sentences.rend(), [this](const Piece& sentence) { cut_evenly(sentence); });
}

// The stretches between possible borders: runs of blanks, where a mark stood; a capital at the head of a word that
// begins sentences, after a lower-case word; in scripts that have blanks between clauses only, any blank.
std::vector<Piece> Splitter::phrases_of(size_t begin, size_t end) {
  std::vector<Piece> phrases;
  Piece phrase{begin, begin};
  for (size_t at = begin; at < end;) {
    phrase.end = blank_after(text_, at, end);
    if (goes_on_plainly(text_, phrase.end, end)) {
      at = phrase.end + 1;
      continue;
    }
    const std::string_view word = text_.substr(at, phrase.end - at);
    const Gap gap = gap_at(text_, phrase.end);
    at = gap.end;
    if (at < end && !is_border(word, gap)) continue;
    phrase.words = std::max(count_words(text_.substr(phrase.begin, phrase.end - phrase.begin)), 1u);
    phrase.weight = at < end ? border_weight(word, gap) : 0;
    phrases.push_back(phrase);
    phrase = {at, at};
  }
  return phrases;
}

bool Splitter::is_border(std::string_view word, const Gap& gap) {
  if (gap.line_ends > 0) return false;
  if (gap.blanks > 1) return true;
  const UChar32 next = character_at(text_, gap.end).code;
  if (is_unspaced(next)) return is_unspaced(character_before(word, word.size()).code);
  if (!is_upper(next) || !is_lower(character_at(word, 0).code) || word.size() < 2) return false;
  const std::string_view next_word = word_at(gap.end);
  return next_word != "I" && starts_sentences(FoldedWord(next_word).view());
}

// How likely a sentence ends between `word` and the gap, in tenths of log odds, moved so that about the right number of
// sentences comes out. Measured 2026-11 on 600 articles of us_news with their marks taken out: of 27 600 borders it
// finds 57 % with a precision of 65 %; cutting at the first run of blanks after 12 words, 51 % and 44 %. Three and four
// blanks are a mark and a blank with a quotation mark or a paragraph's end; more are a number mostly.
int Splitter::border_weight(std::string_view word, const Gap& gap) {
  const FoldedWord before(word);
  const FoldedWord after(word_at(gap.end));
  int weight = gap.blanks == 1 ? 4 : gap.blanks == 2 ? -6 : gap.blanks <= 4 ? 10 : 0;
  if (starts_sentences(after.view())) weight += 8;
  if (contains(kGoingOn, after.view())) weight -= 20;
  const Abbreviation* title = find_abbreviation(before.view());
  const bool wants_more =
      word.size() == 1 || contains(kWantingMore, before.view()) || (title && title->wants == Wants::kMore);
  return wants_more ? weight - 25 : weight;
}

void Splitter::cut_evenly(const Piece& piece) {
  constexpr std::uint64_t kUsualWords = 30;
  if (piece.words <= kMaxSentenceWords) return cut_long(piece.begin, piece.end);
  std::vector<Piece> words;
  std::uint64_t total = 0;
  for (size_t at = piece.begin; at < piece.end; at = gap_at(text_, words.back().end).end) {
    const size_t end = blank_after(text_, at, piece.end);
    words.push_back({at, end, std::max(count_words(text_.substr(at, end - at)), 1u)});
    total += words.back().words;
  }
  const std::uint64_t parts = (total + kUsualWords - 1) / kUsualWords;
  size_t begin = piece.begin;
  std::uint64_t part = 1;
  std::uint64_t counted = 0;
  for (const Piece& word : words) {
    counted += word.words;
    if (counted * parts < part * total) continue;
    cut_long(begin, word.end);
    begin = gap_at(text_, word.end).end;
    part = counted * parts / total + 1;
  }
  if (begin < piece.end) cut_long(begin, piece.end);
}

// Cuts what is longer than kMaxSentenceBytes at its last blank within, else between characters.
void Splitter::cut_long(size_t begin, size_t end) {
  while (end - begin > kMaxSentenceBytes) {
    const size_t limit = character_border(text_, begin + kMaxSentenceBytes);
    size_t cut = limit;
    while (cut > begin && !is_blank(character_at(text_, cut).code)) cut -= character_before(text_, cut).bytes;
    if (cut == begin) cut = limit;
    add(begin, trim_end(text_, begin, cut));
    begin = gap_at(text_, cut).end;
  }
  add(begin, end);
}

void Splitter::add(size_t begin, size_t end) {
  sentences_.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
}

}  // namespace

std::uint32_t count_words(std::string_view text) {
  constexpr size_t kMostBytesAWord = 32;
  size_t words = 0;
  size_t ideographs = 0;
  size_t unspaced = 0;
  size_t blanks = 0;
  bool inside = false;
  for (size_t at = 0; at < text.size();) {
    const ByteClass byte_class = kByteClasses[static_cast<std::uint8_t>(text[at])];
    if (byte_class != ByteClass::kLead) {
      const bool word = byte_class == ByteClass::kWord;
      words += word && !inside;
      inside = (inside || word) && byte_class != ByteClass::kBlank;
      blanks += byte_class == ByteClass::kBlank;
      ++at;
      continue;
    }
    const Character c = character_at(text, at);
    at += c.bytes;
    if (is_unspaced(c.code)) {
      ++unspaced;
      inside = false;
    } else if (is_ideographic(c.code)) {
      ideographs += is_letter(c.code);
      inside = false;
    } else if (is_letter(c.code)) {
      words += !inside;
      inside = true;
    } else if (is_blank(c.code) || is_dash(c.code)) {
      inside = false;
    }
  }
  words += (ideographs + 1) / 2 + (unspaced + 4) / 5;
  return static_cast<std::uint32_t>(std::max(words, (text.size() - blanks) / kMostBytesAWord));
}

std::vector<Sentence> split_sentences(std::string_view text, std::string_view language) {
  return Splitter(text, language).split();
}

}  // namespace dateline
