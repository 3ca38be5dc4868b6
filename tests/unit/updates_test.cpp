// SPDX-License-Identifier: GPL-2.0-or-later
//
// Runs over runs: an index that was brought up to date must be the one that would have been made anew.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/segments.h"
#include "common/stories_table.h"
#include "indexer/updating/collection_facts.h"
#include "indexer/updating/index_check.h"
#include "indexer/updating/index_update.h"
#include "indexer/writing/segment_writer.h"
#include "query/searching/searcher.h"
#include "tests/unit/copies_support.h"
#include "tests/unit/support.h"

// Xapian 1.4.22 deletes some of what Database::check makes by a base class's size.
extern "C" const char* __asan_default_options() { return "new_delete_type_mismatch=0"; }

namespace dateline {
namespace {

namespace fs = std::filesystem;

class Updates : public testing::Test {
 protected:
  [[nodiscard]] fs::path news() const { return folder_ / "news"; }
  [[nodiscard]] fs::path index() const { return folder_ / "index"; }

  void SetUp() override { fs::create_directory(news()); }

  // Time stamps this young are not trusted; with these it is as if the files had long been there.
  static void make_old(const fs::path& file) {
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
  }

  [[nodiscard]] Result<IndexReport> run(
      IndexOptions options, const std::function<bool()>& is_stopped = [] { return false; }) const {
    options.names_model = names_model_file();
    if (options.database.empty()) options.database = index();
    Progress progress(false, 0);
    return update_index(options, progress, {is_stopped, false, {}});
  }

  // A run in as many passes as so little memory makes of it; how many is added to `passes`.
  [[nodiscard]] Result<IndexReport> run_in_passes(IndexOptions options, std::size_t& passes) const {
    options.names_model = names_model_file();
    options.memory = 320'000;
    UpdateHooks hooks;
    hooks.on_folder = [&](const std::string& folder) { passes += folder == options.sources.front() ? 1 : 0; };
    Progress progress(false, 0);
    return update_index(options, progress, hooks);
  }

  // The articles that a run over the folder of news adds, updates, removes and leaves as they are.
  [[nodiscard]] ChangeCounts update() const {
    IndexOptions options;
    options.sources = {news()};
    const Result<IndexReport> report = run(options);
    EXPECT_TRUE(report) << report.error().message;
    const Result<SegmentCounts> counts = check_index(index());
    EXPECT_TRUE(counts) << counts.error().message;
    return report ? report->articles : ChangeCounts{};
  }

  TemporaryFolder folder_;
};

const std::vector<std::string> kQueries{"kremlin cyber unit",
                                        "ferry fire",
                                        "\"working group\"",
                                        "\"follow us for the latest\"",
                                        "\"market street office\"",
                                        "secur*",
                                        "title:ferry",
                                        "date:2017-07",
                                        "outlet:meridian",
                                        "painting -stolen",
                                        "harbour NEAR/5 master",
                                        "the",
                                        "peskov said",
                                        "person:peskov",
                                        "place:moscow",
                                        "after:2017",
                                        "said",
                                        "putin trump",
                                        "person:lukash",
                                        "us",
                                        "u.s. group",
                                        "minister AND budget",
                                        "peskof",
                                        "mayor OR minister"};

// All that a query answers, as text; without scores in an order that does not depend on them.
std::string answer(Searcher& searcher, const std::string& query, bool with_scores) {
  SearchOptions options;
  options.limit = 500;
  // Which of two copies is met first is a matter of scores, and so is which words are added.
  if (!with_scores) options.grouping = Grouping::kNone;
  options.add_words = with_scores;
  const QueryNode parsed = parse_query(query);
  const SearchResult result = searcher.search(parsed, options);
  std::vector<std::string> hits;
  for (const Hit& hit : result.hits) {
    std::string line =
        fmt::format("{} {} {} {} {}-{} {} {}", hit.article.id, hit.article.path, hit.article.line, hit.ordinal,
                    hit.passage.span.begin, hit.passage.span.end, hit.passage.line, hit.text);
    for (const ByteSpan& span : hit.highlights) line += fmt::format(" {}-{}", span.begin, span.end);
    for (const auto& names : hit.names) line += fmt::format(" {}", names);
    if (with_scores) line += fmt::format(" {:.6f}", hit.score);
    hits.push_back(std::move(line));
  }
  if (!with_scores) std::sort(hits.begin(), hits.end());
  std::vector<std::string> names;
  for (const NameCount& name : searcher.count_names(parsed, options)) {
    names.push_back(fmt::format("{} {} {}", name.name, name.passages, name.articles));
  }
  return fmt::format("{} {}\n{}\n{}\n{}\n{}", result.total, result.total_is_exact,
                     result.suggestion ? result.suggestion->query : "", fmt::join(hits, "\n"),
                     fmt::join(result.notices, "\n"), fmt::join(names, "\n"));
}

// Calls on_article(number, the article as stored) for each that the index holds.
template <typename OnArticle>
void for_each_stored(const std::vector<Segment>& segments, const OnArticle& on_article) {
  for (const Segment& segment : segments) {
    for_each_article(segment, [&](ArticleNumber number) {
      on_article(number, *decode_article(segment.database.get_metadata(article_metadata_key(number))));
    });
  }
}

std::string place_of(const Article& article) { return fmt::format("{}:{}", article.path, article.line); }

// The names, quotes, passages and restored numbers of each article, by its place.
std::map<std::string, std::string> findings_in(const fs::path& index) {
  const Result<std::vector<Segment>> segments = open_segments(index);
  EXPECT_TRUE(segments);
  std::map<std::string, std::string> findings;
  for (const Segment& segment : *segments) {
    for_each_article(segment, [&](ArticleNumber number) {
      const AnalyzedArticle article = read_stored_article(segment, number);
      std::string& found = findings[place_of(article.article)];
      found = encode_found({article.names, article.quotes}) + '\n' + encode_restored(article.restored);
      for (const Passage& passage : article.passages) {
        found += fmt::format(" {}-{} {}", passage.span.begin, passage.span.end, passage.line);
      }
    });
  }
  return findings;
}

// The counts of names, which each update adds to and subtracts from.
std::string name_counts_in(const fs::path& index) {
  const Result<std::vector<Segment>> segments = open_segments(index);
  EXPECT_TRUE(segments);
  return read_name_counts(segments->back().database)->encode();
}

// The articles of each story, in its order, sorted by stories.
std::vector<std::vector<std::string>> stories_in(const fs::path& index) {
  const Result<std::vector<Segment>> segments = open_segments(index);
  EXPECT_TRUE(segments);
  std::map<ArticleNumber, std::string> ids;
  for_each_stored(*segments,
                  [&](ArticleNumber number, const StoredArticle& stored) { ids[number] = place_of(stored.head); });
  const StoriesTable table(segments->back().database);
  std::set<std::vector<std::string>> stories;
  for (const auto& [number, id] : ids) {
    std::vector<std::string> names;
    for (const ArticleNumber member : table.members(table.story_of(number))) {
      EXPECT_TRUE(ids.contains(member)) << "a story of " << id << " holds what is gone";
      names.push_back(ids[member]);
    }
    EXPECT_NE(std::find(names.begin(), names.end(), id), names.end());
    if (names.size() > 1) stories.insert(names);
  }
  EXPECT_EQ(table.counts().stories, stories.size());
  return {stories.begin(), stories.end()};
}

class InTenUpdates : public Updates, public testing::WithParamInterface<std::uint64_t> {};

TEST_P(InTenUpdates, TheSampleCollectionAnswersAsMadeAtOnce) {
  DATELINE_SEEDED(random);
  const std::uint64_t merge_below = GetParam();
  const fs::path corpus = fs::path(DATELINE_SOURCE_DIR) / "corpus" / "articles";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(corpus)) {
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), corpus));
  }
  std::sort(files.begin(), files.end());
  ASSERT_GE(files.size(), 50U);
  std::shuffle(files.begin(), files.end(), random);
  IndexOptions options;
  options.sources = {news()};
  options.merge_below = merge_below;
  std::size_t most_segments = 0;
  std::size_t removed = 0;
  for (std::size_t round = 0; round < 10; ++round) {
    for (std::size_t i = round; i < files.size(); i += 10) {
      fs::create_directories((news() / files[i]).parent_path());
      fs::copy_file(corpus / files[i], news() / files[i]);
    }
    for (std::size_t n = 0; n < 2 && round > 0; ++n) {
      fs::remove(news() / files[random() % round + 10 * (random() % 5)]);  // perhaps gone already
    }
    const Result<IndexReport> report = run(options);
    ASSERT_TRUE(report) << report.error().message;
    removed += report->articles.removed;
    const Result<SegmentCounts> counts = check_index(index());
    ASSERT_TRUE(counts) << "round " << round << ": " << counts.error().message;
    EXPECT_EQ(counts->articles, report->held);
    most_segments = std::max(most_segments, open_segments(index())->size());
  }
  EXPECT_GE(removed, 5U);
  if (merge_below == 0) {
    EXPECT_GE(most_segments, 3U);
  }
  IndexOptions anew = options;
  anew.database = folder_ / "anew";
  const Result<IndexReport> report = run(anew);
  ASSERT_TRUE(report);
  EXPECT_GE(report->held, 40U);
  Result<Searcher> one = Searcher::open({index()});
  Result<Searcher> other = Searcher::open({anew.database});
  ASSERT_TRUE(one && other);
  std::size_t found = 0;
  for (const std::string& query : kQueries) {
    const std::string wanted = answer(*other, query, merge_below > 0);
    EXPECT_EQ(answer(*one, query, merge_below > 0), wanted) << query;
    found += wanted.size() > 200 ? 1 : 0;
  }
  EXPECT_GE(found, 15U) << "queries that find something";
  const auto stories = stories_in(anew.database);
  EXPECT_GE(stories.size(), 5U);
  EXPECT_EQ(stories_in(index()), stories);
  EXPECT_EQ(findings_in(index()), findings_in(anew.database));
  EXPECT_EQ(name_counts_in(index()), name_counts_in(anew.database));
}

// What a line common to an outlet moves is removed from its segment and written again; the segment is merged as it is.
TEST_F(Updates, WhatWasRemovedStaysListedThroughMerges) {
  DATELINE_SEEDED(random);
  IndexOptions options;
  options.sources = {news()};
  options.merge_below = 0;
  const std::string footer = "\n\nSign up for the harbour letter\n";
  std::size_t count = 0;
  const auto add_articles = [&](std::size_t number, std::size_t with_footer) {
    for (std::size_t i = 0; i < number; ++i) {
      write_file(news() / fmt::format("{:03}.txt", count++),
                 made_up_text(random, 90) + (i < with_footer ? footer : "\n"));
    }
  };
  std::size_t listed = 0;
  const auto run_and_check = [&] {
    const Result<IndexReport> report = run(options);
    ASSERT_TRUE(report) << report.error().message;
    const Result<SegmentCounts> counts = check_index(index());
    ASSERT_TRUE(counts) << counts.error().message;
    const auto segments = open_segments(index());
    ASSERT_TRUE(segments);
    EXPECT_EQ(segments->size(), 2U) << "not merged";
    listed = segments->front().removed.ranges.size();
  };
  add_articles(30, 2);
  run_and_check();
  EXPECT_EQ(listed, 0U);
  add_articles(20, 1);  // the third with the line: it is the story of none of them
  run_and_check();
  EXPECT_EQ(listed, 2U);
  fs::remove(news() / "030.txt");
  add_articles(40, 0);
  run_and_check();
  EXPECT_EQ(listed, 5U) << "the two, the two again, and the one that is gone";
  add_articles(60, 0);
  run_and_check();
  EXPECT_EQ(listed, 5U);
  const std::vector<Segment> segments = *open_segments(index());
  std::set<ArticleNumber> held;
  for_each_article(segments.front(), [&](ArticleNumber number) { held.insert(number); });
  const std::string first = article_metadata_key(0).substr(0, article_metadata_key(0).size() - 6);
  std::size_t stored = 0;
  for (auto key = segments.front().database.metadata_keys_begin(first);
       key != segments.front().database.metadata_keys_end(first); ++key) {
    ++stored;
  }
  EXPECT_EQ(stored, held.size()) << "an article that is gone is still stored";
  options.database = folder_ / "anew";
  ASSERT_TRUE(run(options));
  EXPECT_EQ(findings_in(index()), findings_in(folder_ / "anew"));
  EXPECT_EQ(name_counts_in(index()), name_counts_in(folder_ / "anew"));
  Result<Searcher> one = Searcher::open({index()});
  Result<Searcher> other = Searcher::open({folder_ / "anew"});
  ASSERT_TRUE(one && other);
  for (const std::string query : {"harbour letter", "\"sign up for the harbour letter\"", "the"}) {
    EXPECT_EQ(answer(*one, query, false), answer(*other, query, false)) << query;
  }
}

TEST_P(InTenUpdates, PassesOfOneRunAnswerAsOne) {
  fs::copy(fs::path(DATELINE_SOURCE_DIR) / "corpus" / "articles", news(), fs::copy_options::recursive);
  IndexOptions options;
  options.sources = {news()};
  options.merge_below = GetParam();
  options.database = folder_ / "at-once";
  const Result<IndexReport> wanted = run(options);
  ASSERT_TRUE(wanted);
  options.database = index();
  for (const bool rebuilds : {false, true}) {
    std::size_t passes = 0;
    options.rebuild = rebuilds;
    const Result<IndexReport> report = run_in_passes(options, passes);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_GE(passes, 3U);
    EXPECT_TRUE(report->is_complete);
    EXPECT_EQ(report->articles.added, wanted->articles.added);
    EXPECT_EQ(report->articles.updated, 0U);
    EXPECT_EQ(report->articles.removed, rebuilds ? wanted->held : 0U);
    EXPECT_EQ(report->articles.unchanged, 0U);
    EXPECT_EQ(report->held, wanted->held);
    EXPECT_EQ(report->passages, wanted->passages);
    EXPECT_EQ(report->quotes, wanted->quotes);
    EXPECT_EQ(report->names, wanted->names);
    EXPECT_EQ(report->copies, wanted->copies);
    ASSERT_TRUE(check_index(index()));
    Result<Searcher> one = Searcher::open({index()});
    Result<Searcher> other = Searcher::open({folder_ / "at-once"});
    ASSERT_TRUE(one && other);
    for (const std::string& query : kQueries) {
      EXPECT_EQ(answer(*one, query, GetParam() > 0), answer(*other, query, GetParam() > 0)) << query;
    }
    EXPECT_EQ(stories_in(index()), stories_in(folder_ / "at-once"));
    EXPECT_EQ(findings_in(index()), findings_in(folder_ / "at-once"));
    EXPECT_EQ(name_counts_in(index()), name_counts_in(folder_ / "at-once"));
  }
  EXPECT_EQ(update().unchanged, wanted->held);
}

// Copies of all kinds come and go: whole, cut, with changes and additions, and so many that what they share passes from
// rare to common and back.
TEST_P(InTenUpdates, StoriesAreThoseOfAllArticlesAtOnce) {
  DATELINE_SEEDED(random);
  const std::string footer = made_up_text(random, 40);
  const std::string carried = made_up_text(random, 120);
  std::vector<std::string> lines;
  for (int story = 0; story < 60; ++story) {
    const std::string text = made_up_text(random, 60 + random() % 200);
    for (std::size_t n = random() % 5; n > 0; --n) {
      const std::size_t begin = random() % 3 == 0 ? random() % (text.size() / 2) : 0;
      const std::string cut = text.substr(begin) + made_up_text(random, random() % 60);
      lines.push_back(random() % 3 == 0 ? stripped(cut) : cut + "\n" + footer);
    }
  }
  for (int copy = 0; copy < 280; ++copy) lines.push_back(carried + made_up_text(random, 8 + random() % 8));
  std::vector<bool> is_there(lines.size(), false);
  IndexOptions options;
  options.sources = {news()};
  options.merge_below = GetParam();
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool most = round % 4 != 3;
      const bool turns = random() % (most ? 3 : 2) == 0;
      if (turns) is_there[i] = most;
    }
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (!is_there[i]) continue;
      std::string line = lines[i];
      std::replace(line.begin(), line.end(), '\n', ' ');
      text += fmt::format("{{\"id\":\"{}\",\"text\":\"{}\"}}\n", i, line);
    }
    write_file(news() / "all.jsonl", text);
    ASSERT_TRUE(run(options));
    IndexOptions anew = options;
    anew.database = folder_ / fmt::format("anew-{}", round);
    ASSERT_TRUE(run(anew));
    const auto stories = stories_in(anew.database);
    EXPECT_GE(stories.size(), 5U);
    EXPECT_EQ(stories_in(index()), stories) << "round " << round;
  }
}

constexpr std::string_view kStory =
    "The working group met in Hamburg on Monday, and the two presidents spoke of it for 75 minutes.\n\nDmitry Peskov, "
    "the "
    "Kremlin spokesman, was not sure of its use. “The group was discussed in all its detail,” he said. “Nothing of it "
    "was agreed.”\n\n“We shall see,” said Svetlana Lukash, who had been in the room from the first to the last.\n";

// A stripped copy and the texts that it can be repaired from come and go in every order.
TEST_P(InTenUpdates, StrippedCopiesAreRepairedFromWhatIsThere) {
  DATELINE_SEEDED(random);
  const std::string story(kStory);
  // The longer one is the better source; it quotes one sentence less, and somebody else.
  std::string longer = story + "\n“Nobody asked the ministers,” said Maria Sanchez, the mayor of the town.\n";
  longer.replace(longer.find("“We shall see,”"), std::string("“We shall see,”").size(), "We shall see,");
  const std::map<std::string, std::string> texts{
      {"stripped.txt", stripped(longer)},
      {"part.txt", stripped(story.substr(story.find("Dmitry")))},
      {"cased.txt", story},
      {"longer.txt", longer},
      {"other.txt", "The ferry sails again, said John Smith of the line.\n"}};
  IndexOptions options;
  options.sources = {news()};
  options.merge_below = GetParam();
  std::set<std::string> states;
  std::size_t repaired = 0;
  for (int round = 0; round < 16; ++round) {
    for (const auto& [name, text] : texts) {
      if (random() % 2 == 0) continue;
      if (fs::exists(news() / name)) {
        fs::remove(news() / name);
      } else {
        write_file(news() / name, text);
      }
    }
    ASSERT_TRUE(run(options));
    IndexOptions anew = options;
    anew.database = folder_ / fmt::format("anew-{}", round);
    ASSERT_TRUE(run(anew));
    ASSERT_TRUE(check_index(index()));
    const auto wanted = findings_in(anew.database);
    EXPECT_EQ(findings_in(index()), wanted) << "round " << round;
    EXPECT_EQ(name_counts_in(index()), name_counts_in(anew.database)) << "round " << round;
    const auto copy = wanted.find((news() / "stripped.txt").string() + ":1");
    if (copy == wanted.end()) continue;
    states.insert(copy->second);
    const bool has_source = fs::exists(news() / "cased.txt") || fs::exists(news() / "longer.txt");
    repaired += has_source ? 1 : 0;
  }
  EXPECT_EQ(states.size(), 3U) << "by itself, from the one and from the other";
  EXPECT_GE(repaired, 3U);
}

TEST_F(Updates, QuotesAndNumbersOfAStrippedCopyAreFound) {
  const auto found = [&](const std::string& query) {
    Result<Searcher> searcher = Searcher::open({index()});
    EXPECT_TRUE(searcher);
    SearchOptions options;
    options.grouping = Grouping::kNone;
    std::vector<std::string> files;
    for (const Hit& hit : searcher->search(parse_query(query), options).hits) {
      files.push_back(fs::path(hit.article.path).filename());
    }
    std::sort(files.begin(), files.end());
    return files;
  };
  const auto said = [&] {
    EXPECT_EQ(found("75"), found("said:peskov"));
    EXPECT_EQ(found("+75 +hamburg"), found("said:peskov"));
    return found("said:peskov");
  };
  std::string late = stripped(kStory);
  late.erase(late.find("dmitry peskov"), 13);
  write_file(news() / "stripped.txt", late);
  EXPECT_EQ(update(), (ChangeCounts{1, 0, 0, 0}));
  EXPECT_EQ(said(), (std::vector<std::string>{}));
  write_file(news() / "cased.txt", std::string(kStory));
  EXPECT_EQ(update(), (ChangeCounts{1, 0, 0, 1}));
  EXPECT_EQ(said(), (std::vector<std::string>{"cased.txt", "stripped.txt"}));
  fs::remove(news() / "cased.txt");
  EXPECT_EQ(update(), (ChangeCounts{0, 0, 1, 1}));
  EXPECT_EQ(said(), (std::vector<std::string>{}));
}

// Where segments are kept apart, what was removed counts in the frequencies of words until it is merged away.
INSTANTIATE_TEST_SUITE_P(Updates, InTenUpdates, testing::Values(0, 5000));

TEST_F(Updates, ReadOnlyWhatChanged) {
  for (const char* name : {"a", "b", "c"}) {
    write_file(news() / (std::string(name) + ".txt"), fmt::format("The {} harbour was quiet on Monday.\n", name));
  }
  EXPECT_EQ(update(), (ChangeCounts{3, 0, 0, 0}));
  EXPECT_EQ(update(), (ChangeCounts{0, 0, 0, 3}));
  make_old(news() / "a.txt");
  EXPECT_EQ(update(), (ChangeCounts{0, 0, 0, 3})) << "touched";
  const std::string quiet = read_file(news() / "b.txt");
  write_file(news() / "b.txt", "The b harbour was noisy on Monday.\n");
  EXPECT_EQ(update(), (ChangeCounts{0, 1, 0, 2}));
  fs::remove(news() / "c.txt");
  write_file(news() / "d.txt", "The d harbour was closed.\n");
  EXPECT_EQ(update(), (ChangeCounts{1, 0, 1, 2}));
  fs::rename(news() / "d.txt", news() / "e.txt");
  EXPECT_EQ(update(), (ChangeCounts{0, 1, 0, 2})) << "moved";
  write_file(news() / "b.txt", quiet);
  write_file(news() / "f.txt", quiet);
  EXPECT_EQ(update(), (ChangeCounts{1, 1, 0, 2})) << "a copy";
}

TEST_F(Updates, MissNoChangeThatTheStampDoesNotShow) {
  const fs::path file = news() / "a.txt";
  write_file(file, "The harbour was quiet on Monday.\n");
  EXPECT_EQ(update(), (ChangeCounts{1, 0, 0, 0}));
  // Again and again within one tick of the clock, of the same size.
  for (int i = 0; i < 20; ++i) {
    write_file(file, fmt::format("The harbour was quiet at {:02} hours.\n", i));
    EXPECT_EQ(update(), (ChangeCounts{0, 1, 0, 0})) << i;
  }
  // Nor one that was set back.
  const fs::file_time_type time = fs::last_write_time(file);
  write_file(file, "The harbour was quiet at no hours.\n");
  fs::last_write_time(file, time);
  EXPECT_EQ(update(), (ChangeCounts{0, 1, 0, 0}));
}

TEST_F(Updates, TakeJsonLinesOneByOne) {
  const auto line = [](int number, const std::string& text) {
    return fmt::format("{{\"id\":\"n-{}\",\"text\":\"{}\"}}\n", number, text);
  };
  std::string lines;
  for (int i = 0; i < 50; ++i) lines += line(i, fmt::format("Ship {} left the harbour.", i));
  write_file(news() / "log.jsonl", lines);
  EXPECT_EQ(update(), (ChangeCounts{50, 0, 0, 0}));
  write_file(news() / "log.jsonl", lines + line(50, "A last ship left."));
  EXPECT_EQ(update(), (ChangeCounts{1, 0, 0, 50}));
  lines.replace(lines.find("Ship 7 "), 7, "Boat 7 ");
  write_file(news() / "log.jsonl", lines);
  EXPECT_EQ(update(), (ChangeCounts{0, 1, 1, 49}));
  write_file(news() / "log.jsonl", lines + "no JSON\n");
  const ChangeCounts unchanged{0, 0, 0, 50};
  EXPECT_EQ(update(), unchanged);
  EXPECT_EQ(update(), unchanged);
}

// The second word of each article, by its id.
std::map<std::string, std::string> ships_in(const fs::path& index) {
  std::map<std::string, std::string> ships;
  const Result<std::vector<Segment>> segments = open_segments(index);
  EXPECT_TRUE(segments);
  for (const Segment& segment : *segments) {
    const Xapian::Database& database = segment.database;
    for (auto value = database.valuestream_begin(kSlotPassage); value != database.valuestream_end(kSlotPassage);
         ++value) {
      const Result<PassageKey> key = decode_passage_key(*value);
      if (key->ordinal > 0 || segment.removed.hold(value.get_docid())) continue;
      const Result<AnalyzedArticle> stored =
          restore_article(database.get_metadata(article_metadata_key(key->article)), {});
      EXPECT_TRUE(stored);
      const std::string& text = stored->article.text;
      ships[stored->article.id] = text.substr(4, text.find(' ', 4) - 4);
    }
  }
  return ships;
}

TEST_F(Updates, GoOnFromWhereverTheyWereStopped) {
  DATELINE_SEEDED(random);
  const auto line = [&](int number, const std::string& ship) {
    std::string text;
    while (text.size() < 90'000) text += fmt::format("The {} brought {} tons. ", ship, random());
    return fmt::format("{{\"id\":\"n-{}\",\"text\":\"{}\"}}\n", number, text);
  };
  std::string lines;
  std::string changed = "\n\n\n";  // the lines that are left stand elsewhere than the new ones say
  for (int i = 0; i < 20; ++i) {
    lines += line(i, "barge");
    if (i != 19) changed += line(i, i % 5 == 1 ? "trawler" : "barge");
  }
  write_file(news() / "a.txt", "The barge was quiet on Monday.\n");
  write_file(news() / "b.jsonl", lines);
  write_file(news() / "c.txt", "The barge was noisy on Monday.\n");
  EXPECT_EQ(update(), (ChangeCounts{22, 0, 0, 0}));
  fs::rename(index(), folder_ / "old");
  write_file(news() / "a.txt", "The trawler was quiet on Monday.\n");
  write_file(news() / "b.jsonl", changed);
  IndexOptions options;
  options.sources = {news()};
  std::map<std::string, std::string> wanted{{news() / "a.txt", "trawler"}, {news() / "c.txt", "barge"}};
  for (int i = 0; i < 20; ++i) {
    if (i != 19) wanted[fmt::format("n-{}", i)] = i % 5 == 1 ? "trawler" : "barge";
  }
  std::set<std::size_t> parts;  // how many articles were new where a run stopped
  bool is_complete = false;
  const auto stop_after = [&](int last) {
    fs::remove_all(index());
    fs::copy(folder_ / "old", index(), fs::copy_options::recursive);
    std::atomic<int> asked = 0;
    const Result<IndexReport> report = run(options, [&] { return asked++ >= last; });
    ASSERT_TRUE(report) << report.error().message;
    is_complete = report->is_complete;
    ASSERT_TRUE(check_index(index())) << "stopped at " << last;
    if (!is_complete) {
      EXPECT_EQ(report->articles.removed, 0U) << "stopped at " << last;
      EXPECT_EQ(report->held, 22U) << "stopped at " << last;
      parts.insert(report->articles.updated);
    }
    ASSERT_TRUE(run(options)) << "stopped at " << last;
    EXPECT_EQ(ships_in(index()), wanted) << "stopped at " << last;
  };
  int last = 0;
  for (; !is_complete && !HasFatalFailure(); last += 1 + last / 16) stop_after(last);
  // How much the threads have found by then is chance: a part of it now and then.
  for (int i = 0; i < 100 && parts.size() < 3 && !HasFatalFailure(); ++i) stop_after(last / 2 + i % (last / 2));
  EXPECT_GE(parts.size(), 3U) << fmt::format("{}", parts);
}

TEST_F(Updates, ReportWhatIsStillSkipped) {
  write_file(news() / "a.jsonl", "{\"text\":\"Ships left.\"}\nno JSON\n");
  write_file(news() / "b.txt", "");
  IndexOptions options;
  options.sources = {news(), folder_ / "nowhere"};
  for (int i = 0; i < 3; ++i) {
    make_old(news() / "a.jsonl");
    const Result<IndexReport> report = run(options);
    ASSERT_TRUE(report);
    ASSERT_EQ(report->skipped.size(), 3U) << "run " << i;
    EXPECT_EQ(report->skipped[0].path, (news() / "a.jsonl").string());
    EXPECT_EQ(report->skipped[0].line, 2U);
    EXPECT_EQ(report->skipped[1].path, (news() / "b.txt").string());
    EXPECT_EQ(report->skipped[2].path, (folder_ / "nowhere").string());
  }
}

// Of what gives no article, however much it is, a pass does not tire.
TEST_F(Updates, PassOverWhatIsBroken) {
  std::string lines;
  for (int i = 0; i < 100; ++i) {
    lines += fmt::format("{{\"id\":\"n-{}\",\"text\":\"The barge {} was quiet.\"}}\n", i, i);
    lines += std::string(5000, '?') + '\n';
  }
  write_file(news() / "a.jsonl", lines);
  IndexOptions options;
  options.sources = {news()};
  options.database = index();
  std::size_t passes = 0;
  const Result<IndexReport> report = run_in_passes(options, passes);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GE(passes, 5U);
  EXPECT_EQ(report->articles, (ChangeCounts{100, 0, 0, 0}));
  EXPECT_EQ(report->skipped.size(), 100U);
  ASSERT_TRUE(check_index(index()));
}

TEST_F(Updates, ReadWhatMemoryDidNotAllowOnceItDoes) {
  const std::string text = "The barge was quiet on Monday. ";
  write_file(news() / "a.txt", text + text);
  write_file(news() / "b.jsonl", fmt::format("{{\"text\":\"{}\"}}\n{{\"text\":\"{}{}\"}}\n", text, text, text));
  write_file(news() / "c.txt", text);
  for (const char* name : {"a.txt", "b.jsonl", "c.txt"}) make_old(news() / name);
  IndexOptions options;
  options.sources = {news()};
  options.limits.article_bytes = 60;
  for (int i = 0; i < 2; ++i) {
    const Result<IndexReport> report = run(options);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->skipped.size(), 2U) << "run " << i;
    EXPECT_EQ(report->held, 2U) << "run " << i;
    EXPECT_EQ(report->articles.unchanged, i == 0 ? 0U : 2U);
  }
  EXPECT_EQ(update(), (ChangeCounts{2, 0, 0, 2}));
}

TEST_F(Updates, KeepSourcesApart) {
  for (const char* name : {"a", "ab", "b"}) {
    fs::create_directory(folder_ / name);
    write_file(folder_ / name / "one.txt", fmt::format("The {} harbour was quiet.\n", name));
    write_file(folder_ / name / "two.txt", fmt::format("The {} harbour was noisy.\n", name));
  }
  const auto over = [&](const std::vector<std::string>& sources, const std::vector<std::string>& forget = {}) {
    IndexOptions options;
    for (const std::string& source : sources) options.sources.push_back(folder_ / source);
    for (const std::string& source : forget) options.forget.push_back(folder_ / source);
    const Result<IndexReport> report = run(options);
    EXPECT_TRUE(report) << report.error().message;
    return std::pair(report->articles, report->held);
  };
  EXPECT_EQ(over({"a"}), std::pair(ChangeCounts{2, 0, 0, 0}, std::uint64_t{2}));
  EXPECT_EQ(over({"ab", "b"}), std::pair(ChangeCounts{4, 0, 0, 0}, std::uint64_t{6}));
  fs::remove(folder_ / "a" / "one.txt");
  fs::remove(folder_ / "b" / "one.txt");
  EXPECT_EQ(over({"b"}), std::pair(ChangeCounts{0, 0, 1, 1}, std::uint64_t{5}));
  EXPECT_EQ(over({"a/"}), std::pair(ChangeCounts{0, 0, 1, 1}, std::uint64_t{4}));
  EXPECT_EQ(over({"b/two.txt"}), std::pair(ChangeCounts{0, 0, 0, 1}, std::uint64_t{4})) << "a part of a source";
  EXPECT_EQ(over({}, {"a"}), std::pair(ChangeCounts{0, 0, 1, 0}, std::uint64_t{3}));
  EXPECT_EQ(over({"a"}, {"b"}), std::pair(ChangeCounts{1, 0, 1, 0}, std::uint64_t{3}));
  fs::rename(folder_ / "ab", folder_ / "gone");
  EXPECT_EQ(over({"ab"}), std::pair(ChangeCounts{0, 0, 0, 0}, std::uint64_t{3})) << "a folder that cannot be opened";
  EXPECT_EQ(over({"a", "ab"}, {"ab"}), std::pair(ChangeCounts{0, 0, 2, 1}, std::uint64_t{1}));
}

TEST_F(Updates, ReadAgainWhatOtherOptionsWouldReadOtherwise) {
  write_file(news() / "a.jsonl", "{\"text\":\"Ships left.\",\"story\":\"Boats came.\"}\n");
  EXPECT_EQ(update(), (ChangeCounts{1, 0, 0, 0}));
  IndexOptions options;
  options.sources = {news()};
  options.fields["text"] = "story";
  const Result<IndexReport> report = run(options);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->articles, (ChangeCounts{0, 1, 0, 0}));
  Result<Searcher> searcher = Searcher::open({index()});
  ASSERT_TRUE(searcher);
  EXPECT_EQ(searcher->search(parse_query("boats"), {}).hits.size(), 1U);
  EXPECT_EQ(searcher->search(parse_query("ships"), {}).hits.size(), 0U);
}

}  // namespace
}  // namespace dateline
