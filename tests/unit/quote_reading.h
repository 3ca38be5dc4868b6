// SPDX-License-Identifier: GPL-2.0-or-later
//
// An article read up to its quotes, for the tests of finding them.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/text.h"
#include "indexer/names/article_pass.h"
#include "indexer/quotes/quote_finder.h"
#include "indexer/sentences/sentence_splitter.h"
#include "tests/unit/support.h"

namespace dateline {

inline const NamesModel& model() {
  static const NamesModel model = [] {
    Result<NamesModel> opened = NamesModel::open(names_model_file());
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
  }();
  return model;
}

// What the articles of the tests begin with: who is who, in a sentence each.
inline constexpr std::string_view kPeople =
    "Dmitry Peskov, the Kremlin spokesman, met Svetlana Lukash in Moscow on Monday. Donald Trump stayed in "
    "Washington.\n\n";

struct Reading {
  std::string text;
  ArticleNames names;
  std::vector<Quote> quotes;
};

inline Reading read(std::string_view article) {
  static const NameAliases no_aliases;
  static NameFinder names(model(), no_aliases);
  static QuoteFinder quotes(model());
  Reading reading;
  reading.text = normalize_text(article);
  reading.names = names.find(reading.text);
  reading.quotes = quotes.find(split_sentences(reading.text), names.tokens(), reading.names);
  return reading;
}

}  // namespace dateline
