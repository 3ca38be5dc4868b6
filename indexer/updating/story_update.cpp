// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/updating/story_update.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <span>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "common/byte_codec.h"
#include "common/metadata.h"
#include "indexer/analysis.h"
#include "indexer/writing/copy_postings.h"
#include "indexer/writing/segment_writer.h"

namespace dateline {
namespace {

constexpr const char* kRebuild = "index the sources again with: dateline-index --rebuild";

// New articles whose keys are looked up together: bounds memory.
constexpr std::size_t kLookedUpAtOnce = 2000;

// The keys of some articles, in the order of their buckets.
class WantedKeys {
 public:
  struct Wanted {
    std::uint32_t key = 0;
    std::uint32_t article = 0;
  };

  void add(const CopyFacts& facts, std::uint32_t article) {
    for (const std::uint32_t key : copy_keys(facts.fingerprint)) wanted_.push_back({key, article});
  }

  // Calls on_key(key, who of `articles` wants it, held articles in the segments that have it) for each key once.
  template <typename OnKey>
  void look_up(const std::vector<Segment>& segments, const std::function<bool(ArticleNumber)>& is_held,
               const OnKey& on_key) {
    const auto order = [](const Wanted& one) { return std::tuple(copy_bucket(one.key), one.key, one.article); };
    std::sort(wanted_.begin(), wanted_.end(), [&](const Wanted& a, const Wanted& b) { return order(a) < order(b); });
    std::vector<std::pair<std::uint32_t, ArticleNumber>> found;
    for (auto first = wanted_.cbegin(); first != wanted_.cend();) {
      const std::uint32_t bucket = copy_bucket(first->key);
      const auto last =
          std::find_if(first, wanted_.cend(), [&](const Wanted& one) { return copy_bucket(one.key) != bucket; });
      found.clear();
      for (const Segment& segment : segments) {
        for_each_copy_posting(segment.database, bucket, [&](std::uint32_t key, ArticleNumber article) {
          const auto at =
              std::lower_bound(first, last, key, [](const Wanted& one, std::uint32_t k) { return one.key < k; });
          if (at != last && at->key == key && is_held(article)) found.emplace_back(key, article);
        });
      }
      std::sort(found.begin(), found.end());
      // An article that was written again stands in two segments.
      found.erase(std::unique(found.begin(), found.end()), found.end());
      auto list = found.cbegin();
      while (first != last) {
        const std::uint32_t key = first->key;
        const auto next = std::find_if(first, last, [&](const Wanted& one) { return one.key != key; });
        const auto end = std::find_if(list, found.cend(), [&](const auto& one) { return one.first != key; });
        on_key(key, std::span(first, next), std::span(list, end));
        first = next;
        list = end;
      }
    }
  }

 private:
  std::vector<Wanted> wanted_;
};

class StoryUpdate {
 public:
  StoryUpdate(StoryFacts&& old, const std::vector<Segment>& segments, NumberedFacts&& added,
              const std::function<bool(ArticleNumber)>& is_held, const GoOn& go_on)
      : old_(std::move(old)),
        segments_(segments),
        added_(std::move(added)),
        is_held_(is_held),
        go_on_(go_on),
        touched_(old_.groups.size()) {
    for (std::uint32_t group = 0; group < old_.groups.size(); ++group) {
      for (const ArticleNumber article : old_.groups[group]) group_of_[article] = group;
    }
  }

  StoryFacts run(const NumberedFacts& removed) {
    for (const ArticleNumber article : removed.numbers) touch(article);
    count_keys(removed);
    for (std::size_t begin = 0; begin < added_.facts.size(); begin += kLookedUpAtOnce) {
      link(begin, std::min(begin + kLookedUpAtOnce, added_.facts.size()));
    }
    return join();
  }

 private:
  // An article's group is to be joined anew.
  void touch(ArticleNumber article) {
    const auto group = group_of_.find(article);
    if (group != group_of_.end()) {
      touched_[group->second] = true;
    } else {
      alone_.insert(article);
    }
  }

  [[nodiscard]] bool is_touched(ArticleNumber article) const {
    const auto group = group_of_.find(article);
    return group != group_of_.end() ? touched_[group->second] : alone_.contains(article);
  }

  // What becomes common, or ceases to, touches all that have it.
  void count_keys(const NumberedFacts& removed) {
    WantedKeys wanted;
    const auto news = static_cast<std::uint32_t>(added_.facts.size());
    for (std::uint32_t i = 0; i < news; ++i) wanted.add(added_.facts[i], i);
    for (std::uint32_t i = 0; i < removed.facts.size(); ++i) wanted.add(removed.facts[i], news + i);
    std::vector<std::uint32_t> changed;
    wanted.look_up(segments_, is_held_, [&](std::uint32_t key, auto who, auto held) {
      go_on_();
      const auto came = static_cast<std::size_t>(
          std::count_if(who.begin(), who.end(), [&](const auto& one) { return one.article < news; }));
      const bool was = is_common(key, held.size() + who.size() - came);
      if (was == is_common(key, held.size() + came)) return;
      changed.push_back(key);
      for (const auto& one : held) touch(one.second);
    });
    std::sort(changed.begin(), changed.end());
    std::vector<std::uint32_t> common;
    std::set_symmetric_difference(old_.common.begin(), old_.common.end(), changed.begin(), changed.end(),
                                  std::back_inserter(common));
    old_.common = std::move(common);
  }

  // Touches the groups that new articles are linked to.
  void link(std::size_t begin, std::size_t end) {
    if (segments_.empty()) return;  // a new index
    WantedKeys wanted;
    for (std::size_t i = begin; i < end; ++i) wanted.add(added_.facts[i], static_cast<std::uint32_t>(i));
    std::vector<std::tuple<std::uint32_t, ArticleNumber, bool>> met;  // new article, one that has a key of it, a band
    std::vector<std::size_t> shingles(end - begin);
    wanted.look_up(segments_, is_held_, [&](std::uint32_t key, auto who, auto held) {
      go_on_();
      for (const auto& one : who) shingles[one.article - begin] += is_band(key) ? 0 : 1;
      if (std::binary_search(old_.common.begin(), old_.common.end(), key)) {
        if (is_band(key) && !held.empty()) touch(held.front().second);
        return;
      }
      for (const auto& one : who) {
        for (const auto& other : held) met.emplace_back(one.article, other.second, is_band(key));
      }
    });
    std::sort(met.begin(), met.end());
    for (auto first = met.begin(); first != met.end();) {
      const auto [news, other, band] = *first;
      std::size_t hits = 0;
      for (; first != met.end() && std::get<0>(*first) == news && std::get<1>(*first) == other; ++first) {
        hits += std::get<2>(*first) ? 0 : 1;
      }
      if (is_touched(other)) continue;
      const bool enough = hits >= std::min(kLinkingKeys, shingles[news - begin]);
      const Fingerprint& print = added_.facts[news].fingerprint;
      const Fingerprint& known = facts_of(other).fingerprint;
      if (enough ? are_linked(print, known) : print.hashes == known.hashes && print.letters == known.letters)
        touch(other);
    }
  }

  const CopyFacts& facts_of(ArticleNumber article) {
    const auto known = read_.find(article);
    if (known != read_.end()) return known->second;
    for (const Segment& segment : segments_) {
      if (read_metadata(segment.database, article_metadata_key(article)).empty()) continue;
      return read_.emplace(article, copy_facts(read_stored_article(segment, article))).first->second;
    }
    throw FatalError({ErrorCode::kIndex, fmt::format("article {} has copies and is not stored", article), kRebuild});
  }

  StoryFacts join() {
    StoryFacts facts;
    facts.common = std::move(old_.common);
    std::vector<ArticleNumber> numbers(alone_.begin(), alone_.end());
    for (std::size_t group = 0; group < old_.groups.size(); ++group) {
      if (touched_[group]) {
        numbers.insert(numbers.end(), old_.groups[group].begin(), old_.groups[group].end());
      } else {
        facts.groups.push_back(std::move(old_.groups[group]));
      }
    }
    for (Story& story : old_.stories) {
      if (!is_touched(story.front())) facts.stories.push_back(std::move(story));
    }
    for (const auto& [copy, source] : old_.repairs) {
      if (!is_touched(copy)) facts.repairs.emplace(copy, source);
    }
    std::erase_if(numbers, [&](ArticleNumber article) { return !is_held_(article); });
    std::sort(numbers.begin(), numbers.end());
    std::vector<CopyFacts> articles = std::move(added_.facts);
    for (const ArticleNumber number : numbers) articles.push_back(facts_of(number));
    read_.clear();
    numbers.insert(numbers.begin(), added_.numbers.begin(), added_.numbers.end());

    const auto named = [&](const ArticleGroup& some) {
      std::vector<ArticleNumber> list;
      for (const std::uint32_t i : some) list.push_back(numbers[i]);
      return list;
    };
    const JoinedStories joined = join_stories(articles, facts.common, go_on_);
    for (const ArticleGroup& group : joined.groups) facts.groups.push_back(named(group));
    for (const ArticleGroup& story : joined.stories) facts.stories.push_back(named(story));
    for (const auto& [copy, source] : joined.repairs) facts.repairs.emplace(numbers[copy], numbers[source]);
    return facts;
  }

  StoryFacts old_;
  const std::vector<Segment>& segments_;
  NumberedFacts added_;
  const std::function<bool(ArticleNumber)>& is_held_;
  const GoOn& go_on_;
  std::unordered_map<ArticleNumber, std::uint32_t> group_of_;
  std::vector<bool> touched_;                // by group
  std::unordered_set<ArticleNumber> alone_;  // touched, and of no group
  std::unordered_map<ArticleNumber, CopyFacts> read_;
};

void put_lists(std::string& out, const std::vector<std::vector<ArticleNumber>>& lists) {
  put_number(out, lists.size());
  for (const std::vector<ArticleNumber>& list : lists) {
    put_number(out, list.size());
    for (const ArticleNumber number : list) put_number(out, number);
  }
}

std::vector<std::vector<ArticleNumber>> read_lists(ByteReader& reader) {
  std::vector<std::vector<ArticleNumber>> lists;
  for (std::uint64_t n = reader.number(); n > 0 && reader.ok(); --n) {
    std::vector<ArticleNumber>& list = lists.emplace_back();
    for (std::uint64_t size = reader.number(); size > 0 && reader.ok(); --size) list.push_back(reader.number());
    if (list.size() < 2) reader.fail();
  }
  return lists;
}

}  // namespace

void NumberedFacts::add(CopyFacts&& article, ArticleNumber number) {
  facts.push_back(std::move(article));
  numbers.push_back(number);
}

void NumberedFacts::add(NumberedFacts&& others) {
  std::move(others.facts.begin(), others.facts.end(), std::back_inserter(facts));
  numbers.insert(numbers.end(), others.numbers.begin(), others.numbers.end());
}

std::string encode_story_facts(const StoryFacts& facts) {
  std::string out;
  put_lists(out, facts.stories);
  put_lists(out, facts.groups);
  put_number(out, facts.repairs.size());
  for (const auto& [copy, source] : facts.repairs) {
    put_number(out, copy);
    put_number(out, source);
  }
  std::uint32_t last = 0;
  for (const std::uint32_t key : facts.common) {
    put_number(out, key - last);
    last = key;
  }
  return out;
}

Result<StoryFacts> decode_story_facts(std::string_view bytes) {
  ByteReader reader(bytes);
  StoryFacts facts;
  facts.stories = read_lists(reader);
  facts.groups = read_lists(reader);
  for (std::uint64_t n = reader.number(); n > 0 && reader.ok(); --n) {
    const ArticleNumber copy = reader.number();
    facts.repairs[copy] = reader.number();
  }
  for (std::uint32_t last = 0; !reader.rest().empty();) facts.common.push_back(last = reader.small_number(last));
  if (!reader.ok()) return Error{ErrorCode::kIndex, "the stored stories are damaged", kRebuild};
  return facts;
}

StoryFacts update_stories(StoryFacts&& old, const std::vector<Segment>& segments, NumberedFacts&& added,
                          const NumberedFacts& removed, const std::function<bool(ArticleNumber)>& is_held,
                          const GoOn& go_on) {
  return StoryUpdate(std::move(old), segments, std::move(added), is_held, go_on).run(removed);
}

}  // namespace dateline
