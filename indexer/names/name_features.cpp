// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/name_features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

#include "common/ascii.h"

namespace dateline {
namespace {

static_assert(std::endian::native == std::endian::little, "features hold bytes as they stand in memory");

constexpr std::size_t kMaxPhraseTokens = 7;
constexpr std::uint8_t kStrong = 2;
constexpr std::uint8_t kWeak = 1;
constexpr std::uint32_t kMaxWeakRun = 3;  // "Bank for the Settlement"

constexpr std::uint16_t kGiven = list_bit(NameList::kGivenMale) | list_bit(NameList::kGivenFemale);
constexpr std::uint16_t kTitle =
    list_bit(NameList::kCourtesy) | list_bit(NameList::kOffice) | list_bit(NameList::kRole);

bool ends_sentence(std::string_view form) {
  return form == "." || form == "!" || form == "?" || form == ".." || form == "…";
}

constexpr std::array<std::uint8_t, 256> make_shapes() {
  std::array<std::uint8_t, 256> shapes{};
  for (unsigned c = 0; c < shapes.size(); ++c) {
    shapes[c] = c >= 'A' && c <= 'Z' ? 1 : c >= '0' && c <= '9' ? 3 : c == '.' ? 4 : c == '\'' ? 5 : 2;
  }
  return shapes;
}
constexpr std::array<std::uint8_t, 256> kShapes = make_shapes();

// Letters as X and x, digits as d, marks as they are, runs as one: three bits a run, up to ten.
// readable  bytes from the token's begin to the end of the text
std::uint32_t shape_of(const NameToken& token, std::string_view form, std::string_view written, std::size_t readable) {
  switch (token.kind) {
    case TokenKind::kMark:
      return 0x10000000U | (static_cast<std::uint32_t>(token.hash) & 0xFFFFFF);
    case TokenKind::kGap:
      return 0x20000000U;
    case TokenKind::kNumber:
      // How many digits, and whether anything beside them: a year is not a price.
      return 0x30000000U | static_cast<std::uint32_t>(std::min<std::size_t>(form.size(), 6)) |
             (std::all_of(form.begin(), form.end(), [](char c) { return c == '0'; }) ? 0x100U : 0U);
    case TokenKind::kWord:
      break;
  }
  std::uint32_t shape = 0;
  if (readable >= 8 && written.size() <= 8 && LeadingLetters(written.data()).count >= written.size() &&
      token.capitals != Capitals::kMixed) {
    // Most words are a few letters: what kind of capitals they have says it all.
    constexpr std::uint32_t kCapital = kShapes['A'];
    constexpr std::uint32_t kSmall = kShapes['a'];
    shape = token.capitals == Capitals::kNone                         ? kSmall
            : token.capitals == Capitals::kAll || written.size() == 1 ? kCapital
                                                                      : kCapital << 3 | kSmall;
  } else {
    std::uint32_t last = 0;
    for (const char c : written) {
      const std::uint32_t now = kShapes[static_cast<unsigned char>(c)];
      if (now != last && shape < (1U << 24)) shape = (shape << 3) | now;
      last = now;
    }
  }
  // "UN" and "USAID", "J." and "Mr" differ in length.
  const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(written.size(), 4));
  shape = (shape << 3) | size;
  // Non-ASCII capitals do not show in the bytes.
  return 0x40000000U | (static_cast<std::uint32_t>(token.capitals) << 27) | (shape & 0x7FFFFFF);
}

// The first byte in the lowest place.
std::uint32_t first_bytes(std::string_view form) {
  std::uint32_t bytes = 0;
  if (form.size() >= sizeof(bytes)) {
    std::memcpy(&bytes, form.data(), sizeof(bytes));
    return bytes;
  }
  for (std::size_t i = form.size(); i-- > 0;) bytes = bytes << 8 | static_cast<unsigned char>(form[i]);
  return bytes;
}

// The last byte in the highest place.
std::uint32_t last_bytes(std::string_view form) {
  std::uint32_t bytes = 0;
  if (form.size() >= sizeof(bytes)) {
    std::memcpy(&bytes, form.data() + form.size() - sizeof(bytes), sizeof(bytes));
    return bytes;
  }
  for (const char c : form) bytes = bytes >> 8 | static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 24;
  return bytes;
}

bool has_capital(const NameToken& token) { return token.capitals != Capitals::kNone; }

// The longest known phrase at each place, the leftmost first.
void mark_phrases(std::span<TokenFacts> facts, const NamesModel& model) {
  const std::size_t count = facts.size();
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t hash = facts[i].form;
    std::size_t longest = 0;
    std::uint16_t lists = 0;
    for (std::size_t size = 2; size <= kMaxPhraseTokens && i + size <= count; ++size) {
      hash = extend_phrase(hash, facts[i + size - 1].form);
      const PhraseEntry* entry = model.phrase(hash);
      if (entry == nullptr) break;
      if (entry->lists != 0) {
        longest = size;
        lists = entry->lists;
      }
      if (entry->begins == 0) break;
    }
    for (std::size_t j = i; j < i + longest; ++j) {
      const std::uint32_t place = j == i ? 1 : j + 1 == i + longest ? 3 : 2;
      if (facts[j].phrase == 0) facts[j].phrase = (place << 16) | lists;
    }
  }
}

}  // namespace

void NameContext::prepare(const TokenizedText& text, const NamesModel& model) {
  paragraphs_ = text.paragraphs.data();
  // Between two paragraphs the padding is shared.
  facts_.assign(text.tokens.size() + kPadding * (text.paragraphs.size() + 1), TokenFacts{});
  strength_.assign(text.tokens.size(), 0);
  record_of_.resize(text.tokens.size());
  records_.clear();
  slots_.assign(std::bit_ceil(2 * text.tokens.size() + 64), 0);
  for (const NameParagraph& paragraph : text.paragraphs) prepare_paragraph(text, paragraph, model);
  for (const NameParagraph& paragraph : text.paragraphs) collect_article(text, paragraph);
  for (const NameParagraph& paragraph : text.paragraphs) {
    open_tokens(paragraph);
    for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
      TokenFacts& facts = at(paragraph, i);
      if (text.tokens[i].kind != TokenKind::kWord) continue;
      const FormRecord& seen = records_[record_of_[i]];
      facts.article = seen.flags;
      if (seen.capitals > 0) facts.article |= kSeenCapital;
      if (seen.capitals > 1) facts.article |= kSeenCapitalTwice;
      if (seen.count > 1) facts.article |= kSeenTwice;
      if (seen.count > 4) facts.article |= kSeenOften;
    }
  }
}

void NameContext::prepare_paragraph(const TokenizedText& text, const NameParagraph& paragraph,
                                    const NamesModel& model) {
  bool begins_sentence = true;
  for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
    const NameToken& token = text.tokens[i];
    TokenFacts& facts = at(paragraph, i);
    const std::string_view form = text.form(token);
    facts.form = token.hash;
    facts.form_size = std::min<std::uint16_t>(token.form_size, 12);
    facts.head = first_bytes(form);
    facts.tail = last_bytes(form);
    facts.begins_sentence = begins_sentence;
    const WordFacts word = this->word(token.hash, model);
    facts.lists = word.lists;
    facts.cluster = word.cluster;
    facts.coarse = word.coarse;
    facts.caps = word.caps;
    if (paragraph.cased || token.kind != TokenKind::kWord) {
      facts.shape = shape_of(token, form, text.written(token), text.text.size() - token.span.begin);
    } else {
      facts.shape = 0x50000000U | (static_cast<std::uint32_t>(word.caps) << 4) |
                    static_cast<std::uint32_t>(std::min<std::size_t>(form.size(), 3));
    }
    if (token.kind == TokenKind::kMark) {
      if (ends_sentence(form)) {
        begins_sentence = true;
      } else if (form != "\"" && form != "'" && form != ")") {
        begins_sentence = form == ":" ? begins_sentence : false;
      }
    } else if (token.kind != TokenKind::kGap) {
      begins_sentence = false;
    }
    // May it be part of a name?
    const bool glue = paragraph.cased ? word.glue : word.glue || word.uncased_glue;
    if (token.kind == TokenKind::kWord) {
      // "The", "However": their capital is the sentence's.
      const bool ordinary = facts.begins_sentence && token.capitals == Capitals::kInitial && word.lists == 0 &&
                            (word.caps == CapsClass::kNever || word.caps == CapsClass::kHardly);
      const bool strong = paragraph.cased ? has_capital(token) && !ordinary
                                          : word.caps == CapsClass::kUnknown || word.caps >= CapsClass::kSeldom;
      // "Kim Seong-jong", "Moscow-based"
      const auto goes_on = [&] {
        return i > paragraph.begin + 1 && strength_[i - 2] == kStrong && text.form(text.tokens[i - 1]) == "-";
      };
      strength_[i] = strong ? kStrong : glue || ordinary || goes_on() ? kWeak : 0;
    } else {
      strength_[i] = glue || token.kind == TokenKind::kNumber ? kWeak : 0;
    }
  }
  mark_phrases({&at(paragraph, paragraph.begin), paragraph.end - paragraph.begin}, model);
}

void NameContext::collect_article(const TokenizedText& text, const NameParagraph& paragraph) {
  for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
    const NameToken& token = text.tokens[i];
    if (token.kind != TokenKind::kWord) continue;
    const TokenFacts* t = facts(paragraph, i);
    record_of_[i] = record(t->form);
    FormRecord& seen = records_[record_of_[i]];
    if (strength_[i] != kStrong) {
      if (paragraph.cased) seen.flags |= kSeenSmall;
      continue;
    }
    ++seen.count;
    if (paragraph.cased && !t->begins_sentence) ++seen.capitals;
    const TokenFacts& before = t[-1];
    const TokenFacts& after = t[1];
    if (i > paragraph.begin && strength_[i - 1] == kStrong) {
      if ((before.lists & kGiven) != 0) seen.flags |= kAfterGiven;
      if (paragraph.cased) seen.flags |= kAfterCapital;
    }
    if (paragraph.cased && i + 1 < paragraph.end && strength_[i + 1] == kStrong) seen.flags |= kBeforeCapital;
    if ((before.lists & kTitle) != 0) seen.flags |= kAfterTitle;
    if (((before.lists | after.lists) & list_bit(NameList::kReporting)) != 0) seen.flags |= kBesideReporting;
    if ((after.lists & list_bit(NameList::kOrganizationLast)) != 0) seen.flags |= kBeforeOrganization;
    if ((after.lists & list_bit(NameList::kPlaceWord)) != 0) seen.flags |= kBesidePlace;
  }
}

// Opens what may be a name, and what may stand inside one if a name is near.
void NameContext::open_tokens(const NameParagraph& paragraph) {
  std::uint32_t weak = 0;
  bool near = false;
  for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
    TokenFacts& here = at(paragraph, i);
    if (strength_[i] == kStrong) {
      here.open = true;
      for (std::uint32_t back = 1; back <= std::min(weak, kMaxWeakRun); ++back)
        (&here)[-static_cast<int>(back)].open = true;
      weak = 0;
      near = true;
    } else if (strength_[i] == kWeak) {
      ++weak;
      if (near && weak <= kMaxWeakRun) here.open = true;
    } else {
      weak = 0;
      near = false;
    }
  }
}

std::uint32_t NameContext::record(std::uint64_t form) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(form >> 20) & mask;
  while (slots_[slot] != 0 && records_[slots_[slot] - 1].form != form) slot = (slot + 1) & mask;
  if (slots_[slot] == 0) {
    records_.push_back({form, 0, 0, 0});
    slots_[slot] = static_cast<std::uint32_t>(records_.size());
  }
  return slots_[slot] - 1;
}

}  // namespace dateline
