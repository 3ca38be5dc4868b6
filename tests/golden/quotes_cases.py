#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Quotes and their speakers: said:, --quotes, quotes in hits, in --names and on the page of a person."""
import json

from harness import case, pretty_json
from query_cases import check_span

# Quotes that no finder should miss. The second article carries the first quote of the first, cut; the third is hostile.
SPEAKERS = {
    'q/1-wire.txt': 'Group to meet\n\nHAMBURG, July 8, 2017 (Reuters) - Svetlana Lukash came to Hamburg on Friday.\n\n'
                    '“The working group on cyber security will meet in Moscow before the end of the summer,” Svetlana '
                    'Lukash said.\n\nShe was asked about sanctions. “The sanctions were not on our list, and nobody '
                    'spoke of the sanctions,” she said.\n\n“We know of no working group,” Dmitry Peskov told reporters.\n',
    'q/2-paper.jsonl': '{"id":"paper","title":"Hackers","date":"2017-07-10","source":"Gazette","text":"The working group was '
                       'news to most. “The working group on cyber security will meet in Moscow,” Svetlana Lukash said. '
                       'The sanctions remain. “Sanctions are a matter for the ministers alone,” Svetlana Lukash said on '
                       'Sunday."}\n',
    'q/3-page.jsonl': '{"id":"page","date":"2018-02-01","text":"“It was \\u001b[31mred\\u202e all over the place,” '
                      'Svetlana Lukash said in Sochi."}\n',
}


def speakers(t):
    t.write_all(SPEAKERS)
    return t.build('db', 'q')


def ids(t, query):
    return [hit['article_id'].removeprefix('q/') for hit in t.answers('db', [query], '-n', '100')[0]['hits']]


def quotes(t, *arguments):
    run = t.query('-d', 'db', '--quotes', '-f', 'json', '-n', '100', *arguments)
    return run.json[0]['quotes']


@case
def query_said(t):
    speakers(t)
    t.show(t.query('-d', 'db', 'said:lukash'), 0)
    t.show(t.query('-d', 'db', '--explain', '-n', '2', 'said:lukash', 'sanctions', 'ministers'), 0)
    t.show(t.query('-d', 'db', '--explain', 'said:peskov', 'date:2017'), 0)
    t.show(t.query('-d', 'db', 'said:lukesh'), 1)


@case
def query_said_combines_with_everything(t):
    speakers(t)
    both = ids(t, 'said:lukash said:peskov')
    t.expect(set(both) <= {'1-wire.txt'}, f'both speak: {both}')
    t.expect_equal(ids(t, 'said:lukash')[0], 'page', 'the newest first')
    for query, wanted in (('said:lukash outlet:gazette', ['paper']), ('said:"Svetlana Lukash" date:2018', ['page']),
                          ('said:luk* "matter for the ministers"', ['paper']), ('said:lukash -sanctions after:2017', ['page']),
                          ('SAID:lukash place:sochi', ['page']), ('said:moscow', []), ('-said:lukash outlet:gazette', [])):
        t.expect_equal(ids(t, query), wanted, query)


@case
def query_quotes(t):
    speakers(t)
    t.show(t.query('-d', 'db', '--quotes', 'said:lukash'), 0)
    t.show(t.query('-d', 'db', '--quotes', '-n', '1', 'said:lukash', 'ministers'), 0)
    t.show(t.query('-d', 'db', '--quotes', '--color', 'always', '-n', '1', 'group'), 0)
    t.show(t.query('-d', 'db', '--quotes', '--offset', '1', '-n', '1', '-f', 'json', 'said:lukash', 'before:2018'), 0,
           shape=pretty_json)
    t.show(t.query('-d', 'db', '--quotes', 'said:lukesh'), 1)
    t.show(t.query('-d', 'db', '--quotes', 'sochi', '-said:lukash'), 1)


@case
def query_quotes_of_a_batch(t):
    speakers(t)
    t.write('queries.tsv', 'a\tsaid:peskov\nb\tsaid:nobody\n')
    t.show(t.query('-d', 'db', '--quotes', '--batch', 'queries.tsv'), 0)


@case
def query_quotes_are_where_they_say(t):
    t.use_corpus()
    articles = {article['id']: article for article in t.index('--analyze', 'articles').json}
    t.build('db', 'articles')
    found = quotes(t, '--', '-xyzzy')
    t.expect(len(found) == 100, 'a hundred quotes')
    for quote in found:
        article = articles[quote['article_id']]
        text = article['text'].encode()
        what = f'{quote["article_id"]} {quote["begin"]}'
        t.expect_equal(quote['text'].encode(), text[quote['begin']:quote['end']], f'{what}: text')
        for part in ('mention', 'cue'):
            if quote[part]:
                span = text[quote[part]['begin']:quote[part]['end']]
                t.expect_equal(quote[part]['text'].encode(), span, f'{what}: {part}')
        t.expect_equal(quote['line'], text[:quote['begin']].count(b'\n') + 1, f'{what}: line')
        known = [one for one in article['quotes'] if (one['begin'], one['end']) == (quote['begin'], quote['end'])]
        t.expect(known and known[0]['kind'] == quote['kind'], f'{what}: as --analyze has it')
        for span in quote['highlights']:
            check_span(t, f'{what}: highlight', quote['text'].encode(), *span)
        for copy in quote['copies']:
            t.expect(copy['article_id'] in articles and copy['article_id'] != quote['article_id'], f'{what}: copy')


@case
def query_names_tell_who_speaks(t):
    speakers(t)
    t.show(t.query('-d', 'db', '--names', 'said:lukash'), 0)
    people = t.query('-d', 'db', '--names', '-f', 'json', 'said:lukash').json[0]['people']
    t.expect_equal([one['quotes'] for one in people if one['name'] == 'Svetlana Lukash'], [5], 'quotes of one')


@case
def query_person_shows_quotes_by_topic(t):
    speakers(t)
    t.show(t.query('-d', 'db', '--person', 'lukash', '-n', '1'), 0)
    page = t.query('-d', 'db', '--person', 'lukash', '-f', 'json').json[0]
    t.expect_equal(sum(len(topic['quotes']) for topic in page['topics']), page['quotes'], 'each quote in one topic')
    t.expect('\\u001b' in json.dumps(page) and b'\x1b' not in t.query('-d', 'db', '--person', 'lukash').out, 'escaped')


@case
def query_quotes_faults_exit_2(t):
    for arguments in (['--quotes', '--names', 'x'], ['--quotes', '--person', 'x'], ['--quotes', '-f', 'trec', 'x']):
        t.show(t.query('-d', 'db', *arguments), 2)
