#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# From a fresh Debian 12 to a first search: installs what is missing, builds, indexes the sample collection, searches it.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/common/setup.sh"

# shellcheck disable=SC2086
install_packages $packages_to_build
build "$top/build" programs
cd "$top"

say "Indexing the sample collection: build/bin/dateline-index -d build/sample.db corpus/articles"
build/bin/dateline-index -d build/sample.db corpus/articles

say "Searching it: build/bin/dateline-query -d build/sample.db -n 2 peskov lawyer trump tower"
build/bin/dateline-query -d build/sample.db -n 2 peskov lawyer trump tower

say "Now your own folder of articles:"
cat <<'END'
build/bin/dateline-index FOLDER
build/bin/dateline-query 'WORDS "a phrase" +must -mustnot date:2017'
build/bin/dateline-query --help
END
