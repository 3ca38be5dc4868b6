// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/writing/held_articles.h"

#include <cstdlib>
#include <unistd.h>
#include <utility>

#include "common/schema.h"

namespace dateline {

std::string encode_held(const AnalyzedArticle& analyzed) {
  return encode_article(analyzed.article, analyzed.passages, analyzed.names, analyzed.quotes, analyzed.boilerplate,
                        analyzed.compressed_text);
}

HeldArticles::HeldArticles(const std::filesystem::path& folder, Error no_room) : no_room_(std::move(no_room)) {
  std::string path = folder / "dateline-XXXXXX";
  file_ = mkstemp(path.data());
  if (file_ < 0) throw FatalError(no_room_);
  unlink(path.c_str());
}

HeldArticles::~HeldArticles() { close(file_); }

std::size_t HeldArticles::add(std::string_view encoded) {
  ends_.push_back((ends_.empty() ? 0 : ends_.back()) + encoded.size());
  while (!encoded.empty()) {
    const ssize_t written = write(file_, encoded.data(), encoded.size());
    if (written <= 0) throw FatalError(no_room_);
    encoded.remove_prefix(static_cast<std::size_t>(written));
  }
  return ends_.size() - 1;
}

AnalyzedArticle HeldArticles::read(std::size_t place) const {
  const std::uint64_t begin = place == 0 ? 0 : ends_[place - 1];
  std::string encoded(ends_[place] - begin, '\0');
  for (std::size_t had = 0; had < encoded.size();) {
    const ssize_t more = pread(file_, encoded.data() + had, encoded.size() - had, static_cast<off_t>(begin + had));
    if (more <= 0) throw FatalError(no_room_);
    had += static_cast<std::size_t>(more);
  }
  return value_or_throw(restore_article(encoded, {}));
}

}  // namespace dateline
