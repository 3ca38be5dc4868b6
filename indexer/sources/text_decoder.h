// SPDX-License-Identifier: GPL-2.0-or-later
//
// Bytes of unknown encoding to UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace dateline {

// A byte order mark decides; else the NULs, if they say UTF-16 (see is_utf16; such text may well be valid UTF-8 too);
// else valid UTF-8 is UTF-8; else UTF-8 with faults (a text cut inside a character, a stray byte) if the well-formed
// characters beyond ASCII outnumber the faults tenfold, each fault becoming U+FFFD; else ICU's detector, limited to
// Windows-1252/1251, KOI8-R and ISO-8859-x (read as the Windows code page that extends it, where there is one),
// Windows-1252 when in doubt. The mark is not part of the result.
[[nodiscard]] std::string decode_bytes(std::string_view bytes);

// True if `bytes`, the beginning of a file, are UTF-16 or UTF-32: by byte order mark, or because nearly every second
// byte is NUL. All other text holds no NUL.
[[nodiscard]] bool is_utf16(std::string_view bytes);

}  // namespace dateline
