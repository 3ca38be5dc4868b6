#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Ranks the topics of the sample collection and compares with the committed baseline.

usage: relevance.py BIN_DIR [--update] [--per-topic]
Indexes corpus/articles, answers tests/relevance/topics.tsv, and scores the passages by tests/relevance/judgements.tsv:
a passage has the grade of the best anchor that begins in it. nDCG@10 has linear gains; MRR@10 and "first" count grades
of 2 and more. Fails if a mean falls more than 0.01 below tests/relevance/baseline.tsv, and lists the topics that lost.
--update writes the baseline anew.
"""
import json
import math
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
ARTICLES = 'corpus/articles'
MAY_FALL = 0.01
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
        at = text.find(anchor.encode())
        ordinal = next((i for i, (begin, end) in enumerate(spans) if begin <= at < end), None) if at >= 0 else None
        if ordinal is None:
            faults.append(f'{topic}: no passage of {article} holds: {anchor}')
            continue
        row = grades.setdefault(topic, {})
        name = f'{article}#{ordinal}'
        row[name] = max(row.get(name, 0), int(grade))
    return grades, faults


def run_of(binaries):
    """Returns {topic: [article#passage]}, best first."""
    with tempfile.TemporaryDirectory() as work:
        subprocess.run([f'{binaries}/dateline-index', '-q', '-d', f'{work}/db', ARTICLES], cwd=TOP, check=True)
        topics = os.path.join(work, 'topics.tsv')
        with open(topics, 'w', encoding='utf-8') as f:
            f.writelines('\t'.join(row) + '\n' for row in rows('topics.tsv'))
        out = subprocess.run([f'{binaries}/dateline-query', '-d', f'{work}/db', '-f', 'trec', '-n', '100', '--group', 'none', '--batch', topics],
                             capture_output=True, text=True, check=True)
    ranked = {}
    for line in out.stdout.splitlines():
        topic, _, name, *_ = line.split(' ')
        ranked.setdefault(topic, []).append(name.removeprefix(ARTICLES + '/'))
    return ranked


def score(grades, ranked):
    """Returns (nDCG@10, MRR@10, first hit answers) of one topic."""
    gains = [grades.get(name, 0) for name in ranked[:10]]
    dcg = sum(gain / math.log2(i + 2) for i, gain in enumerate(gains))
    best = sum(gain / math.log2(i + 2) for i, gain in enumerate(sorted(grades.values(), reverse=True)[:10]))
    first = next((i + 1 for i, gain in enumerate(gains) if gain >= ANSWERS), None)
    return dcg / best, 1 / first if first else 0.0, float(first == 1)


def main():
    binaries = os.path.abspath(sys.argv[1])
    grades, faults = resolve(rows('judgements.tsv'), passages_of(binaries))
    ranked = run_of(binaries)
    scores = {topic: score(grades[topic], ranked.get(topic, [])) for topic, _ in rows('topics.tsv') if topic in grades}
    mean = [sum(s[i] for s in scores.values()) / len(scores) for i in range(3)]
    print(f'{len(scores)} topics  nDCG@10 {mean[0]:.4f}  MRR@10 {mean[1]:.4f}  first hit answers {mean[2]:.4f}')
    if '--per-topic' in sys.argv:
        queries = dict(rows('topics.tsv'))
        for topic, s in sorted(scores.items(), key=lambda item: item[1][0]):
            print(f'{topic}  {s[0]:.3f}  {s[1]:.2f}  {queries[topic]}')
    if '--update' in sys.argv:
        with open(os.path.join(HERE, 'baseline.tsv'), 'w', encoding='utf-8') as f:
            f.write('topic\tndcg10\tmrr10\tfirst\n')
            f.writelines(f'{t}\t{s[0]:.4f}\t{s[1]:.4f}\t{s[2]:.0f}\n' for t, s in scores.items())
        return 0
    baseline = {row[0]: [float(x) for x in row[1:]] for row in rows('baseline.tsv')}
    for i, name in enumerate(('nDCG@10', 'MRR@10', 'first hit answers')):
        before = sum(b[i] for b in baseline.values()) / len(baseline)
        if mean[i] < before - MAY_FALL:
            faults.append(f'{name} fell from {before:.4f} to {mean[i]:.4f}')
    if faults:
        lost = sorted(((s[0] - baseline[t][0], t) for t, s in scores.items() if t in baseline and s[0] < baseline[t][0] - 1e-4))
        faults += [f'{topic} lost {-change:.3f}' for change, topic in lost]
    print('\n'.join(faults) or 'no worse than the baseline')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
