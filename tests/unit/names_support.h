// SPDX-License-Identifier: GPL-2.0-or-later
//
// What tests of names share: names as a collection has them, and indexes that know them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/name_key.h"
#include "common/names_table.h"
#include "common/segments.h"
#include "query/reading/name_reader.h"
#include "tests/unit/support.h"

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

// The metadata entries of a table.
inline std::map<std::string, std::string> entries_of(const std::vector<CollectionName>& names) {
  std::map<std::string, std::string> entries;
  encode_names(names, [&](const std::string& key, const std::string& value) {
    EXPECT_TRUE(entries.empty() || entries.rbegin()->first < key) << "not ascending: " << key;
    entries.emplace(key, value);
  });
  return entries;
}

// A database with these metadata entries, as a segment of an index; `directory` must not exist yet.
inline Segment make_segment(const std::filesystem::path& directory, const std::map<std::string, std::string>& entries) {
  {
    Xapian::WritableDatabase database(directory.string(),
                                      Xapian::DB_CREATE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
    for (const auto& [key, value] : entries) database.set_metadata(key, value);
    database.commit();
  }
  return {directory, Xapian::Database(directory.string()), {}, 0, {}, /*is_newest=*/true};
}

// Indexes that know names and hold nothing else: `indexes` has the names of each, in the order of their ids.
class KnownNames {
 public:
  explicit KnownNames(const std::vector<std::vector<CollectionName>>& indexes)
      : segments_(make_segments(folder_.path(), indexes)), reader_(segments_, all_) {
    for (const Segment& segment : segments_) all_.add_database(segment.database);
  }
  KnownNames(const KnownNames&) = delete;
  KnownNames& operator=(const KnownNames&) = delete;

  [[nodiscard]] const NameReader& reader() const { return reader_; }

 private:
  static std::vector<Segment> make_segments(const std::filesystem::path& folder,
                                            const std::vector<std::vector<CollectionName>>& indexes) {
    std::vector<Segment> segments;
    for (const std::vector<CollectionName>& names : indexes) {
      segments.push_back(make_segment(folder / std::to_string(segments.size()), entries_of(names)));
    }
    return segments;
  }

  TemporaryFolder folder_;
  std::vector<Segment> segments_;
  Xapian::Database all_;
  NameReader reader_;
};

}  // namespace dateline
