// SPDX-License-Identifier: GPL-2.0-or-later
//
// A library to preload: counts the calls of a program that change what is on disk, and ends it by SIGKILL at one of
// them.
//
//   KILL_AT=name:N       at the N-th call, from 1, that makes, renames, syncs, cuts or removes something, before it is
//   done KILL_AT=write:N      half-way through the N-th writing KILL_COUNTS=FILE     where the counts are written at
//   the end, as "NAMES WRITES"; where the order of calls is kept, too,
//                        a line each: what was called, and the path
#include <atomic>
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

long kill_at(const char* kind) {
  const char* wanted = std::getenv("KILL_AT");
  const std::size_t size = std::strlen(kind);
  if (wanted == nullptr || std::strncmp(wanted, kind, size) != 0 || wanted[size] != ':') return -1;
  return std::atol(wanted + size + 1);
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

void name_call(const char* call, const std::string& path) {
  static const long last = kill_at("name");
  if (++names == last) die();
  note(call, path);
}

// Whether the call is the one to be killed in.
bool write_call(int file) {
  static const long last = kill_at("write");
  if (file <= STDERR_FILENO) return false;
  const std::string path = path_of(file);
  if (path.ends_with(".calls")) return false;
  note("write", path);
  return ++writes == last;
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
  name_call("fsync", path_of(file));
  return next<int(int)>("fsync")(file);
}

int fdatasync(int file) {
  name_call("fdatasync", path_of(file));
  return next<int(int)>("fdatasync")(file);
}

int ftruncate(int file, off_t size) noexcept {
  name_call("ftruncate", path_of(file));
  return next<int(int, off_t)>("ftruncate")(file, size);
}

int rename(const char* from, const char* to) noexcept {
  name_call("rename", std::string(from) + " " + to);
  return next<int(const char*, const char*)>("rename")(from, to);
}

int mkdir(const char* path, mode_t mode) noexcept {
  name_call("mkdir", path);
  return next<int(const char*, mode_t)>("mkdir")(path, mode);
}

int rmdir(const char* path) noexcept {
  name_call("rmdir", path);
  return next<int(const char*)>("rmdir")(path);
}

int unlink(const char* path) noexcept {
  name_call("unlink", path);
  return next<int(const char*)>("unlink")(path);
}

int unlinkat(int folder, const char* path, int flags) noexcept {
  name_call("unlinkat", path);
  return next<int(int, const char*, int)>("unlinkat")(folder, path, flags);
}

ssize_t write(int file, const void* bytes, size_t size) {
  const auto real = next<ssize_t(int, const void*, size_t)>("write");
  if (write_call(file)) {
    if (real(file, bytes, size / 2) >= 0) die();
  }
  return real(file, bytes, size);
}

ssize_t writev(int file, const iovec* parts, int count) {
  if (write_call(file)) die();
  return next<ssize_t(int, const iovec*, int)>("writev")(file, parts, count);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  const auto real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  if (write_call(file)) {
    if (real(file, bytes, size / 2, at) >= 0) die();
  }
  return real(file, bytes, size, at);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  const auto real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  if (write_call(file)) {
    if (real(file, bytes, size / 2, at) >= 0) die();
  }
  return real(file, bytes, size, at);
}
}
