// SPDX-License-Identifier: GPL-2.0-or-later
//
// The model of names: one file, mapped and not parsed, that holds all that recognising and linking names needs to
// know of the world: what is known of words and phrases, and the weights of two taggers.
//
// The file (little-endian; offsets from its begin, all multiples of 8)
//   ModelHeader       magic, version, size, checksum of all behind the header, where the sections stand
//   card              text: data sets, their licences, date, scores; for people
//   word index        2^16 + 1 × u32: where the words of each upper 16 bits of the hash begin
//   words             WordEntry, ascending by hash: forms as the tokenizer makes them
//   phrase index      the same of phrases of two tokens and more
//   phrases           PhraseEntry
//   nicknames         NicknameEntry, ascending by short, then full
//   weights, twice    of the tagger of cased text and of that of uncased text: kRows × kLabels × int8, row by row, with
//                     kRowPadding bytes behind the last row
//   transitions, twice  kLabels × kLabels × int16, from × to
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "common/article.h"
#include "common/error.h"

namespace dateline {

// Lists of the lexicon a word or phrase may be on; bits of WordFacts::lists.
enum class NameList : std::uint8_t {
  kGivenMale,
  kGivenFemale,
  kCountry,
  kDemonym,
  kCity,  // of 200,000 people and more, and capitals
  kSmallCity,
  kState,      // states, provinces, regions
  kGeography,  // rivers, seas, mountains, buildings
  kPlaceWord,  // "river", "airport"
  kCourtesy,   // "Mr"
  kOffice,     // "President", "Gen."
  kRole,       // "spokesman", "lawyer"
  kOrganization,
  kOrganizationFirst,  // "Ministry"
  kOrganizationLast,   // "Inc"
  kReporting,          // "said"
};
inline constexpr std::size_t kNameLists = 16;
constexpr std::uint16_t list_bit(NameList list) {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(list));
}

// How often running text writes a word with a capital inside a sentence.
enum class CapsClass : std::uint8_t { kUnknown, kNever, kHardly, kSeldom, kAtTimes, kOften, kMostly, kAlways };

// What is known of a word form. All zero of an unknown one.
struct WordFacts {
  std::uint16_t lists = 0;
  std::uint16_t cluster = 0;  // from 1; 0 if the word is in none
  std::uint8_t coarse = 0;    // likewise, of the coarse clustering
  CapsClass caps = CapsClass::kUnknown;
  bool glue = false;          // stands in names though it is no name's word: "of", "-"; in cased text
  bool uncased_glue = false;  // likewise in text without capitals: "the"

  [[nodiscard]] bool on(NameList list) const { return (lists & list_bit(list)) != 0; }
};

struct WordEntry {
  std::uint32_t key;  // lower half of the form's hash
  std::uint16_t lists;
  std::uint16_t cluster;
  std::uint8_t coarse;
  std::uint8_t caps_and_glue;  // CapsClass, and kGlueBit, kUncasedGlueBit
  std::uint16_t unused;
};
static_assert(sizeof(WordEntry) == 12);
inline constexpr unsigned kGlueBit = 0x80;
inline constexpr unsigned kUncasedGlueBit = 0x40;

struct PhraseEntry {
  std::uint32_t key;
  std::uint16_t lists;   // 0 if it only begins others
  std::uint16_t begins;  // 1 if a longer phrase begins so
};
static_assert(sizeof(PhraseEntry) == 8);

struct NicknameEntry {
  std::uint64_t short_form;  // hashes of the forms
  std::uint64_t full_form;
};

// Raised whenever the file or the features (name_features.h, name_tokens.h) change: weights fit only their features.
inline constexpr std::uint32_t kModelVersion = 3;
inline constexpr unsigned kRowBits = 17;
inline constexpr std::size_t kRows = std::size_t{1} << kRowBits;
inline constexpr std::size_t kRowPadding = 16;

// Labels: O, then begin, inside, last, unit of each kind (BILOU).
inline constexpr std::size_t kLabels = 1 + 4 * kNameKinds;
enum class TaggerKind : std::uint8_t { kCased, kUncased };
inline constexpr std::size_t kTaggers = 2;

struct ModelSection {
  std::uint64_t offset;
  std::uint64_t bytes;
};

struct ModelHeader {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t row_bits;
  std::uint64_t file_bytes;
  std::uint64_t checksum;  // see model_checksum
  ModelSection card;
  ModelSection word_index;
  ModelSection words;
  ModelSection phrase_index;
  ModelSection phrases;
  ModelSection nicknames;
  std::array<ModelSection, kTaggers> weights;
  std::array<ModelSection, kTaggers> transitions;
};
inline constexpr std::array<char, 8> kModelMagic = {'D', 'L', 'N', 'A', 'M', 'E', 'S', '\n'};

// Of a whole file, in which the checksum itself counts as 0: XXH3, 64 bits.
[[nodiscard]] std::uint64_t model_checksum(std::string_view file);

// The bits of a form's hash that the file keeps: equal keys are equal words to the model.
[[nodiscard]] constexpr std::uint64_t word_key(std::uint64_t hash) { return hash & 0xFFFF0000FFFFFFFFULL; }

// The hash of a phrase, token by token.
[[nodiscard]] constexpr std::uint64_t extend_phrase(std::uint64_t phrase, std::uint64_t form) {
  std::uint64_t mixed = phrase * 0x9E3779B97F4A7C15ULL + form;  // not the same the other way round
  mixed ^= mixed >> 29;
  mixed *= 0xBF58476D1CE4E5B9ULL;
  return mixed ^ (mixed >> 32);
}

class NamesModel {
 public:
  // Where the program that runs has its model, installed or in the build tree: ../share/dateline beside its folder.
  static std::filesystem::path installed_file();

  // Maps the file and verifies it. Errors (kIndex): absent, another version, damaged; with a hint.
  static Result<NamesModel> open(const std::filesystem::path& file);

  NamesModel(NamesModel&& other) noexcept;
  NamesModel& operator=(NamesModel&& other) noexcept;
  NamesModel(const NamesModel&) = delete;
  NamesModel& operator=(const NamesModel&) = delete;
  ~NamesModel();

  [[nodiscard]] std::string_view card() const;
  [[nodiscard]] std::uint64_t checksum() const { return header().checksum; }

  // hash  of a form, as NameToken has it
  [[nodiscard]] WordFacts word(std::uint64_t hash) const;
  // All words, by key.
  void for_each_word(const std::function<void(std::uint64_t, const WordFacts&)>& on_word) const;
  // The entry of a phrase (see extend_phrase), null if there is none.
  [[nodiscard]] const PhraseEntry* phrase(std::uint64_t hash) const;
  // Whether the first word is a usual short form of the second ("bill", "william"; forms).
  [[nodiscard]] bool is_nickname(std::string_view short_form, std::string_view full_form) const;
  // Whether `short_form` is a usual short form of `full_form` ("Bill", "William"): hashes.
  [[nodiscard]] bool is_nickname(std::uint64_t short_form, std::uint64_t full_form) const;

  [[nodiscard]] const std::int8_t* weights(TaggerKind tagger) const;
  [[nodiscard]] const std::int16_t* transitions(TaggerKind tagger) const;

 private:
  NamesModel(const std::byte* data, std::size_t size) : data_(data), size_(size) {}
  [[nodiscard]] const ModelHeader& header() const { return *reinterpret_cast<const ModelHeader*>(data_); }
  template <typename Entry>
  [[nodiscard]] std::span<const Entry> section(const ModelSection& where) const;

  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  // What look-ups need, found once.
  std::span<const std::uint32_t> word_index_;
  std::span<const WordEntry> words_;
  std::span<const std::uint32_t> phrase_index_;
  std::span<const PhraseEntry> phrases_;
};

}  // namespace dateline
