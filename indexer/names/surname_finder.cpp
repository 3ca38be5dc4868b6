// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/surname_finder.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "common/name_key.h"

namespace dateline {
namespace {

constexpr std::size_t kMinSurnameBytes = 3;
constexpr std::uint32_t kMaxSurnameTokens = 8;

class SurnameFinder {
 public:
  SurnameFinder(const NameView& view, const ArticlePeople& people, std::vector<FoundName> found)
      : view_(view), people_(people), found_(std::move(found)) {
    for (const std::string_view surname : people.surnames()) surnames_.insert(surname);
    for (const std::string_view given : people.unshared_given_names()) given_.insert(given);
    if (surnames_.empty()) return;
    for (const FoundName& one : found_) {
      if (one.kind == NameKind::kPerson) learn(one);
    }
  }

  std::vector<FoundName> run() {
    if (surnames_.empty()) return std::move(found_);
    std::vector<FoundName> all;
    std::size_t next = 0;
    const std::uint32_t count = view_.token_count();
    for (std::uint32_t i = 0; i < count;) {
      if (const std::uint32_t end = long_end(i, next); end > i) {
        while (next < found_.size() && found_[next].begin < end) ++next;
        all.push_back(person(i, end));
        i = end;
      } else if (next < found_.size() && found_[next].begin == i) {
        FoundName& one = found_[next++];
        if (is_mistaken_thing(one)) one = person(one.begin, one.end);
        i = one.end;
        all.push_back(std::move(one));
      } else {
        if (view_.is_word(i) && stands(i)) {
          // "Agnes May", of whom the tagger saw nothing.
          const std::uint32_t free = all.empty() ? 0 : all.back().end;
          all.push_back(person(view_.is_cased(i) && view_.has_given_before(i, free) ? i - 1 : i, i + 1));
        }
        ++i;
      }
    }
    return all;
  }

 private:
  // A surname of several tokens as a full name has it: "al-Sayed", "'t Hooft", "van der Velde", "Carrington-Lowe".
  struct LongSurname {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  [[nodiscard]] FoundName person(std::uint32_t begin, std::uint32_t end) const {
    return {begin, end, NameKind::kPerson, parse_person_name(view_.written(begin, end)), kNobody};
  }

  void learn(const FoundName& one) {
    if (one.end == one.begin + 1) tagged_.insert(view_.form(one.begin));
    if (one.name == kNobody || !one.person.suffix.empty()) return;
    if (view_.is_word(one.end - 1)) surnames_.insert(view_.form(one.end - 1));  // with its apostrophe
    const LongSurname surname = long_surname(one);
    if (surname.end == surname.begin + 1) return;
    auto& known = long_surnames_[view_.form(surname.begin)];
    const auto same = [&](const LongSurname& other) {
      return other.end - other.begin == surname.end - surname.begin && end_of(other, surname.begin) == surname.end;
    };
    if (known.size() < kMaxNamesakes && std::none_of(known.begin(), known.end(), same)) known.push_back(surname);
  }

  [[nodiscard]] LongSurname long_surname(const FoundName& full) const {
    LongSurname surname{full.end - 1, full.end};
    const auto in_name = [&](std::uint32_t back) { return surname.begin > full.begin + back; };
    while (in_name(1) && surname.end - surname.begin < kMaxSurnameTokens) {
      const std::string_view before = view_.form(surname.begin - 1);
      if (before == "-" && in_name(2)) {
        surname.begin -= 2;
      } else if (is_name_particle(before)) {
        surname.begin -= before == "t" && in_name(2) && view_.form(surname.begin - 2) == "'" ? 2 : 1;
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
      if (at >= view_.token_count() || !view_.same_paragraph(at, i) || view_.form(at) != view_.form(j)) return i;
    }
    return at;
  }

  // The end of a long surname at `i` that cuts no name from `next` on, or `i`.
  [[nodiscard]] std::uint32_t long_end(std::uint32_t i, std::size_t next) const {
    if (long_surnames_.empty()) return i;
    const auto known = long_surnames_.find(view_.form(i));
    if (known == long_surnames_.end()) return i;
    std::uint32_t longest = i;
    for (const LongSurname& surname : known->second) longest = std::max(longest, end_of(surname, i));
    if (longest == i || (view_.is_cased(i) && !view_.has_capital(longest - 1))) return i;
    for (; next < found_.size() && found_[next].begin < longest; ++next) {
      const FoundName& one = found_[next];
      const bool thing = one.kind != NameKind::kPerson && one.end > one.begin + 1;
      if (one.end > longest || one.name != kNobody || thing) return i;
    }
    return longest;
  }

  // "Trump" alone was taken for a place or an organisation.
  [[nodiscard]] bool is_mistaken_thing(const FoundName& one) const {
    if (one.kind == NameKind::kPerson || one.end != one.begin + 1) return false;
    const bool surname = surnames_.contains(view_.form(one.begin));
    if (!surname && !given_.contains(view_.form(one.begin))) return false;
    return acts_as_person(one.begin, one.end) || (surname && stands_as_surname(one.begin, true));
  }

  // Whether somebody's surname or given name stands alone at `i`.
  [[nodiscard]] bool stands(std::uint32_t i) const {
    if (view_.is_cased(i) && view_.token(i).capitals == Capitals::kNone) return false;  // of most tokens this is all
    const std::string_view word = view_.form(i);
    if (surnames_.contains(word)) {
      return stands_as_surname(
          i, tagged_.contains(word) || (view_.begins_sentence(i) && (acts_as_person(i, i + 1) || is_subject(i))));
    }
    // Not in "Ras Al Khaimah", "the Kargil war".
    if (!view_.is_cased(i) || !(given_.contains(word) || (view_.is_given(i) && people_.is_nickname_of_one(word))) ||
        !stands_as_surname(i, false)) {
      return false;
    }
    if (view_.follows(i + 1) && (view_.has_capital(i + 1) || view_.form(i + 1) == "-")) return false;
    return view_.is_given(i) ||
           (view_.facts(i).caps == CapsClass::kUnknown && !(view_.follows(i) && view_.form(i - 1) == "the"));
  }

  // Whether a word that is somebody's surname may be taken for it although the tagger did not. In cased text its
  // capital tells; where that may be the sentence's, and in text without capitals, how the word is written elsewhere.
  [[nodiscard]] bool stands_as_surname(std::uint32_t i, bool tagged_elsewhere) const {
    const TokenFacts& known = view_.facts(i);
    if (view_.token(i).form_size < kMinSurnameBytes || (known.lists & kPlaceLists) != 0) return false;
    const bool rare = known.caps == CapsClass::kUnknown;
    if (!view_.is_cased(i)) return rare || known.caps >= (tagged_elsewhere ? CapsClass::kHardly : CapsClass::kOften);
    if (view_.token(i).capitals == Capitals::kNone) return false;
    return rare ||
           known.caps >= (tagged_elsewhere || !view_.begins_sentence(i) ? CapsClass::kHardly : CapsClass::kAtTimes);
  }

  // "Charlotte said", "according to Paris", "'Paris, you know'": who does what people do, or is spoken to.
  [[nodiscard]] bool acts_as_person(std::uint32_t begin, std::uint32_t end) const {
    const auto reports = [&](std::uint32_t i) { return view_.is_word(i) && view_.is_on(i, NameList::kReporting); };
    return (end < view_.token_count() && reports(end)) || (begin > 0 && reports(begin - 1)) || view_.has_age(end) ||
           (view_.follows(end) && view_.form(end) == "," && begin > 0 &&
            (view_.form(begin - 1) == "\"" || view_.form(begin - 1) == "'"));
  }

  // "Price had", "Price is": at the begin of a sentence, where a thing would have its article.
  [[nodiscard]] bool is_subject(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 12> kVerbs = {"could", "did", "does", "had",  "has",   "is",
                                                                "might", "was", "were", "will", "would", "who"};
    return view_.follows(i + 1) && std::find(kVerbs.begin(), kVerbs.end(), view_.form(i + 1)) != kVerbs.end();
  }

  const NameView& view_;
  const ArticlePeople& people_;
  std::vector<FoundName> found_;
  std::unordered_set<std::string_view> surnames_;
  std::unordered_set<std::string_view> given_;                                    // that one person alone has
  std::unordered_set<std::string_view> tagged_;                                   // single words taken for people
  std::unordered_map<std::string_view, std::vector<LongSurname>> long_surnames_;  // by the first word
};

}  // namespace

std::vector<FoundName> with_surnames(const NameView& view, const ArticlePeople& people, std::vector<FoundName> found) {
  return SurnameFinder(view, people, std::move(found)).run();
}

}  // namespace dateline
