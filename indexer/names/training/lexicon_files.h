// SPDX-License-Identifier: GPL-2.0-or-later
//
// The lexicons of a folder: which words and phrases are on which lists.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "common/error.h"

namespace dateline {

struct Lexicon {
  std::map<std::uint64_t, std::uint16_t> words;    // by hash of the form: NameList bits
  std::map<std::uint64_t, std::uint16_t> phrases;  // by hash of the phrase
  std::set<std::uint64_t> phrase_begins;           // of all but the last tokens of a phrase
  std::set<std::pair<std::uint64_t, std::uint64_t>> nicknames;
};

// Reads the files of the folder (their heads say what they hold). Each phrase is taken as written and as it stands in
// stripped text. Errors (kInputOutput): a file that is missing; a line with too few columns, with its number.
[[nodiscard]] Result<Lexicon> read_lexicons(const std::filesystem::path& folder);

}  // namespace dateline
