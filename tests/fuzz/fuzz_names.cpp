// SPDX-License-Identifier: GPL-2.0-or-later
//
// Finds the names of any text, and traps where a promise of article_pass.h, person_name.h or name_key.h is broken.
// Lines of the text are names for the latter two, each compared with the line before.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/name_key.h"
#include "common/person_name.h"
#include "common/text.h"
#include "indexer/names/article_pass.h"
#include "tests/names_contract.h"

namespace {

using namespace dateline;

void require(bool holds, const char* clause) {
  if (holds) return;
  std::fprintf(stderr, "fuzz_names: does not hold: %s\n", clause);
  std::abort();
}

NameFinder& finder() {
  static const NameAliases none;
  static const NamesModel model = value_or_throw(
      NamesModel::open(std::filesystem::path(DATELINE_SOURCE_DIR) / "indexer" / "names" / "dateline.names"));
  static NameFinder finder(model, none);
  return finder;
}

void check_article(const std::string& text) {
  const ArticleNames found = finder().find(text);
  const std::string broken = broken_names_clause(text, found);
  require(broken.empty(), broken.c_str());
  const ArticleNames again = finder().find(text);
  require(again.mentions.size() == found.mentions.size() && again.names.size() == found.names.size(),
          "a finder remembers nothing of an article");
}

void check_key(std::string_view name) {
  const std::string key = name_key(name);
  require(is_valid_utf8(key), "a key is UTF-8");
  std::string joined;
  for (const std::string& word : words_of_key(key)) joined += (joined.empty() ? "" : " ") + word;
  require(joined == key, "a key is its words with a blank between");
}

void check_words(const PersonName& person) {
  require(person.words.empty() ? person.surname == 0 : person.surname < person.words.size(),
          "the surname is the last of the words");
  for (const std::string& word : person.words) {
    require(!word.empty() && is_valid_utf8(word), "a word is UTF-8");
    for (const std::string& key : {spelling_key(word), sound_key(word)}) {
      require(
          std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }),
          "keys are Latin letters and digits");
    }
  }
}

void check_people(const PersonName& one, const PersonName& other) {
  const IsNickname is_nickname = [](const std::string& a, const std::string& b) {
    return a == "bill" && b == "william";
  };
  require(may_be_one_person(one, one, is_nickname) == one.is_full(), "a full name may be its own");
  require(may_be_one_person(one, other, is_nickname) == may_be_one_person(other, one, is_nickname),
          "who may be whom is mutual");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMostBytes = 1 << 16;
  const std::string text = normalize_text({reinterpret_cast<const char*>(data), std::min(size, kMostBytes)});
  check_article(text);
  PersonName before;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    check_key(line);
    PersonName person = parse_person_name(line);
    check_words(person);
    check_people(person, before);
    before = std::move(person);
    begin = end + 1;
  }
  return 0;
}
