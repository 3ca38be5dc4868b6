#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Names in the sample collection against tests/gold/people.tsv: is every mention found and linked to the right name?

usage: gold_names.py [--program PATH] [--kind person|organization|place] [--errors N] [--article PART]
A row of the gold is right if an entity of the same kind has exactly its span and its name. `found` counts spans alone.
The name of a person must be the gold's, which is the collection's: what --analyze prints is the article's, so another
name is right, too, if an index of the sample collection shows it as the gold's (`dateline-query --person`). Words are
compared folded (case, accents, marks), so that the capitals of a stripped article, which are guessed, do not count.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, 'tests/gold'))
from gold import analyze, folded, nth, rows  # noqa: E402


class Collection:
    """What the whole collection calls those whom an article knows by another name."""

    def __init__(self, query, database):
        self.query, self.database, self.names = query, database, {}

    def name_of(self, name):
        if name not in self.names:
            out = subprocess.run([self.query, '-d', self.database, '--person', name, '-f', 'json'],
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
            page = json.loads(out) if out.strip() else {'name': '', 'forms': []}
            is_form = any(form['name'] == name for form in page['forms'])
            self.names[name] = page['name'] if is_form else name
        return self.names[name]


def score(articles, collection, kinds, errors, part):
    counts = collections.defaultdict(collections.Counter)
    for article, occurrence, kind, mention, name in rows('people.tsv'):
        if kind not in kinds or part not in article:
            continue
        answer = articles.get(article) or articles.get(article.split('#')[0])
        text = answer['text'] if answer else ''
        at = nth(text, mention, int(occurrence))
        where = 'stripped' if article.startswith('cleaned/') else 'cased'
        count = counts[kind, where]
        count['gold'] += 1
        if at is None:
            print(f'{article}: no {mention!r} {occurrence}', file=sys.stderr)
            continue
        begin = len(text[:at].encode())
        end = begin + len(mention.encode())
        same = [e for e in answer['entities'] if (e['begin'], e['end'], e['kind']) == (begin, end, kind)]
        count['found'] += bool(same)
        right = any(folded(e['name']) == folded(name) or
                    kind == 'person' and folded(collection.name_of(e['name'])) == folded(name) for e in same)
        count['right'] += right
        if not right and errors > 0:
            errors -= 1
            near = [(e['kind'], e['name'], text.encode()[e['begin']:e['end']].decode()) for e in answer['entities']
                    if e['begin'] < end and begin < e['end']]
            print(f'{article}: {mention!r} {occurrence} is {name!r}; found {near or "nothing"}', file=sys.stderr)
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', default=os.path.join(TOP, 'build/bin/dateline-index'))
    parser.add_argument('--kind', action='append')
    parser.add_argument('--errors', type=int, default=0)
    parser.add_argument('--article', default='', metavar='PART')
    args = parser.parse_args()
    kinds = args.kind or ['person', 'organization', 'place']
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, 'db')
        subprocess.run([args.program, '-q', '-d', database, 'corpus/articles'], cwd=TOP, check=False)
        collection = Collection(os.path.join(os.path.dirname(args.program), 'dateline-query'), database)
        counts = score(analyze(args.program), collection, kinds, args.errors, args.article)
    for (kind, where), count in sorted(counts.items()):
        print(f'{kind:<13} {where:<9} gold {count["gold"]:>4}  found {count["found"]:>4}  right {count["right"]:>4}  '
              f'{100 * count["right"] / count["gold"]:.1f} %')


if __name__ == '__main__':
    main()
