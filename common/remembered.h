// SPDX-License-Identifier: GPL-2.0-or-later
//
// Results of a costly function of short texts, of which a few make up most of what comes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

// One a thread. A text pushes out another of the same place, and all are forgotten when their bytes become too many:
// that bounds the memory to about a megabyte, in two pieces that lie apart from what others allocate and free.
class Remembered {
 public:
  // What compute(text), a std::string, is; valid until the next call.
  template <typename Compute>
  std::string_view get(std::string_view text, const Compute& compute) {
    if (places_.empty() || bytes_.size() > kMostBytes) {
      places_.assign(kPlaces, {});
      bytes_.clear();
    }
    Place& place = places_[std::hash<std::string_view>()(text) % kPlaces];
    const auto known = [&](std::uint32_t begin, std::uint32_t end) {
      return std::string_view(bytes_).substr(begin, end - begin);
    };
    if (place.end == 0 || known(place.begin, place.text_end) != text) {
      const auto begin = static_cast<std::uint32_t>(bytes_.size());
      bytes_.append(text).append(compute(text));
      place = {begin, begin + static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(bytes_.size())};
    }
    return known(place.text_end, place.end);
  }

 private:
  static constexpr std::size_t kPlaces = 16'384;
  static constexpr std::size_t kMostBytes = 500'000;
  struct Place {
    std::uint32_t begin = 0;  // in the bytes: the text, behind it the result
    std::uint32_t text_end = 0;
    std::uint32_t end = 0;  // 0 if nothing is remembered here
  };
  std::vector<Place> places_;
  std::string bytes_;
};

}  // namespace dateline
