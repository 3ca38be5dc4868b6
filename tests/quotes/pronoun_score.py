#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Scores pronouns as speakers: is "she said" given to the right person?

usage: pronoun_score.py [--program PATH] [--errors N] | --write-open FILE
Runs `dateline-index --analyze` on the articles of pronoun_speakers.tsv and compares the speakers of `quotes` with it. The
articles stand in ../shared/eval/data/quotes/polnear/train.jsonl.gz; without them the script says so and exits 77.

HELD OUT: the articles of train whose id has a SHA-256 with a first byte divisible by four (`held_out`) are for these cases
alone. Rules and weights are made with the other three quarters, which --write-open writes; errors in held-out articles
are looked at only to find a case labelled wrong, never to better a rule.

case        a "he" or "she" that is the whole source of an attribution by which somebody says, writes or thinks something.
            All such pronouns of the held-out articles were ordered by the SHA-256 of "ARTICLE:BEGIN"; of these the first
            two of each article were kept, and of these the first 100 labelled by hand. Passed over: attributions of
            something merely done or favoured ("chose", "avoids"), and articles that share over half of their eight-word
            runs with an open one.
columns     article; begin and end of the pronoun in `text` of the data, half open, in characters (not bytes); the
            person's longest name in the article, or - where the article has no name for that person
found       the speakers of the quotes whose speaker_begin..speaker_end touches the pronoun
right       every speaker found is the person (`same_person`); for - it is that quotes are found, and none with a speaker
wrong       a speaker found is somebody else
nobody      quotes are found, none with a speaker, though the article names the person
not found   no quote has its speaker there
resolved    right and wrong together
--program PATH     the program, or a command with arguments; build/bin/dateline-index otherwise
--errors N         lists N cases that are not right, the wrong ones first: article, offsets, gold and found
--write-open FILE  writes the articles that are not held out as JSON Lines, for writing rules and for score_quotes.py
"""
import argparse
import collections
import hashlib
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
SHARED = os.path.join(os.path.dirname(TOP), 'shared', 'eval')
DATA = os.path.join(SHARED, 'data', 'quotes', 'polnear', 'train.jsonl.gz')
CASES = os.path.join(HERE, 'pronoun_speakers.tsv')
SUFFIXES = set('jr sr ii iii iv'.split())
KINDS = ('right', 'wrong', 'nobody', 'not found')

Case = collections.namedtuple('Case', 'article begin end name')  # name: None where the article has none


def held_out(article):
    return hashlib.sha256(article.encode('utf-8')).digest()[0] % 4 == 0


def read_cases(texts):
    """Returns the cases; ends the program when one does not fit the articles."""
    cases = []
    with open(CASES, encoding='utf-8') as f:
        for line in f.read().splitlines()[1:]:
            article, begin, end, name = line.split('\t')
            case = Case(article, int(begin), int(end), None if name == '-' else name)
            if not held_out(article) or texts.get(article, '')[case.begin:case.end].lower() not in ('he', 'she'):
                sys.exit(f'{CASES}: no pronoun of a held-out article: {line}')
            cases.append(case)
    return cases


def same_given(short, long):
    """Do the given names stand among the others in the same order? An initial is as good as the name."""
    rest = iter(long)
    return all(any(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for b in rest) for a in short)


def same_person(name, other, fold):
    """The same last name, and given names that do not clash: those left out ("Smith") or shortened ("A. Smith") do not."""
    a, b = ([word for word in (fold(part)[0] for part in re.findall(r'[^\W\d_]+', n)) if word not in SUFFIXES]
            for n in (name, other))
    if not a or not b or a[-1] != b[-1]:
        return False
    short, long = sorted((a[:-1], b[:-1]), key=len)
    return same_given(short, long)


def judge(case, speakers, fold):
    """Returns one of KINDS; `speakers` are those of the quotes at the pronoun, None for a quote without."""
    named = [speaker for speaker in speakers if speaker is not None]
    if not speakers:
        return 'not found'
    if case.name is None:
        return 'wrong' if named else 'right'
    if not named:
        return 'nobody'
    return 'right' if all(same_person(case.name, speaker, fold) for speaker in named) else 'wrong'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', default=os.path.join(TOP, 'build', 'bin', 'dateline-index'))
    parser.add_argument('--errors', type=int, default=0)
    parser.add_argument('--write-open', metavar='FILE')
    args = parser.parse_args()
    if not os.path.exists(DATA):
        print(f'skipped: no {DATA}')
        return 77
    sys.dont_write_bytecode = True  # nothing is left beside the data
    sys.path.insert(0, SHARED)
    import analysis

    documents = analysis.read_jsonl(DATA)
    if args.write_open:
        with open(args.write_open, 'w', encoding='utf-8') as f:
            f.writelines(json.dumps(d, ensure_ascii=False) + '\n' for d in documents if not held_out(d['doc']))
        return 0

    texts = {document['doc']: document['text'] for document in documents}
    cases = read_cases(texts)
    articles = sorted({case.article for case in cases})
    answers, _, _ = analysis.analyze(args.program, [{'id': article, 'text': texts[article]} for article in articles])
    spoken = {}  # for each article, how to map its spans, and (span of the speaker's mention, speaker) of each quote
    for article in articles:
        answer = answers.get(article, {})
        overlay = analysis.Overlay(texts[article], answer.get('text', ''))
        mentions = ((overlay.theirs(quote.get('speaker_begin'), quote.get('speaker_end')), quote.get('speaker'))
                    for quote in answer.get('quotes', []))
        spoken[article] = overlay, [mention for mention in mentions if mention[0]]

    count, errors = collections.Counter(), []
    for case in cases:
        overlay, mentions = spoken[case.article]
        pronoun = overlay.ours(case.begin, case.end)
        speakers = [speaker for span, speaker in mentions if analysis.overlap(span, pronoun)]
        kind = judge(case, speakers, analysis.fold)
        count[kind] += 1
        if kind != 'right':
            found = ', '.join(sorted({speaker for speaker in speakers if speaker})) or '-'
            errors.append((KINDS.index(kind), f'{kind:9} {case.article} {case.begin}-{case.end}  '
                           f'gold {case.name or "-"}  found {found}'))
    analysis.warn_bad_spans()
    for _, line in sorted(errors)[:args.errors]:
        print(line)
    resolved = count['right'] + count['wrong']
    print(f'{len(cases)} pronouns in {len(articles)} articles  ' + '  '.join(f'{kind} {count[kind]}' for kind in KINDS))
    print(f'right of resolved {count["right"] / resolved if resolved else 0:.3f} ({count["right"]} of {resolved})  '
          f'right of all {count["right"] / len(cases):.3f}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
