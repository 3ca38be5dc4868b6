#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What quotes promise, over the sample collection and, where it stands beside the project, over PolNeAR.

usage: quotes_test.py BIN_DIR
- Quotes of the gold are found and have the right speaker; a fall below the figures in baseline.tsv fails, and so does
  a rise of wrong names.
- PolNeAR dev (../shared): precision and recall of attributions do not fall below polnear.tsv. Skipped, saying so, where
  it is absent.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
SHARED = os.path.join(os.path.dirname(TOP), 'shared', 'eval')
sys.path.insert(0, HERE)
import gold_quotes  # noqa: E402

failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print('FAILED: ' + message)


def rows_of(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as rows:
        for row in rows:
            if not row.startswith('#'):
                yield row.rstrip('\n').split('\t')


def test_gold(program):
    kinds = {kind for kind, *_ in rows_of('baseline.tsv')}
    counts = gold_quotes.score(gold_quotes.analyze(program), kinds, 0, '')
    for kind, where, right, wrong in rows_of('baseline.tsv'):
        count = counts[kind, where]
        print(f'{kind} {where}: {count["right"]} of {count["gold"]} right, baseline {right}; '
              f'{count["wrong"]} with a wrong name, baseline {wrong}')
        check(count['right'] >= int(right), f'{kind} {where}: {count["right"]} right, baseline {right}')
        check(count['wrong'] <= int(wrong), f'{kind} {where}: {count["wrong"]} with a wrong name, baseline {wrong}')


def test_polnear(program):
    data = os.path.join(SHARED, 'data/quotes/polnear/dev.jsonl.gz')
    if not os.path.exists(data):
        print(f'skipped: no {os.path.relpath(data, TOP)}')
        return
    out = subprocess.run([sys.executable, os.path.join(SHARED, 'score_quotes.py'), data, '--program', program],
                         stdout=subprocess.PIPE, check=True).stdout.decode('utf-8')
    print(out, end='')
    for what, pattern, least in rows_of('polnear.tsv'):
        figure = float(re.search(pattern, out).group(1))
        check(figure >= float(least), f'PolNeAR dev, {what}: {figure}, baseline {least}')


def main():
    program = os.path.join(sys.argv[1], 'dateline-index')
    test_gold(program)
    test_polnear(program)
    print(f'{len(failures)} failures')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
