// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/name_tagger.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <tuple>

namespace dateline {
namespace {

constexpr std::int32_t kImpossible = std::numeric_limits<std::int32_t>::min() / 2;

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

using Lanes = std::array<std::int16_t, 16>;
static_assert(std::tuple_size_v<Lanes> - kLabels <= kRowPadding);

// Rows hold kLabels bytes; the last lanes read into the next row and are of no use. A copy of the row is what the
// compiler can add as a whole: it need not fear that the sums lie among the weights.
inline void add_row(const std::int8_t* weights, std::uint32_t row, Lanes& sums) {
  std::array<std::int8_t, std::tuple_size_v<Lanes>> weight;
  std::memcpy(weight.data(), weights + std::size_t{row} * kLabels, weight.size());
  for (std::size_t lane = 0; lane < sums.size(); ++lane) {
    sums[lane] = static_cast<std::int16_t>(sums[lane] + weight[lane]);
  }
}

}  // namespace

NameTagger::NameTagger(const NamesModel& model) : model_(model) {
  for (auto& words : words_) words.resize(kWords);
}

const std::array<NameTagger::Lanes, 5>& NameTagger::word_sums(const TokenFacts& word, TaggerKind tagger) {
  // Never 0, so that an empty place is no word's.
  const std::uint64_t key = (word.form ^ (std::uint64_t{word.shape} * 0x9E3779B97F4A7C15ULL)) | 1;
  WordSums& known = words_[static_cast<std::size_t>(tagger)][(key >> 40) % kWords];
  if (known.key != key) {
    known.key = key;
    const std::int8_t* weights = model_.weights(tagger);
    for (std::size_t place = 0; place < known.sums.size(); ++place) {
      Lanes& sums = known.sums[place];
      sums.fill(0);
      for_each_word_feature(word, static_cast<int>(place) - 2, [&](std::uint32_t row) { add_row(weights, row, sums); });
    }
  }
  return known.sums;
}

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
    Lanes sums{};  // some 100 features of at most 127
    const auto add = [&](std::uint32_t row) { add_row(weights, row, sums); };
    for_each_context_feature(facts + i, add);
    for (std::size_t place = 0; place < 5; ++place) {
      const Lanes& word = word_sums((facts + i)[static_cast<std::ptrdiff_t>(place) - 2], tagger)[place];
      for (std::size_t lane = 0; lane < sums.size(); ++lane)
        sums[lane] = static_cast<std::int16_t>(sums[lane] + word[lane]);
    }
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
