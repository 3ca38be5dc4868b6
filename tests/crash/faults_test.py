#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs dateline-index on a machine that fails it: a disk that does not give back what stands on it, a clock that was set,
a system without room for threads. What could not be read must be named and kept, all else be indexed, and the next run
that nothing disturbs end with the index of one made anew.

    faults_test.py BIN_DIR FAULTS_LIBRARY
"""
import errno
import gzip
import json
import os
import shutil
import sys
import tempfile
import time

from bench import Bench, invented_article

LINES = 100
BROKEN_AT = 100_000  # bytes: in the middle of what is read
NEWS = ['news']


def json_line(number, change=''):
    return json.dumps({'id': f'n-{number}', 'text': invented_article(number, change)}) + '\n'


def write_sources(bench, changed=()):
    """JSON lines, plain and packed, in an array, a large plain file, and small ones in a folder; lines that `changed`
    holds and files that it names with another text."""
    os.makedirs(bench.path('news', 'folder'), exist_ok=True)

    def write(name, text):
        data = text.encode()
        if name.endswith('.gz'):
            data = gzip.compress(data, compresslevel=0, mtime=0)
        if os.path.exists(bench.path('news', name)):
            with open(bench.path('news', name), 'rb') as file:
                if file.read() == data:
                    return
        with open(bench.path('news', name), 'wb') as file:
            file.write(data)

    def lines(first):
        return [json_line(number, ' again' if number in changed else '') for number in range(first, first + LINES)]

    write('lines.jsonl', ''.join(lines(0)))
    write('packed.jsonl.gz', ''.join(lines(LINES)))
    write('array.json', '[\n' + ','.join(lines(2 * LINES)) + ']\n')
    plain = ' again' if 'plain.txt' in changed else ''
    write('plain.txt', ''.join(invented_article(number, plain) for number in range(3 * LINES, 4 * LINES)))
    for number in range(8):
        change = ' again' if f'folder/{number}' in changed else ''
        write(f'folder/{number}', invented_article(4 * LINES + number, change))
    assert bench.make_anew(NEWS).returncode == 0


def ids(first, last):
    return {f'n-{number}' for number in range(first, last)}


def others():
    return {f'news/folder/{number}' for number in range(8)}


EVERYTHING = ids(0, 3 * LINES) | others() | {'news/plain.txt'}


def let_the_clock_tick():
    """Stamps are believed once the clock that sets them has gone on."""
    time.sleep(0.05)


def undisturbed_run_ends_as_ever(bench, database, here):
    bench.is_sound(database, here)
    done = bench.index(database, NEWS)
    assert done.returncode == 0 and not done.stderr, f'{here}: the next run: exit {done.returncode}: {done.stderr}'
    bench.is_sound(database, here)
    bench.is_as_made_anew(database, here)
    assert bench.articles(database) == EVERYTHING, f'{here}: articles after the next run'


def disturbed(bench, database, what, **fault):
    """The lines in which a run that meets `fault` says what it skipped."""
    done = bench.index(database, NEWS, **fault)
    assert done.returncode == 4, f'{what}: exit {done.returncode}: {done.stderr}'
    return done.stderr.decode().splitlines()


# Where the reading of a file ends: how it is told, and the first article that is not known, if a part of the file is.
def unread_files(bench):
    def line_at(name, byte):
        with open(bench.path('news', name), 'rb') as file:
            return file.read(byte).count(b'\n') + 1
    line = line_at('lines.jsonl', BROKEN_AT)
    with gzip.open(bench.path('news', 'packed.jsonl.gz'), 'rb') as file:
        packed = file.read(BROKEN_AT - 200).count(b'\n')
    element = line_at('array.json', BROKEN_AT) - 2
    return [('lines.jsonl', f'news/lines.jsonl:{line}', ids(line - 1, LINES)),
            ('packed.jsonl.gz', f'news/packed.jsonl.gz:{packed + 1}', ids(LINES + packed, 2 * LINES)),
            ('array.json', 'news/array.json', ids(2 * LINES + element, 3 * LINES)),
            ('plain.txt', 'news/plain.txt', {'news/plain.txt'})]


def what_cannot_be_read_is_named_and_all_else_indexed(bench):
    write_sources(bench)
    let_the_clock_tick()
    for name, place, unread in unread_files(bench):
        said = disturbed(bench, f'new-{name}', name, READ_FAULT=f'/{name}:{BROKEN_AT}')
        assert said == [f'skipped {place}: cannot be read from byte {BROKEN_AT} on: Input/output error'], f'{name}: {said}'
        found = bench.articles(f'new-{name}')
        assert found == EVERYTHING - unread, f'{name}: {sorted(found ^ (EVERYTHING - unread))}'
        undisturbed_run_ends_as_ever(bench, f'new-{name}', name)


def what_cannot_be_read_is_not_gone(bench):
    """Articles change before and behind the place where the reading ends."""
    write_sources(bench)
    assert bench.index('old', NEWS).returncode == 0
    changed = {3, LINES - 1, LINES + 3, 2 * LINES - 1, 2 * LINES + 3, 3 * LINES - 1, 'plain.txt', 'folder/1'}
    write_sources(bench, changed)
    let_the_clock_tick()
    new = {f'n-{number}' for number in changed if isinstance(number, int)} | {'news/plain.txt', 'news/folder/1'}
    for name, place, unread in unread_files(bench):
        shutil.copytree(bench.path('old'), bench.path(f'kept-{name}'))
        said = disturbed(bench, f'kept-{name}', name, READ_FAULT=f'/{name}:{BROKEN_AT}')
        assert [line for line in said if line.startswith(f'skipped {place}: ')] == said and said, f'{name}: {said}'
        assert bench.articles(f'kept-{name}') == EVERYTHING, f'{name}: {EVERYTHING - bench.articles(f"kept-{name}")} are lost'
        found = bench.articles(f'kept-{name}', 'again')
        assert found == new - unread, f'{name}: changed: {sorted(found ^ (new - unread))}'
        undisturbed_run_ends_as_ever(bench, f'kept-{name}', name)
        assert bench.articles(f'kept-{name}', 'again') == new
        shutil.rmtree(bench.path(f'kept-{name}'))


def what_the_system_does_not_show_is_not_gone(bench):
    """A folder that is listed in part, and names that cannot be looked up."""
    write_sources(bench)
    denied, broken = errno.EACCES, errno.EIO
    for fault, value, place, why in (('LIST_FAULT', 'news/folder:4', 'news/folder', 'cannot be read: Input/output error'),
                                     ('LIST_FAULT', 'news:0', 'news', 'cannot be opened: Input/output error'),
                                     ('STAT_FAULT', f'news/folder:{broken}', 'news/folder', 'cannot be opened: Input/output error'),
                                     ('STAT_FAULT', f'folder/3:{denied}', 'news/folder/3', 'cannot be opened: Permission denied'),
                                     ('STAT_FAULT', f'plain.txt:{denied}', 'news/plain.txt', 'cannot be opened: Permission denied'),
                                     ('STAT_FAULT', f'news:{broken}', 'news', 'cannot be opened: Input/output error')):
        here = f'{fault}={value}'
        shutil.rmtree(bench.path('db'), ignore_errors=True)
        shutil.copytree(bench.path('old'), bench.path('db'))
        said = disturbed(bench, 'db', here, **{fault: value})
        assert said == [f'skipped {place}: {why}'], f'{here}: {said}'
        assert bench.articles('db') == EVERYTHING, f'{here}: {EVERYTHING - bench.articles("db")} are lost'
        undisturbed_run_ends_as_ever(bench, 'db', here)


# ---- The clock.

DAY = 24 * 3600


def files_opened(bench, database, **setting):
    """Which of the news a run opens; it finds nothing changed."""
    done = bench.index(database, ['--report', 'json', *NEWS], STEPS='news/', STEPS_LOG=bench.path('steps'), **setting)
    assert done.returncode == 0, f'exit {done.returncode}: {done.stderr}'
    articles = json.loads(done.stdout)['articles']
    assert articles['unchanged'] == len(EVERYTHING) and articles['added'] + articles['updated'] + articles['removed'] == 0, articles
    with open(bench.path('steps'), encoding='utf-8') as file:
        return {line.split()[1] for line in file if line.startswith('open ')}


def times_that_cannot_be_are_believed_in_the_end(bench):
    """Files from the future, from before 1970, and a clock that was set back by days: they are not read again for ever."""
    write_sources(bench)
    plain = {'news/lines.jsonl', 'news/packed.jsonl.gz', 'news/array.json', 'news/plain.txt'}
    now = time.time()
    for path, at in zip(sorted(plain), (now + 3600, now + 365 * DAY, -365 * DAY, 2 ** 33)):
        os.utime(bench.path(path), (at, at))
    let_the_clock_tick()
    for ahead in (0, -2 * DAY, 2 * DAY):
        database = f'times{ahead}'
        assert bench.index(database, NEWS, CLOCK_AHEAD=str(ahead)).returncode == 0
        opened = files_opened(bench, database, CLOCK_AHEAD=str(ahead)) & plain
        assert not opened, f'{ahead} seconds ahead: {sorted(opened)} are read again'
    # Set back by an hour, the clock comes to the times of these changes once more.
    assert bench.index('hour', NEWS, CLOCK_AHEAD='-3600').returncode == 0
    for _ in range(2):
        assert files_opened(bench, 'hour', CLOCK_AHEAD='-3600') >= plain
    files_opened(bench, 'hour')
    assert not files_opened(bench, 'hour') & plain, 'still not believed an hour later'


def no_change_is_missed_whatever_its_time(bench):
    write_sources(bench)
    path = bench.path('news', 'folder', '3')
    at = int(time.time()) * 10 ** 9 - 3600 * 10 ** 9

    def rewrite(text, when, replaced=False):
        fresh = path + '.tmp' if replaced else path
        with open(fresh, 'w', encoding='utf-8') as file:
            file.write(text)
        os.utime(fresh, ns=(when, when))
        if replaced:
            os.rename(fresh, path)

    rewrite('The harbour was quiet.\n', at)
    let_the_clock_tick()
    assert bench.index('changes', NEWS).returncode == 0
    for clock in (0, -3600, -2 * DAY, 2 * DAY):
        for what, text, when, replaced in (
                ('an older file', 'The lagoons were quiet.\n', at - 10 ** 9, False), ('the same time', 'The estuary was very quiet.\n', at - 10 ** 9, False),
                ('the same time and size', 'The estuary was very noisy.\n', at - 10 ** 9, False),
                ('the same time and size, another file', 'The channel was very quiet.\n', at - 10 ** 9, True),
                ('the first again', 'The harbour was quiet.\n', at, False)):
            here = f'{what}, the clock {clock} seconds ahead'
            rewrite(text, when, replaced)
            # The first run may be too near to the change, the second is not.
            for _ in range(2):
                done = bench.index('changes', NEWS, CLOCK_AHEAD=str(clock))
                assert done.returncode == 0, f'{here}: {done.stderr}'
                found = bench.articles('changes', '"' + text.strip() + '"')
                assert found == {'news/folder/3'}, f'{here}: {found}'
                let_the_clock_tick()


def main():
    with tempfile.TemporaryDirectory(prefix='dateline-faults-') as folder:
        bench = Bench(folder, *(os.path.abspath(argument) for argument in sys.argv[1:3]))
        what_cannot_be_read_is_named_and_all_else_indexed(bench)
        what_cannot_be_read_is_not_gone(bench)
        what_the_system_does_not_show_is_not_gone(bench)
        times_that_cannot_be_are_believed_in_the_end(bench)
        no_change_is_missed_whatever_its_time(bench)


main()
