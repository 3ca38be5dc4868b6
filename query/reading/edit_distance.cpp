// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/edit_distance.h"

#include <algorithm>
#include <vector>

namespace dateline {
namespace {

constexpr unsigned kMaxEdits = 2;

}  // namespace

unsigned edits(std::string_view a, std::string_view b) {
  std::vector<std::vector<unsigned>> cost(a.size() + 1, std::vector<unsigned>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = static_cast<unsigned>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = static_cast<unsigned>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const unsigned replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

std::optional<unsigned> slip_of(std::string_view word, std::string_view meant) {
  const std::size_t longer = std::max(word.size(), meant.size());
  if (longer - std::min(word.size(), meant.size()) > kMaxEdits) return std::nullopt;
  const unsigned count = edits(word, meant);
  if (count > kMaxEdits || std::size_t{count} * 3 > longer + 2) return std::nullopt;
  return count;
}

}  // namespace dateline
