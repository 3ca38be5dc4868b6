// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/pronoun_resolver.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dateline {
namespace {

constexpr std::size_t kMaxRecent = 12;
constexpr std::uint32_t kSubjectTokens = 8;  // a subject stands near its sentence's begin

// Weights: our own measurement, 2026-11, pronouns of election news judged by hand and those of the sample collection.
constexpr double kPerParagraph = -1.0;
constexpr double kPerByte = -1.0 / 400;
constexpr double kSubject = 1.6;
constexpr double kSpeaker = 1.8;
constexpr double kKnownGender = 0.5;
constexpr double kLearnedGender = 0.2;
constexpr double kProminence = 0.2;    // for each doubling of the mentions so far
constexpr double kLearningMargin = 1;  // of a pronoun's best person, to take the pronoun's gender for theirs

}  // namespace

std::optional<Gender> gender_of_pronoun(std::string_view pronoun) {
  if (pronoun == "he" || pronoun == "er" || pronoun == "il" || pronoun == "он") return Gender::kMale;
  if (pronoun == "she" || pronoun == "elle" || pronoun == "она") return Gender::kFemale;
  return std::nullopt;
}

namespace {

// … of a pronoun that elsewhere may be somebody's who is no subject, or no person's: "selon lui", "sagte sie", "nach
// ihren Worten", "her letter said"
std::optional<Gender> gender_of_source(std::string_view pronoun) {
  for (const std::string_view male : {"his", "lui", "seinen", "seiner", "egli", "ele", "hij", "hem", "его"}) {
    if (pronoun == male) return Gender::kMale;
  }
  for (const std::string_view female :
       {"her", "sie", "ihren", "ihrer", "ella", "lei", "ela", "zij", "ze", "haar", "ее"}) {
    if (pronoun == female) return Gender::kFemale;
  }
  return gender_of_pronoun(pronoun);
}

}  // namespace

void PronounResolver::begin(const ArticleWords& words) {
  words_ = &words;
  recent_.clear();
  learned_.assign(words.names().names.size(), Gender::kUnknown);
  read_ = 0;
  speaker_ = kNobody;
}

std::uint32_t PronounResolver::person_at(std::uint32_t i) {
  read_until(i);
  const auto gender = gender_of_source(words_->form(i));
  return gender ? best(*gender, i) : kNobody;
}

void PronounResolver::note_speaker(std::uint32_t name, std::uint32_t i) {
  speaker_ = name;
  spoke_at_ = i;
}

void PronounResolver::read_until(std::uint32_t i) {
  for (; read_ < i; ++read_) {
    if (words_->stretch(read_) != kNowhere) continue;
    if (const std::uint32_t mention = words_->mention(read_); mention != kNowhere) {
      const TokenRange tokens = words_->mention_tokens(mention);
      if (words_->name_of_mention(mention).kind == NameKind::kPerson && read_ == tokens.begin) {
        note(words_->names().mentions[mention].name, read_, is_subject(tokens));
      }
      continue;
    }
    if (const auto gender = gender_of_pronoun(words_->form(read_))) {
      if (const std::uint32_t name = best(*gender, read_); name != kNobody) note(name, read_, true);
    }
  }
}

void PronounResolver::note(std::uint32_t name, std::uint32_t i, bool is_subject) {
  auto known = std::find_if(recent_.begin(), recent_.end(), [&](const Recent& one) { return one.name == name; });
  if (known == recent_.end()) {
    if (recent_.size() == kMaxRecent) recent_.erase(recent_.begin());
    recent_.push_back({name, i, kNowhere, 0});
  } else {
    std::rotate(known, known + 1, recent_.end());
  }
  Recent& one = recent_.back();
  one.last = i;
  if (is_subject) one.last_subject = i;
  ++one.mentions;
}

bool PronounResolver::is_subject(TokenRange mention) const {
  const std::uint32_t begin = words_->sentence(words_->sentence_of(mention.begin)).begin;
  return mention.begin - begin < kSubjectTokens && (mention.end >= words_->size() || words_->form(mention.end) != "'s");
}

double PronounResolver::nearness(std::uint32_t from, std::uint32_t i) const {
  return kPerParagraph * (words_->paragraph(i) - words_->paragraph(from)) +
         kPerByte * (words_->token(i).span.begin - words_->token(from).span.begin);
}

std::uint32_t PronounResolver::best(Gender gender, std::uint32_t i) {
  std::uint32_t best = kNobody;
  double best_score = 0;
  double second_score = std::numeric_limits<double>::lowest();
  for (const Recent& one : recent_) {
    Gender known = words_->names().names[one.name].gender;
    if (known == Gender::kUnknown) known = learned_[one.name];
    if (known != Gender::kUnknown && known != gender) continue;
    double score = nearness(one.last, i);
    if (one.last_subject != kNowhere) score = std::max(score, kSubject + nearness(one.last_subject, i));
    if (one.name == speaker_ && words_->paragraph(i) - words_->paragraph(spoke_at_) <= 1) {
      score = std::max(score, kSpeaker + nearness(spoke_at_, i));
    }
    if (known == gender) {
      const bool is_learned = words_->names().names[one.name].gender == Gender::kUnknown;
      score += is_learned ? kLearnedGender : kKnownGender;
    }
    score += kProminence * std::log2(one.mentions);
    if (best == kNobody || score > best_score) {
      if (best != kNobody) second_score = best_score;
      best = one.name;
      best_score = score;
    } else {
      second_score = std::max(second_score, score);
    }
  }
  if (best != kNobody && best_score > second_score + kLearningMargin) learned_[best] = gender;
  return best;
}

}  // namespace dateline
