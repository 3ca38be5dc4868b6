#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Scores the linking of people: are the mentions of one person in an article given one name, and only those?

usage: link_score.py [--program PATH] [--errors N] [--mentions]
Writes the articles of ../shared/eval/data/ner/gum_news (gold coreference chains) as plain text, runs
`dateline-index --analyze` on them and compares `entities` with the chains. Without ../shared it says so and exits 77.

gold mention   a mention of type person whose own words hold a proper name. Own words stand in no mention inside it and
               before any comma or bracket; the name is the last run of capitalised ones that touches its nucleus
               (`minspan`), titles in front taken off: "U.S. President [Donald Trump]", "head of the Harbour Board
               [Ann Smith]". No names are NO_NAMES, mostly peoples and groups; words that the articles write small
               more often than not ("Web"), unless "Mr" or the like is in front; first words of sentences that are small
               anywhere. So pronouns, "the President", "Afghan women", "Ann Smith and Bob Jones" as a whole are out.
found mention  an entity of kind person that overlaps the name of a gold mention; one to one, most overlap first
pairs          all pairs of matched mentions of an article. Gold pairs have the same chain, found pairs the same `name`.
precision      of found pairs, how many are gold; over all articles at once
recall         of gold pairs, how many are found; `recall of all` counts the pairs of gold mentions not found, too
B-cubed        for each matched mention, the part of those with its name (its chain) that have its chain (its name)
--program PATH the program, or a command with arguments; build/bin/dateline-index otherwise
--errors N     lists N kinds of wrong pairs with an example: `apart` are one person by gold only, `joined` by name only
--mentions     lists every gold mention: its chain and what was found there
"""
import argparse
import collections
import itertools
import json
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.path.join(os.path.dirname(TOP), 'shared', 'eval')
DATA = os.path.join(SHARED, 'data', 'ner', 'gum_news', 'docs.jsonl')
AROUND = 25  # characters shown on either side of a mention
CLITICS = set("'s ’s n't n’t 're 've 'll 'd 'm".split())  # the data has blanks in front of these
COURTESY = set('dr lady lord miss mr mrs ms sir'.split())
TITLES = COURTESY | set('''a administrator ambassador an captain ceo chairman chief commander commissioner congressman
    councillor democrat director doctor emeritus foreign general governor high home i judge king labour major mayor minister
    mp officer pope president prime prince princess prof professor queen republican secretary senator shadow sheikh sheriff
    spokesperson state the undersecretary vice'''.split())
NO_NAMES = set('''- afghans agnostics anonymous atheists bangladeshis commanders fan greeks immigrants man muslim muslims new
    rationalist refugees rohingya sams scientologist scientology stormtroopers student superheroes superstars taliban texans
    zealander'''.split())

Mention = collections.namedtuple('Mention', 'span chain name')  # name: the program's, or None


def write_text(doc):
    """Returns the article as text, and where each token begins and ends in it."""
    glued = set(doc['nospace'])
    text, at, whole = '', [], False
    for begin, end in doc['sentences']:
        # Titles, dates and captions stand alone; sentences run on.
        was_whole, whole = whole, bool({'.', '!', '?'}.intersection(doc['tokens'][max(begin, end - 2):end]))
        text = text and text.rstrip() + (' ' if was_whole and whole else '\n\n')
        for i in range(begin, end):
            text = text.rstrip() if doc['tokens'][i] in CLITICS else text
            at.append((len(text), len(text) + len(doc['tokens'][i])))
            text += doc['tokens'][i] + ('' if i in glued else ' ')
    return text.rstrip() + '\n', at


def plain(word):
    return word.lower().strip('.')


def count_words(docs):
    """Returns how often (word, "has a capital") stands in the articles; capitals at the start of a sentence aside."""
    counts = collections.Counter()
    for doc in docs:
        starts = {begin for begin, _ in doc['sentences']}
        counts.update((plain(token), token[0].isupper()) for i, token in enumerate(doc['tokens'])
                      if token[0].islower() or (token[0].isupper() and i not in starts))
    return counts


def name_of(mention, doc, counts):
    """Returns the tokens (begin, end) of the proper name that is a person mention's own, or None."""
    tokens, starts = doc['tokens'], {begin for begin, _ in doc['sentences']}
    begin, end = mention['start'], mention['end']
    nucleus = {begin + int(number) - 1 for number in mention['minspan'].split(',')}
    inside = {i for other in doc['mentions'] for i in range(other['start'], other['end'])
              if begin <= other['start'] and other['end'] <= end and other['end'] - other['start'] < end - begin}

    def names(i):
        word = plain(tokens[i])
        usual = counts[word, False] <= (0 if i in starts else counts[word, True])
        return word not in NO_NAMES and (usual or (i > 0 and plain(tokens[i - 1]) in COURTESY))

    runs = []
    for i in range(begin, end):
        if i > begin and tokens[i] in {',', '(', '[', '--', '—'}:
            break
        follows = bool(runs) and runs[-1][-1] == i - 1
        is_capital = tokens[i][0].isupper() and i not in inside
        if follows and (is_capital or (tokens[i] == '-' and i in doc['nospace'])):
            runs[-1].append(i)
        elif is_capital:
            runs.append([i])
    for run in reversed(runs):
        while run and plain(tokens[run[0]]) in TITLES:
            del run[0]
        if nucleus.intersection(run) and any(names(i) for i in run):
            return run[0], run[-1] + 1
    return None


def match(gold, found, overlap):
    """Returns {number of the gold mention: number of the found one}, one to one."""
    taken, matched = set(), {}
    pairs = ((overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    for common, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if common > 0 and i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return matched


class Score:
    """Sums over articles."""

    def __init__(self):
        self.right = self.found = self.gold = self.gold_all = self.articles = self.named = 0
        self.cubes = []  # (precision, recall) of each matched mention
        self.errors = []

    def add(self, mentions, doc, show):
        """Takes the gold mentions of an article, with the names the program gave those it found."""
        matched = [m for m in mentions if m.name is not None]
        self.articles += bool(mentions)
        self.named += len(mentions)
        self.gold_all += sum(a.chain == b.chain for a, b in itertools.combinations(mentions, 2))
        wrong = {}
        for a, b in itertools.combinations(matched, 2):
            gold, found = a.chain == b.chain, a.name == b.name
            self.gold, self.found, self.right = self.gold + gold, self.found + found, self.right + (gold and found)
            if gold != found:
                key = ('apart' if gold else 'joined', frozenset({a.chain, b.chain}), frozenset({a.name, b.name}))
                wrong.setdefault(key, []).append((a, b))
        for m in matched:
            same = [(o.chain == m.chain, o.name == m.name) for o in matched]
            both = same.count((True, True))
            self.cubes.append((both / sum(name for _, name in same), both / sum(chain for chain, _ in same)))
        self.errors += ['\n    '.join([f'{kind:6} {len(pairs):4} pairs  {doc["id"]}'] + [
            f'{show(m.span, AROUND)}  = {m.name}' for m in pairs[0]]) for (kind, _, _), pairs in wrong.items()]

    def report(self):
        def part(a, b):
            return a / b if b else 0.0
        p, r = (part(sum(cube[k] for cube in self.cubes), len(self.cubes)) for k in (0, 1))
        return (f'{self.articles} articles with names of people  {self.named} mentions, {len(self.cubes)} found  '
                f'pairs: gold {self.gold}, found {self.found}, right {self.right}\n'
                f'precision {part(self.right, self.found):.4f}  recall {part(self.right, self.gold):.4f}  '
                f'recall of all {part(self.right, self.gold_all):.4f} ({self.gold_all} gold pairs)  '
                f'B-cubed P {p:.4f} R {r:.4f} F1 {part(2 * p * r, p + r):.4f}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', default=os.path.join(TOP, 'build', 'bin', 'dateline-index'))
    parser.add_argument('--errors', type=int, default=0)
    parser.add_argument('--mentions', action='store_true')
    args = parser.parse_args()
    if not os.path.exists(DATA):
        print(f'skipped: no {DATA}')
        return 77
    sys.dont_write_bytecode = True  # nothing is left beside the data
    sys.path.insert(0, SHARED)
    import analysis

    docs = analysis.read_jsonl(DATA)
    counts = count_words(docs)
    texts = [write_text(doc) for doc in docs]
    answers, _, _ = analysis.analyze(args.program, [{'id': doc['id'], 'text': text} for doc, (text, _) in zip(docs, texts)])
    score = Score()
    for doc, (text, at) in zip(docs, texts):
        answer = answers.get(doc['id'], {})
        overlay = analysis.Overlay(text, answer.get('text', ''))
        gold = {}
        for mention in doc['mentions']:
            name = name_of(mention, doc, counts) if mention['type'] == 'person' else None
            if name:
                gold[overlay.ours(at[name[0]][0], at[name[1] - 1][1])] = mention['chain']
        gold = sorted(gold.items())
        people = [e for e in answer.get('entities', []) if e['kind'] == 'person']
        spans = [overlay.theirs(e['begin'], e['end']) or (0, 0) for e in people]
        matched = match([span for span, _ in gold], spans, analysis.overlap)
        mentions = [Mention(span, chain, people[matched[i]]['name'] if i in matched else None)
                    for i, (span, chain) in enumerate(gold)]
        for m in mentions if args.mentions else ():
            print(f'{doc["id"]}  {m.chain:>4}  {overlay.show(m.span)}  = {m.name or "(not found)"}')
        score.add(mentions, doc, overlay.show)
    analysis.warn_bad_spans()
    print(*score.errors[:args.errors], score.report(), sep='\n')
    return 0


if __name__ == '__main__':
    sys.exit(main())
