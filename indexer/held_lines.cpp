// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/held_lines.h"

#include <cstdlib>
#include <fmt/format.h>
#include <iterator>
#include <numeric>
#include <unistd.h>
#include <utility>

#include "common/error.h"
#include "indexer/analyze_output.h"

namespace dateline {
namespace {

FatalError no_room() {
  return FatalError({ErrorCode::kInputOutput, "cannot keep what was read in a temporary file",
                     "make room in the folder for temporary files, or name another with TMPDIR"});
}

std::FILE* open_temporary() {
  const char* folder = std::getenv("TMPDIR");
  std::string path = fmt::format("{}/dateline-XXXXXX", folder != nullptr && *folder != '\0' ? folder : "/tmp");
  const int file = mkstemp(path.data());
  if (file < 0) throw no_room();
  unlink(path.c_str());
  return fdopen(file, "w+");
}

}  // namespace

HeldLines::HeldLines() : file_(open_temporary()) {
  if (!file_) throw no_room();
}

void HeldLines::add(std::string_view lines, std::vector<CopyFacts>&& articles) {
  if (std::fwrite(lines.data(), 1, lines.size(), file_.get()) != lines.size()) throw no_room();
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin) + 1;
    line_bytes_.push_back(end - begin);
    begin = end;
  }
  std::move(articles.begin(), articles.end(), std::back_inserter(articles_));
}

void HeldLines::write(const std::function<void(const std::string&)>& on_line) {
  std::vector<std::string> ids;
  ids.reserve(articles_.size());
  for (const CopyFacts& article : articles_) ids.push_back(article.id);
  std::vector<std::size_t> best(ids.size());
  std::iota(best.begin(), best.end(), 0U);
  for (const auto& members : join_stories(articles_, common_keys(articles_)).stories) {
    for (const std::uint32_t i : members) best[i] = members.front();
  }
  if (std::fflush(file_.get()) != 0) throw no_room();
  std::rewind(file_.get());
  std::string line;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    line.resize(line_bytes_[i]);
    if (std::fread(line.data(), 1, line.size(), file_.get()) != line.size()) throw no_room();
    on_line(with_story(line, ids[best[i]]));
  }
}

}  // namespace dateline
