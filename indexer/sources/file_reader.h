// SPDX-License-Identifier: GPL-2.0-or-later
//
// The bytes of files, packed or not, and whether they may be text at all.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <zlib.h>

namespace dateline {

inline constexpr std::size_t kHeadBytes = 8192;  // by which files are judged

// What the system calls an error number.
[[nodiscard]] std::string reason_of(int error);

// The bytes of one file, unpacked if they begin as gzip does, block by block.
class FileReader {
 public:
  explicit FileReader(const std::string& path);
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;
  ~FileReader();

  // What kept the file, or the rest of it, from being read; empty if nothing did.
  [[nodiscard]] const std::string& fault() const { return fault_; }

  // Whether the fault is not the file's own: another time the system may give all of it.
  [[nodiscard]] bool is_unread() const { return is_unread_; }

  // The first bytes of the file, at least kHeadBytes where it is that long; before any read().
  [[nodiscard]] std::string_view head() const { return head_; }

  // Size of the whole where it is known before reading.
  [[nodiscard]] std::uint64_t known_size() const { return packed_ ? 0 : plain_size_; }

  [[nodiscard]] bool is_packed() const { return packed_; }

  // The next bytes, valid until the next call; empty at the end and at a fault.
  std::string_view read();

 private:
  void start();
  void fail_unread(std::string fault);
  std::size_t read_file(char* target, std::size_t size);
  void set_input(std::size_t size);
  bool refill();
  std::size_t unpack(char* target, std::size_t size);
  void next_member();

  int file_ = -1;
  std::uint64_t plain_size_ = 0;
  std::uint64_t position_ = 0;
  std::string fault_;
  bool is_unread_ = false;
  std::string head_;
  bool head_given_ = false;
  bool packed_ = false;
  bool finished_ = false;
  z_stream stream_ = {};
  std::array<char, kHeadBytes* 4> input_ = {};
  std::size_t input_size_ = 0;
  std::string block_;
};

// What kind of binary file begins so; empty if it may be text.
[[nodiscard]] std::string_view binary_kind(std::string_view head);

}  // namespace dateline
