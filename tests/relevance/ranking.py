# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the programs: a source of articles, ranked for queries."""
import os
import re
import subprocess
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HITS = 100


def rank(binaries, source, queries, group):
    """Indexes source (from the project's root) and returns {topic: [names of its best HITS hits]}, best first.

    queries  {topic: query}
    group    what a hit is, as --group has it
    """
    with tempfile.TemporaryDirectory() as work:
        batch = os.path.join(work, 'queries.tsv')
        with open(batch, 'w', encoding='utf-8') as f:
            f.writelines(topic + '\t' + re.sub(r'\s+', ' ', query) + '\n' for topic, query in queries.items())
        subprocess.run([f'{binaries}/dateline-index', '-q', '-d', f'{work}/db', source], cwd=TOP, check=True)
        out = subprocess.run([f'{binaries}/dateline-query', '-d', f'{work}/db', '-f', 'trec', '-n', str(HITS), '--group', group,
                              '--batch', batch], capture_output=True, text=True, check=True)
    ranked = {topic: [] for topic in queries}
    for line in out.stdout.splitlines():
        topic, _, name, *_ = line.split(' ')
        ranked[topic].append(name)
    return ranked
