// SPDX-License-Identifier: GPL-2.0-or-later
//
// A library to preload: a machine on which a disk, a clock, the memory for threads or somebody else does what tests
// cannot otherwise make them do. What a run is to meet stands in its environment; END is how a path ends:
//
//   READ_FAULT=END:BYTE      the file cannot be read from this byte on
//   LIST_FAULT=END:NAMES     the folder cannot be listed beyond so many names
//   STAT_FAULT=END:ERROR     stat() of it fails with this error number
//   CLOCK_AHEAD=SECONDS      the time of day is so much later, or earlier
//   THREAD_FAULT=N           the N-th thread, from 1, cannot be made
//   STEPS=BEGIN              how the paths begin that are followed: each stat() and open() of one is a step, from 1
//   STEPS_LOG=FILE           gets a line a step: what was called, and the path
//   CHANGE_AT=N  CHANGE=…    what the shell runs before step N is taken; $STEP_PATH is the step's path
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <pthread.h>
#include <string>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

std::string setting(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

struct PathFault {
  explicit PathFault(const char* name) {
    const std::string value = setting(name);
    const std::size_t colon = value.rfind(':');
    if (colon == std::string::npos) return;
    end = value.substr(0, colon);
    number = std::atol(value.c_str() + colon + 1);
  }
  [[nodiscard]] bool is_of(const std::string& path) const { return !end.empty() && path.ends_with(end); }

  std::string end;
  long number = 0;
};

std::string path_of(int file) {
  char path[4096];
  const ssize_t size = readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path, sizeof path);
  return size < 0 ? std::string() : std::string(path, static_cast<std::size_t>(size));
}

void run_change(const char* path) {
  const std::string command = setting("CHANGE");
  const pid_t child = fork();
  if (child == 0) {
    unsetenv("LD_PRELOAD");
    setenv("STEP_PATH", path, 1);
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status == 0) return;
  std::fprintf(stderr, "the change failed: %s\n", command.c_str());
  _exit(99);
}

void step(const char* call, const char* path) {
  static const std::string begin = setting("STEPS");
  if (begin.empty() || std::strncmp(path, begin.c_str(), begin.size()) != 0) return;
  static std::atomic<long> steps{0};
  static const long change_at = std::atol(setting("CHANGE_AT").c_str());
  static std::FILE* const log = setting("STEPS_LOG").empty() ? nullptr : std::fopen(setting("STEPS_LOG").c_str(), "w");
  if (log != nullptr) {
    std::fprintf(log, "%s %s\n", call, path);
    std::fflush(log);
  }
  if (++steps == change_at) run_change(path);
}

template <typename Status>
int stat_path(const char* name, const char* path, Status* status) {
  static const PathFault fault("STAT_FAULT");
  step("stat", path);
  if (fault.is_of(path)) {
    errno = static_cast<int>(fault.number);
    return -1;
  }
  return next<int(const char*, Status*)>(name)(path, status);
}

int open_path(const char* name, const char* path, int flags, va_list arguments) {
  if ((flags & O_ACCMODE) == O_RDONLY) step("open", path);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  return next<int(const char*, int, ...)>(name)(path, flags, mode);
}

template <typename Entry>
Entry* read_folder(const char* name, DIR* folder) {
  static const PathFault fault("LIST_FAULT");
  static std::map<DIR*, long> given;
  static std::mutex mutex;
  if (fault.is_of(path_of(dirfd(folder)))) {
    const std::lock_guard lock(mutex);
    if (given[folder]++ == fault.number) {
      given.erase(folder);
      errno = EIO;
      return nullptr;
    }
  }
  return next<Entry*(DIR*)>(name)(folder);
}

time_t clock_ahead() {
  static const time_t ahead = std::atol(setting("CLOCK_AHEAD").c_str());
  return ahead;
}

}  // namespace

extern "C" {

ssize_t read(int file, void* bytes, size_t size) {
  static const PathFault fault("READ_FAULT");
  if (!fault.end.empty() && fault.is_of(path_of(file))) {
    const off_t at = lseek(file, 0, SEEK_CUR);
    if (at >= fault.number) {
      errno = EIO;
      return -1;
    }
    size = std::min(size, static_cast<size_t>(fault.number - at));
  }
  return next<ssize_t(int, void*, size_t)>("read")(file, bytes, size);
}

int stat(const char* path, struct stat* status) noexcept { return stat_path("stat", path, status); }
int stat64(const char* path, struct stat64* status) noexcept { return stat_path("stat64", path, status); }

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const int file = open_path("open", path, flags, arguments);
  va_end(arguments);
  return file;
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const int file = open_path("open64", path, flags, arguments);
  va_end(arguments);
  return file;
}

dirent* readdir(DIR* folder) { return read_folder<dirent>("readdir", folder); }
dirent64* readdir64(DIR* folder) { return read_folder<dirent64>("readdir64", folder); }

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const int result = next<int(clockid_t, timespec*)>("clock_gettime")(clock, now);
  if (clock == CLOCK_REALTIME) now->tv_sec += clock_ahead();
  return result;
}

int gettimeofday(timeval* now, void* zone) noexcept {
  const int result = next<int(timeval*, void*)>("gettimeofday")(now, zone);
  now->tv_sec += clock_ahead();
  return result;
}

time_t time(time_t* now) noexcept {
  const time_t seconds = next<time_t(time_t*)>("time")(nullptr) + clock_ahead();
  if (now != nullptr) *now = seconds;
  return seconds;
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*run)(void*), void* argument) noexcept {
  static const long fault = std::atol(setting("THREAD_FAULT").c_str());
  static std::atomic<long> threads{0};
  if (++threads == fault) return EAGAIN;
  return next<int(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*)>("pthread_create")(thread, attributes,
                                                                                                 run, argument);
}
}
