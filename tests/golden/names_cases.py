#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""People, organizations and places: in queries, --names, --person, suggestions, aliases, and the model they come from."""
import json
import os
import re

from harness import TOP, case, pretty_json
from index_cases import NEWS
from query_cases import news, show_queries

MODEL = os.path.join(TOP, 'indexer', 'names', 'dateline.names')

# Names that no tagger should miss, each in several articles and forms.
PEOPLE = {
    'p/1-wire.txt': 'Peskov denies talks\n\nMOSCOW, July 10, 2017 (Reuters) - Dmitry Peskov, the Kremlin spokesman, told reporters '
                    'on Monday that no talks with President Donald Trump had been planned in Hamburg. Mr. Peskov spoke by '
                    'telephone from Moscow.\n',
    'p/2-paper.txt': 'No talks in Hamburg\n\nThe Kremlin spokesman Dmitry Peskov said in Moscow that President Vladimir Putin would '
                     'travel to Hamburg on Friday. Mr. Putin had met Donald Trump there before, Mr. Peskov said.\n',
    'p/3-bare.jsonl': '{"id":"bare","title":"Meeting put off","date":"2017-09-02","source":"Gazette","text":"On Tuesday '
                      'Mr. Peskov said that the meeting had been put off until further notice."}\n',
    'p/4-other.jsonl': '{"id":"spelling","date":"2017-11-30","text":"Dmitri Peskov told reporters in Moscow that the letter '
                       'had not arrived."}\n'
                       '{"id":"again","date":"2018-01-15","text":"Dmitry Peskov told reporters in Moscow that the letter '
                       'had arrived."}\n'
                       '{"id":"son","text":"Donald Trump Jr. said in New York on Monday that he had met a lawyer."}\n'
                       '{"id":"baker","text":"Nikolai Peskov, a baker in Bergen, said on Friday that rye bread sold '
                       'well."}\n'
                       '{"id":"nobody","text":"The ferry left late, and none of the crew knew what it had waited for."}\n',
}


def people(t):
    t.write_all(PEOPLE)
    return t.build('db', 'p')


def ids(t, query, *options):
    """The articles that a query finds, sorted."""
    return sorted({hit['article_id'].removeprefix('p/') for hit in t.answers('db', [query], '-n', '100', '--group', 'none', *options)[0]['hits']})


# ---- Fields.

@case
def query_person_org_and_place(t):
    people(t)
    show_queries(t, ('person:nikolai', 0), ('person:"Dmitry Peskov" date:2018', 0), ('org:kremlin date:2017-07', 0),
                 ('place:"new york"', 0), ('person:putin place:hamburg', 0), ('person:hamburg', 1))


@case
def query_finds_people_in_any_form(t):
    """By surname, full name, beginning, other scripts and romanisations; never their namesakes."""
    people(t)
    dmitry = ['1-wire.txt', '2-paper.txt', 'again', 'bare', 'spelling']
    everybody = sorted(dmitry + ['baker'])
    for query, wanted in (
            ('person:peskov', everybody), ('person:PESKOV', everybody), ('person:pesk*', everybody),
            ('person:Песков', everybody), ('person:"Dmitry Peskov"', dmitry), ('person:"peskov, dmitri"', dmitry),
            ('person:"Дмитрий Песков"', dmitry), ('person:dmit*', dmitry), ('person:nikolai', ['baker']),
            ('person:"Nikolay Peskov"', ['baker']), ('person:trump', ['1-wire.txt', '2-paper.txt', 'son']),
            ('person:"trump jr"', ['son']), ('person:"donald trump" -person:"trump jr"', ['1-wire.txt', '2-paper.txt']),
            ('person:peskov -person:nikolai', dmitry), ('person:dmitry place:hamburg', ['1-wire.txt', '2-paper.txt']),
            ('person:putin OR person:nikolai', ['2-paper.txt', 'baker']), ('person:dmitry "put off"', ['bare']),
            ('person:dmitry +letter', ['again', 'spelling']), ('person:dmitry after:2017-10', ['again', 'spelling']),
            ('place:moscow', ['1-wire.txt', '2-paper.txt', 'again', 'spelling']), ('place:peskov', []), ('org:moscow', []),
            ('person:xyzzy', []), ('person:… ferry', ['nobody'])):
        t.expect_equal(ids(t, query), wanted, query)


@case
def query_field_names_may_be_quoted_and_in_capitals(t):
    people(t)
    wanted = t.answers('db', ['person:"dmitry peskov"'])[0]['hits']
    t.expect(wanted, 'hits')
    for query in ('PERSON:"dmitry peskov"', 'person:“dmitry peskov”', 'Person:«Dmitry Peskov»', '(person:"dmitry peskov")',
                  '+person:"dmitry peskov"'):
        t.expect_equal(t.answers('db', [query])[0]['hits'], wanted, query)


@case
def query_hits_hold_the_names_of_the_passage(t):
    people(t)
    t.show(t.query('-d', 'db', '-f', 'json', 'person:putin'), 0, shape=pretty_json)
    for hit in t.answers('db', ['-xyzzy'], '-n', '100')[0]['hits']:
        wanted = 'Peskov' in hit['text']
        t.expect_equal('Dmitry Peskov' in hit['people'], wanted and 'Nikolai' not in hit['text'], hit['text'])
        for names in ('people', 'organizations', 'places'):
            t.expect_equal(len(set(hit[names])), len(hit[names]), f'{names} of {hit["article_id"]}: each once')


# ---- Plain words as names.

@case
def query_explain_says_whom_a_word_was_read_as(t):
    people(t)
    t.show(t.query('-d', 'db', '--explain', '-n', '1', 'putin', 'reporters'), 0)
    t.show(t.query('-d', 'db', '--explain', '-n', '1', '--no-names', 'putin', 'reporters'), 0)


@case
def query_whole_name_finds_its_acronym(t):
    t.write_all({'n/news.jsonl':
                 '{"id":"both","text":"The Offshore Safety Directorate (OSD) closed two rigs in the North Sea on Monday."}\n'
                 '{"id":"acronym","text":"The OSD said on Tuesday that the pumps had failed the test."}\n'
                 '{"id":"neither","text":"The ferry left late, and none of the crew knew what it had waited for."}\n'})
    t.build('db', 'n')
    t.show(t.query('-d', 'db', '--explain', 'offshore', 'safety', 'directorate'), 0)
    t.show(t.query('-d', 'db', '--no-names', '--no-added', 'offshore', 'safety', 'directorate'), 0)


@case
def query_no_names_searches_words_only(t):
    t.use_corpus()
    t.build('db', 'articles')
    queries = ['trump', 'kremlin spokesman', 'yurchenko', 'calloway harbour', 'danube -hungary', 'xyzzy', '"working group"']
    added = 0
    every = ('-n', '1000', '--group', 'none', '--no-added')
    for with_names, without in zip(t.answers('db', queries, *every), t.answers('db', queries, *every, '--no-names')):
        found, words = ({(hit['article_id'], hit['passage']) for hit in answer['hits']} for answer in (with_names, without))
        t.expect(words <= found, f'{without["query"]}: names lose {sorted(words - found)}')
        added += len(found - words)
    t.expect(added > 0, 'names add nothing')
    for query in ('person:yurchenko', 'place:geneva'):
        t.expect_equal(t.answers('db', [query], '--no-names'), t.answers('db', [query]), f'{query} asks for names itself')


# ---- Did you mean.

@case
def query_did_you_mean(t):
    people(t)
    show_queries(t, ('person:peskof', 1), ('person:"dmitry peskof" moscow', 1), ('place:hamberg', 1), ('peskof', 1),
                 ('meeting peskof', 0), ('person:xyzzy', 1), ('"peskof"', 1))
    for query, wanted in (('person:peskof', 'person:"Dmitry Peskov"'), ('peskof', 'Dmitry Peskov'),
                          ('meeting peskof', 'meeting Dmitry Peskov'), ('org:kremlim', 'org:Kremlin'), ('peskov', None),
                          ('person:peskov', None), ('person:Песков', None), ('ferry', None), ('xyzzy', None), ('', None)):
        answer = t.answers('db', [query])[0] if query else {'suggestion': None}
        t.expect_equal(answer['suggestion'], wanted, f'suggestion for {query}')
        if wanted:
            t.expect(t.answers('db', [wanted])[0]['hits'], f'{wanted} finds something')


# ---- --names.

@case
def query_names(t):
    people(t)
    t.show(t.query('-d', 'db', '--names', 'person:dmitry'), 0)
    t.show(t.query('-d', 'db', '--names', '-n', '1', 'person:dmitry'), 0)
    t.show(t.query('-d', 'db', '--names', '-f', 'json', '-n', '2', 'person:dmitry'), 0, shape=pretty_json)
    t.show(t.query('-d', 'db', '--names', '--color', 'always', 'person:nikolai'), 0)
    t.show(t.query('-d', 'db', '--names', 'ferry'), 1)
    t.show(t.query('-d', 'db', '--names', '-f', 'json', 'xyzzy'), 1)


@case
def query_names_of_a_batch(t):
    people(t)
    batch = b'one\tperson:nikolai\nxyzzy\n'
    t.show(t.query('-d', 'db', '--names', '--batch', '-', stdin=batch), 0)
    t.show(t.query('-d', 'db', '--names', '--batch', '-', '-f', 'json', stdin=batch), 0)


@case
def query_names_of_two_indexes(t):
    """Whom both know is one, and a surname alone is whom its own index means."""
    t.write_all(PEOPLE)
    t.write('q/baker.jsonl', '{"id":"baker-too","text":"Nikolai Peskov sold rye bread in Bergen."}\n'
                             '{"id":"bare-too","text":"On Tuesday Mr. Peskov said that he was out of flour."}\n'
                             '{"id":"trump-too","text":"Donald Trump told reporters in Hamburg that he liked bread."}\n')
    t.build('db', 'p')
    t.build('two', 'q')
    both = ('-d', 'two')
    t.show(t.query('-d', 'db', *both, '--names', '--', '-xyzzy'), 0)
    t.show(t.query('-d', 'db', *both, '--person', 'donald trump', '-n', '3'), 0)
    t.expect_equal(t.query('-d', 'two', '-d', 'db', '--names', '--', '-xyzzy').out,
                   t.query('-d', 'db', *both, '--names', '--', '-xyzzy').out, 'the same in any order')
    for query, wanted in (('person:nikolai', ['baker', 'baker-too', 'bare-too']),
                          ('person:dmitry', ['1-wire.txt', '2-paper.txt', 'again', 'bare', 'spelling']),
                          ('person:peskov -person:dmitry', ['baker', 'baker-too', 'bare-too']),
                          ('person:"donald trump" -person:"trump jr"', ['1-wire.txt', '2-paper.txt', 'trump-too'])):
        t.expect_equal(ids(t, query, *both), wanted, query)


@case
def query_names_counts_all_that_matches(t):
    """As many passages and articles as a search for all hits gives, whatever the page."""
    t.use_corpus()
    t.build('db', 'articles')
    for query in ('ferry', 'person:yurchenko', '"the ferry"', 'kremlin -trump', 'minist*', 'date:2017..2019', '-ferry'):
        counted = t.query('-d', 'db', '--names', '-f', 'json', '-n', '100000', '--', query).json[0]
        hits = t.query('-d', 'db', '-f', 'json', '-n', '100000', '--group', 'none', '--no-added', '--', query).json[0]['hits']
        for kind in ('people', 'organizations', 'places'):
            passages, articles = {}, {}
            for hit in hits:
                for name in hit[kind]:
                    passages[name] = passages.get(name, 0) + 1
                    articles.setdefault(name, set()).add(hit['article_id'])
            wanted = {name: (count, len(articles[name])) for name, count in passages.items()}
            found = {one['name']: (one['passages'], one['articles']) for one in counted[kind]}
            t.expect_equal(found, wanted, f'{query}: {kind}')
            figures = [one['passages'] for one in counted[kind]]
            t.expect_equal(figures, sorted(figures, reverse=True), f'{query}: {kind}: the most frequent first')


# ---- --person.

@case
def query_person(t):
    people(t)
    t.show(t.query('-d', 'db', '--person', 'peskov'), 0)
    t.show(t.query('-d', 'db', '--person', 'Dmitry Peskov', '-n', '1'), 0)
    t.show(t.query('-d', 'db', '--person', 'nikolai', '--color', 'always'), 0)
    for name in ('dmitri peskov', 'Песков', 'pesk*', 'PESKOV'):
        t.expect_equal(t.query('-d', 'db', '--person', name).text.split('\n')[0], 'Dmitry Peskov', f'--person {name}')
    t.expect_equal(t.query('-d', 'db', '--person', 'trump jr').text.split('\n')[0], 'Donald Trump Jr.', '--person trump jr')


@case
def query_person_json(t):
    people(t)
    def without_hits(out):
        return pretty_json(json.dumps({**json.loads(out), 'latest': []}).encode())
    run = t.show(t.query('-d', 'db', '--person', 'peskov', '-n', '2', '-f', 'json'), 0, shape=without_hits,
                 note='without the hits')
    page = run.json[0]
    t.expect_equal((page['name'], page['gender'], page['articles'], page['passages']), ('Dmitry Peskov', 'male', 5, 5), 'page')
    t.expect_equal((page['first_date'], page['last_date']), ('2017-07-10', '2018-01-15'), 'dates')
    t.expect_equal([(one['period'], one['count']) for one in page['timeline']],
                   [('2017-07', 1), ('2017-08', 0), ('2017-09', 1), ('2017-10', 0), ('2017-11', 1), ('2017-12', 0),
                    ('2018-01', 1)], 'timeline')
    t.expect_equal(page['namesakes'], ['Nikolai Peskov'], 'namesakes')
    t.expect_equal(sum(one['articles'] for one in page['forms']), page['articles'], 'articles by form')
    t.expect_equal([hit['article_id'] for hit in page['latest']], ['again', 'spelling'], 'latest')
    for hit, known in zip(page['latest'], t.answers('db', ['person:"dmitry peskov" date:2017-11..2018'], '--group', 'none')[0]['hits']):
        for field in set(known) - {'score', 'explanation'}:
            t.expect_equal(hit[field], known[field], f'{field} of a hit')
        t.expect(hit['highlights'], 'highlights')
        for begin, end in hit['highlights']:
            t.expect('Peskov' in hit['text'].encode()[begin:end].decode(), f'a highlight of {hit["text"]}')


@case
def query_person_who_is_not_there(t):
    people(t)
    t.show(t.query('-d', 'db', '--person', 'peskof'), 1)
    t.show(t.query('-d', 'db', '--person', 'Vladimr Putni'), 1)
    t.show(t.query('-d', 'db', '--person', 'xyzzy'), 1)
    t.show(t.query('-d', 'db', '--person', '…'), 1)
    t.show(t.query('-d', 'db', '--person', 'hamburg'), 1)
    t.show(t.query('-d', 'db', '--person', 'peskof', '-f', 'json'), 1)
    t.show(t.query('-d', 'db', '--person', 'xyzzy', '-f', 'json'), 1)


@case
def query_person_faults_exit_2(t):
    people(t)
    for arguments in (['--person', 'peskov', 'ferry'], ['--person', 'peskov', '--batch', '-'], ['--person'], ['--person', ''],
                      ['--names'], ['--names', '--person', 'peskov'], ['--names', '-f', 'trec', 'peskov'],
                      ['--person', 'peskov', '-f', 'trec']):
        t.show(t.expect_error(t.query('-d', 'db', *arguments), 2), 2)


@case
def query_person_pages_hold_together(t):
    """Of everybody in the sample collection: the page agrees with what person: finds."""
    t.use_corpus()
    t.build('db', 'articles')
    everybody = t.query('-d', 'db', '--names', '-f', 'json', '-n', '100000', '--', '-xyzzy').json[0]['people']
    t.expect(len(everybody) > 100, f'{len(everybody)} people')
    for one in everybody[:40] + everybody[-20:]:
        page = t.query('-d', 'db', '--person', one['name'], '-f', 'json', '-n', '100').json[0]
        if page['name'] != one['name']:
            t.expect(one['name'] in page['namesakes'], f'{one["name"]} is neither on the page nor a namesake')
            continue
        t.expect_equal((page['passages'], page['articles']), (one['passages'], one['articles']), f'{one["name"]}: counts')
        t.expect_equal(len(page['latest']), min(100, page['articles']), f'{one["name"]}: one passage an article')
        t.expect(page['name'] not in page['namesakes'], f'{one["name"]} is a namesake of themselves')
        t.expect(page['name'] not in [other['name'] for other in page['beside']], f'{one["name"]} stands beside themselves')
        dates = [hit.get('date', '') for hit in page['latest']]
        t.expect_equal(dates, sorted(dates, reverse=True), f'{one["name"]}: newest first')
        for hit in page['latest']:
            end = 0
            for span in hit['highlights']:
                t.expect(end <= span[0] < span[1] <= len(hit['text'].encode()), f'{one["name"]}: highlight {span}')
                end = span[1]


# ---- The model.

@case
def index_model_info(t):
    run = t.index('--model-info')
    t.expect_code(run, 0)
    t.expect_equal(run.err, b'', 'stderr')
    for words in ('Names model of Dateline', 'Trained on', 'Measured on, never trained on', 'F1', 'CC BY'):
        t.expect(words in run.text, f'--model-info does not say "{words}"')
    t.expect_equal(t.index('--model-info', '--names-model', MODEL).out, run.out, 'the model named')
    t.expect(len(max(run.text.splitlines(), key=len)) < 200, 'lines that can be read')


@case
def index_without_a_good_names_model_exits_3(t):
    t.write_all(NEWS)
    with open(MODEL, 'rb') as file:
        whole = file.read()
    t.write('cut.names', whole[:100_000])
    t.write('flipped.names', whole[:2_000_000] + bytes([whole[2_000_000] ^ 1]) + whole[2_000_001:])
    t.write('text.names', 'nothing of the kind\n' * 100)
    t.write('empty.names', '')
    t.write('newer.names', whole[:8] + b'\x63' + whole[9:])
    for model in ('missing.names', 'cut.names', 'flipped.names', 'text.names', 'empty.names', 'newer.names', 'news'):
        for arguments in (['-d', 'db', 'news'], ['--analyze', 'news'], ['--model-info']):
            run = t.expect_error(t.index('--names-model', model, *arguments), 3, 'hint: ', model)
            t.expect_equal(run.out, b'', f'{run.line}: stdout')
        t.show(run, 3)
    t.expect(not os.path.exists(t.path('db')), 'a run without a model makes an index')
    news(t)
    before = t.answers('db', ['putin', 'levy'])
    t.expect_error(t.index('-d', 'db', '--names-model', 'cut.names', 'news'), 3)
    t.expect_equal(t.answers('db', ['putin', 'levy']), before, 'the index after a run without a model')
    t.expect_code(t.index('-d', 'db', '--check', '--names-model', 'missing.names'), 0)


@case
def index_names_are_counted_in_the_report(t):
    people(t)
    report = t.index('-d', 'db', '--report', 'json', 'p').json[0]
    t.expect_equal(report['people'], 5, 'people: Peskov, Putin, Trump, Trump Jr., another Peskov')
    t.expect(report['organizations'] >= 1 and report['places'] >= 4, f'organizations and places: {report}')
    page = t.query('-d', 'db', '--names', '-f', 'json', '-n', '1000', '--', '-xyzzy').json[0]
    for kind in ('people', 'organizations', 'places'):
        t.expect_equal(len(page[kind]), report[kind], f'{kind}, as --names has them')


# ---- Aliases.

@case
def index_aliases(t):
    t.write_all(PEOPLE)
    t.write('aliases', '# What we know better.\n\nNikolai Peskov = Kolya the Baker\nDmitry Peskov != Dmitri Peskov\n'
                       '- Vladimir Putin   # no name\nplace: Moscow = Москва\n')
    t.build('db', '--aliases', 'aliases', 'p')
    found = t.query('-d', 'db', '--names', '-f', 'json', '-n', '100', '--', '-xyzzy').json[0]
    names = [one['name'] for one in found['people']]
    t.expect({'Dmitry Peskov', 'Dmitri Peskov', 'Nikolai Peskov'} <= set(names), f'people: {names}')
    t.expect('Vladimir Putin' not in names, 'a dropped name is there')
    t.expect_equal(ids(t, 'person:"dmitri peskov"'), ['spelling'], 'told apart')
    t.expect('MOSCOW' not in [one['name'] for one in found['places']], f'merged: {found["places"]}')
    t.write('merge', 'The Spokesman = Dmitry Peskov = Nikolai Peskov\n')
    t.build('db', '--aliases', 'merge', 'p')
    t.show(t.query('-d', 'db', '--person', 'spokesman', '-n', '1'), 0)


@case
def index_aliases_faults_exit_2(t):
    t.write_all(NEWS)
    for number, text in enumerate(('Dmitry Peskov\n', 'Dmitry Peskov = \n', '# fine\n\nA = B\nC = B\n', 'A = B\n- B\n', '- A\nA = B\n',
                                   'A != a\n', 'org: A != B\n', '- …\n', '= A\n')):
        name = t.write(f'aliases-{number}', text)
        t.show(t.expect_error(t.index('-d', 'db', '--aliases', name, 'news'), 2, 'hint: ', name), 2,
               note=re.sub(r'\n', ' | ', text.strip()))
    t.show(t.expect_error(t.index('-d', 'db', '--aliases', 'missing', 'news'), 2, 'hint: '), 2)
    t.expect_equal(t.listing('.'), sorted([f'aliases-{number}' for number in range(9)] + ['news']), 'a refused command writes nothing')
