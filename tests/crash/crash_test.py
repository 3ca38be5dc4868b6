#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Kills dateline-index at every call that makes, renames, syncs, cuts or removes something, and in writings chosen at
random, or lets that call fail as on a full disk: the index must hold what was last committed, pass its check, and be
brought up to date by the next run.

    crash_test.py BIN_DIR KILL_POINTS_LIBRARY
"""
import os
import random
import shutil
import sys
import tempfile

from bench import Bench

MIN_POINTS = 200
MAX_WRITES = 40


def synced_before_the_commit(calls, database):
    """What the manifest names but was not on disk when it was renamed, by the order of calls."""
    dirty = set()
    for line in calls:
        call, _, path = line.partition(' ')
        if call == 'write':
            dirty.add(path)
        elif call in ('fsync', 'fdatasync'):
            dirty.discard(path)
        elif call == 'rename' and path.endswith('/XAPIANDB'):
            return sorted(one for one in dirty if 'waiting-' not in one and '.facts' not in one and not one.endswith('lock')
                          and '.copy-' not in one and database in one)
    raise AssertionError('no commit')


def was_killed(run, here):
    assert run.returncode == -9, f'{here}: not killed: exit {run.returncode}'


def has_failed(run, here):
    """Or went on, where what failed was of no account."""
    assert run.returncode in (0, 3), f'{here}: exit {run.returncode}: {run.stderr}'
    told = b'dateline-index: error: ' in run.stderr and b'dateline-index: hint: ' in run.stderr
    assert told == (run.returncode == 3), f'{here}: {run.stderr}'


def disturb_everywhere(bench, arguments, dice, setting, has_ended_so):
    """Runs with `arguments` over copies of the index "old", disturbed at one point each as `setting` says; returns how
    many points."""
    what = ' '.join(arguments)
    old = bench.answers('old')
    shutil.rmtree(bench.path('undisturbed'), ignore_errors=True)
    shutil.copytree(bench.path('old'), bench.path('undisturbed'))
    counted = bench.index('undisturbed', arguments, KILL_COUNTS=bench.path('counts'))
    assert counted.returncode == 0, counted.stderr
    new = bench.answers('undisturbed')
    assert new != old
    with open(bench.path('counts'), encoding='utf-8') as file:
        names, writes = (int(number) for number in file.read().split())
    with open(bench.path('counts.calls'), encoding='utf-8') as file:
        unsynced = synced_before_the_commit(file.read().splitlines(), 'undisturbed')
    assert not unsynced, f'{what}: not on disk before the commit: {unsynced}'
    points = [f'name:{number}' for number in range(1, names + 1)]
    points += [f'write:{number}' for number in sorted(dice.sample(range(1, writes + 1), min(writes, MAX_WRITES)))]
    kept = replaced = 0
    for point in points:
        here = f'{what}: {setting}={point}'
        shutil.rmtree(bench.path('db'), ignore_errors=True)
        shutil.copytree(bench.path('old'), bench.path('db'))
        run = bench.index('db', arguments, **{setting: point})
        has_ended_so(run, here)
        found = bench.answers('db')
        kept += found == old
        replaced += found == new
        assert found == new or (found == old and run.returncode != 0), f'{here}: exit {run.returncode}: answers of neither state'
        check = bench.run('dateline-index', '--check', '-d', 'db')
        assert check.returncode == 0, f'{here}: {check.stderr}'
        again = bench.index('db', arguments)
        assert again.returncode in (0, 4), f'{here}: the next run: {again.stderr}'  # 4: what is forgotten already
        assert bench.answers('db') == new, f'{here}: answers after the next run'
        bench.is_sound('db', f'{here}: after the next run')
    print(f'{what}: {setting}: {len(points)} points, {names} of them names, {writes} writings in all; '
          f'{kept} kept the old state, {replaced} had the new one')
    assert kept >= 30 and replaced >= 2
    return len(points)


def main():
    programs, library = (os.path.abspath(argument) for argument in sys.argv[1:3])
    seed = int(os.environ.get('DATELINE_TEST_SEED', '20170710'))
    print(f'seed {seed}')
    with tempfile.TemporaryDirectory(prefix='dateline-crash-') as folder:
        bench = Bench(folder, programs, library)
        for name in ('news', 'more'):
            os.mkdir(bench.path(name))
        for number in range(12):
            bench.write(number)
        assert bench.index('old', ['news']).returncode == 0
        # Some articles change, one leaves, some come, and some from elsewhere.
        for number in (3, 8):
            bench.write(number, ' again')
        os.remove(bench.path('news', '05.txt'))
        for number in (12, 13, 14):
            bench.write(number)
            bench.write(number + 5, folder='more')
        points = sum(disturb_everywhere(bench, arguments, random.Random(seed), 'KILL_AT', was_killed)
                     for arguments in (['news'], ['--forget', 'news', 'more'], ['--rebuild', 'more', 'news']))
        assert points >= MIN_POINTS, f'only {points} points'
        for arguments in (['news'], ['--rebuild', 'more', 'news']):
            disturb_everywhere(bench, arguments, random.Random(seed), 'FAIL_AT', has_failed)


main()
