// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/name_tagger.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <tuple>

namespace dateline {
namespace {

constexpr std::int32_t kImpossible = std::numeric_limits<std::int32_t>::min() / 2;

// Labels behind which no name goes on, and those that may stand behind them; all others follow a begin or an inside.
constexpr std::array<std::uint8_t, 1 + 2 * kNameKinds> closed_or_starting(name_labels::Part part) {
  std::array<std::uint8_t, 1 + 2 * kNameKinds> labels{name_labels::kOutside};
  for (unsigned kind = 0; kind < kNameKinds; ++kind) {
    const auto of = static_cast<NameKind>(kind);
    labels[1 + 2 * kind] = static_cast<std::uint8_t>(name_labels::label(of, part));
    labels[2 + 2 * kind] = static_cast<std::uint8_t>(name_labels::label(of, name_labels::kUnit));
  }
  return labels;
}
constexpr auto kClosed = closed_or_starting(name_labels::kLast);
constexpr auto kStarting = closed_or_starting(name_labels::kBegin);

using Lanes = std::array<std::int16_t, 16>;
static_assert(std::tuple_size_v<Lanes> - kLabels <= kRowPadding);

// What the compiler adds as a whole.
using LaneVector __attribute__((vector_size(sizeof(Lanes)))) = std::int16_t;
using RowVector __attribute__((vector_size(std::tuple_size_v<Lanes>))) = std::int8_t;
using FourVector __attribute__((vector_size(4 * sizeof(std::int32_t)))) = std::int32_t;

// Adds weights up. Rows hold kLabels bytes; the last lanes read into the next row and are of no use.
class Sum {
 public:
  explicit Sum(const std::int8_t* weights) : weights_(weights) {}
  void operator()(std::uint32_t row) {
    RowVector weights;
    std::memcpy(&weights, weights_ + std::size_t{row} * kLabels, sizeof(RowVector));
    lanes_ += __builtin_convertvector(weights, LaneVector);
  }
  void store(Lanes& to) const { std::memcpy(&to, &lanes_, sizeof(Lanes)); }

 private:
  const std::int8_t* weights_;
  LaneVector lanes_{};
};

void add(const Lanes& more, Lanes& sums) {
  LaneVector sum;
  LaneVector other;
  std::memcpy(&sum, &sums, sizeof(Lanes));
  std::memcpy(&other, &more, sizeof(Lanes));
  sum += other;
  std::memcpy(&sums, &sum, sizeof(Lanes));
}

}  // namespace

NameTagger::NameTagger(const NamesModel& model) : model_(model) {
  for (auto& words : words_) words.resize(kWords);
  for (const TaggerKind tagger : {TaggerKind::kCased, TaggerKind::kUncased}) {
    const std::int16_t* transitions = model_.transitions(tagger);
    Decoder& decoder = decoders_[static_cast<std::size_t>(tagger)];
    std::int32_t most = transitions[0];
    for (unsigned from = 0; from < kLabels; ++from) {
      for (unsigned to = 0; to < kLabels; ++to) {
        if (name_labels::may_follow(from, to)) most = std::max<std::int32_t>(most, transitions[from * kLabels + to]);
      }
    }
    decoder.sure_lead = 2 * (most - transitions[0]);
    for (std::size_t from = 0; from < kClosed.size(); ++from) {
      for (std::size_t to = 0; to < kStarting.size(); ++to) {
        decoder.starts[from][to] = transitions[kClosed[from] * kLabels + kStarting[to]];
      }
    }
  }
}

const NameTagger::WordSums& NameTagger::word_sums(const TokenFacts& word, TaggerKind tagger) {
  // Never 0, so that an empty place is no word's.
  const std::uint64_t key = (word.form ^ (std::uint64_t{word.shape} * 0x9E3779B97F4A7C15ULL)) | 1;
  KnownWord& known = words_[static_cast<std::size_t>(tagger)][(key >> 40) % kWords];
  if (known.key != key) {
    known.key = key;
    for (std::size_t place = 0; place < known.sums.size(); ++place) {
      Sum sum(model_.weights(tagger));
      for_each_word_feature(word, static_cast<int>(place) - 2, sum);
      sum.store(known.sums[place]);
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

// The sums of the features of `count` tokens.
void NameTagger::sum_run(const TokenFacts* facts, std::uint32_t count, TaggerKind tagger) {
  sums_.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    Sum sum(model_.weights(tagger));
    for_each_context_feature(facts + i, sum);
    sum.store(sums_[i]);
  }
  // Each word adds to the five tokens that see it.
  const auto end = static_cast<std::int32_t>(count);
  for (std::int32_t word = -2; word < end + 2; ++word) {
    const WordSums& seen = word_sums(facts[word], tagger);
    for (std::int32_t i = std::max(word - 2, 0); i < std::min(word + 3, end); ++i) {
      const std::int32_t place = word - i + 2;
      add(seen[static_cast<std::size_t>(place)], sums_[static_cast<std::size_t>(i)]);
    }
  }
}

// Whether kOutside leads so far at every token that no other labels can come up with it: each of them has two
// transitions at most to gain by.
bool NameTagger::is_surely_outside(TaggerKind tagger) const {
  const std::int32_t lead = decoders_[static_cast<std::size_t>(tagger)].sure_lead;
  return std::all_of(sums_.begin(), sums_.end(), [lead](const Lanes& sums) {
    bool leads = true;
    for (std::size_t label = 1; label < kLabels; ++label) leads &= sums[name_labels::kOutside] - sums[label] > lead;
    return leads;
  });
}

// The best way to each label of the next token, the first among equals.
void NameTagger::step(const Step& before, const Lanes& sums, TaggerKind tagger, Step& here) const {
  const std::int16_t* transitions = model_.transitions(tagger);
  const Decoder& decoder = decoders_[static_cast<std::size_t>(tagger)];
  for (std::size_t first = 0; first < kStarting.size(); first += 4) {
    FourVector best = FourVector{} + kImpossible;
    FourVector best_from{};
    for (std::size_t i = 0; i < kClosed.size(); ++i) {
      FourVector score;
      std::memcpy(&score, &decoder.starts[i][first], sizeof(score));
      score += before.score[kClosed[i]];
      const FourVector from = FourVector{} + std::int32_t{kClosed[i]};
      const FourVector better = score > best;
      best = better ? score : best;
      best_from = better ? from : best_from;
    }
    for (std::size_t i = first; i < std::min(first + 4, kStarting.size()); ++i) {
      here.score[kStarting[i]] = best[i - first] + sums[kStarting[i]];
      here.from[kStarting[i]] = static_cast<std::uint8_t>(best_from[i - first]);
    }
  }
  for (unsigned kind = 0; kind < kNameKinds; ++kind) {
    const auto label = [kind](name_labels::Part part) { return name_labels::label(static_cast<NameKind>(kind), part); };
    const unsigned begin = label(name_labels::kBegin);
    const unsigned inside = label(name_labels::kInside);
    for (const unsigned to : {inside, label(name_labels::kLast)}) {
      const std::int32_t begun = before.score[begin] + transitions[begin * kLabels + to];
      const std::int32_t gone_on = before.score[inside] + transitions[inside * kLabels + to];
      here.score[to] = std::max(begun, gone_on) + sums[to];
      here.from[to] = static_cast<std::uint8_t>(gone_on > begun ? inside : begin);
    }
  }
}

void NameTagger::tag_run(const TokenFacts* facts, std::uint32_t begin, std::uint32_t count, TaggerKind tagger,
                         std::vector<TaggedName>& names) {
  sum_run(facts, count, tagger);
  if (is_surely_outside(tagger)) return;
  const std::int16_t* transitions = model_.transitions(tagger);
  steps_.resize(count);
  for (unsigned to = 0; to < kLabels; ++to) {
    const bool starts = name_labels::may_follow(name_labels::kOutside, to);
    steps_[0].score[to] = (starts ? transitions[to] : kImpossible) + sums_[0][to];
    steps_[0].from[to] = name_labels::kOutside;
  }
  for (std::uint32_t i = 1; i < count; ++i) step(steps_[i - 1], sums_[i], tagger, steps_[i]);
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
