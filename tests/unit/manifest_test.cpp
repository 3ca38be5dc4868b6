// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/manifest.h"

#include <atomic>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/segments.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

class Manifests : public testing::Test {
 protected:
  [[nodiscard]] fs::path manifest_path() const { return folder_ / kManifestName; }

  // A database of one passage as dateline-index would write it, but for `metadata`, which goes before.
  void make_segment(const std::string& name, const std::vector<std::pair<std::string, std::string>>& metadata = {}) {
    Xapian::WritableDatabase database((folder_ / name).string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    database.set_metadata(std::string(kMetaSchema), std::to_string(kSchemaVersion));
    database.set_metadata(std::string(kMetaAnalyzer), analyzer_fingerprint());
    database.set_metadata(std::string(kMetaCounts), encode_counts({1, 2, 3, 4, {{"en", 1}}}));
    database.set_metadata(std::string(kMetaNextBatch), "1");
    for (const auto& [key, value] : metadata) database.set_metadata(key, value);
    Xapian::Document document;
    document.add_term("cyber");
    database.add_document(document);
    database.commit();
  }

  // What is wrong with the index, as a reader sees it; empty if nothing.
  [[nodiscard]] std::string fault() const {
    const Result<std::vector<Segment>> segments = open_segments(folder_.path());
    if (segments) return "";
    EXPECT_EQ(segments.error().code, ErrorCode::kIndex);
    EXPECT_FALSE(segments.error().message.empty());
    EXPECT_FALSE(segments.error().hint.empty());
    return segments.error().message;
  }

  TemporaryFolder folder_;
};

TEST_F(Manifests, KeepTheirSegmentsInOrder) {
  const std::vector<std::vector<std::string>> cases{
      {"segment-1"}, {"segment-2", "segment-1"}, {"segment-9", "segment-10", "segment-999999999999999999"}};
  for (const auto& segments : cases) {
    replace_manifest(folder_.path(), {segments});
    const Result<Manifest> manifest = read_manifest(folder_.path());
    ASSERT_TRUE(manifest) << manifest.error().message;
    EXPECT_EQ(manifest->segments, segments);
  }
}

TEST_F(Manifests, AreXapianStubs) {
  make_segment("segment-1");
  make_segment("segment-2");
  replace_manifest(folder_.path(), {{"segment-1", "segment-2"}});
  EXPECT_EQ(Xapian::Database(folder_.path().string()).get_doccount(), 2U);
  EXPECT_EQ(Xapian::Database(manifest_path().string()).get_doccount(), 2U);
}

TEST_F(Manifests, LeaveTheOldOneWholeForWhoReadsIt) {
  replace_manifest(folder_.path(), {{"segment-1"}});
  const std::string old = read_file(manifest_path());
  std::ifstream reader(manifest_path());
  replace_manifest(folder_.path(), {{"segment-2", "segment-3"}});
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(reader), {}), old);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_.path())) names.push_back(entry.path().filename());
  EXPECT_EQ(names, std::vector<std::string>{kManifestName});
}

TEST_F(Manifests, AreReplacedAtOnce) {
  const std::vector<std::string> one{"segment-1"};
  const std::vector<std::string> many{"segment-2", "segment-3", "segment-4", "segment-5"};
  replace_manifest(folder_.path(), {one});
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 0; i < 40; ++i) replace_manifest(folder_.path(), {i % 2 == 0 ? many : one});
    done = true;
  });
  std::size_t reads = 0;
  std::size_t torn = 0;
  while (!done || reads < 100) {
    const Result<Manifest> manifest = read_manifest(folder_.path());
    ++reads;
    if (!manifest || (manifest->segments != one && manifest->segments != many)) ++torn;
  }
  writer.join();
  EXPECT_EQ(torn, 0U) << "of " << reads;
}

TEST_F(Manifests, StayIfTheNewOneCannotBeWritten) {
  replace_manifest(folder_.path(), {{"segment-1"}});
  fs::create_directory(manifest_path().string() + ".new");
  try {
    replace_manifest(folder_.path(), {{"segment-2"}});
    FAIL() << "written over a folder";
  } catch (const FatalError& error) {
    EXPECT_EQ(error.error().code, ErrorCode::kIndex);
    EXPECT_FALSE(error.error().hint.empty());
  }
  const Result<Manifest> manifest = read_manifest(folder_.path());
  ASSERT_TRUE(manifest);
  EXPECT_EQ(manifest->segments, std::vector<std::string>{"segment-1"});
  EXPECT_THROW(replace_manifest(folder_ / "nowhere", {{"segment-1"}}), FatalError);
  EXPECT_THROW(sync_tree(folder_ / "nowhere"), std::exception);
  EXPECT_THROW(sync_path(folder_ / "nowhere"), FatalError);
}

TEST_F(Manifests, AreRefusedUnlessOurs) {
  const std::vector<std::string> cases{
      "",
      "\n\n",
      "# Dateline index: the segments it is made of.\n",
      "auto",
      "auto ",
      "auto \n",
      "auto segment-\n",
      "auto segment-1 \n",
      "auto segment-1\r\n",
      "auto  segment-1\n",
      " auto segment-1\n",
      "AUTO segment-1\n",
      "auto\tsegment-1\n",
      "auto segment-1x\n",
      "auto segment--1\n",
      "auto segment-+1\n",
      "auto segment-1.5\n",
      "auto segment-１\n",
      "auto building-1\n",
      "auto .\n",
      "auto ..\n",
      "auto ../segment-1\n",
      "auto /etc\n",
      "auto segment-1/../../elsewhere\n",
      "auto segment-1/segment-1\n",
      "auto segment-1\nauto ../segment-2\n",
      "glass segment-1\n",
      "remote example.com:1234\n",
      "inmemory\n",
      "auto segment-99999999999999999999999999\n",
      "auto segment-1\nauto segment-1\n",
      std::string("auto segment-1\0\n", 16),
      std::string(1000, '\0'),
      std::string(100'000, 'x'),
      "\xff\xfe\x00",
  };
  for (const std::string& bytes : cases) {
    write_file(manifest_path(), bytes);
    const Result<Manifest> manifest = read_manifest(folder_.path());
    EXPECT_FALSE(manifest) << bytes.substr(0, 60);
    if (manifest) continue;
    EXPECT_EQ(manifest.error().code, ErrorCode::kIndex);
    EXPECT_FALSE(manifest.error().hint.empty());
  }
}

TEST_F(Manifests, AreRefusedIfAbsent) {
  EXPECT_FALSE(read_manifest(folder_.path()));
  EXPECT_FALSE(read_manifest(folder_ / "nowhere"));
  EXPECT_FALSE(read_manifest(""));
  fs::create_directory(manifest_path());
  EXPECT_FALSE(read_manifest(folder_.path()));
}

TEST_F(Manifests, BearOverwrittenBytes) {
  DATELINE_SEEDED(random);
  replace_manifest(folder_.path(), {{"segment-1", "segment-12"}});
  const std::string good = read_file(manifest_path());
  for (int round = 0; round < 1'000; ++round) {
    std::string bytes = good;
    bytes[random() % bytes.size()] = static_cast<char>(random());
    write_file(manifest_path(), bytes);
    const Result<Manifest> manifest = read_manifest(folder_.path());
    if (!manifest) continue;
    for (const std::string& segment : manifest->segments) {
      EXPECT_EQ(segment.rfind("segment-", 0), 0U) << bytes;
      EXPECT_EQ(segment.find_first_not_of("0123456789", 8), std::string::npos) << bytes;
    }
  }
}

TEST_F(Manifests, OpenTheirSegmentsOldestFirst) {
  make_segment("segment-7");
  make_segment("segment-3", {{std::string(kMetaCounts), encode_counts({10, 20, 30, 40, {{"de", 10}}})}});
  replace_manifest(folder_.path(), {{"segment-7", "segment-3"}});
  const Result<std::vector<Segment>> segments = open_segments(folder_.path());
  ASSERT_TRUE(segments) << segments.error().message;
  ASSERT_EQ(segments->size(), 2U);
  EXPECT_EQ((*segments)[0].path, folder_ / "segment-7");
  EXPECT_EQ((*segments)[0].counts.articles, 1U);
  EXPECT_EQ((*segments)[0].database.get_doccount(), 1U);
  EXPECT_EQ((*segments)[1].counts.articles, 10U);
  const Result<SegmentCounts> counts = count_segments(folder_.path());
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->articles, 11U);
  EXPECT_EQ(counts->languages.size(), 2U);
}

TEST_F(Manifests, OpenNoSegmentThatThisProgramCannotRead) {
  const std::string schema(kMetaSchema);
  const std::string analyzer(kMetaAnalyzer);
  const std::string counts(kMetaCounts);
  const std::vector<std::pair<std::string, std::string>> faults{
      {schema, ""},
      {schema, std::to_string(kSchemaVersion + 1)},
      {schema, std::to_string(kSchemaVersion - 1)},
      {schema, "0"},
      {schema, "one"},
      {analyzer, ""},
      {analyzer, "words-0 snowball-xapian"},
      {counts, ""},
      {counts, "{}"},
      {counts, "{\"artic"},
  };
  std::size_t number = 0;
  for (const auto& metadata : faults) {
    const std::string name = "segment-" + std::to_string(++number);
    make_segment(name, {metadata});
    replace_manifest(folder_.path(), {{name}});
    EXPECT_NE(fault(), "") << metadata.first << " = '" << metadata.second << "'";
    EXPECT_FALSE(count_segments(folder_.path()));
  }
  make_segment("segment-100");
  replace_manifest(folder_.path(), {{"segment-100", "segment-1"}});
  EXPECT_NE(fault(), "") << "the second is no good";
  replace_manifest(folder_.path(), {{"segment-100"}});
  EXPECT_EQ(fault(), "");
}

TEST_F(Manifests, OpenNoSegmentThatIsGone) {
  make_segment("segment-1");
  replace_manifest(folder_.path(), {{"segment-1", "segment-2"}});
  EXPECT_NE(fault(), "");
  fs::create_directory(folder_ / "segment-2");
  EXPECT_NE(fault(), "") << "an empty folder";
  write_file(folder_ / "segment-2" / "iamglass", "");
  EXPECT_NE(fault(), "") << "an empty version file";
}

TEST_F(Manifests, OpenNoSegmentWhoseFilesAreDamaged) {
  for (const char* name : {"iamglass", "postlist.glass"}) {
    for (const std::uintmax_t size : {0, 1, 30, 100}) {
      fs::remove_all(folder_ / "segment-1");
      make_segment("segment-1");
      replace_manifest(folder_.path(), {{"segment-1"}});
      ASSERT_EQ(fault(), "");
      const fs::path file = folder_ / "segment-1" / name;
      if (fs::file_size(file) <= size) continue;
      fs::resize_file(file, size);
      EXPECT_NE(fault(), "") << name << " cut to " << size;
    }
  }
}

}  // namespace
}  // namespace dateline
