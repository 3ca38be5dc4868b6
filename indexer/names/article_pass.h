// SPDX-License-Identifier: GPL-2.0-or-later
//
// From tagged names to who is meant: within one article, every name gets all its mentions.
#pragma once

#include <string_view>
#include <vector>

#include "common/article.h"
#include "indexer/names/name_aliases.h"
#include "indexer/names/name_tagger.h"
#include "indexer/names/names_model.h"

namespace dateline {

// Finds the names of articles. One a thread.
class NameFinder {
 public:
  // aliases  must outlive the finder, as must the model
  explicit NameFinder(const NamesModel& model, const NameAliases& aliases);

  // The names of an article and all their mentions.
  //
  // People: full names first ("Dmitry Peskov"); those that may be one person's (person_name.h) are joined, the longest
  // form is the name. A surname alone, or a given name that only one person has, then is the person of that name whom
  // the article named last, the gender of a title permitting, and not a relative of somebody ("his father X") while
  // there is another; never one with a suffix ("Jr.") if another has the
  // surname. A surname so known is that person wherever it stands, also where the tagger saw nothing, unless it is an
  // ordinary word, a place, a nationality or part of a longer name. Roles in apposition are kept ("Kremlin spokesman
  // Dmitry Peskov", "Lukash, a Russian official"), and "the Kremlin spokesman" is a mention of whoever alone has it.
  // Organisations and places: the same words are the same name; an acronym is what it was introduced as ("National
  // Security Agency (NSA)"), or what it is everywhere ("U.S.").
  //
  // text   an article's; valid UTF-8, NFC
  // cost   linear but for mentions × people of one surname
  [[nodiscard]] ArticleNames find(std::string_view text);

  // The tokens of the text that find() was given last; while that text lives.
  [[nodiscard]] const TokenizedText& tokens() const { return tokens_; }

 private:
  const NamesModel& model_;
  const NameAliases& aliases_;
  NameTagger tagger_;
  TokenizedText tokens_;
};

}  // namespace dateline
