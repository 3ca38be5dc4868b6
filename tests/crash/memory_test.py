#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs dateline-index with less and less memory, and without room for threads: where it does not suffice, it must say so,
leave the index as it was, and let the next run complete.

    memory_test.py BIN_DIR FAULTS_LIBRARY

The sanitizers reserve more than any limit, so this is not for programs built with one.
"""
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile

from bench import PATIENCE, Bench, invented_article

MB = 2 ** 20
LINES, LARGE = 250, 150  # articles as lines, and in one file
STEPS = 12  # limits that are tried, from one in which the program hardly starts to one that suffices
NEWS = ['news']


def write_sources(bench, change):
    os.makedirs(bench.path('news'), exist_ok=True)
    with open(bench.path('news', 'lines.jsonl'), 'w', encoding='utf-8') as file:
        for number in range(LINES):
            file.write(json.dumps({'id': f'n-{number}', 'text': invented_article(number, change)}) + '\n')
    with open(bench.path('news', 'large.txt'), 'w', encoding='utf-8') as file:
        file.writelines(invented_article(number, change) for number in range(LINES, LINES + LARGE))


def run_within(bench, limit, *arguments):
    """The exit code and what was said, of a run that may have so many bytes of address space."""
    done = subprocess.run([os.path.join(bench.programs, 'dateline-index'), *arguments], cwd=bench.folder, timeout=PATIENCE,
                          check=False, capture_output=True,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    return done.returncode, done.stderr.decode()


def least(suffices):
    """The least limit, to 4 MB, that does."""
    low, high = 0, 1024 * MB
    while high - low > 4 * MB:
        middle = (low + high) // 2
        low, high = (low, middle) if suffices(middle) else (middle, high)
    return high


def says_so(code, message, here):
    assert code == 3, f'{here}: exit {code}: {message}'
    assert message.startswith('dateline-index: error: ') and 'dateline-index: hint: ' in message, f'{here}: {message}'
    assert 'bug' not in message and 'skipped' not in message, f'{here}: {message}'


def with_less_and_less_memory(bench):
    starts = least(lambda limit: run_within(bench, limit, '--version')[0] == 0)
    arguments = ['-q', '-j', '2', '-d', 'db', *NEWS]

    def completes(limit):
        shutil.rmtree(bench.path('db'))
        shutil.copytree(bench.path('old'), bench.path('db'))
        return run_within(bench, limit, *arguments)[0] == 0

    shutil.copytree(bench.path('old'), bench.path('db'), dirs_exist_ok=True)
    enough = least(completes)
    old, failed = bench.answers('old'), 0
    messages = set()
    for step in range(STEPS):
        limit = starts + (enough - starts) * step // STEPS
        here = f'within {limit // MB} MB'
        shutil.rmtree(bench.path('db'))
        shutil.copytree(bench.path('old'), bench.path('db'))
        code, message = run_within(bench, limit, *arguments)
        bench.is_sound('db', here)
        if code != 0:
            says_so(code, message, here)
            messages.add(message.partition('\n')[0])
            assert bench.answers('db') == old, f'{here}: other answers than before'
            failed += 1
    print(f'{starts // MB} MB to start, {enough // MB} MB to complete; of {STEPS} runs between, {failed} did '
          f'not: {sorted(messages)}')
    assert failed >= STEPS // 2, f'only {failed} runs had too little'
    done = bench.index('db', NEWS)
    assert done.returncode == 0, f'the next run: exit {done.returncode}: {done.stderr}'
    bench.is_sound('db', 'the next run')
    bench.is_as_made_anew('db', 'the next run')


def without_room_for_threads(bench):
    """A run has two threads when it finds, two when it writes, and one beside the merging: where one of a pair is missing
    the other does its work."""
    for fault, completes in ((1, False), (2, True), (3, False), (4, True), (5, True)):
        here = f'thread {fault} cannot be made'
        shutil.rmtree(bench.path('db'))
        shutil.copytree(bench.path('old'), bench.path('db'))
        done = bench.run('dateline-index', '-q', '-j', '2', '-d', 'db', *NEWS, LD_PRELOAD=bench.library, THREAD_FAULT=str(fault))
        bench.is_sound('db', here)
        if completes:
            assert done.returncode == 0 and not done.stderr, f'{here}: exit {done.returncode}: {done.stderr}'
            bench.is_as_made_anew('db', here)
        else:
            says_so(done.returncode, done.stderr.decode(), here)
            assert 'no thread can be started' in done.stderr.decode(), done.stderr
            assert bench.answers('db') == bench.answers('old'), f'{here}: other answers than before'


def main():
    with tempfile.TemporaryDirectory(prefix='dateline-memory-') as folder:
        bench = Bench(folder, *(os.path.abspath(argument) for argument in sys.argv[1:3]))
        write_sources(bench, '')
        assert bench.index('old', NEWS).returncode == 0
        write_sources(bench, ' again')
        assert bench.make_anew(NEWS).returncode == 0
        with_less_and_less_memory(bench)
        without_room_for_threads(bench)


main()
