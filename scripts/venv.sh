#!/bin/sh
# Make a virtual environment with Python 3.11 or later.
# usage: scripts/venv.sh DIRECTORY [PYTHON]
set -eu
directory=$1
wanted=${2:-}

modern() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=
for name in ${wanted:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if modern "$name"; then python=$name; break; fi
done
if [ -z "$python" ]; then
    echo "This needs Python 3.11 or later; ${wanted:-python3} is $("${wanted:-python3}" --version 2>&1 || true)." >&2
    echo "Install one, and name it if it is not on PATH: make site PYTHON=/path/to/python3.12" >&2
    exit 2
fi

# Debian and Ubuntu keep the part of Python that puts pip into a new environment in a package of its own.
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing python3-venv, which $python lacks." >&2
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >&2
    fi
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        echo "$python cannot make virtual environments. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
        exit 2
    fi
fi

if ! [ -x "$directory/bin/python" ] || ! modern "$directory/bin/python"; then
    "$python" -m venv --clear "$directory"
fi
