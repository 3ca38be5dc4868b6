// SPDX-License-Identifier: GPL-2.0-or-later
//
// What plain news teaches of words: how often each is written with a capital, and which keep the same company.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/names/name_tokens.h"
#include "indexer/names/names_model.h"

namespace dateline {

// Counts words over any number of texts; then groups them.
class WordStatistics {
 public:
  // Words of fewer occurrences are dropped.
  static constexpr std::uint32_t kMinCount = 6;

  void count(const TokenizedText& text);

  // To be called once all is counted, before co-occurrence is: the words kept get numbers, the most frequent first.
  void choose_words();
  void count_neighbours(const TokenizedText& text);

  // A clustering of the words kept: of each the number of its cluster, from 0 to `clusters` - 1. Spherical k-means
  // over positive pointwise mutual information with the words one and two places off (Pantel & Lin 2002 do so for
  // senses; measured here against Brown clusters' usual gain of a point of F1). Deterministic.
  // threads  at least 1; the outcome is the same with any number
  [[nodiscard]] std::vector<std::uint16_t> cluster(unsigned clusters, unsigned threads) const;

  struct Word {
    std::string form;
    std::uint64_t hash = 0;
    std::uint32_t small = 0;
    std::uint32_t capital = 0;  // inside sentences
    std::uint32_t total = 0;    // with those that begin sentences or stand in headlines

    [[nodiscard]] CapsClass caps() const;
  };
  [[nodiscard]] const std::vector<Word>& words() const { return words_; }

 private:
  struct Context {
    std::uint32_t number;
    float weight;
  };
  [[nodiscard]] std::vector<std::vector<Context>> context_vectors() const;

  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;  // by hash
  std::vector<Word> words_;
  std::vector<std::unordered_map<std::uint32_t, float>> neighbours_;
  bool chosen_ = false;
};

}  // namespace dateline
