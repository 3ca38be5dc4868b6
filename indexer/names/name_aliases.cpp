// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/name_aliases.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "common/name_key.h"
#include "common/text.h"

namespace dateline {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.emplace_back(trimmed(text.substr(begin, end - begin)));
    if (end == std::string_view::npos) return parts;
    begin = end + separator.size();
  }
}

}  // namespace

Result<NameAliases> NameAliases::read(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input) {
    return Error{ErrorCode::kUsage, fmt::format("{}: {}", file.string(), std::strerror(errno)),
                 "--aliases names a file of lines such as: Dmitry Peskov = Dmitri Peskow"};
  }
  NameAliases aliases;
  std::size_t number = 0;
  const auto wrong = [&](std::string_view what) {
    return Error{ErrorCode::kUsage, fmt::format("{}:{}: {}", file.string(), number, what),
                 "lines are: NAME = OTHER, or NAME != OTHER, or - NAME; with org: or place: in front of these"};
  };
  for (std::string bytes; std::getline(input, bytes);) {
    ++number;
    const std::string text = normalize_text(bytes);
    std::string_view line = trimmed(std::string_view(text).substr(0, text.find('#')));
    if (line.empty()) continue;
    NameKind kind = NameKind::kPerson;
    for (const auto& [prefix, named] :
         {std::pair{"person:", NameKind::kPerson}, std::pair{"org:", NameKind::kOrganization},
          std::pair{"place:", NameKind::kPlace}}) {
      if (line.starts_with(prefix)) {
        kind = named;
        line = trimmed(line.substr(std::strlen(prefix)));
        break;
      }
    }
    const bool drops = line.starts_with("- ");
    const bool splits = !drops && line.find("!=") != std::string_view::npos;
    const std::vector<std::string> names =
        drops ? std::vector<std::string>{std::string(trimmed(line.substr(2)))} : split(line, splits ? "!=" : "=");
    std::vector<std::string> keys;
    keys.reserve(names.size());
    for (const std::string& name : names) keys.push_back(name_key(name));
    if (std::any_of(keys.begin(), keys.end(), [](const std::string& key) { return key.empty(); })) {
      return wrong("a name is missing");
    }
    if (drops) {
      if (aliases.merged_.contains({kind, keys.front()})) return wrong(names.front() + " is said to be another name");
      aliases.dropped_.insert({kind, keys.front()});
      continue;
    }
    if (names.size() < 2) return wrong("no =, != or - that says what to do");
    if (splits) {
      if (kind != NameKind::kPerson)
        return wrong("only people are told apart: organizations and places of two names are two");
      for (std::size_t a = 0; a < keys.size(); ++a) {
        for (std::size_t b = a + 1; b < keys.size(); ++b) {
          if (keys[a] == keys[b]) return wrong("a name cannot differ from itself");
          aliases.apart_.insert(std::minmax(keys[a], keys[b]));
        }
      }
      continue;
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Key key{kind, keys[i]};
      if (aliases.dropped_.contains(key)) return wrong(names[i] + " is said to be no name");
      const auto [known, is_new] = aliases.merged_.try_emplace(key, names.front());
      if (!is_new && known->second != names.front()) return wrong(names[i] + " is said to be " + known->second);
    }
  }
  return aliases;
}

void NameAliases::apply(ArticleNames& names) const {
  if (merged_.empty() && dropped_.empty()) return;
  constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> becomes(names.names.size(), kGone);
  std::map<Key, std::uint32_t> merged;  // by the key of the name shown
  std::vector<ArticleName> kept;
  for (std::size_t i = 0; i < names.names.size(); ++i) {
    ArticleName& name = names.names[i];
    const Key key{name.kind, name_key(name.name)};
    if (dropped_.contains(key)) continue;
    becomes[i] = static_cast<std::uint32_t>(kept.size());
    if (const auto alias = merged_.find(key); alias != merged_.end()) {
      name.name = alias->second;
      const auto [known, is_new] = merged.try_emplace({name.kind, name_key(name.name)}, becomes[i]);
      if (!is_new) {
        becomes[i] = known->second;
        ArticleName& first = kept[known->second];
        first.roles.insert(first.roles.end(), name.roles.begin(), name.roles.end());
        if (first.gender == Gender::kUnknown) first.gender = name.gender;
        continue;
      }
    }
    kept.push_back(std::move(name));
  }
  names.names = std::move(kept);
  std::erase_if(names.mentions, [&](const Mention& mention) { return becomes[mention.name] == kGone; });
  for (Mention& mention : names.mentions) mention.name = becomes[mention.name];
}

Result<NameAliases> read_aliases(const std::filesystem::path& file) {
  return file.empty() ? Result<NameAliases>(NameAliases{}) : NameAliases::read(file);
}

}  // namespace dateline
