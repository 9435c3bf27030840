#!/bin/sh
# Install trialpages for the steps of a workflow, and put its command on their PATH.
# In a copy of the project: what its lock file says, into .venv. In a site's own repository: what its requirements.txt says.
# With TRIALPAGES_BIN=FOLDER, a folder in which the command stands already, nothing is installed.
# usage: scripts/install.sh
set -eu
cd "$(dirname "$0")/.."

bin=${TRIALPAGES_BIN:-}
if [ -z "$bin" ]; then
    bin=$PWD/.venv/bin
    if [ -f Makefile ] && [ -d trialpages ]; then
        make .venv/.site-installed
    elif [ -f requirements.txt ]; then
        python3 -m venv .venv
        .venv/bin/python -m pip --disable-pip-version-check --quiet install -r requirements.txt
    else
        echo "There is no requirements.txt that says which trialpages to install; docs/workflows.md has one." >&2
        exit 2
    fi
fi
"$bin/trialpages" --version
if [ -n "${GITHUB_PATH:-}" ]; then echo "$bin" >>"$GITHUB_PATH"; fi
