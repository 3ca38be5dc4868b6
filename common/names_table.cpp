// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/names_table.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <xapian.h>

#include "common/byte_codec.h"
#include "common/metadata.h"
#include "common/name_key.h"
#include "common/person_name.h"

namespace dateline {
namespace {

constexpr std::string_view kKindLetters = "pol";
constexpr std::size_t kMaxKeyBytes = 200;
constexpr std::size_t kWordKeyBegin = 3;  // behind the table's name and the kind

FatalError damaged() {
  return FatalError({ErrorCode::kIndex, "the stored names are damaged", "index the sources again with --rebuild"});
}

std::string entry_key(std::string_view table, NameKind kind, std::string_view rest) {
  std::string key(table);
  key += kKindLetters[static_cast<std::size_t>(kind)];
  return key.append(rest);
}

std::string record_key(NameId id) {
  std::string key = "nr";
  for (int shift = 24; shift >= 0; shift -= 8) key += static_cast<char>(id >> shift);
  return key;
}

std::string encode_name(const CollectionName& name) {
  std::string out;
  put_number(out, static_cast<std::uint64_t>(name.kind) << 2 | static_cast<std::uint64_t>(name.gender));
  put_string(out, name.name);
  put_number(out, name.articles);
  put_number(out, name.mentions);
  put_number(out, name.forms.size());
  for (const NameForm& form : name.forms) {
    put_string(out, form.key);
    put_string(out, form.shown);
    put_number(out, form.articles);
  }
  put_number(out, name.spellings.size());
  for (const std::string& spelling : name.spellings) put_string(out, spelling);
  put_number(out, name.roles.size());
  for (const auto& [role, count] : name.roles) {
    put_string(out, role);
    put_number(out, count);
  }
  return out;
}

// Ascending ids as their differences.
void append_id(std::string& list, NameId& last, NameId id) {
  put_number(list, id - last);
  last = id;
}

}  // namespace

namespace {

// The words of a name in any form, each once.
std::vector<std::string> words_of(const CollectionName& name) {
  std::vector<std::string> words;
  const auto add_words = [&](std::string_view key) {
    for (std::string& word : words_of_key(key)) words.push_back(std::move(word));
  };
  // Most spellings are forms, whose keys are known.
  const auto add_written = [&](const std::string& written) {
    const bool is_form =
        std::any_of(name.forms.begin(), name.forms.end(), [&](const NameForm& form) { return form.shown == written; });
    if (!is_form) add_words(name_key(written));
  };
  for (const NameForm& form : name.forms) add_words(form.key);
  for (const std::string& spelling : name.spellings) add_written(spelling);
  add_written(name.name);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

using KeysOfNames = std::vector<std::pair<std::string, NameId>>;

// Calls on_key(key, first, end) for each key and the entries that have it.
template <typename OnKey>
void for_each_key(const KeysOfNames& sorted, const OnKey& on_key) {
  for (auto first = sorted.begin(); first != sorted.end();) {
    const auto end = std::find_if(first, sorted.end(), [&](const auto& one) { return one.first != first->first; });
    on_key(first->first, first, end);
    first = end;
  }
}

}  // namespace

void encode_names(const std::vector<CollectionName>& names,
                  const std::function<void(const std::string& key, const std::string& value)>& put) {
  std::array<std::uint64_t, kNameKinds> counts{};
  KeysOfNames forms;
  for (NameId id = 0; id < names.size(); ++id) {
    ++counts[static_cast<std::size_t>(names[id].kind)];
    for (const NameForm& form : names[id].forms) forms.emplace_back(entry_key("nf", names[id].kind, form.key), id);
  }
  std::string value;
  for (const std::uint64_t count : counts) put_number(value, count);
  put("nc", value);
  std::sort(forms.begin(), forms.end());
  for_each_key(forms, [&](const std::string& key, auto first, auto) {
    value.clear();
    put_number(value, first->second);
    put(key, value);
  });
  forms = {};
  KeysOfNames words;
  for (NameId id = 0; id < names.size(); ++id) {
    put(record_key(id), encode_name(names[id]));
    for (const std::string& word : words_of(names[id])) words.emplace_back(entry_key("nw", names[id].kind, word), id);
  }
  std::erase_if(words, [](const auto& word) { return word.first.size() > kMaxKeyBytes; });
  std::sort(words.begin(), words.end());
  std::vector<std::pair<std::string, std::string>> sounds;  // their keys, words
  for_each_key(words, [&](const std::string& key, auto, auto) {
    std::string word = key.substr(kWordKeyBegin);
    const std::string sound = sound_key(word);
    if (sound.size() <= 1) return;
    std::string sounds_like = "ns" + key.substr(kWordKeyBegin - 1, 1) + sound;
    if (sounds_like.size() <= kMaxKeyBytes) sounds.emplace_back(std::move(sounds_like), std::move(word));
  });
  std::sort(sounds.begin(), sounds.end());
  for (auto first = sounds.begin(); first != sounds.end();) {
    value.clear();
    const std::string& key = first->first;
    auto one = first;
    for (; one != sounds.end() && one->first == key; ++one) put_string(value, one->second);
    put(key, value);
    first = one;
  }
  for_each_key(words, [&](const std::string& key, auto first, auto end) {
    value.clear();
    NameId last = 0;
    for (auto one = first; one != end; ++one) append_id(value, last, one->second);
    put(key, value);
  });
}

CollectionName NamesTable::name(NameId id) const {
  const std::string bytes = read_metadata(database_, record_key(id));
  ByteReader reader(bytes);
  CollectionName name;
  const std::uint64_t facts = reader.number();
  if (bytes.empty() || facts >> 2 >= kNameKinds || (facts & 3) > 2) throw damaged();
  name.kind = static_cast<NameKind>(facts >> 2);
  name.gender = static_cast<Gender>(facts & 3);
  name.name = reader.string();
  name.articles = reader.number();
  name.mentions = reader.number();
  for (std::uint64_t n = reader.number(); n > 0 && reader.ok(); --n) {
    NameForm form;
    form.key = reader.string();
    form.shown = reader.string();
    form.articles = reader.number();
    name.forms.push_back(std::move(form));
  }
  for (std::uint64_t n = reader.number(); n > 0 && reader.ok(); --n) name.spellings.push_back(reader.string());
  for (std::uint64_t n = reader.number(); n > 0 && reader.ok(); --n) {
    std::string role = reader.string();
    const std::uint64_t count = reader.number();
    name.roles.emplace_back(std::move(role), count);
  }
  if (!reader.ok()) throw damaged();
  return name;
}

std::optional<NameId> NamesTable::find_form(NameKind kind, std::string_view key) const {
  const std::string full_key = entry_key("nf", kind, key);
  if (full_key.size() > kMaxKeyBytes) return std::nullopt;
  const std::string bytes = read_metadata(database_, full_key);
  if (bytes.empty()) return std::nullopt;
  ByteReader reader(bytes);
  const NameId id = reader.small_number();
  if (!reader.ok()) throw damaged();
  return id;
}

std::vector<NameId> NamesTable::ids_of(const std::string& key) const {
  std::vector<NameId> ids;
  if (key.size() > kMaxKeyBytes) return ids;
  const std::string bytes = read_metadata(database_, key);
  ByteReader reader(bytes);
  NameId last = 0;
  while (!reader.rest().empty() && reader.ok()) ids.push_back(last = reader.small_number(last));
  if (!reader.ok()) throw damaged();
  return ids;
}

std::vector<NameId> NamesTable::find_words(NameKind kind, const std::vector<std::string>& words, bool prefix) const {
  std::vector<std::vector<std::string>> choices;
  choices.reserve(words.size());
  for (const std::string& word : words) choices.push_back({word});
  if (prefix && !words.empty()) choices.back() = words_beginning(kind, words.back());
  return find_choices(kind, choices);
}

std::vector<NameId> NamesTable::find_choices(NameKind kind,
                                             const std::vector<std::vector<std::string>>& choices) const {
  std::vector<NameId> found;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    std::vector<NameId> here;
    for (const std::string& word : choices[i]) {
      const std::vector<NameId> ids = ids_of(entry_key("nw", kind, word));
      here.insert(here.end(), ids.begin(), ids.end());
    }
    std::sort(here.begin(), here.end());
    here.erase(std::unique(here.begin(), here.end()), here.end());
    if (i == 0) {
      found = std::move(here);
    } else {
      std::vector<NameId> both;
      std::set_intersection(found.begin(), found.end(), here.begin(), here.end(), std::back_inserter(both));
      found = std::move(both);
    }
  }
  return found;
}

std::vector<std::string> NamesTable::words_beginning(NameKind kind, std::string_view prefix) const {
  const std::string begin = entry_key("nw", kind, prefix);
  std::vector<std::string> words;
  if (begin.size() > kMaxKeyBytes) return words;
  for_each_metadata_key(database_, begin, [&](const std::string& key) {
    words.push_back(key.substr(kWordKeyBegin));
    return words.size() < kMaxPrefixWords;
  });
  return words;
}

void NamesTable::read_words(const std::string& key, std::vector<std::string>& words) const {
  const std::string bytes = read_metadata(database_, key);
  ByteReader reader(bytes);
  while (!reader.rest().empty() && reader.ok()) words.push_back(reader.string());
  if (!reader.ok()) throw damaged();
}

std::vector<std::string> NamesTable::sounds_like(NameKind kind, std::string_view word) const {
  const std::string key = entry_key("ns", kind, sound_key(word));
  std::vector<std::string> words;
  if (key.size() > kWordKeyBegin + 1 && key.size() <= kMaxKeyBytes) read_words(key, words);
  return words;
}

std::vector<std::string> NamesTable::spelt_like(NameKind kind, std::string_view word, bool prefix) const {
  const std::string spelling = spelling_key(word);
  std::vector<std::string> words;
  if (!prefix) {
    words = sounds_like(kind, word);
    std::erase_if(words, [&](const std::string& other) { return spelling_key(other) != spelling; });
    return words;
  }
  // The sound of a word's beginning is the beginning of its sound.
  const std::string begin = entry_key("ns", kind, sound_key(word));
  if (begin.size() == kWordKeyBegin || begin.size() > kMaxKeyBytes) return words;
  std::vector<std::string> sounding;
  for_each_metadata_key(database_, begin, [&](const std::string& key) {
    read_words(key, sounding);
    return sounding.size() < kMaxPrefixWords;
  });
  std::copy_if(sounding.begin(), sounding.end(), std::back_inserter(words),
               [&](const std::string& other) { return spelling_key(other).starts_with(spelling); });
  return words;
}

std::array<std::uint64_t, kNameKinds> NamesTable::counts() const {
  std::array<std::uint64_t, kNameKinds> counts{};
  const std::string bytes = read_metadata(database_, "nc");
  if (bytes.empty()) return counts;
  ByteReader reader(bytes);
  for (std::uint64_t& count : counts) count = reader.number();
  if (!reader.ok()) throw damaged();
  return counts;
}

}  // namespace dateline
