// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sources/source_files.h"

#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>
#include <zlib.h>

namespace dateline {
namespace {

namespace fs = std::filesystem;

std::string gzip(std::string_view bytes) {
  z_stream stream = {};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string utf16(std::string_view ascii) {
  std::string bytes;
  for (const char byte : ascii) bytes += {byte, '\0'};
  return bytes;
}

std::string_view name_of(SourceFormat format) {
  switch (format) {
    case SourceFormat::kText:
      return "text";
    case SourceFormat::kJsonLines:
      return "lines";
    case SourceFormat::kJson:
      return "json";
  }
  return "?";
}

class SourceFiles : public testing::Test {
 protected:
  SourceFiles() {
    std::string pattern = fs::temp_directory_path() / "dateline-XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~SourceFiles() override { fs::remove_all(folder_); }

  std::string path(std::string_view name) const { return folder_ + '/' + std::string(name); }

  std::string write(std::string_view name, std::string_view bytes) const {
    fs::create_directories(fs::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }

  // "text a/b.txt", or "skip a: reason", a line each; the test's folder is left out.
  std::string walk(const std::vector<std::string>& sources) const {
    std::string seen;
    walk_sources(
        sources,
        [&](const SourceFile& file) { seen += fmt::format("{} {}\n", name_of(file.format), shorten(file.path)); },
        [&](const Skipped& skipped) { seen += fmt::format("skip {}: {}\n", shorten(skipped.path), skipped.reason); });
    return seen;
  }

  // "line #ordinal bytes", or "skip line: reason", a line each.
  std::string read(const SourceFile& file, const ReadLimits& limits = {}) const {
    std::string seen;
    read_source_file(
        file, limits,
        [&](RawRecord&& record) {
          EXPECT_EQ(*record.path, file.path);
          seen += fmt::format("{} #{} {}\n", record.line, record.ordinal, record.bytes);
        },
        [&](const Skipped& skipped) {
          EXPECT_EQ(skipped.path, file.path);
          seen += fmt::format("skip {}: {}\n", skipped.line, skipped.reason);
        });
    return seen;
  }

  std::string read(std::string_view name, std::string_view bytes, SourceFormat format, ReadLimits limits = {}) const {
    return read({write(name, bytes), format}, limits);
  }

 private:
  std::string shorten(const std::string& full) const {
    return full.starts_with(folder_ + '/') ? full.substr(folder_.size() + 1) : full;
  }

  std::string folder_;
};

// ---- walk_sources

TEST_F(SourceFiles, AreVisitedInByteOrderOfTheirNames) {
  for (const char* name : {"b/2.txt", "b/10.txt", "a.json", "Z.MD", "b.txt", "é.jsonl", "b/c/x.ndjson.gz", "plain"}) {
    write(name, "x");
  }
  EXPECT_EQ(walk({path("")}),
            "text Z.MD\n"
            "json a.json\n"
            "text b/10.txt\n"
            "text b/2.txt\n"
            "lines b/c/x.ndjson.gz\n"
            "text b.txt\n"
            "text plain\n"
            "lines é.jsonl\n");
}

TEST_F(SourceFiles, InFoldersThatHoldNoArticlesArePassedOverInSilence) {
  write("page.html", "<p>");
  write("archive.tar.gz", gzip("x"));
  write(".hidden.txt", "x");
  write(".git/config", "x");
  write("program", std::string_view("\x7F"
                                    "ELF\0\0",
                                    6));
  write("empty", "");
  write("note.gz", gzip("A note."));
  write("1.", "A mail.");
  EXPECT_EQ(walk({path("")}), "text 1.\ntext note.gz\n");
}

TEST_F(SourceFiles, NamedOnTheCommandLineAreTakenByContentIfTheNameTellsNothing) {
  const std::vector<std::string> sources = {write("lines.dat", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n"),
                                            write("array.dat", " [ {\"text\":\"a\"}]"),
                                            write("object.dat", "{\"text\":\n\"a\"}"),
                                            write("packed", gzip("{\"a\":1}\n{\"a\":2}")),
                                            write("brackets.dat", "[Updated at noon] The Kremlin"),
                                            write("program", std::string_view("\x7F"
                                                                              "ELF\0",
                                                                              5)),
                                            write(".hidden.jsonl", "{}"),
                                            write("empty.dat", "")};
  EXPECT_EQ(walk(sources),
            "lines lines.dat\njson array.dat\njson object.dat\nlines packed\ntext brackets.dat\ntext program\n"
            "lines .hidden.jsonl\ntext empty.dat\n");
}

TEST_F(SourceFiles, AreVisitedOnceWhateverLeadsToThem) {
  const std::string file = write("a/one.txt", "x");
  fs::create_directory_symlink("..", path("a/loop"));
  fs::create_symlink(file, path("a/two.txt"));
  fs::create_hard_link(file, path("a/three.txt"));
  EXPECT_EQ(walk({path("a"), path("a/one.txt"), path("a/")}), "text a/one.txt\n");
}

TEST_F(SourceFiles, BehindLinksAreFollowed) {
  write("elsewhere/one.txt", "x");
  fs::create_directory(path("a"));
  fs::create_directory_symlink(path("elsewhere"), path("a/link"));
  EXPECT_EQ(walk({path("a")}), "text a/link/one.txt\n");
}

TEST_F(SourceFiles, ThatCannotBeReachedAreReported) {
  fs::create_directory(path("a"));
  fs::create_symlink("nowhere", path("a/broken.txt"));
  fs::create_symlink("nowhere", path("a/broken.html"));
  ASSERT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(walk({path("missing"), path("a"), path("pipe")}),
            "skip missing: cannot be opened: No such file or directory\n"
            "skip a/broken.txt: cannot be opened: No such file or directory\n"
            "skip pipe: is neither a file nor a folder\n");
}

TEST_F(SourceFiles, InFoldersWithoutPermissionAreReported) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  write("closed/one.txt", "x");
  fs::permissions(path("closed"), fs::perms::none);
  EXPECT_EQ(walk({path("closed")}), "skip closed: cannot be opened: Permission denied\n");
  fs::permissions(path("closed"), fs::perms::owner_all);
}

TEST_F(SourceFiles, BelowManyFoldersAreFound) {
  std::string name;
  for (int i = 0; i < 100; ++i) name += "d/";
  write(name + "x.txt", "x");
  EXPECT_EQ(walk({path("")}), "text " + name + "x.txt\n");
}

// ---- read_source_file: text

TEST_F(SourceFiles, OfTextAreOneRecord) {
  EXPECT_EQ(read("a.txt", "One.\n\nTwo.\r\n", SourceFormat::kText), "1 #1 One.\n\nTwo.\r\n\n");
  EXPECT_EQ(read("b.txt.gz", gzip("One."), SourceFormat::kText), "1 #1 One.\n");
  EXPECT_EQ(read("c.txt", gzip("One."), SourceFormat::kText), "1 #1 One.\n");
  EXPECT_EQ(read("d.txt", gzip("One ") + gzip("two.") + std::string(512, '\0'), SourceFormat::kText),
            "1 #1 One two.\n");
}

TEST_F(SourceFiles, ThatHoldNoTextAreSkipped) {
  using namespace std::string_view_literals;
  struct Case {
    std::string_view bytes;
    std::string_view seen;
  };
  const Case cases[] = {
      {"", "skip 0: is empty\n"},
      {"%PDF-1.7", "skip 0: is a PDF, not text\n"},
      {"\x89PNG\r\n\x1A\n"sv, "skip 0: is an image, not text\n"},
      {"\x7F"
       "ELF\x02"sv,
       "skip 0: is a program, not text\n"},
      {"PK\x03\x04rest"sv, "skip 0: is a zip archive, not text\n"},
      {"a\0b"sv, "skip 0: is binary\n"},
  };
  for (const Case& c : cases) EXPECT_EQ(read("a.txt", c.bytes, SourceFormat::kText), c.seen);
  EXPECT_EQ(read("a.gz", gzip(gzip("x")), SourceFormat::kText), "skip 0: is a gzip archive, not text\n");
  EXPECT_EQ(read("b.gz", gzip(""), SourceFormat::kText), "skip 0: is empty\n");
  EXPECT_EQ(read("c.gz", "plain", SourceFormat::kText), "skip 0: is no gzip file, whatever its name\n");
  const std::string late_nul = std::string(9000, 'x') + '\0';
  EXPECT_EQ(read("d.txt", late_nul, SourceFormat::kText), "1 #1 " + late_nul + "\n");
}

TEST_F(SourceFiles, ThatAreUtf16AreNotBinary) {
  const std::string text = utf16("One.");
  EXPECT_EQ(read("a.txt", text, SourceFormat::kText), "1 #1 " + text + "\n");
  EXPECT_EQ(read("a.txt", "\xFF\xFE" + text, SourceFormat::kText), "1 #1 \xFF\xFE" + text + "\n");
}

TEST_F(SourceFiles, OfMoreThanMemoryAllowsAreSkipped) {
  const ReadLimits limits{1000, 10, 30};
  EXPECT_EQ(read("a.txt", "0123456789", SourceFormat::kText, limits), "1 #1 0123456789\n");
  EXPECT_EQ(read("a.txt", "0123456789x", SourceFormat::kText, limits), "skip 0: larger than --memory allows (10)\n");
  EXPECT_EQ(read("a.jsonl", "{\"a\":1}\n{\"a\":12345}\n{\"a\":3}\n", SourceFormat::kJsonLines, limits),
            "1 #1 {\"a\":1}\nskip 2: larger than --memory allows (10)\n3 #3 {\"a\":3}\n");
  EXPECT_EQ(read("a.json", "[{\"a\":1},\n{\"a\":12345}]", SourceFormat::kJson, limits),
            "1 #1 {\"a\":1}\nskip 2: larger than --memory allows (10)\n");
  EXPECT_EQ(read("a.json", "[{\"a\":1}" + std::string(30, ' ') + ']', SourceFormat::kJson, limits),
            "skip 0: larger than --memory allows (30)\n");
}

TEST_F(SourceFiles, OverTheLimitAreSkipped) {
  const ReadLimits limits{10};
  EXPECT_EQ(read("a.txt", "0123456789", SourceFormat::kText, limits), "1 #1 0123456789\n");
  EXPECT_EQ(read("a.txt", "0123456789x", SourceFormat::kText, limits), "skip 0: larger than --max-bytes (10)\n");
  EXPECT_EQ(read("a.json", "[{\"a\":1}, {}]", SourceFormat::kJson, limits), "skip 0: larger than --max-bytes (10)\n");
  const std::string bomb = gzip(std::string(8'000'000, ' '));
  EXPECT_EQ(read("a.gz", bomb, SourceFormat::kText, limits), "skip 0: larger than --max-bytes (10)\n");
}

TEST_F(SourceFiles, ThatCannotBeOpenedAreSkipped) {
  EXPECT_EQ(read({path("missing.txt"), SourceFormat::kText}), "skip 0: cannot be opened: No such file or directory\n");
  EXPECT_EQ(read({path(""), SourceFormat::kText}), "skip 0: is a folder\n");
}

TEST_F(SourceFiles, DamagedGzipGivesWhatStandsBeforeTheDamage) {
  std::string lines;
  for (int i = 0; i < 20'000; ++i) lines += fmt::format("{{\"id\":{},\"x\":{}}}\n", i, i * 7919 % 10'007);
  const std::string packed = gzip(lines);
  const std::string cut = read("a.jsonl.gz", packed.substr(0, packed.size() / 2), SourceFormat::kJsonLines);
  EXPECT_TRUE(cut.starts_with("1 #1 {\"id\":0,\"x\":0}\n2 #2 {\"id\":1,\"x\":7919}\n"));
  EXPECT_TRUE(cut.ends_with("}\nskip 0: damaged gzip: it ends too early\n")) << cut.substr(cut.size() - 200);
  EXPECT_EQ(read("b.gz", gzip("One.") + "junk", SourceFormat::kText),
            "1 #1 One.\nskip 0: damaged gzip: something else follows it\n");
  std::string flipped = gzip("One.");
  flipped[flipped.size() - 6] ^= 1;
  EXPECT_EQ(read("c.gz", flipped, SourceFormat::kText), "1 #1 One.\nskip 0: damaged gzip: incorrect data check\n");
}

// ---- read_source_file: JSON Lines

TEST_F(SourceFiles, OfJsonLinesAreARecordALine) {
  const std::string seen = "1 #1 {\"a\":1}\n3 #2 {\"a\":2}\r\n4 #3 no JSON\n6 #4 {\"a\":4}\n";
  const std::string bytes = "{\"a\":1}\n\n{\"a\":2}\r\nno JSON\n \t\r\n{\"a\":4}";
  EXPECT_EQ(read("a.jsonl", bytes, SourceFormat::kJsonLines), seen);
  EXPECT_EQ(read("a.jsonl", bytes + '\n', SourceFormat::kJsonLines), seen);
  EXPECT_EQ(read("a.jsonl", "\xEF\xBB\xBF" + bytes, SourceFormat::kJsonLines), seen);
  EXPECT_EQ(read("a.jsonl.gz", gzip(bytes), SourceFormat::kJsonLines), seen);
  EXPECT_EQ(read("a.jsonl", "\n \n", SourceFormat::kJsonLines), "skip 0: is empty\n");
}

TEST_F(SourceFiles, OfJsonLinesInUtf16AreDecodedFirst) {
  EXPECT_EQ(read("a.jsonl", "\xFF\xFE" + utf16("{\"a\":1}\n{\"a\":2}\n"), SourceFormat::kJsonLines),
            "1 #1 {\"a\":1}\n2 #2 {\"a\":2}\n");
  EXPECT_EQ(read("a.jsonl", utf16("{\"a\":1}\n{\"a\":2}\n"), SourceFormat::kJsonLines),
            "1 #1 {\"a\":1}\n2 #2 {\"a\":2}\n");
}

TEST_F(SourceFiles, OfJsonLinesLoseOnlyTheLinesOverTheLimit) {
  const std::string long_line(500'000, 'x');
  const std::string bytes = "{\"a\":1}\n" + long_line + "\n{\"a\":3}\n" + long_line;
  const std::string seen =
      "1 #1 {\"a\":1}\nskip 2: larger than --max-bytes (10)\n3 #3 {\"a\":3}\nskip 4: larger than --max-bytes (10)\n";
  EXPECT_EQ(read("a.jsonl", bytes, SourceFormat::kJsonLines, {10}), seen);
  EXPECT_EQ(read("a.jsonl.gz", gzip(bytes), SourceFormat::kJsonLines, {10}), seen);
}

TEST_F(SourceFiles, OfJsonLinesKeepLinesThatCrossBlocks) {
  std::string bytes;
  std::string seen;
  for (int i = 1; i <= 40; ++i) {
    const std::string line = fmt::format("{{\"text\":\"{}\"}}", std::string(50'000, static_cast<char>('a' + i % 26)));
    bytes += line + '\n';
    seen += fmt::format("{} #{} {}\n", i, i, line);
  }
  EXPECT_EQ(read("a.jsonl", bytes, SourceFormat::kJsonLines), seen);
  EXPECT_EQ(read("a.jsonl.gz", gzip(bytes), SourceFormat::kJsonLines), seen);
}

// ---- read_source_file: JSON

TEST_F(SourceFiles, OfJsonAreARecordAnElement) {
  struct Case {
    std::string_view bytes;
    std::string_view seen;
  };
  const Case cases[] = {
      {"[]", ""},
      {"{\"a\":[1,{\"b\":\"]}\\\"\"}]}", "1 #1 {\"a\":[1,{\"b\":\"]}\\\"\"}]}\n"},
      {"[{\"a\":1},{\"a\":2}]", "1 #1 {\"a\":1}\n1 #2 {\"a\":2}\n"},
      {"\n[\n  {\"a\":\n1},\n\n  {\"a\":2}\n]\n", "3 #1 {\"a\":\n1}\n6 #2 {\"a\":2}\n"},
      {"\xEF\xBB\xBF[{\"a\":1}]", "1 #1 {\"a\":1}\n"},
      {"[1, \"x\", null, [2]]", "1 #1 1\n1 #2 \"x\"\n1 #3 null\n1 #4 [2]\n"},
      // JSON Lines under the wrong name, and objects one after another.
      {"{\"a\":1}\n{\"a\":\n{\"a\":3}\n", "1 #1 {\"a\":1}\n2 #2 {\"a\":\n3 #3 {\"a\":3}\n"},
      {"{\n\"a\":1}{\"a\":2}\n\n{\"a\":3}", "1 #1 {\n\"a\":1}\n2 #2 {\"a\":2}\n4 #3 {\"a\":3}\n"},
      // An object that wraps articles.
      {"{\"status\":\"ok\",\n\"articles\":[{\"a\":1},\n{\"a\":2}]}", "2 #1 {\"a\":1}\n3 #2 {\"a\":2}\n"},
      {"{\"Docs\" : [ {\"a\":1} ], \"n\":1}", "1 #1 {\"a\":1}\n"},
      {"{\"text\":\"x\",\"items\":[{\"a\":1}]}", "1 #1 {\"text\":\"x\",\"items\":[{\"a\":1}]}\n"},
      {"{\"items\":[1]}", "1 #1 {\"items\":[1]}\n"},
      // Neither.
      {"  \n", "skip 0: is empty\n"},
      {"Hello", "skip 1: is neither a JSON array nor an object\n"},
      {"[{\"a\":1}]\n\nHello", "1 #1 {\"a\":1}\nskip 3: is neither a JSON array nor an object\n"},
  };
  for (const Case& c : cases) EXPECT_EQ(read("a.json", c.bytes, SourceFormat::kJson), c.seen) << c.bytes;
}

TEST_F(SourceFiles, OfJsonInUtf16AreDecodedFirst) {
  EXPECT_EQ(read("a.json", "\xFF\xFE" + utf16("[{\"a\":1}]"), SourceFormat::kJson), "1 #1 {\"a\":1}\n");
}

TEST_F(SourceFiles, OfJsonLoseNoOtherElementToABrokenOne) {
  struct Case {
    std::string_view bytes;
    std::string_view seen;
  };
  const Case cases[] = {
      {"[{\"a\":tru},{\"a\":2}]", "1 #1 {\"a\":tru}\n1 #2 {\"a\":2}\n"},
      {"[{\"a\" 1} {\"a\":2}]", "1 #1 {\"a\" 1}\n1 #2 {\"a\":2}\n"},
      {"[\n{\"a\":\"x},\n{\"a\":2}\n]", "2 #1 {\"a\":\"x},\n3 #2 {\"a\":2}\n"},
      {"[\n  {\"a\":{\"b\":1},\n  {\"a\":2}\n]", "2 #1 {\"a\":{\"b\":1},\n3 #2 {\"a\":2}\n"},
      {"[{\"a\":1},\n{\"a\":2", "1 #1 {\"a\":1}\n2 #2 {\"a\":2\n"},
      {"[{\"a\":1}},{\"a\":2}]", "1 #1 {\"a\":1}\n1 #2 }\n1 #3 {\"a\":2}\n"},
  };
  for (const Case& c : cases) EXPECT_EQ(read("a.json", c.bytes, SourceFormat::kJson), c.seen) << c.bytes;
}

TEST_F(SourceFiles, HostileJsonTakesLinearTime) {
  const std::string deep(2'000'000, '[');
  EXPECT_EQ(read("deep.json", deep, SourceFormat::kJson), "1 #1 " + deep.substr(1) + "\n");
  std::string unclosed = "[\n";
  for (int i = 0; i < 200'000; ++i) unclosed += "{\"a\":1,\n";
  EXPECT_FALSE(read("unclosed.json", unclosed, SourceFormat::kJson).empty());
  EXPECT_FALSE(read("quotes.json", "[" + std::string(2'000'000, '"'), SourceFormat::kJson).empty());
  EXPECT_EQ(read("commas.json", "[" + std::string(2'000'000, ','), SourceFormat::kJson), "");
}

}  // namespace
}  // namespace dateline
