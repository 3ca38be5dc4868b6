// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/schema.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <new>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/unit/support.h"

namespace {

std::atomic<std::size_t> largest_allocation{0};

}  // namespace

// A damaged record must not take memory by the gigabyte: the largest block asked for is watched. (Not inlined, or g++
// 12 sees a free() of what its own new gave.)
[[gnu::noinline]] void* operator new(std::size_t size) {
  std::size_t known = largest_allocation.load();
  while (size > known && !largest_allocation.compare_exchange_weak(known, size)) {
  }
  if (void* block = std::malloc(size)) return block;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* block) noexcept { std::free(block); }
[[gnu::noinline]] void operator delete(void* block, std::size_t) noexcept { std::free(block); }

namespace dateline {
namespace {

constexpr std::size_t kHugeBytes = std::size_t{64} << 20;

std::string random_bytes(std::mt19937_64& random, std::size_t size) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

std::string random_fact(std::mt19937_64& random) {
  switch (random() % 6) {
    case 0:
      return "";
    case 1:
      return random_bytes(random, random() % 400);
    default:
      return random_bytes(random, random() % 20);
  }
}

struct Record {
  Article article;
  std::vector<Passage> passages;
  ArticleNames names;
  std::vector<Quote> quotes;
  std::vector<Boilerplate> boilerplate;
};

std::string encode(const Record& record) {
  return encode_article(record.article, record.passages, record.names, record.quotes, record.boilerplate);
}

ByteSpan random_span(std::mt19937_64& random, std::uint32_t from, std::uint32_t to) {
  const auto begin = static_cast<std::uint32_t>(from + random() % (to - from + 1));
  return {begin, static_cast<std::uint32_t>(begin + random() % (to - begin + 1))};
}

Record random_record(std::mt19937_64& random) {
  Record record;
  Article& article = record.article;
  for (std::string* fact : {&article.id, &article.path, &article.title, &article.byline, &article.outlet,
                            &article.dateline, &article.date, &article.language}) {
    *fact = random_fact(random);
  }
  article.line = random() >> random() % 64;
  static constexpr std::string_view kWords[] = {"kremlin ", "cyber ", "unit\n", "Песков ", "中国", "\n\n"};
  for (auto count = random() % 300; count > 0; --count) article.text += kWords[random() % std::size(kWords)];
  const auto size = static_cast<std::uint32_t>(article.text.size());
  article.title_span = random_span(random, 0, size);
  std::uint32_t line = 0;
  for (std::uint32_t end = 0; record.passages.size() < 40 && random() % 8 != 0;) {
    const ByteSpan span = random_span(random, end, size);
    line += static_cast<std::uint32_t>(random() % 5);
    record.passages.push_back({span, line});
    end = span.end;
  }
  for (auto count = random() % 8; count > 0; --count) {
    ArticleName name{
        static_cast<NameKind>(random() % kNameKinds), random_fact(random), static_cast<Gender>(random() % 3), {}};
    for (auto roles = random() % 4; roles > 0; --roles) name.roles.push_back(random_fact(random));
    record.names.names.push_back(std::move(name));
  }
  const std::size_t names = record.names.names.size();
  for (std::uint32_t end = 0; names > 0 && record.names.mentions.size() < 40 && random() % 8 != 0;) {
    const ByteSpan span = random_span(random, end, size);
    record.names.mentions.push_back({span, static_cast<std::uint32_t>(random() % names), random() % 4 == 0});
    end = span.end;
  }
  for (std::uint32_t begin = 0; record.quotes.size() < 40 && random() % 8 != 0;) {
    Quote quote;
    quote.span = random_span(random, begin, size);
    begin = quote.span.begin;
    for (ByteSpan* span : {&quote.speaker, &quote.cue}) {
      *span = random_span(random, 0, size);
      if (span->empty()) *span = {};
    }
    if (names > 0 && random() % 4 != 0) quote.name = static_cast<std::uint32_t>(random() % names);
    quote.kind = static_cast<QuoteKind>(random() % 3);
    quote.rule = static_cast<SpeakerRule>(random() % (static_cast<unsigned>(kLastSpeakerRule) + 1));
    quote.confidence = static_cast<Confidence>(random() % 2);
    record.quotes.push_back(quote);
  }
  for (std::uint32_t end = 0; record.boilerplate.size() < 40 && random() % 4 != 0;) {
    const ByteSpan span = random_span(random, end, size);
    const auto reason = random() % (static_cast<unsigned>(kLastBoilerplateReason) + 1);
    record.boilerplate.push_back({span, static_cast<BoilerplateReason>(reason)});
    end = span.end;
  }
  return record;
}

auto facts_of(const Article& article) {
  return std::tie(article.id, article.path, article.line, article.title, article.title_span.begin,
                  article.title_span.end, article.byline, article.outlet, article.dateline, article.date,
                  article.language);
}

std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> facts_of(const std::vector<Passage>& passages) {
  std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> facts;
  for (const Passage& passage : passages) facts.emplace_back(passage.span.begin, passage.span.end, passage.line);
  return facts;
}

auto facts_of(const ArticleName& name) { return std::tie(name.kind, name.name, name.gender, name.roles); }

void expect_same(const ArticleNames& found, const ArticleNames& wanted) {
  ASSERT_EQ(found.names.size(), wanted.names.size());
  for (std::size_t i = 0; i < wanted.names.size(); ++i) {
    EXPECT_EQ(facts_of(found.names[i]), facts_of(wanted.names[i])) << i;
  }
  ASSERT_EQ(found.mentions.size(), wanted.mentions.size());
  for (std::size_t i = 0; i < wanted.mentions.size(); ++i) {
    EXPECT_EQ(found.mentions[i].span, wanted.mentions[i].span) << i;
    EXPECT_EQ(found.mentions[i].name, wanted.mentions[i].name) << i;
    EXPECT_EQ(found.mentions[i].by_role, wanted.mentions[i].by_role) << i;
  }
}

auto facts_of(const Quote& quote) {
  return std::tie(quote.span.begin, quote.span.end, quote.speaker.begin, quote.speaker.end, quote.cue.begin,
                  quote.cue.end, quote.name, quote.kind, quote.rule, quote.confidence);
}

void expect_same(const std::vector<Quote>& found, const std::vector<Quote>& wanted) {
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_EQ(facts_of(found[i]), facts_of(wanted[i])) << i;
}

// An article of a few passages, of ordinary news.
Record sample_record() {
  Record record;
  Article& article = record.article;
  article.id = "https://example.com/2017/07/10/kremlin";
  article.path = "news/kremlin.txt";
  article.title = "Kremlin says";
  article.title_span = {0, 12};
  article.outlet = "Meridian";
  article.date = "2017-07-10";
  article.language = "en";
  article.text = "Kremlin says\n\n";
  for (std::uint32_t i = 0; i < 5; ++i) {
    const auto begin = static_cast<std::uint32_t>(article.text.size());
    article.text += "Passage " + std::to_string(i) + ": a Russian-U.S. group on cyber security was talked about.";
    record.passages.push_back({{begin, static_cast<std::uint32_t>(article.text.size())}, 3 + 2 * i});
    article.text += "\n\n";
  }
  record.names.names = {
      {NameKind::kOrganization, "Kremlin", Gender::kUnknown, {}},
      {NameKind::kPerson, "Dmitry Peskov", Gender::kMale, {"Kremlin spokesman", "aide"}},
      {NameKind::kPlace, "U.S.", Gender::kUnknown, {}},
  };
  record.names.mentions = {{{0, 7}, 0, false}, {{14, 22}, 1, true}, {{36, 40}, 2, false}, {{90, 100}, 1, false}};
  Quote quote{{40, 70}, {14, 22}, {23, 27}, 1, QuoteKind::kDirect, SpeakerRule::kBefore, Confidence::kHigh};
  record.quotes.push_back(quote);
  quote = {{50, 60}, {62, 65}, {}, kNobody, QuoteKind::kMixed, SpeakerRule::kNone, Confidence::kMedium};
  record.quotes.push_back(quote);
  record.boilerplate = {{{80, 90}, BoilerplateReason::kRepeatedLine}, {{90, 95}, BoilerplateReason::kTimeCode}};
  return record;
}

// What a reader may rely on, whatever the bytes were.
void check_decoded(const StoredArticle& stored) {
  EXPECT_LE(stored.head.title_span.begin, stored.head.title_span.end);
  EXPECT_LE(stored.head.title_span.end, stored.text_bytes);
  std::uint32_t end = 0;
  for (const Passage& passage : stored.passages) {
    EXPECT_LE(end, passage.span.begin);
    EXPECT_LE(passage.span.begin, passage.span.end);
    end = passage.span.end;
  }
  EXPECT_LE(end, stored.text_bytes);
  for (const ArticleName& name : stored.names.names) {
    EXPECT_LT(static_cast<std::size_t>(name.kind), kNameKinds);
    EXPECT_LE(name.gender, Gender::kFemale);
  }
  end = 0;
  for (const Mention& mention : stored.names.mentions) {
    EXPECT_LE(end, mention.span.begin);
    EXPECT_LE(mention.span.begin, mention.span.end);
    EXPECT_LT(mention.name, stored.names.names.size());
    end = mention.span.end;
  }
  EXPECT_LE(end, stored.text_bytes);
  end = 0;
  for (const Boilerplate& one : stored.boilerplate) {
    EXPECT_LE(end, one.span.begin);
    EXPECT_LE(one.span.begin, one.span.end);
    EXPECT_LE(one.reason, kLastBoilerplateReason);
    end = one.span.end;
  }
  EXPECT_LE(end, stored.text_bytes);
  std::uint32_t begin = 0;
  for (const Quote& quote : stored.quotes) {
    EXPECT_LE(begin, quote.span.begin);
    for (const ByteSpan& span : {quote.span, quote.speaker, quote.cue}) {
      EXPECT_LE(span.begin, span.end);
      EXPECT_LE(span.end, stored.text_bytes);
    }
    EXPECT_TRUE(quote.name == kNobody || quote.name < stored.names.names.size());
    EXPECT_LE(quote.kind, QuoteKind::kIndirect);
    EXPECT_LE(quote.rule, kLastSpeakerRule);
    begin = quote.span.begin;
  }
  const Result<std::string> text = decompress_text(stored);
  if (text) {
    EXPECT_EQ(text->size(), stored.text_bytes);
  } else {
    EXPECT_EQ(text.error().code, ErrorCode::kIndex);
  }
}

TEST(EncodeArticle, KeepsEveryFactOfRandomArticles) {
  DATELINE_SEEDED(random);
  for (int round = 0; round < 2'000 && !testing::Test::HasFailure(); ++round) {
    const Record record = random_record(random);
    const Result<StoredArticle> stored = decode_article(encode(record));
    ASSERT_TRUE(stored) << stored.error().message;
    EXPECT_EQ(facts_of(stored->head), facts_of(record.article));
    EXPECT_EQ(stored->head.text, "");
    EXPECT_EQ(facts_of(stored->passages), facts_of(record.passages));
    expect_same(stored->names, record.names);
    expect_same(stored->quotes, record.quotes);
    EXPECT_EQ(stored->boilerplate, record.boilerplate);
    EXPECT_EQ(stored->text_bytes, record.article.text.size());
    const Result<std::string> text = decompress_text(*stored);
    ASSERT_TRUE(text) << text.error().message;
    EXPECT_EQ(*text, record.article.text);
  }
}

TEST(EncodeArticle, KeepsAMegabyteOfText) {
  Record record = sample_record();
  record.article.text.resize(20 << 20, 'x');
  const Result<StoredArticle> stored = decode_article(encode(record));
  ASSERT_TRUE(stored);
  const Result<std::string> text = decompress_text(*stored);
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, record.article.text);
}

TEST(DecodeArticle, RefusesEveryTruncation) {
  const Record record = sample_record();
  const std::string bytes = encode(record);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    // A copy of its own, so that a sanitizer sees a read behind the end.
    const std::vector<char> part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    const Result<StoredArticle> stored = decode_article({part.data(), part.size()});
    if (stored) {
      EXPECT_FALSE(decompress_text(*stored)) << size << " of " << bytes.size() << " bytes";
    } else {
      EXPECT_EQ(stored.error().code, ErrorCode::kIndex);
    }
  }
}

TEST(DecodeArticle, BearsOverwrittenBytes) {
  DATELINE_SEEDED(random);
  const Record sample = sample_record();
  largest_allocation = 0;
  for (int round = 0; round < 2'000 && !testing::Test::HasFailure(); ++round) {
    const Record record = round % 2 == 0 ? sample : random_record(random);
    std::string bytes = encode(record);
    for (auto flips = random() % 3 + 1; flips > 0; --flips) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const Result<StoredArticle> stored = decode_article(bytes);
    if (stored) {
      check_decoded(*stored);
    } else {
      EXPECT_EQ(stored.error().code, ErrorCode::kIndex);
    }
  }
  EXPECT_LT(largest_allocation.load(), kHugeBytes);
}

TEST(DecodeArticle, BearsRandomBytes) {
  DATELINE_SEEDED(random);
  largest_allocation = 0;
  for (int round = 0; round < 20'000 && !testing::Test::HasFailure(); ++round) {
    std::string bytes = random_bytes(random, random() % 200);
    // Small numbers lead further in.
    for (char& byte : bytes) byte = random() % 4 == 0 ? byte : static_cast<char>(byte & 3);
    if (const Result<StoredArticle> stored = decode_article(bytes)) check_decoded(*stored);
  }
  EXPECT_LT(largest_allocation.load(), kHugeBytes);
}

TEST(DecodeArticle, RefusesSpansThatDoNotFit) {
  constexpr std::uint32_t kMax = UINT32_MAX;
  struct Case {
    const char* what;
    ByteSpan title;
    std::vector<Passage> passages;
  };
  const std::vector<Case> cases{
      {"title behind the end", {0, 101}, {}},
      {"title ends before it begins", {20, 10}, {}},
      {"title wraps", {kMax - 5, 10}, {}},
      {"passage behind the end", {0, 0}, {{{0, 101}, 1}}},
      {"passage ends before it begins", {0, 0}, {{{20, 10}, 1}}},
      {"passage wraps", {0, 0}, {{{kMax - 5, 10}, 1}}},
      {"passages overlap", {0, 0}, {{{0, 50}, 1}, {{40, 60}, 1}}},
      {"passages out of order", {0, 0}, {{{50, 60}, 1}, {{10, 20}, 1}}},
      {"one passage behind the end, the next inside", {0, 0}, {{{200, 300}, 1}, {{10, 20}, 1}}},
  };
  Article article;
  article.text = std::string(100, 'x');
  for (const Case& one : cases) {
    article.title_span = one.title;
    EXPECT_FALSE(decode_article(encode_article(article, one.passages, {}, {}))) << one.what;
  }
  article.title_span = {0, 100};
  EXPECT_TRUE(decode_article(encode_article(article, {{{0, 0}, 0}, {{0, 100}, 1}, {{100, 100}, 1}}, {}, {})));
}

TEST(DecodeArticle, RefusesMorePassagesThanBytes) {
  Article article;
  article.text = "x";
  std::string bytes = encode_article(article, {}, {}, {});
  // Eight empty facts, then a line of 1, title begin and size, and the numbers of passages, names, mentions, quotes,
  // pieces of boilerplate and bytes.
  ASSERT_EQ(bytes.substr(0, 17), std::string("\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\1", 17));
  for (const std::string_view count : {"\x7f", "\xff\xff\xff\xff\x0f", "\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
                                       "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"}) {
    largest_allocation = 0;
    EXPECT_FALSE(decode_article(bytes.substr(0, 11) + std::string(count) + bytes.substr(12)));
    EXPECT_LT(largest_allocation.load(), kHugeBytes);
  }
}

TEST(DecodeArticle, RefusesMoreNamesAndMentionsThanBytes) {
  Article article;
  article.text = "x";
  const ArticleNames one{{{NameKind::kPerson, "", Gender::kUnknown, {}}}, {{{0, 1}, 0, false}}};
  const std::string bytes = encode_article(article, {}, one, {});
  // Behind the twelve numbers of an empty head: one name (its kind, no letters, no roles), one mention (0, 1 << 1, 0).
  ASSERT_EQ(bytes.substr(12, 11), std::string("\1\0\0\0\1\0\2\0\0\0\1", 11));
  ASSERT_TRUE(decode_article(bytes));
  for (const std::size_t count_at : {12, 15, 16}) {  // names, roles, mentions
    for (const std::string_view count : {"\x7f", "\xff\xff\xff\xff\x0f", "\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
                                         "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"}) {
      largest_allocation = 0;
      EXPECT_FALSE(decode_article(bytes.substr(0, count_at) + std::string(count) + bytes.substr(count_at + 1)))
          << count_at;
      EXPECT_LT(largest_allocation.load(), kHugeBytes);
    }
  }
}

TEST(DecodeArticle, RefusesNamesThatAreNone) {
  constexpr std::uint32_t kMax = UINT32_MAX;
  struct Case {
    const char* what;
    ArticleName name;
    std::vector<Mention> mentions;
  };
  const ArticleName good{NameKind::kPlace, "Hamburg", Gender::kUnknown, {}};
  const std::vector<Case> cases{
      {"another kind", {static_cast<NameKind>(3), "x", Gender::kUnknown, {}}, {}},
      {"another kind", {static_cast<NameKind>(63), "x", Gender::kUnknown, {}}, {}},
      {"another gender", {NameKind::kPerson, "x", static_cast<Gender>(3), {}}, {}},
      {"mention of no name", good, {{{0, 5}, 1, false}}},
      {"mention of no name", good, {{{0, 5}, kMax, false}}},
      {"mention behind the end", good, {{{0, 101}, 0, false}}},
      {"mention ends before it begins", good, {{{20, 10}, 0, false}}},
      {"mention wraps", good, {{{kMax - 5, 10}, 0, false}}},
      {"mentions overlap", good, {{{0, 50}, 0, false}, {{40, 60}, 0, false}}},
      {"mentions out of order", good, {{{50, 60}, 0, false}, {{10, 20}, 0, false}}},
      {"one mention behind the end, the next inside", good, {{{200, 300}, 0, false}, {{10, 20}, 0, false}}},
  };
  Article article;
  article.text = std::string(100, 'x');
  for (const Case& one : cases) {
    EXPECT_FALSE(decode_article(encode_article(article, {}, {{one.name}, one.mentions}, {}))) << one.what;
  }
  EXPECT_TRUE(decode_article(encode_article(article, {}, {{good}, {{{0, 0}, 0, true}, {{0, 100}, 0, false}}}, {})));
  // Names without a mention, and what no passage holds, are the writer's affair.
  EXPECT_TRUE(decode_article(encode_article(article, {}, {{good, good}, {}}, {})));
}

TEST(DecodeArticle, RefusesMoreQuotesThanBytes) {
  Article article;
  article.text = "x";
  Quote quote;
  quote.span = {0, 1};
  const std::string bytes = encode_article(article, {}, {}, {quote});
  // Behind the fourteen numbers of an empty head and no names: one quote (0, 1, no facts, nobody, no mention, no cue).
  ASSERT_EQ(bytes.substr(14, 7), std::string("\1\0\1\0\0\0\0", 7));
  ASSERT_TRUE(decode_article(bytes));
  for (const std::string_view count : {"\x7f", "\xff\xff\xff\xff\x0f", "\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
                                       "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"}) {
    largest_allocation = 0;
    EXPECT_FALSE(decode_article(bytes.substr(0, 14) + std::string(count) + bytes.substr(15)));
    EXPECT_LT(largest_allocation.load(), kHugeBytes);
  }
}

TEST(DecodeArticle, RefusesQuotesThatAreNone) {
  constexpr std::uint32_t kMax = UINT32_MAX;
  const Quote good{{10, 20}, {0, 5}, {20, 25}, 0, QuoteKind::kMixed, SpeakerRule::kAfter, Confidence::kHigh};
  Article article;
  article.text = std::string(100, 'x');
  const ArticleNames names{{{NameKind::kPerson, "Peskov", Gender::kMale, {}}}, {}};
  const auto accepts = [&](const std::vector<Quote>& quotes) {
    return static_cast<bool>(decode_article(encode_article(article, {}, names, quotes)));
  };
  EXPECT_TRUE(accepts({good, good}));
  Quote nested = good;
  nested.span = {12, 14};
  EXPECT_TRUE(accepts({good, nested}));
  EXPECT_FALSE(accepts({nested, good})) << "out of order";
  const auto refuses = [&](const char* what, const auto& change) {
    Quote quote = good;
    change(quote);
    EXPECT_FALSE(accepts({quote})) << what;
    EXPECT_FALSE(accepts({good, quote, good})) << what;
  };
  refuses("behind the end", [](Quote& quote) { quote.span = {10, 101}; });
  refuses("ends before it begins", [](Quote& quote) { quote.span = {20, 10}; });
  refuses("wraps", [&](Quote& quote) { quote.span = {kMax - 5, 10}; });
  refuses("speaker behind the end", [](Quote& quote) { quote.speaker = {90, 101}; });
  refuses("speaker ends before they begin", [](Quote& quote) { quote.speaker = {20, 10}; });
  refuses("speaker wraps", [&](Quote& quote) { quote.speaker = {kMax - 5, 10}; });
  refuses("cue behind the end", [](Quote& quote) { quote.cue = {100, 101}; });
  refuses("another's name", [](Quote& quote) { quote.name = 1; });
  refuses("another kind", [](Quote& quote) { quote.kind = static_cast<QuoteKind>(3); });
  refuses("another rule",
          [](Quote& quote) { quote.rule = static_cast<SpeakerRule>(static_cast<int>(kLastSpeakerRule) + 1); });
}

TEST(EncodeFound, KeepsNamesAndQuotesOfRandomArticles) {
  DATELINE_SEEDED(random);
  for (int round = 0; round < 1'000 && !testing::Test::HasFailure(); ++round) {
    const Record record = random_record(random);
    const auto size = static_cast<std::uint32_t>(record.article.text.size());
    const Result<NamesAndQuotes> found = decode_found(encode_found({record.names, record.quotes}), size);
    ASSERT_TRUE(found) << found.error().message;
    expect_same(found->names, record.names);
    expect_same(found->quotes, record.quotes);
  }
}

TEST(DecodeFound, RefusesEveryTruncationAndWhatDoesNotFit) {
  const Record record = sample_record();
  const auto size = static_cast<std::uint32_t>(record.article.text.size());
  const std::string bytes = encode_found({record.names, record.quotes});
  ASSERT_TRUE(decode_found(bytes, size));
  for (std::size_t end = 0; end < bytes.size(); ++end) EXPECT_FALSE(decode_found(bytes.substr(0, end), size)) << end;
  EXPECT_FALSE(decode_found(bytes + '\0', size));
  EXPECT_TRUE(decode_found(bytes, 100)) << "where the last mention ends";
  EXPECT_FALSE(decode_found(bytes, 99));
  EXPECT_FALSE(decode_found(encode_found({record.names, {}}), 99));
  EXPECT_FALSE(decode_found(encode_found({{record.names.names, {}}, record.quotes}), 69));
}

TEST(EncodeRestored, KeepsNumbersAndRefusesWhatDoesNotFit) {
  const std::vector<RestoredNumber> numbers{{0, "40"}, {17, "1000"}, {17, "$1000"}, {90'000, "4.2m"}};
  const std::string bytes = encode_restored(numbers);
  const Result<std::vector<RestoredNumber>> read = decode_restored(bytes, 90'001);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, numbers);
  EXPECT_FALSE(decode_restored(bytes, 90'000)) << "behind the end";
  EXPECT_TRUE(encode_restored({}).empty());
  std::size_t whole = 0;  // as many as there are numbers end with one
  for (std::size_t end = 1; end < bytes.size(); ++end) whole += decode_restored(bytes.substr(0, end), 90'001) ? 1 : 0;
  EXPECT_EQ(whole, numbers.size() - 1);
  EXPECT_FALSE(decode_restored(encode_restored({{1, ""}}), 10));
  EXPECT_FALSE(decode_restored(encode_restored({{1, std::string(65, '1')}}), 10)) << "longer than any word";
}

TEST(SpeechWeight, GrowsWithTheWordsToFour) {
  const std::vector<std::pair<std::size_t, unsigned>> cases{{0, 1},  {7, 1},  {8, 2},           {15, 2},
                                                            {24, 4}, {99, 4}, {SIZE_MAX / 2, 4}};
  for (const auto& [words, weight] : cases) EXPECT_EQ(speech_weight(words), weight) << words;
}

TEST(SpeakerTerm, IsTheNamesBehindItsPrefix) {
  EXPECT_EQ(speaker_term("dmitry peskov"), "XQdmitry peskov");
  EXPECT_EQ(speaker_term(""), "");
  EXPECT_EQ(speaker_term(std::string(kMaxNameKeyBytes + 1, 'x')), "");
}

// Record and frame may both lie, and in the same way.
TEST(DecompressText, TakesNoMemoryForTextThatCannotBeThere) {
  for (const std::uint32_t claimed : {0xFFFFFFF0U, 0x80000000U, 0x10000000U}) {
    StoredArticle stored;
    stored.text_bytes = claimed;
    // Magic number; single segment with a content size of four bytes; that size; an empty last block.
    stored.compressed_text = std::string("\x28\xb5\x2f\xfd\xa0", 5);
    for (unsigned shift = 0; shift < 32; shift += 8) stored.compressed_text += static_cast<char>(claimed >> shift);
    stored.compressed_text += std::string("\x01\0\0", 3);
    largest_allocation = 0;
    EXPECT_FALSE(decompress_text(stored));
    EXPECT_LT(largest_allocation.load(), kHugeBytes);
  }
}

TEST(DecompressText, RefusesAFrameOfAnotherSize) {
  const Record record = sample_record();
  Result<StoredArticle> stored = decode_article(encode(record));
  ASSERT_TRUE(stored);
  for (const int off : {-1, 1, 100}) {
    StoredArticle other = *stored;
    other.text_bytes = static_cast<std::uint32_t>(static_cast<int>(other.text_bytes) + off);
    EXPECT_FALSE(decompress_text(other)) << off;
  }
  stored->compressed_text.clear();
  EXPECT_FALSE(decompress_text(*stored));
}

TEST(PassageKeys, KeepTheirNumbers) {
  DATELINE_SEEDED(random);
  for (int round = 0; round < 5'000; ++round) {
    PassageKey key;
    key.article = (random() >> random() % 48) & 0xFFFFFFFFFFFF;
    key.count = static_cast<std::uint32_t>(random() >> (32 + random() % 31)) | 1U;
    key.ordinal = static_cast<std::uint32_t>(random() % key.count);
    const Result<PassageKey> decoded = decode_passage_key(encode_passage_key(key));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->article, key.article);
    EXPECT_EQ(decoded->ordinal, key.ordinal);
    EXPECT_EQ(decoded->count, key.count);
  }
}

TEST(PassageKeys, AreRefusedWhenDamaged) {
  const std::string good = encode_passage_key({0x123456789ABC, 300, 400});
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(decode_passage_key(std::string_view(good).substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_passage_key(encode_passage_key({1, 0, 0})));
  EXPECT_FALSE(decode_passage_key(encode_passage_key({1, 5, 5})));
  EXPECT_FALSE(decode_passage_key(std::string(6, '\0') + "\x01\xff\xff\xff\xff\xff\x01"));
}

TEST(ArticleMetadataKey, OrdersAsTheNumbersDo) {
  const std::vector<ArticleNumber> numbers{
      0, 1, 255, 256, 65535, 65536, 1ULL << kBatchBits, 5ULL << 32, (1ULL << 48) - 1};
  for (std::size_t i = 0; i + 1 < numbers.size(); ++i) {
    if (numbers[i] == numbers[i + 1]) continue;
    EXPECT_LT(article_metadata_key(numbers[i]), article_metadata_key(numbers[i + 1])) << numbers[i];
  }
  EXPECT_EQ(article_metadata_key(0x61626364), std::string("a\0\0abcd", 7));
}

TEST(IdTerm, FitsXapianAndTellsIdsApart) {
  DATELINE_SEEDED(random);
  std::vector<std::string> ids{"",
                               "a",
                               "A",
                               "Q",
                               "a b",
                               std::string("a\0b", 3),
                               std::string("a\0\0b", 4),
                               std::string(1, '\0'),
                               "https://example.com/a?b=c#d",
                               "archive.zip!member",
                               "file.jsonl#7"};
  for (const std::size_t size : {183, 184, 185, 199, 200, 201, 244, 245, 246, 1'000, 100'000}) {
    ids.emplace_back(size, 'x');
    ids.push_back(std::string(size, 'x') + 'y');
    ids.push_back(std::string(size, 'x') + '\0');
    ids.emplace_back(size, '\0');
  }
  for (int i = 0; i < 5'000; ++i) {
    std::string id = i % 2 == 0 ? std::string(random() % 300, 'p') : std::string();
    for (auto count = random() % 250; count > 0; --count) id += static_cast<char>(random() % 3 == 0 ? 0 : random());
    ids.push_back(std::move(id));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::map<std::string, std::string> id_of;
  for (const std::string& id : ids) {
    const std::string term = id_term(id);
    EXPECT_EQ(term.front(), 'Q');
    EXPECT_LE(term.size() + static_cast<std::size_t>(std::count(term.begin(), term.end(), '\0')), 245U) << id.size();
    EXPECT_TRUE(id_of.emplace(term, id).second)
        << "one term for ids of " << id.size() << " and " << id_of[term].size() << " bytes";
    EXPECT_EQ(term, id_term(id));
  }
}

TEST(IdTerm, ShowsShortIds) {
  EXPECT_EQ(id_term("file.jsonl#7"), "Qfile.jsonl#7");
  EXPECT_EQ(id_term("https://example.com/é"), "Qhttps://example.com/é");
}

TEST(PrefixedTerm, JoinsPrefixAndWord) {
  EXPECT_EQ(prefixed_term("", "cyber"), "cyber");
  EXPECT_EQ(prefixed_term(kPrefixTitle, "cyber"), "Scyber");
  EXPECT_EQ(prefixed_term(kPrefixOutlet, "reuters"), "XSreuters");
}

TEST(NameTerm, TellsKindsApart) {
  EXPECT_EQ(name_term(NameKind::kPerson, "dmitry peskov"), "XPdmitry peskov");
  EXPECT_EQ(name_term(NameKind::kOrganization, "kremlin"), "XOkremlin");
  EXPECT_EQ(name_term(NameKind::kPlace, "hamburg"), "XLhamburg");
}

TEST(NameTerm, IsEmptyForWhatIsNoName) {
  EXPECT_EQ(name_term(NameKind::kPerson, ""), "");
  const std::string longest(kMaxNameKeyBytes, 'x');
  EXPECT_EQ(name_term(NameKind::kPlace, longest), "XL" + longest);
  EXPECT_LE(name_term(NameKind::kPlace, longest).size(), 245U);
  EXPECT_EQ(name_term(NameKind::kPlace, longest + 'x'), "");
}

TEST(NameProminence, GrowsWithMentionsTitleAndPlace) {
  EXPECT_EQ(name_prominence(1, false, false), 1U);
  EXPECT_EQ(name_prominence(4, false, false), 4U);
  EXPECT_EQ(name_prominence(5, false, false), 4U) << "up to four";
  EXPECT_EQ(name_prominence(1'000'000, false, false), 4U);
  EXPECT_EQ(name_prominence(1, true, false), 3U);
  EXPECT_EQ(name_prominence(1, false, true), 2U);
  EXPECT_EQ(name_prominence(9, true, true), 7U);
}

TEST(DateValue, FillsUpWithNoughts) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", ""}, {"2017-07-10", "20170710"}, {"2017-07", "20170700"}, {"2017", "20170000"}, {"0999-12-31", "09991231"},
  };
  for (const auto& [date, value] : cases) EXPECT_EQ(date_value(date), value) << date;
}

TEST(Counts, KeepWhatTheyCount) {
  DATELINE_SEEDED(random);
  for (int round = 0; round < 500; ++round) {
    SegmentCounts counts{random(), random() >> 20, random() >> 30, random() >> 40, {}};
    for (const char* language : {"en", "de", "", "ja"}) {
      if (random() % 2 == 0) counts.languages[language] = random();
    }
    const std::string json = encode_counts(counts);
    EXPECT_EQ(json.find('\n'), std::string::npos);
    const Result<SegmentCounts> decoded = decode_counts(json);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->articles, counts.articles);
    EXPECT_EQ(decoded->passages, counts.passages);
    EXPECT_EQ(decoded->quotes, counts.quotes);
    EXPECT_EQ(decoded->text_bytes, counts.text_bytes);
    EXPECT_EQ(decoded->languages, counts.languages);
  }
}

TEST(Counts, AddUp) {
  SegmentCounts sum{1, 2, 4, 3, {{"en", 1}}};
  sum += {10, 20, 40, 30, {{"en", 7}, {"de", 3}}};
  sum += {};
  EXPECT_EQ(sum.articles, 11U);
  EXPECT_EQ(sum.passages, 22U);
  EXPECT_EQ(sum.quotes, 44U);
  EXPECT_EQ(sum.text_bytes, 33U);
  EXPECT_EQ(sum.languages, (std::map<std::string, std::uint64_t>{{"de", 3}, {"en", 8}}));
}

TEST(Counts, AreRefusedWhenDamaged) {
  const std::string good = encode_counts({1, 2, 4, 3, {{"en", 1}}});
  ASSERT_TRUE(decode_counts(good));
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(decode_counts(good.substr(0, size))) << size;
  const std::vector<std::string> damaged{
      "null",
      "[]",
      "{}",
      "17",
      R"({"articles":1,"passages":2,"quotes":4,"text_bytes":3})",
      R"({"articles":1,"passages":2,"text_bytes":3,"languages":{}})",
      R"({"articles":-1,"passages":2,"quotes":4,"text_bytes":3,"languages":{}})",
      R"({"articles":1.5,"passages":2,"quotes":4,"text_bytes":3,"languages":{}})",
      R"({"articles":"1","passages":2,"quotes":4,"text_bytes":3,"languages":{}})",
      R"({"articles":1,"passages":2,"quotes":4,"text_bytes":3,"languages":[]})",
      R"({"articles":1,"passages":2,"quotes":4,"text_bytes":3,"languages":{"en":-1}})",
      R"({"articles":1,"passages":2,"quotes":4,"text_bytes":99999999999999999999999,"languages":{}})",
      "{\"articles\":1,\"passages\":2,\"quotes\":4,\"text_bytes\":3,\"languages\":{\"\xff\":1}}",
      std::string(100'000, '['),
  };
  for (const std::string& json : damaged) EXPECT_FALSE(decode_counts(json)) << json.substr(0, 80);
}

TEST(Counts, BearOverwrittenBytes) {
  DATELINE_SEEDED(random);
  const std::string good = encode_counts({1, 2, 4, 3, {{"en", 1}, {"de", 4}}});
  for (int round = 0; round < 2'000; ++round) {
    std::string bytes = good;
    bytes[random() % bytes.size()] = static_cast<char>(random());
    const Result<SegmentCounts> counts = decode_counts(bytes);
    EXPECT_TRUE(counts || counts.error().code == ErrorCode::kIndex);
  }
}

}  // namespace
}  // namespace dateline
