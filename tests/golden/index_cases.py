#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dateline-index: command line, runs, reports, what is skipped, --analyze."""
import json
import os
import re

from harness import Skip, case, pretty_json

# Small enough that the order of every answer is beyond doubt.
NEWS = {
    'news/wire/cyber.txt': 'Kremlin weighs cyber unit\n\nMOSCOW, July 10, 2017 (Reuters) - A working group on cyber security '
                           'was proposed by Putin, Peskov told reporters. Trump had not answered.\n',
    'news/wire/trump.txt': 'Trump answers on Twitter\n\nPARIS, June 9, 2016 (AFP) - Trump wrote that the unit would not '
                           'happen. The working hours of the group were long.\n',
    'news/cranes.md': 'Cranes secured after storm\n\nBERGEN, Feb. 10, 2018 (Gazette) - The cranes of the harbour were '
                      'secured on Saturday. Securing them took four hours, Élodie Ångström said.\n',
    'news/press.jsonl': '{"id":"ga-1","title":"Dike levy passed","date":"2018-03-01","source":"Gazette",'
                        '"author":["Ann Poe"],"text":"The council passed a levy for the dike. '
                        'Putin was not mentioned."}\n'
                        '{"url":"http://x.example/2","headline":"Choir sings","published":"2019-12-24",'
                        '"body":"The choir sang in the market hall. Nobody left before the end."}\n',
}


# ---- The command line.

@case
def index_help(t):
    t.show(t.index('--help'), 0)


@case
def index_version(t):
    t.show(t.index('--version'), 0)


@case
def index_command_line_faults_exit_2(t):
    t.write_all(NEWS)
    for arguments in ([], ['--nonsense', 'news'], ['-x', 'news'], ['--field', 'text', 'news'], ['--field', 'text=', 'news'],
                      ['--field', 'body=story', 'news'], ['--threads', '0', 'news'], ['-j', 'many', 'news'],
                      ['-j', '257', 'news'], ['-j', '-1', 'news'], ['news', '-j'], ['--max-bytes', '0', 'news'],
                      ['--report', 'xml', 'news'], ['--report', '1', 'news'], ['--progress', 'maybe', 'news'],
                      ['--check', '--analyze', 'news'], ['--check', 'news'], ['-d', '', 'news'], ['--completion', 'tcsh']):
        t.show(t.expect_error(t.index(*arguments), 2), 2)
    t.expect_equal(t.listing('.'), ['news'], 'a refused command must write nothing')


@case
def index_directory_comes_from_option_then_environment_then_default(t):
    t.write_all(NEWS)
    t.expect_code(t.index('-q', 'news'), 0)
    t.expect_code(t.index('-q', 'news', env={'DATELINE_DB': 'from-environment'}), 0)
    t.expect_code(t.index('-q', '-d', 'from-option', 'news', env={'DATELINE_DB': 'unused'}), 0)
    t.expect_code(t.index('-q', 'news', env={'DATELINE_DB': ''}), 0)
    t.expect_equal(t.listing('.'), ['dateline.db', 'from-environment', 'from-option', 'news'], 'folders made')
    t.show(t.index('--check', env={'DATELINE_DB': 'from-environment'}), 0, note='DATELINE_DB=from-environment')


@case
def index_makes_missing_parents_of_its_directory(t):
    t.write_all(NEWS)
    t.show(t.index('-d', 'deep/er/news.db', 'news'), 0)
    t.show(t.index('-d', 'deep/er/news.db', '--check'), 0)


# ---- Runs and reports.

@case
def index_plain_run(t):
    t.write_all(NEWS)
    t.show(t.index('-d', 'db', 'news'), 0)
    t.expect_equal(t.listing('db'), ['XAPIANDB', 'lock', 'segment-1', 'segment-2'], 'index directory')
    t.show(t.index('-d', 'db', '--check'), 0)
    t.show(t.index('-d', 'db', '--check', '-q'), 0)


@case
def index_report_json(t):
    t.write_all(NEWS)
    t.write('news/empty.txt', '')
    run = t.show(t.index('-d', 'db', '--report', 'json', 'news'), 4)
    report = run.json[0]
    wanted = {'articles': dict, 'passages': int, 'people': int, 'organizations': int, 'places': int, 'quotes': int,
              'copies': int, 'bytes': int, 'seconds': float, 'skipped': list}
    for field, kind in wanted.items():
        t.expect(type(report.get(field)) is kind, f'{field} is {report.get(field)!r}, not {kind.__name__}')
    t.expect_equal(sorted(report['articles']), ['added', 'removed', 'skipped', 'unchanged', 'updated'], 'articles')
    t.expect_equal(report['articles']['skipped'], len(report['skipped']), 'counted and listed')


@case
def index_nothing_to_index_is_no_fault(t):
    os.mkdir(t.path('nothing'))
    t.show(t.index('-d', 'db', 'nothing'), 0)
    t.show(t.index('-d', 'db', '--check'), 0)
    t.show(t.query('-d', 'db', 'anything'), 1)


@case
def index_skips_name_path_line_and_reason(t):
    t.write_all({
        'bad/a-good.txt': 'A good article about the harbour.\n',
        'bad/b-binary.txt': b'harbour \0\1\2\3 \0\0\0 binary\n' * 20,
        'bad/c-empty.txt': '',
        'bad/d-blank.txt': ' \n\n \t\n',
        'bad/e-records.jsonl': '{"text":"A first record."}\n{"text": "broken}\n\n{"title":"no text"}\n[1, 2]\n'
                               '{"text":17}\n{"text":""}\n{"text":"A last record."}\n',
        'bad/f-large.txt': 'The harbour was large. ' * 300,
        'bad/g-not-packed.txt.gz.txt': 'fine\n',
        'bad/h-picture.txt': b'\x89PNG\r\n\x1a\n' + bytes(100),
        'bad/i-number.json': '17\n',
        'bad/k-last.txt': 'Another good article about the dike.\n'})
    with open(t.path('bad/j-packed.txt.gz'), 'wb') as file:
        file.write(b'no gzip at all')
    options = ['--max-bytes', '5000', 'missing.txt', 'bad', 'missing/folder']
    t.show(t.index('-d', 'db', '-v', *options), 4)
    t.show(t.index('-d', 'db2', '--report', 'json', *options), 4, shape=pretty_json)
    run = t.index('--analyze', '-v', *options)
    t.expect_code(run, 4)
    t.expect_equal(run.err, t.index('-d', 'db3', '-q', '-v', *options).err, '--analyze and a run skip the same')
    t.expect_equal([article['path'] for article in run.json],
                   ['bad/a-good.txt', 'bad/e-records.jsonl', 'bad/e-records.jsonl', 'bad/g-not-packed.txt.gz.txt',
                    'bad/k-last.txt'], 'what can be read is read')
    found = t.query('-d', 'db', '+harbour')
    t.expect('a-good.txt' in found.text and found.code == 0, 'the rest is searchable')


@case
def index_skips_come_in_the_order_of_the_sources(t):
    t.write_all({'s/a.jsonl': '{"text": broken\n', 's/b.txt': '', 's/c.jsonl': '{"text": broken\n', 's/d.txt': ''})
    run = t.index('-d', 'db', '--report', 'json', 's')
    t.expect_equal([skip['path'] for skip in run.json[0]['skipped']],
                   ['s/a.jsonl', 's/b.txt', 's/c.jsonl', 's/d.txt'], 'order of the skipped')
    run = t.index('--analyze', 's')
    t.expect_equal([line.split()[1].split(':')[0] for line in run.errors.splitlines()],
                   ['s/a.jsonl', 's/b.txt', 's/c.jsonl', 's/d.txt'], 'order of the skipped with --analyze')


@case
def index_lists_ten_skips_and_with_verbose_all(t):
    t.write('many/good.txt', 'The good article.\n')
    for i in range(12):
        t.write(f'many/empty-{i:02}.txt', '')
    t.show(t.index('-d', 'db', 'many'), 4)
    t.show(t.index('-d', 'db2', '-v', 'many'), 4)
    t.show(t.index('-d', 'db3', '-q', 'many'), 4)


@case
def index_quiet_says_nothing_when_all_is_well(t):
    t.write_all(NEWS)
    t.show(t.index('-d', 'db', '-q', 'news'), 0)


@case
def index_skips_what_it_may_not_read(t):
    t.write_all({'news/open.txt': 'The open article.\n', 'news/closed.txt': 'The closed article.\n',
                 'news/folder/inside.txt': 'Inside the closed folder.\n'})
    os.chmod(t.path('news/closed.txt'), 0)
    os.chmod(t.path('news/folder'), 0)
    os.mkdir(t.path('own'))
    how = {}
    if os.geteuid() == 0:  # root reads everything: run as somebody else
        how = {'user': 65534, 'group': 65534, 'extra_groups': []}
        os.chown(t.path('own'), 65534, 65534)
    try:
        t.expect_code(t.index('--version', **how), 0)
    except OSError as error:
        raise Skip(f'cannot run the program as nobody: {error}') from error
    t.show(t.index('-d', 'own/db', 'news', **how), 4)
    os.chmod(t.path('news/folder'), 0o755)


@case
def index_refuses_a_directory_that_it_may_not_write(t):
    t.write_all(NEWS)
    os.mkdir(t.path('closed'))
    os.chmod(t.path('closed'), 0o555)
    how = {'user': 65534, 'group': 65534, 'extra_groups': []} if os.geteuid() == 0 else {}
    try:
        t.expect_code(t.index('--version', **how), 0)
    except OSError as error:
        raise Skip(f'cannot run the program as nobody: {error}') from error
    t.show(t.expect_error(t.index('-d', 'closed', 'news', **how), 3), 3)
    t.show(t.expect_error(t.index('-d', 'closed/db', 'news', **how), 3), 3)


@case
def index_does_not_index_itself(t):
    t.write_all(NEWS)
    for round in ('first', 'second'):
        report = t.index('-d', 'news/dateline.db', '--report', 'json', 'news').json[0]
        t.expect_equal((report['articles']['added'] + report['articles']['unchanged'] + report['articles']['updated'],
                        report['skipped']), (5, []), f'articles after the {round} run')
    t.expect('5 articles' in t.index('-d', 'news/dateline.db', '--check').text, '5 articles in the index')
    paths = {article['path'] for article in t.index('-d', 'news/dateline.db', '--analyze', 'news').json}
    t.expect_equal({path for path in paths if 'dateline.db' in path}, set(), 'files of the index among the articles')
    os.rename(t.path('news/dateline.db'), t.path('news/another.db'))
    paths = {article['path'] for article in t.index('-d', 'elsewhere', '--analyze', 'news').json}
    t.expect_equal({path for path in paths if 'another.db' in path}, set(), 'files of another index among the articles')


@case
def index_reads_a_folder_named_twice_once(t):
    t.write_all(NEWS)
    os.symlink('news', t.path('link'))
    t.show(t.index('-d', 'db', 'news', 'news/wire', 'link', 'news/cranes.md'), 0)


@case
def index_progress_bar_only_when_asked_for(t):
    t.write_all(NEWS)
    shown = t.index('-d', 'db', '--progress', 'always', 'news')
    t.expect_code(shown, 0)
    t.expect(b'\r' in shown.err and shown.err.rstrip().endswith(b' s'), f'a bar, then the report: {shown.err!r}')
    stages = re.findall(rb'(\d+) %, \d+ articles, [\d.]+ MB/s(?:, \d+ s left)?, ([a-z ]+)', shown.err)
    wanted = [b'reading', b'looking for copies', b'writing', b'merging']
    t.expect_equal(list(dict.fromkeys(stage for _, stage in stages)), wanted, 'what is said to be done')
    t.expect_equal([int(share) for share, _ in stages], sorted(int(share) for share, _ in stages), 'the bar goes on')
    t.expect_equal(stages[-1], (b'100', b'merging'), 'the end of the bar')
    t.expect(b'\r' not in t.index('-d', 'db', 'news').err, 'no bar on a pipe')
    t.expect_equal(t.index('-d', 'db', '-q', '--progress', 'never', 'news').err, b'', 'stderr of -q')


# ---- --analyze.

@case
def analyze_kremlin_article(t):
    t.use_corpus()
    run = t.show(t.index('--analyze', 'articles/meridian/2017-07-10-cyber-group.txt'), 0, shape=pretty_json)
    check_analysis(t, run.json)


@case
def analyze_writes_nothing(t):
    t.write_all(NEWS)
    t.expect_code(t.index('--analyze', 'news'), 0)
    t.expect_equal(t.listing('.'), ['news'], 'files after --analyze')


@case
def analyze_prints_one_object_a_line(t):
    t.write_all(NEWS)
    t.show(t.index('--analyze', 'news/wire/trump.txt', 'news/press.jsonl'), 0)


@case
def analyze_json_with_odd_field_names(t):
    t.write('odd.jsonl',
            '{"Key":"k1","Kopf":"A headline","Inhalt":"The first story.","Tag":"10 July 2017","Blatt":"Courier",'
            '"Wer":["Jane Doe","John Roe"]}\n'
            '{"Kopf":"No key","Inhalt":["A paragraph.","Another paragraph."],"text":"must not win","Tag":1499688000}\n'
            '{"_id":{"$oid":"abc"},"HEADLINE":"Usual names","Body":"The third story.","publisher":{"name":"Gazette"}}\n')
    fields = ['--field', 'id=Key', '--field', 'title=Kopf', '--field', 'text=Inhalt', '--field', 'date=Tag',
              '--field', 'source=Blatt', '--field', 'author=Wer']
    run = t.show(t.index('--analyze', *fields, 'odd.jsonl'), 0, shape=pretty_json)
    check_analysis(t, run.json)


@case
def analyze_json_array_and_wrapped_array(t):
    t.write('array.json', '[\n {"id":"a","text":"The first."},\n {"text":"The second."}\n]\n')
    t.write('wrapped.json', '{"status":"ok","articles":[\n{"id":"b","text":"The third."}\n]}\n')
    t.write('single.json', '{"title":"Alone","text":"The fourth."}\n')
    t.show(t.index('--analyze', 'array.json', 'wrapped.json', 'single.json'), 0, shape=pretty_json)


@case
def analyze_encodings_and_line_ends(t):
    text = 'Café déjà vu\n\nThe “naïve” café in Besançon closed – for good. Its owner, Zoë Müller, was 80.\n'
    t.write('f/a-utf8.txt', text)
    t.write('f/b-utf8-mark.txt', '\ufeff' + text)
    t.write('f/c-utf16le.txt', '\ufeff' + text, 'utf-16-le')
    t.write('f/d-utf16be.txt', '\ufeff' + text, 'utf-16-be')
    t.write('f/e-windows.txt', text, 'cp1252')
    t.write('f/f-crlf.txt', text.replace('\n', '\r\n'))
    t.write('f/g-packed.txt.gz', text)
    t.write('f/h-apart.txt', text.replace('é', 'e\u0301').replace('ü', 'u\u0308'))
    t.write('f/i.jsonl.gz', json.dumps({'id': 'packed', 'text': text}) + '\n')
    t.write('f/j', text)
    run = t.index('--analyze', 'f')
    t.expect_code(run, 0)
    for article in run.json:
        t.expect_equal(article['text'], text, f"text of {article['path']}")
    t.show(run, 0, shape=lambda out: pretty_json(b'\n'.join(out.splitlines()[:2] + out.splitlines()[-2:])),
           note='the first two and the last two')
    check_analysis(t, run.json)


@case
def analyze_contract_holds_for_the_sample_collection(t):
    t.use_corpus()
    run = t.index('--analyze', 'articles')
    t.expect_code(run, 0)
    t.expect(len(run.json) > 60, f'{len(run.json)} articles')
    check_analysis(t, run.json)


@case
def analyze_to_a_full_disk_exits_4(t):
    t.write_all(NEWS)
    for arguments in (['--analyze', 'news'], ['-d', 'db', '--report', 'json', 'news'], ['-d', 'db', '--check'], ['--help'],
                      ['--man-page']):
        with open('/dev/full', 'wb') as full:
            t.show(t.index(*arguments, stdout=full), 4, note='stdout is /dev/full')


# What design.md section 2 promises of every article, as far as it is there.
KINDS = {'entities': {'person', 'organization', 'place'}, 'quotes': {'direct', 'mixed', 'indirect'}}


def check_analysis(t, articles):
    for article in articles:
        name = article.get('path')
        text = article['text'].encode()
        for field in ('id', 'path', 'text'):
            t.expect(isinstance(article.get(field), str) and article[field], f'{name}: {field} is missing')
        for field in ('title', 'byline', 'outlet', 'dateline', 'date', 'language', 'story'):
            value = article.get(field)
            t.expect(value is None or (isinstance(value, str) and value), f'{name}: {field} is {value!r}')
        t.expect(article['passages'], f'{name}: no passage')
        for field in ('passages', 'entities', 'quotes', 'boilerplate'):
            for item in article.get(field, []):
                check_span(t, f'{name}: {field}', text, item['begin'], item['end'])
                t.expect(field not in KINDS or item['kind'] in KINDS[field], f'{name}: {field} of kind {item.get("kind")}')
        end = 0
        for passage in article['passages']:
            t.expect(passage['begin'] >= end, f'{name}: passages overlap at {passage["begin"]}')
            end = passage['end']
            t.expect_equal(passage['line'], 1 + text[:passage['begin']].count(b'\n'), f'{name}: line of a passage')
            piece = text[passage['begin']:passage['end']].decode('utf-8', 'replace')
            t.expect_equal(piece, piece.strip(), f'{name}: a passage has blanks round it')


def check_span(t, what, text, begin, end):
    inside = 0 <= begin < end <= len(text)
    if not t.expect(inside, f'{what}: {begin}..{end} of {len(text)} bytes'):
        return
    try:
        text[begin:end].decode()
    except UnicodeDecodeError:
        t.fault(f'{what}: {begin}..{end} cuts a character')
