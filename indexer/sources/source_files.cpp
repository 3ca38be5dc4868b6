// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sources/source_files.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <utility>

#include "common/ascii.h"
#include "indexer/sources/file_reader.h"
#include "indexer/sources/json_values.h"
#include "indexer/sources/text_decoder.h"

namespace dateline {
namespace {

// ---- Names and contents.

struct NamedFormat {
  std::optional<SourceFormat> format;
  bool has_extension = false;
};

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
  SourceWalk(const std::function<void(const SourceFile&)>& on_file, const std::function<void(const Skipped&)>& on_skip,
             const std::function<void(const std::string&)>& on_folder)
      : on_file_(on_file), on_skip_(on_skip), on_folder_(on_folder) {}

  void visit_source(const std::string& path) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) return skip(path, "cannot be opened: ", errno);
    if (!is_new(status)) return;
    if (S_ISDIR(status.st_mode)) return visit_folder(path);
    if (!S_ISREG(status.st_mode)) return on_skip_({path, 0, "is neither a file nor a folder"});
    if (const auto format = format_by_name(path).format) return on_file_({path, *format, stamp_of(status)});
    const FileReader reader(path);
    if (reader.is_unread()) return on_skip_({path, 0, reader.fault(), false, true});
    on_file_({path, format_by_content(reader.head()), stamp_of(status)});
  }

 private:
  void visit_folder(const std::string& folder) {
    if (on_folder_) on_folder_(folder);
    const std::string beginning = folder.ends_with('/') ? folder : folder + '/';
    for (const std::string& name : sorted_names(folder)) visit_entry(beginning + name);
  }

  std::vector<std::string> sorted_names(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error);
    if (error) skip(folder, "cannot be opened: ", std::exchange(error, {}).value());
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      std::string name = entry->path().filename().string();
      if (!name.starts_with('.')) names.push_back(std::move(name));
    }
    if (error) skip(folder, "cannot be read: ", error.value());
    std::sort(names.begin(), names.end());
    return names;
  }

  void visit_entry(const std::string& path) {
    struct stat status = {};
    const NamedFormat named = format_by_name(path);
    if (::stat(path.c_str(), &status) != 0) {
      // A link to nothing is of no concern if it would not be read anyway; but what else this is nobody knows.
      if (named.format || !is_gone(errno)) skip(path, "cannot be opened: ", errno);
      return;
    }
    const bool may_hold_articles = S_ISREG(status.st_mode) && (named.format || !named.has_extension);
    if ((!S_ISDIR(status.st_mode) && !may_hold_articles) || !is_new(status)) return;
    if (S_ISDIR(status.st_mode)) return visit_folder(path);
    if (named.format) return on_file_({path, *named.format, stamp_of(status)});
    if (may_be_text(path)) on_file_({path, SourceFormat::kText, stamp_of(status)});
  }

  // Nobody expects programs and empty files without an extension to be articles.
  static bool may_be_text(const std::string& path) {
    const FileReader reader(path);
    return !reader.fault().empty() || (!reader.head().empty() && binary_kind(reader.head()).empty());
  }

  static FileStamp stamp_of(const struct stat& status) {
    const auto nanoseconds = [](const timespec& time) {
      return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(time.tv_nsec);
    };
    return {static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim), nanoseconds(status.st_ctim),
            static_cast<std::uint64_t>(status.st_ino)};
  }

  bool is_new(const struct stat& status) {
    return visited_.emplace(static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino))
        .second;
  }

  static bool is_gone(int error) { return error == ENOENT || error == ENOTDIR || error == ELOOP; }

  void skip(const std::string& path, const char* what, int error) {
    on_skip_({path, 0, what + reason_of(error), false, !is_gone(error)});
  }

  const std::function<void(const SourceFile&)>& on_file_;
  const std::function<void(const Skipped&)>& on_skip_;
  const std::function<void(const std::string&)>& on_folder_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> visited_;
};

}  // namespace

void walk_sources(const std::vector<std::string>& sources, const std::function<void(const SourceFile&)>& on_file,
                  const std::function<void(const Skipped&)>& on_skip,
                  const std::function<void(const std::string&)>& on_folder) {
  SourceWalk walk(on_file, on_skip, on_folder);
  for (const std::string& source : sources) walk.visit_source(source);
}

}  // namespace dateline
