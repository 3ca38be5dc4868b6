# SPDX-License-Identifier: GPL-2.0-or-later
#
# Sourced by the scripts that build: installs the Debian packages that are missing, then configures and builds.
# Quick when there is nothing to do. The caller has set `top` to the project's folder.

packages_to_build="g++ cmake ninja-build pkg-config libxapian-dev libicu-dev libcli11-dev libfmt-dev libsimdjson-dev \
nlohmann-json3-dev zlib1g-dev libzstd-dev libxxhash-dev libmimalloc-dev"

say() { printf '\n== %s\n' "$*"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    echo "error: installing packages needs root or sudo; install by hand: $missing" >&2
    return 1
  fi
}

# install_packages PACKAGE...
install_packages() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  say "Installing:$missing"
  # Word splitting is wanted: one argument a package.
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 || {
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  }
}

# build FOLDER TARGET CMAKE_ARGUMENT...
build() {
  folder=$1 target=$2
  shift 2
  say "Building into ${folder#"$top"/}"
  cmake -S "$top" -B "$folder" -G Ninja "$@" >"$folder.log" 2>&1 || { cat "$folder.log" >&2; return 1; }
  rm -f "$folder.log"
  cmake --build "$folder" --target "$target"
}
