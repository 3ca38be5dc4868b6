// SPDX-License-Identifier: GPL-2.0-or-later
//
// What unit tests share: a folder of their own, and a seed that is printed and can be fixed.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

namespace dateline {

// The seed of a property test: $DATELINE_TEST_SEED, else always the same. Printed with every failure of the scope.
#define DATELINE_SEEDED(random)                                                     \
  std::mt19937_64 random(::dateline::test_seed());                                  \
  ::testing::Test::RecordProperty("seed", std::to_string(::dateline::test_seed())); \
  SCOPED_TRACE("DATELINE_TEST_SEED=" + std::to_string(::dateline::test_seed()))

inline std::uint64_t test_seed() {
  const char* fixed = std::getenv("DATELINE_TEST_SEED");
  return fixed != nullptr ? std::strtoull(fixed, nullptr, 10) : 20170710ULL;
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  ASSERT_TRUE(file) << path;
}

// The names model of the source tree.
inline std::filesystem::path names_model_file() {
  return std::filesystem::path(DATELINE_SOURCE_DIR) / "indexer" / "names" / "dateline.names";
}

// Made empty, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = std::filesystem::temp_directory_path() / "dateline-test-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace dateline
