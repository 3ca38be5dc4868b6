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

TEST(CopyKeys, AreThoseOfTheStrippedCopy) {
  DATELINE_SEEDED(random);
  for (const std::size_t words : {1, 30, 300, 3000}) {
    const std::string text = made_up_text(random, words);
    const std::vector<std::uint32_t> keys = copy_keys(fingerprint(text));
    EXPECT_EQ(copy_keys(fingerprint(stripped(text))), keys);
    ASSERT_TRUE(std::is_sorted(keys.begin(), keys.end()));
    EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end());
    EXPECT_EQ(std::count_if(keys.begin(), keys.end(), is_band), 8);
  }
  EXPECT_TRUE(copy_keys(fingerprint("")).empty());
}

TEST(CopyKeys, ArticlesThatAreNearlyTheSameShareABand) {
  DATELINE_SEEDED(random);
  int near = 0;
  int far = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string text = made_up_text(random, 300);
    const std::vector<std::uint32_t> keys = copy_keys(fingerprint(text));
    const auto share = [&](const std::string& other) {
      const std::vector<std::uint32_t> others = copy_keys(fingerprint(other));
      return std::any_of(others.begin(), others.end(), [&](std::uint32_t key) {
        return is_band(key) && std::binary_search(keys.begin(), keys.end(), key);
      });
    };
    near += share(text + made_up_text(random, 20)) ? 1 : 0;
    far += share(text.substr(0, text.size() / 5) + made_up_text(random, 240)) ? 1 : 0;
  }
  EXPECT_GE(near, 198);
  EXPECT_LE(far, 10);
}

}  // namespace
}  // namespace dateline
