// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/showing/person_page.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "common/json_line.h"
#include "common/metadata.h"
#include "common/schema.h"
#include "common/segments.h"
#include "common/text.h"
#include "query/reading/passage_names.h"
#include "query/showing/quote_renderer.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxBeside = 10;
constexpr std::size_t kMaxOfTopic = 3;  // quotes shown as text
constexpr std::size_t kMaxShown = 8;    // forms, roles
constexpr int kMaxMonths = 36;

// A passage that names the person.
struct Place {
  std::uint32_t segment = 0;
  Xapian::docid docid = 0;
  PassageKey key;
};

std::vector<Place> places_of(const CollectionName& person, const NameReader& names,
                             const std::vector<Segment>& segments) {
  std::vector<Place> places;
  for (std::uint32_t i = 0; i < segments.size(); ++i) {
    const Xapian::Database& database = segments[i].database;
    std::set<Xapian::docid> docids;
    for (const NameForm& form : person.forms) {
      if (names.canonical(i, person.kind, form.shown) != person.name) continue;
      const std::string term = name_term(person.kind, form.key);
      for (auto posting = database.postlist_begin(term); posting != database.postlist_end(term); ++posting) {
        if (!segments[i].removed.hold(*posting)) docids.insert(*posting);
      }
    }
    for (const Xapian::docid docid : docids) {
      places.push_back({i, docid,
                        value_or_throw(decode_passage_key(
                            database.get_document(docid, Xapian::DOC_ASSUME_VALID).get_value(kSlotPassage)))});
    }
  }
  return places;
}

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// Passages by month or year from the first to the last.
std::vector<std::pair<std::string, std::uint64_t>> make_timeline(const std::map<std::string, std::uint64_t>& by_month) {
  std::vector<std::pair<std::string, std::uint64_t>> timeline;
  if (by_month.empty()) return timeline;
  const auto month_of = [](const std::string& month) {
    return number(month.substr(0, 4)) * 12 + number(month.substr(5)) - 1;
  };
  const int first = month_of(by_month.begin()->first);
  const int last = month_of(by_month.rbegin()->first);
  const bool years = last - first >= kMaxMonths;
  const int step = years ? 12 : 1;
  for (int at = years ? first / 12 * 12 : first; at <= last; at += step) {
    timeline.emplace_back(years ? fmt::format("{:04}", at / 12) : fmt::format("{:04}-{:02}", at / 12, at % 12 + 1), 0);
  }
  for (const auto& [month, count] : by_month) {
    const int place = years ? month_of(month) / 12 - first / 12 : month_of(month) - first;
    timeline[static_cast<std::size_t>(place)].second += count;
  }
  return timeline;
}

std::string bars(const std::vector<std::pair<std::string, std::uint64_t>>& timeline) {
  static constexpr std::array<const char*, 9> kBars = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::uint64_t most = 1;
  for (const auto& period : timeline) most = std::max(most, period.second);
  std::string line;
  for (const auto& period : timeline) line += kBars[(period.second * 8 + most - 1) / most];
  return line;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string list(const std::vector<std::pair<std::string, std::uint64_t>>& counts, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < std::min(most, counts.size()); ++i) {
    out += fmt::format("{}{} ({})", i == 0 ? "" : ", ", counts[i].first, counts[i].second);
  }
  return out;
}

std::string topic_heading(const QuoteTopic& topic) {
  return topic.words.empty() ? "other quotes" : fmt::format("on {}", fmt::join(topic.words, ", "));
}

// What the person says, topic by topic, the latest first.
std::string topics_text(const PersonPage& page, const RenderOptions& options) {
  std::string out;
  for (const QuoteTopic& topic : page.topics) {
    const std::string count = counted(topic.quotes.size(), "quote");
    out += heading_text(page.topics.size() == 1 ? count : fmt::format("{} ({})", topic_heading(topic), count), options);
    out += "\n\n";
    for (std::size_t i = 0; i < std::min(kMaxOfTopic, topic.quotes.size()); ++i) {
      const QuoteHit& quote = page.quotes[topic.quotes[i]];
      out += wrapped_text(quote.text, {}, options) + source_line(quote.article, quote.line, options) + '\n';
    }
  }
  return out;
}

std::string page_text(const PersonPage& page, const RenderOptions& options) {
  const CollectionName& name = page.person.name;
  std::string out = options.color ? "\x1b[1m" + printable(name.name, true) + "\x1b[0m" : printable(name.name, true);
  out += fmt::format("\n    {} in {}", counted(page.passages, "passage"), counted(page.articles, "article"));
  if (!page.first_date.empty()) out += fmt::format(", {} to {}", page.first_date, page.last_date);
  out += '\n';
  const auto line = [&](std::string_view heading, const std::string& text) {
    if (!text.empty()) out += fmt::format("    {:<9} {}\n", heading, printable(text, true));
  };
  std::string spellings;
  for (std::size_t i = 0; i < std::min(kMaxShown, name.spellings.size()); ++i) {
    spellings += (i == 0 ? "" : ", ") + name.spellings[i];
  }
  line("written", spellings);
  line("roles", list(name.roles, kMaxShown));
  line("beside", list(page.beside, kMaxBeside));
  if (page.timeline.size() > 1) {
    line("over time",
         fmt::format("{} {} {}", page.timeline.front().first, bars(page.timeline), page.timeline.back().first));
  }
  std::string namesakes;
  for (std::size_t i = 0; i < std::min(kMaxShown, page.namesakes.size()); ++i) {
    namesakes += (i == 0 ? "" : ", ") + page.namesakes[i];
  }
  line("not", namesakes);
  out += '\n' + topics_text(page, options);
  for (const Hit& hit : page.latest) out += render_hit(hit, options);
  return out;
}

Json counts_json(const std::vector<std::pair<std::string, std::uint64_t>>& counts, const char* key) {
  Json out = Json::array();
  for (const auto& [text, count] : counts) out.push_back({{key, text}, {"count", count}});
  return out;
}

Json topics_json(const PersonPage& page) {
  Json topics = Json::array();
  for (const QuoteTopic& topic : page.topics) {
    Json quotes = Json::array();
    for (const std::size_t quote : topic.quotes) quotes.push_back(quote_json(page.quotes[quote]));
    topics.push_back({{"words", topic.words}, {"quotes", std::move(quotes)}});
  }
  return topics;
}

std::string page_json(const PersonPage& page) {
  const CollectionName& name = page.person.name;
  Json forms = Json::array();
  for (const NameForm& form : name.forms) forms.push_back({{"name", form.shown}, {"articles", form.articles}});
  Json latest = Json::array();
  for (const Hit& hit : page.latest) latest.push_back(Json::parse(hit_json(hit)));
  const Json out{{"name", name.name},
                 {"gender", name.gender == Gender::kMale     ? Json("male")
                            : name.gender == Gender::kFemale ? Json("female")
                                                             : Json(nullptr)},
                 {"articles", page.articles},
                 {"passages", page.passages},
                 {"first_date", page.first_date.empty() ? Json(nullptr) : Json(page.first_date)},
                 {"last_date", page.last_date.empty() ? Json(nullptr) : Json(page.last_date)},
                 {"forms", std::move(forms)},
                 {"spellings", name.spellings},
                 {"roles", counts_json(name.roles, "role")},
                 {"beside", counts_json(page.beside, "name")},
                 {"timeline", counts_json(page.timeline, "period")},
                 {"namesakes", page.namesakes},
                 {"quotes", page.quotes.size()},
                 {"all_quotes_read", page.all_quotes_read},
                 {"topics", topics_json(page)},
                 {"latest", std::move(latest)}};
  return json_line(out);
}

}  // namespace

std::optional<PersonPage> make_person_page(Searcher& searcher, const std::string& name, std::size_t latest) {
  std::vector<KnownName> found = searcher.names().find(NameKind::kPerson, name);
  if (found.empty()) return std::nullopt;
  PersonPage page;
  page.person = std::move(found.front());
  for (std::size_t i = 1; i < found.size(); ++i) page.namesakes.push_back(found[i].name.name);

  const std::vector<Segment>& segments = searcher.segments();
  const std::vector<Place> places = places_of(page.person.name, searcher.names(), segments);
  const NamedOne person{NameKind::kPerson, page.person.name.name};
  PassageNames passage_names(searcher.names());
  page.passages = places.size();
  std::map<std::string, std::uint64_t> by_month;
  std::map<std::string, std::uint64_t> beside;
  // Newest first, then in the order of the sources.
  std::vector<std::tuple<std::string, std::size_t>> order;
  StoredArticle article;
  const Place* last = nullptr;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Place& place = places[i];
    if (last == nullptr || last->segment != place.segment || last->key.article != place.key.article) {
      article = value_or_throw(
          decode_article(read_metadata(segments[place.segment].database, article_metadata_key(place.key.article))));
      ++page.articles;
    }
    last = &place;
    const std::string& date = article.head.date;
    order.emplace_back(date, i);
    if (!date.empty()) {
      if (page.first_date.empty() || date < page.first_date) page.first_date = date;
      page.last_date = std::max(page.last_date, date);
    }
    if (date.size() >= 7) ++by_month[date.substr(0, 7)];
    if (place.key.ordinal >= article.passages.size()) continue;
    std::set<std::string> here;
    for (NamedSpan& other : passage_names.read(place.segment, article, place.key.ordinal)) {
      if (other.who.first == NameKind::kPerson && other.who != person) here.insert(std::move(other.who.second));
    }
    for (const std::string& other : here) ++beside[other];
  }
  page.timeline = make_timeline(by_month);
  page.beside.assign(beside.begin(), beside.end());
  std::stable_sort(page.beside.begin(), page.beside.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return std::get<0>(a) > std::get<0>(b); });
  std::set<std::pair<std::uint32_t, ArticleNumber>> shown;
  for (const auto& entry : order) {
    const Place& place = places[std::get<1>(entry)];
    if (page.latest.size() == latest) break;
    if (!shown.insert({place.segment, place.key.article}).second) continue;  // one passage an article
    StoredArticle stored = value_or_throw(
        decode_article(read_metadata(segments[place.segment].database, article_metadata_key(place.key.article))));
    const std::string text = value_or_throw(decompress_text(stored));
    Hit hit;
    hit.rank = page.latest.size() + 1;
    hit.article = stored.head;
    hit.ordinal = place.key.ordinal;
    if (place.key.ordinal >= stored.passages.size()) continue;  // damaged: --check says so
    hit.passage = stored.passages[place.key.ordinal];
    const ByteSpan span = hit.passage.span;
    hit.text = text.substr(span.begin, span.size());
    const std::vector<NamedSpan> names = passage_names.read(place.segment, stored, hit.ordinal);
    for (const NamedSpan& one : names) {
      if (one.who == person) hit.highlights.push_back(one.span);
    }
    hit.names = names_by_kind(names);
    hit.quotes = shown_quotes(passage_names.read_quotes(place.segment, stored, hit.ordinal), hit.text);
    page.latest.push_back(std::move(hit));
  }
  QuoteResult spoken = searcher.quotes_of(person);
  page.quotes = std::move(spoken.quotes);
  page.all_quotes_read = spoken.total_is_exact;
  page.topics = searcher.topics(page.quotes);
  return page;
}

std::string render_person(const PersonPage& page, const RenderOptions& options) {
  return options.format == OutputFormat::kJson ? page_json(page) : page_text(page, options);
}

std::string render_nobody(const std::optional<std::string>& meant, const RenderOptions& options) {
  if (options.format == OutputFormat::kJson) {
    return json_line({{"name", nullptr}, {"suggestion", meant ? Json(*meant) : Json(nullptr)}});
  }
  return meant ? fmt::format("nobody of that name\ndid you mean: {}\n", printable(*meant, true))
               : "nobody of that name\n";
}

}  // namespace dateline
