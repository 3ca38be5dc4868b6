// SPDX-License-Identifier: GPL-2.0-or-later
//
// What NameFinder promises for any text (article_pass.h, article.h): for unit tests and the fuzz target.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/text.h"

namespace dateline {

inline bool on_border(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// Which clause is broken; empty if none.
inline std::string broken_names_clause(std::string_view text, const ArticleNames& found) {
  std::size_t end = 0;
  std::vector<bool> mentioned(found.names.size());
  for (const Mention& one : found.mentions) {
    if (one.span.begin >= one.span.end) return "empty";
    if (one.span.end > text.size()) return "beyond the text";
    if (one.span.begin < end) return "overlap or disorder";
    if (!on_border(text, one.span.begin) || !on_border(text, one.span.end)) return "inside a character";
    end = one.span.end;
    if (one.name >= found.names.size()) return "no such name";
    mentioned[one.name] = true;
    if (one.by_role && found.names[one.name].kind != NameKind::kPerson) return "a thing's role";
  }
  for (std::size_t i = 0; i < found.names.size(); ++i) {
    const ArticleName& one = found.names[i];
    if (!mentioned[i]) return "a name without mentions";
    if (one.name.empty() || !is_valid_utf8(one.name)) return "name";
    if (one.name.find('\n') != std::string::npos) return "name of two lines";
    if (one.kind != NameKind::kPerson && (!one.roles.empty() || one.gender != Gender::kUnknown)) return "thing";
    for (const std::string& role : one.roles) {
      if (role.empty() || !is_valid_utf8(role)) return "role";
    }
  }
  return "";
}

}  // namespace dateline
