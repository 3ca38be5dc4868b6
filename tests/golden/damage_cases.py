#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The index as a thing that is locked, damaged, foreign, killed half-way or out of room."""
import fcntl
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import zlib

from harness import SANITIZERS, Skip, case
from index_cases import NEWS
from query_cases import news

QUERIES = ['cyber security group', 'ferry fire', '"working group"', 'secur*', 'title:ferry', 'date:2018', 'outlet:meridian bank',
           'painting -stolen', 'harbour NEAR/5 master', 'the', 'Юрченко', 'cod quota 2020 tonnes', 'person:penrose',
           'place:harwick* -person:may', 'person:"Rosalind Penrose" ferry', 'org:assembly']
PARTS = 16  # moments at which a run is killed
BIG = ['strike', 'harbour market', '"the budget"', 'quay*', 'xyzzy']


def refuses(t, database, what, words=()):
    """All three ways to use an unusable index end with 3, a message and a hint, and leave it as it is."""
    before = snapshot(t, database)
    for run in (t.query('-d', database, 'putin'), t.index('-d', database, '--check'), t.index('-d', database, 'news')):
        t.expect_error(run, 3, 'hint: ', *words)
        t.expect(not run.out, f'{what}: {run.line}: stdout is {run.out!r}')
    t.expect_equal(snapshot(t, database), before, f'{what}: files after the refusal')


def snapshot(t, database):
    """Names and checksums of an index's files but for the lock."""
    found = {}
    for folder, _, names in os.walk(t.path(database)):
        for name in names:
            if name != 'lock':
                with open(os.path.join(folder, name), 'rb') as file:
                    found[os.path.relpath(os.path.join(folder, name), t.path(database))] = zlib.crc32(file.read())
    return found


def rebuild_mends(t, database, what):
    run = t.index('-d', database, '--rebuild', '-q', 'news')
    t.expect(run.code == 0 and run.err == b'', f'{what}: --rebuild: exit {run.code}\n{run.errors}')
    t.expect_code(t.index('-d', database, '--check'), 0)
    t.expect('levy' in t.query('-d', database, 'levy').text, f'{what}: found after --rebuild')
    t.expect(t.is_tidy(database), f'{what}: files after --rebuild: {t.listing(database)}')


# ---- --check and faults that are plain.

@case
def check_good_index(t):
    news(t)
    t.show(t.index('-d', 'db', '--check'), 0)
    t.show(t.index('-d', 'db', '--check', '--verbose'), 0)


@case
def damaged_manifest_exits_3(t):
    news(t)
    manifests = {
        'empty': b'', 'only a comment': b'# Dateline index\n', 'leads out': b'auto ../../etc\n', 'absolute': b'auto /etc\n',
        'leads out by dots': b'auto segment-1/../../etc\n', 'another type': b'remote localhost:1\n', 'inmemory': b'inmemory\n',
        'not a name of ours': b'auto articles\n', 'no number': b'auto segment-\n', 'a minus': b'auto segment--1\n',
        'bytes': bytes(range(256)), 'NUL': b'auto segment-1\0\n', 'blank in front': b' auto segment-1\n',
        'blank behind': b'auto segment-1 \n', 'cut off': b'auto segm', 'huge': b'auto segment-1' * 100_000,
        'missing segment': b'auto segment-7\n', 'huge number': b'auto segment-99999999999999999999999\n',
        'one of two missing': b'auto segment-1\nauto segment-7\n', 'the newest left out': b'auto segment-1\n', 'a line too many': b'auto segment-1\nnonsense\n',
        'twice the same': b'auto segment-1\nauto segment-1\n'}
    for what, content in manifests.items():
        t.copy('db', 'damaged')
        t.write('damaged/XAPIANDB', content)
        refuses(t, 'damaged', f'manifest: {what}')
        rebuild_mends(t, 'damaged', f'manifest: {what}')
    t.write('db/XAPIANDB', b'auto ../../etc\n')
    t.show(t.query('-d', 'db', 'putin'), 3)
    t.show(t.index('-d', 'db', '--check'), 3)
    t.show(t.index('-d', 'db', 'news'), 3)


@case
def missing_or_cut_files_exit_3(t):
    news(t)
    size = os.path.getsize(t.segment('db'))
    for file, keep in (('postlist.glass', None), ('postlist.glass', 0), ('postlist.glass', size // 2), ('postlist.glass', size - 1),
                       ('postlist.glass', 100), ('iamglass', None), ('iamglass', 0), ('iamglass', 20), ('iamglass', 60)):
        t.copy('db', 'damaged')
        path = t.segment('damaged', file)
        if keep is None:
            os.remove(path)
        else:
            os.truncate(path, keep)
        what = f'{file} {"missing" if keep is None else f"cut to {keep} bytes"}'
        t.expect_error(t.index('-d', 'damaged', '--check'), 3, 'hint: ')
        run = t.query('-d', 'damaged', '-f', 'json', 'levy')
        t.expect(run.code == 3 or (run.code == 0 and 'ga-1' in run.text), f'{what}: query ends with {run.code}\n{run.errors}')
        rebuild_mends(t, 'damaged', what)
    t.copy('db', 'damaged')
    shutil.rmtree(t.path('damaged/segment-1'))
    refuses(t, 'damaged', 'no segment folder')
    t.write('damaged/segment-1', 'a file where a folder should be')
    refuses(t, 'damaged', 'a file instead of the segment folder')
    rebuild_mends(t, 'damaged', 'a file instead of the segment folder')


@case
def damaged_index_messages(t):
    news(t)
    t.copy('db', 'cut')
    os.truncate(t.segment('cut'), 4000)
    t.copy('db', 'gone')
    shutil.rmtree(t.path('gone/segment-1'))
    t.copy('db', 'text')
    t.write('text/segment-1/iamglass', 'nothing that Xapian knows')
    for database in ('cut', 'gone', 'text'):
        t.show(t.index('-d', database, '--check'), 3)
    for database in ('gone', 'text'):
        t.show(t.query('-d', database, 'levy'), 3)
        t.show(t.index('-d', database, 'news'), 3)
    t.show(t.index('-d', 'cut', '--rebuild', 'news'), 0)


# ---- Overwritten bytes, anywhere.

# A sanitizer would end a crash in libxapian with the code of a bug of ours.
SIGNALS_AS_THEY_ARE = {'ASAN_OPTIONS': SANITIZERS['ASAN_OPTIONS'] + ':handle_segv=0:handle_sigbus=0'}


@case
def flipped_bytes_are_noticed_or_do_no_harm(t):
    """--check never ends by a signal, and says 3, or else every answer is what it was.

    dateline-query looks at no checksum but that of the version file: reading all of an index before each query would
    cost more than the query. It says 3 where it comes upon the damage. Xapian 1.4 follows what stands in the head of a
    B-tree block unchecked, and a few bytes there make it crash or run on for ever: borne here for one run in ten.
    """
    t.use_corpus()
    t.build('db', 'articles')
    good = t.answers('db', QUERIES)
    whole = [open(t.segment('db', newest=newest), 'rb').read() for newest in (False, True)]
    dice = random.Random(20170710)
    places = [(False, at) for at in dice.sample(range(len(whole[0])), 40)]
    # Not by chance alone: the tree's root, the facts, a text, a list of postings, names and what leads to them.
    for newest, mark in ((False, b'dateline.schema'), (False, b'dateline.counts'), (False, b'dateline.analyzer'),
                         (False, b'\x28\xb5\x2f\xfd'), (False, b'ferri'), (False, b'XProsalind penrose'),
                         (True, b'nfprosalind penrose'), (True, b'nwppenrose'), (True, b'Rosalind Penrose')):
        at = whole[newest].find(mark)
        t.expect(at >= 0, f'{mark!r} is not in the index')
        places += [(newest, at + away) for away in (-2, 1, len(mark) + 2, len(mark) + 40)]
    places += [(False, at) for at in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 8192, 8196, 8198, 16390)]
    unnoticed, lost, bad = [], [], []
    for number, (newest, at) in enumerate(places):
        t.copy('db', 'flipped')
        with open(t.segment('flipped', newest=newest), 'r+b') as file:
            file.seek(at)
            file.write(bytes([whole[newest][at] ^ (0xFF if number % 2 else 1 << dice.randrange(8))]))
        check = t.index('-d', 'flipped', '--check')
        t.expect(check.code in (0, 3), f'byte {at}: --check ends with {check.code}\n{check.errors}')
        query = t.query('-d', 'flipped', '-f', 'json', '--batch', '-', stdin='\n'.join(QUERIES).encode(), any_end=True,
                        env=SIGNALS_AS_THEY_ARE, timeout=20 if check.code else 300)
        if query.code not in (0, 1, 3):
            (bad if query.code == 70 else lost).append((at, query.code))
        if check.code == 0:
            same = query.code == 0 and len(query.json) == len(good)
            for found, wanted in zip(query.json if same else [], good):
                same = same and {**found, 'elapsed_ms': 0} == wanted
            if not same:
                unnoticed.append(at)
    t.expect(not unnoticed, f'{len(unnoticed)} of {len(places)} changed bytes are not noticed by --check, but change answers: '
                            f'{unnoticed}')
    t.expect(not bad, f'a query took the damage for a bug: {bad}')
    t.expect(len(lost) <= len(places) // 10, f'queries that ended by a signal or not at all: {lost}')


@case
def check_notices_every_changed_byte(t):
    """--check goes by checksums: no byte may pass that is not what was written."""
    news(t)
    for file in ('postlist.glass', 'iamglass', 'checksums'):
        whole = open(t.segment('db', file), 'rb').read()
        step = max(1, len(whole) // 40)
        for at in range(step // 2, len(whole), step):
            with open(t.segment('db', file), 'wb') as out:
                out.write(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1:])
            t.expect_error(t.index('-d', 'db', '--check'), 3, 'hint: ')
        with open(t.segment('db', file), 'wb') as out:
            out.write(whole)
    t.expect_code(t.index('-d', 'db', '--check'), 0)
    with open(t.segment('db'), 'r+b') as file:
        file.seek(-1, os.SEEK_END)
        file.write(b'x')
    t.show(t.index('-d', 'db', '--check'), 3)
    os.remove(t.segment('db', 'checksums'))
    t.show(t.index('-d', 'db', '--check'), 3)
    t.expect_code(t.query('-d', 'db', 'levy'), 0)


@case
def flipped_bytes_of_the_version_file_do_no_harm(t):
    news(t)
    good = t.answers('db', ['levy', 'putin'])
    whole = open(t.segment('db', 'iamglass'), 'rb').read()
    for at in range(0, len(whole), 2):
        with open(t.segment('db', 'iamglass'), 'wb') as file:
            file.write(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1:])
        check = t.index('-d', 'db', '--check')
        query = t.query('-d', 'db', '-f', 'json', '--batch', '-', stdin=b'levy\nputin\n')
        t.expect(check.code in (0, 3), f'byte {at}: --check ends with {check.code}\n{check.errors}')
        t.expect(query.code in (0, 3), f'byte {at}: query ends with {query.code}\n{query.errors}')
        if check.code == 0:
            t.expect_equal([{**found, 'elapsed_ms': 0} for found in query.json], good, f'byte {at}: answers')


# ---- Other versions.

def patch(t, database, old, new):
    """Replaces the one place in the segment that matches `old`, a regular expression, by as many bytes."""
    path = t.segment(database)
    whole = open(path, 'rb').read()
    if len(re.findall(old, whole)) != 1:
        raise Skip(f'{old!r} stands {len(re.findall(old, whole))} times in the index')
    with open(path, 'wb') as file:
        file.write(re.sub(old, new, whole))


@case
def other_schema_exits_3(t):
    news(t)
    t.copy('db', 'newer')
    patch(t, 'newer', rb'(dateline\.schema\d*)(\d)', lambda m: m[1] + b'%d' % ((int(m[2]) + 5) % 10))
    refuses(t, 'newer', 'newer schema', ['this program reads schema'])
    t.show(t.query('-d', 'newer', 'putin'), 3)
    t.show(t.query('-d', 'db', '-d', 'newer', 'putin'), 3)
    t.show(t.index('-d', 'newer', 'news'), 3)
    rebuild_mends(t, 'newer', 'newer schema')


@case
def other_analyzer_exits_3(t):
    news(t)
    t.copy('db', 'other')
    patch(t, 'other', rb'dateline\.analyzerwords-', b'dateline.analyzerwerds-')
    refuses(t, 'other', 'other analyzer', ['werds-'])
    t.show(t.index('-d', 'other', 'news'), 3)
    rebuild_mends(t, 'other', 'other analyzer')


@case
def index_not_ours_exits_3(t):
    news(t)
    t.copy('db', 'foreign')
    patch(t, 'foreign', rb'dateline\.schema', b'dateline.schemb')
    refuses(t, 'foreign', 'no schema')


# ---- Directories that are something else, and locks.

@case
def directory_with_other_things_is_left_alone(t):
    t.write_all(NEWS)
    t.write('holiday/photo.jpg', 'precious')
    t.write('file', 'precious')
    os.symlink('nowhere', t.path('dangling'))
    for arguments in (['-d', 'holiday', 'news'], ['-d', 'holiday', '--rebuild', 'news'], ['-d', 'file', 'news'],
                      ['-d', 'file', '--rebuild', 'news'], ['-d', 'file/below', 'news'], ['-d', 'news', 'news'],
                      ['-d', 'dangling', 'news']):
        t.show(t.expect_error(t.index(*arguments), 3, 'hint: '), 3)
    t.expect_equal(t.listing('holiday'), ['photo.jpg'], 'files in the other folder')
    t.expect_equal(open(t.path('file')).read(), 'precious', 'the other file')
    # Something that only looks like ours by the beginning of its name stays, too.
    t.write('mine/building-plans/house.txt', 'precious')
    t.write('mine/segment-7/notes.txt', 'precious')
    t.index('-d', 'mine', 'news')
    for name in ('mine/building-plans/house.txt', 'mine/segment-7/notes.txt'):
        t.expect(os.path.exists(t.path(name)), f'{name} was deleted')


@case
def locked_index_exits_3(t):
    news(t)
    good = t.answers('db', ['putin', 'levy'])
    with open(t.path('db/lock'), 'r+') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        t.show(t.expect_error(t.index('-d', 'db', 'news'), 3, 'hint: '), 3)
        t.show(t.expect_error(t.index('-d', 'db', '--rebuild', 'news'), 3, 'hint: '), 3)
        t.expect_equal(t.answers('db', ['putin', 'levy']), good, 'answers while it is written')
        t.expect_code(t.index('-d', 'db', '--check'), 0)
        t.expect_code(t.index('-d', 'other', 'news'), 0)
    t.expect_code(t.index('-d', 'db', 'news'), 0)
    os.remove(t.path('db/lock'))
    t.expect_code(t.query('-d', 'db', 'putin'), 0)
    t.expect_code(t.index('-d', 'db', 'news'), 0)


@case
def query_writes_nothing(t):
    news(t)
    before = snapshot(t, 'db')
    for folder, names, files in os.walk(t.path('db')):
        for name in files:
            os.chmod(os.path.join(folder, name), 0o444)
        os.chmod(folder, 0o555)
    how = {'user': 65534, 'group': 65534, 'extra_groups': []} if os.geteuid() == 0 else {}
    try:
        t.show(t.query('-d', 'db', 'levy', **how), 0)
        t.show(t.index('-d', 'db', '--check', **how), 0)
    except OSError as error:
        raise Skip(f'cannot run the program as nobody: {error}') from error
    finally:
        for folder, names, files in os.walk(t.path('db')):
            os.chmod(folder, 0o755)
    t.expect_equal(snapshot(t, 'db'), before, 'files after a query')


# ---- No room.

LIMIT = """
import os, resource, signal, sys
size = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
os.execv(sys.argv[2], sys.argv[2:])
"""


@case
def no_room_exits_3_and_keeps_the_old_index(t):
    t.use_corpus()
    news(t)
    good = t.answers('db', ['putin', 'levy'])
    before = snapshot(t, 'db')
    for size in (0, 10, 5_000, 100_000, 200_000):
        limited = [sys.executable, '-c', LIMIT, str(size)]
        for options in (['-j', '4'], ['--rebuild']):
            run = t.index('-d', 'db', *options, 'articles', wrapper=limited)
            t.expect_error(run, 3, 'hint: ')
            t.expect(not re.search(r'sources? skipped|\d+ articles', run.errors), f'{size} bytes: {run.errors}')
            t.expect_equal(snapshot(t, 'db'), before, f'files after no room beyond {size} bytes')
            t.expect_equal(t.answers('db', ['putin', 'levy']), good, f'answers after no room beyond {size} bytes')
        run = t.index('-d', f'new-{size}', 'articles', wrapper=limited)
        t.expect_error(run, 3, 'hint: ')
        t.expect_error(t.query('-d', f'new-{size}', 'putin'), 3, 'hint: ')
        t.expect_code(t.index('-q', '-d', f'new-{size}', 'news'), 0)
    limited = [sys.executable, '-c', LIMIT, '20000']
    t.show(t.index('-d', 'db', 'articles', wrapper=limited), 3, note='no file may grow beyond 20,000 bytes')
    t.expect_code(t.index('-q', '-d', 'db', 'articles'), 0)


@case
def full_disk_exits_3_and_keeps_the_old_index(t):
    """On a file system of 400 KB: the old index fits, the new one does not fit beside it."""
    t.use_corpus()
    news(t)
    index, query = (t.command(program)[0] for program in ('dateline-index', 'dateline-query'))
    os.mkdir(t.path('small'))
    script = f'''
        mount -t tmpfs -o size=400k none small || exit 99
        cp -r db small/db
        "{index}" -d small/db articles; echo "index $?"
        ls small/db | tr '\\n' ' '; echo
        "{query}" -d small/db -f trec putin levy; echo "query $?"
        "{index}" -d small/db --check; echo "check $?"
        "{index}" -q -d small/db news; echo "again $?"
    '''
    wrapper = ['unshare', '--mount'] if os.geteuid() == 0 else ['unshare', '--map-root-user', '--mount']
    try:
        run = t.run('/bin/sh', '-c', script, wrapper=wrapper, any_end=True)
    except FileNotFoundError as error:
        raise Skip('no unshare here') from error
    if run.code in (1, 99) and 'index' not in run.text:
        raise Skip(f'cannot mount a small file system: {run.errors.strip()}')
    lines = run.text.splitlines()
    wanted = t.query('-d', 'db', '-f', 'trec', 'putin levy').text.splitlines()
    t.expect_equal(lines, ['index 3', 'XAPIANDB lock segment-1 segment-2 '] + wanted +
                   ['query 0', 'small/db: good; 5 articles, 5 passages, 3 quotes, 0.6 kB of text', 'check 0', 'again 0'],
                   f'what was said, besides {run.errors}')
    t.expect('dateline-index: error: ' in run.errors and 'dateline-index: hint: ' in run.errors, f'stderr: {run.errors}')


@case
def analyze_without_room_for_temporary_files_exits_4(t):
    t.write_all(NEWS)
    t.show(t.expect_error(t.index('--analyze', 'news', wrapper=[sys.executable, '-c', LIMIT, '100']), 4, 'hint: ', 'TMPDIR'), 4,
           note='no file may grow beyond 100 bytes')
    t.expect_error(t.index('--analyze', 'news', env={'TMPDIR': t.path('nowhere')}), 4, 'hint: ', 'TMPDIR')


@case
def messages_that_nobody_can_read_end_nothing(t):
    """Standard error is full, or is not open at all: then no file of the index may take its place."""
    t.write_all(NEWS)
    t.write('news/broken.jsonl', 'no JSON\n')
    for number, streams in enumerate(('2> /dev/full', '2>&-', '<&- >&- 2>&-')):
        for options, code in ((['--progress', 'always', '--rebuild'], 4), (['--quiet'], 4), (['--nonsense'], 2)):
            run = t.run('/bin/sh', '-c', f'"$@" {streams}', 'sh', *t.command('dateline-index', *options, '-d', f'db{number}', 'news'))
            t.expect(run.code == code, f'{streams} {options}: exit {run.code}')
        t.expect_code(t.index('--check', '-d', f'db{number}'), 0)
        t.expect('levy' in t.query('-d', f'db{number}', 'levy').text, f'{streams}: found')


# ---- Killed.

def write_much(t, folder, files=24, sentences=1500):
    dice = random.Random(1815)
    words = [''.join(dice.choices('abcdefghijklmnoprstuvw', k=dice.randint(3, 9))) for _ in range(3000)]
    words += ['harbour', 'market', 'strike', 'quay', 'quays', 'the budget'] * 20
    for number in range(files):
        lines = [f'Paper {number}', '']
        for i in range(sentences):
            lines.append(' '.join(dice.choices(words, k=14)).capitalize() + '.')
            if i % 6 == 5:
                lines.append('')
        t.write(f'{folder}/{number:02}.txt', '\n'.join(lines) + '\n')


@case
def killed_run_leaves_the_old_index(t):
    """SIGKILL at moments spread over a rebuild: old answers or new ones, nothing between; the next run tidies up."""
    write_much(t, 'old', files=2)
    write_much(t, 'new', files=8)
    t.build('db', 'old')
    t.build('reference', 'new')
    old, new = t.answers('db', BIG), t.answers('reference', BIG)
    t.expect(old != new, 'old and new answers differ')
    begin = time.monotonic()
    t.build('timed', 'new')
    whole = time.monotonic() - begin
    dice = random.Random(whole)
    killed = orphans = 0
    for number in range(PARTS):
        process = subprocess.Popen(t.command('dateline-index', '-q', '--rebuild', '-d', 'db', 'new'),
                                   cwd=t.folder, stderr=subprocess.DEVNULL, env=t.environment())
        time.sleep(whole * (number + dice.random()) / PARTS)
        process.kill()
        code = process.wait()
        answers = t.answers('db', BIG)
        killed += code == -signal.SIGKILL and answers == old
        orphans += any(name.startswith('building-') for name in t.listing('db'))
        t.expect(answers in (old, new), f'killed after part {number} of {PARTS}: answers of neither index')
        t.expect(code == -signal.SIGKILL or answers == new, f'ended by itself with {code}: old answers')
        if number % 4 == 0:
            t.expect_code(t.index('-d', 'db', '--check'), 0)
        if answers == new:
            t.build('db', '--rebuild', 'old')
    t.expect(killed >= 4, f'only {killed} runs were killed before their end')
    t.expect(orphans >= 2, f'only {orphans} killed runs left something to tidy up')
    t.build('db', '--rebuild', 'new')
    t.expect_equal(t.answers('db', BIG), new, 'answers after the rerun')
    t.expect(t.is_tidy('db'), f'files after the rerun: {t.listing("db")}')
    t.expect_code(t.index('-d', 'db', '--check'), 0)


@case
def killed_at_any_step_of_the_commit_leaves_an_index(t):
    """SIGKILL at every call that makes, renames, syncs or deletes something, one run for each."""
    if not shutil.which('strace'):
        raise Skip('no strace here')
    t.write_all(NEWS)
    t.write('more/one.txt', 'The choir sang about a levy on the cranes.\n')
    t.build('old', 'news')
    change = ['--forget', 'news', 'more']
    t.build('reference', 'more')
    queries = ['levy', 'choir', 'putin']
    old, new = t.answers('old', queries), t.answers('reference', queries)
    environment = {'ASAN_OPTIONS': t.environment()['ASAN_OPTIONS'] + ':detect_leaks=0'}  # it wants to trace, too
    calls = ('rename', 'mkdir', 'fsync', 'fdatasync', 'unlink', 'unlinkat', 'rmdir', 'ftruncate', 'pwrite64')
    traced = t.index('--version', wrapper=['strace', '-f', '-o', '/dev/null', '-e', 'trace=rename'], any_end=True,
                     env=environment)
    if traced.code != 0:
        raise Skip(f'strace does not work here: {traced.errors.strip()}')
    kept = replaced = 0
    for call in calls:
        for step in range(1, 40):
            t.copy('old', 'db')
            wrapper = ['strace', '-f', '-o', '/dev/null', '-e', f'trace={call}',
                       '-e', f'inject={call}:signal=KILL:when={step}']
            run = t.index('-q', '-d', 'db', '-j', '1', *change, wrapper=wrapper, any_end=True, env=environment)
            if run.code == 0:
                break
            what = f'killed at {call} number {step}'
            answers = t.answers('db', queries)
            kept += answers == old
            replaced += answers == new
            t.expect(answers in (old, new), f'{what}: answers of neither index')
            t.expect_code(t.index('-d', 'db', '--check'), 0)
            if step % 3 == 1:
                t.expect(t.index('-q', '-d', 'db', *change).code in (0, 4), 'rerun')  # 4: forgotten before
                t.expect_equal(t.answers('db', queries), new, f'{what}: answers after the rerun')
                t.expect(t.is_tidy('db'), f'{what}: files after the rerun: {t.listing("db")}')
    t.expect(kept >= 10 and replaced >= 2, f'killed {kept} times before the commit and {replaced} times after it')


@case
def orphans_go_with_the_next_run(t):
    news(t)
    t.copy('db/segment-1', 'db/segment-7')
    t.copy('db/segment-1', 'db/building-123/batch-000000')
    t.write('db/building-123/batch-000001/postlist.glass', 'half a')
    t.write('db/XAPIANDB.new', 'auto segm')
    good = t.answers('db', ['putin', 'levy'])
    t.expect_code(t.index('-d', 'db', '--check'), 0)
    t.build('db', 'news')
    t.expect(t.is_tidy('db'), f'files after the run: {t.listing("db")}')
    t.expect_equal(t.answers('db', ['putin', 'levy']), good, 'answers')


@case
def interrupted_run_ends_by_its_signal(t):
    write_much(t, 'new', files=8)
    t.build('db', 'new/00.txt')
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        process = subprocess.Popen(t.command('dateline-index', '-q', '-d', 'db', 'new'), cwd=t.folder, env=t.environment())
        time.sleep(0.1)
        process.send_signal(number)
        ends = {0, -number}  # it was faster; the signal came before its handler, or has none
        if number != signal.SIGHUP:
            ends.add(128 + number)
        t.expect(process.wait() in ends, f'{signal.Signals(number).name}: {process.returncode}')
        t.expect_code(t.index('-d', 'db', '--check'), 0)


# ---- Runs over runs.

@case
def second_run_gives_the_same_answers(t):
    t.use_corpus()
    t.build('db', 'articles')
    first, files = t.answers('db', QUERIES), snapshot(t, 'db')
    for options in ([], ['--rebuild'], ['-j', '3']):
        t.build('db', *options, 'articles')
        t.expect_equal(t.answers('db', QUERIES), first, f'answers after another run {options}')
        t.expect(t.is_tidy('db'), f'files: {t.listing("db")}')
    t.expect_equal(len(snapshot(t, 'db')), len(files), 'number of files')


@case
def changed_and_vanished_articles_follow_with_the_next_run(t):
    news(t)
    t.write('news/wire/cyber.txt', 'Kremlin drops cyber unit\n\nMOSCOW, July 12, 2017 (Reuters) - Nothing came of the plan.\n')
    os.remove(t.path('news/cranes.md'))
    t.write('news/late.txt', 'A zeppelin landed on the pier.\n')
    t.build('db', 'news')
    found = {query: [hit['article_id'] for hit in answer['hits']]
             for query, answer in zip(('plan', 'proposed', 'cranes', 'zeppelin', 'levy'),
                                      t.answers('db', ['plan', 'proposed', 'cranes', 'zeppelin', 'levy']))}
    t.expect_equal(found, {'plan': ['news/wire/cyber.txt'], 'proposed': [], 'cranes': [], 'zeppelin': ['news/late.txt'],
                           'levy': ['ga-1']}, 'found after the second run')


@case
def readers_never_see_a_half_made_index(t):
    """Queries in a loop while runs follow one another: always the answers of one of the two collections."""
    t.write_all(NEWS)
    t.write('more/one.txt', 'The choir sang about a levy on the cranes.\n')
    t.build('a', 'news')
    t.build('b', 'more')
    wanted = [t.answers('a', ['levy', 'choir']), t.answers('b', ['levy', 'choir'])]
    t.build('db', 'news')
    loop = 'for i in 1 2 3 4 5 6 7 8; do "$1" -q -d db --forget news more && "$1" -q -d db --forget more news || exit 1; done'
    writer = subprocess.Popen(['sh', '-c', loop, 'sh', t.command('dateline-index')[0]], cwd=t.folder, env=t.environment())
    count = 0
    while writer.poll() is None:
        answers = t.answers('db', ['levy', 'choir'])
        t.expect(answers in wanted, f'answers while a run commits: {answers}')
        count += 1
    t.expect_equal(writer.returncode, 0, 'the writers')
    t.expect(count >= 5, f'only {count} queries meanwhile')
