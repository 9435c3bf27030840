"""Scripts as they are published: without the comments that stand on lines of their own.

Half of our modules' bytes are comments for whoever changes them; a reader's browser needs none. Only
comments that fill whole lines go, so that nothing of JavaScript has to be understood; a file in which that
is not certain, since a text in backquotes goes over several lines, stays as it is. A comment that begins
with an exclamation mark stays: it holds a license.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BLOCK = re.compile(rb"^[ \t]*/\*(?!!)(?:[^*]|\*(?!/))*\*/[ \t]*\n", re.MULTILINE)
_CHARACTERS = re.compile(rb"\[[^\]]*\]")
"""In a regular expression a backquote between brackets is a character."""
_LINE = re.compile(rb"^[ \t]*//(?!!).*\n", re.MULTILINE)


@lru_cache(maxsize=512)
def without_comments(source: bytes) -> bytes:
    """Return a script without the comments that have lines of their own."""
    bare = _LINE.sub(b"", _BLOCK.sub(b"", source))
    return bare if all(map(_is_closed, bare.splitlines())) else source


def _is_closed(line: bytes) -> bool:
    return line.count(b"`") % 2 == 0 or _CHARACTERS.sub(b"", line).count(b"`") % 2 == 0
