// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/finding/verifier.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "common/analyzer.h"
#include "common/ascii.h"
#include "common/schema.h"
#include "common/stop_words.h"
#include "common/text.h"

namespace dateline {
namespace {

// A word that may stand at one position. Joined ones ("alsayed" of "al-Sayed") stand for several.
struct Form {
  std::string text;
  std::size_t positions = 1;
};

// What may stand at one position.
struct Place {
  std::vector<Form> spellings;  // folded words: as typed
  std::vector<Form> terms;      // stems: any form
  bool is_stop = false;
};

bool holds(const std::vector<Form>& list, std::string_view text) {
  return std::any_of(list.begin(), list.end(), [&](const Form& one) { return one.text == text; });
}

// An occurrence: indexes into PassageWords::all(), both included.
struct Occurrence {
  std::size_t first = 0;
  std::size_t last = 0;
};

std::vector<Place> make_places(std::string_view text, TermVariants& variants) {
  std::vector<Place> places;
  const WordWays ways = word_ways(text);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    Place place;
    place.is_stop = is_stop_word(ways[i].front().token.word);
    for (const auto& [token, next] : ways[i]) {
      const std::size_t positions = next - i;
      for (std::string& spelling : TermVariants::spellings(token.word)) {
        place.spellings.push_back({std::move(spelling), positions});
      }
      for (std::string& term : variants.terms(token.word, token.stemmable)) {
        place.terms.push_back({std::move(term), positions});
      }
    }
    places.push_back(std::move(place));
  }
  return places;
}

enum class Compare { kSpelling, kStem };

// Looks for the words of a run one after another. A hyphenated word is its parts or one word, in the run as in the
// passage: "co-operation", "co operation" and "cooperation" are the same.
class RunFinder {
 public:
  RunFinder(const std::vector<Place>& run, const PassageWords& words, Compare compare)
      : run_(run), words_(words), all_(words.all()), compare_(compare) {}

  std::vector<Occurrence> find() {
    std::vector<Occurrence> found;
    for (std::size_t begin = 0; begin < all_.size() && !run_.empty(); begin = next_position(begin, 1)) {
      if (const std::optional<std::size_t> last = last_from(begin)) found.push_back({begin, *last});
    }
    return found;
  }

 private:
  // Where to go on: a place of the run and the first word of a position in the passage.
  using State = std::pair<std::size_t, std::size_t>;

  // The last word of the run if it begins at the position whose first word is `begin`.
  std::optional<std::size_t> last_from(std::size_t begin) {
    open_.assign(1, {0, begin});
    while (!open_.empty()) {
      // The earliest place first: then no state is met again once it is done.
      const auto earliest = std::min_element(open_.begin(), open_.end());
      const auto [place, at] = *earliest;
      open_.erase(earliest);
      const Place& wanted = run_[place];
      const std::vector<Form>& forms = compare_ == Compare::kSpelling ? wanted.spellings : wanted.terms;
      for (std::size_t i = at; i < all_.size() && all_[i].position == all_[at].position; ++i) {
        const std::string_view word =
            compare_ == Compare::kSpelling ? words_.folded(all_[i]) : std::string_view(words_.term(all_[i]));
        for (const Form& form : forms) {
          if (form.text != word) continue;
          if (place + form.positions >= run_.size()) return i;
          const State next{place + form.positions, next_position(i, positions_of(i))};
          if (next.second < all_.size() && std::find(open_.begin(), open_.end(), next) == open_.end()) {
            open_.push_back(next);
          }
        }
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t positions_of(std::size_t word) const {
    std::size_t count = 1;
    for (std::size_t i = word + 1; i < all_.size() && all_[i].span.begin < all_[word].span.end; ++i) {
      if (all_[i].position != all_[i - 1].position) ++count;
    }
    return count;
  }

  // The first word so many positions behind that of `word`; all_.size() if there is none.
  [[nodiscard]] std::size_t next_position(std::size_t word, std::size_t positions) const {
    const std::size_t wanted = all_[word].position + positions;
    while (word < all_.size() && all_[word].position < wanted) ++word;
    return word;
  }

  const std::vector<Place>& run_;
  const PassageWords& words_;
  const std::vector<PassageWord>& all_;
  Compare compare_;
  std::vector<State> open_;
};

// Where the words of a phrase stand one after another, as typed.
std::vector<Occurrence> find_phrase(const std::vector<Place>& phrase, const PassageWords& words) {
  return RunFinder(phrase, words, Compare::kSpelling).find();
}

// Where a word stands in any form; one of several parts ("al-Sayed") with all of them.
std::vector<Occurrence> find_whole_word(const std::vector<Place>& word, const PassageWords& words) {
  return RunFinder(word, words, Compare::kStem).find();
}

// Where a word or any part of it stands, in any form.
std::vector<Occurrence> find_word(const std::vector<Place>& word, const PassageWords& words) {
  std::vector<Occurrence> found;
  for (std::size_t i = 0; i < words.all().size(); ++i) {
    const std::string& term = words.term(words.all()[i]);
    if (std::any_of(word.begin(), word.end(), [&](const Place& place) { return holds(place.terms, term); })) {
      found.push_back({i, i});
    }
  }
  return found;
}

// The occurrences of one part of a NEAR: a word in any form, a phrase as typed.
struct NearPart {
  bool is_phrase = false;
  std::vector<Place> places;
};

// Stretches that hold every part, their starts at most `distance` words from one another. One sweep over all
// occurrences by position.
std::vector<Occurrence> find_near(const std::vector<NearPart>& parts, unsigned distance, const PassageWords& words) {
  struct Event {
    Occurrence where;
    std::size_t part = 0;
  };
  std::vector<Event> events;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto& places = parts[part].places;
    for (const Occurrence& where :
         parts[part].is_phrase ? find_phrase(places, words) : find_whole_word(places, words)) {
      events.push_back({where, part});
    }
  }
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::pair(a.where.first, a.part) < std::pair(b.where.first, b.part);
  });
  std::vector<std::optional<Occurrence>> latest(parts.size());
  std::vector<Occurrence> found;
  for (const Event& event : events) {
    latest[event.part] = event.where;
    if (!std::all_of(latest.begin(), latest.end(), [](const auto& one) { return one.has_value(); })) continue;
    const auto by_first = [](const auto& a, const auto& b) { return a->first < b->first; };
    const std::size_t first = (*std::min_element(latest.begin(), latest.end(), by_first))->first;
    const std::uint32_t span = words.all()[event.where.first].position - words.all()[first].position;
    if (span > distance) continue;
    for (const auto& one : latest) found.push_back(*one);
  }
  return found;
}

bool all_in(const std::vector<Place>& wanted, std::string_view text, Stemmer& stemmer, bool by_stem) {
  std::vector<std::string> present;
  for (const OwnedToken& token : analyze(text)) {
    present.push_back(by_stem ? stemmer.stem(token.word, token.stemmable) : token.word);
  }
  return std::all_of(wanted.begin(), wanted.end(), [&](const Place& place) {
    const std::vector<Form>& accepted = by_stem ? place.terms : place.spellings;
    return std::any_of(present.begin(), present.end(), [&](const std::string& one) { return holds(accepted, one); });
  });
}

bool date_in(const QueryNode& field, const std::string& date) {
  DateRange range;
  if (date.empty() || !parse_date_range(field.field, field.text, range)) return false;
  const std::string value = date_value(date);
  return value >= range.first && (range.last.empty() || value <= range.last);
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// One run of letters and digits of a text, as a quick look sees it.
struct PlainWord {
  std::string_view word;
  std::size_t end = 0;
};

// Reads a text run by run without analysis. The runs are the analyzer's words but for what `odd` tells of.
class PlainReader {
 public:
  explicit PlainReader(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  // False at the end. A possessive's s is passed over.
  bool next(PlainWord& word) {
    do {
      while (at_ < text_.size() && !is_letter_or_digit(text_[at_])) pass_mark();
      word.word = run();
    } while (after_apostrophe_ && word.word.size() == 1 && to_lower(word.word[0]) == 's');
    word.end = at_;
    return !word.word.empty();
  }

  // True if something was read whose words are others than its runs: letters that are not ASCII, a hyphen or an
  // apostrophe between letters (their halves are joined), a single letter (acronyms are made of them), letters behind
  // digits, a word longer than the analyzer's.
  [[nodiscard]] bool odd() const { return odd_; }

 private:
  std::string_view run() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_letter_or_digit(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    const bool stands_alone = at_ >= text_.size() || text_[at_] != '.';
    const bool is_article = word == "a" || word == "A" || word == "I";
    if (word.size() == 1 && !(is_article && stands_alone) && !(word[0] >= '0' && word[0] <= '9') &&
        !(after_apostrophe_ && to_lower(word[0]) == 's')) {
      odd_ = true;
    }
    if (after_apostrophe_ && !(word.size() == 1 && to_lower(word[0]) == 's')) odd_ = true;
    const bool is_cut = word.size() > kMaxWordBytes;
    const bool is_amount = !word.empty() && word[0] >= '0' && word[0] <= '9' &&  // "10:30am" is 10:30 and am
                           std::any_of(word.begin(), word.end(), [](char c) { return c > '9'; });
    odd_ = odd_ || is_cut || is_amount;
    return word;
  }

  // Steps over one character that is no letter or digit.
  void pass_mark() {
    const bool after_letter = at_ > 0 && is_letter_or_digit(text_[at_ - 1]);
    after_apostrophe_ = false;
    std::size_t size = 1;
    if ((text_[at_] & 0x80) != 0) {
      // Curly quotation marks and dashes are the one thing beyond ASCII that most English news has.
      const std::string_view mark = text_.substr(at_, 3);
      const bool known = mark.starts_with("\xe2\x80") && mark.size() == 3;
      const auto last = known ? static_cast<unsigned char>(mark[2]) : 0U;
      size = known ? 3 : 1;
      if (last == 0x98 || last == 0x99) {
        after_apostrophe_ = after_letter;
      } else if (last != 0x93 && last != 0x94 && last != 0x9c && last != 0x9d && last != 0xa6) {
        odd_ = true;
      }
    } else if (text_[at_] == '\'' || text_[at_] == '`') {
      after_apostrophe_ = after_letter;
    } else if (text_[at_] == '-' && after_letter) {
      odd_ = true;
    }
    at_ += size;
    if (after_apostrophe_ && (at_ >= text_.size() || !is_letter_or_digit(text_[at_]))) after_apostrophe_ = false;
  }

  std::string_view text_;
  std::size_t at_;
  bool after_apostrophe_ = false;
  bool odd_ = false;
};

bool same_word(std::string_view word, std::string_view folded) {
  return word.size() == folded.size() &&
         std::equal(word.begin(), word.end(), folded.begin(), [](char a, char b) { return to_lower(a) == b; });
}

// False only if the phrase certainly does not stand in `text`.
bool plain_phrase_may_stand(const std::vector<std::string>& phrase, std::string_view text) {
  PlainReader reader(text);
  for (PlainWord word; reader.next(word);) {
    if (reader.odd()) return true;
    if (!same_word(word.word, phrase.front())) continue;
    std::size_t matched = 1;
    PlainReader ahead(text, word.end);
    for (PlainWord next; matched < phrase.size() && ahead.next(next); ++matched) {
      if (!same_word(next.word, phrase[matched])) break;
    }
    if (matched == phrase.size() || ahead.odd()) return true;
  }
  return reader.odd();
}

// The words of a phrase if each is of two ASCII letters or more and may be spelt in one way only; else none.
std::vector<std::string> plain_phrase(const std::vector<Place>& places) {
  std::vector<std::string> words;
  for (const Place& place : places) {
    const std::string& word = place.spellings.front().text;
    const bool plain = place.spellings.size() == 1 && word.size() > 1 &&
                       std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!plain) return {};
    words.push_back(word);
  }
  return words;
}

}  // namespace

struct Verifier::Node {
  QueryNode query;  // without its clauses
  std::vector<Place> places;
  std::string prefix;
  std::vector<NearPart> near;
  std::set<NamedOne> named;  // whom a field asks for
  std::vector<std::pair<Occurs, Node>> clauses;
  TermVariants* variants = nullptr;
  bool highlight_stop_words = false;  // root only

  Node(const QueryNode& node, TermVariants& term_variants, const NameReader& names)
      : query{node.kind, node.text, node.field, node.distance, {}},
        places(make_places(node.text, term_variants)),
        variants(&term_variants) {
    if (node.kind == QueryKind::kPrefix) prefix = prefix_word(node.text);
    if (const std::optional<NameKind> kind = kind_of_field(node.field)) {
      for (KnownName& one : names.find(*kind, node.text)) named.emplace(*kind, std::move(one.name.name));
    } else if (node.field == kSpeakerField) {
      for (KnownName& one : names.find_speakers(node.text)) named.emplace(one.name.kind, std::move(one.name.name));
    }
    for (const QueryClause& one : node.clauses) {
      if (node.kind == QueryKind::kNear) {
        near.push_back({one.node.kind == QueryKind::kPhrase, make_places(one.node.text, term_variants)});
      } else {
        clauses.emplace_back(one.occurs, Node(one.node, term_variants, names));
      }
    }
  }

  [[nodiscard]] bool matches(const PassageWords& words, const Article& head,
                             const std::vector<NamedSpan>& passage_names, const std::vector<SpokenSpan>& quotes) const {
    switch (query.kind) {
      case QueryKind::kWord:
        return has_word(words, head);
      case QueryKind::kField:
        return has_fact(head, passage_names, quotes);
      case QueryKind::kPhrase:
      case QueryKind::kPrefix:
      case QueryKind::kNear:
        return !occurrences(words).empty();
      case QueryKind::kGroup:
        break;
    }
    bool any_must = false;
    bool any_should = false;
    bool should_matches = false;
    for (const auto& [occurs, node] : clauses) {
      if (occurs == Occurs::kShould) {
        any_should = true;
        should_matches = should_matches || node.matches(words, head, passage_names, quotes);
      } else {
        any_must = any_must || occurs == Occurs::kMust;
        if (node.matches(words, head, passage_names, quotes) == (occurs == Occurs::kMustNot)) return false;
      }
    }
    return any_must || !any_should || should_matches;
  }

  [[nodiscard]] std::vector<Occurrence> occurrences(const PassageWords& words) const {
    if (query.kind == QueryKind::kWord) return find_word(places, words);
    if (query.kind == QueryKind::kPhrase) return find_phrase(places, words);
    if (query.kind == QueryKind::kNear) return find_near(near, query.distance, words);
    std::vector<Occurrence> found;
    if (query.kind == QueryKind::kPrefix) {
      for (std::size_t i = 0; i < words.all().size(); ++i) {
        if (words.folded(words.all()[i]).starts_with(prefix)) found.push_back({i, i});
      }
    }
    return found;
  }

  // The word, or every part of it, in the passage or in its article's title.
  [[nodiscard]] bool has_word(const PassageWords& words, const Article& head) const {
    const auto stands = [&](const Place& place) {
      return !find_word({place}, words).empty() || all_in({place}, head.title, variants->stemmer(head.language), true);
    };
    if (std::all_of(places.begin(), places.end(), stands)) return true;
    if (places.size() < 2) return false;
    Place joined;
    std::copy_if(places.front().terms.begin(), places.front().terms.end(), std::back_inserter(joined.terms),
                 [&](const Form& form) { return form.positions == places.size(); });
    return stands(joined);
  }

  [[nodiscard]] bool has_fact(const Article& head, const std::vector<NamedSpan>& passage_names,
                              const std::vector<SpokenSpan>& quotes) const {
    if (kind_of_field(query.field)) {
      return std::any_of(passage_names.begin(), passage_names.end(),
                         [&](const NamedSpan& one) { return named.contains(one.who); });
    }
    if (query.field == kSpeakerField) {
      return std::any_of(quotes.begin(), quotes.end(),
                         [&](const SpokenSpan& one) { return one.who && named.contains(*one.who); });
    }
    Stemmer& stemmer = variants->stemmer(head.language);
    if (query.field == "title") return all_in(places, head.title, stemmer, true);
    if (query.field == "outlet") return all_in(places, head.outlet, stemmer, false);
    return date_in(query, head.date);
  }

  [[nodiscard]] bool has_phrase(const PassageWords& words) const {
    if (query.kind == QueryKind::kPhrase) return !occurrences(words).empty();
    return query.kind == QueryKind::kGroup && std::any_of(clauses.begin(), clauses.end(), [&](const auto& one) {
             return one.first != Occurs::kMustNot && one.second.has_phrase(words);
           });
  }

  [[nodiscard]] bool asks_for_names() const {
    return kind_of_field(query.field) || query.field == kSpeakerField ||
           std::any_of(clauses.begin(), clauses.end(), [](const auto& one) { return one.second.asks_for_names(); });
  }

  [[nodiscard]] bool has_content_word() const {
    if (std::any_of(places.begin(), places.end(), [](const Place& place) { return !place.is_stop; })) return true;
    return query.kind != QueryKind::kWord &&
           (query.kind != QueryKind::kGroup || std::any_of(clauses.begin(), clauses.end(), [](const auto& one) {
              return one.first != Occurs::kMustNot && one.second.has_content_word();
            }));
  }

  void collect(const PassageWords& words, bool stop_words, std::vector<Occurrence>& found) const {
    const bool is_stop = query.kind == QueryKind::kWord &&
                         std::all_of(places.begin(), places.end(), [](const Place& place) { return place.is_stop; });
    if (!is_stop || stop_words) {
      const std::vector<Occurrence> here = occurrences(words);
      found.insert(found.end(), here.begin(), here.end());
    }
    for (const auto& [occurs, node] : clauses) {
      if (occurs != Occurs::kMustNot) node.collect(words, stop_words, found);
    }
  }
};

Verifier::Verifier(const QueryNode& query, TermVariants& variants, const NameReader& names)
    : root_(std::make_unique<Node>(query, variants, names)) {
  root_->highlight_stop_words = !root_->has_content_word();
  for (const auto& [occurs, node] : root_->clauses) {
    if (occurs != Occurs::kMust || node.query.kind != QueryKind::kPhrase) continue;
    if (std::vector<std::string> words = plain_phrase(node.places); !words.empty()) {
      plain_phrases_.push_back(std::move(words));
    }
  }
}

Verifier::~Verifier() = default;

bool Verifier::matches(const PassageWords& words, const Article& head, const std::vector<NamedSpan>& names,
                       const std::vector<SpokenSpan>& quotes) const {
  return root_->matches(words, head, names, quotes);
}

bool Verifier::matches_boilerplate(const PassageWords& words, const Article& head) const {
  return root_->has_phrase(words) && root_->matches(words, head, {}, {});
}

bool Verifier::asks_for_names() const { return root_->asks_for_names(); }

bool Verifier::may_match(std::string_view passage) const {
  return std::all_of(plain_phrases_.begin(), plain_phrases_.end(),
                     [&](const auto& phrase) { return plain_phrase_may_stand(phrase, passage); });
}

std::vector<ByteSpan> Verifier::matched_spans(const PassageWords& words, std::vector<ByteSpan> spans) const {
  std::vector<Occurrence> found;
  root_->collect(words, root_->highlight_stop_words, found);
  for (const Occurrence& one : found)
    spans.push_back({words.all()[one.first].span.begin, words.all()[one.last].span.end});
  std::sort(spans.begin(), spans.end(),
            [](ByteSpan a, ByteSpan b) { return std::pair(a.begin, b.end) < std::pair(b.begin, a.end); });
  std::vector<ByteSpan> merged;
  for (const ByteSpan& span : spans) {
    if (!merged.empty() && span.begin < merged.back().end) {
      merged.back().end = std::max(merged.back().end, span.end);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

}  // namespace dateline
