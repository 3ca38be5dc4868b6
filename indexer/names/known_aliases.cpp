// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/known_aliases.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dateline {
namespace {

using Alias = std::pair<std::string_view, std::string_view>;

constexpr std::array kAliases = std::to_array<Alias>({
    {"ala", "Alabama"},
    {"america", "United States"},
    {"ariz", "Arizona"},
    {"ark", "Arkansas"},
    {"asean", "Association of Southeast Asian Nations"},
    {"au", "African Union"},
    {"bbc", "British Broadcasting Corporation"},
    {"britain", "United Kingdom"},
    {"burma", "Myanmar"},
    {"calif", "California"},
    {"cia", "Central Intelligence Agency"},
    {"colo", "Colorado"},
    {"conn", "Connecticut"},
    {"czechia", "Czech Republic"},
    {"dprk", "North Korea"},
    {"drc", "Democratic Republic of the Congo"},
    {"ecb", "European Central Bank"},
    {"eu", "European Union"},
    {"fbi", "Federal Bureau of Investigation"},
    {"fla", "Florida"},
    {"great britain", "United Kingdom"},
    {"holland", "Netherlands"},
    {"iaea", "International Atomic Energy Agency"},
    {"imf", "International Monetary Fund"},
    {"ioc", "International Olympic Committee"},
    {"kan", "Kansas"},
    {"kiev", "Kyiv"},
    {"mich", "Michigan"},
    {"minn", "Minnesota"},
    {"mont", "Montana"},
    {"nato", "NATO"},
    {"nc", "North Carolina"},
    {"neb", "Nebraska"},
    {"nev", "Nevada"},
    {"new york city", "New York"},
    {"nh", "New Hampshire"},
    {"nj", "New Jersey"},
    {"nsa", "National Security Agency"},
    {"ny", "New York"},
    {"nyc", "New York"},
    {"okla", "Oklahoma"},
    {"opec", "OPEC"},
    {"peoples republic of china", "China"},
    {"prc", "China"},
    {"republic of ireland", "Ireland"},
    {"russian federation", "Russia"},
    {"sc", "South Carolina"},
    {"tenn", "Tennessee"},
    {"tex", "Texas"},
    {"uae", "United Arab Emirates"},
    {"uk", "United Kingdom"},
    {"un", "United Nations"},
    {"united states of america", "United States"},
    {"us", "United States"},
    {"us.", "United States"},
    {"usa", "United States"},
    {"ussr", "Soviet Union"},
    {"who", "World Health Organization"},
    {"wis", "Wisconsin"},
    {"wto", "World Trade Organization"},
    {"wyo", "Wyoming"},
});

}  // namespace

std::string_view known_full_name(std::string_view key) {
  const auto* found =
      std::find_if(kAliases.begin(), kAliases.end(), [&](const Alias& one) { return one.first == key; });
  return found == kAliases.end() ? std::string_view() : found->second;
}

}  // namespace dateline
