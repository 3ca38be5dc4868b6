// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/inserted_links.h"

#include <algorithm>
#include <optional>

namespace dateline {
namespace {

constexpr std::size_t kMinWord = 3;  // letters of the first of two that have grown together, and kMinRest of the other
constexpr std::size_t kMinRest = 2;
constexpr std::size_t kReach = 8;      // one of them stands among so many tokens before
constexpr std::size_t kMaxLink = 500;  // bytes: up to three headlines

// The last of the tokens just before that is `form`.
std::optional<std::size_t> find_before(const TokenizedText& before, std::string_view form) {
  const std::size_t end = before.tokens.size();
  for (std::size_t i = end; i > end - std::min(kReach, end); --i) {
    if (before.form(before.tokens[i - 1]) == form) return i - 1;
  }
  return std::nullopt;
}

// Whether nothing but a name stands behind the token `named`, and something does.
bool says_a_name_again(const TokenizedText& before, std::size_t named) {
  const auto is_of_name = [&](const NameToken& token) {
    return token.capitals != Capitals::kNone || before.form(token) == "(" || before.form(token) == ")";
  };
  return named + 1 < before.tokens.size() &&
         std::all_of(before.tokens.begin() + static_cast<std::ptrdiff_t>(named), before.tokens.end(), is_of_name);
}

// The end of the headlines at `begin` that link to other articles, if they are some; else `begin`.
std::size_t headlines_end(std::string_view text, std::size_t begin) {
  constexpr std::string_view kMore = " MORE";
  const std::string_view reach = text.substr(begin, kMaxLink);
  const std::size_t more = reach.substr(0, reach.find('\n')).find(kMore);
  return more == std::string_view::npos ? begin : begin + more + kMore.size();
}

}  // namespace

GrownWord read_grown_word(const TokenizedText& before, std::size_t begin, std::string_view form) {
  for (std::size_t i = kMinWord; i + kMinRest <= form.size(); ++i) {
    const bool is_border = before.text[begin + i] != form[i] && before.text[begin + i - 1] == form[i - 1];
    if (!is_border) continue;
    const std::optional<std::size_t> named = find_before(before, form.substr(0, i));
    if (named && says_a_name_again(before, *named)) return {i, *named, headlines_end(before.text, begin + i)};
    if (named || find_before(before, form.substr(i))) return {i, 0, 0};
  }
  return {};
}

}  // namespace dateline
