// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fmt/format.h>

#include "common/run_tool.h"
#include "common/version.h"

namespace dateline {
namespace {

struct OptionDoc {
  std::vector<std::string> names;  // "-n", "--limit"; empty for the positional one
  std::string value;               // "N"; empty for a flag
  std::string description;
};

std::vector<OptionDoc> document(const CLI::App& app) {
  std::vector<OptionDoc> docs;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    OptionDoc doc;
    for (const std::string& name : option->get_snames()) doc.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) doc.names.push_back("--" + name);
    if (option->get_items_expected_max() > 0) {
      const std::string type = option->get_type_name();
      doc.value = type.substr(0, type.find(':'));  // behind the colon stands how CLI11 checks it
    }
    doc.description = option->get_description();
    docs.push_back(std::move(doc));
  }
  return docs;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

std::string roff(std::string_view text) {
  std::string safe = replace_all(replace_all(std::string(text), "\\", "\\e"), "-", "\\-");
  if (safe.starts_with('.') || safe.starts_with('\'')) safe.insert(0, "\\&");
  return replace_all(replace_all(safe, "\n.", "\n\\&."), "\n'", "\n\\&'");
}

std::string man_page(const CLI::App& app, const std::string& footer) {
  std::string page = fmt::format(".TH {} 1 \"\" \"Dateline {}\"\n.SH NAME\n{} \\- {}\n", app.get_name(), kVersion,
                                 roff(app.get_name()), roff(app.get_description()));
  page += fmt::format(".SH SYNOPSIS\n.B {}\n[OPTIONS] ", roff(app.get_name()));
  std::string options;
  for (const OptionDoc& doc : document(app)) {
    if (doc.names.empty()) {
      continue;
    }
    options += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(fmt::format("{}", fmt::join(doc.names, ", "))),
                           doc.value.empty() ? "" : " " + roff(doc.value), roff(doc.description));
  }
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) page += roff(option->get_name(true)) + "...";
  }
  page += "\n.SH OPTIONS\n" + options + ".SH NOTES\n.nf\n" + roff(footer) + ".fi\n";
  return page;
}

constexpr std::size_t kHelpIndent = 26;
constexpr std::size_t kHelpWidth = 100;

// `text` in lines of at most kHelpWidth columns, all but the first indented.
std::string wrap_help(const std::string& text) {
  std::string out;
  std::size_t column = kHelpIndent;
  for (const std::string& word : CLI::detail::split(text, ' ')) {
    if (column + 1 + word.size() > kHelpWidth) {
      out += '\n' + std::string(kHelpIndent, ' ');
      column = kHelpIndent;
    } else if (!out.empty()) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out + '\n';
}

std::string help(const CLI::App& app, const std::string& footer) {
  std::string positional;
  std::string options;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) positional = option->get_name(true) + "...";
  }
  for (const OptionDoc& doc : document(app)) {
    if (doc.names.empty()) continue;
    const char* indent = doc.names.front().starts_with("--") ? "      " : "  ";
    std::string head =
        fmt::format("{}{}{}{}", indent, fmt::join(doc.names, ", "), doc.value.empty() ? "" : " ", doc.value);
    head += head.size() + 2 > kHelpIndent ? '\n' + std::string(kHelpIndent, ' ')
                                          : std::string(kHelpIndent - head.size(), ' ');
    options += head + wrap_help(doc.description);
  }
  return fmt::format("usage: {} [OPTIONS] {}\n{}\n\n{}{}", app.get_name(), positional, app.get_description(), options,
                     footer);
}

// The words that a value may take, of "text|json|trec".
std::vector<std::string> choices(const std::string& value) {
  return value.find('|') == std::string::npos ? std::vector<std::string>() : CLI::detail::split(value, '|');
}

bool is_path(const std::string& value) { return value == "DIR" || value == "FILE"; }

std::string bash_completion(const CLI::App& app) {
  const std::string function = "_" + replace_all(app.get_name(), "-", "_");
  std::vector<std::string> names;
  std::string cases;
  for (const OptionDoc& doc : document(app)) {
    names.insert(names.end(), doc.names.begin(), doc.names.end());
    if (doc.names.empty() || doc.value.empty()) continue;
    std::string words = fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$word\"))", fmt::join(choices(doc.value), " "));
    if (is_path(doc.value))
      words = fmt::format("COMPREPLY=($(compgen -{} -- \"$word\"))", doc.value == "DIR" ? "d" : "f");
    cases += fmt::format("    {}) {}; return;;\n", fmt::join(doc.names, "|"), words);
  }
  return fmt::format(
      "{0}() {{\n  local word=${{COMP_WORDS[COMP_CWORD]}}\n  case ${{COMP_WORDS[COMP_CWORD-1]}} in\n{1}  esac\n"
      "  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '{2}' -- \"$word\")); else COMPREPLY=($(compgen -f -- "
      "\"$word\")); fi\n}}\ncomplete -F {0} {3}\n",
      function, cases, fmt::join(names, " "), app.get_name());
}

std::string zsh_completion(const CLI::App& app) {
  std::string lines;
  for (const OptionDoc& doc : document(app)) {
    const std::string about = replace_all(replace_all(replace_all(doc.description, "'", ""), "[", "("), "]", ")");
    for (const std::string& name : doc.names) {
      std::string action;
      if (!doc.value.empty()) {
        const std::vector<std::string> words = choices(doc.value);
        action = is_path(doc.value) ? ":file:_files" : ":value:";
        if (!words.empty()) action += fmt::format("({})", fmt::join(words, " "));
      }
      lines += fmt::format("  '*{}[{}]{}' \\\n", name, replace_all(about, ":", "\\:"), action);
    }
  }
  return fmt::format("#compdef {}\n_arguments \\\n{}  '*:file:_files'\n", app.get_name(), lines);
}

std::string fish_completion(const CLI::App& app) {
  std::string lines;
  for (const OptionDoc& doc : document(app)) {
    if (doc.names.empty()) continue;
    lines += "complete -c " + app.get_name();
    for (const std::string& name : doc.names) {
      lines += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (!choices(doc.value).empty()) {
      lines += fmt::format(" -x -a '{}'", fmt::join(choices(doc.value), " "));
    } else if (!doc.value.empty()) {
      lines += is_path(doc.value) ? " -r" : " -x";
    }
    lines += fmt::format(" -d '{}'\n", replace_all(doc.description, "'", ""));
  }
  return lines;
}

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace

void add_choice(CLI::App& app, const std::string& option, const std::vector<std::string>& names,
                const std::function<void(std::size_t)>& choose, const std::string& description) {
  const auto place = [names](const std::string& name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  const std::string shown = fmt::format("{}", fmt::join(names, "|"));
  app.add_option_function<std::string>(
         option, [place, choose](const std::string& name) { choose(place(name)); }, description)
      ->check([place, shown, count = names.size()](const std::string& name) {
        return place(name) < count ? std::string() : fmt::format("{} is not one of {}", name, shown);
      })
      ->type_name(shown);
}

void add_common_options(CLI::App& app, const std::string& footer) {
  app.set_help_flag();  // CLI11's own shows how it reads a value, not what it means
  app.add_flag_callback(
      "-h,--help",
      [&app, footer] {
        print(help(app, footer));
        throw CLI::Success();
      },
      "Print this text");
  app.add_flag_callback(
      "--version",
      [&app] {
        print(fmt::format("{} {}\n", app.get_name(), kVersion));
        throw CLI::Success();
      },
      "Print the version");
  add_choice(
      app, "--completion", {"bash", "zsh", "fish"},
      [&app](std::size_t shell) {
        print(shell == 0 ? bash_completion(app) : shell == 1 ? zsh_completion(app) : fish_completion(app));
        throw CLI::Success();
      },
      "Print completions for a shell");
  app.add_flag_callback("--man-page",
                        [&app, footer] {
                          print(man_page(app, footer));
                          throw CLI::Success();
                        })
      ->group("");
}

std::optional<int> parse_command_line(CLI::App& app, std::vector<std::string> arguments) {
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::Success&) {
    return kExitSuccess;
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error.what());
  }
  return std::nullopt;
}

int usage_error(const CLI::App& app, const std::string& message) {
  report_error(app.get_name(), {ErrorCode::kUsage, message, app.get_name() + " --help lists the options"});
  return kExitUsage;
}

}  // namespace dateline
