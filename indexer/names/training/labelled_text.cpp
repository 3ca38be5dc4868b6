// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/training/labelled_text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <string_view>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <zlib.h>

#include "common/ascii.h"
#include "common/char_class.h"
#include "common/text.h"

namespace dateline {
namespace {

constexpr std::size_t kSentencesPerArticle = 30;
constexpr int kBlankLinesOfArticle = 3;

struct LabelledToken {
  std::string form;
  std::string tag;
};
using TokenSentence = std::vector<LabelledToken>;

std::optional<NameKind> kind_of(std::string_view tag) {
  const std::string kind = to_lower(tag.substr(std::min<std::size_t>(2, tag.size())));
  if (kind == "per" || kind == "person") return NameKind::kPerson;
  if (kind == "org" || kind == "organization" || kind == "organisation" || kind == "corporation" || kind == "group") {
    return NameKind::kOrganization;
  }
  if (kind == "loc" || kind == "location" || kind == "gpe" || kind == "place" || kind == "facility") {
    return NameKind::kPlace;
  }
  return std::nullopt;
}

// What tokenizers write for marks.
std::string_view as_written(std::string_view token) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kWritten = {{{"``", "\""},
                                                                                      {"''", "\""},
                                                                                      {"-LRB-", "("},
                                                                                      {"-RRB-", ")"},
                                                                                      {"-LSB-", "["},
                                                                                      {"-RSB-", "]"},
                                                                                      {"-LCB-", "{"},
                                                                                      {"-RCB-", "}"}}};
  const auto* found =
      std::find_if(kWritten.begin(), kWritten.end(), [&](const auto& one) { return one.first == token; });
  return found == kWritten.end() ? token : found->second;
}

bool is_one_of(std::string_view token, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), token) != list.end();
}

bool closes(std::string_view token) {
  return is_one_of(token, {",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "”", "’", "…", "..."});
}

bool opens(std::string_view token) { return is_one_of(token, {"(", "[", "{", "$", "£", "€", "US$", "“", "‘"}); }

bool is_ending(std::string_view token) {
  const std::string lower = to_lower(token);
  return is_one_of(lower, {"'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m", "n't", "n’t"});
}

bool ends_sentence(std::string_view token) { return is_one_of(token, {".", "!", "?", "...", "…"}); }

// Puts blanks where print has them.
class Writer {
 public:
  void add(const TokenSentence& sentence) {
    const bool whole =
        std::any_of(sentence.rbegin(), sentence.rbegin() + std::min<std::ptrdiff_t>(3, std::ssize(sentence)),
                    [](const LabelledToken& token) { return ends_sentence(token.form); });
    if (!out_.text.empty()) {
      // Three sentences a paragraph; what is no sentence, such as a headline, stands alone.
      in_paragraph_ = whole && was_whole_ && in_paragraph_ < 2 ? in_paragraph_ + 1 : 0;
      out_.text += in_paragraph_ > 0 ? " " : "\n\n";
    }
    was_whole_ = whole;
    bool in_double = false;
    bool in_single = false;
    bool glued = true;
    std::string before = "O";
    for (std::size_t i = 0; i < sentence.size(); ++i) {
      const std::string_view form = as_written(sentence[i].form);
      const std::string_view next = i + 1 < sentence.size() ? std::string_view(sentence[i + 1].form) : "";
      bool glue_next = false;
      if (closes(form) || is_ending(form)) {
        glued = true;
      } else if (opens(form)) {
        glue_next = true;
      } else if (form == "\"") {
        in_double = !in_double;
        glued = glued || !in_double;
        glue_next = in_double;
      } else if (form == "'") {
        const bool possessive = !in_single && i > 0 && sentence[i - 1].form.ends_with('s');
        const bool clitic = is_one_of(next, {"s", "t", "re", "ve", "ll", "d", "m"});
        if (clitic) {
          glued = glue_next = true;
        } else if (in_single || possessive) {
          in_single = false;
          glued = true;
        } else {
          in_single = glue_next = true;
        }
      } else if (form == "-" || form == "/") {
        const bool between = i > 0 && !next.empty() && is_wordlike(sentence[i - 1].form) && is_wordlike(next);
        const bool inside =
            sentence[i].tag.starts_with('I') || (i + 1 < sentence.size() && sentence[i + 1].tag.starts_with('I'));
        const bool small = !next.empty() && ((next[0] >= 'a' && next[0] <= 'z') || (next[0] >= '0' && next[0] <= '9'));
        glued = glued || (between && (inside || small || form == "/"));
        glue_next = glued && between;
      }
      if (!glued && i > 0) out_.text += ' ';
      write(sentence[i], form, before);
      before = sentence[i].tag;
      glued = glue_next;
    }
  }

  [[nodiscard]] bool empty() const { return out_.text.empty(); }

  LabelledText take() {
    LabelledText done = std::move(out_);
    *this = {};
    return done;
  }

 private:
  static bool is_wordlike(std::string_view form) {
    const auto last = static_cast<unsigned char>(form.back());
    return std::isalnum(last) != 0 || last >= 0x80;
  }

  void write(const LabelledToken& token, std::string_view form, const std::string& before) {
    const auto begin = static_cast<std::uint32_t>(out_.text.size());
    out_.text += form;
    const auto end = static_cast<std::uint32_t>(out_.text.size());
    if (token.tag == "O" || token.tag.empty()) return;
    const bool goes_on = token.tag.starts_with('I') && before != "O" && before.substr(1) == token.tag.substr(1);
    if (goes_on && !out_.names.empty()) {
      out_.names.back().span.end = end;
    } else {
      out_.names.push_back({{begin, end}, kind_of(token.tag)});
    }
  }

  LabelledText out_;
  int in_paragraph_ = 0;
  bool was_whole_ = false;
};

}  // namespace

Result<std::vector<LabelledText>> read_labelled(const std::filesystem::path& file) {
  const std::unique_ptr<gzFile_s, decltype(&gzclose)> input(gzopen(file.c_str(), "rb"), &gzclose);
  if (!input) return Error{ErrorCode::kInputOutput, fmt::format("{}: {}", file.string(), std::strerror(errno)), ""};
  std::vector<TokenSentence> sentences;
  std::vector<std::size_t> article_begins{0};
  TokenSentence sentence;
  int blank_lines = 0;
  const auto end_sentence = [&] {
    if (!sentence.empty()) sentences.push_back(std::move(sentence));
    sentence.clear();
  };
  const auto end_article = [&] {
    end_sentence();
    if (sentences.size() > article_begins.back()) article_begins.push_back(sentences.size());
  };
  std::array<char, 1 << 16> buffer{};
  for (std::size_t number = 1; gzgets(input.get(), buffer.data(), static_cast<int>(buffer.size())) != nullptr;
       ++number) {
    std::string_view line(buffer.data());
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
      end_sentence();
      if (++blank_lines == kBlankLinesOfArticle) end_article();
      continue;
    }
    blank_lines = 0;
    if (line.starts_with("-DOCSTART-") || line.starts_with("# newdoc") || line.starts_with("# doc")) {
      end_article();
      continue;
    }
    const std::size_t tab = line.rfind('\t');
    if (tab == std::string_view::npos) {
      if (line.starts_with("# ")) continue;
      return Error{ErrorCode::kInputOutput, fmt::format("{}:{}: no token, tab and tag", file.string(), number), ""};
    }
    std::string form = normalize_text(line.substr(0, line.find('\t')));
    std::replace(form.begin(), form.end(), '\n', ' ');
    form.erase(0, form.find_first_not_of(' '));
    form.erase(form.find_last_not_of(' ') + 1);
    if (form.empty()) continue;
    sentence.push_back({std::move(form), std::string(line.substr(tab + 1))});
  }
  end_sentence();
  const bool marked = article_begins.size() > 2;
  std::vector<LabelledText> texts;
  Writer writer;
  for (std::size_t i = 0, next = 1; i < sentences.size(); ++i) {
    const bool begins =
        marked ? next < article_begins.size() && i == article_begins[next] : i % kSentencesPerArticle == 0;
    if (begins && marked) ++next;
    if (begins && !writer.empty()) texts.push_back(writer.take());
    writer.add(sentences[i]);
  }
  if (!writer.empty()) texts.push_back(writer.take());
  return texts;
}

LabelledText mangle(const LabelledText& labelled, Mangling mangling) {
  if (mangling == Mangling::kNone) return labelled;
  LabelledText out;
  out.names = labelled.names;
  std::vector<std::uint32_t> moved(labelled.text.size() + 1);
  for (std::size_t at = 0; at < labelled.text.size();) {
    const std::size_t begin = at;
    const UChar32 code = next_code_point(labelled.text, at);
    std::fill(moved.begin() + static_cast<std::ptrdiff_t>(begin), moved.begin() + static_cast<std::ptrdiff_t>(at),
              static_cast<std::uint32_t>(out.text.size()));
    if (mangling == Mangling::kStripped && u_isalpha(code) == 0) {
      out.text += ' ';
      continue;
    }
    std::array<char, U8_MAX_LENGTH> bytes{};
    std::size_t size = 0;
    U8_APPEND_UNSAFE(bytes.data(), size, u_tolower(code));
    out.text.append(bytes.data(), size);
  }
  moved.back() = static_cast<std::uint32_t>(out.text.size());
  for (LabelledName& name : out.names) name.span = {moved[name.span.begin], moved[name.span.end]};
  return out;
}

}  // namespace dateline
