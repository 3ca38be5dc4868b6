#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Precision of boilerplate over 300 real articles, against verdicts given by reading every span in its article.

usage: boilerplate_score.py [--program PATH] [--news FILE] [--list FILE] [--unjudged]

The articles are drawn with a fixed seed; --list holds a line for each span that was judged: article, begin and end in the
bytes of the text as --analyze prints it, and `true` where the span is no part of the story. Spans that the program flags
and nobody has judged are counted as wrong (--unjudged prints them, to be read). Skips where the news is absent.
"""
import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
SEED = 20261122
DRAWN = 300
SKIPPED = 77


def drawn_ids(articles):
    return set(random.Random(SEED).sample(sorted(article['id'] for article in articles), DRAWN))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', default='build/bin/dateline-index')
    parser.add_argument('--news', default=os.path.join(TOP, '..', 'shared', 'eval', 'data', 'news', 'us_news.jsonl.gz'))
    parser.add_argument('--list', default=os.path.join(HERE, 'verdicts.tsv'))
    parser.add_argument('--unjudged', action='store_true')
    options = parser.parse_args()
    if not os.path.exists(options.news):
        print(f'skipped: {options.news} is absent')
        return SKIPPED
    with open(options.list, encoding='utf-8') as lines:
        verdicts = {tuple(row[:3]): row[3] for row in (line.rstrip('\n').split('\t') for line in lines)}
    with gzip.open(options.news, 'rt', encoding='utf-8') as lines:
        ids = drawn_ids([json.loads(line) for line in lines])
    run = subprocess.run([options.program, '--analyze', options.news], stdout=subprocess.PIPE, check=False)
    right = wrong = with_any = 0
    reasons = {}
    for line in run.stdout.splitlines():
        article = json.loads(line)
        if article['id'] not in ids:
            continue
        text = article['text'].encode('utf-8')
        with_any += bool(article['boilerplate'])
        for span in article['boilerplate']:
            verdict = verdicts.get((article['id'], str(span['begin']), str(span['end'])))
            is_right = verdict == 'true'
            right += is_right
            wrong += not is_right
            reason = reasons.setdefault(span['reason'], [0, 0])
            reason[0 if is_right else 1] += 1
            if verdict is None and options.unjudged:
                shown = text[span['begin']:span['end']].decode('utf-8').replace('\n', ' / ')
                print(article['id'], span['begin'], span['end'], span['reason'], shown, sep='\t')
    for reason, (good, bad) in sorted(reasons.items()):
        print(f'{reason}: {good} right, {bad} wrong')
    spans = right + wrong
    print(f'{DRAWN} articles, {with_any} with boilerplate, {spans} spans: precision {right / max(spans, 1):.4f}')
    return 0 if spans and right >= 0.97 * spans else 1


if __name__ == '__main__':
    sys.exit(main())
