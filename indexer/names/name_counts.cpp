// SPDX-License-Identifier: GPL-2.0-or-later
//
// Counts of names as an index keeps them from one update to the next.
#include <algorithm>

#include "common/byte_codec.h"
#include "indexer/names/collection_pass.h"

namespace dateline {
namespace {

void put_counts(std::string& out, const TextCounts& counts) {
  put_number(out, counts.list().size());
  for (const auto& [text, count] : counts.list()) {
    put_string(out, text);
    put_number(out, count);
  }
}

void read_counts(ByteReader& reader, TextCounts& counts) {
  for (std::uint64_t size = reader.number(); size > 0 && reader.ok(); --size) {
    const std::string_view text = reader.bytes(reader.number());
    counts.add(text, reader.number());
  }
}

}  // namespace

void TextCounts::subtract(const TextCounts& other) {
  auto here = list_.begin();
  for (const auto& gone : other.list_) {
    here = std::find_if(here, list_.end(), [&](const auto& one) { return one.first == gone.first; });
    if (here == list_.end()) break;
    here->second -= gone.second;
  }
  std::erase_if(list_, [](const auto& one) { return one.second == 0; });
}

void NameCounts::subtract(const NameCounts& other) {
  for (std::size_t kind = 0; kind < kNameKinds; ++kind) {
    for (const auto& [key, gone] : other.names_[kind]) {
      const auto known = names_[kind].find(key);
      if (known == names_[kind].end()) continue;
      Counts& here = known->second;
      if (here.articles == gone.articles) {
        names_[kind].erase(known);
        continue;
      }
      here.articles -= gone.articles;
      here.mentions -= gone.mentions;
      here.male -= gone.male;
      here.female -= gone.female;
      here.shown.subtract(gone.shown);
      here.spellings.subtract(gone.spellings);
      here.roles.subtract(gone.roles);
      here.stands_for.subtract(gone.stands_for);
    }
  }
  for (const auto& [pair, articles] : other.apart_) {
    const auto known = apart_.find(pair);
    if (known != apart_.end() && (known->second -= articles) == 0) apart_.erase(known);
  }
}

std::string NameCounts::encode() const {
  std::string out;
  for (const auto& names : names_) {
    std::vector<const std::string*> keys;
    keys.reserve(names.size());
    for (const auto& entry : names) keys.push_back(&entry.first);
    std::sort(keys.begin(), keys.end(), [](const std::string* a, const std::string* b) { return *a < *b; });
    put_number(out, keys.size());
    for (const std::string* key : keys) {
      const Counts& counts = names.at(*key);
      put_string(out, *key);
      for (const std::uint64_t count : {counts.articles, counts.mentions, counts.male, counts.female}) {
        put_number(out, count);
      }
      for (const TextCounts* texts : {&counts.shown, &counts.spellings, &counts.roles, &counts.stands_for}) {
        put_counts(out, *texts);
      }
    }
  }
  put_number(out, apart_.size());
  for (const auto& [pair, articles] : apart_) {
    put_string(out, pair.first);
    put_string(out, pair.second);
    put_number(out, articles);
  }
  return out;
}

Result<NameCounts> NameCounts::decode(std::string_view bytes) {
  NameCounts decoded;
  ByteReader reader(bytes);
  for (auto& names : decoded.names_) {
    const std::uint64_t size = reader.number();
    names.reserve(std::min<std::uint64_t>(size, reader.rest().size()));
    for (std::uint64_t i = 0; i < size && reader.ok(); ++i) {
      Counts& counts = names[reader.string()];
      for (std::uint64_t* count : {&counts.articles, &counts.mentions, &counts.male, &counts.female}) {
        *count = reader.number();
      }
      for (TextCounts* texts : {&counts.shown, &counts.spellings, &counts.roles, &counts.stands_for}) {
        read_counts(reader, *texts);
      }
      if (counts.shown.list().empty()) reader.fail();  // every name is shown somehow
    }
  }
  for (std::uint64_t size = reader.number(); size > 0 && reader.ok(); --size) {
    std::string first = reader.string();
    std::string second = reader.string();
    const std::uint64_t articles = reader.number();
    decoded.apart_.emplace_hint(decoded.apart_.end(), std::pair(std::move(first), std::move(second)), articles);
  }
  if (!reader.ok() || !reader.rest().empty()) {
    return Error{ErrorCode::kIndex, "the stored counts of names are damaged", "index the sources again with --rebuild"};
  }
  return decoded;
}

}  // namespace dateline
