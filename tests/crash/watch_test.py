#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Changes a folder under dateline-index --watch: the index must follow, whatever happens there, until it is stopped.

    watch_test.py BIN_DIR
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE = 240  # seconds until a test is given up
QUEUE = '/proc/sys/fs/inotify/max_queued_events'


class Bench:
    def __init__(self, folder, programs):
        self.folder, self.programs = folder, programs

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, word):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), 'w', encoding='utf-8') as file:
            file.write(f'The harbour\n\nThe {word} of {name} came late on Monday, Mayor Rosalind Penrose said.\n')

    def start(self, *arguments):
        watching = subprocess.Popen([os.path.join(self.programs, 'dateline-index'), '-j', '2', '-d', 'db', '--watch', *arguments],
                                    cwd=self.folder, stderr=subprocess.PIPE, text=True)
        for line in watching.stderr:
            if line.startswith('watching '):
                return watching
        raise AssertionError(f'no watch: exit {watching.wait()}')

    def run(self, program, *arguments):
        return subprocess.run([os.path.join(self.programs, program), '-d', 'db', *arguments], cwd=self.folder, check=False,
                              timeout=PATIENCE, capture_output=True, text=True)

    def found(self, query):
        found = self.run('dateline-query', '-f', 'trec', '-n', '100000', '--group', 'article', query)
        assert found.returncode in (0, 1), f'exit {found.returncode}: {found.stderr}'
        return {line.split()[2] for line in found.stdout.splitlines()}

    def wait_for(self, watching, query, wanted):
        begun = time.monotonic()
        while self.found(query) != set(wanted):
            assert watching.poll() is None, f'{query}: the watch ended: {watching.stderr.read()}'
            assert time.monotonic() - begun < PATIENCE, f'{query}: {sorted(self.found(query))[:5]} and not {sorted(wanted)[:5]}'
            time.sleep(0.05)
        print(f'{query}: {len(wanted)} articles')

    def stop(self, watching):
        watching.send_signal(signal.SIGINT)
        assert watching.wait(timeout=PATIENCE) == 0, watching.stderr.read()
        check = self.run('dateline-index', '--check')
        assert check.returncode == 0, check.stderr


def follows(bench, watching):
    bench.write('news/b.txt', 'ferry')
    bench.wait_for(watching, 'ferry', ['news/b.txt'])
    bench.write('news/a.txt', 'barge')  # written anew
    bench.wait_for(watching, 'barge', ['news/a.txt'])
    bench.write('news/.c.txt.part', 'trawler')  # hidden until it is complete
    os.rename(bench.path('news/.c.txt.part'), bench.path('news/c.txt'))
    bench.wait_for(watching, 'trawler', ['news/c.txt'])
    os.remove(bench.path('news/b.txt'))
    bench.wait_for(watching, 'ferry', [])


def follows_into_new_folders(bench, watching):
    bench.write('news/deep/down/d.txt', 'collier')
    bench.wait_for(watching, 'collier', ['news/deep/down/d.txt'])
    bench.write('news/deep/down/e.txt', 'collier')
    bench.wait_for(watching, 'collier', ['news/deep/down/d.txt', 'news/deep/down/e.txt'])
    os.rename(bench.path('news/deep'), bench.path('news/moved'))
    bench.wait_for(watching, 'collier', ['news/moved/down/d.txt', 'news/moved/down/e.txt'])
    bench.write('news/moved/down/f.txt', 'collier')
    bench.wait_for(watching, 'collier', [f'news/moved/down/{name}.txt' for name in 'def'])
    shutil.rmtree(bench.path('news/moved'))
    bench.wait_for(watching, 'collier', [])


def follows_sources_that_come_and_go(bench, watching):
    bench.write('later/g.txt', 'dredger')  # named, and not there at first
    bench.wait_for(watching, 'dredger', ['later/g.txt'])
    bench.write('later/h.txt', 'dredger')
    bench.wait_for(watching, 'dredger', ['later/g.txt', 'later/h.txt'])
    bench.write('one.txt', 'pinnace')
    bench.wait_for(watching, 'pinnace', ['one.txt'])
    bench.write('other.txt', 'cutter')
    os.replace(bench.path('other.txt'), bench.path('one.txt'))
    bench.wait_for(watching, 'cutter', ['one.txt'])
    bench.wait_for(watching, 'pinnace', [])


def catches_what_was_missed(bench, watching):
    """More happens than the system keeps for a program that does not look."""
    with open(QUEUE, encoding='utf-8') as file:
        files = int(file.read()) // 3 + 500  # made, written and closed
    watching.send_signal(signal.SIGSTOP)
    for number in range(files):
        bench.write(f'news/many/{number % 20}/{number:05}.txt', 'lugger')
    watching.send_signal(signal.SIGCONT)
    bench.wait_for(watching, 'lugger', [f'news/many/{number % 20}/{number:05}.txt' for number in range(files)])
    bench.write('news/many/0/late.txt', 'wherry')
    bench.wait_for(watching, 'wherry', ['news/many/0/late.txt'])


def lets_others_write(bench, watching):
    bench.write('more/i.txt', 'schooner')
    other = bench.run('dateline-index', 'more')
    while other.returncode == 3 and 'is writing this index' in other.stderr:  # an update is under way
        other = bench.run('dateline-index', 'more')
    assert other.returncode == 0, other.stderr
    bench.write('news/j.txt', 'schooner')
    bench.wait_for(watching, 'schooner', ['more/i.txt', 'news/j.txt'])


def main():
    with tempfile.TemporaryDirectory(prefix='dateline-watch-') as folder:
        bench = Bench(folder, os.path.abspath(sys.argv[1]))
        bench.write('news/a.txt', 'tug')
        watching = bench.start('news', 'later', 'one.txt')
        try:
            bench.wait_for(watching, 'tug', ['news/a.txt'])
            for test in (follows, follows_into_new_folders, follows_sources_that_come_and_go, lets_others_write,
                         catches_what_was_missed):
                test(bench, watching)
            bench.stop(watching)
            bench.write('news/k.txt', 'sloop')  # while nobody looks
            watching = bench.start('news', 'later', 'one.txt')
            bench.wait_for(watching, 'sloop', ['news/k.txt'])
            bench.stop(watching)
        finally:
            if watching.poll() is None:
                watching.kill()


main()
