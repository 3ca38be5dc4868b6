#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares runs over the retrieval sets with a baseline, topic by topic.

usage: compare.py BASELINE_DIR RUN_DIR...
A directory holds SET/run.trec for each set, as ../shared/eval/score_ranking.py --keep DIR leaves them.
Prints for each run and set nDCG@10 and its gain over the baseline, and how likely a gain or loss as large would be if the
two were equally good: a paired randomisation test, 10,000 times, always with the same seed. Skips, saying so, where
../shared is absent.
"""
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EVAL = os.path.join(HERE, '..', '..', '..', 'shared', 'eval')
TIMES = 10_000


def chance(differences):
    """Returns how often a sum as far from 0 comes up when each difference may as well be the other way round."""
    moved = [d for d in differences if d]
    seen = abs(sum(moved))
    rng = random.Random(1)
    as_far = 0
    for _ in range(TIMES):
        signs = rng.getrandbits(len(moved)) if moved else 0
        total = sum(d if signs >> i & 1 else -d for i, d in enumerate(moved))
        as_far += abs(total) >= seen - 1e-12
    return (as_far + 1) / (TIMES + 1)


def scores(directory, name):
    rows = score_run.score(score_run.read_qrels(f'{EVAL}/data/ir/{name}/qrels.tsv'),
                           score_run.read_run(os.path.join(directory, name, 'run.trec')))
    return {query: row[0] for query, row in rows.items()}


def main():
    baseline, runs = sys.argv[1], sys.argv[2:]
    print(f'{"run":24} {"set":16} {"queries":>7} {"nDCG@10":>8} {"gain":>8} {"chance":>7}')
    for run in runs:
        for name in sorted(os.listdir(baseline)):
            if not os.path.exists(os.path.join(run, name, 'run.trec')):
                continue
            before, after = scores(baseline, name), scores(run, name)
            differences = [after[q] - before[q] for q in sorted(before)]
            mean = sum(after.values()) / len(after)
            print(f'{os.path.basename(run):24} {name:16} {len(after):7} {mean:8.4f} {sum(differences) / len(differences):+8.4f} '
                  f'{chance(differences):7.4f}', flush=True)


if __name__ == '__main__':
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    if not os.path.isdir(EVAL):
        print('skipped: ../shared/eval is not here')
        sys.exit(0)
    sys.path.insert(0, EVAL)
    sys.dont_write_bytecode = True
    import score_run
    main()
