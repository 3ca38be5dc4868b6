// SPDX-License-Identifier: GPL-2.0-or-later
//
// People in Japanese text, where no capital tells a name and no blank its end.
#pragma once

#include <string_view>

#include "common/article.h"

namespace dateline {

// Adds the people of Japanese text whom their surroundings tell, without a list of names: a run of three to five
// characters before an honorific or an age ("大森健一さん", "大森健一(58)"), or before a role if its begin stands
// before an honorific or role elsewhere, too ("高瀬徹町長" … "高瀬町長"). The begin alone then is the same person. What
// others found at these places is dropped.
//
// text   an article's; valid UTF-8
// names  of the article; stay in text order
// cost   linear in text; text without Japanese is searched for one character alone
void add_japanese_people(std::string_view text, ArticleNames& names);

}  // namespace dateline
