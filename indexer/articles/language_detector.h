// SPDX-License-Identifier: GPL-2.0-or-later
//
// The language of an article, which chooses the rules for its sentences and stems.
#pragma once

#include <string>
#include <string_view>

namespace dateline {

// ISO 639-1 code of the language of `text` (valid UTF-8): "ja", "zh", "ko", "th", "ar" … where its script decides; else
// that of stop_word_languages() with the largest share of function words among the first 300 words (100 where these are
// clear); "en" when nothing does. Letters tell Cyrillic and Arabic languages apart that have no list: "uk", "be", "sr",
// "bg", "fa", "ur". Case makes no difference. Deterministic; looks at the first 8 KiB at most.
[[nodiscard]] std::string detect_language(std::string_view text);

}  // namespace dateline
