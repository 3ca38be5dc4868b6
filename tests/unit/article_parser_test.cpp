// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/articles/article_parser.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>

#include "common/stop_words.h"
#include "common/text.h"
#include "indexer/articles/article_head.h"
#include "indexer/articles/date_parser.h"
#include "indexer/articles/dateline_parser.h"
#include "indexer/articles/language_detector.h"
#include "indexer/sources/text_decoder.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

RawRecord record_of(SourceFormat format, std::string_view bytes) {
  RawRecord record;
  record.path = std::make_shared<const std::string>("news/a");
  record.format = format;
  record.line = 7;
  record.ordinal = 3;
  record.bytes = bytes;
  return record;
}

// The facts that are there, `title "…" byline "…" …`, or "error: …".
std::string facts_of(const Result<Article>& article) {
  if (!article) return "error: " + article.error().message;
  std::string facts;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) facts += fmt::format("{}{} \"{}\"", facts.empty() ? "" : " ", name, value);
  };
  add("title", article->title);
  add("byline", article->byline);
  add("outlet", article->outlet);
  add("dateline", article->dateline);
  add("date", article->date);
  return facts;
}

std::string facts_of_text(std::string_view text) {
  const auto article = parse_article(record_of(SourceFormat::kText, text), {});
  if (article && !article->title.empty()) {
    const ByteSpan span = article->title_span;
    EXPECT_TRUE(article->text.substr(span.begin, span.size()).ends_with(article->title)) << text;
  }
  return facts_of(article);
}

Result<Article> parse_json(std::string_view json, const FieldNames& fields = {}) {
  return parse_article(record_of(SourceFormat::kJsonLines, json), fields);
}

std::string facts_of_json(std::string_view json, const FieldNames& fields = {}) {
  return facts_of(parse_json(json, fields));
}

std::string text_of_json(std::string_view json, const FieldNames& fields = {}) {
  const auto article = parse_json(json, fields);
  return article ? article->text : "error: " + article.error().message;
}

struct Row {
  std::string_view input;
  std::string_view facts;
};

// ---- Records.

TEST(ParseArticle, OfATextFileIsCalledByItsPath) {
  const auto article = parse_article(record_of(SourceFormat::kText, "One.\r\n\r\nTwo."), {});
  ASSERT_TRUE(article);
  EXPECT_EQ(article->id, "news/a");
  EXPECT_EQ(article->path, "news/a");
  EXPECT_EQ(article->line, 7U);
  EXPECT_EQ(article->text, "One.\n\nTwo.");
  EXPECT_EQ(article->language, "en");
}

TEST(ParseArticle, OfAJsonRecordIsCalledByIdThenUrlThenOrdinal) {
  const Row rows[] = {
      {R"({"id":"x-1","url":"http://e","text":"T."})", "x-1"},
      {R"({"id":17,"text":"T."})", "17"},
      {R"({"_id":{"$oid":"5f"},"text":"T."})", "5f"},
      {R"({"id":123456789012345678901234567890,"text":"T."})", "123456789012345678901234567890"},
      {R"({"id":"","link":"http://e","text":"T."})", "http://e"},
      {R"({"ID":null,"URL":"http://e","text":"T."})", "http://e"},
      {R"({"text":"T."})", "news/a#3"},
  };
  for (const Row& row : rows) EXPECT_EQ(parse_json(row.input)->id, row.facts) << row.input;
}

TEST(ParseArticle, TakesFieldsInOrderOfTheirNames) {
  const Row rows[] = {
      {R"({"body":"B.","text":"T.","content":"C."})", "T."},
      {R"({"article":"A.","content":"C."})", "C."},
      {R"({"TEXT":"T.","Body":"B."})", "T."},
      {R"({"text":null,"body":"B."})", "B."},
      {R"({"text":"  ","body":"B."})", "B."},
      {R"({"text":7,"body":"B."})", "B."},
      {R"({"text":"first","text":"second"})", "first"},
      {R"({"text":["One.","","Two."]})", "One.\n\nTwo."},
      {R"({"text":"T.","meta":{"text":"inner"}})", "T."},
  };
  for (const Row& row : rows) EXPECT_EQ(text_of_json(row.input), row.facts) << row.input;
}

TEST(ParseArticle, TakesTheUsersFieldsFirst) {
  const FieldNames fields = {{"text", "Maintext"}, {"date", "seen"}, {"title", "maintext"}};
  const auto article = parse_json(R"({"text":"T.","mainText":"M.","date":"2001-01-01","seen":"2017-07-10"})", fields);
  ASSERT_TRUE(article);
  EXPECT_EQ(article->text, "M.");
  EXPECT_EQ(article->title, "M.");
  EXPECT_EQ(article->date, "2017-07-10");
}

TEST(ParseArticle, ReadsWhatFieldsMayHold) {
  const Row rows[] = {
      {R"({"text":"T.","title":" A \n\t B\u0007 "})", R"(title "A B")"},
      {R"({"text":"T.","headline":"H","byline":"B. Y. Line"})", R"(title "H" byline "B. Y. Line")"},
      {R"({"text":"T.","author":["Ann Poe","Bo Roe","Cy Doe"]})", R"(byline "Ann Poe, Bo Roe and Cy Doe")"},
      {R"({"text":"T.","authors":[{"id":1,"name":"Ann Poe"},{"name":"Bo Roe"}]})", R"(byline "Ann Poe and Bo Roe")"},
      {R"({"text":"T.","author":{"name":"Ann Poe"}})", R"(byline "Ann Poe")"},
      {R"({"text":"T.","author":"By ANN POE, Staff Writer"})", R"(byline "ANN POE")"},
      {R"({"text":"T.","author":"newsroom@example.com"})", R"(byline "newsroom@example.com")"},
      {R"({"text":"T.","source":{"id":null,"name":"The Post"}})", R"(outlet "The Post")"},
      {R"({"text":"T.","publisher":{"title":"The Post"}})", R"(outlet "The Post")"},
      {R"({"text":"T.","title":["no"],"source":[1],"author":[7],"date":true})", ""},
      {R"({"text":"T.","date":"2017-07-10T09:09:00Z"})", R"(date "2017-07-10")"},
      {R"({"text":"T.","published":1499644800})", R"(date "2017-07-10")"},
      {R"({"text":"T.","published":1499644800.25})", R"(date "2017-07-10")"},
      {R"({"text":"T.","publish_date":1499644800000})", R"(date "2017-07-10")"},
      {R"({"text":"T.","date":20170710})", R"(date "2017-07-10")"},
      {R"({"text":"T.","date":{"$date":"2017-07-10T00:00:00Z"}})", R"(date "2017-07-10")"},
      {R"({"text":"T.","date":"2017-02-30"})", ""},
      {R"({"text":"T.","date":NaN,"n":NaN})", ""},
      {R"({"text":"PARIS, June 9, 2017 (AFP) - The talks went on.","date":"None","source":"Wire"})",
       R"(outlet "Wire" dateline "PARIS" date "2017-06-09")"},
  };
  for (const Row& row : rows) EXPECT_EQ(facts_of_json(row.input), row.facts) << row.input;
}

TEST(ParseArticle, CutsLongFactsBetweenCharacters) {
  std::string title;
  for (int i = 0; i < 600; ++i) title += "é";
  const auto article = parse_json(R"({"text":"T.","title":"x)" + title + R"("})");
  ASSERT_TRUE(article);
  EXPECT_EQ(article->title.size(), 999U);
  EXPECT_TRUE(is_valid_utf8(article->title));
}

TEST(ParseArticle, RefusesWhatIsNoArticle) {
  const Row rows[] = {
      {R"({"text":""})", "error: empty text"},
      {R"({"text":" \n\u00a0"})", "error: empty text"},
      {R"({"text":[]})", "error: empty text"},
      {R"({"text":null})", "error: no text field"},
      {R"({"title":"T"})", "error: no text field"},
      {R"({})", "error: no text field"},
      {R"({"text":7})", "error: text is no string"},
      {R"({"text":{"a":1}})", "error: text is no string"},
      {R"({"text":["a",7]})", "error: text is no string"},
      {R"({"text":[["a"]]})", "error: text is no string"},
      {R"(["text"])", "error: a JSON value that is no object"},
      {R"("text")", "error: a JSON value that is no object"},
      {"7", "error: a JSON value that is no object"},
  };
  for (const Row& row : rows) EXPECT_EQ(facts_of_json(row.input), row.facts) << row.input;
  EXPECT_EQ(facts_of_text(" \r\n\t"), "error: empty text");
}

TEST(ParseArticle, SaysWhereJsonIsBroken) {
  const Row rows[] = {
      {R"({"text":"a" "b"})", "error: broken JSON at byte 13:"},
      {R"({"text" "a"})", "error: broken JSON at byte"},
      {R"({"text":"a",})", "error: broken JSON at byte"},
      {R"({"text":"a"}})", "error: broken JSON at byte 13:"},
      {R"({"text":"a"} {"text":"b"})", "error: broken JSON at byte 14:"},
      {R"({"text":"a)", "error: broken JSON:"},
      {R"({"text":"a","b":{"c":1})", "error: broken JSON"},
      {R"({"text":"a")", "error: broken JSON"},
      {"{\"text\":\"a\nb\"}", "error: broken JSON:"},
      {R"({text:"a"})", "error: broken JSON at byte"},
      {"no JSON", "error: "},
      {"", "error: broken JSON:"},
      {"{", "error: broken JSON"},
  };
  for (const Row& row : rows) {
    const std::string facts = facts_of_json(row.input);
    EXPECT_TRUE(facts.starts_with(row.facts)) << row.input << " -> " << facts;
  }
}

TEST(ParseArticle, ReplacesWhatCannotBeUnescaped) {
  const Row rows[] = {
      {R"({"text":"a\ud83d\ude00b"})", "a\U0001F600b"},   {R"({"text":"a\ud83db"})", "a\uFFFDb"},
      {R"({"text":"a\ude00\n\"b\""})", "a\uFFFD\n\"b\""}, {R"({"text":"\ud83d\ud83d\ude00"})", "\uFFFD\U0001F600"},
      {R"({"text":"a\xb\/\u00e9\u12"})", "axb/éu12"},     {R"({"text":"e\u0301"})", "é"},
  };
  for (const Row& row : rows) EXPECT_EQ(text_of_json(row.input), row.facts) << row.input;
}

TEST(ParseArticle, DecodesRecordsThatAreNoUtf8) {
  EXPECT_EQ(text_of_json("{\"text\":\"Le pr\xE9sident a d\xE9j\xE0 parl\xE9 \x97 hier.\"}"),
            "Le président a déjà parlé — hier.");
  EXPECT_EQ(text_of_json("\xEF\xBB\xBF{\"text\":\"T.\"}"), "T.");
}

TEST(ParseArticle, SurvivesHostileRecords) {
  const std::string deep(1'000'000, '[');
  EXPECT_TRUE(facts_of_json("{\"text\":\"T.\",\"x\":" + deep).starts_with("error: broken JSON"));
  EXPECT_TRUE(facts_of_json("{\"text\":" + deep).starts_with("error: "));
  EXPECT_EQ(facts_of_json("{\"text\":\"T.\",\"x\":" + deep + std::string(1'000'000, ']') + "}"), "");
  for (const std::string_view piece : {"\0"sv, " "sv, "("sv, "\n"sv, "a\n"sv, "A"sv, "-"sv, "By A "sv, "\xFF"sv, "é"sv,
                                       "1"sv, "Jul 1 "sv, "”"sv, "# "sv, "|"sv, "\\ud800"sv}) {
    std::string text;
    while (text.size() < 2'000'000) text += piece;
    (void)facts_of_text(text);
    (void)facts_of_json(fmt::format(R"({{"text":"{0}","title":"{0}"}})", text));
  }
}

// ---- Datelines.

std::string parts_of(std::string_view line) {
  const auto dateline = parse_dateline(line);
  return dateline ? fmt::format("{}|{}|{}", dateline->place, dateline->outlet, dateline->date) : "none";
}

TEST(ParseDateline, ReadsWhatAgenciesWrite) {
  const Row rows[] = {
      {"MOSCOW (Reuters) - Russia confirmed on Monday", "MOSCOW|Reuters|"},
      {"  MOSCOW, July 10 (Reuters) - Russia confirmed", "MOSCOW|Reuters|July 10"},
      {"PARIS, June 9 (AFP) — The talks went on", "PARIS|AFP|June 9"},
      {"PARIS, June 9, 2017 (AFP) — The talks went on", "PARIS|AFP|June 9, 2017"},
      {"BEIJING, July 10 (Xinhua) -- China said", "BEIJING|Xinhua|July 10"},
      {"NEW YORK, N.Y. (AP) – The talks went on", "NEW YORK, N.Y.|AP|"},
      {"WASHINGTON, D.C. - Senator Doe today said so.", "WASHINGTON, D.C.||"},
      {"WASHINGTON, DC -- Senator Doe today said so.", "WASHINGTON, DC||"},
      {"WASHINGTON, D.C.- U.S. Senator Doe today said so.", "WASHINGTON, D.C.||"},
      {"LONDON/PARIS (Reuters) - The talks went on", "LONDON/PARIS|Reuters|"},
      {"BERLIN — The talks went on for hours.", "BERLIN||"},
      {"McALLEN, Texas (AP) — The talks went on", "McALLEN, Texas|AP|"},
      {"THE HAGUE, Netherlands — Judges said “no.”", "THE HAGUE, Netherlands||"},
      {"WASHINGTON (March 3, 2005) - Senator Doe said so.", "WASHINGTON||March 3, 2005"},
      {"WASHINGTON (Thursday, April 28) – Senator Doe said so.", "WASHINGTON||Thursday, April 28"},
      {"HAMBURG (Northern Wire) - The talks went on", "HAMBURG|Northern Wire|"},
      {"HAMBURG (Meridian) - The talks went on", "HAMBURG|Meridian|"},
      {"KYIV (Interfax-Ukraine) — The talks went on", "KYIV|Interfax-Ukraine|"},
      {"Berlin (dpa) - Die Gespräche gingen weiter", "Berlin|dpa|"},
      {"Washington (CNN)Kremlin spokesman", "Washington|CNN|"},
      {"Washington (CNN) The Kremlin said", "Washington|CNN|"},
      {"Leeds, United Kingdom (CNN) -- The talks", "Leeds, United Kingdom|CNN|"},
      {"Salt Lake City (AP) “We talked,” he said", "Salt Lake City|AP|"},
      {"Hamburg (Northern News) - The talks went on", "Hamburg|Northern News|"},
      {"Madrid, 10 jul (EFE).- El presidente", "Madrid|EFE|10 jul"},
      {"WHITE HOUSE — The talks went on for hours.", "WHITE HOUSE||"},
      {"(CNN) -- The talks went on", "|CNN|"},
      {"(CNN)The talks went on", "|CNN|"},
      {"(Example.com) – The talks went on", "|Example.com|"},
      {"Dec 29 (Reuters) - The talks went on", "|Reuters|Dec 29"},
      {"MOSCOW, July 10. /TASS/. The Kremlin said", "MOSCOW|TASS|July 10"},
      {"МОСКВА, 10 июля. /ТАСС/. В Кремле заявили", "МОСКВА|ТАСС|10 июля"},
      {"МОСКВА, 10 июл — РИА Новости. В Кремле заявили об этом.", "МОСКВА|РИА Новости|10 июл"},
      {"MOSCOW (Reuters) -", "MOSCOW|Reuters|"},
  };
  for (const Row& row : rows) EXPECT_EQ(parts_of(row.input), row.facts) << row.input;
}

TEST(ParseDateline, IsNotMisled) {
  for (const std::string_view line : {
           "",
           "(",
           "MOSCOW",
           "MOSCOW -",
           "The Islamic State (IS) group has claimed",
           "The National Park Service (NPS) is urging visitors",
           "National Public Radio (NPR) President Jane Doe said",
           "Cable News Network (CNN) President Jane Doe said",
           "Sen. Jane Doe (D-Ohio) - who spoke on Monday",
           "Jane Doe (D) - The senator spoke on Monday",
           "Jane Doe (CDU) - The senator spoke on Monday",
           "Jane Doe (D-Del.) today said",
           "MOSCOW (Idaho) - The town council said",
           "PITTSBURGH (PA) - The town council said",
           "FILE - In this Monday photo, the president",
           "FILE PHOTO - The president leaves",
           "UPDATE - Here are the names of the senators",
           "SEN. DOE - The senator spoke on Monday",
           "SENATE REACHES COMPROMISE ON ACT - AUTHORIZING SIX MONTHS",
           "THE COWBOY - A TEXAS LEGEND In the saddle",
           "JUNK FAXES - A PROBLEM THAT NEEDS TO GO As a member",
           "BREXIT - What Happens Now",
           "FLYNN IS IN — TRUMP OFFERS POST, our colleague has more",
           "THE RACE - These elements play out in a race",
           "WHAT - Senator Doe will speak",
           "Washington — House Speaker Jane Doe",
           "This year — the year of the fox — it is",
           "NATO — which met on Monday — said",
           "COVID-19 may be a disrupter of lives",
           "Berlin (left) - The talks went on",
           "BERLIN (AP Photo) - The talks went on",
           "moscow (reuters) - russia confirmed on monday",
       }) {
    EXPECT_EQ(parts_of(line), "none") << line;
  }
}

// ---- Bylines.

TEST(ParseByline, GivesTheNamesOnly) {
  const Row rows[] = {
      {"By Jane Doe", "Jane Doe"},
      {"BY JANE DOE, Staff Writer", "JANE DOE"},
      {"by Jane Doe", "Jane Doe"},
      {"By Jane Doe and John Roe | Reuters", "Jane Doe and John Roe"},
      {"By JANE DOE and John Roe, Staff Writer", "JANE DOE and John Roe"},
      {"By Jane Doe, John Roe and Ann Poe, Staff Writers", "Jane Doe, John Roe and Ann Poe"},
      {"By Jane Doe, CNN Senior Producer", "Jane Doe"},
      {"By Jane Doe in Moscow", "Jane Doe"},
      {"By Jane Doe for the Post", "Jane Doe"},
      {"By Jane Doe (Reuters)", "Jane Doe"},
      {"By Jane Doe July 10, 2017", "Jane Doe"},
      {"By Jane Doe | July 10, 2017", "Jane Doe"},
      {"By J. R. O’Neill Jr.", "J. R. O’Neill Jr."},
      {"By Jean-Luc van der Berg & Zoë al-Sayed", "Jean-Luc van der Berg and Zoë al-Sayed"},
      {"By the time we knew, it was too late.", ""},
      {"By The Numbers", ""},
      {"By Election Day, the campaign began to resemble a corpse.", ""},
      {"By Associated Press", ""},
      {"By Reuters Staff", ""},
      {"By Madonna", ""},
      {"By repealing the law, many want to give states the right.", ""},
      {"Bystanders Saw Everything", ""},
      {"By", ""},
      {"By ", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(parse_byline(row.input), row.facts) << row.input;
}

// ---- Heads of articles.

constexpr std::string_view kBody =
    "The talks about a working group went on for more than two hours on Monday, officials in the capital said, and "
    "neither side would say what had been agreed.";

TEST(ParseArticle, FindsTheTitleSetApart) {
  const Row rows[] = {
      {"Kremlin confirms talks on cyber group\n\n$", "Kremlin confirms talks on cyber group"},
      {"Kremlin confirms talks on cyber group\n$", "Kremlin confirms talks on cyber group"},
      {"\n\n   Kremlin confirms talks  \n\n$", "Kremlin confirms talks"},
      {"# Kremlin confirms talks\n\n$", "Kremlin confirms talks"},
      {"Who Was in the Room?\n\n$", "Who Was in the Room?"},
      {"Talks held with the U.S.\n\n$", "Talks held with the U.S."},
      {"KREMLIN CONFIRMS TALKS\n\n$", "KREMLIN CONFIRMS TALKS"},
      {"В Кремле подтвердили переговоры\n\n$", "В Кремле подтвердили переговоры"},
      {"Unbelievable\n\n$", "Unbelievable"},
      {"橋は月末まで閉鎖\n\n$", "橋は月末まで閉鎖"},
      {"kremlin confirms talks\n\n$", "kremlin confirms talks"},
      {"Home | News | Sport | Weather\nKremlin confirms talks\n\n$", "Kremlin confirms talks"},
      {"Home News Sport Weather\n\n01:15\n\nJuly 10, 2017\n\nKremlin confirms talks\n\n$", "Kremlin confirms talks"},
      {"FOR IMMEDIATE RELEASE\n\nSenator Doe Welcomes Talks\n\n$", "Senator Doe Welcomes Talks"},
      {"Kremlin confirms talks\nBy Jane Doe\n\n$", "Kremlin confirms talks"},
      {"Kremlin confirms talks\nMOSCOW (Reuters) - Russia confirmed talks.", "Kremlin confirms talks"},
      {"Kremlin Confirms Talks\nOfficials said on Monday that they had talked.", "Kremlin Confirms Talks"},
  };
  for (const Row& row : rows) {
    std::string text(row.input);
    if (text.ends_with('$')) text.replace(text.size() - 1, 1, kBody);
    const auto article = parse_article(record_of(SourceFormat::kText, text), {});
    ASSERT_TRUE(article);
    EXPECT_EQ(article->title, row.facts) << text;
    const ByteSpan span = article->title_span;
    EXPECT_TRUE(article->text.substr(span.begin, span.size()).ends_with(article->title));
  }
}

TEST(ParseArticle, TitleSpanCoversTheLine) {
  const auto article = parse_article(record_of(SourceFormat::kText, "\n # Kremlin confirms talks \n\nIt did."), {});
  ASSERT_TRUE(article);
  EXPECT_EQ(article->text.substr(article->title_span.begin, article->title_span.size()), "# Kremlin confirms talks");
}

TEST(ParseArticle, FindsNoTitleWhereThereIsNone) {
  for (const std::string_view beginning : {
           "",                                                             // the body alone
           "The talks went on for hours on Monday.\n\n",                   // a paragraph
           "Did they talk? They did not say. Nobody knew.\n\n",            // the same
           "The talks went on, officials said,\n\n",                       // unfinished
           "The talks were about a new kind of\n\n",                       // the same
           "What we know:\n\n",                                            // a label
           "Kremlin\n\n",                                                  // one short word
           "By Jane Doe\n\n",                                              // a byline
           "Jane Doe\n\nDaily Example\n\n",                                // a byline without "By"
           "July 10, 2017\n\n",                                            // a date
           "01:15\n\n",                                                    // a time code
           "Home | News | Sport\n\n",                                      // a menu
           "Advertisement\n\n",                                            // furniture
           "The president leaves the hall. Jane Doe/Getty Images\n\n",     // a caption
           "Story highlights\n\nTalks held in Hamburg\n\nNo deal yet\n\n"  // half sentences under a label
       }) {
    const std::string text = std::string(beginning) + std::string(kBody);
    const auto article = parse_article(record_of(SourceFormat::kText, text), {});
    ASSERT_TRUE(article);
    EXPECT_EQ(article->title, "") << text;
    EXPECT_TRUE(article->title_span.empty());
  }
}

TEST(ParseArticle, FindsNoTitleInWrappedText) {
  EXPECT_EQ(
      facts_of_text("The talks about a working group went on for more than two\nhours on Monday, officials said, and "
                    "neither side would say\nwhat had been agreed.\n"),
      "");
  EXPECT_EQ(
      facts_of_text("The president of the commission said on Monday that Jane\nDoe had been asked to lead the group, "
                    "and that she was\nwilling to do so.\n"),
      "");
}

TEST(ParseArticle, FindsNothingInStrippedText) {
  EXPECT_EQ(facts_of_text("moscow reuters  russia confirmed on monday that the u s  and russia talked about a group on "
                          "cyber security  an idea which  svetlana lukash said  would take time"),
            "");
}

TEST(ParseArticle, ReadsTheHeadOfWireCopy) {
  EXPECT_EQ(facts_of_text("Kremlin confirms talks on cyber group\n\nBy Jane Doe and John Roe\n\n"
                          "MOSCOW, July 10, 2017 (Reuters) - Russia confirmed on Monday that it had talked.\n\nMore."),
            R"(title "Kremlin confirms talks on cyber group" byline "Jane Doe and John Roe" outlet "Reuters" )"
            R"(dateline "MOSCOW" date "2017-07-10")");
}

TEST(ParseArticle, ReadsTheHeadOfAScrapedPage) {
  EXPECT_EQ(facts_of_text("Kremlin: Leaders discussed working group\n"
                          "By Jane Doe, CNN\n"
                          "Updated 9:09 AM ET, Mon July 10, 2017\n\n"
                          "Leaders meet in Hamburg\nLeaders meet in Hamburg\nLeaders meet in Hamburg\n"
                          "Leaders meet in Hamburg\n01:15\n\nStory highlights\n\nTalks took 40 minutes\n\n"
                          "    Moscow (CNN)Kremlin officials said on Monday that the leaders had talked.\n"),
            R"(title "Kremlin: Leaders discussed working group" byline "Jane Doe" outlet "CNN" dateline "Moscow" )"
            R"(date "2017-07-10")");
}

TEST(ParseArticle, ReadsDatesInTheHead) {
  const Row rows[] = {
      {"Published July 10, 2017\n\n", "2017-07-10"},
      {"10 July 2017\n\n", "2017-07-10"},
      {"Mon Jul 10, 2017 | 9:09am EDT\n\n", "2017-07-10"},
      {"Monday, 10 July 2017 09:09 BST\n\n", "2017-07-10"},
      {"Last updated on 2017-07-10 at 09:09\n\n", "2017-07-10"},
      {"World News July 10, 2017 / 9:09 AM\n\n", "2017-07-10"},
      {"By Jane Doe | July 10, 2017\n\n", "2017-07-10"},
      {"Mon Jul 10 | 9:09am EDT\n\n© 2017 Example\n\n", "2017-07-10"},
      {"Tue Jul 10 | 9:09am EDT\n\n© 2017 Example\n\n", ""},       // it was a Monday
      {"Mon Jul 10 | 9:09am EDT\n\n© 2016 2017 Example\n\n", ""},  // which year?
      {"Mon Jul 10 | 9:09am EDT\n\n", ""},                         // no year
      {"PARIS, June 9 (AFP) - Talks.\n\n", ""},                    // the same
      {"© 2017 Example\n\nPARIS, June 9 (AFP) - Talks.\n\n", "2017-06-09"},
      {"© 2017 Example\n\nPARIS, Feb. 29 (AFP) - Talks.\n\n", ""},  // there was none
      {"February 30, 2017\n\n", ""},                                // there is none
      {"Meeting on July 10, 2017\n\n", ""},                         // a title
      {"Today: July 24, 2008\n\n", ""},                             // when the page was printed
      {"They met on July 10, 2017.\n\n", ""},                       // text
  };
  for (const Row& row : rows) {
    const std::string text = std::string(row.input) + std::string(kBody);
    const auto article = parse_article(record_of(SourceFormat::kText, text), {});
    ASSERT_TRUE(article);
    EXPECT_EQ(article->date, row.facts) << text;
  }
}

TEST(ParseArticle, LooksForDatelinesInTheFirstParagraphsOnly) {
  EXPECT_EQ(facts_of_text("A caption of the picture above.\n\nCHICAGO — The talks went on.\n"),
            R"(dateline "CHICAGO")");
  EXPECT_EQ(facts_of_text("CHICAGO — The talks about a new group went on\nfor hours on Monday.\n"),
            R"(dateline "CHICAGO")");
  std::string late;
  for (int i = 0; i < 9; ++i) late += "The talks went on.\n\n";
  EXPECT_EQ(facts_of_text(late + "CHICAGO — The talks went on.\n"), "");
}

// ---- Dates.

TEST(ParseDate, ReadsTheUsualForms) {
  const Row rows[] = {
      {"2017-07-10", "2017-07-10"},
      {"2017-07-10T09:09:00Z", "2017-07-10"},
      {"2017-07-10 23:59:59+03:00", "2017-07-10"},
      {"2017/07/10", "2017-07-10"},
      {"2017/7/9", "2017-07-09"},
      {"2017.07.10", "2017-07-10"},
      {"20170710", "2017-07-10"},
      {"20170710T090900Z", "2017-07-10"},
      {"20170710090900", "2017-07-10"},
      {"July 10, 2017", "2017-07-10"},
      {"JULY 10 2017", "2017-07-10"},
      {"Jul. 10, 2017", "2017-07-10"},
      {"Sept. 1, 2017", "2017-09-01"},
      {"July 10th, 2017", "2017-07-10"},
      {"10 July 2017", "2017-07-10"},
      {"10th of July, 2017", "2017-07-10"},
      {"10-Jul-2017", "2017-07-10"},
      {"Mon, 10 Jul 2017 09:09:00 GMT", "2017-07-10"},
      {"Mon Jul 10 09:09:00 EDT 2017", "2017-07-10"},
      {"Monday 10 July 2017", "2017-07-10"},
      {"published on July 10, 2017 at noon", "2017-07-10"},
      {"10.07.2017", "2017-07-10"},
      {"25/07/2017", "2017-07-25"},
      {"07/25/2017", "2017-07-25"},
      {"10. Juli 2017", "2017-07-10"},
      {"1. März 2017", "2017-03-01"},
      {"10 juillet 2017", "2017-07-10"},
      {"1er août 2017", "2017-08-01"},
      {"10 de julio de 2017", "2017-07-10"},
      {"10 luglio 2017", "2017-07-10"},
      {"10 de março de 2017", "2017-03-10"},
      {"10 maart 2017", "2017-03-10"},
      {"10 июля 2017 г.", "2017-07-10"},
      {"9 мая 2017", "2017-05-09"},
      {"2017年7月10日", "2017-07-10"},
      {"1499644800", "2017-07-10"},
      {"1499644800000", "2017-07-10"},
      {"2017-07", "2017-07"},
      {"July 2017", "2017-07"},
      {"Juli 2017", "2017-07"},
      {"29 February 2016", "2016-02-29"},
      {"in May 2017, on July 10, 2017", "2017-07-10"},
  };
  for (const Row& row : rows) EXPECT_EQ(parse_date(row.input), row.facts) << row.input;
}

TEST(ParseDate, FindsNoneWhereNoneIsCertain) {
  for (const std::string_view text : {"",
                                      "None",
                                      "2017",
                                      "2017-02-29",
                                      "2017-13-01",
                                      "2017-00-10",
                                      "February 30, 2017",
                                      "31 June 2017",
                                      "1750-01-01",
                                      "2150-01-01",
                                      "07/10/2017",
                                      "10-07-2017",
                                      "July 10",
                                      "10 July",
                                      "2017-7",
                                      "20171310",
                                      "12345678",
                                      "192.168.2017.1",
                                      "2017.7.10.1",
                                      "1.2.2017.3",
                                      "July 8-10, 2017",
                                      "call 1499644800 now",
                                      "14996448",
                                      "May be",
                                      "the march of 10,000",
                                      "2 days ago",
                                      "10:30",
                                      "99999999999999999999999999",
                                      "0000-00-00",
                                      "2017-191",
                                      "It is in July 2017 that",
                                      "٢٠١٧-٠٧-١٠"}) {
    EXPECT_EQ(parse_date(text), "") << text;
  }
}

TEST(ParseDate, KnowsTheWeekday) {
  EXPECT_EQ(weekday_of(2017, 7, 10), 0);
  EXPECT_EQ(weekday_of(2000, 2, 29), 1);
  EXPECT_EQ(weekday_of(1900, 1, 1), 0);
  const auto date = find_date("on Thursday, April 28 – they", YearNeed::kOptional);
  ASSERT_TRUE(date);
  EXPECT_EQ(date->weekday, 3);
  EXPECT_EQ(date->begin, 3U);
  EXPECT_EQ(date->end, 21U);
}

// ---- Encodings.

TEST(DecodeBytes, ReadsWhatNewsComesIn) {
  const struct {
    std::string_view bytes;
    std::string_view text;
  } rows[] = {
      {"", ""},
      {"plain", "plain"},
      {"Élysée", "Élysée"},
      {"\xEF\xBB\xBF"
       "Élysée",
       "Élysée"},
      {"\xFF\xFEH\0i\0"sv, "Hi"},
      {"\xFE\xFF\0H\0i"sv, "Hi"},
      {"\xFF\xFE\0\0H\0\0\0i\0\0\0"sv, "Hi"},
      {"\xFF\xFE\x1F\x04\x35\x04"sv, "Пе"},
      {"H\0e\0l\0l\0o\0,\0 \0w\0o\0r\0l\0d\0"sv, "Hello, world"},
      {"\0H\0e\0l\0l\0o\0,\0 \0w\0o\0r\0l\0d"sv, "Hello, world"},
      {"\x93No,\x94 he said \x97 it\x92s \x80 5.", "“No,” he said — it’s € 5."},
      {"caf\xE9", "café"},
      {"Der Pr\xE4sident \xFC"
       "ber die Gespr\xE4"
       "che in M\xFCnchen",
       "Der Präsident über die Gespräche in München"},
      {"\xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9 cut \xC3",
       "été été été été été cut \uFFFD"},
      // "Президент России заявил в понедельник, что переговоры продолжаются" in Windows-1251 and KOI8-R
      {"\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xD0\xEE\xF1\xF1\xE8\xE8 \xE7\xE0\xFF\xE2\xE8\xEB \xE2 "
       "\xEF\xEE\xED\xE5\xE4\xE5\xEB\xFC\xED\xE8\xEA, \xF7\xF2\xEE "
       "\xEF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB \xEF\xF0\xEE\xE4\xEE\xEB\xE6\xE0\xFE\xF2\xF1\xFF",
       "Президент России заявил в понедельник, что переговоры продолжаются"},
      {"\xF0\xD2\xC5\xDA\xC9\xC4\xC5\xCE\xD4 \xF2\xCF\xD3\xD3\xC9\xC9 \xDA\xC1\xD1\xD7\xC9\xCC \xD7 "
       "\xD0\xCF\xCE\xC5\xC4\xC5\xCC\xD8\xCE\xC9\xCB, \xDE\xD4\xCF "
       "\xD0\xC5\xD2\xC5\xC7\xCF\xD7\xCF\xD2\xD9 \xD0\xD2\xCF\xC4\xCF\xCC\xD6\xC1\xC0\xD4\xD3\xD1",
       "Президент России заявил в понедельник, что переговоры продолжаются"},
  };
  for (const auto& row : rows) EXPECT_EQ(decode_bytes(row.bytes), row.text);
}

TEST(DecodeBytes, IsAlwaysValid) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string bytes = {'a', static_cast<char>(first), static_cast<char>(second), 'b'};
      ASSERT_TRUE(is_valid_utf8(decode_bytes(bytes))) << first << ' ' << second;
    }
  }
}

// ---- Languages.

TEST(DetectLanguage, KnowsTheOnesWithStopWords) {
  const struct {
    std::string_view language;
    std::string_view text;
  } rows[] = {
      {"en",
       "The mayor said on Monday that the bridge would stay closed until the end of the month. Engineers found "
       "cracks in two of its pillars, and nobody knows yet how long the repairs will take."},
      {"de",
       "Die Brücke bleibt nach Angaben der Stadt bis zum Ende des Monats gesperrt. Fachleute haben Risse in zwei "
       "Pfeilern entdeckt, und es ist noch nicht bekannt, wie lange die Arbeiten dauern werden."},
      {"fr",
       "Le pont restera fermé jusqu'à la fin du mois, a annoncé lundi la mairie. Des ingénieurs ont découvert des "
       "fissures dans deux de ses piliers, et l'on ne sait pas encore combien de temps dureront les travaux."},
      {"ru",
       "Мост останется закрытым до конца месяца, сообщил в понедельник мэр города. Инженеры нашли трещины в двух "
       "опорах, и пока никто не знает, сколько времени займёт ремонт."},
      {"es",
       "El puente seguirá cerrado hasta el final del mes, anunció el lunes la alcaldesa. Los ingenieros han "
       "encontrado grietas en dos de sus pilares y todavía no se sabe cuánto durarán las obras."},
      {"it",
       "Il ponte resterà chiuso fino alla fine del mese, ha annunciato lunedì la sindaca. Gli ingegneri hanno "
       "trovato delle crepe in due dei suoi piloni e non si sa ancora quanto dureranno i lavori."},
      {"pt",
       "A ponte vai ficar fechada até ao fim do mês, anunciou na segunda-feira a presidente da câmara. Os "
       "engenheiros encontraram fissuras em dois dos seus pilares e ainda não se sabe quanto tempo vão durar as "
       "obras."},
      {"nl",
       "De brug blijft tot het einde van de maand dicht, zei de burgemeester maandag. Ingenieurs hebben scheuren "
       "gevonden in twee van de pijlers en het is nog niet bekend hoe lang het werk gaat duren."},
  };
  for (const auto& row : rows) EXPECT_EQ(detect_language(row.text), row.language);
}

TEST(DetectLanguage, KnowsEnglishWithoutCaseAndPunctuation) {
  EXPECT_EQ(detect_language("THE MAYOR SAID ON MONDAY THAT THE BRIDGE WOULD STAY CLOSED UNTIL THE END OF THE MONTH."),
            "en");
  EXPECT_EQ(detect_language("the mayor said on monday  that the bridge would stay closed  mr  doe s office said"),
            "en");
}

TEST(DetectLanguage, KnowsScripts) {
  const Row rows[] = {
      {"橋は月末まで閉鎖されると市長が月曜日に述べた。", "ja"},
      {"市长周一表示，这座桥将关闭到月底。", "zh"},
      {"시장은 월요일 다리가 월말까지 폐쇄될 것이라고 말했다.", "ko"},
      {"นายกเทศมนตรีกล่าวว่าสะพานจะปิดจนถึงสิ้นเดือน", "th"},
      {"قال رئيس البلدية يوم الاثنين إن الجسر سيبقى مغلقا حتى نهاية الشهر", "ar"},
      {"شهردار روز دوشنبه گفت که پل تا پایان ماه بسته خواهد ماند", "fa"},
      {"ראש העיר אמר ביום שני שהגשר יישאר סגור עד סוף החודש", "he"},
      {"Ο δήμαρχος δήλωσε τη Δευτέρα ότι η γέφυρα θα παραμείνει κλειστή", "el"},
      {"महापौर ने सोमवार को कहा कि पुल महीने के अंत तक बंद रहेगा", "hi"},
      {"Мостът ще остане затворен до края на месеца, съобщи в понеделник кметът на града.", "bg"},
      {"Міст залишиться закритим до кінця місяця, повідомив у понеділок мер міста.", "uk"},
  };
  for (const Row& row : rows) EXPECT_EQ(detect_language(row.input), row.facts) << row.input;
}

TEST(DetectLanguage, IsEnglishInDoubt) {
  for (const std::string_view text : {"", "12 34", "Peskov Lukash Veselnitskaya", "\xFF\xFE", "— „“ —",
                                      "Most pozostanie zamknięty, poinformował burmistrz miasta."}) {
    EXPECT_EQ(detect_language(text), "en") << text;
  }
}

TEST(DetectLanguage, IsNotMisledByQuotationsAndNames) {
  EXPECT_EQ(detect_language("The Russian word for bridge is мост, the mayor of Санкт-Петербург said on Monday, and he "
                            "was right about that, as his colleagues from Москва and Казань agreed."),
            "en");
}

// ---- Stop words.

TEST(StopWords, AreFunctionWordsOfTheirLanguage) {
  for (const std::string_view word : {"the", "not", "no", "what", "who", "did", "does", "dont", "you", "will", "if"}) {
    EXPECT_TRUE(is_stop_word(word)) << word;
  }
  for (const std::string_view word : {"said", "new", "may", "us.", "president", "der", "", "The", "zh"}) {
    EXPECT_FALSE(is_stop_word(word)) << word;
  }
  EXPECT_TRUE(is_stop_word("uber", "de"));
  EXPECT_TRUE(is_stop_word("ete", "fr"));
  EXPECT_TRUE(is_stop_word("который", "ru"));
  EXPECT_FALSE(is_stop_word("the", "de"));
  EXPECT_FALSE(is_stop_word("the", "ja"));
  EXPECT_FALSE(is_stop_word(std::string(1000, 'a')));
}

TEST(StopWords, HoldLucenesList) {
  for (const std::string_view word :
       {"a",   "an",    "and",  "are",   "as",    "at",   "be",   "but", "by",  "for",  "if",
        "in",  "into",  "is",   "it",    "no",    "not",  "of",   "on",  "or",  "such", "that",
        "the", "their", "then", "there", "these", "they", "this", "to",  "was", "will", "with"}) {
    EXPECT_TRUE(is_stop_word(word)) << word;
  }
}

TEST(StopWords, BelongToListedLanguages) {
  ASSERT_EQ(stop_word_languages().size(), 8U);
  EXPECT_EQ(stop_word_languages().front(), "en");
  EXPECT_EQ(languages_with_stop_word("the"), 1U);
  EXPECT_EQ(languages_with_stop_word("nothing"), 0U);
  for (std::size_t i = 0; i < stop_word_languages().size(); ++i) {
    EXPECT_EQ((languages_with_stop_word("de") >> i & 1U) != 0, is_stop_word("de", stop_word_languages()[i]));
  }
}

}  // namespace
}  // namespace dateline
