// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/names_model.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dateline {
namespace {

static_assert(std::endian::native == std::endian::little, "the model file is little-endian and mapped as it is");

constexpr std::size_t kIndexSize = (std::size_t{1} << 16) + 1;

Error unusable(const std::filesystem::path& file, std::string_view reason) {
  return {ErrorCode::kIndex, fmt::format("the names model {} {}", file.string(), reason),
          "install Dateline again, or name a good file with --names-model"};
}

template <typename Entry>
const Entry* find_entry(std::span<const std::uint32_t> index, std::span<const Entry> entries, std::uint64_t hash) {
  const auto bucket = static_cast<std::size_t>(hash >> 48);
  const auto key = static_cast<std::uint32_t>(hash);
  for (std::uint32_t i = index[bucket]; i < index[bucket + 1]; ++i) {
    if (entries[i].key == key) return &entries[i];
  }
  return nullptr;
}

// Whether `index` leads nowhere but into `entries`.
bool is_index_of(std::span<const std::uint32_t> index, std::size_t entries) {
  return index.size() == kIndexSize && index.front() == 0 && index.back() == entries &&
         std::is_sorted(index.begin(), index.end());
}

WordFacts facts_of(const WordEntry& entry) {
  return {entry.lists,
          entry.cluster,
          entry.coarse,
          static_cast<CapsClass>(entry.caps_and_glue & 0x07),
          (entry.caps_and_glue & kGlueBit) != 0,
          (entry.caps_and_glue & kUncasedGlueBit) != 0};
}

}  // namespace

std::uint64_t model_checksum(std::string_view file) {
  ModelHeader header;
  std::memcpy(&header, file.data(), sizeof(ModelHeader));
  header.checksum = 0;
  const std::uint64_t seed = XXH3_64bits(&header, sizeof(ModelHeader));
  file.remove_prefix(sizeof(ModelHeader));
  return XXH3_64bits_withSeed(file.data(), file.size(), seed);
}

template <typename Entry>
std::span<const Entry> NamesModel::section(const ModelSection& where) const {
  return {reinterpret_cast<const Entry*>(data_ + where.offset), where.bytes / sizeof(Entry)};
}

std::filesystem::path NamesModel::installed_file() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().parent_path() / "share" / "dateline" / "dateline.names";
}

Result<NamesModel> NamesModel::open(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unusable(file, fmt::format("cannot be read: {}", std::strerror(errno)));
  struct stat facts {};
  const bool has_size = ::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode);
  const auto size = has_size ? static_cast<std::size_t>(facts.st_size) : 0;
  void* mapped = size < sizeof(ModelHeader) ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  const int reason = errno;
  ::close(descriptor);
  if (size < sizeof(ModelHeader)) return unusable(file, "is no names model: too short");
  if (mapped == MAP_FAILED) return unusable(file, fmt::format("cannot be mapped: {}", std::strerror(reason)));

  NamesModel model(static_cast<const std::byte*>(mapped), size);
  const ModelHeader& header = model.header();
  if (header.magic != kModelMagic) return unusable(file, "is no names model");
  if (header.version != kModelVersion || header.row_bits != kRowBits) {
    return unusable(file, fmt::format("is of version {}, this program reads {}", header.version, kModelVersion));
  }
  if (header.file_bytes != size || model_checksum({static_cast<const char*>(mapped), size}) != header.checksum) {
    return unusable(file, "is damaged");
  }
  // The checksum vouches for what the trainer wrote; these bounds for the trainer.
  const auto fits = [&](const ModelSection& where) {
    return where.offset % 8 == 0 && where.offset <= size && where.bytes <= size - where.offset;
  };
  bool sound = fits(header.card) && fits(header.word_index) && fits(header.words) && fits(header.phrase_index) &&
               fits(header.phrases) && fits(header.nicknames);
  for (std::size_t i = 0; i < kTaggers; ++i) {
    sound = sound && fits(header.weights[i]) && header.weights[i].bytes == kRows * kLabels + kRowPadding &&
            fits(header.transitions[i]) && header.transitions[i].bytes == kLabels * kLabels * sizeof(std::int16_t);
  }
  sound =
      sound &&
      is_index_of(model.section<std::uint32_t>(header.word_index), model.section<WordEntry>(header.words).size()) &&
      is_index_of(model.section<std::uint32_t>(header.phrase_index), model.section<PhraseEntry>(header.phrases).size());
  if (!sound) return unusable(file, "is damaged: its sections do not fit");
  model.word_index_ = model.section<std::uint32_t>(header.word_index);
  model.words_ = model.section<WordEntry>(header.words);
  model.phrase_index_ = model.section<std::uint32_t>(header.phrase_index);
  model.phrases_ = model.section<PhraseEntry>(header.phrases);
  return model;
}

NamesModel::NamesModel(NamesModel&& other) noexcept { *this = std::move(other); }

NamesModel& NamesModel::operator=(NamesModel&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(word_index_, other.word_index_);
  std::swap(words_, other.words_);
  std::swap(phrase_index_, other.phrase_index_);
  std::swap(phrases_, other.phrases_);
  return *this;
}

NamesModel::~NamesModel() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

std::string_view NamesModel::card() const {
  const std::span<const char> text = section<char>(header().card);
  return {text.data(), text.size()};
}

WordFacts NamesModel::word(std::uint64_t hash) const {
  const WordEntry* entry = find_entry(word_index_, words_, hash);
  return entry == nullptr ? WordFacts{} : facts_of(*entry);
}

void NamesModel::for_each_word(const std::function<void(std::uint64_t, const WordFacts&)>& on_word) const {
  const auto index = section<std::uint32_t>(header().word_index);
  const auto words = section<WordEntry>(header().words);
  for (std::uint64_t bucket = 0; bucket + 1 < index.size(); ++bucket) {
    for (std::uint32_t i = index[bucket]; i < index[bucket + 1]; ++i)
      on_word(bucket << 48 | words[i].key, facts_of(words[i]));
  }
}

const PhraseEntry* NamesModel::phrase(std::uint64_t hash) const { return find_entry(phrase_index_, phrases_, hash); }

bool NamesModel::is_nickname(std::string_view short_form, std::string_view full_form) const {
  return is_nickname(XXH3_64bits(short_form.data(), short_form.size()),
                     XXH3_64bits(full_form.data(), full_form.size()));
}

bool NamesModel::is_nickname(std::uint64_t short_form, std::uint64_t full_form) const {
  const auto all = section<NicknameEntry>(header().nicknames);
  return std::binary_search(all.begin(), all.end(), NicknameEntry{short_form, full_form},
                            [](const NicknameEntry& a, const NicknameEntry& b) {
                              return std::pair(a.short_form, a.full_form) < std::pair(b.short_form, b.full_form);
                            });
}

const std::int8_t* NamesModel::weights(TaggerKind tagger) const {
  return section<std::int8_t>(header().weights[static_cast<std::size_t>(tagger)]).data();
}

const std::int16_t* NamesModel::transitions(TaggerKind tagger) const {
  return section<std::int16_t>(header().transitions[static_cast<std::size_t>(tagger)]).data();
}

}  // namespace dateline
