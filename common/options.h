// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the command lines of both programs share: how a parse ends, and the man page and shell completions, which are
// made from the same definitions as --help.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dateline {

// Adds `option` (as "-f,--format"), whose value is one of `names`; --help, completions and messages show just these.
// `choose` gets the place of the name given.
void add_choice(CLI::App& app, const std::string& option, const std::vector<std::string>& names,
                const std::function<void(std::size_t)>& choose, const std::string& description);

// Adds --version, --completion SHELL and the hidden --man-page to `app`.
void add_common_options(CLI::App& app, const std::string& footer);

// Parses `arguments` (last first, as CLI11 wants them). Returns the exit code with which the program is done: after
// --help, --version and the like (printed on stdout) or a usage error (printed on stderr); nothing if it shall go on.
[[nodiscard]] std::optional<int> parse_command_line(CLI::App& app, std::vector<std::string> arguments);

// Reports a usage error of the program and returns its exit code.
int usage_error(const CLI::App& app, const std::string& message);

}  // namespace dateline
