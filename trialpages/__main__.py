"""`python -m trialpages` is the same as `python build.py`."""

import sys

from trialpages.cli import main

sys.exit(main())
