// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/quotes/stripped_speech.h"

#include "indexer/quotes/complement_finder.h"
#include "indexer/quotes/speech_sources.h"

namespace dateline {
namespace {

using V = ReportingVerb;

constexpr std::uint32_t kMaxSegment = 120;  // tokens on either side

bool is_gap(const ArticleWords& words, std::uint32_t i) { return words.token(i).kind == TokenKind::kGap; }

// The tokens around `i` without a gap.
TokenRange segment_around(std::uint32_t i, const NameParagraph& block, const ArticleWords& words) {
  TokenRange segment{i, i + 1};
  while (segment.begin > block.begin && segment.begin + kMaxSegment > i && !is_gap(words, segment.begin - 1)) {
    --segment.begin;
  }
  while (segment.end < block.end && segment.end < i + kMaxSegment && !is_gap(words, segment.end)) ++segment.end;
  return segment;
}

// What stands between the gap before `end` and the one before that.
TokenRange segment_before(std::uint32_t end, const NameParagraph& block, const ArticleWords& words) {
  if (end <= block.begin || !is_gap(words, end - 1)) return {};
  std::uint32_t from = end - 1;
  while (from > block.begin && from + kMaxSegment > end && !is_gap(words, from - 1)) --from;
  return {from, end - 1};
}

}  // namespace

std::optional<ReportedSpeech> stripped_speech(std::uint32_t i, const NameParagraph& block, ClauseReader& clauses,
                                              const SpeechVerbs& verbs) {
  const ArticleWords& words = clauses.words();
  const ReportingVerb verb = clauses.verb(i);
  if (!verb.takes(V::kParenthetical) || verb.is_participle || words.mention(i) != kNowhere || i == block.begin) {
    return std::nullopt;
  }
  clauses.enter(segment_around(i, block, words));
  const SpeechSources sources(clauses, verbs);
  ReportedSpeech speech;
  speech.cue = {i, i + 1};
  speech.is_stripped = true;
  speech.subject = sources.beside(i);
  if (!speech.subject) {
    speech.subject = sources.alone_behind(i);
    if (speech.subject) {
      speech.content = segment_before(i, block, words);
      speech.rule = SpeakerRule::kInverted;
      return speech;
    }
  } else if (speech.subject.tokens.begin == clauses.begin() && i + 1 == clauses.end()) {
    speech.content = segment_before(clauses.begin(), block, words);
    speech.rule = SpeakerRule::kAfter;
    return speech;
  }
  const std::uint32_t from = ComplementFinder(clauses).clause(i, verb);
  if (from == kNowhere || (!speech.subject && !verb.takes(V::kClause))) return std::nullopt;
  speech.content = {from, clauses.end()};
  if (speech.subject) speech.rule = SpeakerRule::kBefore;
  return speech;
}

}  // namespace dateline
