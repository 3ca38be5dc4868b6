#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What names promise, over the whole sample collection.

usage: names_test.py BIN_DIR
- Names add passages and re-order them: what is found with --no-names is found without it, for every topic of the
  relevance test.
- Mentions of the gold are found and linked; a fall below the figures in baseline.tsv fails.
- --aliases changes the names it speaks of and no others.
- In the real story and its stripped copy every person of the gold has the right name.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
import gold_names  # noqa: E402

failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print('FAILED: ' + message)


def run(program, *args):
    done = subprocess.run([os.path.join(sys.argv[1], program), *args], cwd=TOP, stdout=subprocess.PIPE, check=False)
    check(done.returncode in (0, 1), f'{program} {" ".join(args)}: exit code {done.returncode}')
    return done.stdout.decode('utf-8')


def index(folder, name, *args):
    database = os.path.join(folder, name)
    run('dateline-index', '-q', '-d', database, *args, 'corpus/articles')
    return database


def runs(database, topics, *args):
    found = {}
    for line in run('dateline-query', '-d', database, '-n', '10000', '-f', 'trec', '--group', 'none', '--batch', topics, *args).splitlines():
        topic, _, passage, *_ = line.split()
        found.setdefault(topic, set()).add(passage)
    return found


def names_of(database):
    """All names of the collection with their passages and articles."""
    answer = json.loads(run('dateline-query', '-d', database, '-n', '100000', '-f', 'json', '--names', 'NOT nosuchwordanywhere'))
    return {(kind, one['name']): (one['passages'], one['articles'])
            for kind in ('people', 'organizations', 'places') for one in answer[kind]}


def test_containment(folder, database):
    topics = os.path.join(folder, 'topics.tsv')
    with open(os.path.join(TOP, 'tests/relevance/topics.tsv'), encoding='utf-8') as rows, \
            open(topics, 'w', encoding='utf-8') as out:
        for row in rows:
            if not row.startswith('#') and '\t' in row:
                out.write('\t'.join(row.rstrip('\n').split('\t')[:2]) + '\n')
    with_names = runs(database, topics, '--no-added')
    without = runs(database, topics, '--no-added', '--no-names')
    check(len(without) > 50, f'only {len(without)} topics found anything')
    for topic, passages in without.items():
        lost = passages - with_names.get(topic, set())
        check(not lost, f'topic {topic}: names lost {sorted(lost)[:3]}')
    added = sum(len(with_names[topic] - without.get(topic, set())) for topic in with_names)
    print(f'{len(without)} topics: names lost nothing and added {added} passages')


def test_gold(database):
    articles = gold_names.analyze(os.path.join(sys.argv[1], 'dateline-index'))
    collection = gold_names.Collection(os.path.join(sys.argv[1], 'dateline-query'), database)
    counts = gold_names.score(articles, collection, ('person', 'organization', 'place'), 0, '')
    with open(os.path.join(HERE, 'baseline.tsv'), encoding='utf-8') as rows:
        for row in rows:
            if row.startswith('#'):
                continue
            kind, where, wanted = row.split('\t')
            right = counts[kind, where]['right']
            print(f'{kind} {where}: {right} of {counts[kind, where]["gold"]} right, baseline {wanted.strip()}')
            check(right >= int(wanted), f'{kind} {where}: {right} right, baseline {wanted.strip()}')
    for story in ('meridian/2017-07-10-cyber-group.txt', 'cleaned/2017-07-10-cyber-group.txt'):
        counts = gold_names.score(articles, collection, ('person',), 9, story)
        for count in counts.values():
            check(count['right'] == count['gold'], f'{story}: {count["right"]} of {count["gold"]} people right')


def test_aliases(folder, database):
    path = os.path.join(folder, 'aliases')
    with open(path, 'w', encoding='utf-8') as out:
        out.write('Dmitry Peskov = Svetlana Lukash   # nonsense, which must be obeyed\n- Jared Kushner\n')
    before, after = names_of(database), names_of(index(folder, 'aliased', '--aliases', path))
    check(('people', 'Jared Kushner') in before and ('people', 'Jared Kushner') not in after, 'Jared Kushner was not dropped')
    check(('people', 'Svetlana Lukash') not in after, 'Svetlana Lukash was not merged')
    touched = {('people', 'Dmitry Peskov'), ('people', 'Svetlana Lukash'), ('people', 'Jared Kushner')}
    for name in sorted(set(before) | set(after)):
        check(name in touched or before.get(name) == after.get(name),
              f'{name}: {before.get(name)} before, {after.get(name)} with aliases of others')


def main():
    with tempfile.TemporaryDirectory(prefix='dateline-names-') as folder:
        database = index(folder, 'db')
        test_containment(folder, database)
        test_gold(database)
        test_aliases(folder, database)
    print(f'{len(failures)} failures')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
