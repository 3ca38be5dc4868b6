// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/showing/renderer.h"

#include <algorithm>
#include <cctype>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "common/text.h"
#include "query/showing/quote_renderer.h"
#include "tests/unit/support.h"

namespace dateline {
namespace {

constexpr std::string_view kColors[] = {"\x1b[1;31m", "\x1b[1m", "\x1b[2m", "\x1b[0m"};
constexpr std::size_t kIndent = 4;

Hit make_hit(const std::string& text, std::vector<ByteSpan> highlights = {}) {
  Hit hit;
  hit.rank = 1;
  hit.score = 2.5;
  hit.article.id = "news/kremlin.txt";
  hit.article.path = "news/kremlin.txt";
  hit.article.title = "Kremlin says";
  hit.article.outlet = "Meridian";
  hit.article.dateline = "MOSCOW";
  hit.article.date = "2017-07-10";
  hit.ordinal = 3;
  hit.passage = {{100, static_cast<std::uint32_t>(100 + text.size())}, 7};
  hit.text = text;
  hit.highlights = std::move(highlights);
  hit.explanation = {
      .passage = 1.5, .article = 0.75, .closeness = 0.25, .words = 2, .words_in_passage = 1, .words_in_title = 1};
  return hit;
}

Answer make_answer(std::vector<Hit> hits) {
  Answer answer;
  answer.query = "kremlin";
  answer.parsed = parse_query(answer.query);
  answer.result.total = hits.size();
  answer.result.total_is_exact = true;
  answer.result.hits = std::move(hits);
  return answer;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string without_color(std::string text) {
  for (const std::string_view color : kColors) {
    for (std::size_t at = 0; (at = text.find(color)) != std::string::npos;) text.erase(at, color.size());
  }
  return text;
}

// The lines of the passage: what stands between the head's two lines and the blank line.
std::vector<std::string> passage_lines(const std::string& out) {
  const std::vector<std::string> lines = lines_of(out);
  const auto end = std::find(lines.begin(), lines.end(), "");
  EXPECT_GT(end - lines.begin(), 2);
  return {lines.begin() + 2, end};
}

// A text of everything a terminal would act on, and of bytes that are no text.
const std::string kHostile =
    "a\x1b[31mb\x1b]0;title\x07"
    "c\x08\x7f\r\v\f d\xc2\x9b"
    "31me \xe2\x80\xae"
    "f \xe2\x80\x8bg \xe2\x81\xa6h \xef\xbb\xbfi \xc2\x85j \xe2\x80\xa8k \x01 \xff\xfe \xed\xa0\x80 \xf3\xa0\x80\xa1";

// No byte or character among the output that printable() would not pass.
void expect_safe(const std::string& out, const std::string& what) {
  EXPECT_TRUE(is_valid_utf8(out)) << what;
  EXPECT_EQ(printable(out), out) << what;
}

Answer hostile_answer() {
  Hit hit = make_hit(kHostile, {{0, 5}, {6, 20}});
  for (std::string* fact : {&hit.article.id, &hit.article.path, &hit.article.title, &hit.article.byline,
                            &hit.article.outlet, &hit.article.dateline, &hit.article.date, &hit.article.language}) {
    *fact = kHostile;
  }
  Answer answer = make_answer({hit});
  answer.id = kHostile;
  answer.query = kHostile;
  answer.parsed = parse_query(kHostile + " +x \"" + kHostile + "\" title:" + kHostile);
  answer.result.notices = {kHostile};
  answer.result.suggestion = Suggestion{kHostile, 1};
  answer.result.readings = {{kHostile, {{kHostile, kHostile}, {"XPx"}, 0.5}}};
  answer.result.hits[0].quotes = {{kHostile, kHostile}, {"", kHostile}};
  answer.result.hits[0].explanation.words = 1;
  answer.result.hits[0].explanation.named = {kHostile};
  answer.result.hits[0].names = {{{kHostile}, {kHostile}, {kHostile, kHostile}}};
  return answer;
}

std::vector<NameCount> some_counts() {
  return {{NameKind::kPerson, "Dmitry Peskov", 12, 3, 7},
          {NameKind::kPerson, "Donald Trump", 5, 5, 0},
          {NameKind::kPerson, "Svetlana Lukash", 1, 1, 4},
          {NameKind::kPlace, "Hamburg", 120, 99, 0}};
}

TEST(RenderText, ShowsWhereAPassageStands) {
  const std::string out = render(make_answer({make_hit("The Kremlin said so.", {{4, 11}})}), {});
  EXPECT_EQ(out,
            " 1. Kremlin says\n"
            "    Meridian, MOSCOW, 2017-07-10  news/kremlin.txt:7\n"
            "    The Kremlin said so.\n"
            "\n"
            "1 passage\n");
}

TEST(RenderText, LeavesOutWhatIsNotKnown) {
  Hit hit = make_hit("Text.");
  hit.article.title = hit.article.outlet = hit.article.dateline = hit.article.date = "";
  EXPECT_EQ(render(make_answer({hit}), {}), " 1. (no title)\n    news/kremlin.txt:7\n    Text.\n\n1 passage\n");
}

TEST(RenderText, NamesTheLineOfARecord) {
  Hit hit = make_hit("Text.");
  hit.article.id = "https://example.com/1";
  hit.article.path = "news.jsonl";
  hit.article.line = 12;
  EXPECT_NE(render(make_answer({hit}), {}).find("news.jsonl:12\n"), std::string::npos);
}

TEST(RenderText, CountsWhatWasFound) {
  Answer answer = make_answer({});
  EXPECT_EQ(render(answer, {}), "nothing found\n");
  answer.result.total = 2;
  EXPECT_EQ(render(answer, {}), "2 passages\n");
  answer.result.total_is_exact = false;
  EXPECT_EQ(render(answer, {}), "about 2 passages\n");
  RenderOptions options;
  options.by_article = true;
  EXPECT_EQ(render(answer, options), "about 2 articles\n");
  answer.id = "17";
  answer.result.notices = {"of 50 words the 40 rarest were searched"};
  EXPECT_EQ(render(answer, {}),
            "== 17: kremlin\n\nnote: of 50 words the 40 rarest were searched\n\nabout 2 passages\n");
}

TEST(RenderText, SaysWhatMayHaveBeenMeant) {
  Answer answer = make_answer({});
  answer.result.suggestion = Suggestion{"person:\"Dmitry Peskov\"", 17};
  EXPECT_EQ(render(answer, {}), "nothing found\ndid you mean: person:\"Dmitry Peskov\" (17 passages)\n");
  answer.result.total = 2;
  EXPECT_EQ(render(answer, {}), "2 passages\ndid you mean: person:\"Dmitry Peskov\" (17 passages)\n");
}

TEST(RenderText, ExplainsWhatIsSearchedOfAQuestion) {
  Answer answer = make_answer({});
  answer.parsed = parse_query("how many ships sank");
  RenderOptions options;
  options.explain = true;
  EXPECT_EQ(render(answer, options).substr(0, 20), "read as: ships sank\n");
}

TEST(RenderText, ExplainsWhomAWordWasReadAs) {
  Answer answer = make_answer({});
  answer.result.readings = {{"peskov", {{"Dmitry Peskov", "Nikolai Peskov"}, {}, 1}},
                            {"kremlin", {{"Kremlin"}, {}, 1}}};
  EXPECT_EQ(render(answer, {}), "nothing found\n");
  RenderOptions options;
  options.explain = true;
  EXPECT_EQ(render(answer, options),
            "read as: kremlin\n"
            "peskov as a name: Dmitry Peskov, Nikolai Peskov\n"
            "kremlin as a name: Kremlin\n"
            "\n"
            "nothing found\n");
}

TEST(RenderNames, ListsThemByKind) {
  EXPECT_EQ(render_names(std::nullopt, "kremlin", some_counts(), 10, {}),
            "people  (passages, articles, quotes)\n"
            "    12      3      7  Dmitry Peskov\n"
            "     5      5      0  Donald Trump\n"
            "     1      1      4  Svetlana Lukash\n"
            "\n"
            "places  (passages, articles, quotes)\n"
            "   120     99      0  Hamburg\n");
  EXPECT_EQ(render_names(std::nullopt, "kremlin", {}, 10, {}), "no names found\n");
}

TEST(RenderNames, ListsAtMostSoManyOfAKind) {
  EXPECT_EQ(render_names(std::nullopt, "kremlin", some_counts(), 1, {}),
            "people  (passages, articles, quotes)\n"
            "    12      3      7  Dmitry Peskov\n"
            "\n"
            "places  (passages, articles, quotes)\n"
            "   120     99      0  Hamburg\n");
}

TEST(RenderNames, GivesJsonOnOneLine) {
  RenderOptions options;
  options.format = OutputFormat::kJson;
  const std::string out = render_names(std::nullopt, "kremlin", some_counts(), 2, options);
  EXPECT_EQ(lines_of(out).size(), 1U);
  const auto json = nlohmann::json::parse(out);
  EXPECT_EQ(json["query"], "kremlin");
  EXPECT_EQ(json["people"].size(), 2U);
  EXPECT_EQ(json["people"][0],
            (nlohmann::json{{"name", "Dmitry Peskov"}, {"passages", 12}, {"articles", 3}, {"quotes", 7}}));
  EXPECT_EQ(json["organizations"], nlohmann::json::array());
  EXPECT_EQ(json["places"].size(), 1U);
}

TEST(RenderNames, LetsNothingThroughThatATerminalActsOn) {
  for (const OutputFormat format : {OutputFormat::kText, OutputFormat::kJson, OutputFormat::kTrec}) {
    RenderOptions options;
    options.format = format;
    const std::string out = render_names(std::nullopt, kHostile, {{NameKind::kPerson, kHostile, 1, 1, 1}}, 10, options);
    expect_safe(out, std::to_string(static_cast<int>(format)));
    options.color = format != OutputFormat::kJson;
    expect_safe(
        without_color(render_names(std::nullopt, kHostile, {{NameKind::kPerson, kHostile, 1, 1, 1}}, 10, options)),
        "in colour");
  }
}

QuoteAnswer quote_answer() {
  QuoteHit quote;
  quote.article = make_hit("").article;
  quote.line = 9;
  quote.quote = {{120, 144}, {146, 149}, {150, 154}, 0, QuoteKind::kDirect, SpeakerRule::kAfter, Confidence::kHigh};
  quote.speaker = "Dmitry Peskov";
  quote.mention = "he";
  quote.cue = "said";
  quote.text = "We know of no such group";
  quote.highlights = {{19, 24}};
  QuoteHit copy = quote;
  copy.article.id = "copy";
  copy.article.path = "copies.jsonl";
  copy.article.line = 4;
  QuoteAnswer answer;
  answer.query = "said:peskov group";
  answer.parsed = parse_query(answer.query);
  answer.result.quotes = {quote, copy};
  answer.result.quotes[0].copies = {copy};
  answer.result.quotes[1].quote.kind = QuoteKind::kIndirect;
  answer.result.quotes[1].speaker = "";
  answer.result.total = 7;
  answer.first_rank = 3;
  return answer;
}

TEST(RenderQuotes, ShowsWhoSaidWhatWhere) {
  EXPECT_EQ(render_quotes(quote_answer(), {}),
            " 3. Dmitry Peskov\n"
            "    “We know of no such group”\n"
            "    Meridian, MOSCOW, 2017-07-10  news/kremlin.txt:9  and 1 copy\n"
            "\n"
            " 4. he\n"
            "    We know of no such group\n"
            "    Meridian, MOSCOW, 2017-07-10  copies.jsonl:4\n"
            "\n"
            "at least 7 quotes\n");
  EXPECT_EQ(render_quotes({}, {}), "no quotes found\n");
}

TEST(RenderQuotes, MarksTheWordsAskedFor) {
  RenderOptions options;
  options.color = true;
  EXPECT_NE(render_quotes(quote_answer(), options).find("“We know of no such \x1b[1;31mgroup\x1b[0m”"),
            std::string::npos);
}

TEST(RenderQuotes, GivesJsonToCiteFrom) {
  RenderOptions options;
  options.format = OutputFormat::kJson;
  const auto json = nlohmann::json::parse(render_quotes(quote_answer(), options));
  EXPECT_EQ(json["total"], 7);
  EXPECT_EQ(json["total_is_exact"], false);
  const auto& quote = json["quotes"][0];
  EXPECT_EQ(quote["rank"], 3);
  EXPECT_EQ(quote["speaker"], "Dmitry Peskov");
  EXPECT_EQ(quote["kind"], "direct");
  EXPECT_EQ(quote["begin"], 120);
  EXPECT_EQ(quote["end"], 144);
  EXPECT_EQ(quote["line"], 9);
  EXPECT_EQ(quote["mention"], nlohmann::json::parse(R"({"text":"he","begin":146,"end":149})"));
  EXPECT_EQ(quote["cue"], nlohmann::json::parse(R"({"text":"said","begin":150,"end":154})"));
  EXPECT_EQ(quote["rule"], "after");
  EXPECT_EQ(quote["confidence"], "high");
  EXPECT_EQ(quote["copies"][0]["article_id"], "copy");
  EXPECT_EQ(quote["copies"][0]["record_line"], 4);
  EXPECT_TRUE(json["quotes"][1]["speaker"].is_null());
}

TEST(RenderQuotes, LetsNothingThroughThatATerminalActsOn) {
  QuoteAnswer answer = quote_answer();
  answer.id = answer.query = kHostile;
  answer.result.notices = {kHostile};
  answer.result.suggestion = Suggestion{kHostile, 1};
  for (QuoteHit& quote : answer.result.quotes) {
    for (std::string* text : {&quote.speaker, &quote.mention, &quote.cue, &quote.text, &quote.article.title,
                              &quote.article.path, &quote.article.outlet, &quote.article.id}) {
      *text = kHostile;
    }
  }
  for (const OutputFormat format : {OutputFormat::kText, OutputFormat::kJson}) {
    RenderOptions options;
    options.format = format;
    options.explain = true;
    expect_safe(render_quotes(answer, options), std::to_string(static_cast<int>(format)));
    options.color = format != OutputFormat::kJson;
    expect_safe(without_color(render_quotes(answer, options)), "in colour");
  }
}

TEST(RenderText, ExplainsIfAsked) {
  RenderOptions options;
  options.explain = true;
  const std::string out = render(make_answer({make_hit("The Kremlin said so.")}), options);
  EXPECT_NE(out.find("read as: kremlin\n"), std::string::npos) << out;
  EXPECT_NE(out.find("    1 of the 2 words stand"), std::string::npos) << out;
  EXPECT_NE(out.find("score 2.5000 = passage 1.5000 + article and title 0.7500 + closeness 0.2500"), std::string::npos)
      << out;
}

TEST(RenderText, ExplainsInOneSentence) {
  struct Case {
    Explanation why;
    std::string expected;
  };
  const std::vector<Case> cases{
      {{.by_date = true}, "It meets every condition; nothing in the query ranks, so the newest come first."},
      {{.words = 1, .words_in_passage = 1}, "The word stands here."},
      {{.words = 1, .words_in_passage = 1, .words_in_title = 1}, "The word stands here; so does the title hold it."},
      {{.words = 2, .words_in_passage = 2}, "Both words stand here."},
      {{.words = 3, .words_in_passage = 3}, "All 3 words stand here."},
      {{.words = 3, .words_in_passage = 1, .words_in_title = 2},
       "1 of the 3 words stand here; the title holds 2 of them."},
      {{.closeness = 1, .words = 3, .words_in_passage = 3, .words_in_title = 3},
       "All 3 words stand here; the title holds them all; they stand near one another."},
      {{.words = 2, .by_date = true}, "It meets every condition; the newest come first."},
      {{.answer = 1, .recent = 1, .words = 1, .words_in_passage = 1},
       "The word stands here; it may hold what the question asks for; recent passages are preferred."},
      {{.asks_for_speaker = true, .by_date = true},
       "The one asked for is quoted here; nothing in the query ranks, so the newest come first."},
      {{.words = 1, .words_in_passage = 1, .words_in_quotes = 1},
       "The word stands here; it is quoted of the one asked for."},
      {{.words = 3, .words_in_passage = 3, .words_in_quotes = 2},
       "All 3 words stand here; 2 of them stand in what the one asked for says."},
  };
  RenderOptions options;
  options.explain = true;
  for (const Case& one : cases) {
    Hit hit = make_hit("Text.");
    hit.explanation = one.why;
    const std::string out = render(make_answer({hit}), options);
    EXPECT_NE(out.find("\n    " + one.expected + "\n    score "), std::string::npos) << one.expected << "\n" << out;
  }
}

TEST(RenderText, WrapsAtTheWidth) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += std::string(static_cast<std::size_t>(i * 7 % 11 + 1), 'w') + ' ';
  for (const std::size_t width : {30, 40, 79, 80, 110, 200}) {
    RenderOptions options;
    options.width = width;
    const std::vector<std::string> lines = passage_lines(render(make_answer({make_hit(text)}), options));
    std::string joined;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      EXPECT_EQ(lines[i].substr(0, kIndent), std::string(kIndent, ' '));
      EXPECT_NE(lines[i][kIndent], ' ');
      EXPECT_LE(display_width(lines[i]), width);
      joined += lines[i].substr(kIndent) + ' ';
      // Filled: the first word of the next line had no room.
      if (i + 1 == lines.size()) continue;
      const std::string next = lines[i + 1].substr(kIndent, lines[i + 1].find(' ', kIndent) - kIndent);
      EXPECT_GT(display_width(lines[i]) + 1 + next.size(), width);
    }
    EXPECT_EQ(joined, text) << "nothing lost at width " << width;
  }
}

TEST(RenderText, WrapsWideCharactersByTheirColumns) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += i % 3 == 0 ? "中国人民 " : i % 3 == 1 ? "Ｗｉｄｅ " : "e\xCC\x81te\xCC\x81 ";
  for (const std::size_t width : {30, 41, 80}) {
    RenderOptions options;
    options.width = width;
    const std::vector<std::string> lines = passage_lines(render(make_answer({make_hit(text)}), options));
    EXPECT_GT(lines.size(), 5U);
    for (const std::string& line : lines) {
      EXPECT_LE(display_width(line), width) << line;
      EXPECT_GT(display_width(line) + 9, width * (&line == &lines.back() ? 0 : 1)) << line;
    }
  }
}

// Japanese has no blanks to break at.
TEST(RenderText, WrapsTextWithoutBlanks) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "大学の委員会は報告書を";
  const ByteSpan marked{30, 33 * 3};
  for (const std::size_t width : {30, 41, 80}) {
    for (const bool color : {false, true}) {
      RenderOptions options;
      options.width = width;
      options.color = color;
      const std::vector<std::string> lines =
          passage_lines(without_color(render(make_answer({make_hit(text, {marked})}), options)));
      std::string joined;
      for (const std::string& line : lines) {
        EXPECT_LE(display_width(line), width) << line;
        EXPECT_TRUE(is_valid_utf8(line));
        joined += line.substr(kIndent);
      }
      EXPECT_EQ(joined, text);
    }
  }
}

TEST(RenderText, KeepsTextInColumnsOnANarrowTerminal) {
  for (const std::size_t width : {0, 1, 4, 5, 10, 23}) {
    RenderOptions options;
    options.width = width;
    const std::string out = render(make_answer({make_hit("The Kremlin said so in Moscow on Monday.")}), options);
    for (const std::string& line : passage_lines(out)) EXPECT_LE(display_width(line), 24U) << width;
  }
}

TEST(RenderText, ColorsOnlyTheHighlights) {
  struct Case {
    std::string text;
    std::vector<ByteSpan> highlights;
    std::string expected;  // highlights in []
  };
  const std::vector<Case> cases{
      {"The Kremlin said", {}, "The Kremlin said"},
      {"The Kremlin said", {{4, 11}}, "The [Kremlin] said"},
      {"The Kremlin said", {{0, 3}, {12, 16}}, "[The] Kremlin [said]"},
      {"The Kremlin said", {{0, 16}}, "[The] [Kremlin] [said]"},
      {"“Kremlin’s”", {{3, 10}}, "“[Kremlin]’s”"},
      {"al-Sayed,", {{0, 2}, {3, 8}}, "[al]-[Sayed],"},
      {"abc", {{0, 1}, {1, 2}}, "[a][b]c"},
      {"中国人民", {{6, 12}}, "中国[人民]"},
      {"u s \n group", {{0, 3}}, "[u] [s] group"},
  };
  RenderOptions options;
  options.color = true;
  for (const Case& one : cases) {
    const std::string colored = passage_lines(render(make_answer({make_hit(one.text, one.highlights)}), options))[0];
    std::string marked = colored.substr(kIndent);
    for (std::size_t at = 0; (at = marked.find("\x1b[1;31m")) != std::string::npos;) marked.replace(at, 7, "[");
    for (std::size_t at = 0; (at = marked.find("\x1b[0m")) != std::string::npos;) marked.replace(at, 4, "]");
    EXPECT_EQ(marked, one.expected);
    EXPECT_EQ(without_color(colored), passage_lines(render(make_answer({make_hit(one.text, one.highlights)}), {}))[0]);
  }
}

TEST(RenderText, HasNoColorUnlessAsked) {
  for (const OutputFormat format : {OutputFormat::kText, OutputFormat::kJson, OutputFormat::kTrec}) {
    RenderOptions options;
    options.format = format;
    options.explain = true;
    EXPECT_EQ(render(make_answer({make_hit("The Kremlin said", {{4, 11}})}), options).find('\x1b'), std::string::npos);
  }
}

TEST(RenderText, ColorsChangeNoColumn) {
  RenderOptions options;
  options.width = 40;
  std::string text;
  std::vector<ByteSpan> highlights;
  for (std::uint32_t i = 0; i < 60; ++i) {
    highlights.push_back({i * 8, i * 8 + 5});
    text += "word-xx ";
  }
  const std::string plain = render(make_answer({make_hit(text, highlights)}), options);
  options.color = true;
  EXPECT_EQ(without_color(render(make_answer({make_hit(text, highlights)}), options)), plain);
}

TEST(Render, LetsNothingThroughThatATerminalActsOn) {
  for (const OutputFormat format : {OutputFormat::kText, OutputFormat::kJson, OutputFormat::kTrec}) {
    for (const bool explain : {false, true}) {
      RenderOptions options;
      options.format = format;
      options.explain = explain;
      expect_safe(render(hostile_answer(), options), std::to_string(static_cast<int>(format)));
      options.color = format == OutputFormat::kText;
      expect_safe(without_color(render(hostile_answer(), options)), "in colour");
    }
  }
}

TEST(Render, KeepsToItsLines) {
  RenderOptions options;
  options.format = OutputFormat::kJson;
  EXPECT_EQ(lines_of(render(hostile_answer(), options)).size(), 1U);
  options.format = OutputFormat::kTrec;
  EXPECT_EQ(lines_of(render(hostile_answer(), options)).size(), 1U);
}

TEST(Render, BearsRandomBytes) {
  DATELINE_SEEDED(random);
  for (int round = 0; round < 500 && !testing::Test::HasFailure(); ++round) {
    std::string bytes(random() % 60, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    // A hit's text is valid by contract; paths and queries are what they are.
    Hit hit = make_hit(normalize_text(bytes));
    const auto size = static_cast<std::uint32_t>(hit.text.size());
    for (std::uint32_t at = 0; at < size;) {
      const auto begin = static_cast<std::uint32_t>(at + random() % (size - at));
      const auto end = static_cast<std::uint32_t>(begin + 1 + random() % (size - begin));
      hit.highlights.push_back({begin, end});
      at = end;
    }
    hit.article.id = hit.article.path = bytes;
    Answer answer = make_answer({hit});
    answer.query = bytes;
    answer.parsed = parse_query(bytes);
    for (const OutputFormat format : {OutputFormat::kText, OutputFormat::kJson, OutputFormat::kTrec}) {
      RenderOptions options;
      options.format = format;
      options.explain = true;
      options.color = format == OutputFormat::kText;
      expect_safe(without_color(render(answer, options)), "format " + std::to_string(static_cast<int>(format)));
    }
  }
}

TEST(RenderJson, HoldsWhatTheContractNames) {
  Answer answer = make_answer({make_hit("The Kremlin said", {{4, 11}})});
  answer.id = "17";
  answer.elapsed_ms = 1.25;
  answer.result.notices = {"a note"};
  answer.result.hits[0].names = {{{"Dmitry Peskov", "Donald Trump Jr."}, {"Kremlin"}, {}}};
  answer.result.hits[0].quotes = {{"Dmitry Peskov", "No"}, {"", "Yes"}};
  RenderOptions options;
  options.format = OutputFormat::kJson;
  const std::string out = render(answer, options);
  EXPECT_EQ(out.back(), '\n');
  const auto json = nlohmann::json::parse(out);
  EXPECT_EQ(json["id"], "17");
  EXPECT_EQ(json["query"], "kremlin");
  EXPECT_EQ(json["parsed"], "kremlin");
  EXPECT_EQ(json["total"], 1);
  EXPECT_EQ(json["elapsed_ms"], 1.25);
  EXPECT_TRUE(json["suggestion"].is_null());
  const auto hit = json["hits"][0];
  EXPECT_EQ(hit["rank"], 1);
  EXPECT_EQ(hit["score"], 2.5);
  EXPECT_EQ(hit["article_id"], "news/kremlin.txt");
  EXPECT_EQ(hit["passage"], 3);
  EXPECT_EQ(hit["path"], "news/kremlin.txt");
  EXPECT_EQ(hit["line"], 7);
  EXPECT_EQ(hit["begin"], 100);
  EXPECT_EQ(hit["end"], 116);
  EXPECT_EQ(hit["title"], "Kremlin says");
  EXPECT_EQ(hit["outlet"], "Meridian");
  EXPECT_EQ(hit["dateline"], "MOSCOW");
  EXPECT_EQ(hit["date"], "2017-07-10");
  EXPECT_EQ(hit["text"], "The Kremlin said");
  EXPECT_EQ(hit["highlights"], (nlohmann::json{{4, 11}}));
  EXPECT_EQ(hit["people"], (nlohmann::json{"Dmitry Peskov", "Donald Trump Jr."}));
  EXPECT_EQ(hit["organizations"], nlohmann::json::array({"Kremlin"}));
  EXPECT_EQ(hit["places"], nlohmann::json::array());
  EXPECT_EQ(hit["quotes"],
            nlohmann::json::parse(R"([{"speaker":"Dmitry Peskov","text":"No"},{"speaker":null,"text":"Yes"}])"));
  EXPECT_TRUE(hit["copies"].is_array());
  EXPECT_TRUE(hit["explanation"].is_null());
  options.explain = true;
  EXPECT_TRUE(nlohmann::json::parse(render(answer, options))["hits"][0]["explanation"].is_object());
  answer.id.reset();
  EXPECT_TRUE(nlohmann::json::parse(render(answer, options))["id"].is_null());
  answer.result.suggestion = Suggestion{"person:\"Dmitry Peskov\"", 17};
  EXPECT_EQ(nlohmann::json::parse(render(answer, options))["suggestion"], "person:\"Dmitry Peskov\"");
  EXPECT_EQ(nlohmann::json::parse(render(answer, options))["suggestion_total"], 17);
}

TEST(RenderJson, GivesAHitByItselfAsInAnAnswer) {
  const Hit hit = make_hit("The Kremlin said", {{4, 11}});
  RenderOptions options;
  options.format = OutputFormat::kJson;
  EXPECT_EQ(nlohmann::json::parse(hit_json(hit)),
            nlohmann::json::parse(render(make_answer({hit}), options))["hits"][0]);
  EXPECT_EQ(render(make_answer({hit}), {}), render_hit(hit, {}) + "1 passage\n");
}

TEST(RenderJson, IsValidWhateverThePathHolds) {
  RenderOptions options;
  options.format = OutputFormat::kJson;
  for (const std::string path :
       {"caf\xe9.txt", "\xff\xfe", "a\"b\\c", "a\nb", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc2"}) {
    Hit hit = make_hit("Text.");
    hit.article.id = hit.article.path = path;
    Answer answer = make_answer({hit});
    answer.query = path;
    const std::string out = render(answer, options);
    EXPECT_TRUE(is_valid_utf8(out)) << path;
    EXPECT_NO_THROW({
      const auto json = nlohmann::json::parse(out);
      EXPECT_TRUE(json["hits"][0]["path"].is_string());
    }) << path;
  }
}

TEST(RenderJson, KeepsTheTextToTheByte) {
  RenderOptions options;
  options.format = OutputFormat::kJson;
  for (const std::string text :
       {"“Élysée” 中国 \U0001F600", "a\tb\nc \"d\" \\", "soft\xC2\xADhyphen zero\xE2\x80\x8Bwidth",
        "bidi \xE2\x80\xAE over \xC2\x9B c1 \x7f del \xEF\xBB\xBF \xF3\xA0\x80\xA1"}) {
    const auto json = nlohmann::json::parse(render(make_answer({make_hit(text)}), options));
    EXPECT_EQ(json["hits"][0]["text"], text) << "offsets count in it";
  }
}

TEST(RenderTrec, GivesSixColumns) {
  RenderOptions options;
  options.format = OutputFormat::kTrec;
  Answer answer = make_answer({make_hit("Text.")});
  EXPECT_EQ(render(answer, options), "1 Q0 news/kremlin.txt#3 1 2.500000 dateline\n");
  answer.id = "17";
  options.by_article = true;
  EXPECT_EQ(render(answer, options), "17 Q0 news/kremlin.txt 1 2.500000 dateline\n");
  answer.result.hits.clear();
  EXPECT_EQ(render(answer, options), "");
}

TEST(RenderTrec, HasNoBlanksInNames) {
  RenderOptions options;
  options.format = OutputFormat::kTrec;
  for (const std::string id : {"a b", " a", "a ", "a\tb", "a\nb", "a\r\nb",
                               "a\xC2\xA0"
                               "b",
                               "a\xE3\x80\x80"
                               "b",
                               "a\xE2\x80\x83"
                               "b",
                               "a\xE2\x80\xA8"
                               "b",
                               "a\xC2\x85"
                               "b",
                               "a\vb", " ", ""}) {
    Hit hit = make_hit("Text.");
    hit.article.id = id;
    Answer answer = make_answer({hit});
    answer.id = id;
    for (const bool by_article : {false, true}) {
      options.by_article = by_article;
      const std::string out = render(answer, options);
      EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1) << id;
      std::istringstream columns(out);
      std::vector<std::string> all;
      for (std::string column; columns >> column;) all.push_back(column);
      EXPECT_EQ(all.size(), 6U) << out;
      for (const std::string_view blank : {"\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x83", "\xE2\x80\xA8", "\xC2\x85"}) {
        EXPECT_EQ(out.find(blank), std::string::npos) << out;
      }
    }
  }
}

}  // namespace
}  // namespace dateline
