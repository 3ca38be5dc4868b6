// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/quotes/quote_list.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "common/analyzer.h"

namespace dateline {
namespace {

constexpr std::size_t kRun = 3;         // words
constexpr std::size_t kWholeWords = 5;  // a quote of fewer is compared as a whole
constexpr std::size_t kExactWords = 8;  // of a quote of fewer every run must be in the longer one
constexpr std::size_t kMaxSharing = 8;  // quotes that one run leads to

std::uint64_t mix(std::uint64_t hash, std::uint64_t next) {
  hash = (hash ^ next) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29);
}

// What of a quote is compared.
struct Shape {
  std::size_t words = 0;
  std::vector<std::uint64_t> runs;  // ascending, each once; of a short quote one: the whole
};

Shape make_shape(std::string_view text) {
  std::vector<std::uint64_t> words;
  TokenStream tokens(text);
  for (Token token; tokens.next(token);) {
    // What stripping leaves of a possessive, which is no word elsewhere.
    if (token.word != "s") words.push_back(std::hash<std::string_view>{}(token.word));
  }
  Shape shape{words.size(), {}};
  if (words.size() < kWholeWords) {
    shape.runs = {std::accumulate(words.begin(), words.end(), std::uint64_t{words.size()}, mix)};
    return shape;
  }
  for (std::size_t i = 0; i + kRun <= words.size(); ++i) {
    shape.runs.push_back(mix(mix(mix(kRun << 32, words[i]), words[i + 1]), words[i + 2]));
  }
  std::sort(shape.runs.begin(), shape.runs.end());
  shape.runs.erase(std::unique(shape.runs.begin(), shape.runs.end()), shape.runs.end());
  return shape;
}

// The quotes met so far that stand for others, by their runs.
class Representatives {
 public:
  explicit Representatives(const std::vector<Shape>& shapes) : shapes_(shapes) {}

  // The one that `quote` is a copy of, the best first.
  template <typename MayBe>
  std::optional<std::size_t> find(std::size_t quote, const MayBe& may_be) const {
    const Shape& shape = shapes_[quote];
    std::map<std::size_t, std::size_t> shared;  // runs by place in the order of adding
    for (const std::uint64_t run : shape.runs) {
      const auto found = by_run_.find(run);
      if (found == by_run_.end()) continue;
      for (const std::size_t place : found->second) ++shared[place];
    }
    const std::size_t runs = shape.runs.size();
    const std::size_t needed = shape.words < kExactWords ? runs : (runs * 3 + 4) / 5;
    std::optional<std::size_t> best;
    for (const auto& [place, count] : shared) {
      if (count >= needed && (!best || count > shared[*best]) && may_be(order_[place])) best = place;
    }
    return best ? std::optional(order_[*best]) : std::nullopt;
  }

  void add(std::size_t quote) {
    for (const std::uint64_t run : shapes_[quote].runs) {
      std::vector<std::size_t>& sharing = by_run_[run];
      if (sharing.size() < kMaxSharing) sharing.push_back(order_.size());
    }
    order_.push_back(quote);
  }

 private:
  const std::vector<Shape>& shapes_;
  std::vector<std::size_t> order_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_run_;
};

// Dates ascend, articles without one come last.
auto by_age(const QuoteHit& quote) {
  return std::tuple(quote.article.date.empty(), std::string_view(quote.article.date),
                    std::string_view(quote.article.id), quote.quote.span.begin);
}

}  // namespace

std::vector<QuoteHit> join_copies(std::vector<QuoteHit> quotes) {
  std::vector<Shape> shapes;
  shapes.reserve(quotes.size());
  for (const QuoteHit& quote : quotes) shapes.push_back(make_shape(quote.text));
  std::vector<std::size_t> order(quotes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (shapes[a].words != shapes[b].words) return shapes[a].words > shapes[b].words;
    const bool taken_over = quotes[a].quote.rule == SpeakerRule::kCopy;
    if (taken_over != (quotes[b].quote.rule == SpeakerRule::kCopy)) return !taken_over;
    return by_age(quotes[a]) < by_age(quotes[b]);
  });

  Representatives representatives(shapes);
  std::map<std::size_t, std::vector<std::size_t>> copies;  // by the one that stands for all
  std::vector<std::string> speakers(quotes.size());        // of all that it stands for
  for (const std::size_t quote : order) {
    const std::string& speaker = quotes[quote].speaker;
    const auto may_be = [&](std::size_t other) {
      return speaker.empty() || speakers[other].empty() || speakers[other] == speaker;
    };
    const std::optional<std::size_t> same = representatives.find(quote, may_be);
    if (same) {
      copies[*same].push_back(quote);
      if (speakers[*same].empty()) speakers[*same] = speaker;
    } else {
      copies[quote];
      speakers[quote] = speaker;
      representatives.add(quote);
    }
  }

  std::vector<std::pair<std::size_t, std::size_t>> shown;  // where the first of them stood, the one that stands for all
  shown.reserve(copies.size());
  for (const auto& [one, others] : copies) {
    shown.emplace_back(
        std::accumulate(others.begin(), others.end(), one, [](std::size_t a, std::size_t b) { return std::min(a, b); }),
        one);
  }
  std::sort(shown.begin(), shown.end());
  std::vector<QuoteHit> joined;
  joined.reserve(shown.size());
  for (const auto& [first, one] : shown) {
    QuoteHit hit = std::move(quotes[one]);
    hit.speaker = speakers[one];
    std::set<std::string> articles{hit.article.id};
    for (const std::size_t other : copies[one]) {
      if (articles.insert(quotes[other].article.id).second) hit.copies.push_back(std::move(quotes[other]));
    }
    std::stable_sort(hit.copies.begin(), hit.copies.end(),
                     [](const QuoteHit& a, const QuoteHit& b) { return by_age(a) < by_age(b); });
    joined.push_back(std::move(hit));
  }
  return joined;
}

}  // namespace dateline
