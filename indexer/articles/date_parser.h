// SPDX-License-Identifier: GPL-2.0-or-later
//
// Dates as news writes them. No locale, no clock, no time zone: a date is what is printed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dateline {

// Where and what. The stretch begin..end of the text includes a weekday written beside the date, but no time of day.
struct FoundDate {
  int year = 0;      // 1800..2099; 0 if the text names none
  int month = 0;     // 1..12
  int day = 0;       // 1..31, possible in that month
  int weekday = -1;  // 0 Monday to 6 Sunday, as written; -1 if the text names none
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The first date in `text`, ISO 8601, or empty: "2017-07-10", or "2017-07" if a month and a year are all there is.
//
// forms   2017-07-10 (a time may follow), 2017/07/10, 2017.07.10, 20170710, 10.07.2017, 2017年7月10日;
//         July 10, 2017; Jul. 10 2017; Mon Jul 10 09:09:00 2017; 10 July 2017; 10th of July, 2017; 10-Jul-2017;
//         10/07/2017 in either order where only one is possible; months in English (also of three and four letters,
//         with or without a full stop), in German, French, Spanish, Italian, Portuguese, Dutch and Russian before the
//         year; Unix time in seconds or milliseconds, and 2017-07, July 2017, where they are the whole text
// absent  impossible dates, years outside 1800..2099, dates without a year
// cost    linear; only the first 4 KiB are looked at
[[nodiscard]] std::string parse_date(std::string_view text);

// Whether a date without a year will do.
enum class YearNeed { kRequired, kOptional };

// The first date in `text` of the forms above that names its day. Only the first 4 KiB are looked at.
[[nodiscard]] std::optional<FoundDate> find_date(std::string_view text, YearNeed year);

// "2017-07-10". The date must have a year.
[[nodiscard]] std::string to_iso(const FoundDate& date);

// 0 Monday to 6 Sunday, in the Gregorian calendar.
[[nodiscard]] int weekday_of(int year, int month, int day);

}  // namespace dateline
