// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/stemmer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <xapian.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dateline {
namespace {

constexpr std::size_t kFirstSlots = std::size_t{1} << 14;
constexpr std::array<std::string_view, 8> kSnowballLanguages{"en", "de", "fr", "ru", "es", "it", "pt", "nl"};

std::uint64_t order_of(std::string_view term) {
  std::uint64_t order = 0;
  for (std::size_t i = 0; i < sizeof(order); ++i) {
    order = order << 8 | (i < term.size() ? static_cast<unsigned char>(term[i]) : 0U);
  }
  return order;
}

std::uint64_t hash_form(std::string_view word, bool stemmable) {
  return XXH3_64bits_withSeed(word.data(), word.size(), stemmable ? 1 : 0) | 1;  // 0 marks a free slot
}

}  // namespace

struct Stemmer::Snowball {
  Xapian::Stem stem;
};

Stemmer::Stemmer(std::string_view language) : slots_(kFirstSlots) {
  if (std::find(kSnowballLanguages.begin(), kSnowballLanguages.end(), language) != kSnowballLanguages.end()) {
    snowball_ = std::make_unique<Snowball>(Snowball{Xapian::Stem(std::string(language))});
  }
}

Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;

TermId Stemmer::id(std::string_view word, bool stemmable) {
  const std::uint64_t hash = hash_form(word, stemmable);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].hash != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.hash == hash && slot.size == word.size() &&
        std::memcmp(forms_.data() + slot.offset, word.data(), word.size()) == 0) {
      return slot.term;
    }
  }
  std::string term(word);
  if (stemmable && snowball_) {
    term = snowball_->stem(term);
    if (term.empty()) term = word;
  }
  const TermId id = add_term(std::move(term));
  slots_[at] = {hash, static_cast<std::uint32_t>(forms_.size()), static_cast<std::uint32_t>(word.size()), id};
  forms_.append(word);
  if (++form_count_ * 2 > slots_.size()) grow();
  return id;
}

TermId Stemmer::add_term(std::string term) {
  const auto [entry, is_new] = ids_.try_emplace(term, static_cast<TermId>(terms_.size()));
  if (is_new) {
    orders_.push_back(order_of(term));
    terms_.push_back(std::move(term));
  }
  return entry->second;
}

void Stemmer::grow() {
  std::vector<Slot> wider(slots_.size() * 2);
  for (const Slot& slot : slots_) {
    if (slot.hash == 0) continue;
    std::size_t at = slot.hash & (wider.size() - 1);
    while (wider[at].hash != 0) at = (at + 1) & (wider.size() - 1);
    wider[at] = slot;
  }
  slots_ = std::move(wider);
}

void Stemmer::trim(std::size_t max_forms) {
  if (form_count_ <= max_forms) return;
  slots_.assign(kFirstSlots, Slot{});
  form_count_ = 0;
  forms_.clear();
  terms_.clear();
  orders_.clear();
  ids_.clear();
}

Stemmer& Stemmers::operator[](const std::string& language) {
  const auto found = by_language_.find(language);
  return found != by_language_.end() ? found->second : by_language_.emplace(language, Stemmer(language)).first->second;
}

void Stemmers::trim(std::size_t max_forms) {
  for (auto& entry : by_language_) entry.second.trim(max_forms);
}

}  // namespace dateline
