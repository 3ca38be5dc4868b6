#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What the golden cases stand on: a folder for each, the programs run in it, a transcript, the comparison.

A case is a function of one argument, its Bench, registered with @case; its name is its claim. What it passes to
Bench.show becomes its transcript, which must equal expected/NAME.txt: command, exit code, stdout and stderr, to the
byte, but for what the clock, the machine and the ranking weights decide (see VARIABLE). Control and invisible
characters are written there as pictures: ESC as U+241B, others as [[202E]].
"""
import difflib
import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
EXPECTED = os.path.join(HERE, 'expected')
ARTICLES = os.path.join(TOP, 'corpus', 'articles')
TIMEOUT = 300  # seconds a program may take, sanitizers and a busy machine included
NO_END = 99  # exit code of a run that took longer
# What a sanitizer finds shall look like a bug. Xapian 1.4's own Database::check deletes an object as its base class.
SANITIZERS = {'ASAN_OPTIONS': 'exitcode=70:new_delete_type_mismatch=0', 'UBSAN_OPTIONS': 'exitcode=70',
              'TSAN_OPTIONS': 'exitcode=70'}

VARIABLE = [(re.compile(pattern, re.M), by) for pattern, by in (
    (r'("?seconds"?: ?)[0-9.e+-]+', r'\1<seconds>'),
    (r'("?elapsed_ms"?: ?)[0-9.e+-]+', r'\1<ms>'),
    (r'(of text in )\d+\.\d( s)', r'\1<seconds>\2'),
    (r'process \d+ is writing', 'process <pid> is writing'),
    (r'\b(words|werds)-\d+ ', r'\1-<n> '),
    (r'(this program reads schema )\d+', r'\1<n>'),
    (r'(Error writing block )\d+', r'\1<n>'),
    (r'("[a-z_]+": ?)-?\d+(?:\.\d+(?:e[+-]?\d+)?|e[+-]?\d+)(?=[,}])', r'\1<figure>'),
    (r'((?:score|passage|article and title|closeness|quoted|early|as typed|akin|like|recent|answers) )\d+\.\d+', r'\1<figure>'),
    (r'( - )\d+\.\d{4}( behind better)', r'\1<figure>\2'),
    (r'^(\S+ Q0 \S+ \d+ )\d+\.\d+( dateline)$', r'\1<figure>\2'),
)]

CASES = []


class Skip(Exception):
    """A case cannot be tried on this machine; its text says why."""


class Stop(Exception):
    """A case makes no sense any further; the fault is already noted."""


def case(function):
    CASES.append((function.__name__, function))
    return function


def picture(data):
    """`data`, bytes, as text in which nothing is invisible."""
    out = []
    for c in data.decode('utf-8', 'surrogateescape'):
        code = ord(c)
        if c == '\n' or (c.isprintable() and c != '\xa0'):
            out.append(c)
        elif code < 0x20:
            out.append(chr(0x2400 + code))
        elif 0xDC80 <= code <= 0xDCFF:
            out.append(f'[[byte {code - 0xDC00:02X}]]')
        else:
            out.append(f'[[{code:04X}]]')
    return ''.join(out)


class Run:
    """One run of a program: `code` is negative for a signal; `out` and `err` are bytes."""

    def __init__(self, command, code, out, err):
        self.command, self.code, self.out, self.err = command, code, out, err

    @property
    def text(self):
        return self.out.decode('utf-8', 'replace')

    @property
    def errors(self):
        return self.err.decode('utf-8', 'replace')

    @property
    def json(self):
        """The objects on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def line(self):
        return picture(shlex.join(self.command).encode('utf-8', 'surrogateescape')).replace('\n', '␊')


class Bench:
    """The work place of one case: its folder, its transcript, its faults."""

    def __init__(self, name, binaries):
        self.name, self.binaries = name, binaries
        self.folder = tempfile.mkdtemp(prefix='dateline-golden-')
        os.chmod(self.folder, 0o755)
        self.transcript, self.faults = [], []

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- Files.

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, content, encoding='utf-8'):
        data = content if isinstance(content, bytes) else content.encode(encoding)
        path = os.path.join(os.fsencode(self.folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with (gzip.GzipFile(path, 'wb', mtime=0) if path.endswith(b'.gz') else open(path, 'wb')) as file:
            file.write(data)
        return name

    def write_all(self, files):
        for name, content in files.items():
            self.write(name, content)

    def use_corpus(self):
        """Makes the sample collection reachable as `articles`."""
        os.symlink(ARTICLES, self.path('articles'))
        return 'articles'

    def copy(self, source, target):
        shutil.rmtree(self.path(target), ignore_errors=True)
        shutil.copytree(self.path(source), self.path(target))
        return target

    def listing(self, folder):
        return sorted(os.listdir(self.path(folder)))

    def segment(self, database, file='postlist.glass', newest=False):
        """The path of a file of the one segment with articles of an index, or of the newest, which has none."""
        segments = self.segments(database)
        self.expect(len(segments) == 2, f'{database}: one segment and the newest expected, found {segments}')
        return self.path(database, segments[newest], file)

    def segments(self, database):
        """The segments that the manifest names, the oldest first."""
        with open(self.path(database, 'XAPIANDB'), encoding='utf-8') as manifest:
            return [line.split()[1] for line in manifest if line.startswith('auto ')]

    def is_tidy(self, database):
        """Whether an index's directory holds what its manifest names, and nothing else."""
        return self.listing(database) == sorted(['XAPIANDB', 'lock', *self.segments(database)])

    # ---- Programs.

    def environment(self, extra=None):
        keep = {name: value for name, value in os.environ.items()
                if name in ('PATH', 'HOME', 'LD_LIBRARY_PATH') or name.endswith('SAN_OPTIONS')}
        for name, options in SANITIZERS.items():
            keep[name] = ':'.join(filter(None, (keep.get(name), options)))
        return {**keep, 'LC_ALL': 'C.UTF-8', 'TERM': 'xterm-256color', **(extra or {})}

    def command(self, program, *arguments):
        own = program.startswith('dateline-')
        return [os.path.join(self.binaries, program) if own else program, *arguments]

    def run(self, program, *arguments, stdin=b'', env=None, stdout=None, wrapper=(), any_end=False, timeout=TIMEOUT,
            **how):
        """Runs a program of ours by its name, any other by its path. No end by a signal or by a bug (70) is borne."""
        try:
            done = subprocess.run([*wrapper, *self.command(program, *arguments)], cwd=self.folder, input=stdin,
                                  stdout=stdout or subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout,
                                  env=self.environment(env), check=False, **how)
        except subprocess.TimeoutExpired:
            return Run([program, *arguments], NO_END, b'', f'no end after {timeout} s'.encode())
        run = Run([program, *arguments], done.returncode, done.stdout or b'', done.stderr)
        if not any_end and (run.code < 0 or run.code in (70, 137, 139)):
            self.fault(f'{run.line}: ended with {run.code}\n{picture(run.err)}')
        return run

    def index(self, *arguments, **how):
        return self.run('dateline-index', *arguments, **how)

    def query(self, *arguments, **how):
        return self.run('dateline-query', *arguments, **how)

    def build(self, database, *sources):
        """Indexes `sources` without a fault."""
        self.expect_code(self.index('-q', '-d', database, *sources), 0)
        return database

    def answers(self, database, queries, *options):
        """The answers to `queries`, a list of objects; the time they took is set to 0."""
        run = self.query('-d', database, '-f', 'json', *options, '--batch', '-', stdin='\n'.join(queries).encode() + b'\n')
        self.expect(run.code in (0, 1), f'{run.line}: exit {run.code}\n{picture(run.err)}')
        answers = run.json
        for answer in answers:
            taken = answer.get('elapsed_ms')
            self.expect(isinstance(taken, (int, float)) and 0 <= taken < 1000 * TIMEOUT, f'elapsed_ms is {taken!r}')
            answer['elapsed_ms'] = 0
        return answers

    # ---- Claims.

    def fault(self, message):
        self.faults.append(message)

    def expect(self, condition, message):
        if not condition:
            self.fault(message)
        return bool(condition)

    def expect_equal(self, found, wanted, what):
        return self.expect(found == wanted, f'{what}\n  found  {str(found)[:2000]}\n  wanted {str(wanted)[:2000]}')

    def expect_code(self, run, code):
        return self.expect(run.code == code, f'{run.line}: exit {run.code}, wanted {code}\n{picture(run.out[:2000])}'
                                             f'{picture(run.err[:2000])}')

    def expect_error(self, run, code, *words):
        """Ends with `code`, says why on stderr in the programs' form and with all of `words`, nothing on stdout."""
        self.expect_code(run, code)
        first = run.errors.split('\n')[0]
        self.expect(first.startswith(f'{run.command[0]}: error: '), f'{run.line}: stderr begins with: {first}')
        for word in words:
            self.expect(word in run.errors, f'{run.line}: stderr lacks "{word}":\n{picture(run.err)}')
        return run

    def show(self, run, code=None, shape=None, note=''):
        """Adds a run to the transcript; `shape` rewrites its stdout for the reader's sake, `note` stands with it."""
        if code is not None:
            self.expect_code(run, code)
        out = shape(run.out) if shape else run.out
        block = [f'$ {run.line}' + (f'   # {note}' if note else '') + '\n', f'exit {run.code}\n']
        for name, data in (('stdout', out), ('stderr', run.err)):
            if not data:
                continue
            text = picture(data).replace(self.folder, '<folder>')
            for pattern, by in VARIABLE:
                text = pattern.sub(by, text)
            block.append(f'-- {name}\n{text}' + ('' if text.endswith('\n') else '\n(no line end)\n'))
        self.transcript.append(''.join(block))
        return run


def pretty_json(data):
    """One JSON object a line -> objects that can be read and compared line by line, keys in their order."""
    lines = []
    for line in data.splitlines():
        lines.append('{')
        for key, value in json.loads(line).items():
            if isinstance(value, list) and value:
                lines += [f'  {key}:'] + [f'    {json.dumps(item, ensure_ascii=False)}' for item in value]
            elif isinstance(value, str) and '\n' in value.rstrip('\n'):
                lines += [f'  {key}:'] + [f'    |{row}' for row in value.split('\n')]
            else:
                lines.append(f'  {key}: {json.dumps(value, ensure_ascii=False)}')
        lines.append('}')
    return ('\n'.join(lines) + '\n').encode() if lines else b''


def expected_path(name):
    return os.path.join(EXPECTED, name + '.txt')


def compare(name, transcript, update):
    """The fault found in comparing a case's transcript with what is expected; None if there is none."""
    path = expected_path(name)
    found = '\n'.join(transcript)
    wanted = open(path, encoding='utf-8').read() if os.path.exists(path) else ''
    if found == wanted:
        return None
    if update:
        if found:
            with open(path, 'w', encoding='utf-8') as file:
                file.write(found)
        else:
            os.remove(path)
        return None
    return ''.join(difflib.unified_diff(wanted.splitlines(True), found.splitlines(True),
                                        os.path.relpath(path, TOP), 'found'))


def run_case(name, function, binaries, update):
    """Returns ('passed' | 'failed' | 'skipped', what to say about it)."""
    bench = Bench(name, binaries)
    try:
        function(bench)
    except Skip as reason:
        return 'skipped', str(reason)
    except Stop:
        pass
    except Exception as error:  # a fault of the case or of what the program printed: the others shall run
        import traceback
        bench.fault(f'{type(error).__name__}: {error}\n{traceback.format_exc()}')
    finally:
        bench.close()
    difference = compare(name, bench.transcript, update)
    if difference:
        bench.fault(difference)
    return ('failed', '\n'.join(bench.faults)) if bench.faults else ('passed', '')
