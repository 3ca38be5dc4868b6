// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/training/lexicon_files.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "indexer/names/name_tokens.h"
#include "indexer/names/names_model.h"

namespace dateline {
namespace {

using Row = std::vector<std::string>;

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string::npos) return parts;
    begin = end + 1;
  }
}

class Reader {
 public:
  Reader(std::filesystem::path folder, Lexicon& lexicon) : folder_(std::move(folder)), lexicon_(lexicon) {}

  void read(const char* name, std::size_t columns, const std::function<void(const Row&)>& on_row) {
    const std::filesystem::path file = folder_ / name;
    std::ifstream input(file);
    if (!input) throw FatalError({ErrorCode::kInputOutput, fmt::format("{}: cannot be read", file.string()), ""});
    std::size_t number = 0;
    for (std::string line; std::getline(input, line);) {
      ++number;
      if (line.empty() || line.front() == '#') continue;
      const Row row = split(line, '\t');
      if (row.size() < columns) {
        throw FatalError({ErrorCode::kInputOutput,
                          fmt::format("{}:{}: {} columns of {}", file.string(), number, row.size(), columns), ""});
      }
      on_row(row);
    }
  }

  void add(const std::string& phrase, std::uint16_t bits) {
    if (phrase.empty() || bits == 0) return;
    tokenize_names(phrase, text_);
    std::vector<std::uint64_t> all;
    std::vector<std::uint64_t> words;
    for (const NameToken& token : text_.tokens) {
      all.push_back(token.hash);
      if (token.kind == TokenKind::kWord) words.push_back(token.hash);
    }
    put(all, bits);
    if (words.size() < all.size()) put(words, bits);
  }

  std::uint64_t form_of(const std::string& word) {
    tokenize_names(word, text_);
    return text_.tokens.empty() ? 0 : text_.tokens.front().hash;
  }

 private:
  void put(const std::vector<std::uint64_t>& forms, std::uint16_t bits) {
    if (forms.empty()) return;
    if (forms.size() == 1) {
      lexicon_.words[forms.front()] |= bits;
      return;
    }
    std::uint64_t hash = forms.front();
    for (std::size_t i = 1; i < forms.size(); ++i) {
      hash = extend_phrase(hash, forms[i]);
      if (i + 1 < forms.size()) lexicon_.phrase_begins.insert(hash);
    }
    lexicon_.phrases[hash] |= bits;
  }

  std::filesystem::path folder_;
  Lexicon& lexicon_;
  TokenizedText text_;
};

constexpr double kCityOfNote = 200'000;

std::uint16_t given_bits(const std::string& gender) {
  std::uint16_t bits = 0;
  if (gender != "f") bits |= list_bit(NameList::kGivenMale);
  if (gender != "m") bits |= list_bit(NameList::kGivenFemale);
  return bits;
}

}  // namespace

Result<Lexicon> read_lexicons(const std::filesystem::path& folder) {
  Lexicon lexicon;
  Reader reader(folder, lexicon);
  try {
    reader.read("given_names.tsv", 3, [&](const Row& row) { reader.add(row[1], given_bits(row[2])); });
    reader.read("given_names_romanised.tsv", 3, [&](const Row& row) { reader.add(row[1], given_bits(row[2])); });
    reader.read("nicknames.tsv", 2,
                [&](const Row& row) { lexicon.nicknames.emplace(reader.form_of(row[0]), reader.form_of(row[1])); });
    reader.read("countries.tsv", 2, [&](const Row& row) {
      reader.add(row[0], list_bit(NameList::kCountry));
      if (row.size() < 3) return;
      for (const std::string& demonym : split(row[2], ',')) reader.add(demonym, list_bit(NameList::kDemonym));
    });
    reader.read("states.tsv", 2, [&](const Row& row) {
      reader.add(row[0], list_bit(NameList::kState));
      if (row.size() < 3) return;
      for (const std::string& short_form : split(row[2], ',')) {
        // "IN", "OR" and "ME" would make states of words.
        if (short_form.size() > 2) reader.add(short_form, list_bit(NameList::kState));
      }
    });
    reader.read("cities.tsv", 3, [&](const Row& row) {
      const bool of_note = std::stod(row[2].empty() ? "0" : row[2]) >= kCityOfNote;
      reader.add(row[0], list_bit(of_note ? NameList::kCity : NameList::kSmallCity));
    });
    reader.read("geography.tsv", 1, [&](const Row& row) { reader.add(row[0], list_bit(NameList::kGeography)); });
    reader.read("organizations.tsv", 1, [&](const Row& row) { reader.add(row[0], list_bit(NameList::kOrganization)); });
    reader.read("organization_words.tsv", 2, [&](const Row& row) {
      reader.add(row[0], list_bit(row[1] == "first" ? NameList::kOrganizationFirst : NameList::kOrganizationLast));
    });
    reader.read("place_words.tsv", 1, [&](const Row& row) { reader.add(row[0], list_bit(NameList::kPlaceWord)); });
    reader.read("titles.tsv", 3, [&](const Row& row) {
      reader.add(row[0], list_bit(row[2] == "courtesy" ? NameList::kCourtesy : NameList::kOffice));
    });
    reader.read("roles.tsv", 1, [&](const Row& row) { reader.add(row[0], list_bit(NameList::kRole)); });
    reader.read("reporting_verbs.tsv", 1, [&](const Row& row) { reader.add(row[0], list_bit(NameList::kReporting)); });
  } catch (const FatalError& error) {
    return error.error();
  }
  return lexicon;
}

}  // namespace dateline
