// SPDX-License-Identifier: GPL-2.0-or-later
//
// Taking articles out of the segments that hold them: these never change, so what is gone is listed
// (removed_passages.h).
#pragma once

#include <vector>

#include "common/schema.h"
#include "common/segments.h"
#include "indexer/analysis.h"

namespace dateline {

// Takes an article out of the segment that holds it and returns what it is by itself. Throws FatalError (kIndex) if
// none does.
[[nodiscard]] AnalyzedArticle remove_article(ArticleNumber number, std::vector<Segment>& segments);

}  // namespace dateline
