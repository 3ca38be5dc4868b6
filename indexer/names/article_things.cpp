// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/article_things.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "common/name_key.h"
#include "indexer/names/known_aliases.h"

namespace dateline {
namespace {

constexpr std::uint32_t kMaxAcronymTokens = 10;  // of the name that an acronym stands for

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

class ArticleThings {
 public:
  ArticleThings(const NameView& view, std::vector<ArticleName>& names) : view_(view), names_(names) {}

  void run(std::vector<FoundName>& found) {
    std::unordered_map<std::string, std::uint32_t> by_key[kNameKinds];
    // What acronyms were introduced as, first.
    std::unordered_map<std::string, std::uint32_t> acronyms;
    for (std::size_t i = 0; i + 1 < found.size(); ++i) introduce_acronym(found[i], found[i + 1], acronyms);
    for (FoundName& one : found) {
      if (one.kind == NameKind::kPerson || one.name != kNobody) continue;
      const std::string key = name_key(view_.written(one.begin, one.end));
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
          entry->second = add_name(one.kind, full.empty() ? view_.shown(one.begin, one.end) : std::string(full));
        }
        one.name = entry->second;
        known.emplace(key, one.name);
      }
    }
  }

 private:
  // "National Security Agency (NSA)", and the same the other way round.
  void introduce_acronym(FoundName& first, FoundName& second,
                         std::unordered_map<std::string, std::uint32_t>& acronyms) {
    if (first.kind != NameKind::kOrganization || second.kind != NameKind::kOrganization) return;
    if (second.begin != first.end + 1 || view_.form(first.end) != "(") return;
    if (introduces(first, second)) {
      remember(first, second, acronyms);
    } else if (introduces(second, first)) {
      remember(second, first, acronyms);
    }
  }

  [[nodiscard]] bool introduces(const FoundName& name, const FoundName& acronym) const {
    if (acronym.end != acronym.begin + 1 || name.end - name.begin > kMaxAcronymTokens) return false;
    std::vector<std::string_view> words;
    for (std::uint32_t i = name.begin; i < name.end; ++i) {
      if (view_.is_word(i) && view_.form(i) != "'s") words.push_back(view_.form(i));
    }
    std::string letters;
    for (const char c : view_.form(acronym.begin)) {
      if (c != '.') letters += c;
    }
    return words.size() > 1 && is_acronym_of(letters, words);
  }

  void remember(FoundName& name, FoundName& acronym, std::unordered_map<std::string, std::uint32_t>& acronyms) {
    const std::string key = name_key(view_.written(acronym.begin, acronym.end));
    const auto [known, is_new] = acronyms.try_emplace(key, 0);
    if (is_new) {
      known->second = add_name(NameKind::kOrganization, view_.shown(name.begin, name.end));
      acronyms.emplace(name_key(view_.written(name.begin, name.end)), known->second);
    }
    name.name = acronym.name = known->second;
  }

  std::uint32_t add_name(NameKind kind, std::string name) {
    names_.push_back({kind, std::move(name), Gender::kUnknown, {}});
    return static_cast<std::uint32_t>(names_.size() - 1);
  }

  const NameView& view_;
  std::vector<ArticleName>& names_;
};

}  // namespace

void name_things(const NameView& view, std::vector<FoundName>& found, std::vector<ArticleName>& names) {
  ArticleThings(view, names).run(found);
}

}  // namespace dateline
