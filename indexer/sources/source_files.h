// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sources as named on the command line to the files that may hold articles, in a fixed order. record_reader.h reads
// those.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "indexer/sources/record_reader.h"

namespace dateline {

// Walks `sources` in the order given, folders recursively and in byte order of the names.
//
// on_file   called for each file that by its name may hold articles: *.txt *.text *.md (and names without an extension)
//           as text, *.jsonl *.ndjson, *.json, each also with .gz, upper or lower case. Other files in folders are
//           passed over in silence; a file named on the command line is always taken, by content if its name tells
//           nothing. Names beginning with '.' inside folders are passed over, and so are empty and binary files without
//           an extension.
// on_skip   called for what cannot be read: a missing source, a folder without permission.
// on_folder called for each folder before its names are read; may be empty.
// Symbolic links are followed; every file and folder is visited once, by device and inode, whatever leads to it.
void walk_sources(const std::vector<std::string>& sources, const std::function<void(const SourceFile&)>& on_file,
                  const std::function<void(const Skipped&)>& on_skip,
                  const std::function<void(const std::string&)>& on_folder = {});

}  // namespace dateline
