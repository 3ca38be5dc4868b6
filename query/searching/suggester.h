// SPDX-License-Identifier: GPL-2.0-or-later
//
// What may have been meant by a query with a name or a word that the index does not know.
#pragma once

#include <optional>
#include <string>
#include <vector>
#include <xapian.h>

#include "common/segments.h"
#include "query/asking/query_parser.h"
#include "query/finding/passage_reader.h"
#include "query/finding/query_builder.h"
#include "query/reading/name_reader.h"

namespace dateline {

class Suggester {
 public:
  // all  the segments as one database. All must outlive this.
  Suggester(const std::vector<Segment>& segments, const Xapian::Database& all, const NameReader& names,
            PassageReader& reader)
      : segments_(segments), all_(all), names_(names), reader_(reader) {}

  // The query with the first such word replaced: `person:peskof` by the name that is nearest, a plain word by a word of
  // the index or by a name, the one that is fewer edits away. Nothing if all are known or none is near. Words in
  // phrases are left alone. Cost: for a word that stands nowhere linear in the words of the index that begin with its
  // letter.
  [[nodiscard]] std::optional<QueryNode> suggest(const QueryNode& query, const BuiltQuery& built) const;

 private:
  [[nodiscard]] QueryNode with_replacements(const QueryNode& group, const BuiltQuery& built,
                                            std::size_t& replaced) const;
  [[nodiscard]] std::optional<std::string> nearest_name(const QueryNode& field) const;
  [[nodiscard]] std::optional<std::string> nearest_words(const std::string& word, const BuiltQuery& built) const;
  [[nodiscard]] std::optional<std::string> nearest_word(const std::string& word, const std::string& stem) const;
  [[nodiscard]] std::string written_form(const std::string& term, const std::string& word) const;

  const std::vector<Segment>& segments_;
  const Xapian::Database& all_;
  const NameReader& names_;
  PassageReader& reader_;
};

}  // namespace dateline
