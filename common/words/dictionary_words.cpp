// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/words/dictionary_words.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

namespace dateline {
namespace {

std::unique_ptr<icu::BreakIterator> make_word_breaks() {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> iterator(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU word breaks: ") + u_errorName(status));
  return iterator;
}

}  // namespace

std::vector<std::uint32_t> find_borders(std::string_view run) {
  thread_local const std::unique_ptr<icu::BreakIterator> iterator = make_word_breaks();
  UErrorCode status = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, run.data(), static_cast<std::int64_t>(run.size()), &status);
  iterator->setText(&text, status);
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU word breaks: ") + u_errorName(status));
  std::vector<std::uint32_t> borders;
  iterator->first();
  for (auto border = iterator->next(); border != icu::BreakIterator::DONE; border = iterator->next()) {
    borders.push_back(static_cast<std::uint32_t>(border));
  }
  utext_close(&text);
  std::reverse(borders.begin(), borders.end());
  return borders;
}

}  // namespace dateline
