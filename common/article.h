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

}  // namespace dateline
