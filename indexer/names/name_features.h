// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the taggers see of a token: facts gathered once an article, and the features made of them. The one place where
// features are defined, for training and for tagging.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "indexer/names/name_tokens.h"
#include "indexer/names/names_model.h"

namespace dateline {

// What the rest of the article shows of a word form; bits.
enum ArticleFlag : std::uint16_t {
  kSeenSmall = 1 << 0,    // in small letters, in a cased paragraph
  kSeenCapital = 1 << 1,  // with a capital inside a sentence
  kSeenCapitalTwice = 1 << 2,
  kAfterGiven = 1 << 3,          // directly behind a given name
  kAfterTitle = 1 << 4,          // behind "Mr", "President", "spokesman"
  kBesideReporting = 1 << 5,     // before or behind "said"
  kBeforeOrganization = 1 << 6,  // before "Inc", "University"
  kBesidePlace = 1 << 7,         // before "province", behind "in"
  kSeenTwice = 1 << 8,
  kSeenOften = 1 << 9,      // five times and more
  kAfterCapital = 1 << 10,  // behind another capital: the end of a longer name
  kBeforeCapital = 1 << 11,
};

struct TokenFacts {
  std::uint64_t form = 0;
  std::uint32_t shape = 0;   // which letters are capitals; in uncased text how often the word has one elsewhere
  std::uint32_t head = 0;    // the form's first four bytes
  std::uint32_t tail = 0;    // its last four
  std::uint32_t phrase = 0;  // lists of the longest known phrase over the token, and its place in it
  std::uint16_t form_size = 0;
  std::uint16_t lists = 0;
  std::uint16_t cluster = 0;
  std::uint16_t article = 0;  // ArticleFlag
  std::uint8_t coarse = 0;
  CapsClass caps = CapsClass::kUnknown;
  bool open = false;  // may be part of a name; the others are not looked at
  bool begins_sentence = false;
};

// The tokens of one article as the taggers see them. Reused from article to article, for its memory.
class NameContext {
 public:
  static constexpr std::size_t kPadding = 3;  // empty tokens before and behind each paragraph

  // `text` as tokenize_names made it. Linear.
  void prepare(const TokenizedText& text, const NamesModel& model);

  // The facts of a token; kPadding neighbours to each side may be read, empty ones beyond the paragraph.
  [[nodiscard]] const TokenFacts* facts(const NameParagraph& paragraph, std::uint32_t token) const {
    return &facts_[token + kPadding * (1 + static_cast<std::size_t>(&paragraph - paragraphs_))];
  }

 private:
  struct FormRecord {
    std::uint64_t form = 0;
    std::uint32_t count = 0;
    std::uint32_t capitals = 0;
    std::uint16_t flags = 0;
  };

  [[nodiscard]] TokenFacts& at(const NameParagraph& paragraph, std::uint32_t token) {
    return const_cast<TokenFacts&>(*facts(paragraph, token));
  }
  void prepare_paragraph(const TokenizedText& text, const NameParagraph& paragraph, const NamesModel& model);
  void collect_article(const TokenizedText& text, const NameParagraph& paragraph);
  void open_tokens(const NameParagraph& paragraph);
  WordFacts word(std::uint64_t hash, const NamesModel& model) {
    KnownWord& known = known_[hash % kKnownWords];
    if (known.hash != hash) known = {hash, model.word(hash)};
    return known.facts;
  }
  // The place of the form's record.
  std::uint32_t record(std::uint64_t form);

  const NameParagraph* paragraphs_ = nullptr;
  std::vector<TokenFacts> facts_;
  std::vector<std::uint8_t> strength_;  // by token: 2 may be a name, 1 may stand inside one
  struct KnownWord {
    std::uint64_t hash = 0;
    WordFacts facts;
  };
  // What the model knew of words met lately: news has few words that it uses most of the time.
  static constexpr std::size_t kKnownWords = 16384;
  std::vector<KnownWord> known_ = std::vector<KnownWord>(kKnownWords);

  std::vector<FormRecord> records_;       // of the article's word forms
  std::vector<std::uint32_t> slots_;      // open addressing: a record's place + 1, or 0
  std::vector<std::uint32_t> record_of_;  // by token; of words alone
};

namespace name_features {

constexpr std::uint64_t kOdd1 = 0x9E3779B97F4A7C15ULL;
constexpr std::uint64_t kOdd2 = 0xC2B2AE3D27D4EB4FULL;

constexpr std::uint64_t pair(std::uint64_t a, std::uint64_t b) { return (a * kOdd1) ^ std::rotl(b * kOdd2, 29); }

constexpr std::uint32_t row(std::uint64_t kind, std::uint64_t value) {
  std::uint64_t mixed = (value ^ (kind * kOdd2)) * kOdd1;
  mixed ^= mixed >> 32;
  return static_cast<std::uint32_t>((mixed * kOdd2) >> (64 - kRowBits));
}

}  // namespace name_features

// Features come in two sorts: those of one word, seen from a place `d` words before (-2 … 2), which depend on its form
// and shape alone, so that a tagger can keep their sum; and those of words together.

// Calls sink(row) for the features of the word `w` that stands `d` places behind the token in question.
template <typename Sink>
inline void for_each_word_feature(const TokenFacts& w, int d, Sink&& sink) {
  using name_features::pair;
  using name_features::row;
  std::uint64_t kind = 100 * static_cast<std::uint64_t>(d + 3);
  const auto put = [&](std::uint64_t value) { sink(row(++kind, value)); };
  put(w.form);
  put(w.shape);
  put(w.coarse);
  if (d < -1 || d > 1) return;
  put(w.lists);
  put(w.tail >> 8);
  put(w.cluster);
  put(static_cast<std::uint64_t>(w.caps));
  if (d == 0) {
    put(pair(w.form, w.shape));
    put(w.tail);
    put(w.tail >> 16);
    put(w.tail >> 24);
    put(w.head);
    put(w.head & 0xFFFFFF);
    put(w.head & 0xFFFF);
    put(pair(w.form_size, w.shape));
    put(pair(w.coarse, w.shape));
    put(pair(static_cast<std::uint64_t>(w.caps), w.shape));
    put(pair(w.lists, w.shape));
  }
  // Each list by itself.
  ++kind;
  for (std::uint32_t bits = w.lists; bits != 0; bits &= bits - 1) {
    sink(row(kind, static_cast<std::uint64_t>(std::countr_zero(bits))));
  }
}

// Calls sink(row) for the features of the token at `t` and its neighbours together, some 40.
template <typename Sink>
inline void for_each_context_feature(const TokenFacts* t, Sink&& sink) {
  using name_features::pair;
  using name_features::row;
  std::uint64_t kind = 1000;
  const auto put = [&](std::uint64_t value) { sink(row(++kind, value)); };
  const auto caps = [](const TokenFacts& one) { return static_cast<std::uint64_t>(one.caps); };
  const TokenFacts& here = t[0];
  const TokenFacts& before = t[-1];
  const TokenFacts& after = t[1];

  put(0);
  put(t[-3].form);
  put(t[3].form);
  put(pair(here.shape, here.begins_sentence));
  put(pair(pair(here.shape, caps(here)), here.begins_sentence));
  put(pair(before.form, here.form));
  put(pair(here.form, after.form));
  put(pair(before.form, after.form));
  put(pair(pair(before.shape, here.shape), after.shape));
  put(pair(before.form, here.shape));
  put(pair(after.form, here.shape));
  put(pair(pair(caps(before), caps(here)), caps(after)));
  put(pair(before.lists, here.lists));
  put(pair(here.lists, after.lists));
  put(pair(before.cluster, here.cluster));
  put(pair(here.cluster, after.cluster));
  put(pair(pair(before.cluster, after.cluster), here.shape));
  put(pair(before.lists, here.shape));
  put(pair(after.lists, here.shape));
  put(pair(t[-2].form, before.form));
  put(pair(after.form, t[2].form));

  // Known phrases.
  put(here.phrase);
  put(pair(pair(before.phrase, here.phrase), after.phrase));
  put(pair(here.phrase, here.shape));

  // The rest of the article.
  put(pair(here.article, here.shape));
  put(pair(pair(here.article, here.lists), here.begins_sentence));
  put(pair(pair(before.article, here.article), here.shape));
  put(pair(pair(here.article, after.article), here.shape));
  put(pair(before.article, before.shape));
  put(pair(after.article, after.shape));
  ++kind;
  for (std::uint32_t bits = here.article; bits != 0; bits &= bits - 1) {
    sink(row(kind, pair(static_cast<std::uint64_t>(std::countr_zero(bits)), here.shape)));
  }
}

// All features of the token at `t`, some 90.
template <typename Sink>
inline void for_each_feature(const TokenFacts* t, Sink&& sink) {
  for (int d = -2; d <= 2; ++d) for_each_word_feature(t[d], d, sink);
  for_each_context_feature(t, sink);
}

}  // namespace dateline
