// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/articles/article_parser.h"

#include <array>
#include <cstdint>
#include <deque>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <simdjson.h>
#include <string_view>
#include <unicode/utf8.h>
#include <utility>
#include <vector>

#include "common/ascii.h"
#include "common/text.h"
#include "indexer/articles/article_head.h"
#include "indexer/articles/date_parser.h"
#include "indexer/articles/language_detector.h"
#include "indexer/sentences/line_shape.h"
#include "indexer/sources/text_decoder.h"

namespace dateline {
namespace {

namespace ondemand = simdjson::ondemand;

enum Fact : std::size_t { kId, kUrl, kTitle, kText, kDate, kSource, kAuthor, kFactCount };

// The usual names, those that go first standing first. The first one is also the KEY of --field.
constexpr std::array<std::array<std::string_view, 4>, kFactCount> kUsualNames = {{
    {"id", "_id", "", ""},
    {"url", "link", "", ""},
    {"title", "headline", "", ""},
    {"text", "body", "content", "article"},
    {"date", "published", "publish_date", ""},
    {"source", "outlet", "publisher", ""},
    {"author", "authors", "byline", ""},
}};

constexpr unsigned kNoRank = std::numeric_limits<unsigned>::max();
constexpr std::size_t kParserBytes = std::size_t{16} << 20;  // what a thread's JSON parser may keep between records

// One line of normalised text: blanks and control characters collapsed, cut between characters.
std::string to_one_line(std::string_view value) {
  const std::string text = normalize_text(value.substr(0, kFactBytes * 4));
  std::string line;
  for (const char byte : trim(text)) {
    const bool blank = byte == ' ' || static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F;
    if (!blank) line += byte;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (line.size() > kFactBytes) {
    std::size_t end = kFactBytes;
    while ((line[end] & 0xC0) == 0x80) --end;
    line.resize(end);
  }
  return std::string(trim(line));
}

std::string join(const std::vector<std::string>& parts, std::string_view between, std::string_view before_last) {
  std::string joined;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) joined += i + 1 == parts.size() ? before_last : between;
    joined += parts[i];
  }
  return joined;
}

// ---- JSON.

void append_utf8(std::string& text, std::uint32_t character) {
  std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, character);
  text.append(bytes.begin(), bytes.begin() + size);
}

// The four hex digits of "\uXXXX" at `at`, if they stand there.
std::optional<std::uint32_t> read_unicode_escape(std::string_view json, std::size_t at) {
  if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return std::nullopt;
  std::uint32_t value = 0;
  for (const char digit : json.substr(at + 2, 4)) {
    const auto place = std::string_view("0123456789abcdef").find(to_lower(digit));
    if (place == std::string_view::npos) return std::nullopt;
    value = value * 16 + static_cast<std::uint32_t>(place);
  }
  return value;
}

// What simdjson refuses: a string with a lone surrogate (which becomes U+FFFD) or an escape JSON does not know (which
// stands for its own letter). `json` begins with the opening quotation mark.
std::string unescape_leniently(std::string_view json) {
  static constexpr std::string_view kLetters = "nrtbf";
  static constexpr std::string_view kMeanings = "\n\r\t\b\f";
  std::string text;
  for (std::size_t i = 1; i < json.size() && json[i] != '"'; ++i) {
    if (json[i] != '\\' || i + 1 == json.size()) {
      text += json[i];
      continue;
    }
    const auto unit = read_unicode_escape(json, i);
    if (!unit) {
      const std::size_t letter = kLetters.find(json[++i]);
      text += letter == std::string_view::npos ? json[i] : kMeanings[letter];
      continue;
    }
    i += 5;
    const auto low = U16_IS_LEAD(*unit) ? read_unicode_escape(json, i + 1) : std::nullopt;
    const bool pair = low && U16_IS_TRAIL(*low);
    if (pair) i += 6;
    append_utf8(text, pair ? static_cast<std::uint32_t>(U16_GET_SUPPLEMENTARY(*unit, *low))
                           : (U16_IS_SURROGATE(*unit) ? 0xFFFDU : *unit));
  }
  return text;
}

// What a field holds, as far as an article can use it.
struct FieldValue {
  enum class Kind { kNothing, kText, kNumber, kList, kOther } kind = Kind::kNothing;
  std::string_view text;               // kText and kNumber; lives as long as the record's JsonFields
  std::vector<std::string> list = {};  // kList: its strings, and the names of its objects
};

// The best value for each fact, found in one pass over the record's fields.
class JsonFields {
 public:
  explicit JsonFields(const FieldNames& fields) {
    for (std::size_t fact = 0; fact < kFactCount; ++fact) {
      const auto added = fields.find(std::string(kUsualNames[fact][0]));
      if (added != fields.end()) added_names_[fact] = added->second;
    }
  }

  simdjson::error_code read(ondemand::object object) {
    for (auto field : object) {
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return error;
      const Ranks ranks = ranks_of(key);
      if (ranks == kNoRanks) continue;
      ondemand::value json;
      if (const auto error = field.value().get(json)) return error;
      FieldValue value;
      if (const auto error = read_value(json, value)) return error;
      for (std::size_t fact = 0; fact < kFactCount; ++fact) keep_better(static_cast<Fact>(fact), ranks[fact], value);
    }
    return simdjson::SUCCESS;
  }

  [[nodiscard]] std::string_view get(Fact fact) const { return best_[fact].text; }
  [[nodiscard]] bool is_number(Fact fact) const { return best_[fact].number; }

  // Why there is no text.
  [[nodiscard]] std::string missing_text() const {
    if (text_is_other_) return "text is no string";
    return text_is_empty_ ? "empty text" : "no text field";
  }

 private:
  using Ranks = std::array<unsigned, kFactCount>;
  static constexpr Ranks kNoRanks = {kNoRank, kNoRank, kNoRank, kNoRank, kNoRank, kNoRank, kNoRank};

  struct Best {
    unsigned rank = kNoRank;
    std::string_view text;
    bool number = false;
  };

  // For each fact, how early `key` stands among its names; several facts if the user gave a name twice.
  [[nodiscard]] Ranks ranks_of(std::string_view key) const {
    Ranks ranks = kNoRanks;
    for (std::size_t fact = 0; fact < kFactCount; ++fact) {
      for (unsigned i = 4; i-- > 0;) {
        if (equals_in_any_case(key, kUsualNames[fact][i]) && !key.empty()) ranks[fact] = i + 1;
      }
      if (!added_names_[fact].empty() && equals_in_any_case(key, added_names_[fact])) ranks[fact] = 0;
    }
    return ranks;
  }

  simdjson::error_code read_value(ondemand::value json, FieldValue& value) {
    ondemand::json_type type = ondemand::json_type::null;
    if (json.type().get(type) != simdjson::SUCCESS) return simdjson::SUCCESS;  // NaN, say: nothing
    switch (type) {
      case ondemand::json_type::string:
        value.kind = FieldValue::Kind::kText;
        value.text = read_string(json);
        return simdjson::SUCCESS;
      case ondemand::json_type::number:
        value.kind = FieldValue::Kind::kNumber;
        value.text = trim(json.raw_json_token());
        return simdjson::SUCCESS;
      case ondemand::json_type::array:
        value.kind = FieldValue::Kind::kList;
        return read_list(json, value);
      case ondemand::json_type::object:
        value.kind = FieldValue::Kind::kOther;
        return read_object(json, value);
      case ondemand::json_type::boolean:
        value.kind = FieldValue::Kind::kOther;
        return simdjson::SUCCESS;
      case ondemand::json_type::null:
        break;
    }
    return simdjson::SUCCESS;
  }

  std::string_view read_string(ondemand::value json) {
    const std::string_view raw = json.raw_json_token();
    std::string_view text;
    if (json.get_string().get(text) == simdjson::SUCCESS) return text;
    return composed_.emplace_back(unescape_leniently(raw));
  }

  // An array's strings, and what its objects are called. Anything else in it makes it something else.
  simdjson::error_code read_list(ondemand::value json, FieldValue& value) {
    ondemand::array array;
    if (const auto error = json.get_array().get(array)) return error;
    for (auto element : array) {
      ondemand::value item;
      if (const auto error = element.get(item)) return error;
      ondemand::json_type type = ondemand::json_type::null;
      if (const auto error = item.type().get(type)) return error;
      FieldValue found;
      if (type == ondemand::json_type::array) {
        value.kind = FieldValue::Kind::kOther;
        continue;
      }
      if (const auto error = read_value(item, found)) return error;
      if (found.kind == FieldValue::Kind::kText) {
        if (!trim(found.text).empty()) value.list.emplace_back(found.text);
      } else if (found.kind != FieldValue::Kind::kNothing) {
        value.kind = FieldValue::Kind::kOther;
      }
    }
    return simdjson::SUCCESS;
  }

  // {"name": "Reuters"}, MongoDB's {"$oid": "…"}: the first string or number under such a key.
  simdjson::error_code read_object(ondemand::value json, FieldValue& value) {
    static constexpr std::array<std::string_view, 4> kKeys = {"name", "title", "$oid", "$date"};
    ondemand::object object;
    if (const auto error = json.get_object().get(object)) return error;
    for (auto field : object) {
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return error;
      ondemand::value item;
      if (const auto error = field.value().get(item)) return error;
      ondemand::json_type type = ondemand::json_type::null;
      if (value.kind != FieldValue::Kind::kOther || item.type().get(type) != simdjson::SUCCESS) continue;
      const bool known = std::find_if(kKeys.begin(), kKeys.end(),
                                      [&](auto name) { return equals_in_any_case(key, name); }) != kKeys.end();
      if (known && (type == ondemand::json_type::string || type == ondemand::json_type::number)) {
        if (const auto error = read_value(item, value)) return error;
      }
    }
    return simdjson::SUCCESS;
  }

  void keep_better(Fact fact, unsigned rank, const FieldValue& value) {
    if (rank >= best_[fact].rank) return;
    const std::string_view text = text_for(fact, value);
    if (trim(text).empty()) {
      if (fact == kText && value.kind != FieldValue::Kind::kNothing) {
        (value.kind == FieldValue::Kind::kText || value.kind == FieldValue::Kind::kList ? text_is_empty_
                                                                                        : text_is_other_) = true;
      }
      return;
    }
    best_[fact] = {rank, text, value.kind == FieldValue::Kind::kNumber};
  }

  std::string_view text_for(Fact fact, const FieldValue& value) {
    switch (value.kind) {
      case FieldValue::Kind::kText:
        return value.text;
      case FieldValue::Kind::kNumber:
        return fact == kText ? std::string_view() : value.text;
      case FieldValue::Kind::kList:
        if (fact == kText) return composed_.emplace_back(join(value.list, "\n\n", "\n\n"));
        if (fact == kAuthor) return composed_.emplace_back(join(value.list, ", ", " and "));
        return {};
      case FieldValue::Kind::kNothing:
      case FieldValue::Kind::kOther:
        break;
    }
    return {};
  }

  std::array<std::string_view, kFactCount> added_names_;
  std::array<Best, kFactCount> best_;
  std::deque<std::string> composed_;  // what string views of values point to; never moves its strings
  bool text_is_other_ = false;
  bool text_is_empty_ = false;
};

// One thread's JSON parser and the padded copy it reads, both kept between records: they cost more than the parsing.
class JsonReader {
 public:
  // Views in `fields` are good until the next call.
  std::optional<Error> read(std::string_view json, JsonFields& fields) {
    if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
    auto [error, column] = parse(json, fields);
    if (error == simdjson::UTF8_ERROR) std::tie(error, column) = parse(decode_bytes(json), fields);
    if (error == simdjson::SUCCESS) return std::nullopt;
    if (error == simdjson::INCORRECT_TYPE) return Error{ErrorCode::kInputOutput, "a JSON value that is no object", ""};
    const std::string where = column > 0 ? fmt::format(" at byte {}", column) : std::string();
    return Error{ErrorCode::kInputOutput, fmt::format("broken JSON{}: {}", where, simdjson::error_message(error)), ""};
  }

 private:
  using Outcome = std::pair<simdjson::error_code, std::size_t>;  // the byte from 1, 0 if nobody knows

  Outcome parse(std::string_view json, JsonFields& fields) {
    if (parser_.capacity() > kParserBytes && json.size() < kParserBytes) *this = JsonReader();
    padded_.reserve(json.size() + simdjson::SIMDJSON_PADDING);
    padded_ = json;
    ondemand::document document;
    const simdjson::padded_string_view view(padded_.data(), json.size(), padded_.capacity());
    if (const auto error = parser_.iterate(view).get(document)) return {error, 0};
    const simdjson::error_code error = read_document(document, fields);
    const char* location = nullptr;
    const bool located = document.current_location().get(location) == simdjson::SUCCESS;
    const std::size_t column = located ? static_cast<std::size_t>(location - padded_.data()) + 1 : 0;
    if (error == simdjson::SUCCESS && located) return {simdjson::TRAILING_CONTENT, column};
    return {error, column <= json.size() ? column : 0};
  }

  static simdjson::error_code read_document(ondemand::document& document, JsonFields& fields) {
    ondemand::json_type type = ondemand::json_type::null;
    if (const auto error = document.type().get(type)) return error;
    if (type != ondemand::json_type::object) return simdjson::INCORRECT_TYPE;
    ondemand::object object;
    if (const auto error = document.get_object().get(object)) return error;
    return fields.read(object);
  }

  ondemand::parser parser_;
  std::string padded_;
};

// ---- The article.

void take_fields(const JsonFields& fields, const RawRecord& record, Article& article) {
  article.id = to_one_line(fields.get(kId));
  if (article.id.empty()) article.id = to_one_line(fields.get(kUrl));
  if (article.id.empty()) article.id = fmt::format("{}#{}", article.path, record.ordinal);
  article.title = to_one_line(fields.get(kTitle));
  article.outlet = to_one_line(fields.get(kSource));
  article.byline = to_one_line(fields.get(kAuthor));
  const std::string names = parse_byline(article.byline);
  if (!names.empty()) article.byline = names;
  std::string_view date = fields.get(kDate);
  if (fields.is_number(kDate)) date = date.substr(0, date.find('.'));  // seconds with a fraction
  article.date = parse_date(date);
  article.text = normalize_text(fields.get(kText));
}

void take_if_absent(std::string& fact, std::string&& found) {
  if (fact.empty()) fact = to_one_line(found);
}

Result<Article> finish(Article article) {
  const auto refuse = [](const char* reason) { return Error{ErrorCode::kInputOutput, reason, ""}; };
  if (trim(article.text).empty()) return refuse("empty text");
  if (article.text.size() > std::numeric_limits<std::uint32_t>::max()) return refuse("text larger than 4 GiB");
  ArticleHead head = read_article_head(article.text);
  if (article.title.empty()) article.title_span = head.title_span;
  take_if_absent(article.title, std::move(head.title));
  take_if_absent(article.byline, std::move(head.byline));
  take_if_absent(article.outlet, std::move(head.outlet));
  take_if_absent(article.dateline, std::move(head.dateline));
  take_if_absent(article.date, std::move(head.date));
  article.language = detect_language(article.text);
  return article;
}

}  // namespace

Result<Article> parse_article(const RawRecord& record, const FieldNames& fields) {
  Article article;
  article.path = record.path ? *record.path : std::string();
  article.line = record.line;
  if (record.format == SourceFormat::kText) {
    article.id = article.path;
    article.text = normalize_text(decode_bytes(record.bytes));
    return finish(std::move(article));
  }
  thread_local JsonReader reader;
  JsonFields found(fields);
  if (const auto error = reader.read(record.bytes, found)) return *error;
  if (found.get(kText).empty()) return Error{ErrorCode::kInputOutput, found.missing_text(), ""};
  take_fields(found, record, article);
  return finish(std::move(article));
}

}  // namespace dateline
