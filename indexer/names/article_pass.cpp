// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/article_pass.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "common/ascii.h"
#include "common/name_key.h"
#include "common/person_name.h"
#include "indexer/names/known_aliases.h"
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dateline {
namespace {

constexpr std::size_t kMinSurnameBytes = 3;  // of one that is recognised where the tagger saw nothing
constexpr std::uint32_t kMaxRoleTokens = 6;
constexpr std::uint32_t kMaxAcronymTokens = 10;  // of the name that an acronym stands for
constexpr std::size_t kMaxRoles = 8;             // of one person
constexpr std::size_t kMaxRoleHolders = 500;     // of one article
constexpr std::size_t kMaxNamesakes = 50;
constexpr std::uint32_t kMaxSurnameTokens = 8;
constexpr std::size_t kMaxRareName = 6;  // bytes of a given name that no list has, before another
constexpr std::size_t kAgeGap = 6;       // blanks for ", 36, "

// Words on these lists are no surnames by themselves.
constexpr std::uint16_t kPlaceLists = list_bit(NameList::kCountry) | list_bit(NameList::kDemonym) |
                                      list_bit(NameList::kCity) | list_bit(NameList::kState) |
                                      list_bit(NameList::kOrganizationLast);
constexpr std::uint16_t kGivenLists = list_bit(NameList::kGivenMale) | list_bit(NameList::kGivenFemale);
constexpr std::uint16_t kRoleLists = list_bit(NameList::kRole) | list_bit(NameList::kOffice);

struct Found {
  std::uint32_t begin = 0;  // tokens
  std::uint32_t end = 0;
  NameKind kind = NameKind::kPerson;
  PersonName person;             // of people
  std::uint32_t name = kNobody;  // index into the names
};

struct Person {
  PersonName name;
  std::uint32_t index = 0;               // of ArticleNames::names
  std::uint32_t last_mention = kNobody;  // where it begins
  std::uint32_t first_mention = kNobody;
  int male = 0;  // evidence
  int female = 0;
  bool relative = false;  // introduced as somebody's: "his father X"
  bool elder = false;     // as a parent's generation
  bool younger = false;   // as a child's: "his son X", "X Jr."

  [[nodiscard]] Gender gender() const {
    return male > female ? Gender::kMale : female > male ? Gender::kFemale : Gender::kUnknown;
  }
};

// "NSA" of {"national", "security", "agency"}: the initials of all words, or of all but small ones.
bool is_acronym_of(std::string_view acronym, const std::vector<std::string_view>& words) {
  std::string all;
  std::string without_small;
  for (const std::string_view word : words) {
    if (word.empty()) continue;
    all += word.front();
    if (word != "of" && word != "the" && word != "and" && word != "for" && word != "in" && word != "on") {
      without_small += word.front();
    }
  }
  return acronym.size() > 1 && (acronym == all || acronym == without_small);
}

class ArticlePass {
 public:
  ArticlePass(const NamesModel& model, const NameAliases& aliases, const TokenizedText& tokens,
              const NameContext& context)
      : model_(model), aliases_(aliases), tokens_(tokens), context_(context) {}

  ArticleNames run(const std::vector<TaggedName>& tagged) {
    std::uint32_t number = 0;
    for (const NameParagraph& paragraph : tokens_.paragraphs) {
      paragraph_.resize(paragraph.end, number++);
      cased_.resize(paragraph.end, paragraph.cased);
    }
    for (const TaggedName& one : tagged) {
      if (const Found trimmed = trim(one); trimmed.begin < trimmed.end) found_.push_back(trimmed);
    }
    mend_people();
    in_thing_.resize(cased_.size());
    for (const Found& one : found_) {
      for (std::uint32_t i = one.begin; i < one.end; ++i) in_thing_[i] = one.kind != NameKind::kPerson;
    }
    name_full_people();
    recover_surnames();
    name_bare_people();
    name_organizations_and_places();
    find_roles();
    std::vector<Found> by_role = find_role_mentions();
    return finish(std::move(by_role));
  }

 private:
  [[nodiscard]] const NameToken& token(std::uint32_t i) const { return tokens_.tokens[i]; }
  [[nodiscard]] std::string_view form(std::uint32_t i) const { return tokens_.form(token(i)); }
  [[nodiscard]] const TokenFacts& facts(std::uint32_t i) const {
    return *context_.facts(tokens_.paragraphs[paragraph_[i]], i);
  }
  [[nodiscard]] bool is_on(std::uint32_t i, NameList list) const { return (facts(i).lists & list_bit(list)) != 0; }
  [[nodiscard]] bool is_word(std::uint32_t i) const { return token(i).kind == TokenKind::kWord; }

  [[nodiscard]] std::string_view written(std::uint32_t begin, std::uint32_t end) const {
    return tokens_.text.substr(token(begin).span.begin, token(end - 1).span.end - token(begin).span.begin);
  }

  // On one line, without the gaps of stripped text; capitals where there are none.
  [[nodiscard]] std::string shown(std::uint32_t begin, std::uint32_t end) const {
    std::string text;
    bool blank = false;
    for (const char c : written(begin, end)) {
      if (c == ' ' || c == '\n' || c == '\t') {
        blank = !text.empty();
        continue;
      }
      if (blank) text += ' ';
      blank = false;
      text += c;
    }
    if (cased_[begin]) return text;
    bool starts = true;
    for (char& c : text) {
      c = to_lower(c);
      if (starts && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
      starts = c == ' ' || c == '-';
    }
    for (const std::string_view small : {" Of ", " The ", " And ", " For "}) {
      for (std::size_t at = text.find(small); at != std::string::npos; at = text.find(small, at + 1)) {
        text[at + 1] = to_lower(text[at + 1]);
      }
    }
    return text;
  }

  std::uint32_t add_name(NameKind kind, std::string name) {
    names_.push_back({kind, std::move(name), Gender::kUnknown, {}});
    return static_cast<std::uint32_t>(names_.size() - 1);
  }

  // Without what is no part of a name: gaps at its ends, titles before and honours behind a person's.
  [[nodiscard]] Found trim(const TaggedName& tagged) const {
    Found one{tagged.begin, tagged.end, tagged.kind, {}, kNobody};
    const auto is_gap = [&](std::uint32_t i) { return token(i).kind == TokenKind::kGap; };
    while (one.begin < one.end && is_gap(one.begin)) ++one.begin;
    while (one.begin < one.end && is_gap(one.end - 1)) --one.end;
    if (one.kind != NameKind::kPerson) return one;
    static constexpr std::array<std::string_view, 10> kHonours = {"cbe", "kbe", "kc",  "mbe", "mep",
                                                                  "mp",  "obe", "phd", "qc",  "sc"};
    while (one.end - one.begin > 2 && std::binary_search(kHonours.begin(), kHonours.end(), form(one.end - 1)))
      --one.end;
    while (one.end - one.begin > 1 && is_word(one.begin) && is_title(one.begin)) ++one.begin;
    // "Donald Trump, Jr."
    if (one.end + 1 < tokens_.tokens.size() && form(one.end) == "," && is_word(one.end + 1) &&
        paragraph_[one.end + 1] == paragraph_[one.begin] && !name_suffix(form(one.end + 1)).empty()) {
      one.end += 2;
    }
    return one;
  }

  // A title or role that is no given name, too.
  [[nodiscard]] bool is_title(std::uint32_t i) const {
    const std::uint16_t lists = facts(i).lists;
    return (lists & (kRoleLists | list_bit(NameList::kCourtesy))) != 0 && (lists & kGivenLists) == 0;
  }

  // ---- where people's names begin and end

  [[nodiscard]] std::uint32_t token_count() const { return static_cast<std::uint32_t>(tokens_.tokens.size()); }
  [[nodiscard]] bool follows(std::uint32_t i) const {
    return i > 0 && i < token_count() && paragraph_[i] == paragraph_[i - 1];
  }
  [[nodiscard]] bool has_capital(std::uint32_t i) const { return is_word(i) && token(i).capitals != Capitals::kNone; }

  [[nodiscard]] bool is_given(std::uint32_t i) const { return (facts(i).lists & kGivenLists) != 0; }

  // The end of the small words at `i` that surnames begin with: "van der", "al-", "'t"; `i` if there are none.
  [[nodiscard]] std::uint32_t particles_end(std::uint32_t i) const {
    for (std::uint32_t next = i; follows(next);) {
      if (form(next) == "'" && follows(next + 1) && form(next + 1) == "t") ++next;
      if (!is_word(next) || has_capital(next)) return i;
      const bool hyphenated = follows(next + 1) && form(next + 1) == "-";
      if (!begins_surname(form(next)) && !(hyphenated && is_name_particle(form(next)))) return i;
      next += hyphenated ? 2 : 1;
      i = next;
    }
    return i;
  }

  // The end of a word with a capital and of what hyphens join to it; `i` if none stands there.
  [[nodiscard]] std::uint32_t capitals_end(std::uint32_t i) const {
    if (!follows(i) || !has_capital(i)) return i;
    ++i;
    while (follows(i + 1) && form(i) == "-" && has_capital(i + 1)) i += 2;
    return i;
  }

  // Names of people whom the tagger saw in part: a surname behind particles ("Marijke 't Hooft"), a given name before
  // one that is a word ("Agnes May"); and those that have a word too many: "Hydrologist Adama Bell".
  void mend_people() {
    std::vector<Found> mended;
    mended.reserve(found_.size());
    std::uint32_t free = 0;  // where nothing has been found from
    for (std::size_t i = 0; i < found_.size(); ++i) {
      Found one = found_[i];
      if (one.begin < free) continue;  // what a name before it has taken
      find_unseen_names(free, one.begin, one.kind == NameKind::kPerson ? one.end : one.begin, mended);
      if (!mended.empty()) free = std::max(free, mended.back().end);
      if (one.begin < free) continue;
      if (cased_[one.begin]) mend(one, free);
      free = one.end;
      mended.push_back(std::move(one));
    }
    find_unseen_names(free, token_count(), token_count(), mended);
    found_ = std::move(mended);
  }

  void mend(Found& one, std::uint32_t free) const {
    if (one.kind != NameKind::kPerson) {
      if (is_person_in_apposition(one)) one.kind = NameKind::kPerson;
      return;
    }
    if (one.end == one.begin + 1) {
      if (const std::uint32_t particles = particles_end(one.end); particles > one.end && is_given(one.begin)) {
        if (const std::uint32_t end = capitals_end(particles); end > particles) one.end = end;
      }
    }
    if (one.end == one.begin + 1 && !is_given(one.begin) && has_given_before(one.begin, free)) --one.begin;
    // "Hydrologist Adama Bell" at the begin of a sentence.
    if (one.end - one.begin > 2 && begins_sentence(one.begin) && is_given(one.begin + 1)) {
      const bool unknown = token(one.begin).form_size > kMaxRareName && facts(one.begin).caps == CapsClass::kUnknown;
      if (begins_surname(form(one.begin)) || (unknown && !is_given(one.begin))) ++one.begin;
    }
  }

  // Whether a given name stands before the surname `i`, and not before `free`: no title ("Bishop"), no month, no word.
  [[nodiscard]] bool has_given_before(std::uint32_t i, std::uint32_t free) const {
    if (i <= free || !follows(i) || !is_given(i - 1) || token(i - 1).capitals != token(i).capitals) return false;
    constexpr std::uint16_t kOthers = kRoleLists | list_bit(NameList::kCourtesy) | list_bit(NameList::kReporting);
    const TokenFacts& given = facts(i - 1);
    if ((given.lists & kOthers) != 0 || given.caps == CapsClass::kNever || given.caps == CapsClass::kHardly)
      return false;
    // "Coretta Scott King"
    if (i - 1 > free && follows(i - 1) && has_capital(i - 2) && !is_title(i - 2)) return false;
    static constexpr std::array<std::string_view, 5> kMonths = {"april", "august", "july", "june", "may"};
    return std::find(kMonths.begin(), kMonths.end(), form(i - 1)) == kMonths.end();
  }

  // "the Minister of Ports, Georgia Lincoln", "his son, Stellan": taken for something else.
  [[nodiscard]] bool is_person_in_apposition(const Found& one) const {
    if (one.end == one.begin + 1) return (facts(one.begin).lists & kPlaceLists) == 0 && !kin_before(one).empty();
    if (one.end != one.begin + 2 || !has_capital(one.begin) || !has_capital(one.begin + 1) || !is_given(one.begin)) {
      return false;
    }
    constexpr std::uint16_t kNoSurname = list_bit(NameList::kPlaceWord) | list_bit(NameList::kOrganizationLast) |
                                         list_bit(NameList::kState) | list_bit(NameList::kCountry);
    if ((facts(one.begin + 1).lists & kNoSurname) != 0) return false;
    if (!follows(one.begin) || form(one.begin - 1) != ",") return false;
    for (std::uint32_t i = one.begin - 1; follows(i) && one.begin - i < kMaxRoleTokens && is_word(i - 1); --i) {
      if (is_role_word(i - 1)) return true;
    }
    return false;
  }

  // "Вера Лаптева" at `i`: the lists have her given name in Latin letters.
  [[nodiscard]] bool is_cyrillic_name(std::uint32_t i) const {
    const auto cyrillic = [&](std::uint32_t at) {
      return has_capital(at) && (form(at).starts_with('\xD0') || form(at).starts_with('\xD1'));
    };
    if (!cyrillic(i) || !follows(i + 1) || !cyrillic(i + 1)) return false;
    std::string given = romanised(form(i));
    std::erase_if(given, [](char c) { return c < 'a' || c > 'z'; });
    return (model_.word(XXH3_64bits(given.data(), given.size())).lists & kGivenLists) != 0;
  }

  // "Hanneke van der Velde" from [begin, end), of which the tagger saw nothing or the last word alone: to `limit`.
  void find_unseen_names(std::uint32_t begin, std::uint32_t end, std::uint32_t limit, std::vector<Found>& all) const {
    for (std::uint32_t i = begin; i + 1 < end; ++i) {
      if (!has_capital(i) || !cased_[i] || !follows(i + 1)) continue;
      if (is_cyrillic_name(i)) {
        all.push_back({i, i + 2, NameKind::kPerson, {}, kNobody});
        ++i;
        continue;
      }
      if (token(i + 1).capitals != Capitals::kNone) continue;
      const std::uint32_t particles = particles_end(i + 1);
      if (particles == i + 1 || is_title(i) || particles > end) continue;
      const std::uint32_t last = capitals_end(particles);
      if (last == particles || last > limit) continue;
      // One of them may be behind any word: "the al-Maliki government".
      if (!is_given(i) && (particles == i + 2 || form(i + 2) == "-")) continue;
      all.push_back({i, last, NameKind::kPerson, {}, kNobody});
      i = last - 1;
    }
  }

  // ---- people

  // What the title before a mention says.
  [[nodiscard]] Gender gender_of_title(const Found& one) const {
    if (one.begin == 0 || paragraph_[one.begin - 1] != paragraph_[one.begin]) return Gender::kUnknown;
    const std::string_view title = form(one.begin - 1);
    for (const std::string_view male : {"mr", "sir", "lord", "king", "prince", "spokesman", "chairman", "congressman",
                                        "herr", "senor", "monsieur", "sheikh", "father", "pope"}) {
      if (title == male) return Gender::kMale;
    }
    for (const std::string_view female : {"mrs", "ms", "miss", "dame", "lady", "queen", "princess", "spokeswoman",
                                          "chairwoman", "congresswoman", "frau", "madame", "sister"}) {
      if (title == female) return Gender::kFemale;
    }
    return Gender::kUnknown;
  }

  void add_evidence(Person& person, const Found& one) const {
    const Gender title = gender_of_title(one);
    if (title == Gender::kMale) person.male += 3;
    if (title == Gender::kFemale) person.female += 3;
    if (one.person.is_full()) {
      const std::uint16_t lists = given_lists(one.person);
      const bool male = (lists & list_bit(NameList::kGivenMale)) != 0;
      const bool female = (lists & list_bit(NameList::kGivenFemale)) != 0;
      if (male && !female) person.male += 2;
      if (female && !male) person.female += 2;
    }
  }

  [[nodiscard]] std::uint16_t given_lists(const PersonName& name) const {
    return model_.word(XXH3_64bits(name.words.front().data(), name.words.front().size())).lists;
  }

  void name_full_people() {
    for (Found& one : found_) {
      if (one.kind == NameKind::kPerson) one.person = parse_person_name(written(one.begin, one.end));
    }
    for (Found& one : found_) {
      if (one.kind == NameKind::kPerson && one.person.is_full()) name_in_full(one);
    }
  }

  void name_in_full(Found& one) {
    // "carrington lowe" of a stripped "Carrington-Lowe"
    if (std::string joined = squashed(one.person); by_surname_.contains(spelling_key(joined))) {
      one.person = {{std::move(joined)}, 0, one.person.suffix};
      return;
    }
    // "Dame Ruth", where the title might be a name
    const std::vector<std::string>& words = one.person.words;
    if (words.size() == 2 && is_on(one.begin, NameList::kCourtesy) && by_given_.contains(words.back())) {
      ++one.begin;
      one.person = {{words.back()}, 0, one.person.suffix};
      return;
    }
    if (is_double_surname(one)) {
      one.person = {{one.person.last()}, 0, one.person.suffix};
      return;
    }
    Person* same = nullptr;
    std::vector<std::uint32_t>& namesakes = by_surname_[spelling_key(one.person.last())];
    for (const std::uint32_t namesake : namesakes) {
      Person& person = people_[namesake];
      const bool may_be = may_be_one_person(person.name, one.person,
                                            [this](const auto& a, const auto& b) { return model_.is_nickname(a, b); });
      if (!may_be || are_apart(person, one)) continue;
      if (same == nullptr || person.last_mention >= same->last_mention) same = &person;
    }
    if (same == nullptr) {
      // Hostile text may hold any number of people of one surname.
      if (namesakes.size() >= kMaxNamesakes) return;
      const auto person = static_cast<std::uint32_t>(people_.size());
      namesakes.push_back(person);
      by_given_[one.person.words.front()].push_back(person);
      person_of_name_[static_cast<std::uint32_t>(names_.size())] = person;
      same = &people_.emplace_back();
      same->name = one.person;
      same->index = add_name(NameKind::kPerson, shown(one.begin, one.end));
      same->first_mention = one.begin;
    } else if (is_longer(one, same->name)) {
      same->name = one.person;
      names_[same->index].name = shown(one.begin, one.end);
    }
    same->last_mention = one.begin;
    one.name = same->index;
    note_kin(*same, one);
    add_evidence(*same, one);
  }

  // "Mr Carrington Lowe" behind "Hugh Carrington Lowe": no name in full.
  [[nodiscard]] bool is_double_surname(const Found& one) const {
    const std::vector<std::string>& words = one.person.words;
    const auto namesakes = by_surname_.find(spelling_key(words.back()));
    if (namesakes == by_surname_.end()) return false;
    if (is_given(one.begin) && !(follows(one.begin) && is_on(one.begin - 1, NameList::kCourtesy))) return false;
    return std::any_of(namesakes->second.begin(), namesakes->second.end(), [&](std::uint32_t i) {
      const std::vector<std::string>& longer = people_[i].name.words;
      return longer.size() > words.size() && longer.size() <= words.size() + 2 &&
             std::equal(words.rbegin(), words.rend(), longer.rbegin());
    });
  }

  // By the user's word.
  [[nodiscard]] bool are_apart(const Person& person, const Found& one) const {
    return !aliases_.apart().empty() &&
           aliases_.are_apart(name_key(names_[person.index].name), name_key(written(one.begin, one.end)));
  }

  static std::string squashed(const PersonName& name) {
    std::string all;
    for (const std::string& word : name.words) all += word;
    return all;
  }

  // "his father X", "whose wife, X": the word, or none.
  [[nodiscard]] std::string_view kin_before(const Found& one) const {
    static constexpr std::array<std::string_view, 18> kKin = {
        "aunt",    "brother", "cousin", "daughter", "father", "granddaughter", "grandfather", "grandmother", "grandson",
        "husband", "mother",  "nephew", "niece",    "sister", "son",           "uncle",       "widow",       "wife"};
    for (std::uint32_t i = one.begin; i > 0 && one.begin - i < 2; --i) {
      if (is_word(i - 1))
        return std::binary_search(kKin.begin(), kKin.end(), form(i - 1)) ? form(i - 1) : std::string_view();
      if (!is_pause(i - 1)) break;
    }
    return {};
  }

  // Of relatives the article has another name to go by.
  void note_kin(Person& person, const Found& one) const {
    static constexpr std::array<std::string_view, 6> kElders = {"aunt",        "father", "grandfather",
                                                                "grandmother", "mother", "uncle"};
    static constexpr std::array<std::string_view, 6> kYounger = {"daughter", "granddaughter", "grandson",
                                                                 "nephew",   "niece",         "son"};
    const auto is_among = [](const auto& words, std::string_view word) {
      return std::find(words.begin(), words.end(), word) != words.end();
    };
    const std::string_view kin = kin_before(one);
    const std::string& suffix = one.person.suffix;
    person.relative = person.relative || !kin.empty();
    person.elder = person.elder || suffix == "sr" || is_among(kElders, kin);
    person.younger = person.younger || (!suffix.empty() && suffix != "sr") || is_among(kYounger, kin);
  }

  // "Donald J. Trump" than "Donald Trump", "William" than "Bill": more letters, fewer initials.
  static bool is_longer(const Found& one, const PersonName& known) {
    return told_letters(one.person) > told_letters(known);
  }

  // Whether a word that is somebody's surname may be taken for it although the tagger did not. In cased text its
  // capital tells; where that may be the sentence's, and in text without capitals, how the word is written elsewhere.
  [[nodiscard]] bool stands_as_surname(std::uint32_t i, bool tagged_elsewhere) const {
    const TokenFacts& known = facts(i);
    if (token(i).form_size < kMinSurnameBytes || (known.lists & kPlaceLists) != 0) return false;
    const bool rare = known.caps == CapsClass::kUnknown;
    if (!cased_[i]) return rare || known.caps >= (tagged_elsewhere ? CapsClass::kHardly : CapsClass::kOften);
    if (token(i).capitals == Capitals::kNone) return false;
    return rare || known.caps >= (tagged_elsewhere || !begins_sentence(i) ? CapsClass::kHardly : CapsClass::kAtTimes);
  }

  [[nodiscard]] bool begins_sentence(std::uint32_t i) const {
    while (i > 0 && (form(i - 1) == "\"" || form(i - 1) == "'" || form(i - 1) == "(")) --i;
    if (i == 0) return true;
    const std::string_view before = form(i - 1);
    return before == "." || before == "!" || before == "?" || before == ":" ||
           tokens_.text.substr(token(i - 1).span.end, token(i).span.begin - token(i - 1).span.end).find('\n') !=
               std::string_view::npos;
  }

  // "Charlotte said", "according to Paris", "'Paris, you know'": who does what people do, or is spoken to.
  [[nodiscard]] bool acts_as_person(std::uint32_t begin, std::uint32_t end) const {
    const auto reports = [&](std::uint32_t i) { return is_word(i) && is_on(i, NameList::kReporting); };
    return (end < token_count() && reports(end)) || (begin > 0 && reports(begin - 1)) || has_age(end) ||
           (follows(end) && form(end) == "," && begin > 0 && (form(begin - 1) == "\"" || form(begin - 1) == "'"));
  }

  // "Price, 36, teaches": of what ends at `end`. In stripped text, the gap that is left of it.
  [[nodiscard]] bool has_age(std::uint32_t end) const {
    if (follows(end) && token(end).kind == TokenKind::kGap) return token(end).span.size() == kAgeGap;
    return follows(end + 1) && form(end) == "," && form(end + 1) == "00" &&
           (!follows(end + 2) || form(end + 2) == "," || form(end + 2) == ".");
  }

  // "Price had", "Price is": at the begin of a sentence, where a thing would have its article.
  [[nodiscard]] bool is_subject(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 12> kVerbs = {"could", "did", "does", "had",  "has",   "is",
                                                                "might", "was", "were", "will", "would", "who"};
    return follows(i + 1) && std::find(kVerbs.begin(), kVerbs.end(), form(i + 1)) != kVerbs.end();
  }

  // A surname of several tokens as a full name has it: "al-Sayed", "'t Hooft", "van der Velde", "Carrington-Lowe".
  struct LongSurname {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  [[nodiscard]] LongSurname long_surname(const Found& full) const {
    LongSurname surname{full.end - 1, full.end};
    const auto in_name = [&](std::uint32_t back) { return surname.begin > full.begin + back; };
    while (in_name(1) && surname.end - surname.begin < kMaxSurnameTokens) {
      const std::string_view before = form(surname.begin - 1);
      if (before == "-" && in_name(2)) {
        surname.begin -= 2;
      } else if (is_name_particle(before)) {
        surname.begin -= before == "t" && in_name(2) && form(surname.begin - 2) == "'" ? 2 : 1;
      } else {
        break;
      }
    }
    return surname;
  }

  // The end of the surname if it stands at `i`, else `i`.
  [[nodiscard]] std::uint32_t end_of(const LongSurname& surname, std::uint32_t i) const {
    std::uint32_t at = i;
    for (std::uint32_t j = surname.begin; j < surname.end; ++j, ++at) {
      if (at >= token_count() || paragraph_[at] != paragraph_[i] || form(at) != form(j)) return i;
    }
    return at;
  }

  void recover_surnames() {
    std::unordered_set<std::string_view> surnames;
    std::unordered_set<std::string_view> given;  // that one person alone has
    for (const Person& person : people_) {
      surnames.insert(person.name.last());
      // Not there under the given name of a longer form met later ("Bill", then "William").
      const auto namesakes = by_given_.find(person.name.words.front());
      if (namesakes != by_given_.end() && namesakes->second.size() == 1) given.insert(person.name.words.front());
    }
    if (surnames.empty()) return;
    std::unordered_set<std::string_view> tagged;                                   // single words taken for people
    std::unordered_map<std::string_view, std::vector<LongSurname>> long_surnames;  // by the first word
    for (const Found& one : found_) {
      if (one.kind != NameKind::kPerson) continue;
      if (one.end == one.begin + 1) tagged.insert(form(one.begin));
      if (one.name == kNobody || !one.person.suffix.empty()) continue;
      if (is_word(one.end - 1)) surnames.insert(form(one.end - 1));  // with its apostrophe
      if (const LongSurname surname = long_surname(one); surname.end > surname.begin + 1) {
        auto& known = long_surnames[form(surname.begin)];
        const auto same = [&](const LongSurname& other) {
          return other.end - other.begin == surname.end - surname.begin && end_of(other, surname.begin) == surname.end;
        };
        if (known.size() < kMaxNamesakes && std::none_of(known.begin(), known.end(), same)) known.push_back(surname);
      }
    }
    const auto stands = [&](std::uint32_t i) {
      if (cased_[i] && token(i).capitals == Capitals::kNone) return false;  // of most tokens this is all
      const std::string_view word = form(i);
      if (surnames.contains(word)) {
        return stands_as_surname(
            i, tagged.contains(word) || (begins_sentence(i) && (acts_as_person(i, i + 1) || is_subject(i))));
      }
      // Alone: not in "Ras Al Khaimah", "the Kargil war".
      if (!given.contains(word) || !cased_[i] || !stands_as_surname(i, false)) return false;
      if (follows(i + 1) && (has_capital(i + 1) || form(i + 1) == "-")) return false;
      return is_given(i) || (facts(i).caps == CapsClass::kUnknown && !(follows(i) && form(i - 1) == "the"));
    };
    // The end of a long surname at `i` that cuts no other name, or `i`.
    const auto long_end = [&](std::uint32_t i, std::size_t next) {
      const auto known = long_surnames.find(form(i));
      if (known == long_surnames.end()) return i;
      std::uint32_t longest = i;
      for (const LongSurname& surname : known->second) longest = std::max(longest, end_of(surname, i));
      if (longest == i || (cased_[i] && !has_capital(longest - 1))) return i;
      for (; next < found_.size() && found_[next].begin < longest; ++next) {
        const Found& one = found_[next];
        const bool thing = one.kind != NameKind::kPerson && one.end > one.begin + 1;
        if (one.end > longest || one.name != kNobody || thing) return i;
      }
      return longest;
    };
    std::vector<Found> all;
    std::size_t next = 0;
    const std::uint32_t count = token_count();
    for (std::uint32_t i = 0; i < count;) {
      if (!long_surnames.empty()) {
        if (const std::uint32_t end = long_end(i, next); end > i) {
          while (next < found_.size() && found_[next].begin < end) ++next;
          all.push_back({i, end, NameKind::kPerson, parse_person_name(written(i, end)), kNobody});
          i = end;
          continue;
        }
      }
      if (next < found_.size() && found_[next].begin == i) {
        Found& one = found_[next++];
        // "Trump" alone was taken for a place or an organisation.
        const bool single = one.kind != NameKind::kPerson && one.end == one.begin + 1;
        const bool somebody = single && (surnames.contains(form(i)) || given.contains(form(i)));
        if (somebody && (acts_as_person(i, one.end) || (surnames.contains(form(i)) && stands_as_surname(i, true)))) {
          one.kind = NameKind::kPerson;
          one.person = parse_person_name(written(one.begin, one.end));
        }
        i = one.end;
        all.push_back(std::move(one));
        continue;
      }
      if (is_word(i) && stands(i)) {
        // "Agnes May", of whom the tagger saw nothing.
        const std::uint32_t free = all.empty() ? 0 : all.back().end;
        Found one{cased_[i] && has_given_before(i, free) ? i - 1 : i, i + 1, NameKind::kPerson, {}, kNobody};
        one.person = parse_person_name(written(one.begin, one.end));
        all.push_back(std::move(one));
      }
      ++i;
    }
    found_ = std::move(all);
    for (Found& one : found_) {
      if (one.kind == NameKind::kPerson && one.name == kNobody && one.person.is_full()) name_in_full(one);
    }
  }

  void name_bare_people() {
    for (Person& person : people_) person.last_mention = kNobody;
    std::unordered_map<std::string, std::uint32_t> singles;  // names of people known by one word
    for (Found& one : found_) {
      if (one.kind != NameKind::kPerson || one.person.words.empty()) continue;
      Person* person = nullptr;
      if (one.name != kNobody) {
        person = &people_[person_of_name_.at(one.name)];
      } else {
        person = holder_of(one);
      }
      if (person != nullptr) {
        one.name = person->index;
        person->last_mention = one.begin;
        add_evidence(*person, one);
        if (one.person.words.size() == 1) note_kin(*person, one);  // "My sister Britt"
        continue;
      }
      const auto [known, is_new] = singles.try_emplace(one.person.last(), 0);
      if (is_new) known->second = add_name(NameKind::kPerson, shown(one.begin, one.end));
      one.name = known->second;
    }
    for (const Person& person : people_) names_[person.index].gender = person.gender();
  }

  // Who is meant by a name that is not full, or null.
  Person* holder_of(const Found& one) {
    const std::string& word = one.person.last();
    const std::string& suffix = one.person.suffix;
    const Gender title = gender_of_title(one);
    std::vector<std::uint32_t> holders;
    if (const auto found = by_surname_.find(spelling_key(word)); found != by_surname_.end()) holders = found->second;
    const auto keep = [&](const auto& fits) {
      // Only if somebody is left: evidence, not force.
      if (std::any_of(holders.begin(), holders.end(), [&](std::uint32_t i) { return fits(people_[i]); })) {
        std::erase_if(holders, [&](std::uint32_t i) { return !fits(people_[i]); });
      }
    };
    std::erase_if(holders, [&](std::uint32_t i) {
      const Person& person = people_[i];
      const bool wrong_gender =
          title != Gender::kUnknown && person.gender() != Gender::kUnknown && person.gender() != title;
      return wrong_gender || (!suffix.empty() && person.name.suffix != suffix);
    });
    const std::string_view before = follows(one.begin) ? form(one.begin - 1) : std::string_view();
    if (before == "elder" || before == "older") {
      keep([](const Person& person) { return !person.younger; });
      keep([](const Person& person) { return person.elder; });
    } else if (before == "younger") {
      keep([](const Person& person) { return !person.elder; });
      keep([](const Person& person) { return person.younger; });
    } else if (has_age(one.end)) {
      // "Garrick, 44, runs the plant": of whom the article spoke last.
      keep([](const Person& person) { return person.last_mention != kNobody; });
    } else if (suffix.empty()) {
      keep([](const Person& person) { return person.name.suffix.empty(); });
    }
    if (title != Gender::kUnknown) keep([&](const Person& person) { return person.gender() == title; });
    keep([](const Person& person) { return !person.relative; });
    Person* best = nullptr;
    for (const std::uint32_t holder : holders) {
      if (best == nullptr || recency(people_[holder]) > recency(*best)) best = &people_[holder];
    }
    if (best != nullptr) return best;
    // By the given name, if one alone has it; "Xi" of "Xi Jinping", too.
    holders.clear();
    if (const auto found = by_given_.find(word); found != by_given_.end()) holders = found->second;
    if (holders.empty() && people_.size() <= kMaxNamesakes) {
      for (std::uint32_t i = 0; i < people_.size(); ++i) {
        if (model_.is_nickname(word, people_[i].name.words.front())) holders.push_back(i);
      }
    }
    std::erase_if(holders, [&](std::uint32_t i) {
      const Person& person = people_[i];
      return (title != Gender::kUnknown && person.gender() != Gender::kUnknown && person.gender() != title) ||
             (!suffix.empty() && person.name.suffix != suffix);
    });
    return holders.size() == 1 ? &people_[holders.front()] : nullptr;
  }

  // The later the better; one who has not been named yet is after all who have, the earliest of these first.
  static std::int64_t recency(const Person& person) {
    return person.last_mention == kNobody ? -static_cast<std::int64_t>(person.first_mention)
                                          : static_cast<std::int64_t>(person.last_mention);
  }

  // ---- organisations and places

  void name_organizations_and_places() {
    std::unordered_map<std::string, std::uint32_t> by_key[kNameKinds];
    // What acronyms were introduced as, first.
    std::unordered_map<std::string, std::uint32_t> acronyms;
    for (std::size_t i = 0; i + 1 < found_.size(); ++i) introduce_acronym(found_[i], found_[i + 1], acronyms);
    for (Found& one : found_) {
      if (one.kind == NameKind::kPerson || one.name != kNobody) continue;
      const std::string key = name_key(written(one.begin, one.end));
      if (key.empty()) continue;
      auto& known = by_key[static_cast<std::size_t>(one.kind)];
      if (const auto acronym = acronyms.find(key); acronym != acronyms.end() && one.kind == NameKind::kOrganization) {
        one.name = acronym->second;
      } else if (const auto same = known.find(key); same != known.end()) {
        one.name = same->second;
      } else {
        const std::string_view full = known_full_name(key);
        const std::string full_key = full.empty() ? key : name_key(full);
        const auto [entry, is_new] = known.try_emplace(full_key, 0);
        if (is_new) {
          entry->second = add_name(one.kind, full.empty() ? shown(one.begin, one.end) : std::string(full));
        }
        one.name = entry->second;
        known.emplace(key, one.name);
      }
    }
  }

  // "National Security Agency (NSA)", and the same the other way round.
  void introduce_acronym(Found& first, Found& second, std::unordered_map<std::string, std::uint32_t>& acronyms) {
    if (first.kind != NameKind::kOrganization || second.kind != NameKind::kOrganization) return;
    if (second.begin != first.end + 1 || form(first.end) != "(") return;
    if (introduces(first, second)) {
      remember(first, second, acronyms);
    } else if (introduces(second, first)) {
      remember(second, first, acronyms);
    }
  }

  [[nodiscard]] bool introduces(const Found& name, const Found& acronym) const {
    if (acronym.end != acronym.begin + 1 || name.end - name.begin > kMaxAcronymTokens) return false;
    std::vector<std::string_view> words;
    for (std::uint32_t i = name.begin; i < name.end; ++i) {
      if (is_word(i) && form(i) != "'s") words.push_back(form(i));
    }
    std::string letters;
    for (const char c : form(acronym.begin)) {
      if (c != '.') letters += c;
    }
    return words.size() > 1 && is_acronym_of(letters, words);
  }

  void remember(Found& name, Found& acronym, std::unordered_map<std::string, std::uint32_t>& acronyms) {
    const std::string key = name_key(written(acronym.begin, acronym.end));
    const auto [known, is_new] = acronyms.try_emplace(key, 0);
    if (is_new) {
      known->second = add_name(NameKind::kOrganization, shown(name.begin, name.end));
      acronyms.emplace(name_key(written(name.begin, name.end)), known->second);
    }
    name.name = acronym.name = known->second;
  }

  // ---- roles

  [[nodiscard]] bool is_role_word(std::uint32_t i) const { return is_word(i) && (facts(i).lists & kRoleLists) != 0; }

  // May stand in a role before its noun: "Kremlin", "Russian", "deputy", "foreign".
  [[nodiscard]] bool is_role_modifier(std::uint32_t i) const {
    if (!is_word(i) || form(i) == "'s") return is_word(i);
    const TokenFacts& known = facts(i);
    if ((known.lists & (kRoleLists | list_bit(NameList::kDemonym) | list_bit(NameList::kCountry) |
                        list_bit(NameList::kOrganization) | list_bit(NameList::kState))) != 0) {
      return true;
    }
    static constexpr std::array<std::string_view, 24> kModifiers = {
        "acting",   "assistant", "associate", "chief",   "defence", "defense", "deputy",     "executive",
        "federal",  "finance",   "first",     "foreign", "former",  "general", "government", "interim",
        "interior", "junior",    "national",  "prime",   "senior",  "state",   "top",        "vice"};
    if (std::binary_search(kModifiers.begin(), kModifiers.end(), form(i))) return true;
    return in_thing_[i];
  }

  [[nodiscard]] static bool is_article(std::string_view word) { return word == "a" || word == "an" || word == "the"; }

  // A comma, or the gap that is left of one.
  [[nodiscard]] bool is_pause(std::uint32_t i) const { return form(i) == "," || token(i).kind == TokenKind::kGap; }

  void add_role(std::uint32_t name, std::uint32_t begin, std::uint32_t end) {
    std::vector<std::string>& roles = names_[name].roles;
    std::string role;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (!role.empty() && form(i) != "'s" && form(i) != "-" && (i == begin || form(i - 1) != "-")) role += ' ';
      role += tokens_.written(token(i));
    }
    if (role_holders_.size() >= kMaxRoleHolders) return;
    if (roles.size() < kMaxRoles && std::find(roles.begin(), roles.end(), role) == roles.end()) {
      roles.push_back(std::move(role));
      role_holders_.push_back({name, begin, end});
    }
  }

  void find_roles() {
    for (const Found& one : found_) {
      if (one.kind != NameKind::kPerson || one.name == kNobody) continue;
      // "Kremlin spokesman Dmitry Peskov"
      const auto same_paragraph = [&](std::uint32_t i) { return paragraph_[i] == paragraph_[one.begin]; };
      if (one.begin > 0 && same_paragraph(one.begin - 1) && is_role_word(one.begin - 1)) {
        std::uint32_t begin = one.begin - 1;
        while (begin > 0 && same_paragraph(begin - 1) && one.begin - begin < kMaxRoleTokens &&
               is_role_modifier(begin - 1))
          --begin;
        while (begin + 1 < one.begin && form(begin) == "'s") ++begin;
        add_role(one.name, begin, one.begin);
      }
      // "the Kremlin spokesman, Dmitry Peskov, told reporters"
      const auto count = static_cast<std::uint32_t>(tokens_.tokens.size());
      if (one.begin > 2 && same_paragraph(one.begin - 3) && is_pause(one.begin - 1) && is_role_word(one.begin - 2) &&
          one.end < count && same_paragraph(one.end) && is_pause(one.end)) {
        std::uint32_t begin = one.begin - 2;
        while (begin > 0 && same_paragraph(begin - 1) && one.begin - begin <= kMaxRoleTokens &&
               is_role_modifier(begin - 1)) {
          --begin;
        }
        if (begin > 0 && same_paragraph(begin - 1) && form(begin - 1) == "the")
          add_role(one.name, begin, one.begin - 1);
      }
      // "Lukash, a Russian official"
      std::uint32_t at = one.end;
      if (at + 2 < count && same_paragraph(at + 2) && is_pause(at)) {
        ++at;
        const bool has_article = is_article(form(at));
        if (has_article) ++at;
        std::uint32_t end = at;
        while (end < count && end - at < kMaxRoleTokens && is_role_modifier(end) && !is_role_end(end)) ++end;
        if (end < count && end - at < kMaxRoleTokens && is_role_word(end) && (has_article || end > at)) {
          add_role(one.name, at, end + 1);
        }
      }
    }
  }

  // The noun of a role: the last of its role words.
  [[nodiscard]] bool is_role_end(std::uint32_t i) const {
    return is_role_word(i) && (i + 1 >= tokens_.tokens.size() || !is_role_word(i + 1));
  }

  // "the Kremlin spokesman", "the spokesman": of one who alone has such a role, and was named before.
  [[nodiscard]] std::vector<Found> find_role_mentions() const {
    std::vector<Found> mentions;
    if (role_holders_.empty()) return mentions;
    const auto count = static_cast<std::uint32_t>(tokens_.tokens.size());
    for (std::uint32_t i = 0; i + 1 < count; ++i) {
      if (form(i) != "the") continue;
      std::uint32_t end = i + 1;
      while (end < count && end - i < kMaxRoleTokens && is_role_modifier(end) && !is_role_end(end)) ++end;
      if (end >= count || !is_role_end(end)) continue;
      ++end;
      // "the Kremlin spokesman Dmitry Peskov" names him itself; "the spokesman for …" may be another.
      if (end < count &&
          (form(end) == "of" || form(end) == "for" || (is_word(end) && token(end).capitals != Capitals::kNone))) {
        continue;
      }
      const std::uint32_t name = role_holder(i + 1, end);
      if (name != kNobody) mentions.push_back({i, end, NameKind::kPerson, {}, name});
    }
    return mentions;
  }

  [[nodiscard]] std::uint32_t role_holder(std::uint32_t begin, std::uint32_t end) const {
    std::uint32_t holder = kNobody;
    for (const RoleHolder& role : role_holders_) {
      if (role.begin >= begin || form(role.end - 1) != form(end - 1)) continue;
      // Every word of the mention must be of the role.
      const bool agrees = [&] {
        for (std::uint32_t i = begin; i + 1 < end; ++i) {
          bool stands = false;
          for (std::uint32_t j = role.begin; j < role.end; ++j) stands = stands || form(j) == form(i);
          if (!stands) return false;
        }
        return true;
      }();
      if (!agrees) continue;
      if (holder != kNobody && holder != role.name) return kNobody;
      holder = role.name;
    }
    return holder;
  }

  // ---- the outcome

  // Names in the order in which the text brings them. Of "the Kremlin spokesman", where the Kremlin is a name itself,
  // the rest names the person.
  ArticleNames finish(std::vector<Found> by_role) {
    std::erase_if(found_, [](const Found& one) { return one.name == kNobody; });
    std::vector<std::pair<Found, bool>> mentions;  // by role?
    auto one = found_.begin();
    for (Found& role : by_role) {
      for (; one != found_.end() && one->begin < role.end; ++one) {
        if (one->end > role.begin) role.begin = std::min(one->end, role.end);
        mentions.emplace_back(std::move(*one), false);
      }
      if (role.begin < role.end) mentions.emplace_back(std::move(role), true);
    }
    for (; one != found_.end(); ++one) mentions.emplace_back(std::move(*one), false);

    ArticleNames all;
    std::vector<std::uint32_t> kept(names_.size(), kNobody);
    for (const auto& [mention, is_role] : mentions) {
      if (kept[mention.name] == kNobody) {
        kept[mention.name] = static_cast<std::uint32_t>(all.names.size());
        all.names.push_back(std::move(names_[mention.name]));
      }
      all.mentions.push_back(
          {{token(mention.begin).span.begin, token(mention.end - 1).span.end}, kept[mention.name], is_role});
    }
    return all;
  }

  struct RoleHolder {
    std::uint32_t name = kNobody;
    std::uint32_t begin = 0;  // tokens of the role
    std::uint32_t end = 0;
  };

  const NamesModel& model_;
  const NameAliases& aliases_;
  const TokenizedText& tokens_;
  const NameContext& context_;
  std::vector<std::uint32_t> paragraph_;  // by token
  std::vector<bool> cased_;               // by token: stands in a cased paragraph
  std::vector<bool> in_thing_;            // by token: in an organisation or place
  std::vector<Found> found_;
  std::vector<Person> people_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_surname_;  // people, by spelling_key
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_given_;
  std::unordered_map<std::uint32_t, std::uint32_t> person_of_name_;
  std::vector<ArticleName> names_;
  std::vector<RoleHolder> role_holders_;
};

}  // namespace

NameFinder::NameFinder(const NamesModel& model, const NameAliases& aliases)
    : model_(model), aliases_(aliases), tagger_(model) {}

ArticleNames NameFinder::find(std::string_view text) {
  tokenize_names(text, tokens_);
  const std::vector<TaggedName> tagged = tagger_.tag(tokens_);
  ArticleNames names = ArticlePass(model_, aliases_, tokens_, tagger_.context()).run(tagged);
  aliases_.apply(names);
  return names;
}

}  // namespace dateline
