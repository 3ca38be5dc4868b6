// SPDX-License-Identifier: GPL-2.0-or-later
//
// The dateline with which agency copy begins.
#pragma once

#include <optional>
#include <string_view>

namespace dateline {

// Views into the line.
struct Dateline {
  std::string_view place;   // "MOSCOW"; empty where an outlet alone opens the text: "(CNN) -- "
  std::string_view outlet;  // "Reuters"; may be empty
  std::string_view date;    // "June 9, 2017", as printed; may be empty
};

// Reads the dateline with which `line` (valid UTF-8) begins.
//
// capitals   "MOSCOW (Reuters) - ", "PARIS, June 9 (AFP) —", "WASHINGTON, D.C. - ", "LONDON/PARIS (Reuters) -",
//            "BERLIN — ", "WASHINGTON (March 3, 2005) - ", "MOSCOW, July 10. /TASS/. ", "МОСКВА, 10 июл — РИА Новости.
//            "
// otherwise  an outlet in brackets is required: "Berlin (dpa) - ", "Washington (CNN)Kremlin"
// alone      "(CNN) -- ", "Dec 29 (Reuters) - "
// A place has at most six words. What stands in brackets is an outlet if it is a known one, or if a dash follows and it
// looks like one; a party or state ("D-Ohio", "R", "NY", "Texas") makes the whole no dateline. Neither do labels
// ("FILE PHOTO - ", "UPDATE - ", "SEN. ALLEN - ") and headlines in capitals. Without an outlet a dateline opens a
// paragraph, not a short line that might be a title: "BREXIT - What Happens Now". cost       constant: looks at the
// first 200 bytes
[[nodiscard]] std::optional<Dateline> parse_dateline(std::string_view line);

}  // namespace dateline
