// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/articles/article_head.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "common/stop_words.h"
#include "common/text.h"
#include "indexer/articles/date_parser.h"
#include "indexer/articles/dateline_parser.h"
#include "indexer/sentences/line_shape.h"

namespace dateline {
namespace {

constexpr std::size_t kFactLineBytes = 150;  // of a byline or a date line
constexpr std::size_t kSentenceBytes = 80;   // from which a line that ends as a sentence is running text
constexpr std::size_t kNameWords = 6;
constexpr std::size_t kFurnitureRepeats = 4;

struct HeadLine {
  std::string_view text;  // trimmed, not empty
  std::size_t begin = 0;  // in the article's text
  bool blank_after = false;
};

std::vector<HeadLine> read_head_lines(std::string_view text) {
  std::vector<HeadLine> lines;
  for (std::size_t begin = 0; begin < text.size() && lines.size() < kHeadLines;) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = trim(text.substr(begin, end - begin));
    if (!line.empty()) {
      lines.push_back({line, static_cast<std::size_t>(line.data() - text.data()), false});
    } else if (!lines.empty()) {
      lines.back().blank_after = true;
    }
    begin = end + 1;
  }
  return lines;
}

bool contains(std::span<const std::string_view> list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool contains_any(std::string_view text, std::span<const std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return text.find(mark) != std::string_view::npos; });
}

// In any case; the beginnings are written in lower case.
bool begins_with_any(std::string_view text, std::span<const std::string_view> beginnings) {
  const auto is_same = [](char beginning, char byte) {
    return beginning == byte || (byte >= 'A' && byte <= 'Z' && beginning == (byte | 0x20));
  };
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
    return text.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), text.begin(), is_same);
  });
}

// ---- Bylines.

// Words of a job, a desk or a medium: none of them belongs to a name.
// clang-format off
constexpr std::string_view kRoleWords[] = {
    "staff", "writer", "writers", "reporter", "reporters", "correspondent", "correspondents", "editor", "editors",
    "columnist", "contributor", "contributors", "contributing", "senior", "chief", "bureau", "special", "associated",
    "press", "news", "newspaper", "times", "post", "tribune", "herald", "journal", "magazine", "today", "cnn",
    "reuters", "bbc", "afp", "ap", "upi", "agency", "agencies", "network", "radio", "television", "tv", "business",
    "politics", "political", "national", "international", "foreign", "digital", "producer", "photographer", "analyst",
    "author", "opinion", "guest", "investigative", "desk", "team", "service", "services", "wire", "media", "online",
    "webdesk", "newsroom", "web", "exclusive", "admin", "director", "university", "professor"};
// clang-format on

bool is_name_part(std::string_view word) {
  static constexpr std::string_view kParticles[] = {"de",  "del", "della", "di",  "da", "dos", "du", "van", "von",
                                                    "der", "den", "ter",   "ten", "la", "le",  "al", "el",  "bin",
                                                    "ibn", "abu", "y",     "e",   "zu", "af",  "'t", "’t",  "st."};
  if (contains(kParticles, word)) return true;
  for (const std::string_view prefix : {"al-", "el-", "d'", "d’"}) {
    if (word.starts_with(prefix)) word.remove_prefix(prefix.size());
  }
  if (!begins_upper(word)) return false;
  const auto is_name_byte = [](char byte) {
    return (byte & 0x80) != 0 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '.' ||
           byte == '\'' || byte == '-';
  };
  const std::string folded = fold(word);
  const bool initial = word.size() == 2 && word[1] == '.';
  return std::all_of(word.begin(), word.end(), is_name_byte) && !contains(kRoleWords, folded) &&
         (initial || !is_stop_word(folded));
}

bool is_name(std::string_view text) {
  const auto words = split_words(text);
  return words.size() >= 2 && words.size() <= kNameWords && std::all_of(words.begin(), words.end(), is_name_part) &&
         count_case(words.back()).upper > 0;
}

// Position and length of the first " and " or " & " in any case.
std::pair<std::size_t, std::size_t> find_and(std::string_view text) {
  static constexpr std::string_view kAnds[] = {" and ", " AND ", " And ", " & "};
  std::pair<std::size_t, std::size_t> first{std::string_view::npos, 0};
  for (const std::string_view word : kAnds) {
    if (const std::size_t at = text.find(word); at < first.first) first = {at, word.size()};
  }
  return first;
}

// Where the names of a byline end at the latest: a divider, or what says where, when and for whom.
std::string_view cut_after_names(std::string_view text) {
  static constexpr std::string_view kEnds[] = {"|",    "•",     "·",     "/",    "(",    "[",    "\t",
                                               "  ",   " -",    " –",    " —",   ":",    ";",    " in ",
                                               " IN ", " for ", " FOR ", " of ", " OF ", " at ", " on "};
  std::size_t end = text.size();
  for (const std::string_view mark : kEnds) end = std::min(end, text.find(mark));
  if (const auto date = find_date(text, YearNeed::kOptional)) end = std::min(end, date->begin);
  end = std::min(end, text.find_first_of("0123456789"));
  return trim(text.substr(0, end));
}

// The names of "Jane Doe, John Roe and Ann Poe"; empty if one of them is none.
std::vector<std::string_view> split_names(std::string_view list) {
  std::vector<std::string_view> names;
  while (!list.empty()) {
    const auto [and_at, and_size] = find_and(list);
    const std::size_t comma = list.find(',');
    const std::size_t end = std::min({and_at, comma, list.size()});
    const std::string_view name = trim(list.substr(0, end));
    if (!name.empty() && !is_name(name)) return {};
    if (!name.empty()) names.push_back(name);
    list.remove_prefix(std::min(list.size(), end + (end == and_at ? and_size : 1)));
  }
  return names;
}

std::string join_names(const std::vector<std::string_view>& names) {
  std::string joined;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) joined += i + 1 == names.size() ? " and " : ", ";
    joined += names[i];
  }
  return joined;
}

// ---- Dates.

bool is_date_word(std::string_view word) {
  // clang-format off
  static constexpr std::string_view kDateWords[] = {
      "published", "updated", "posted", "created", "issued", "released", "date", "dated", "last", "first", "modified",
      "update", "on", "at", "a", "am", "p", "pm", "m", "z", "t", "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst",
      "mdt", "pt", "pst", "pdt", "gmt", "utc", "bst", "cet", "cest", "msk", "ist", "jst", "hkt", "sgt", "aest",
      "time", "local", "eastern", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon",
      "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "world", "news", "politics", "us",
      "business", "uhr", "stand", "aktualisiert", "publie", "le", "mis", "jour", "h", "опубликовано", "г"};
  // clang-format on
  return contains(kDateWords, word);
}

// Nothing but letters, digits and marks that go with a date.
bool is_date_furniture(std::string_view text) {
  std::string word;
  const std::string folded = fold(text);
  for (const char byte : folded + ' ') {
    if ((byte >= 'a' && byte <= 'z') || (byte & 0x80) != 0) {
      word += byte;
    } else if (!word.empty()) {
      if (!is_date_word(word) && word != "•" && word != "·" && word != "—" && word != "–" && word != "©") return false;
      word.clear();
    }
  }
  return true;
}

// The date in a line that is a date and little else.
std::optional<FoundDate> read_date_line(std::string_view line) {
  if (line.size() > kFactLineBytes || line.find_first_of("0123456789") == std::string_view::npos) return std::nullopt;
  for (const YearNeed need : {YearNeed::kRequired, YearNeed::kOptional}) {
    const auto date = find_date(line, need);
    if (!date || !is_date_furniture(line.substr(0, date->begin))) continue;
    if (is_date_furniture(line.substr(date->end))) return date;
  }
  return std::nullopt;
}

bool is_time_code(std::string_view line) {
  return line.size() <= 8 && line.find(':') != std::string_view::npos &&
         line.find_first_not_of("0123456789:") == std::string_view::npos;
}

// The one year that stands by itself on the short lines of the head; 0 if there is none, or more than one.
int find_only_year(std::span<const HeadLine> lines, std::size_t title) {
  int year = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == title || lines[i].text.size() > kFactLineBytes) continue;
    for (const std::string_view word : split_words(lines[i].text)) {
      const std::size_t digits = word.find_first_of("0123456789");
      if (digits == std::string_view::npos) continue;
      const std::string_view number = word.substr(digits, word.find_first_not_of("0123456789", digits) - digits);
      if (number.size() != 4 || (number[0] != '1' && number[0] != '2')) continue;
      const int found = std::stoi(std::string(number));
      if (found < 1900 || found > 2099) continue;
      if (year != 0 && year != found) return 0;
      year = found;
    }
  }
  return year;
}

std::string complete_date(FoundDate date, int year) {
  if (date.year == 0) date.year = year;
  if (date.year == 0) return {};
  if (date.month == 2 && date.day == 29 && parse_date(to_iso(date)).empty()) return {};
  const bool agrees = date.weekday < 0 || date.weekday == weekday_of(date.year, date.month, date.day);
  return agrees ? to_iso(date) : std::string();
}

std::string find_head_date(std::span<const HeadLine> head, std::size_t title, std::string_view dateline_date) {
  const auto in_dateline = find_date(dateline_date, YearNeed::kOptional);
  if (in_dateline && in_dateline->year != 0) return to_iso(*in_dateline);
  std::optional<FoundDate> without_year = in_dateline;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (i == title) continue;
    const std::string_view line = head[i].text;
    auto date = read_date_line(line);
    if (!date && !parse_byline(line).empty()) date = find_date(line, YearNeed::kRequired);
    if (date && date->year != 0) return to_iso(*date);
    if (date && !without_year) without_year = date;
  }
  return without_year ? complete_date(*without_year, find_only_year(head, title)) : std::string();
}

// ---- Titles.

// Whole lines, folded.
// clang-format off
constexpr std::string_view kFurnitureLines[] = {
    "menu", "home", "search", "sections", "subscribe", "sign in", "sign up", "log in", "login", "register", "close",
    "skip to main content", "skip to content", "skip to navigation", "main menu", "advertisement", "advertisement:",
    "ad", "share", "share this", "share this article", "share this page", "share on facebook", "follow us", "print",
    "email", "facebook", "twitter", "whatsapp", "photo", "photos", "image", "video", "watch", "watch live", "live",
    "live updates", "breaking", "breaking news", "top stories", "latest news", "story highlights", "highlights",
    "read more", "more", "trending", "most read", "most popular", "related", "related articles", "related stories",
    "newsletter", "newsletters", "play", "play video", "loading...", "loading", "news", "world", "world news",
    "us news", "u.s. news", "uk news", "politics", "business", "sport", "sports", "opinion", "analysis",
    "analysis/opinion:", "commentary", "comment", "editorial", "column", "interview", "exclusive", "press release",
    "press releases", "news release", "media release", "for immediate release", "media advisory", "original post",
    "from the right", "from the left", "from the center", "continue reading below", "story continued below",
    "continue reading the main story", "advertisement continue reading the main story", "opinion contributor",
    "opinion columnist", "staff writer", "title", "headline", "local news", "national news", "international news",
    "abstract", "full text", "tweet", "link copied", "copy link", "save", "comments", "listen",
    "listen to this article", "accessibility links", "cookie policy", "privacy policy", "terms of use", "usa today",
    "associated press", "the associated press", "opinion contributors", "opinion columnists", "special for usa today",
    "linkedin", "telegram", "pinterest", "instagram", "youtube", "messenger", "key points", "the editorial board"};
// clang-format on

// Labels above lists of half sentences that look like titles.
constexpr std::string_view kListLabels[] = {"story highlights", "highlights",      "key points",
                                            "top stories",      "most read",       "most popular",
                                            "related articles", "related stories", "trending"};

// clang-format off
constexpr std::string_view kMenuWords[] = {
    "home", "news", "world", "us", "u.s.", "uk", "politics", "business", "tech", "technology", "science", "health",
    "sport", "sports", "opinion", "entertainment", "arts", "travel", "video", "videos", "photos", "live", "weather",
    "culture", "style", "lifestyle", "money", "markets", "more", "menu", "search", "sections", "subscribe", "login",
    "sign", "in", "up", "log", "register", "newsletters", "podcasts", "podcast", "contact", "about", "share", "tweet",
    "facebook", "twitter", "email", "print", "whatsapp", "reddit", "linkedin", "comments", "tv", "radio", "local",
    "international", "economy", "education", "environment", "food", "fashion", "magazine", "features", "editorials",
    "obituaries", "classifieds", "jobs", "shop", "help", "save", "post", "pin", "follow", "&", "and"};
// clang-format on

// clang-format off
constexpr std::string_view kFurnitureBeginnings[] = {
    "image copyright", "image caption", "media caption", "enlarge this image", "toggle caption", "photo:", "photos:",
    "file -", "file photo", "listen to article", "story highlights", "this article is more than",
    "this story has been updated", "sign up for", "follow @", "click here", "watch:", "video:", "related:",
    "read more:", "share this", "share all", "skip to", "media playback", "just watched", "©", "http://", "https://",
    "www.", "[updated", "updated at", "updated:", "editor's note", "editor’s note", "last updated", "a version of"};
// clang-format on

// clang-format off
constexpr std::string_view kCaptionMarks[] = {
    "Getty Images", "AP Photo", "AP Images", "(Photo", "Photo:", "Photo by", "photo by", "photo:)", " photo: ",
    "Photograph:", "REUTERS/", "/Reuters", "/AP", "/Getty", "Reuters photo", "| Getty", "| AP", "| REUTERS",
    "Image copyright", "toggle caption", "(left)", "(right)", "file photo", "Shutterstock", "(C)", "Screenshot",
    "screenshot"};
// clang-format on

bool is_menu(std::string_view line) {
  std::size_t cells = 1;
  for (const std::string_view divider : {"|", "•", "·", "»", "›", " > "}) {
    for (std::size_t at = line.find(divider); at != std::string_view::npos; at = line.find(divider, at + 1)) ++cells;
  }
  const auto words = split_words(line);
  if (cells >= 3 && words.size() <= 5 * cells) return true;
  const auto is_menu_word = [](std::string_view word) {
    const std::string folded = fold(word);
    return contains(kMenuWords, folded) || word == "|" || word == "•" || word == "·";
  };
  return words.size() >= 3 && std::all_of(words.begin(), words.end(), is_menu_word);
}

bool begins_digit(std::string_view line) { return line[0] >= '0' && line[0] <= '9'; }

bool is_furniture(std::span<const HeadLine> lines, std::size_t at) {
  const std::string_view line = lines[at].text;
  const auto is_same = [&](const HeadLine& other) { return other.text == line; };
  if (std::count_if(lines.begin(), lines.end(), is_same) >= static_cast<std::ptrdiff_t>(kFurnitureRepeats)) return true;
  if (line.size() > kTitleBytes) return false;
  const std::string folded = fold(line);
  const LetterCase letters = count_case(line);
  if (letters.upper == 0 && folded.ends_with(" ago") && begins_digit(line)) return true;  // "6 years ago"
  return contains(kFurnitureLines, folded) || letters.all() == 0 || is_time_code(line) || is_menu(line) ||
         read_date_line(line) || begins_with_any(line, kFurnitureBeginnings);
}

std::string_view strip_heading_mark(std::string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
  return marks >= 1 && marks <= 6 && line.substr(marks).starts_with(' ') ? trim(line.substr(marks)) : line;
}

bool ends_with_abbreviation(std::string_view text) {
  static constexpr std::string_view kEndings[] = {"U.S.", "U.N.",  "U.K.", "D.C.", "E.U.", "Jr.",  "Sr.", "Inc.",
                                                  "Co.",  "Corp.", "Ltd.", "St.",  "No.",  "a.m.", "p.m."};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](std::string_view ending) { return text.ends_with(ending); });
}

// A full stop after a word of four letters and more, and a capital behind it.
bool holds_two_sentences(std::string_view text) {
  for (std::size_t at = text.find(". "); at != std::string_view::npos; at = text.find(". ", at + 1)) {
    const std::size_t word = text.rfind(' ', at) + 1;  // npos + 1 is the beginning
    if (at - word >= 4 && text.substr(word, at - word).find('.') == std::string_view::npos &&
        begins_sentence(text.substr(at + 2))) {
      return true;
    }
  }
  return false;
}

bool is_title_case(const std::vector<std::string_view>& words) {
  std::size_t capitals = 0;
  std::size_t content = 0;
  for (const std::string_view word : words) {
    if (is_stop_word(fold(word))) continue;
    ++content;
    capitals += begins_lower(word) ? 0 : 1;
  }
  return content > 0 && capitals * 10 >= content * 8;
}

// "Jane Doe", "Jane R. Doe and John Roe": a byline without "By". Three words may as well be "Kremlin Confirms Talks".
bool is_bare_name(std::string_view line) {
  const auto names = split_names(line);
  if (names.size() > 1) return true;
  const auto words = split_words(line);
  return names.size() == 1 && (words.size() == 2 || (words.size() == 3 && words[1].ends_with('.')));
}

bool reads_as_title(std::string_view shown, const std::vector<std::string_view>& words) {
  static constexpr std::string_view kUnfinished[] = {"the", "a",    "an",   "of",  "and",
                                                     "or",  "that", "with", "for", "than"};
  const LetterCase letters = count_case(shown);
  // A word of Chinese or Japanese is a line.
  if (shown.size() > kTitleBytes || (words.size() < 2 && letters.all() < 8 && letters.neither < 4)) return false;
  if (shown.ends_with(',') || shown.ends_with(':') || shown.ends_with(';')) return false;
  if (ends_as_sentence(shown) && !shown.ends_with('?') && !shown.ends_with('!') && !ends_with_abbreviation(shown)) {
    return false;
  }
  if (shown.starts_with('(') && shown.ends_with(')')) return false;
  return !contains(kUnfinished, words.back()) && !holds_two_sentences(shown) && !contains_any(shown, kCaptionMarks);
}

bool is_set_apart(const HeadLine& line, const HeadLine& next, const std::vector<std::string_view>& words) {
  if (begins_lower(next.text)) return false;
  if (line.blank_after) return true;
  if (ends_as_sentence(line.text) || begins_lower(line.text)) return false;
  if (parse_dateline(next.text) || !parse_byline(next.text).empty() || read_date_line(next.text)) return true;
  return next.text.size() >= kParagraphBytes || (is_title_case(words) && next.text.size() > line.text.size());
}

bool is_title(std::span<const HeadLine> lines, std::size_t at) {
  if (at + 1 >= lines.size()) return false;
  const std::string_view shown = strip_heading_mark(lines[at].text);
  if (shown.empty() || shown.size() > kTitleBytes) return false;
  const auto words = split_words(shown);
  return reads_as_title(shown, words) && parse_byline(shown).empty() && !is_bare_name(shown) &&
         !parse_dateline(shown) && is_set_apart(lines[at], lines[at + 1], words);
}

// Index of the title's line; the number of lines if there is none.
std::size_t find_title(std::span<const HeadLine> lines) {
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), kDatelineLines); ++i) {
    if (!is_furniture(lines, i)) return is_title(lines, i) ? i : lines.size();
    if (begins_with_any(lines[i].text, kListLabels)) break;
  }
  return lines.size();
}

// A paragraph, and not a line of the head.
bool is_running_text(const HeadLine& line) {
  return line.text.size() > kTitleBytes || (line.text.size() >= kSentenceBytes && ends_as_sentence(line.text));
}

struct LineDateline {
  Dateline dateline;
  std::size_t line = 0;
};

std::optional<LineDateline> find_dateline(std::string_view text, std::span<const HeadLine> lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view paragraph = lines[i].text;
    const bool wraps = i + 1 < lines.size() && !lines[i].blank_after && begins_lower(lines[i + 1].text);
    if (wraps) paragraph = text.substr(lines[i].begin, lines[i + 1].begin + lines[i + 1].text.size() - lines[i].begin);
    const auto dateline = parse_dateline(paragraph);
    if (dateline && (i < kDatelineLines || !dateline->outlet.empty())) return LineDateline{*dateline, i};
  }
  return std::nullopt;
}

}  // namespace

std::string parse_byline(std::string_view line) {
  if (line.size() > kFactLineBytes || line.size() < 3 || (line[0] | 0x20) != 'b' || (line[1] | 0x20) != 'y' ||
      line[2] != ' ' || (ends_as_sentence(line) && split_words(line).size() > kNameWords + 2)) {
    return {};
  }
  std::string_view names = cut_after_names(trim(line.substr(3)));
  // "Jane Doe, John Roe and Ann Poe, Staff Writers": what stands behind the last comma may be no name. Without "and",
  // all behind the first comma is a job or a medium.
  while (find_and(names).first != std::string_view::npos) {
    const auto list = split_names(names);
    if (!list.empty()) return join_names(list);
    const std::size_t comma = names.rfind(',');
    if (comma == std::string_view::npos) return {};
    names = trim(names.substr(0, comma));
  }
  return join_names(split_names(names.substr(0, names.find(','))));
}

ArticleHead read_article_head(std::string_view text) {
  const std::vector<HeadLine> lines = read_head_lines(text);
  const auto found = find_dateline(text, lines);
  const auto running = std::find_if(lines.begin(), lines.end(), is_running_text);
  const auto first_running = static_cast<std::size_t>(running - lines.begin());
  const std::size_t head_size = found ? std::min(found->line, first_running) : first_running;
  const auto head = std::span(lines).first(head_size);
  const std::size_t title = find_title(lines);

  ArticleHead facts;
  if (title < lines.size()) {
    const HeadLine& line = lines[title];
    facts.title = strip_heading_mark(line.text);
    facts.title_span = {static_cast<std::uint32_t>(line.begin),
                        static_cast<std::uint32_t>(line.begin + line.text.size())};
  }
  for (std::size_t i = 0; i < head.size() && facts.byline.empty(); ++i) facts.byline = parse_byline(head[i].text);
  if (found) {
    facts.outlet = found->dateline.outlet;
    facts.dateline = found->dateline.place;
  }
  facts.date = find_head_date(head, title, found ? found->dateline.date : std::string_view());
  return facts;
}

}  // namespace dateline
