// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/sources/text_decoder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>
#include <utility>

#include "common/icu_status.h"
#include "common/next_character.h"
#include "common/text.h"

namespace dateline {
namespace {

constexpr std::size_t kSampleBytes = 8192;  // what ICU's detector looks at
constexpr std::int32_t kSure = 20;          // confidence (0 to 100) that another code page needs over Windows-1252

struct ByteOrderMark {
  std::string_view charset;
  std::size_t size = 0;
};

ByteOrderMark find_byte_order_mark(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) return {"UTF-8", 3};
  if (bytes.starts_with("\xFF\xFE\0\0"sv)) return {"UTF-32LE", 4};
  if (bytes.starts_with("\0\0\xFE\xFF"sv)) return {"UTF-32BE", 4};
  if (bytes.starts_with("\xFF\xFE"sv)) return {"UTF-16LE", 2};
  if (bytes.starts_with("\xFE\xFF"sv)) return {"UTF-16BE", 2};
  return {};
}

// Latin text in UTF-16 has a NUL as the high byte of nearly every character and none as the low byte.
std::string_view guess_utf16(std::string_view bytes) {
  const std::size_t size = std::min(bytes.size(), kSampleBytes) / 2 * 2;
  if (size < 4) return {};
  std::array<std::size_t, 2> nuls = {0, 0};
  for (std::size_t i = 0; i < size; ++i) nuls[i % 2] += bytes[i] == '\0' ? 1 : 0;
  const std::size_t many = size / 2 * 7 / 10;
  const std::size_t few = size / 2 / 50;
  if (nuls[1] >= many && nuls[0] <= few) return "UTF-16LE";
  if (nuls[0] >= many && nuls[1] <= few) return "UTF-16BE";
  return {};
}

bool is_mostly_utf8(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const UChar32 character = next_character(bytes, i);
    if (character < 0) ++bad;
    if (character > 0x7F) ++good;
  }
  return good > 0 && bad * 10 <= good;
}

std::string convert(std::string_view bytes, const char* charset) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(charset, &status), ucnv_close);
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &status), ucnv_close);
  check_memory(status);
  if (U_FAILURE(status)) return std::string(bytes);

  std::string text;
  text.reserve(bytes.size() + bytes.size() / 2);
  std::array<UChar, 1024> pivot;
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  std::array<char, 4096> buffer;
  const char* source = bytes.data();
  UBool reset = true;
  do {
    char* target = buffer.data();
    status = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, buffer.data() + buffer.size(), &source, bytes.data() + bytes.size(),
                   pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(), reset, true, &status);
    text.append(buffer.data(), target);
    reset = false;
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  check_memory(status);
  return text;
}

// The code page under which `name`, as ICU's detector gives it, is to be read; null for one that is not looked for.
const char* code_page(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 15> kCodePages = {{
      {"ISO-8859-1", "windows-1252"},
      {"windows-1252", "windows-1252"},
      {"ISO-8859-2", "ISO-8859-2"},
      {"windows-1250", "windows-1250"},
      {"ISO-8859-5", "ISO-8859-5"},
      {"windows-1251", "windows-1251"},
      {"KOI8-R", "KOI8-R"},
      {"ISO-8859-6", "ISO-8859-6"},
      {"windows-1256", "windows-1256"},
      {"ISO-8859-7", "windows-1253"},
      {"windows-1253", "windows-1253"},
      {"ISO-8859-8", "windows-1255"},
      {"windows-1255", "windows-1255"},
      {"ISO-8859-9", "windows-1254"},
      {"windows-1254", "windows-1254"},
  }};
  for (const auto& [detected, read_as] : kCodePages) {
    if (detected == name) return read_as;
  }
  return nullptr;
}

// A sample round the first byte that is no ASCII: a long English head would leave the detector nothing to go by.
std::string_view sample_of(std::string_view bytes) {
  const auto first = std::find_if(bytes.begin(), bytes.end(), [](char byte) { return (byte & 0x80) != 0; });
  const auto at = static_cast<std::size_t>(first - bytes.begin());
  return bytes.substr(at > kSampleBytes / 4 ? at - kSampleBytes / 4 : 0, kSampleBytes);
}

const char* detect_code_page(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status), ucsdet_close);
  const std::string_view sample = sample_of(bytes);
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  std::int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  check_memory(status);
  if (U_FAILURE(status)) return "windows-1252";
  for (std::int32_t i = 0; i < count; ++i) {  // best first
    const char* name = code_page(ucsdet_getName(matches[i], &status));
    if (name == nullptr) continue;
    return ucsdet_getConfidence(matches[i], &status) >= kSure ? name : "windows-1252";
  }
  return "windows-1252";
}

}  // namespace

std::string decode_bytes(std::string_view bytes) {
  const ByteOrderMark mark = find_byte_order_mark(bytes);
  bytes.remove_prefix(mark.size);
  if (mark.size > 0 && mark.charset != "UTF-8") return convert(bytes, mark.charset.data());
  const std::string_view utf16 = mark.size > 0 ? std::string_view() : guess_utf16(bytes);
  if (!utf16.empty()) return convert(bytes, utf16.data());
  if (is_valid_utf8(bytes)) return std::string(bytes);
  if (mark.size > 0 || is_mostly_utf8(bytes)) return convert(bytes, "UTF-8");
  return convert(bytes, detect_code_page(bytes));
}

bool is_utf16(std::string_view bytes) {
  return find_byte_order_mark(bytes).charset.starts_with("UTF-16") ||
         find_byte_order_mark(bytes).charset.starts_with("UTF-32") || !guess_utf16(bytes).empty();
}

}  // namespace dateline
