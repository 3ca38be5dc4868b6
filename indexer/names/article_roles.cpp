// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/article_roles.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace dateline {
namespace {

constexpr std::size_t kMaxRoles = 8;          // of one person
constexpr std::size_t kMaxRoleHolders = 500;  // of one article

class ArticleRoles {
 public:
  ArticleRoles(const NameView& view, const std::vector<FoundName>& found, std::vector<ArticleName>& names)
      : view_(view), names_(names), in_thing_(view.token_count()) {
    for (const FoundName& one : found) {
      for (std::uint32_t i = one.begin; i < one.end; ++i) in_thing_[i] = one.kind != NameKind::kPerson;
    }
    for (const FoundName& one : found) {
      if (one.kind != NameKind::kPerson || one.name == kNobody) continue;
      add_role_before(one);
      add_role_before_comma(one);
      add_role_behind(one);
    }
  }

  // "the Kremlin spokesman", "the spokesman": of one who alone has such a role, and was named before.
  [[nodiscard]] std::vector<FoundName> mentions() const {
    std::vector<FoundName> all;
    if (role_holders_.empty()) return all;
    const auto count = view_.token_count();
    for (std::uint32_t i = 0; i + 1 < count; ++i) {
      if (view_.form(i) != "the") continue;
      std::uint32_t end = i + 1;
      while (end < count && end - i < kMaxRoleTokens && is_role_modifier(end) && !is_role_end(end)) ++end;
      if (end >= count || !is_role_end(end)) continue;
      ++end;
      // "the Kremlin spokesman Dmitry Peskov" names him itself; "the spokesman for …" may be another.
      if (end < count && (view_.form(end) == "of" || view_.form(end) == "for" ||
                          (view_.is_word(end) && view_.token(end).capitals != Capitals::kNone))) {
        continue;
      }
      const std::uint32_t name = role_holder(i + 1, end);
      if (name != kNobody) all.push_back({i, end, NameKind::kPerson, {}, name});
    }
    return all;
  }

 private:
  struct RoleHolder {
    std::uint32_t name = kNobody;
    std::uint32_t begin = 0;  // tokens of the role
    std::uint32_t end = 0;
  };

  // May stand in a role before its noun: "Kremlin", "Russian", "deputy", "foreign".
  [[nodiscard]] bool is_role_modifier(std::uint32_t i) const {
    if (!view_.is_word(i) || view_.form(i) == "'s") return view_.is_word(i);
    const TokenFacts& known = view_.facts(i);
    if ((known.lists & (kRoleLists | list_bit(NameList::kDemonym) | list_bit(NameList::kCountry) |
                        list_bit(NameList::kOrganization) | list_bit(NameList::kState))) != 0) {
      return true;
    }
    static constexpr std::array<std::string_view, 24> kModifiers = {
        "acting",   "assistant", "associate", "chief",   "defence", "defense", "deputy",     "executive",
        "federal",  "finance",   "first",     "foreign", "former",  "general", "government", "interim",
        "interior", "junior",    "national",  "prime",   "senior",  "state",   "top",        "vice"};
    if (std::binary_search(kModifiers.begin(), kModifiers.end(), view_.form(i))) return true;
    return in_thing_[i];
  }

  [[nodiscard]] static bool is_article(std::string_view word) { return word == "a" || word == "an" || word == "the"; }

  // The noun of a role: the last of its role words.
  [[nodiscard]] bool is_role_end(std::uint32_t i) const {
    return view_.is_role_word(i) && (i + 1 >= view_.token_count() || !view_.is_role_word(i + 1));
  }

  // The begin of the modifiers that stand before the role's noun at `noun`.
  [[nodiscard]] std::uint32_t modifiers_begin(std::uint32_t noun) const {
    std::uint32_t begin = noun;
    while (view_.follows(begin) && noun + 1 - begin < kMaxRoleTokens && is_role_modifier(begin - 1)) --begin;
    return begin;
  }

  // "Kremlin spokesman Dmitry Peskov"
  void add_role_before(const FoundName& one) {
    if (!view_.follows(one.begin) || !view_.is_role_word(one.begin - 1)) return;
    std::uint32_t begin = modifiers_begin(one.begin - 1);
    while (begin + 1 < one.begin && view_.form(begin) == "'s") ++begin;
    add_role(one.name, begin, one.begin);
  }

  // "the Kremlin spokesman, Dmitry Peskov, told reporters"
  void add_role_before_comma(const FoundName& one) {
    if (one.begin < 3 || !view_.same_paragraph(one.begin - 3, one.begin) || !view_.is_pause(one.begin - 1) ||
        !view_.is_role_word(one.begin - 2) || !view_.follows(one.end) || !view_.is_pause(one.end)) {
      return;
    }
    const std::uint32_t begin = modifiers_begin(one.begin - 2);
    if (view_.follows(begin) && view_.form(begin - 1) == "the") add_role(one.name, begin, one.begin - 1);
  }

  // "Lukash, a Russian official"
  void add_role_behind(const FoundName& one) {
    const std::uint32_t count = view_.token_count();
    std::uint32_t at = one.end;
    if (at + 2 >= count || !view_.same_paragraph(at + 2, one.begin) || !view_.is_pause(at)) return;
    ++at;
    const bool has_article = is_article(view_.form(at));
    if (has_article) ++at;
    std::uint32_t end = at;
    while (end < count && end - at < kMaxRoleTokens && is_role_modifier(end) && !is_role_end(end)) ++end;
    if (end < count && end - at < kMaxRoleTokens && view_.is_role_word(end) && (has_article || end > at)) {
      add_role(one.name, at, end + 1);
    }
  }

  void add_role(std::uint32_t name, std::uint32_t begin, std::uint32_t end) {
    std::vector<std::string>& roles = names_[name].roles;
    std::string role;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (!role.empty() && view_.form(i) != "'s" && view_.form(i) != "-" && (i == begin || view_.form(i - 1) != "-"))
        role += ' ';
      role += view_.written(i);
    }
    if (role_holders_.size() >= kMaxRoleHolders) return;
    if (roles.size() < kMaxRoles && std::find(roles.begin(), roles.end(), role) == roles.end()) {
      roles.push_back(std::move(role));
      role_holders_.push_back({name, begin, end});
    }
  }

  [[nodiscard]] std::uint32_t role_holder(std::uint32_t begin, std::uint32_t end) const {
    std::uint32_t holder = kNobody;
    for (const RoleHolder& role : role_holders_) {
      if (role.begin >= begin || view_.form(role.end - 1) != view_.form(end - 1)) continue;
      // Every word of the mention must be of the role.
      const bool agrees = [&] {
        for (std::uint32_t i = begin; i + 1 < end; ++i) {
          bool stands = false;
          for (std::uint32_t j = role.begin; j < role.end; ++j) stands = stands || view_.form(j) == view_.form(i);
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

  const NameView& view_;
  std::vector<ArticleName>& names_;
  std::vector<bool> in_thing_;  // by token: in an organisation or place
  std::vector<RoleHolder> role_holders_;
};

}  // namespace

std::vector<FoundName> find_roles(const NameView& view, const std::vector<FoundName>& found,
                                  std::vector<ArticleName>& names) {
  return ArticleRoles(view, found, names).mentions();
}

}  // namespace dateline
