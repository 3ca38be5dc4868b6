// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whom "he" and "she" mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "indexer/quotes/article_words.h"

namespace dateline {

// Of "he" and "she".
[[nodiscard]] std::optional<Gender> gender_of_pronoun(std::string_view form);

// Follows an article from its begin to its end and keeps who was spoken of last. Reused from article to article.
class PronounResolver {
 public:
  void begin(const ArticleWords& words);

  // The person that the pronoun at token `i` means: the best by nearness, by having been a subject or the last speaker,
  // by gender and by how often the article names them; kNobody where nobody fits. To be asked in text order.
  // Cost: linear in the text over all calls.
  [[nodiscard]] std::uint32_t person_at(std::uint32_t i);

  // Somebody has spoken, at that token.
  void note_speaker(std::uint32_t name, std::uint32_t i);

 private:
  // Somebody who was spoken of not long ago.
  struct Recent {
    std::uint32_t name = kNobody;
    std::uint32_t last = 0;                 // token of the last mention
    std::uint32_t last_subject = kNowhere;  // of the last as a subject
    std::uint32_t mentions = 0;
  };

  void read_until(std::uint32_t i);
  void note(std::uint32_t name, std::uint32_t i, bool is_subject);
  [[nodiscard]] bool is_subject(TokenRange mention) const;
  [[nodiscard]] std::uint32_t best(Gender gender, std::uint32_t i);
  [[nodiscard]] double nearness(std::uint32_t from, std::uint32_t i) const;

  const ArticleWords* words_ = nullptr;
  std::vector<Recent> recent_;   // the latest last
  std::vector<Gender> learned_;  // by name, of those whose gender the names do not tell
  std::uint32_t read_ = 0;       // tokens
  std::uint32_t speaker_ = kNobody;
  std::uint32_t spoke_at_ = 0;
};

}  // namespace dateline
