// SPDX-License-Identifier: GPL-2.0-or-later
//
// What two copies of a story tell otherwise.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "common/article.h"

namespace dateline {

// An article to compare, and what it names.
struct DiffSide {
  Article article;              // with its text
  std::vector<ByteSpan> names;  // of people, organisations and places, in text order
};

enum class DisagreementKind : std::uint8_t { kNumber, kDate, kName };

// Where the same words stand before and behind on both sides, and others between them.
struct Disagreement {
  DisagreementKind kind = DisagreementKind::kNumber;
  std::array<ByteSpan, 2> words;    // what differs, by side
  std::array<ByteSpan, 2> context;  // with some words before and behind
};

struct ArticleDiff {
  double shared = 0;                             // of the words of the shorter one, 0 to 1
  std::vector<Disagreement> disagreements;       // numbers first, then dates, then names; in text order
  std::array<std::vector<ByteSpan>, 2> lacking;  // what the other side lacks, in text order: sentences, and where
                                                 // only a part of one is new that part
};

// Compares word by word; case, accents and marks make no difference, so a stripped copy differs from its original by
// its figures at most. Text is aligned along runs of three words that stand once on each side, and between them
// word by word where that is short. Cost: n log n.
[[nodiscard]] ArticleDiff compare_articles(const DiffSide& one, const DiffSide& two);

}  // namespace dateline
