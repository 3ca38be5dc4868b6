// SPDX-License-Identifier: GPL-2.0-or-later
//
// Ctrl-C and SIGTERM as a request to end in good order.
#pragma once

namespace dateline {

// From now on the first SIGINT or SIGTERM is remembered; a second one ends the program at once, as if nothing had been
// called. Call once.
void catch_stop_signals();

// The signal that came; 0 if none did. Costs an atomic read.
[[nodiscard]] int stop_signal();

// A file descriptor that poll() finds readable once a signal came; -1 before catch_stop_signals().
[[nodiscard]] int stop_descriptor();

}  // namespace dateline
