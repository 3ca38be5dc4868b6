#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Nothing from an article, a file name, a query or an option may do anything to a terminal."""
import json
import os
import re
import unicodedata

from harness import case
from query_cases import on_terminal

ESC, CSI, BELL, DEL = '\x1b', '\x9b', '\x07', '\x7f'
NASTY = f'{ESC}[2J{ESC}]0;owned{BELL} {CSI}31m \u202eevil\u202c \u2066in\u2069 zero\u200bwidth\u200d \ufeff \u2028 {DEL} \x85 \x08\x08 \r'
OURS = re.compile(rb'\x1b\[(?:0|1|2|1;31)m')  # the only sequences the programs send themselves


def unsafe(data):
    """What of `data`, bytes, no terminal may see; a list of names."""
    found = set()
    for c in OURS.sub(b'', data).decode('utf-8', 'surrogateescape'):
        if c != '\n' and (unicodedata.category(c) in ('Cc', 'Cf', 'Cs', 'Zl', 'Zp')):
            found.add(f'U+{ord(c):04X}')
    return sorted(found)


def expect_safe(t, run, code=None):
    if code is not None:
        t.expect_code(run, code)
    for name, data in (('stdout', run.out), ('stderr', run.err)):
        t.expect(not unsafe(data), f'{run.line}: {name} holds {unsafe(data)}')
        t.expect(not data or data.endswith(b'\n'), f'{run.line}: {name} without a line end')
    return run


def hostile_articles(t):
    """A text file with everything in it, a record with everything in its facts, and names that are no better."""
    t.write('h/plain.txt', f'Kremlin {NASTY} headline\n\nMOSCOW, July 10, 2017 (Reuters) - The kremlin {NASTY} spoke of '
                           f'ferries{ESC}[31m and kre{ESC}[1mmlin. Dmitry {ESC}[2J\u202ePeskov of Ham{ESC}[31mburg, the '
                           f'{BELL}Kremlin spokesman{ESC}]0;x, told reporters that Mr. Ivan{CSI}31m Petrov\u2066 had left.\n')
    t.write(f'h/na{ESC}[31mme\nwith\u202eline.txt', 'The kremlin in a file with a hostile name.\n')
    t.write(b'h/latin-\xe9-\xff.txt', 'The kremlin in a file whose name is no UTF-8.\n')
    t.write('h/records.jsonl', json.dumps({
        'id': f'id {NASTY}', 'title': f'Title {NASTY}', 'source': f'Outlet {NASTY}', 'author': f'Author {NASTY}',
        'date': f'2017-07-10{ESC}', 'text': f'A record of the kremlin {NASTY} with ferries.'}) + '\n')
    t.write(f'bad/no{ESC}[5m\u202ename.jsonl', f'{{"text": "{ESC}[2J" broken\n{ESC}]0;x{BELL}\n')
    t.write(f'bad/empty{ESC}[0;31m.txt', '')


@case
def hostile_articles_index_quietly(t):
    hostile_articles(t)
    for arguments in (['h', 'bad'], ['-v', 'h', 'bad', f'missing{ESC}[2J\n\u202e']):
        run = t.index('-d', 'db', *arguments)
        t.expect_code(run, 4)
        expect_safe(t, run)
    t.show(t.index('-d', 'db', '-q', 'h', 'bad'), 4)
    t.expect_code(t.index('-d', 'db', '--check'), 0)
    for arguments in (['-d', 'db', '--report', 'json', 'h', 'bad'], ['--analyze', 'h', 'bad']):
        run = expect_safe(t, t.index(*arguments), 4)
        t.expect(run.json, 'JSON that can be read')


@case
def hostile_articles_are_found_and_shown_safely(t):
    hostile_articles(t)
    t.build('db', 'h')
    for color in ('always', 'never'):
        for options in ([], ['--explain'], ['--group', 'article'], ['-f', 'trec'], ['-f', 'json'], ['-f', 'json', '--explain']):
            for query in ('kremlin', 'ferries', '"the kremlin"', 'kreml*', 'outlet:outlet', 'title:title'):
                run = expect_safe(t, t.query('-d', 'db', '--color', color, *options, query))
                t.expect(run.code in (0, 1), f'{run.line}: {run.code} {run.err}')
                if options[:1] == ['--explain'] and color == 'never':
                    t.expect(b'\x1b' not in run.out, f'{run.line}: colours')
    for query in ('ferries outlet:reuters', 'ferries outlet:outlet', 'hostile'):
        t.show(t.query('-d', 'db', query), 0)
        t.show(t.query('-d', 'db', '--color', 'always', query), 0)
    t.show(t.query('-d', 'db', '-f', 'trec', 'hostile'), 0)
    for row in t.query('-d', 'db', '-f', 'trec', 'kremlin').text.split('\n')[:-1]:
        t.expect_equal(len(row.split()), 6, f'columns of {row!r}')
    hits = t.answers('db', ['kremlin'], '-n', '100')[0]['hits']
    t.expect_equal(len(hits), 4, 'hits in JSON')
    t.expect(any(f'na{ESC}[31mme\nwith\u202eline.txt' in hit['path'] for hit in hits), 'JSON gives the name as it is')


@case
def hostile_names_are_shown_safely(t):
    hostile_articles(t)
    t.build('db', 'h')
    people = t.query('-d', 'db', '--names', '-f', 'json', '-n', '1000', '--', '-xyzzy').json[0]['people']
    t.expect(people, 'somebody is named')
    for color in ('always', 'never'):
        for options in ([], ['-f', 'json']):
            expect_safe(t, t.query('-d', 'db', '--color', color, *options, '--names', '--', '-xyzzy'), 0)
            for name in [one['name'] for one in people] + ['peskov', NASTY, f'{ESC}[2J', f'Pesk\u202eof', '\n']:
                run = expect_safe(t, t.query('-d', 'db', '--color', color, *options, '--person', name))
                t.expect(run.code in (0, 1), f'{run.line}: {run.code}')
        for options in ([], ['-f', 'json'], ['-f', 'trec']):
            for query in (f'person:"{NASTY}"', f'person:pesk{ESC}[31mof', f'org:{BELL}', f'Pesk\u202eof'):
                run = expect_safe(t, t.query('-d', 'db', '--color', color, '--explain', *options, '--', query))
                t.expect(run.code in (0, 1), f'{run.line}: {run.code}')
    nasty = f'{ESC}[2J\u202e\n{BELL}'
    t.write('aliases', f'A{NASTY} = B\nB{NASTY}\n')
    for arguments in (['--names-model', nasty], ['--aliases', nasty], ['--aliases', 'aliases']):
        run = expect_safe(t, t.index('-d', 'other', *arguments, 'h'))
        t.expect(run.code in (2, 3) and run.err.count(b'\n') == 2, f'{run.line}: {run.code} {run.errors}')


@case
def hostile_articles_on_a_terminal(t):
    hostile_articles(t)
    code, shown = on_terminal(t, 'dateline-index', '-d', 'db', '--progress', 'never', 'h', 'bad')
    t.expect_equal((code, unsafe(shown)), (4, []), 'dateline-index')
    for arguments in (['kremlin'], ['--explain', 'kremlin', f'{ESC}[2J\u202e'], ['-f', 'json', 'kremlin'],
                      ['-f', 'trec', 'kremlin']):
        code, shown = on_terminal(t, 'dateline-query', '-d', 'db', *arguments)
        t.expect_equal((code, unsafe(shown)), (0, []), f'dateline-query {arguments}')


@case
def hostile_queries_and_options_are_shown_safely(t):
    hostile_articles(t)
    t.build('db', 'h')
    for query in (f'kremlin {NASTY}', f'"{NASTY}"', f'title:{ESC}[2J', f'+{ESC}kremlin', f'xyz{ESC}[2J*', f'date:{ESC}', NASTY,
                  f'kremlin NEAR/3 {CSI}ferries', f'nothing{ESC}[2J'):
        for options in (['--explain'], ['--explain', '--color', 'always'], ['-f', 'json'], ['-f', 'trec']):
            run = expect_safe(t, t.query('-d', 'db', *options, '--', query))
            t.expect(run.code in (0, 1), f'{run.line}: {run.code}')
        t.expect_equal(t.query('-d', 'db', '-f', 'json', '--', query).json[0]['query'], query, 'query in JSON')
    t.write('queries', f'id{ESC}[2J\u202e\tkremlin {NASTY}\n{CSI}x\tferries\n')
    for output in ('text', 'json', 'trec'):
        expect_safe(t, t.query('-d', 'db', '-f', output, '--batch', 'queries'), 0)
    t.show(t.query('-d', 'db', '--explain', f'+hostile {ESC}[2Jferries\u202e', f'-xyz{CSI}31m'), 0)
    nasty = f'{ESC}[2J\u202e\n{BELL}'
    for program, arguments in (('query', ['-d', nasty, 'x']), ('query', ['-d', 'db', '--batch', nasty]),
                               ('query', [f'--{nasty}', 'x']), ('query', ['-f', nasty, 'x']), ('query', ['-n', nasty, 'x']),
                               ('query', ['x', f'--{nasty}']), ('index', ['-d', nasty, '--check']),
                               ('index', [f'--{nasty}', 'h']), ('index', ['--field', nasty, 'h']), ('index', ['-j', nasty, 'h']),
                               ('index', ['--report', nasty, 'h']), ('index', ['-d', f'h/plain.txt/{nasty}', 'h']),
                               ('query', ['--completion', nasty]), ('query', ['--color', nasty, 'x'])):
        run = expect_safe(t, t.run(f'dateline-{program}', *arguments))
        t.expect(run.code in (2, 3), f'{run.line}: {run.code}')
        t.expect_equal(run.err.count(b'\n'), 2, f'{run.line}: lines on stderr: {run.errors}')
    t.write(f'other/photo{nasty}.jpg', 'x')
    t.show(expect_safe(t, t.index('-d', 'other', 'h'), 3))
    t.show(expect_safe(t, t.query('-d', f'no{nasty}where', 'x'), 3))
    os.mkdir(t.path(f'db{nasty}'))
    run = expect_safe(t, t.index('-d', f'db{nasty}', 'h'), 0)
    expect_safe(t, t.index('-d', f'db{nasty}', '--check'), 0)


@case
def wide_and_combining_characters_keep_the_width(t):
    t.write('w/a.txt', '東京の港で火事があった。' * 12 + ' kremlin ' + 'e\u0301te\u0301 ' * 60 + '\U0001F600 ' * 50 + '\n')
    t.build('db', 'w')
    run = t.query('-d', 'db', 'kremlin')
    t.expect_code(run, 0)
    for line in run.text.splitlines():
        width = sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)
        t.expect(width <= 80, f'a line of {width} columns: {line}')
