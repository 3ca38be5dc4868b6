#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs dateline-index over a folder that changes while it is read: at chosen steps of its reading, and by somebody who
writes, removes, renames and replaces things all the time. The run must end in good order, and the next one, when all is
quiet, with the index that is made anew.

    changing_test.py BIN_DIR FAULTS_LIBRARY
"""
import gzip
import json
import os
import random
import shutil
import stat
import sys
import tempfile
import threading

from bench import Bench, invented_article

NEWS = ['news']
CASES = 45  # changes at a step
ROUNDS = 6  # runs beside somebody who changes things
# What may become of the file or folder that the run is about to look at or to open. Some of it fails, say on a folder.
CHANGES = [
    'rm -rf "$STEP_PATH"',
    'mv "$STEP_PATH" "$STEP_PATH.moved.txt"',
    'mv "$STEP_PATH" elsewhere',
    'test -f "$STEP_PATH" && : > "$STEP_PATH"',
    'test -f "$STEP_PATH" && truncate -s 700 "$STEP_PATH"',
    'test -f "$STEP_PATH" && cat long.txt >> "$STEP_PATH"',
    'test -f "$STEP_PATH" && cp long.txt "$STEP_PATH"',
    'rm -rf "$STEP_PATH"; mkdir "$STEP_PATH"; cp long.txt "$STEP_PATH/inside.txt"',
    'rm -rf "$STEP_PATH"; ln -s ../long.txt "$STEP_PATH"',
    'rm -rf "$STEP_PATH"; ln -s nowhere "$STEP_PATH"',
    'rm -rf "$STEP_PATH"; ln -s . "$STEP_PATH"',
    'rm -rf "$STEP_PATH"; mkfifo "$STEP_PATH"',
    'cp long.txt news/0.txt; cp long.txt news/zz.txt; cp long.txt "$(dirname "$STEP_PATH")/new"',
    'rm -rf news/folder; mkdir -p news/other/deep; mv news/*.txt news/other/deep',
    'mv news away; mkdir news; cp -r away/. news; rm -rf away',
]


def write_sources(bench, change=''):
    shutil.rmtree(bench.path('news'), ignore_errors=True)
    shutil.rmtree(bench.path('elsewhere'), ignore_errors=True)
    os.makedirs(bench.path('news', 'folder', 'deep'))
    for name, number in (('a.txt', 0), ('b.txt', 1), ('plain', 2), ('folder/c.txt', 3), ('folder/d', 4), ('folder/deep/e.txt', 5)):
        with open(bench.path('news', name), 'w', encoding='utf-8') as file:
            file.write(invented_article(number, change if number % 2 else ''))
    lines = ''.join(json.dumps({'id': f'n-{number}', 'text': invented_article(number, change if number % 2 else '')}) + '\n'
                    for number in range(10, 30)).encode()
    with open(bench.path('news', 'lines.jsonl'), 'wb') as file:
        file.write(lines)
    with open(bench.path('news', 'folder', 'packed.jsonl.gz'), 'wb') as file:
        file.write(gzip.compress(lines.replace(b'"n-', b'"p-'), mtime=0))


def quiet_run_ends_as_made_anew(bench, here):
    made = bench.make_anew(NEWS)
    done = bench.index('db', NEWS)
    assert (done.returncode, done.stderr) == (made.returncode, made.stderr), f'{here}: {done} and not {made}'
    assert done.returncode in (0, 4), f'{here}: exit {done.returncode}: {done.stderr}'
    bench.is_sound('db', here)
    bench.is_as_made_anew('db', here)


def changes_at_a_step(bench, dice):
    """Each of CHANGES at some steps, over a new index and over one that is brought up to date."""
    with open(bench.path('long.txt'), 'w', encoding='utf-8') as file:
        file.writelines(invented_article(number, ' at great length') for number in range(100, 105))
    write_sources(bench)
    assert bench.index('old', NEWS, STEPS='news', STEPS_LOG=bench.path('steps')).returncode == 0
    with open(bench.path('steps'), encoding='utf-8') as file:
        steps = [number for number, line in enumerate(file, 1) if line.split()[1] != 'news' and not line.endswith('/XAPIANDB\n')]
    assert len(steps) >= 20, f'only {len(steps)} steps'
    noticed = 0
    for case in range(CASES):
        change, step, updates = CHANGES[case % len(CHANGES)], dice.choice(steps), case % 3 > 0
        here = f'{change} at step {step}{" of an update" if updates else ""}'
        shutil.rmtree(bench.path('db'), ignore_errors=True)
        if updates:
            shutil.copytree(bench.path('old'), bench.path('db'))
        write_sources(bench, ' again' if updates else '')
        done = bench.index('db', NEWS, STEPS='news', CHANGE_AT=str(step), CHANGE=f'({change}) 2> /dev/null || true')
        assert done.returncode in (0, 4), f'{here}: exit {done.returncode}: {done.stderr}'
        assert (done.returncode == 4) == (b'skipped ' in done.stderr), f'{here}: exit {done.returncode}: {done.stderr}'
        noticed += done.returncode == 4
        bench.is_sound('db', here)
        quiet_run_ends_as_made_anew(bench, here)
    print(f'{CASES} changes at {len(steps)} steps; {noticed} runs had to skip something')
    assert noticed >= 4, f'only {noticed} changes were met'


class Churn(threading.Thread):
    """Changes the news until stopped."""

    def __init__(self, bench, seed):
        super().__init__()
        self.bench, self.dice, self.changes, self.stopped = bench, random.Random(seed), 0, threading.Event()

    def run(self):
        while not self.stopped.is_set():
            try:
                self.change()
                self.changes += 1
            except OSError:  # a file where a folder should be, or nothing
                pass
            self.stopped.wait(0.0005)  # leaves room for the run on one core

    def stop(self):
        self.stopped.set()
        self.join()

    def name(self):
        folder = self.dice.choice(['', '', 'folder/', 'folder/deep/'])
        return self.bench.path('news', folder + self.dice.choice(['{}.txt', '{}.txt', '{}', '{}.jsonl']).format(self.dice.randrange(12)))

    def change(self):
        name, kind = self.name(), self.dice.randrange(12)
        text = invented_article(self.dice.randrange(1000))
        if name.endswith('.jsonl'):
            text = json.dumps({'text': text}) + '\n'
        if kind < 3:
            file = os.open(name, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o644)  # it may be a pipe
            os.write(file, text.encode())
            os.close(file)
        elif kind < 5:
            with open(name + '.part', 'w', encoding='utf-8') as file:
                file.write(text)
            os.rename(name + '.part', name)
        elif kind == 5:
            os.rename(name, self.name())
        elif kind == 6:
            os.truncate(name, self.dice.randrange(1000))
        elif kind == 7:
            os.chmod(name, self.dice.choice([0, 0o644]))
        elif kind == 8:
            os.symlink(self.dice.choice(['nowhere', '.', '../news', '0.txt']), name)
        elif kind == 9:
            os.mkfifo(name)
        elif kind == 10:
            os.mkdir(name)
        elif os.path.isdir(name):
            os.rmdir(name)
        else:
            os.unlink(name)


def allow_everything(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            if stat.S_ISREG(os.lstat(path).st_mode):
                os.chmod(path, 0o644)


def changes_all_the_time(bench, dice):
    write_sources(bench)
    shutil.rmtree(bench.path('db'), ignore_errors=True)
    changes = 0
    for number in range(ROUNDS):
        churn = Churn(bench, dice.random())
        churn.start()
        try:
            done = bench.index('db', NEWS)
        finally:
            churn.stop()
        changes += churn.changes
        here = f'round {number}'
        assert done.returncode in (0, 4), f'{here}: exit {done.returncode}: {done.stderr}'
        bench.is_sound('db', here)
        allow_everything(bench.path('news'))
        quiet_run_ends_as_made_anew(bench, here)
    print(f'{ROUNDS} runs beside {changes} changes')
    assert changes >= ROUNDS, f'only {changes} changes'


def main():
    seed = int(os.environ.get('DATELINE_TEST_SEED', '20170710'))
    print(f'seed {seed}')
    with tempfile.TemporaryDirectory(prefix='dateline-changing-') as folder:
        bench = Bench(folder, *(os.path.abspath(argument) for argument in sys.argv[1:3]))
        changes_at_a_step(bench, random.Random(seed))
        changes_all_the_time(bench, random.Random(seed))


main()
