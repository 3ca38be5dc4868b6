// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/articles/date_parser.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <span>
#include <unicode/uchar.h>
#include <vector>

#include "common/next_character.h"
#include "common/text.h"

namespace dateline {
namespace {

constexpr std::size_t kLookAtBytes = 4096;
constexpr std::size_t kLongestNameBytes = 24;

// A number, a word (letters only) or a single other character; blanks go.
struct Piece {
  enum class Kind { kNumber, kWord, kMark } kind = Kind::kMark;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view text;
};

Piece::Kind kind_of(UChar32 character) {
  if (character >= '0' && character <= '9') return Piece::Kind::kNumber;
  return u_isalpha(character) ? Piece::Kind::kWord : Piece::Kind::kMark;
}

std::vector<Piece> cut_pieces(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const UChar32 character = next_character(text, i);
    if (u_isUWhiteSpace(character)) continue;
    const Piece::Kind kind = kind_of(character);
    const bool grows = !pieces.empty() && kind != Piece::Kind::kMark && pieces.back().kind == kind &&
                       pieces.back().end == begin && character < 0x2E80;  // 年 and 月 stand alone
    if (!grows) pieces.push_back({kind, begin, begin, {}});
    pieces.back().end = i;
    pieces.back().text = text.substr(pieces.back().begin, i - pieces.back().begin);
  }
  return pieces;
}

struct MonthName {
  std::string_view name;  // folded
  int month;
};

constexpr MonthName kEnglishMonths[] = {
    {"jan", 1},  {"january", 1},  {"feb", 2},    {"february", 2},  {"mar", 3},  {"march", 3},
    {"apr", 4},  {"april", 4},    {"may", 5},    {"jun", 6},       {"june", 6}, {"jul", 7},
    {"july", 7}, {"aug", 8},      {"august", 8}, {"sep", 9},       {"sept", 9}, {"september", 9},
    {"oct", 10}, {"october", 10}, {"nov", 11},   {"november", 11}, {"dec", 12}, {"december", 12}};

// Abbreviations that are English words ("out", "set", "ago") are left out.
constexpr MonthName kOtherMonths[] = {
    {"januar", 1},    {"janner", 1},     {"februar", 2},   {"marz", 3},     {"mai", 5},        {"juni", 6},
    {"juli", 7},      {"okt", 10},       {"oktober", 10},  {"dez", 12},     {"dezember", 12},  {"janvier", 1},
    {"janv", 1},      {"fevrier", 2},    {"fevr", 2},      {"fev", 2},      {"mars", 3},       {"avril", 4},
    {"avr", 4},       {"juin", 6},       {"juillet", 7},   {"juil", 7},     {"aout", 8},       {"septembre", 9},
    {"octobre", 10},  {"novembre", 11},  {"decembre", 12}, {"enero", 1},    {"ene", 1},        {"febrero", 2},
    {"marzo", 3},     {"abril", 4},      {"abr", 4},       {"mayo", 5},     {"junio", 6},      {"julio", 7},
    {"agosto", 8},    {"septiembre", 9}, {"setiembre", 9}, {"octubre", 10}, {"noviembre", 11}, {"diciembre", 12},
    {"dic", 12},      {"gennaio", 1},    {"febbraio", 2},  {"aprile", 4},   {"maggio", 5},     {"giugno", 6},
    {"luglio", 7},    {"lug", 7},        {"settembre", 9}, {"ottobre", 10}, {"dicembre", 12},  {"janeiro", 1},
    {"fevereiro", 2}, {"marco", 3},      {"maio", 5},      {"junho", 6},    {"julho", 7},      {"setembro", 9},
    {"outubro", 10},  {"novembro", 11},  {"dezembro", 12}, {"januari", 1},  {"februari", 2},   {"maart", 3},
    {"mrt", 3},       {"mei", 5},        {"augustus", 8},  {"января", 1},   {"янв", 1},        {"январь", 1},
    {"февраля", 2},   {"фев", 2},        {"февр", 2},      {"февраль", 2},  {"марта", 3},      {"мар", 3},
    {"март", 3},      {"апреля", 4},     {"апр", 4},       {"апрель", 4},   {"мая", 5},        {"май", 5},
    {"июня", 6},      {"июн", 6},        {"июнь", 6},      {"июля", 7},     {"июл", 7},        {"июль", 7},
    {"августа", 8},   {"авг", 8},        {"август", 8},    {"сентября", 9}, {"сен", 9},        {"сент", 9},
    {"сентябрь", 9},  {"октября", 10},   {"окт", 10},      {"октябрь", 10}, {"ноября", 11},    {"ноя", 11},
    {"нояб", 11},     {"ноябрь", 11},    {"декабря", 12},  {"дек", 12},     {"декабрь", 12}};

int find_month(std::span<const MonthName> months, std::string_view name) {
  const auto found = std::find_if(months.begin(), months.end(), [&](const MonthName& m) { return m.name == name; });
  return found == months.end() ? 0 : found->month;
}

int weekday_named(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                            "friday", "saturday", "sunday"};
  if (name.size() < 3) return -1;
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (name == kDays[i] || (name.size() <= 5 && kDays[i].starts_with(name))) return static_cast<int>(i);
  }
  return -1;
}

int days_in_month(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year == 0 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

bool is_plausible_year(int year) { return year >= 1800 && year <= 2099; }

bool is_possible(const FoundDate& date) {
  return (date.year == 0 || is_plausible_year(date.year)) && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= days_in_month(date.year, date.month);
}

int to_int(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// Tries the forms of a date at one piece after another.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : pieces_(cut_pieces(text.substr(0, kLookAtBytes))) {}

  std::optional<FoundDate> first(YearNeed year) const {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      std::optional<FoundDate> date = at(i);
      if (!date || !is_possible(*date) || (year == YearNeed::kRequired && date->year == 0)) continue;
      add_weekday(i, *date);
      return date;
    }
    return std::nullopt;
  }

  // "2017-07", "July 2017", nothing else.
  std::string month_alone() const {
    const std::size_t count = pieces_.size();
    if (count == 3 && is_number(0, 4, 4) && is_mark(1, "-") && is_number(2, 2, 2)) {
      return month_to_iso(value(0), value(2));
    }
    if ((count == 2 || (count == 3 && is_mark(1, "."))) && is_number(count - 1, 4, 4)) {
      return month_to_iso(value(count - 1), month(0));
    }
    return {};
  }

  // Seconds or milliseconds since 1970, nothing else; seconds have 9 or 10 digits, which begins in 1973.
  std::string unix_time() const {
    if (pieces_.size() != 1 || !is_number(0, 9, 13)) return {};
    std::int64_t seconds = 0;
    for (const char digit : pieces_[0].text) seconds = seconds * 10 + (digit - '0');
    if (pieces_[0].text.size() > 10) seconds /= 1000;
    const FoundDate date = civil_date(seconds / 86400);
    return is_possible(date) ? to_iso(date) : std::string();
  }

 private:
  std::optional<FoundDate> at(std::size_t i) const {
    if (pieces_[i].kind == Piece::Kind::kNumber) {
      if (auto date = year_first(i)) return date;
      if (auto date = digits_alone(i)) return date;
      if (auto date = numbers_day_first(i)) return date;
      return day_month(i);
    }
    return pieces_[i].kind == Piece::Kind::kWord ? month_day(i) : std::nullopt;
  }

  // 2017-07-10, 2017/07/10, 2017.07.10, 2017年7月10日
  std::optional<FoundDate> year_first(std::size_t i) const {
    if (!is_number(i, 4, 4) || !is_number(i + 2, 1, 2) || !is_number(i + 4, 1, 2) || !is_tight(i, i + 4)) return {};
    const std::string_view separator = pieces_[i + 1].text;
    const bool japanese = separator == "年" && pieces_[i + 3].text == "月";
    const bool known = separator == "-" || separator == "/" || separator == ".";
    if (!japanese && (!known || pieces_[i + 3].text != separator)) return {};
    if (goes_on(i, i + 4, separator)) return {};
    return date(value(i), value(i + 2), value(i + 4), i, i + 4);
  }

  // 20170710, 20170710090900
  std::optional<FoundDate> digits_alone(std::size_t i) const {
    if (!is_number(i, 8, 8) && !is_number(i, 14, 14)) return {};
    const std::string_view digits = pieces_[i].text;
    return date(to_int(digits.substr(0, 4)), to_int(digits.substr(4, 2)), to_int(digits.substr(6, 2)), i, i);
  }

  // 10.07.2017; with '/' or '-' nobody knows which is the month, unless only one can be
  std::optional<FoundDate> numbers_day_first(std::size_t i) const {
    if (!is_number(i, 1, 2) || !is_number(i + 2, 1, 2) || !is_number(i + 4, 4, 4) || !is_tight(i, i + 4)) return {};
    const std::string_view separator = pieces_[i + 1].text;
    if (pieces_[i + 3].text != separator || goes_on(i, i + 4, separator)) return {};
    const int first = value(i);
    const int second = value(i + 2);
    if (separator == ".") return date(value(i + 4), second, first, i, i + 4);
    if (separator != "/" && separator != "-") return {};
    if (first > 12 || first == second) return date(value(i + 4), second, first, i, i + 4);
    if (second > 12) return date(value(i + 4), first, second, i, i + 4);
    return {};
  }

  // 10 July 2017, 10th of July, 2017, 10. Juli 2017, 10 de julio de 2017, 10-Jul-2017
  std::optional<FoundDate> day_month(std::size_t i) const {
    if (!is_number(i, 1, 2) || (i > 0 && is_joined(i - 1, i) && is_mark_in(i - 1, "$.,:/-–"))) return {};
    std::size_t next = skip_link(skip_ordinal(i + 1));
    const int number = month(next);
    if (number == 0) return {};
    const std::size_t after = skip_link(skip_mark(next + 1, "."));
    if (is_year(after)) return date(value(after), number, value(i), i, after);
    return date(0, number, value(i), i, next);
  }

  // July 10, 2017; Jul. 10 2017; Jul 10 09:09:00 EDT 2017; July 10
  std::optional<FoundDate> month_day(std::size_t i) const {
    if (!is_english_month(i)) return {};
    std::size_t day = skip_mark(i + 1, ".");
    if (is_mark(day, "-")) ++day;
    if (!is_number(day, 1, 2)) return {};
    const std::size_t last = skip_ordinal(day + 1) - 1;
    std::size_t after = last + 1;
    if (is_mark(after, ",") || is_mark(after, "-")) ++after;
    if (is_year(after)) return date(value(after), month(i), value(day), i, after);
    const std::size_t timed = skip_time(after);
    if (timed > after && is_year(timed)) return date(value(timed), month(i), value(day), i, timed);
    // "May 10:30" is a time and "July 8-10" is no day.
    if (is_mark_in(last + 1, ":-%") && is_joined(last, last + 1)) return {};
    return date(0, month(i), value(day), i, last);
  }

  void add_weekday(std::size_t first, FoundDate& date) const {
    std::size_t i = first;
    while (i > 0 && is_mark_in(i - 1, ".,")) --i;
    if (i == 0 || pieces_[i - 1].kind != Piece::Kind::kWord) return;
    const int weekday = weekday_named(name(i - 1));
    if (weekday < 0) return;
    date.weekday = weekday;
    date.begin = pieces_[i - 1].begin;
  }

  FoundDate date(int year, int month, int day, std::size_t first, std::size_t last) const {
    FoundDate found;
    found.year = year;
    found.month = month;
    found.day = day;
    found.begin = pieces_[first].begin;
    found.end = pieces_[last].end;
    return found;
  }

  std::size_t skip_ordinal(std::size_t i) const {
    static constexpr std::array<std::string_view, 5> kEndings = {"st", "nd", "rd", "th", "er"};
    const bool ending = i < pieces_.size() && is_joined(i - 1, i) &&
                        std::find(kEndings.begin(), kEndings.end(), name(i)) != kEndings.end();
    return ending ? i + 1 : i;
  }

  // What may stand between day, month and year: one mark, "of", "de".
  std::size_t skip_link(std::size_t i) const {
    if (is_mark_in(i, ".,-/")) ++i;
    if (i < pieces_.size() && (name(i) == "of" || name(i) == "de" || name(i) == "del")) ++i;
    return i;
  }

  // 09:09, 09:09:00, and one word for the zone.
  std::size_t skip_time(std::size_t i) const {
    if (!is_number(i, 1, 2) || !is_mark(i + 1, ":") || !is_number(i + 2, 2, 2)) return i;
    i += 3;
    if (is_mark(i, ":") && is_number(i + 1, 2, 2)) i += 2;
    if (i < pieces_.size() && pieces_[i].kind == Piece::Kind::kWord && pieces_[i].text.size() <= 5) ++i;
    return i;
  }

  std::size_t skip_mark(std::size_t i, std::string_view mark) const { return is_mark(i, mark) ? i + 1 : i; }

  bool is_number(std::size_t i, std::size_t least, std::size_t most) const {
    return i < pieces_.size() && pieces_[i].kind == Piece::Kind::kNumber && pieces_[i].text.size() >= least &&
           pieces_[i].text.size() <= most;
  }
  bool is_mark(std::size_t i, std::string_view mark) const { return i < pieces_.size() && pieces_[i].text == mark; }
  bool is_mark_in(std::size_t i, std::string_view marks) const {
    return i < pieces_.size() && pieces_[i].kind == Piece::Kind::kMark &&
           marks.find(pieces_[i].text) != std::string_view::npos;
  }
  bool is_year(std::size_t i) const {
    return is_number(i, 4, 4) && is_plausible_year(value(i)) && !(is_mark(i + 1, ":") && is_joined(i, i + 1));
  }
  bool is_joined(std::size_t left, std::size_t right) const {
    return right < pieces_.size() && pieces_[left].end == pieces_[right].begin;
  }
  bool is_tight(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
      if (!is_joined(i, i + 1)) return false;
    }
    return true;
  }
  // A longer chain, as in an IP address or a part number, is no date.
  bool goes_on(std::size_t first, std::size_t last, std::string_view separator) const {
    const bool after = is_mark(last + 1, separator) && is_joined(last, last + 1) && is_number(last + 2, 1, 64) &&
                       is_joined(last + 1, last + 2);
    const bool before = first >= 2 && is_mark(first - 1, separator) && is_joined(first - 1, first) &&
                        is_number(first - 2, 1, 64) && is_joined(first - 2, first - 1);
    return after || before;
  }

  int value(std::size_t i) const { return to_int(pieces_[i].text); }

  std::string name(std::size_t i) const {
    const Piece& piece = pieces_[i];
    if (piece.kind != Piece::Kind::kWord || piece.text.size() > kLongestNameBytes) return {};
    return fold(piece.text);
  }
  int month(std::size_t i) const {
    if (i >= pieces_.size()) return 0;
    const std::string word = name(i);
    if (word.size() < 3) return 0;
    const int english = find_month(kEnglishMonths, word);
    return english != 0 ? english : find_month(kOtherMonths, word);
  }
  bool is_english_month(std::size_t i) const {
    if (pieces_[i].text.size() < 3 || pieces_[i].text.size() > 9) return false;
    return find_month(kEnglishMonths, name(i)) != 0;
  }

  static std::string month_to_iso(int year, int month) {
    const bool possible = is_plausible_year(year) && month >= 1 && month <= 12;
    return possible ? fmt::format("{:04}-{:02}", year, month) : std::string();
  }

  // Days since 1970-01-01 to a date; Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  static FoundDate civil_date(std::int64_t days) {
    days += 719468;
    const std::int64_t era = days / 146097;
    const std::int64_t day_of_era = days % 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    FoundDate date;
    date.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    date.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
    return date;
  }

  std::vector<Piece> pieces_;
};

}  // namespace

int weekday_of(int year, int month, int day) {  // Sakamoto's method
  static constexpr std::array<int, 12> kShift = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  if (month < 3) --year;
  return (year + year / 4 - year / 100 + year / 400 + kShift[static_cast<std::size_t>(month - 1)] + day + 6) % 7;
}

std::string to_iso(const FoundDate& date) { return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day); }

std::optional<FoundDate> find_date(std::string_view text, YearNeed year) { return DateReader(text).first(year); }

std::string parse_date(std::string_view text) {
  const DateReader reader(text);
  if (const auto date = reader.first(YearNeed::kRequired)) return to_iso(*date);
  const std::string month = reader.month_alone();
  return month.empty() ? reader.unix_time() : month;
}

}  // namespace dateline
