# SPDX-License-Identifier: GPL-2.0-or-later
"""What the scorers of the gold files share: reading the gold, and running the program over the sample collection."""
import json
import os
import re
import subprocess
import unicodedata

GOLD = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(GOLD))


def folded(name):
    letters = unicodedata.normalize('NFKD', name).casefold()
    return ' '.join(re.findall(r'\w+', ''.join(c for c in letters if not unicodedata.combining(c))))


def rows(name):
    """The rows of a gold file without its head, each a list of columns; a line end within one stands as \\n."""
    with open(os.path.join(GOLD, name), encoding='utf-8') as lines:
        next(lines)
        for line in lines:
            yield [column.replace('\\n', '\n') for column in line.rstrip('\n').split('\t')]


def nth(text, part, occurrence):
    """Where `part` stands for that time, from 1, in characters; None if it does not."""
    at = -1
    for _ in range(occurrence):
        at = text.find(part, at + 1)
        if at < 0:
            return None
    return at


def analyze(program):
    """What --analyze prints of the sample collection, by article id and by path."""
    out = subprocess.run([program, '--analyze', 'corpus/articles'], cwd=TOP, stdout=subprocess.PIPE, check=False).stdout
    articles = {}
    for line in out.decode('utf-8').splitlines():
        article = json.loads(line)
        articles[article['id']] = article
        articles[os.path.relpath(article['path'], 'corpus/articles')] = article
    return articles
