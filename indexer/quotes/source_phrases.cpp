// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/source_phrases.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "common/name_key.h"

namespace dateline {
namespace {

// What organisations and people write.
constexpr std::array<std::string_view, 17> kDocuments = {
    "analysis",   "audit",   "editorial", "email", "estimate", "filing",    "forecast", "letter", "memo",
    "memorandum", "message", "note",      "paper", "report",   "statement", "study",    "survey"};

}  // namespace

void SourcePhrases::begin(const ArticleWords& words) {
  words_ = &words;
  organizations_.clear();
}

std::uint32_t SourcePhrases::name_of(TokenRange phrase) {
  const std::uint32_t author = author_of(phrase);
  return author != kNobody ? author : organization_called(phrase);
}

// "an internal forecast of the Port Authority", "a letter from Lukash"; "a study of Lukash" is about her.
std::uint32_t SourcePhrases::author_of(TokenRange phrase) const {
  for (std::uint32_t i = phrase.begin; i + 2 < phrase.end; ++i) {
    if (words_->mention(i) != kNowhere) break;
    if (!std::binary_search(kDocuments.begin(), kDocuments.end(), words_->form(i))) continue;
    const std::string_view link = words_->form(i + 1);
    const std::uint32_t at = i + 2 + (words_->form(i + 2) == "the" ? 1 : 0);
    if (at >= phrase.end || words_->mention(at) == kNowhere) break;
    const std::uint32_t mention = words_->mention(at);
    const NameKind kind = words_->name_of_mention(mention).kind;
    if (link != "by" && link != "from" && (link != "of" || kind != NameKind::kOrganization)) break;
    if (kind == NameKind::kPlace || words_->mention_tokens(mention).end != phrase.end) break;
    return words_->names().mentions[mention].name;
  }
  return kNobody;
}

std::uint32_t SourcePhrases::organization_called(TokenRange phrase) {
  if (phrase.size() != 2 || words_->form(phrase.begin) != "the") return kNobody;
  if (organizations_.empty()) {
    const std::vector<ArticleName>& names = words_->names().names;
    for (std::uint32_t n = 0; n < names.size(); ++n) {
      if (names[n].kind != NameKind::kOrganization) continue;
      const std::string key = name_key(names[n].name) + ' ';
      for (std::size_t begin = 0, end = 0; (end = key.find(' ', begin)) != std::string::npos; begin = end + 1) {
        const auto [known, is_new] = organizations_.try_emplace(key.substr(begin, end - begin), n);
        if (!is_new && known->second != n) known->second = kNobody;
      }
    }
    organizations_.try_emplace("", kNobody);  // not empty from now on
  }
  const auto found = organizations_.find(std::string(words_->form(phrase.begin + 1)));
  return found != organizations_.end() ? found->second : kNobody;
}

}  // namespace dateline
