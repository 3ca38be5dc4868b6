// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "indexer/names/names_model.h"
#include "indexer/names/training/crf_trainer.h"

namespace dateline {

// All that a model file holds.
struct ModelContent {
  std::string card;
  std::map<std::uint64_t, WordFacts> words;        // by word_key
  std::map<std::uint64_t, std::uint16_t> phrases;  // lists, by hash
  std::set<std::uint64_t> phrase_begins;
  std::set<std::pair<std::uint64_t, std::uint64_t>> nicknames;
  std::array<TrainedWeights, kTaggers> taggers;  // empty ones are written as zeros
};

// Writes the file as names_model.h says; throws std::runtime_error if that fails. The same content gives the same
// bytes.
void write_model(const ModelContent& content, const std::filesystem::path& file);

}  // namespace dateline
