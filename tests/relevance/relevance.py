#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Ranks judged topics and compares with the committed baseline, topic by topic.

usage: relevance.py BIN_DIR [COLLECTION...] [--update] [--per-topic]
COLLECTION   sample: the sample collection (sample.py); sets: all sets of ../shared/eval (sets.py); or one of these sets
             by name. Default: all that is there.
--update     writes the baseline anew
--per-topic  prints every topic as well, the worst first

Prints a table: the gain is that of nDCG@10 over the baseline, chance how likely a gain or loss as large would be if the
two were equally good (significance.py), ratio the nDCG@10 to that of Lucene's BM25 (k1 1.2, b 0.75).
Fails if a mean falls more than 0.01 below the baseline, and lists the topics that lost most; ends with 77 where sets
alone are asked for and ../shared is absent. baseline/COLLECTION.tsv lists figures by topic; a topic that is not listed had 1 in all.
"""
import argparse
import os
import sys

sys.dont_write_bytecode = True
import sample  # noqa: E402
import sets  # noqa: E402
from significance import chance  # noqa: E402

BASELINE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'baseline')
MAY_FALL = 0.01
DIGITS = 4  # of the baseline's figures; others are rounded alike, so that what did not move differs by nothing
LISTED = 20  # topics that lost, of each collection
SKIPPED = 77


def read_baseline(name):
    with open(os.path.join(BASELINE, name + '.tsv'), encoding='utf-8') as f:
        next(f)
        return {topic: tuple(map(float, figures)) for topic, *figures in (line.rstrip('\n').split('\t') for line in f)}


def write_baseline(name, figures, scores):
    with open(os.path.join(BASELINE, name + '.tsv'), 'w', encoding='utf-8') as f:
        f.write('\t'.join(('topic', *figures)) + '\n')
        f.writelines('\t'.join((topic, *(f'{x:g}' for x in row))) + '\n' for topic, row in scores.items() if min(row) < 1)


def means(scores):
    return [sum(column) / len(scores) for column in zip(*scores.values())]


def faults_of(name, figures, queries, before, after):
    """Returns what to say about means that fell too far."""
    fell = [i for i, (old, new) in enumerate(zip(means(before), means(after))) if new < old - MAY_FALL]
    if not fell:
        return []
    said = [f'{name}: {figures[i]} fell from {means(before)[i]:.4f} to {means(after)[i]:.4f}' for i in fell]
    by = fell[0]
    lost = sorted((after[topic][by] - before[topic][by], topic) for topic in after if after[topic][by] < before[topic][by])
    said += [f'  {topic}  {before[topic][by]:.4f} to {after[topic][by]:.4f}  {queries[topic]}' for _, topic in lost[:LISTED]]
    return said + ([f'  and {len(lost) - LISTED} more topics'] if len(lost) > LISTED else [])


def asked_for(names):
    """Returns the collections by name, in the order of the table."""
    known = ['sample', *sets.LUCENE]
    wanted = set(names or known)
    if 'sets' in wanted:
        wanted = wanted - {'sets'} | set(sets.LUCENE)
    if unknown := wanted - set(known):
        raise SystemExit(f'no such collection: {", ".join(sorted(unknown))}; there are {", ".join(known)}')
    return [name for name in known if name in wanted]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('binaries', type=os.path.abspath)
    parser.add_argument('names', nargs='*')
    parser.add_argument('--update', action='store_true')
    parser.add_argument('--per-topic', action='store_true')
    args = parser.parse_args()
    if not sets.LUCENE:
        print(sets.ABSENT)
    names = asked_for(args.names)
    if not names:
        return SKIPPED
    print(f'{"collection":16} {"topics":>6} {"nDCG@10":>8} {"MRR@10":>7} {"rec@100":>8} {"first":>6} {"baseline":>9} {"gain":>8} {"chance":>7} {"ratio":>6}')
    faults, ratios = [], []
    for name in names:
        if name == 'sample':
            figures = sample.FIGURES
            queries, scores, wrong = sample.measure(args.binaries)
            faults += wrong
        else:
            figures = sets.FIGURES
            queries, scores = sets.measure(args.binaries, name)
        after = {topic: tuple(round(x, DIGITS) for x in row) for topic, row in scores.items()}
        listed = read_baseline(name)
        if args.update:
            write_baseline(name, figures, after)
        before = {topic: listed.get(topic, (1.0,) * len(figures)) for topic in after}
        ndcg, mrr, third = means(after)
        differences = [after[topic][0] - before[topic][0] for topic in sorted(after)]
        recall, first = ('', f'{third:.4f}') if name == 'sample' else (f'{third:.4f}', '')
        ratio = ''
        if name in sets.LUCENE:
            ratios.append((ndcg / sets.LUCENE[name], means(before)[0] / sets.LUCENE[name]))
            ratio = f'{ratios[-1][0]:.3f}'
        print(f'{name:16} {len(after):6} {ndcg:8.4f} {mrr:7.4f} {recall:>8} {first:>6} {means(before)[0]:9.4f} '
              f'{sum(differences) / len(differences):+8.4f} {chance(differences):7.4f} {ratio:>6}', flush=True)
        faults += faults_of(name, figures, queries, before, after)
        if args.per_topic:
            for topic, row in sorted(after.items(), key=lambda item: item[1]):
                print(f'  {topic}  {"  ".join(f"{x:.3f}" for x in row)}  {queries[topic]}')
    if ratios:
        now, then = (sum(column) / len(ratios) for column in zip(*ratios))
        print(f'mean ratio {now:.4f}, of the baseline {then:.4f}')
    print('\n'.join(faults) or 'no worse than the baseline')
    return 1 if faults and not args.update else 0


if __name__ == '__main__':
    sys.exit(main())
