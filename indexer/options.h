// SPDX-License-Identifier: GPL-2.0-or-later
//
// The command line of dateline-index as a struct.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "indexer/articles/article_parser.h"
#include "indexer/memory_shares.h"
#include "indexer/sources/source_files.h"

namespace dateline {

enum class IndexAction { kIndex, kAnalyze, kCheck, kModelInfo };
enum class ReportFormat { kText, kJson };
enum class ProgressMode { kAuto, kAlways, kNever };

struct IndexOptions {
  IndexAction action = IndexAction::kIndex;
  std::vector<std::string> sources;
  std::vector<std::string> forget;  // sources to drop
  std::filesystem::path database;
  unsigned threads = 1;
  bool rebuild = false;
  bool watch = false;  // run again whenever the sources change, until stopped
  ReportFormat report = ReportFormat::kText;
  ProgressMode progress = ProgressMode::kAuto;
  bool quiet = false;
  bool verbose = false;
  std::uint64_t memory = kDefaultMemory;
  ReadLimits limits;
  FieldNames fields;
  std::filesystem::path names_model;
  std::filesystem::path aliases;  // empty: none
  // Segments of fewer passages are merged with what comes new, so that there are few of them: those take some 0.05 s.
  std::uint64_t merge_below = 5000;
};

// What the command line asks for, or the exit code with which the program is done (after --help, --version or an error,
// each already printed).
struct ParsedIndexOptions {
  std::optional<IndexOptions> options;
  int exit_code = 0;
};
[[nodiscard]] ParsedIndexOptions parse_index_options(int argc, const char* const* argv);

}  // namespace dateline
