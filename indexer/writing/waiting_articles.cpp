// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/writing/waiting_articles.h"

#include <fmt/format.h>
#include <fstream>
#include <utility>

#include "common/byte_codec.h"

namespace dateline {
namespace {

FatalError fault(const char* what) {
  return FatalError({ErrorCode::kIndex, fmt::format("the index cannot be used: a scratch file {}", what),
                     "check the free space and the permissions of the index directory"});
}

}  // namespace

std::string encode_waiting(ArticleNumber number, const AnalyzedArticle& analyzed) {
  std::string out;
  put_number(out, number);
  put_string(out, encode_article(analyzed.article, {}, analyzed.names, analyzed.quotes, {}, analyzed.compressed_text));
  put_string(out, encode_line_hashes(analyzed.lines));
  put_number(out, analyzed.copy_keys.size());
  std::uint32_t last = 0;
  for (const std::uint32_t key : analyzed.copy_keys) {
    put_number(out, key - last);
    last = key;
  }
  put_number(out, analyzed.sentences.size());
  std::uint32_t end = 0;
  for (const Sentence& sentence : analyzed.sentences) {
    put_number(out, sentence.span.begin - end);
    put_number(out, sentence.span.size());
    end = sentence.span.end;
  }
  return out;
}

void write_waiting(const std::filesystem::path& file, const std::string& articles) {
  std::ofstream out(file, std::ios::binary);
  out.write(articles.data(), static_cast<std::streamsize>(articles.size()));
  out.close();
  if (!out) throw fault("cannot be written");
}

void read_waiting(const std::filesystem::path& file,
                  const std::function<void(ArticleNumber number, AnalyzedArticle&& analyzed)>& on_article) {
  std::string bytes(std::filesystem::file_size(file), '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) throw fault("cannot be read");
  ByteReader reader(bytes);
  while (!reader.rest().empty()) {
    const ArticleNumber number = reader.number();
    const std::string_view record = reader.bytes(reader.number());
    const std::string_view lines = reader.bytes(reader.number());
    std::vector<std::uint32_t> copy_keys;
    for (std::uint64_t n = reader.number(); n > 0 && reader.ok(); --n) {
      copy_keys.push_back(reader.small_number(copy_keys.empty() ? 0 : copy_keys.back()));
    }
    std::vector<Sentence> sentences;
    std::uint32_t end = 0;
    for (std::uint64_t n = reader.number(); n > 0 && reader.ok(); --n) {
      const std::uint32_t begin = reader.small_number(end);
      end = reader.small_number(begin);
      sentences.push_back({{begin, end}});
    }
    if (!reader.ok()) throw fault("is damaged");
    AnalyzedArticle article = value_or_throw(restore_article(record, lines));
    article.copy_keys = std::move(copy_keys);
    article.sentences = std::move(sentences);
    on_article(number, std::move(article));
  }
}

}  // namespace dateline
