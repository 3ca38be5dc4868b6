// SPDX-License-Identifier: GPL-2.0-or-later
//
// The differences of two articles to bytes: text for people, JSON for programs.
#pragma once

#include <string>
#include <vector>

#include "query/searching/article_diff.h"
#include "query/showing/renderer.h"

namespace dateline {

// text  where the two stand, what disagrees with one line for each, what each has that the other lacks; nothing that a
//       terminal would act on but our own colours
// json  one object on one line; offsets are bytes of each article's text
[[nodiscard]] std::string render_diff(const DiffSide& one, const DiffSide& two, const ArticleDiff& diff,
                                      const RenderOptions& options);

// For ids that the index does not have.
[[nodiscard]] std::string render_missing(const std::vector<std::string>& ids, const RenderOptions& options);

}  // namespace dateline
