// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/asking/query_parser.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <utility>

#include "common/analyzer.h"
#include "common/text.h"

namespace dateline {
namespace {

constexpr unsigned kMaxDepth = 32;
constexpr unsigned kDefaultNear = 10;
constexpr unsigned kMaxNear = 1000;
constexpr std::size_t kMinPrefixBytes = 2;

constexpr std::array<std::string_view, 9> kFields{"title",  "outlet", "date",  "after", "before",
                                                  "person", "org",    "place", "said"};

struct QuoteMarks {
  std::string_view open;
  std::array<std::string_view, 2> close;  // "„" ends with either of two
};
constexpr std::array<QuoteMarks, 5> kQuoteMarks{{
    {"\"", {"\"", "\""}},
    {"\u201c", {"\u201d", "\u201d"}},
    {"\u201e", {"\u201c", "\u201d"}},
    {"\u00ab", {"\u00bb", "\u00bb"}},
    {"\u00bb", {"\u00ab", "\u00ab"}},
}};

enum class Lexeme { kWord, kQuoted, kOpen, kClose, kPlus, kMinus, kAnd, kOr, kNot, kNear };

struct Lexed {
  Lexeme kind = Lexeme::kWord;
  std::string text;   // kWord, kQuoted
  std::string field;  // kWord, kQuoted: in front of it, if any
  unsigned distance = 0;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  return out;
}

bool is_field(std::string_view name) { return std::find(kFields.begin(), kFields.end(), lower(name)) != kFields.end(); }

// True if there is a small letter outside the names of fields.
bool has_lower_case(std::string_view text) {
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  std::string word;       // the letters under way, those of ASCII
  bool is_lower = false;  // there is a small one among them
  for (std::int32_t at = 0; at < units.length(); at = units.moveIndex32(at, 1)) {
    const UChar32 c = units.char32At(at);
    if (u_isalpha(c)) {
      word += c < 0x80 ? static_cast<char>(c) : '?';
      is_lower = is_lower || u_islower(c);
      continue;
    }
    if (is_lower && !(c == ':' && is_field(word))) return true;
    word.clear();
    is_lower = false;
  }
  return is_lower;
}

// Cuts a query into lexemes.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text), operators_(has_lower_case(text)) {}

  std::vector<Lexed> run() {
    while (at_ < text_.size()) {
      if (is_blank(text_[at_])) {
        ++at_;
      } else if (text_[at_] == '(' || text_[at_] == ')') {
        lexed_.push_back({text_[at_] == '(' ? Lexeme::kOpen : Lexeme::kClose, {}, {}, 0});
        ++at_;
      } else if (!sign() && !quoted({})) {
        word();
      }
    }
    return std::move(lexed_);
  }

 private:
  // A + or - in front of something, after a blank, a bracket or nothing.
  bool sign() {
    const char c = text_[at_];
    if (c != '+' && c != '-') return false;
    const bool starts = at_ == 0 || is_blank(text_[at_ - 1]) || text_[at_ - 1] == '(';
    const bool leads =
        at_ + 1 < text_.size() && !is_blank(text_[at_ + 1]) && text_[at_ + 1] != c && text_[at_ + 1] != ')';
    if (!starts || !leads) return false;
    lexed_.push_back({c == '+' ? Lexeme::kPlus : Lexeme::kMinus, {}, {}, 0});
    ++at_;
    return true;
  }

  // A quoted stretch with its closing mark; a mark without one is no more than punctuation.
  bool quoted(std::string_view field) {
    for (const QuoteMarks& marks : kQuoteMarks) {
      if (text_.substr(at_, marks.open.size()) != marks.open) continue;
      const std::size_t begin = at_ + marks.open.size();
      std::size_t end = std::string_view::npos;
      std::size_t after = 0;
      for (const std::string_view close : marks.close) {
        const std::size_t found = find_close(close, begin);
        if (found < end) {
          end = found;
          after = found + close.size();
        }
      }
      if (end == std::string_view::npos) return false;
      lexed_.push_back({Lexeme::kQuoted, without_marks(text_.substr(begin, end - begin)), std::string(field), 0});
      at_ = after;
      return true;
    }
    return false;
  }

  // Searches each kind of mark only as long as there may be one, so that a thousand open marks cost no more than one.
  std::size_t find_close(std::string_view close, std::size_t begin) {
    const auto known = none_after_.find(close);
    if (known != none_after_.end() && begin >= known->second) return std::string_view::npos;
    const std::size_t found = text_.find(close, begin);
    if (found == std::string_view::npos) none_after_[close] = begin;
    return found;
  }

  // The size of the quotation mark at `at`; 0 if there is none.
  static std::size_t mark_size(std::string_view text, std::size_t at) {
    for (const QuoteMarks& marks : kQuoteMarks) {
      for (const std::string_view mark : {marks.open, marks.close[0], marks.close[1]}) {
        if (text.substr(at, mark.size()) == mark) return mark.size();
      }
    }
    return 0;
  }

  // Marks inside a quotation are punctuation.
  static std::string without_marks(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = mark_size(text, at);
      out += size > 0 ? ' ' : text[at];
      at += std::max<std::size_t>(size, 1);
    }
    return out;
  }

  void word() {
    if (const std::size_t size = mark_size(text_, at_); size > 0) {  // without its partner
      at_ += size;
      return;
    }
    if (text_[at_] == '+' || text_[at_] == '-') {  // a sign of nothing
      ++at_;
      return;
    }
    const std::size_t begin = at_;
    ++at_;
    std::string field;
    std::size_t value = begin;
    while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '(' && text_[at_] != ')') {
      if (field.empty() && text_[at_] == ':' && value == begin) {
        const std::string name = lower(text_.substr(begin, at_ - begin));
        if (is_field(name)) {
          field = name;
          value = ++at_;
          if (at_ < text_.size() && quoted(field)) return;
          continue;
        }
      }
      if (mark_size(text_, at_) > 0) break;
      ++at_;
    }
    if (value == at_) {  // "title:" and nothing
      value = begin;
      field.clear();
    }
    push_word(text_.substr(value, at_ - value), std::move(field));
  }

  void push_word(std::string_view word, std::string field) {
    Lexed lexed{Lexeme::kWord, std::string(word), std::move(field), 0};
    if (lexed.field.empty()) {
      if (word == "AND") lexed.kind = Lexeme::kAnd;
      if (word == "OR") lexed.kind = Lexeme::kOr;
      if (word == "NOT") lexed.kind = Lexeme::kNot;
      if (const std::optional<unsigned> distance = near_distance(word)) {
        lexed.kind = Lexeme::kNear;
        lexed.distance = *distance;
      }
      if (!operators_ && lexed.kind != Lexeme::kWord) {
        // A word after all; in small letters it will be one wherever it is printed.
        lexed.kind = Lexeme::kWord;
        lexed.text = lower(word);
      }
    }
    lexed_.push_back(std::move(lexed));
  }

  static std::optional<unsigned> near_distance(std::string_view word) {
    if (word == "NEAR") return kDefaultNear;
    if (!word.starts_with("NEAR/")) return std::nullopt;
    unsigned distance = 0;
    const auto [end, error] = std::from_chars(word.data() + 5, word.data() + word.size(), distance);
    if (error != std::errc() || end != word.data() + word.size() || distance == 0) return std::nullopt;
    return std::min(distance, kMaxNear);
  }

  std::string_view text_;
  bool operators_;
  std::size_t at_ = 0;
  std::map<std::string_view, std::size_t> none_after_;  // by closing mark: from here on there is none
  std::vector<Lexed> lexed_;
};

bool holds_word_characters(std::string_view text) {
  Token token;
  return TokenStream(text).next(token);
}

bool is_letter(const QueryNode& node) {
  return node.kind == QueryKind::kWord && node.text.size() == 1 && lower(node.text) >= "a" && lower(node.text) <= "z";
}

// Single letters side by side ("u s", "f b i") become one word where the analyzer takes them for an acronym, as it
// does in stripped text; not those that a possessive or a contraction left ("trump s a").
void join_letters(std::vector<QueryClause>& clauses) {
  for (std::size_t first = 0; first < clauses.size(); ++first) {
    if (!is_letter(clauses[first].node) || clauses[first].occurs == Occurs::kMustNot) continue;
    std::string letters = clauses[first].node.text;
    std::size_t end = first + 1;
    for (; end < clauses.size() && is_letter(clauses[end].node) && clauses[end].occurs == Occurs::kShould; ++end) {
      letters += ' ' + clauses[end].node.text;
    }
    const bool has_word_before = first > 0 && clauses[first - 1].node.kind == QueryKind::kWord;
    const std::string before = has_word_before ? clauses[first - 1].node.text + ' ' : std::string();
    const std::vector<OwnedToken> tokens = analyze(before + letters);
    if (end > first + 1 && !tokens.empty() && tokens.back().span.begin == before.size()) {
      clauses[first].node.text = letters;
      clauses.erase(clauses.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                    clauses.begin() + static_cast<std::ptrdiff_t>(end));
    } else {
      first = end - 1;
    }
  }
}

// Lexemes to a tree, by recursive descent over the grammar in the header.
class Parser {
 public:
  explicit Parser(std::vector<Lexed> lexed) : lexed_(std::move(lexed)) {}

  QueryNode run() {
    QueryNode root;
    while (at_ < lexed_.size()) {
      list(root, 0);
      if (at_ < lexed_.size()) ++at_;  // a closing bracket too many
    }
    // A group alone is the query.
    while (root.clauses.size() == 1 && root.clauses[0].occurs == Occurs::kMust &&
           root.clauses[0].node.kind == QueryKind::kGroup) {
      QueryNode only = std::move(root.clauses[0].node);
      root = std::move(only);
    }
    return root;
  }

 private:
  [[nodiscard]] bool at(Lexeme kind) const { return at_ < lexed_.size() && lexed_[at_].kind == kind; }

  // Adds the items up to a closing bracket or the end to `group`.
  void list(QueryNode& group, unsigned depth) {
    while (at_ < lexed_.size() && !at(Lexeme::kClose)) {
      const std::size_t before = at_;
      std::vector<QueryClause> clauses = choice(depth);
      std::move(clauses.begin(), clauses.end(), std::back_inserter(group.clauses));
      if (at_ == before) ++at_;  // an operator without its operands: ignored
    }
    join_letters(group.clauses);
  }

  // One item: the clauses that it adds to the list around it.
  std::vector<QueryClause> choice(unsigned depth) {
    std::vector<QueryClause> first = both(depth);
    if (!at(Lexeme::kOr) || first.empty()) return first;
    QueryNode group;
    group.clauses.push_back(alternative(std::move(first)));
    while (at(Lexeme::kOr)) {
      ++at_;
      std::vector<QueryClause> next = both(depth);
      if (!next.empty()) group.clauses.push_back(alternative(std::move(next)));
    }
    if (group.clauses.size() == 1) return narrow(std::move(group.clauses[0].node));
    return narrow(std::move(group));
  }

  std::vector<QueryClause> both(unsigned depth) {
    std::vector<QueryClause> all = clause(depth);
    while (at(Lexeme::kAnd) && !all.empty()) {
      ++at_;
      std::vector<QueryClause> next = clause(depth);
      if (next.empty()) continue;
      std::move(next.begin(), next.end(), std::back_inserter(all));
      for (QueryClause& one : all) {
        if (one.occurs == Occurs::kShould) one.occurs = Occurs::kMust;
      }
    }
    return all;
  }

  std::vector<QueryClause> clause(unsigned depth) {
    std::optional<Occurs> sign;
    for (; at(Lexeme::kPlus) || at(Lexeme::kMinus) || at(Lexeme::kNot); ++at_) {
      sign = at(Lexeme::kPlus) ? Occurs::kMust : Occurs::kMustNot;
    }
    std::vector<QueryClause> clauses = near(depth);
    if (!sign || clauses.empty()) return clauses;
    if (clauses.size() == 1 && clauses[0].occurs != Occurs::kMustNot) {
      clauses[0].occurs = *sign;
      return clauses;
    }
    QueryNode group;
    group.clauses = std::move(clauses);
    return {{*sign, std::move(group)}};
  }

  std::vector<QueryClause> near(unsigned depth) {
    std::vector<QueryClause> first = atom(depth);
    if (!at(Lexeme::kNear) || !may_be_near(first)) return first;
    QueryNode node;
    node.kind = QueryKind::kNear;
    node.clauses.push_back({Occurs::kMust, std::move(first[0].node)});
    std::vector<QueryClause> rest;
    while (at(Lexeme::kNear)) {
      const unsigned distance = lexed_[at_].distance;
      ++at_;
      rest = atom(depth);
      if (!may_be_near(rest)) break;
      node.distance = std::max(node.distance, distance);
      node.clauses.push_back({Occurs::kMust, std::move(rest[0].node)});
      rest.clear();
    }
    std::vector<QueryClause> clauses =
        node.clauses.size() > 1 ? narrow(std::move(node)) : as_item(std::move(node.clauses[0].node));
    std::move(rest.begin(), rest.end(), std::back_inserter(clauses));
    return clauses;
  }

  static bool may_be_near(const std::vector<QueryClause>& clauses) {
    return clauses.size() == 1 &&
           (clauses[0].node.kind == QueryKind::kWord || clauses[0].node.kind == QueryKind::kPhrase);
  }

  std::vector<QueryClause> atom(unsigned depth) {
    if (at_ >= lexed_.size()) return {};
    if (at(Lexeme::kOpen)) return bracket(depth);
    if (!at(Lexeme::kWord) && !at(Lexeme::kQuoted)) return {};
    const Lexed& lexed = lexed_[at_++];
    return lexed.field.empty() ? bare(lexed) : field(lexed);
  }

  std::vector<QueryClause> bracket(unsigned depth) {
    ++at_;
    QueryNode group;
    if (depth < kMaxDepth) {
      list(group, depth + 1);
      if (at(Lexeme::kClose)) ++at_;
    }
    const bool only_words = std::all_of(group.clauses.begin(), group.clauses.end(),
                                        [](const QueryClause& one) { return one.occurs == Occurs::kShould; });
    if (only_words) return std::move(group.clauses);
    if (group.clauses.size() == 1 && group.clauses[0].occurs == Occurs::kMust) return std::move(group.clauses);
    return narrow(std::move(group));
  }

  static std::vector<QueryClause> bare(const Lexed& lexed) {
    QueryNode node;
    node.text = lexed.text;
    node.kind = lexed.kind == Lexeme::kQuoted ? QueryKind::kPhrase : QueryKind::kWord;
    if (!holds_word_characters(node.text)) return {};
    if (node.kind == QueryKind::kWord && node.text.find('*') == node.text.size() - 1 &&
        node.text.size() > kMinPrefixBytes) {
      node.text.pop_back();
      node.kind = QueryKind::kPrefix;
    }
    return as_item(std::move(node));
  }

  static std::vector<QueryClause> field(const Lexed& lexed) {
    QueryNode node;
    node.field = lexed.field;
    node.text = lexed.text;
    node.kind = QueryKind::kField;
    DateRange range;
    const bool is_date = node.field == "date" || node.field == "after" || node.field == "before";
    const bool readable = is_date ? parse_date_range(node.field, node.text, range) : holds_word_characters(node.text);
    if (readable) return narrow(std::move(node));
    // What is no date is plain words ("before: noon").
    node.text = lower(node.field + " " + node.text);  // nothing in it is an operator
    std::replace_if(
        node.text.begin(), node.text.end(), [](char c) { return c == ':' || c == '*'; }, ' ');
    node.field.clear();
    node.kind = QueryKind::kWord;
    if (!holds_word_characters(node.text)) return {};
    std::vector<QueryClause> words;
    for (const Lexed& word : Lexer(node.text).run()) {
      QueryNode one;
      one.kind = QueryKind::kWord;
      one.text = word.text;
      if (holds_word_characters(one.text)) words.push_back({Occurs::kShould, std::move(one)});
    }
    return words;
  }

  // Words rank, all else narrows.
  static std::vector<QueryClause> as_item(QueryNode node) {
    const Occurs occurs = node.kind == QueryKind::kWord ? Occurs::kShould : Occurs::kMust;
    return {{occurs, std::move(node)}};
  }

  static std::vector<QueryClause> narrow(QueryNode node) { return {{Occurs::kMust, std::move(node)}}; }

  // What a side of OR adds, as one alternative.
  static QueryClause alternative(std::vector<QueryClause> clauses) {
    if (clauses.size() == 1 && clauses[0].occurs != Occurs::kMustNot) {
      return {Occurs::kShould, std::move(clauses[0].node)};
    }
    QueryNode group;
    group.clauses = std::move(clauses);
    return {Occurs::kShould, std::move(group)};
  }

  std::vector<Lexed> lexed_;
  std::size_t at_ = 0;
};

bool is_choice(const QueryNode& group) {
  return group.clauses.size() > 1 && std::all_of(group.clauses.begin(), group.clauses.end(),
                                                 [](const QueryClause& one) { return one.occurs == Occurs::kShould; });
}

// Words that rank, and that side by side stay what they are (see join_letters).
bool only_words(const QueryNode& group) {
  const auto& clauses = group.clauses;
  const bool words = std::all_of(clauses.begin(), clauses.end(), [](const QueryClause& one) {
    return one.occurs == Occurs::kShould && one.node.kind == QueryKind::kWord;
  });
  std::vector<QueryClause> joined = clauses;
  join_letters(joined);
  return words && clauses.size() > 1 && joined.size() == clauses.size();
}

std::string print(const QueryNode& node, bool in_brackets);

std::string print_clauses(const QueryNode& group) {
  const char* between = is_choice(group) && !only_words(group) ? " OR " : " ";
  std::string out;
  for (const QueryClause& one : group.clauses) {
    if (!out.empty()) out += between;
    const bool is_group = one.node.kind == QueryKind::kGroup;
    if (one.occurs == Occurs::kMustNot) out += '-';
    if (one.occurs == Occurs::kMust && (one.node.kind == QueryKind::kWord || (is_group && only_words(one.node)))) {
      out += '+';
    }
    // Behind a sign words in brackets need no OR, which would be a word in a query all in capitals.
    out += one.occurs != Occurs::kShould && is_group && only_words(one.node) ? '(' + print_clauses(one.node) + ')'
                                                                             : print(one.node, true);
  }
  return out;
}

std::string print(const QueryNode& node, bool in_brackets) {
  switch (node.kind) {
    case QueryKind::kWord:  // joined letters stay together in brackets
      return node.text.find(' ') == std::string::npos ? node.text : '(' + node.text + ')';
    case QueryKind::kPrefix:
      return node.text + '*';
    case QueryKind::kPhrase:
      return '"' + node.text + '"';
    case QueryKind::kField: {
      const bool quote = node.text.find_first_of(" \t\n\r\f\v()") != std::string::npos;
      return node.field + ':' + (quote ? '"' + node.text + '"' : node.text);
    }
    case QueryKind::kNear: {
      std::string out;
      for (const QueryClause& one : node.clauses) {
        if (!out.empty()) out += fmt::format(" NEAR/{} ", node.distance);
        out += print(one.node, true);
      }
      return out;
    }
    case QueryKind::kGroup:
      break;
  }
  if (!in_brackets) return print_clauses(node);
  if (!is_choice(node)) return '(' + print_clauses(node) + ')';
  // In brackets words alone would be read as part of the list around them.
  std::string out;
  for (const QueryClause& one : node.clauses) out += (out.empty() ? "(" : " OR ") + print(one.node, true);
  return out + ')';
}

// A day, month or year as its first and last day, YYYYMMDD.
bool parse_day(std::string_view text, DateRange& range) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((i == 4 || i == 7) && (text[i] == '-' || text[i] == '/' || text[i] == '.')) continue;
    if (text[i] < '0' || text[i] > '9') return false;
    digits += text[i];
  }
  const bool separated = text.size() == 4 || text.size() == 7 || text.size() == 10;
  if (!separated && text.size() != 8) return false;
  if (digits.size() != 4 && digits.size() != 6 && digits.size() != 8) return false;
  if (digits.size() >= 6 && (digits.substr(4, 2) < "01" || digits.substr(4, 2) > "12")) return false;
  if (digits.size() == 8 && (digits.substr(6, 2) < "01" || digits.substr(6, 2) > "31")) return false;
  range.first = digits;
  range.last = digits;
  range.first.resize(8, '0');
  range.last.resize(8, '9');
  return true;
}

}  // namespace

QueryNode parse_query(std::string_view text) {
  std::string valid;
  if (!is_valid_utf8(text)) {
    valid = normalize_text(text);
    text = valid;
  }
  return Parser(Lexer(text).run()).run();
}

std::string to_string(const QueryNode& query) { return print(query, false); }

bool parse_date_range(std::string_view field, std::string_view value, DateRange& range) {
  DateRange first;
  DateRange last;
  if (field == "date") {
    const std::size_t dots = value.find("..");
    if (dots == std::string_view::npos) return parse_day(value, range);
    const std::string_view from = value.substr(0, dots);
    const std::string_view to = value.substr(dots + 2);
    if (from.empty() && to.empty()) return false;
    if ((!from.empty() && !parse_day(from, first)) || (!to.empty() && !parse_day(to, last))) return false;
    range = {first.first, last.last};
    return true;
  }
  if (!parse_day(value, first)) return false;
  // Later than all of the day (month, year) named; earlier than its beginning. The neighbour in the order of strings
  // serves, since no date lies between.
  if (field == "after") {
    range = {first.last + "~", ""};
  } else {
    std::string before = first.first;
    --before.back();
    range = {"", before + "~"};
  }
  return true;
}

}  // namespace dateline
