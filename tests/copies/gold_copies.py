#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Stories in the sample collection against tests/gold/copies.tsv: is every copy joined to its original, and nothing else?

usage: gold_copies.py [--program PATH] [--errors N]
Counted are pairs of articles of one group of the gold, by the role of the one that is not the original (copy, cleaned,
version, excerpt), and pairs that have the same story and are not of one group: those are false.
"""
import argparse
import collections
import itertools
import json
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def read_gold():
    """(group, role) by article: its id, or its path below corpus/articles."""
    with open(os.path.join(TOP, 'tests/gold/copies.tsv'), encoding='utf-8') as rows:
        next(rows)
        return {article: (group, role) for group, article, role in (row.rstrip('\n').split('\t') for row in rows)}


def analyze(program, *options):
    """The articles of the sample collection by their id in the gold."""
    options = options or ('corpus/articles',)
    out = subprocess.run([program, '--analyze', *options], cwd=TOP, stdout=subprocess.PIPE, check=False).stdout
    return {os.path.relpath(article['id'], 'corpus/articles') if article['id'].startswith('corpus/articles/') else article['id']: article
            for article in map(json.loads, out.decode('utf-8').splitlines())}


def score(articles, errors):
    """Pairs of the gold and pairs found, by role; false pairs as role 'false'."""
    gold = read_gold()
    wanted, found = collections.Counter(), collections.Counter()

    def report(message):
        nonlocal errors
        if errors > 0:
            errors -= 1
            print(message, file=sys.stderr)

    missing = sorted(set(gold) - set(articles))
    for article in missing:
        report(f'{article}: not among the articles')
    for one, two in itertools.combinations(sorted(articles), 2):
        same = articles[one]['story'] == articles[two]['story']
        group_one, role_one = gold.get(one, (one, None))
        group_two, role_two = gold.get(two, (two, None))
        if group_one == group_two:
            role = role_two if role_one == 'original' else role_one if role_two == 'original' else 'between copies'
            wanted[role] += 1
            found[role] += same
            if not same:
                report(f'{role}: {one} and {two} have different stories')
        elif same:
            found['false'] += 1
            report(f'false: {one} and {two} have the same story')
    return wanted, found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', default=os.path.join(TOP, 'build/bin/dateline-index'))
    parser.add_argument('--errors', type=int, default=0)
    args = parser.parse_args()
    wanted, found = score(analyze(args.program), args.errors)
    for role in sorted(wanted):
        print(f'{role:<15} gold {wanted[role]:>3}  found {found[role]:>3}')
    print(f'{"false":<15} {found["false"]:>12}')


if __name__ == '__main__':
    main()
