// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/japanese_people.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/next_character.h"

namespace dateline {
namespace {

constexpr std::size_t kBytes = 3;  // of each character that names are written in
constexpr std::size_t kMinFull = 3 * kBytes;
constexpr std::size_t kMaxFull = 5 * kBytes;
constexpr std::size_t kMinBare = 2 * kBytes;
constexpr std::size_t kMaxGiven = 3 * kBytes;
constexpr std::size_t kMaxRoles = 8;  // of one person

// Said of people alone; kanji.
constexpr std::array<std::string_view, 6> kKanjiHonorifics = {"氏", "君", "様", "容疑者", "被告", "受刑者"};
constexpr std::array<std::string_view, 4> kKanaHonorifics = {"さん", "さま", "くん", "ちゃん"};

// What words for what somebody is begin with, behind a name or before it.
constexpr std::array<std::string_view, 62> kRoles = {
    "主任",   "主席", "主将",   "研究員", "研究者",   "教授",   "准教授", "助教",   "講師",   "博士", "学長",
    "総長",   "校長", "院長",   "所長",   "局長",     "部長",   "課長",   "係長",   "室長",   "館長", "社長",
    "副社長", "会長", "副会長", "理事",   "組合長",   "代表",   "委員長", "幹事長", "議長",   "議員", "町長",
    "村長",   "市長", "区長",   "知事",   "首相",     "総理",   "外相",   "財務相", "防衛相", "大臣", "長官",
    "大統領", "大使", "報道官", "広報官", "官房長官", "弁護士", "医師",   "看護師", "記者",   "選手", "監督",
    "投手",   "捕手", "船長",   "機長",   "棋士",     "九段",   "名人"};

// A word of three characters that ends so is what somebody does: "看護師さん".
constexpr std::array<std::string_view, 7> kDoers = {"士", "師", "員", "者", "長", "手", "婦"};

// What stands where a name may.
struct Candidate {
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;
  bool surely = false;    // a person: behind it stands an honorific or an age
  std::string_view role;  // behind it
};

bool is_kanji(char32_t c) { return (c >= 0x4E00 && c <= 0x9FFF) || c == 0x3005; }

template <typename Words>
std::string_view word_at(const Words& words, std::string_view text) {
  std::string_view longest;
  for (const std::string_view word : words) {
    if (word.size() > longest.size() && text.starts_with(word)) longest = word;
  }
  return longest;
}

// "(58)", "（58歳）"
bool begins_with_age(std::string_view text) {
  for (const std::string_view open : {"(", "（"}) {
    if (text.starts_with(open)) {
      text.remove_prefix(open.size());
      return !text.empty() && (text.front() >= '1' && text.front() <= '9');
    }
  }
  return false;
}

// The candidate in a run of kanji; empty if there is none. "組合長大森健一氏"
Candidate candidate_in(std::string_view text, std::size_t begin, std::size_t end) {
  if (const std::string_view role = word_at(kRoles, text.substr(begin, end - begin)); !role.empty()) {
    begin += role.size();
  }
  const std::string_view rest = text.substr(end);
  for (std::size_t at = begin + kMinBare; at < end && at <= begin + kMaxFull; at += kBytes) {
    const std::string_view behind = text.substr(at, end - at);
    if (std::find(kKanjiHonorifics.begin(), kKanjiHonorifics.end(), behind) != kKanjiHonorifics.end()) {
      return {begin, at, true, {}};
    }
    if (!word_at(kRoles, behind).empty()) return {begin, at, false, behind};
  }
  const bool fits = end >= begin + kMinBare && end <= begin + kMaxFull;
  const bool surely = !word_at(kKanaHonorifics, rest).empty() || begins_with_age(rest);
  return fits && surely ? Candidate{begin, end, true, {}} : Candidate{};
}

std::vector<Candidate> find_candidates(std::string_view text) {
  std::vector<Candidate> all;
  std::size_t run = 0;  // where the kanji at `at` began
  bool in_run = false;
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t next = at;
    const bool kanji = at < text.size() && is_kanji(static_cast<char32_t>(next_character(text, next)));
    if (kanji && !in_run) run = at;
    if (!kanji && in_run) {
      if (const Candidate one = candidate_in(text, run, at); one.end > one.begin) all.push_back(one);
    }
    in_run = kanji;
    at = at < text.size() ? next : at + 1;
  }
  return all;
}

class JapanesePeople {
 public:
  JapanesePeople(std::string_view text, ArticleNames& names) : text_(text), names_(names) {}

  void run() {
    const std::vector<Candidate> candidates = find_candidates(text_);
    for (const Candidate& one : candidates) surely_[written(one)] |= one.surely;
    std::vector<Mention> mentions;
    for (const Candidate& one : candidates) {
      const std::string_view name = name_of(written(one));
      if (name.empty()) continue;
      const std::uint32_t number = number_of(name);
      if (!one.role.empty()) add_role(number, one.role);
      mentions.push_back({{static_cast<std::uint32_t>(one.begin), static_cast<std::uint32_t>(one.end)}, number, false});
    }
    merge(mentions);
  }

 private:
  [[nodiscard]] std::string_view written(const Candidate& one) const {
    return text_.substr(one.begin, one.end - one.begin);
  }

  // Surnames and given names, or a long surname that honorifics follow.
  [[nodiscard]] bool is_full(std::string_view words) const {
    if (words.size() < kMinFull) return false;
    const bool doer = words.size() == kMinFull &&
                      std::find(kDoers.begin(), kDoers.end(), words.substr(words.size() - kBytes)) != kDoers.end();
    if (surely_.at(words) && !doer) return true;
    // Its begin stands alone elsewhere.
    for (std::size_t size = kMinBare; size < words.size(); size += kBytes) {
      if (surely_.contains(words.substr(0, size))) return true;
    }
    return false;
  }

  // The one full name that begins with the words, or none. Longer ones stand right behind in the order of bytes.
  [[nodiscard]] std::string_view name_of(std::string_view words) const {
    std::string_view longer;
    for (auto next = surely_.upper_bound(words); next != surely_.end() && next->first.starts_with(words); ++next) {
      if (next->first.size() > words.size() + kMaxGiven || !is_full(next->first)) continue;
      if (!longer.empty()) return is_full(words) ? words : std::string_view();
      longer = next->first;
    }
    if (!longer.empty()) return longer;
    return is_full(words) ? words : std::string_view();
  }

  std::uint32_t number_of(std::string_view name) {
    const auto [known, is_new] = numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.names.size()));
    if (is_new) names_.names.push_back({NameKind::kPerson, std::string(name), Gender::kUnknown, {}});
    return known->second;
  }

  void add_role(std::uint32_t number, std::string_view role) {
    std::vector<std::string>& roles = names_.names[number].roles;
    if (roles.size() < kMaxRoles && std::find(roles.begin(), roles.end(), role) == roles.end())
      roles.emplace_back(role);
  }

  // Into those of others, which give way; names of which nothing is left go.
  void merge(const std::vector<Mention>& mentions) {
    if (mentions.empty()) return;
    std::erase_if(names_.mentions, [&](const Mention& other) {
      const auto after = std::upper_bound(mentions.begin(), mentions.end(), other.span.begin,
                                          [](std::uint32_t at, const Mention& one) { return at < one.span.end; });
      return after != mentions.end() && after->span.begin < other.span.end;
    });
    names_.mentions.insert(names_.mentions.end(), mentions.begin(), mentions.end());
    std::sort(names_.mentions.begin(), names_.mentions.end(),
              [](const Mention& a, const Mention& b) { return a.span.begin < b.span.begin; });
    std::vector<std::uint32_t> kept(names_.names.size(), kNobody);
    std::vector<ArticleName> named;
    for (Mention& mention : names_.mentions) {
      if (kept[mention.name] == kNobody) {
        kept[mention.name] = static_cast<std::uint32_t>(named.size());
        named.push_back(std::move(names_.names[mention.name]));
      }
      mention.name = kept[mention.name];
    }
    names_.names = std::move(named);
  }

  std::string_view text_;
  ArticleNames& names_;
  std::map<std::string_view, bool> surely_;  // what candidates are written as; whether one of them surely is a person
  std::map<std::string_view, std::uint32_t> numbers_;  // of names
};

}  // namespace

void add_japanese_people(std::string_view text, ArticleNames& names) {
  // The genitive: no Japanese article is without it.
  if (text.find("の") != std::string_view::npos) JapanesePeople(text, names).run();
}

}  // namespace dateline
