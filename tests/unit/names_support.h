// SPDX-License-Identifier: GPL-2.0-or-later
//
// What tests of names share: names as a collection has them, and an index in memory that knows them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/name_key.h"
#include "common/names_table.h"
#include "common/segments.h"
#include "query/name_reader.h"

namespace dateline {

// A name with these forms, the first of them canonical; all count `articles`, and stand as they are shown.
inline CollectionName make_name(NameKind kind, const std::vector<std::string>& forms, std::uint64_t articles = 1) {
  CollectionName name;
  name.kind = kind;
  name.name = forms.front();
  name.articles = articles;
  name.mentions = articles;
  for (const std::string& form : forms) name.forms.push_back({name_key(form), form, articles});
  name.spellings = forms;
  return name;
}

inline CollectionName make_person(const std::vector<std::string>& forms, std::uint64_t articles = 1) {
  return make_name(NameKind::kPerson, forms, articles);
}

// A database in memory with these metadata entries, as a segment of an index.
inline Segment make_segment(const std::map<std::string, std::string>& entries) {
  Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
  for (const auto& [key, value] : entries) database.set_metadata(key, value);
  database.commit();
  return {"segment-1", database, {}};
}

// Indexes that know names and hold nothing else: `indexes` has the names of each, in the order of their ids.
class KnownNames {
 public:
  explicit KnownNames(const std::vector<std::vector<CollectionName>>& indexes)
      : segments_(make_segments(indexes)), reader_(segments_, all_) {
    for (const Segment& segment : segments_) all_.add_database(segment.database);
  }
  KnownNames(const KnownNames&) = delete;
  KnownNames& operator=(const KnownNames&) = delete;

  [[nodiscard]] const NameReader& reader() const { return reader_; }

 private:
  static std::vector<Segment> make_segments(const std::vector<std::vector<CollectionName>>& indexes) {
    std::vector<Segment> segments;
    for (const std::vector<CollectionName>& names : indexes) segments.push_back(make_segment(encode_names(names)));
    return segments;
  }

  std::vector<Segment> segments_;
  Xapian::Database all_;
  NameReader reader_;
};

}  // namespace dateline
