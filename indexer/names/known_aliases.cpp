// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/known_aliases.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dateline {
namespace {

using Alias = std::pair<std::string_view, std::string_view>;

constexpr std::array kAliases = std::to_array<Alias>({
    {"america", "United States"},
    {"asean", "Association of Southeast Asian Nations"},
    {"au", "African Union"},
    {"bbc", "British Broadcasting Corporation"},
    {"britain", "United Kingdom"},
    {"burma", "Myanmar"},
    {"cia", "Central Intelligence Agency"},
    {"czechia", "Czech Republic"},
    {"dprk", "North Korea"},
    {"drc", "Democratic Republic of the Congo"},
    {"ecb", "European Central Bank"},
    {"eu", "European Union"},
    {"fbi", "Federal Bureau of Investigation"},
    {"great britain", "United Kingdom"},
    {"holland", "Netherlands"},
    {"iaea", "International Atomic Energy Agency"},
    {"imf", "International Monetary Fund"},
    {"ioc", "International Olympic Committee"},
    {"kiev", "Kyiv"},
    {"nato", "NATO"},
    {"nsa", "National Security Agency"},
    {"nyc", "New York"},
    {"new york city", "New York"},
    {"opec", "OPEC"},
    {"peoples republic of china", "China"},
    {"prc", "China"},
    {"republic of ireland", "Ireland"},
    {"russian federation", "Russia"},
    {"uae", "United Arab Emirates"},
    {"uk", "United Kingdom"},
    {"un", "United Nations"},
    {"united states of america", "United States"},
    {"us.", "United States"},
    {"us", "United States"},
    {"usa", "United States"},
    {"ussr", "Soviet Union"},
    {"who", "World Health Organization"},
    {"wto", "World Trade Organization"},
});

}  // namespace

std::string_view known_full_name(std::string_view key) {
  const auto* found =
      std::find_if(kAliases.begin(), kAliases.end(), [&](const Alias& one) { return one.first == key; });
  return found == kAliases.end() ? std::string_view() : found->second;
}

}  // namespace dateline
