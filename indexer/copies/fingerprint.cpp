// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/copies/fingerprint.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "common/char_class.h"
#include "common/text.h"

namespace dateline {
namespace {

// Of short texts so many hashes are kept, all if there are no more; of longer ones those of every 32nd shingle, and of
// the longest no more than kMostHashes. A sample of n estimates a share near a half with a standard error of
// 0.5 / sqrt(n).
constexpr std::size_t kLeastHashes = 128;
constexpr std::uint32_t kRateLimit = kHashes / 32;
constexpr std::size_t kMostHashes = 4096;

constexpr std::uint32_t kKeyLimit = kHashes / 64;
constexpr std::size_t kLeastKeys = 16;
constexpr std::uint64_t kBands = 8;
constexpr std::size_t kBandKeys = 3;

// Letters folded at once: bounds memory, and the price of a text that mixes scripts letter by letter.
constexpr std::size_t kBlockBytes = 4096;

constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio: odd, without pattern

constexpr std::uint64_t power(std::uint64_t base, unsigned exponent) {
  return exponent == 0 ? 1 : base * power(base, exponent - 1);
}
constexpr std::uint64_t kLeaving = power(kBase, kShingleLetters);

// A polynomial's low bits know little of its first letters: the bits above are worked in. (The finalizer of
// MurmurHash3, A. Appleby.)
constexpr std::uint32_t finish(std::uint64_t hash) {
  hash ^= hash >> 33;
  hash *= 0xFF51AFD7ED558CCD;
  hash ^= hash >> 33;
  hash *= 0xC4CEB9FE1A85EC53;
  return static_cast<std::uint32_t>(hash >> 34);
}

// The lowest hashes of those that come.
class Sample {
 public:
  explicit Sample(std::uint32_t limit) : limit_(limit) {}

  void add(std::uint32_t hash) {
    if (hash > limit_) return;
    hashes_.push_back(hash);
    if (hashes_.size() >= room_) shrink();
  }

  void move_to(Fingerprint& fingerprint) {
    shrink();
    fingerprint.hashes.assign(hashes_.begin(), hashes_.end());
    fingerprint.limit = limit_;
  }

 private:
  void shrink() {
    std::sort(hashes_.begin(), hashes_.end());
    hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
    if (hashes_.size() > kLeastHashes) limit_ = std::min(limit_, std::max(kRateLimit, hashes_[kLeastHashes - 1]));
    if (hashes_.size() > kMostHashes) limit_ = std::min(limit_, hashes_[kMostHashes - 1]);
    hashes_.erase(std::upper_bound(hashes_.begin(), hashes_.end(), limit_), hashes_.end());
    room_ = 2 * std::max(kLeastHashes, hashes_.size());
  }

  std::vector<std::uint32_t> hashes_;
  std::uint32_t limit_;
  std::size_t room_ = 4 * kLeastHashes;
};

// Hashes of the shingles of the letters that come, blocks of them.
class Shingles {
 public:
  explicit Shingles(Sample& sample) : sample_(sample) { letters_.reserve(kShingleLetters + kBlockBytes); }

  void add(char32_t letter) {
    letters_.push_back(letter);
    if (letters_.size() == letters_.capacity()) roll();
  }

  // The number of letters.
  std::uint32_t finish_text() {
    roll();
    if (count_ > 0 && count_ < kShingleLetters) sample_.add(finish(hash_ + count_));
    return count_;
  }

 private:
  // Keeps the last shingle's letters, whose places the next ones need.
  void roll() {
    for (; next_ < letters_.size(); ++next_) {
      hash_ = hash_ * kBase + letters_[next_];
      if (count_ < kShingleLetters) {
        if (++count_ < kShingleLetters) continue;
      } else {
        hash_ -= letters_[next_ - kShingleLetters] * kLeaving;
        if (count_ < UINT32_MAX) ++count_;
      }
      sample_.add(finish(hash_));
    }
    if (letters_.size() > kShingleLetters) letters_.erase(letters_.begin(), letters_.end() - kShingleLetters);
    next_ = letters_.size();
  }

  Sample& sample_;
  std::vector<char32_t> letters_;
  std::size_t next_ = 0;
  std::uint64_t hash_ = 0;
  std::uint32_t count_ = 0;
};

constexpr std::array<char, 128> kSmallLetters = [] {
  std::array<char, 128> letters{};
  for (unsigned c = 'a'; c <= 'z'; ++c) letters[c] = letters[c - 'a' + 'A'] = static_cast<char>(c);
  return letters;
}();

// The sample of the shingles up to `limit`.
Fingerprint sample_text(std::string_view text, std::uint32_t limit) {
  Sample sample(limit);
  Shingles shingles(sample);
  Fingerprint result;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      if (const char letter = kSmallLetters[byte]; letter != 0) {
        shingles.add(static_cast<char32_t>(letter));
        if (letter != text[at]) result.has_capitals = true;
      } else if (byte == '.' || byte == ',') {
        result.has_marks = true;
      }
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (text[end] & 0x80) != 0 && end - at < kBlockBytes) ++end;
    while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
    const std::string folded = fold(text.substr(at, end - at));
    for (std::size_t i = 0; i < folded.size();) {
      const UChar32 c = next_code_point(folded, i);
      const CharClass what = class_of(c);
      if (what == CharClass::kLetter || what == CharClass::kUnspaced) shingles.add(static_cast<char32_t>(c));
    }
    at = end;
  }
  result.letters = shingles.finish_text();
  sample.move_to(result);
  return result;
}

}  // namespace

Fingerprint fingerprint(std::string_view text) {
  // What is above the limit in the end need not be kept on the way. A guess that leaves too few costs a second reading:
  // texts that are mostly repetition, or of few letters.
  const std::uint64_t guess = std::uint64_t{kHashes} * 2 * kLeastHashes / std::max<std::size_t>(text.size(), 1);
  if (guess < kHashes) {
    Fingerprint result = sample_text(text, std::max(kRateLimit, static_cast<std::uint32_t>(guess)));
    if (result.hashes.size() >= kLeastHashes) return result;
  }
  return sample_text(text, kHashes - 1);
}

std::vector<std::uint32_t> copy_keys(const Fingerprint& fingerprint) {
  const std::vector<std::uint32_t>& hashes = fingerprint.hashes;
  std::vector<std::uint32_t> keys;
  for (const std::uint32_t hash : hashes) {
    if (keys.size() >= kLeastKeys && hash > kKeyLimit) break;
    keys.push_back(hash);
  }
  const std::size_t shingles = keys.size();
  for (std::uint64_t band = 1; band <= kBands && shingles > 0; ++band) {
    std::array<std::uint32_t, kBandKeys> lowest{};
    lowest.fill(UINT32_MAX);
    for (std::size_t i = 0; i < shingles; ++i) {
      std::uint32_t value = finish(keys[i] + band * kBase);
      for (std::uint32_t& one : lowest) {
        if (value < one) std::swap(value, one);
      }
    }
    std::uint64_t joined = band;
    for (const std::uint32_t one : lowest) joined = joined * kBase + one;
    keys.push_back(kHashes + finish(joined));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace dateline
