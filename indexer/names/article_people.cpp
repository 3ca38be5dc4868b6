// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/article_people.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/name_key.h"

namespace dateline {
namespace {

std::string squashed(const PersonName& name) {
  std::string all;
  for (const std::string& word : name.words) all += word;
  return all;
}

// "Donald J. Trump" than "Donald Trump", "William" than "Bill": more letters, fewer initials.
bool is_longer(const FoundName& one, const PersonName& known) { return told_letters(one.person) > told_letters(known); }

}  // namespace

void ArticlePeople::name_full(std::vector<FoundName>& found) {
  for (FoundName& one : found) {
    if (one.kind == NameKind::kPerson && one.name == kNobody && one.person.is_full()) name_in_full(one);
  }
}

void ArticlePeople::name_bare(std::vector<FoundName>& found) {
  for (Person& person : people_) person.last_mention = kNobody;
  std::unordered_map<std::string, std::uint32_t> singles;  // names of people known by one word
  for (FoundName& one : found) {
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
    if (is_new) known->second = add_name(one);
    one.name = known->second;
  }
  for (const Person& person : people_) names_[person.index].gender = person.gender();
}

std::vector<std::string_view> ArticlePeople::surnames() const {
  std::vector<std::string_view> all;
  for (const Person& person : people_) all.push_back(person.name.last());
  return all;
}

std::vector<std::string_view> ArticlePeople::unshared_given_names() const {
  std::vector<std::string_view> all;
  for (const Person& person : people_) {
    // Not there under the given name of a longer form met later ("Bill", then "William").
    const auto namesakes = by_given_.find(person.name.words.front());
    if (namesakes != by_given_.end() && namesakes->second.size() == 1) all.push_back(person.name.words.front());
  }
  return all;
}

std::vector<std::uint32_t> ArticlePeople::nicknamed(std::string_view word) const {
  std::vector<std::uint32_t> holders;
  if (people_.size() > kMaxNamesakes) return holders;
  for (std::uint32_t i = 0; i < people_.size(); ++i) {
    if (view_.is_nickname(word, people_[i].name.words.front())) holders.push_back(i);
  }
  return holders;
}

void ArticlePeople::name_in_full(FoundName& one) {
  // "carrington lowe" of a stripped "Carrington-Lowe"
  if (std::string joined = squashed(one.person); by_surname_.contains(spelling_key(joined))) {
    one.person = {{std::move(joined)}, 0, one.person.suffix};
    return;
  }
  // "Dame Ruth", where the title might be a name
  const std::vector<std::string>& words = one.person.words;
  if (words.size() == 2 && view_.is_on(one.begin, NameList::kCourtesy) && by_given_.contains(words.back())) {
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
                                          [this](const auto& a, const auto& b) { return view_.is_nickname(a, b); });
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
    same->index = add_name(one);
    same->first_mention = one.begin;
  } else if (is_longer(one, same->name)) {
    same->name = one.person;
    names_[same->index].name = view_.shown(one.begin, one.end);
  }
  same->last_mention = one.begin;
  one.name = same->index;
  note_kin(*same, one);
  add_evidence(*same, one);
}

bool ArticlePeople::is_double_surname(const FoundName& one) const {
  const std::vector<std::string>& words = one.person.words;
  const auto namesakes = by_surname_.find(spelling_key(words.back()));
  if (namesakes == by_surname_.end()) return false;
  if (view_.is_given(one.begin) && !(view_.follows(one.begin) && view_.is_on(one.begin - 1, NameList::kCourtesy)))
    return false;
  return std::any_of(namesakes->second.begin(), namesakes->second.end(), [&](std::uint32_t i) {
    const std::vector<std::string>& longer = people_[i].name.words;
    return longer.size() > words.size() && longer.size() <= words.size() + 2 &&
           std::equal(words.rbegin(), words.rend(), longer.rbegin());
  });
}

bool ArticlePeople::are_apart(const Person& person, const FoundName& one) const {
  return !aliases_.apart().empty() &&
         aliases_.are_apart(name_key(names_[person.index].name), name_key(view_.written(one.begin, one.end)));
}

Gender ArticlePeople::gender_of_title(const FoundName& one) const {
  if (one.begin == 0 || !view_.same_paragraph(one.begin - 1, one.begin)) return Gender::kUnknown;
  const std::string_view title = view_.form(one.begin - 1);
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

void ArticlePeople::add_evidence(Person& person, const FoundName& one) const {
  const Gender title = gender_of_title(one);
  if (title == Gender::kMale) person.male += 3;
  if (title == Gender::kFemale) person.female += 3;
  if (one.person.is_full()) {
    const std::uint16_t lists = view_.lists_of(one.person.words.front());
    const bool male = (lists & list_bit(NameList::kGivenMale)) != 0;
    const bool female = (lists & list_bit(NameList::kGivenFemale)) != 0;
    if (male && !female) person.male += 2;
    if (female && !male) person.female += 2;
  }
}

void ArticlePeople::note_kin(Person& person, const FoundName& one) const {
  static constexpr std::array<std::string_view, 6> kElders = {"aunt",        "father", "grandfather",
                                                              "grandmother", "mother", "uncle"};
  static constexpr std::array<std::string_view, 6> kYounger = {"daughter", "granddaughter", "grandson",
                                                               "nephew",   "niece",         "son"};
  const auto is_among = [](const auto& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  static constexpr std::array<std::string_view, 8> kMale = {"brother", "father", "grandfather", "grandson",
                                                            "husband", "nephew", "son",         "uncle"};
  static constexpr std::array<std::string_view, 9> kFemale = {
      "aunt", "daughter", "granddaughter", "grandmother", "mother", "niece", "sister", "widow", "wife"};
  const std::string_view kin = view_.kin_before(one.begin);
  if (is_among(kMale, kin)) person.male += 3;
  if (is_among(kFemale, kin)) person.female += 3;
  const std::string& suffix = one.person.suffix;
  person.relative = person.relative || !kin.empty();
  person.elder = person.elder || suffix == "sr" || is_among(kElders, kin);
  person.younger = person.younger || (!suffix.empty() && suffix != "sr") || is_among(kYounger, kin);
}

std::uint32_t ArticlePeople::add_name(const FoundName& one) {
  names_.push_back({NameKind::kPerson, view_.shown(one.begin, one.end), Gender::kUnknown, {}});
  return static_cast<std::uint32_t>(names_.size() - 1);
}

ArticlePeople::Person* ArticlePeople::holder_of(const FoundName& one) {
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
  const std::string_view before = view_.follows(one.begin) ? view_.form(one.begin - 1) : std::string_view();
  if (before == "elder" || before == "older") {
    keep([](const Person& person) { return !person.younger; });
    keep([](const Person& person) { return person.elder; });
  } else if (before == "younger") {
    keep([](const Person& person) { return !person.elder; });
    keep([](const Person& person) { return person.younger; });
  } else if (view_.has_age(one.end)) {
    // "Garrick, 44, runs the plant": of whom the article spoke last.
    keep([](const Person& person) { return person.last_mention != kNobody; });
  } else if (suffix.empty()) {
    keep([](const Person& person) { return person.name.suffix.empty(); });
  }
  if (title != Gender::kUnknown) keep([&](const Person& person) { return person.gender() == title; });
  keep([](const Person& person) { return !person.relative; });
  Person* best = nullptr;
  for (const std::uint32_t holder : holders) {
    if (best == nullptr || people_[holder].recency() > best->recency()) best = &people_[holder];
  }
  if (best != nullptr) return best;
  // By the given name, if one alone has it; "Xi" of "Xi Jinping", too.
  holders.clear();
  if (const auto found = by_given_.find(word); found != by_given_.end()) holders = found->second;
  if (holders.empty()) holders = nicknamed(word);
  std::erase_if(holders, [&](std::uint32_t i) {
    const Person& person = people_[i];
    return (title != Gender::kUnknown && person.gender() != Gender::kUnknown && person.gender() != title) ||
           (!suffix.empty() && person.name.suffix != suffix);
  });
  return holders.size() == 1 ? &people_[holders.front()] : nullptr;
}

}  // namespace dateline
