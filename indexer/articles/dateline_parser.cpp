// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/articles/dateline_parser.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "common/stop_words.h"
#include "common/text.h"
#include "indexer/articles/date_parser.h"
#include "indexer/sentences/line_shape.h"

namespace dateline {
namespace {

constexpr std::size_t kLookAtBytes = 200;
constexpr std::size_t kParagraphBytes = 100;  // from which a line is one even if it does not end as a sentence
constexpr std::size_t kPlaceBytes = 100;
constexpr std::size_t kBracketBytes = 60;
constexpr std::size_t kPlaceWords = 6;
constexpr std::size_t kRegionWords = 3;
constexpr std::size_t kDateWords = 4;  // "Monday, July 10, 2017"

// All folded.
// clang-format off
constexpr std::string_view kKnownOutlets[] = {
    "reuters", "thomson reuters foundation", "reuters health", "ap", "associated press", "the associated press",
    "afp", "agence france-presse", "upi", "united press international", "cnn", "cnnmoney", "cnn money",
    "cnn business", "cnn politics", "cnn espanol", "bloomberg", "bloomberg news", "bbc", "bbc news", "abc news",
    "cbs news", "nbc news", "fox news", "fox business", "npr", "voa", "voa news", "rfe/rl", "usa today", "politico",
    "axios", "marketwatch", "dow jones", "cnsnews.com", "tass", "itar-tass", "interfax", "ria", "ria novosti",
    "sputnik", "xinhua", "efe", "ansa", "dpa", "dpa-afx", "apa", "kna", "epd", "anadolu", "anadolu agency", "kyodo",
    "kyodo news", "jiji press", "yonhap", "pti", "ani", "ians", "irna", "isna", "antara", "bernama", "aap",
    "canadian press", "the canadian press", "press association", "pa media", "belga", "anp", "ats", "ritzau",
    "ukrinform", "unian", "belta", "kcna", "telam", "notimex", "prensa latina", "europa press", "lusa", "irin", "ips",
    "тасс", "итар-тасс", "риа новости", "интерфакс"};
// clang-format on

// Those that do without a dash: "Washington (CNN)Kremlin".
constexpr std::string_view kDashlessOutlets[] = {"cnn",     "cnnmoney", "cnn money", "cnn business", "cnn politics",
                                                 "reuters", "ap",       "afp",       "upi",          "dpa",
                                                 "tass",    "тасс",     "itar-tass", "итар-тасс"};

// Words that make an unknown name in brackets an outlet's.
// clang-format off
constexpr std::string_view kOutletWords[] = {
    "news", "press", "agency", "times", "post", "wire", "radio", "tv", "television", "herald", "tribune", "journal",
    "media", "network", "gazette", "chronicle", "guardian", "telegraph", "mail", "online", "newswire", "nachrichten",
    "zeitung", "presse", "agence", "agentur", "broadcasting"};
// clang-format on

constexpr std::string_view kParties[] = {"gop",  "dem", "rep", "cdu", "csu", "spd", "fdp", "afd",  "snp", "dup",
                                         "ukip", "ldp", "bjp", "anc", "akp", "chp", "hdp", "psoe", "lab", "con"};

// clang-format off
constexpr std::string_view kStates[] = {
    "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware", "florida",
    "georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine",
    "maryland", "massachusetts", "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska", "nevada",
    "new hampshire", "new jersey", "new mexico", "new york", "north carolina", "north dakota", "ohio", "oklahoma",
    "oregon", "pennsylvania", "rhode island", "south carolina", "south dakota", "tennessee", "texas", "utah",
    "vermont", "virginia", "washington", "west virginia", "wisconsin", "wyoming", "ontario", "quebec", "democrat",
    "republican", "independent", "labour", "conservative"};
// clang-format on

// What stands before a dash in capitals and is no place.
// clang-format off
constexpr std::string_view kLabels[] = {
    "file", "photo", "photos", "video", "update", "updated", "watch", "listen", "analysis", "opinion", "exclusive",
    "breaking", "commentary", "comment", "review", "fact", "factbox", "facts", "timeline", "interview", "editorial",
    "correction", "corrected", "advisory", "alert", "note", "special", "report", "live", "read", "see", "more",
    "latest", "statement", "transcript", "news", "release", "summary", "question", "answer", "headline", "headlines",
    "media", "immediate", "date", "contact", "background", "part", "chapter", "graphic", "related", "warning",
    "caption", "story", "column", "column-", "preview", "recap", "explainer", "quiz", "poll", "podcast", "letter",
    "letters", "obituary", "press", "sen", "sens", "senator", "senators", "senate", "rep", "reps",
    "congressman", "dr", "mr", "mrs", "ms", "president", "minister", "secretary", "gov", "governor", "mayor", "judge",
    "chairman", "bill", "act", "legislation", "committee", "amendment", "announces", "says", "urges"};
// clang-format on

bool contains(std::span<const std::string_view> list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Where the place and its date end: at a bracket, a slash that opens "/TASS/", or a dash that joins no two words.
std::size_t find_place_end(std::string_view line) {
  const std::string_view beginning = line.substr(0, kPlaceBytes);
  std::size_t words = 0;
  for (std::size_t i = 1; i < beginning.size(); ++i) {
    const char byte = beginning[i];
    if (byte == ' ' && ++words > kPlaceWords + kDateWords) break;
    if (byte != '(' && byte != '/' && byte != '-' && byte != '\xE2') continue;  // 0xE2 begins the dashes
    const bool after_blank = beginning[i - 1] == ' ';
    if (byte == '(' || (byte == '/' && after_blank)) return i;
    const std::size_t dash = dash_size(line.substr(i));
    const bool before_blank = i + dash >= line.size() || line[i + dash] == ' ';
    if (dash > 1 || (dash == 1 && (after_blank || before_blank))) return i;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> split_at_commas(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t comma = text.find(',');
    parts.push_back(trim(text.substr(0, comma)));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

bool is_name_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80) != 0 ||
         std::string_view(".'-&/").find(byte) != std::string_view::npos;
}

bool is_label(std::string_view word) {
  while (!word.empty() && word.back() == '.') word.remove_suffix(1);
  return contains(kLabels, fold(word));
}

// "MOSCOW", "McALLEN", "D.C.": letters, nearly all of them capitals.
bool is_capital_word(std::string_view word) {
  const LetterCase letters = count_case(word);
  return letters.upper > 0 && letters.upper >= 3 * letters.lower && std::all_of(word.begin(), word.end(), is_name_byte);
}

bool is_name_word(std::string_view word) {
  static constexpr std::string_view kParticles[] = {"de",  "del", "la",  "las",  "el", "of", "upon", "am", "an",
                                                    "der", "du",  "sur", "sous", "en", "le", "les",  "al", "and"};
  return std::all_of(word.begin(), word.end(), is_name_byte) && (begins_upper(word) || contains(kParticles, word));
}

// What follows the city: "N.Y.", "Ill.", "South Korea".
bool is_region(std::string_view part) {
  const auto words = split_words(part);
  return !words.empty() && words.size() <= kRegionWords && begins_upper(part) &&
         std::all_of(words.begin(), words.end(), is_name_word);
}

struct Place {
  std::vector<std::string_view> city_words;
  bool capitals = false;
};

std::optional<Place> read_place(std::string_view text) {
  const auto parts = split_at_commas(text);
  if (parts.size() > 3 || split_words(text).size() > kPlaceWords) return std::nullopt;
  if (!std::all_of(parts.begin() + 1, parts.end(), is_region)) return std::nullopt;
  Place place{split_words(parts[0]), false};
  const LetterCase letters = count_case(parts[0]);
  if (letters.upper + letters.lower < 3 || !begins_upper(parts[0])) return std::nullopt;
  const auto& words = place.city_words;
  if (std::any_of(words.begin(), words.end(), is_label)) return std::nullopt;
  place.capitals = letters.upper >= 3 && std::all_of(words.begin(), words.end(), is_capital_word);
  if (!place.capitals && !std::all_of(words.begin(), words.end(), is_name_word)) return std::nullopt;
  return place;
}

// Places may hold "of" and "am"; a name that begins with a function word, or holds another one, is a headline.
bool reads_as_place(const Place& place) {
  static constexpr std::string_view kInside[] = {"of", "and", "on", "upon", "am", "a"};
  static constexpr std::string_view kAfterThe[] = {"hague",  "vatican", "woodlands", "villages",
                                                   "dalles", "bronx",   "valley"};
  const auto& words = place.city_words;
  if (fold(words[0]) == "the") return words.size() == 2 && contains(kAfterThe, fold(words[1]));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = fold(words[i]);
    if (is_stop_word(word) && (i == 0 || !contains(kInside, word))) return false;
  }
  return true;
}

// "National Public Radio (NPR)" explains an abbreviation.
bool is_abbreviation_of(std::string_view outlet, const Place& place) {
  std::string initials;
  bool at_begin = true;
  for (const std::string_view word : place.city_words) {
    for (const char byte : word) {
      if (at_begin) initials += byte;
      at_begin = byte == '-';
    }
    at_begin = true;
  }
  return initials == outlet;
}

bool is_known_outlet(std::string_view name) { return contains(kKnownOutlets, fold(name)); }

bool is_dashless(std::string_view outlet, std::string_view rest) {
  return contains(kDashlessOutlets, fold(outlet)) && begins_sentence(trim(rest));
}

// The name of some medium that nobody has put on a list: "Kaiser Health News", "Example.com", "MNA".
bool has_outlet_mark(std::string_view name) {
  const std::string folded = fold(name);
  for (const std::string_view ending : {".com", ".org", ".net", ".de", ".co.uk"}) {
    if (folded.ends_with(ending)) return true;
  }
  const auto words = split_words(folded);
  if (std::any_of(words.begin(), words.end(), [](std::string_view word) { return contains(kOutletWords, word); })) {
    return true;
  }
  const LetterCase letters = count_case(name);
  return letters.lower == 0 && letters.upper >= 3 && letters.upper == name.size() && !contains(kParties, folded);
}

// At least no remark, party or state.
bool may_be_outlet(std::string_view name) {
  if (name.size() < 3 || !begins_upper(name) || name.back() == '.' || name.find("Photo") != std::string_view::npos) {
    return false;
  }
  if (name[1] == '-') return false;  // "D-Ohio"
  const auto words = split_words(name);
  if (words.size() > 5) return false;
  const auto is_plain = [](std::string_view word) {
    return std::all_of(word.begin(), word.end(),
                       [](char byte) { return is_name_byte(byte) || (byte >= '0' && byte <= '9'); });
  };
  const std::string folded = fold(name);
  return std::all_of(words.begin(), words.end(), is_plain) && !is_stop_word(fold(words.front())) &&
         !contains(kStates, folded) && !contains(kParties, folded);
}

bool is_in_capitals(std::string_view word) {
  const LetterCase letters = count_case(word);
  return letters.upper > 0 && letters.lower == 0 && word.find('.') == std::string_view::npos;  // not "U.S."
}

// Text of an article, not the rest of a headline in capitals or the next item of a list.
bool is_running_text(std::string_view text) {
  if (!begins_sentence(text)) return false;
  const std::string_view beginning = text.substr(0, kPlaceBytes);
  const LetterCase letters = count_case(beginning);
  const auto words = split_words(beginning);
  if (letters.lower <= letters.upper || words.size() < 3) return false;
  const auto first_words = words.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(words.size(), 5));
  return std::count_if(words.begin(), first_words, is_in_capitals) < 3;
}

bool is_whole_date(std::string_view text) {
  const auto date = find_date(text, YearNeed::kOptional);
  return date && date->begin == 0 && date->end == text.size();
}

// Takes "June 9" off "PARIS, June 9" and "MOSCOW. July 10", and "Dec 29" off nothing.
void split_off_date(Dateline& dateline) {
  if (dateline.place.find_first_of("0123456789") == std::string_view::npos) return;
  const auto date = find_date(dateline.place, YearNeed::kOptional);
  if (!date) return;
  const std::string_view after = trim(dateline.place.substr(date->end));
  if (!after.empty() && after != "." && after != ",") return;
  dateline.date = dateline.place.substr(date->begin, date->end - date->begin);
  std::string_view place = trim(dateline.place.substr(0, date->begin));
  if (place.ends_with(',')) place = trim(place.substr(0, place.size() - 1));
  if (place.ends_with('.') && place.find(',') == std::string_view::npos) place.remove_suffix(1);
  dateline.place = place;
}

// Takes the bracket off the beginning of `rest`; false if it is neither an outlet's name nor a date.
bool take_bracket(std::string_view& rest, Dateline& dateline) {
  if (!rest.starts_with('(') && !rest.starts_with('/')) return true;
  const std::size_t close = rest.substr(0, kBracketBytes).find(rest.front() == '(' ? ')' : '/', 1);
  if (close == std::string_view::npos) return false;
  const std::string_view inside = trim(rest.substr(1, close - 1));
  const bool slashes = rest.front() == '/';
  rest.remove_prefix(close + 1);
  if (slashes && rest.starts_with('.')) rest.remove_prefix(1);
  if (dateline.date.empty() && is_whole_date(inside)) {
    dateline.date = inside;
    return true;
  }
  if (!is_known_outlet(inside) && (slashes || !may_be_outlet(inside))) return false;
  dateline.outlet = inside;
  return true;
}

bool take_dash(std::string_view& rest) {
  std::string_view after = trim(rest);
  if (after.starts_with('.')) after.remove_prefix(1);  // EFE: "Madrid (EFE).- "
  const std::size_t dash = dash_size(after);
  if (dash == 0) return false;
  rest = trim(after.substr(dash));
  return true;
}

// "МОСКВА, 10 июл — РИА Новости. …"
void take_outlet_after_dash(std::string_view rest, Dateline& dateline) {
  const std::size_t stop = rest.substr(0, kBracketBytes).find(". ");
  if (stop != std::string_view::npos && is_known_outlet(rest.substr(0, stop))) dateline.outlet = rest.substr(0, stop);
}

bool is_lone_outlet(std::string_view outlet, bool dash, std::string_view rest) {
  if (outlet.empty()) return false;
  return is_known_outlet(outlet) ? dash || is_dashless(outlet, rest)
                                 : dash && has_outlet_mark(outlet) && is_running_text(rest);
}

bool is_placed_outlet(const Place& place, std::string_view outlet, bool dash, std::string_view rest) {
  if (is_known_outlet(outlet)) {
    return dash || (is_dashless(outlet, rest) && reads_as_place(place) && !is_abbreviation_of(outlet, place));
  }
  return dash && is_running_text(rest) && (place.capitals || (reads_as_place(place) && has_outlet_mark(outlet)));
}

}  // namespace

std::optional<Dateline> parse_dateline(std::string_view line) {
  const bool is_paragraph = line.size() >= kParagraphBytes || ends_as_sentence(trim(line));
  line = trim(line).substr(0, kLookAtBytes);
  Dateline dateline;
  const std::size_t place_end = line.starts_with('(') ? 0 : find_place_end(line);
  if (place_end == std::string_view::npos) return std::nullopt;
  dateline.place = trim(line.substr(0, place_end));
  std::string_view rest = line.substr(place_end);
  split_off_date(dateline);
  if (!take_bracket(rest, dateline)) return std::nullopt;
  const bool dash = take_dash(rest);

  if (dateline.place.empty()) {
    const bool found = is_lone_outlet(dateline.outlet, dash, rest);
    return found ? std::optional(dateline) : std::nullopt;
  }
  const auto place = read_place(dateline.place);
  if (!place) return std::nullopt;
  bool found = false;
  if (!dateline.outlet.empty()) {
    found = is_placed_outlet(*place, dateline.outlet, dash, rest);
  } else {
    found = dash && is_paragraph && place->capitals && reads_as_place(*place) && is_running_text(rest);
    if (found) take_outlet_after_dash(rest, dateline);
  }
  return found ? std::optional(dateline) : std::nullopt;
}

}  // namespace dateline
