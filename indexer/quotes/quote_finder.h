// SPDX-License-Identifier: GPL-2.0-or-later
//
// What an article's people say: the words, who says them, and how that is known.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/article.h"
#include "indexer/names/name_tokens.h"
#include "indexer/names/names_model.h"
#include "indexer/quotes/article_words.h"
#include "indexer/quotes/cue_finder.h"
#include "indexer/quotes/indirect_speech.h"
#include "indexer/quotes/pronoun_resolver.h"
#include "indexer/quotes/role_holders.h"
#include "indexer/quotes/source_phrases.h"
#include "indexer/quotes/speech_verbs.h"

namespace dateline {

// Finds the quotes of articles. One a thread.
class QuoteFinder {
 public:
  // model  must outlive the finder
  explicit QuoteFinder(const NamesModel& model) : verbs_(model) {}

  // The quotes of an article in text order, a quote in a quote behind it.
  //
  // Words in quotation marks are a quote if they are somebody's: with a verb of speech beside them, or as a whole
  // sentence; "so-called 'units'", titles and single words set off are none. Rules for the speaker, in this order:
  // a colon or a strong verb right before; "…," X said, said X; X said … "…"; according to X; the sentence before ends
  // with a colon; the paragraph goes on after a quote or after speech without marks; the paragraph before was left
  // open, or this one is nothing but quote; the subject of the sentence before. The speaker's name is the mention's; of
  // "he" and "she" the person meant; of "the ministry" the article's one organisation called so. Groups, and who cannot
  // be told, have no name.
  //
  // sentences, tokens, names  of one article
  // returns                   spans inside the article, on character borders, never empty; speaker and cue outside of
  //                           the quote's own words
  // cost                      linear
  [[nodiscard]] std::vector<Quote> find(const std::vector<Sentence>& sentences, const TokenizedText& tokens,
                                        const ArticleNames& names);

 private:
  struct Spoken {
    Cue cue;
    std::uint32_t name = kNobody;
    bool is_quote = false;
  };

  Spoken read(std::uint32_t stretch);
  Quote read(const ReportedSpeech& reported);
  [[nodiscard]] bool has_namesake(std::uint32_t name);
  [[nodiscard]] bool is_person(std::uint32_t name) const;
  [[nodiscard]] Spoken opens_speech(std::uint32_t stretch);
  [[nodiscard]] Spoken after_portrait(std::uint32_t stretch);
  [[nodiscard]] std::uint32_t following_paragraph(std::uint32_t stretch) const;
  [[nodiscard]] Spoken going_on(std::uint32_t stretch);
  [[nodiscard]] Spoken inside_reported(std::uint32_t stretch);
  [[nodiscard]] Spoken after_reported(std::uint32_t stretch);
  [[nodiscard]] Spoken continued(std::uint32_t stretch);
  [[nodiscard]] Spoken taking_over(std::uint32_t stretch);
  [[nodiscard]] bool leads_on(std::uint32_t stretch) const;
  [[nodiscard]] bool is_quote(std::uint32_t stretch, const Cue& cue) const;
  [[nodiscard]] std::uint32_t name_of(const Subject& subject, std::uint32_t level);
  [[nodiscard]] std::uint32_t writer_of(TokenRange phrase);
  [[nodiscard]] std::uint32_t person_spoken_of(std::uint32_t level, std::uint32_t i);
  [[nodiscard]] ByteSpan written(const Subject& subject) const;
  [[nodiscard]] bool stands_by_itself(std::uint32_t stretch) const;
  [[nodiscard]] bool is_whole_paragraph(std::uint32_t stretch) const;

  SpeechVerbs verbs_;
  IndirectSpeech indirect_;
  ArticleWords words_;
  SourcePhrases sources_;
  RoleHolders roles_;
  std::unordered_map<std::string, std::uint32_t> bearers_;  // people by surname; empty until it is asked for
  PronounResolver pronouns_;
  std::vector<Spoken> spoken_;             // by stretch
  ReportedSpeech last_reported_;           // with a subject; none behind one without
  std::uint32_t last_outer_ = kNowhere;    // the last stretch that is a quote of the article's own text
  std::uint32_t outer_before_ = kNowhere;  // the one before
};

}  // namespace dateline
