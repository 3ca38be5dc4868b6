// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/name_borders.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/name_key.h"

namespace dateline {
namespace {

constexpr std::size_t kMaxRareName = 6;  // bytes of a given name that no list has, before another

constexpr std::uint16_t kStateLists = list_bit(NameList::kCountry) | list_bit(NameList::kState);

class NameBorders {
 public:
  explicit NameBorders(const NameView& view) : view_(view) {}

  // Names of people whom the tagger saw in part: a surname behind particles ("Marijke 't Hooft"), a given name before
  // one that is a word ("Agnes May"); and those that have a word too many: "Hydrologist Adama Bell".
  [[nodiscard]] std::vector<FoundName> run(const std::vector<TaggedName>& tagged) const {
    std::vector<FoundName> found;
    for (const TaggedName& one : tagged) {
      FoundName trimmed = trim(one);
      if (const std::uint32_t title = short_title(trimmed); title != trimmed.end) {
        const bool is_place = (view_.facts(title - 1).lists & kStateLists) != 0;
        if (is_place) found.push_back({trimmed.begin, title, NameKind::kPlace, {}, kNobody});
        trimmed.begin = title + 1;
      }
      if (trimmed.begin < trimmed.end) found.push_back(trimmed);
    }
    std::vector<FoundName> mended;
    mended.reserve(found.size());
    std::uint32_t free = 0;  // where nothing has been found from
    for (std::size_t i = 0; i < found.size(); ++i) {
      FoundName one = found[i];
      if (one.begin < free) continue;  // what a name before it has taken
      find_unseen_names(free, one.begin, one.kind == NameKind::kPerson ? one.end : one.begin, mended);
      if (!mended.empty()) free = std::max(free, mended.back().end);
      if (one.begin < free) continue;
      if (view_.is_cased(one.begin)) mend(one, free);
      free = one.end;
      mended.push_back(std::move(one));
    }
    find_unseen_names(free, view_.token_count(), view_.token_count(), mended);
    for (FoundName& one : mended) {
      if (one.kind == NameKind::kPerson) one.person = parse_person_name(view_.written(one.begin, one.end));
    }
    return mended;
  }

 private:
  // Without what is no part of a name: gaps at its ends, titles before and honours behind a person's.
  [[nodiscard]] FoundName trim(const TaggedName& tagged) const {
    FoundName one{tagged.begin, tagged.end, tagged.kind, {}, kNobody};
    const auto is_gap = [&](std::uint32_t i) { return view_.token(i).kind == TokenKind::kGap; };
    while (one.begin < one.end && is_gap(one.begin)) ++one.begin;
    while (one.begin < one.end && is_gap(one.end - 1)) --one.end;
    if (one.kind != NameKind::kPerson) return one;
    if (is_party(one)) return {one.end, one.end, one.kind, {}, kNobody};
    static constexpr std::array<std::string_view, 10> kHonours = {"cbe", "kbe", "kc",  "mbe", "mep",
                                                                  "mp",  "obe", "phd", "qc",  "sc"};
    while (one.end - one.begin > 2 && std::binary_search(kHonours.begin(), kHonours.end(), view_.form(one.end - 1)))
      --one.end;
    // "Selon Peskov": words that lead to a source look like given names at a sentence's begin.
    static constexpr std::array<std::string_view, 5> kLeads = {"d'apres", "laut", "segun", "selon", "volgens"};
    if (one.end - one.begin > 1 && std::binary_search(kLeads.begin(), kLeads.end(), view_.form(one.begin))) ++one.begin;
    while (one.end - one.begin > 1 && view_.is_word(one.begin) && view_.is_title(one.begin)) ++one.begin;
    // "Donald Trump, Jr."
    if (one.end + 1 < view_.token_count() && view_.form(one.end) == "," && view_.is_word(one.end + 1) &&
        view_.same_paragraph(one.end + 1, one.begin) && !name_suffix(view_.form(one.end + 1)).empty()) {
      one.end += 2;
    }
    return one;
  }

  // "Texas Sen. Ted Cruz": the title behind something else; the name's end if there is none.
  [[nodiscard]] std::uint32_t short_title(const FoundName& one) const {
    if (one.kind != NameKind::kPerson) return one.end;
    for (std::uint32_t i = one.begin + 1; i + 1 < one.end; ++i) {
      if (view_.token(i).form_size > 1 && view_.has_stop(i) && view_.is_title(i)) return i;
    }
    return one.end;
  }

  // A member's party and state: "Nancy Pelosi, D-Calif."
  [[nodiscard]] bool is_party(const FoundName& one) const {
    constexpr std::string_view kParties = "dir";
    const std::string_view party = view_.form(one.begin);
    return one.end - one.begin > 2 && party.size() == 1 && kParties.find(party[0]) != std::string_view::npos &&
           view_.form(one.begin + 1) == "-" && view_.has_capital(one.begin);
  }

  // The end of the small words at `i` that surnames begin with: "van der", "al-", "'t"; `i` if there are none.
  [[nodiscard]] std::uint32_t particles_end(std::uint32_t i) const {
    for (std::uint32_t next = i; view_.follows(next);) {
      if (view_.form(next) == "'" && view_.follows(next + 1) && view_.form(next + 1) == "t") ++next;
      if (!view_.is_word(next) || view_.has_capital(next)) return i;
      const bool hyphenated = view_.follows(next + 1) && view_.form(next + 1) == "-";
      if (!begins_surname(view_.form(next)) && !(hyphenated && is_name_particle(view_.form(next)))) return i;
      next += hyphenated ? 2 : 1;
      i = next;
    }
    return i;
  }

  // The end of a word with a capital and of what hyphens join to it; `i` if none stands there.
  [[nodiscard]] std::uint32_t capitals_end(std::uint32_t i) const {
    if (!view_.follows(i) || !view_.has_capital(i)) return i;
    ++i;
    while (view_.follows(i + 1) && view_.form(i) == "-" && view_.has_capital(i + 1)) i += 2;
    return i;
  }

  void mend(FoundName& one, std::uint32_t free) const {
    if (one.kind != NameKind::kPerson) {
      if (is_person_in_apposition(one)) one.kind = NameKind::kPerson;
      return;
    }
    if (one.end == one.begin + 1) {
      if (const std::uint32_t particles = particles_end(one.end); particles > one.end && view_.is_given(one.begin)) {
        if (const std::uint32_t end = capitals_end(particles); end > particles) one.end = end;
      }
    }
    if (one.end == one.begin + 1 && !view_.is_given(one.begin) && view_.has_given_before(one.begin, free)) --one.begin;
    // "Hydrologist Adama Bell" at the begin of a sentence.
    if (one.end - one.begin > 2 && view_.begins_sentence(one.begin) && view_.is_given(one.begin + 1)) {
      const bool unknown =
          view_.token(one.begin).form_size > kMaxRareName && view_.facts(one.begin).caps == CapsClass::kUnknown;
      if (begins_surname(view_.form(one.begin)) || (unknown && !view_.is_given(one.begin))) ++one.begin;
    }
  }

  // "the Minister of Ports, Georgia Lincoln", "his son, Stellan": taken for something else.
  [[nodiscard]] bool is_person_in_apposition(const FoundName& one) const {
    if (one.end == one.begin + 1)
      return (view_.facts(one.begin).lists & kPlaceLists) == 0 && !view_.kin_before(one.begin).empty();
    if (one.end != one.begin + 2 || !view_.has_capital(one.begin) || !view_.has_capital(one.begin + 1) ||
        !view_.is_given(one.begin)) {
      return false;
    }
    constexpr std::uint16_t kNoSurname = list_bit(NameList::kPlaceWord) | list_bit(NameList::kOrganizationLast) |
                                         list_bit(NameList::kState) | list_bit(NameList::kCountry);
    if ((view_.facts(one.begin + 1).lists & kNoSurname) != 0) return false;
    if (!view_.follows(one.begin) || view_.form(one.begin - 1) != ",") return false;
    for (std::uint32_t i = one.begin - 1; view_.follows(i) && one.begin - i < kMaxRoleTokens && view_.is_word(i - 1);
         --i) {
      if (view_.is_role_word(i - 1)) return true;
    }
    return false;
  }

  // "Вера Лаптева" at `i`: the lists have her given name in Latin letters.
  [[nodiscard]] bool is_cyrillic_name(std::uint32_t i) const {
    const auto cyrillic = [&](std::uint32_t at) {
      return view_.has_capital(at) && (view_.form(at).starts_with('\xD0') || view_.form(at).starts_with('\xD1'));
    };
    if (!cyrillic(i) || !view_.follows(i + 1) || !cyrillic(i + 1)) return false;
    std::string given = romanised(view_.form(i));
    std::erase_if(given, [](char c) { return c < 'a' || c > 'z'; });
    return (view_.lists_of(given) & kGivenLists) != 0;
  }

  // "Hanneke van der Velde" from [begin, end), of which the tagger saw nothing or the last word alone: to `limit`.
  void find_unseen_names(std::uint32_t begin, std::uint32_t end, std::uint32_t limit,
                         std::vector<FoundName>& all) const {
    for (std::uint32_t i = begin; i + 1 < end; ++i) {
      if (!view_.has_capital(i) || !view_.is_cased(i) || !view_.follows(i + 1)) continue;
      if (is_cyrillic_name(i)) {
        all.push_back({i, i + 2, NameKind::kPerson, {}, kNobody});
        ++i;
        continue;
      }
      if (view_.token(i + 1).capitals != Capitals::kNone) continue;
      const std::uint32_t particles = particles_end(i + 1);
      if (particles == i + 1 || view_.is_title(i) || particles > end) continue;
      const std::uint32_t last = capitals_end(particles);
      if (last == particles || last > limit) continue;
      // One of them may be behind any word: "the al-Maliki government".
      if (!view_.is_given(i) && (particles == i + 2 || view_.form(i + 2) == "-")) continue;
      all.push_back({i, last, NameKind::kPerson, {}, kNobody});
      i = last - 1;
    }
  }

  const NameView& view_;
};

}  // namespace

std::vector<FoundName> mend_borders(const NameView& view, const std::vector<TaggedName>& tagged) {
  return NameBorders(view).run(tagged);
}

}  // namespace dateline
