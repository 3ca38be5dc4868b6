// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/copies/text_alignment.h"

#include <algorithm>
#include <iterator>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/ascii.h"
#include "common/char_class.h"
#include "common/remembered.h"
#include "common/text.h"
#include "indexer/copies/fingerprint.h"

namespace dateline {
namespace {

// A hash of each shingle that stands once, with its place; ascending.
std::vector<std::pair<std::uint64_t, std::uint32_t>> single_shingles(const std::vector<char32_t>& letters) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> shingles;
  for (std::uint32_t i = 0; i + kShingleLetters <= letters.size(); ++i) {
    shingles.emplace_back(XXH3_64bits(&letters[i], kShingleLetters * sizeof(char32_t)), i);
  }
  std::sort(shingles.begin(), shingles.end());
  auto kept = shingles.begin();
  for (auto first = shingles.cbegin(); first != shingles.cend();) {
    const auto last = std::find_if(first, shingles.cend(), [&](const auto& one) { return one.first != first->first; });
    if (last - first == 1) *kept++ = *first;
    first = last;
  }
  shingles.erase(kept, shingles.end());
  return shingles;
}

// How many bytes from `gap` on hold these figures and no others; 0 if they are not there.
template <typename GapIterator, typename FigureIterator>
std::uint32_t reach_of(GapIterator gap, GapIterator gap_end, FigureIterator figure, FigureIterator figures_end) {
  GapIterator at = gap;
  for (; figure != figures_end; ++at) {
    if (at == gap_end) return 0;
    if (!is_figure(*at)) continue;
    if (*at != *figure) return 0;
    ++figure;
  }
  return static_cast<std::uint32_t>(at - gap);
}

}  // namespace

TextAlignment::Letters::Letters(std::string_view text) {
  Remembered folds;
  letters.reserve(text.size());
  places.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const UChar32 c = next_code_point(text, at);
    const ByteSpan place{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)};
    if (c < 0x80) {
      const char small = to_lower(static_cast<char>(c));
      if (small < 'a' || small > 'z') continue;
      letters.push_back(static_cast<char32_t>(small));
      places.push_back(place);
      continue;
    }
    const CharClass what = class_of(c);
    if (what == CharClass::kMark && !places.empty() && places.back().end == begin) places.back().end = place.end;
    if (what != CharClass::kLetter && what != CharClass::kUnspaced) continue;
    const std::string_view folded = folds.get(text.substr(begin, at - begin), fold);
    for (std::size_t i = 0; i < folded.size();) {
      const UChar32 letter = next_code_point(folded, i);
      const CharClass kind = class_of(letter);
      if (kind != CharClass::kLetter && kind != CharClass::kUnspaced) continue;
      letters.push_back(static_cast<char32_t>(letter));
      places.push_back(place);
    }
  }
}

TextAlignment::TextAlignment(std::string_view from, std::string_view to)
    : from_text_(from), to_text_(to), from_(from), to_(to) {
  make_blocks();
}

std::uint32_t TextAlignment::Letters::next(std::uint32_t at) const {
  const auto found = std::lower_bound(places.begin(), places.end(), at,
                                      [](const ByteSpan& place, std::uint32_t byte) { return place.begin < byte; });
  return static_cast<std::uint32_t>(found - places.begin());
}

ByteSpan TextAlignment::Letters::gap(std::string_view text, std::uint32_t first, std::uint32_t end) const {
  const std::uint32_t from = first == 0 ? 0 : places[first - 1].end;
  const std::uint32_t to = end == places.size() ? static_cast<std::uint32_t>(text.size()) : places[end].begin;
  return {from, std::max(from, to)};
}

// Pairs of places, in `from` and in `to`, in the order of `from`.
std::vector<std::pair<std::uint32_t, std::uint32_t>> TextAlignment::find_anchors() const {
  const auto from = single_shingles(from_.letters);
  const auto to = single_shingles(to_.letters);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> anchors;
  auto other = to.begin();
  for (const auto& [hash, place] : from) {
    while (other != to.end() && other->first < hash) ++other;
    if (other != to.end() && other->first == hash) anchors.emplace_back(place, other->second);
  }
  std::sort(anchors.begin(), anchors.end());
  return anchors;
}

void TextAlignment::make_blocks() {
  const std::vector<char32_t>& from = from_.letters;
  const std::vector<char32_t>& to = to_.letters;
  std::vector<bool> taken(to.size());  // a letter has one counterpart, so all growing together is linear
  std::uint32_t behind = 0;            // the last block, in `from`
  for (const auto& [a, b] : find_anchors()) {
    if (a < behind) continue;
    std::uint32_t back = 0;
    while (a - back > behind && b > back && !taken[b - back - 1] && from[a - back - 1] == to[b - back - 1]) ++back;
    std::uint32_t ahead = 0;
    while (a + ahead < from.size() && b + ahead < to.size() && !taken[b + ahead] && from[a + ahead] == to[b + ahead]) {
      ++ahead;
    }
    if (ahead == 0) continue;
    Block block{a - back, b - back, back + ahead, 0, 0};
    if (!blocks_.empty()) {
      const Block& before = blocks_.back();
      block.size_before = before.size_before + before.size;
      block.breaks_before = before.breaks_before + (block.to < before.to ? 1 : 0);
    }
    std::fill_n(taken.begin() + block.to, block.size, true);
    behind = block.from + block.size;
    blocks_.push_back(block);
  }
}

const TextAlignment::Block* TextAlignment::block_of(std::size_t letter) const {
  const auto next = std::upper_bound(blocks_.begin(), blocks_.end(), letter,
                                     [](std::size_t at, const Block& block) { return at < block.from; });
  if (next == blocks_.begin()) return nullptr;
  const Block& block = *std::prev(next);
  return letter < block.from + block.size ? &block : nullptr;
}

std::optional<ByteSpan> TextAlignment::find(ByteSpan span) const {
  const std::uint32_t first = from_.next(span.begin);
  const std::uint32_t end = from_.next(span.end);
  if (first >= end) return std::nullopt;
  const std::uint32_t last = end - 1;
  const Block* head = block_of(first);
  const Block* tail = block_of(last);
  if (head == nullptr || tail == nullptr || head->breaks_before != tail->breaks_before) return std::nullopt;
  const std::uint32_t to_first = head->to + (first - head->from);
  const std::uint32_t to_last = tail->to + (last - tail->from);
  const std::uint64_t same = (tail->size_before + (last - tail->from) + 1) - (head->size_before + (first - head->from));
  const std::uint64_t most = std::max(last - first, to_last - to_first) + 1;
  if (same * 10 < most * 9) return std::nullopt;

  ByteSpan found{to_.places[to_first].begin, to_.places[to_last].end};
  const std::string before = figures_in(from_text_.substr(span.begin, from_.places[first].begin - span.begin));
  const std::uint32_t said_end = std::min(from_.places[last].end, span.end);
  const std::string behind = figures_in(from_text_.substr(said_end, span.end - said_end));
  const std::size_t gap_begin = to_first == 0 ? 0 : std::min(to_.places[to_first - 1].end, found.begin);
  const std::size_t gap_end = to_last + 1 == to_.places.size() ? to_text_.size() : to_.places[to_last + 1].begin;
  const std::string_view gap_before = to_text_.substr(gap_begin, found.begin - gap_begin);
  const std::string_view gap_behind = to_text_.substr(found.end, std::max<std::size_t>(gap_end, found.end) - found.end);
  found.begin -= reach_of(gap_before.rbegin(), gap_before.rend(), before.rbegin(), before.rend());
  found.end += reach_of(gap_behind.begin(), gap_behind.end(), behind.begin(), behind.end());
  return found;
}

std::optional<TextAlignment::Gap> TextAlignment::find_gap(ByteSpan span) const {
  const std::uint32_t first = from_.next(span.begin);
  const std::uint32_t end = std::max(first, from_.next(span.end));
  const auto size = static_cast<std::uint32_t>(from_.places.size());
  const std::uint32_t lowest = first == 0 ? 0 : first - 1;
  const std::uint32_t highest = end == size ? end - 1 : end;  // without letters there is no block either
  const Block* block = block_of(lowest);
  if (block == nullptr || highest >= block->from + block->size) return std::nullopt;
  const std::uint32_t moved = block->to - block->from;  // perhaps below 0: it wraps, and back again
  return Gap{from_.gap(from_text_, first, end), to_.gap(to_text_, first + moved, end + moved)};
}

}  // namespace dateline
