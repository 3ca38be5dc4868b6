// SPDX-License-Identifier: GPL-2.0-or-later
//
// Bytes to text both programs can rely on: valid UTF-8, composed, one kind of line end; and what a terminal may see.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dateline {

// Makes any bytes that are meant as UTF-8 into text: byte order marks at the start are dropped, each ill-formed
// sequence becomes U+FFFD (one for each maximal subpart, as Unicode recommends), CR LF and lone CR become LF, the rest
// is put into NFC. Lines stay lines. Idempotent. Linear; ASCII is scanned and copied, nothing more.
[[nodiscard]] std::string normalize_text(std::string_view bytes);

// True if `bytes` is well-formed UTF-8.
[[nodiscard]] bool is_valid_utf8(std::string_view bytes);

// Folds case, width, ligatures and the accents of Latin, Greek and Cyrillic letters away: "Élysée" -> "elysee",
// "Straße" -> "strasse", "ﬁ" -> "fi", "Ｕ" -> "u", "Łódź" -> "lodz", "Пётр" -> "петр". Of Cyrillic only ё and stress
// go: й, ї, ў are letters of their own. Arabic loses its vowel signs and the tatweel.
// Source: NFKC_Casefold (ICU), removal of marks as above, then Latin-ASCII for Latin letters that do not decompose.
// text  valid UTF-8; the result is valid UTF-8 in NFC; idempotent.
[[nodiscard]] std::string fold(std::string_view text);

// What of `text` may be sent to a terminal: control characters, ESC with them, noncharacters and ill-formed bytes are
// replaced by U+FFFD; bidirectional controls, zero-width and other invisible characters are dropped; U+2028 and U+2029
// become a blank; so do TAB and LF if `one_line`, else they stay.
[[nodiscard]] std::string printable(std::string_view text, bool one_line = false);

// `json`, a JSON text, with what printable() does not let through (DEL, C1, bidirectional controls, invisible
// characters; those below U+0020 stand escaped in JSON anyway) written as \uXXXX: the same to a program, harmless to a
// terminal.
[[nodiscard]] std::string escape_unprintable(std::string_view json);

// Columns that `text`, as printable() leaves it on one line, takes on a terminal: East Asian wide characters count 2,
// combining marks 0.
[[nodiscard]] std::uint32_t display_width(std::string_view text);

}  // namespace dateline
