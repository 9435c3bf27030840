#!/bin/sh
# Write requirements.lock and requirements-dev.lock from pyproject.toml, with hashes, for every platform.
# usage: scripts/lock.sh PYTHON [options of `uv pip compile`, for example --upgrade]
set -eu
python=$1
shift

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    "$python" -m venv .venv/lock
    .venv/lock/bin/python -m pip install --quiet uv
    uv=.venv/lock/bin/uv
fi

compile() {
    output=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
        --custom-compile-command "make lock" --output-file "$output" "$@" >/dev/null
}

# The build tool is locked too, so that installing the project itself fetches nothing unpinned.
printf 'hatchling>=1.25\neditables>=0.5\n' >.venv/build-tools.in
compile requirements.lock "$@" pyproject.toml .venv/build-tools.in
compile requirements-dev.lock "$@" --constraints requirements.lock pyproject.toml .venv/build-tools.in --group dev
