// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/role_holders.h"

#include "common/text.h"

namespace dateline {
namespace {

constexpr std::uint32_t kMaxTokens = 8;  // of a role

}  // namespace

void RoleHolders::begin(const ArticleWords& words) {
  words_ = &words;
  holders_.clear();
}

std::uint32_t RoleHolders::name_of(TokenRange phrase) {
  if (holders_.empty()) {
    const std::vector<ArticleName>& names = words_->names().names;
    for (std::uint32_t n = 0; n < names.size(); ++n) {
      for (const std::string& role : names[n].roles) {
        if (role.ends_with('s')) continue;  // "Senators", of several
        const auto [known, is_new] = holders_.try_emplace(fold(role), n);
        if (!is_new && known->second != n) known->second = kNobody;
      }
    }
    holders_.try_emplace("", kNobody);  // not empty from now on
  }
  if (phrase.size() > kMaxTokens) return kNobody;
  const ByteSpan bytes = words_->bytes(phrase);
  const auto found = holders_.find(fold(words_->text().text.substr(bytes.begin, bytes.size())));
  return found != holders_.end() ? found->second : kNobody;
}

}  // namespace dateline
