// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/run_tool.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <new>
#include <unistd.h>
#include <xapian.h>

#include "common/text.h"

namespace dateline {
namespace {

constexpr const char* kRebuildHint = "index the sources again with: dateline-index --rebuild";

int fail(std::string_view name, const Error& error) {
  report_error(name, error);
  return static_cast<int>(error.code);
}

// Else the next file that is opened, one of an index, would get what is written to them.
void hold_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest number that is free is given; nothing can be written to it.
    if (fcntl(stream, F_GETFD) == -1) [[maybe_unused]]
      const int held = open("/dev/null", O_RDONLY);
  }
}

}  // namespace

void tell(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void report_error(std::string_view name, const Error& error) {
  std::string text = fmt::format("{}: error: {}\n", name, printable(error.message, true));
  if (!error.hint.empty()) text += fmt::format("{}: hint: {}\n", name, printable(error.hint, true));
  tell(text);
}

int run_tool(std::string_view name, const std::function<int()>& body) {
  hold_standard_streams();
  int code = kExitBug;
  try {
    code = body();
  } catch (const FatalError& error) {
    code = fail(name, error.error());
  } catch (const Xapian::DatabaseCorruptError& error) {
    code = fail(name, {ErrorCode::kIndex, "the index is damaged: " + error.get_description(), kRebuildHint});
  } catch (const Xapian::DatabaseVersionError& error) {
    code = fail(name, {ErrorCode::kIndex, "the index has another format: " + error.get_description(), kRebuildHint});
  } catch (const Xapian::DatabaseError& error) {
    code = fail(name, {ErrorCode::kIndex, "the index cannot be used: " + error.get_description(),
                       "check the free space and the permissions of the index directory"});
  } catch (const Xapian::DocNotFoundError& error) {  // the next three: one record of it names what is not there
    code = fail(name, {ErrorCode::kIndex, "the index is damaged: " + error.get_description(), kRebuildHint});
  } catch (const Xapian::RangeError& error) {
    code = fail(name, {ErrorCode::kIndex, "the index is damaged: " + error.get_description(), kRebuildHint});
  } catch (const Xapian::SerialisationError& error) {
    code = fail(name, {ErrorCode::kIndex, "the index is damaged: " + error.get_description(), kRebuildHint});
  } catch (const Xapian::Error& error) {
    code = fail(name, {ErrorCode::kInternal, error.get_description(), "this is a bug"});
  } catch (const std::filesystem::filesystem_error& error) {
    code = fail(name, {ErrorCode::kIndex, error.what(), "check the free space and the permissions"});
  } catch (const std::bad_alloc&) {
    code = fail(name, {ErrorCode::kIndex, "out of memory",
                       "give it more, or let dateline-index use less: --threads 1, a smaller --memory"});
  } catch (const std::exception& error) {
    code = fail(name, {ErrorCode::kInternal, error.what(), "this is a bug"});
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    const Error error{ErrorCode::kInputOutput, fmt::format("standard output: {}", std::strerror(errno)), ""};
    return code == kExitSuccess || code == kExitNothingFound ? fail(name, error) : code;
  }
  return code;
}

}  // namespace dateline
