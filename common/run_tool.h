// SPDX-License-Identifier: GPL-2.0-or-later
//
// The frame of both programs: runs a body and turns whatever it throws into a message and an exit code.
#pragma once

#include <functional>
#include <string_view>

#include "common/error.h"

namespace dateline {

enum ExitCode : int {
  kExitSuccess = 0,
  kExitNothingFound = 1,
  kExitUsage = 2,
  kExitIndex = 3,
  kExitInputOutput = 4,
  kExitBug = 70,
  kExitStopped = 128,  // and the number of the signal, as shells have it
};

// Calls `body` and returns its exit code. An Error thrown (FatalError), a Xapian error, a full disk or any other
// exception is reported on stderr as "NAME: error: …" and "NAME: hint: …" and becomes its code. Standard output is
// flushed at the end: a fault there (a full disk; a closed pipe ends the program by SIGPIPE before) is
// kExitInputOutput. A standard stream that is not open is a fault when it is used, and no other file takes its number.
int run_tool(std::string_view name, const std::function<int()>& body);

// Writes to stderr. Where nobody can read it, that is no reason to end.
void tell(std::string_view text);

// Writes "NAME: error: …" and, if there is one, "NAME: hint: …" to stderr, made safe for a terminal.
void report_error(std::string_view name, const Error& error);

}  // namespace dateline
