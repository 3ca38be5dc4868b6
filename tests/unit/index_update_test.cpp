// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/index_update.h"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/manifest.h"
#include "common/names_table.h"
#include "common/segments.h"
#include "common/stories_table.h"
#include "indexer/updating/index_check.h"
#include "tests/unit/support.h"

// Xapian 1.4.22 deletes some of what Database::check makes by a base class's size.
extern "C" const char* __asan_default_options() { return "new_delete_type_mismatch=0"; }

namespace dateline {
namespace {

namespace fs = std::filesystem;

const std::string kBinary(
    "\x7f"
    "ELF\2\1\1\0\0\0",
    10);  // no text

class IndexUpdate : public testing::Test {
 protected:
  IndexUpdate() { fs::create_directory(news()); }

  [[nodiscard]] fs::path news() const { return folder_ / "news"; }
  [[nodiscard]] fs::path index() const { return folder_ / "index"; }

  // Articles of invented words, enough for several batches where `paragraphs` is large.
  void write_articles(int count, int paragraphs, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto word = [&] {
      static constexpr std::string_view kSyllables[] = {"ka", "re", "mo", "ti", "sel", "dan", "ou", "bri"};
      std::string out;
      for (auto n = random() % 4 + 1; n > 0; --n) out += kSyllables[random() % std::size(kSyllables)];
      return out;
    };
    for (int i = 0; i < count; ++i) {
      std::string text = "The " + word() + " talks of " + word() + "\n\nHAMBURG, July " + std::to_string(i % 30 + 1) +
                         ", 2017 (Meridian) - The first paragraph is about " + word() + ".\n\n";
      for (int p = 0; p < paragraphs; ++p) {
        for (int s = 0; s < 3; ++s) {
          text += "The " + word();
          for (auto n = random() % 14 + 6; n > 0; --n) text += ' ' + word();
          text += " said. ";
        }
        static constexpr std::string_view kPeople[] = {"Dmitry Peskov", "Dmitri Peskov", "Svetlana Lukash",
                                                       "Ben Sasse"};
        text += "Mr. " + std::string(kPeople[random() % std::size(kPeople)]) + " told reporters.\n\n";
      }
      write_file(news() / ("article-" + std::to_string(100 + i) + ".txt"), text);
    }
  }

  [[nodiscard]] Result<IndexReport> update(unsigned threads = 1, bool rebuild = false) const {
    return update_into(index(), threads, rebuild);
  }

  [[nodiscard]] Result<IndexReport> update_into(const fs::path& directory, unsigned threads,
                                                bool rebuild = false) const {
    IndexOptions options;
    options.sources = {news()};
    options.database = directory;
    options.threads = threads;
    options.rebuild = rebuild;
    options.names_model = names_model_file();
    Progress progress(false, 0);
    return update_index(options, progress);
  }

  // Names in the index directory, sorted, blanks between.
  [[nodiscard]] std::string names() const {
    std::set<std::string> all;
    for (const auto& entry : fs::directory_iterator(index())) all.insert(entry.path().filename());
    std::string out;
    for (const std::string& name : all) out += (out.empty() ? "" : " ") + name;
    return out;
  }

  // The directory holds what the manifest names, and nothing else.
  void expect_tidy() const {
    const Result<Manifest> manifest = read_manifest(index());
    ASSERT_TRUE(manifest);
    std::set<std::string> wanted(manifest->segments.begin(), manifest->segments.end());
    wanted.insert({kManifestName, "lock"});
    EXPECT_EQ(names(), fmt::format("{}", fmt::join(wanted, " ")));
  }

  TemporaryFolder folder_;
};

void expect_index_error(const Result<IndexReport>& report, const std::string& what) {
  ASSERT_FALSE(report) << what;
  EXPECT_EQ(report.error().code, ErrorCode::kIndex) << what;
  EXPECT_FALSE(report.error().message.empty()) << what;
  EXPECT_FALSE(report.error().hint.empty()) << what;
}

// All that is stored, as text to compare: every term with its postings, every value, every metadata record.
std::map<std::string, std::string> contents(const fs::path& directory) {
  std::map<std::string, std::string> all;
  const Xapian::Database database(directory.string());
  for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
    std::string& postings = all["term " + *term];
    for (auto posting = database.postlist_begin(*term); posting != database.postlist_end(*term); ++posting) {
      postings += std::to_string(*posting) + 'x' + std::to_string(posting.get_wdf()) + ' ';
    }
  }
  for (const unsigned slot : {kSlotPassage, kSlotDate}) {
    for (auto value = database.valuestream_begin(slot); value != database.valuestream_end(slot); ++value) {
      all["value " + std::to_string(slot) + ' ' + std::to_string(value.get_docid())] = *value;
    }
  }
  const Result<std::vector<Segment>> segments = open_segments(directory);
  EXPECT_TRUE(segments);
  if (!segments) return all;
  for (const Segment& segment : *segments) {
    for (auto key = segment.database.metadata_keys_begin(); key != segment.database.metadata_keys_end(); ++key) {
      all["metadata " + *key] = segment.database.get_metadata(*key);
    }
  }
  return all;
}

TEST_F(IndexUpdate, GivesTheSameIndexWithAnyNumberOfThreads) {
  write_articles(30, 320, 1);
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(news())) bytes += entry.file_size();
  ASSERT_GT(bytes, 2'500'000U) << "too few for several batches";
  // Of files younger than a tick of the clock no stamp is kept.
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const Result<IndexReport> one = update_into(folder_ / "one", 1);
  const Result<IndexReport> eight = update_into(folder_ / "eight", 8);
  ASSERT_TRUE(one);
  ASSERT_TRUE(eight);
  EXPECT_EQ(one->articles.added, 30U);
  EXPECT_EQ(eight->articles.added, one->articles.added);
  EXPECT_EQ(eight->passages, one->passages);
  EXPECT_EQ(eight->bytes, one->bytes);
  EXPECT_EQ(eight->names, one->names);
  EXPECT_GT(one->names[0], 2U);
  const std::map<std::string, std::string> with_one = contents(folder_ / "one");
  const std::map<std::string, std::string> with_eight = contents(folder_ / "eight");
  EXPECT_GT(with_one.size(), 1'000U);
  ASSERT_EQ(with_one.size(), with_eight.size());
  for (auto a = with_one.begin(), b = with_eight.begin(); a != with_one.end(); ++a, ++b) {
    ASSERT_EQ(a->first, b->first);
    ASSERT_EQ(a->second, b->second) << a->first;
  }
}

TEST_F(IndexUpdate, StoresEveryArticleWithItsPassages) {
  write_articles(5, 10, 2);
  const Result<IndexReport> report = update();
  ASSERT_TRUE(report);
  const Result<std::vector<Segment>> segments = open_segments(index());
  ASSERT_TRUE(segments);
  ASSERT_EQ(segments->size(), 2U);
  EXPECT_EQ(segments->back().counts.articles, 0U);
  const Xapian::Database& database = segments->front().database;
  EXPECT_EQ(database.get_doccount(), report->passages);
  for (Xapian::docid docid = 1; docid <= database.get_doccount();) {
    const Result<PassageKey> key = decode_passage_key(database.get_document(docid).get_value(kSlotPassage));
    ASSERT_TRUE(key);
    ASSERT_EQ(key->ordinal, 0U) << "docid " << docid << " begins an article";
    const Result<StoredArticle> stored = decode_article(database.get_metadata(article_metadata_key(key->article)));
    ASSERT_TRUE(stored);
    const Result<std::string> text = decompress_text(*stored);
    ASSERT_TRUE(text);
    EXPECT_EQ(*text, read_file(stored->head.path));
    EXPECT_EQ(stored->head.outlet, "Meridian");
    EXPECT_EQ(stored->head.dateline, "HAMBURG");
    EXPECT_EQ(stored->head.id, stored->head.path);
    EXPECT_EQ(stored->passages.size(), key->count);
    EXPECT_EQ(database.get_document(docid).get_value(kSlotDate), date_value(stored->head.date));
    EXPECT_EQ(database.postlist_begin(id_term(stored->head.id)) == database.postlist_end(id_term(stored->head.id)),
              false);
    docid += key->count;
  }
}

TEST_F(IndexUpdate, StoresWhomArticlesName) {
  write_file(
      news() / "a.txt",
      "Kremlin: Peskov denies it\n\nMOSCOW, July 10, 2017 (Meridian) - Dmitry Peskov, the Kremlin spokesman, told "
      "reporters on Monday that nothing had been signed. Mr. Peskov spoke by telephone. Mr. Peskov said no more.\n");
  write_file(news() / "b.txt", "On Tuesday Mr. Peskov said that the meeting in Hamburg had been put off.\n");
  const Result<IndexReport> report = update();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->names[0], 1U);
  EXPECT_GE(report->names[2], 2U) << "Moscow and Hamburg";
  const Result<std::vector<Segment>> segments = open_segments(index());
  ASSERT_TRUE(segments);
  const Xapian::Database& database = segments->front().database;
  const NamesTable table(segments->back().database);
  EXPECT_EQ(table.counts(), report->names);
  const std::vector<NameId> found = table.find_words(NameKind::kPerson, {"peskov"});
  ASSERT_EQ(found.size(), 1U);
  const CollectionName peskov = table.name(found.front());
  EXPECT_EQ(peskov.name, "Dmitry Peskov");
  EXPECT_EQ(peskov.articles, 2U);
  EXPECT_EQ(peskov.forms.size(), 2U);
  EXPECT_EQ(table.find_form(NameKind::kPerson, "peskov"), found.front());
  // Each passage has the term of the form its article knows. The first names him three times below a title that does.
  const auto prominence = [&](const std::string& term) {
    std::string out;
    for (auto posting = database.postlist_begin(term); posting != database.postlist_end(term); ++posting) {
      out += std::to_string(*posting) + 'x' + std::to_string(posting.get_wdf()) + ' ';
    }
    return out;
  };
  EXPECT_EQ(prominence("XPdmitry peskov"), "1x" + std::to_string(name_prominence(3, true, true)) + ' ');
  EXPECT_EQ(prominence("XPpeskov"), "2x" + std::to_string(name_prominence(1, false, true)) + ' ');
  const Result<StoredArticle> stored = decode_article(database.get_metadata(article_metadata_key(0)));
  ASSERT_TRUE(stored);
  std::size_t mentions = 0;
  for (const Mention& mention : stored->names.mentions) {
    mentions += stored->names.names[mention.name].name == "Dmitry Peskov" ? 1 : 0;
  }
  EXPECT_EQ(mentions, 4U) << "that in the title, too";
}

TEST_F(IndexUpdate, StoresWhichArticlesAreCopies) {
  write_articles(30, 40, 14);  // several batches
  const std::string text = read_file(news() / "article-103.txt");
  write_file(news() / "a-later.txt", text.substr(0, text.size() / 2));
  write_file(news() / "z-again.txt", text);
  const Result<IndexReport> report = update(2);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->copies, 2U);
  const Result<std::vector<Segment>> segments = open_segments(index());
  ASSERT_TRUE(segments);
  const Xapian::Database& database = segments->back().database;
  const StoriesTable table(database);
  EXPECT_EQ(table.counts().stories, 1U);
  EXPECT_EQ(table.counts().copies, 2U);

  std::map<std::string, ArticleNumber> numbers;  // by name
  for (const Segment& segment : *segments) {
    for (auto key = segment.database.metadata_keys_begin("a"); key != segment.database.metadata_keys_end("a"); ++key) {
      ArticleNumber number = 0;
      for (const char c : (*key).substr(1)) number = number << 8 | static_cast<unsigned char>(c);
      const Result<StoredArticle> stored = decode_article(segment.database.get_metadata(*key));
      ASSERT_TRUE(stored);
      numbers[fs::path(stored->head.id).filename()] = number;
    }
  }
  const Story story{numbers.at("article-103.txt"), numbers.at("z-again.txt"), numbers.at("a-later.txt")};
  for (const auto& [name, number] : numbers) {
    const bool copied = std::find(story.begin(), story.end(), number) != story.end();
    EXPECT_EQ(table.members(table.story_of(number)), copied ? story : Story{number}) << name;
  }
}

TEST_F(IndexUpdate, NeedsANamesModelAndLeavesAllAsItWas) {
  write_articles(1, 2, 12);
  write_file(folder_ / "damaged", read_file(names_model_file()).substr(0, 100'000));
  write_file(folder_ / "empty", "");
  IndexOptions options;
  options.sources = {news()};
  options.database = index();
  for (const fs::path& model :
       {folder_ / "nowhere", folder_ / "damaged", folder_ / "empty", folder_.path(), fs::path()}) {
    options.names_model = model;
    Progress progress(false, 0);
    expect_index_error(update_index(options, progress), model.string());
    EXPECT_FALSE(fs::exists(index())) << model;
  }
}

TEST_F(IndexUpdate, TakesInWhatChanged) {
  write_articles(4, 3, 3);
  const Result<IndexReport> first = update();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->articles, (ChangeCounts{4, 0, 0, 0}));
  EXPECT_EQ(names(), "XAPIANDB lock segment-1 segment-2");
  const Result<std::vector<Segment>> reader = open_segments(index());
  ASSERT_TRUE(reader);
  const Xapian::Database& before = reader->front().database;
  const std::string record = before.get_metadata(article_metadata_key(0));
  ASSERT_FALSE(record.empty());

  fs::remove(news() / "article-100.txt");
  write_file(news() / "another.txt", "Zebras\n\nHAMBURG (Meridian) - Zebras were seen on Monday in the harbour.\n");
  const Result<IndexReport> second = update();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->articles, (ChangeCounts{1, 0, 1, 3}));
  EXPECT_EQ(names(), "XAPIANDB lock segment-3 segment-4");
  const Xapian::Database after(index().string());
  EXPECT_TRUE(after.term_exists("zebra"));
  EXPECT_FALSE(after.term_exists(id_term((news() / "article-100.txt").string())));

  // Who opened the old state still reads it.
  EXPECT_EQ(before.get_metadata(article_metadata_key(0)), record);
  EXPECT_FALSE(before.term_exists("zebra"));
  EXPECT_EQ(before.get_doccount(), first->passages);
  EXPECT_FALSE(before.get_document(before.get_doccount()).get_value(kSlotPassage).empty());
}

TEST_F(IndexUpdate, BearsSourcesWithoutArticles) {
  const Result<IndexReport> report = update(4);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->articles.added, 0U);
  EXPECT_TRUE(report->skipped.empty());
  const Result<SegmentCounts> counts = check_index(index());
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(counts->articles, 0U);
}

TEST_F(IndexUpdate, ReportsSkippedSourcesInTheirOrder) {
  write_articles(3, 2, 4);
  write_file(news() / "a.txt", "  \n ");
  write_file(news() / "article-101a.txt", kBinary);
  write_file(news() / "b.json", "{\"title\":\"no text\"}");
  write_file(news() / "c.txt", kBinary);
  write_file(news() / "d.jsonl", "{\"text\":\"Zebras were seen in the harbour.\"}\nno JSON\n{}\n");
  write_file(news() / "e.txt", "");
  const Result<IndexReport> report = update(2);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->articles.added, 4U);
  std::vector<std::string> skipped;
  for (const Skipped& one : report->skipped) {
    EXPECT_FALSE(one.reason.empty());
    skipped.push_back(fs::path(one.path).filename().string() + ':' + std::to_string(one.line));
  }
  std::vector<std::string> sorted = skipped;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(sorted.size(), 7U);
  EXPECT_EQ(skipped, sorted) << "skipped is in source order (index_update.h)";
}

TEST_F(IndexUpdate, RemovesOrphans) {
  write_articles(2, 2, 5);
  ASSERT_TRUE(update());
  for (const char* name : {"building-1", "building-77/batch-000000", "segment-5", "segment-900"}) {
    fs::create_directories(index() / name);
    write_file(index() / name / "postlist.glass", "scratch");
  }
  write_file(index() / "XAPIANDB.new", "auto segm");
  ASSERT_TRUE(update());
  expect_tidy();
  ASSERT_TRUE(check_index(index()));
}

TEST_F(IndexUpdate, WaitsForNobodyButSaysWhoWrites) {
  write_articles(2, 2, 6);
  ASSERT_TRUE(update());
  const std::string before = names();
  const int lock = open((index() / "lock").c_str(), O_RDWR);
  ASSERT_GE(lock, 0);
  ASSERT_EQ(flock(lock, LOCK_EX | LOCK_NB), 0);
  expect_index_error(update(), "locked");
  expect_index_error(update(1, true), "locked, --rebuild");
  EXPECT_NE(update().error().message.find(std::to_string(getpid())), std::string::npos);
  EXPECT_EQ(names(), before);
  EXPECT_TRUE(open_segments(index())) << "readers need no lock";
  close(lock);
  EXPECT_TRUE(update());
}

TEST_F(IndexUpdate, LetsGoOfTheLock) {
  write_articles(1, 2, 6);
  ASSERT_TRUE(update());
  const int lock = open((index() / "lock").c_str(), O_RDWR);
  EXPECT_EQ(flock(lock, LOCK_EX | LOCK_NB), 0);
  close(lock);
  EXPECT_TRUE(fs::exists(index() / "lock"));
}

TEST_F(IndexUpdate, RefusesADirectoryThatHoldsSomethingElse) {
  write_articles(2, 2, 7);
  for (const char* name : {"notes.txt", ".hidden", "segment-x", "segment-", "postlist.glass"}) {
    const fs::path directory = folder_ / ("holds-" + std::string(name));
    fs::create_directory(directory);
    write_file(directory / name, "mine");
    for (const bool rebuild : {false, true}) expect_index_error(update_into(directory, 1, rebuild), name);
    EXPECT_EQ(read_file(directory / name), "mine");
    EXPECT_EQ(std::distance(fs::directory_iterator(directory), fs::directory_iterator()), 1) << name;
  }
  write_file(folder_ / "file", "mine");
  expect_index_error(update_into(folder_ / "file", 1), "a file");
  expect_index_error(update_into(folder_ / "file" / "below", 1), "below a file");
  EXPECT_EQ(read_file(folder_ / "file"), "mine");
  expect_index_error(update_into(news(), 1), "the folder of the sources");
}

TEST_F(IndexUpdate, MakesTheDirectoriesItNeeds) {
  write_articles(1, 2, 8);
  ASSERT_TRUE(update_into(folder_ / "a" / "b" / "c", 1));
  EXPECT_TRUE(check_index(folder_ / "a" / "b" / "c"));
}

TEST_F(IndexUpdate, LeavesAnIndexThatItCannotReadUnlessToldToRebuild) {
  write_articles(2, 2, 9);
  const std::vector<std::pair<std::string, std::string>> manifests{
      {"damaged", "auto ../elsewhere\n"},
      {"empty", ""},
      {"names a segment that is not there", "auto segment-7\n"},
      {"names a number too large", "auto segment-99999999999999999999999\n"},
      {"names the largest number", "auto segment-18446744073709551615\n"},
  };
  for (const auto& [what, bytes] : manifests) {
    ASSERT_TRUE(update(1, true)) << what;
    const std::string before = names();
    write_file(index() / kManifestName, bytes);
    expect_index_error(update(), what);
    EXPECT_EQ(names(), before) << what;
    EXPECT_EQ(read_file(index() / kManifestName), bytes) << what;
    const Result<IndexReport> rebuilt = update(1, true);
    ASSERT_TRUE(rebuilt) << what << ": " << rebuilt.error().message;
    const Result<SegmentCounts> counts = check_index(index());
    ASSERT_TRUE(counts) << what << ": " << counts.error().message;
    EXPECT_EQ(counts->articles, 2U);
  }
}

TEST_F(IndexUpdate, LeavesAnIndexOfAnotherSchemaUnlessToldToRebuild) {
  write_articles(2, 2, 10);
  fs::create_directory(index());
  {
    Xapian::WritableDatabase database((index() / "segment-1").string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    database.set_metadata(std::string(kMetaSchema), std::to_string(kSchemaVersion + 1));
    database.commit();
  }
  replace_manifest(index(), {{"segment-1"}});
  expect_index_error(update(), "other schema");
  EXPECT_TRUE(fs::exists(index() / "segment-1"));
  EXPECT_TRUE(update(1, true));
  EXPECT_TRUE(check_index(index()));
}

class IndexCheck : public IndexUpdate {
 protected:
  void SetUp() override {
    write_articles(10, 15, 11);
    const Result<IndexReport> report = update(2);
    ASSERT_TRUE(report);
    passages_ = report->passages;
    fs::copy(index(), folder_ / "good", fs::copy_options::recursive);
  }

  void restore() const {
    fs::remove_all(index());
    fs::copy(folder_ / "good", index(), fs::copy_options::recursive);
  }

  [[nodiscard]] bool finds_fault(const std::string& what) const {
    const Result<SegmentCounts> counts = check_index(index());
    if (counts) return false;
    EXPECT_EQ(counts.error().code, ErrorCode::kIndex) << what;
    EXPECT_FALSE(counts.error().message.empty()) << what;
    EXPECT_FALSE(counts.error().hint.empty()) << what;
    return true;
  }

  // After a change to the segment: its checksums are as if the writer had made it so.
  void seal() const {
    fs::remove(index() / "segment-1" / "checksums");
    write_checksums(index() / "segment-1");
  }

  std::uint64_t passages_ = 0;
};

TEST_F(IndexCheck, CountsAGoodIndex) {
  const Result<SegmentCounts> counts = check_index(index());
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(counts->articles, 10U);
  EXPECT_EQ(counts->passages, passages_);
  EXPECT_EQ(counts->languages.size(), 1U);
}

TEST_F(IndexCheck, FindsAFileThatEndsTooEarly) {
  for (const char* name : {"postlist.glass", "docdata.glass", "iamglass"}) {
    const fs::path file = index() / "segment-1" / name;
    if (!fs::exists(file)) continue;
    const std::uintmax_t size = fs::file_size(file);
    for (const std::uintmax_t left :
         {std::uintmax_t{0}, std::uintmax_t{1}, size / 4, size / 2, size * 3 / 4, size - 1}) {
      if (left >= size) continue;
      restore();
      fs::resize_file(file, left);
      EXPECT_TRUE(finds_fault(name)) << name << " cut from " << size << " to " << left << " bytes";
    }
  }
}

TEST_F(IndexCheck, FindsAMissingFile) {
  for (const char* name : {"segment-1/postlist.glass", "segment-1/iamglass", "segment-1", "XAPIANDB"}) {
    restore();
    fs::remove_all(index() / name);
    EXPECT_TRUE(finds_fault(name)) << name;
  }
}

TEST_F(IndexCheck, FindsCountsThatDoNotAddUp) {
  const auto with_counts = [&](const SegmentCounts& counts) {
    restore();
    Xapian::WritableDatabase database((index() / "segment-1").string(),
                                      Xapian::DB_OPEN | Xapian::DB_NO_TERMLIST | Xapian::DB_NO_SYNC);
    database.set_metadata(std::string(kMetaCounts), encode_counts(counts));
    database.commit();
    database.close();
    seal();
  };
  const Result<SegmentCounts> good = check_index(index());
  ASSERT_TRUE(good);
  with_counts(*good);
  EXPECT_FALSE(finds_fault("as before"));
  SegmentCounts wrong = *good;
  ++wrong.articles;
  with_counts(wrong);
  EXPECT_TRUE(finds_fault("articles"));
  wrong = *good;
  --wrong.passages;
  with_counts(wrong);
  EXPECT_TRUE(finds_fault("passages"));
  wrong = *good;
  ++wrong.quotes;
  with_counts(wrong);
  EXPECT_TRUE(finds_fault("quotes"));
  wrong = *good;
  ++wrong.text_bytes;
  with_counts(wrong);
  EXPECT_TRUE(finds_fault("text"));
}

TEST_F(IndexCheck, FindsADamagedRecord) {
  for (const std::string& record : {std::string(), std::string("x"), std::string(100, '\xff')}) {
    restore();
    {
      Xapian::WritableDatabase database((index() / "segment-1").string(),
                                        Xapian::DB_OPEN | Xapian::DB_NO_TERMLIST | Xapian::DB_NO_SYNC);
      database.set_metadata(article_metadata_key(3), record);
      database.commit();
    }
    seal();
    EXPECT_TRUE(finds_fault("record")) << record.size();
  }
}

}  // namespace
}  // namespace dateline
