#!/bin/sh
# Print the path of a Firefox, the second engine of the browser tests; install one where none is found.
# The order: $FIREFOX, PATH, the system's packages when root.
# Prints nothing and still succeeds when there is none to be had: the test then says what it skips.
# usage: scripts/firefox.sh
set -eu

find_one() {
    if [ -n "${FIREFOX:-}" ]; then command -v "$FIREFOX" && return; fi
    for name in firefox-esr firefox; do
        command -v "$name" && return
    done
    return 1
}

if find_one; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing a second browser for the tests from the system's packages." >&2
    apt-get update -qq >&2 || true
    for package in firefox-esr firefox; do
        if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >&2; then break; fi
    done
fi
find_one || echo "No Firefox could be found or installed: set FIREFOX=/path/to/firefox." >&2
