// SPDX-License-Identifier: GPL-2.0-or-later
//
// The nouns both programs speak of. Plain data, no behaviour.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace dateline {

// Half-open range of bytes in some text, which the owner names.
struct ByteSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] std::uint32_t size() const { return end - begin; }
  [[nodiscard]] bool empty() const { return begin == end; }
  friend bool operator==(const ByteSpan&, const ByteSpan&) = default;
};

// One article as read from its source. An absent fact is an empty string, never a guess.
struct Article {
  std::string id;          // the source's own id or url; else the path; else path#n for the n-th record
  std::string path;        // of the source file, as reached from the command line
  std::uint64_t line = 1;  // line of that file on which the article begins (a JSON record's line), from 1
  std::string title;       // one line of text
  ByteSpan title_span;     // where the title stands in `text`; empty if it came from a field or is absent
  std::string byline;      // names only: "Jane Doe and John Roe"
  std::string outlet;      // "Reuters"
  std::string dateline;    // the place as printed: "MOSCOW"
  std::string date;        // ISO 8601: "2017-07-10", or "2017-07" where the source says no more
  std::string language;    // ISO 639-1: "en"
  std::string text;        // valid UTF-8, NFC, lines end in \n; line n of a text file is line n here
};

// One sentence of an article; the span is in Article::text, without the blanks around it.
struct Sentence {
  ByteSpan span;
};

// The unit of retrieval: about three sentences.
struct Passage {
  ByteSpan span;           // in Article::text, without the blanks around it
  std::uint32_t line = 1;  // of Article::text on which it begins, from 1
};

// How it is known that a stretch of an article is none of its story.
enum class BoilerplateReason : std::uint8_t {
  kRepeatedLine,  // the line stands elsewhere in the article: a caption, a paragraph printed twice
  kTimeCode,      // "01:15" beside a caption
  kHighlights,    // a box that says what the article's own sentences say
  kManyArticles,  // the line stands in many articles of the outlet: menus, footers, pleas
};
inline constexpr BoilerplateReason kLastBoilerplateReason = BoilerplateReason::kManyArticles;

// Lines of an article that follow one another and are none of its story. It stays in the text and is in no passage.
struct Boilerplate {
  ByteSpan span;  // in Article::text, without the blanks around it
  BoilerplateReason reason = BoilerplateReason::kRepeatedLine;

  friend bool operator==(const Boilerplate&, const Boilerplate&) = default;
};

enum class NameKind : std::uint8_t { kPerson, kOrganization, kPlace };
inline constexpr std::size_t kNameKinds = 3;

enum class Gender : std::uint8_t { kUnknown, kMale, kFemale };

// Somebody or something that an article names.
struct ArticleName {
  NameKind kind = NameKind::kPerson;
  std::string name;  // the longest form the article has: "Dmitry Peskov"
  Gender gender = Gender::kUnknown;
  std::vector<std::string> roles;  // of a person, in the article's own words: "Kremlin spokesman"
};

// Where it does so.
struct Mention {
  ByteSpan span;           // in Article::text
  std::uint32_t name = 0;  // index of the ArticleName
  bool by_role = false;    // "the Kremlin spokesman": no form of the name stands there
};

// All names of an article. The mentions are in text order and do not overlap.
struct ArticleNames {
  std::vector<ArticleName> names;
  std::vector<Mention> mentions;
};

enum class QuoteKind : std::uint8_t {
  kDirect,    // between quotation marks, by itself: “We did,” he said
  kMixed,     // between quotation marks, inside somebody else's sentence: he said it was “a done deal”
  kIndirect,  // without: he said that they did
};

// How the speaker of a quote was found.
enum class SpeakerRule : std::uint8_t {
  kNone,         // no speaker
  kAfter,        // “…,” Peskov said
  kInverted,     // “…,” said Peskov
  kBefore,       // Peskov said: “…”; Peskov said that …
  kColon,        // Peskov: “…”
  kAccordingTo,  // according to Peskov, …
  kContinued,    // the paragraph goes on after a quote whose speaker is known
  kParagraph,    // the next paragraph is the same speech
  kSubject,      // the subject of the sentence before
  kCopy,         // the same quote in a copy of the article has that speaker
};
inline constexpr SpeakerRule kLastSpeakerRule = SpeakerRule::kCopy;

enum class Confidence : std::uint8_t { kMedium, kHigh };

// In place of an index of ArticleNames::names.
inline constexpr std::uint32_t kNobody = 0xFFFFFFFF;

// What somebody said. An article's quotes are in the order of their beginnings; one may stand inside another.
struct Quote {
  ByteSpan span;                 // in Article::text: what was said, without the quotation marks
  ByteSpan speaker;              // in Article::text: the mention as written, which may be "she"; empty if there is none
  ByteSpan cue;                  // in Article::text: "said"; empty if there is none
  std::uint32_t name = kNobody;  // index of the speaker's ArticleName
  QuoteKind kind = QuoteKind::kDirect;
  SpeakerRule rule = SpeakerRule::kNone;
  Confidence confidence = Confidence::kMedium;  // in the speaker
};

// A word with figures that a stripped article lost: a better text of its story has it there.
struct RestoredNumber {
  std::uint32_t at = 0;  // in Article::text: a byte of the letter beside it
  std::string word;      // as the analyzer gives it: "1000", "$4.2m"

  friend bool operator==(const RestoredNumber&, const RestoredNumber&) = default;
};

// What an article says of people and things, and what it quotes.
struct NamesAndQuotes {
  ArticleNames names;
  std::vector<Quote> quotes;  // in text order
};

}  // namespace dateline
