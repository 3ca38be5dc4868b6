// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/person_name.h"

#include <algorithm>
#include <array>
#include <memory>
#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <utility>

#include "common/analyzer.h"
#include "common/ascii.h"
#include "common/char_class.h"
#include "common/icu_status.h"
#include "common/remembered.h"
#include "common/text.h"

namespace dateline {
namespace {

constexpr std::array<std::string_view, 35> kParticles = {"abu", "al",  "as", "at",  "az",    "ben", "bin", "bint", "da",
                                                         "dal", "das", "de", "del", "della", "dem", "den", "der",  "di",
                                                         "dos", "du",  "e",  "el",  "ibn",   "la",  "le",  "st",   "t",
                                                         "ten", "ter", "ul", "umm", "van",   "vom", "von", "zu"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kSuffixes = {{{"ii", "ii"},
                                                                                     {"iii", "iii"},
                                                                                     {"iv", "iv"},
                                                                                     {"jnr", "jr"},
                                                                                     {"jr", "jr"},
                                                                                     {"junior", "jr"},
                                                                                     {"senior", "sr"},
                                                                                     {"snr", "sr"},
                                                                                     {"sr", "sr"}}};

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

void drop_doubles(std::string& word) { word.erase(std::unique(word.begin(), word.end()), word.end()); }

// Replaces the leftmost of the patterns at each place, once through.
std::string rewrite(std::string_view word, const std::vector<std::pair<std::string_view, std::string_view>>& rules) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const auto& one) {
      return one.first.front() == word[at] && word.substr(at).starts_with(one.first);
    });
    if (rule == rules.end()) {
      out += word[at++];
    } else {
      out += rule->second;
      at += rule->first.size();
    }
  }
  return out;
}

std::size_t letters_of(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool is_initial(std::string_view word) { return letters_of(word) == 1; }

// Words of the analyzer are no longer; ICU's rules take quadratic time.
std::string_view cut(std::string_view word) { return word.substr(0, kMaxWordBytes); }

std::string make_spelling_key(std::string_view folded_word) {
  const std::string latin = is_ascii(folded_word) ? std::string(folded_word) : romanised(folded_word);
  std::string letters;
  std::copy_if(latin.begin(), latin.end(), std::back_inserter(letters),
               [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  // Russian, Ukrainian and Arabic endings and letters that English papers spell in several ways.
  static const std::vector<std::pair<std::string_view, std::string_view>> kRules = {
      {"tsch", "ch"}, {"tch", "ch"}, {"sch", "sh"}, {"kh", "h"},  {"dzh", "j"}, {"dj", "j"},  {"ph", "f"},
      {"ck", "k"},    {"ou", "u"},   {"oo", "u"},   {"ee", "i"},  {"ij", "i"},  {"iy", "i"},  {"yi", "i"},
      {"ii", "i"},    {"yy", "i"},   {"ey", "ei"},  {"ya", "ia"}, {"ja", "ia"}, {"yu", "iu"}, {"ju", "iu"},
      {"yo", "io"},   {"y", "i"},    {"q", "k"},    {"tz", "ts"}, {"x", "ks"},  {"w", "v"}};
  std::string key = rewrite(letters, kRules);
  drop_doubles(key);
  if (key.starts_with("ie")) key.erase(0, 1);  // "Yelena", "Elena"
  return key;
}

std::string make_sound_key(std::string_view folded_word) {
  static const std::vector<std::pair<std::string_view, std::string_view>> kRules = {
      {"dh", "t"}, {"th", "t"}, {"gh", "k"}, {"sh", "s"}, {"ch", "c"}, {"ts", "c"}, {"zh", "j"},
      {"g", "k"},  {"c", "k"},  {"v", "f"},  {"b", "p"},  {"d", "t"},  {"z", "s"}};
  std::string key = make_spelling_key(folded_word);
  if (key.starts_with('h') && key.size() > 1 && !is_vowel(key[1])) key.front() = 'k';
  const char first = key.empty() ? '\0' : key.front();
  key = rewrite(key, kRules);
  std::erase_if(key, [](char c) { return is_vowel(c) || c == 'h' || c == 'j'; });
  drop_doubles(key);
  // A vowel in front is heard.
  return is_vowel(first) ? std::string(1, 'a') + key : key;
}

bool given_agree(const std::string& a, const std::string& b, const IsNickname& is_nickname) {
  if (a == b) return true;
  if (is_initial(a) || is_initial(b)) {
    if (is_ascii(a) == is_ascii(b)) return is_initial(a) ? b.starts_with(a) : a.starts_with(b);
    return make_spelling_key(a).substr(0, 1) == make_spelling_key(b).substr(0, 1);
  }
  if (spelling_key(a) == spelling_key(b) || is_nickname(a, b) || is_nickname(b, a)) return true;
  if (is_ascii(a) == is_ascii(b)) return false;
  // "Алексей", "Oleksiy"
  const std::string& latin = is_ascii(a) ? a : b;
  const std::string other = romanised(is_ascii(a) ? b : a);
  return is_nickname(latin, other) || is_nickname(other, latin);
}

// The consonants of a spelling_key.
std::string consonants_of(std::string_view word) {
  std::string letters = spelling_key(word);
  std::erase_if(letters, is_vowel);
  drop_doubles(letters);
  return letters;
}

// "Mohamed Eltayeb", "Muhammad al-Tayyib"
bool are_one_in_arabic(const PersonName& a, const PersonName& b) {
  if (a.surname != 1 || b.surname != 1) return false;
  const ArabicSurname one = arabic_surname(a);
  const ArabicSurname other = arabic_surname(b);
  if (one.key.empty() || one.key != other.key || (!one.has_article && !other.has_article)) return false;
  const std::string given = consonants_of(a.words.front());
  return a.words.front() == b.words.front() || (given.size() > 2 && given == consonants_of(b.words.front()));
}

}  // namespace

std::string_view name_suffix(std::string_view folded_word) {
  while (folded_word.ends_with('.')) folded_word.remove_suffix(1);
  const auto* found =
      std::find_if(kSuffixes.begin(), kSuffixes.end(), [&](const auto& one) { return one.first == folded_word; });
  return found == kSuffixes.end() ? std::string_view() : found->second;
}

bool is_name_particle(std::string_view folded_word) {
  return std::binary_search(kParticles.begin(), kParticles.end(), folded_word);
}

bool begins_surname(std::string_view word) {
  static constexpr std::array<std::string_view, 22> kWords = {"bin", "bint", "da",  "de",  "del", "della", "den", "der",
                                                              "di",  "dos",  "du",  "el",  "ibn", "la",    "le",  "t",
                                                              "ten", "ter",  "van", "vom", "von", "zu"};
  return std::binary_search(kWords.begin(), kWords.end(), word);
}

PersonName parse_person_name(std::string_view name) {
  PersonName parsed;
  const std::string folded = fold(name);
  std::string word;
  bool begins_with_particle = false;
  const auto close = [&] {
    if (!word.empty()) parsed.words.push_back(std::exchange(word, {}));
  };
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const CharClass cls = class_of(next_code_point(folded, at));
    if (begins_word(cls) || cls == CharClass::kMark || cls == CharClass::kUnspaced) {
      word.append(folded, begin, at - begin);
    } else if (cls == CharClass::kHyphen && is_name_particle(word)) {
      if (parsed.words.empty()) begins_with_particle = true;  // "al-Bashir"
      close();
    } else if (cls == CharClass::kBlank || cls == CharClass::kSeparator) {
      // "J.R. Smith": each initial is a word.
      close();
    }
  }
  close();
  if (parsed.words.size() > 1) {
    if (const std::string_view suffix = name_suffix(parsed.words.back()); !suffix.empty()) {
      parsed.suffix = suffix;
      parsed.words.pop_back();
    }
  }
  if (!parsed.words.empty()) {
    parsed.surname = parsed.words.size() - 1;
    while (parsed.surname > 1 && is_name_particle(parsed.words[parsed.surname - 1])) --parsed.surname;
    if (parsed.surname == 1 && (begins_with_particle || begins_surname(parsed.words.front()))) parsed.surname = 0;
  }
  return parsed;
}

std::string romanised(std::string_view folded_word) {
  // BGN, for ICU's own way has letters with marks: "Yurchenko", not "Ûrčenko".
  thread_local const std::unique_ptr<icu::Transliterator> transliterator([] {
    UErrorCode status = U_ZERO_ERROR;
    icu::Transliterator* made =
        icu::Transliterator::createInstance("Russian-Latin/BGN; Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status);
    check_memory(status);
    return made;
  }());
  if (!transliterator) return std::string(folded_word);
  icu::UnicodeString text =
      icu::UnicodeString::fromUTF8({folded_word.data(), static_cast<std::int32_t>(folded_word.size())});
  transliterator->transliterate(text);
  std::string latin;
  text.toUTF8String(latin);
  return latin;
}

std::size_t told_letters(const PersonName& name) {
  std::size_t letters = 0;
  for (const std::string& word : name.words) letters += letters_of(word);
  return letters;
}

std::string spelling_key(std::string_view folded_word) {
  thread_local Remembered remembered;
  return std::string(remembered.get(cut(folded_word), make_spelling_key));
}

std::string sound_key(std::string_view folded_word) {
  thread_local Remembered remembered;
  return std::string(remembered.get(cut(folded_word), make_sound_key));
}

ArabicSurname arabic_surname(const PersonName& name) {
  constexpr std::size_t kMinLetters = 4;  // behind an article that is no word of its own
  static constexpr std::array<std::string_view, 5> kArticles = {"al", "as", "at", "az", "el"};
  if (!name.is_full()) return {};
  std::string_view word = name.last();
  const bool has_article = name.surname + 1 < name.words.size() &&
                           std::find(kArticles.begin(), kArticles.end(), name.words[name.surname]) != kArticles.end();
  if (!has_article) {
    if (!(word.starts_with("al") || word.starts_with("el")) || word.size() < 2 + kMinLetters) return {};
    word.remove_prefix(2);
  }
  // Which vowel it is hardly matters to those who spell by ear: "Sayed", "Sayyid".
  std::string key = spelling_key(word);
  std::replace(key.begin(), key.end(), 'e', 'i');
  std::replace(key.begin(), key.end(), 'o', 'u');
  drop_doubles(key);
  return {std::move(key), has_article};
}

bool may_be_one_person(const PersonName& a, const PersonName& b, const IsNickname& is_nickname) {
  if (!a.is_full() || !b.is_full() || a.suffix != b.suffix) return false;
  if (a.words == b.words) return true;
  if (are_one_in_arabic(a, b)) return true;
  if (a.last() != b.last() && spelling_key(a.last()) != spelling_key(b.last())) return false;
  const std::vector<std::string> given_a(a.words.begin(), a.words.begin() + static_cast<std::ptrdiff_t>(a.surname));
  const std::vector<std::string> given_b(b.words.begin(), b.words.begin() + static_cast<std::ptrdiff_t>(b.surname));
  if (given_a.empty() || given_b.empty()) return false;
  if (!given_agree(given_a.front(), given_b.front(), is_nickname)) {
    // "Robert Mugabe" and "Robert Gabriel Mugabe" agree; "Gabriel Mugabe" could be anybody.
    return false;
  }
  // Middle names, as many as both have: "George W." is not "George H. W.".
  for (std::size_t i = 1; i < std::min(given_a.size(), given_b.size()); ++i) {
    if (!given_agree(given_a[i], given_b[i], is_nickname)) return false;
  }
  return true;
}

}  // namespace dateline
