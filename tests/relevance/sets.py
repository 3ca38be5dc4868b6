# SPDX-License-Identifier: GPL-2.0-or-later
"""The retrieval sets of ../shared/eval, which need not be there: a hit is an article."""
import json
import os
import sys
import tempfile

from ranking import TOP, rank

EVAL = os.path.join(os.path.dirname(TOP), 'shared', 'eval')
FIGURES = ('nDCG@10', 'MRR@10', 'recall@100')
ABSENT = 'skipped: ../shared/eval is not here'
LUCENE = {}  # nDCG@10 of Lucene's BM25 (k1 1.2, b 0.75) by set; empty where the sets are absent

if os.path.isdir(EVAL):
    sys.dont_write_bytecode = True
    sys.path.insert(0, EVAL)
    import score_ranking
    import score_run

    LUCENE = {name: figures[0] for name, figures in score_ranking.read_baselines(f'{EVAL}/baselines.tsv').items()}


def read(name, file):
    with open(f'{EVAL}/data/ir/{name}/{file}', encoding='utf-8') as f:
        yield from map(json.loads, f)


def score(name, ranked):
    """Returns {topic: FIGURES} of a set; ranked is {topic: [articles]}, best first."""
    return score_run.score(score_run.read_qrels(f'{EVAL}/data/ir/{name}/qrels.tsv'), ranked)


def score_file(name, path):
    """The same of a run in TREC's format."""
    return score(name, score_run.read_run(path))


def measure(binaries, name):
    """Returns {topic: query} and {topic: FIGURES} of a set."""
    queries = {query['_id']: query['text'] for query in read(name, 'queries.jsonl')}
    with tempfile.TemporaryDirectory() as work:
        source = os.path.join(work, 'articles.jsonl')
        with open(source, 'w', encoding='utf-8') as f:
            for article in read(name, 'corpus.jsonl'):
                if article['text']:
                    json.dump({'id': article['_id'], 'title': article.get('title', ''), 'text': article['text']}, f)
                    f.write('\n')
        return queries, score(name, rank(binaries, source, queries, 'article'))
