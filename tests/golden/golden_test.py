#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs both programs as users do and compares exit codes, stdout and stderr with what is expected.

usage: golden_test.py BIN_DIR [--update] [--only NAME]... [--list] [--times]

  --update      write expected/NAME.txt anew; look at the difference before you keep it
  --only NAME   run the cases whose names hold NAME
  --list        print the names of the cases
  --times       print how long each took

Every case makes its own folder in the temporary directory and runs the programs there. The cases stand in *_cases.py,
what they share in harness.py. The last line says how many passed, failed and were skipped.
"""
import argparse
import concurrent.futures
import os
import sys
import time

sys.dont_write_bytecode = True

import harness  # noqa: E402
import boilerplate_cases  # noqa: E402,F401
import index_cases  # noqa: E402,F401
import damage_cases  # noqa: E402,F401
import names_cases  # noqa: E402,F401
import query_cases  # noqa: E402,F401
import quotes_cases  # noqa: E402,F401
import safety_cases  # noqa: E402,F401
import sameness_cases  # noqa: E402,F401


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('binaries', nargs='?', default=os.path.join(harness.TOP, 'build', 'bin'), metavar='BIN_DIR')
    parser.add_argument('--update', action='store_true')
    parser.add_argument('--only', action='append', default=[], metavar='NAME')
    parser.add_argument('--list', action='store_true')
    parser.add_argument('--times', action='store_true', help='print how long each case took')
    options = parser.parse_args()
    cases = [(name, run) for name, run in harness.CASES
             if not options.only or any(part in name for part in options.only)]
    if options.list:
        print('\n'.join(name for name, _ in cases))
        return 0
    for program in ('dateline-index', 'dateline-query'):
        if not os.access(os.path.join(options.binaries, program), os.X_OK):
            print(f'{options.binaries}: no {program} here')
            return 2

    def timed(name, function):
        begin = time.monotonic()
        outcome, what = harness.run_case(name, function, os.path.abspath(options.binaries), options.update)
        return outcome, what, time.monotonic() - begin

    counts = {'passed': 0, 'failed': 0, 'skipped': 0}
    with concurrent.futures.ThreadPoolExecutor(max(2, (os.cpu_count() or 2))) as pool:
        running = [(name, pool.submit(timed, name, function)) for name, function in cases]
        for name, future in running:
            outcome, what, seconds = future.result()
            counts[outcome] += 1
            if options.times:
                print(f'{seconds:6.2f} s  {name}')
            if outcome != 'passed':
                print(f'{outcome}: {name}' + (f': {what}' if outcome == 'skipped' else f'\n{what.rstrip()}\n'))
    if not options.only:
        known = {name + '.txt' for name, _ in harness.CASES}
        for stray in sorted(set(os.listdir(harness.EXPECTED)) - known):
            counts['failed'] += 1
            print(f'failed: expected/{stray} belongs to no case')
    print(f"{counts['passed']} passed, {counts['failed']} failed"
          + (f", {counts['skipped']} skipped" if counts['skipped'] else ''))
    return 1 if counts['failed'] else 0


if __name__ == '__main__':
    sys.exit(main())
