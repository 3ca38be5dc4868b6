# SPDX-License-Identifier: GPL-2.0-or-later
"""The topics of the sample collection: passages of corpus/articles, judged in judgements.tsv.

A passage has the grade of the best anchor that begins in it; 0 is judged and no answer, which scores as not judged.
"""
import json
import math
import os
import re
import subprocess

from ranking import TOP, rank

HERE = os.path.dirname(os.path.abspath(__file__))
ARTICLES = 'corpus/articles'
FIGURES = ('nDCG@10', 'MRR@10', 'first hit answers')
ANSWERS = 2  # grades from here on count as an answer


def rows(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as f:
        next(f)
        return [line.rstrip('\n').split('\t') for line in f]


def passages_of(binaries):
    """Returns {article: (text as bytes, [(begin, end)])}; an article is its path below ARTICLES or its record's id."""
    out = subprocess.run([f'{binaries}/dateline-index', '--analyze', ARTICLES], cwd=TOP, capture_output=True, check=True)
    found = {}
    for line in out.stdout.splitlines():
        article = json.loads(line)
        found[article['id'].removeprefix(ARTICLES + '/')] = (
            article['text'].encode(), [(p['begin'], p['end']) for p in article['passages']])
    return found


def resolve(judgements, passages):
    """Returns {topic: {article#passage: grade}}; every anchor must stand in exactly one passage."""
    grades, faults = {}, []
    for topic, article, grade, anchor in judgements:
        text, spans = passages.get(article, (b'', []))
        places = [match.start() for match in re.finditer(re.escape(anchor.encode()), text)]
        ordinals = {i for at in places for i, (begin, end) in enumerate(spans) if begin <= at < end}
        if len(ordinals) != 1:
            faults.append(f'{topic}: {len(ordinals)} passages of {article} hold: {anchor}')
            continue
        row = grades.setdefault(topic, {})
        name = f'{article}#{ordinals.pop()}'
        row[name] = max(row.get(name, 0), int(grade))
    return grades, faults


def score(grades, ranked):
    """Returns the FIGURES of one topic: nDCG with linear gains, the others by grades that answer."""
    gains = [grades.get(name, 0) for name in ranked[:10]]
    dcg = sum(gain / math.log2(i + 2) for i, gain in enumerate(gains))
    best = sum(gain / math.log2(i + 2) for i, gain in enumerate(sorted(grades.values(), reverse=True)[:10]))
    first = next((i + 1 for i, gain in enumerate(gains) if gain >= ANSWERS), None)
    return dcg / best, 1 / first if first else 0.0, float(first == 1)


def measure(binaries):
    """Returns {topic: query}, {topic: FIGURES} and what is wrong with the judgements; topics without an answer are left out."""
    grades, faults = resolve(rows('judgements.tsv'), passages_of(binaries))
    queries = {topic: query for topic, query in rows('topics.tsv') if any(grades.get(topic, {}).values())}
    ranked = rank(binaries, ARTICLES, queries, 'none')
    scores = {topic: score(grades[topic], [name.removeprefix(ARTICLES + '/') for name in ranked[topic]]) for topic in queries}
    return queries, scores, faults
