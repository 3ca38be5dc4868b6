#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Indexes 5,000 real articles in ten updates of random order, in which articles also change and go: every question must be
answered as by an index that was made of the last state at once.

    updates_test.py BIN_DIR [ARTICLES]

Scores are not compared: what was removed counts in the weights of words until a merge drops it. Needs ../shared/eval.
"""
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NEWS = os.path.join(os.path.dirname(TOP), 'shared', 'eval', 'data', 'news')
SKIPPED = 77
ROUNDS = 10
STRIPPED = 200  # articles that are there twice, the second time as their clean-up left them
QUERIES = ['homeland security', 'iraq war funding', '"working group"', '"health care reform"', 'veter*', 'title:obama', 'date:2012',
           'after:2018-06', 'outlet:fox', 'school -shooting', 'tax NEAR/5 cuts', 'person:obama', 'person:trump', 'org:senate',
           'place:iraq', 'said:obama', 'said:obama economy', 'said:akaka veterans', 'obama boehner', 'the', 'senator AND budget',
           'clinton OR romney', '"follow us"', '"contact"', 'hurricane katrina relief', 'bidan', 'minimum wage', 'supreme court nominee',
           'white house', '"the white house"']


def articles(count, dice):
    """Lines of JSON: all of us_news, press releases up to `count`, and stripped copies of some."""
    def read(name):
        with gzip.open(os.path.join(NEWS, name), 'rt', encoding='utf-8') as file:
            return file.readlines()
    press = read('senate_press.jsonl.gz')
    news = read('us_news.jsonl.gz')[:count]
    chosen = sorted(dice.sample(range(len(press)), max(count - len(news), STRIPPED)))
    lines = news + [press[i] for i in chosen][:count - len(news)]
    wanted = {json.loads(press[i])['id'] for i in dice.sample(chosen, min(STRIPPED, len(chosen)))}
    lines += [line for line in read('senate_press_unpunctuated.jsonl.gz') if json.loads(line)['id'].split('#')[0] in wanted]
    dice.shuffle(lines)
    return lines


class Folder:
    """The files of the collection, of JSON lines."""

    def __init__(self, path, lines, dice):
        self.path, self.dice, self.files = path, dice, {}
        self.coming = [lines[i::ROUNDS * 4] for i in range(ROUNDS * 4)]
        os.makedirs(path)

    def change(self, number):
        """Four files come, one goes, of each other some lines go and some are rewritten. Returns how many."""
        gone = rewritten = 0
        if number > 2:
            name = self.dice.choice(sorted(self.files))
            gone += len(self.files.pop(name))
            os.remove(os.path.join(self.path, name))
        for lines in self.files.values():
            for i in sorted(self.dice.sample(range(len(lines)), len(lines) // 40), reverse=True):
                del lines[i]
                gone += 1
            for i in self.dice.sample(range(len(lines)), len(lines) // 40):
                article = json.loads(lines[i])
                article['text'] += f'\n\nUpdated in round {number}, said Mayor Rosalind Penrose.'
                lines[i] = json.dumps(article, ensure_ascii=False) + '\n'
                rewritten += 1
        for i in range(4):
            self.files[f'{self.dice.randrange(10 ** 6):06}.jsonl'] = self.coming.pop()
        for name, lines in self.files.items():
            with open(os.path.join(self.path, name), 'w', encoding='utf-8') as file:
                file.writelines(lines)
        return gone, rewritten


class Programs:
    def __init__(self, folder, where):
        self.folder, self.where = folder, where

    def run(self, program, *arguments):
        done = subprocess.run([os.path.join(self.where, program), *arguments], cwd=self.folder, capture_output=True, check=False)
        assert done.returncode in (0, 1), f'{program} {arguments}: exit {done.returncode}: {done.stderr.decode()[:500]}'
        return done.stdout.decode().splitlines()

    def index(self, database):
        self.run('dateline-index', '-q', '-d', database, 'news')

    def answers(self, database):
        """{question: its answer without scores, ranks and times}, hits in an order that does not depend on scores."""
        with open(os.path.join(self.folder, 'queries'), 'w', encoding='utf-8') as file:
            file.writelines(query + '\n' for query in QUERIES)
        found = {}
        for what in (['--group', 'none'], ['--quotes'], ['--names']):
            lines = self.run('dateline-query', '-d', database, '-f', 'json', '-n', '100000', *what, '--batch', 'queries')
            for line in lines:
                answer = json.loads(line)
                if answer.get('total_is_exact', True):  # else the best were read, which is a matter of scores
                    found[answer['query'], what[-1]] = json.dumps(without_scores(answer), sort_keys=True)
        return found


def without_scores(answer):
    """Its hits or quotes, each as text, sorted; and the rest."""
    def plain(one):
        copies = sorted(json.dumps(copy, sort_keys=True) for copy in one.get('copies', []))
        return json.dumps({**one, 'copies': copies, 'score': 0, 'rank': 0}, sort_keys=True)
    lists = {key: sorted(map(plain, answer[key])) for key in ('hits', 'quotes') if key in answer}
    return {**answer, **lists, 'elapsed_ms': 0}


def main():
    if not os.path.isdir(NEWS):
        print(f'skipped: {NEWS} is not there')
        return SKIPPED
    dice = random.Random(20171107)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    with tempfile.TemporaryDirectory() as work:
        programs = Programs(work, os.path.abspath(sys.argv[1]))
        folder = Folder(os.path.join(work, 'news'), articles(count, dice), dice)
        gone = rewritten = 0
        for number in range(ROUNDS):
            here = folder.change(number)
            gone, rewritten = gone + here[0], rewritten + here[1]
            programs.index('updated')
        programs.run('dateline-index', '--check', '-d', 'updated')
        programs.index('anew')
        updated, anew = programs.answers('updated'), programs.answers('anew')
        held = sum(len(lines) for lines in folder.files.values())
    different = [question for question in anew if updated.get(question) != anew[question]]
    for question in different:
        one, other = updated.get(question, ''), anew[question]
        at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
        print(f'{question}: from byte {at}: in ten updates {one[max(at - 200, 0):at + 100]!r}, at once {other[max(at - 200, 0):at + 100]!r}')
    assert gone > count // 20 and rewritten > count // 50, f'{gone} articles went, {rewritten} changed'
    found = sum(len(answer) > 1000 for answer in anew.values())
    assert found > len(anew) // 2, f'{found} of {len(anew)} questions find something'
    print(f'{held} articles held, {gone} went, {rewritten} changed; {len(anew) - len(different)} of {len(anew)} answers are the same')
    return 1 if different else 0


if __name__ == '__main__':
    sys.exit(main())
