// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/stop_signal.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace dateline {
namespace {

std::atomic<int> came{0};
std::atomic<int> descriptor{-1};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may use it");

void remember(int signal) {
  const int error = errno;
  came = signal;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(descriptor, &one, sizeof one);
  for (const int other : {SIGINT, SIGTERM}) std::signal(other, SIG_DFL);
  errno = error;
}

}  // namespace

void catch_stop_signals() {
  descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  struct sigaction action = {};
  action.sa_handler = remember;
  action.sa_flags = SA_RESTART;  // Xapian's reading and writing go on
  for (const int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
}

int stop_signal() { return came; }

int stop_descriptor() { return descriptor; }

}  // namespace dateline
