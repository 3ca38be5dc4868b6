#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds the READMEs to the truth: examples print what they say, and the paths they name exist.

usage: readme_test.py BIN_DIR [--update]
An example is a fenced block that begins with "$ dateline-query ..." or holds the end of corpus/quickstart.sh. Times are
not compared. --update writes the real output into README.md.
"""
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SAMPLE_DB = 'build/sample.db'
FENCE = re.compile(r'```\n(.*?)```\n', re.S)
PATH = re.compile(r'`((?:common|indexer|query|corpus|tests|\.ci)/[\w./-]*)`')


def run(command, binaries, database):
    """Runs one line of shell with the programs of `binaries` and the sample index at `database`."""
    done = subprocess.run(command.replace(SAMPLE_DB, database), shell=True, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, env=dict(os.environ, PATH=binaries + ':' + os.environ['PATH'], NO_COLOR='1'))
    return done.stdout.replace(database, SAMPLE_DB)


def quickstart_commands():
    """The two commands that corpus/quickstart.sh says and runs."""
    with open(os.path.join(TOP, 'corpus/quickstart.sh'), encoding='utf-8') as f:
        return re.findall(r'^say "(.*?): (build/bin/dateline-.*)"$', f.read(), re.M)


def truth(block, binaries, database):
    """What the block should say; None if it is no example."""
    first = block.split('\n', 1)[0]
    if first.startswith('$ dateline-'):
        return first + '\n' + run(first[2:], binaries, database).rstrip('\n') + '\n'
    if first.startswith('== Indexing the sample collection'):
        parts = []
        for title, command in quickstart_commands():
            parts.append(f'== {title}: {command}\n' + run(command.replace('build/bin/', ''), binaries, database).rstrip('\n'))
        return '\n\n'.join(parts) + '\n'
    return None


def without_times(text):
    return re.sub(r'in \d+\.\d s.*', 'in N s', text)


def main():
    binaries = os.path.abspath(sys.argv[1])
    readme = os.path.join(TOP, 'README.md')
    with open(readme, encoding='utf-8') as f:
        text = f.read()
    faults, examples = [], 0
    with tempfile.TemporaryDirectory() as work:
        database = os.path.join(work, 'sample.db')
        for block in FENCE.findall(text):
            expected = truth(block, binaries, database)
            if expected is None:
                continue
            examples += 1
            if without_times(expected) != without_times(block):
                faults.append(f'README.md says:\n{block}but it is:\n{expected}')
                text = text.replace(block, expected)
    if '--update' in sys.argv:
        with open(readme, 'w', encoding='utf-8') as f:
            f.write(text)
        return 0
    for name in ('README.md', 'corpus/README.md', 'tests/bench/README.md'):
        with open(os.path.join(TOP, name), encoding='utf-8') as f:
            for path in PATH.findall(f.read()):
                if not os.path.exists(os.path.join(TOP, path)):
                    faults.append(f'{name} names {path}, which does not exist')
    if examples < 2:
        faults.append(f'only {examples} examples found in README.md')
    print('\n'.join(faults) or f'{examples} examples, all true')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
