// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/quotes/quote_topics.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "common/analyzer.h"
#include "common/ascii.h"
#include "common/name_key.h"
#include "common/stop_words.h"

namespace dateline {
namespace {

constexpr std::size_t kMinQuotes = 2;  // of a group
constexpr std::size_t kMaxHeadingWords = 3;
constexpr std::size_t kMinWordBytes = 3;

struct Term {
  double rarity = 0;
  std::set<std::size_t> quotes;                // that have it
  std::map<std::string, std::size_t> written;  // its forms

  [[nodiscard]] std::string shown() const {
    return std::max_element(written.begin(), written.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
  }
};

using Terms = std::map<std::string, Term>;

bool tells(std::string_view word) {
  return word.size() >= kMinWordBytes && !is_stop_word(word) && std::none_of(word.begin(), word.end(), is_figure);
}

Terms collect_terms(const std::vector<QuoteHit>& quotes, TermVariants& variants,
                    const std::function<double(const std::string&)>& rarity) {
  Terms terms;
  for (std::size_t i = 0; i < quotes.size(); ++i) {
    const std::string own = ' ' + name_key(quotes[i].speaker) + ' ';
    Stemmer& stemmer = variants.stemmer(quotes[i].article.language);
    for (const OwnedToken& token : analyze(quotes[i].text)) {
      if (!tells(token.word) || own.find(' ' + token.word + ' ') != std::string::npos) continue;
      Term& term = terms[stemmer.stem(token.word, token.stemmable)];
      term.quotes.insert(i);
      ++term.written[token.word];
    }
  }
  std::erase_if(terms, [](const auto& entry) { return entry.second.quotes.size() < kMinQuotes; });
  for (auto& [text, term] : terms) term.rarity = rarity(text);
  return terms;
}

// How many of the quotes have the term, and how much that says. The first of equals is taken.
const Term* most_telling(const Terms& terms, const std::set<std::size_t>& among, std::size_t at_least,
                         double min_rarity, const std::vector<const Term*>& without) {
  const Term* best = nullptr;
  double best_worth = 0;
  for (const auto& [text, term] : terms) {
    if (term.rarity < min_rarity || std::find(without.begin(), without.end(), &term) != without.end()) continue;
    const auto have = static_cast<std::size_t>(std::count_if(term.quotes.begin(), term.quotes.end(),
                                                             [&](std::size_t quote) { return among.contains(quote); }));
    // Cubed, or a word of every tenth passage ("get") would win by its numbers.
    const double worth = static_cast<double>(have) * term.rarity * term.rarity * term.rarity;
    if (have >= at_least && worth > best_worth) {
      best = &term;
      best_worth = worth;
    }
  }
  return best;
}

}  // namespace

std::vector<QuoteTopic> find_topics(const std::vector<QuoteHit>& quotes, TermVariants& variants,
                                    const std::function<double(const std::string&)>& rarity) {
  const Terms terms = collect_terms(quotes, variants, rarity);
  std::set<std::size_t> left;
  for (std::size_t i = 0; i < quotes.size(); ++i) left.insert(left.end(), i);
  std::vector<QuoteTopic> topics;
  while (topics.size() < kMaxTopics) {
    const Term* first = most_telling(terms, left, kMinQuotes, 0, {});
    if (first == nullptr) break;
    std::set<std::size_t> group;
    std::set_intersection(left.begin(), left.end(), first->quotes.begin(), first->quotes.end(),
                          std::inserter(group, group.end()));
    std::vector<const Term*> heading{first};
    while (heading.size() < kMaxHeadingWords) {
      const Term* next = most_telling(terms, group, std::max(kMinQuotes, group.size() / 2), first->rarity / 2, heading);
      if (next == nullptr) break;
      heading.push_back(next);
    }
    QuoteTopic topic{{}, {group.begin(), group.end()}};
    for (const Term* term : heading) topic.words.push_back(term->shown());
    for (const std::size_t quote : group) left.erase(quote);
    topics.push_back(std::move(topic));
  }
  if (!left.empty()) topics.push_back({{}, {left.begin(), left.end()}});
  return topics;
}

}  // namespace dateline
