// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/searching/copy_finder.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "common/char_class.h"
#include "common/text.h"
#include "query/reading/passage_sketch.h"

namespace dateline {
namespace {

// What is the same in a text and what a clean-up leaves of it.
std::string folded_letters(std::string_view text) {
  std::string letters;
  const std::string folded = fold(text);
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const CharClass what = class_of(next_code_point(folded, at));
    if (what == CharClass::kLetter || what == CharClass::kUnspaced) letters.append(folded, begin, at - begin);
  }
  return letters;
}

}  // namespace

bool CopyFinder::is_better_text(const Candidate& a, const Candidate& b) {
  const StoryId story = stories_.story_of(a.article());
  if (story == stories_.story_of(b.article())) {
    for (const ArticleNumber member : stories_.members(story)) {
      if (member == a.key.article || member == b.key.article) return member == a.key.article;
    }
  }
  const auto rank = [&](const Candidate& candidate) {
    const OpenedPassage passage = reader_.open(candidate);
    const std::string_view text = passage.text();
    const auto has = [&](auto is) { return std::any_of(text.begin(), text.end(), is); };
    const Article& head = passage.head();
    return std::tuple(!has([](char c) { return c >= 'A' && c <= 'Z'; }),
                      !has([](char c) { return c == '.' || c == ','; }), ~passage.article().stored().text_bytes,
                      head.date.empty(), std::string_view(head.date), std::string_view(head.path), head.line);
  };
  return rank(a) < rank(b);
}

std::vector<ArticlePlace> CopyFinder::elsewhere(const HitGroup& group, const StoryId& story) {
  std::vector<ArticlePlace> others;
  for (const ArticlePlace& article : group.articles) {
    if (stories_.story_of(article) != story) others.push_back(article);
  }
  return others;
}

std::size_t CopyFinder::count(const HitGroup& group) {
  const StoryId story = stories_.story_of(group.shown.article());
  return stories_.members(story).size() - 1 + elsewhere(group, story).size();
}

std::vector<ArticlePlace> CopyFinder::places(const HitGroup& group) {
  const StoryId story = stories_.story_of(group.shown.article());
  std::vector<ArticlePlace> places;
  for (const ArticleNumber member : stories_.members(story)) {
    if (places.size() == kMaxListedCopies) break;
    if (member != group.shown.key.article) places.push_back(stories_.place_of(story, member));
  }
  const std::vector<ArticlePlace> others = elsewhere(group, story);
  places.insert(places.end(), others.begin(), others.end());
  if (places.size() > kMaxListedCopies) places.resize(kMaxListedCopies);
  return places;
}

std::vector<HitCopy> CopyFinder::list(const HitGroup& group) {
  std::vector<HitCopy> copies;
  for (const ArticlePlace& place : places(group)) copies.push_back({reader_.open(place).head(), 0, false});
  return copies;
}

std::vector<HitCopy> CopyFinder::locate(const HitGroup& group) {
  std::vector<HitCopy> copies;
  const OpenedPassage shown = reader_.open(group.shown);
  const PassageSketch sketch(shown.words());
  const std::string& outlet = shown.head().outlet;
  const std::string letters = outlet.empty() ? std::string() : folded_letters(shown.article().text());
  for (const ArticlePlace& place : places(group)) {
    OpenedArticle& article = reader_.open(place);
    HitCopy copy{article.head(), 0, false};
    copy.is_version = !outlet.empty() && copy.article.outlet == outlet && folded_letters(article.text()) != letters;
    double most = -1;
    for (const Passage& passage : article.stored().passages) {
      const PassageSketch other(
          reader_.words_of(article.text().substr(passage.span.begin, passage.span.size()), article));
      const double shared = sketch.shared_with(other);
      if (shared <= most) continue;
      most = shared;
      copy.line = passage.line;
    }
    copies.push_back(std::move(copy));
  }
  std::stable_sort(copies.begin(), copies.end(), [](const HitCopy& a, const HitCopy& b) {
    return a.is_version != b.is_version ? a.is_version : a.is_version && a.article.date > b.article.date;
  });
  return copies;
}

}  // namespace dateline
