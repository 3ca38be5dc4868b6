// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/training/crf_trainer.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace dateline {
namespace {

constexpr std::size_t kLanes = 16;  // kLabels and what fills them up to a whole register
constexpr float kScale = 16.0F;     // of weights as integers: 127 / 16 = 7.9 is the greatest

struct Row {
  std::array<float, kLanes> weight{};
};

// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine, as std's distributions are not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

}  // namespace

void TrainingSet::add(const LabelledText& labelled, const NamesModel& model, TaggerKind tagger, unsigned domain,
                      float weight) {
  tokenize_names(labelled.text, text_);
  context_.prepare(text_, model);
  // Labels of all tokens, then runs of those that are open.
  std::vector<std::uint8_t> labels(text_.tokens.size(), name_labels::kOutside);
  std::size_t token = 0;
  for (const LabelledName& name : labelled.names) {
    while (token < text_.tokens.size() && text_.tokens[token].span.end <= name.span.begin) ++token;
    std::size_t end = token;
    while (end < text_.tokens.size() && text_.tokens[end].span.begin < name.span.end) ++end;
    if (!name.kind || end == token) continue;
    const auto paragraph = std::find_if(text_.paragraphs.begin(), text_.paragraphs.end(),
                                        [&](const NameParagraph& one) { return token < one.end; });
    if ((paragraph->cased ? TaggerKind::kCased : TaggerKind::kUncased) != tagger) continue;
    ++names_;
    bool open = end <= paragraph->end;
    for (std::size_t i = token; i < end && open; ++i) {
      open = context_.facts(*paragraph, static_cast<std::uint32_t>(i))->open;
    }
    if (!open) {
      ++lost_names_;
      continue;
    }
    for (std::size_t i = token; i < end; ++i) {
      const auto part = end - token == 1 ? name_labels::kUnit
                        : i == token     ? name_labels::kBegin
                        : i + 1 == end   ? name_labels::kLast
                                         : name_labels::kInside;
      labels[i] = static_cast<std::uint8_t>(name_labels::label(*name.kind, part));
    }
    token = end;
  }
  for (const NameParagraph& paragraph : text_.paragraphs) {
    if ((paragraph.cased ? TaggerKind::kCased : TaggerKind::kUncased) != tagger) continue;
    for (std::uint32_t i = paragraph.begin; i < paragraph.end;) {
      const TokenFacts* facts = context_.facts(paragraph, i);
      std::uint32_t count = 0;
      while (i + count < paragraph.end && facts[count].open) {
        for_each_feature(facts + count, [&](std::uint32_t row) { rows_.push_back(row); });
        feature_ends_.push_back(rows_.size());
        labels_.push_back(labels[i + count]);
        ++count;
      }
      if (count > 0) runs_.push_back({labels_.size() - count, count, static_cast<std::uint16_t>(domain), weight});
      i += count + 1;
    }
  }
}

class CrfTrainer {
 public:
  CrfTrainer(const TrainingSet& set, unsigned domains, const TrainingOptions& options)
      : set_(set), options_(options), random_(options.seed), common_(kRows), common_squares_(kRows) {
    for (unsigned i = 0; i < domains; ++i) {
      domain_.emplace_back(kRows);
      domain_squares_.emplace_back(kRows);
    }
    averaged_.resize(kRows);
  }

  TrainedWeights run() {
    std::vector<std::uint32_t> order(set_.runs_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const unsigned averaged_from = options_.epochs - std::max(1U, options_.epochs / 3);
    unsigned averaged_epochs = 0;
    for (unsigned epoch = 0; epoch < options_.epochs; ++epoch) {
      rate_ = options_.rate * (epoch * 3 < options_.epochs * 2 ? 1.0F : epoch + 1 < options_.epochs ? 0.5F : 0.25F);
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_.next() % i]);
      for (const std::uint32_t run : order) learn(set_.runs_[run]);
      if (epoch >= averaged_from) {
        ++averaged_epochs;
        add_to_average();
      }
    }
    return quantized(static_cast<float>(averaged_epochs));
  }

 private:
  using Lanes = std::array<float, kLanes>;

  static const std::array<std::array<bool, kLabels>, kLabels>& allowed() {
    static const auto kAllowed = [] {
      std::array<std::array<bool, kLabels>, kLabels> table{};
      for (unsigned from = 0; from < kLabels; ++from) {
        for (unsigned to = 0; to < kLabels; ++to) table[from][to] = name_labels::may_follow(from, to);
      }
      return table;
    }();
    return kAllowed;
  }

  // One step of gradient ascent on one run, by forward and backward sums scaled token by token.
  void learn(const TrainingSet::Run& run) {
    const std::size_t count = run.count;
    kept_.clear();
    kept_ends_.clear();
    potential_.assign(count, {});
    forward_.assign(count, {});
    backward_.assign(count, {});
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t token = run.first + i;
      const std::uint64_t begin = token == 0 ? 0 : set_.feature_ends_[token - 1];
      Lanes sum{};
      const auto threshold = static_cast<std::uint64_t>(static_cast<double>(options_.dropout) * 65536.0);
      std::uint64_t bits = 0;
      for (std::uint64_t f = begin; f < set_.feature_ends_[token]; ++f) {
        if ((f - begin) % 4 == 0) bits = random_.next();
        const bool dropped = (bits & 0xFFFF) < threshold;
        bits >>= 16;
        if (dropped) continue;
        const std::uint32_t row = set_.rows_[f];
        kept_.push_back(row);
        const Lanes& common = common_[row].weight;
        const Lanes& own = domain_[run.domain][row].weight;
        for (std::size_t k = 0; k < kLanes; ++k) sum[k] += common[k] + own[k];
      }
      kept_ends_.push_back(kept_.size());
      const float most = *std::max_element(sum.begin(), sum.begin() + kLabels);
      for (std::size_t k = 0; k < kLabels; ++k) potential_[i][k] = std::exp(sum[k] - most);
    }
    std::array<Lanes, kLabels> transition{};
    for (std::size_t from = 0; from < kLabels; ++from) {
      for (std::size_t to = 0; to < kLabels; ++to) {
        transition[from][to] = allowed()[from][to] ? std::exp(transitions_[from][to]) : 0.0F;
      }
    }
    // Before the first token and behind the last stands an outside one.
    for (std::size_t i = 0; i < count; ++i) {
      Lanes& here = forward_[i];
      for (std::size_t from = 0; from < kLabels; ++from) {
        const float mass = i == 0 ? (from == 0 ? 1.0F : 0.0F) : forward_[i - 1][from];
        if (mass == 0) continue;
        for (std::size_t to = 0; to < kLanes; ++to) here[to] += mass * transition[from][to];
      }
      for (std::size_t to = 0; to < kLabels; ++to) here[to] *= potential_[i][to];
      normalize(here);
    }
    for (std::size_t from = 0; from < kLabels; ++from) backward_[count - 1][from] = transition[from][0];
    normalize(backward_[count - 1]);
    for (std::size_t i = count - 1; i-- > 0;) {
      Lanes next{};
      for (std::size_t to = 0; to < kLabels; ++to) next[to] = backward_[i + 1][to] * potential_[i + 1][to];
      for (std::size_t from = 0; from < kLabels; ++from) {
        float sum = 0;
        for (std::size_t to = 0; to < kLanes; ++to) sum += transition[from][to] * next[to];
        backward_[i][from] = sum;
      }
      normalize(backward_[i]);
    }
    std::array<Lanes, kLabels> expected{};
    for (std::size_t i = 0; i <= count; ++i) {
      // Pairs (i - 1, i), the borders included.
      float total = 0;
      std::array<Lanes, kLabels> pairs{};
      for (std::size_t from = 0; from < kLabels; ++from) {
        const float before = i == 0 ? (from == 0 ? 1.0F : 0.0F) : forward_[i - 1][from];
        if (before == 0) continue;
        for (std::size_t to = 0; to < kLabels; ++to) {
          const float behind = i == count ? (to == 0 ? 1.0F : 0.0F) : potential_[i][to] * backward_[i][to];
          pairs[from][to] = before * transition[from][to] * behind;
          total += pairs[from][to];
        }
      }
      if (!(total > 0)) continue;
      for (std::size_t from = 0; from < kLabels; ++from) {
        for (std::size_t to = 0; to < kLabels; ++to) expected[from][to] -= pairs[from][to] / total;
      }
      const std::size_t from = i == 0 ? 0 : set_.labels_[run.first + i - 1];
      const std::size_t to = i == count ? 0 : set_.labels_[run.first + i];
      expected[from][to] += 1;
    }
    for (std::size_t i = 0; i < count; ++i) move_features(run, i);
    for (std::size_t from = 0; from < kLabels; ++from) {
      for (std::size_t to = 0; to < kLabels; ++to) {
        const float gradient = run.weight * expected[from][to];
        if (gradient == 0) continue;
        transition_squares_[from][to] += gradient * gradient;
        transitions_[from][to] += rate_ * gradient / std::sqrt(transition_squares_[from][to] + 1e-6F);
      }
    }
  }

  void move_features(const TrainingSet::Run& run, std::size_t i) {
    Lanes gradient{};
    for (std::size_t k = 0; k < kLabels; ++k) gradient[k] = forward_[i][k] * backward_[i][k];
    normalize(gradient);
    float most = 0;
    const std::size_t gold = set_.labels_[run.first + i];
    for (std::size_t k = 0; k < kLabels; ++k) {
      gradient[k] = run.weight * ((k == gold ? 1.0F : 0.0F) - gradient[k]);
      most = std::max(most, std::abs(gradient[k]));
    }
    if (most < 1e-4F) return;
    for (std::size_t f = i == 0 ? 0 : kept_ends_[i - 1]; f < kept_ends_[i]; ++f) {
      move(common_[kept_[f]], common_squares_[kept_[f]], gradient, rate_);
      move(domain_[run.domain][kept_[f]], domain_squares_[run.domain][kept_[f]], gradient, 0.5F * rate_);
    }
  }

  void move(Row& row, Row& squares, const Lanes& gradient, float rate) const {
    for (std::size_t k = 0; k < kLanes; ++k) {
      const float step = gradient[k] - options_.decay * row.weight[k];
      squares.weight[k] += step * step;
      row.weight[k] += rate * step / std::sqrt(squares.weight[k] + 1e-6F);
    }
  }

  static void normalize(Lanes& lanes) {
    float sum = 0;
    for (std::size_t k = 0; k < kLabels; ++k) sum += lanes[k];
    if (!(sum > 0)) return;
    for (float& lane : lanes) lane /= sum;
  }

  void add_to_average() {
    for (std::size_t row = 0; row < kRows; ++row) {
      for (std::size_t k = 0; k < kLabels; ++k) {
        averaged_[row].weight[k] += common_[row].weight[k] + domain_[0][row].weight[k];
      }
    }
    for (std::size_t from = 0; from < kLabels; ++from) {
      for (std::size_t to = 0; to < kLabels; ++to) averaged_transitions_[from][to] += transitions_[from][to];
    }
  }

  [[nodiscard]] TrainedWeights quantized(float epochs) const {
    TrainedWeights trained;
    trained.weights.assign(kRows * kLabels + kRowPadding, 0);
    for (std::size_t row = 0; row < kRows; ++row) {
      for (std::size_t k = 0; k < kLabels; ++k) {
        const float value = std::round(averaged_[row].weight[k] / epochs * kScale);
        trained.weights[row * kLabels + k] = static_cast<std::int8_t>(std::clamp(value, -127.0F, 127.0F));
      }
    }
    for (std::size_t from = 0; from < kLabels; ++from) {
      for (std::size_t to = 0; to < kLabels; ++to) {
        const float value = std::round(averaged_transitions_[from][to] / epochs * kScale);
        trained.transitions.push_back(static_cast<std::int16_t>(std::clamp(value, -10000.0F, 10000.0F)));
      }
    }
    return trained;
  }

  const TrainingSet& set_;
  const TrainingOptions& options_;
  Random random_;
  float rate_ = 0;
  std::vector<Row> common_;
  std::vector<Row> common_squares_;
  std::vector<std::vector<Row>> domain_;
  std::vector<std::vector<Row>> domain_squares_;
  std::vector<Row> averaged_;
  std::array<Lanes, kLabels> transitions_{};
  std::array<Lanes, kLabels> transition_squares_{};
  std::array<Lanes, kLabels> averaged_transitions_{};
  // Of the run at hand.
  std::vector<std::uint32_t> kept_;
  std::vector<std::size_t> kept_ends_;
  std::vector<Lanes> potential_;
  std::vector<Lanes> forward_;
  std::vector<Lanes> backward_;
};

TrainedWeights train_crf(const TrainingSet& set, unsigned domains, const TrainingOptions& options) {
  return CrfTrainer(set, domains, options).run();
}

}  // namespace dateline
