// SPDX-License-Identifier: GPL-2.0-or-later
//
// Results of a costly function of short texts, of which a few make up most of what comes.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dateline {

// One a thread. Forgets everything when it is full, which bounds its memory.
class Remembered {
 public:
  template <typename Compute>
  const std::string& get(std::string_view text, const Compute& compute) {
    if (const auto known = results_.find(text); known != results_.end()) return known->second;
    if (results_.size() >= kMost) results_.clear();
    return results_.emplace(text, compute(text)).first->second;
  }

 private:
  static constexpr std::size_t kMost = 20'000;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> results_;
};

}  // namespace dateline
