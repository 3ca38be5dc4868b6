// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/names_model.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/names/article_pass.h"
#include "indexer/names/name_tokens.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

fs::path model_file() { return fs::path(DATELINE_SOURCE_DIR) / "indexer" / "names" / "dateline.names"; }

// The hash of a word's form.
std::uint64_t hash_of(std::string_view word) {
  TokenizedText tokens;
  tokenize_names(word, tokens);
  EXPECT_EQ(tokens.tokens.size(), 1U) << word;
  return tokens.tokens.empty() ? 0 : tokens.tokens.front().hash;
}

std::uint64_t phrase_hash_of(std::string_view phrase) {
  TokenizedText tokens;
  tokenize_names(phrase, tokens);
  std::uint64_t hash = tokens.tokens.front().hash;
  for (std::size_t i = 1; i < tokens.tokens.size(); ++i) hash = extend_phrase(hash, tokens.tokens[i].hash);
  return hash;
}

NamesModel opened(const fs::path& file = model_file()) {
  Result<NamesModel> model = NamesModel::open(file);
  if (!model) throw std::runtime_error(model.error().message);
  return std::move(*model);
}

// ---- files that are no models --------------------------------------------------------------------------------------

class NamesModelFiles : public testing::Test {
 protected:
  [[nodiscard]] fs::path file() const { return folder_ / "dateline.names"; }

  void copy_model() { fs::copy_file(model_file(), file(), fs::copy_options::overwrite_existing); }

  [[nodiscard]] ModelHeader header() const {
    ModelHeader header{};
    std::ifstream input(file(), std::ios::binary);
    input.read(reinterpret_cast<char*>(&header), sizeof header);
    EXPECT_TRUE(input);
    return header;
  }

  // Writes over what stands at `offset`; reopens the file each time, for the model maps it.
  void overwrite(std::size_t offset, std::string_view bytes) {
    std::fstream output(file(), std::ios::in | std::ios::out | std::ios::binary);
    output.seekp(static_cast<std::streamoff>(offset));
    output.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    output.close();
    ASSERT_TRUE(output);
  }
  void overwrite(const ModelHeader& header) { overwrite(0, {reinterpret_cast<const char*>(&header), sizeof header}); }

  // With the checksum that its bytes now have, as a faulty trainer would leave it.
  void seal() {
    const std::string bytes = read_file(file());
    ModelHeader sealed = header();
    sealed.file_bytes = bytes.size();
    overwrite(sealed);
    sealed.checksum = model_checksum(read_file(file()));
    overwrite(sealed);
  }

  // What is wrong with the file, empty if nothing. A model that opens must not crash whoever uses it.
  [[nodiscard]] std::string fault() const {
    const Result<NamesModel> model = NamesModel::open(file());
    if (model) {
      const NameAliases no_aliases;
      NameFinder finder(*model, no_aliases);
      static_cast<void>(finder.find("Kremlin spokesman Dmitry Peskov met Bill Clinton and William Clinton."));
      static_cast<void>(finder.find("kremlin spokesman dmitry peskov said  no"));
      static_cast<void>(model->card());
      return "";
    }
    EXPECT_EQ(model.error().code, ErrorCode::kIndex);
    EXPECT_FALSE(model.error().hint.empty());
    EXPECT_NE(model.error().message.find(file().string()), std::string::npos) << model.error().message;
    return model.error().message.empty() ? "no message" : model.error().message;
  }

  TemporaryFolder folder_;
};

TEST_F(NamesModelFiles, OpenAnywhere) {
  copy_model();
  EXPECT_EQ(fault(), "");
  EXPECT_EQ(opened(file()).checksum(), opened().checksum());
}

TEST_F(NamesModelFiles, AreRefusedIfAbsent) {
  EXPECT_NE(fault(), "");
  fs::create_directory(file());
  EXPECT_NE(fault(), "");
}

TEST_F(NamesModelFiles, AreRefusedIfTruncated) {
  const std::string bytes = read_file(model_file());
  ASSERT_GT(bytes.size(), sizeof(ModelHeader));
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, sizeof(ModelHeader::magic), sizeof(ModelHeader) - 1,
                                 sizeof(ModelHeader), sizeof(ModelHeader) + 1, bytes.size() / 2, bytes.size() - 1}) {
    write_file(file(), std::string_view(bytes).substr(0, size));
    EXPECT_NE(fault(), "") << size;
  }
  write_file(file(), bytes + '\0');
  EXPECT_NE(fault(), "") << "longer";
}

TEST_F(NamesModelFiles, AreRefusedIfTheyAreSomethingElse) {
  for (const std::string& bytes : {std::string(100'000, '\0'), std::string(100'000, '\xFF'), std::string(100'000, 'a'),
                                   "DLNAMES\n" + std::string(100'000, '\0')}) {
    write_file(file(), bytes);
    EXPECT_NE(fault(), "");
  }
  copy_model();
  overwrite(0, "DLNAMEZ\n");
  EXPECT_NE(fault(), "");
}

TEST_F(NamesModelFiles, AreRefusedIfOfAnotherVersion) {
  copy_model();
  const ModelHeader good = header();
  for (const std::uint32_t version : {0U, kModelVersion + 1, 0xFFFFFFFFU}) {
    ModelHeader other = good;
    other.version = version;
    overwrite(other);
    // Told apart from damage: what to do is another thing.
    EXPECT_NE(fault().find(std::to_string(version)), std::string::npos) << fault();
  }
  ModelHeader other = good;
  other.row_bits = kRowBits + 1;
  overwrite(other);
  EXPECT_NE(fault(), "");
  overwrite(good);
  EXPECT_EQ(fault(), "");
}

// Magic, version, size, checksum.
TEST_F(NamesModelFiles, AreRefusedWithAnyBitFlippedInTheHeadersBegin) {
  copy_model();
  const std::string bytes = read_file(file()).substr(0, offsetof(ModelHeader, card));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      overwrite(i, std::string(1, static_cast<char>(bytes[i] ^ (1 << bit))));
      EXPECT_NE(fault(), "") << "byte " << i << ", bit " << bit;
    }
    overwrite(i, bytes.substr(i, 1));
  }
  EXPECT_EQ(fault(), "");
}

// Where the sections stand. Flips may move one; none may lead out of the file.
TEST_F(NamesModelFiles, NeverCrashWithAnyBitFlippedInTheHeader) {
  copy_model();
  const std::string bytes = read_file(file()).substr(0, sizeof(ModelHeader));
  for (std::size_t i = offsetof(ModelHeader, card); i < bytes.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      overwrite(i, std::string(1, static_cast<char>(bytes[i] ^ (1 << bit))));
      static_cast<void>(fault());
    }
    overwrite(i, bytes.substr(i, 1));
  }
  EXPECT_EQ(fault(), "");
}

TEST_F(NamesModelFiles, AreRefusedWithAnyBitFlippedInTheHeader) {
  copy_model();
  const std::string bytes = read_file(file()).substr(0, sizeof(ModelHeader));
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      overwrite(i, std::string(1, static_cast<char>(bytes[i] ^ (1 << bit))));
      accepted += fault().empty() ? 1U : 0U;
    }
    overwrite(i, bytes.substr(i, 1));
  }
  EXPECT_EQ(accepted, 0U) << "of " << 8 * bytes.size();
}

TEST_F(NamesModelFiles, AreRefusedWithAnyByteOfTheBodyChanged) {
  copy_model();
  const std::string bytes = read_file(file());
  const ModelHeader good = header();
  std::vector<std::size_t> places = {sizeof(ModelHeader), bytes.size() - 1};
  for (const ModelSection& section :
       {good.card, good.word_index, good.words, good.phrase_index, good.phrases, good.nicknames, good.weights[0],
        good.weights[1], good.transitions[0], good.transitions[1]}) {
    if (section.bytes == 0) continue;
    places.push_back(static_cast<std::size_t>(section.offset));
    places.push_back(static_cast<std::size_t>(section.offset + section.bytes / 2));
    places.push_back(static_cast<std::size_t>(section.offset + section.bytes - 1));
  }
  DATELINE_SEEDED(random);
  for (int i = 0; i < 200; ++i) {
    places.push_back(sizeof(ModelHeader) + random() % (bytes.size() - sizeof(ModelHeader)));
  }
  for (const std::size_t place : places) {
    const auto flips = static_cast<unsigned char>(1 + random() % 255);
    overwrite(place, std::string(1, static_cast<char>(bytes[place] ^ flips)));
    EXPECT_NE(fault(), "") << "byte " << place << " of " << bytes.size();
    overwrite(place, bytes.substr(place, 1));
  }
  EXPECT_EQ(fault(), "");
}

TEST_F(NamesModelFiles, AreRefusedIfSectionsDoNotFit) {
  copy_model();
  const ModelHeader good = header();
  constexpr std::uint64_t kHuge = std::numeric_limits<std::uint64_t>::max();
  std::vector<ModelHeader> all;
  const auto with = [&](auto change) {
    ModelHeader changed = good;
    change(changed);
    all.push_back(changed);
  };
  const std::array<ModelSection ModelHeader::*, 6> sections = {&ModelHeader::card,    &ModelHeader::word_index,
                                                               &ModelHeader::words,   &ModelHeader::phrase_index,
                                                               &ModelHeader::phrases, &ModelHeader::nicknames};
  for (const auto section : sections) {
    with([&](ModelHeader& header) { header.*section = {good.file_bytes + 8, 8}; });
    with([&](ModelHeader& header) { header.*section = {(good.file_bytes + 7) / 8 * 8 - 8, 64}; });
    with([&](ModelHeader& header) { header.*section = {8, kHuge}; });
    with([&](ModelHeader& header) { header.*section = {kHuge - 7, 16}; });
    with([&](ModelHeader& header) { (header.*section).offset += 4; });
  }
  for (std::size_t i = 0; i < kTaggers; ++i) {
    with([&](ModelHeader& header) { header.weights[i].bytes -= 1; });
    with([&](ModelHeader& header) { header.weights[i].offset = good.file_bytes / 8 * 8; });
    with([&](ModelHeader& header) { header.weights[i].offset += 1; });
    with([&](ModelHeader& header) { header.transitions[i].bytes += 2; });
    with([&](ModelHeader& header) { header.transitions[i].offset = kHuge - 7; });
  }
  // An index that is none, or one of more entries than there are.
  with([&](ModelHeader& header) { header.word_index.bytes = 0; });
  with([&](ModelHeader& header) { header.word_index.bytes -= 4; });
  with([&](ModelHeader& header) { header.word_index = header.phrase_index; });
  with([&](ModelHeader& header) { header.words.bytes = 0; });
  with([&](ModelHeader& header) { header.words.bytes -= sizeof(WordEntry); });
  with([&](ModelHeader& header) { header.phrases.bytes -= sizeof(PhraseEntry); });
  for (std::size_t i = 0; i < all.size(); ++i) {
    overwrite(all[i]);
    EXPECT_NE(fault(), "") << i;
  }
  overwrite(good);
  EXPECT_EQ(fault(), "");
}

TEST_F(NamesModelFiles, AreRefusedIfAnIndexLeadsElsewhereThoughTheChecksumIsRight) {
  const ModelHeader good = [&] {
    copy_model();
    return header();
  }();
  seal();
  ASSERT_EQ(fault(), "") << "sealing changes nothing";
  for (const ModelSection& index : {good.word_index, good.phrase_index}) {
    for (const auto& [entry, value] : std::vector<std::pair<std::size_t, std::uint32_t>>{
             {0, 1}, {1000, 0xFFFFFFFFU}, {30'000, 0}, {65'536, 0xFFFFFFFFU}, {65'536, 0}}) {
      copy_model();
      std::string bytes(sizeof value, '\0');
      std::memcpy(bytes.data(), &value, sizeof value);
      overwrite(static_cast<std::size_t>(index.offset) + entry * sizeof value, bytes);
      seal();
      EXPECT_NE(fault(), "") << entry << ": " << value;
    }
  }
}

// ---- what a model knows --------------------------------------------------------------------------------------------

TEST(NamesModels, StandBesideThePrograms) {
  const fs::path installed = NamesModel::installed_file();
  EXPECT_EQ(installed.filename(), "dateline.names");
  EXPECT_EQ(installed.parent_path().filename(), "dateline");
  EXPECT_EQ(installed.parent_path().parent_path().filename(), "share");
}

TEST(NamesModels, KnowTheirWords) {
  const NamesModel model = opened();
  const auto on = [&](std::string_view word, NameList list) { return model.word(hash_of(word)).on(list); };
  for (const std::string_view word : {"said", "says", "told"}) EXPECT_TRUE(on(word, NameList::kReporting)) << word;
  for (const std::string_view word : {"Germany", "GERMANY", "germany", "France", "Russia"}) {
    EXPECT_TRUE(on(word, NameList::kCountry)) << word;
  }
  for (const std::string_view word : {"German", "French", "Russian"}) EXPECT_TRUE(on(word, NameList::kDemonym)) << word;
  for (const std::string_view word : {"London", "Moscow", "Tokyo"}) EXPECT_TRUE(on(word, NameList::kCity)) << word;
  for (const std::string_view word : {"Texas", "California"}) EXPECT_TRUE(on(word, NameList::kState)) << word;
  for (const std::string_view word : {"Mr.", "Mr", "Mrs."}) EXPECT_TRUE(on(word, NameList::kCourtesy)) << word;
  for (const std::string_view word : {"President", "Sen."}) EXPECT_TRUE(on(word, NameList::kOffice)) << word;
  for (const std::string_view word : {"spokesman", "spokeswoman", "lawyer"}) {
    EXPECT_TRUE(on(word, NameList::kRole)) << word;
  }
  for (const std::string_view word : {"William", "Dmitry"}) EXPECT_TRUE(on(word, NameList::kGivenMale)) << word;
  for (const std::string_view word : {"Angela", "Natalia"}) EXPECT_TRUE(on(word, NameList::kGivenFemale)) << word;
  for (const std::string_view word : {"Inc.", "Corp."}) EXPECT_TRUE(on(word, NameList::kOrganizationLast)) << word;
  EXPECT_FALSE(on("said", NameList::kCountry));
  EXPECT_FALSE(on("Germany", NameList::kReporting));
  EXPECT_FALSE(on("Angela", NameList::kGivenMale));
}

TEST(NamesModels, KnowHowWordsAreWritten) {
  const NamesModel model = opened();
  EXPECT_GE(model.word(hash_of("germany")).caps, CapsClass::kMostly);
  for (const std::string_view word : {"said", "because"}) {
    const CapsClass caps = model.word(hash_of(word)).caps;
    EXPECT_NE(caps, CapsClass::kUnknown) << word;
    EXPECT_LE(caps, CapsClass::kSeldom) << word;
  }
  EXPECT_TRUE(model.word(hash_of("of")).glue);
  EXPECT_NE(model.word(hash_of("said")).cluster, 0);
}

TEST(NamesModels, KnowNothingOfUnknownWords) {
  const NamesModel model = opened();
  for (const std::uint64_t hash : {hash_of("xqzwvut"), hash_of("Veselnitskayaville")}) {
    const WordFacts facts = model.word(hash);
    EXPECT_EQ(facts.lists, 0);
    EXPECT_EQ(facts.cluster, 0);
    EXPECT_EQ(facts.coarse, 0);
    EXPECT_EQ(facts.caps, CapsClass::kUnknown);
    EXPECT_FALSE(facts.glue);
    EXPECT_FALSE(facts.uncased_glue);
    EXPECT_EQ(model.phrase(hash), nullptr);
    EXPECT_FALSE(model.is_nickname(hash, hash_of("william")));
  }
}

TEST(NamesModels, KnowPhrases) {
  const NamesModel model = opened();
  for (const std::string_view phrase : {"United States", "united states", "North Korea", "Saudi Arabia"}) {
    const PhraseEntry* entry = model.phrase(phrase_hash_of(phrase));
    ASSERT_NE(entry, nullptr) << phrase;
    EXPECT_NE(entry->lists & list_bit(NameList::kCountry), 0) << phrase;
  }
  const PhraseEntry* york = model.phrase(phrase_hash_of("New York"));
  ASSERT_NE(york, nullptr);
  EXPECT_NE(york->lists, 0);
  EXPECT_EQ(model.phrase(phrase_hash_of("Xqzwvut Korea")), nullptr);
}

TEST(NamesModels, KnowPhrasesInTheirOrderAlone) {
  const NamesModel model = opened();
  for (const std::string_view phrase : {"States United", "Korea North", "that that", "had had", "Peskov Peskov"}) {
    EXPECT_EQ(model.phrase(phrase_hash_of(phrase)), nullptr) << phrase;
  }
}

TEST(NamesModels, KnowNicknames) {
  const NamesModel model = opened();
  const auto is_nickname = [&](std::string_view short_form, std::string_view full_form) {
    return model.is_nickname(hash_of(short_form), hash_of(full_form));
  };
  EXPECT_TRUE(is_nickname("Bill", "William"));
  EXPECT_TRUE(is_nickname("Bob", "Robert"));
  EXPECT_TRUE(is_nickname("Joe", "Joseph"));
  EXPECT_FALSE(is_nickname("William", "Bill")) << "the short form stands first";
  EXPECT_FALSE(is_nickname("Bill", "Robert"));
  EXPECT_FALSE(is_nickname("William", "William"));
}

TEST(NamesModels, WalkTheirWordsInOrder) {
  const NamesModel model = opened();
  std::size_t count = 0;
  std::uint64_t last = 0;
  bool ascend = true;
  bool agree = true;
  model.for_each_word([&](std::uint64_t key, const WordFacts& facts) {
    ascend = ascend && (count == 0 || key > last) && word_key(key) == key;
    last = key;
    ++count;
    const WordFacts again = model.word(key);
    agree = agree && again.lists == facts.lists && again.cluster == facts.cluster && again.coarse == facts.coarse &&
            again.caps == facts.caps && again.glue == facts.glue && again.uncased_glue == facts.uncased_glue;
  });
  EXPECT_GT(count, 10'000U);
  EXPECT_TRUE(ascend);
  EXPECT_TRUE(agree);
}

TEST(NamesModels, AnswerForAnyHash) {
  const NamesModel model = opened();
  DATELINE_SEEDED(random);
  std::size_t known = 0;
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t hash = random();
    known += model.word(hash).lists != 0 ? 1U : 0U;
    known += model.phrase(hash) != nullptr ? 1U : 0U;
    known += model.is_nickname(hash, random()) ? 1U : 0U;
  }
  // One in some 2^48 / 100,000.
  EXPECT_LE(known, 2U);
  for (const std::uint64_t hash : {std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()}) {
    static_cast<void>(model.word(hash));
    static_cast<void>(model.phrase(hash));
  }
}

TEST(NamesModels, HaveWeightsAndACard) {
  const NamesModel model = opened();
  EXPECT_FALSE(model.card().empty());
  for (const TaggerKind tagger : {TaggerKind::kCased, TaggerKind::kUncased}) {
    const std::int8_t* weights = model.weights(tagger);
    EXPECT_TRUE(std::any_of(weights, weights + kRows * kLabels, [](std::int8_t weight) { return weight != 0; }));
    const std::int16_t* transitions = model.transitions(tagger);
    EXPECT_TRUE(std::any_of(transitions, transitions + kLabels * kLabels, [](std::int16_t one) { return one != 0; }));
  }
}

TEST(NamesModels, Move) {
  NamesModel model = opened();
  const std::uint64_t checksum = model.checksum();
  NamesModel moved(std::move(model));
  EXPECT_EQ(moved.checksum(), checksum);
  EXPECT_TRUE(moved.word(hash_of("said")).on(NameList::kReporting));
  NamesModel other = opened();
  other = std::move(moved);
  EXPECT_EQ(other.checksum(), checksum);
  EXPECT_TRUE(other.word(hash_of("germany")).on(NameList::kCountry));
  EXPECT_NE(other.phrase(phrase_hash_of("North Korea")), nullptr);
}

}  // namespace
}  // namespace dateline
