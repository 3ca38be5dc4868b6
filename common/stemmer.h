// SPDX-License-Identifier: GPL-2.0-or-later
//
// Words to terms. The only user of Xapian::Stem.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dateline {

// The index of a term in a Stemmer; small and dense, so that occurrences can be counted by sorting integers.
using TermId = std::uint32_t;

// Turns folded words of one language into terms, remembering every word form it has seen: a look-up costs 20 ns where
// Snowball costs 500. Not for use by two threads at once.
class Stemmer {
 public:
  // language  ISO 639-1; one of en de fr ru es it pt nl is stemmed by Snowball, any other not at all
  explicit Stemmer(std::string_view language);
  ~Stemmer();
  Stemmer(Stemmer&&) noexcept;
  Stemmer& operator=(Stemmer&&) noexcept;

  // word       folded, as the analyzer gives it
  // stemmable  false: the word is its own term
  [[nodiscard]] TermId id(std::string_view word, bool stemmable);
  [[nodiscard]] const std::string& term(TermId id) const { return terms_[id]; }
  // The first bytes of the term as a number: terms in the order of theirs are as good as in their own.
  [[nodiscard]] std::uint64_t order(TermId id) const { return orders_[id]; }
  [[nodiscard]] const std::string& stem(std::string_view word, bool stemmable) { return term(id(word, stemmable)); }

  // Forgets every word form and term if there are more than `max_forms`; ids given before are then void.
  void trim(std::size_t max_forms);

 private:
  struct Slot {
    std::uint64_t hash = 0;  // 0: free
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
    TermId term = 0;
  };
  void grow();
  [[nodiscard]] TermId add_term(std::string term);

  struct Snowball;
  std::unique_ptr<Snowball> snowball_;
  std::vector<Slot> slots_;  // open addressing, a power of two
  std::size_t form_count_ = 0;
  std::string forms_;  // the bytes of all word forms
  std::vector<std::string> terms_;
  std::vector<std::uint64_t> orders_;  // by term
  std::unordered_map<std::string, TermId> ids_;
};

// The stemmers of all languages met so far, made when first asked for.
class Stemmers {
 public:
  [[nodiscard]] Stemmer& operator[](const std::string& language);
  void trim(std::size_t max_forms);

 private:
  std::unordered_map<std::string, Stemmer> by_language_;
};

}  // namespace dateline
