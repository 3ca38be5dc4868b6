// SPDX-License-Identifier: GPL-2.0-or-later
//
// operator new on mimalloc. Its own, as Debian builds it (in C), cannot throw and aborts where no memory is left.
#include <cstddef>
#include <mimalloc.h>
#include <new>

namespace {

void* not_null(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

// The operators delete are mimalloc's.
// NOLINTBEGIN(misc-new-delete-overloads)
void* operator new(std::size_t size) { return not_null(mi_malloc(size)); }
void* operator new[](std::size_t size) { return not_null(mi_malloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return not_null(mi_malloc_aligned(size, static_cast<std::size_t>(alignment)));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return not_null(mi_malloc_aligned(size, static_cast<std::size_t>(alignment)));
}
// NOLINTEND(misc-new-delete-overloads)
