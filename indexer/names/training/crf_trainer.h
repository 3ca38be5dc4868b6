// SPDX-License-Identifier: GPL-2.0-or-later
//
// Weights of a tagger from labelled text.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "indexer/names/name_tagger.h"
#include "indexer/names/names_model.h"
#include "indexer/names/training/labelled_text.h"

namespace dateline {

// What one tagger learns from: runs of open tokens, their features and labels.
class TrainingSet {
 public:
  // Adds the runs of `labelled` whose paragraphs are of the tagger's kind. A name of which a part is closed to tagging
  // is left out and counted.
  // domain  which set the text is from, from 0
  // weight  how much one of its runs counts
  void add(const LabelledText& labelled, const NamesModel& model, TaggerKind tagger, unsigned domain, float weight);

  [[nodiscard]] std::uint64_t tokens() const { return labels_.size(); }
  [[nodiscard]] std::uint64_t names() const { return names_; }
  [[nodiscard]] std::uint64_t lost_names() const { return lost_names_; }

 private:
  friend class CrfTrainer;
  struct Run {
    std::uint64_t first = 0;  // token
    std::uint32_t count = 0;
    std::uint16_t domain = 0;
    float weight = 1;
  };
  std::vector<Run> runs_;
  std::vector<std::uint8_t> labels_;
  std::vector<std::uint64_t> feature_ends_;  // by token, in rows_
  std::vector<std::uint32_t> rows_;
  std::uint64_t names_ = 0;
  std::uint64_t lost_names_ = 0;
  NameContext context_;
  TokenizedText text_;
};

struct TrainingOptions {
  unsigned epochs = 14;
  float rate = 0.01F;    // AdaGrad's
  float dropout = 0.2F;  // of features, a token
  float decay = 1e-6F;   // L2, a step
  std::uint64_t seed = 1;
};

struct TrainedWeights {
  std::vector<std::int8_t> weights;  // kRows × kLabels and kRowPadding
  std::vector<std::int16_t> transitions;
};

// Maximises the likelihood of the labels by AdaGrad (Duchi, Hazan, Singer 2011) with dropped features; weights are
// averaged over the last third of the epochs. Every set also has weights of its own, which only its runs feel and move
// (Daumé 2007): so what annotators of one set call an organisation does not argue with the others. The weights given
// are the common ones and those of set 0. Deterministic; one thread.
[[nodiscard]] TrainedWeights train_crf(const TrainingSet& set, unsigned domains, const TrainingOptions& options);

}  // namespace dateline
