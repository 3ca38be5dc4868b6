// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/copies/story_pass.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace dateline {
namespace {

// Measured on 39,908 press releases, 7,892 pairs of which share half of their 5-word shingles and 4,408 four fifths of
// the shorter one's: 99.0 % and 98.1 % joined; of the pairs in stories of up to 70 articles 99.4 % share a fifth, or
// half of the shorter. With 0.58 and 0.45 for the first and the third: 97.8, 97.4 and 99.6 %; with half for the second:
// precision 98.4 %; with 0.85 for the fourth: 98.7, 98.1 and 99.3 %.
//
// An article joins where a representative has so much of the shorter text …
constexpr double kJoining = 0.56;
// … and so many of the representatives …
constexpr double kSupporters = 0.67;
// … have at least so much.
constexpr double kSupporting = 0.4;
// An article becomes a representative if none has so much of the longer text.
constexpr double kSame = 0.7;
constexpr std::size_t kMostRepresentatives = 12;
// Fewer shared hashes are no evidence: a turn of phrase in a short text.
constexpr std::size_t kLeastShared = 8;
// A representative is looked at if it shares so many hashes, …
constexpr std::uint32_t kLeastHits = 3;
// … of those that no more than so many representatives have (64: the same stories, CPU × 1.35), …
constexpr std::uint32_t kMostListed = 24;
// … and of those the first stories, most hits first.
constexpr std::size_t kMostCandidates = 8;
// Shingles that stand in more representatives belong to nobody.
constexpr std::uint32_t kUbiquitous = 64;

using ArticleIndex = std::uint32_t;
using StoryIndex = std::uint32_t;

// Which hashes come more than once. May say so of one in five others: a false word costs a look, no more.
class RepeatedHashes {
 public:
  explicit RepeatedHashes(std::size_t hashes)
      : mask_(std::bit_ceil(std::max<std::size_t>(4 * hashes, 64)) - 1), seen_(mask_ + 1), repeated_(mask_ + 1) {}

  void add(std::uint32_t hash) {
    const std::size_t at = place(hash);
    if (seen_[at]) repeated_[at] = true;
    seen_[at] = true;
  }
  [[nodiscard]] bool has(std::uint32_t hash) const { return repeated_[place(hash)]; }

 private:
  [[nodiscard]] std::size_t place(std::uint32_t hash) const { return hash & mask_; }
  std::size_t mask_;
  std::vector<bool> seen_;
  std::vector<bool> repeated_;
};

// Which representatives have a hash. An open hash table of the heads of linked lists.
class RepresentativeIndex {
 public:
  void add(std::uint32_t hash, ArticleIndex article) {
    if (3 * used_ >= 2 * slots_.size()) grow();
    Slot& slot = slots_[find(hash)];
    if (slot.count == 0) {
      slot.hash = hash;
      ++used_;
    }
    if (slot.count > kUbiquitous) return;
    ++slot.count;
    nodes_.push_back({article, slot.node});
    slot.node = static_cast<std::uint32_t>(nodes_.size() - 1);
  }

  template <typename See>
  void for_each(std::uint32_t hash, const See& see) const {
    if (slots_.empty()) return;
    const Slot& slot = slots_[find(hash)];
    if (slot.count > kMostListed) return;
    for (std::uint32_t node = slot.node; node != 0; node = nodes_[node].next) see(nodes_[node].article);
  }

  // Hashes that more representatives have than tell stories apart, ascending.
  [[nodiscard]] std::vector<std::uint32_t> ubiquitous() const {
    std::vector<std::uint32_t> hashes;
    for (const Slot& slot : slots_) {
      if (slot.count > kUbiquitous) hashes.push_back(slot.hash);
    }
    std::sort(hashes.begin(), hashes.end());
    return hashes;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t count = 0;
    std::uint32_t node = 0;
  };
  struct Node {
    ArticleIndex article = 0;
    std::uint32_t next = 0;  // 0 ends the list
  };

  [[nodiscard]] std::size_t find(std::uint32_t hash) const {
    std::size_t at = hash * std::uint64_t{0x9E3779B97F4A7C15} >> (64 - bits_);
    while (slots_[at].count != 0 && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
    return at;
  }

  void grow() {
    const std::vector<Slot> old = std::move(slots_);
    ++bits_;
    slots_.assign(std::size_t{1} << bits_, Slot{});
    for (const Slot& slot : old) {
      if (slot.count != 0) slots_[find(slot.hash)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::vector<Node> nodes_{Node{}};
  std::size_t used_ = 0;
  unsigned bits_ = 9;
};

// How much of the shorter and of the longer of two texts the other has: 0 to 1.
struct Overlap {
  double of_shorter = 0;
  double of_longer = 0;
};

Overlap overlap(const Fingerprint& one, const Fingerprint& two) {
  const std::uint32_t limit = std::min(one.limit, two.limit);
  const auto end_of = [&](const Fingerprint& print) {
    return std::upper_bound(print.hashes.begin(), print.hashes.end(), limit);
  };
  const auto end_one = end_of(one);
  const auto end_two = end_of(two);
  auto a = one.hashes.begin();
  auto b = two.hashes.begin();
  const auto [fewer, more] = std::minmax({end_one - a, end_two - b});
  std::size_t shared = 0;
  while (a != end_one && b != end_two) {
    const std::uint32_t hash_a = *a;
    const std::uint32_t hash_b = *b;
    shared += hash_a == hash_b ? 1 : 0;
    a += hash_a <= hash_b ? 1 : 0;
    b += hash_b <= hash_a ? 1 : 0;
  }
  if (shared < kLeastShared) return {};
  return {static_cast<double>(shared) / static_cast<double>(fewer),
          static_cast<double>(shared) / static_cast<double>(more)};
}

// Takes articles one after the other, longest first, each to the story it belongs to or to one of its own.
class StoryPass {
 public:
  StoryPass(const std::vector<Fingerprint>& prints, const RepeatedHashes& repeated)
      : prints_(prints), repeated_(repeated), story_of_(prints.size()), hits_(prints.size()) {}

  void add(ArticleIndex article) {
    const Fingerprint& print = prints_[article];
    std::optional<Choice> best;
    for (const StoryIndex story : candidates(print)) {
      if (const std::optional<Choice> choice = try_story(print, story); choice && (!best || choice->sum > best->sum)) {
        best = choice;
      }
    }
    if (!best) {
      best = Choice{static_cast<StoryIndex>(representatives_.size()), 0, 0};
      representatives_.emplace_back();
    }
    story_of_[article] = best->story;
    if (best->likeness >= kSame || representatives_[best->story].size() >= kMostRepresentatives) return;
    representatives_[best->story].push_back(article);
    for (const std::uint32_t hash : print.hashes) {
      if (repeated_.has(hash)) index_.add(hash, article);
    }
  }

  [[nodiscard]] StoryIndex story_of(ArticleIndex article) const { return story_of_[article]; }
  [[nodiscard]] std::size_t stories() const { return representatives_.size(); }
  [[nodiscard]] const RepresentativeIndex& index() const { return index_; }

 private:
  struct Choice {
    StoryIndex story = 0;
    double sum = 0;       // of what its representatives have: of two that fit the larger is the better
    double likeness = 0;  // to one of them
  };

  // Stories whose representatives share the most hashes, most first.
  std::vector<StoryIndex> candidates(const Fingerprint& print) {
    std::vector<ArticleIndex> met;
    for (const std::uint32_t hash : print.hashes) {
      if (repeated_.has(hash))
        index_.for_each(hash, [&](ArticleIndex article) {
          if (hits_[article]++ == 0) met.push_back(article);
        });
    }
    std::vector<std::pair<std::uint32_t, ArticleIndex>> ranked;
    for (const ArticleIndex article : met) {
      const std::uint32_t hits = std::exchange(hits_[article], 0);
      if (hits >= kLeastHits) ranked.emplace_back(UINT32_MAX - hits, story_of_[article]);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<StoryIndex> stories;
    for (const auto& [order, story] : ranked) {
      if (std::find(stories.begin(), stories.end(), story) != stories.end()) continue;
      stories.push_back(story);
      if (stories.size() == kMostCandidates) break;
    }
    return stories;
  }

  [[nodiscard]] std::optional<Choice> try_story(const Fingerprint& print, StoryIndex story) const {
    Choice choice{story, 0, 0};
    double most = 0;
    std::size_t supporters = 0;
    for (const ArticleIndex representative : representatives_[story]) {
      const Overlap shared = overlap(print, prints_[representative]);
      most = std::max(most, shared.of_shorter);
      choice.sum += shared.of_shorter;
      choice.likeness = std::max(choice.likeness, shared.of_longer);
      if (shared.of_shorter >= kSupporting) ++supporters;
    }
    const auto needed = kSupporters * static_cast<double>(representatives_[story].size());
    if (most < kJoining || static_cast<double>(supporters) < needed) return std::nullopt;
    return choice;
  }

  const std::vector<Fingerprint>& prints_;
  const RepeatedHashes& repeated_;
  RepresentativeIndex index_;
  std::vector<StoryIndex> story_of_;
  std::vector<std::vector<ArticleIndex>> representatives_;  // by story
  std::vector<std::uint32_t> hits_;                         // by article; all 0 between calls
};

bool are_same(const Fingerprint& one, const Fingerprint& two) {
  return one.letters == two.letters && !one.hashes.empty() && one.hashes == two.hashes;
}

// The articles of the collection's longest first, and of those that are the same the first for all: any number of them
// is no more work than one.
struct Distinct {
  explicit Distinct(const std::vector<CopyFacts>& articles) : first_of(articles.size()) {
    std::vector<ArticleIndex> order(articles.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](ArticleIndex a, ArticleIndex b) {
      const Fingerprint& one = articles[a].fingerprint;
      const Fingerprint& two = articles[b].fingerprint;
      return one.letters != two.letters ? one.letters > two.letters : one.hashes < two.hashes;
    });
    for (const ArticleIndex i : order) {
      if (firsts.empty() || !are_same(articles[firsts.back()].fingerprint, articles[i].fingerprint))
        firsts.push_back(i);
      first_of[i] = static_cast<std::uint32_t>(firsts.size() - 1);
    }
  }

  std::vector<ArticleIndex> firsts;
  std::vector<std::uint32_t> first_of;  // by article: the place in `firsts` of its first
};

// Disjoint sets (R. Tarjan, 1975).
class Sets {
 public:
  explicit Sets(std::size_t size) : parents_(size) { std::iota(parents_.begin(), parents_.end(), 0U); }

  std::uint32_t find(std::uint32_t one) {
    while (parents_[one] != one) one = parents_[one] = parents_[parents_[one]];
    return one;
  }
  void join(std::uint32_t one, std::uint32_t two) {
    one = find(one);
    two = find(two);
    parents_[std::max(one, two)] = std::min(one, two);
  }

 private:
  std::vector<std::uint32_t> parents_;
};

// Groups of distinct articles, by their places: what they share links them.
class Grouping {
 public:
  Grouping(const std::vector<CopyFacts>& articles, const Distinct& distinct, const std::vector<std::uint32_t>& common,
           const GoOn& go_on)
      : articles_(articles), distinct_(distinct), sets_(distinct.firsts.size()) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> postings;
    std::vector<std::uint32_t> keys_of(distinct.firsts.size());
    for (std::uint32_t place = 0; place < distinct.firsts.size(); ++place) {
      go_on();
      for (const std::uint32_t key : copy_keys(print(place))) {
        postings.emplace_back(key, place);
        if (!is_band(key)) ++keys_of[place];
      }
    }
    std::sort(postings.begin(), postings.end());
    std::vector<std::vector<std::uint32_t>> shared(distinct.firsts.size());  // begins of lists, by place
    lists_.reserve(postings.size());
    for (std::size_t begin = 0, end = 0; begin < postings.size(); begin = end) {
      const std::uint32_t key = postings[begin].first;
      const bool is_of_many = std::binary_search(common.begin(), common.end(), key);
      for (end = begin; end < postings.size() && postings[end].first == key; ++end) {
        const std::uint32_t place = postings[end].second;
        lists_.push_back(place);
        if (is_band(key) && is_of_many) sets_.join(place, postings[begin].second);
        if (!is_band(key) && !is_of_many && end > begin) shared[place].push_back(static_cast<std::uint32_t>(begin));
      }
    }
    link(shared, keys_of, go_on);
  }

  std::uint32_t group_of(std::uint32_t place) { return sets_.find(place); }

 private:
  [[nodiscard]] const Fingerprint& print(std::uint32_t place) const {
    return articles_[distinct_.firsts[place]].fingerprint;
  }

  void link(const std::vector<std::vector<std::uint32_t>>& shared, const std::vector<std::uint32_t>& keys_of,
            const GoOn& go_on) {
    std::vector<std::uint32_t> hits(shared.size());
    std::vector<std::uint32_t> met;
    for (std::uint32_t place = 0; place < shared.size(); ++place) {
      go_on();
      for (const std::uint32_t begin : shared[place]) {
        for (std::size_t at = begin; lists_[at] != place; ++at) {
          if (hits[lists_[at]]++ == 0) met.push_back(lists_[at]);
        }
      }
      for (const std::uint32_t other : met) {
        const std::uint32_t count = std::exchange(hits[other], 0);
        if (count < kLinkingKeys && count < std::min(keys_of[place], keys_of[other])) continue;
        if (sets_.find(place) != sets_.find(other) && are_linked(print(place), print(other))) sets_.join(place, other);
      }
      met.clear();
    }
  }

  const std::vector<CopyFacts>& articles_;
  const Distinct& distinct_;
  Sets sets_;
  std::vector<std::uint32_t> lists_;  // the places that have a key, ascending, one list behind the other
};

// The stories of a group of distinct articles, longest first; articles that share theirs with none included.
std::vector<ArticleGroup> stories_of_group(std::vector<Fingerprint> prints) {
  std::size_t hashes = 0;
  for (const Fingerprint& print : prints) hashes += print.hashes.size();
  RepeatedHashes repeated(hashes);
  for (const Fingerprint& print : prints) {
    for (const std::uint32_t hash : print.hashes) repeated.add(hash);
  }
  const auto count = static_cast<ArticleIndex>(prints.size());
  // Only stories can tell what stands in very many of them: the first pass finds that out, the second goes by it.
  if (count > kUbiquitous) {
    StoryPass pass(prints, repeated);
    for (ArticleIndex i = 0; i < count; ++i) pass.add(i);
    const std::vector<std::uint32_t> ubiquitous = pass.index().ubiquitous();
    for (Fingerprint& print : prints) {
      std::erase_if(print.hashes, [&](std::uint32_t hash) {
        return repeated.has(hash) && std::binary_search(ubiquitous.begin(), ubiquitous.end(), hash);
      });
    }
  }
  StoryPass pass(prints, repeated);
  for (ArticleIndex i = 0; i < count; ++i) pass.add(i);
  std::vector<ArticleGroup> stories(pass.stories());
  for (ArticleIndex i = 0; i < count; ++i) stories[pass.story_of(i)].push_back(i);
  return stories;
}

// Puts the articles of a story in the order of JoinedStories.
void rank_story(ArticleGroup& story, const std::vector<CopyFacts>& articles) {
  const auto quality = [&](ArticleIndex i) {
    const Fingerprint& print = articles[i].fingerprint;
    return std::tuple(!print.has_capitals, !print.has_marks);
  };
  const auto origin = [&](ArticleIndex i) {
    return std::tuple(std::string_view(articles[i].id), std::string_view(articles[i].path), articles[i].line, i);
  };
  const auto rank = [&](ArticleIndex i) {
    const CopyFacts& facts = articles[i];
    return std::tuple(quality(i), UINT32_MAX - facts.fingerprint.letters, facts.date.empty(),
                      std::string_view(facts.date), origin(i));
  };
  std::sort(story.begin(), story.end(), [&](ArticleIndex a, ArticleIndex b) { return rank(a) < rank(b); });
  std::map<std::string_view, std::vector<std::size_t>> places;  // by outlet
  for (std::size_t at = 0; at < story.size(); ++at) {
    if (!articles[story[at]].outlet.empty()) places[articles[story[at]].outlet].push_back(at);
  }
  const ArticleGroup best = story;
  for (const auto& [outlet, held] : places) {
    ArticleGroup versions;
    for (const std::size_t at : held) versions.push_back(best[at]);
    std::stable_sort(versions.begin(), versions.end(), [&](ArticleIndex a, ArticleIndex b) {
      return quality(a) != quality(b) ? quality(a) < quality(b) : articles[a].date > articles[b].date;
    });
    for (std::size_t n = 0; n < held.size(); ++n) story[held[n]] = versions[n];
  }
}

// Adds what of a story, which is in order, can be repaired.
void find_repairs(const ArticleGroup& story, const std::vector<CopyFacts>& articles, JoinedStories& joined) {
  const auto source =
      std::find_if(story.begin(), story.end(), [&](ArticleIndex i) { return articles[i].fingerprint.has_marks; });
  if (source == story.end()) return;
  for (const ArticleIndex i : story) {
    const Fingerprint& print = articles[i].fingerprint;
    if (!print.has_capitals && !print.has_marks) joined.repairs.emplace_back(i, *source);
  }
}

}  // namespace

std::vector<std::uint32_t> common_keys(const std::vector<CopyFacts>& articles) {
  std::vector<std::uint32_t> all;
  for (const CopyFacts& article : articles) {
    const std::vector<std::uint32_t> keys = copy_keys(article.fingerprint);
    all.insert(all.end(), keys.begin(), keys.end());
  }
  std::sort(all.begin(), all.end());
  std::vector<std::uint32_t> common;
  for (auto first = all.begin(); first != all.end();) {
    const auto last = std::find_if(first, all.end(), [&](std::uint32_t key) { return key != *first; });
    if (is_common(*first, static_cast<std::size_t>(last - first))) common.push_back(*first);
    first = last;
  }
  return common;
}

bool are_linked(const Fingerprint& one, const Fingerprint& two) {
  return are_same(one, two) || overlap(one, two).of_shorter >= kSupporting;
}

JoinedStories join_stories(const std::vector<CopyFacts>& articles, const std::vector<std::uint32_t>& common,
                           const GoOn& go_on) {
  const Distinct distinct(articles);
  Grouping grouping(articles, distinct, common, go_on);
  std::vector<ArticleGroup> places(distinct.firsts.size());  // by group
  for (std::uint32_t place = 0; place < places.size(); ++place) places[grouping.group_of(place)].push_back(place);
  std::vector<ArticleGroup> members(distinct.firsts.size());  // by place
  for (ArticleIndex i = 0; i < articles.size(); ++i) members[distinct.first_of[i]].push_back(i);

  JoinedStories joined;
  const auto with_members = [&](const ArticleGroup& some, const ArticleGroup& of) {
    ArticleGroup all;
    for (const std::uint32_t i : some) all.insert(all.end(), members[of[i]].begin(), members[of[i]].end());
    std::sort(all.begin(), all.end());
    return all;
  };
  for (const ArticleGroup& group : places) {
    if (group.empty() || (group.size() == 1 && members[group.front()].size() == 1)) continue;
    go_on();
    std::vector<Fingerprint> prints;
    ArticleGroup all(group.size());
    std::iota(all.begin(), all.end(), 0U);
    for (const std::uint32_t place : group) prints.push_back(articles[distinct.firsts[place]].fingerprint);
    joined.groups.push_back(with_members(all, group));
    for (const ArticleGroup& story : stories_of_group(std::move(prints))) {
      ArticleGroup found = with_members(story, group);
      if (found.size() < 2) continue;
      rank_story(found, articles);
      find_repairs(found, articles, joined);
      joined.stories.push_back(std::move(found));
    }
  }
  std::sort(joined.stories.begin(), joined.stories.end());
  std::sort(joined.groups.begin(), joined.groups.end());
  return joined;
}

}  // namespace dateline
