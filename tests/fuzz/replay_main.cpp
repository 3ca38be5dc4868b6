// SPDX-License-Identifier: GPL-2.0-or-later
//
// Runs a fuzz target without a fuzzer: on every kept input, and on mutations of each from a fixed seed.
//
// usage: PROGRAM FOLDER [SEED]
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int kMutationsAnInput = 2000;

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

// Up to eight edits: a byte changed, a stretch removed, doubled or moved, a byte that matters to text inserted.
std::string mutate(std::string text, std::mt19937_64& random) {
  static constexpr char kBytes[] = "\"'.!?\n\r\t -\\{}[]:,()<>\0\x1b\xe2\x80\x9c\xe2\x80\x9d\xc2\xab\xff\xc3";
  static const std::string kSpecial(kBytes, sizeof kBytes - 1);
  for (auto edits = random() % 8 + 1; edits > 0; --edits) {
    const std::size_t at = text.empty() ? 0 : random() % text.size();
    const std::size_t length = random() % 24;
    switch (random() % 5) {
      case 0:
        if (!text.empty()) text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      case 3:
        text.insert(at, text.substr(text.empty() ? 0 : random() % text.size(), length));
        break;
      default:
        text.insert(at, 1, kSpecial[random() % kSpecial.size()]);
    }
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 20170710;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::mt19937_64 random(seed);
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string input{std::istreambuf_iterator<char>(file), {}};
    run(input);
    for (int i = 0; i < kMutationsAnInput; ++i) run(mutate(input, random));
  }
  std::cout << "replayed " << paths.size() << " inputs and " << paths.size() * kMutationsAnInput << " mutations, seed "
            << seed << '\n';
  return paths.empty() ? 1 : 0;
}
