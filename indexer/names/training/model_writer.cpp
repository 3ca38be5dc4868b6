// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/training/model_writer.h"

#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace dateline {
namespace {

constexpr std::size_t kBuckets = std::size_t{1} << 16;

class Bytes {
 public:
  Bytes() : data_(sizeof(ModelHeader), '\0') {}

  template <typename Value>
  ModelSection add(const std::vector<Value>& values) {
    return add(std::string_view(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)));
  }

  ModelSection add(std::string_view bytes) {
    data_.resize((data_.size() + 7) / 8 * 8);
    const ModelSection where{data_.size(), bytes.size()};
    data_.append(bytes);
    return where;
  }

  std::string& data() { return data_; }

 private:
  std::string data_;
};

// Where the entries of each upper 16 bits begin; `hashes` ascend.
template <typename Map>
std::vector<std::uint32_t> index_of(const Map& by_hash) {
  std::vector<std::uint32_t> index(kBuckets + 1, 0);
  for (const auto& entry : by_hash) ++index[(entry.first >> 48) + 1];
  for (std::size_t i = 1; i <= kBuckets; ++i) index[i] += index[i - 1];
  return index;
}

}  // namespace

void write_model(const ModelContent& content, const std::filesystem::path& file) {
  Bytes bytes;
  ModelHeader header{};
  header.magic = kModelMagic;
  header.version = kModelVersion;
  header.row_bits = kRowBits;
  header.card = bytes.add(content.card);

  std::vector<WordEntry> words;
  words.reserve(content.words.size());
  for (const auto& [hash, facts] : content.words) {
    const unsigned caps_and_glue =
        static_cast<unsigned>(facts.caps) | (facts.glue ? kGlueBit : 0U) | (facts.uncased_glue ? kUncasedGlueBit : 0U);
    words.push_back({static_cast<std::uint32_t>(hash), facts.lists, facts.cluster, facts.coarse,
                     static_cast<std::uint8_t>(caps_and_glue), 0});
  }
  header.word_index = bytes.add(index_of(content.words));
  header.words = bytes.add(words);

  std::map<std::uint64_t, PhraseEntry> by_hash;
  for (const std::uint64_t hash : content.phrase_begins) by_hash[hash] = {static_cast<std::uint32_t>(hash), 0, 1};
  for (const auto& [hash, lists] : content.phrases) {
    PhraseEntry& entry = by_hash[hash];
    entry.key = static_cast<std::uint32_t>(hash);
    entry.lists = lists;
  }
  std::vector<PhraseEntry> phrases;
  phrases.reserve(by_hash.size());
  for (const auto& [hash, entry] : by_hash) phrases.push_back(entry);
  header.phrase_index = bytes.add(index_of(by_hash));
  header.phrases = bytes.add(phrases);

  std::vector<NicknameEntry> nicknames;
  nicknames.reserve(content.nicknames.size());
  for (const auto& [short_form, full_form] : content.nicknames) nicknames.push_back({short_form, full_form});
  header.nicknames = bytes.add(nicknames);

  for (std::size_t i = 0; i < kTaggers; ++i) {
    TrainedWeights tagger = content.taggers[i];
    tagger.weights.resize(kRows * kLabels + kRowPadding);
    tagger.transitions.resize(kLabels * kLabels);
    header.weights[i] = bytes.add(tagger.weights);
    header.transitions[i] = bytes.add(tagger.transitions);
  }
  std::string& data = bytes.data();
  header.file_bytes = data.size();
  std::memcpy(data.data(), &header, sizeof(ModelHeader));
  header.checksum = model_checksum(data);
  std::memcpy(data.data(), &header, sizeof(ModelHeader));
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(data.data(), static_cast<std::streamsize>(data.size()));
  out.close();
  if (!out) throw std::runtime_error(fmt::format("{}: cannot be written", file.string()));
}

}  // namespace dateline
