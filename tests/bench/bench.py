#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole-program benchmarks of dateline-index and dateline-query over any collection.

usage: bench.py index  CORPUS [--mb N] [--runs N] [--threads N]   MB/s, CPU, peak memory, size of the index
       bench.py cold   DB QUERIES [--runs N]                      one process a query: p50, p95, p99
       bench.py growth CORPUS [--sizes N,N,...]                   cost an article as the collection grows, with the exponent
       bench.py updates CORPUS QUERIES [--articles N]             a folder of N files that changes; latency after 100 updates
       bench.py busy   DB QUERIES CORPUS                          latency while CORPUS is indexed into another index
       bench.py scale  CORPUS QUERIES [--sizes N,N,...]           cost a passage and a query as a collection outgrows CORPUS
       bench.py take   CORPUS OUT --mb N                          writes the first N million bytes of article text
Common: [--bin DIR] (default build/bin), [--work DIR] (default a temporary folder)
CORPUS is JSON Lines with "text", plain or .gz; QUERIES is `kind<TAB>query` a line.
Figures are medians over the runs; CPU and memory are what the kernel charged to the process.
"""
import argparse
import collections
import gzip
import itertools
import json
import math
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def lines_of(path):
    opener = gzip.open if path.endswith('.gz') else open
    with opener(path, 'rt', encoding='utf-8') as f:
        yield from f


def take(corpus, out, megabytes=0, articles=0):
    """Writes the first so many million bytes of text, or articles; returns (articles, bytes of text)."""
    count = size = 0
    with open(out, 'w', encoding='utf-8') as f:
        for line in lines_of(corpus):
            length = len(json.loads(line)['text'].encode())
            if (megabytes and size + length > megabytes * 1e6) or (articles and count == articles):
                break
            f.write(line)
            count += 1
            size += length
    return count, size


def run(argv):
    """Returns (wall s, CPU s, peak MB, exit code)."""
    begin = time.perf_counter()
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 4):
        sys.exit(f'{argv[0]} ended with {process.returncode}: {message.decode(errors="replace")[-300:]}')
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


def disk_mb(folder):
    return sum(os.lstat(os.path.join(parent, name)).st_size
               for parent, _, names in os.walk(folder) for name in names) / 1e6


def index_once(args, corpus, threads=None):
    db = os.path.join(args.work, 'db')
    shutil.rmtree(db, ignore_errors=True)
    argv = [f'{args.bin}/dateline-index', '-q', '-d', db, corpus]
    if threads:
        argv[1:1] = ['-j', str(threads)]
    return run(argv), disk_mb(db)


def index(args):
    corpus = os.path.join(args.work, 'corpus.jsonl')
    count, size = take(args.corpus, corpus, args.mb)
    rows = [index_once(args, corpus, args.threads) for _ in range(args.runs)]
    wall, cpu, memory = (statistics.median(r[0][i] for r in rows) for i in range(3))
    print(f'{count} articles, {size / 1e6:.1f} MB of text, {args.runs} runs, load {os.getloadavg()[0]:.1f}')
    print(f'{size / 1e6 / wall:.1f} MB/s  wall {wall:.2f} s ({min(r[0][0] for r in rows):.2f}-{max(r[0][0] for r in rows):.2f})  '
          f'CPU {cpu:.2f} s  peak memory {memory:.0f} MB  index {rows[-1][1]:.1f} MB')


def cold(args):
    with open(args.queries, encoding='utf-8') as f:
        queries = [line.rstrip('\n').split('\t', 1) for line in f if '\t' in line]
    medians = []
    for _, query in queries:
        medians.append(statistics.median(
            run([f'{args.bin}/dateline-query', '-d', args.db, query])[0] * 1000 for _ in range(args.runs)))
    medians.sort()
    cell = lambda share: medians[min(len(medians) - 1, int(share * len(medians)))]
    print(f'{len(queries)} queries, {args.runs} runs each, whole processes, load {os.getloadavg()[0]:.1f}')
    print(f'p50 {cell(.5):.1f} ms  p95 {cell(.95):.1f} ms  p99 {cell(.99):.1f} ms')


def growth(args):
    points = []
    print(f'{"articles":>9} {"MB":>7} {"wall s":>8} {"CPU s":>8} {"ms CPU/article":>15} {"ms CPU/MB":>10} {"peak MB":>8}')
    for size in (int(s) for s in args.sizes.split(',')):
        corpus = os.path.join(args.work, 'corpus.jsonl')
        count, text = take(args.corpus, corpus, articles=size)
        rows = [index_once(args, corpus)[0] for _ in range(args.runs)]
        wall, cpu, memory = (statistics.median(r[i] for r in rows) for i in range(3))
        points.append((text, cpu))
        print(f'{count:9} {text / 1e6:7.1f} {wall:8.2f} {cpu:8.2f} {cpu / count * 1e3:15.3f} '
              f'{cpu / text * 1e9:10.1f} {memory:8.0f}', flush=True)
    print(f'CPU grows with bytes of text to the power of {growth_exponent(points):.3f}')


def growth_exponent(points):
    """Of (amount, cost): the slope of the line through their logarithms."""
    xs, ys = [math.log(t) for t, _ in points], [math.log(c) for _, c in points]
    mx, my = statistics.mean(xs), statistics.mean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)


def latency(args, db):
    """Returns (p50, p95) ms in process, of one pass over the queries after one that is not counted."""
    out = subprocess.run([f'{args.bin}/bench_queries', db, args.queries, '1'], capture_output=True, text=True, check=True).stdout
    row = next(line.split() for line in out.splitlines() if line.startswith('all '))
    return float(row[2]), float(row[3])


def show_latencies(rows):
    """rows: {name: [(p50, p95), ...]}, the first name is what the others are compared with."""
    medians = {name: [statistics.median(row[i] for row in each) for i in range(2)] for name, each in rows.items()}
    first = next(iter(medians.values()))
    for name, (p50, p95) in medians.items():
        print(f'{name:24} p50 {p50:6.2f} ms  p95 {p95:6.2f} ms  = {p50 / first[0]:.2f} x and {p95 / first[1]:.2f} x')


def busy(args):
    rows = {'idle': [], 'while indexing': []}
    for _ in range(args.runs):
        rows['idle'].append(latency(args, args.db))
        other = subprocess.Popen([f'{args.bin}/dateline-index', '-q', '-d', os.path.join(args.work, 'other'), '--rebuild', args.corpus])
        time.sleep(1)  # past the opening of files
        rows['while indexing'].append(latency(args, args.db))
        if other.poll() is not None:
            sys.exit('the indexing ended before the queries did: give a larger CORPUS')
        other.terminate()
        other.wait()
    show_latencies(rows)


def updates(args):
    folder, db = os.path.join(args.work, 'news'), os.path.join(args.work, 'db')
    texts = [json.loads(line)['text'] for _, line in zip(range(args.articles + 3000), lines_of(args.corpus))]
    def write(number, text):
        path = os.path.join(folder, f'{number // 1000:03}', f'{number:06}.txt')
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)
    def index(what, where=db):
        wall, cpu, _, _ = run([f'{args.bin}/dateline-index', '-q', '-d', where, folder])
        if what:
            print(f'{what:36} {wall:7.2f} s  CPU {cpu:7.2f} s', flush=True)
    coming = iter(range(args.articles, len(texts)))
    for number in range(args.articles):
        write(number, texts[number])
    index(f'{args.articles} files, a new index')
    for _ in range(args.runs):
        index('nothing changed')
    for _ in range(args.runs):
        number = next(coming)
        write(number % args.articles, texts[number])
        index('one file changed')
    for number in [next(coming) for _ in range(1000)]:
        write(number, texts[number])
    index('1,000 new files')
    for _ in range(100):
        for number in [next(coming) for _ in range(10)]:
            write(number, texts[number])
        index('')
    fresh = os.path.join(args.work, 'fresh')
    index('the same files, a new index', fresh)
    rows = {'a new index': [], 'after 100 small updates': []}
    for _ in range(args.runs):
        rows['a new index'].append(latency(args, fresh))
        rows['after 100 small updates'].append(latency(args, db))
    show_latencies(rows)


WORD = re.compile(r"[A-Za-z]+")
KEPT_WORDS = 300  # the most frequent ones, which make language what it is
BAND = 64         # words of about one frequency


def replicas(corpus):
    """Yields the lines of the corpus, then again and again with every word but the most frequent ones exchanged for one that is
    about as frequent, another one each time: as many different words and phrases as news has, and no copies."""
    lines = list(lines_of(corpus))
    yield from lines
    counts = collections.Counter()
    for line in lines:
        counts.update(word.lower() for word in WORD.findall(json.loads(line)['text']))
    ranked = [word for word, _ in counts.most_common()]
    for number in itertools.count(1):
        dice, other = random.Random(number), {}
        for begin in range(KEPT_WORDS, len(ranked), BAND):
            band = ranked[begin:begin + BAND]
            other.update(zip(band, dice.sample(band, len(band))))
        def exchange(match):
            word = match.group()
            found = other.get(word.lower(), word)
            return found.capitalize() if word[0].isupper() else found
        for line in lines:
            article = json.loads(line)
            for field in ('title', 'text'):
                article[field] = WORD.sub(exchange, article.get(field) or '')
            article['id'] = f'{article.get("id")}-{number}'
            yield json.dumps(article) + '\n'


def scale(args):
    print(f'{"articles":>9} {"MB":>7} {"wall s":>8} {"CPU s":>8} {"us CPU/byte":>12} {"peak MB":>8} {"index MB":>9} {"p50 ms":>7} {"p95 ms":>7}')
    corpus = os.path.join(args.work, 'corpus.jsonl')
    points = []
    for size in (int(s) for s in args.sizes.split(',')):
        text = 0
        with open(corpus, 'w', encoding='utf-8') as f:
            for line in itertools.islice(replicas(args.corpus), size):
                f.write(line)
                text += len(json.loads(line)['text'].encode())
        (wall, cpu, memory, _), disk = index_once(args, corpus)
        p50, p95 = latency(args, os.path.join(args.work, 'db'))
        points.append((text, cpu))
        print(f'{size:9} {text / 1e6:7.1f} {wall:8.2f} {cpu:8.2f} {cpu / text * 1e6:12.3f} {memory:8.0f} {disk:9.1f} {p50:7.2f} {p95:7.2f}', flush=True)
    print(f'CPU grows with bytes of text to the power of {growth_exponent(points):.3f}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='command', required=True)
    for name, arguments in (('index', ['corpus']), ('cold', ['db', 'queries']), ('growth', ['corpus']),
                            ('updates', ['corpus', 'queries']), ('busy', ['db', 'queries', 'corpus']),
                            ('scale', ['corpus', 'queries']), ('take', ['corpus', 'out'])):
        sub = commands.add_parser(name)
        for argument in arguments:
            sub.add_argument(argument)
        sub.add_argument('--bin', default='build/bin')
        sub.add_argument('--work')
        sub.add_argument('--mb', type=float, default=0)
        sub.add_argument('--runs', type=int, default=3)
        sub.add_argument('--threads', type=int)
        sub.add_argument('--articles', type=int, default=36000)
        sub.add_argument('--sizes', default='1000,2500,5000,10000,20000,39000')
    args = parser.parse_args()
    if args.command == 'take':
        print('%d articles, %d bytes of text' % take(args.corpus, args.out, args.mb))
        return
    with tempfile.TemporaryDirectory() as scratch:
        args.work = args.work or scratch
        os.makedirs(args.work, exist_ok=True)
        {'index': index, 'cold': cold, 'growth': growth, 'updates': updates, 'busy': busy, 'scale': scale}[args.command](args)


if __name__ == '__main__':
    main()
