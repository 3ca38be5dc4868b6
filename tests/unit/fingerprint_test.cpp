// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/copies/fingerprint.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <iterator>

#include "tests/unit/copies_support.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

using Hashes = std::vector<std::uint32_t>;

Hashes hashes_of(std::string_view text) { return fingerprint(text).hashes; }

std::size_t shared(const Fingerprint& one, const Fingerprint& two) {
  Hashes both;
  std::set_intersection(one.hashes.begin(), one.hashes.end(), two.hashes.begin(), two.hashes.end(),
                        std::back_inserter(both));
  return both.size();
}

TEST(Fingerprint, SeesLettersAlone) {
  const Hashes plain = hashes_of("the us senate didnt vote on the cooperation bill while elysee aides waited");
  for (const char* other : {
           "The U.S. Senate didn't vote on the co-operation bill, while Élysée aides waited.",
           "the u s  senate didn t vote on the co operation bill  while élysée aides waited ",
           "THE US SENATE DIDN’T VOTE ON THE CO-\nOPERATION BILL\n\n1. WHILE 20 ÉLYSÉE AIDES, 3.5 %, WAITED!",
           "the us senate didnt vote on the coöperation bill while Ｅｌｙｓｅｅ aides wai\xC2\xADted",
       }) {
    EXPECT_EQ(hashes_of(other), plain) << other;
  }
  EXPECT_NE(hashes_of("the us senate didnt vote on the cooperation bill while elysee aides walked"), plain);
}

TEST(Fingerprint, OtherScriptsHaveShingles) {
  EXPECT_EQ(hashes_of("Песков сообщил журналистам: переговоры начнутся в июле.").size(), 47 - kShingleLetters + 1);
  EXPECT_EQ(hashes_of("Пёс Пётр сообщил журналистам о переговорах"),
            hashes_of("пес петр сообщил журналистам о переговорах"));
  EXPECT_GT(hashes_of("首相は記者団に対し、作業部会の設置を提案したと述べた。会談は七月に行われる。").size(), 5U);
}

TEST(Fingerprint, ShortTextsHaveOneHashOrNone) {
  EXPECT_EQ(hashes_of("Yes."), hashes_of("yes"));
  EXPECT_EQ(hashes_of("yes").size(), 1U);
  EXPECT_NE(hashes_of("yes"), hashes_of("no"));
  EXPECT_TRUE(hashes_of("").empty());
  EXPECT_TRUE(hashes_of("1,000 – 2.5 %").empty());
}

TEST(Fingerprint, SaysWhatTheTextIsLike) {
  const Fingerprint good = fingerprint("Peskov said no, twice.");
  EXPECT_EQ(good.letters, 17U);
  EXPECT_TRUE(good.has_capitals);
  EXPECT_TRUE(good.has_marks);
  const Fingerprint bad = fingerprint("peskov said no  twice ");
  EXPECT_EQ(bad.letters, 17U);
  EXPECT_FALSE(bad.has_capitals);
  EXPECT_FALSE(bad.has_marks);
}

TEST(Fingerprint, HoldsEveryShingleUpToItsLimit) {
  DATELINE_SEEDED(random);
  for (const std::size_t words : {20, 60, 200, 1000, 5000, 100'000}) {
    SCOPED_TRACE(words);
    const std::string text = made_up_text(random, words);
    const Fingerprint print = fingerprint(text);
    ASSERT_TRUE(std::is_sorted(print.hashes.begin(), print.hashes.end()));
    EXPECT_EQ(std::adjacent_find(print.hashes.begin(), print.hashes.end()), print.hashes.end());
    // The text cut in two, the cut covered twice, has the same shingles.
    const std::string letters = stripped(text);
    const std::size_t cut = letters.size() / 2;
    const Fingerprint head = fingerprint(letters.substr(0, cut + 60));
    const Fingerprint tail = fingerprint(letters.substr(cut));
    const std::uint32_t limit = std::min({print.limit, head.limit, tail.limit});
    Hashes parts;
    std::set_union(head.hashes.begin(), head.hashes.end(), tail.hashes.begin(), tail.hashes.end(),
                   std::back_inserter(parts));
    const auto up_to_limit = [&](const Hashes& hashes) {
      return Hashes(hashes.begin(), std::upper_bound(hashes.begin(), hashes.end(), limit));
    };
    EXPECT_EQ(up_to_limit(print.hashes), up_to_limit(parts));
  }
}

TEST(Fingerprint, SizeIsBounded) {
  DATELINE_SEEDED(random);
  EXPECT_GE(hashes_of(made_up_text(random, 60)).size(), 128U);
  EXPECT_LT(hashes_of(made_up_text(random, 500)).size(), 300U);
  const Fingerprint large = fingerprint(made_up_text(random, 200'000));
  EXPECT_GT(large.hashes.size(), 3000U);
  EXPECT_LE(large.hashes.size(), 4096U);
}

TEST(Fingerprint, RepetitionIsOneThing) {
  std::string text;
  while (text.size() < 3'000'000) text += "buffalo ";
  EXPECT_EQ(hashes_of(text).size(), 7U);
  EXPECT_EQ(fingerprint(text).limit, kHashes - 1);
  EXPECT_EQ(hashes_of(std::string(2'000'000, 'a')).size(), 1U);
}

TEST(Fingerprint, UnrelatedTextsShareNothing) {
  DATELINE_SEEDED(random);
  const Fingerprint one = fingerprint(made_up_text(random, 2000));
  const Fingerprint two = fingerprint(made_up_text(random, 2000));
  EXPECT_LE(shared(one, two), 1U);
}

TEST(Fingerprint, IsReadAsWritten) {
  DATELINE_SEEDED(random);
  for (const std::size_t words : {0, 1, 30, 3000}) {
    const Fingerprint print = fingerprint(made_up_text(random, words));
    std::string bytes;
    put_fingerprint(bytes, print);
    ByteReader reader(bytes);
    EXPECT_EQ(read_fingerprint(reader), print);
    EXPECT_TRUE(reader.ok());
    EXPECT_TRUE(reader.rest().empty());
    for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 10) {
      ByteReader cut(std::string_view(bytes).substr(0, size));
      (void)read_fingerprint(cut);
      EXPECT_FALSE(cut.ok()) << size;
    }
  }
}

TEST(Fingerprint, DamagedBytesAreAFault) {
  const auto reads = [](std::initializer_list<std::uint64_t> numbers) {
    std::string bytes;
    for (const std::uint64_t number : numbers) put_number(bytes, number);
    ByteReader reader(bytes);
    (void)read_fingerprint(reader);
    return reader.ok();
  };
  EXPECT_TRUE(reads({100, 3, 5000, 2, 17, 1}));
  EXPECT_FALSE(reads({100, 4, 5000, 2, 17, 1}));                    // facts that are none
  EXPECT_FALSE(reads({100, 3, kHashes, 2, 17, 1}));                 // a limit above all hashes
  EXPECT_FALSE(reads({100, 3, 5000, std::uint64_t{1} << 60, 17}));  // more hashes than bytes
  EXPECT_FALSE(reads({100, 3, 5000, 2, 17, 0}));                    // twice the same
  EXPECT_FALSE(reads({100, 3, 5000, 2, 17, 4990}));                 // above the limit
}

}  // namespace
}  // namespace dateline
