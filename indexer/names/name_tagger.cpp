// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/name_tagger.h"

#include <algorithm>
#include <limits>

namespace dateline {
namespace {

constexpr std::int32_t kImpossible = std::numeric_limits<std::int32_t>::min() / 2;

// Rows hold kLabels bytes; the last lanes read into the next row and are of no use.
constexpr std::size_t kLanes = 16;
static_assert(kLanes >= kLabels && kLanes - kLabels <= kRowPadding);

// The labels that may stand before each, in a form that loops over.
struct Before {
  std::array<std::array<std::uint8_t, kLabels>, kLabels> labels{};
  std::array<std::uint8_t, kLabels> count{};

  constexpr Before() {
    for (unsigned to = 0; to < kLabels; ++to) {
      for (unsigned from = 0; from < kLabels; ++from) {
        if (name_labels::may_follow(from, to)) labels[to][count[to]++] = static_cast<std::uint8_t>(from);
      }
    }
  }
};
constexpr Before kBefore;

}  // namespace

NameTagger::NameTagger(const NamesModel& model) : model_(model) {}

std::vector<TaggedName> NameTagger::tag(const TokenizedText& text) {
  std::vector<TaggedName> names;
  context_.prepare(text, model_);
  for (const NameParagraph& paragraph : text.paragraphs) {
    const TaggerKind tagger = paragraph.cased ? TaggerKind::kCased : TaggerKind::kUncased;
    for (std::uint32_t i = paragraph.begin; i < paragraph.end;) {
      const TokenFacts* facts = context_.facts(paragraph, i);
      std::uint32_t count = 0;
      while (i + count < paragraph.end && facts[count].open) ++count;
      if (count > 0) tag_run(facts, i, count, tagger, names);
      i += count + 1;
    }
  }
  return names;
}

void NameTagger::tag_run(const TokenFacts* facts, std::uint32_t begin, std::uint32_t count, TaggerKind tagger,
                         std::vector<TaggedName>& names) {
  const std::int8_t* weights = model_.weights(tagger);
  const std::int16_t* transitions = model_.transitions(tagger);
  steps_.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    std::array<std::int16_t, kLanes> sums{};  // some 100 features of at most 127
    for_each_feature(facts + i, [&](std::uint32_t row) {
      const std::int8_t* weight = weights + std::size_t{row} * kLabels;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        sums[lane] = static_cast<std::int16_t>(sums[lane] + weight[lane]);
      }
    });
    Step& step = steps_[i];
    for (unsigned to = 0; to < kLabels; ++to) {
      std::int32_t best = kImpossible;
      std::uint8_t best_from = 0;
      if (i == 0) {
        if (name_labels::may_follow(name_labels::kOutside, to)) best = transitions[to];
      } else {
        for (std::size_t k = 0; k < kBefore.count[to]; ++k) {
          const std::uint8_t from = kBefore.labels[to][k];
          const std::int32_t score = steps_[i - 1].score[from] + transitions[from * kLabels + to];
          if (score > best) {
            best = score;
            best_from = from;
          }
        }
      }
      step.score[to] = best + sums[to];
      step.from[to] = best_from;
    }
  }
  unsigned label = 0;
  std::int32_t best = kImpossible;
  for (unsigned last = 0; last < kLabels; ++last) {
    if (!name_labels::may_follow(last, name_labels::kOutside)) continue;
    const std::int32_t score = steps_[count - 1].score[last] + transitions[last * kLabels];
    if (score > best) {
      best = score;
      label = last;
    }
  }
  // From the last token back; the run's names are put in order again.
  const std::size_t first_name = names.size();
  std::uint32_t end = 0;
  for (std::uint32_t i = count; i-- > 0;) {
    if (label != name_labels::kOutside) {
      const auto part = name_labels::part_of(label);
      if (part == name_labels::kLast || part == name_labels::kUnit) end = i + 1;
      if (part == name_labels::kBegin || part == name_labels::kUnit) {
        names.push_back({begin + i, begin + end, name_labels::kind_of(label)});
      }
    }
    label = steps_[i].from[label];
  }
  std::reverse(names.begin() + static_cast<std::ptrdiff_t>(first_name), names.end());
}

}  // namespace dateline
