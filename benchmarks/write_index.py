"""Write the index of spooled trials in a process of its own, so that its time and memory can be measured.

Called by `search_budgets.py` with the folder of the trials and that of the site; prints the seconds.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.search_corpus import shared_files, write_index
from benchmarks.search_spool import spooled


def main() -> None:
    """Write the index below the folder `search` of the site."""
    trials, site = map(Path, sys.argv[1:])
    corpus = spooled(trials, shared_files())
    wall, own = time.perf_counter(), time.process_time()
    folder = write_index(corpus, site / "search")
    seconds = {"seconds": time.perf_counter() - wall, "processor": time.process_time() - own}
    print(json.dumps({**seconds, "folder": str(folder)}))


if __name__ == "__main__":
    main()
