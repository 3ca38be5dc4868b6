#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What must come out the same: with any number of threads, in any order of sources, through Xapian's own tools."""
import os
import re
import shutil

from harness import ARTICLES, Skip, case
from query_cases import news, topics


def many(t, copies=16):
    """The sample collection several times over: some ten batches of work."""
    for number in range(copies):
        shutil.copytree(ARTICLES, t.path('many', f'{number:02}'))
    return 'many'


@case
def threads_change_neither_analysis_nor_index_nor_answers(t):
    many(t)
    analyses = [t.index('--analyze', '-j', threads, 'many') for threads in ('1', '8')]
    for run in analyses:
        t.expect_code(run, 0)
    t.expect(len(analyses[0].out) > 2_500_000, f'{len(analyses[0].out)} bytes of analysis')
    t.expect(analyses[0].out == analyses[1].out, '--analyze differs with -j 1 and -j 8')
    postings, answers, reports = [], [], []
    for threads in ('1', '8'):
        run = t.index('-d', f'db{threads}', '-j', threads, '--report', 'json', 'many')
        t.expect_code(run, 0)
        reports.append({key: value for key, value in run.json[0].items() if key != 'seconds'})
        postings.append(open(t.segment(f'db{threads}'), 'rb').read())
        names = t.query('-d', f'db{threads}', '--names', '-f', 'json', '-n', '100', '--', '-xyzzy').json
        answers.append(t.answers(f'db{threads}', topics()) + t.answers(f'db{threads}', topics(), '--group', 'article') + names)
    t.expect_equal(reports[1], reports[0], 'reports')
    t.expect(postings[0] == postings[1], 'the index differs with -j 1 and -j 8')
    t.expect(answers[0] == answers[1], 'answers differ with -j 1 and -j 8')
    t.expect(sum(len(answer.get('hits', [])) for answer in answers[0]) > 1000, 'many hits')


@case
def the_same_command_says_the_same_twice(t):
    t.use_corpus()
    t.build('db', 'articles')
    for options in (['-f', 'trec'], ['--explain'], ['--group', 'article']):
        outs = {t.query('-d', 'db', *options, '--batch', '-', stdin='\n'.join(topics()).encode()).out for _ in range(2)}
        t.expect_equal(len(outs), 1, f'different outputs of two runs with {options}')


@case
def order_of_sources_does_not_change_what_is_found(t):
    t.use_corpus()
    parts = [f'articles/{name}' for name in sorted(os.listdir(ARTICLES))]
    t.build('db', *parts)
    t.build('other', *reversed(parts))

    def found(database):
        return [(answer['query'], answer['total'],
                 sorted((round(hit['score'], 9), hit['article_id'], hit['passage'], hit['begin'], hit['text'])
                        for hit in answer['hits']))
                for answer in t.answers(database, topics(), '-n', '1000')]
    for one, other in zip(found('db'), found('other')):
        t.expect_equal(other, one, f'found for {one[0]} with the sources the other way round')
    names = [t.query('-d', database, '--names', '-f', 'json', '-n', '10000', '--', '-xyzzy').json for database in ('db', 'other')]
    t.expect_equal(names[1], names[0], 'names with the sources the other way round')
    lines = [sorted(t.index('--analyze', *sources).out.splitlines()) for sources in (parts, parts[::-1])]
    t.expect(lines[0] == lines[1], '--analyze differs')


# ---- Xapian's own tools.

def tool(t, name, *arguments):
    if not shutil.which(name):
        raise Skip(f'{name} is not installed')
    return t.run(name, *arguments)


def facts(run):
    """What xapian-delve says of a database, but for its UUID, revision and docids, which depend on how it is cut."""
    return {key: value for key, value in re.findall(r'^(.+?) = (.*)$', run.text, re.M)
            if key not in ('UUID', 'revision', 'highest document id ever used', 'documents contiguous')}


@case
def xapian_tools_read_the_index(t):
    t.use_corpus()
    t.build('db', 'articles')
    said = re.search(r'(\d+) passages', t.index('-d', 'db', '--check').text)
    delve = tool(t, 'xapian-delve', 'db')
    t.expect_code(delve, 0)
    pieces = sum(len(article['boilerplate']) for article in t.index('--analyze', 'articles').json)
    t.expect_equal(facts(delve).get('number of documents'), str(int(said.group(1)) + pieces) if said else None,
                   'passages and boilerplate')
    t.expect_equal(facts(delve).get('has positional information'), 'false', 'positions')
    check = tool(t, 'xapian-check', 'db/XAPIANDB')
    t.expect_code(check, 0)
    t.expect('No errors found' in check.text, f'xapian-check: {check.text}')
    compact = tool(t, 'xapian-compact', 'db', 'compacted')
    t.expect_code(compact, 0)
    t.expect_equal(facts(tool(t, 'xapian-delve', 'compacted')), facts(delve), 'counts of the compacted database')
    for word in ('Qarticles/meridian/2017-07-10-cyber-group.txt', 'kremlin', 'Skremlin'):
        lists = [tool(t, 'xapian-delve', '-t', word, database).text.partition(':') for database in ('db', 'compacted')]
        lists = [(begin.replace(database, ''), len(docids.split())) for database, (begin, _, docids) in
                 zip(('db', 'compacted'), lists)]
        t.expect('termfreq' in lists[0][0] and lists[0][1] > 0, f'{word}: {lists[0]}')
        t.expect_equal(lists[1], lists[0], f'postings of {word} after compaction')
    schema = tool(t, 'xapian-delve', '-V0', 'db')
    t.expect_code(schema, 0)
    # The tools have changed nothing.
    t.expect_code(t.index('-d', 'db', '--check'), 0)


@case
def compacted_index_serves_as_a_segment(t):
    """xapian-compact's output in the place of the segment answers the same."""
    news(t)
    good = t.answers('db', ['putin', 'levy', '"working group"'])
    t.expect_code(tool(t, 'xapian-compact', '--no-renumber', 'db', 'out'), 0)
    t.copy('db', 'other')
    shutil.rmtree(t.path('other/segment-1'))
    shutil.copytree(t.path('out'), t.path('other/segment-1'))
    t.expect_equal(t.answers('other', ['putin', 'levy', '"working group"']), good, 'answers')
