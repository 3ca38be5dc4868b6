// SPDX-License-Identifier: GPL-2.0-or-later
//
// The command line of dateline-index as a struct.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "indexer/article_parser.h"
#include "indexer/source_files.h"

namespace dateline {

enum class IndexAction { kIndex, kAnalyze, kCheck, kModelInfo };
enum class ReportFormat { kText, kJson };
enum class ProgressMode { kAuto, kAlways, kNever };

struct IndexOptions {
  IndexAction action = IndexAction::kIndex;
  std::vector<std::string> sources;
  std::filesystem::path database;
  unsigned threads = 1;
  bool rebuild = false;
  ReportFormat report = ReportFormat::kText;
  ProgressMode progress = ProgressMode::kAuto;
  bool quiet = false;
  bool verbose = false;
  ReadLimits limits;
  FieldNames fields;
  std::filesystem::path names_model;
  std::filesystem::path aliases;  // empty: none
};

// What the command line asks for, or the exit code with which the program is done (after --help, --version or an error,
// each already printed).
struct ParsedIndexOptions {
  std::optional<IndexOptions> options;
  int exit_code = 0;
};
[[nodiscard]] ParsedIndexOptions parse_index_options(int argc, const char* const* argv);

}  // namespace dateline
