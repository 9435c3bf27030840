#!/bin/sh
# Print the path of an nginx, the web server of one of the tests; install one where none is found.
# The order: $NGINX, PATH, the folders of the system's own programs, the system's packages when root.
# Prints nothing and still succeeds when there is none to be had: the test then says what it skips.
# usage: scripts/nginx.sh
set -eu

find_one() {
    if [ -n "${NGINX:-}" ]; then command -v "$NGINX" && return; fi
    for name in nginx /usr/sbin/nginx /usr/local/sbin/nginx; do
        command -v "$name" && return
    done
    return 1
}

if find_one; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing a web server for the tests from the system's packages." >&2
    apt-get update -qq >&2 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light >&2 || true
fi
find_one || echo "No nginx could be found or installed: set NGINX=/path/to/nginx." >&2
