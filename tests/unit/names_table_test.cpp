// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/names_table.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/name_key.h"
#include "common/person_name.h"
#include "tests/unit/names_support.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

using Entries = std::map<std::string, std::string>;
using Ids = std::vector<NameId>;
using Words = std::vector<std::string>;

constexpr NameKind kKinds[] = {NameKind::kPerson, NameKind::kOrganization, NameKind::kPlace};

// A table as an index has it: in the metadata of a database on disk.
class StoredTable {
 public:
  explicit StoredTable(const Entries& entries) {
    Entries all = entries;
    all["dateline.schema"] = "2";
    all["a1"] = "an article";
    database_ = make_segment(folder_ / "db", all).database;
    table_ = std::make_unique<NamesTable>(database_);
  }
  explicit StoredTable(const std::vector<CollectionName>& names) : StoredTable(entries_of(names)) {}

  const NamesTable* operator->() const { return table_.get(); }

 private:
  TemporaryFolder folder_;
  Xapian::Database database_;
  std::unique_ptr<NamesTable> table_;
};

std::string record_key(NameId id) {
  std::string key = "nr";
  for (int shift = 24; shift >= 0; shift -= 8) key += static_cast<char>(id >> shift);
  return key;
}

void expect_same(const CollectionName& found, const CollectionName& wanted) {
  const auto facts = [](const CollectionName& name) {
    return std::tie(name.kind, name.name, name.gender, name.articles, name.mentions, name.spellings, name.roles);
  };
  EXPECT_EQ(facts(found), facts(wanted)) << wanted.name;
  ASSERT_EQ(found.forms.size(), wanted.forms.size()) << wanted.name;
  for (std::size_t i = 0; i < wanted.forms.size(); ++i) {
    EXPECT_EQ(found.forms[i].key, wanted.forms[i].key);
    EXPECT_EQ(found.forms[i].shown, wanted.forms[i].shown);
    EXPECT_EQ(found.forms[i].articles, wanted.forms[i].articles);
  }
}

// What FatalError says of a damaged table; fails if `read` throws anything else. Returns whether it threw.
bool throws_damage(const std::function<void()>& read) {
  try {
    read();
    return false;
  } catch (const FatalError& error) {
    EXPECT_EQ(error.error().code, ErrorCode::kIndex);
    EXPECT_FALSE(error.error().message.empty());
    EXPECT_FALSE(error.error().hint.empty());
    return true;
  }
}

std::string random_name(std::mt19937_64& random) {
  static constexpr std::string_view kWords[] = {"Dmitry", "Peskov", "Putin",  "al-Sayed", "Песков", "O’Neill",  "Jr.",
                                                "Élodie", "U.S.",   "of",     "National", "The",    "中国",     "J.",
                                                "Smith",  "Agency", "Müller", "York",     "New",    "Qadhafi’s"};
  std::string name;
  for (auto count = random() % 4 + 1; count > 0; --count) {
    name += (name.empty() ? "" : " ") + std::string(kWords[random() % std::size(kWords)]);
  }
  return name;
}

CollectionName random_collection_name(std::mt19937_64& random) {
  CollectionName name;
  name.kind = kKinds[random() % kNameKinds];
  name.name = random_name(random);
  name.gender = static_cast<Gender>(random() % 3);
  name.articles = random() >> random() % 64;
  name.mentions = random() >> random() % 64;
  for (auto count = random() % 5; count > 0; --count) {
    const std::string shown = random_name(random);
    name.forms.push_back({name_key(shown), shown, random() >> random() % 64});
  }
  for (auto count = random() % 5; count > 0; --count) name.spellings.push_back(random_name(random));
  for (auto count = random() % 3; count > 0; --count) name.roles.emplace_back(random_name(random), random() % 1000);
  return name;
}

const std::vector<CollectionName>& sample() {
  static const std::vector<CollectionName> names = [] {
    std::vector<CollectionName> all{
        make_person({"Vladimir Putin", "Putin"}, 40),
        make_person({"Dmitry Peskov", "Dmitri Peskov", "Peskov"}, 30),
        make_name(NameKind::kOrganization, {"National Security Agency", "NSA"}, 20),
        make_name(NameKind::kPlace, {"U.S.", "United States"}, 15),
        make_name(NameKind::kPlace, {"Hamburg"}, 12),
        make_person({"Muammar Gaddafi"}, 9),
        make_person({"Vladimir Zelensky"}, 8),
        make_name(NameKind::kOrganization, {"Hamburg Port Authority"}, 7),
        make_person({"Mohammed al-Sayed"}, 3),
    };
    all[1].gender = Gender::kMale;
    all[1].roles = {{"Kremlin spokesman", 17}, {"aide", 1}};
    all[1].spellings.emplace_back("Песков");
    return all;
  }();
  return names;
}

TEST(EncodeNames, KeepsEveryFactOfRandomNames) {
  DATELINE_SEEDED(random);
  for (int round = 0; round < 30; ++round) {
    std::vector<CollectionName> names(random() % 40);
    for (CollectionName& name : names) name = random_collection_name(random);
    const StoredTable table(names);
    std::array<std::uint64_t, kNameKinds> counts{};
    for (NameId id = 0; id < names.size(); ++id) {
      expect_same(table->name(id), names[id]);
      ++counts[static_cast<std::size_t>(names[id].kind)];
    }
    EXPECT_EQ(table->counts(), counts);
  }
}

TEST(EncodeNames, KeepsLongFactsAndHighNumbers) {
  CollectionName name = make_person({"Dmitry Peskov"});
  name.articles = name.mentions = UINT64_MAX;
  name.spellings.emplace_back(100'000, 'x');
  name.spellings.emplace_back("\xff\x00 no text", 10);
  name.roles.emplace_back(std::string(5'000, 'y'), UINT64_MAX);
  const StoredTable table(std::vector<CollectionName>{name});
  expect_same(table->name(0), name);
  EXPECT_EQ(table->find_words(NameKind::kPerson, {std::string(100'000, 'x')}), Ids{}) << "no word is so long";
}

TEST(EncodeNames, WritesNothingButItsOwnKeys) {
  for (const auto& [key, value] : entries_of(sample())) {
    EXPECT_EQ(key.front(), 'n') << key;
    EXPECT_LE(key.size(), 200U) << key;
    EXPECT_FALSE(value.empty()) << key << ": an empty entry is none";
  }
}

TEST(NamesTable, KnowsNobodyInAnIndexWithoutNames) {
  for (const StoredTable& table : {StoredTable(Entries{}), StoredTable(std::vector<CollectionName>{})}) {
    EXPECT_EQ(table->counts(), (std::array<std::uint64_t, kNameKinds>{}));
    for (const NameKind kind : kKinds) {
      EXPECT_EQ(table->find_form(kind, "peskov"), std::nullopt);
      EXPECT_EQ(table->find_words(kind, {"peskov"}), Ids{});
      EXPECT_EQ(table->find_words(kind, {"p"}, true), Ids{});
      EXPECT_EQ(table->sounds_like(kind, "peskov"), Words{});
      EXPECT_EQ(table->words_beginning(kind, ""), Words{});
    }
    EXPECT_TRUE(throws_damage([&] { (void)table->name(0); })) << "an id that leads nowhere";
  }
}

TEST(NamesTable, FindsTheNameOfAForm) {
  const StoredTable table(sample());
  for (NameId id = 0; id < sample().size(); ++id) {
    for (const NameForm& form : sample()[id].forms) {
      for (const NameKind kind : kKinds) {
        EXPECT_EQ(table->find_form(kind, form.key), kind == sample()[id].kind ? std::optional(id) : std::nullopt)
            << form.key;
      }
    }
  }
  for (const std::string& key : {std::string(), std::string("pesko"), std::string("peskov "), std::string("Peskov"),
                                 std::string("dmitry"), std::string(10'000, 'x'), std::string(3, '\0')}) {
    EXPECT_EQ(table->find_form(NameKind::kPerson, key), std::nullopt) << key;
  }
}

TEST(NamesTable, FindsNamesByTheirWords) {
  const StoredTable table(sample());
  const auto found = [&](NameKind kind, const Words& words) { return table->find_words(kind, words); };
  EXPECT_EQ(found(NameKind::kPerson, {"peskov"}), Ids{1});
  EXPECT_EQ(found(NameKind::kPerson, {"dmitri"}), Ids{1});
  EXPECT_EQ(found(NameKind::kPerson, {"dmitri", "dmitry"}), Ids{1}) << "in any of its forms";
  EXPECT_EQ(found(NameKind::kPerson, {"peskov", "dmitry"}), Ids{1}) << "in any order";
  EXPECT_EQ(found(NameKind::kPerson, {"vladimir"}), (Ids{0, 6})) << "ascending";
  EXPECT_EQ(found(NameKind::kPerson, {"vladimir", "putin"}), Ids{0});
  EXPECT_EQ(found(NameKind::kPerson, {"vladimir", "peskov"}), Ids{});
  EXPECT_EQ(found(NameKind::kPerson, {"sayed"}), Ids{8}) << "parts of hyphenated words";
  EXPECT_EQ(found(NameKind::kOrganization, {"hamburg"}), Ids{7});
  EXPECT_EQ(found(NameKind::kPlace, {"hamburg"}), Ids{4});
  EXPECT_EQ(found(NameKind::kPerson, {"hamburg"}), Ids{});
  EXPECT_EQ(found(NameKind::kOrganization, {"nsa"}), Ids{2});
  EXPECT_EQ(found(NameKind::kPlace, {"us."}), Ids{3});
  for (const Words& words :
       {Words{}, Words{""}, Words{"pesko"}, Words{"peskovs"}, Words{"PESKOV"}, Words{std::string(100'000, 'p')}}) {
    EXPECT_EQ(found(NameKind::kPerson, words), Ids{});
  }
}

TEST(NamesTable, FindsNamesByTheBeginningOfTheLastWord) {
  const StoredTable table(sample());
  const auto found = [&](const Words& words) { return table->find_words(NameKind::kPerson, words, true); };
  EXPECT_EQ(found({"pesk"}), Ids{1});
  EXPECT_EQ(found({"peskov"}), Ids{1});
  EXPECT_EQ(found({"peskovx"}), Ids{});
  EXPECT_EQ(found({"p"}), (Ids{0, 1}));
  EXPECT_EQ(found({"vladimir", "p"}), Ids{0});
  EXPECT_EQ(found({"vladimir", "z"}), Ids{6});
  EXPECT_EQ(found({"vlad", "putin"}), Ids{}) << "only the last word is begun";
  EXPECT_EQ(found({""}), (Ids{0, 1, 5, 6, 8}));
  EXPECT_EQ(found({std::string(100'000, 'p')}), Ids{});
  EXPECT_EQ(table->words_beginning(NameKind::kPerson, "d"), (Words{"dmitri", "dmitry"}));
  EXPECT_EQ(table->words_beginning(NameKind::kPlace, "ham"), Words{"hamburg"});
  EXPECT_EQ(table->words_beginning(NameKind::kPlace, "d"), Words{});
}

TEST(NamesTable, ReadsSoManyWordsOfABeginning) {
  std::vector<CollectionName> names;
  for (std::size_t i = 0; i < NamesTable::kMaxPrefixWords + 500; ++i) {
    names.push_back(make_person({"Al X" + std::to_string(100'000 + i)}));
  }
  const StoredTable table(names);
  EXPECT_EQ(table->words_beginning(NameKind::kPerson, "x").size(), NamesTable::kMaxPrefixWords);
  EXPECT_EQ(table->find_words(NameKind::kPerson, {"x"}, true).size(), NamesTable::kMaxPrefixWords);
  EXPECT_EQ(table->find_words(NameKind::kPerson, {"al"}).size(), names.size()) << "of one word there may be any number";
}

TEST(NamesTable, FindsNamesOfOneWordOfEachList) {
  const StoredTable table(sample());
  const auto found = [&](const std::vector<Words>& choices) { return table->find_choices(NameKind::kPerson, choices); };
  EXPECT_EQ(found({{"xyzzy", "peskov", "putin"}}), (Ids{0, 1}));
  EXPECT_EQ(found({{"vladimir", "dmitry"}, {"putin", "xyzzy"}}), Ids{0});
  EXPECT_EQ(found({{"peskov"}, {}}), Ids{}) << "no word at all";
  EXPECT_EQ(found({}), Ids{});
}

TEST(NamesTable, GivesOtherSpellingsOfAWordAndOfItsBeginning) {
  const StoredTable table(sample());
  const auto spelt = [&](std::string_view word, bool prefix) {
    return table->spelt_like(NameKind::kPerson, word, prefix);
  };
  EXPECT_EQ(spelt("песков", false), (Words{"peskov", "песков"}));
  EXPECT_EQ(spelt("zelenskiy", false), Words{"zelensky"});
  EXPECT_EQ(spelt("песк", false), Words{});
  EXPECT_EQ(spelt("песк", true), (Words{"peskov", "песков"}));
  EXPECT_EQ(spelt("зе", true), Words{"zelensky"});
  EXPECT_EQ(spelt("peskof", true), Words{}) << "what only sounds alike";
  EXPECT_EQ(table->spelt_like(NameKind::kPlace, "хам", true), Words{"hamburg"});
  for (const std::string& word :
       {std::string(), std::string(100'000, 'r'), std::string("\xff\xfe"), std::string("中国")}) {
    EXPECT_EQ(spelt(word, true), Words{}) << word.substr(0, 10);
  }
}

// By a naive reading of names_table.h.
TEST(NamesTable, AgreesWithANaiveOneOnWords) {
  DATELINE_SEEDED(random);
  std::size_t matched = 0;
  for (int round = 0; round < 12; ++round) {
    std::vector<CollectionName> names(60);
    for (CollectionName& name : names) name = random_collection_name(random);
    const StoredTable table(names);
    std::vector<std::set<std::string>> words_of(names.size());
    std::vector<std::string> all_words;
    for (std::size_t id = 0; id < names.size(); ++id) {
      std::string text = name_key(names[id].name);
      for (const NameForm& form : names[id].forms) text += ' ' + form.key;
      for (const std::string& spelling : names[id].spellings) text += ' ' + name_key(spelling);
      for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) words_of[id].insert(text.substr(begin, end - begin));
        begin = end + 1;
      }
      all_words.insert(all_words.end(), words_of[id].begin(), words_of[id].end());
    }
    for (int asked = 0; asked < 200; ++asked) {
      const NameKind kind = kKinds[random() % kNameKinds];
      Words words;
      for (auto count = random() % 3 + 1; count > 0; --count) words.push_back(all_words[random() % all_words.size()]);
      const bool prefix = random() % 2 == 0;
      if (prefix) words.back().resize(random() % words.back().size() + 1);
      Ids expected;
      for (NameId id = 0; id < names.size(); ++id) {
        if (names[id].kind != kind) continue;
        bool all = true;
        for (std::size_t i = 0; i < words.size(); ++i) {
          const bool begun = prefix && i + 1 == words.size();
          all = all && std::any_of(words_of[id].begin(), words_of[id].end(), [&](const std::string& word) {
                  return begun ? word.starts_with(words[i]) : word == words[i];
                });
        }
        if (all) expected.push_back(id);
      }
      EXPECT_EQ(table->find_words(kind, words, prefix), expected) << words.front() << ' ' << words.back();
      matched += expected.empty() ? 0 : 1;
    }
  }
  EXPECT_GT(matched, 500U) << "too few of the random questions have an answer";
}

TEST(NamesTable, KnowsWordsThatSoundAlike) {
  const StoredTable table(sample());
  const auto sounding = [&](std::string_view word) { return table->sounds_like(NameKind::kPerson, word); };
  for (const std::string_view word : {"gaddafi", "kadafi", "gadafi", "qadhafi", "qaddafi", "Каддафи"}) {
    EXPECT_EQ(sounding(word), Words{"gaddafi"}) << word;
  }
  EXPECT_EQ(sounding("zelenskiy"), Words{"zelensky"});
  EXPECT_EQ(sounding("Зеленский"), Words{"zelensky"});
  EXPECT_EQ(table->sounds_like(NameKind::kPlace, "homburk"), Words{"hamburg"});
  EXPECT_EQ(table->sounds_like(NameKind::kPlace, "gaddafi"), Words{});
  for (const std::string& word : {std::string(), std::string("a"), std::string("xyzzyx"), std::string(100'000, 'r'),
                                  std::string("\xff\xfe"), std::string("中国")}) {
    EXPECT_EQ(sounding(word), Words{}) << word.substr(0, 10);
  }
}

// --- Damage

TEST(NamesTable, RefusesEveryTruncationOfARecord) {
  const Entries good = entries_of(sample());
  for (NameId id = 0; id < sample().size(); ++id) {
    const std::string& record = good.at(record_key(id));
    for (std::size_t size = 0; size < record.size(); ++size) {
      const StoredTable table(Entries{{record_key(id), record.substr(0, size)}});
      EXPECT_TRUE(throws_damage([&] { (void)table->name(id); }))
          << sample()[id].name << ": " << size << " of " << record.size() << " bytes";
    }
  }
}

TEST(NamesTable, RefusesRecordsOfNoKind) {
  const std::string good = entries_of(sample()).at(record_key(0));
  for (const std::string_view facts : {"\x03", "\x07", "\x0b", "\x0c", "\x7f", "\xff\xff\xff\xff\x7f"}) {
    const StoredTable table(Entries{{record_key(0), std::string(facts) + good.substr(1)}});
    EXPECT_TRUE(throws_damage([&] { (void)table->name(0); }));
  }
}

// What a reader may rely on, whatever the bytes were: a FatalError or a value that holds together.
void read_all(const NamesTable& table) {
  for (NameId id = 0; id < 12; ++id) {
    throws_damage([&] {
      const CollectionName name = table.name(id);
      EXPECT_LT(static_cast<std::size_t>(name.kind), kNameKinds);
      EXPECT_LE(name.gender, Gender::kFemale);
    });
  }
  for (const NameKind kind : kKinds) {
    for (const std::string word : {"peskov", "putin", "hamburg", "nsa", "us."}) {
      throws_damage([&] { (void)table.find_form(kind, word); });
      for (const bool prefix : {false, true}) {
        throws_damage([&] {
          const Ids ids = table.find_words(kind, {word}, prefix);
          EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
        });
      }
      throws_damage([&] { (void)table.sounds_like(kind, word); });
    }
    throws_damage([&] { (void)table.words_beginning(kind, "p"); });
  }
  throws_damage([&] { (void)table.counts(); });
}

TEST(NamesTable, BearsOverwrittenBytes) {
  DATELINE_SEEDED(random);
  const Entries good = entries_of(sample());
  for (int round = 0; round < 300 && !testing::Test::HasFailure(); ++round) {
    Entries entries = good;
    for (auto& [key, value] : entries) {
      if (random() % 3 != 0) continue;
      for (auto flips = random() % 3 + 1; flips > 0; --flips) {
        value[random() % value.size()] = static_cast<char>(random());
      }
      if (random() % 4 == 0) value.resize(random() % value.size() + 1);
    }
    const StoredTable table(entries);
    read_all(*table.operator->());
  }
}

TEST(NamesTable, BearsRandomBytes) {
  DATELINE_SEEDED(random);
  const Entries good = entries_of(sample());
  for (int round = 0; round < 300 && !testing::Test::HasFailure(); ++round) {
    Entries entries = good;
    for (auto& [key, value] : entries) {
      value.assign(random() % 60 + 1, '\0');
      // Small numbers lead further in.
      for (char& byte : value) byte = static_cast<char>(random() % 4 == 0 ? random() : random() & 3);
    }
    const StoredTable table(entries);
    read_all(*table.operator->());
  }
}

TEST(NamesTable, RefusesListsThatEndTooEarly) {
  const Entries good = entries_of(sample());
  Entries entries = good;
  entries.at("nwppeskov") = "\x81";
  entries.at("nwpvladimir") = "\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01";  // beyond 32 bits
  const std::string sound = "nsp" + sound_key("gaddafi");
  entries.at(sound) = std::string("\x07") + "gaddaf";
  const StoredTable table(entries);
  EXPECT_TRUE(throws_damage([&] { (void)table->find_words(NameKind::kPerson, {"peskov"}); }));
  EXPECT_TRUE(throws_damage([&] { (void)table->find_words(NameKind::kPerson, {"pesk"}, true); }));
  EXPECT_TRUE(throws_damage([&] { (void)table->find_words(NameKind::kPerson, {"vladimir"}); }));
  EXPECT_TRUE(throws_damage([&] { (void)table->sounds_like(NameKind::kPerson, "gaddafi"); }));
  EXPECT_EQ(table->find_words(NameKind::kPerson, {"putin"}), Ids{0}) << "the rest is good";
}

// names_table.h: "Throws FatalError (kIndex) where an entry is damaged." It gives the id 0, somebody else's.
TEST(NamesTable, RefusesADamagedForm) {
  Entries entries = entries_of(sample());
  for (const std::string_view damaged : {"\x80", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "\xff\xff\xff\xff\x7f"}) {
    entries.at("nfppeskov") = damaged;
    const StoredTable table(entries);
    EXPECT_TRUE(throws_damage([&] { (void)table->find_form(NameKind::kPerson, "peskov"); }));
  }
}

// The same of the counts: noughts.
TEST(NamesTable, RefusesDamagedCounts) {
  Entries entries = entries_of(sample());
  for (const std::string_view damaged : {"\x80", "\x05\x02", "\x05\x02\x80"}) {
    entries.at("nc") = damaged;
    const StoredTable table(entries);
    EXPECT_TRUE(throws_damage([&] { (void)table->counts(); }));
  }
}

}  // namespace
}  // namespace dateline
