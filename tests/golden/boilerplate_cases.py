#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Captions, time codes and boxes: flagged with a reason, never ranked or shown, found by a phrase alone."""
import json

from harness import case

PAGE = '''Lock closed after barges run aground

Barges wait at the northern lock
01:15
Barges wait at the northern lock

The harbour master closed the lock on Monday after two vessels ran aground in fog, and nobody was hurt.

It would be open again within two days if the weather held, he told reporters on the quay.
'''
PAGES = {'pages/lock.txt': PAGE,
         'pages/other.txt': 'Cranes secured\n\nThe cranes of the harbour were secured on Saturday, which took four hours.\n'}
CAPTION = 'Kremlin: Trump and Putin discussed joint cyber security group in Hamburg'


@case
def boilerplate_is_flagged_with_its_reason(t):
    t.write_all(PAGES)
    page = t.index('--analyze', 'pages/lock.txt').json[0]
    text = page['text'].encode('utf-8')
    flags = [(text[one['begin']:one['end']].decode('utf-8'), one['reason']) for one in page['boilerplate']]
    caption = ('Barges wait at the northern lock', 'repeated line')
    t.expect_equal(flags, [caption, ('01:15', 'time code'), caption], 'what is flagged')
    for passage in page['passages']:
        for one in page['boilerplate']:
            t.expect(passage['end'] <= one['begin'] or one['end'] <= passage['begin'], f'{passage} reaches over {one}')


@case
def boilerplate_is_found_by_a_phrase_alone(t):
    t.write_all(PAGES)
    t.build('db', 'pages')

    def lines(*query):
        by = () if '--group' in query else ('--group', 'none')
        out = t.query('-d', 'db', '-f', 'json', *by, *query).out
        return [(hit['path'], hit['line']) for hit in json.loads(out)['hits']]

    caption = [('pages/lock.txt', 3), ('pages/lock.txt', 5)]
    for query in ('"barges wait at the northern lock"', '"northern lock" date:2017 OR "at the northern"',
                  '"wait at" title:aground', '+"northern lock" cranes', '"Barges wait" -cranes'):
        t.expect_equal(lines(query), caption, query)
    for query in ('northern', '+northern', 'north*', 'barges NEAR/5 northern', 'wait northern', '"lock at"',
                  '"northern lock" date:2017', '"northern lock" -title:aground', '01:15'):
        t.expect_equal(lines(query), [], query)
    t.expect_equal(lines('--', '-"northern lock"'), [('pages/lock.txt', 7), ('pages/other.txt', 3)], 'only a minus')
    t.expect_equal(lines('--', '-cranes'), [('pages/lock.txt', 7)], 'only a minus')
    t.expect_equal(lines('--group', 'article', '"northern lock"'), caption[:1], 'by article')


@case
def broadcasters_page_ranks_below_the_wire_for_the_words_of_its_caption(t):
    t.build('db', t.use_corpus())
    for options in ([], ['--group', 'article']):
        hits = [hit['path'] for hit in t.query('-d', 'db', '-f', 'json', '-n', '30', *options, CAPTION).json[0]['hits']]
        page = 'articles/channel-six/2017-07-10-kremlin-cyber.txt'
        wire = 'articles/meridian/2017-07-10-cyber-group.txt'
        t.expect(wire in hits and page in hits, f'both match: {hits}')
        t.expect(hits.index(wire) < hits.index(page), f'the wire report comes first: {hits}')


@case
def boilerplate_of_an_outlet_is_learned_as_articles_come_and_go(t):
    plea = 'Get the Gazette through your door every Thursday'
    story = 'The council passed a levy for the dike of ward {0} after a debate of four hours on Monday, the mayor said.'
    t.write_all({f'pages/{ward}.txt': f'Levy for ward {ward}\n\n{story.format(ward)}\n\n{plea}\n' for ward in range(2)})

    def found(query):
        out = t.query('-d', 'db', '-f', 'json', '--group', 'none', query).json[0]
        return [hit.get('boilerplate', 'passage') for hit in out['hits']]

    t.build('db', 'pages')
    t.expect_equal(found('gazette'), ['passage'] * 2, 'two articles are not many')
    t.write('pages/2.txt', f'Levy for ward 2\n\n{story.format(2)}\n\n{plea}\n')
    t.build('db', 'pages')
    t.expect_equal(found('gazette'), [], 'three are')
    t.expect_equal(found('"the gazette"'), ['in many articles'] * 3, 'a phrase finds it')
    t.expect_equal(found('levy'), ['passage'] * 3, 'the story stays')
    t.write('pages/2.txt', f'Levy for ward 2\n\n{story.format(2)}\n')
    t.build('db', 'pages')
    t.expect_equal(found('gazette'), ['passage'] * 2, 'two again')
    t.expect_code(t.index('-d', 'db', '--check'), 0)
