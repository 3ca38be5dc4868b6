#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Quotes of the sample collection against tests/gold/quotes.tsv: is every one found, and said by the right person?

usage: gold_quotes.py [--program PATH] [--kind direct|mixed|indirect] [--errors N] [--article PART]
A row of the gold is found if a quote of its kind has its words: exactly, or but for marks and blanks at the ends; of
indirect ones it is enough that they share at least half of either. It is right if the speaker's name is the gold's,
too ("-": nobody), compared folded; or a form of it that people.tsv has in the article. Direct and mixed count as one
kind for finding: where a quote is part of a sentence is a matter of taste. `wrong`: found with somebody else's name, which is
worse than with none.
"""
import argparse
import collections
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, 'tests/gold'))
from gold import analyze, folded, nth, rows  # noqa: E402


def read_people():
    """The name of each mention of people.tsv: an article may know a person by a spelling of its own."""
    people = collections.defaultdict(set)
    for article, _, _, mention, name in rows('people.tsv'):
        people[article, folded(mention)].add(folded(name))
    return people


def edges(text, begin, end):
    """The span without marks and blanks at its ends, in characters."""
    while begin < end and not text[begin].isalnum():
        begin += 1
    while begin < end and not text[end - 1].isalnum():
        end -= 1
    return begin, end


def same(kind, a, b):
    if kind != 'indirect':
        return a == b
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and 2 * shared >= a[1] - a[0] and 2 * shared >= b[1] - b[0]


def score(articles, kinds, errors, part):
    counts = collections.defaultdict(collections.Counter)
    people = read_people()
    for article, occurrence, kind, speaker, words in rows('quotes.tsv'):
        if kind not in kinds or part not in article:
            continue
        answer = articles.get(article) or articles.get(article.split('#')[0])
        text = answer['text'] if answer else ''
        at = nth(text, words, int(occurrence))
        count = counts[kind, 'stripped' if article.startswith('cleaned/') else 'cased']
        count['gold'] += 1
        if at is None:
            print(f'{article}: no {words!r} {occurrence}', file=sys.stderr)
            continue
        wanted = edges(text, at, at + len(words))
        raw = text.encode()
        hits = []
        for quote in answer['quotes']:
            if (quote['kind'] == 'indirect') != (kind == 'indirect'):
                continue
            begin = len(raw[:quote['begin']].decode())
            if same(kind, edges(text, begin, begin + len(raw[quote['begin']:quote['end']].decode())), wanted):
                hits.append(quote)
        names = [quote['speaker'] for quote in hits]
        count['found'] += bool(hits)
        wanted_name = folded(speaker if speaker != '-' else '')
        right = any(folded(name or '') == wanted_name or wanted_name in people[article, folded(name or '')]
                    for name in names)
        count['right'] += right
        count['wrong'] += bool(hits) and not right and any(names)
        if not right and errors > 0:
            errors -= 1
            rules = [quote.get('rule') for quote in hits]
            print(f'{article}: {speaker} {kind} {words[:70]!r}: {names if hits else "not found"} {rules}',
                  file=sys.stderr)
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', default=os.path.join(TOP, 'build/bin/dateline-index'))
    parser.add_argument('--kind', action='append')
    parser.add_argument('--errors', type=int, default=0)
    parser.add_argument('--article', default='', metavar='PART')
    args = parser.parse_args()
    kinds = args.kind or ['direct', 'mixed', 'indirect']
    for (kind, where), count in sorted(score(analyze(args.program), kinds, args.errors, args.article).items()):
        print(f'{kind:<9} {where:<9} gold {count["gold"]:>4}  found {count["found"]:>4}  right {count["right"]:>4}  '
              f'wrong name {count["wrong"]:>3}  {100 * count["right"] / count["gold"]:.1f} %')


if __name__ == '__main__':
    main()
