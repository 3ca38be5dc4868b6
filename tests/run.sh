#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs what is missing, builds, and runs every test. Arguments go to ctest: sh tests/run.sh -R golden
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/common/setup.sh"

# shellcheck disable=SC2086
install_packages $packages_to_build libgtest-dev python3 xapian-tools
build "$top/build" all -DWARNINGS_AS_ERRORS="${WARNINGS_AS_ERRORS:-OFF}"
say "Testing"
ctest --test-dir "$top/build" --output-on-failure -j "$(nproc)" "$@"
