// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/showing/explainer.h"

#include <algorithm>
#include <fmt/format.h>

namespace dateline {
namespace {

constexpr double kTold = 0.5;  // from here on a figure is worth a word
constexpr double kNear = 0.3;  // what two words of middling rarity some five words apart give

}  // namespace

std::string explain(const Hit& hit) {
  const Explanation& why = hit.explanation;
  if (hit.boilerplate) return "The phrase stands in lines that are no part of the story, so the article alone counts.";
  if (why.by_date) {
    return fmt::format("{}; {}the newest come first.",
                       why.asks_for_speaker ? "The one asked for is quoted here" : "It meets every condition",
                       why.words == 0 ? "nothing in the query ranks, so " : "");
  }
  std::string sentence;
  const bool by_name = !why.named.empty();
  const std::string named =
      fmt::format("{} {} named here", fmt::join(why.named, ", "), why.named.size() == 1 ? "is" : "are");
  if (!hit.added_words.empty() && why.words_in_passage == 0) {
    const bool one = hit.added_words.size() == 1;
    sentence = fmt::format("{} here, but {} {}, which the best passages share",
                           why.words == 1 ? "The word does not stand" : "None of the words stands",
                           fmt::join(hit.added_words, ", "), one ? "does" : "do");
  } else if (why.words == 1 && by_name) {
    sentence = named;
  } else if (why.words == 1) {
    sentence = why.words_in_passage == 1 ? "The word stands here" : "The word stands elsewhere in the article";
  } else if (why.words_in_passage >= why.words) {
    sentence = why.words == 2 ? "Both words stand here" : fmt::format("All {} words stand here", why.words);
  } else {
    sentence = fmt::format("{} of the {} words stand here", why.words_in_passage, why.words);
  }
  if (why.words > 1 && by_name) sentence += "; " + named;
  if (why.words_in_title > 0 && why.words > 1) {
    sentence +=
        fmt::format("; the title holds {}",
                    why.words_in_title >= why.words ? "them all" : fmt::format("{} of them", why.words_in_title));
  } else if (why.words_in_title > 0) {
    sentence += "; so does the title hold it";
  }
  if (why.words_in_quotes > 0) {
    sentence += why.words == 1 ? "; it is quoted of the one asked for"
                               : fmt::format("; {} in what the one asked for says",
                                             why.words_in_quotes >= why.words
                                                 ? std::string("all stand")
                                                 : fmt::format("{} of them {}", why.words_in_quotes,
                                                               why.words_in_quotes == 1 ? "stands" : "stand"));
  }
  if (why.closeness >= kNear) sentence += "; they stand near one another";
  if (why.text.akin >= kTold) sentence += "; the article has words akin to them";
  if (why.text.like >= kTold) sentence += "; it is like other good hits";
  if (why.text.lost > 0) sentence += "; the article has lost its figures, so they may have stood here";
  if (why.answer > 0) sentence += "; it may hold what the question asks for";
  if (why.recent > 0) sentence += "; recent passages are preferred";
  if (hit.copy_count > 0) sentence += fmt::format("; {} {}", hit.copy_count, hit.copy_count == 1 ? "copy" : "copies");
  return sentence + '.';
}

std::string explain_score(const Hit& hit) {
  const Explanation& why = hit.explanation;
  std::string sum = fmt::format(
      "score {:.4f} = passage {:.4f} + article and title {:.4f} + closeness {:.4f} + as typed {:.4f} + akin {:.4f} + "
      "like {:.4f}",
      hit.score, why.passage, why.article, why.closeness, why.text.as_written, why.text.akin, why.text.like);
  if (why.text.early > 0) sum += fmt::format(" + early {:.4f}", why.text.early);
  if (why.text.lost > 0) sum += fmt::format(" + lost figures {:.4f}", why.text.lost);
  if (why.asks_for_speaker) sum += fmt::format(" + quoted {:.4f}", why.quoted);
  if (why.answer > 0) sum += fmt::format(" + answers {:.4f}", why.answer);
  if (why.added > 0) sum += fmt::format(" + added words {:.4f}", why.added);
  if (why.recent > 0) sum += fmt::format(" + recent {:.4f}", why.recent);
  if (why.lowered < 0) sum += fmt::format(" - {:.4f} behind better passages", -why.lowered);
  return sum;
}

}  // namespace dateline
