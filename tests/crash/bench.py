# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests of disturbed runs stand on: a folder, articles in it, and both programs, with a library preloaded."""
import json
import os
import random
import shutil
import subprocess

PATIENCE = 120  # seconds until a run is given up
QUERIES = ['harbour', 'ferry levy', '"the harbour was"', 'mayor', 'person:penrose', 'date:2017', 'pier', 'zeppelin']
SHIPS = ['ferry', 'trawler', 'barge', 'zeppelin', 'collier', 'tug']
APART = ['--group', 'none']  # which copies are shown together, and under which of them, scores decide
SYLLABLES = ['ka', 're', 'mo', 'ti', 'sel', 'dan', 'ou', 'bri', 'tak', 'fin']


def article(number, change=''):
    ship = SHIPS[number % len(SHIPS)]
    return (f'The {ship} came late{change}\n\nHARWICK, July {number % 28 + 1}, 2017 (Meridian) - The {ship} came late on '
            f'Monday, Mayor Rosalind Penrose said{change}.\n\nThe harbour was shut for {number} hours. Mrs. Penrose '
            f'promised a levy of {number * 7} pounds a berth.\n')


def invented_article(number, change=''):
    """Of some 1,000 bytes of invented words, for articles that are copies of one another would be another test."""
    dice = random.Random(number)

    def words(count):
        return ' '.join(''.join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(count))

    text = f'The {words(3)} came late{change}\n\nHARWICK, July {number % 28 + 1}, 2017 (Meridian) - The {words(8)}.\n\n'
    for _ in range(5):
        text += (f'The harbour {words(12)}, Mayor Rosalind Penrose said{change}. She {words(14)} the {words(2)}. '
                 f'"The {words(9)} was lost," Mrs. Penrose said.\n\n')
    return text


class Bench:
    def __init__(self, folder, programs, library):
        self.folder, self.programs, self.library = folder, programs, library
        self.wanted = None

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def run(self, program, *arguments, **environment):
        return subprocess.run([os.path.join(self.programs, program), *arguments], cwd=self.folder, timeout=PATIENCE, check=False,
                              capture_output=True, env={**os.environ, **environment})

    def index(self, database, arguments, **environment):
        if environment:
            environment['LD_PRELOAD'] = self.library
        return self.run('dateline-index', '-q', '-j', '1', '-d', database, *arguments, **environment)

    def write(self, number, change='', folder='news'):
        with open(self.path(folder, f'{number:02}.txt'), 'w', encoding='utf-8') as file:
            file.write(article(number, change))

    def answers(self, database, *options):
        with open(self.path('queries'), 'w', encoding='utf-8') as file:
            file.writelines(query + '\n' for query in QUERIES)
        found = self.run('dateline-query', '-d', database, '-f', 'json', '-n', '10000', *options, '--batch', 'queries')
        assert found.returncode in (0, 1), f'exit {found.returncode}: {found.stderr}'
        return [{**json.loads(line), 'elapsed_ms': 0} for line in found.stdout.splitlines()]

    def articles(self, database, query='harbour'):
        """The ids of the articles that `query` finds."""
        found = self.run('dateline-query', '-d', database, '-f', 'trec', '-n', '10000', '--group', 'article', query)
        assert found.returncode in (0, 1), f'exit {found.returncode}: {found.stderr}'
        return {line.split()[2] for line in found.stdout.decode().splitlines()}

    def segments(self, database):
        with open(self.path(database, 'XAPIANDB'), encoding='utf-8') as manifest:
            return [line.split()[1] for line in manifest if line.startswith('auto ')]

    def is_sound(self, database, here):
        check = self.run('dateline-index', '--check', '-d', database)
        assert check.returncode == 0, f'{here}: {check.stderr}'
        left = sorted(os.listdir(self.path(database)))
        assert left == sorted(['XAPIANDB', 'lock', *self.segments(database)]), f'{here}: left over: {left}'

    def make_anew(self, sources):
        """The index with which others are to be compared from now on. Returns how the run ended."""
        shutil.rmtree(self.path('anew'), ignore_errors=True)
        made = self.index('anew', sources)
        self.wanted = self.answers('anew', *APART)
        return made

    def is_as_made_anew(self, database, here):
        for found, wanted in zip(self.answers(database, *APART), self.wanted):
            differences = sorted(set(hits_of(found)) ^ set(hits_of(wanted)))
            assert not differences, f'{here}: {found["query"]}: {len(differences)} hits, such as {differences[0]}'
            assert found['total'] == wanted['total'], f'{here}: {found["query"]}: {found["total"]} and not {wanted["total"]}'


def hits_of(answer):
    """As text; without scores and ranks, for what was removed counts in the weights of words until a merge drops it."""
    return [json.dumps({**hit, 'score': 0, 'rank': 0}, sort_keys=True) for hit in answer['hits']]
