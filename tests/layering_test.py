#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds the sources to the include directions and to the project's layout.

usage: layering_test.py SOURCE_DIR
"""
import os
import re
import sys

FOLDERS = ('common', 'indexer', 'query')
MAY_INCLUDE = {'common': {'common'}, 'indexer': {'common', 'indexer'}, 'query': {'common', 'query'}}
# The rooms of the indexer: each may know those before it. What stands
# in the folder itself takes an article through the first of them; the last may know of it.
ROOMS = ('sentences', 'sources', 'articles', 'boilerplate', 'names', 'quotes', 'copies', 'writing', 'updating')
KNOW_THE_ANALYSIS = {'copies', 'writing', 'updating'}
CLI11 = re.compile(r'^(common|indexer|indexer/names/training|query)/options\.cpp$')
XAPIAN = {'common/metadata.h', 'common/names_table.cpp', 'common/run_tool.cpp', 'common/segments.h', 'common/stemmer.cpp', 'common/stories_table.cpp',
          'indexer/updating/collection_facts.h', 'indexer/updating/index_check.cpp', 'indexer/updating/index_pass.h', 'indexer/writing/copy_postings.h',
          'indexer/writing/segment_writer.cpp', 'query/name_reader.h', 'query/query_builder.h', 'query/ranker.h', 'query/removed_filter.h',
          'query/searcher.cpp', 'query/candidate.h', 'query/candidate_finder.h', 'query/ranked_list.h', 'query/search.h', 'query/suggester.h'}
TOP_LEVEL = {'CMakeLists.txt', 'README.md', 'common', 'corpus', 'indexer', 'query', 'tests'}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
LICENCE = 'SPDX-License-Identifier: GPL-2.0-or-later'


def sources(top):
    for folder in FOLDERS + ('tests',):
        for parent, _, names in sorted(os.walk(os.path.join(top, folder))):
            for name in sorted(names):
                if name.endswith(('.cpp', '.h', '.h.in', '.py', '.sh')):
                    path = os.path.join(parent, name)
                    yield os.path.relpath(path, top), open(path, encoding='utf-8').read()


def may_know(path, name):
    room, other = (text.split('/')[1] for text in (path, name + '/'))
    if not path.startswith('indexer/') or not name.startswith('indexer/') or room not in ROOMS or '/training/' in path:
        return True
    return ROOMS.index(other) <= ROOMS.index(room) if other in ROOMS else room in KNOW_THE_ANALYSIS


def main():
    top = sys.argv[1]
    faults = []
    cmake = open(os.path.join(top, 'CMakeLists.txt'), encoding='utf-8').read()
    count = 0
    for path, text in sources(top):
        count += 1
        folder = path.split('/')[0]
        if LICENCE not in text[:200]:
            faults.append(f'{path}: no line "{LICENCE}" in its head')
        if folder not in FOLDERS:
            continue
        if path.endswith('.cpp') and path not in cmake:
            faults.append(f'{path}: not listed in CMakeLists.txt')
        for kind, name in INCLUDE.findall(text):
            if kind == '"' and name.split('/')[0] not in MAY_INCLUDE[folder]:
                faults.append(f'{path}: {folder} may not include {name}')
            if not may_know(path, name):
                faults.append(f'{path}: a room may not know {name}, which comes after it')
            if name.startswith('CLI/') and not CLI11.match(path):
                faults.append(f'{path}: only options.cpp files include CLI11')
            if name.startswith('xapian') and path not in XAPIAN:
                faults.append(f'{path}: not among the files that may know Xapian')
            if name == 'iostream' and path.endswith('.h'):
                faults.append(f'{path}: no iostream in headers')
    for name in sorted(os.listdir(top)):
        if name not in TOP_LEVEL and not name.startswith('.') and not name.startswith('build') and name != 'dateline.db':
            faults.append(f'{name}: not a name of the top level')
    print('\n'.join(faults) or f'{count} files, all in their place')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
