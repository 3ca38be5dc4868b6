// SPDX-License-Identifier: GPL-2.0-or-later
//
// Finds the names in an article's tokens: a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001)
// over the features of name_features.h, one model for cased paragraphs and one for the others.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "indexer/names/name_features.h"
#include "indexer/names/name_tokens.h"
#include "indexer/names/names_model.h"

namespace dateline {

// A name as tagged: tokens [begin, end) of a TokenizedText, within one paragraph.
struct TaggedName {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  NameKind kind = NameKind::kPerson;
};

namespace name_labels {

enum Part : unsigned { kBegin, kInside, kLast, kUnit };

constexpr unsigned kOutside = 0;
constexpr unsigned label(NameKind kind, Part part) { return 1 + 4 * static_cast<unsigned>(kind) + part; }
constexpr Part part_of(unsigned label) { return static_cast<Part>((label - 1) % 4); }
constexpr NameKind kind_of(unsigned label) { return static_cast<NameKind>((label - 1) / 4); }

// Whether `to` may follow `from`; before and behind a run of open tokens stands kOutside.
constexpr bool may_follow(unsigned from, unsigned to) {
  const bool goes_on = from != kOutside && (part_of(from) == kBegin || part_of(from) == kInside);
  const bool continues = to != kOutside && (part_of(to) == kInside || part_of(to) == kLast);
  if (goes_on != continues) return false;
  return !goes_on || kind_of(from) == kind_of(to);
}

}  // namespace name_labels

// One a thread.
class NameTagger {
 public:
  explicit NameTagger(const NamesModel& model);

  // The names of an article in order, never overlapping. Linear; some 20 MB/s a core.
  [[nodiscard]] std::vector<TaggedName> tag(const TokenizedText& text);

  // What the last tagging knew of the tokens.
  [[nodiscard]] const NameContext& context() const { return context_; }

 private:
  // By label, filled up to a whole register: some 100 features of at most 127.
  using Lanes = std::array<std::int16_t, 16>;
  struct Step {
    std::array<std::int32_t, kLabels> score;
    std::array<std::uint8_t, kLabels> from;
  };

  void tag_run(const TokenFacts* facts, std::uint32_t begin, std::uint32_t count, TaggerKind tagger,
               std::vector<TaggedName>& names);
  void sum_run(const TokenFacts* facts, std::uint32_t count, TaggerKind tagger);
  [[nodiscard]] bool is_surely_outside(TaggerKind tagger) const;
  void step(const Step& before, const Lanes& sums, TaggerKind tagger, Step& here) const;

  // The sums of a word's features, as seen from five places. Some words make up most of a text.
  static constexpr std::size_t kWords = 4096;
  using WordSums = std::array<Lanes, 5>;
  struct KnownWord {
    std::uint64_t key = 0;
    WordSums sums{};
  };
  const WordSums& word_sums(const TokenFacts& word, TaggerKind tagger);

  const NamesModel& model_;
  NameContext context_;
  // What decoding needs of the transitions.
  struct Decoder {
    std::int32_t sure_lead = 0;                           // over all other labels: nothing makes up for it
    std::array<std::array<std::int32_t, 8>, 7> starts{};  // from where no name goes on to where none goes on
  };
  std::array<Decoder, kTaggers> decoders_;
  std::array<std::vector<KnownWord>, kTaggers> words_;
  std::vector<Lanes> sums_;  // of a run's features, by token
  std::vector<Step> steps_;
};

}  // namespace dateline
