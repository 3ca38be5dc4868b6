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
# The rooms of each program: each may know those before it. What stands in the folder of the indexer itself takes an
# article through the first of them; the last may know of it.
ROOMS = {'indexer': ('sentences', 'sources', 'articles', 'boilerplate', 'names', 'quotes', 'copies', 'writing', 'updating'),
         'query': ('asking', 'reading', 'finding', 'ranking', 'quotes', 'searching', 'showing')}
KNOW_THE_ANALYSIS = {'copies', 'writing', 'updating'}
CLI11 = re.compile(r'^(common|indexer|indexer/names/training|query)/options\.cpp$')
XAPIAN = {'common/metadata.h', 'common/names_table.cpp', 'common/run_tool.cpp', 'common/segments.h',
          'common/stemmer.cpp', 'common/stories_table.cpp', 'indexer/updating/collection_facts.h',
          'indexer/updating/index_check.cpp', 'indexer/updating/index_pass.h', 'indexer/writing/copy_postings.h',
          'indexer/writing/segment_writer.cpp', 'indexer/writing/stale_metadata.h', 'query/finding/candidate.h', 'query/finding/candidate_finder.h',
          'query/finding/query_builder.h', 'query/finding/ranker.h', 'query/ranking/ranked_list.h',
          'query/reading/name_reader.h', 'query/reading/removed_filter.h', 'query/searching/search.h',
          'query/searching/searcher.cpp', 'query/searching/suggester.h'}
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
    program, room = path.split('/')[:2]
    other = (name + '/').split('/')[1]
    rooms = ROOMS.get(program, ())
    if not name.startswith(program + '/') or room not in rooms or '/training/' in path:
        return True
    return rooms.index(other) <= rooms.index(room) if other in rooms else room in KNOW_THE_ANALYSIS


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
