// SPDX-License-Identifier: GPL-2.0-or-later
//
// What ICU tells of a call by a number, as an exception.
#pragma once

#include <new>
#include <stdexcept>
#include <string>
#include <unicode/utypes.h>

namespace dateline {

// For calls whose other faults have a remedy.
inline void check_memory(UErrorCode status) {
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
}

inline void check_icu(UErrorCode status) {
  check_memory(status);
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
}

}  // namespace dateline
