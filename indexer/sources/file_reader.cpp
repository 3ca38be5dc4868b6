// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sources/file_reader.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <new>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "indexer/sources/text_decoder.h"

namespace dateline {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;

}  // namespace

std::string reason_of(int error) { return std::generic_category().message(error); }

FileReader::FileReader(const std::string& path)
    : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {
  struct stat status = {};
  if (file_ < 0) {
    fail_unread("cannot be opened: " + reason_of(errno));
  } else if (::fstat(file_, &status) == 0 && !S_ISREG(status.st_mode)) {
    fail_unread(S_ISDIR(status.st_mode) ? "is a folder" : "is no regular file");
  } else {
    plain_size_ = static_cast<std::uint64_t>(status.st_size);
    start();
  }
}

FileReader::~FileReader() {
  if (packed_) inflateEnd(&stream_);
  if (file_ >= 0) ::close(file_);
}

std::string_view FileReader::read() {
  if (!head_given_) {
    head_given_ = true;
    if (!head_.empty()) return head_;
  }
  const std::size_t size = packed_ ? unpack(block_.data(), block_.size()) : read_file(block_.data(), block_.size());
  return {block_.data(), size};
}

void FileReader::start() {
  block_.resize(kBlockBytes);
  input_size_ = read_file(input_.data(), input_.size());
  packed_ = input_size_ >= 3 && std::memcmp(input_.data(), "\x1F\x8B\x08", 3) == 0;
  if (!packed_) {
    head_.assign(input_.data(), input_size_);
    return;
  }
  constexpr int kGzipOnly = 16;
  if (inflateInit2(&stream_, MAX_WBITS + kGzipOnly) != Z_OK) throw std::bad_alloc();
  set_input(input_size_);
  head_.resize(kHeadBytes);
  std::size_t size = 0;
  while (size < head_.size()) {
    const std::size_t more = unpack(head_.data() + size, head_.size() - size);
    if (more == 0) break;
    size += more;
  }
  head_.resize(size);
}

void FileReader::fail_unread(std::string fault) {
  fault_ = std::move(fault);
  is_unread_ = true;
}

std::size_t FileReader::read_file(char* target, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ::ssize_t got = ::read(file_, target + done, size - done);
    if (got == 0) break;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      fail_unread(fmt::format("cannot be read from byte {} on: {}", position_, reason_of(errno)));
      break;
    }
    done += static_cast<std::size_t>(got);
    position_ += static_cast<std::uint64_t>(got);
  }
  return done;
}

void FileReader::set_input(std::size_t size) {
  stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
  stream_.avail_in = static_cast<uInt>(size);
}

// False at the end of the file.
bool FileReader::refill() {
  if (stream_.avail_in == 0) set_input(read_file(input_.data(), input_.size()));
  return stream_.avail_in > 0;
}

// Unpacks up to `size` bytes; 0 at the end or at a fault.
std::size_t FileReader::unpack(char* target, std::size_t size) {
  stream_.next_out = reinterpret_cast<Bytef*>(target);
  stream_.avail_out = static_cast<uInt>(size);
  while (stream_.avail_out > 0 && fault_.empty() && !finished_) {
    if (!refill()) {
      if (fault_.empty()) fault_ = "damaged gzip: it ends too early";
      break;
    }
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      next_member();
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      fault_ = fmt::format("damaged gzip: {}", stream_.msg != nullptr ? stream_.msg : zError(status));
    }
  }
  return size - stream_.avail_out;
}

// gzip files may be concatenated, and padded with NULs.
void FileReader::next_member() {
  while (refill() && *stream_.next_in == 0) {
    ++stream_.next_in;
    --stream_.avail_in;
  }
  if (stream_.avail_in == 0) {
    finished_ = true;
  } else if (*stream_.next_in == 0x1F) {
    inflateReset(&stream_);
  } else {
    fault_ = "damaged gzip: something else follows it";
  }
}

std::string_view binary_kind(std::string_view head) {
  using namespace std::string_view_literals;
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kMagic = {{
      {"%PDF-"sv, "a PDF"},
      {"\x7F"
       "ELF"sv,
       "a program"},
      {"MZ\x90"sv, "a program"},
      {"\xCA\xFE\xBA\xBE"sv, "a program"},
      {"\xCF\xFA\xED\xFE"sv, "a program"},
      {"\0asm"sv, "a program"},
      {"\x89PNG"sv, "an image"},
      {"\xFF\xD8\xFF"sv, "an image"},
      {"GIF8"sv, "an image"},
      {"RIFF"sv, "an image or a sound"},
      {"II*\0"sv, "an image"},
      {"MM\0*"sv, "an image"},
      {"ID3"sv, "a sound"},
      {"OggS"sv, "a sound"},
      {"PK\x03\x04"sv, "a zip archive"},
      {"\x1F\x8B"sv, "a gzip archive"},
      {"BZh"sv, "a bzip2 archive"},
      {"\xFD"
       "7zXZ"sv,
       "an xz archive"},
      {"\x28\xB5\x2F\xFD"sv, "a zstd archive"},
      {"7z\xBC\xAF"sv, "a 7z archive"},
      {"Rar!\x1A"sv, "a rar archive"},
      {"SQLite format 3"sv, "a database"},
  }};
  for (const auto& [magic, kind] : kMagic) {
    if (head.starts_with(magic)) return kind;
  }
  head = head.substr(0, kHeadBytes);
  return head.find('\0') != std::string_view::npos && !is_utf16(head) ? "binary" : std::string_view();
}

}  // namespace dateline
