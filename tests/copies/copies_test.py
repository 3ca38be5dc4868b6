#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What stories promise, over whole programs.

usage: copies_test.py BIN_DIR
- Copies of the gold have one story; a fall below the figures in baseline.tsv fails, and so does a false pair.
- Every article of the sample collection and what a clean-up leaves of it share a story.
- A story is named by one of its articles, an article without copies by itself; neither the order of sources nor the
  number of threads says anything.
- Pairs of ../shared/eval/data/dups are found (skipped where that is absent).
"""
import collections
import gzip
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
import gold_copies  # noqa: E402

EVAL = os.path.join(os.path.dirname(TOP), 'shared', 'eval', 'data')
PRESS = os.path.join(EVAL, 'news', 'senate_press.jsonl.gz')
PAIRS = os.path.join(EVAL, 'dups', 'senate_press.tsv.gz')
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print('FAILED: ' + message)


def program():
    return os.path.join(sys.argv[1], 'dateline-index')


def stripped(text):
    return ''.join(c if c.isalpha() else ' ' for c in text.lower()).strip()


def stories_of(folder, articles):
    """The story of each of [{"id", "text"}] by id."""
    path = os.path.join(folder, 'articles.jsonl')
    with open(path, 'w', encoding='utf-8') as out:
        for article in articles:
            out.write(json.dumps(article, ensure_ascii=False) + '\n')
    done = subprocess.run([program(), '--analyze', path], stdout=subprocess.PIPE, check=False)
    check(done.returncode == 0, f'{len(articles)} articles: exit code {done.returncode}')
    return {article['id']: article['story'] for article in map(json.loads, done.stdout.decode('utf-8').splitlines())}


def test_gold(articles):
    wanted, found = gold_copies.score(articles, 0)
    with open(os.path.join(HERE, 'baseline.tsv'), encoding='utf-8') as rows:
        baseline = dict(row.rstrip('\n').split('\t') for row in rows if not row.startswith('#'))
    check(set(baseline) == set(wanted), f'roles {sorted(wanted)}, in the baseline {sorted(baseline)}')
    for role, least in sorted(baseline.items()):
        print(f'{role}: {found[role]} of {wanted[role]} pairs, baseline {least}')
        check(found[role] >= int(least), f'{role}: {found[role]} pairs, baseline {least}')
    check(found['false'] == 0, f'{found["false"]} pairs have the same story and are no copies')


def test_stripped_selves(folder, articles):
    given = [{'id': name, 'text': article['text']} for name, article in articles.items()]
    given += [{'id': name + '~', 'text': stripped(article['text'])} for name, article in articles.items()]
    found = stories_of(folder, given)
    check(len(found) > 100, f'only {len(found)} articles')
    for name in articles:
        check(found[name] == found[name + '~'], f'{name} and its stripped self have different stories')


def test_names_of_stories(articles):
    ids = {article['id'] for article in articles.values()}
    by_id = {article['id']: article['story'] for article in articles.values()}
    for article in articles.values():
        check(article['story'] in ids and by_id[article['story']] == article['story'], f'{article["id"]}: story {article["story"]}')
    counts = collections.Counter(by_id.values())
    check(counts.most_common(1)[0][1] > 2 and len(counts) > len(ids) / 2, f'{len(counts)} stories of {len(ids)} articles')
    parts = [os.path.join('corpus/articles', name) for name in sorted(os.listdir(os.path.join(TOP, 'corpus/articles')))]
    for options in (['-j', '1', *parts], ['-j', '8', *reversed(parts)]):
        other = gold_copies.analyze(program(), *options)
        check({article['id']: article['story'] for article in other.values()} == by_id, f'other stories with {options[:2]}')


def test_pairs(folder, count=3000):
    if not os.path.exists(PRESS) or not os.path.exists(PAIRS):
        print('SKIPPED: pairs of press releases: ../shared/eval/data is not there')
        return
    with gzip.open(PAIRS, 'rt', encoding='utf-8') as rows:
        next(rows)
        pairs = [(one, two, float(jaccard), float(containment))
                 for one, two, jaccard, containment, *_ in (row.split('\t') for row in rows)]
    chosen = set()
    for one, two, *_ in pairs[::3]:
        if len(chosen) >= count:
            break
        chosen |= {one, two}
    with gzip.open(PRESS, 'rt', encoding='utf-8') as rows:
        found = stories_of(folder, [{'id': a['id'], 'text': a['text']} for a in map(json.loads, rows) if a['id'] in chosen])
    known = [pair for pair in pairs if pair[0] in chosen and pair[1] in chosen]
    for what, least, column, wanted in (('resemblance', 0.5, 2, 0.98), ('containment', 0.8, 3, 0.90)):
        true = [pair for pair in known if pair[column] >= least]
        right = sum(found[pair[0]] == found[pair[1]] for pair in true)
        print(f'{what} of {least} and more: {right} of {len(true)} pairs joined')
        check(len(true) > 500 and right >= wanted * len(true), f'{what}: {right} of {len(true)} pairs joined')


def main():
    articles = gold_copies.analyze(program())
    test_gold(articles)
    test_names_of_stories(articles)
    with tempfile.TemporaryDirectory(prefix='dateline-copies-') as folder:
        test_stripped_selves(folder, articles)
        test_pairs(folder)
    print(f'{len(failures)} failures')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
