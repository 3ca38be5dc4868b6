// SPDX-License-Identifier: GPL-2.0-or-later
//
// Labelled tokens to labelled text: the sets come cut into somebody else's tokens; the taggers learn on text cut as the
// product cuts it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/article.h"
#include "common/error.h"
#include "indexer/names/name_tagger.h"

namespace dateline {

struct LabelledName {
  ByteSpan span;                 // in LabelledText::text
  std::optional<NameKind> kind;  // none: a thing of a kind that is not learned, which is neither right nor wrong
};

struct LabelledText {
  std::string text;
  std::vector<LabelledName> names;  // in order, not overlapping
};

// Reads a file of lines TOKEN<TAB>…<TAB>TAG in BIO or IOB, perhaps gzip-compressed. A blank line ends a sentence; three
// and more,
// "-DOCSTART-" or "# newdoc" end an article; a file without such marks is cut into articles of 30 sentences.
// Kinds: PER person; ORG organization organisation corporation group; LOC GPE location place facility, in any case.
// Errors (kInputOutput): not readable; a line that is no token, with its number.
[[nodiscard]] Result<std::vector<LabelledText>> read_labelled(const std::filesystem::path& file);

enum class Mangling { kNone, kLower, kStripped };

// The text as clean-up leaves it: in lower case, or also with a blank for all that is no letter, on one line.
[[nodiscard]] LabelledText mangle(const LabelledText& labelled, Mangling mangling);

}  // namespace dateline
