"""Build, check or preview the site: `python build.py` is the `trialpages` command without installing it."""

import sys
from importlib.util import find_spec

HOW = "run `make site`, or `uv run build.py`, or `python3 -m pip install .` and then `trialpages`."
if sys.version_info < (3, 11):  # noqa: UP036  An older Python would stop at the first import, with a traceback.
    sys.stderr.write("build.py needs Python 3.11 or later: " + HOW + "\n")
    sys.exit(2)
# The command imports most of these only when it needs them, and would say so in the midst of its work.
NEEDED = "annotated_types cmarkgfm jinja2 livereload markdown markupsafe msgspec nh3 plotly watchfiles yaml"
missing = [name for name in NEEDED.split() if find_spec(name) is None]
if missing:
    sys.stderr.write(f"build.py needs the package '{missing[0]}': {HOW}\n")
    sys.exit(2)

from trialpages.cli import main  # noqa: E402  The checks above come first.

if __name__ == "__main__":
    sys.exit(main())
