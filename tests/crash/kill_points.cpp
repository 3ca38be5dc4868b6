// SPDX-License-Identifier: GPL-2.0-or-later
//
// A library to preload: counts the calls of a program that change what is on disk, and at one of them ends it by
// SIGKILL, or has the call fail as on a full disk.
//
//   KILL_AT=name:N     before the N-th call, from 1, that makes, renames, syncs, cuts or removes something
//   KILL_AT=write:N    half-way through the N-th writing
//   FAIL_AT=…          the same call fails, and nothing of it is done
//   KILL_COUNTS=FILE   gets the counts at the end, as "NAMES WRITES"; FILE.calls the order of calls, a line each: what
//                      was called, and the path
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

std::atomic<long> names{0};
std::atomic<long> writes{0};

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

// The number of the call that is to end as `what`, KILL_AT or FAIL_AT, says of its kind.
long chosen(const char* what, const char* kind) {
  const char* wanted = std::getenv(what);
  const std::size_t size = std::strlen(kind);
  if (wanted == nullptr || std::strncmp(wanted, kind, size) != 0 || wanted[size] != ':') return -1;
  return std::atol(wanted + size + 1);
}

bool fail() {
  errno = ENOSPC;
  return true;
}

void die() { kill(getpid(), SIGKILL); }

void note(const char* call, const std::string& path) {
  static const char* const file = std::getenv("KILL_COUNTS");
  if (file == nullptr) return;
  static std::FILE* const log = std::fopen((std::string(file) + ".calls").c_str(), "w");
  std::fprintf(log, "%s %s\n", call, path.c_str());
  std::fflush(log);
}

std::string path_of(int file) {
  char path[4096];
  const ssize_t size = readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path, sizeof path);
  return size < 0 ? std::string() : std::string(path, static_cast<std::size_t>(size));
}

// Whether the call fails.
bool name_call(const char* call, const std::string& path) {
  static const long last = chosen("KILL_AT", "name");
  static const long failing = chosen("FAIL_AT", "name");
  const long number = ++names;
  if (number == last) die();
  if (number == failing) return fail();
  note(call, path);
  return false;
}

enum class Writing { kWhole, kHalf, kFails };

Writing write_call(int file) {
  static const long last = chosen("KILL_AT", "write");
  static const long failing = chosen("FAIL_AT", "write");
  if (file <= STDERR_FILENO) return Writing::kWhole;
  const std::string path = path_of(file);
  if (path.ends_with(".calls")) return Writing::kWhole;
  note("write", path);
  const long number = ++writes;
  if (number == last) return Writing::kHalf;
  return number == failing && fail() ? Writing::kFails : Writing::kWhole;
}

struct AtExit {
  ~AtExit() {
    const char* file = std::getenv("KILL_COUNTS");
    if (file == nullptr) return;
    const std::string counts = std::to_string(names) + " " + std::to_string(writes) + "\n";
    std::FILE* out = std::fopen(file, "w");
    if (out == nullptr) return;
    std::fputs(counts.c_str(), out);
    std::fclose(out);
  }
} at_exit;

}  // namespace

extern "C" {

int fsync(int file) {
  if (name_call("fsync", path_of(file))) return -1;
  return next<int(int)>("fsync")(file);
}

int fdatasync(int file) {
  if (name_call("fdatasync", path_of(file))) return -1;
  return next<int(int)>("fdatasync")(file);
}

int ftruncate(int file, off_t size) noexcept {
  if (name_call("ftruncate", path_of(file))) return -1;
  return next<int(int, off_t)>("ftruncate")(file, size);
}

int rename(const char* from, const char* to) noexcept {
  if (name_call("rename", std::string(from) + " " + to)) return -1;
  return next<int(const char*, const char*)>("rename")(from, to);
}

int mkdir(const char* path, mode_t mode) noexcept {
  if (name_call("mkdir", path)) return -1;
  return next<int(const char*, mode_t)>("mkdir")(path, mode);
}

int rmdir(const char* path) noexcept {
  if (name_call("rmdir", path)) return -1;
  return next<int(const char*)>("rmdir")(path);
}

int unlink(const char* path) noexcept {
  if (name_call("unlink", path)) return -1;
  return next<int(const char*)>("unlink")(path);
}

int unlinkat(int folder, const char* path, int flags) noexcept {
  if (name_call("unlinkat", path)) return -1;
  return next<int(int, const char*, int)>("unlinkat")(folder, path, flags);
}

ssize_t write(int file, const void* bytes, size_t size) {
  const auto real = next<ssize_t(int, const void*, size_t)>("write");
  const Writing how = write_call(file);
  if (how == Writing::kFails) return -1;
  if (how == Writing::kHalf && real(file, bytes, size / 2) >= 0) die();
  return real(file, bytes, size);
}

ssize_t writev(int file, const iovec* parts, int count) {
  const Writing how = write_call(file);
  if (how == Writing::kHalf) die();
  if (how == Writing::kFails) return -1;
  return next<ssize_t(int, const iovec*, int)>("writev")(file, parts, count);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  const auto real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  const Writing how = write_call(file);
  if (how == Writing::kFails) return -1;
  if (how == Writing::kHalf && real(file, bytes, size / 2, at) >= 0) die();
  return real(file, bytes, size, at);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  const auto real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  const Writing how = write_call(file);
  if (how == Writing::kFails) return -1;
  if (how == Writing::kHalf && real(file, bytes, size / 2, at) >= 0) die();
  return real(file, bytes, size, at);
}
}
