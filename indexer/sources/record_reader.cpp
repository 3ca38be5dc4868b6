// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sources/record_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <fmt/format.h>
#include <string_view>
#include <utility>

#include "common/ascii.h"
#include "indexer/sentences/line_shape.h"
#include "indexer/sources/file_reader.h"
#include "indexer/sources/json_values.h"
#include "indexer/sources/text_decoder.h"

namespace dateline {
namespace {

// Cuts one file into records.
class RecordCutter {
 public:
  RecordCutter(const SourceFile& file, const ReadLimits& limits, const std::function<void(RawRecord&&)>& on_record,
               const std::function<void(const Skipped&)>& on_skip)
      : path_(std::make_shared<const std::string>(file.path)),
        format_(file.format),
        limits_(limits),
        record_limit_(std::min(limits.max_bytes, limits.article_bytes)),
        on_record_(on_record),
        on_skip_(on_skip),
        reader_(file.path) {}

  void run() {
    const std::string_view head = reader_.head();
    if (!reader_.fault().empty() && head.empty()) return skip_fault(0);
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

  // For more bytes than `limit`, which is the smaller of --max-bytes and what memory allows.
  void skip_too_large(std::uint64_t line, std::uint64_t limit) {
    const bool wants_memory = limit < limits_.max_bytes;
    on_skip_({*path_, line, fmt::format("larger than {} ({})", wants_memory ? "--memory allows" : "--max-bytes", limit),
              wants_memory});
  }

  void skip_fault(std::uint64_t line) {
    if (!reader_.fault().empty()) on_skip_({*path_, line, reader_.fault(), false, reader_.is_unread()});
  }

  void give(std::uint64_t line, std::string bytes) { on_record_({path_, format_, line, ++ordinal_, std::move(bytes)}); }

  // ---- Whole files.

  void cut_whole() {
    std::string bytes;
    const std::uint64_t limit =
        format_ == SourceFormat::kText ? record_limit_ : std::min(limits_.max_bytes, limits_.file_bytes);
    if (!read_whole(bytes, limit)) return skip_too_large(0, limit);
    if (format_ == SourceFormat::kText) {
      if (!reader_.is_unread()) give(1, std::move(bytes));
    } else {
      if (is_utf16(bytes) || bytes.starts_with("\xEF\xBB\xBF")) bytes = decode_bytes(bytes);
      if (format_ == SourceFormat::kJson) {
        cut_values(bytes);
      } else {
        add_to_line(bytes);
        if (!reader_.is_unread()) end_lines();
      }
    }
    skip_fault(0);
  }

  // False if there is more than the limit.
  bool read_whole(std::string& bytes, std::uint64_t limit) {
    if (reader_.known_size() > limit) return false;
    bytes.reserve(static_cast<std::size_t>(reader_.known_size()));
    for (std::string_view block = reader_.read(); !block.empty(); block = reader_.read()) {
      if (block.size() > limit - bytes.size()) return false;
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
    skip_fault(reader_.is_unread() ? line_ : 0);
  }

  void add_to_line(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = std::min(bytes.find('\n'), bytes.size());
      const std::string_view part = bytes.substr(0, end);
      if (part.size() > record_limit_ - std::min<std::uint64_t>(line_bytes_.size(), record_limit_)) {
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
      skip_too_large(line_, record_limit_);
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
    if (at == text.size() && reader_.fault().empty()) skip(0, "is empty");
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
    const std::string_view bytes = trim(text.substr(at, end - at));
    if (cut_off) return end;
    if (bytes.size() <= record_limit_) {
      give(line_at(text, at), std::string(bytes));
    } else {
      ++ordinal_;
      skip_too_large(line_at(text, at), record_limit_);
    }
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
  std::uint64_t record_limit_;
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

void read_source_file(const SourceFile& file, const ReadLimits& limits,
                      const std::function<void(RawRecord&&)>& on_record,
                      const std::function<void(const Skipped&)>& on_skip) {
  RecordCutter(file, limits, on_record, on_skip).run();
}

}  // namespace dateline
