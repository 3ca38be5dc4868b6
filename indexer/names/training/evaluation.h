// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "indexer/names/name_tagger.h"
#include "indexer/names/training/labelled_text.h"

namespace dateline {

// Exact spans, as conlleval counts them; a found name that overlaps a thing of no kind that is learned counts neither
// way.
struct SpanScore {
  std::uint64_t right = 0;
  std::uint64_t found = 0;
  std::uint64_t wanted = 0;

  [[nodiscard]] double f1() const;  // percent
};

struct Evaluation {
  std::array<SpanScore, kNameKinds> kinds;
  SpanScore all;
};

[[nodiscard]] Evaluation evaluate(const NamesModel& model, const std::vector<LabelledText>& texts, Mangling mangling);

// "person 87.1, organization 71.0, place 85.2, all 80.9"
[[nodiscard]] std::string describe(const Evaluation& evaluation);

}  // namespace dateline
