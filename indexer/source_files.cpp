// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <zlib.h>

#include "indexer/line_shape.h"
#include "indexer/text_decoder.h"

namespace dateline {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
constexpr std::size_t kHeadBytes = 8192;

std::string reason_of(int error) { return std::generic_category().message(error); }

// ---- Bytes.

// The bytes of one file, unpacked if they begin as gzip does, block by block.
class FileReader {
 public:
  explicit FileReader(const std::string& path)
      : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {
    struct stat status = {};
    if (file_ < 0) {
      fault_ = "cannot be opened: " + reason_of(errno);
    } else if (::fstat(file_, &status) == 0 && !S_ISREG(status.st_mode)) {
      fault_ = S_ISDIR(status.st_mode) ? "is a folder" : "is no regular file";
    } else {
      plain_size_ = static_cast<std::uint64_t>(status.st_size);
      start();
    }
  }
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;
  ~FileReader() {
    if (packed_) inflateEnd(&stream_);
    if (file_ >= 0) ::close(file_);
  }

  // What kept the file, or the rest of it, from being read; empty if nothing did.
  [[nodiscard]] const std::string& fault() const { return fault_; }

  // The first bytes of the file, at least kHeadBytes where it is that long; before any read().
  [[nodiscard]] std::string_view head() const { return head_; }

  // Size of the whole where it is known before reading.
  [[nodiscard]] std::uint64_t known_size() const { return packed_ ? 0 : plain_size_; }

  [[nodiscard]] bool is_packed() const { return packed_; }

  // The next bytes, valid until the next call; empty at the end and at a fault.
  std::string_view read() {
    if (!head_given_) {
      head_given_ = true;
      if (!head_.empty()) return head_;
    }
    const std::size_t size = packed_ ? unpack(block_.data(), block_.size()) : read_file(block_.data(), block_.size());
    return {block_.data(), size};
  }

 private:
  void start() {
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

  std::size_t read_file(char* target, std::size_t size) {
    std::size_t done = 0;
    while (done < size) {
      const ::ssize_t got = ::read(file_, target + done, size - done);
      if (got == 0) break;
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        fault_ = "cannot be read: " + reason_of(errno);
        break;
      }
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

  void set_input(std::size_t size) {
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(size);
  }

  // False at the end of the file.
  bool refill() {
    if (stream_.avail_in == 0) set_input(read_file(input_.data(), input_.size()));
    return stream_.avail_in > 0;
  }

  // Unpacks up to `size` bytes; 0 at the end or at a fault.
  std::size_t unpack(char* target, std::size_t size) {
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
  void next_member() {
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

  int file_ = -1;
  std::uint64_t plain_size_ = 0;
  std::string fault_;
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

// ---- Names.

struct NamedFormat {
  std::optional<SourceFormat> format;
  bool has_extension = false;
};

std::string to_lower(std::string_view name) {
  std::string lower(name);
  for (char& byte : lower) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte | 0x20);
  }
  return lower;
}

NamedFormat format_by_name(std::string_view path) {
  std::string name = to_lower(path.substr(path.rfind('/') + 1));  // npos + 1 is the beginning
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  const std::size_t dot = name.rfind('.');
  const std::string extension = dot == std::string::npos ? std::string() : name.substr(dot + 1);
  if (extension.empty()) return {std::nullopt, false};
  if (extension == "txt" || extension == "text" || extension == "md") return {SourceFormat::kText, true};
  if (extension == "jsonl" || extension == "ndjson") return {SourceFormat::kJsonLines, true};
  if (extension == "json") return {SourceFormat::kJson, true};
  return {std::nullopt, true};
}

// ---- JSON, cut without being parsed.

constexpr std::string_view kJsonBlanks = " \t\r\n";

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kJsonBlanks, at), text.size());
}

// Whether an odd number of backslashes stands before `at`.
bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && text[begin - 1] == '\\') --begin;
  return (at - begin) % 2 == 1;
}

// End of the string that begins at `at`; npos if it does not end on its line, where JSON wants it to.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  std::size_t quote = at;
  do {
    const std::size_t begin = quote + 1;
    quote = text.find('"', begin);
    if (text.substr(begin, quote - begin).find('\n') != std::string_view::npos) return std::string_view::npos;
    if (quote == std::string_view::npos) return quote;
  } while (is_escaped(text, quote));
  return quote + 1;
}

// Where a JSON value ends, or, if its quotation marks and brackets do not match, where that shows.
struct ValueEnd {
  std::size_t at = 0;
  bool matches = false;
};

ValueEnd end_of_value(std::string_view text, std::size_t at) {
  std::string open;  // the closing brackets that are due
  for (; at < text.size(); ++at) {
    const char byte = text[at];
    if (byte == '"') {
      const std::size_t end = end_of_string(text, at);
      if (end == std::string_view::npos) return {at, false};
      if (open.empty()) return {end, true};
      at = end - 1;
    } else if (byte == '{' || byte == '[') {
      open += byte == '{' ? '}' : ']';
    } else if (byte == '}' || byte == ']') {
      if (open.empty()) return {at, true};
      if (open.back() != byte) return {at, false};
      open.pop_back();
      if (open.empty()) return {at + 1, true};
    } else if (open.empty() && (byte == ',' || kJsonBlanks.find(byte) != std::string_view::npos)) {
      return {at, true};
    }
  }
  return {at, open.empty()};
}

bool is_json_lines(std::string_view head) {
  const std::size_t begin = skip_blanks(head, head.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  const std::size_t line_end = head.find('\n', begin);
  if (begin == head.size() || head[begin] != '{' || line_end == std::string_view::npos) return false;
  const std::string_view line = trim(head.substr(begin, line_end - begin));
  const std::size_t next = skip_blanks(head, line_end);
  const ValueEnd end = end_of_value(line, 0);
  return end.matches && end.at == line.size() && next < head.size() && head[next] == '{';
}

// What a file without a telling name holds.
SourceFormat format_by_content(std::string_view head) {
  const std::string decoded = is_utf16(head) ? decode_bytes(head) : std::string();
  if (!decoded.empty()) head = decoded;
  if (is_json_lines(head)) return SourceFormat::kJsonLines;
  const std::size_t begin = skip_blanks(head, head.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  const std::size_t next = skip_blanks(head, begin + 1);
  if (next >= head.size()) return SourceFormat::kText;
  const bool object = head[begin] == '{' && head[next] == '"';
  const bool array = head[begin] == '[' && head[next] == '{';
  return object || array ? SourceFormat::kJson : SourceFormat::kText;
}

// ---- Folders.

class SourceWalk {
 public:
  SourceWalk(const std::function<void(const SourceFile&)>& on_file, const std::function<void(const Skipped&)>& on_skip)
      : on_file_(on_file), on_skip_(on_skip) {}

  void visit_source(const std::string& path) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) return skip(path, errno);
    if (!is_new(status)) return;
    if (S_ISDIR(status.st_mode)) return visit_folder(path);
    if (!S_ISREG(status.st_mode)) return on_skip_({path, 0, "is neither a file nor a folder"});
    const auto format = format_by_name(path).format;
    on_file_({path, format ? *format : format_by_content(FileReader(path).head())});
  }

 private:
  void visit_folder(const std::string& folder) {
    const std::string beginning = folder.ends_with('/') ? folder : folder + '/';
    for (const std::string& name : sorted_names(folder)) visit_entry(beginning + name);
  }

  std::vector<std::string> sorted_names(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      std::string name = entry->path().filename().string();
      if (!name.starts_with('.')) names.push_back(std::move(name));
    }
    if (error) skip(folder, error.value());
    std::sort(names.begin(), names.end());
    return names;
  }

  void visit_entry(const std::string& path) {
    struct stat status = {};
    const NamedFormat named = format_by_name(path);
    if (::stat(path.c_str(), &status) != 0) {
      if (named.format) skip(path, errno);  // a link to nothing; of no concern if it would not be read anyway
      return;
    }
    const bool may_hold_articles = S_ISREG(status.st_mode) && (named.format || !named.has_extension);
    if ((!S_ISDIR(status.st_mode) && !may_hold_articles) || !is_new(status)) return;
    if (S_ISDIR(status.st_mode)) return visit_folder(path);
    if (named.format) return on_file_({path, *named.format});
    if (may_be_text(path)) on_file_({path, SourceFormat::kText});
  }

  // Nobody expects programs and empty files without an extension to be articles.
  static bool may_be_text(const std::string& path) {
    const FileReader reader(path);
    return !reader.fault().empty() || (!reader.head().empty() && binary_kind(reader.head()).empty());
  }

  bool is_new(const struct stat& status) {
    return visited_.emplace(static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino))
        .second;
  }

  void skip(const std::string& path, int error) { on_skip_({path, 0, "cannot be opened: " + reason_of(error)}); }

  const std::function<void(const SourceFile&)>& on_file_;
  const std::function<void(const Skipped&)>& on_skip_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> visited_;
};

// ---- Records.

// Cuts one file into records.
class RecordCutter {
 public:
  RecordCutter(const SourceFile& file, const ReadLimits& limits, const std::function<void(RawRecord&&)>& on_record,
               const std::function<void(const Skipped&)>& on_skip)
      : path_(std::make_shared<const std::string>(file.path)),
        format_(file.format),
        limits_(limits),
        on_record_(on_record),
        on_skip_(on_skip),
        reader_(file.path) {}

  void run() {
    const std::string_view head = reader_.head();
    if (!reader_.fault().empty() && head.empty()) return skip(0, reader_.fault());
    if (!reader_.is_packed() && to_lower(*path_).ends_with(".gz")) return skip(0, "is no gzip file, whatever its name");
    if (head.empty()) return skip(0, "is empty");
    const std::string_view kind = binary_kind(head);
    if (!kind.empty()) return skip(0, kind == "binary" ? "is binary" : fmt::format("is {}, not text", kind));
    if (format_ == SourceFormat::kJson && is_json_lines(head)) format_ = SourceFormat::kJsonLines;
    if (format_ == SourceFormat::kJsonLines && !is_utf16(head)) return cut_lines();
    cut_whole();
  }

 private:
  void skip(std::uint64_t line, std::string reason) { on_skip_({*path_, line, std::move(reason)}); }

  void skip_fault() {
    if (!reader_.fault().empty()) skip(0, reader_.fault());
  }

  [[nodiscard]] std::string too_large() const { return fmt::format("larger than --max-bytes ({})", limits_.max_bytes); }

  void give(std::uint64_t line, std::string bytes) { on_record_({path_, format_, line, ++ordinal_, std::move(bytes)}); }

  // ---- Whole files.

  void cut_whole() {
    std::string bytes;
    if (!read_whole(bytes)) return skip(0, too_large());
    if (format_ == SourceFormat::kText) {
      give(1, std::move(bytes));
    } else {
      if (is_utf16(bytes) || bytes.starts_with("\xEF\xBB\xBF")) bytes = decode_bytes(bytes);
      if (format_ == SourceFormat::kJson) {
        cut_values(bytes);
      } else {
        add_to_line(bytes);
        end_lines();
      }
    }
    skip_fault();
  }

  // False if there is more than the limit.
  bool read_whole(std::string& bytes) {
    if (reader_.known_size() > limits_.max_bytes) return false;
    bytes.reserve(static_cast<std::size_t>(reader_.known_size()));
    for (std::string_view block = reader_.read(); !block.empty(); block = reader_.read()) {
      if (block.size() > limits_.max_bytes - bytes.size()) return false;
      bytes += block;
    }
    return true;
  }

  // ---- JSON Lines.

  void cut_lines() {
    std::string_view block = reader_.read();
    if (block.starts_with("\xEF\xBB\xBF")) block.remove_prefix(3);
    for (; !block.empty(); block = reader_.read()) add_to_line(block);
    // What stands before damage is kept, but not half a record.
    if (reader_.fault().empty()) end_lines();
    if (ordinal_ == 0 && reader_.fault().empty()) skip(0, "is empty");
    skip_fault();
  }

  void add_to_line(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = std::min(bytes.find('\n'), bytes.size());
      const std::string_view part = bytes.substr(0, end);
      if (part.size() > limits_.max_bytes - std::min<std::uint64_t>(line_bytes_.size(), limits_.max_bytes)) {
        line_too_long_ = true;
      }
      if (line_too_long_) {
        line_bytes_ = std::string();
      } else {
        line_bytes_ += part;
      }
      if (end == bytes.size()) return;
      end_line();
      bytes.remove_prefix(end + 1);
    }
  }

  void end_lines() {
    if (line_too_long_ || !line_bytes_.empty()) end_line();
  }

  void end_line() {
    if (line_too_long_) {
      ++ordinal_;
      skip(line_, too_large());
    } else if (line_bytes_.find_first_not_of(kJsonBlanks) != std::string::npos) {
      give(line_, std::move(line_bytes_));
    }
    line_bytes_.clear();
    line_too_long_ = false;
    ++line_;
  }

  // ---- JSON.

  void cut_values(std::string_view text) {
    std::size_t at = skip_blanks(text, 0);
    if (at == text.size()) return skip(0, "is empty");
    while (at < text.size()) {
      if (text[at] == '[') {
        at = cut_array(text, at);
      } else if (text[at] == '{') {
        at = cut_object(text, at);
      } else {
        return skip(line_at(text, at), "is neither a JSON array nor an object");
      }
      at = skip_blanks(text, at);
    }
  }

  // Gives the elements of the array that begins at `at`; returns its end.
  std::size_t cut_array(std::string_view text, std::size_t at) {
    ++at;
    while (true) {
      at = skip_blanks(text, at);
      if (at == text.size()) return at;
      if (text[at] == ']') return at + 1;
      if (text[at] == ',') {
        ++at;
        continue;
      }
      at = give_value(text, at);
    }
  }

  // Gives one object, or the articles that it wraps: {"articles": [{…}, …]}.
  std::size_t cut_object(std::string_view text, std::size_t at) {
    const ValueEnd end = end_of_value(text, at);
    const std::string_view until_end = text.substr(0, end.at);
    const std::size_t wrapped = end.matches ? find_wrapped_array(until_end, at) : std::string_view::npos;
    if (wrapped == std::string_view::npos) return give_value(text, at);
    cut_array(until_end, wrapped);
    return end.at;
  }

  // Where the array of articles begins in the object at `at`; npos if the object is an article itself.
  static std::size_t find_wrapped_array(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 10> kWrappers = {
        "articles", "documents", "docs", "items", "results", "data", "news", "stories", "entries", "records"};
    static constexpr std::array<std::string_view, 4> kTexts = {"text", "body", "content", "article"};
    std::size_t found = std::string_view::npos;
    ++at;
    while (at = skip_blanks(text, at), at < text.size() && text[at] == '"') {
      const std::size_t key_end = end_of_string(text, at);
      if (key_end == std::string_view::npos) break;
      const std::string key = to_lower(text.substr(at + 1, key_end - at - 2));
      at = skip_blanks(text, key_end);
      if (at == text.size() || text[at] != ':') break;
      at = skip_blanks(text, at + 1);
      if (std::find(kTexts.begin(), kTexts.end(), key) != kTexts.end()) return std::string_view::npos;
      const bool wrapper = std::find(kWrappers.begin(), kWrappers.end(), key) != kWrappers.end();
      if (wrapper && is_array_of_objects(text, at) && found == std::string_view::npos) found = at;
      at = skip_blanks(text, end_of_value(text, at).at);
      if (at < text.size() && text[at] == ',') ++at;
    }
    return found;
  }

  static bool is_array_of_objects(std::string_view text, std::size_t at) {
    const std::size_t first = at < text.size() && text[at] == '[' ? skip_blanks(text, at + 1) : text.size();
    return first < text.size() && text[first] == '{';
  }

  // Gives the value that begins at `at`. One that is broken ends where the next line begins like the one it began on.
  std::size_t give_value(std::string_view text, std::size_t at) {
    const ValueEnd value = end_of_value(text, at);
    std::size_t end = value.matches ? value.at : end_of_broken_value(text, at, value.at);
    if (end == at) ++end;  // a closing bracket too many
    const bool cut_off = !value.matches && end == text.size() && !reader_.fault().empty();
    if (!cut_off) give(line_at(text, at), std::string(trim(text.substr(at, end - at))));
    return end;
  }

  std::size_t end_of_broken_value(std::string_view text, std::size_t at, std::size_t seen_until) {
    const std::size_t line_begin = text.rfind('\n', at) + 1;  // npos + 1 is the beginning
    const std::string beginning = '\n' + std::string(text.substr(line_begin, at - line_begin)) + '{';
    seen_in_vain_ += seen_until - at;
    if (beginning.find_first_not_of(" \t\n{") != std::string::npos || seen_in_vain_ > kVainReadings * text.size()) {
      return text.size();
    }
    const std::size_t next = text.find(beginning, at);
    return next == std::string_view::npos ? text.size() : next;
  }

  // Counts on from the last call; `at` never goes back.
  std::uint64_t line_at(std::string_view text, std::size_t at) {
    line_ += static_cast<std::uint64_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted_),
                                                   text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted_ = at;
    return line_;
  }

  // That an element lacks a bracket may not show before the end of the file; so often the file is read for it at most.
  static constexpr std::size_t kVainReadings = 8;

  std::shared_ptr<const std::string> path_;
  SourceFormat format_;
  ReadLimits limits_;
  const std::function<void(RawRecord&&)>& on_record_;
  const std::function<void(const Skipped&)>& on_skip_;
  FileReader reader_;
  std::uint64_t ordinal_ = 0;
  std::uint64_t line_ = 1;
  std::string line_bytes_;
  bool line_too_long_ = false;
  std::size_t counted_ = 0;
  std::size_t seen_in_vain_ = 0;
};

}  // namespace

void walk_sources(const std::vector<std::string>& sources, const std::function<void(const SourceFile&)>& on_file,
                  const std::function<void(const Skipped&)>& on_skip) {
  SourceWalk walk(on_file, on_skip);
  for (const std::string& source : sources) walk.visit_source(source);
}

void read_source_file(const SourceFile& file, const ReadLimits& limits,
                      const std::function<void(RawRecord&&)>& on_record,
                      const std::function<void(const Skipped&)>& on_skip) {
  RecordCutter(file, limits, on_record, on_skip).run();
}

}  // namespace dateline
