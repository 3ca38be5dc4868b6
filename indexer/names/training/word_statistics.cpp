// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/training/word_statistics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <thread>

namespace dateline {
namespace {

// Contexts: the most frequent words one place before and behind, fewer of them two places off, and the border of a
// sentence at each of the four places.
constexpr std::uint32_t kNearContexts = 1500;
constexpr std::uint32_t kFarContexts = 300;
constexpr std::uint32_t kPlaceStride = kNearContexts + 1;
constexpr std::uint32_t kDimensions = 4 * kPlaceStride;
constexpr float kFarWeight = 0.5F;
constexpr int kRounds = 8;

bool ends_sentence(const TokenizedText& text, const NameToken& token) {
  const std::string_view form = text.form(token);
  return token.kind == TokenKind::kMark && (form == "." || form == "!" || form == "?");
}

// Calls `work(first, last)` on even parts of [0, size) in threads.
void in_parallel(unsigned threads, std::size_t size, const std::function<void(std::size_t, std::size_t)>& work) {
  std::vector<std::thread> pool;
  for (unsigned i = 0; i < threads; ++i) {
    pool.emplace_back(work, size * i / threads, size * (i + 1) / threads);
  }
  for (std::thread& thread : pool) thread.join();
}

}  // namespace

CapsClass WordStatistics::Word::caps() const {
  const std::uint32_t inside = small + capital;
  if (inside < 4) return CapsClass::kUnknown;
  const double share = static_cast<double>(capital) / inside;
  if (capital == 0) return small >= 15 ? CapsClass::kNever : CapsClass::kHardly;
  if (share < 0.02) return CapsClass::kHardly;
  if (share < 0.10) return CapsClass::kSeldom;
  if (share < 0.45) return CapsClass::kAtTimes;
  if (share < 0.90) return CapsClass::kOften;
  return small > 0 ? CapsClass::kMostly : CapsClass::kAlways;
}

void WordStatistics::count(const TokenizedText& text) {
  for (const NameParagraph& paragraph : text.paragraphs) {
    if (!paragraph.cased) continue;
    // Headlines capitalise what running text does not.
    std::uint32_t capitals = 0;
    std::uint32_t words = 0;
    for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
      if (text.tokens[i].kind != TokenKind::kWord) continue;
      ++words;
      capitals += text.tokens[i].capitals != Capitals::kNone ? 1 : 0;
    }
    const bool running = capitals * 5 < words * 2;
    bool begins = true;
    for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
      const NameToken& token = text.tokens[i];
      if (token.kind == TokenKind::kWord) {
        const auto [found, is_new] = numbers_.try_emplace(token.hash, static_cast<std::uint32_t>(words_.size()));
        if (is_new) words_.push_back({std::string(text.form(token)), token.hash, 0, 0, 0});
        Word& word = words_[found->second];
        ++word.total;
        if (token.capitals == Capitals::kNone) {
          ++word.small;
        } else if (running && !begins) {
          ++word.capital;
        }
        begins = false;
      } else if (token.kind == TokenKind::kMark) {
        const std::string_view form = text.form(token);
        begins = ends_sentence(text, token) || form == ":" || form == "\"" || (begins && form != ",");
      }
    }
  }
}

void WordStatistics::choose_words() {
  std::erase_if(words_, [](const Word& word) { return word.total < kMinCount; });
  std::sort(words_.begin(), words_.end(),
            [](const Word& a, const Word& b) { return a.total != b.total ? a.total > b.total : a.form < b.form; });
  numbers_.clear();
  for (std::uint32_t i = 0; i < words_.size(); ++i) numbers_.emplace(words_[i].hash, i);
  neighbours_.resize(words_.size());
  chosen_ = true;
}

void WordStatistics::count_neighbours(const TokenizedText& text) {
  constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  constexpr std::uint32_t kBorder = kNearContexts;
  std::vector<std::uint32_t> sentence;
  const auto flush = [&] {
    const auto size = static_cast<std::ptrdiff_t>(sentence.size());
    for (std::ptrdiff_t i = 0; i < size; ++i) {
      const std::uint32_t word = sentence[static_cast<std::size_t>(i)];
      if (word == kNone) continue;
      for (const std::ptrdiff_t place : {-1, 1, -2, 2}) {
        const std::ptrdiff_t at = i + place;
        const std::uint32_t other = at < 0 || at >= size ? kBorder : sentence[static_cast<std::size_t>(at)];
        const bool is_far = place == -2 || place == 2;
        if (other > kBorder || (is_far && other >= kFarContexts)) continue;
        const std::uint32_t offset = (place == -1 ? 0U : place == 1 ? 1U : place == -2 ? 2U : 3U) * kPlaceStride;
        neighbours_[word][offset + other] += is_far ? kFarWeight : 1.0F;
      }
    }
    sentence.clear();
  };
  for (const NameParagraph& paragraph : text.paragraphs) {
    for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
      const NameToken& token = text.tokens[i];
      if (ends_sentence(text, token)) {
        flush();
      } else if (token.kind == TokenKind::kWord) {
        const auto found = numbers_.find(token.hash);
        sentence.push_back(found == numbers_.end() ? kNone : found->second);
      } else {
        sentence.push_back(kNone);
      }
    }
    flush();
  }
}

std::vector<std::vector<WordStatistics::Context>> WordStatistics::context_vectors() const {
  std::vector<double> of_context(kDimensions, 0);
  std::vector<double> of_word(neighbours_.size(), 0);
  double total = 0;
  for (std::size_t word = 0; word < neighbours_.size(); ++word) {
    for (const auto& [context, count] : neighbours_[word]) {
      of_context[context] += count;
      of_word[word] += count;
    }
    total += of_word[word];
  }
  std::vector<std::vector<Context>> vectors(neighbours_.size());
  for (std::size_t word = 0; word < neighbours_.size(); ++word) {
    std::vector<Context>& vector = vectors[word];
    double square = 0;
    for (const auto& [context, count] : neighbours_[word]) {
      const double information = std::log(count * total / (of_word[word] * of_context[context]));
      if (information <= 0) continue;
      // Few occurrences prove little.
      const double value = information * std::sqrt(std::min(1.0, count / 5.0));
      vector.push_back({context, static_cast<float>(value)});
      square += value * value;
    }
    std::sort(vector.begin(), vector.end(), [](const Context& a, const Context& b) { return a.number < b.number; });
    for (Context& context : vector) context.weight /= static_cast<float>(std::sqrt(square) + 1e-9);
  }
  return vectors;
}

std::vector<std::uint16_t> WordStatistics::cluster(unsigned clusters, unsigned threads) const {
  const std::vector<std::vector<Context>> vectors = context_vectors();
  std::vector<std::uint16_t> chosen(vectors.size(), 0);
  std::vector<float> centres(std::size_t{kDimensions} * clusters, 0.0F);
  // Seeds: some of the frequent words.
  std::vector<std::uint32_t> seeds(std::min<std::size_t>(vectors.size(), std::size_t{clusters} * 4));
  for (std::uint32_t i = 0; i < seeds.size(); ++i) seeds[i] = i;
  std::mt19937 random(5);
  for (std::size_t i = seeds.size(); i > 1; --i) std::swap(seeds[i - 1], seeds[random() % i]);
  for (unsigned k = 0; k < clusters && k < seeds.size(); ++k) {
    for (const Context& context : vectors[seeds[k]])
      centres[std::size_t{context.number} * clusters + k] = context.weight;
  }
  for (int round = 0; round < kRounds; ++round) {
    in_parallel(threads, vectors.size(), [&](std::size_t first, std::size_t last) {
      std::vector<float> likeness(clusters);
      for (std::size_t word = first; word < last; ++word) {
        std::fill(likeness.begin(), likeness.end(), 0.0F);
        for (const Context& context : vectors[word]) {
          const float* row = &centres[std::size_t{context.number} * clusters];
          for (unsigned k = 0; k < clusters; ++k) likeness[k] += context.weight * row[k];
        }
        chosen[word] = static_cast<std::uint16_t>(
            std::distance(likeness.begin(), std::max_element(likeness.begin(), likeness.end())));
      }
    });
    std::fill(centres.begin(), centres.end(), 0.0F);
    for (std::size_t word = 0; word < vectors.size(); ++word) {
      const float weight = std::min(4.0F, std::log(1.0F + static_cast<float>(words_[word].total)));
      for (const Context& context : vectors[word]) {
        centres[std::size_t{context.number} * clusters + chosen[word]] += weight * context.weight;
      }
    }
    std::vector<double> square(clusters, 0);
    for (std::size_t i = 0; i < centres.size(); ++i) square[i % clusters] += double{centres[i]} * centres[i];
    for (std::size_t i = 0; i < centres.size(); ++i) {
      if (square[i % clusters] > 0) centres[i] /= static_cast<float>(std::sqrt(square[i % clusters]));
    }
  }
  return chosen;
}

}  // namespace dateline
