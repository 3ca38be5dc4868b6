#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dateline-query: command line, query language, output formats, paging, several indexes."""
import fcntl
import json
import os
import pty
import random
import re
import select
import struct
import subprocess
import sys
import termios
import threading

from harness import ARTICLES, TOP, case, pretty_json
from index_cases import NEWS, check_span


def news(t):
    t.write_all(NEWS)
    return t.build('db', 'news')


def topics():
    with open(os.path.join(TOP, 'tests', 'relevance', 'topics.tsv'), encoding='utf-8') as file:
        next(file)
        return [line.rstrip('\n').split('\t')[1] for line in file]


# ---- The command line.

@case
def query_help(t):
    t.show(t.query('--help'), 0)


@case
def query_version(t):
    t.show(t.query('--version'), 0)


@case
def query_command_line_faults_exit_2(t):
    news(t)
    for arguments in ([], [''], ['--nonsense', 'putin'], ['putin', '--nonsense'], ['-x', 'putin'],
                      ['--batch', 'queries.tsv', 'putin'], ['--batch', 'missing.tsv'], ['--batch', 'news'],
                      ['-f', 'xml', 'putin'], ['-f', '1', 'putin'], ['--group', 'outlet', 'putin'], ['--color', 'red', 'putin'],
                      ['-n', '0', 'putin'], ['-n', 'ten', 'putin'], ['-n', '-1', 'putin'], ['--offset', '-1', 'putin'],
                      ['-n', '100001', 'putin'], ['putin', '-n'], ['putin', '-d'], ['putin', '--format'], ['-d', '', 'putin']):
        t.show(t.expect_error(t.query(*(['-d', 'db'] if '-d' not in arguments else []), *arguments), 2), 2)


@case
def query_directory_comes_from_option_then_environment_then_default(t):
    t.write_all(NEWS)
    t.build('dateline.db', 'news/wire/cyber.txt')
    t.build('other', 'news/wire/trump.txt')
    for env, wanted in (({}, 'cyber.txt'), ({'DATELINE_DB': 'other'}, 'trump.txt'), ({'DATELINE_DB': ''}, 'cyber.txt')):
        run = t.query('trump', env=env)
        t.expect(wanted in run.text, f'{env}: {wanted} expected:\n{run.text}')
    run = t.query('-d', 'dateline.db', 'trump', env={'DATELINE_DB': 'other'})
    t.expect('cyber.txt' in run.text, f'-d goes before the environment:\n{run.text}')


@case
def query_options_may_follow_the_words(t):
    news(t)
    wanted = t.query('-d', 'db', '-n', '1', '-f', 'trec', 'trump unit').out
    for arguments in (['trump', 'unit', '-d', 'db', '-n', '1', '-f', 'trec'], ['-d', 'db', 'trump', '-n1', 'unit', '-ftrec'],
                      ['-ddb', '-n1', '-ftrec', 'trump', 'unit'], ['--db=db', 'trump', '--limit=1', '--format=trec', 'unit'],
                      ['-d', 'db', '-n', '1', '-f', 'trec', '--', 'trump', 'unit']):
        run = t.query(*arguments)
        t.expect(run.code == 0 and run.out == wanted, f'{run.line}: {run.code} {run.out} {run.err}, wanted {wanted}')


# ---- The query language.

def show_queries(t, *queries):
    for words, code in queries:
        t.show(t.query('-d', 'db', *(words if isinstance(words, list) else [words])), code)


@case
def query_plain_words(t):
    news(t)
    show_queries(t, ('storm cranes secured', 0), ('levy', 0), (['dike', 'levy', 'council'], 0))


@case
def query_phrase(t):
    news(t)
    show_queries(t, ('"working group"', 0), ('“working group”', 0), ('"group working"', 1), ('"Putin, Peskov"', 0))


@case
def query_must_and_must_not(t):
    news(t)
    show_queries(t, ('+putin -trump', 0), (['+putin', '-trump'], 0), (['putin', '-trump'], 0), (['--', '-trump', 'putin'], 0),
                 ('putin AND trump', 0), ('putin NOT trump', 0), ('+putin -mentioned -trump', 1))


@case
def query_or_and_brackets(t):
    news(t)
    show_queries(t, ('levy OR tariff', 0), ('+cranes (harbour OR choir)', 0), ('+choir (harbour OR cranes)', 1))


@case
def query_title(t):
    news(t)
    show_queries(t, ('title:weighs', 0), ('title:"cyber unit"', 0), ('title:putin', 1))


@case
def query_words_find_articles_by_their_titles(t):
    """A word that only the headline holds leads to the article, too."""
    news(t)
    for query, wanted in (('weighs', 'news/wire/cyber.txt'), ('storm', 'news/cranes.md'), ('answers twitter', 'news/wire/trump.txt'),
                          ('+cranes (storm OR choir)', 'news/cranes.md')):
        t.expect_equal([hit['article_id'] for hit in t.answers('db', [query])[0]['hits']][:1], [wanted], query)


@case
def query_outlet(t):
    news(t)
    show_queries(t, ('outlet:reuters', 0), ('outlet:AFP unit', 0), ('outlet:gazette', 0), ('outlet:times', 1))


@case
def query_dates(t):
    news(t)
    show_queries(t, ('date:2017', 0), ('date:2017-07', 0), ('date:2017-07-10', 0), ('date:2017-07-01..2017-07-31', 0),
                 ('date:2018-02..2018-03', 0), ('date:..2016', 0), ('date:2019..', 0), ('after:2018-03', 0),
                 ('before:2017', 0), ('after:2016 before:2018', 0), ('date:2015', 1), ('after:2019-12-24', 1),
                 ('putin date:2018', 0))


@case
def query_wildcard(t):
    news(t)
    show_queries(t, ('secure*', 0), ('Élod*', 0), ('peskov wor*', 0), ('zzz*', 1))


@case
def query_near(t):
    news(t)
    show_queries(t, ('trump NEAR/4 unit', 0), ('unit NEAR/4 trump', 0), ('trump NEAR/3 unit', 1),
                 ('"working group" NEAR/5 security', 0))


@case
def query_forms_of_a_word_find_one_another(t):
    news(t)
    show_queries(t, ('angstrom', 0), ('ÅNGSTRÖM', 0), ('crane', 0), ('proposing', 0), ('levies', 0))


@case
def query_nothing_found_exits_1(t):
    news(t)
    show_queries(t, ('xyzzy', 1), ('...', 1), ('+putin +xyzzy', 1))
    t.show(t.query('-d', 'db', '-f', 'json', 'xyzzy'), 1)
    t.show(t.query('-d', 'db', '-f', 'trec', 'xyzzy'), 1)
    t.show(t.query('-d', 'db', '--offset', '5', 'levy'), 1)


@case
def query_no_string_is_an_error(t):
    news(t)
    strange = ['AND', 'OR OR', 'NOT', 'NEAR/8', '(', ')', '((((', '"', '"unclosed', '“unclosed', '+', '-', '+-', '- -',
               'title:', 'date:', 'date:yesterday', 'date:2018-99', 'nofield:putin', 'putin*trump', '*', '**', 'a*',
               ':', '::', 'NEAR putin', 'putin NEAR', 'putin NEAR/0 trump', 'putin NEAR/99999999999 trump', '+(putin',
               '(' * 5000, '"' * 5001, 'putin ' * 5000, 'x' * 100_000, '-' * 3 + 'putin', '\t', 'http://x.example/?a=b&c=d',
               '“Putin and Trump spoke”: said (Reuters) - “what” OR', 'Ω≈ç√', '日本語', '\U0001F600', 'a\u0301' * 50,
               '\u202e\u200b', '%s%n', '$(id)', "'; DROP TABLE", '\\', 'C:\\x', '<b>', '&amp;']
    for query in strange:
        run = t.query('-d', 'db', '-f', 'json', '--explain', '--', query)
        if not t.expect(run.code in (0, 1) and run.err == b'', f'{query[:40]!r}: exit {run.code}, {run.err!r}'):
            continue
        t.expect_equal(run.json[0]['query'], query, 'query as typed')
    run = t.query('-d', 'db', '-f', 'json', '--', b'\xff\xfe putin \xc3')
    t.expect(run.code == 0 and run.json[0]['total'] == 2, f'bytes that are no UTF-8: {run.code} {run.out!r} {run.err!r}')


@case
def query_explain_says_how_it_was_read_and_why(t):
    news(t)
    for words in (['peskov', 'cyber'], ['+levy -putin', 'date:2018'], ['title:choir'], ['sang OR (levy -council)']):
        t.show(t.query('-d', 'db', '--explain', *words))
    for hit in t.answers('db', ['trump unit', 'title:choir', '"working group"', 'cranes'], '--explain'):
        for one in hit['hits']:
            why = one['explanation']
            t.expect(isinstance(why, dict) and isinstance(why.get('sentence'), str), f'explanation is {why!r}')
            figures = [value for value in why.values() if isinstance(value, float)]
            t.expect(abs(sum(figures) - one['score']) < 1e-6, f'figures {figures} do not add up to {one["score"]}')


@case
def query_missing_index_exits_3(t):
    t.write_all(NEWS)
    os.mkdir(t.path('empty'))
    for directory in ('missing', 'empty', 'news/cranes.md', 'news', 'missing/../also'):
        t.show(t.expect_error(t.query('-d', directory, 'putin'), 3, 'hint: '), 3)
        t.show(t.expect_error(t.index('-d', directory, '--check'), 3, 'hint: '), 3)
    news(t)
    t.show(t.expect_error(t.query('-d', 'db', '-d', 'missing', 'putin'), 3), 3)
    t.show(t.expect_error(t.query('-d', 'missing', '-f', 'json', 'putin'), 3), 3)


# ---- Output.

@case
def query_json(t):
    news(t)
    t.show(t.query('-d', 'db', '-f', 'json', 'cyber'), 0)
    t.show(t.query('-d', 'db', '-f', 'json', 'levy council'), 0, shape=pretty_json)


TEXT, NUMBER, WHOLE = (str,), (int, float), (int,)
ANSWER = {'id': (str, type(None)), 'query': TEXT, 'parsed': TEXT, 'total': WHOLE, 'elapsed_ms': NUMBER,
          'suggestion': (str, type(None)), 'hits': (list,)}
HIT = {'rank': WHOLE, 'score': NUMBER, 'article_id': TEXT, 'passage': WHOLE, 'path': TEXT, 'line': WHOLE, 'begin': WHOLE,
       'end': WHOLE, 'text': TEXT, 'highlights': (list,), 'people': (list,), 'organizations': (list,), 'places': (list,),
       'quotes': (list,), 'copies': (list,), 'explanation': (type(None), str, dict)}
FACTS = ('title', 'outlet', 'dateline', 'date')  # left out or null where absent


def check_types(t, what, found, wanted):
    for field, kinds in wanted.items():
        value = found.get(field, t)
        t.expect(type(value) in kinds, f'{what}: {field} is {"missing" if value is t else repr(value)}')


def check_answer(t, answer, articles):
    """What design.md section 3 promises of one answer; `articles` is --analyze's output by id."""
    check_types(t, answer.get('query'), answer, ANSWER)
    t.expect(answer['total'] >= len(answer['hits']), f'{answer["query"]}: {answer["total"]} in all')
    last = float('inf')
    for rank, hit in enumerate(answer['hits'], 1):
        what = f'{answer["query"]}, hit {rank}'
        check_types(t, what, hit, HIT)
        for fact in FACTS:
            t.expect(hit.get(fact) is None or (type(hit[fact]) is str and hit[fact]), f'{what}: {fact}')
        t.expect_equal(hit['rank'], rank, f'{what}: rank')
        t.expect(hit['score'] <= last, f'{what}: scores rise')
        last = hit['score']
        article = articles[hit['article_id']]
        text = article['text'].encode()
        passage = (article['passages'] + article['boilerplate'])[hit['passage']]
        for field in ('begin', 'end'):
            t.expect_equal(hit[field], passage[field], f'{what}: {field} as --analyze has it')
        t.expect_equal(hit['line'], 1 + text[:hit['begin']].count(b'\n'), f'{what}: line')
        t.expect_equal(hit.get('boilerplate'), passage.get('reason'), f'{what}: boilerplate as --analyze has it')
        t.expect_equal(hit['text'].encode(), text[hit['begin']:hit['end']], f'{what}: text')
        for field in ('path', 'title', 'outlet', 'dateline', 'date'):
            t.expect_equal(hit.get(field), article.get(field), f'{what}: {field} as --analyze has it')
        end = -1
        for span in hit['highlights']:
            check_span(t, f'{what}: highlight', hit['text'].encode(), *span)
            t.expect(span[0] >= end, f'{what}: highlights overlap')
            end = span[1]
        for quote in hit['quotes']:
            check_types(t, f'{what}: quote', quote, {'speaker': (str, type(None)), 'text': TEXT})
        for copy in hit['copies']:
            check_types(t, f'{what}: copy', copy, {'article_id': TEXT, 'path': TEXT})
        for names in ('people', 'organizations', 'places'):
            t.expect(all(type(name) is str for name in hit[names]), f'{what}: {names}')


@case
def query_json_holds_to_its_contract(t):
    t.use_corpus()
    articles = {article['id']: article for article in t.index('--analyze', 'articles').json}
    t.build('db', 'articles')
    queries = topics() + ['"cyber security"', 'ferr*', 'ferry NEAR/5 fire', 'title:ferry', 'date:2018', '-ferry', '学', 'дунай',
                          'urgences', 'outlet:meridian -trump', 'the of and']
    answers = t.answers('db', queries, '-n', '20')
    t.expect_equal([answer['query'] for answer in answers], queries, 'queries')
    t.expect(sum(len(answer['hits']) for answer in answers) > 500, 'many hits')
    for answer in answers:
        check_answer(t, answer, articles)
    for answer in t.answers('db', queries, '--group', 'article', '--explain'):
        check_answer(t, answer, articles)
        ids = [hit['article_id'] for hit in answer['hits']]
        t.expect_equal(len(set(ids)), len(ids), f'{answer["query"]}: an article twice with --group article')


@case
def query_line_leads_to_the_words(t):
    """The line of a hit of a text file is a line of that file, and the passage begins there."""
    t.use_corpus()
    t.build('db', 'articles/courier', 'articles/meridian')
    for answer in t.answers('db', ['ferry fire', 'bank trial', 'painting', 'railway strike']):
        for hit in answer['hits']:
            with open(os.path.join(os.path.dirname(ARTICLES), hit['path']), 'rb') as file:
                lines = file.read().decode('cp1252' if 'bank-trial' in hit['path'] else 'utf-8').splitlines()
            first = hit['text'].split('\n')[0]
            t.expect(first in lines[hit['line'] - 1], f'{hit["path"]}:{hit["line"]} is not where the passage begins: {first}')
    run = t.query('-d', 'db', 'ferry fire')
    places = re.findall(r'(\S+\.(?:txt|md)):(\d+)$', run.text, re.M)
    t.expect_equal(len(places), 10, 'places in the text output')
    hits = t.answers('db', ['ferry fire'])[0]['hits']
    t.expect_equal(places, [(hit['path'], str(hit['line'])) for hit in hits], 'places')


@case
def query_trec(t):
    news(t)
    t.write('queries.tsv', 'T1\tworking group security\nT 2\tlevy\n')
    t.show(t.query('-d', 'db', '-f', 'trec', 'levy', 'council'), 0)
    t.show(t.query('-d', 'db', '-f', 'trec', '--group', 'article', 'levy', 'council'), 0)
    t.show(t.query('-d', 'db', '-f', 'trec', '--batch', 'queries.tsv'), 0)
    t.write('with blank/a b.txt', 'The zeppelin landed.\n')
    t.build('blank', 'with blank')
    t.show(t.query('-d', 'blank', '-f', 'trec', 'zeppelin'), 0)
    for run in (t.query('-d', 'db', '-f', 'trec', 'trump unit working'), t.query('-d', 'blank', '-f', 'trec', 'zeppelin')):
        for row in run.text.splitlines():
            t.expect_equal(len(row.split(' ')), 6, f'columns of {row}')


@case
def query_batch(t):
    news(t)
    queries = 'Q1\tlevy\nchoir sang\n\nQ3\txyzzy\r\n\tno id\nQ5\tTab\tin it\nQ6\t\nlast without line end cranes'
    t.write('queries.tsv', queries)
    from_file = t.show(t.query('-d', 'db', '--batch', 'queries.tsv'), 0)
    t.expect_equal(t.query('-d', 'db', '--batch', '-', stdin=queries.encode()).out, from_file.out, 'from standard input')
    run = t.query('-d', 'db', '-f', 'json', '--batch', 'queries.tsv')
    t.expect_equal([(answer['id'], answer['query']) for answer in run.json],
                   [('Q1', 'levy'), ('2', 'choir sang'), ('Q3', 'xyzzy'), ('', 'no id'), ('Q5', 'Tab\tin it'), ('Q6', ''),
                    ('8', 'last without line end cranes')], 'ids and queries')
    for answer in run.json:
        if answer['query'].strip():
            alone = t.query('-d', 'db', '-f', 'json', '--', answer['query']).json[0]
            t.expect_equal(answer['hits'], alone['hits'], f'{answer["query"]}: as if asked alone')
    t.show(t.query('-d', 'db', '--batch', '-', stdin=b'xyzzy\n'), 1)
    t.show(t.query('-d', 'db', '--batch', '-'), 1, note='standard input is empty')


@case
def query_batch_answers_as_it_reads(t):
    """Whoever writes queries into a pipe and reads the answers must not wait for the end of the queries."""
    news(t)
    process = subprocess.Popen(t.command('dateline-query', '-d', 'db', '-f', 'json', '--batch', '-'), cwd=t.folder,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=t.environment())
    killer = threading.Timer(60, process.kill)
    killer.start()
    try:
        for query in ('levy', 'choir'):
            process.stdin.write(query.encode() + b'\n')
            process.stdin.flush()
            ready = select.select([process.stdout], [], [], 10)[0]
            if not t.expect(ready, f'no answer to {query} while the pipe is open'):
                break
            t.expect_equal(json.loads(process.stdout.readline())['query'], query, 'answer')
    finally:
        killer.cancel()
        process.stdin.close()
        process.stdout.close()
        process.wait()


@case
def query_sort_and_recent(t):
    news(t)
    t.show(t.query('-d', 'db', '--sort', 'date', 'harbour'), 0)
    t.show(t.query('-d', 'db', '--recent', '--explain', '-n', '2', 'harbour'), 0)
    t.show(t.query('-d', 'db', '--sort', 'age', 'harbour'), 2)


@case
def query_like(t):
    news(t)
    t.show(t.query('-d', 'db', '--like', 'news/wire/cyber.txt'), 0)
    t.show(t.query('-d', 'db', '--like', 'news/wire/cyber.txt#0', '-n', '1'), 0)
    t.show(t.query('-d', 'db', '--like', 'nobody'), 1)
    t.show(t.query('-d', 'db', '--like', 'nobody', '-f', 'json'), 1)
    t.show(t.query('-d', 'db', '--like', 'news/wire/cyber.txt', 'cyber'), 2)
    t.show(t.query('-d', 'db', '--like', 'news/wire/cyber.txt', '--names'), 2)


@case
def query_suggests_words(t):
    news(t)
    show_queries(t, ('harbuor', 1), ('cybre levy', 0), ('zyxw', 1))


@case
def query_groups(t):
    """Two articles of several passages each: --group decides what is one hit."""
    for name, outlet, rooms in (('north', 'Reuters', 'hall house tent'), ('south', 'AFP', 'barn church school')):
        t.write(f'g/{name}.txt', f'{name.title()} council meets\n\nOSLO, May 2, 2018 ({outlet}) - ' + '\n\n'.join(
            f'The {name} council met in the {room} on Monday and spoke of the ferry at length, as it had in years before. '
            f'Nobody in the {room} wanted to leave before the vote on the ferry was taken, late at night in the rain. '
            f'The ferry will sail past the {room} until a new one has been paid for, a member said on the way home.'
            for room in rooms.split()) + '\n')
    passages = sorted((article['id'], i) for article in t.index('--analyze', 'g').json
                      for i, passage in enumerate(article['passages']))
    t.expect(len(passages) >= 4, f'passages: {passages}')
    t.build('db', 'g')
    names = {}
    for group in ('passage', 'none', 'article', 'story'):
        answer = t.answers('db', ['ferry council'], '--group', group)[0]
        names[group] = [(hit['article_id'], hit['passage']) for hit in answer['hits']]
        t.expect_equal(answer['total'], len(answer['hits']), f'total with --group {group}')
    t.expect_equal(sorted(names['none']), passages, '--group none')
    t.expect_equal(names['passage'], names['none'], '--group passage: no passage is a copy of another')
    for group in ('article', 'story'):
        t.expect_equal(sorted(article for article, _ in names[group]), ['g/north.txt', 'g/south.txt'], f'--group {group}')
    t.show(t.query('-d', 'db', '-f', 'trec', '--group', 'article', '+north ferry'), 0)
    t.expect('1 article\n' in t.query('-d', 'db', '--group', 'article', '+north ferry').text, 'the text counts articles')


@case
def query_pages_join_without_gaps_or_repeats(t):
    dice = random.Random(7)
    words = ['harbour', 'storm', 'quay', 'crane', 'ferry', 'budget', 'council', 'strike', 'bridge', 'market', 'tower', 'levy']
    for i in range(150):
        paragraphs = []
        for _ in range(dice.randint(1, 5)):
            paragraphs.append(' '.join(
                ' '.join(dice.choices(words, k=dice.randint(6, 25))).capitalize() + '.' for _ in range(3)))
        title = ' '.join(dice.choices(words, k=3)).capitalize()
        t.write(f'p/{i:03}.txt', f'{title}\n\n' + '\n\n'.join(paragraphs) + '\n')
    t.build('db', 'p')
    for query in ('harbour storm', 'ferry', '"harbour storm"', 'har* -tower', 'quay NEAR/3 crane', 'date:2018', '-tower'):
        for group in ('none', 'article'):
            def page(offset, limit):
                run = t.query('-d', 'db', '-f', 'json', '--group', group, '-n', str(limit), '--offset', str(offset), '--', query)
                return [(hit['rank'], hit['article_id'], hit['passage'], hit['score']) for hit in run.json[0]['hits']]
            whole = page(0, 10_000)
            ids = [hit[1] if group == 'article' else hit[1:3] for hit in whole]
            t.expect_equal(len(set(ids)), len(ids), f'{query}, {group}: a hit twice')
            t.expect_equal([hit[0] for hit in whole], list(range(1, len(whole) + 1)), f'{query}, {group}: ranks')
            joined = []
            size = max(10, len(whole) // 8)
            for offset in range(0, len(whole) + size, size):
                joined += page(offset, size)
            if joined != whole:
                first = next((i for i, pair in enumerate(zip(joined, whole)) if pair[0] != pair[1]), None)
                known = {hit[1:3] for hit in joined}
                t.fault(f'{query}, --group {group}: pages of {size} give {len(joined)} hits, one page {len(whole)}; the first '
                        f'difference is at rank {(first or 0) + 1}; {len(joined) - len(known)} repeats, '
                        f'{len({hit[1:3] for hit in whole} - known)} gaps')


@case
def query_limit_and_offset(t):
    news(t)
    whole = t.answers('db', ['trump unit working group'])[0]
    t.expect(len(whole['hits']) >= 2, f'two hits and more: {len(whole["hits"])}')
    for offset in range(len(whole['hits']) + 1):
        page = t.answers('db', ['trump unit working group'], '-n', '1', '--offset', str(offset))[0]
        t.expect_equal(page['hits'], whole['hits'][offset:offset + 1], f'hit at --offset {offset}')
        t.expect_equal(page['total'], whole['total'], f'total at --offset {offset}')


@case
def query_total_is_right(t):
    t.write('t/a.jsonl', ''.join(json.dumps({'id': f'{i}', 'text': f'Zebra number {i} crossed the road quietly.'}) + '\n'
                                 for i in range(700)))
    t.build('db', 't')
    for query in ('zebra', '"zebra number"', 'zebr*', '+zebra -road', 'zebra NEAR/3 crossed'):
        answer = t.answers('db', [query])[0]
        wanted = 0 if 'road' in query else 700
        if answer.get('total_is_exact', True):
            t.expect_equal(answer['total'], wanted, f'total of {query}')
        else:
            t.expect(wanted * 0.8 <= answer['total'] <= wanted * 1.2, f'total of {query}: about {answer["total"]}')
        whole = t.answers('db', [query], '-n', '1000')[0]
        t.expect_equal((len(whole['hits']), whole['total']), (wanted, wanted), f'hits of {query} with -n 1000')


@case
def query_several_indexes_are_one_search(t):
    t.write_all(NEWS)
    t.build('one', 'news/wire')
    t.build('two', 'news/press.jsonl')
    t.build('three', 'news/cranes.md')
    t.build('all', 'news/wire', 'news/press.jsonl', 'news/cranes.md')
    queries = ['putin trump', 'cranes', '"working group"', 'date:2018', 'secur*', 'outlet:gazette', 'xyzzy', 'the', 'person:putin',
               'place:moscow', '-person:putin']
    whole = t.answers('all', queries)
    apart = t.answers('one', queries, '-d', 'two', '-d', 'three')

    def known(answer):
        return [(hit['article_id'], hit['passage'], round(hit['score'], 6)) for hit in answer['hits']]
    for one, other in zip(whole, apart):
        t.expect_equal(known(other), known(one), f'{one["query"]}: as from one index')
        t.expect_equal(other['total'], one['total'], f'{one["query"]}: total')
    t.show(t.query('-d', 'one', '-d', 'two', 'putin', 'levy'), 0)
    t.expect_equal(len(t.answers('one', ['trump'], '-d', 'one')[0]['hits']), 2, 'the same index twice counts once')


@case
def query_color(t):
    news(t)
    t.show(t.query('-d', 'db', '--color', 'always', '--explain', 'cranes', 'storm'), 0)
    t.show(t.query('-d', 'db', '--color', 'always', '"working group"', env={'NO_COLOR': '1'}), 0, note='NO_COLOR=1')
    for run in (t.query('-d', 'db', 'cranes'), t.query('-d', 'db', '--color', 'auto', 'cranes'),
                t.query('-d', 'db', '--color', 'never', 'cranes'), t.query('-d', 'db', '--color', 'always', '-f', 'json', 'cranes'),
                t.query('-d', 'db', '--color', 'always', '-f', 'trec', 'cranes')):
        t.expect(run.code == 0 and b'\x1b' not in run.out, f'{run.line}: an escape in a pipe')
    plain = t.query('-d', 'db', 'cranes').out
    for color, env, wanted in (('auto', {}, True), ('auto', {'NO_COLOR': '1'}, False), ('auto', {'NO_COLOR': ''}, True),
                               ('never', {}, False), ('always', {'NO_COLOR': '1'}, True)):
        code, shown = on_terminal(t, 'dateline-query', '-d', 'db', '--color', color, 'cranes', env=env)
        t.expect_equal((code, b'\x1b' in shown), (0, wanted), f'--color {color}, {env}, on a terminal: escapes')
        t.expect_equal(re.sub(rb'\x1b\[[0-9;]*m', b'', shown), plain, f'--color {color}, {env}: the text itself')


@case
def query_wraps_at_the_width_of_the_terminal(t):
    news(t)
    for columns in (40, 80, 200, 10, 0):
        code, shown = on_terminal(t, 'dateline-query', '-d', 'db', 'cranes', columns=columns)
        t.expect_equal(code, 0, 'exit code')
        longest = max(len(re.sub(r'\x1b\[[0-9;]*m', '', line)) for line in shown.decode().splitlines()
                      if line.startswith('    ') and 'cranes.md' not in line)
        t.expect(longest <= {40: 40, 200: 110, 10: 24}.get(columns, 80), f'{columns} columns: a line of {longest}')


def on_terminal(t, program, *arguments, env=None, columns=80):
    """Runs a program with its stdout and stderr on a pseudo terminal; returns (exit code, what it showed, \\n only)."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    process = subprocess.Popen(t.command(program, *arguments), cwd=t.folder, stdin=subprocess.DEVNULL, stdout=side,
                               stderr=side, env=t.environment(env))
    os.close(side)
    shown = b''
    try:
        while True:
            piece = os.read(main, 65536)
            if not piece:
                break
            shown += piece
    except OSError:  # how Linux tells that the other side is closed
        pass
    os.close(main)
    return process.wait(), shown.replace(b'\r\n', b'\n')


@case
def query_to_a_full_disk_exits_4(t):
    news(t)
    for arguments in (['cranes'], ['-f', 'json', 'cranes'], ['-f', 'trec', 'cranes'], ['xyzzy'], ['--help'], ['--version'],
                      ['--man-page'], ['--completion', 'bash']):
        with open('/dev/full', 'wb') as full:
            t.show(t.query('-d', 'db', *arguments, stdout=full), 4, note='stdout is /dev/full')


@case
def query_to_a_closed_stdout_exits_4(t):
    news(t)
    before = open(t.segment('db'), 'rb').read()
    wrapper = [sys.executable, '-c', 'import os, sys; os.close(1); os.execv(sys.argv[1], sys.argv[1:])']
    t.expect_code(t.query('-d', 'db', 'cranes', wrapper=wrapper), 4)
    t.expect_code(t.index('-d', 'db', '--analyze', 'news', wrapper=wrapper), 4)
    t.expect_code(t.index('-d', 'db', '--report', 'json', 'news', wrapper=wrapper), 4)
    t.expect_equal(open(t.segment('db'), 'rb').read() == before, True, 'the index is as it was')
    t.expect_code(t.index('-d', 'db', '--check'), 0)


@case
def query_to_a_closed_pipe_ends_quietly(t):
    t.use_corpus()
    t.build('db', 'articles')
    t.write('queries', 'the of and\n' * 200)
    for program, arguments in (('dateline-query', ['-n', '10000', '--group', 'none', 'the']),
                               ('dateline-query', ['-n', '1000', '-f', 'json', '--batch', 'queries']),
                               ('dateline-index', ['--analyze', 'articles'])):
        script = '"$@" | head -1 >/dev/null; exit "${PIPESTATUS[0]}"'
        run = t.run(program, '-d', 'db', *arguments, wrapper=['bash', '-c', script, 'bash'], any_end=True)
        t.expect(run.code in (141, 4), f'{run.line} | head -1: ended with {run.code}')
        t.expect_equal(run.err, b'' if run.code == 141 else run.err, f'{run.line} | head -1: stderr')


@case
def query_answers_do_not_depend_on_the_locale(t):
    news(t)
    wanted = t.query('-d', 'db', '--explain', 'Ångström', 'cranes').out
    for locale in ('C', 'POSIX', 'tr_TR.UTF-8', 'nonsense'):
        run = t.query('-d', 'db', '--explain', 'Ångström', 'cranes', env={'LC_ALL': locale})
        t.expect(run.code == 0 and run.out == wanted, f'LC_ALL={locale}: {run.code} {run.out!r}')
