"""Build, check or preview the site: `python build.py` is the `trialpages` command without installing it."""

import sys

HOW = "run `make site`, or `uv run build.py`, or `python3 -m pip install .` and then `trialpages`."
if sys.version_info < (3, 11):  # noqa: UP036  An older Python would stop at the first import, with a traceback.
    sys.stderr.write("build.py needs Python 3.11 or later: " + HOW + "\n")
    sys.exit(2)
try:
    from trialpages.cli import main
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.partition(".")[0] == "trialpages":
        raise
    sys.stderr.write(f"build.py needs the package '{missing.name}': {HOW}\n")
    sys.exit(2)

if __name__ == "__main__":
    sys.exit(main())
