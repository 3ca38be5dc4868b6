#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Stops dateline-index by SIGINT and SIGTERM in the middle of its work: the first so many of what was found must be in
the index, what else was found wait there for the next run, and the last one end with the index of an undisturbed run.

    stop_test.py BIN_DIR
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from bench import invented_article

LINES, FILES = 5000, 2000
MOST = 10000  # hits of a query
PATIENCE = 120  # seconds until a test is given up
QUERIES = ['karemo', 'seldan finre', '+"was lost" +takou', 'person:penrose +brika', 'date:2017-07-03 +finre', 'said:penrose +tiou']


class Bench:
    def __init__(self, folder, programs):
        self.folder, self.programs = folder, programs

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write_sources(self, change=''):
        """One half as lines, the other as files."""
        os.makedirs(self.path('news'), exist_ok=True)
        with open(self.path('news', 'a.jsonl'), 'w', encoding='utf-8') as file:
            for number in range(LINES):
                file.write(json.dumps({'id': f'n-{number}', 'text': invented_article(number, change if number % 3 == 0 else '')}) + '\n')
        for number in range(LINES, LINES + FILES):
            with open(self.path('news', f'{number:05}.txt'), 'w', encoding='utf-8') as file:
                file.write(invented_article(number, change if number % 3 == 0 else ''))

    def command(self, database, *arguments):
        return [os.path.join(self.programs, 'dateline-index'), '-q', '-j', '2', '-d', database, *arguments]

    def index(self, database, *arguments):
        done = subprocess.run(self.command(database, *arguments), cwd=self.folder, timeout=PATIENCE, check=False,
                              capture_output=True)
        assert done.returncode == 0, f'{arguments}: exit {done.returncode}: {done.stderr}'

    def start(self, file, database, *arguments):
        """Starts a run; returns it once there is a file of this name in the index."""
        run = subprocess.Popen(self.command(database, *arguments), cwd=self.folder, stderr=subprocess.PIPE)
        begun = time.monotonic()
        while run.poll() is None and not os.path.exists(self.path(database, file.format(pid=run.pid))):
            assert time.monotonic() - begun < PATIENCE, f'no {file}'
            time.sleep(0.002)
        return run

    def stop(self, database, batches, by, *arguments):
        """Stops a run once it has begun to write its batch of this number; returns its exit code and message."""
        building = 'building-{pid}/building-{pid}' if '--rebuild' in arguments else 'building-{pid}'
        run = self.start(f'{building}/waiting-{batches:06}', database, *arguments)
        run.send_signal(by)
        _, message = run.communicate(timeout=PATIENCE)
        return run.returncode, message.decode()

    def query(self, database, *arguments):
        found = subprocess.run([os.path.join(self.programs, 'dateline-query'), '-d', database, *arguments], cwd=self.folder,
                               timeout=PATIENCE, check=False, capture_output=True)
        assert found.returncode in (0, 1), f'exit {found.returncode}: {found.stderr}'
        return found.stdout.decode()

    def answers(self, database):
        with open(self.path('queries'), 'w', encoding='utf-8') as file:
            file.writelines(query + '\n' for query in QUERIES)
        found = self.query(database, '-f', 'json', '-n', str(MOST), '--explain', '--batch', 'queries')
        answers = []
        for answer in map(json.loads, found.splitlines()):
            assert answer['total'] < MOST, f"{answer['query']}: {answer['total']} hits"
            # Scores are sums over segments, and may differ in their last digits. What the second look adds is left out:
            # it reads the first hits, and which of many equal ones these are depends on the segments they stand in.
            hits = [(hit['article_id'], hit['passage'], hit['text'], hit['people'], hit['quotes'],
                     *(round(hit['explanation'][part], 3) for part in ('passage', 'article'))) for hit in answer['hits']]
            answers.append((answer['query'], answer['total'], sorted(hits, key=str)))
        return answers

    def articles(self, database, query):
        """The articles that `query` finds, numbered in source order."""
        found = self.query(database, '-f', 'trec', '-n', '10000', '--group', 'article', query)
        names = [line.split()[2] for line in found.splitlines()]
        return {int(name.rpartition('-')[2].rpartition('/')[2].removesuffix('.txt')) for name in names}

    def is_sound(self, database, after_stop=False):
        """Returns how many batches wait for the next run."""
        check = subprocess.run(self.command(database, '--check'), cwd=self.folder, timeout=PATIENCE, check=False,
                               capture_output=True)
        assert check.returncode == 0, check.stderr
        with open(self.path(database, 'XAPIANDB'), encoding='utf-8') as manifest:
            segments = [line.split()[1] for line in manifest if line.startswith('auto ')]
        left = sorted(os.listdir(self.path(database)))
        waiting = [one for one in left if after_stop and one.startswith('building-')]
        assert left == sorted(['XAPIANDB', 'lock', *segments, *waiting]), f'left over: {left}'
        found = [file for folder in waiting for file in os.listdir(self.path(database, folder))]
        assert all(file.startswith('found-') for file in found), f'left over: {found}'
        assert len(waiting) == (1 if found else 0), f'left over: {waiting}'
        return len(found)


def in_source_order():
    """Numbers of the articles: names of digits stand before a.jsonl."""
    return [*range(LINES, LINES + FILES), *range(LINES)]


def stops_and_goes_on(bench):
    order, held, stops, waited = in_source_order(), 0, 0, 0
    for batches, by in ((0, signal.SIGINT), (1, signal.SIGTERM), (2, signal.SIGINT), (1, signal.SIGINT)):
        code, message = bench.stop('db', batches, by, 'news')
        if code == 0:
            break
        assert code == 128 + by, f'exit {code}: {message}'
        assert 'stopped; what was found and is not in the index yet waits for the next run' in message, message
        waited += bench.is_sound('db', after_stop=True)
        found = bench.articles('db', 'harbour')
        assert found == set(order[:len(found)]), 'not the first so many of the sources'
        assert len(found) >= held, f'{len(found)} articles after {held}'
        stops += len(found) > held and len(found) < len(order)
        print(f'stopped by {by.name} at {len(found)} articles of {len(order)}')
        held = len(found)
    assert stops >= 2, f'only {stops} stops left a part'
    assert waited > 0, 'nothing waited for the next run'
    bench.index('db', 'news')
    bench.is_sound('db')
    bench.index('undisturbed', 'news')
    assert bench.articles('db', 'harbour') == set(order)
    for found, wanted in zip(bench.answers('db'), bench.answers('undisturbed')):
        wrong = [one for one in found[2] if one not in wanted[2]][:1], [one for one in wanted[2] if one not in found[2]][:1]
        assert found == wanted, f'{found[:2]} and not {wanted[:2]}: {wrong}'


def stops_an_update(bench):
    bench.write_sources(' again')
    code, message = bench.stop('db', 1, signal.SIGINT, 'news')
    assert code == 130, f'exit {code}: {message}'
    bench.is_sound('db', after_stop=True)
    order = [number for number in in_source_order() if number % 3 == 0]
    changed = bench.articles('db', 'again')
    print(f'stopped at {len(changed)} changed articles of {len(order)}')
    assert changed == set(order[:len(changed)]) and 0 < len(changed) < len(order)
    assert len(bench.articles('db', 'harbour')) == LINES + FILES, 'articles were lost'
    bench.index('db', 'news')
    shutil.rmtree(bench.path('undisturbed'))
    bench.index('undisturbed', 'news')
    assert bench.articles('db', 'again') == set(order)
    assert [answer[1] for answer in bench.answers('db')] == [answer[1] for answer in bench.answers('undisturbed')]


def stops_a_rebuilding(bench):
    old = bench.answers('db')
    code, message = bench.stop('db', 1, signal.SIGTERM, '--rebuild', 'news')
    assert code == 143 and 'the index is as it was' in message, f'exit {code}: {message}'
    bench.is_sound('db')
    assert bench.answers('db') == old


def commits_as_it_goes(bench):
    """With little memory a run commits often, and neither a stop nor a kill takes what was committed."""
    order = in_source_order()
    for by, codes in ((signal.SIGINT, [130]), (signal.SIGKILL, [-9])):
        run = bench.start('XAPIANDB', 'large', '--memory', '64M', 'news')
        run.send_signal(by)
        run.communicate(timeout=PATIENCE)
        assert run.returncode in codes, f'exit {run.returncode}'
        found = bench.articles('large', 'harbour')
        print(f'ended by {by.name} after the first commit, at {len(found)} articles of {len(order)}')
        assert found == set(order[:len(found)]) and 0 < len(found) < len(order)
        if by == signal.SIGKILL:
            bench.index('large', '--memory', '64M', 'news')
            bench.is_sound('large')
            assert bench.answers('large') == bench.answers('undisturbed')
        shutil.rmtree(bench.path('large'))


def ends_at_once_when_told_twice(bench):
    old = bench.answers('db')
    bench.write_sources(' once more')
    run = bench.start('building-{pid}/waiting-000004', 'db', 'news')
    begun = time.monotonic()
    while run.poll() is None:  # signals that come together are one
        assert time.monotonic() - begun < PATIENCE, 'goes on'
        run.send_signal(signal.SIGINT)
        time.sleep(0.05)
    run.communicate(timeout=PATIENCE)
    assert run.returncode == -signal.SIGINT, f'exit {run.returncode}'
    assert bench.answers('db') == old
    bench.index('db', 'news')
    bench.is_sound('db')
    assert len(bench.articles('db', '"once more"')) == len([number for number in in_source_order() if number % 3 == 0])


def main():
    with tempfile.TemporaryDirectory(prefix='dateline-stop-') as folder:
        bench = Bench(folder, os.path.abspath(sys.argv[1]))
        bench.write_sources()
        stops_and_goes_on(bench)
        commits_as_it_goes(bench)
        stops_an_update(bench)
        stops_a_rebuilding(bench)
        ends_at_once_when_told_twice(bench)


main()
