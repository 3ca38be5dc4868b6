// SPDX-License-Identifier: GPL-2.0-or-later
//
// How records are written: numbers as LEB128, strings as their length and bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dateline {

inline void put_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>(number | 0x80));
  out.push_back(static_cast<char>(number));
}

inline void put_string(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out.append(text);
}

// Reads what put_* wrote, and never outside its bytes; after a fault every read gives nothing and ok() is false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    rest_ = {};
    return 0;
  }

  // `base` and the next number together; a fault if 32 bits do not hold the sum.
  std::uint32_t small_number(std::uint32_t base = 0) {
    const std::uint64_t value = number();
    if (value > UINT32_MAX - base) {
      ok_ = false;
      return base;
    }
    return base + static_cast<std::uint32_t>(value);
  }

  std::string_view bytes(std::uint64_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string string() { return std::string(bytes(number())); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool ok() const { return ok_; }
  void fail() {
    ok_ = false;
    rest_ = {};
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace dateline
