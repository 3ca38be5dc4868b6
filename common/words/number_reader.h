// SPDX-License-Identifier: GPL-2.0-or-later
//
// Numbers, and what they are an amount of: see "Numbers" in analyzer.h.
#pragma once

#include <cstdint>

#include "common/words/word_reader.h"

namespace dateline {

class NumberReader {
 public:
  explicit NumberReader(const WordReader& words) : words_(words), characters_(words.characters()) {}

  // at  at a digit; numbers are read in the order in which they stand
  void read(std::uint32_t at, WordPart& part);

 private:
  [[nodiscard]] std::uint32_t read_digits(std::uint32_t at, WordBuffer& digits) const;
  [[nodiscard]] bool read_digit_group(std::uint32_t count, std::uint32_t& at, WordBuffer& digits) const;
  [[nodiscard]] std::uint32_t read_thousands(std::uint32_t at, WordBuffer& number) const;
  [[nodiscard]] std::uint32_t read_clock(std::uint32_t at, WordBuffer& number) const;
  void add_amount(WordPart& part) const;
  void add_unit(WordPart& part) const;

  const WordReader& words_;
  const TextCharacters& characters_;
  std::uint32_t chain_next_ = UINT32_MAX;  // where the rest of a chain of digits too long to be a number begins
};

}  // namespace dateline
