#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds --help, the man page and the completions of both programs to one list of options.

usage: options_test.py BIN_DIR

Each is read by its own rules, as a shell or man would, so that a fault in writing any of them shows. Beyond names: the
words a value may take are the same everywhere and are accepted; nothing of the parser's own notation shows; what
design.md sections 2 and 3 promise is there, but for what is not built yet (PLANNED); the shells that are installed can
read what is meant for them.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COMMON = {'-h', '--help', '--version', '--completion'}
PROMISED = {
    'dateline-index': {'-d', '--db', '-j', '--threads', '--aliases', '--names-model', '--analyze', '--model-info', '--report',
                       '--progress', '--rebuild', '--check', '--memory', '--watch', '-q', '--quiet', '-v', '--verbose', '--help', '--version'},
    'dateline-query': {'-d', '--db', '-n', '--limit', '--offset', '-f', '--format', '--group', '--batch', '--color',
                       '--explain', '--names', '--no-names', '--no-added', '--person', '--help', '--version'},
}
PLANNED = set()  # what is promised but not there yet
CHOICES = {
    'dateline-index': {'--report': ['text', 'json'], '--progress': ['auto', 'always', 'never'],
                       '--completion': ['bash', 'zsh', 'fish']},
    'dateline-query': {'--format': ['text', 'json', 'trec'], '--group': ['passage', 'article', 'story', 'none'],
                       '--color': ['auto', 'always', 'never'], '--completion': ['bash', 'zsh', 'fish']},
}


def call(binaries, program, *arguments, **how):
    return subprocess.run([os.path.join(binaries, program), *arguments], capture_output=True, text=True, timeout=60,
                          check=False, **how)


# Each reader returns {name: (names of the same option, value or '')}.

def read_help(text):
    found = {}
    for line in text.splitlines():
        head = re.match(r' {2,6}(-[a-zA-Z](?:, --[a-z-]+)?|--[a-z-]+)(?: ([^ ]+(?: [A-Z]+)*))?(?: {2,}|$)', line)
        if head:
            names = tuple(head.group(1).split(', '))
            for name in names:
                found[name] = (names, head.group(2) or '')
    return found


def read_man_page(text):
    found = {}
    options = text.split('.SH OPTIONS\n')[1].split('\n.SH ')[0]
    for entry in options.split('.TP\n')[1:]:
        head = re.fullmatch(r'\\fB(.*?)\\fR ?(.*)', entry.split('\n')[0])
        names = tuple(head.group(1).replace('\\-', '-').split(', '))
        for name in names:
            found[name] = (names, head.group(2).replace('\\-', '-'))
    return found


def read_bash(text):
    names = re.search(r"\$word == -\* .*?compgen -W '([^']*)'", text).group(1).split()
    found = {name: ((name,), '') for name in names}
    for line in re.findall(r'^    (-\S+)\) COMPREPLY=\(\$\(compgen (.*?) -- ', text, re.M):
        same = tuple(line[0].split('|'))
        words = re.fullmatch(r"-W '(.*)'", line[1])
        value = {'-d': 'DIR', '-f': 'FILE'}.get(line[1]) or '|'.join(words.group(1).split()) or 'N'
        for name in same:
            found[name] = (same, value)
    return found


def read_zsh(text):
    found = {}
    for name, about, action in re.findall(r"^  '\*(-[a-z-]+)\[((?:[^\]\\]|\\.)*)\]([^']*)' \\$", text, re.M):
        words = re.fullmatch(r':value:(?:\((.*)\))?', action)
        value = '' if not action else 'FILE' if not words else '|'.join((words.group(1) or '').split()) or 'N'
        found[name] = ((name,), value)
    return found


def read_fish(text):
    found = {}
    for line in text.splitlines():
        names = tuple(f'-{name}' if kind == 's' else f'--{name}' for kind, name in re.findall(r' -(s|l) (\S+)', line.split(" -d '")[0]))
        words = re.search(r" -x -a '([^']*)'", line)
        value = '|'.join(words.group(1).split()) if words else 'FILE' if ' -r ' in line else 'N' if ' -x ' in line else ''
        for name in names:
            found[name] = (names, value)
    return found


def check_program(binaries, program, fault):
    texts = {'--help': call(binaries, program, '--help').stdout, 'man page': call(binaries, program, '--man-page').stdout}
    texts.update({shell: call(binaries, program, '--completion', shell).stdout for shell in ('bash', 'zsh', 'fish')})
    readers = {'--help': read_help, 'man page': read_man_page, 'bash': read_bash, 'zsh': read_zsh, 'fish': read_fish}
    lists = {kind: readers[kind](text) for kind, text in texts.items()}
    wanted = lists['--help']
    if len(wanted) < 10:
        fault(f'only {len(wanted)} options found in --help')
    for kind, found in lists.items():
        for name in sorted(set(wanted) ^ set(found)):
            fault(f'{name} is in {"--help" if name in wanted else kind}, but not in {kind if name in wanted else "--help"}')
        for name in sorted(set(wanted) & set(found)):
            names, value = wanted[name]
            # bash knows which names are one option only where there is a value, zsh not at all; neither knows a value's name.
            if kind in ('man page', 'fish') and set(found[name][0]) != set(names):
                fault(f'{name}: {kind} has {found[name][0]}, --help has {names}')
            if '|' in value and found[name][1] != value or '|' not in value and '|' in found[name][1]:
                fault(f'{name}: {kind} offers {found[name][1]!r}, --help {value!r}')
            if bool(value) != bool(found[name][1]):
                fault(f'{name}: {kind} says that it takes {found[name][1] or "no value"}, --help {value or "no value"}')
            if kind == 'man page' and found[name][1] != value:
                fault(f'{name}: the man page has the value {found[name][1]!r}, --help {value!r}')
        for own in ('->', 'UINT', ':{', ' OR {', 'TEXT', 'REQUIRED', 'Env:', ':value in'):
            if own in texts[kind] and not (own == 'TEXT' and kind == 'zsh'):
                fault(f'{kind} shows "{own}", which is the parser\'s own notation')
    for name in sorted(PROMISED[program] - PLANNED - set(wanted)):
        fault(f'{name} is in design.md, but not in --help')
    for name in sorted(PLANNED & set(wanted)):
        fault(f'{name} is there now: take it out of PLANNED in options_test.py')
    for name in sorted(COMMON - set(wanted)):
        fault(f'{name} is not in --help')
    for name, words in CHOICES[program].items():
        if wanted.get(name, ('', ''))[1] != '|'.join(words):
            fault(f'{name} takes {wanted.get(name)}, not {words}')
    for name, (_, value) in wanted.items():  # what is offered is taken, and nothing else
        for word in value.split('|') if '|' in value else []:
            if name == '--completion':
                continue
            run = call(binaries, program, name, word, '-d', 'no/such/index', *(['x'] if program == 'dateline-query' else ['--check']))
            if run.returncode != 3:
                fault(f'{name} {word} ends with {run.returncode}: {run.stderr.strip()}')
    for line in texts['--help'].splitlines():
        if len(line) > 120:
            fault(f'--help: a line of {len(line)} columns: {line}')
    check_readers(program, texts, wanted, fault)


def check_readers(program, texts, wanted, fault):
    """Hands each text to whoever is meant to read it, as far as they are installed."""
    with tempfile.TemporaryDirectory() as work:
        def put(name, text):
            path = os.path.join(work, name)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
            return path

        def read_by(*command):
            return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=work)

        page = put(f'{program}.1', texts['man page'])
        if shutil.which('groff'):
            run = read_by('groff', '-man', '-ww', '-Tascii', '-P-c', page)
            if run.returncode != 0 or run.stderr:
                fault(f'groff: {run.stderr}')
            shown = re.sub(r'.\x08', '', run.stdout)
            for name in wanted:
                if not re.search(rf'(?<![a-z-]){re.escape(name)}(?![a-z-])', shown):
                    fault(f'{name} is not in the man page as groff shows it')
        for shell in ('zsh', 'fish'):
            path = put(f'{program}.{shell}', texts[shell])
            if shutil.which(shell):
                run = read_by(shell, '-n', path)
                if run.returncode != 0 or run.stderr:
                    fault(f'{shell}: {run.stderr}')
        path = put(f'{program}.bash', texts['bash'])
        if shutil.which('bash'):
            def complete(*words):
                script = f'source {path}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _{program.replace("-", "_")}; ' \
                         'printf "%s\\n" "${COMPREPLY[@]}"'
                run = read_by('bash', '-uc', script, 'bash', *words)
                if run.returncode != 0 or run.stderr:
                    fault(f'bash: {words}: {run.stderr}')
                return set(run.stdout.split())
            if complete(program, '-') != set(wanted):
                fault(f'bash offers {complete(program, "-")} for -')
            for name, (_, value) in wanted.items():
                if '|' in value and complete(program, name, '') != set(value.split('|')):
                    fault(f'bash offers {complete(program, name, "")} for {name}, wanted {value}')
            os.mkdir(os.path.join(work, 'some.db'))
            if complete(program, '-d', 'some') != {'some.db'}:
                fault(f'bash offers {complete(program, "-d", "some")} for -d some')


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    faults = []
    for program in ('dateline-index', 'dateline-query'):
        check_program(os.path.abspath(sys.argv[1]), program, lambda what, program=program: faults.append(f'{program}: {what}'))
    print('\n'.join(faults) or 'help, man pages and completions list the same options')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
