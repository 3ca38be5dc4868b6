// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/article.h"
#include "indexer/quotes/subject_finder.h"

namespace dateline {

// A clause that is somebody's, and how that is known.
struct ReportedSpeech {
  TokenRange content;
  Subject subject;  // kNone: nobody is named, "Asked whether …"
  TokenRange cue;
  SpeakerRule rule = SpeakerRule::kNone;
  Confidence confidence = Confidence::kMedium;
  bool is_stripped = false;  // of text without capitals and marks
};

}  // namespace dateline
