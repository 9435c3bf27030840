#!/bin/sh
# Print the path of a Chromium that the browser tests can drive; install one where none is found.
# The order: $CHROMIUM, PATH, Playwright's own, the system's packages when root, a download by Playwright.
# Prints nothing and still succeeds when there is none to be had: the tests then say what they skip.
# usage: scripts/browser.sh PYTHON
set -eu
python=$1

find_one() {
    if [ -n "${CHROMIUM:-}" ]; then command -v "$CHROMIUM" && return; fi
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    "$python" - <<'PYTHON'
import pathlib
import sys

from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
if not pathlib.Path(path).exists():
    sys.exit(1)
print(path)
PYTHON
}

if find_one; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing a browser for the tests from the system's packages." >&2
    apt-get update -qq >&2 || true
    for package in chromium-headless-shell chromium; do
        if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >&2; then break; fi
    done
    if find_one; then exit 0; fi
fi
echo "Downloading a browser for the tests." >&2
"$python" -m playwright install chromium >&2 || true
find_one || echo "No browser could be found or installed: set CHROMIUM=/path/to/chromium." >&2
