// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/collection_pass.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "common/ascii.h"
#include "common/char_class.h"
#include "common/name_key.h"
#include "common/schema.h"

namespace dateline {
namespace {

constexpr double kDominant = 0.8;              // share of the articles that makes a holder of a name its dominant one
constexpr double kWellSupported = 0.25;        // of the most frequent full form's articles
constexpr std::uint64_t kMinFullArticles = 2;  // that make a full form well supported beside any number of short ones
constexpr double kCasedShare = 0.05;           // of the mentions in capitals: fewer are slips of the pen ("Uk")
constexpr std::size_t kMaxSpellings = 24;
constexpr std::size_t kMaxRoles = 24;
constexpr std::size_t kMaxCompared = 300;  // people of one sound with whom one more is compared, the most frequent ones

std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

std::string vowels_of(std::string_view word) {
  std::string vowels = spelling_key(word);
  std::erase_if(vowels, [](char c) { return std::string_view("aeiou").find(c) == std::string_view::npos; });
  return vowels;
}

bool has_letter_of(LetterCase wanted, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (case_of(next_code_point(text, at)) == wanted) return true;
  }
  return false;
}

// The same consonants by ear, and the same vowels: Gaddafi and Qadhafi, but not Mueller and Miller.
bool sound_alike(std::string_view a, std::string_view b) {
  const std::string sound = sound_key(a);
  return sound.size() > 2 && sound == sound_key(b) && vowels_of(a) == vowels_of(b);
}

}  // namespace

void TextCounts::add(std::string_view text, std::uint64_t count) {
  const auto place = std::lower_bound(list_.begin(), list_.end(), text,
                                      [](const auto& one, std::string_view wanted) { return one.first < wanted; });
  if (place != list_.end() && place->first == text) {
    place->second += count;
  } else {
    list_.emplace(place, text, count);
  }
}

void TextCounts::add(const TextCounts& other) {
  for (const auto& [text, count] : other.list_) add(text, count);
}

const std::string& TextCounts::most_frequent() const {
  return std::max_element(list_.begin(), list_.end(), [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

TextCounts::List TextCounts::ranked() const {
  List ranked = list_;
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return ranked;
}

void NameCounts::add(std::string_view text, const ArticleNames& names) {
  std::vector<Counts*> counts(names.names.size(), nullptr);
  std::vector<std::string> keys(names.names.size());
  std::map<std::string, std::vector<std::size_t>> by_sound;
  for (std::size_t i = 0; i < names.names.size(); ++i) {
    const ArticleName& name = names.names[i];
    keys[i] = name_key(name.name);
    if (keys[i].empty() || keys[i].size() > kMaxNameKeyBytes) continue;
    Counts& here = names_[static_cast<std::size_t>(name.kind)][keys[i]];
    counts[i] = &here;
    ++here.articles;
    here.shown.add(name.name);
    if (name.gender == Gender::kMale) ++here.male;
    if (name.gender == Gender::kFemale) ++here.female;
    for (const std::string& role : name.roles) here.roles.add(role);
    if (name.kind != NameKind::kPerson || keys[i].find(' ') == std::string::npos) continue;
    std::string last = keys[i].substr(keys[i].rfind(' ') + 1);
    // The surname that join_full_people will read, where it is not plain: "Geun-hye" is one word there.
    if (name.name.find('-') != std::string::npos || !is_ascii(name.name) || !name_suffix(last).empty()) {
      if (const PersonName parsed = parse_person_name(name.name); !parsed.words.empty()) last = parsed.last();
    }
    auto sound = sounds_.find(last);
    if (sound == sounds_.end()) sound = sounds_.emplace(last, sound_key(last)).first;
    by_sound[sound->second].push_back(i);
  }
  for (const auto& [sound, people] : by_sound) {
    for (std::size_t a = 0; a < people.size() && a < kMaxCompared; ++a) {
      for (std::size_t b = a + 1; b < people.size() && b < kMaxCompared; ++b) {
        ++apart_[std::minmax(keys[people[a]], keys[people[b]])];
      }
    }
  }
  for (const Mention& mention : names.mentions) {
    Counts* here = counts[mention.name];
    if (here == nullptr) continue;
    ++here->mentions;
    if (mention.by_role) continue;
    const std::string_view written = text.substr(mention.span.begin, mention.span.size());
    const ArticleName& name = names.names[mention.name];
    if (written == name.name) {
      here->spellings.add(written);
      continue;
    }
    here->spellings.add(on_one_line(written));
    if (name.kind == NameKind::kOrganization && written.find(' ') == std::string_view::npos) {
      if (const std::string key = name_key(written); key != keys[mention.name]) here->stands_for.add(key);
    }
  }
}

void NameCounts::add(NameCounts&& other) {
  for (std::size_t kind = 0; kind < kNameKinds; ++kind) {
    names_[kind].merge(other.names_[kind]);
    for (const auto& [key, from] : other.names_[kind]) {  // those that were there already
      Counts& to = names_[kind].at(key);
      to.articles += from.articles;
      to.mentions += from.mentions;
      to.male += from.male;
      to.female += from.female;
      to.shown.add(from.shown);
      to.spellings.add(from.spellings);
      to.roles.add(from.roles);
      to.stands_for.add(from.stands_for);
    }
  }
  for (const auto& [pair, articles] : other.apart_) apart_[pair] += articles;
}

class CollectionPass {
 public:
  CollectionPass(const NameCounts& counts, const IsNickname& is_nickname, const NameAliases& aliases)
      : counts_(counts), is_nickname_(is_nickname), aliases_(aliases) {}

  std::vector<CollectionName> run() {
    std::vector<Entry> full;
    std::vector<Entry> bare;
    std::vector<Entry> others;
    for (std::size_t kind = 0; kind < kNameKinds; ++kind) {
      for (const auto& [key, counts] : counts_.names_[kind]) {
        Entry entry{static_cast<NameKind>(kind), &key, &counts, {}, false};
        if (entry.kind != NameKind::kPerson) {
          others.push_back(std::move(entry));
          continue;
        }
        entry.person = parse_person_name(counts.shown.most_frequent());
        if (entry.person.words.empty()) continue;
        entry.is_short = !entry.person.is_full();
        (entry.is_short ? bare : full).push_back(std::move(entry));
      }
    }
    for (std::vector<Entry>* entries : {&full, &bare, &others}) {
      std::sort(entries->begin(), entries->end(), [](const Entry& a, const Entry& b) {
        return std::tie(b.counts->articles, a.kind, *a.key) < std::tie(a.counts->articles, b.kind, *b.key);
      });
    }
    join_full_people(full);
    join_bare_people(bare);
    join_others(others);
    return finish();
  }

 private:
  using Counts = NameCounts::Counts;

  // What articles call somebody or something.
  struct Entry {
    NameKind kind = NameKind::kPerson;
    const std::string* key = nullptr;
    const Counts* counts = nullptr;
    PersonName person;
    bool is_short = false;  // a surname alone, an acronym
  };

  // All that are taken for one.
  struct Cluster {
    NameKind kind = NameKind::kPerson;
    std::vector<Entry> entries;
    std::uint64_t articles = 0;
  };

  void add_cluster(Entry entry) {
    clusters_.push_back({entry.kind, {}, 0});
    join(clusters_.size() - 1, std::move(entry));
  }

  void join(std::size_t cluster, Entry entry) {
    clusters_[cluster].articles += entry.counts->articles;
    clusters_[cluster].entries.push_back(std::move(entry));
  }

  [[nodiscard]] bool are_apart(const Entry& a, const Entry& b) const {
    return counts_.apart_.contains(std::minmax(*a.key, *b.key)) || aliases_.are_apart(*a.key, *b.key);
  }

  // By the name alone, the surname perhaps only by its sound.
  [[nodiscard]] bool may_be_one(const Entry& a, const Entry& b) const {
    if (may_be_one_person(a.person, b.person, is_nickname_)) return true;
    if (a.person.words.size() != 2 || b.person.words.size() != 2 || a.person.suffix != b.person.suffix) return false;
    const std::string& given_a = a.person.words.front();
    const std::string& given_b = b.person.words.front();
    if (given_a.size() < 3) return false;
    // Another script knows no "c" beside "k".
    const bool scripts_differ = is_ascii(given_a) != is_ascii(given_b);
    if (given_a != given_b && !scripts_differ && spelling_key(given_a) != spelling_key(given_b)) return false;
    if (!sound_alike(a.person.last(), b.person.last())) return false;
    return !scripts_differ || spelling_key(given_a) == spelling_key(given_b) || sound_alike(given_a, given_b);
  }

  [[nodiscard]] bool fits(const Entry& entry, const Cluster& cluster) const {
    return std::all_of(cluster.entries.begin(), cluster.entries.end(),
                       [&](const Entry& one) { return may_be_one(entry, one) && !are_apart(entry, one); });
  }

  // What a surname has in common with all that may be the same: its sound, and that behind an Arabic article.
  static std::vector<std::string> sounds_of(const PersonName& name) {
    std::vector<std::string> sounds = {sound_key(name.last())};
    if (std::string arabic = arabic_surname(name).key; !arabic.empty()) sounds.push_back("al " + arabic);
    return sounds;
  }

  void join_full_people(std::vector<Entry>& people) {
    std::unordered_map<std::string, std::vector<std::size_t>> by_sound;  // clusters, the first kMaxCompared
    for (Entry& person : people) {
      const std::vector<std::string> sounds = sounds_of(person.person);
      std::vector<std::size_t> fitting;
      for (const std::string& sound : sounds) {
        for (const std::size_t namesake : by_sound[sound]) {
          const bool known = std::find(fitting.begin(), fitting.end(), namesake) != fitting.end();
          if (!known && fits(person, clusters_[namesake])) fitting.push_back(namesake);
        }
      }
      std::size_t holder = dominant(fitting);
      if (holder != kNone) {
        join(holder, std::move(person));
      } else {
        holder = clusters_.size();
        add_cluster(std::move(person));
      }
      for (const std::string& sound : sounds) {
        std::vector<std::size_t>& namesakes = by_sound[sound];
        const bool full = namesakes.size() >= kMaxCompared;
        if (!full && std::find(namesakes.begin(), namesakes.end(), holder) == namesakes.end()) {
          namesakes.push_back(holder);
        }
      }
    }
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      std::set<std::string> surnames;
      for (const Entry& one : clusters_[i].entries) {
        if (one.person.suffix.empty()) surnames.insert(spelling_key(one.person.last()));
      }
      for (const std::string& surname : surnames) holders_[surname].push_back(i);
    }
  }

  // The one that has most of their articles together; kNone if there is none.
  [[nodiscard]] std::size_t dominant(const std::vector<std::size_t>& clusters) const {
    std::uint64_t all = 0;
    std::size_t best = kNone;
    for (const std::size_t one : clusters) {
      all += clusters_[one].articles;
      if (best == kNone || clusters_[one].articles > clusters_[best].articles) best = one;
    }
    const bool holds =
        best != kNone && static_cast<double>(clusters_[best].articles) >= kDominant * static_cast<double>(all);
    return holds ? best : kNone;
  }

  void join_bare_people(std::vector<Entry>& people) {
    for (Entry& person : people) {
      const auto holders = holders_.find(spelling_key(person.person.last()));
      const std::size_t holder = holders == holders_.end() ? kNone : dominant(holders->second);
      if (holder == kNone) {
        add_cluster(std::move(person));
      } else {
        joined_bare_.emplace_back(holder, std::move(person));
      }
    }
    // Only now: what a surname alone brings must not make its holder more dominant.
    for (auto& [holder, person] : joined_bare_) join(holder, std::move(person));
  }

  void join_others(std::vector<Entry>& others) {
    std::map<std::string, TextCounts> expansions;  // acronym -> names, by articles
    std::map<std::string, std::size_t> organizations;
    for (const Entry& one : others) {
      if (one.kind != NameKind::kOrganization) continue;
      for (const auto& [acronym, count] : one.counts->stands_for.list()) {
        expansions[acronym].add(*one.key, one.counts->articles);
      }
    }
    std::vector<std::pair<std::string, Entry>> acronyms;  // what they stand for
    for (Entry& one : others) {
      if (one.kind == NameKind::kOrganization) {
        const auto known = expansions.find(*one.key);
        if (known != expansions.end()) {
          const auto all = known->second.ranked();
          const std::uint64_t sum = std::accumulate(all.begin(), all.end(), std::uint64_t{0},
                                                    [](std::uint64_t s, const auto& name) { return s + name.second; });
          if (static_cast<double>(all.front().second) >= kDominant * static_cast<double>(sum)) {
            one.is_short = true;
            acronyms.emplace_back(all.front().first, std::move(one));
            continue;
          }
        }
        organizations.emplace(*one.key, clusters_.size());
      }
      add_cluster(std::move(one));
    }
    for (auto& [name, acronym] : acronyms) {
      const auto known = organizations.find(name);
      if (known == organizations.end()) {
        add_cluster(std::move(acronym));
      } else {
        join(known->second, std::move(acronym));
      }
    }
  }

  std::vector<CollectionName> finish() {
    std::vector<CollectionName> names;
    names.reserve(clusters_.size());
    for (Cluster& next : clusters_) {
      const Cluster cluster = std::move(next);  // let go of when its name is there
      CollectionName name;
      name.kind = cluster.kind;
      name.articles = cluster.articles;
      TextCounts spellings;
      TextCounts roles;
      std::uint64_t male = 0;
      std::uint64_t female = 0;
      std::uint64_t most_full = 0;  // articles of a full form
      for (const Entry& one : cluster.entries) {
        name.forms.push_back({*one.key, shown(one), one.counts->articles});
        if (!one.is_short && one.counts->articles >= kMinFullArticles) {
          most_full = std::max(most_full, one.counts->articles);
        }
        name.mentions += one.counts->mentions;
        spellings.add(one.counts->spellings);
        roles.add(one.counts->roles);
        male += one.counts->male;
        female += one.counts->female;
      }
      name.gender = male > female ? Gender::kMale : female > male ? Gender::kFemale : Gender::kUnknown;
      std::stable_sort(name.forms.begin(), name.forms.end(),
                       [](const NameForm& a, const NameForm& b) { return a.articles > b.articles; });
      name.name = canonical(name.kind, name.forms, most_full > 0 ? most_full : name.forms.front().articles);
      for (auto& [spelling, count] : spellings.ranked()) {
        if (name.spellings.size() < kMaxSpellings) name.spellings.push_back(std::move(spelling));
      }
      name.roles = joined_roles(roles);
      names.push_back(std::move(name));
    }
    // Names are large: their places are sorted, and then each is moved once.
    std::vector<std::uint32_t> order(names.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t i, std::uint32_t j) {
      const CollectionName& a = names[i];
      const CollectionName& b = names[j];
      return std::tie(b.articles, b.mentions, a.name) < std::tie(a.articles, a.mentions, b.name);
    });
    std::vector<CollectionName> sorted;
    sorted.reserve(names.size());
    for (const std::uint32_t place : order) sorted.push_back(std::move(names[place]));
    return sorted;
  }

  // Those of the same words are one, as it is written most often; by the letter among equals, capitals first.
  static TextCounts::List joined_roles(const TextCounts& counts) {
    TextCounts::List roles;
    std::map<std::string, std::size_t> known;  // places in `roles` by the words
    for (const auto& [role, count] : counts.ranked()) {
      const auto [place, is_new] = known.try_emplace(name_key(role), roles.size());
      if (is_new) {
        roles.emplace_back(role, count);
      } else {
        roles[place->second].second += count;
      }
    }
    std::stable_sort(roles.begin(), roles.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (roles.size() > kMaxRoles) roles.resize(kMaxRoles);
    return roles;
  }

  // As most articles show it; not in capitals, as datelines have it, if it is also written otherwise. Single words of
  // organisations may be acronyms.
  static std::string shown(const Entry& entry) {
    const std::string& usual = entry.counts->shown.most_frequent();
    if (has_letter_of(LetterCase::kSmall, usual)) return usual;
    if (entry.kind == NameKind::kOrganization && usual.find(' ') == std::string::npos) return usual;
    std::uint64_t all = 0;
    std::pair<std::string, std::uint64_t> cased;  // the most frequent one
    for (const auto& [spelling, count] : entry.counts->spellings.ranked()) {
      if (name_key(spelling) != *entry.key) continue;
      all += count;
      const bool is_cased =
          has_letter_of(LetterCase::kCapital, spelling) && has_letter_of(LetterCase::kSmall, spelling);
      if (is_cased && cased.second == 0) cased = {spelling, count};
    }
    const double enough = kCasedShare * static_cast<double>(all);
    return cased.second > 0 && static_cast<double>(cased.second) >= enough ? cased.first : usual;
  }

  // most  articles of the form by which support is measured
  static std::string canonical(NameKind kind, const std::vector<NameForm>& forms, std::uint64_t most) {
    const double enough = kWellSupported * static_cast<double>(most);
    const NameForm* best = &forms.front();
    const auto length = [&](const NameForm& form) {
      return kind == NameKind::kPerson ? told_letters(parse_person_name(form.shown)) : form.shown.size();
    };
    for (const NameForm& form : forms) {
      if (static_cast<double>(form.articles) >= enough && length(form) > length(*best)) best = &form;
    }
    return best->shown;
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  const NameCounts& counts_;
  const IsNickname& is_nickname_;
  const NameAliases& aliases_;
  std::vector<Cluster> clusters_;
  std::unordered_map<std::string, std::vector<std::size_t>> holders_;  // clusters by spelling_key of a surname
  std::vector<std::pair<std::size_t, Entry>> joined_bare_;
};

std::vector<CollectionName> join_names(const NameCounts& counts, const IsNickname& is_nickname,
                                       const NameAliases& aliases) {
  return CollectionPass(counts, is_nickname, aliases).run();
}

}  // namespace dateline
