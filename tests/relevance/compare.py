#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares several runs over the retrieval sets with one of them, topic by topic.

usage: compare.py BASELINE_DIR RUN_DIR...
A directory holds SET/run.trec for each set, as ../shared/eval/score_ranking.py --keep DIR leaves them.
Prints for each run and set nDCG@10 and its gain over the baseline, and how likely a gain or loss as large would be if the
two were equally good (significance.py). Skips, saying so, where ../shared is absent.
"""
import os
import sys

sys.dont_write_bytecode = True
import sets  # noqa: E402
from significance import chance  # noqa: E402


def scores(directory, name):
    return {topic: figures[0] for topic, figures in sets.score_file(name, os.path.join(directory, name, 'run.trec')).items()}


def main():
    baseline, runs = sys.argv[1], sys.argv[2:]
    print(f'{"run":24} {"set":16} {"topics":>7} {"nDCG@10":>8} {"gain":>8} {"chance":>7}')
    for run in runs:
        for name in sorted(os.listdir(baseline)):
            if not os.path.exists(os.path.join(run, name, 'run.trec')):
                continue
            before, after = scores(baseline, name), scores(run, name)
            differences = [after[topic] - before[topic] for topic in sorted(before)]
            mean = sum(after.values()) / len(after)
            print(f'{os.path.basename(run):24} {name:16} {len(after):7} {mean:8.4f} {sum(differences) / len(differences):+8.4f} '
                  f'{chance(differences):7.4f}', flush=True)


if __name__ == '__main__':
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    if not sets.LUCENE:
        print(sets.ABSENT)
        sys.exit(0)
    main()
